"""Which incidents one report tells of: the one it is about, others it names in passing, and totals over a time or an area.

The rule, printed: an incident is told by sentences that name an attack or its harm. The main one takes the place and the day
named most often in them, the early ones counting more. A sentence with a harm of its own and another day, another town far
off, or another victim by name tells of another incident. A figure that covers a time is an aggregate. Days beside a verb of
saying date the saying.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from counterclaim.records import (
    DateMention,
    DateRange,
    Detail,
    Extraction,
    Figure,
    IncidentMention,
    Offsets,
    PlaceMention,
    Range,
    Statement,
)
from counterclaim.resolving.cast import Cast
from counterclaim.resolving.harms import HarmSentence, harm_sentences, stands_for_a_speaker, tells_of_attack, within
from counterclaim.resolving.summaries import summarise
from counterclaim.resolving.telling import Told, sort_out
from counterclaim.resolving.times import as_range

_ACCUSABLE = frozenset({"state", "organ", "armed group", "organisation"})
_ACCUSING = frozenset({"blame", "figure"})
"""Acts that lay harm to their target: an accusation, and a toll told with its doer ("62 died in a coalition strike")."""


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
    told = harm_sentences(extraction, statements, figures, places, dates)
    if not figures and not any(tells_of_attack(extraction, event) for event in extraction.events):
        return tuple(statements), tuple(figures), ()
    groups = sort_out(extraction, statements, told, places, dates, published)
    main = groups[0]
    index = {s.number: i for i, group in reversed(list(enumerate(groups))) for s in group.sentences}
    of_figure = {f.id: i for i, group in enumerate(groups) for s in group.sentences for f in s.figures}
    number_of = _sentence_numbers(extraction)
    aggregates = [f for f in figures if f.scope in {"running", "period"}]
    figures = _placed(figures, of_figure, aggregates, len(groups))
    abroad = _abroad(extraction, places, main, statements)
    statements = tuple(_statement_in(s, extraction, index, number_of, figures, abroad) for s in statements)
    mentions = [_mention(i, group, extraction, statements, figures, cast) for i, group in enumerate(groups)]
    mentions += [_aggregate(f, dates, main, extraction.text) for f in aggregates]
    return statements, figures, tuple(mentions)


def _placed(
    figures: Sequence[Figure], of_figure: dict[str, int], aggregates: Sequence[Figure], groups: int
) -> tuple[Figure, ...]:
    """The figures with their `incident`; a part of a total over a time goes with that total, not with the incident around it."""
    out: list[Figure] = []
    for figure in figures:
        whole = next((f for f in reversed(out) if f.scope != "part" and f.harm == figure.harm), None)
        place = groups + aggregates.index(figure) if figure in aggregates else of_figure.get(figure.id)
        if figure.scope == "part" and whole is not None and whole.scope in {"running", "period"}:
            place = whole.incident
        out.append(replace(figure, incident=place))
    return tuple(out)


def placed_details(
    details: Sequence[Detail],
    statements: Sequence[Statement],
    figures: Sequence[Figure],
    incidents: Sequence[IncidentMention],
    extraction: Extraction,
) -> tuple[Detail, ...]:
    """The details with their `incident`: the one that words of the same sentence name (of several that of the nearest), else that
    of their statement. What one voice says of one incident again is left out."""
    named = sorted((words, n) for n, incident in enumerate(incidents) if not incident.aggregate for words in incident.evidence)
    of_statement = {s.id: s.incident for s in statements}
    out: dict[tuple[object, ...], Detail] = {}
    for detail in details:
        sentence = next((s for s in extraction.sentences if within(detail.span, s)), detail.span)
        counted = [f.scope in {"running", "period"} for f in figures if within(f.span, sentence)]
        if counted and all(counted):
            continue  # told of a time, and of no one attack
        near = [(abs(words[0] - detail.span[0]), n) for words, n in named if within(words, sentence)]
        incident = min(near)[1] if near else of_statement.get(detail.statement or "")
        out.setdefault(
            (detail.aspect, detail.kind, detail.polarity, detail.speaker, incident), replace(detail, incident=incident)
        )
    return tuple(out.values())


def _sentence_numbers(extraction: Extraction) -> list[tuple[Offsets, int]]:
    return [(s, i) for i, s in enumerate(extraction.sentences)]


def _number(offsets: Offsets, numbers: Sequence[tuple[Offsets, int]]) -> int:
    return next((i for s, i in numbers if s[0] <= offsets[0] < s[1]), -1)


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
    harm = any(within(e, p) for e in extraction.events for p in statement.content)
    for number in held:
        if number in index and (harm or statement.act != "other"):
            return replace(statement, incident=index[number])
    return replace(statement, incident=0) if statement.act not in {"other", "figure"} else statement


def _abroad(extraction: Extraction, places: Sequence[PlaceMention], main: Told, statements: Sequence[Statement]) -> list[Offsets]:
    """The sentences that name places of other countries than the main incident's, and none of its own."""
    home = main.place.country if main.place is not None else None
    if home is None:
        return []
    out = []
    for span in extraction.sentences:
        named = {
            p.place.country
            for p in places
            if within(p.span, span) and p.place.country and not stands_for_a_speaker(extraction, p, statements)
        }
        if named and home not in named:
            out.append(span)
    return out


