"""Says where the places that a text names lie, as surely as the text and the gazetteer tell."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from counterclaim.records import Extraction, Offsets, Place, PlaceMention, PlacePrecision
from counterclaim.resolving.gazetteer import Candidate, Gazetteer, country_of, gazetteer, is_demonym, seat_of
from counterclaim.resolving.place_names import fold
from counterclaim.resolving.place_spans import Toponym, find_toponyms
from counterclaim.resolving.place_words import DIRECTION, acts, short_names

# Weights of the choice among namesakes, set by hand on the learning share of the LGL and GeoWebNews articles.
_PEOPLE = 0.7
"""Per factor of ten in people: how much likelier the larger namesake is meant."""
_FAME = 0.9
"""Per factor of ten in names the world has for it: Geneva has 60, its namesake in Illinois 11, more than their people tell."""
_MAIN_NAME = 0.9
"""Its main name rather than a foreign or old one."""
_EXONYMS = 100_000
"""From so many people on a city may have an English name beside its own ("Geneva"), which is then as good."""
_SEAT = 2.0
"""A capital named as such."""
_REGION = -1.6
"""A province that shares its name with a city: the city is meant where nothing is said."""
_LISTED = 2.5
"""A country, or an area of our own short list: what bears its name elsewhere is hardly ever meant."""
_COUNTRY = 1.5
"""Lies in the country that the text names most; a share of it for one named less."""
_SAID = 0.3
"""What a country's name or people count where nothing is said to be in it: a country that acts need not be where it acts."""
_KNOWN_ANYWHERE = 50
"""A city of so many names is taken as meant even in a text that names neither its country nor a place near it."""
_HOME = 1.7
"""Lies in a first-order region that the text names."""
_NEAR = 2.4
"""Lies within some 150 km of other places of the text."""
_SCALE_KM = 150.0
_FAR_KM = 60.0
"""Farther than this from its city, a namesake is no part of it."""


def resolve_places(extraction: Extraction, *, outlet: str | None = None, index: Gazetteer | None = None) -> tuple[PlaceMention, ...]:
    """The places that `extraction` names, in order, with coordinates where they are sure.

    Among namesakes the choice goes by what the text itself says ("Mosul, Iraq"), the countries and regions it names, the places
    around, and people; `outlet` counts only where its name holds a place ("Paris News"). A neighbourhood, camp or square that the
    gazetteer does not know takes its city's point, precision "neighbourhood"; an unknown village takes the country it is
    said to lie in and no point. `where_prec` is UCDP's: 1 the place, 2 near it, 3 district, 4 province, 5 an area
    across borders of provinces, 6 country, 7 wider. A seat of government that speaks, is addressed or accused in a
    statement is no place there. `index` is for tests.
    """
    book = index or gazetteer()
    acting = _acting(extraction)
    found = find_toponyms(extraction, book)
    toponyms = [t for t in found if not (seat_of(t.name) and (_touches(t.span, acting) or acts(extraction.text, *t.span)))]
    parts = {fold(t.name) for t in toponyms if t.kind == "part"}
    toponyms = [replace(t, kind="part") if not t.kind and fold(t.name) in parts else t for t in toponyms]
    if not toponyms:
        return ()
    seats = [country.iso for t in found if t not in toponyms and (country := seat_of(t.name))]
    evidence = _Evidence(extraction.text, toponyms, seats, outlet, book)
    chosen = _choose(toponyms, evidence, book)
    return tuple(
        PlaceMention(toponym.span, place)
        for k, toponym in enumerate(toponyms)
        if (place := _place(k, toponyms, chosen, evidence, book)) is not None
    )


def _acting(extraction: Extraction) -> list[Offsets]:
    """Offsets of those who speak, pass on or are accused."""
    spans: list[Offsets] = []
    for s in extraction.statements:
        spans += [*s.source, *s.via, *([s.about] if s.about else []), *([s.antecedent] if s.antecedent else [])]
    return spans


def _touches(span: Offsets, spans: Iterable[Offsets]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in spans)


