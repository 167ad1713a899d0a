"""Runs: which code, models and rules made the facts, which run counts, and when facts make way for newer ones."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from counterclaim.case import linkages, log, schema, search
from counterclaim.case.canonical import facts_digest
from counterclaim.records import Run


def begin(connection: Connection, version: str, models: str, rules: str) -> Run:
    """The latest run if it was made by the same code, models and rules, finished or cut off; else a new one, logged."""
    latest = _latest(connection)
    if latest and (latest.version, latest.models, latest.rules) == (version, models, rules):
        return latest
    new = Run(latest.id + 1 if latest else 1, version, models, rules, datetime.now(UTC), None)
    connection.execute(insert(schema.run), schema.row(schema.run, new))
    log.append(connection, "run started", {"run": new.id, "version": version, "models": models, "rules": rules})
    return new


def finish(connection: Connection, run: int, finished: datetime) -> Run:
    """Marks the run finished, logs what it holds and clears away the facts of all others.

    A run that finished with these very facts before is left as it is, so that doing the same again adds nothing.
    """
    now = digest(connection, run)
    before = [entry.what["facts"] for entry in log.entries(connection, "run finished") if entry.what["run"] == run]
    if before[-1:] != [now]:
        connection.execute(update(schema.run).where(schema.run.c.id == run).values(finished=finished))
        log.append(connection, "run finished", {"run": run, "facts": now})
    others = select(schema.reading.c.run).where(schema.reading.c.run != run).limit(1)
    if connection.execute(others).first():
        for table in reversed(schema.FACTS):
            connection.execute(delete(table).where(table.c.run != run))
        search.forget(connection, run)
    return _run(connection, run)


def finished(connection: Connection) -> int | None:
    """The id of the latest run that finished: its facts are those of the case."""
    table = schema.run
    return connection.execute(
        select(table.c.id).where(table.c.finished.is_not(None)).order_by(table.c.id.desc()).limit(1)
    ).scalar_one_or_none()


def digest(connection: Connection, run: int) -> str:
    """What identifies the facts of a run, in hexadecimal."""
    rows = connection.execute(select(schema.reading.c.report, schema.reading.c.digest).where(schema.reading.c.run == run))
    return facts_digest(((report, of_reading) for report, of_reading in rows), linkages.load(connection, run))


def _latest(connection: Connection) -> Run | None:
    row = connection.execute(select(schema.run).order_by(schema.run.c.id.desc()).limit(1)).one_or_none()
    return Run(*row) if row else None


def _run(connection: Connection, id: int) -> Run:
    return Run(*connection.execute(select(schema.run).where(schema.run.c.id == id)).one())
