"""Which incidents one report tells of: the one it is about, others it names in passing, and totals over a time or an area.

The rule, printed: an incident is told by sentences that name an attack or its harm. The main one takes the place and the day named most
often in them, the early ones counting more. A sentence with a harm of its own and another day, another town far off, or
another victim by name tells of another incident. A figure that covers a time is an aggregate. Days beside a verb of saying date the saying.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from counterclaim.records import (
    DateMention,
    DateRange,
    Extraction,
    Figure,
    IncidentMention,
    Offsets,
    Place,
    PlaceMention,
    Range,
    Statement,
)
from counterclaim.resolving.actors import Cast
from counterclaim.resolving.gazetteer import seat_of
from counterclaim.resolving.times import as_range

_FAR = 60.0
"""Kilometres between two towns from which a harm told in the second is another incident: above the width of a city with its
suburbs, below the distance of neighbouring provincial capitals in the restated reports (Mosul to Erbil is 80)."""

_LEAD = 4
"""Sentences at the head of a report that count three times: in the restated reports the first four name the place and day of the main incident."""

_HARM = re.compile(
    r"\b(?:kill|die|dead|death|wound|injur|hurt|casualt|bodies|victim|massacre|bomb|blast|explosion|shot|shoot)", re.IGNORECASE
)
_BEFORE_HARM = re.compile(r"\b(?:killed|killing|kills|wounded|injured|assassinated|murdered)\s+(?:\w+\s+)?$", re.IGNORECASE)
_AFTER_NAME = re.compile(
    r"^(?:['’]s)?\s+(?:death|killing|assassination|(?:was|were) (?:killed|assassinated|murdered|shot))", re.IGNORECASE
)
_FINE = {"exact": 0, "neighbourhood": 1, "near": 2, "city": 2, "region": 3, "country": 4, "unknown": 5}
_ACCUSABLE = frozenset({"state", "organ", "armed group", "organisation"})


@dataclass(slots=True)
class _Sentence:
    """One sentence that tells of harm: what it names."""

    span: Offsets
    number: int
    events: list[Offsets]
    figures: list[Figure]
    dates: list[DateMention]
    places: list[PlaceMention]
    victims: list[str]
    background: bool = False


@dataclass(slots=True)
class _Told:
    """An incident while its sentences are gathered."""

    sentences: list[_Sentence] = field(default_factory=list)
    date: DateMention | None = None
    place: Place | None = None
    victims: set[str] = field(default_factory=set)


def tell_incidents(
    extraction: Extraction,
    statements: Sequence[Statement],
    figures: Sequence[Figure],
    places: Sequence[PlaceMention],
    dates: Sequence[DateMention],
    cast: Cast,
    published: str | None,
) -> tuple[tuple[Statement, ...], tuple[Figure, ...], tuple[IncidentMention, ...]]:
    """The incidents of one report, the main one first, and the statements and figures with their `incident` filled."""
    told = _harm_sentences(extraction, statements, figures, places, dates)
    if not told:
        return tuple(statements), tuple(figures), ()
    main = _Told(date=_main_date(told, published), place=_main_place(extraction, told))
    others: list[_Told] = []
    last: tuple[_Sentence, _Told] | None = None
    for sentence in told:
        last = sentence, _place_in(extraction, sentence, main, others, last)
    groups = [main, *others]
    index = {s.number: i for i, group in reversed(list(enumerate(groups))) for s in group.sentences}
    of_figure = {f.id: i for i, group in enumerate(groups) for s in group.sentences for f in s.figures}
    number_of = _sentence_numbers(extraction)
    aggregates = [f for f in figures if f.scope in {"running", "period"}]
    figures = tuple(
        replace(f, incident=len(groups) + aggregates.index(f) if f in aggregates else of_figure.get(f.id)) for f in figures
    )
    abroad = _abroad(extraction, places, main, statements)
    statements = tuple(_statement_in(s, extraction, index, number_of, figures, abroad) for s in statements)
    mentions = [_mention(i, group, extraction, statements, figures, cast) for i, group in enumerate(groups)]
    mentions += [_aggregate(f, dates, main) for f in aggregates]
    return statements, figures, tuple(mentions)


def _sentence_numbers(extraction: Extraction) -> list[tuple[Offsets, int]]:
    return [(s, i) for i, s in enumerate(extraction.sentences)]


def _number(offsets: Offsets, numbers: Sequence[tuple[Offsets, int]]) -> int:
    return next((i for s, i in numbers if s[0] <= offsets[0] < s[1]), -1)


def _within(span: Offsets, inside: Offsets) -> bool:
    return inside[0] <= span[0] and span[1] <= inside[1]


def _harm_sentences(
    extraction: Extraction,
    statements: Sequence[Statement],
    figures: Sequence[Figure],
    places: Sequence[PlaceMention],
    dates: Sequence[DateMention],
) -> list[_Sentence]:
    """The sentences that tell of harm; one with figures on several days counts once for each day."""
    out: list[_Sentence] = []
    elsewhere = {p.span for p in places if _is_speakers(extraction, p, statements)}
    for number, span in enumerate(extraction.sentences):
        events = [e for e in extraction.events if _within(e, span)]
        held = [f for f in figures if _within(f.span, span)]
        if not events and not held:
            continue
        said = [s for s in statements if any(a < span[1] and b > span[0] for a, b in s.content)]
        days = [d for d in dates if _within(d.span, span) and _dates_the_event(extraction.text, d, said, events)]
        where = [p for p in places if _within(p.span, span) and p.span not in elsewhere]
        victims = _named_victims(extraction, span)
        background = _background(extraction.text, span, held)
        groups: dict[tuple[str, bool], list[Figure]] = {}
        of_day: dict[str, list[DateMention]] = {}
        for figure in held:
            day = _day_of(extraction.text, figure, days)
            key = (day.start or day.value) if day is not None else ""
            of_day[key] = [day] if day is not None else days
            groups.setdefault((key, figure in background), []).append(figure)
        if len(groups) < 2:
            total = bool(held) and all(f.scope in {"running", "period"} for f in held)
            out.append(_Sentence(span, number, events, held, [] if total else days, where, victims, bool(background)))
            continue
        for (key, behind), some in groups.items():
            out.append(_Sentence(span, number, events, some, of_day[key], where, victims, behind))
    return out


_BACKGROUND = re.compile(
    r"\b(?:follow(?:s|ed|ing)|after|since it claimed|in (?:reply|response|retaliation) (?:to|for)|avenge[sd]?|(?:an?|the) (?:earlier|previous|separate|unrelated))"
    r"\s+(?:\w+\s+){0,6}?(?:strike|airstrike|raid|attack|bombing|bombings|blast|explosion|shooting|killing|assault)\b"
    r"|\b(?:in|by|with) (?:an earlier|a previous|a separate|another) (?:\w+ ){0,2}(?:strike|airstrike|raid|attack|bombing|drone|blast|shooting)\b",
    re.IGNORECASE,
)


def _background(text: str, sentence: Offsets, figures: Sequence[Figure]) -> list[Figure]:
    """The figures of a sentence that stand behind words for another, earlier attack ("followed a suicide bombing that killed 13")."""
    found = _BACKGROUND.search(text, *sentence)
    return [f for f in figures if found is not None and f.span[0] > found.start()]


def _day_of(text: str, figure: Figure, days: Sequence[DateMention]) -> DateMention | None:
    """The day nearest before the figure in its sentence, else one that follows at once."""
    before = [d for d in days if d.span[1] <= figure.span[0] and ";" not in text[d.span[1] : figure.span[0]]]
    if before:
        return max(before, key=lambda d: d.span[1])
    # 40 code points hold "were killed in Kabul " between a figure and its day
    after = [d for d in days if 0 <= d.span[0] - figure.span[1] <= 40]
    return min(after, key=lambda d: d.span[0]) if after else None


_LOCATIVE = re.compile(
    r"\b(?:in|near|at|outside|around|over|above|inside|across|beside)\s+(?:the\s+|(?:north|south|east|west)(?:ern)?\s+|central\s+)*$",
    re.IGNORECASE,
)


def _is_speakers(extraction: Extraction, place: PlaceMention, statements: Sequence[Statement]) -> bool:
    """Whether a place only says where a speaker sits ("a correspondent in Erbil"), or a capital or country stands for its government."""
    for statement in statements:
        if any(a <= place.span[0] < b for a, b in (*statement.source, *statement.via)):
            return True
    named = extraction.text[slice(*place.span)]
    if seat_of(named) is None and place.place.precision != "country":
        return False
    if re.match(r"['’]s?\b", extraction.text[place.span[1] : place.span[1] + 2]):
        return True
    return not _LOCATIVE.search(extraction.text[max(0, place.span[0] - 30) : place.span[0]])


_SAYING = re.compile(
    r"\b(?:said|says|told [\w ]{1,30}|announced|reported|statement|briefing|conference|interview|confirmed|acknowledged|admitted|added|wrote|report|published)"
    r"(?:\s+\w+){0,2}\s+(?:on\s+|earlier\s+|late\s+)?$"
)


def _dates_the_event(text: str, date: DateMention, said: Sequence[Statement], events: Sequence[Offsets]) -> bool:
    """Whether a time expression dates the harm and not the saying: it stands inside what is said or nearer to a word of attack
    than to a verb of saying, and not right behind one."""
    if date.type not in {"date", "time"} or date.value.endswith("_REF"):
        return False
    if _SAYING.search(text[max(0, date.span[0] - 60) : date.span[0]]):
        return False
    if not said or any(a <= date.span[0] and date.span[1] <= b for s in said for a, b in s.content):
        return True
    cues = [c for s in said for c in s.cue]
    near_cue = min((min(abs(date.span[0] - c[1]), abs(c[0] - date.span[1])) for c in cues), default=10_000)
    near_event = min((min(abs(date.span[0] - e[1]), abs(e[0] - date.span[1])) for e in events), default=10_000)
    return near_event < near_cue


def _named_victims(extraction: Extraction, span: Offsets) -> list[str]:
    found = []
    for mention in extraction.mentions:
        if mention.kind != "person" or not _within(mention.span, span):
            continue
        a, b = mention.span
        if _BEFORE_HARM.search(extraction.text[max(span[0], a - 24) : a]) or _AFTER_NAME.match(extraction.text[b : b + 24]):
            found.append(extraction.text[a:b].split()[-1])
    return found


def _main_date(told: Sequence[_Sentence], published: str | None) -> DateMention | None:
    """The day named most often beside the harm: early sentences count three times, a day three times a month or year, and
    a date twice that stands within 25 code points of a word of attack ("the March 17 strike"). The day of publication counts half,
    since what is dated by it is mostly the saying; sentences about an earlier attack do not count."""
    counts: Counter[str] = Counter()
    first: dict[str, DateMention] = {}
    for rank, sentence in enumerate(told):
        for date in sentence.dates if not sentence.background else ():
            key = date.start or date.value
            day = as_range(date)
            close = any(min(abs(date.span[0] - e[1]), abs(e[0] - date.span[1])) <= 25 for e in sentence.events)
            known = first.get(key)
            if known is None or (day is not None and day.precision == 1 and known.type == "time"):
                first[key] = date
            weight = (6 if rank < _LEAD else 2) * (3 if day is not None and day.precision == 1 else 1) * (2 if close else 1)
            counts[key] += weight // 2 if key == published else weight
    if not counts:
        return None
    best = max(counts.values())
    return next(first[k] for k in first if counts[k] == best)


def _main_place(extraction: Extraction, told: Sequence[_Sentence]) -> Place | None:
    """The place named most often beside the harm; a quarter goes before its city, a city before its country."""
    counts: Counter[str] = Counter()
    first: dict[str, Place] = {}
    for rank, sentence in enumerate(told):
        for mention in sentence.places:
            place = mention.place
            if _is_dateline(extraction, mention):
                continue
            first.setdefault(place.name, place)
            weight = 3 if rank < _LEAD else 1
            near = any(0 <= mention.span[0] - e[1] <= 60 or 0 <= e[0] - mention.span[1] <= 30 for e in sentence.events)
            counts[place.name] += weight * (2 if near else 1) * {0: 4, 1: 4, 2: 4, 3: 2, 4: 1, 5: 1}[_FINE[place.precision]]
    if not counts:
        return None
    best = max(counts.values())
    place = next(first[n] for n in first if counts[n] == best)
    finer = [
        p
        for p in first.values()
        if _FINE[p.precision] < _FINE[place.precision] and _km(p, place) is not None and (_km(p, place) or 0) < 15
    ]
    return max(finer, key=lambda p: counts[p.name]) if finer and place.precision in {"city", "near"} else place


def _is_dateline(extraction: Extraction, mention: PlaceMention) -> bool:
    """Whether the place only says where the report was written ("BAGHDAD (Reuters) - ...")."""
    start, end = mention.span
    opens = any(p[0] <= start <= p[0] + 40 for p in extraction.paragraphs)
    return opens and (
        extraction.text[start:end].isupper()
        or re.match(r"[^.\n]{0,30}(?:\([^)]{2,30}\)|/[A-Z]{2,}/)\s*[-–—:.]", extraction.text[end : end + 70]) is not None
    )


def _km(a: Place, b: Place) -> float | None:
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return None
    la, lo, lb, lp = map(math.radians, (a.lat, a.lon, b.lat, b.lon))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((lp - lo) / 2) ** 2
    return 12742 * math.asin(math.sqrt(h))


_SAME_EVENT = re.compile(
    r"\b(?:the|that|this|his|her|their) (?:air ?strike|strike|raid|attack|bombing|blast|explosion|killing|shooting|assault|death|deaths)\b",
    re.IGNORECASE,
)


def _place_in(
    extraction: Extraction, sentence: _Sentence, main: _Told, others: list[_Told], last: tuple[_Sentence, _Told] | None
) -> _Told:
    """Puts a sentence with the incident it tells of, and returns that."""
    named = next((o for o in others if o.victims & set(sentence.victims)), None)
    if named is not None:
        named.sentences.append(sentence)
        return named
    own_harm = bool(sentence.figures) or bool(sentence.victims)
    date = _other_date(sentence, main)
    place = _other_place(sentence, main)
    if own_harm and (date is not None or place is not None or sentence.background or (sentence.victims and main.sentences)):
        key = (date.start or date.value) if date is not None else None
        same = next((o for o in others if key is not None and o.date is not None and (o.date.start or o.date.value) == key), None)
        same = same or next((o for o in others if key is None and _name(place) and _name(o.place) == _name(place)), None)
        if same is None:
            same = _Told(date=date, place=place)
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


def _goes_on(extraction: Extraction, before: _Sentence, sentence: _Sentence) -> bool:
    """Whether a sentence goes on about the incident just told of: "the strike", in the same paragraph, with no figure or day of its own."""
    if sentence.figures or sentence.dates or sentence.number > before.number + 2:
        return False
    paragraph = next((p for p in extraction.paragraphs if _within(before.span, p)), before.span)
    return _within(sentence.span, paragraph) and _SAME_EVENT.search(extraction.text, *sentence.span) is not None


def _name(place: Place | None) -> str | None:
    return place.name if place is not None else None


def _other_date(sentence: _Sentence, main: _Told) -> DateMention | None:
    """The sentence's own day where it is another than the main incident's; a month or year that holds the main day is no other day."""
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


def _other_place(sentence: _Sentence, main: _Told) -> Place | None:
    if main.place is None or main.place.lat is None:
        return None
    towns = [m.place for m in sentence.places if _FINE[m.place.precision] <= 2 and m.place.lat is not None]
    if not towns or any((_km(t, main.place) or 0) <= _FAR for t in towns):
        return None
    return towns[0]


def _statement_in(
    statement: Statement,
    extraction: Extraction,
    index: dict[int, int],
    numbers: Sequence[tuple[Offsets, int]],
    figures: Sequence[Figure],
    abroad: Sequence[Offsets],
) -> Statement:
    """A statement belongs where the figure or sentence does that it holds. An accusation, denial or demand without a word of harm
    belongs to the main incident, unless its sentence speaks of another country only; other talk belongs to none."""
    tolls = [f for f in figures if f.statement == statement.id and f.incident is not None]
    if tolls:
        return replace(statement, incident=tolls[0].incident)
    held = [_number(piece, numbers) for piece in statement.content]
    if any(extraction.sentences[n] in abroad for n in held if n >= 0):
        return statement
    harm = any(_within(e, p) for e in extraction.events for p in statement.content)
    for number in held:
        if number in index and (harm or statement.act != "other"):
            return replace(statement, incident=index[number])
    return replace(statement, incident=0) if statement.act not in {"other", "figure"} else statement


def _abroad(
    extraction: Extraction, places: Sequence[PlaceMention], main: _Told, statements: Sequence[Statement]
) -> list[Offsets]:
    """The sentences that name places of other countries than the main incident's, and none of its own."""
    home = main.place.country if main.place is not None else None
    if home is None:
        return []
    out = []
    for span in extraction.sentences:
        named = {
            p.place.country
            for p in places
            if _within(p.span, span) and p.place.country and not _is_speakers(extraction, p, statements)
        }
        if named and home not in named:
            out.append(span)
    return out


