"""How much two incident mentions look like one incident: plain weights that add up, each with its reason in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

from counterclaim.linking.mentions import Comparable
from counterclaim.records import Place, Range

# All weights are natural log odds, rounded by hand. Where a measurement is named, it is the share of true pairs among the
# 18,561 candidate pairs of the gun violence articles (2,254 incidents); above 0 two mentions are rather one incident than two.

WORDS = ((0.03, -4.5), (0.08, -3.0), (0.1, -1.8), (0.15, -0.7), (0.2, 0.0), (0.25, 0.7), (0.3, 1.3), (0.4, 1.9), (0.5, 2.4))
"""Cosine of the weighted telling words -> points, straight lines between. Measured at equal distance in time; beyond 0.5 more
likeness is page furniture rather than evidence."""

DELAY = ((2, 2.2), (7, 0.5), (21, -1.2), (90, -2.3))
"""Days between two publications, or between one mention's day and the other's publication, where a date is missing: most reports
on an incident appear within a week of it (at a cosine of 0.2 there are 88, 61, 32, 11 and, beyond, 5 true pairs in 100)."""
LONG_AFTER = -3.0

SAME_DAY, NEXT_DAY, WITHIN = 2.7, 1.4, 0.8
"""Both mentions say when: one day (94 true pairs in 100 at a cosine of 0.15 to 0.3); a day apart (83 in 100: night raids, time zones);
one inside the other's month."""

DAYS_APART = ((3, 0.0), (7, -1.0), (30, -2.2))
"""Both say when, but not the same: of pairs 2 to 3 days apart 67 in 100 are true, up to a week 54, up to a month 18. Lower here than measured,
for there the days were the first ones named, right or wrong."""
FAR_APART = -4.0

BEFORE = -6.0
"""One mention was published before the other's incident happened."""

SAME_PLACE, NEAR_PLACE, SAME_REGION, OTHER_PLACE, FAR_PLACE = 1.2, 0.6, 0.2, -1.5, -3.0
"""Where: within what both precisions allow; within three times that; only a region or country in common; farther; more than
300 km farther."""

SAME_ACCUSED = 0.5
"""Somebody is accused by both. Accusing somebody else takes nothing off: who did it is what reports differ on."""

SAME_TOLL, OTHER_TOLL = 0.5, -0.4
"""The ranges of deaths touch (both said, more than two dead); or one is beyond five times the other: tolls seldom move so far."""

COPIED = 4.0
"""The main mentions of a report and of its copy are one incident whatever else is read."""

REACH = {"exact": 5.0, "neighbourhood": 8.0, "city": 20.0, "near": 40.0, "region": 150.0, "country": 600.0, "unknown": 50.0}
"""Kilometres that a place of this precision may be off: how wide such places are."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """`points` above 0: rather one incident. `reasons`: what spoke for it, strongest first, in words."""

    points: float
    reasons: tuple[str, ...]


def likeness(a: Comparable, b: Comparable, words: float, copied: bool) -> Likeness:
    """Compares two mentions. `words`: cosine of their telling words; `copied`: their reports are copies of one text."""
    parts = [(_between(words, WORDS), "told in much the same words" if words >= 0.3 else "told in like words")]
    parts += filter(None, (_time(a, b), _where(a.place, b.place), _accused(a, b), _toll(a.killed, b.killed)))
    if copied and a.mention.main and b.mention.main:
        parts.append((COPIED, "one report is a copy of the other"))
    said = sorted((p for p in parts if p[0] > 0), key=lambda p: -p[0])
    return Likeness(sum(points for points, _ in parts), tuple(reason for _, reason in said))


def kilometres(a: Place, b: Place) -> float | None:
    """Great-circle distance, None where one of the places has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    lat1, lon1, lat2, lon2 = map(radians, (a.lat, a.lon, b.lat, b.lon))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(h)))


def in_words(ordinal: int) -> str:
    """`17 March 2017`."""
    d = date.fromordinal(ordinal)
    return f"{d.day} {d:%B} {d.year}"


def _between(x: float, line: tuple[tuple[float, float], ...]) -> float:
    if x <= line[0][0]:
        return line[0][1]
    for (x0, y0), (x1, y1) in pairwise(line):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return line[-1][1]


