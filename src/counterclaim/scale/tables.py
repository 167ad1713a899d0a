"""The folders of a bulk job's output: what columns each has, and files that are written whole or not at all."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counterclaim.case.canonical import revived
from counterclaim.exchange import reading_to_line
from counterclaim.records import Incident, Linkage, Reading, ReadReport, Report

if TYPE_CHECKING:
    from pyarrow import Schema

Row = dict[str, Any]

_ROWS = 256
"""Rows that are held before they are written: of captures, the largest, as many take some 30 MB."""

_RANGE = [("low", "int"), ("high", "int")]
_DAYS = [("start", "text"), ("end", "text"), ("precision", "int")]
_PLACE = [("name", "text"), ("lat", "real"), ("lon", "real"), ("country", "text")]
_SAID = [
    ("speaker", "text"), ("affiliation", "text"), ("chain", ["text"]), ("statement", "text"), ("incident", "int"),
    ("confidence", "real"),
]  # fmt: skip
_TOLLS = ("killed", "injured", "civilians_killed", "civilians_injured", "combatants_killed", "children", "women", "men")

COLUMNS: Mapping[str, list[tuple[str, Any]]] = {
    "captures": [
        ("sha256", "text"), ("origin", "text"), ("received", "text"), ("media_type", "text"), ("data", "bytes"),
        ("reports", ["text"]), ("errors", [[("source", "text"), ("problem", "text"), ("remedy", "text")]]),
    ],
    "readings": [("id", "text"), ("digest", "text"), ("report", "text"), ("reading", "text")],
    "linkage": [("kind", "text"), ("n", "int"), ("record", "text")],
    "reports": [
        ("id", "text"), ("origin", "text"), ("received", "text"), ("capture", "text"), ("part", "text"), ("url", "text"),
        ("title", "text"), ("outlet", "text"), ("agency", "text"), ("byline", "text"), ("language", "text"),
        ("published", "text"), ("published_how", "text"), ("text", "text"), ("error", "text"),
    ],
    "statements": [
        ("report", "text"), ("id", "text"), ("content", ["span"]), ("cue", ["span"]), ("source", ["span"]), ("form", "text"),
        ("speaker", "text"), ("speaker_kind", "text"), ("affiliation", "text"), ("side", "text"), ("chain", ["text"]),
        ("act", "text"), ("hedge", ["span"]), ("target", "text"), ("incident", "int"), ("confidence", "real"),
    ],
    "figures": [
        ("report", "text"), ("span", "span"), ("text", "text"), ("harm", "text"), ("victims", "text"), ("low", "int"),
        ("high", "int"), ("qualifier", "text"), ("scope", "text"), ("as_of", "text"), *_SAID,
    ],
    "details": [
        ("report", "text"), ("span", "span"), ("text", "text"), ("aspect", "text"), ("kind", "text"), ("polarity", "text"),
        *_SAID,
    ],
    "places": [("report", "text"), ("span", "span"), *_PLACE, ("precision", "text"), ("use", "text")],
    "dates": [("report", "text"), ("span", "span"), ("value", "text"), ("type", "text")],
    "mentions": [
        ("report", "text"), ("index", "int"), ("main", "bool"), ("date", _DAYS), ("place", [*_PLACE, ("precision", "int")]),
        ("alleged", ["text"]), *((name, _RANGE) for name in _TOLLS),
    ],
    "incidents": [
        ("id", "text"), ("title", "text"), ("date", _DAYS), ("place", [*_PLACE, ("precision", "text")]), ("alleged", ["text"]),
        ("aggregate", "bool"), ("reports", "int"),
    ],
    "links": [("report", "text"), ("index", "int"), ("incident", "text"), ("reason", "text")],
    "copies": [
        ("copy", "text"), ("original", "text"), ("kind", "text"), ("share", "real"), ("span", "span"), ("source", "span"),
        ("reasons", ["text"]),
    ],
}  # fmt: skip
"""Every folder with its columns; spans are `[start, end]` in code points of the report's text, end exclusive, as in the lines
that `read` gives. The first three are what a case is loaded from, the others are for looking at."""

FACTS = ("reports", "statements", "figures", "details", "places", "dates", "mentions")
"""Folders that are made from the readings, a file from each of theirs."""

LINKS = ("incidents", "links", "copies")
"""Folders that are made from the linkage."""


@cache
def schema(folder: str) -> Schema:
    """The columns of a folder as Arrow knows them."""
    import pyarrow as pa

    plain = {
        "text": pa.string(), "int": pa.int64(), "real": pa.float64(), "bool": pa.bool_(), "bytes": pa.binary(),
        "span": pa.list_(pa.int64()),
    }  # fmt: skip

    def kind(told: Any) -> Any:
        if isinstance(told, str):
            return plain[told]
        if len(told) == 1 and not isinstance(told[0], tuple):
            return pa.list_(kind(told[0]))
        return pa.struct([(name, kind(one)) for name, one in told])

    return pa.schema([(name, kind(one)) for name, one in COLUMNS[folder]])


def write(folder: Path, name: str, rows: Iterable[Row]) -> int:
    """Writes rows as the file `name` of a folder, whole or not at all, and gives back how many there were.

    Written twice at once, as Spark may do, one of two equal files stays.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    columns = schema(folder.name)
    unfinished = folder / f".{name}.{uuid.uuid4().hex}"
    count = 0
    try:
        with pq.ParquetWriter(unfinished, columns, compression="zstd") as file:
            for some in _some(rows):
                file.write_table(pa.Table.from_pylist(some, columns))
                count += len(some)
        os.replace(unfinished, folder / name)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _some(rows: Iterable[Row]) -> Iterator[list[Row]]:
    held: list[Row] = []
    for row in rows:
        held.append(row)
        if len(held) == _ROWS:
            yield held
            held = []
    if held:
        yield held


