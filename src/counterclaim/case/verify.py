"""Looks whether a case still is what was put into it: bytes, texts, spans, facts, decisions and the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import StatementError

from counterclaim.case import evidence, log, past, people, readings, redaction, runs, schema
from counterclaim.case.canonical import canonical, digest, plain, reading_digest, report_digest
from counterclaim.records import Assessment, Decision, Report, Span


def seal(connection: Connection) -> None:
    """Logs what an older version kept without logging it: a change to it shows from now on."""
    evidence.seal_origins(connection)
    past.seal(connection)


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
        ("origins", lambda: _origins(connection, entries)),
        ("reports", lambda: _reports(connection, entries)),
        ("decisions and gradings", lambda: _people(connection, entries)),
        ("spans", lambda: _spans(connection, {r.id: r for r in evidence.reports(connection)})),
        ("past", lambda: past.changed(connection, entries)),
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
    for id, *cells in _as_captured(connection):
        if id in sealed and id not in gone:
            try:
                origin, received, media_type = (cell.decode() if isinstance(cell, bytes) else cell for cell in cells)
                moment = log.as_kept(received) if isinstance(received, str) else received
                if evidence.capture_digest(id, origin, moment, media_type) != sealed[id]:
                    yield f"capture {id}: where and when it was captured is not as it was logged"
            except (ValueError, AttributeError):
                yield f"capture {id}: where and when it was captured cannot be read any more"


def _as_captured(connection: Connection) -> list[tuple[Any, ...]]:
    """Where and when captures were made and what they were taken for, by hash; of SQLite the very bytes, as it forgives some that
    differ."""
    table = schema.capture
    if connection.dialect.name != "sqlite":
        return [
            tuple(row) for row in connection.execute(select(table.c.sha256, table.c.origin, table.c.received, table.c.media_type))
        ]
    columns = ", ".join(f"CAST({name} AS BLOB)" for name in ("origin", "received", "media_type"))
    return [tuple(row) for row in connection.exec_driver_sql(f"SELECT sha256, {columns} FROM capture")]


def _origins(connection: Connection, entries: Sequence[log.Entry]) -> Iterator[str]:
    """Where else the bytes came from. An origin's time is compared as it is kept, not as what it might be read as."""
    gone = redaction.redacted(entries).captures
    added = [entry.what for entry in entries if entry.event == "origin added" and entry.what["capture"] not in gone]
    logged = {f"{what['capture']} from {what['origin']}": what["received"] for what in added}
    kept: dict[str, str] = {}
    if connection.dialect.name == "sqlite":
        columns = ", ".join(f"CAST({name} AS BLOB)" for name in ("capture", "origin", "received"))
        for capture, *cells in connection.exec_driver_sql(f"SELECT {columns} FROM further_origin"):
            try:
                origin, received = (cell.decode() for cell in cells)
                kept[f"{capture.decode()} from {origin}"] = log.as_kept(received).isoformat()
            except ValueError:
                yield f"capture {capture.decode(errors='replace')}: where else it came from cannot be read any more"
    else:
        for row in connection.execute(select(schema.further_origin)):
            kept[f"{row.capture} from {row.origin}"] = row.received.isoformat()
    yield from _against_log("capture", kept, logged)


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
