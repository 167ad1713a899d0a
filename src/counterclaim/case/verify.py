"""Looks whether a case still is what was put into it: bytes, texts, spans, facts, decisions and the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import StatementError

from counterclaim.case import evidence, log, people, readings, redaction, runs, schema
from counterclaim.case.canonical import canonical, digest, plain, reading_digest, report_digest
from counterclaim.records import Assessment, Decision, Report, Span


def problems(connection: Connection) -> Iterator[str]:
    """One line for each thing that is not as it was put in; none for a sound case.

    What cannot be read any more is a problem like others and hides none that come after it.
    """
    entries, unreadable = log.readable(connection)
    yield from unreadable
    checks: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
        ("file", lambda: _file(connection)),
        ("log", lambda: log.broken(entries, redaction.redacted(entries).entries)),
        ("captures", lambda: _captures(connection, entries)),
        ("reports", lambda: _reports(connection, entries)),
        ("decisions and gradings", lambda: _people(connection, entries)),
        ("spans", lambda: _spans(connection, {r.id: r for r in evidence.reports(connection)})),
        ("facts", lambda: _facts(connection, tuple(evidence.reports(connection)))),
    )
    for what, check in checks:
        try:
            yield from check()
        except (ValueError, KeyError, TypeError, StatementError) as error:
            yield f"{what}: cannot be read any more ({type(error).__name__})"


def _file(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        for (said,) in connection.exec_driver_sql("PRAGMA quick_check"):
            if said != "ok":
                yield f"file: {said}"
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"{table} row {row}: refers to a {parent} that is not there"


def _captures(connection: Connection, entries: Sequence[log.Entry]) -> Iterator[str]:
    gone = redaction.redacted(entries).captures
    added = [entry.what for entry in entries if entry.event == "report added"]
    sealed = {what["capture"]: what["as_captured"] for what in reversed(added) if "as_captured" in what}
    for id, data in connection.execute(select(schema.capture.c.sha256, schema.capture.c.data)):
        if id in gone:
            if data:
                yield f"capture {id}: was redacted, and holds bytes again"
        elif sha256(data).hexdigest() != id:
            yield f"capture {id}: its bytes are not those that were captured"
    for id in connection.execute(select(schema.capture.c.sha256)).scalars().all():
        try:
            if connection.dialect.name == "sqlite":
                raw = "SELECT CAST(received AS BLOB) FROM capture WHERE sha256 = ?"
                log.as_kept(connection.exec_driver_sql(raw, (id,)).scalar_one().decode())
            (capture,) = evidence.captures(connection, schema.capture.c.sha256 == id)
        except (ValueError, TypeError, StatementError):
            yield f"capture {id}: where and when it was captured cannot be read any more"
            continue
        if id in sealed and id not in gone and evidence.capture_digest(capture) != sealed[id]:
            yield f"capture {id}: where and when it was captured is not as it was logged"


def _reports(connection: Connection, entries: Sequence[log.Entry]) -> Iterator[str]:
    added = {entry.what["report"]: entry.what["digest"] for entry in entries if entry.event == "report added"}
    added |= dict(redaction.redacted(entries).rows["report"])
    yield from _against_log("report", {report.id: report_digest(report) for report in evidence.reports(connection)}, added)


def _people(connection: Connection, entries: Sequence[log.Entry]) -> Iterator[str]:
    gone = redaction.redacted(entries)
    for kind, rows in (("decision", people.decisions(connection)), ("assessment", people.assessments(connection))):
        logged = {entry.what["id"]: entry.what for entry in entries if entry.event == kind}
        kept = {row.id: row for row in rows}
        # Cases of the first tables logged the whole row as it then was, later ones its digest.
        logged |= {id: {"id": id, "digest": now} for id, now in gone.rows[kind].items()}
        now = {id: _as_logged(row, logged.get(id, {})) for id, row in kept.items()}
        yield from _against_log(kind, now, logged)


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
