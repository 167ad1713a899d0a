"""Chooses among namesakes: which of the places that bear a name a text means, by what it says, names and lies around."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from counterclaim.resolving.gazetteer import Candidate, Gazetteer, country_of, is_demonym, seat_of
from counterclaim.resolving.place_names import fold
from counterclaim.resolving.place_spans import Toponym
from counterclaim.resolving.place_words import DIRECTION, kind_of, short_names, states

# Weights of the choice among namesakes, set by trial on the learning share (ids below c0) of the LGL and GeoWebNews articles.
_PEOPLE = 0.6
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
_STATE = 2.0
"""A state or province of those that English print names alone ("Ontario", "Florida"), unless a large city shares its name."""
_CALLED = 3.0
"""A district or province that the text calls one; a city that it calls one loses as much."""
_LISTED = 2.5
"""A country, or an area of our own short list: what bears its name elsewhere is hardly ever meant."""
_COUNTRY = 1.5
"""Lies in the country that the text names most; a share of it for one named less."""
_UNNAMED = -0.7
"""Goes by that name as one of several ("Ariha" for Jericho), in a country that the text never names, though it names others."""
_SAID = 0.3
"""What a country's name or people count where nothing is said to be in it: a country that acts need not be where it acts."""
_HOME = 1.7
"""Lies in a first-order region that the text names."""
_COMPANY = 3.2
"""Lies close to other places of the text, which counts by distance on the scale of `_SCALE_KM`."""
_SCALE_KM = 150.0

_KNOWN_ANYWHERE = 50
"""A city of so many names is taken as meant even in a text that names neither its country nor a place near it; one without a
namesake abroad speaks for its country. Geneva has 60, El Jadida in Morocco, whose name a quarter of Mosul shares, 40."""
_LARGE_ANYWHERE = 500_000
"""So many people make a city known as well; judged, not measured."""
_LARGE_ALONE = 50_000
"""So many suffice where nobody abroad bears the name ("Manbij"); judged, not measured."""
_FAR_KM = 60.0
"""Farther than this from its city, a namesake is no part of it: a metropolis reaches about so far. Judged, not measured."""
_CLOSE_BY_KM = 80.0
"""So close a place told as one must lie to bear out a name that the parse took for an organisation's: a county's width. Judged,
not measured."""
_STATES_TOO = frozenset({"Georgia"})
"""Countries whose name is a large region's elsewhere: their name alone is no evidence."""

_HELD = {"IL": ("PS",), "RS": ("XK",), "MA": ("EH",)}
"""Under whose name UCDP's and other lists put places that have a country code of their own: how texts name, not whose it is."""


class Evidence:
    """What a text says of countries and regions: how often each is named, by name, by its people or by what lies in it.

    `seats` are the ISO codes of countries whose seat of government acts in the text; `outlet` counts where its name holds
    a place.
    """

    def __init__(self, text: str, toponyms: Sequence[Toponym], seats: Sequence[str], outlet: str | None, book: Gazetteer) -> None:
        self.countries: defaultdict[str, float] = defaultdict(float)
        self.regions: defaultdict[tuple[str, str], float] = defaultdict(float)
        for iso in seats:
            self.countries[iso] += _SAID
        for word in text.replace("’", "'").split():
            plain = word.strip(".,;:!?()[]\"“”'").removesuffix("'s")
            if plain[:1].isupper() and is_demonym(plain) and (country := country_of(plain)):
                self.countries[country.iso] += _SAID
        for toponym in toponyms:
            self._note(toponym.name, book, within=False, led=toponym.led)
            for name in () if country_of(toponym.name) else toponym.within:
                self._note(name, book, within=True, led=True)
        for word in (outlet or "").split():
            for c in book.look_up(word):
                if c.kind in ("city", "region") and c.population >= _EXONYMS and c.match == "name":
                    self.regions[c.country, c.region] += 1.0
        self._most = max(self.countries.values(), default=0.0)
        self._most_region = max(self.regions.values(), default=0.0)

    def _note(self, name: str, book: Gazetteer, *, within: bool, led: bool) -> None:
        if name in _STATES_TOO:
            return
        known = [c for c in book.look_up(name) if c.match != "sound"]
        if country := country_of(name):
            self.countries[country.iso] += 1.0 if led else _SAID
        elif area := next((c for c in known if c.kind == "area" and c.country), None):
            self.countries[area.country] += 1.0
        elif (state := region_of(name, book)) and (within or not _city_too(name, book)):
            self.regions[state.country, state.region] += 2.0 if within else 1.0
            self.countries[state.country] += 1.0
        elif len({c.country for c in known}) == 1 and known[0].fame >= _KNOWN_ANYWHERE:
            self.countries[known[0].country] += _SAID

    def speaks_of(self, iso: str) -> bool:
        """Whether the text names the country, or the one under whose name it goes."""
        return iso in self.countries or any(iso in _HELD.get(other, ()) for other in self.countries)

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
    if any(c.kind in ("area", "country") and c.name not in _STATES_TOO for c in known):
        return None
    found = [c for c in known if c.kind == "region"]
    return found[0] if len(found) == 1 or (found and country) else None


