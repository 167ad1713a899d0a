"""Drops what a court's order or a source's plea wants gone: bytes and words, wherever the case holds them, for good.

What stays is the capture's hash, its place in the log, who dropped it and why. Words are overwritten code point by code point
with `MASK`, so that every offset still fits; `verify` knows from the log what was dropped and names what changed after that.
Where words are named they go wherever people wrote them too; where a whole report goes, what people wrote of it is their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, delete, select, text, update

from counterclaim.case import evidence, linkages, log, past, people, schema, search
from counterclaim.case.canonical import canonical, digest, report_digest
from counterclaim.records import Decision, Linkage, Report, Span

MASK = "\N{FULL BLOCK}"
NOT_READ = "not read: redacted"
ORIGIN = "redacted"

_WORDS = ("title", "byline", "dateline", "url", "published_note")
"""Columns of a report, besides its text, that go with it: they are or hold its words."""


@dataclass(frozen=True, slots=True)
class Redacted:
    """What redactions left, each with the digest it has had since: captures by hash, reports, people's rows and log entries."""

    captures: frozenset[str] = frozenset()
    rows: Mapping[str, Mapping[Any, str]] = field(default_factory=dict)
    entries: Mapping[int, str] = field(default_factory=dict)


def redact(connection: Connection, decision: Decision) -> None:
    """Carries out a kept decision to redact: the whole capture, or, where its `value` names words, those words.

    To be called in a transaction that took the right to write; `scrub` follows when it is through.
    """
    capture = decision.capture or ""
    masked = _masking(connection, decision)
    reports = {r.id: r for r in evidence.reports(connection, schema.report.c.capture == capture)}
    with _unguarded(connection):
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete = ON")
        table = schema.capture
        whole = not json.loads(decision.value or "[]")
        connection.execute(update(table).where(table.c.sha256 == capture).values(data=b"", origin=ORIGIN))
        further = schema.further_origin
        connection.execute(delete(further).where(further.c.capture == capture))
        for report in reports.values():
            _mask_report(connection, report, masked, whole)
            _drop_facts(connection, report.id)
        changed = {kind: _mask_people(connection, kind, reports, masked, whole) for kind in ("decision", "assessment")}
        entries = _mask_log(connection, capture, changed)
        _drop_orphans(connection)
    now = {r.id: report_digest(r) for r in evidence.reports(connection, schema.report.c.capture == capture)}
    rows: dict[str, dict[Any, str]] = {**changed, "report": now}
    what = {
        "decision": decision.id,
        "capture": capture,
        "rows": {k: {str(i): d for i, d in of.items()} for k, of in rows.items()},
    }
    log.append(connection, "redacted", what | {"entries": {str(id): now for id, now in entries.items()}})
    past.seal(connection)


