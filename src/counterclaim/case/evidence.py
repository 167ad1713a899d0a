"""Captures and reports in and out of their tables: written once, and only if they agree with one another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select

from counterclaim.case import log, schema, search
from counterclaim.case.canonical import digest, report_digest
from counterclaim.errors import CaseError
from counterclaim.records import Capture, Published, Report, Segment, Sourced


def check(capture: Capture, report: Report) -> None:
    """CaseError where the bytes are not those of the hash, the report is of another capture, or its offsets do not fit."""
    if sha256(capture.data).hexdigest() != capture.sha256:
        raise CaseError(f"{capture.origin}: its bytes do not have the SHA-256 it was captured under; capture it again")
    if report.capture != capture.sha256:
        raise CaseError(f"{capture.origin}: report {report.id} was read from other bytes; read it again from this capture")
    if "\0" in report.text or not _encodes(report.text):
        raise CaseError(f"{capture.origin}: its text holds characters that are no text (NUL or half a pair); clean it first")
    if report.published and report.published.words and not _fits(report.published.words, report.text):
        raise CaseError(f"{capture.origin}: the words of its date {report.published.words} are not in its text")
    if report.modified and report.modified.words and not _fits(report.modified.words, report.text):
        raise CaseError(f"{capture.origin}: the words of its last change {report.modified.words} are not in its text")
    for segment in report.segments:
        if not _fits((segment.start, segment.start + segment.length), report.text):
            raise CaseError(f"{capture.origin}: a segment of the map to its capture, {segment}, is not in its text")


def capture_digest(sha256: str, origin: str, received: datetime, media_type: str) -> str:
    """What identifies where and when (in UTC) a capture's bytes came from, and what they were taken for."""
    return digest(sha256, origin, received.isoformat(), media_type)


def as_captured(connection: Connection, captures: Collection[str]) -> dict[str, str]:
    """The `capture_digest` of those of these captures that are kept, by hash."""
    table = schema.capture
    kept = select(table.c.sha256, table.c.origin, table.c.received, table.c.media_type).where(table.c.sha256.in_(captures))
    return {row.sha256: capture_digest(*row) for row in connection.execute(kept)}


def add(connection: Connection, found: Sequence[tuple[Capture, Report]]) -> tuple[bool, ...]:
    """Keeps captures and the reports read from them, all checked, and logs them; for each whether its report is new."""
    add_captures(connection, [capture for capture, _ in found])
    new = add_reports(connection, [report for _, report in found])
    sealed = as_captured(connection, {capture.sha256 for capture, _ in found})
    added, are_new = [], []
    for capture, report in found:
        are_new.append(report.id in new)
        if report.id in new:
            new.remove(report.id)
            added.append(
                {
                    "report": report.id, "digest": report_digest(report), "capture": capture.sha256, "origin": capture.origin,
                    "as_captured": sealed[capture.sha256],
                }
            )  # fmt: skip
    log.append(connection, "report added", *added)
    return tuple(are_new)


def add_captures(connection: Connection, given: Sequence[Capture]) -> None:
    """Keeps the bytes, or, where they are kept already, where else they came from."""
    table, further = schema.capture, schema.further_origin
    hashes = {capture.sha256 for capture in given}
    known = {
        (row.sha256, row.origin)
        for row in connection.execute(select(table.c.sha256, table.c.origin).where(table.c.sha256.in_(hashes)))
    }
    first, rows, rows_further = {sha256 for sha256, _ in known}, [], []
    wanted = select(further.c.capture, further.c.origin).where(further.c.capture.in_(hashes))
    known |= {(row.capture, row.origin) for row in connection.execute(wanted)}
    for capture in given:
        if (capture.sha256, capture.origin) in known:
            continue
        if capture.sha256 in first:
            rows_further.append({"capture": capture.sha256, "origin": capture.origin, "received": capture.received})
        else:
            rows.append(schema.row(table, capture))
        first.add(capture.sha256)
        known.add((capture.sha256, capture.origin))
    if rows:
        connection.execute(insert(table), rows)
    if rows_further:
        connection.execute(insert(further), rows_further)
        _log_origins(connection, rows_further)


