"""Says where the places that a text names lie, as surely as the text and the gazetteer tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from counterclaim.records import Extraction, Offsets, Place, PlaceMention, PlacePrecision
from counterclaim.resolving.gazetteer import Candidate, Gazetteer, country_of, gazetteer, is_demonym, seat_of
from counterclaim.resolving.place_choice import Choice, Evidence, region_of
from counterclaim.resolving.place_names import bare, fold
from counterclaim.resolving.place_spans import Toponym, find_toponyms
from counterclaim.resolving.place_words import DIRECTION, STRUCK, acts

_LARGE = 100_000
"""People from which on a name is its city's, whatever the text calls it: "the neighbourhood of Mosul" is one in Mosul."""
_APART = re.compile(r"\b(?:airport|airbase|base|mountain|dam|hills?|mount|forest|oilfield|crossing|bridge|refinery)$", re.I)
"""Sites that are called by a city's name and lie outside it."""
_NAMED_AFTER = re.compile(
    r"\b(?:street|road|boulevard|avenue|highway|square|roundabout|mosque|church|school|hotel|cinema|theat(?:re|er))$", re.I
)  # fmt: skip
"""Sites that bear a city's name because they honour it, not because they lie there."""

_PRECISIONS: dict[int, PlacePrecision] = {1: "city", 2: "near", 3: "region", 4: "region", 5: "region", 6: "country", 7: "region"}


class Places(NamedTuple):
    """What a text names: `places`, where something may be or happen, and `associations`, places that only people, bodies or
    things are called by ("Russian", "Aleppo City Council"); each in order, none overlapping another."""

    places: tuple[PlaceMention, ...]
    associations: tuple[PlaceMention, ...]


def resolve_places(extraction: Extraction, *, outlet: str | None = None, index: Gazetteer | None = None) -> Places:
    """The places that `extraction` names, in order, with coordinates where they are sure.

    Among namesakes the choice goes by what the text itself says ("Mosul, Iraq"), the countries and regions it names, the
    places around, and people; `outlet` counts only where its name holds a place ("Paris News"). A neighbourhood, camp or
    square that the gazetteer does not know takes its city's point, precision "neighbourhood"; an unknown village takes the
    country it is said to lie in and no point. `where_prec` is UCDP's: 1 the place, 2 near it, 3 district, 4 province, 5 an
    area across provinces or a line, 6 country, 7 wider. People's names are no places ("Syrian"), and neither is a seat of
    government that acts, speaks, is addressed or accused. `index` is for tests.
    """
    book = index or gazetteer()
    found = find_toponyms(extraction, book)
    acting = _acting(extraction)
    kept = [t for t in found if not (seat_of(t.name) and _governs(extraction.text, t.span, acting))]
    parts = {bare(fold(t.name)): t for t in kept if t.kind == "part" or (t.kind == "district" and not book.look_up(t.name))}
    toponyms = tuple(
        replace(t, kind=part.kind, within=part.within) if not t.kind and (part := parts.get(bare(fold(t.name)))) else t
        for t in kept
    )
    seats = [country.iso for t in found if t not in kept and (country := seat_of(t.name))]
    choice = Choice(toponyms, Evidence(extraction.text, toponyms, seats, outlet, book), book)
    named = [(t, PlaceMention(t.span, place)) for t in toponyms if (place := _place(t, choice, book)) is not None]
    after = [m for t, m in named if t.associated and m.place.lat is not None]
    peoples = _peoples(extraction.text, [t.span for t in found])
    return Places(tuple(m for t, m in named if not t.associated), tuple(sorted((*after, *peoples), key=lambda m: m.span)))


def _governs(text: str, span: Offsets, acting: Sequence[Offsets]) -> bool:
    """Whether a seat of government stands for the government: it does something, or is named as a doer; but one attack that is
    called by a town ("the Kabul drone strike") fell on it."""
    return acts(text, *span) or (_touches(span, acting) and not STRUCK.match(text, span[1]))


_CAPITAL_WORD = re.compile(r"(?<![\w'’])[A-Z][a-z]+(?:\s[A-Z][a-z]+)?(?![\w'’])")


