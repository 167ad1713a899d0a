"""Facts that a later run read otherwise, packed away, so that the case can be shown as it was on any earlier day."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from counterclaim.case import evidence, linkages, log, people, readings, schema
from counterclaim.case.canonical import canonical, revived
from counterclaim.case.engine import insert_all
from counterclaim.errors import CaseError
from counterclaim.records import Assessment, Decision, Linkage, Reading, ReadReport, Report


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A case as it was at one moment: what there was to see, by the log."""

    reports: tuple[ReadReport, ...]
    linkage: Linkage
    decisions: tuple[Decision, ...]
    assessments: tuple[Assessment, ...]


def keep_linkage(connection: Connection, run: int) -> None:
    """Packs away what a run linked when it last finished, before that is replaced; nothing where it never did."""
    facts = [entry.what["facts"] for entry in log.entries(connection, "run finished") if entry.what["run"] == run]
    kept = (
        facts
        and connection.execute(select(schema.past_linkage.c.digest).where(schema.past_linkage.c.digest == facts[-1])).first()
    )
    if facts and not kept:
        data = _pack(linkages.load(connection, run))
        connection.execute(insert(schema.past_linkage), {"digest": facts[-1], "data": data})


def keep_readings(connection: Connection, old: int, new: int) -> None:
    """Packs away those readings of one run that another read otherwise."""
    table = schema.reading
    was = {row.report: row.digest for row in connection.execute(select(table).where(table.c.run == old))}
    now = {row.report: row.digest for row in connection.execute(select(table).where(table.c.run == new))}
    differ = sorted(id for id, held in was.items() if now.get(id) != held)
    for start in range(0, len(differ), _BATCH):
        some = tuple(evidence.reports(connection, schema.report.c.id.in_(differ[start : start + _BATCH])))
        rows = [
            {"run": old, "report": report.id, "data": _pack(reading)}
            for report, reading, _ in readings.load(connection, old, some)
        ]
        insert_all(connection, schema.past_reading, rows, new=True)


def forget(connection: Connection, report: str, without: Callable[[Linkage, str], Linkage]) -> None:
    """Drops a report's readings of earlier runs, and takes it out of what they linked."""
    connection.execute(delete(schema.past_reading).where(schema.past_reading.c.report == report))
    table = schema.past_linkage
    for row in connection.execute(select(table)).all():
        linkage = _linkage(row.data)
        connection.execute(update(table).where(table.c.digest == row.digest).values(data=_pack(without(linkage, report))))


def seal(connection: Connection) -> None:
    """Logs what is packed away, as far as that is not what the log says: from now on a change to it shows."""
    now, logged = _packed(connection), _sealed(log.entries(connection, _EVENT))
    changed = {key: now.get(key) for key in sorted(now.keys() | logged.keys()) if now.get(key) != logged.get(key)}
    if changed:
        log.append(connection, _EVENT, {"past": changed})


def changed(connection: Connection, entries: Iterable[log.Entry]) -> Iterator[str]:
    """One line for each part of the past that is not as it was packed away."""
    now, logged = _packed(connection), _sealed(entry for entry in entries if entry.event == _EVENT)
    for key in sorted(now.keys() | logged.keys()):
        if key not in logged:
            yield f"{key} of the past: the log does not know of it"
        elif now.get(key) != logged[key]:
            yield f"{key} of the past: is not as it was when it was packed away"


_EVENT = "past kept"


def _packed(connection: Connection) -> dict[str, str]:
    """What identifies what each run read, and each linkage, as it lies packed."""
    readings, linkage = schema.past_reading, schema.past_linkage
    of_runs: dict[int, Any] = {}
    rows = select(readings).order_by(readings.c.run, readings.c.report).execution_options(yield_per=500)
    for row in connection.execute(rows):
        of_runs.setdefault(row.run, sha256()).update(f"{row.report}\n{sha256(row.data).hexdigest()}\n".encode())
    found = {f"run {run}": hashed.hexdigest() for run, hashed in of_runs.items()}
    for row in connection.execute(select(linkage).execution_options(yield_per=20)):
        found[f"linkage {row.digest}"] = sha256(row.data).hexdigest()
    return found


def _sealed(entries: Iterable[log.Entry]) -> dict[str, str]:
    sealed: dict[str, str | None] = {}
    for entry in entries:
        sealed |= entry.what["past"]
    return {key: now for key, now in sealed.items() if now is not None}


def at(connection: Connection, moment: datetime, current: int | None) -> Snapshot:
    """The case as it was at that (aware) moment. CaseError where what it linked then was not kept, or there was no case yet."""
    done = [entry for entry in log.entries(connection) if entry.made <= moment]
    if not done:
        raise CaseError(f"at {moment.isoformat()} there was no case yet; give a later date")
    added = {entry.what["report"]: entry.id for entry in done if entry.event == "report added"}
    finished = next((entry for entry in reversed(done) if entry.event == "run finished"), None)
    reports = {r.id: r for r in evidence.reports(connection) if r.id in added}
    read: dict[str, Reading] = {}
    linkage = Linkage()
    if finished is not None:
        wanted = [reports[id] for id, entry in added.items() if entry < finished.id and reports[id].not_read is None]
        read = _readings(connection, finished.what["run"], sorted(wanted, key=lambda r: r.id), current)
        linkage = _linkage_at(connection, finished, current)
    decided = {entry.what["id"] for entry in done if entry.event == "decision"}
    graded = {entry.what["id"] for entry in done if entry.event == "assessment"}
    return Snapshot(
        tuple(
            ReadReport(report, read.get(id) or Reading(text=report.text, error=report.not_read))
            for id, report in sorted(reports.items())
            if id in read or report.not_read is not None
        ),
        linkage,
        tuple(decision for decision in people.decisions(connection) if decision.id in decided),
        tuple(assessment for assessment in people.assessments(connection) if assessment.id in graded),
    )


_BATCH = 200


def _readings(connection: Connection, run: int, reports: Iterable[Report], current: int | None) -> dict[str, Reading]:
    """What a run read: what was packed away of it or, where nothing was, what the next run that read otherwise replaced."""
    reports = tuple(reports)
    found = {report.id: reading for report, reading, _ in readings.load(connection, current or run, reports)}
    table = schema.past_reading
    rows = select(table).where(table.c.run >= run).order_by(table.c.run.desc())
    held = {report.id: report for report in reports}
    for row in connection.execute(rows):
        if row.report in held:
            values = json.loads(zlib.decompress(row.data))
            found[row.report] = revived(Reading, values | {"text": held[row.report].text})
    return found


def _linkage_at(connection: Connection, finished: log.Entry, current: int | None) -> Linkage:
    table = schema.past_linkage
    row = connection.execute(select(table.c.data).where(table.c.digest == finished.what["facts"])).one_or_none()
    if row is not None:
        return _linkage(row.data)
    if finished.what["run"] != current:
        raise CaseError(f"what run {finished.what['run']} linked was not kept by the version that made it; give a later date")
    return linkages.load(connection, finished.what["run"])


def _linkage(data: bytes) -> Linkage:
    linkage: Linkage = revived(Linkage, json.loads(zlib.decompress(data)))
    return linkage


def _pack(facts: Reading | Linkage) -> bytes:
    """The facts as compressed JSON; a reading without its text, which the report holds."""
    values = json.loads(canonical(facts))
    values.pop("text", None)
    return zlib.compress(canonical(values).encode("utf-8", "surrogatepass"))
