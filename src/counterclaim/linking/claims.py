"""Brings statements on one question of one incident together as one claim, so that an accusation and its denial meet."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from counterclaim.records import (
    Act,
    Claim,
    Incident,
    IncidentRef,
    Polarity,
    Question,
    ReadReport,
    Statement,
    StatementRef,
    polarity_of,
    question_of,
)

_OF_ONESELF: frozenset[Act] = frozenset({"denial", "admission", "justification", "investigation", "regret"})
"""Acts that are about the speaker's own side where the text names nobody else; a justification always is, for whoever else
it names may be the enemy that hid there or the ally who was warned."""


def gather_claims(reports: Sequence[ReadReport], incidents: Iterable[Incident], names: Mapping[str, str]) -> tuple[Claim, ...]:
    """The claims of every incident, sorted by incident, question and target; edges in the order of reports and text.

    Whom a claim is about is named by side ("the Pentagon" and "US military" are "United States"), as far as the reports'
    actors give one. A denial aimed at a party that the same side blames denies that party's account and not its part in it.
    """
    incident_of = {ref: incident.id for incident in incidents for ref in incident.members}
    sides = _sides(reports)
    told: list[tuple[str, StatementRef, Statement, Question]] = []
    for read in sorted(reports, key=lambda r: r.report.id):
        for s in read.reading.statements:
            incident = None if s.incident is None else incident_of.get(IncidentRef(read.report.id, s.incident))
            if incident is not None and s.act != "other":
                words = " ".join(read.report.text[start:end] for start, end in s.content or s.cue)
                told.append((incident, StatementRef(read.report.id, s.id), s, question_of(s.act, words)))
    blamed = {
        (incident, own, _side(s.target, sides, names))
        for incident, _, s, _ in told
        if s.act == "blame" and s.target
        for own in _own(s, sides, names)
    }
    edges: dict[tuple[str, Question, str], list[tuple[StatementRef, Polarity]]] = defaultdict(list)
    for incident, ref, s, question in told:
        for target in _targets(s, question, sides, names):
            account = s.act == "denial" and any((incident, own, target) in blamed for own in _own(s, sides, names))
            edges[incident, "other" if account else question, target or ""].append((ref, polarity_of(s.act)))
    return tuple(
        Claim(id=_id(*key), incident=key[0], question=key[1], target=key[2] or None, edges=tuple(edges[key]))
        for key in sorted(edges)
    )


def _targets(s: Statement, question: Question, sides: Mapping[str, str], names: Mapping[str, str]) -> Sequence[str | None]:
    """Whom the statement's claim is about: one party, or each of those who speak of themselves together."""
    if question == "toll":
        return (None,)
    if s.target and s.act != "justification":
        return (_side(s.target, sides, names),)
    return _own(s, sides, names) if s.act in _OF_ONESELF else (None,)


def _own(s: Statement, sides: Mapping[str, str], names: Mapping[str, str]) -> Sequence[str]:
    """Sides of those who speak; the speaker's own name where no side is known."""
    if s.side:
        return s.side.split("; ")
    return (_side(s.speaker, sides, names),) if s.speaker else ()


def _side(name: str, sides: Mapping[str, str], names: Mapping[str, str]) -> str:
    shown = names.get(name, name)
    return sides.get(name) or sides.get(shown) or shown


def _sides(reports: Iterable[ReadReport]) -> dict[str, str]:
    """The side of every name that the reports give one, the most frequent where they differ."""
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for read in reports:
        for actor in read.reading.actors:
            for name in (actor.name, *actor.aliases) if actor.side else ():
                said[name][actor.side or ""] += 1
        for s in read.reading.statements:
            if s.speaker and s.side and ";" not in s.speaker:
                said[s.speaker][s.side] += 1
    return {name: min(counted, key=lambda side: (-counted[side], side)) for name, counted in said.items()}


def _id(incident: str, question: str, target: str) -> str:
    return "c" + hashlib.sha256(f"{incident}|{question}|{target}".encode()).hexdigest()[:11]
