"""How far the tolls of an incident range: what was said, never a sum and never an interval of truth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counterclaim.contest.docket import Docket
from counterclaim.contest.tolls import of_all, refs
from counterclaim.records import Harm, RangeKind, Scope, Toll, TollRange, Victims

RULE = (
    "For each harm, class of victims and scope: the lowest and the highest number that anyone said. An open figure (“at "
    "least 90”, “up to 100”) counts with the number it names. All said takes every toll and never narrows as reports come "
    "in; numbers said is the same without words that are only read as numbers (“dozens” as 24 to 99), where anyone gives both; "
    "standing takes those whose speaker has not given a later one, and leaves out words such as “dozens” where anyone "
    "gives a number. Scopes are never mixed and parts have no range, but children, women and men, who are counted as parts "
    "of the dead, have theirs. The range over everyone takes in the figures for a class: each may raise it, and one for "
    "civilians, military or militants lowers it only where its own report does not show it to be a part; figures for "
    "children, women, men and staff never lower it. “By others” leaves out the figures that accused parties give themselves."
)
KINDS: tuple[RangeKind, ...] = ("numbers said", "all said", "standing")
OTHERS: tuple[RangeKind, ...] = ("all said by others", "standing by others")
SCOPES: tuple[Scope, ...] = ("incident", "period", "running")
"""The scopes that have ranges: figures for parts are for different parts and have nothing to range over."""


def ranges_of(docket: Docket, tolls: Sequence[Toll], accused: frozenset[object] | None = None) -> tuple[TollRange, ...]:
    """The ranges of an incident's tolls by scope, harm, class ("unspecified", the range over everyone, first) and kind.

    `accused` are the tolls that accused parties give themselves, None where nobody is accused: then there are no others.
    """
    whole = {counted.ref for counted in docket.counted if counted.whole}
    return tuple(_each(tolls, {toll.ref for toll in tolls if not whole.isdisjoint(refs(toll))}, accused))


def _each(tolls: Sequence[Toll], whole: set[object], accused: frozenset[object] | None) -> Iterator[TollRange]:
    numbered = [toll for toll in tolls if toll.low is not None or toll.high is not None]
    harms: list[Harm] = sorted({toll.harm for toll in numbered}, key=_HARMS.index)
    for scope in SCOPES:
        for harm in harms:
            of_harm = [
                toll for toll in numbered if toll.harm == harm and (of_all(toll) if scope == "incident" else toll.scope == scope)
            ]
            classes: list[Victims] = sorted({toll.victims for toll in of_harm} | {"unspecified"}, key=_CLASSES.index)
            for victims in classes:
                of_class = [toll for toll in of_harm if victims in ("unspecified", toll.victims)]
                lowering = [toll for toll in of_class if victims != "unspecified" or toll.ref in whole]
                for kind in (*KINDS, *OTHERS) if accused is not None else KINDS:
                    left_out = accused if accused is not None and kind in OTHERS else ()
                    up, down = ([toll for toll in side if toll.ref not in left_out] for side in (of_class, lowering))
                    found = _range(kind, harm, victims, scope, up, down)
                    if found is not None:
                        yield found


def _range(
    kind: RangeKind, harm: Harm, victims: Victims, scope: Scope, raising: Sequence[Toll], lowering: Sequence[Toll]
) -> TollRange | None:
    """The range of one row; None where nobody said a number that counts for it."""
    up, down = list(raising), list(lowering)
    if kind == "numbers said" and all(toll.qualifier != "vague" for toll in (*up, *down)):
        return None
    if kind in ("standing", "standing by others"):
        up, down = ([toll for toll in side if toll.standing] for side in (up, down))
    if kind in ("numbers said", "standing", "standing by others"):
        if any(toll.qualifier != "vague" for toll in down):
            up, down = ([toll for toll in side if toll.qualifier != "vague"] for side in (up, down))
        elif kind == "numbers said":
            return None
    if not down:
        return None
    highest, lowest = max(up, key=_high), min(down, key=_low)
    return TollRange(
        kind=kind, harm=harm, victims=victims, scope=scope, low=_low(lowest), high=_high(highest),
        low_by=lowest.ref, high_by=highest.ref, tolls=tuple(toll.ref for toll in tolls_in(up, down)),
    )  # fmt: skip


def tolls_in(up: Sequence[Toll], down: Sequence[Toll]) -> list[Toll]:
    """All tolls that a range was taken over, each once."""
    return list({toll.ref: toll for toll in (*up, *down)}.values())


def _low(toll: Toll) -> int:
    return toll.low if toll.low is not None else toll.high or 0


def _high(toll: Toll) -> int:
    return toll.high if toll.high is not None else toll.low or 0


_HARMS: list[Harm] = ["killed", "injured", "casualties", "missing", "displaced", "detained"]
_CLASSES: list[Victims] = ["unspecified", "civilians", "children", "women", "men", "military", "militants", "staff"]