def _time(a: Comparable, b: Comparable) -> tuple[float, str] | None:
    x, y = a.when, b.when
    if _happened_after(a, b) or _happened_after(b, a):
        return BEFORE, "published before it happened"
    if x.first is not None and y.first is not None and x.last is not None and y.last is not None:
        apart = max(0, max(x.first, y.first) - min(x.last, y.last))
        width = max(x.last - x.first, y.last - y.first)
        if apart == 0 and width <= 1:
            return SAME_DAY, f"same day, {in_words(max(x.first, y.first))}"
        if apart == 0:
            return WITHIN * (1 if width <= 31 else 0.5), f"dates that agree, {in_words(max(x.first, y.first))}"
        if apart == 1:
            return NEXT_DAY, f"a day apart, {in_words(min(x.last, y.last))} and after"
        return _apart(apart)
    if x.yearless or y.yearless:
        return _yearless(a, b)
    return _delay(a, b)


def _happened_after(a: Comparable, b: Comparable) -> bool:
    """Whether `a`'s incident is dated after `b`'s report came out (a day is allowed for time zones)."""
    return a.when.first is not None and b.when.published is not None and a.when.first > b.when.published + 1


def _yearless(a: Comparable, b: Comparable) -> tuple[float, str] | None:
    """One of them gives a day and no year: compared as a day of the year."""
    x, y = _calendar_day(a), _calendar_day(b)
    if x is None or y is None:
        return _delay(a, b)
    apart = abs(date(2000, *x).toordinal() - date(2000, *y).toordinal())
    apart = min(apart, 366 - apart)
    if apart == 0:
        return SAME_DAY, f"same day, {date(2000, *x).day} {date(2000, *x):%B}, one without its year"
    if apart == 1:
        return NEXT_DAY, "a day apart, one without its year"
    return _apart(apart)


def _apart(days: int) -> tuple[float, str]:
    return next((points for most, points in DAYS_APART if days <= most), FAR_APART), "dates apart"


def _calendar_day(c: Comparable) -> tuple[int, int] | None:
    if c.when.yearless:
        return c.when.yearless
    if c.when.first is None or c.when.last is None or c.when.last - c.when.first > 1:
        return None
    d = date.fromordinal(c.when.first)
    return d.month, d.day


def _delay(a: Comparable, b: Comparable) -> tuple[float, str] | None:
    """A date is missing: the publication stands for it."""
    x = a.when.last if a.when.last is not None else a.when.published
    y = b.when.last if b.when.last is not None else b.when.published
    if x is None or y is None:
        return None
    days = abs(x - y)
    points = next((points for most, points in DELAY if days <= most), LONG_AFTER)
    return points, "reported within days of each other" if days <= 7 else "reported within weeks of each other"


def _where(a: Place | None, b: Place | None) -> tuple[float, str] | None:
    if a is None or b is None:
        return None
    named = f"both in {a.name}" if _same_name(a, b) else None
    wide = {"region", "country"} & {a.precision, b.precision}
    km = kilometres(a, b)
    if km is None:
        if named:
            return (SAME_REGION if wide else SAME_PLACE), named
        return None
    reach = max(REACH[a.precision], REACH[b.precision])
    if named or km <= reach:
        reason = named or f"{a.name} and {b.name}, {km:.0f} km apart"
        return (SAME_REGION if wide else SAME_PLACE), reason
    if km <= 3 * reach:
        return (0.0 if wide else NEAR_PLACE), f"{a.name} and {b.name}, {km:.0f} km apart"
    return (FAR_PLACE if km > reach + 300 else OTHER_PLACE), "far apart"


def _same_name(a: Place, b: Place) -> bool:
    return a.name.casefold() == b.name.casefold() and (a.country is None or b.country is None or a.country == b.country)


def _accused(a: Comparable, b: Comparable) -> tuple[float, str] | None:
    both = [name for name in a.accused if name in b.accused]
    return (SAME_ACCUSED, f"accused {' and '.join(both)} in both") if both else None


def _toll(a: Range | None, b: Range | None) -> tuple[float, str] | None:
    x, y = _ends(a), _ends(b)
    if x is None or y is None:
        return None
    if x[0] <= y[1] and y[0] <= x[1]:
        told = max(x[0], y[0])
        return (SAME_TOLL, f"a toll of {told} in both") if told > 2 else None
    low, high = min(x[1], y[1]), max(x[0], y[0])
    return (OTHER_TOLL, "tolls far apart") if high > 5 * max(low, 1) else None


def _ends(r: Range | None) -> tuple[int, int] | None:
    if r is None:
        return None
    ends = [n for n in (r.low, r.high) if n is not None]
    return (min(ends), max(ends)) if ends else None


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Cosine of two vectors of length 1."""
    if len(b) < len(a):
        a, b = b, a
    return sum(x * b[w] for w, x in a.items() if w in b)
