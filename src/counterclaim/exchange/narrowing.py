"""Some incidents of a case and nothing of the others: what is said and counted of them, in the reports that tell of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from counterclaim.records import (
    Contest,
    Decision,
    FigureRef,
    Incident,
    IncidentRef,
    Linkage,
    Offsets,
    Reading,
    ReadReport,
    StatementRef,
    View,
)  # fmt: skip


def narrowed(view: View, contests: Sequence[Contest]) -> tuple[View, tuple[Contest, ...]]:
    """The view and the contests with nothing but what belongs to these incidents.

    Reports that tell of others too keep only the statements, figures, places and days of these. What links reports that are not
    there any more is gone, and so is what people decided on them.
    """
    ids = {contest.incident.id for contest in contests}
    members = {ref for contest in contests for ref in contest.incident.members}
    kept = [read for read in view.reports if any(ref.report == read.report.id for ref in members)]
    held = {ref for contest in contests for ref in _refs(contest)}
    at: dict[IncidentRef, IncidentRef] = {}
    for read in kept:
        mine = [n for n in range(len(read.reading.incidents)) if IncidentRef(read.report.id, n) in members]
        at |= {IncidentRef(read.report.id, n): IncidentRef(read.report.id, new) for new, n in enumerate(mine)}
    reports = tuple(ReadReport(read.report, _reading(read, at, held)) for read in kept)
    there = {read.report.id for read in reports}

    def moved(incident: Incident) -> Incident:
        return replace(incident, members=tuple(at[ref] for ref in incident.members if ref in at))

    linkage = _linkage(view.linkage, there, ids, {s for r in reports for s in _statements(r)})
    linkage = replace(linkage, incidents=tuple(moved(one) for one in linkage.incidents))
    standings = tuple(s for s in view.standings if told_of(s.decision) <= there and told_of(s.decision))
    graded = tuple(graded for graded in view.graded if graded.incident in ids)
    laid = tuple(replace(contest, incident=moved(contest.incident)) for contest in contests)
    return View(reports=reports, linkage=linkage, standings=standings, graded=graded), laid


def told_of(decision: Decision) -> set[str]:
    """The reports whose words a decision is about."""
    spans = [decision.anchor] if decision.anchor else []
    return {span.report for span in (*spans, *decision.members, *decision.others)}


def _refs(contest: Contest) -> Collection[FigureRef | StatementRef]:
    found: set[FigureRef | StatementRef] = set()
    for toll in contest.tolls:
        found |= {toll.ref, *toll.repeats}
    for position in contest.positions:
        found |= set(position.statements)
    for origin in contest.origins:
        found |= set(origin.statements)
    for silent in contest.silent:
        found |= set(silent.said)
    for conflict in contest.conflicts:
        found |= {*conflict.left_said, *conflict.right_said}
    return found


def _statements(read: ReadReport) -> set[StatementRef]:
    return {StatementRef(read.report.id, statement.id) for statement in read.reading.statements}


def _reading(read: ReadReport, at: dict[IncidentRef, IncidentRef], held: Collection[FigureRef | StatementRef]) -> Reading:
    id, reading = read.report.id, read.reading

    def where(incident: int | None) -> int | None:
        new = None if incident is None else at.get(IncidentRef(id, incident))
        return new.index if new else None

    def own(incident: int | None) -> bool:
        return where(incident) is not None

    figures = tuple(f for f in reading.figures if own(f.incident) or FigureRef(id, f.id) in held)
    needed = {f.statement for f in figures}
    statements = tuple(
        s for s in reading.statements if own(s.incident) or s.id in needed or StatementRef(id, s.id) in held
    )  # fmt: skip
    details = tuple(d for d in reading.details if own(d.incident))
    incidents = tuple(m for n, m in enumerate(reading.incidents) if own(n))
    words: list[Offsets] = [*(f.span for f in figures), *(d.span for d in details)]
    words += [piece for s in statements for piece in (*s.content, *s.cue, *s.source)]
    words += [piece for m in incidents for piece in m.evidence]
    sentences = {reading.sentence_of(piece) for piece in words}

    def near(span: Offsets) -> bool:
        return any(start <= span[0] < end for start, end in sentences)

    return replace(
        reading,
        statements=tuple(replace(s, incident=where(s.incident)) for s in statements),
        figures=tuple(replace(f, incident=where(f.incident)) for f in figures),
        details=tuple(replace(d, incident=where(d.incident)) for d in details),
        incidents=incidents,
        places=tuple(place for place in reading.places if near(place.span)),
        associations=tuple(place for place in reading.associations if near(place.span)),
        dates=tuple(day for day in reading.dates if near(day.span)),
    )


def _linkage(linkage: Linkage, there: Collection[str], ids: Collection[str], said: Collection[StatementRef]) -> Linkage:
    utterances = (replace(u, statements=tuple(s for s in u.statements if s in said)) for u in linkage.utterances)
    return replace(
        linkage,
        copies=tuple(link for link in linkage.copies if {link.copy, link.original} <= set(there)),
        passages=tuple(link for link in linkage.passages if {link.copy, link.original} <= set(there)),
        utterances=tuple(u for u in utterances if u.statements),
        incidents=tuple(incident for incident in linkage.incidents if incident.id in ids),
        claims=tuple(claim for claim in linkage.claims if claim.incident in ids),
        events=tuple(event for event in linkage.events if event[0] in there),
    )
