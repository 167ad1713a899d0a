"""How much two incident mentions look like one incident: plain weights that add up, each with its reason in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

from counterclaim.linking.mentions import Comparable, Days
from counterclaim.linking.names import plain
from counterclaim.records import IncidentMention, Place, Range

# All weights are natural log odds rounded by hand; above 0 two mentions are rather one incident than two. They were begun from
# logistic regressions over the candidate pairs of the gun violence articles (16,293 pairs of main mentions as they are read,
# 2,236 of them true), and then set so that the field reports, the gun violence articles and ECB+ all do well: where one set's
# measure is named, the weight comes from it; where it differs from that, the reason stands beside it.

CASE = 3700
"""Mentions in the case that the weights were taken from. Look-alikes grow with a case: in one of 49 reports pairs at a given
cosine were true with 60 times the odds of those among 3,700. Each pair gets the logarithm of how much smaller its case is."""

WORDS = ((0.03, -8.0), (0.075, -5.5), (0.125, -3.5), (0.175, -2.2), (0.225, -1.2), (0.3, -0.5), (0.4, 0.0))
"""Cosine of the weighted telling words -> points, straight lines between. Beyond 0.4 more likeness is page furniture rather
than evidence (measured: flat from 0.35 on)."""

TITLES = ((0.0, -0.9), (0.05, 0.0), (0.15, 0.3), (0.5, 0.5))
"""Cosine of the telling words of two headlines (a regression over gun violence, ECB+, field and news cluster pairs gave -1.2,
-0.2, 0.3 and 0.7 with all else in it; pair F1 of the news clusters from .914 to .927 with it, of ECB+ from .824 to .839)."""

SAME_AGE, OTHER_AGES = 0.8, -0.5
"""Somebody of the same years in both, for each of at most two; both give somebody's years, and never the same (the same
regression: 1.1 and -0.6)."""

NAMES = ((0.0, -1.6), (1.0, 0.3), (2.0, 1.2), (3.0, 2.0), (4.0, 2.6), (6.0, 3.6))
"""Points by the number of shared pairs of capitalised words that few mentions of the case hold: names of the dead, of streets,
of schools (measured: from none to six 4.8). How rare a name is, is known only in a large case: see `likeness`."""

DELAY = ((2, 2.2), (7, 1.1), (21, 0.2), (90, -1.1))
"""Days between two publications: reports on one incident gather in its first week (measured from the first to the last 2.5)."""
LONG_AFTER = -1.7

SAME_DAY, WITHIN, NAMED_DAY = 2.4, 1.2, 1.6
"""Both mentions say when: one day; one inside the other's month; the day of one is named in the other's passage, but was taken
for something else's. Measured against pairs with a date missing 2.7, 2.7 and 2.9; the vaguer agreements get less."""

DAYS_APART = ((1, -0.5), (3, -0.6), (7, -0.8), (30, -1.6))
"""Both say when, but not the same (measured -0.6, 0, -0.5, -0.5 and -1.0 beyond; but those shootings lie in different towns, and
one city's strikes in one month are told apart by their dates alone). A day apart may still be one night."""
FAR_APART = -3.0

BEFORE, LONG_BEFORE = -3.0, -4.0
"""One mention was published before the other's incident happened: up to a week, and longer. By the gun violence articles -2.5,
by the field reports -2.3, for the day may be misread (of a late report the day of its own news); with -6 pair F1 of the news
clusters fell from .91 to .84."""

SAME_PLACE, NAMED_PLACE, NEAR_PLACE, SAME_REGION, OTHER_PLACE, FAR_PLACE = 1.2, 0.6, 0.6, 0.2, -1.5, -3.0
"""Where: within what both precisions allow; in one, and named in the other; within three times what they allow; only a region
or country in common; farther; more than 300 km farther (measured from the first to the last 1.6, with places still misread)."""

SAME_ACCUSED = 0.5
"""Somebody is accused by both. Accusing somebody else takes nothing off: who did it is what reports differ on."""

SAME_TOLL, OTHER_TOLL = 1.0, -0.2
"""The ranges of deaths touch (both said, more than two dead; measured 2.3); or one is beyond five times the other (measured
0.2 for, since both tell of several dead; but a toll of 40 and one of 400 rarely are one)."""

VAGUE = -0.8
"""One of them has neither a date nor a place finer than a region: it may be any of several, or a whole campaign."""

