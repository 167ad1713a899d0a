"""Brings two copies of one case together, which people worked on apart: nothing is lost, nothing is doubled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert, select

from counterclaim.case import evidence, log, people, redaction, schema
from counterclaim.case.canonical import report_digest, signed
from counterclaim.case.engine import insert_all
from counterclaim.records import Report, Span


@dataclass(frozen=True, slots=True)
class Taken:
    """How much came in from the other copy."""

    reports: int
    decisions: int
    assessments: int
    redactions: int


def take_in(connection: Connection, theirs: Connection) -> Taken:
    """Writes into one case what the other has and it lacks. `connection` holds the right to write."""
    reports = _take_evidence(connection, theirs)
    texts = {report.id: report for report in evidence.reports(connection)}
    here = {signed(decision): decision.id for decision in people.decisions(connection)}
    ids: dict[int, int] = {}
    decisions = redactions = 0
    for decision in people.decisions(theirs):
        if signed(decision) in here:
            ids[decision.id] = here[signed(decision)]
            continue
        kept = replace(
            decision, id=people.next_id(connection, schema.decision),
            undoes=None if decision.undoes is None else ids[decision.undoes],
            settles=tuple(sorted(ids[id] for id in decision.settles)),
            anchor=None if decision.anchor is None else _here(connection, [decision.anchor], texts)[0],
            members=_here(connection, decision.members, texts), others=_here(connection, decision.others, texts),
        )  # fmt: skip
        people.insert_decision(connection, kept)
        ids[decision.id] = kept.id
        decisions += 1
        if kept.kind == "redact":
            redaction.redact(connection, kept)
            texts = {report.id: report for report in evidence.reports(connection)}
            redactions += 1
    graded = {signed(assessment) for assessment in people.assessments(connection)}
    assessments = 0
    for assessment in people.assessments(theirs):
        if signed(assessment) not in graded:
            kept_grade = replace(
                assessment, id=people.next_id(connection, schema.assessment),
                members=_here(connection, assessment.members, texts), cited=_here(connection, assessment.cited, texts),
            )  # fmt: skip
            people.insert_assessment(connection, kept_grade)
            assessments += 1
    taken = Taken(reports, decisions, assessments, redactions)
    if (reports, decisions, assessments) != (0, 0, 0):
        last = list(log.entries(theirs))[-1].hash
        counts = {"reports": reports, "decisions": decisions, "assessments": assessments}
        log.append(connection, "copy taken in", {"their_last": last, **counts})
    return taken


def _take_evidence(connection: Connection, theirs: Connection) -> int:
    """Captures, further origins and reports that are missing here. What either has redacted comes in without its words."""
    added = 0
    logged = {entry.what["report"]: entry.what for entry in log.entries(theirs, "report added")}
    for capture in evidence.captures(theirs):
        known = connection.execute(select(schema.capture.c.data).where(schema.capture.c.sha256 == capture.sha256)).one_or_none()
        gone = known is not None and not known.data
        if not gone and capture.data:
            origins = evidence.origins(theirs, capture.sha256)
            evidence.add_captures(connection, [replace(capture, origin=origin) for origin in origins])
        elif known is None:
            connection.execute(insert(schema.capture), schema.row(schema.capture, capture))
        for report in evidence.reports(theirs, schema.report.c.capture == capture.sha256):
            if not gone and evidence.add_reports(connection, [report]):
                entry = logged.get(report.id, {})
                digest = entry.get("digest", report_digest(report))
                what = {"report": report.id, "digest": digest, "capture": capture.sha256, "origin": capture.origin}
                if capture.data:
                    what["as_captured"] = evidence.as_captured(connection, [capture.sha256])[capture.sha256]
                log.append(connection, "report added", what)
                added += 1
    return added


def _here(connection: Connection, spans: Iterable[Span], texts: dict[str, Report]) -> tuple[Span, ...]:
    """The spans with the words that stand here, where some may be redacted."""
    kept = tuple(Span.of(span.report, texts[span.report].text, span.start, span.end) for span in spans)
    insert_all(connection, schema.span, [schema.row(schema.span, span) for span in dict.fromkeys(kept)], new=True)
    return kept
