"""The page of exports and its samples, from the formats, the audiences and the columns of the tables themselves."""

from __future__ import annotations

import inspect
import io
import json
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from counterclaim.commands.checkup import bundled_case
from counterclaim.exchange import AUDIENCES, Audience, Export, Format
from counterclaim.exchange.datapackage import TABLES, describe, tables_of
from counterclaim.exchange.tables import Table
from counterclaim.pipeline import Case
from counterclaim.publishing import FORMATS, Terms, gathered
from counterclaim.records import Evidence

WHEN = datetime(2025, 1, 1, 12, tzinfo=UTC)
"""When the samples are made to seem made: a page that is written again must not differ for it."""
REPORTS = ("2021-08-29-new-york-daily-news.html", "2021-08-30-usa-today.txt", "2021-09-17-military-com.html")
"""Three reports of the bundled case that disagree: enough to see every column at work."""
TEXTUAL = ("text/", "application/json", "application/x-ndjson", "application/geo+json", "application/ld+json")

OPENING = """# Exports

Generated from the formats and tables themselves by `make docs`; the tests fail where it is out of date.

```
counterclaim export case.db                                # the formats
counterclaim export case.db --preview                      # what the public would not see, and why; writes nothing
counterclaim export case.db --as ged                       # for the public, to case-public-ged.csv
counterclaim export case.db --as figures --for internal -o - | head
counterclaim export case.db --as geojson --places admin1 --delay 90 -o map.geojson
```

Every export is noted in the case's log: who took it out, when, in which format, for whom, how many rows it has, and its SHA-256,
so that a file can be told to be the one that left. The export page of `counterclaim serve` writes the same files by the same
functions.

A row carries `status`: “machine-extracted, not verified”, until a person decided on it. Nothing in an export says what is true:
it says what was claimed, by whom, in which words. Every row leads back to its sentence (offsets in Unicode code points of the
report's clean text), its report and the SHA-256 of what was captured. Rows of `figures` and `claims` name facts by the references
that `counterclaim facts`, `decide` and `grade` take.

## Who it is for

"""

MASKING = """
What is masked stands as `[name 1]`, `[account]` or `[withheld]`. Names are those that the reading recognised as people who hold
no office, speak for nobody and report for nobody, wherever they stand; `--show NAME` lets one stand, `--hide WORDS` masks more.
**Read before you publish: a name may have been missed.** Quotations keep the names of places, whatever the points are coarsened
to. With `--delay DAYS` an incident leaves only if it surely is older, by its own days or because it was reported or captured by
then; the number of those left out is said on the terminal, in the dossier, the map and the data package. What somebody hid or
redacted in the case leaves in no export.

Tables are CSV in UTF-8 with one line of names; an empty cell is what is not known, several values in one cell are parted by `; `.
A cell whose words a spreadsheet would take for a formula has an apostrophe before it. Dates are EDTF (`2017-03`, `XXXX-03-18`).
"""

PAPER = "\n![The first sheet of a dossier: an incident with its tolls, each with who gave it and its words](pictures/paper.png)\n"


def page() -> str:
    """The whole of exports.md."""
    return "".join((OPENING, _audiences(), MASKING, "\n## Formats\n\n", _formats(), *_codebook()))


def samples() -> Iterator[tuple[str, bytes]]:
    """A sample of each format but paper: its file's name and its bytes. Of an archive what is in it, of Parquet what DuckDB reads
    in it; the dossier is for the public, as one would put it out."""
    export, public = sampled()
    for format in FORMATS.values():
        taken = public if format.key == "dossier" else export
        if format.media.startswith(TEXTUAL):
            yield f"{format.key}.{format.ending}", _written(format, taken)
        elif format.ending == "parquet":
            yield f"{format.key}.txt", _described(_written(format, taken)).encode()
    yield "datapackage.json", (json.dumps(describe(export, tables_of(export)), ensure_ascii=False, indent=1) + "\n").encode()
    for key, first in (("label-studio", ("labels.xml", "tasks.json")), ("cas", ("TypeSystem.xml", ".xmi"))):
        with zipfile.ZipFile(io.BytesIO(_written(FORMATS[key], export))) as archive:
            for ending in first:
                name = next(name for name in archive.namelist() if name.endswith(ending))
                yield f"{key}.{'report.xmi' if name.endswith('.xmi') else name}", archive.read(name)
    with zipfile.ZipFile(io.BytesIO(_written(FORMATS["all"], export))) as archive:
        crate = json.loads(archive.read("ro-crate-metadata.json"))
        assert sorted(archive.namelist()) == sorted(["ro-crate-metadata.json", *(one["@id"] for one in _files_of(crate))])
    yield "all.ro-crate-metadata.json", (json.dumps(_portable(crate), ensure_ascii=False, indent=1) + "\n").encode()


def _written(format: Format, export: Export) -> bytes:
    return b"".join(piece for piece, _ in format.write(export))


def _files_of(crate: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in crate["@graph"] if one["@type"] == "File"]