def _peoples(text: str, taken: Sequence[Offsets]) -> Iterator[PlaceMention]:
    """The countries behind words for their people: "Syrian", "the Russians", "South Korean"."""
    at = 0
    while word := _CAPITAL_WORD.search(text, at):
        end = next((e for e in (word.end(), word.start() + len(word[0].split()[0])) if is_demonym(text[word.start() : e])), None)
        at = end or word.start() + len(word[0].split()[0])
        if end is None or _touches((word.start(), end), taken):
            continue
        if country := country_of(text[word.start() : end]):
            place = Place(
                name=country.name, lat=country.lat, lon=country.lon, country=country.iso, precision="country", where_prec=6
            )
            yield PlaceMention((word.start(), end), place)


def _acting(extraction: Extraction) -> list[Offsets]:
    """Offsets of those who speak, pass on or are accused."""
    spans: list[Offsets] = []
    for s in extraction.statements:
        spans += [*s.source, *s.via, *(x for x in (s.about, s.antecedent) if x)]
    return spans


def _touches(span: Offsets, spans: Iterable[Offsets]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in spans)


def _place(toponym: Toponym, choice: Choice, book: Gazetteer) -> Place | None:
    """The place of one toponym, or None where nothing tells that it is one."""
    c = choice.of(toponym)
    if c is None and toponym.tentative:
        return None
    site = f"{toponym.name} {toponym.kind_word}".strip() if toponym.kind == "site" else ""
    # "a Mosul street" lies there, where no other city is told of
    common = toponym.kind_word.islower() and c is not None and c.population >= _LARGE and choice.city_of(toponym) is None
    if c is not None and site and not common and (_NAMED_AFTER.search(site) or _honours(toponym, c, choice)):
        c = None  # "Jaffa Street", "the Kuwait hospital" in Gaza
    small = c is not None and c.kind != "country" and (c.population < _LARGE or c.match == "sound")
    if toponym.kind == "part" and (c is None or small):
        return _part(toponym, choice, c)
    if c is None:
        if toponym.kind == "site" or (toponym.kind == "district" and choice.city_of(toponym, said=True)):
            return _part(toponym, choice, None)
        return _unknown(toponym, book) if toponym.told else None
    prec = 2 if c.kind == "city" and (toponym.near or _APART.search(site)) else c.prec
    precision = "city" if prec == 2 and c.kind == "area" else _PRECISIONS[prec]
    if c.kind == "part" and prec == 1:
        precision = "neighbourhood"
    return Place(name=_shown(toponym, c), lat=c.lat, lon=c.lon, country=c.country or None, precision=precision, where_prec=prec)


def _honours(toponym: Toponym, c: Candidate, choice: Choice) -> bool:
    """Whether a site bears the name of a country or people that it does not lie in: "the Kuwaiti hospital" in Rafah."""
    return is_demonym(toponym.name.split()[0]) or (c.kind in ("country", "area") and choice.city_of(toponym) is not None)


def _shown(toponym: Toponym, c: Candidate) -> str:
    """The name as the text spells it (houses differ) without "western" and the like; a country's as English print has it."""
    if c.kind == "country":
        return c.name
    name = toponym.name if fold(toponym.name) == fold(c.name) else DIRECTION.sub("", toponym.name)
    return name.title() if name.isupper() and len(name) > 3 else name


def _part(toponym: Toponym, choice: Choice, own: Candidate | None) -> Place:
    """A neighbourhood, camp or site: at its own point where the gazetteer has it near its city, else at its city's."""
    name, kind_word = toponym.name, toponym.kind_word
    if kind_word and (toponym.kind == "site" or kind_word.casefold().endswith("camp")):
        name = f"{name} {kind_word}"
    point = own if own is not None and choice.fits(own, toponym) else choice.city_of(toponym)
    if point is None:
        return Place(name=name)
    return Place(name=name, lat=point.lat, lon=point.lon, country=point.country or None, precision="neighbourhood", where_prec=1)


def _unknown(toponym: Toponym, book: Gazetteer) -> Place | None:
    """A place that no gazetteer entry fits: the country (and region) it is said to lie in, and no point; None where the text
    tells neither that nor what kind of place it is nor that something is there: then it may as well be no place."""
    if seat_of(toponym.name):
        return None  # "in the Pentagon"
    for name in toponym.within:
        if region := region_of(name, book):
            return Place(name=toponym.name, country=region.country, where_prec=4)
        if country := country_of(name):
            return Place(name=toponym.name, country=country.iso, where_prec=6)
    return Place(name=toponym.name) if toponym.kind or toponym.led else None
