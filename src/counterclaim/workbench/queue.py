"""What there is to check in an incident, in the order in which it is worth checking: disagreement first, then doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from counterclaim.dossier import words
from counterclaim.records import (
    Figure,
    FigureRef,
    IncidentRef,
    Offsets,
    ReadReport,
    Span,
    Standing,
    Statement,
    StatementRef,
)  # fmt: skip
from counterclaim.workbench.laid import Laid

Kind = Literal["figure", "statement", "mention", "saying", "name"]

_AGAIN, _DISPUTED, _JOINED, _CLASHING, _REST, _SLIGHT = range(6)
"""Classes in the order of the queue: what changed since it was decided; what two people see differently; whether a report belongs
here, as all its facts hang on that; facts that contradict one another; the rest; sayings without a stance."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to check: its key within the incident, the words it stands in, why it is worth a look, what was decided on it.

    `sure` is how sure the reading is (0 to 1), None where nothing measures it. `other` is what it was brought together with.
    """

    key: str
    kind: Kind
    rank: tuple[int, float, int, int]
    report: str
    at: Offsets
    why: str
    sure: float | None
    ref: FigureRef | StatementRef | IncidentRef | tuple[str, str]
    fact: Figure | Statement | None = None
    other: FigureRef | StatementRef | IncidentRef | None = None
    other_at: Offsets | None = None
    standings: tuple[Standing, ...] = ()

    def open_to(self, user: str | None = None) -> bool:
        """Whether nobody (or not `user`) has decided on it, or what was decided is to be looked at again."""
        live = [s for s in self.standings if s.state in ("in force", "disputed")]
        if any(s.outcome == "value changed: check again" for s in live):
            return True
        return not [s for s in live if user is None or s.decision.user == user]

    @property
    def joins(self) -> bool:
        """Whether the question is if two things are one."""
        return self.kind in ("mention", "saying", "name")


def items_of(laid: Laid) -> tuple[Item, ...]:
    """Everything to check in the incident, decided or not, in the order of the queue."""
    return tuple(sorted((*_joined(laid), *_facts(laid), *_sayings(laid)), key=lambda item: (item.rank, item.key)))


def _facts(laid: Laid) -> Iterator[Item]:
    members = set(laid.contest.incident.members)
    clash = [span for c in laid.contest.conflicts if c.kind == "contradiction" for span in (c.left, c.right)]
    copies = {link.copy for link in laid.seen.linkage.copies if link.original in laid.reports}
    for id, read in laid.reports.items():
        # What a copy says is checked once, in the report that it was copied from.
        if id in copies:
            continue
        n = laid.number(id)
        for f in read.reading.figures:
            if f.incident is not None and IncidentRef(id, f.incident) in members:
                standings = laid.seen.on(FigureRef(id, f.id))
                level, why = _level(clash, id, (f.span,), standings)
                rank = (level, f.confidence, n, f.span[0])
                yield Item(
                    f"figure.{n}.{f.id}",
                    "figure",
                    rank,
                    id,
                    f.span,
                    why,
                    f.confidence,
                    FigureRef(id, f.id),
                    f,
                    None,
                    None,
                    standings,
                )
        for s in read.reading.statements:
            pieces = s.content or s.cue
            # Its toll is checked as a figure, with the speaker.
            if s.act == "figure" or not pieces or s.incident is None or IncidentRef(id, s.incident) not in members:
                continue
            standings = laid.seen.on(StatementRef(id, s.id))
            level, why = _level(clash, id, pieces, standings)
            level = _SLIGHT if level == _REST and s.act == "other" else level
            at = (pieces[0][0], pieces[-1][1])
            rank = (level, s.confidence, n, at[0])
            yield Item(
                f"statement.{n}.{s.id}",
                "statement",
                rank,
                id,
                at,
                why,
                s.confidence,
                StatementRef(id, s.id),
                s,
                None,
                None,
                standings,
            )


def _level(clash: Sequence[Span], report: str, pieces: Sequence[Offsets], standings: Sequence[Standing]) -> tuple[int, str]:
    if any(s.outcome == "value changed: check again" and s.state in ("in force", "disputed") for s in standings):
        return _AGAIN, "is read otherwise since it was decided on"
    if any(s.state == "disputed" for s in standings):
        return _DISPUTED, "is seen differently by two people"
    for span in clash:
        if span.report == report and any(span.start < end and start < span.end for start, end in pieces):
            return _CLASHING, "stands in a contradiction"
    return _REST, ""


def _joined(laid: Laid) -> Iterator[Item]:
    """For each report's mention after the first: does it belong here?"""
    incident = laid.contest.incident
    if not incident.members:
        return
    first, reasons = incident.members[0], ("", *incident.reasons)
    for n, ref in enumerate(incident.members):
        if n == 0 or ref.report not in laid.reports or first.report not in laid.reports:
            continue
        why = words.inert(reasons[n]) if n < len(reasons) and reasons[n] else "was joined"
        standings = tuple(s for s in laid.seen.on(ref) if s.decision.kind in ("same", "not-same", "move"))
        at, other_at = named(laid.reports[ref.report], ref.index), named(laid.reports[first.report], first.index)
        number = laid.number(ref.report)
        yield Item(
            f"mention.{number}.{ref.index}", "mention", (_JOINED, 0.0, number, ref.index), ref.report, at, why, None, ref, None,
            first, other_at, standings,
        )  # fmt: skip


def _sayings(laid: Laid) -> Iterator[Item]:
    """For each statement that was taken for the same act of saying as one in another report: is it?"""
    here = {ref for origin in laid.contest.origins for ref in origin.statements}
    copies = {link.copy: link.original for link in laid.seen.linkage.copies}
    for utterance in laid.seen.linkage.utterances:
        refs = [ref for ref in utterance.statements if ref in here]
        for n, ref in enumerate(refs):
            first = refs[0]
            if n == 0 or copies.get(ref.report, ref.report) == copies.get(first.report, first.report):
                continue
            why = words.inert(utterance.reasons[n - 1]) if n - 1 < len(utterance.reasons) else "was joined"
            at, other_at = (_said(laid.reports[r.report], r.statement) for r in (ref, first))
            number = laid.number(ref.report)
            standings = tuple(s for s in laid.seen.on(ref) if s.decision.kind in ("same", "not-same") and first in s.on)
            yield Item(
                f"saying.{number}.{ref.statement}", "saying", (_REST, 0.5, number, at[0]), ref.report, at, why, None, ref, None,
                first, other_at, standings,
            )  # fmt: skip


def named(read: ReadReport, index: int) -> Offsets:
    evidence = read.reading.incidents[index].evidence
    return evidence[0] if evidence else (read.reading.sentences or ((0, len(read.report.text)),))[0]


def _said(read: ReadReport, statement: str) -> Offsets:
    said = read.statement(statement)
    pieces = said.content or said.cue or said.source
    return pieces[0][0], pieces[-1][1]
