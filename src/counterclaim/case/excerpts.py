"""What a case holds of a few incidents or reports, read from the disk without the rest of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, case, func, select

from counterclaim.case import evidence, linkages, readings, schema
from counterclaim.records import DateKnown, Linkage, Reading, ReadReport

OPENING = 240
"""Code points of a report's opening that a list may show: two lines."""

ASIDE = "set aside"
"""How the reason begins that is kept for a report which a first look set aside (`reading.SET_ASIDE`); it can still be read."""

NOT_YET = "not read yet"
"""Why a report was not read that came in since."""

_LATEST_FIRST = (schema.report.c.published.desc().nulls_last(), schema.report.c.id)
"""As an index holds them."""

AT_ONCE = 400
"""Ids in one query: SQLite takes at most 999 values in older builds."""


def of_incidents(connection: Connection, run: int, ids: Collection[str]) -> tuple[tuple[ReadReport, ...], Linkage]:
    """The reports that tell of the incidents, sorted by id, and what of the run's linkage concerns them."""
    incidents = tuple(linkages.load_incidents(connection, run, sorted(ids)))
    found = of_reports(connection, run, {member.report for incident in incidents for member in incident.members})
    only = linkages.Only(incidents, tuple(read.report.id for read in found))
    return found, linkages.load(connection, run, only)


def of_reports(connection: Connection, run: int | None, ids: Iterable[str]) -> tuple[ReadReport, ...]:
    """The reports of these ids with their readings in the run, sorted by id; one that is not read says why."""
    wanted = sorted(set(ids))
    found: list[ReadReport] = []
    for at in range(0, len(wanted), AT_ONCE):
        reports = tuple(evidence.reports(connection, schema.report.c.id.in_(wanted[at : at + AT_ONCE])))
        read = {} if run is None else {r.id: reading for r, reading, _ in readings.load(connection, run, reports)}
        for report in reports:
            empty = Reading(text=report.text, error=report.not_read or NOT_YET)
            found.append(ReadReport(report, read.get(report.id, empty)))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A report without its text: what a list shows of it. `opening` are its first words after the title;
    `not_read` is why it was not read, be it that it cannot be or that a first look set it `aside`; `statements` and `figures`
    count what was read in it."""

    id: str
    title: str | None
    outlet: str | None
    language: str | None
    published: str | None
    published_how: DateKnown | None
    not_read: str | None
    received: datetime
    opening: str
    statements: int = 0
    figures: int = 0

    @property
    def aside(self) -> bool:
        """Whether a first look set it aside."""
        return (self.not_read or "").startswith(ASIDE)


def in_order(connection: Connection) -> tuple[str, ...]:
    """The ids of all reports: the latest published first, the undated last."""
    table = schema.report
    return tuple(connection.execute(select(table.c.id).order_by(*_LATEST_FIRST)).scalars())


def unread(connection: Connection, run: int | None) -> dict[str, str]:
    """Why reports were not read, by id: that they cannot be, what the run says of them, or that nobody came to it yet."""
    wanted = select(schema.report.c.id, _why()).outerjoin(schema.reading, _in(run)).where(_why().is_not(None))
    return {row[0]: row[1] for row in connection.execute(wanted)}


def _in(run: int | None) -> ColumnElement[bool]:
    """Joins to a report its reading in the run."""
    return (schema.reading.c.report == schema.report.c.id) & (schema.reading.c.run == run)


def _why() -> ColumnElement[str | None]:
    """Why a report was not read, of a report that `_in` joined to its reading."""
    report, reading = schema.report.c, schema.reading.c
    return func.coalesce(report.not_read, reading.error, case((reading.report.is_(None), NOT_YET)))


def headings(connection: Connection, run: int | None, ids: Collection[str]) -> Iterator[Heading]:
    """The headings of these reports, in the order of `in_order`."""
    table, capture = schema.report, schema.capture
    shown = [table.c[name] for name in ("id", "title", "outlet", "language", "published", "published_how")]
    # Most texts begin with their title, which the list shows already.
    begun = func.substr(table.c.text, 1, OPENING + func.length(func.coalesce(table.c.title, "")))
    more = (begun.label("opening"), _why().label("not_read"), capture.c.received)
    wanted = select(*shown, *more).join_from(table, capture, table.c.capture == capture.c.sha256)
    wanted = wanted.outerjoin(schema.reading, _in(run))
    wanted = wanted.order_by(*_LATEST_FIRST)
    rows = list(connection.execute(wanted.where(table.c.id.in_(sorted(ids)))).mappings())
    counts = [_counts(connection, facts, run, [row["id"] for row in rows]) for facts in (schema.statement, schema.figure)]
    for row in rows:
        opening = row["opening"].removeprefix(row["title"] or "").lstrip()[:OPENING]
        yield Heading(**{**row, "opening": opening}, statements=counts[0].get(row["id"], 0), figures=counts[1].get(row["id"], 0))


def _counts(connection: Connection, table: Table, run: int | None, reports: Collection[str]) -> dict[str, int]:
    rows = select(table.c.report, func.count()).where(table.c.run == run, table.c.report.in_(reports)).group_by(table.c.report)
    return {row[0]: row[1] for row in connection.execute(rows)}


def incidents_of(connection: Connection, run: int, reports: Collection[str]) -> tuple[str, ...]:
    """The ids of the incidents that any of these reports tells of, sorted."""
    member, found, wanted = schema.incident_member, set[str](), sorted(reports)
    for at in range(0, len(wanted), AT_ONCE):
        here = member.c.report.in_(wanted[at : at + AT_ONCE])
        found |= set(connection.execute(select(member.c.incident).where(member.c.run == run, here).distinct()).scalars())
    return tuple(sorted(found))


def came_from(connection: Connection, reports: Collection[str] | None) -> dict[str, tuple[str, str, str]]:
    """Of the captures of these reports, or of all, by the report's id: first origin, time (UTC, ISO 8601), media type."""
    report, capture = schema.report, schema.capture
    wanted = select(report.c.id, capture.c.origin, capture.c.received, capture.c.media_type)
    wanted = wanted.join_from(report, capture, report.c.capture == capture.c.sha256)
    if reports is not None:
        wanted = wanted.where(report.c.id.in_(sorted(reports)))
    return {r.id: (r.origin, r.received.isoformat(timespec="seconds"), r.media_type) for r in connection.execute(wanted)}
