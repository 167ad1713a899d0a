"""Looks a place name up, offline: from a name in any usual spelling to every place that bears it."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from counterclaim.resolving.place_index import Country, build, countries, index_path
from counterclaim.resolving.place_names import bare, fold, sound

PlaceKind = Literal["city", "part", "district", "region", "country", "area"]
Match = Literal["name", "alternate", "sound"]

CLOSE = 80.0
"""Least spelling likeness (rapidfuzz ratio of the names without articles, 0 to 100) of a name met by sound only. Of some
fifty names tried by hand the right meetings lay at 82 to 100 ("dair alzour" 89), chance ones at 70 to 89 ("jadidah", "al
jadid" 83): likeness alone does not part them, so the choice also asks that the text speaks of the country."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that bears the name looked up. `id` is GeoNames' for cities and below zero for the shipped tables; `region`
    the first-order division's code (GeoNames admin1); `lat`, `lon` in degrees (for a region the middle of its inhabited
    squares); `fame` how many names it has in the world's languages and scripts; `prec` the UCDP where_prec that naming
    it gives; `match` how the name met: as its main name, an alternate one, or only by sound, spelt as `likeness` percent
    tells."""

    id: int
    kind: PlaceKind
    name: str
    lat: float
    lon: float
    country: str
    region: str
    population: int
    fame: int
    prec: int
    match: Match
    likeness: float = 100.0


class Gazetteer:
    """The place index, opened when first asked and built on this machine's first use (some 10 seconds, once).

    `path` is for tests: any index that `place_index.build` wrote.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._open: dict[int, sqlite3.Connection] = {}
        self.look_up = lru_cache(maxsize=20_000)(self._look_up)
        self.by_sound = lru_cache(maxsize=20_000)(self._by_sound)
        self.districts = lru_cache(maxsize=20_000)(self._districts)
        self.country = lru_cache(maxsize=20)(self._country)

    def _ask(self, query: str, key: str) -> list[tuple[Any, ...]]:
        # One connection a process: a forked child must not go on with its parent's.
        if os.getpid() not in self._open:
            path = self._path or index_path()
            if not path.exists():
                build(path)
            try:
                self._open[os.getpid()] = _opened(path)
            except sqlite3.DatabaseError:  # damaged, say by a full disk
                build(path)
                self._open[os.getpid()] = _opened(path)
        return self._open[os.getpid()].execute(query, (key,)).fetchall()

    def _look_up(self, name: str) -> tuple[Candidate, ...]:
        """Every place called `name` in any dress (case, diacritics, hyphens, apostrophes), most people first; by sound only where
        none is. Empty where nothing is known."""
        key = fold(name)
        if not key:
            return ()
        found = self._ask("SELECT place.*, rank FROM name JOIN place ON place.id = place WHERE key = ?", key)
        known = (Candidate(*(*row[:-1], "alternate" if row[-1] else "name")) for row in found)
        exact = tuple(sorted(known, key=lambda c: (-c.population, c.id)))
        return exact or self.by_sound(name)

    def _districts(self, name: str) -> tuple[Candidate, ...]:
        """Districts called `name` without their word for what they are ("Manbij" for Manbij District), most people first."""
        found = self._ask("SELECT place.* FROM short JOIN place ON place.id = place WHERE key = ?", fold(name))
        return tuple(sorted((Candidate(*(*row, "alternate")) for row in found), key=lambda c: (-c.population, c.id)))

    def _country(self, iso: str) -> tuple[tuple[tuple[float, float, str], ...], dict[str, Candidate]]:
        """Of a country the point and region code of every town, and its regions by their codes."""
        towns = self._ask("SELECT lat, lon, region FROM place WHERE kind = 'city' AND country = ? ORDER BY id", iso)
        regions = self._ask("SELECT * FROM place WHERE kind = 'region' AND country = ?", iso)
        return tuple(towns), {row[6]: Candidate(*(*row, "name")) for row in regions}

    def _by_sound(self, name: str) -> tuple[Candidate, ...]:
        """Places whose name sounds like `name` in another romanisation, the closest spelling first."""
        from rapidfuzz.fuzz import ratio

        key = fold(name)
        if len(key) < 4:
            return ()
        found = self._ask("SELECT place.*, folded FROM sound JOIN place ON place.id = place WHERE key = ?", sound(key))
        best: dict[int, Candidate] = {}
        for row in found:
            likeness = round(ratio(bare(key), bare(row[-1])), 1)
            if likeness >= CLOSE and (row[0] not in best or best[row[0]].likeness < likeness):
                best[row[0]] = Candidate(*(*row[:-1], "sound", likeness))
        return tuple(sorted(best.values(), key=lambda c: (-c.likeness, -c.population, c.id)))


def _opened(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    base.execute("SELECT place FROM name WHERE key = '' UNION SELECT place FROM sound WHERE key = ''").fetchall()
    return base


@cache
def gazetteer() -> Gazetteer:
    """The one gazetteer of this process."""
    return Gazetteer()


@cache
def _words() -> dict[str, Country]:
    return {fold(w): c for c in countries() for w in (c.name, *c.names, *c.demonyms)}


@cache
def _seats() -> dict[str, Country]:
    return {fold(w): c for c in countries() for w in c.seats}


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(fold(w) for c in countries() for w in c.demonyms)


def country_of(words: str) -> Country | None:
    """The country that `words` name or call the people of ("Iraq", "Iraqi", "the U.S."); None where they are neither."""
    return _words().get(fold(words)) or _words().get(fold(words.removeprefix("the ").removeprefix("The ")))


def seat_of(words: str) -> Country | None:
    """The country whose government `words` stand for when they act: a capital or a seat ("Moscow", "the Kremlin")."""
    return _seats().get(fold(words)) or _seats().get(fold(words.removeprefix("the ").removeprefix("The ")))


def is_demonym(words: str) -> bool:
    """Whether `words` are an adjective or noun of nationality ("Syrian", "Russians")."""
    return fold(words) in _demonyms()
