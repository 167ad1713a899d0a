"""Who is accused and says nothing in the reports at hand."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.contest.docket import Docket
from counterclaim.records import Figure, Position, Statement

RULE = (
    "Whoever is accused, or pointed at in a justification, and neither speaks in these reports nor has a body, a spokesman "
    "or a coalition that he leads speak."
)


def silent_of(docket: Docket, positions: Sequence[Position]) -> tuple[str, ...]:
    """The shown names of the accused who are not heard, in alphabetical order."""
    heard: set[str] = set()
    spoken: list[Statement | Figure] = [*(said.statement for said in docket.said), *(each.figure for each in docket.counted)]
    for one in spoken:
        speakers = (docket.parties.name(name) for name in (one.speaker or "").split("; ") if name)
        heard |= docket.parties.party(*speakers, one.affiliation, one.side)
    accused = {docket.parties.name(name) for name in docket.incident.alleged}
    for position in positions:
        if (
            position.stance in ("blame", "justification")
            and position.question in ("responsibility", "intent")
            and position.target
        ):
            accused |= set(position.target.split("; "))
    return tuple(sorted(name for name in accused if docket.parties.party(name).isdisjoint(heard)))