def _portable(crate: dict[str, Any]) -> dict[str, Any]:
    """The list of an archive, without the size and hash of what other versions of the libraries or fonts write otherwise."""
    for one in _files_of(crate):
        if one["@id"].endswith((".pdf", ".parquet", ".zip")):
            one["contentSize"] = one["sha256"] = "as written on the machine"
    return crate


def _described(parquet: bytes) -> str:
    """What DuckDB says of a Parquet file, and its first row."""
    import duckdb

    with tempfile.NamedTemporaryFile(suffix=".parquet") as file, duckdb.connect() as base:
        file.write(parquet)
        file.flush()
        columns = base.execute(f"DESCRIBE SELECT * FROM '{file.name}'").fetchall()
        first = base.execute(f"SELECT * FROM '{file.name}' LIMIT 1").fetchone() or ()
        (rows,) = base.execute(f"SELECT count(*) FROM '{file.name}'").fetchone() or (0,)
    wide, typed = max(len(name) for name, *_ in columns), max(len(type) for _, type, *_ in columns)
    lines = [f"{rows} rows; column, type and what the first row holds", ""]
    lines += [
        f"{name:{wide}}  {type:{typed}}  {'' if value is None else value}".rstrip()
        for (name, type, *_), value in zip(columns, first, strict=True)
    ]
    return "\n".join(lines) + "\n"


def sampled() -> tuple[Export, Export]:
    """What the samples are written from: for internal use, and for the public."""
    with Case() as case, bundled_case() as folder:
        case.add(*(folder / name for name in REPORTS), under=folder)
        case.run()
        kabul = max(case.contests, key=lambda contest: len(contest.reports))
        case.assess(kabul.incident.id, scale="airwars", grade="confirmed", low=10, high=10, best=10, user="Ada", note="admitted")
        ten = next(toll for toll in kabul.tolls if toll.low == 10)
        case.decide("accept", ten.ref, user="Ada", reason="as the report has it")
        export, public = (
            _dated(gathered(case, Terms(audience=audience), "Kabul, August 2021", WHEN)) for audience in ("internal", "public")
        )
    return export, public


def _dated(export: Export) -> Export:
    """The export as if everything had been captured and read on one day."""
    sources = {id: replace(source, received=WHEN.isoformat()) for id, source in export.evidence.sources.items()}
    runs = tuple(replace(run, started=WHEN, finished=WHEN) for run in export.runs)
    view = replace(
        export.view,
        standings=tuple(replace(s, decision=replace(s.decision, made=WHEN)) for s in export.view.standings),
        graded=tuple(replace(g, assessment=replace(g.assessment, made=WHEN)) for g in export.view.graded),
    )
    return replace(export, view=view, evidence=Evidence(sources, export.evidence.histories), runs=runs)


def _audiences() -> str:
    lines = ["| `--for` | who | masked | points | quotations |", "| --- | --- | --- | --- | --- |"]
    lines += [f"| `{a.key}` | {a.good_for} | {_masked(a)} | {a.coarseness} | {a.quote or 'whole'} |" for a in AUDIENCES.values()]
    return "\n".join(lines) + "\n"


def _masked(audience: Audience) -> str:
    names = [why for why in ("victim", "minor", "witness", "private") if why in audience.hides]
    more = [what for what, hides in (("accounts", audience.accounts), ("analysts", audience.signatures)) if hides]
    more += ["whole texts", "file paths"] if not audience.texts else []
    return ", ".join([*names, *more]) or "nothing"


def _formats() -> str:
    lines = ["| `--as` | what | good for | file | sample |", "| --- | --- | --- | --- | --- |"]
    for f in FORMATS.values():
        kept = sorted(file.name for file in SAMPLES.iterdir() if file.name.partition(".")[0] == f.key)
        shown = " ".join(f"[{name}](samples/{name})" for name in kept) or "[the first sheet](#dossier-on-paper-pdf)"
        lines.append(f"| `{f.key}` | {f.name} | {f.good_for} | {f.media} | {shown} |")
    return "\n".join(lines) + "\n"


SAMPLES = Path(__file__).with_name("samples")


def _codebook() -> Iterator[str]:
    """What every column means, and of what is no table what its module says."""
    told: set[str] = set()
    for format in FORMATS.values():
        table = getattr(format.write, "__self__", None)
        if isinstance(table, Table):
            if table.name not in told:
                told.add(table.name)
                yield _columns(table)
        else:
            yield f"\n## {format.name}: `{format.key}`\n\n{_about(format)}{PAPER if format.key == 'pdf' else ''}"
    for table in TABLES:
        if table.name not in told:
            yield _columns(table)


def _about(format: Format) -> str:
    codebook: str | None = getattr(sys.modules[format.write.__module__], "CODEBOOK", None)
    return codebook or f"{inspect.getdoc(format.write)}\n"


def _columns(table: Table[Any]) -> str:
    lines = [f"\n## `{table.name}.csv`\n", f"{table.meaning} Its key is `{table.key}`.\n", "| column | holds | meaning | HXL |"]
    lines += ["| --- | --- | --- | --- |"]
    lines += [f"| `{c.name}` | {c.kind} | {c.meaning} | {f'`{c.hxl}`' if c.hxl else ''} |" for c in table.columns]
    return "\n".join(lines) + "\n"
