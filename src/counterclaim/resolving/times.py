"""Finds the time expressions of a text and says which days they cover, reckoned from publication and from one another."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from counterclaim.records import DateMention, DateRange, Offsets
from counterclaim.resolving.time_dates import DAYS, STRETCHES, Rule, Sight
from counterclaim.resolving.time_hours import HOURS, widened
from counterclaim.resolving.time_relative import NAMED_DAYS, RELATIVES
from counterclaim.resolving.time_values import LEAP, Clock, Meaning, Tense, on

_RULES: tuple[Rule, ...] = (*DAYS, *NAMED_DAYS, *STRETCHES, *RELATIVES, *HOURS)
"""In order of preference where two match the same words; a longer match comes before any."""
_WITH_HOUR = frozenset(rule.name for rule in (*DAYS, *NAMED_DAYS))

_AHEAD = re.compile(
    r"\b(?:will|won['’]t|shall|would(?! have)|scheduled|expect(?:ed|s)? to|plan(?:s|ned|ning)? (?:to|for)|intends? to|set for"
    r"|(?:is|are|was|were) (?:due )?to|going to|upcoming|ahead of|until|no later than|as (?:soon|early) as"
    r"|to be held|to begin|to start)\b|['’]ll\b", re.IGNORECASE
)  # fmt: skip
_SAID = re.compile(r"\b(?:said|told|announced|reported|stated|added)\b", re.IGNORECASE)
_CLAUSE = 90
"""How far before a day's name a word of the future still governs it, in code points: about one clause."""
_STORY = 8
"""For how many sentences "the next day" may reach back to the day it follows; further off it is likelier another story's."""
_NEARBY = 3
"""For how many sentences a stretch once named holds for "a year earlier": results name the quarter once a paragraph."""
_AROUND = 32
"""Code points before and after an expression that a rule may look at: room for ", December 31, 2017"."""


@dataclass(slots=True)
class _Named:
    """The day and the stretch last named while a text is read, each with its sentence's number."""

    day: tuple[int, Meaning] | None = None
    stretch: tuple[int, Meaning] | None = None

    def note(self, sentence: int, meaning: Meaning) -> None:
        """Takes in what was just read."""
        if meaning.first and meaning.first == meaning.last:
            self.day = sentence, on(meaning.first, meaning.dated)
        if meaning.first and meaning.type == "date":
            self.stretch = sentence, meaning


def _within(last: tuple[int, Meaning] | None, sentence: int, reach: int) -> Meaning | None:
    return last[1] if last and sentence - last[0] <= reach else None


def read_dates(text: str, sentences: Sequence[Offsets], *, published: str | None) -> tuple[DateMention, ...]:
    """The time expressions of `text` in order, none overlapping, with TIMEX3 value and type and the days each covers.

    `sentences` are the offsets of the text's sentences; `published` is the publication date in EDTF, None or with unknown
    parts ("XXXX-04-02") where it is not known: what needs it then keeps X in its value and None for its days. A weekday is
    the latest one on or before publication unless the sentence speaks of the future; a day or month without a year is the
    nearest such (see `time_values.year_for`); "the next day" and the like are reckoned from the day named last. "Early",
    "mid" and "late" narrow `start` and `end` to thirds; the value stays whole, as TIMEX3 has it. Own rules throughout.
    """
    clock = Clock.of(published)
    starts = [s for s, _ in sentences]
    found = sorted((m.start(), -m.end(), n, m) for n, m in _matches(text) if m.end() > m.start())
    mentions: list[DateMention] = []
    named = _Named()
    floor = 0
    for start, minus_stop, n, match in found:
        stop = -minus_stop
        if start < floor:
            continue
        k = bisect_right(starts, start) - 1
        low, high = sentences[k] if k >= 0 else (0, len(text))
        sight = Sight(
            clock,
            tense=_tense(text[low : max(high, stop)], start - low),
            before=text[max(0, start - _AROUND) : start],
            after=text[stop : stop + _AROUND],
            recent=_within(named.day, k, _STORY),
            same=_within(named.day, k, 1),
            beside=_within(named.stretch, k, _NEARBY),
        )
        try:
            meaning = _RULES[n].meaning(match, sight)
        except (OverflowError, ValueError):  # beyond the calendar: "three thousand years ago"
            continue
        if meaning is None:
            continue
        if _RULES[n].name in _WITH_HOUR:
            start, stop, meaning = widened(text, start, stop, meaning, floor)
        mentions.append(_mention(start, stop, meaning))
        named.note(k, meaning)
        floor = stop
    return tuple(mentions)


def _matches(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Where the rules' patterns match, with the rule's number; paragraph by paragraph, for no expression runs over its end, and
    only the patterns that can match there, which takes half the time."""
    start = 0
    while start < len(text):
        end = text.find("\n\n", start)
        stop = len(text) if end < 0 else end + 2
        small = text[start:stop].casefold()
        there: dict[re.Pattern[str], bool] = {}
        for n, rule in enumerate(_RULES):
            needs = rule.needs
            if needs is not None and needs not in there:
                there[needs] = needs.search(small) is not None
            if needs is None or there[needs]:
                for match in rule.pattern.finditer(text, start, stop):
                    yield n, match
        start = stop


def _tense(sentence: str, at: int) -> Tense | None:
    """Future where a word of it stands shortly before and no act of saying between: that is what such a day then dates."""
    cues = list(_AHEAD.finditer(sentence, max(0, at - _CLAUSE), at))
    return "future" if cues and not _SAID.search(sentence, cues[-1].end(), at) else None


def _mention(start: int, stop: int, meaning: Meaning) -> DateMention:
    def write(day: date | None) -> str | None:
        return None if day is None else day.isoformat() if meaning.dated else f"XXXX-{day:%m-%d}"

    return DateMention((start, stop), meaning.value, meaning.type, write(meaning.first), write(meaning.last))


def as_range(mention: DateMention) -> DateRange | None:
    """The days of a mention with UCDP's date_prec (1 the day, 2 two to six days, 3 a week, 4 up to a month, 5 longer); None
    where they are not known."""
    if mention.start is None or mention.end is None:
        return None
    first, last = (date.fromisoformat(d.replace("XXXX", str(LEAP))) for d in (mention.start, mention.end))
    days = (last - first).days + 1
    precision = next((p for p, most in ((1, 1), (2, 6), (3, 7), (4, 31)) if days <= most), 5)
    return DateRange(mention.start, mention.end, precision)
