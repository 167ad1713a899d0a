"""The sentences of one report that tell of harm, each with the days, places and victims it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from counterclaim.records import DateMention, Extraction, Figure, Offsets, PlaceMention, Statement
from counterclaim.resolving.gazetteer import seat_of

_BEFORE_HARM = re.compile(r"\b(?:killed|killing|kills|wounded|injured|assassinated|murdered)\s+(?:\w+\s+)?$", re.IGNORECASE)
_AFTER_NAME = re.compile(
    r"^(?:['’]s)?\s+(?:death|killing|assassination|(?:was|were) (?:killed|assassinated|murdered|shot))", re.IGNORECASE
)


@dataclass(slots=True)
class HarmSentence:
    """One sentence that tells of harm: what it names."""

    span: Offsets
    number: int
    events: list[Offsets]
    figures: list[Figure]
    dates: list[DateMention]
    places: list[PlaceMention]
    victims: list[str]
    background: bool = False


def within(span: Offsets, inside: Offsets) -> bool:
    return inside[0] <= span[0] and span[1] <= inside[1]


def harm_sentences(
    extraction: Extraction,
    statements: Sequence[Statement],
    figures: Sequence[Figure],
    places: Sequence[PlaceMention],
    dates: Sequence[DateMention],
) -> list[HarmSentence]:
    """The sentences that tell of harm; one with figures on several days counts once for each day."""
    out: list[HarmSentence] = []
    elsewhere = {p.span for p in places if stands_for_a_speaker(extraction, p, statements)}
    for number, span in enumerate(extraction.sentences):
        events = [e for e in extraction.events if within(e, span)]
        held = [f for f in figures if within(f.span, span)]
        if not events and not held:
            continue
        said = [s for s in statements if any(a < span[1] and b > span[0] for a, b in s.content)]
        days = [d for d in dates if within(d.span, span) and dates_the_event(extraction.text, d, said, events)]
        answered = [d for d in days if _dates_what_was_answered(extraction.text, d, span)]
        where = [p for p in places if within(p.span, span) and p.span not in elsewhere]
        victims = _named_victims(extraction, span)
        background = _background(extraction.text, span, held)
        groups: dict[tuple[str, bool], list[Figure]] = {}
        of_day: dict[str, list[DateMention]] = {}
        for figure in held:
            own = [d for d in days if d not in answered or d.span[0] < figure.span[0]]
            day = _day_of(extraction.text, figure, own)
            key = (day.start or day.value) if day is not None else ""
            of_day[key] = [day] if day is not None else own
            groups.setdefault((key, figure in background), []).append(figure)
        if len(groups) < 2:
            total = bool(held) and all(f.scope in {"running", "period"} for f in held)
            behind = bool(background) or (number >= _OPENING and bool(days) and _AGAIN.search(extraction.text, *span) is not None)
            own = [d for d in days if d not in answered or (held and all(d.span[0] < f.span[0] for f in held))]
            out.append(HarmSentence(span, number, events, held, [] if total else own, where, victims, behind))
            continue
        for (key, behind), some in groups.items():
            out.append(HarmSentence(span, number, events, some, of_day[key], where, victims, behind))
    return out


_VIOLENCE = re.compile(
    r"kill|(?<!hydrogen )(?<!nuclear )(?<!atomic )bomb(?!shell)|air ?strike|massacre|shelling|shelled|explosion|blast|shooting"
    r"|gunfire|raid|ambush|assault",
    re.IGNORECASE,
)
"""Words of attack that tell of one by themselves; "struck", "target" and "attack" alone are also said of footballers."""

_WEAPON = re.compile(r"drone|missile|rocket|shell|shot|shoot", re.IGNORECASE)
"""Words that tell of an attack where something is hit: a rocket also goes to the moon, a shell is a company, a shot a picture."""

_HITS = re.compile(
    r"(?<!can )(?<!could )(?<!may )(?<!might )(?<!would )(?<!will )(?<!to )"
    r"\b(?:hit|struck|attacked|targeted|destroyed|damaged|slammed|intercepted|downed|(?:landed|fell) on"
    r"|(?<!\ba )(?<!\bany )(?:shot|shoots) (?:at|down|dead|in the|by the|(?:\w+ )?times|self|himself|herself|themselves)"
    r"|(?:was|were|been|being|gets?|got|getting) (?:\w+ ){0,2}shot"
    r"|fir(?:ed|es|ing) (?:[\w-]+ ){0,4}?(?:at|on|into|against)"
    r"(?! (?:the )?(?:\w+ )?(?:sea|ocean|pacific|waters?|air|sky|orbit)\b))\b",
    re.IGNORECASE,
)
"""What was hit or aimed at, and not what may be or could be."""

_WEAPON_STRIKES = re.compile(
    r"\w+(?:,? (?:and )?\w+){0,2}[\s-](?:strikes?|attacks?|barrages?|salvos?)\b|\w+ targets?\b", re.IGNORECASE
)
"""A weapon's name with an attack behind it: "drone and mortar strikes", "drones target convoys"."""