def _mention(
    number: int, group: _Told, extraction: Extraction, statements: Sequence[Statement], figures: Sequence[Figure], cast: Cast
) -> IncidentMention:
    mine = [f for f in figures if f.incident == number]
    date = as_range(group.date) if group.date is not None else None
    killed = [f for f in mine if f.harm == "killed" and f.scope == "incident"]
    injured = [f for f in mine if f.harm == "injured" and f.scope == "incident"]

    def of(tolls: Sequence[Figure], *classes: str) -> Range | None:
        return _range([f for f in tolls if f.victims in classes])

    parts = [f for f in mine if f.harm == "killed"]
    return IncidentMention(
        main=number == 0,
        date=date,
        place=group.place,
        alleged=_alleged(number, group, statements, cast, extraction),
        evidence=tuple(sorted({e for s in group.sentences for e in s.events} | {f.span for f in mine})),
        killed=_range(killed),
        injured=_range(injured),
        civilians_killed=of(killed, "civilians", "children", "women", "men"),
        civilians_injured=of(injured, "civilians", "children", "women", "men"),
        combatants_killed=of(killed, "military", "militants"),
        children=of(parts, "children"),
        women=of(parts, "women"),
        men=of(parts, "men"),
    )


def _range(figures: Sequence[Figure]) -> Range | None:
    """Lowest and highest number said: an open "at least 90" counts as 90 at both ends; None where no number was said."""
    lows = [f.low if f.low is not None else f.high for f in figures]
    highs = [f.high if f.high is not None else f.low for f in figures]
    known_low, known_high = [n for n in lows if n is not None], [n for n in highs if n is not None]
    return Range(min(known_low), max(known_high)) if known_low and known_high else None


