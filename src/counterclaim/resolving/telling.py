"""Sorts the sentences of one report that tell of harm into the main incident and others told in passing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from counterclaim.records import DateMention, Extraction, Place, PlaceMention, Statement
from counterclaim.resolving.harms import HarmSentence, within
from counterclaim.resolving.main_day import dates_the_aftermath, main_day
from counterclaim.resolving.main_place import FINENESS, distance, main_place

_FAR = 60.0
"""Kilometres between two towns from which a harm told in the second is another incident: above the width of a city with its
suburbs, below the distance of neighbouring provincial capitals in the restated reports (Mosul to Erbil is 80)."""

_NEXT = 15.0
"""Kilometres from which a town is another than the one reported on, though not far enough to tell another incident by."""


@dataclass(slots=True)
class Told:
    """An incident while its sentences are gathered."""

    sentences: list[HarmSentence] = field(default_factory=list)
    date: DateMention | None = None
    place: Place | None = None
    victims: set[str] = field(default_factory=set)


def sort_out(
    extraction: Extraction,
    statements: Sequence[Statement],
    told: Sequence[HarmSentence],
    places: Sequence[PlaceMention],
    dates: Sequence[DateMention],
    published: str | None,
) -> list[Told]:
    """The incidents that `told` tells of, the main one first."""
    main = Told(place=main_place(extraction, statements, told, places))
    elsewhere = {s.number for s in told if _other_place(s, main, _NEXT) is not None}
    main.date = main_day(extraction, statements, told, dates, published, elsewhere)
    told = [
        replace(s, dates=[d for d in s.dates if not dates_the_aftermath(extraction.text, d, s.span)]) if s.dates else s
        for s in told
    ]
    others: list[Told] = []
    last: tuple[HarmSentence, Told] | None = None
    for sentence in told:
        last = sentence, _place_in(extraction, sentence, main, others, last)
    sites = _sites(extraction, places)
    for other in others:
        other.place = other.place or next(filter(None, (_at_a_site(extraction, s, sites) for s in other.sentences)), None)
    return _with_harm_first([main, *others])


_SITE = r"(?:airport|airbase|airfield|hospital|camp|market|port|stadium|university|prison|border crossing|bridge|station)"
_NAMED_SITE = re.compile(rf"(?:['’]s?)?\s(?:\w+\s){{0,2}}?({_SITE})\b", re.IGNORECASE)
_THE_SITE = re.compile(rf"\b(?:at|near|outside|inside|in|on|around) the ({_SITE})\b(?! (?:of|in|near)\b)", re.IGNORECASE)


def _sites(extraction: Extraction, places: Sequence[PlaceMention]) -> dict[str, Place]:
    """Where the sites lie that the report names with their town ("Kabul's airport"), by their noun; none that it has two of."""
    found: dict[str, dict[str, Place]] = {}
    for mention in places:
        named = _NAMED_SITE.match(extraction.text, mention.span[1])
        if named is not None and FINENESS[mention.place.precision] <= 2:
            found.setdefault(named[1].lower(), {}).setdefault(mention.place.name, mention.place)
    return {noun: next(iter(of.values())) for noun, of in found.items() if len(of) == 1}


def _at_a_site(extraction: Extraction, sentence: HarmSentence, sites: dict[str, Place]) -> Place | None:
    """The town of a site that a sentence without a place of its own comes back to: "outside the airport"."""
    if sentence.places:
        return None
    return next((sites[m[1].lower()] for m in _THE_SITE.finditer(extraction.text, *sentence.span) if m[1].lower() in sites), None)


def _with_harm_first(groups: list[Told]) -> list[Told]:
    """The first incident with a toll of its own goes first where the main one has none: its day was the day of an arrest or a
    court, and what the report is about is the harm."""
    first = {h: _first_toll(groups[0], h) for h in ("killed", "injured")}
    if first["killed"] is not None:
        return groups
    for group in groups[1:]:
        at = _first_toll(group, "killed")
        if at is not None and (first["injured"] is None or at < first["injured"]):
            group.date = group.date or groups[0].date
            return [group, *(g for g in groups if g is not group)]
    return groups


def _first_toll(group: Told, harm: str) -> int | None:
    """Where the first figure of a harm stands that a group tells of and that is of the incident itself."""
    return min(
        (f.span[0] for s in group.sentences if not s.background for f in s.figures if f.harm == harm and f.scope == "incident"),
        default=None,
    )


_SAME_EVENT = re.compile(
    r"\b(?:the|that|this|his|her|their) (?:(?:air ?)?strike|raid|attack|bombing|blast|explosion|killing|shooting|assault)\b"
    r"|\b(?:the|that|this|his|her|their) deaths?\b",
    re.IGNORECASE,
)


def _place_in(
    extraction: Extraction, sentence: HarmSentence, main: Told, others: list[Told], last: tuple[HarmSentence, Told] | None
) -> Told:
    """Puts a sentence with the incident it tells of, and returns that."""
    named = next((o for o in others if o.victims & set(sentence.victims)), None)
    if named is not None:
        named.sentences.append(sentence)
        return named
    own_harm = (bool(sentence.figures) or bool(sentence.victims)) and not _is_later_death(extraction, sentence, main)
    date = _other_date(sentence, main)
    # the first to tell of harm is about the main incident, whatever towns it names
    place = _other_place(sentence, main) if main.sentences else None
    if own_harm and (date is not None or place is not None or sentence.background or (sentence.victims and main.sentences)):
        key = (date.start or date.value) if date is not None else None
        alike = [o for o in others if any(s.background for s in o.sentences) == sentence.background]
        same = next((o for o in alike if key is not None and o.date is not None and (o.date.start or o.date.value) == key), None)
        same = same or next((o for o in alike if key is None and _name(place) and _name(o.place) == _name(place)), None)
        if same is None:
            same = Told(date=date, place=place)
            others.append(same)
        same.place = same.place or place
        same.victims |= set(sentence.victims)
        same.sentences.append(sentence)
        return same
    if last is not None and last[1] is not main and _goes_on(extraction, last[0], sentence):
        last[1].sentences.append(sentence)
        return last[1]
    main.sentences.append(sentence)
    return main


_LATER = re.compile(
    r"\b(?:died|pronounced (?:dead|deceased)|succumbed|passed away|dies|removed from life support)\b", re.IGNORECASE
)


def _is_later_death(extraction: Extraction, sentence: HarmSentence, main: Told) -> bool:
    """Whether a sentence tells that one of those harmed before has died: the day in it is not the attack's."""
    hurt = any(f.harm in {"injured", "casualties"} for s in main.sentences for f in s.figures)
    dead = [f for f in sentence.figures if f.harm == "killed"]
    return hurt and len(dead) == 1 and dead[0].low == 1 and _LATER.search(extraction.text, *sentence.span) is not None


