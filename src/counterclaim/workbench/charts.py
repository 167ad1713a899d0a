"""Where the incidents of a list stand on the map and in time: clusters and bars, as shares of the drawing."""

from __future__ import annotations

import calendar
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from counterclaim.workbench.lines import Line
from counterclaim.workbench.world import AT_FIRST, HEIGHT, WIDTH, Area, Frame, Name, Point, around, names

NEAR = 34.0
"""Units of the grid by which incidents are heaped first, so that a large case is not compared pair by pair."""

A_PIXEL = 2.75
"""Units to a pixel where the map is narrowest (350 px on a telephone): dots that stand apart there do so everywhere."""

OUTLYING = 0.15
"""Part of the places that a map may leave out at its edges to show the others: one misread place must not make it the world."""

SHRINKS = 4.0
"""How many times smaller the map must get by it: else nothing is gained that a click would not give."""

LABELLED = 12
"""Bars up to which each bears its year, month or day, and its number: at 350 px each is then 29 px wide."""

MOST_BARS = 60
"""Bars that a time line holds before it goes over to months, then to years: at 400 px each is then 6 px wide."""


@dataclass(frozen=True, slots=True)
class Dot:
    """Incidents that lie together: the place of the dot in per cent, its radius in pixels, the lines, and where to zoom."""

    x: float
    y: float
    radius: float
    lines: tuple[Line, ...]
    area: Area

    @property
    def label(self) -> str:
        """What the dot stands for in words."""
        if len(self.lines) == 1:
            return self.lines[0].title
        places = sorted({line.place for line in self.lines})
        more = f" and {len(places) - 2} more places" if len(places) > 2 else ""
        return f"{len(self.lines)} incidents: {', '.join(places[:2])}{more}"

    @property
    def one_place(self) -> bool:
        """Whether all lie at the very same point, so that going nearer would not part them."""
        return len({(line.lat, line.lon) for line in self.lines}) == 1


@dataclass(frozen=True, slots=True)
class Map:
    """The drawing's area, the dots on it and the countries' names that stand free of them.

    `placed` incidents of `asked` have a known place, `outside` of them lie beyond the area; `all` is the area of every one.
    """

    area: Area
    dots: tuple[Dot, ...]
    names: tuple[Name, ...]
    placed: int
    asked: int
    outside: int
    all: Area

    @property
    def wider(self) -> Area:
        """Twice as much of the world."""
        a, lat, lon = self.area, (self.area.south + self.area.north) / 2, (self.area.west + self.area.east) / 2
        wide, tall = a.east - a.west, a.north - a.south
        return Area(max(lon - wide, -180), max(lat - tall, -90), min(lon + wide, 180), min(lat + tall, 90))