IN_PASSING = -0.7
"""One of them is only told in passing: most reports on an incident are about it."""

COPIED = 4.0
"""The main mentions of a report and of its copy are one incident whatever else is read."""

FINE = frozenset({"exact", "neighbourhood", "city", "near", "unknown"})
"""Precisions fine enough to tell one incident from another: a place that no gazetteer knows is a village or a quarter."""

ARTICLES = frozenset({"al", "el", "ad", "as", "ash", "at", "az", "ed", "es", "ez", "the"})

SPELLING = 85.0
"""Least rapidfuzz ratio of two spellings of a place: "Jadida" and "Jadidah" reach 92, "Mosul" and "Mosel" 80."""

REACH = {"exact": 5.0, "neighbourhood": 8.0, "city": 20.0, "near": 40.0, "region": 150.0, "country": 600.0, "unknown": 50.0}
"""Kilometres that a place of this precision may be off: how wide such places are."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """`points` above 0: rather one incident. `contradicted`: dates or places speak against it, and not only missing likeness.
    `reasons`: what spoke for it, in words."""

    points: float
    contradicted: bool
    reasons: tuple[str, ...]


def likeness(
    a: Comparable, b: Comparable, *, words: float, titles: float | None, names: float, known: float, size: float, copied: bool
) -> Likeness:
    """Compares two mentions.

    `words`: cosine of their telling words, `titles` of those in their headlines, None where one has none; `names`: how many
    rare pairs of capitalised words they share; `known`: 0 to 1, how much that tells; `size`: the points that the size of the
    case gives every pair; `copied`: their reports are copies of one text.
    """
    main = a.mention.main and b.mention.main
    time, place = _time(a, b), _where(a, b)
    parts = [
        time,
        place,
        _accused(a, b),
        _tolls(a.mention, b.mention),
        (known * _between(names, NAMES), "rare names in both"),
        (_between(words, WORDS) + size, "told in much the same words" if words >= 0.3 else "told in like words"),
        (_between(titles, TITLES), "headlines alike") if titles is not None else None,
        _ages(a, b),
        _delay(a, b),
        (COPIED, "one report is a copy of the other") if copied and main else None,
        None if main else (IN_PASSING, "told in passing"),
        (VAGUE, "neither date nor place") if _vague(a) or _vague(b) else None,
    ]
    found = [part for part in parts if part]
    return Likeness(
        points=sum(points for points, _ in found),
        contradicted=any(part is not None and part[0] < 0 for part in (time, place)),
        reasons=tuple(reason for points, reason in found if points > 0),
    )


def kilometres(a: Place, b: Place) -> float | None:
    """Great-circle distance, None where one of the places has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    lat1, lon1, lat2, lon2 = map(radians, (a.lat, a.lon, b.lat, b.lon))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(h)))


def in_words(ordinal: int, *, yearless: bool) -> str:
    """`17 March 2017`, `17 March`."""
    d = date.fromordinal(ordinal)
    return f"{d.day} {d:%B}" + ("" if yearless else f" {d.year}")


def _between(x: float, line: tuple[tuple[float, float], ...]) -> float:
    if x <= line[0][0]:
        return line[0][1]
    for (x0, y0), (x1, y1) in pairwise(line):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return line[-1][1]


def _time(a: Comparable, b: Comparable) -> tuple[float, str] | None:
    """When it happened, as far as both say."""
    x, y = a.happened, b.happened
    early = max(_after(x, b.published), _after(y, a.published))
    if early > 1:
        return BEFORE if early <= 7 else LONG_BEFORE, "published before it happened"
    named = NAMED_DAY, "the day of one named in the other"
    if x is None or y is None:
        return named if x in b.dates or y in a.dates else None
    apart = _apart(x, y)
    said = in_words(max(x.first, y.first), yearless=x.yearless or y.yearless)
    if apart == 0:
        width = max(x.last - x.first, y.last - y.first)
        if width <= 1:
            return SAME_DAY, f"same day, {said}"
        return WITHIN * (1 if width <= 31 else 0.5), f"dates that agree, {said}"
    if x in b.dates or y in a.dates:
        return named
    return next((points for most, points in DAYS_APART if apart <= most), FAR_APART), "dates apart"


def _after(happened: Days | None, published: Days | None) -> int:
    """Days between a report and what happened later: 0 where it did not, 1 may be a matter of time zones."""
    if happened is None or published is None or happened.yearless or published.yearless:
        return 0
    return max(0, happened.first - published.last)