def _goes_on(extraction: Extraction, before: HarmSentence, sentence: HarmSentence) -> bool:
    """Whether a sentence goes on about the incident just told of: "the strike", same paragraph, no day of its own."""
    if sentence.figures or sentence.dates or sentence.number > before.number + 2:
        return False
    paragraph = next((p for p in extraction.paragraphs if within(before.span, p)), before.span)
    return within(sentence.span, paragraph) and _SAME_EVENT.search(extraction.text, *sentence.span) is not None


def _name(place: Place | None) -> str | None:
    return place.name if place is not None else None


def _other_date(sentence: HarmSentence, main: Told) -> DateMention | None:
    """The sentence's own day where it is not the main incident's; a month or year that holds the main day is no other day."""
    if main.date is None:
        return None
    for date in sentence.dates:
        if date.start == main.date.start and date.value == main.date.value:
            return None
    for date in sentence.dates:
        if not date.start or not main.date.start:
            if date.value != main.date.value and not date.start and not main.date.start:
                return date
            continue
        if (date.end or date.start) < main.date.start or date.start > (main.date.end or main.date.start):
            return date
    return None


def _other_place(sentence: HarmSentence, main: Told, far: float = _FAR) -> Place | None:
    """The first town that a sentence names, where all it names lie more than `far` km from the main incident's place; in another
    country where that place is no town, for the middle of a region lies far from most towns in it."""
    where = main.place
    if where is None or where.lat is None:
        return None
    towns = [m.place for m in sentence.places if FINENESS[m.place.precision] <= 2 and m.place.lat is not None]
    wide = FINENESS[where.precision] > 2
    if not towns or any(t.country == where.country if wide else (distance(t, where) or 0) <= far for t in towns):
        return None
    return towns[0]