def map_of(lines: Sequence[Line], area: Area | None = None) -> Map:
    """The incidents on a map of `area`, or of where they are."""
    placed = [(line, line.lat, line.lon) for line in lines if line.lat is not None and line.lon is not None]
    places = [(lat, lon) for _, lat, lon in placed]
    whole = around(places, least=AT_FIRST)
    area = area or _where_most_are(places, whole)
    frame = Frame.around(area)
    grid: dict[tuple[int, int], _Heap] = defaultdict(_Heap)
    for line, lat, lon in placed:
        x, y = frame.at(lat, lon)
        if 0 <= x <= WIDTH and 0 <= y <= HEIGHT:
            grid[int(x // NEAR), int(y // NEAR)].take((line,), x, y)
    dots = tuple(_dot(heap) for heap in _apart(list(grid.values())))
    seen = sum(len(dot.lines) for dot in dots)
    return Map(area, dots, _free(names(area), dots), len(placed), len(lines), len(placed) - seen, whole)


def _free(shown: Iterable[Name], dots: Sequence[Dot]) -> tuple[Name, ...]:
    """Each name once, in the first place where no dot lies on it."""

    def beside(name: Name, dot: Dot) -> bool:
        room = dot.radius * A_PIXEL
        wide, tall = abs(dot.x * WIDTH / 100 - name.x), abs(dot.y * HEIGHT / 100 - name.y)
        return wide > name.width / 2 + room or tall > name.height / 2 + room

    stand: dict[str, Name] = {}
    for name in shown:
        if name.text not in stand and all(beside(name, dot) for dot in dots):
            stand[name.text] = name
    return tuple(stand.values())


@dataclass(slots=True)
class _Heap:
    """Lines that lie together, with the sums of where they stand in the drawing."""

    lines: list[Line] = field(default_factory=list)
    x: float = 0.0
    y: float = 0.0

    def take(self, lines: Iterable[Line], x: float, y: float) -> None:
        self.lines.extend(lines)
        self.x, self.y = self.x + x, self.y + y

    @property
    def middle(self) -> Point:
        return self.x / len(self.lines), self.y / len(self.lines)

    @property
    def radius(self) -> float:
        return float(min(5 + 2.2 * (len(self.lines) - 1) ** 0.5, 15))


def _where_most_are(places: Sequence[Point], whole: Area) -> Area:
    """The area of all but the most outlying places, where that is much smaller; else the whole."""
    if not places:
        return whole
    lat, lon = (sorted(place[n] for place in places)[len(places) // 2] for n in (0, 1))
    inwards = sorted(places, key=lambda place: (place[0] - lat) ** 2 + (place[1] - lon) ** 2)
    most = around(inwards[: len(places) - int(OUTLYING * len(places))], least=AT_FIRST)
    return most if _size(whole) > SHRINKS * _size(most) else whole


def _size(area: Area) -> float:
    return (area.east - area.west) * (area.north - area.south)


def _apart(heaps: list[_Heap]) -> list[_Heap]:
    """The heaps with those brought together whose dots would touch, the largest first."""
    while True:
        kept: list[_Heap] = []
        for heap in sorted(heaps, key=lambda heap: (-len(heap.lines), heap.middle)):
            x, y = heap.middle
            for other in kept:
                ox, oy = other.middle
                if math.hypot(x - ox, y - oy) < (heap.radius + other.radius) * A_PIXEL:
                    other.take(heap.lines, heap.x, heap.y)
                    break
            else:
                kept.append(heap)
        if len(kept) == len(heaps):
            return kept
        heaps = kept


def _dot(heap: _Heap) -> Dot:
    x, y = heap.middle
    zoomed = around([(line.lat or 0.0, line.lon or 0.0) for line in heap.lines])
    return Dot(round(100 * x / WIDTH, 2), round(100 * y / HEIGHT, 2), round(heap.radius, 1), tuple(heap.lines), zoomed)


@dataclass(frozen=True, slots=True)
class Bar:
    """The incidents of a day, month or year: what it is called, its dates, how many there are; where the bar stands, how wide it
    is, how high, and how high for those with contradictions, all in per cent."""

    label: str
    since: str
    until: str
    count: int
    x: float
    width: float
    height: float
    disputed: float


@dataclass(frozen=True, slots=True)
class TimeLine:
    """The bars from first to last without a gap; `undated` incidents have no place on it."""

    bars: tuple[Bar, ...]
    unit: str
    undated: int

    @property
    def labelled(self) -> bool:
        """Whether there is room to label every bar."""
        return len(self.bars) <= LABELLED


def time_line(lines: Sequence[Line]) -> TimeLine:
    """The incidents over time, by the day where they lie close together, else by the month or the year."""
    for length, unit in ((10, "day"), (7, "month"), (4, "year")):
        keys = [key for line in lines if (key := line.year_to(length))]
        span = _between(min(keys), max(keys)) if keys else []
        if len(span) <= MOST_BARS or unit == "year":
            break
    held: dict[str, list[Line]] = {}
    for line in lines:
        key = line.year_to(length)
        if key:
            held.setdefault(key, []).append(line)
    most = max((len(of) for of in held.values()), default=1)
    shown = span[-3 * MOST_BARS :]
    bars = tuple(_bar(key, held.get(key, []), most, n, len(shown)) for n, key in enumerate(shown))
    return TimeLine(bars, unit, len(lines) - sum(len(of) for of in held.values()))


def _bar(key: str, lines: Sequence[Line], most: int, n: int, of: int) -> Bar:
    disputed = sum(1 for line in lines if line.contradictions)
    since, until = (f"{key}-01-01", f"{key}-12-31") if len(key) == 4 else (key, key)
    if len(key) == 7:
        last = calendar.monthrange(int(key[:4]), int(key[5:]))[1]
        since, until = f"{key}-01", f"{key}-{last:02}"
    heights = (round(100 * number / most, 2) for number in (len(lines), disputed))
    return Bar(key, since, until, len(lines), round(100 * n / of, 3), round(100 / of, 3), *heights)


def _between(first: str, last: str) -> list[str]:
    """The years, months or days from first to last."""
    if len(first) == 4:
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    found: list[str] = []
    year, month = int(first[:4]), int(first[5:7])
    while (month_key := f"{year:04}-{month:02}") <= last[:7] and len(found) <= 5000:
        if len(first) == 7:
            found.append(month_key)
        elif 1 <= month <= 12:
            days = calendar.monthrange(year, month)[1]
            found += [day for n in range(1, days + 1) if first <= (day := f"{month_key}-{n:02}") <= last]
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found