def tells_of_attack(extraction: Extraction, event: Offsets) -> bool:
    """Whether a word of harm tells by itself that somebody or something was attacked, where no number of harmed is given.

    Of 216 reports on news of every kind 107 tell of an incident by this, 140 where a weapon's name was enough; of the 33 between
    none tells of harm done."""
    text = extraction.text
    if _VIOLENCE.match(text, *event):
        return True
    if not _WEAPON.match(text, *event):
        return False
    sentence = next((s for s in extraction.sentences if within(event, s)), event)
    return _HITS.search(text, *sentence) is not None or _WEAPON_STRIKES.match(text, event[0], sentence[1]) is not None


_ATTACK = r"(?:air)?strikes?|raid|attack|bombings?|blast|explosion|shooting|killing|assault"
_BACKGROUND = re.compile(
    rf"\b(?:{_ATTACK}|drone|operation)\b[^.;,]{{0,30}}\bfollow(?:s|ed|ing)\s+(?:\w+\s+){{0,6}}?(?:{_ATTACK})\b"
    rf"|\b(?:since it claimed|in (?:reply|response|retaliation) (?:to|for)|avenge[sd]?)\s+(?:[\w’']+\s+){{0,6}}?(?:{_ATTACK})\b"
    rf"|\b(?:an?|the) (?:earlier|previous|separate|unrelated)\s+(?:\w+\s+){{0,3}}?(?:{_ATTACK})\b"
    r"|^\W*related stor(?:y|ies)\b"
    r"|^\W*(?:related|read more|more on|see also|also read|background|archives?)\b[^:\n.]{0,24}:"
    r"|^\W*(?:previous(?:ly)?|earlier|more|also)\s*:"
    rf"|\bdeadliest\b|\bdays? after\s+(?:\w+\s+){{0,4}}?(?=\d)|\bcomes? (?:just )?(?:\w+ ){{0,3}}after\b"
    r"|^\W*last (?:week|month|year)['’]s (?:\w+ ){0,2}"
    r"(?:strikes|raids|attacks|bombings|blasts|explosions|shootings|killings)\b"
    rf"|\b(?:in|by|with) another (?:\w+ ){{0,2}}(?:drone|{_ATTACK})\b",
    re.IGNORECASE,
)


_AGAIN = re.compile(r"\bagain (?:targeted|struck|hit|attacked|bombed|shelled|raided|fired|opened fire)\b", re.IGNORECASE)
"""Words for a later attack than the one told of; where they open a report they are its news."""

_OPENING = 2
"""Sentences that open a report."""


def _background(text: str, sentence: Offsets, figures: Sequence[Figure]) -> list[Figure]:
    """The figures of a sentence behind words for another, earlier attack ("followed a suicide bombing that killed 13"), and those
    before one that did them ("two were killed by another drone")."""
    found = _BACKGROUND.search(text[slice(*sentence)])
    if found is None:
        return []
    at = sentence[0] + found.start()
    by_it = _BY_ANOTHER.match(found[0]) is not None
    return [f for f in figures if f.span[0] > at or (by_it and not _CLAUSE_ENDS.search(text, f.span[1], at))]


_BY_ANOTHER = re.compile(r"(?:in|by|with) another\b", re.IGNORECASE)
_CLAUSE_ENDS = re.compile(r"[.;:,]|\b(?:and|but|while|as)\b")