def _apart(x: Days, y: Days) -> int:
    """Days between two dates, 0 where they overlap; by the calendar alone where one has no year."""
    if x.yearless == y.yearless:
        return max(0, max(x.first, y.first) - min(x.last, y.last))
    dated, yearless = (y, x) if x.yearless else (x, y)
    years = range(date.fromordinal(dated.first).year - 1, date.fromordinal(dated.last).year + 2)
    shifts = [date(year, 3, 1).toordinal() - date(2000, 3, 1).toordinal() for year in years]
    return min(_apart(dated, Days(yearless.first + shift, yearless.last + shift)) for shift in shifts)


def _delay(a: Comparable, b: Comparable) -> tuple[float, str] | None:
    """How far apart they were reported; where a publication is unknown, the incident's own date stands for it."""
    x, y = a.published or a.happened, b.published or b.happened
    named = NAMED_DAY, "the day of one named in the other"
    if x is None or y is None:
        return named if x in b.dates or y in a.dates else None
    apart = _apart(x, y)
    points = next((points for most, points in DELAY if apart <= most), LONG_AFTER)
    if points < 0 and (x.yearless or y.yearless):
        return None  # without the year nobody knows how long after
    return points, f"reported {'within days' if apart <= 7 else 'within weeks'} of each other"


def _where(a: Comparable, b: Comparable) -> tuple[float, str] | None:
    """How near the places are; where they are not, whether one report names the other's place."""
    x, y = a.mention.place, b.mention.place
    between = _distance(x, y) if x and y else None
    if between and between[0] > 0:
        return between
    for place, others in ((x, b.places), (y, a.places)):
        if place and any((_distance(place, other) or (0.0,))[0] >= SAME_PLACE for other in others):
            return NAMED_PLACE, f"{place.name} named in both"
    return between


def _distance(x: Place, y: Place) -> tuple[float, str] | None:
    wide = not {x.precision, y.precision} <= FINE
    km = kilometres(x, y)
    if x.country and y.country and x.country != y.country and (km is None or wide):
        return OTHER_PLACE, "in different countries"
    if _one_name(x.name, y.name, exactly=km is not None):
        return (SAME_REGION if wide else SAME_PLACE), f"both in {x.name}"
    if wide:
        return (SAME_REGION, "in the same country") if x.country and x.country == y.country else None
    if km is None:
        return None
    reach = max(REACH[x.precision], REACH[y.precision])
    told = f"{x.name} and {y.name}, {km:.0f} km apart"
    if km <= reach:
        return SAME_PLACE, told
    if km <= 3 * reach:
        return NEAR_PLACE, told
    return (FAR_PLACE if km > reach + 300 else OTHER_PLACE), told


def _one_name(x: str, y: str, *, exactly: bool) -> bool:
    """Whether two names are one, articles, accents and hyphens aside; or, where coordinates cannot tell, two spellings of one."""
    from rapidfuzz.fuzz import ratio

    a, b = ("".join(w for w in plain(name) if w not in ARTICLES) for name in (x, y))
    return bool(a) and (a == b or (not exactly and ratio(a, b) >= SPELLING))


def _vague(c: Comparable) -> bool:
    return c.happened is None and (c.mention.place is None or c.mention.place.precision not in FINE)


def _accused(a: Comparable, b: Comparable) -> tuple[float, str] | None:
    both = [name for name in a.accused if name in b.accused]
    return (SAME_ACCUSED, f"accused {' and '.join(both[:2])} in both") if both else None


def _ages(a: Comparable, b: Comparable) -> tuple[float, str] | None:
    if not (a.ages and b.ages):
        return None
    shared = sorted(a.ages & b.ages)[:2]
    return (SAME_AGE * len(shared), f"somebody aged {' and '.join(shared)} in both") if shared else (OTHER_AGES, "other ages")


def _tolls(a: IncidentMention, b: IncidentMention) -> tuple[float, str] | None:
    """The dead of both, or of one class of them where a report counts no more than that ("13 soldiers" of 183 dead)."""
    whole = _toll(a.killed, b.killed)
    if whole is None or whole[0] != OTHER_TOLL:
        return whole
    classes = (_toll(a.civilians_killed, b.civilians_killed), _toll(a.combatants_killed, b.combatants_killed))
    return next((c for c in classes if c is not None and c[0] == SAME_TOLL), whole)


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
