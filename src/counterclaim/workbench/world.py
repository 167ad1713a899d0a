"""The map under the incidents: Natural Earth's shapes, cut to a stretch of the world and drawn as SVG, without any network."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

SHAPES = Path(__file__).parent / "countries-50m.json"
"""TopoJSON of Natural Earth 4.1 at 1:50 million, as the package world-atlas 2.0.2 carries it."""

WIDTH, HEIGHT = 960, 600
"""The size of the drawing in its own units; the page scales it."""

FINEST = 0.7
"""Units below which a bend is left out: less than a pixel on the widest page."""

LETTERS = 24
"""Size of the countries' names: 11 px on the 29 rem that the map has beside the list."""

WIDEST_LABEL = 0.55
"""Width of a letter of a country's name in parts of its size, so that a name is set only where it fits."""

Point = tuple[float, float]
Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A stretch of the world in degrees: west, south, east, north."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def of(cls, text: str) -> Area | None:
        """The area written as `west,south,east,north`; None for anything that is none."""
        try:
            west, south, east, north = (float(part) for part in text.split(","))
        except ValueError:
            return None
        fits = -180 <= west < east <= 180 and -90 <= south < north <= 90
        return cls(west, south, east, north) if fits else None

    def __str__(self) -> str:
        return ",".join(f"{value:g}" for value in (self.west, self.south, self.east, self.north))

    def holds(self, lat: float, lon: float) -> bool:
        """Whether the place lies in the area."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north


@dataclass(frozen=True, slots=True)
class Frame:
    """What the drawing shows: its middle, and how many units a degree of longitude and of latitude take.

    Plate carrée with the middle as the parallel that keeps its length: shapes are true where one looks.
    """

    west: float
    north: float
    per_lon: float
    per_lat: float

    @classmethod
    def around(cls, area: Area) -> Frame:
        """The frame that holds all of `area` and has the drawing's own proportions."""
        lat, lon = (area.south + area.north) / 2, (area.west + area.east) / 2
        squeeze = max(math.cos(math.radians(lat)), 0.2)
        per_lat = min(WIDTH / ((area.east - area.west) * squeeze), HEIGHT / (area.north - area.south))
        per_lon = per_lat * squeeze
        return cls(lon - WIDTH / per_lon / 2, lat + HEIGHT / per_lat / 2, per_lon, per_lat)

    def at(self, lat: float, lon: float) -> Point:
        """Where a place lies in the drawing."""
        return (lon - self.west) * self.per_lon, (self.north - lat) * self.per_lat

    @property
    def area(self) -> Area:
        """What is seen, cut to the world."""
        east, south = self.west + WIDTH / self.per_lon, self.north - HEIGHT / self.per_lat
        return Area(max(self.west, -180.0), max(south, -90.0), min(east, 180.0), min(self.north, 90.0))


WORLD = Area(-170.0, -56.0, 180.0, 74.0)
"""The inhabited world."""

LEAST = 1.2
"""Degrees that a map shows at least: at 1:50 million nothing is to be seen of a city's streets."""


AT_FIRST = 9.0
"""Degrees that a map shows at least before anybody went nearer: so much that a coast or a neighbour tells where one is."""


def around(places: Iterable[Point], room: float = 0.18, least: float = LEAST) -> Area:
    """The area that holds all places (lat, lon), with `room` around it and `least` degrees wide; the inhabited world where there
    is none."""
    held = list(places)
    if not held:
        return WORLD
    lats, lons = [lat for lat, _ in held], [lon for _, lon in held]
    tall = max(max(lats) - min(lats), least) * (0.5 + room)
    wide = max(max(lons) - min(lons), least * WIDTH / HEIGHT) * (0.5 + room)
    lat, lon = (max(lats) + min(lats)) / 2, (max(lons) + min(lons)) / 2
    return Area(max(lon - wide, -180.0), max(lat - tall, -90.0), min(lon + wide, 180.0), min(lat + tall, 90.0))


@lru_cache(maxsize=64)  # one drawing is some 50 kB; a team looks at a few areas at a time
def drawing(area: Area) -> str:
    """The land and the borders seen around `area`, as the text of an SVG file."""
    frame = Frame.around(area)
    seen = frame.area
    land = "".join(_path(ring, frame, closed=True) for ring, box in _land() if _touch(box, seen))
    borders = "".join(_path(line, frame, closed=False) for line, box in _borders() if _touch(box, seen))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        "<style>.l{fill:#e4dfd0}.b{fill:none;stroke:#fbfaf6;stroke-width:2.2;stroke-linejoin:round}"
        "@media (prefers-color-scheme:dark){.l{fill:#26282d}.b{stroke:#141518}}</style>"
        f'<path class="l" fill-rule="evenodd" d="{land}"/><path class="b" d="{borders}"/></svg>'
    )


@dataclass(frozen=True, slots=True)
class Name:
    """A country's name on the map: where its middle may stand and how much room it takes, in units."""

    text: str
    x: float
    y: float
    width: float
    height: float = LETTERS


@lru_cache(maxsize=64)
def names(area: Area) -> tuple[Name, ...]:
    """The names of the countries that there is room for around `area`, the best place of each first; set by the page."""
    frame = Frame.around(area)
    return tuple(Name(name, x, y, len(name) * LETTERS * WIDEST_LABEL) for name, (x, y) in _names(frame, frame.area))


