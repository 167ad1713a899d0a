"""Which tolls of an incident contradict, and which only seem to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product

from counterclaim.contest.docket import Docket
from counterclaim.contest.labels import toll_words, tolls_label
from counterclaim.contest.tolls import INFINITE, counted_so_far, interval, number, of_all, refs, same_text, slipped, when
from counterclaim.records import Conflict, ConflictKind, Harm, Toll, Victims

ROUND, ABOUT = 0.05, 0.10
"""How far a number may lie from a round one, and from one called "about", to be the same said roundly: 101 to 105 and 100,
83 and "nearly 90"."""

_FOR_A_DAY: tuple[Harm, ...] = ("missing", "displaced", "detained")
"""Harms that end: people are found, return or are freed, so that counts of different days do not contradict."""
_FIGHTERS: tuple[Victims, ...] = ("military", "militants")


def toll_conflicts(docket: Docket, tolls: Sequence[Toll]) -> tuple[Conflict, ...]:
    """The conflicts between tolls, those between speakers before those with an outlet, the widest apart first."""
    return (*_between(docket, tolls), *_updates(docket, tolls), *_classes(tolls), *_scopes(tolls))


def _between(docket: Docket, tolls: Sequence[Toll]) -> Iterator[Conflict]:
    """Contradictions and roundings between different voices: those who gave one number against all who gave a higher one."""
    numbered = [toll for toll in tolls if toll.standing and of_all(toll) and interval(toll) is not None]
    standing = [
        toll
        for toll in numbered
        if (toll.speaker is not None or toll.qualifier != "vague")
        and not any(_larger(docket, toll, other) or _carries(toll, other) for other in numbered)
    ]
    camps: dict[tuple[object, ...], list[Toll]] = {}
    for toll in standing:
        camps.setdefault((toll.harm, toll.victims, toll.low, toll.high), []).append(toll)
    pairs = [
        (gap, left, right)
        for left, right in combinations(camps.values(), 2)
        if left[0].harm == right[0].harm
        and (gap := _apart(left[0], right[0], mixed=_mixed(standing, left[0].harm)))
        and not (_outlets(left) and _outlets(right))
        and not any(_outlets(a) and b[0].qualifier == "vague" for a, b in ((left, right), (right, left)))
        and not (left[0].harm in _FOR_A_DAY and not _one_day(left, right))
    ]
    spoken: dict[tuple[object, ...], Toll] = {}
    sides: dict[tuple[object, ...], tuple[dict[Toll, None], dict[Toll, None]]] = {}
    for _, left, right in sorted(pairs, key=lambda pair: (_outlets(pair[1]) or _outlets(pair[2]), -pair[0])):
        lower, upper = (left, right) if number(left[0]) <= number(right[0]) else (right, left)
        for one, other in product(lower, upper):
            voices = frozenset((docket.voiced[one.ref], docket.voiced[other.ref]))
            if len(voices) == 2 and spoken.get((one.harm, voices), left[0]) in (left[0], right[0]):
                kind: ConflictKind = "rounding" if _rounded(one, other) else "contradiction"
                mine, theirs = sides.setdefault((kind, one.harm, one.victims, one.low, one.high), ({}, {}))
                mine[one], theirs[other] = None, None
        for one, other in product(lower, upper):
            spoken.setdefault((one.harm, frozenset((docket.voiced[one.ref], docket.voiced[other.ref]))), lower[0])
    for key, (mine, theirs) in sides.items():
        kind, reason = ("rounding", "the same but for rounding") if key[0] == "rounding" else (
            "contradiction", "no number satisfies both sides"
        )  # fmt: skip
        yield _conflict(kind, list(mine), list(theirs), reason, numbered)


def _updates(docket: Docket, tolls: Sequence[Toll]) -> Iterator[Conflict]:
    """What one voice said twice with different numbers: a later update, or a slip of a copy."""
    by_ref = {toll.ref: toll for toll in tolls}
    undated: dict[tuple[object, ...], list[tuple[Toll, Toll]]] = {}
    for left, right in combinations([t for t in tolls if of_all(t) and interval(t) is not None], 2):
        if docket.voiced[left.ref] != docket.voiced[right.ref] or left.harm != right.harm or left.victims != right.victims:
            continue
        if same_text(left, right, docket) and not _together(left, right) and slipped(number(left), number(right)):
            yield _conflict("copy error", [left], [right], "one text: a digit was swapped, lost or doubled in copying")
        elif left.standing and right.standing and left.speaker is not None and _undated(left, right, docket):
            undated.setdefault((docket.voiced[left.ref], left.harm, left.victims), []).append((left, right))
    for pairs in undated.values():
        left, right = max(pairs, key=lambda pair: abs(number(pair[0]) - number(pair[1])))
        kind: ConflictKind = "rounding" if _rounded(left, right) else "later update"
        yield _conflict(kind, [left], [right], "the same speaker gave both; which came later is not told")
    for toll in tolls:
        if toll.superseded_by is not None and toll.superseded_by in by_ref:
            later = by_ref[toll.superseded_by]
            dates = f"{toll.as_of or toll.said}, then {later.as_of or later.said}"
            yield _conflict("later update", [toll], [later], f"the same speaker, {dates}")


def _classes(tolls: Sequence[Toll]) -> Iterator[Conflict]:
    """Civilians here and fighters there: numbers that differ because they count different people; one pair for each harm."""
    for harm in dict.fromkeys(toll.harm for toll in tolls):
        mine = [t for t in tolls if t.harm == harm and of_all(t) and t.standing and number(t)]
        if not _mixed(mine, harm):
            continue
        civilians = max((t for t in mine if t.victims == "civilians"), key=number)
        fighters = max((t for t in mine if t.victims in _FIGHTERS), key=number)
        if interval(civilians) != interval(fighters):
            yield _conflict("different class of victims", [civilians], [fighters], "one counts civilians, the other fighters")


def _scopes(tolls: Sequence[Toll]) -> Iterator[Conflict]:
    """A total over a time or an area beside the incident's own toll: each total against the incident's highest."""
    for total in tolls:
        if total.scope not in ("period", "running") or interval(total) is None:
            continue
        own = [t for t in tolls if of_all(t) and t.harm == total.harm and t.standing and interval(t) is not None]
        if own and not _overlap(total, highest := max(own, key=number)):
            what = "a running total" if total.scope == "running" else "a total over a time or an area"
            reason = f"{toll_words(total)} is {what}, {toll_words(highest)} this incident's toll"
            yield _conflict("different scope", [highest], [total], reason)


def _apart(left: Toll, right: Toll, *, mixed: bool) -> int:
    """How far two tolls of one harm lie apart, 0 where they meet or are not comparable. `mixed`: see `_mixed`."""
    if left.victims != right.victims:
        classes = {left.victims, right.victims}
        if "children" in classes and classes <= {"children", "civilians", "unspecified"}:
            return _outnumbers(*((left, right) if left.victims == "children" else (right, left)))
        if "unspecified" not in classes or not classes <= {"unspecified", "civilians", *_FIGHTERS}:
            return 0
        if mixed:  # a class cannot outnumber all
            return _outnumbers(*((left, right) if right.victims == "unspecified" else (right, left)))
        if (0, 0) in {(left.low, left.high), (right.low, right.high)}:
            return 0
    a, b = _allowed(left), _allowed(right)
    if a is None or b is None:
        return 0
    return max(a[0] - b[1], b[0] - a[1], 0)


def _outnumbers(part: Toll, whole: Toll) -> int:
    """By how much the least of a part exceeds the most of its whole, 0 where it does not."""
    bounds, most = interval(part), interval(whole)
    return max(bounds[0] - most[1], 0) if bounds and most else 0


def _allowed(toll: Toll) -> tuple[int, int] | None:
    """The numbers that a toll allows others to give: a count that goes on ("40 bodies so far") has no upper end."""
    held = interval(toll)
    return (held[0], INFINITE) if held is not None and toll.qualifier == "exact" and counted_so_far(toll) else held


def _overlap(left: Toll, right: Toll) -> bool:
    a, b = interval(left), interval(right)
    return a is None or b is None or (a[0] <= b[1] and b[0] <= a[1])


def _rounded(left: Toll, right: Toll) -> bool:
    """Whether one of two numbers is a round one that the other lies close to."""
    a, b = number(left), number(right)
    for toll, one, other in ((left, a, b), (right, b, a)):
        if one and one % 10 == 0 and abs(one - other) <= one * (ABOUT if toll.qualifier == "about" else ROUND):
            return True
    return False


def _mixed(tolls: Iterable[Toll], harm: str) -> bool:
    """Whether anyone counts fighters and anyone civilians among those harmed."""
    own = (toll for toll in tolls if toll.harm == harm and of_all(toll) and (toll.low, toll.high) != (0, 0))
    classes = {toll.victims for toll in own}
    return "civilians" in classes and not classes.isdisjoint(_FIGHTERS)


def _larger(docket: Docket, toll: Toll, other: Toll) -> bool:
    """Whether one text has the toll's voice give a larger number as well: then it may be a part, not a rival."""
    return (
        number(other) > number(toll)
        and toll.victims not in ("children", "women", "men")
        and (other.harm, docket.voiced[other.ref]) == (toll.harm, docket.voiced[toll.ref])
        and other.victims in ("unspecified", toll.victims)
        and same_text(toll, other, docket)
    )