def scrub(connection: Connection) -> None:
    """Makes the database forget what lay in pages and logs that are no longer used. Needs a connection without a transaction."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        connection.exec_driver_sql("VACUUM FULL")


def redacted(entries: Iterable[log.Entry]) -> Redacted:
    """What was redacted by the log, the latest digest of each."""
    captures: set[str] = set()
    rows: dict[str, dict[Any, str]] = {"report": {}, "decision": {}, "assessment": {}}
    sealed: dict[int, str] = {}
    for entry in entries:
        if entry.event == "redacted":
            captures.add(entry.what["capture"])
            for kind, of in entry.what["rows"].items():
                rows[kind] |= {id if kind == "report" else int(id): now for id, now in of.items()}
            sealed |= {int(id): now for id, now in entry.what["entries"].items()}
    return Redacted(frozenset(captures), rows, sealed)


def _masking(connection: Connection, decision: Decision) -> Callable[[str], str]:
    """A function that masks the words that are to go, wherever they stand in a text. The decision holds their places only."""
    words = []
    for report, start, end in json.loads(decision.value or "[]"):
        words.append(connection.execute(select(schema.report.c.text).where(schema.report.c.id == report)).scalar_one()[start:end])
    if not words:
        return lambda given: MASK * len(given)
    pattern = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE)
    return lambda given: pattern.sub(lambda m: MASK * len(m[0]), given)


def _mask_report(connection: Connection, report: Report, masked: Callable[[str], str], whole: bool) -> None:
    table = schema.report
    words = {name: given for name in _WORDS if (given := getattr(report, name, None)) is not None}
    changed: dict[str, Any] = {name: None if whole else masked(given) for name, given in words.items()}
    if report.published and report.published.note:
        changed["published_note"] = None if whole else masked(report.published.note)
    if report.modified:
        value, how, at, note = report.modified.value, report.modified.how, report.modified.words, report.modified.note
        changed["modified"] = None if whole else [value, how, at, masked(note) if note else None]
    now = masked(report.text)
    if whole:
        changed["not_read"], changed["known"] = NOT_READ, []
    connection.execute(update(table).where(table.c.id == report.id).values(text=now, **changed))
    span = schema.span
    for row in connection.execute(select(span).where(span.c.report == report.id)).all():
        new = asdict(Span.of(report.id, now, row.start, row.end))
        at = (span.c.report == report.id) & (span.c.start == row.start) & (span.c.end == row.end)
        connection.execute(update(span).where(at).values({name: new[name] for name in ("quote", "prefix", "suffix")}))
    search.replace(connection, report.id, changed.get("title", report.title), now)


def _drop_facts(connection: Connection, report: str) -> None:
    """Takes what was read in a report out of every run, and out of all that was linked; the next run reads on."""
    for (run,) in connection.execute(select(schema.run.c.id)).all():
        linkage = linkages.load(connection, run)
        held = linkage != Linkage()
        if held:
            for table in reversed(schema.LINKAGE):
                connection.execute(delete(table).where(table.c.run == run))
        for table in reversed(schema.FACTS):
            if "report" in table.c and table not in schema.LINKAGE:
                connection.execute(delete(table).where((table.c.run == run) & (table.c.report == report)))
        if held:
            linkages.save(connection, run, without(linkage, report))
            connection.execute(update(schema.run).where(schema.run.c.id == run).values(finished=None))
    past.forget(connection, report, without)


def without(linkage: Linkage, report: str) -> Linkage:
    """The linkage without a report: what it alone gave is gone, and the words that others shared with it as well."""
    incidents = []
    for incident in linkage.incidents:
        if any(ref.report == report for ref in incident.members):
            left = tuple(ref for ref in incident.members if ref.report != report)
            incident = replace(
                incident, members=left, title=MASK * 3, place=None, alleged=(), reasons=("",) * max(0, len(left) - 1)
            )
        incidents.append(incident)
    utterances = []
    for utterance in linkage.utterances:
        left_of = tuple(ref for ref in utterance.statements if ref.report != report)
        if left_of != utterance.statements:
            utterance = replace(utterance, statements=left_of, speaker=None, reasons=("",) * max(0, len(left_of) - 1))
        if left_of:
            utterances.append(utterance)
    claims = []
    for claim in linkage.claims:
        edges = tuple(edge for edge in claim.edges if edge[0].report != report)
        if edges:
            claims.append(replace(claim, edges=edges) if edges == claim.edges else replace(claim, edges=edges, target=None))
    return Linkage(
        events=tuple(event for event in linkage.events if event[0] != report),
        copies=tuple(c for c in linkage.copies if report not in (c.copy, c.original)),
        passages=tuple(p for p in linkage.passages if report not in (p.copy, p.original)),
        utterances=tuple(utterances), incidents=tuple(incidents), claims=tuple(claims),
    )  # fmt: skip


def _mask_people(
    connection: Connection, kind: str, reports: Mapping[str, Report], masked: Callable[[str], str], whole: bool
) -> dict[int, str]:
    """Masks what people's rows hold of the reports' words; the ids of the rows changed, with their digests now."""
    table, words = (
        (schema.decision, schema.decision_words) if kind == "decision" else (schema.assessment, schema.assessment_words)
    )
    of = list(reports)
    touching = set(connection.execute(select(words.c[kind]).where(words.c.report.in_(of))).scalars())
    if kind == "decision":
        touching |= set(connection.execute(select(table.c.id).where(table.c.report.in_(of))).scalars())
    # Whatever stands on the report has its span masked, and what was seen there holds its words in other forms: it goes.
    for row in connection.execute(select(table)).mappings().all():
        changed: dict[str, Any] = {}
        for name in ("seen", "value", "reason", "note"):
            held = row.get(name)
            if held is None or (name == "value" and row.get("kind") == "redact"):
                continue
            if row["id"] in touching and name in ("seen", "value"):
                changed[name] = None
            elif not whole and masked(held) != held:
                changed[name] = None if name in ("seen", "value") else masked(held)
        if changed:
            connection.execute(update(table).where(table.c.id == row["id"]).values(**changed))
            touching.add(row["id"])
    kept = people.decisions(connection) if kind == "decision" else people.assessments(connection)
    return {row.id: digest(canonical(row)) for row in kept if row.id in touching}


def _mask_log(connection: Connection, capture: str, rows: Mapping[str, Mapping[int, str]]) -> dict[int, str]:
    """Masks the log's entries on the capture and on people's rows that changed; their ids with the digests of what they hold now.

    The hash of each stays, so that the chain still holds.
    """
    changed: dict[int, str] = {}
    table = schema.log
    for entry in list(log.entries(connection)):
        what = dict(entry.what)
        if entry.event in ("report added", "origin added") and what.get("capture") == capture:
            what["origin"] = ORIGIN
        elif entry.event in rows and "digest" not in what and what.get("id") in rows[entry.event]:
            what = {"id": what["id"]}
        if what != entry.what:
            connection.execute(update(table).where(table.c.id == entry.id).values(what=what))
            changed[entry.id] = digest(canonical(what))
    return changed


def _drop_orphans(connection: Connection) -> None:
    """Places that nothing refers to any more: their names were the report's words."""
    place = schema.place
    for run, id in connection.execute(select(place.c.run, place.c.id)).all():
        tables = (schema.place_mention, schema.incident_mention, schema.incident)
        used = (select(t.c.place).where((t.c.run == run) & (t.c.place == id)).limit(1) for t in tables)
        if not any(connection.execute(each).first() for each in used):
            connection.execute(delete(place).where((place.c.run == run) & (place.c.id == id)))


@contextmanager
def _unguarded(connection: Connection) -> Iterator[None]:
    """Lifts the guards of what is written once, within the transaction."""
    if connection.dialect.name != "sqlite":
        for table in schema.WRITTEN_ONCE:
            connection.exec_driver_sql(f"ALTER TABLE {table.name} DISABLE TRIGGER USER")
        yield
        for table in schema.WRITTEN_ONCE:
            connection.exec_driver_sql(f"ALTER TABLE {table.name} ENABLE TRIGGER USER")
        return
    made = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND (name LIKE '%_no_update' OR name LIKE '%_no_delete')"
    guards = [(row.name, row.sql) for row in connection.execute(text(made))]
    for name, _ in guards:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, sql in guards:
        connection.exec_driver_sql(sql)