def _path(line: Sequence[Point], frame: Frame, *, closed: bool) -> str:
    points: list[str] = []
    last: Point | None = None
    # What lies outside is pulled to the edge: the path stays short and its shape inside stays true.
    for lon, lat in line:
        x, y = frame.at(lat, lon)
        x, y = min(max(x, -40.0), WIDTH + 40.0), min(max(y, -40.0), HEIGHT + 40.0)
        if last is None or abs(x - last[0]) + abs(y - last[1]) >= FINEST:
            points.append(f"{x:.1f} {y:.1f}")
            last = (x, y)
    if len(points) < (3 if closed else 2):
        return ""
    return f"M{points[0]}L{' '.join(points[1:])}{'Z' if closed else ''}"


def _names(frame: Frame, seen: Area) -> Iterator[tuple[str, Point]]:
    """Where each country's name may stand: within the country and the map, the places nearest to their middle first."""
    for name, box, ring in _countries():
        west, east = max(box.west, seen.west), min(box.east, seen.east)
        south, north = max(box.south, seen.south), min(box.north, seen.north)
        if west >= east or south >= north:
            continue
        wide, tall = (east - west) * frame.per_lon, (north - south) * frame.per_lat
        if wide < len(name) * LETTERS * WIDEST_LABEL * 1.2 or tall < 50:
            continue
        steps = sorted(((i, j) for i in range(1, 8) for j in range(1, 8)), key=lambda at: (abs(at[0] - 4) + abs(at[1] - 4), at))
        for i, j in steps:
            lon, lat = west + (east - west) * i / 8, south + (north - south) * j / 8
            x, y = frame.at(lat, lon)
            half = len(name) * LETTERS * WIDEST_LABEL / 2
            if half < x < WIDTH - half and LETTERS < y < HEIGHT - LETTERS and _within(lon, lat, ring):
                yield name, (x, y)


def _within(lon: float, lat: float, ring: Ring) -> bool:
    """Whether the ring runs around the point: a line from it crosses the ring an odd number of times."""
    inside = False
    for (x, y), (u, v) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y > lat) != (v > lat) and lon < x + (lat - y) / (v - y) * (u - x):
            inside = not inside
    return inside


def _touch(one: Area, other: Area) -> bool:
    return one.west <= other.east and other.west <= one.east and one.south <= other.north and other.south <= one.north


@cache
def _topology() -> dict[str, Any]:
    topology: dict[str, Any] = json.loads(SHAPES.read_text(encoding="utf-8"))
    return topology


@cache
def _arcs() -> tuple[Ring, ...]:
    """The arcs in degrees: TopoJSON keeps them as steps on a grid."""
    topology = _topology()
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        arcs.append(tuple(line))
    return tuple(arcs)


def _ring(indices: Sequence[int]) -> Ring:
    points: list[Point] = []
    for index in indices:
        arc = _arcs()[index] if index >= 0 else _arcs()[~index][::-1]
        points.extend(arc if not points else arc[1:])
    return tuple(points)


def _unwrapped(ring: Ring) -> Iterator[Ring]:
    """The ring as it is; twice, a turn apart, where it crosses the line of dates, so that no edge runs across the map."""
    turn = 0.0
    points: list[Point] = []
    for n, (lon, lat) in enumerate(ring):
        if n and abs(lon - ring[n - 1][0]) > 180:
            turn += 360.0 if lon < ring[n - 1][0] else -360.0
        points.append((lon + turn, lat))
    yield tuple(points)
    if any(lon > 180.01 for lon, _ in points):
        yield tuple((lon - 360.0, lat) for lon, lat in points)
    elif any(lon < -180.01 for lon, _ in points):
        yield tuple((lon + 360.0, lat) for lon, lat in points)


def _polygons(geometry: dict[str, Any]) -> Iterator[Sequence[Sequence[int]]]:
    if geometry.get("type") == "Polygon":
        yield geometry["arcs"]
    elif geometry.get("type") == "MultiPolygon":
        yield from geometry["arcs"]


@cache
def _land() -> tuple[tuple[Ring, Area], ...]:
    rings = [
        whole
        for geometry in _topology()["objects"]["land"]["geometries"]
        for polygon in _polygons(geometry)
        for ring in polygon
        for whole in _unwrapped(_ring(ring))
    ]
    return tuple((ring, _box(ring)) for ring in rings)


@cache
def _borders() -> tuple[tuple[Ring, Area], ...]:
    """The arcs that two countries share."""
    used: dict[int, int] = {}
    for geometry in _topology()["objects"]["countries"]["geometries"]:
        for polygon in _polygons(geometry):
            for ring in polygon:
                for index in ring:
                    arc = index if index >= 0 else ~index
                    used[arc] = used.get(arc, 0) + 1
    return tuple((line, _box(line)) for arc, times in sorted(used.items()) if times > 1 for line in [_arcs()[arc]])


@cache
def _countries() -> tuple[tuple[str, Area, Ring], ...]:
    """Each country's name with its largest piece and the box of that."""
    found = []
    for geometry in _topology()["objects"]["countries"]["geometries"]:
        pieces = [(ring, _box(ring)) for polygon in _polygons(geometry) for ring in [next(_unwrapped(_ring(polygon[0])))]]
        if pieces:
            ring, box = max(pieces, key=lambda piece: (piece[1].east - piece[1].west) * (piece[1].north - piece[1].south))
            found.append((str(geometry["properties"]["name"]), box, ring))
    return tuple(found)


def _box(points: Sequence[Point]) -> Area:
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return Area(min(lons), min(lats), max(lons), max(lats))