def _undated(left: Toll, right: Toll, docket: Docket) -> bool:
    """Whether two texts give one voice's numbers; what one text gives side by side it tells apart itself."""
    return not _overlap(left, right) and not same_text(left, right, docket)


def _together(left: Toll, right: Toll) -> bool:
    """Whether one report carries both: then neither is a slip of the other."""
    return not {ref.report for ref in refs(left)}.isdisjoint(ref.report for ref in refs(right))


def _carries(toll: Toll, other: Toll) -> bool:
    """Whether an outlet gives in its own words the number that a speaker gives: then it is the speaker's."""
    outlet = toll.speaker is None and other.speaker is not None
    same = (toll.harm, toll.victims, number(toll)) == (other.harm, other.victims, number(other))
    return outlet and same and other.qualifier != "vague"


def _one_day(left: Sequence[Toll], right: Sequence[Toll]) -> bool:
    """Whether two camps counted for one and the same known day."""
    return any(when(a) is not None and when(a) == when(b) for a, b in product(left, right))


def _outlets(tolls: Sequence[Toll]) -> bool:
    """Whether only outlets gave the number, in their own words."""
    return all(toll.speaker is None for toll in tolls)


def _conflict(
    kind: ConflictKind, left: Sequence[Toll], right: Sequence[Toll], reason: str, carriers: Sequence[Toll] = ()
) -> Conflict:  # fmt: skip
    """The conflict between two camps; on each side the first who said it lends his words, and those of `carriers` who carry a
    number of it without saying whose are cited with it."""
    ones, others = ([*camp, *(toll for toll in carriers if any(_carries(toll, one) for one in camp))] for camp in (left, right))
    return Conflict(
        kind=kind, question="toll", left_label=tolls_label(left), right_label=tolls_label(right), left=left[0].span,
        right=right[0].span, reason=reason, left_said=tuple(ref for toll in ones for ref in refs(toll)),
        right_said=tuple(ref for toll in others for ref in refs(toll)),
    )  # fmt: skip