def seal_origins(connection: Connection) -> None:
    """Logs the further origins that a version took in which did not log them: from now on a change to them shows."""
    logged = {(entry.what["capture"], entry.what["origin"]) for entry in log.entries(connection, "origin added")}
    table = schema.further_origin
    rows = connection.execute(select(table).order_by(table.c.received, table.c.capture, table.c.origin)).mappings().all()
    _log_origins(connection, [{**row} for row in rows if (row["capture"], row["origin"]) not in logged])


def _log_origins(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    log.append(connection, "origin added", *({**row, "received": row["received"].astimezone(UTC).isoformat()} for row in rows))


def add_reports(connection: Connection, given: Sequence[Report]) -> set[str]:
    """Keeps the reports whose id is not kept already, the first of each; their ids."""
    table = schema.report
    new: dict[str, Report] = {}
    for report in given:
        new.setdefault(report.id, report)
    for id in connection.execute(select(table.c.id).where(table.c.id.in_(new))).scalars().all():
        del new[id]
    if new:
        connection.execute(insert(table), [_row(report) for report in new.values()])
        search.index_reports(connection, new.values())
    return set(new)


def captures(connection: Connection, *where: ColumnElement[bool]) -> Iterator[Capture]:
    """The captures that fit, by hash, each read from the disk as it is asked for."""
    found = select(schema.capture).where(*where).order_by(schema.capture.c.sha256)
    for row in connection.execute(found.execution_options(yield_per=8)):
        yield Capture(row.sha256, row.origin, row.received, row.media_type, row.data)


def origins(connection: Connection, sha256: str) -> tuple[str, ...]:
    """Every path or address that the bytes came from, the first one first."""
    table = schema.capture
    first = connection.execute(select(table.c.origin).where(table.c.sha256 == sha256)).scalars()
    return (*first, *_further(connection, sha256))


def reports(connection: Connection, *where: ColumnElement[bool]) -> Iterator[Report]:
    """The reports that fit, sorted by id."""
    for row in connection.execute(select(schema.report).where(*where).order_by(schema.report.c.id)):
        yield _report(row)


def _further(connection: Connection, sha256: str) -> tuple[str, ...]:
    table = schema.further_origin
    found = select(table.c.origin).where(table.c.capture == sha256).order_by(table.c.received, table.c.origin)
    return tuple(connection.execute(found).scalars())


def _row(report: Report) -> dict[str, Any]:
    published = report.published
    start, end = published.words if published and published.words else (None, None)
    return schema.row(
        schema.report,
        report,
        published=published.value if published else None,
        published_how=published.how if published else None,
        published_start=start,
        published_end=end,
        published_note=published.note if published else None,
        segments=[[s.start, s.capture_start, s.length] for s in report.segments],
        modified=_as_list(report.modified),
        known=[[k.field, k.how, k.note] for k in report.known],
    )


def _report(row: Row[tuple[object, ...]]) -> Report:
    words = None if row.published_start is None else (row.published_start, row.published_end)
    published = None if row.published is None else Published(row.published, row.published_how, words, row.published_note)
    return Report(
        id=row.id,
        capture=row.capture,
        text=row.text,
        title=row.title,
        outlet=row.outlet,
        agency=row.agency,
        dateline=row.dateline,
        byline=row.byline,
        language=row.language,
        published=published,
        url=row.url,
        encoding=row.encoding,
        not_read=row.not_read,
        part=row.part,
        recorder=row.recorder,
        segments=tuple(Segment(*segment) for segment in row.segments),
        modified=_as_published(row.modified),
        known=tuple(Sourced(*one) for one in row.known),
    )


def _as_list(published: Published | None) -> list[object] | None:
    return [published.value, published.how, published.words, published.note] if published else None


def _as_published(kept: list[Any] | None) -> Published | None:
    return Published(kept[0], kept[1], (kept[2][0], kept[2][1]) if kept[2] else None, kept[3]) if kept else None


def _fits(offsets: tuple[int, int], text: str) -> bool:
    return 0 <= offsets[0] < offsets[1] <= len(text)


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
