"""The log of a case: what was done to it and when, each entry sealed with the hash of the one before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from counterclaim.case import schema
from counterclaim.case.canonical import canonical, digest


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing done. `what` holds plain values; `hash` is SHA-256 of `previous` (the hash before, "" at first) and the rest."""

    id: int
    made: datetime
    event: str
    what: dict[str, Any]
    previous: str
    hash: str


def append(connection: Connection, event: str, what: dict[str, Any]) -> None:
    """Adds an entry dated now. To be called in a transaction that took the right to write when it began."""
    last = connection.execute(select(schema.log.c.id, schema.log.c.hash).order_by(schema.log.c.id.desc()).limit(1)).one_or_none()
    id, previous = (last.id + 1, last.hash) if last else (1, "")
    made = datetime.now(UTC)
    seal = _seal(previous, id, made, event, what)
    row = {"id": id, "made": made, "event": event, "what": what, "previous": previous, "hash": seal}
    connection.execute(insert(schema.log), row)


def entries(connection: Connection, event: str | None = None) -> Iterator[Entry]:
    """The entries in the order they were made, or those of one event."""
    wanted = select(schema.log).order_by(schema.log.c.id)
    if event is not None:
        wanted = wanted.where(schema.log.c.event == event)
    for row in connection.execute(wanted):
        yield Entry(row.id, row.made, row.event, row.what, row.previous, row.hash)


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
