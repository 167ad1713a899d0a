"""Who decided what on one fact, what of it stands beside what others decided, and what the fact is to be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from counterclaim.case.canonical import canonical
from counterclaim.case.values import VALUES, seen_of
from counterclaim.records import Decision, State

Verdict = Literal["keep", "drop"]
WHOLE = ""
"""Stands for the fact itself among its roles: whether it is to be there at all."""


@dataclass(slots=True)
class Judged:
    """What people make of one fact. `values` are those to be set, by role; `states` and `against` by decision id."""

    verdict: Verdict = "keep"
    values: dict[str, Any] = field(default_factory=dict)
    states: dict[int, State] = field(default_factory=dict)
    against: dict[int, tuple[int, ...]] = field(default_factory=dict)
    move: Decision | None = None


def in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """By the time they were made, wherever they were written down: two copies of a case brought together read the same."""
    return tuple(sorted(decisions, key=lambda d: (d.made, d.user)))


def in_play(decisions: Sequence[Decision]) -> tuple[tuple[Decision, ...], dict[int, State]]:
    """The decisions that nobody took back or decided over, in order; and the state of each of the others.

    One that takes another back is no decision of its own and is in neither; taking it back in turn brings the other back.
    """
    undone = taken_back(decisions)
    made = [d for d in in_order(decisions) if d.undoes is None]
    settled = {id for d in made if d.id not in undone for id in d.settles}
    states: dict[int, State] = {d.id: "undone" if d.id in undone else "settled" for d in made if d.id in undone | settled}
    return tuple(d for d in made if d.id not in states), states


def taken_back(decisions: Iterable[Decision]) -> frozenset[int]:
    """The ids of the decisions that are taken back by another that is not taken back itself."""
    undone: set[int] = set()
    for decision in sorted(decisions, key=lambda d: -d.id):
        # A decision comes in after the one it takes back, so its own fate is known by now.
        if decision.undoes is not None and decision.id not in undone:
            undone.add(decision.undoes)
    return frozenset(undone)


def judge(decisions: Sequence[Decision]) -> Judged:
    """What the decisions on one fact, in order, come to.

    Each person's latest word counts. Where two persons' words on the same role differ both are disputed and neither changes the
    fact, unless one of them is a lead's that settled earlier ones: then that one holds meanwhile.
    """
    minds, replaced = minds_of(decisions)
    judged = Judged(states=dict.fromkeys(replaced, "replaced"))
    for mind in minds.values():
        judged.states |= {decision.id: "in force" for decision in mind.values()}
    verdicts = {user: _verdict(mind) for user, mind in minds.items()}
    if len(set(verdicts.values())) > 1:
        whole = {user: mind.get(WHOLE) or next(iter(mind.values())) for user, mind in minds.items()}
        _dispute(judged, [(canonical(verdicts[user]), d) for user, d in whole.items()])
        lead = _lead(whole.values())
        if lead is None or _verdict(minds[lead.user]) == "keep":
            minds = {user: mind for user, mind in minds.items() if verdicts[user] == "keep"}
        else:
            judged.verdict = "drop"
            return judged
    elif "drop" in verdicts.values():
        judged.verdict = "drop"
        return judged
    if len(minds) == 1:
        (mind,) = minds.values()
        if WHOLE in mind:
            judged.values = {role: seen_of(mind[WHOLE].seen)[role] for role in _implied(mind)}
        judged.values |= {role: json.loads(d.value or "null") for role, d in mind.items() if role not in (WHOLE, "incident")}
        judged.move = mind.get("incident")
        return judged
    for role in sorted({role for mind in minds.values() for role in (*mind, *_implied(mind))} - {WHOLE}):
        told = [(value, d) for mind in minds.values() for value, d in _told(mind, role)]
        lead = _lead(d for _, d in told)
        if len({value for value, _ in told}) > 1:
            _dispute(judged, told)
            told = [(value, d) for value, d in told if d is lead]
        if told and role == "incident":
            judged.move = told[0][1]
        elif told:
            judged.values[role] = json.loads(told[0][0])
    return judged


def minds_of(decisions: Iterable[Decision]) -> tuple[dict[str, dict[str, Decision]], list[int]]:
    """Of the decisions on one fact, in order, each person's latest by role; and the ids of those that these replace."""
    minds: dict[str, dict[str, Decision]] = {}
    replaced = []
    for decision in decisions:
        mind = minds.setdefault(decision.user, {})
        replaced += [mind.pop(role).id for role in _overrules(decision, mind)]
        mind[_role(decision)] = decision
    return minds, replaced


def told_by(mind: Mapping[str, Decision]) -> dict[str, str]:
    """What one person says of a fact, by role, as canonical text: "keep" or "drop" of the whole, and the values it then has."""
    roles = {*mind, *_implied(mind)} - {WHOLE}
    told = {role: value for role in sorted(roles) for value, _ in _told(mind, role)} if _verdict(mind) == "keep" else {}
    return {WHOLE: _verdict(mind), **told}


def _role(decision: Decision) -> str:
    if decision.kind == "move":
        return "incident"
    return (decision.role or WHOLE) if decision.kind == "correct" else WHOLE


def _overrules(decision: Decision, mind: Mapping[str, Decision]) -> list[str]:
    """The roles on which the person's earlier word makes way."""
    if _drops(decision):
        return list(mind)
    own = [_role(decision)] if _role(decision) in mind else []
    return own if WHOLE not in mind or WHOLE in own or not _drops(mind[WHOLE]) else [*own, WHOLE]


def _drops(decision: Decision) -> bool:
    return decision.kind in ("reject", "hide")


def _verdict(mind: Mapping[str, Decision]) -> Verdict:
    return "drop" if WHOLE in mind and _drops(mind[WHOLE]) else "keep"


def _implied(mind: Mapping[str, Decision]) -> Sequence[str]:
    """The roles that an acceptance of the whole speaks for: those it was given with."""
    whole = mind.get(WHOLE)
    seen = seen_of(whole.seen) if whole else {}
    return [role for role in VALUES[whole.fact] if role in seen] if whole and whole.fact in VALUES else []


def _told(mind: Mapping[str, Decision], role: str) -> list[tuple[str, Decision]]:
    """What one person says the role is, as canonical text, and by which decision."""
    if role == "incident" and role in mind:
        return [(canonical([[s.report, s.start, s.end] for s in mind[role].others]), mind[role])]
    if role in mind:
        return [(canonical(json.loads(mind[role].value or "null")), mind[role])]
    if role in _implied(mind):
        return [(canonical(seen_of(mind[WHOLE].seen)[role]), mind[WHOLE])]
    return []


def _lead(decisions: Iterable[Decision]) -> Decision | None:
    """The latest decision by which a lead settled others."""
    settling = [d for d in decisions if d.settles]
    return max(settling, key=lambda d: (d.made, d.id), default=None)


def _dispute(judged: Judged, told: Sequence[tuple[str, Decision]]) -> None:
    for value, decision in told:
        others = {d.id for other, d in told if other != value}
        judged.states[decision.id] = "disputed"
        judged.against[decision.id] = tuple(sorted({*judged.against.get(decision.id, ()), *others}))
