"""The log of a case: what was done to it and when, each entry sealed with the hash of the one before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from counterclaim.case import schema
from counterclaim.case.canonical import canonical, digest
from counterclaim.case.engine import insert_all


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing done. `what` holds plain values; `hash` is SHA-256 of `previous` (the hash before, "" at first) and the rest."""

    id: int
    made: datetime
    event: str
    what: dict[str, Any]
    previous: str
    hash: str


def append(connection: Connection, event: str, *whats: dict[str, Any]) -> None:
    """Adds an entry of this event for each of `whats`, dated now. To be called in a transaction that took the right to write
    when it began."""
    last = connection.execute(select(schema.log.c.id, schema.log.c.hash).order_by(schema.log.c.id.desc()).limit(1)).one_or_none()
    id, previous = (last.id, last.hash) if last else (0, "")
    rows = []
    for what in whats:
        id, made = id + 1, datetime.now(UTC)
        seal = _seal(previous, id, made, event, what)
        rows.append({"id": id, "made": made, "event": event, "what": what, "previous": previous, "hash": seal})
        previous = seal
    insert_all(connection, schema.log, rows)


def entries(connection: Connection, event: str | None = None) -> Iterator[Entry]:
    """The entries in the order they were made, or those of one event."""
    wanted = select(schema.log).order_by(schema.log.c.id)
    if event is not None:
        wanted = wanted.where(schema.log.c.event == event)
    for row in connection.execute(wanted):
        yield Entry(row.id, row.made, row.event, row.what, row.previous, row.hash)


def readable(connection: Connection) -> tuple[list[Entry], list[str]]:
    """The entries that can be read, and one line for each that cannot: a time that is none, words that are no text or no JSON."""
    if connection.dialect.name != "sqlite":
        return list(entries(connection)), []
    found, unreadable = [], []
    columns = ", ".join(f"CAST({name} AS BLOB)" for name in ("made", "event", "what", "previous", "hash"))
    for id, *cells in connection.exec_driver_sql(f"SELECT id, {columns} FROM log ORDER BY id"):
        try:
            made, event, what, previous, seal = (cell.decode() for cell in cells)
            moment = as_kept(made)
            found.append(Entry(id, moment, event, json.loads(what), previous, seal))
        except (ValueError, AttributeError):
            unreadable.append(f"log entry {id}: cannot be read any more; it was changed after it was written")
    return found, unreadable


def as_kept(made: str) -> datetime:
    """A time as SQLite keeps it. ValueError where it is written in any other way, though it may read as the same moment."""
    moment = datetime.fromisoformat(made)
    if f"{moment:%Y-%m-%d %H:%M:%S.%f}" != made:
        raise ValueError(f"{made!r} is not how a time is kept")
    return moment.replace(tzinfo=UTC)


def broken(entries: Iterable[Entry], redacted: Mapping[int, str]) -> Iterator[str]:
    """One line for each entry that does not follow from the one before, or whose words are not those that were sealed.

    `redacted` are the entries whose words were dropped since, with the digest of what is left of them.
    """
    previous, id = "", 0
    for entry in entries:
        if entry.previous != previous or entry.id != id + 1:
            yield f"log entry {entry.id}: does not follow entry {id}; entries were removed or inserted"
        left = redacted.get(entry.id)
        if left is not None:
            if digest(canonical(entry.what)) != left:
                yield f"log entry {entry.id}: was changed after it was redacted"
        elif entry.hash != _seal(entry.previous, entry.id, entry.made, entry.event, entry.what):
            yield f"log entry {entry.id}: was changed after it was written"
        previous, id = entry.hash, entry.id


def _seal(previous: str, id: int, made: datetime, event: str, what: dict[str, Any]) -> str:
    return digest(previous, canonical({"id": id, "made": made, "event": event, "what": what}))