class _Evidence:
    """What a text says of countries and regions: how often each is named, by name or by its people."""

    def __init__(self, text: str, toponyms: Sequence[Toponym], seats: Sequence[str], outlet: str | None, book: Gazetteer) -> None:
        self.countries: defaultdict[str, float] = defaultdict(float)
        self.regions: defaultdict[tuple[str, str], float] = defaultdict(float)
        for iso in seats:
            self.countries[iso] += _SAID
        words = [w for w in text.replace("’", "'").split() if w[:1].isupper()]
        for word in words:
            plain = word.strip(".,;:!?()[]\"“”'").removesuffix("'s")
            if is_demonym(plain) and (country := country_of(plain)):
                self.countries[country.iso] += _SAID
        for toponym in toponyms:
            for name in (toponym.name, *(() if country_of(toponym.name) else toponym.within)):
                if name in _STATES_TOO:
                    continue
                if country := country_of(name):
                    self.countries[country.iso] += 1.0 if toponym.led or name != toponym.name else _SAID
                elif (state := region_of(name, book)) and (name != toponym.name or _only_region(name, book)):
                    self.regions[state.country, state.region] += 2 if name != toponym.name else 1
                    self.countries[state.country] += 1
        for word in (outlet or "").split():
            for c in book.look_up(word):
                if c.kind in ("city", "region") and c.population >= 50_000 and c.match == "name":
                    self.regions[c.country, c.region] += 1
        self._most = max(self.countries.values(), default=0.0)
        self._most_region = max(self.regions.values(), default=0.0)

    def country(self, iso: str) -> float:
        """0 to 1: how much the text speaks of a country."""
        return math.sqrt(self.countries.get(iso, 0.0) / self._most) if self._most else 0.0

    def region(self, country: str, code: str) -> float:
        """0 to 1: how much the text speaks of a first-order region."""
        return math.sqrt(self.regions.get((country, code), 0.0) / self._most_region) if self._most_region else 0.0


def region_of(name: str, book: Gazetteer) -> Candidate | None:
    """The first-order region of that name, for a US or Canadian state also its short form; None where the name is not one
    region's."""
    full, country = short_names().get(name, (name, ""))
    known = [c for c in book.look_up(full) if c.match != "sound" and (not country or c.country == country)]
    found = [c for c in known if c.kind == "region"]
    if any(c.kind in ("area", "country") and c.name not in _STATES_TOO for c in known):
        return None
    return found[0] if len(found) == 1 or (found and country) else None


def _only_region(name: str, book: Gazetteer) -> bool:
    """Whether a region's name is no large city's too ("Texas", not "New York")."""
    return not any(c.kind == "city" and c.population > 100_000 for c in book.look_up(name))