def _mention(
    number: int, group: Told, extraction: Extraction, statements: Sequence[Statement], figures: Sequence[Figure], cast: Cast
) -> IncidentMention:
    mine = [f for f in figures if f.incident == number]
    date = as_range(group.date) if group.date is not None else None
    words = {e for s in group.sentences for e in s.events} | {f.span for f in mine}
    if group.date is not None and date is None:
        words.add(group.date.span)  # "on Wednesday": which one nobody can tell, but it was a Wednesday
    told = IncidentMention(
        main=number == 0,
        date=date,
        place=group.place,
        alleged=_alleged(number, group, statements, cast, extraction),
        evidence=tuple(sorted(words)),
    )
    return summarise(told, mine, extraction.text)


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
    r"^(?:(?:air)?strikes?|raids?|bombings?|bombardment|shelling|attacks?|drones?|missiles?|rockets?|sorties?|fire|offensive|assault)$",
    re.IGNORECASE,
)


def _alleged(number: int, group: Told, statements: Sequence[Statement], cast: Cast, extraction: Extraction) -> tuple[str, ...]:
    """Who is said to have done it: named right before a word of attack ("a coalition air strike"), accused in a statement on it,
    or admitting it. Those named at least half as often as the first."""
    text = extraction.text
    kinds = {a.name: a.kind for a in cast.actors}
    names: Counter[str] = Counter()
    for sentence in group.sentences:
        for event in _of_the_harm(sentence, text):
            for mention in extraction.mentions:
                if (
                    0 <= event[0] - mention.span[1] <= 24
                    and within(mention.span, sentence.span)
                    and _MEANS.match(text[mention.span[1] : event[0]])
                ):
                    actor = cast.at(mention.span)
                    if actor is not None and actor.kind in _ACCUSABLE:
                        names[actor.name] += 1
    for statement in statements:
        target = statement.target if statement.act in _ACCUSING and _accuses_of_harm(statement, extraction) else None
        if statement.incident == number and target and kinds.get(target) in _ACCUSABLE:
            names[target] += 1
        own = statement.side if kinds.get(statement.side or "") in _ACCUSABLE else statement.affiliation
        if statement.incident == number and statement.act == "admission" and own and kinds.get(own) in _ACCUSABLE:
            names[own] += 1
    ranked = sorted(names, key=lambda n: (-names[n], n))
    return tuple(n for n in ranked if names[n] * 2 >= names[ranked[0]])[:4]


def _of_the_harm(sentence: HarmSentence, text: str) -> Sequence[Offsets]:
    """The words of attack in a sentence; of several, where it tells how many were harmed, from the last before the number on:
    "the second American strike since the bombing that killed 13" lays the 13 to nobody."""
    attacks = [e for e in sentence.events if _ATTACKS.match(text[slice(*e)])]
    first = min((f.span[0] for f in sentence.figures), default=None)
    before = [] if first is None else [e for e in attacks if e[1] <= first]
    return [e for e in attacks if not before or e >= before[-1]]


def _accuses_of_harm(statement: Statement, extraction: Extraction) -> bool:
    """Whether an accusation is of the attack and not of what was said about it: it names the attack, or "blames" for it."""
    if any(within(e, p) for e in extraction.events for p in statement.content):
        return True
    return any(extraction.text[slice(*c)].lower().startswith("blam") for c in statement.cue)


def _open(covered: DateRange, date: DateMention, text: str) -> DateRange:
    """A total "since August 2014" has no end: EDTF writes it open."""
    since = re.search(r"\bsince\s+(?:\w+\s+)?$", text[max(0, date.span[0] - 16) : date.span[0]], re.IGNORECASE)
    return replace(covered, end="..") if since else covered


def _aggregate(figure: Figure, dates: Sequence[DateMention], main: Told, text: str) -> IncidentMention:
    near = [d for d in dates if d.type in {"date", "duration"} and abs(d.span[0] - figure.span[0]) < 160]
    ranges = [_open(r, d, text) for d in near if (r := as_range(d)) is not None]
    date = ranges[0] if ranges else None
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