def _city_too(name: str, book: Gazetteer) -> bool:
    """Whether a region's name is a large city's too ("New York", not "Texas")."""
    return any(c.kind == "city" and c.population > _EXONYMS for c in book.look_up(name))


def km(a: Candidate, b: Candidate) -> float:
    """Great-circle distance."""
    p, q, r, s = map(math.radians, (a.lat, a.lon, b.lat, b.lon))
    h = math.sin((r - p) / 2) ** 2 + math.cos(p) * math.cos(r) * math.sin((s - q) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


class Choice:
    """For each toponym of a text the place meant, as far as that is sure. A name means one place throughout a text."""

    def __init__(self, toponyms: Sequence[Toponym], evidence: Evidence, book: Gazetteer) -> None:
        self.toponyms = toponyms
        self._evidence = evidence
        self._book = book
        self._chosen = self._choose()

    def of(self, toponym: Toponym) -> Candidate | None:
        """The place meant; None where nobody bears the name, where nothing but the name speaks for one who does, or where
        the words may be an organisation's and no place near bears them out."""
        c = self._chosen.get(_key(toponym))
        if c is None or not self._sure(c):
            return None
        return c if not toponym.tentative or self._borne_out(c) else None

    def city_of(self, toponym: Toponym, *, said: bool = False) -> Candidate | None:
        """The city that holds `toponym`: the one it is said to lie in, else (unless only what is `said` counts) the last city
        named before it, else the next one; the place that a report is dated from last of all."""
        cities = [
            (t, c)
            for t in self.toponyms
            if t.kind != "site" and t.name != toponym.name and (c := self.of(t)) and c.kind == "city"
        ]
        for name in toponym.within:
            if found := next((c for t, c in cities if fold(t.name) == fold(name)), None):
                return found
        if said or not cities:
            return None

        def order(named: tuple[Toponym, Candidate]) -> tuple[bool, bool, bool, int]:
            start = named[0].span[0] - toponym.span[0]
            return named[0].name.isupper(), named[0].kind == "part", start > 0, abs(start)

        return min(cities, key=order)[1]

    def fits(self, c: Candidate, toponym: Toponym) -> bool:
        """Whether a part of a city may lie at `c`: near the city it is said to be in, else near any that the text names in its
        country."""
        if said := self.city_of(toponym, said=True):
            return km(c, said) <= _FAR_KM
        cities = [d for t in self.toponyms if (d := self.of(t)) and d.id != c.id and d.kind == "city" and d.country == c.country]
        return not cities or any(km(c, d) <= _FAR_KM for d in cities)

    def _sure(self, c: Candidate) -> bool:
        known = c.fame >= _KNOWN_ANYWHERE or c.population >= _LARGE_ANYWHERE or c.kind in ("country", "area")
        if c.kind == "city" and c.population >= _LARGE_ALONE and c.match == "name":
            known = known or {d.country for d in self._book.look_up(c.name)} == {c.country}
        if known or not self._evidence.countries or self._evidence.speaks_of(c.country):
            return True
        return any(d.id != c.id and d.country == c.country and d.kind != "country" for d in self._chosen.values())

    def _borne_out(self, c: Candidate) -> bool:
        told = (self._chosen.get(_key(t)) for t in self.toponyms if t.told)
        return any(d.kind in ("city", "district") and km(c, d) <= _CLOSE_BY_KM for d in told if d)

    def _choose(self) -> dict[str, Candidate]:
        options: dict[str, tuple[Toponym, list[Candidate], bool]] = {}
        for toponym in self.toponyms:
            found, bound = self._candidates(toponym)
            key = _key(toponym)
            if key not in options or (bound and not options[key][2]):
                options[key] = toponym, found, bound
        scores = {key: [(self._score(c, t), c) for c in found] for key, (t, found, _) in options.items() if found}
        chosen = {key: max(scored, key=_rank)[1] for key, scored in scores.items()}
        for _ in range(3):  # it settles in two
            last = dict(chosen)
            for key, scored in scores.items():
                around = [d for k, d in last.items() if k != key and d.kind != "country"]
                chosen[key] = max(((s + _COMPANY * _company(c, around), c) for s, c in scored), key=_rank)[1]
            if chosen == last:
                break
        return chosen

    def _candidates(self, toponym: Toponym) -> tuple[list[Candidate], bool]:
        """Who may be meant, and whether the text itself says where: then only those who lie there. By sound only in a country
        that the text names."""
        speaks_of, book, name = self._evidence.speaks_of, self._book, toponym.name
        found = {c.id: c for c in book.look_up(name)}
        if all(c.match == "sound" for c in found.values()):
            found = {c.id: c for c in book.look_up(DIRECTION.sub("", name))} or found
        if not found and toponym.kind and not toponym.kind_word:
            found = {c.id: c for c in book.look_up(name.rpartition(" ")[0])}
        if toponym.kind == "district" and toponym.kind_word:
            found |= {c.id: c for c in book.look_up(f"{name} {toponym.kind_word}") if c.match != "sound"}
        if toponym.kind in ("district", "region"):
            found |= {c.id: c for c in book.districts(name)}
        if not any(speaks_of(c.country) for c in found.values()):
            found = {c.id: c for c in book.by_sound(name)} | found
        fit = [c for c in found.values() if c.match != "sound" or speaks_of(c.country)]
        called_town = toponym.kind in ("city", "village")
        if any(c.kind == "country" for c in fit) and not (called_town or any(c.kind == "region" for c in fit)):
            return [c for c in fit if c.kind == "country"], False
        for place in toponym.within:
            if inside := self._inside(place, fit):
                return inside, True
            bare_name, _, last = place.rpartition(" ")
            if kind_of(last) in ("region", "district") and region_of(bare_name, book):
                return self._inside(bare_name, fit), True  # none where "in the Sumy region" fits none of those known
        return fit, False

    def _inside(self, place: str, found: list[Candidate]) -> list[Candidate]:
        """Those of `found` that lie in what `place` names: a region, a country (or its people's), or near a city."""
        if region := region_of(place, self._book):
            inside = [c for c in found if (c.country, c.region) == (region.country, region.region) and c.id != region.id]
            if inside:
                return inside
        if country := country_of(place):
            own = [c for c in found if c.country == country.iso and c.kind != "country"]
            return own or [c for c in found if c.country in _HELD.get(country.iso, ()) and c.kind != "country"]
        cities = [c for c in self._book.look_up(place) if c.kind in ("city", "area", "district") and c.match != "sound"]
        return [c for c in found if any(c.id != d.id and km(c, d) <= _FAR_KM for d in cities)]

    def _score(self, c: Candidate, toponym: Toponym) -> float:
        """What speaks for a candidate, the other places of the text left aside."""
        score = _PEOPLE * math.log10(c.population + 10)
        score += _COUNTRY * self._evidence.country(c.country) + _HOME * self._evidence.region(c.country, c.region)
        if c.match == "name" or c.population > _EXONYMS:
            score += _MAIN_NAME
        elif self._evidence.countries and not self._evidence.speaks_of(c.country):
            score += _UNNAMED
        if c.kind == "city":
            score += _FAME * math.log10(c.fame + 1) - (_CALLED if toponym.kind == "region" else 0.0)
            seat = seat_of(toponym.name)
            if seat and seat.iso == c.country and c.match != "sound":
                score += _SEAT
        elif c.kind == "region":
            known_state = (c.name, c.country) in states()
            score += _CALLED if toponym.kind == "region" else _STATE if known_state else _REGION
        elif c.kind == "part":
            score += _CALLED if toponym.kind in ("part", "site") else 0.0
        elif c.kind == "district":
            score += _CALLED if toponym.kind == "district" else 0.0
        elif c.name not in _STATES_TOO:
            score += _LISTED
        return score


def _rank(scored: tuple[float, Candidate]) -> tuple[float, int, int]:
    score, c = scored
    return round(score, 6), c.population, -c.id


def _company(c: Candidate, around: Sequence[Candidate]) -> float:
    """0 to 1: how close the other places of the text lie; two near ones are enough."""
    return min(1.0, sum(math.exp(-km(c, d) / _SCALE_KM) for d in around if d.id != c.id) / 2)


def _key(toponym: Toponym) -> str:
    """A name; what is called a province or district is another's than the bare name."""
    return f"{fold(toponym.name)}|{toponym.kind if toponym.kind in ('region', 'district') else ''}"
