"""Looks whether a case still is what was put into it: bytes, texts, spans, facts, decisions and the log."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select

from counterclaim.case import evidence, log, people, readings, redaction, runs, schema
from counterclaim.case.canonical import canonical, digest, plain, reading_digest, report_digest
from counterclaim.records import Assessment, Decision, Report, Span


def problems(connection: Connection) -> Iterator[str]:
    """One line for each thing that is not as it was put in; none for a sound case."""
    if connection.dialect.name == "sqlite":
        for (said,) in connection.exec_driver_sql("PRAGMA quick_check"):
            if said != "ok":
                yield f"file: {said}"
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"{table} row {row}: refers to a {parent} that is not there"
    gone = redaction.redacted(log.entries(connection))
    for capture in evidence.captures(connection):
        if capture.sha256 in gone.captures:
            if capture.data:
                yield f"capture {capture.sha256}: was redacted, and holds bytes again"
        elif sha256(capture.data).hexdigest() != capture.sha256:
            yield f"capture {capture.sha256}: its bytes are not those that were captured from {capture.origin}"
    reports = tuple(evidence.reports(connection))
    yield from log.broken(log.entries(connection), gone.entries)
    added = {entry.what["report"]: entry.what["digest"] for entry in log.entries(connection, "report added")}
    yield from _against_log("report", {report.id: report_digest(report) for report in reports}, added | dict(gone.rows["report"]))
    for kind, rows in (("decision", people.decisions(connection)), ("assessment", people.assessments(connection))):
        logged = {entry.what["id"]: entry.what for entry in log.entries(connection, kind)}
        kept = {row.id: row for row in rows}
        # Cases of the first tables logged the whole row as it then was, later ones its digest.
        logged |= {id: {"id": id, "digest": now} for id, now in gone.rows[kind].items()}
        now = {id: _as_logged(row, logged.get(id, {})) for id, row in kept.items()}
        yield from _against_log(kind, now, logged)
    yield from _spans(connection, {report.id: report for report in reports})
    yield from _facts(connection, reports)


def _against_log(kind: str, kept: dict[Any, Any], logged: dict[Any, Any]) -> Iterator[str]:
    for id in sorted(kept.keys() | logged.keys()):
        if id not in logged:
            yield f"{kind} {id}: the log does not know of it"
        elif id not in kept:
            yield f"{kind} {id}: is in the log but no longer in the case"
        elif kept[id] != logged[id]:
            yield f"{kind} {id}: is not as it was when it was logged"


def _as_logged(row: Decision | Assessment, logged: dict[str, Any]) -> dict[str, Any]:
    if "digest" in logged:
        return {"id": row.id, "digest": digest(canonical(row))}
    return {name: value for name, value in plain(row).items() if name in logged}


def _spans(connection: Connection, reports: dict[str, Report]) -> Iterator[str]:
    for row in connection.execute(select(schema.span)):
        span, text = Span(*row), reports[row.report].text if row.report in reports else ""
        if not 0 <= span.start < span.end <= len(text) or Span.of(span.report, text, span.start, span.end) != span:
            yield f"span {span.start}-{span.end} of report {span.report}: its words are not those of the report"


def _facts(connection: Connection, reports: tuple[Report, ...]) -> Iterator[str]:
    run = runs.current(connection)
    if run is None:
        return
    for report, reading, saved in readings.load(connection, run, reports):
        if reading_digest(reading) != saved:
            yield f"report {report.id}: its facts are not those that run {run} read"
    changed = runs.changed(connection)
    if changed:
        yield changed
