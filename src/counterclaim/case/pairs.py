"""Decisions on pairs (of names, of sayings, of reports): which of them are to be carried out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from counterclaim.case import relink
from counterclaim.case.anchors import Ground
from counterclaim.case.becoming import Became
from counterclaim.records import Decision, StatementRef

_OF_PAIRS = ("name", "statement", "report")


def pairs_decided(live: Sequence[Decision], ground: Ground, became: Became) -> dict[str, list[Decision]]:
    """Of the decisions in play those on pairs that are to be carried out, in order, by what they are about.

    What came of each is noted in `became`; so are those on one report or on who leads, which nothing can be decided against.
    """
    told: dict[tuple[str, frozenset[object]], list[Decision]] = defaultdict(list)
    for decision in live:
        if decision.kind not in ("same", "not-same") or decision.fact not in _OF_PAIRS:
            if decision.fact in ("report", "lead"):
                became.states.setdefault(decision.id, "in force")
                became.outcomes.setdefault(decision.id, "same")
            continue
        pair: tuple[str, str] | tuple[StatementRef, StatementRef] | None
        if decision.fact == "name":
            pair = relink.pair_of_names(decision) if decision.value else None
        elif decision.fact == "report":
            pair = relink.pair_of_reports(decision, ground)
        else:
            pair = relink.pair_of_statements(decision, ground)
        became.outcomes[decision.id] = "same" if pair else "not found: kept"
        became.states[decision.id] = "in force"
        if pair:
            told[decision.fact, frozenset(pair)].append(decision)
            if decision.fact != "name":
                became.on[decision.id] = pair
    wanted = {d.id for decisions in told.values() for d in _agreed(decisions, became)}
    return {fact: [d for d in live if d.fact == fact and d.id in wanted] for fact in _OF_PAIRS}


def _agreed(decisions: Sequence[Decision], became: Became) -> list[Decision]:
    """Of the decisions on one pair those to carry out: each person's latest, where they agree, else the lead's."""
    latest: dict[str, Decision] = {}
    for decision in decisions:
        if decision.user in latest:
            became.states[latest[decision.user].id] = "replaced"
        latest[decision.user] = decision
    if len({d.kind for d in latest.values()}) == 1:
        return list(latest.values())[-1:]
    for decision in latest.values():
        became.states[decision.id] = "disputed"
        became.against[decision.id] = tuple(sorted(d.id for d in latest.values() if d.kind != decision.kind))
    return [d for d in latest.values() if d.settles][-1:]
