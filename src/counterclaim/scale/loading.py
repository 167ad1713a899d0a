"""Takes what a bulk job wrote into a case: captures, reports, readings and, where the case holds nothing else, their links."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from counterclaim.case.canonical import revived
from counterclaim.errors import CounterclaimError, InputError
from counterclaim.pipeline import Added, Case, made_by
from counterclaim.records import Capture, Linkage, Report
from counterclaim.scale import tables
from counterclaim.scale.archive import RECORD
from counterclaim.scale.spark import Progress

BATCH = 100
"""Reports written at once: four times what a run writes, since nothing has to be read in between and little is lost with them."""

_T = TypeVar("_T")


def load(folder: str | Path, case: Case, *, progress: Progress | None = None) -> Added:
    """Takes the output of a bulk job into `case`, and gives back what came in, was there, and was left out.

    Readings made by other versions than these are made anew, and where the case holds other reports all are linked together, as
    `Case.run` does; an empty case takes the links as they are. Done twice it adds nothing. CounterclaimError where `folder` holds
    no finished job.
    """
    at = Path(folder)
    record = _record(at)
    store = case.store
    added: list[Report] = []
    left_out: list[InputError] = []
    taken = 0
    total = record["counts"]["read"] + record["counts"]["unread"]
    for some in _several(_captured(at, left_out)):
        fresh = store.add_all(some)
        added += [report for (_, report), is_new in zip(some, fresh, strict=True) if is_new]
        taken += len({report.id for _, report in some})
        if progress:
            progress("taking in", min(taken, total), total)
    new = store.current_run() is None
    if record["actors"] and new:
        store.keep_actors(record["actors"])
    made = made_by(store.actors(), record["triage"])
    if made == (record["version"], record["models"], record["rules"]):
        run = store.begin(*made)
        done = 0
        for read in _several(_readings(at)):
            store.save_readings(run, [(r.report.id, r.reading) for r in read])
            done += len(read)
            if progress:
                progress("loading", min(done, total), total)
        if new and store.count_reports() == total:
            store.save_linkage(run, _linkage(at))
            store.finish(run, datetime.now(UTC))
    case.run(progress, triage=record["triage"] if new else None)
    return Added(tuple(added), total - len(added), tuple(left_out))


def _record(folder: Path) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads((folder / RECORD).read_text("utf-8"))
    except (OSError, ValueError):
        raise CounterclaimError(f"{folder}: no output of `counterclaim bulk`; name the folder given with --out") from None
    if record.get("finished") is None:
        raise CounterclaimError(f"{folder}: its job was cut off; give `counterclaim bulk` as before, and it goes on")
    return record


def _captured(folder: Path, left_out: list[InputError]) -> Iterator[tuple[Capture, Report]]:
    """Every report with the capture it was read from, and again with every further origin of the same bytes."""
    for file in tables.files(folder / "captures"):
        sha256, data, first = "", b"", []
        for row in tables.rows(file):
            left_out += [InputError(e["source"], e["problem"], e["remedy"]) for e in row["errors"]]
            if row["sha256"] is None:
                continue
            found = [revived(Report, json.loads(told)) for told in row["reports"]]
            if row["data"] is not None:
                sha256, data, first = row["sha256"], row["data"], found[:1]
            received = datetime.fromisoformat(row["received"])
            capture = Capture(sha256, row["origin"], received, row["media_type"], data)
            yield from ((capture, report) for report in found or first)


def _readings(folder: Path) -> Iterator[Any]:
    for file in tables.files(folder / "readings"):
        yield from (tables.read_report(row) for row in tables.rows(file) if row["reading"] is not None)


def _linkage(folder: Path) -> Linkage:
    """The linkage as it was found, each kind of link in its order."""
    found: dict[str, list[tuple[int, Any]]] = {field.name: [] for field in fields(Linkage)}
    kinds = {name: get_args(hint)[0] for name, hint in get_type_hints(Linkage).items()}
    for file in tables.files(folder / "linkage"):
        for row in tables.rows(file):
            found[row["kind"]].append((row["n"], revived(kinds[row["kind"]], json.loads(row["record"]))))
    return Linkage(**{name: tuple(one for _, one in sorted(rows, key=lambda r: r[0])) for name, rows in found.items()})


def _several(them: Iterable[_T]) -> Iterator[list[_T]]:
    them = iter(them)
    while some := list(islice(them, BATCH)):
        yield some
