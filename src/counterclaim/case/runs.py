"""Runs: which code, models and rules made the facts, which run counts, and when facts make way for newer ones."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from counterclaim.case import linkages, log, past, schema, search
from counterclaim.case.canonical import facts_digest
from counterclaim.errors import CaseError
from counterclaim.records import Run


def begin(connection: Connection, version: str, models: str, rules: str) -> Run:
    """The latest run if it was made by the same code, models and rules, finished or cut off; else a new one, logged."""
    latest = _latest(connection)
    if latest and (latest.version, latest.models, latest.rules) == (version, models, rules):
        return latest
    new = Run(latest.id + 1 if latest else 1, version, models, rules, datetime.now(UTC), None)
    connection.execute(insert(schema.run), schema.row(schema.run, new, current=False))
    log.append(connection, "run started", {"run": new.id, "version": version, "models": models, "rules": rules})
    return new


def hold(connection: Connection, run: int) -> Run:
    """The run, if it still is the one to write to. CaseError where a later one was begun, which clears away this one's facts."""
    latest = _latest(connection)
    if latest is None or latest.id != run:
        raise CaseError(
            f"run {run}: another counterclaim has begun a later run on this case; wait until it is done and run again"
        )
    return latest


def reopen(connection: Connection, run: int) -> None:
    """Marks the run as not finished: it reads on. If it is the current one it stays so, and its incidents keep their ids."""
    connection.execute(update(schema.run).where(schema.run.c.id == run).values(finished=None))


def finish(connection: Connection, run: int, finished: datetime) -> Run:
    """Marks the run finished and current, logs what it holds and clears away the facts of all others.

    A run that is finished and holds the very facts it finished with is left as it is: doing the same again adds nothing.
    """
    now, before = digest(connection, run), hold(connection, run)
    if before.finished and _logged(connection, run) == now:
        return before
    replaced = current(connection)
    if replaced is not None and replaced != run:
        past.keep_linkage(connection, replaced)
        past.keep_readings(connection, replaced, run)
        past.seal(connection)
    table = schema.run
    connection.execute(update(table).values(current=table.c.id == run))
    connection.execute(update(table).where(table.c.id == run).values(finished=finished))
    log.append(connection, "run finished", {"run": run, "facts": now})
    others = select(schema.reading.c.run).where(schema.reading.c.run != run).limit(1)
    if connection.execute(others).first():
        for facts in reversed(schema.FACTS):
            connection.execute(delete(facts).where(facts.c.run != run))
        search.forget(connection, run)
    return hold(connection, run)


def current(connection: Connection) -> int | None:
    """The id of the run that finished last: its facts are the case's, also while it reads on or a newer one is under way."""
    return connection.execute(select(schema.run.c.id).where(schema.run.c.current)).scalar_one_or_none()


def changed(connection: Connection) -> str | None:
    """What is wrong where the current run is finished and no longer holds the facts it finished with."""
    run = current(connection)
    if run is None or connection.execute(select(schema.run.c.finished).where(schema.run.c.id == run)).scalar_one() is None:
        return None
    return None if _logged(connection, run) == digest(connection, run) else f"run {run}: its facts are not those it finished with"


def digest(connection: Connection, run: int) -> str:
    """What identifies the facts of a run, in hexadecimal."""
    rows = connection.execute(select(schema.reading.c.report, schema.reading.c.digest).where(schema.reading.c.run == run))
    return facts_digest(((report, of_reading) for report, of_reading in rows), linkages.load(connection, run))


def _latest(connection: Connection) -> Run | None:
    table = schema.run
    row = connection.execute(select(table).order_by(table.c.id.desc()).limit(1)).one_or_none()
    return Run(row.id, row.version, row.models, row.rules, row.started, row.finished) if row else None


def _logged(connection: Connection, run: int) -> str | None:
    """The digest of the facts that the run last finished with."""
    finished = [entry.what["facts"] for entry in log.entries(connection, "run finished") if entry.what["run"] == run]
    return finished[-1] if finished else None
