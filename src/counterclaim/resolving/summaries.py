"""How many were harmed in one incident, from the figures said of it, by a printed rule and one of two profiles.

The rule, printed (`plain`):

1. Only figures of the incident itself count; parts, totals of a time and running totals do not. Where no number of a harm is
   said of the whole, its parts count ("one of the victims has died").
2. Numbers said in one breath for one harm ("three children and three adults were killed") are one number, their sum. Nothing else
   is added: not victims and attacker, not the dead of two wards.
3. One person told of without a number ("a man was shot") and vague words ("dozens") count only where no number of that harm is
   said.
4. A number for a class ("five children") counts for all only where no number at least as high is said of people at large.
5. Those told of by a pronoun or with "the", as many as are said to be killed, are the killed ("the boy died. He was shot in the
   head"): they are no injured beside them, where they are all the injured there are. So is one said to have been shot where one
   is said to have died and nothing tells the two apart.
6. A number of those shot or hit that is the number of the killed and another of the injured together is of both ("four were
   shot: one died, three were wounded"): it is none of the injured.
7. `low` is the lowest and `high` the highest number said; an open "at least 90" counts as 90.

`airwars` follows that recorder's published house values and measured habits: "several" is 2, "many" 5 to 10, "dozens" 12 to 24,
"hundreds" 100 to 200; what the first paragraph says in its own voice is the recorder's count and stands; whoever is not said
to be a combatant is counted among the civilians.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from counterclaim.records import Figure, Harm, IncidentMention, Profile, Range, Reading, Victims

_CIVILIANS: tuple[Victims, ...] = ("civilians", "children", "women", "men")
_COMBATANTS: tuple[Victims, ...] = ("military", "militants")
_CLASSES: tuple[Victims, ...] = ("children", "women", "men", "staff")

_HOUSE = (
    (re.compile(r"\b(?:dozens|tens|scores|(?:a )?large number)\b", re.IGNORECASE), 12, 24),
    (re.compile(r"\bhundreds\b", re.IGNORECASE), 100, 200),
    (re.compile(r"\bmany\b", re.IGNORECASE), 5, 10),
)
"""What vague words are coded as (Airwars' published methodology, and its records: "dozens" 12 to 24 in 44 of 47)."""

_BARE = (2, 2)
"""What "several", "others" and a plural without a number are coded as there (about four in five)."""


@dataclass(frozen=True, slots=True)
class _Said:
    """One number said of an incident: of whom, and whether a number stands in its words."""

    low: int
    high: int
    victims: Victims
    counted: bool


def summarise(mention: IncidentMention, figures: Sequence[Figure], text: str, profile: Profile = "plain") -> IncidentMention:
    """The incident with its ranges filled from `figures`, those of the incident in text order."""
    figures = _without_both_together(_without_the_dead_again(figures, text), text)
    own = [f for f in figures if f.scope == "incident"]
    partly = [f for f in figures if f.scope in {"incident", "part"}]
    killed, injured = (_said(own, harm, text, profile) or _said(partly, harm, text, profile) for harm in ("killed", "injured"))
    each_killed, each_injured = (_said(own, harm, text, profile, join=False) for harm in ("killed", "injured"))
    parts = [s for f in figures if f.harm == "killed" and f.scope in {"incident", "part"} and (s := _value(f, text, profile))]
    summary = replace(
        mention,
        killed=_range(_whole(killed)),
        injured=_range(_whole(injured)),
        civilians_killed=_range(_whole([s for s in each_killed if s.victims in _CIVILIANS])),
        civilians_injured=_range(_whole([s for s in each_injured if s.victims in _CIVILIANS])),
        combatants_killed=_range(_whole([s for s in each_killed if s.victims in _COMBATANTS])),
        children=_range([s for s in parts if s.victims == "children"]),
        women=_range([s for s in parts if s.victims == "women"]),
        men=_range([s for s in parts if s.victims == "men"]),
    )
    if profile == "plain":
        return summary
    opening = text.find("\n\n") if "\n\n" in text else len(text)
    civilians = {}
    for harm in ("killed", "injured"):
        of_harm = [f for f in own if f.victims not in _COMBATANTS and f.harm in {harm, "casualties"}]
        lead = [f for f in of_harm if f.span[1] <= opening and _recorders_own(f)]
        body = [f for f in of_harm if f not in lead]
        civilians[harm] = _house_range(_said(lead, harm, text, profile), _said(body, harm, text, profile), lead, harm)
    return replace(summary, civilians_killed=civilians["killed"], civilians_injured=civilians["injured"])


_AGAIN = re.compile(r"(?:he|she|they|all|(?:the|both|these|those)\b(?! (?:other|second)))\b", re.IGNORECASE)
"""How words begin that tell of somebody told of before."""


def _without_the_dead_again(figures: Sequence[Figure], text: str) -> Sequence[Figure]:
    """The figures without injured who are the killed told of again, by rule 5: of 337 reports of shootings 32 counted their dead
    so; in 17 the words tell it, of which 13 are then right and 1 that was right no longer."""
    dead = {f.low for f in figures if f.harm == "killed" and f.scope == "incident" and f.low == f.high}
    hurt = [f for f in figures if f.harm == "injured" and f.scope in {"incident", "part"}]
    one = [f for f in figures if f.harm == "killed" and f.scope == "incident"] if dead == {1} else []
    if not hurt or not all(
        f.low == f.high and f.low in dead and (_told_of_before(f, text) or any(_may_be_one(f, d, text) for d in one))
        for f in hurt
    ):
        return figures
    return [f for f in figures if f not in hurt]


_ANOTHER = re.compile(r"\b(?:another|other|second|also|too)\b", re.IGNORECASE)
_AGED = re.compile(r"\b(\d{1,3})[- ]years?[- ]old\b", re.IGNORECASE)


_HE = re.compile(r"\b(?:he|him|his|m[ae]n|boys?|father|brother|son|uncle|grandson|nephew)\b", re.IGNORECASE)
_SHE = re.compile(r"\b(?:she|her|wom[ae]n|girls?|mother|sister|daughter|aunt|niece|wife)\b", re.IGNORECASE)


def _may_be_one(hurt: Figure, dead: Figure, text: str) -> bool:
    """Whether somebody told to have been shot, and not wounded, may be the one who died: nothing tells them apart."""
    words = [text[max(0, f.span[0] - 12) : f.span[1] + 12] for f in (hurt, dead)]
    if not _SHOT.search(words[0]) or _WOUNDED.search(words[0]) or any(_ANOTHER.search(w) for w in words):
        return False
    of_him, of_her = ([bool(p.search(text[slice(*f.span)])) for f in (hurt, dead)] for p in (_HE, _SHE))
    if any(of_him) and any(of_her):
        return False
    ages = [set(_AGED.findall(w)) for w in words]
    classes = {hurt.victims, dead.victims} - {"unspecified", "civilians"}
    return len(classes) < 2 and (not all(ages) or ages[0] == ages[1])


_SHOT = re.compile(r"\b(?:shot|shooting|struck|hit|stabbed|gunned down)\b", re.IGNORECASE)
_WOUNDED = re.compile(r"\b(?:injur\w+|wound\w*|hurt|hospital\w*|condition)\b", re.IGNORECASE)


def _without_both_together(figures: Sequence[Figure], text: str) -> Sequence[Figure]:
    """The figures without those that count killed and injured together by being shot or hit, by rule 6."""
    exact = [f for f in figures if f.low == f.high and f.low and f.scope == "incident"]
    dead = {f.low for f in exact if f.harm == "killed"} | {
        1 for f in figures if f.harm == "killed" and f.scope == "part" and f.low == 1
    }
    hurt = {f.low for f in exact if f.harm == "injured"}

    def both(figure: Figure) -> bool:
        words = text[figure.span[0] : figure.span[1] + 24]  # 24 code points hold " people had been shot in"
        if figure not in exact or figure.harm != "injured" or not _SHOT.search(words) or _WOUNDED.search(words):
            return False
        return any((figure.low or 0) - (killed or 0) in hurt for killed in dead)

    return [f for f in figures if not both(f)]


def _told_of_before(figure: Figure, text: str) -> bool:
    start = figure.span[0]
    return _AGAIN.match(text, start) is not None or text[max(0, start - 4) : start].lower() in {"all ", "the "}


_UNNAMED_MANY = re.compile(r"(?:\w+ ){0,2}(?:reports?|reporting|sources|media|accounts)$", re.IGNORECASE)


def _recorders_own(figure: Figure) -> bool:
    """Whether a figure is the recorder's, who may sum up what "local reports" or "sources" say without naming one."""
    return figure.speaker is None or _UNNAMED_MANY.fullmatch(figure.speaker) is not None


def _house_range(lead: Sequence[_Said], body: Sequence[_Said], figures: Sequence[Figure], harm: Harm) -> Range | None:
    """The recorder's own count where the first paragraph gives one: what it leaves open above ("at least") or below ("up to")
    the sources close; else what the sources say."""
    stated, told = _range(_whole(lead)), _range(_whole(body))
    if stated is None or stated.high == 0 or told is None:
        return stated if stated is not None and stated.high else told or stated
    if any(s.counted and s.high > 0 for s in body) and not any(s.counted for s in lead):
        return told  # "a number of others" leaves the number to the sources
    low, high = stated.low, stated.high
    said = [f for f in figures if f.harm == harm and f.qualifier != "vague"]
    capped = any(f.low is None for f in said)
    based = any(f.low is not None for f in said)
    if any(f.high is None for f in said) and not capped:
        high = max(high or 0, told.high or 0)
    if capped and not based:
        low = max(1, min(low or 0, told.low or 0))
    return Range(low, high)


def with_profile(reading: Reading, profile: Profile) -> Reading:
    """`reading` with its incident summaries as `profile` has them; figures and all else stay as they are."""
    if profile == "plain" or not reading.incidents:
        return reading
    told = []
    for number, incident in enumerate(reading.incidents):
        own = [f for f in reading.figures if f.incident == number]
        told.append(incident if incident.aggregate else summarise(incident, own, reading.text, profile))
    return replace(reading, incidents=tuple(told))


TOLLS = ("killed", "injured", "civilians_killed", "civilians_injured", "combatants_killed", "children", "women", "men")
"""The ranges of a summary, by the names of their fields."""


def across(mentions: Sequence[IncidentMention]) -> dict[str, Range]:
    """Lowest and highest of each range over the mentions of one incident in several reports; what none gives is left out."""
    ranges = {name: [r for m in mentions if (r := getattr(m, name)) is not None] for name in TOLLS}
    return {name: _spanning(some) for name, some in ranges.items() if some}


def _spanning(ranges: Sequence[Range]) -> Range:
    lows = [r.low for r in ranges if r.low is not None]
    highs = [r.high for r in ranges if r.high is not None]
    return Range(min(lows, default=None), max(highs, default=None))


def _said(figures: Sequence[Figure], harm: Harm, text: str, profile: Profile, *, join: bool = True) -> list[_Said]:
    """The numbers said for a harm; with `join`, those said in one breath as one."""
    found: list[_Said] = []
    before: Figure | None = None
    for figure in figures:
        both = profile == "airwars" and figure.harm == "casualties" and figure.qualifier == "vague"
        if figure.harm != harm and not both:
            continue
        said = _value(figure, text, profile)
        if said is None:
            continue
        if (
            join
            and before is not None
            and found
            and _one_breath(text[before.span[1] : figure.span[0]], before.victims, figure.victims)
        ):
            last = found[-1]
            victims = last.victims if last.victims == said.victims else "unspecified"
            found[-1] = _Said(last.low + said.low, last.high + said.high, victims, last.counted or said.counted)
        else:
            found.append(said)
        before = figure
    return found


_BREATH = re.compile(r"(?:\s+of the [\w'’ -]{2,30})?\s*(?:,|,?\s*and|,?\s*as well as|,?\s*plus)\s*(?:another|a further|also)?\s*")


def _one_breath(between: str, first: Victims, second: Victims) -> bool:
    """Whether two numbers are of one list; a comma alone joins only classes that cannot hold one another."""
    apart = {"civilians", "military", "militants", "staff"}
    return _BREATH.fullmatch(between) is not None and (between.strip() != "," or (first != second and {first, second} <= apart))


_NUMBERED = re.compile(r"\b(?:one|1|single|lone|sole)\b|\w\s+(?:and|,)\s+\w", re.IGNORECASE)


def _value(figure: Figure, text: str, profile: Profile) -> _Said | None:
    """The number that a figure says under a profile, None where it says none."""
    low, high = figure.low, figure.high
    words = text[slice(*figure.span)]
    if profile == "airwars" and figure.qualifier == "vague":
        low, high = next(((a, b) for pattern, a, b in _HOUSE if pattern.search(words)), _BARE)
    low, high = (high if low is None else low), (low if high is None else high)
    if low is None or high is None:
        return None
    counted = (low, high) != (1, 1) or figure.qualifier != "exact" or _NUMBERED.search(words) is not None
    if figure.qualifier == "vague":
        counted = profile != "plain" and (low, high) != _BARE
    return _Said(low, high, figure.victims, counted)


def _whole(said: Sequence[_Said]) -> list[_Said]:
    """The numbers that are of all harmed, by rules 3 and 4."""
    counted = [s for s in said if s.counted and s.high > 0] and [s for s in said if s.counted]
    kept = counted or [s for s in said if s.high > 1] or list(said)
    at_large = max((s.high for s in kept if s.victims not in _CLASSES), default=0)
    return [s for s in kept if s.victims not in _CLASSES or s.high > at_large]


def _range(said: Sequence[_Said]) -> Range | None:
    return Range(min(s.low for s in said), max(s.high for s in said)) if said else None