_MEANS = re.compile(
    r"^[\s-]*(?:led\s)?(?:(?:air|drone|artillery|rocket|missile|suicide|tank|military|bomb|warplane|coalition)[\s-]*){0,2}$",
    re.IGNORECASE,
)
_ATTACKS = re.compile(
    r"^(?:air)?(?:strikes?|raids?|bombings?|bombardment|shelling|attacks?|drones?|missiles?|rockets?|sorties?|fire|offensive|assault)$",
    re.IGNORECASE,
)


def _alleged(number: int, group: _Told, statements: Sequence[Statement], cast: Cast, extraction: Extraction) -> tuple[str, ...]:
    """Who is said to have done it: named right before a word of attack ("a coalition air strike"), or accused in a statement on it, or
    admitting it. Those named at least half as often as the first."""
    text = extraction.text
    kinds = {a.name: a.kind for a in cast.actors}
    names: Counter[str] = Counter()
    for sentence in group.sentences:
        for event in sentence.events:
            if not _ATTACKS.match(text[slice(*event)]):
                continue
            for mention in extraction.mentions:
                if (
                    0 <= event[0] - mention.span[1] <= 24
                    and _within(mention.span, sentence.span)
                    and _MEANS.match(text[mention.span[1] : event[0]])
                ):
                    actor = cast.at(mention.span)
                    if actor is not None and actor.kind in _ACCUSABLE:
                        names[actor.name] += 1
    for statement in statements:
        if (
            statement.incident == number
            and statement.act == "blame"
            and statement.target
            and kinds.get(statement.target) in _ACCUSABLE
        ):
            names[statement.target] += 1
        own = statement.side if kinds.get(statement.side or "") in _ACCUSABLE else statement.affiliation
        if statement.incident == number and statement.act == "admission" and own and kinds.get(own) in _ACCUSABLE:
            names[own] += 1
    ranked = sorted(names, key=lambda n: (-names[n], n))
    return tuple(n for n in ranked if names[n] * 2 >= names[ranked[0]])[:4]


def _aggregate(figure: Figure, dates: Sequence[DateMention], main: _Told) -> IncidentMention:
    near = [d for d in dates if d.type in {"date", "duration"} and abs(d.span[0] - figure.span[0]) < 160]
    ranges = [r for d in near if (r := as_range(d)) is not None]
    date: DateRange | None = ranges[0] if ranges else None
    said = _range([figure])
    return IncidentMention(
        main=False,
        date=date,
        place=main.place if figure.scope == "period" else None,
        aggregate=True,
        evidence=(figure.span,),
        killed=said if figure.harm == "killed" else None,
        injured=said if figure.harm == "injured" else None,
        civilians_killed=said if figure.harm == "killed" and figure.victims == "civilians" else None,
    )