_ANSWERED = re.compile(
    r"\b(?:in (?:reply|response|retaliation|revenge) (?:to|for)|(?:to )?aveng(?:e|ed|es|ing)|retaliat(?:ed|ing|es|ion) for|since)"
    r"\s+(?:the\s+)?(?:\w+['’]s\s+)?$",
    re.IGNORECASE,
)
"""Before the day of an attack that another one answered: "a drone killed two in reply to | Thursday's bombing"."""


def _dates_what_was_answered(text: str, date: DateMention, sentence: Offsets) -> bool:
    return (
        _ANSWERED.search(text, sentence[0], date.span[0]) is not None
        and re.match(rf"(?:['’]s?)?\s(?:\w+\s){{0,3}}?(?:{_ATTACK})\b", text[date.span[1] : sentence[1]], re.IGNORECASE)
        is not None
    )


def _day_of(text: str, figure: Figure, days: Sequence[DateMention]) -> DateMention | None:
    """The day nearest before the figure in its sentence, else one that follows at once."""
    before = [d for d in days if d.span[1] <= figure.span[0] and ";" not in text[d.span[1] : figure.span[0]]]
    if before:
        return max(before, key=lambda d: d.span[1])
    # 40 code points hold "were killed in Kabul " between a figure and its day
    after = [d for d in days if 0 <= d.span[0] - figure.span[1] <= 40]
    return min(after, key=lambda d: d.span[0]) if after else None


_LOCATIVE = re.compile(
    r"\b(?:in|near|at|outside|around|over|above|inside|across|beside)\s+"
    r"(?:the\s+|(?:north|south|east|west)(?:ern)?\s+|central\s+)*$",
    re.IGNORECASE,
)


_STRUCK = re.compile(rf"^(?:\s\w+){{0,2}}\s(?:{_ATTACK})\b", re.IGNORECASE)


_STANDS_THERE = re.compile(
    r"(?:['’]s)?\s(?:\w+\s)?(?:(?:air)?ports?|airbase|streets?|roads?|hospitals?|markets?|mosques?|schools?|bridges?|squares?|suburbs?"
    r"|outskirts|districts?|quarters?|neighbou?rhoods?|city cent(?:er|re)|residents?)\b"
)
"""Behind a capital what makes it a place and no government: "Kabul's airport"."""


def stands_for_a_speaker(extraction: Extraction, place: PlaceMention, statements: Sequence[Statement]) -> bool:
    """Whether a place only says where a speaker sits ("a correspondent in Erbil"), or stands for a government ("Moscow said")."""
    start, end = place.span
    sources = [piece for s in statements for piece in (*s.source, *s.via) if piece[0] <= start < piece[1]]
    if any(not any(within(e, source) for e in extraction.events) for source in sources):
        return True
    if seat_of(extraction.text[start:end]) is None and place.place.precision != "country":
        return False
    if _STRUCK.match(extraction.text[end : end + 40]):
        return place.place.precision == "country"  # "the Kabul drone strike" hit Kabul, "the Russian strike" is Russia's
    if _STANDS_THERE.match(extraction.text, end):
        return False
    if re.match(r"['’]s?\b", extraction.text[end : end + 2]):
        return True
    return not _LOCATIVE.search(extraction.text[max(0, start - 30) : start])


_SAYING = re.compile(
    r"\b(?:said|says|told [\w ]{1,30}|announced|reported|statement|briefing|conference|interview|confirmed|acknowledged|admitted"
    r"|added|wrote|report|published)"
    r"(?:\s+\w+){0,2}\s+(?:on\s+|earlier\s+|late\s+)?$"
)


def dates_the_event(text: str, date: DateMention, said: Sequence[Statement], events: Sequence[Offsets]) -> bool:
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
        if mention.kind != "person" or not within(mention.span, span):
            continue
        a, b = mention.span
        if _BEFORE_HARM.search(extraction.text[max(span[0], a - 24) : a]) or _AFTER_NAME.match(extraction.text[b : b + 24]):
            found.append(extraction.text[a:b].split()[-1])
    return found