def km(a: Candidate, b: Candidate) -> float:
    """Great-circle distance."""
    p, q, r, s = map(math.radians, (a.lat, a.lon, b.lat, b.lon))
    h = math.sin((r - p) / 2) ** 2 + math.cos(p) * math.cos(r) * math.sin((s - q) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def _candidates(toponym: Toponym, evidence: _Evidence, book: Gazetteer) -> list[Candidate]:
    """Who may be meant: namesakes that fit what the text says right there, then all; by sound only in a country the text
    names."""
    found = list(book.look_up(toponym.name))
    if not any(c.match != "sound" for c in found):
        found = list(book.look_up(DIRECTION.sub("", toponym.name))) or found
    if not found and toponym.kind and not toponym.kind_word and " " in toponym.name:
        found += [c for c in book.look_up(toponym.name.rpartition(" ")[0]) if c.id not in {f.id for f in found}]
    if toponym.kind == "district" and toponym.kind_word:
        found += [c for c in book.look_up(f"{toponym.name} {toponym.kind_word}") if c.match != "sound"]
    named = {c.country for c in found}
    if not any(c in evidence.countries for c in named):
        found += [c for c in book.by_sound(toponym.name) if c.country in evidence.countries and c.id not in {f.id for f in found}]
    found = [c for c in found if c.match != "sound" or c.country in evidence.countries]
    if any(c.kind == "country" for c in found) and not any(c.kind == "region" for c in found):
        return [c for c in found if c.kind == "country"]
    for name in toponym.within:
        inside = _inside(name, found, book)
        if inside:
            return inside
    return found


def _inside(name: str, found: list[Candidate], book: Gazetteer) -> list[Candidate]:
    """Those of `found` that lie in what `name` names: a country (or its people's), a region, or a larger city close by."""
    if region := region_of(name, book):
        inside = [c for c in found if (c.country, c.region) == (region.country, region.region) and c.id != region.id]
        if inside:
            return inside
    if country := country_of(name):
        return [c for c in found if c.country == country.iso and c.kind != "country"]
    cities = [c for c in book.look_up(name) if c.kind in ("city", "area", "district") and c.match != "sound"]
    return [c for c in found if any(c.id != d.id and km(c, d) <= _FAR_KM for d in cities)] if fold(name) else []


_STATES_TOO = frozenset({"Georgia"})


def _prior(c: Candidate, toponym: Toponym) -> float:
    """What speaks for a candidate before the rest of the text is asked."""
    score = _PEOPLE * math.log10(c.population + 10) + _FAME * math.log10(c.fame + 1) * (c.kind == "city") + (_MAIN_NAME if c.match == "name" or c.population > _EXONYMS else 0.0)
    seat = seat_of(toponym.name)
    if seat and c.kind == "city" and seat.iso == c.country and c.match != "sound":
        score += _SEAT
    if c.kind in ("country", "area"):
        score += _LISTED if c.name not in _STATES_TOO else 0.0
    elif c.kind == "region":
        score += _REGION if toponym.kind != "region" else 2.0
    elif c.kind == "district":
        score += 3.0 if toponym.kind == "district" else 0.0
    elif toponym.kind == "region" and c.kind == "city":
        score -= 2.0
    return score


def _choose(toponyms: Sequence[Toponym], evidence: _Evidence, book: Gazetteer) -> dict[str, Candidate]:
    """One candidate for each name (a name means one place throughout a text), keyed by `_key`."""
    options: dict[str, list[Candidate]] = {}
    bound: dict[str, bool] = {}
    first: dict[str, Toponym] = {}
    for toponym in toponyms:
        key = _key(toponym)
        found = _candidates(toponym, evidence, book)
        narrowed = len(found) < len(book.look_up(toponym.name))
        if key not in options or (narrowed and not bound[key]):
            options[key], bound[key], first[key] = found, narrowed, toponym
    base = {
        key: [
            (_prior(c, first[key]) + _COUNTRY * evidence.country(c.country) + _HOME * evidence.region(c.country, c.region), c)
            for c in found
        ]
        for key, found in options.items() if found
    }  # fmt: skip
    chosen = {key: max(scored, key=_rank)[1] for key, scored in base.items()}
    counts = Counter(_key(t) for t in toponyms)
    for _ in range(3):
        before = dict(chosen)
        for key, scored in base.items():
            around = [(before[k], counts[k]) for k in before if k != key and before[k].kind in ("city", "district", "region", "area")]
            chosen[key] = max(((s + _NEAR * _company(c, around), c) for s, c in scored), key=_rank)[1]
        if chosen == before:
            break
    return chosen


def _rank(scored: tuple[float, Candidate]) -> tuple[float, int, int]:
    score, c = scored
    return round(score, 6), c.population, -c.id


def _company(c: Candidate, around: list[tuple[Candidate, int]]) -> float:
    """0 to 1: how close the other places of the text lie."""
    near = sum(math.exp(-km(c, other) / _SCALE_KM) for other, _ in around if other.id != c.id)
    return min(1.0, near / 2)


def _key(toponym: Toponym) -> str:
    return f"{fold(toponym.name)}|{'region' if toponym.kind in ('region', 'district') else ''}"


_APART = re.compile(r"\b(?:airport|airbase|base|mountain|dam|hills?|mount|forest|oilfield|crossing|bridge|refinery)$", re.IGNORECASE)
"""Sites that are called by a city's name and lie outside it."""

_PRECISION: dict[str, tuple[PlacePrecision, int]] = {
    "city": ("city", 1), "district": ("region", 3), "region": ("region", 4), "country": ("country", 6), "area": ("region", 5),
}  # fmt: skip


def _place(k: int, toponyms: Sequence[Toponym], chosen: dict[str, Candidate], evidence: _Evidence, book: Gazetteer) -> Place | None:
    """The place of one toponym, or None where nothing tells that it is one."""
    toponym = toponyms[k]
    candidate = chosen.get(_key(toponym))
    if candidate is not None and not _sure(candidate, toponym, chosen, evidence):
        candidate = None
    if toponym.tentative and (candidate is None or not _borne_out(candidate, toponyms, chosen)):
        return None
    if toponym.kind == "site" and candidate is not None and candidate.kind in ("country", "area"):
        candidate = None if _city_of(k, toponyms, chosen) else candidate  # "Kuwait roundabout" in Gaza
    if toponym.kind == "part" and candidate is not None and candidate.kind in ("city", "region", "district"):
        # "The neighbourhood of Mosul": a large city is no part of one.
        if candidate.population < _EXONYMS or candidate.match == "sound":
            return _part(k, toponyms, chosen, candidate)
    if candidate is None:
        if toponym.kind in ("part", "site") or (toponym.kind == "district" and _city_of(k, toponyms, chosen, said=True)):
            return _part(k, toponyms, chosen, None)
        return _unknown(toponym, book) if toponym.told else None
    precision, prec = _PRECISION[candidate.kind]
    if candidate.kind in ("area", "region", "district"):
        prec = candidate.prec
        precision = "city" if prec <= 2 else "country" if prec == 6 else precision
    if candidate.kind == "city" and (toponym.near or (toponym.kind == "site" and _APART.search(f"{toponym.name}"
        f" {toponym.kind_word}"))):
        precision, prec = "near", 2
    return Place(name=_shown(toponym, candidate), lat=candidate.lat, lon=candidate.lon, country=candidate.country or None,
                 precision=precision, where_prec=prec)  # fmt: skip


def _sure(c: Candidate, toponym: Toponym, chosen: dict[str, Candidate], evidence: _Evidence) -> bool:
    """Whether anything but its name speaks for a candidate: its country named, another place near it or in its country, or
    its size."""
    if c.fame >= _KNOWN_ANYWHERE or c.kind in ("country", "area") or not evidence.countries or c.country in evidence.countries:
        return True
    return any(d.id != c.id and d.country == c.country and d.kind != "country" for d in chosen.values())


_CLOSE_BY_KM = 80.0


def _borne_out(c: Candidate, toponyms: Sequence[Toponym], chosen: dict[str, Candidate]) -> bool:
    """Whether a place that is told as one lies close to the candidate."""
    told = {d.id: d for t in toponyms if t.told and (d := chosen.get(_key(t))) and d.kind in ("city", "district")}
    return any(km(c, d) <= _CLOSE_BY_KM for d in told.values())


def _shown(toponym: Toponym, candidate: Candidate) -> str:
    """The name as the text spells it (houses differ) without "western" and the like; a country's as English print has it."""
    if candidate.kind == "country":
        return candidate.name
    name = toponym.name if candidate.match != "sound" and fold(toponym.name) == fold(candidate.name) else DIRECTION.sub("", toponym.name)
    return name.title() if name.isupper() and len(name) > 3 else name


def _part(k: int, toponyms: Sequence[Toponym], chosen: dict[str, Candidate], own: Candidate | None) -> Place:
    """A neighbourhood, camp or site: at its own point where the gazetteer has it near its city, else at its city's."""
    toponym = toponyms[k]
    typed = toponym.kind == "site" or toponym.kind_word.casefold().endswith("camp")
    name = f"{toponym.name} {toponym.kind_word}" if toponym.kind_word and typed else toponym.name
    city = _city_of(k, toponyms, chosen)
    if own is not None and (city is None or km(own, city) <= _FAR_KM):
        return Place(name=name, lat=own.lat, lon=own.lon, country=own.country, precision="neighbourhood", where_prec=1)
    if city is None:
        return Place(name=name)
    precision, prec = ("neighbourhood", 1) if city.kind == "city" else _PRECISION[city.kind]
    return Place(name=name, lat=city.lat, lon=city.lon, country=city.country or None, precision=precision, where_prec=prec)  # type: ignore[arg-type]


def _city_of(k: int, toponyms: Sequence[Toponym], chosen: dict[str, Candidate], *, said: bool = False) -> Candidate | None:
    """The city that holds the `k`th toponym: the one it is said to lie in, else (unless only what is
    `said` counts) the last city named before it, else the next one."""
    cities = {fold(t.name): c for t in toponyms if (c := chosen.get(_key(t))) and c.kind == "city" and t.kind not in ("part", "site")}
    for name in toponyms[k].within:
        if found := cities.get(fold(name)):
            return found
    for t in () if said else (*reversed(toponyms[:k]), *toponyms[k + 1 :]):
        if found := cities.get(fold(t.name)):
            return found
    return None


def _unknown(toponym: Toponym, book: Gazetteer) -> Place | None:
    """A place that no gazetteer entry fits: the country (and region) it is said to lie in, and no point; None where the text
    tells neither that nor what kind of place it is: then it may as well be no place."""
    if seat_of(toponym.name):
        return None  # "in the Pentagon"
    for name in toponym.within:
        if region := region_of(name, book):
            return Place(name=toponym.name, country=region.country, where_prec=4)
        if country := country_of(name):
            return Place(name=toponym.name, country=country.iso, where_prec=6)
    return Place(name=toponym.name) if toponym.kind or toponym.led else None