def files(folder: Path) -> list[Path]:
    """The finished files of a folder, by name."""
    return sorted(folder.glob("part-*.parquet"))


def rows(file: Path, *columns: str) -> Iterator[Row]:
    """The rows of a file, a few at a time; `columns` of them, or all."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(file) as opened:
        for batch in opened.iter_batches(batch_size=16, columns=list(columns) or None):
            yield from batch.to_pylist()


def read_report(row: Row) -> ReadReport:
    """The report and its reading that a row of `readings` holds."""
    report = revived(Report, json.loads(row["report"]))
    return ReadReport(report, replace(revived(Reading, json.loads(row["reading"])), text=report.text))


def report_row(report: Report, origin: str, received: str, error: str | None) -> Row:
    """The row of a report in `reports`."""
    names = ("id", "capture", "part", "url", "title", "outlet", "agency", "byline", "language", "text")
    return {
        **{name: getattr(report, name) for name in names}, "origin": origin, "received": received,
        "published": report.published.value if report.published else None,
        "published_how": report.published.how if report.published else None, "error": report.not_read or error,
    }  # fmt: skip


def fact_rows(report: str, reading: Reading) -> dict[str, list[Row]]:
    """The rows of a reading, by folder: what `read` gives of it as a line, taken apart."""
    line = reading_to_line(report, reading)
    found = {name: [{"report": report, **row} for row in line[name]] for name in FACTS if name in line}
    return found | {"mentions": [{"report": report, "index": n, **row} for n, row in enumerate(line["incidents"])]}


def link_rows(linkage: Linkage) -> dict[str, list[Row]]:
    """The rows of a linkage, by folder, each folder sorted by its first columns."""
    links = [{"report": report, "index": -1, "incident": event, "reason": None} for report, event in linkage.events]
    for incident in linkage.incidents:
        reasons = (None, *incident.reasons)
        links += [
            {"report": ref.report, "index": ref.index, "incident": incident.id, "reason": why}
            for ref, why in zip(incident.members, reasons, strict=True)
        ]
    copies = [
        {"copy": c.copy, "original": c.original, "kind": c.kind, "share": c.share, "reasons": list(c.reasons)}
        for c in linkage.copies
    ]
    copies += [
        {"copy": p.copy, "original": p.original, "kind": "passage", "share": p.share, "span": list(p.span),
         "source": list(p.source), "reasons": list(p.reasons)}
        for p in linkage.passages
    ]  # fmt: skip
    return {
        "incidents": sorted(map(_incident, linkage.incidents), key=lambda row: str(row["id"])),
        "links": sorted(links, key=lambda row: (row["report"], row["index"])),
        "copies": sorted(copies, key=lambda row: (row["copy"], row.get("span") or [])),
    }


def _incident(i: Incident) -> Row:
    place = None if i.place is None else {n: getattr(i.place, n) for n in ("name", "lat", "lon", "country", "precision")}
    day = None if i.date is None else {n: getattr(i.date, n) for n in ("start", "end", "precision")}
    told = len({ref.report for ref in i.members})
    return {
        "id": i.id, "title": i.title, "date": day, "place": place, "alleged": list(i.alleged), "aggregate": i.aggregate,
        "reports": told,
    }  # fmt: skip
