"""Brings statements on one question of one incident together as one claim, so that an accusation and its denial meet."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from counterclaim.records import Act, Claim, Incident, IncidentRef, Polarity, Question, ReadReport, Statement, StatementRef

_ON: dict[Act, tuple[Question, Polarity]] = {
    "blame": ("responsibility", "asserts"),
    "denial": ("responsibility", "denies"),
    "admission": ("responsibility", "admits"),
    "justification": ("intent", "asserts"),
    "investigation": ("investigation", "asserts"),
    "regret": ("regret", "asserts"),
    "demand": ("demand", "asserts"),
    "figure": ("toll", "asserts"),
    "damage": ("damage", "asserts"),
    "uncertainty": ("responsibility", "questions"),
}
"""Act of a statement -> question of the claim and polarity of its edge. Acts that are not here ("other") make no claim."""

_OF_ONESELF: frozenset[Act] = frozenset({"denial", "admission", "justification", "investigation", "regret"})
"""Acts that are about the speaker's own side where the text names nobody else."""


def gather_claims(
    reports: Sequence[ReadReport], incidents: Iterable[Incident], names: Mapping[str, str]
) -> tuple[Claim, ...]:
    """The claims of every incident, sorted by incident, question and target; edges in the order of reports and text.

    Whom a claim is about is named by side ("the Pentagon" and "US military" are "United States"), as far as the
    reports' actors give one. A justification that points at another side asserts that side's responsibility.
    """
    incident_of = {ref: incident.id for incident in incidents for ref in incident.members}
    sides = _sides(reports)
    edges: dict[tuple[str, Question, str], list[tuple[StatementRef, Polarity]]] = defaultdict(list)
    for read in sorted(reports, key=lambda r: r.report.id):
        for s in read.reading.statements:
            if s.incident is None or s.act not in _ON:
                continue
            incident = incident_of.get(IncidentRef(read.report.id, s.incident))
            if incident is None:
                continue
            for question, polarity, target in _propositions(s, sides, names):
                edges[incident, question, target or ""].append((StatementRef(read.report.id, s.id), polarity))
    return tuple(
        Claim(id=_id(*key), incident=key[0], question=key[1], target=key[2] or None, edges=tuple(edges[key]))
        for key in sorted(edges)
    )


def _propositions(
    s: Statement, sides: Mapping[str, str], names: Mapping[str, str]
) -> list[tuple[Question, Polarity, str | None]]:
    question, polarity = _ON[s.act]
    own = [side for side in (s.side or "").split("; ") if side] or ([_side(s.speaker, sides, names)] if s.speaker else [])
    if question == "toll":
        return [(question, polarity, None)]
    target = _side(s.target, sides, names) if s.target else None
    if target is None and s.act in _OF_ONESELF and own:
        return [(question, polarity, side) for side in own]
    if s.act == "justification" and target is not None and target not in own:
        return [("responsibility", "asserts", target)]
    return [(question, polarity, target)]


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
