"""Finds the time expressions of a text and says which days they cover, reckoned from the publication date and from one another."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from counterclaim.records import DateMention, DateRange, Offsets
from counterclaim.resolving.time_dates import DAYS, STRETCHES, Rule, Sight
from counterclaim.resolving.time_relative import OTHERS, WEEKDAYS_
from counterclaim.resolving.time_values import LEAP, Clock, Meaning, Tense, on
from counterclaim.resolving.time_words import PARTS, pattern

_NAMED = (*DAYS, *WEEKDAYS_)

_AHEAD = re.compile(
    r"\b(?:will|won['’]t|shall|would(?! have)|scheduled|expect(?:ed|s)? to|plan(?:s|ned|ning)? (?:to|for)|intends? to|set for|(?:is|are|was|were) (?:due )?to"
    r"|going to|upcoming|ahead of|until|no later than|as (?:soon|early) as|to be held|to begin|to start)\b|['’]ll\b", re.IGNORECASE
)  # fmt: skip
_SAID = re.compile(r"\b(?:said|told|announced|reported|stated|added)\b", re.IGNORECASE)
_REACH = 90
"""How far before a day's name a word of the future still governs it, in code points: about one clause."""


def _tense(sentence: str, at: int) -> Tense | None:
    """Future where a word of it stands shortly before and no act of saying between: that is what such a day then dates."""
    cues = list(_AHEAD.finditer(sentence, max(0, at - _REACH), at))
    return "future" if cues and not _SAID.search(sentence, cues[-1].end(), at) else None


# A day with its hour or part of day: the day is read by its own rules, what stands around it by these.
_BEFORE_DAY = pattern(r"(?<!\w)(?:<clock>(?:,? <zone>)?(?:,? (?:on )?|, )|(?:the )?<part> (?:of|on) )", borders=False)
_AFTER_DAY = pattern(
    r"(?: <part>|,? (?:(?:at|around|about|shortly (?:before|after)) )?<clock>(?:,? <zone>)?"
    r"|T(?P<iso>[0-2]\d:[0-5]\d)(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d*)?)(?!\w)", borders=False
)  # fmt: skip
_CLOCK = pattern(
    r"(?><clock>)(?:,? <zone>)?+(?!,? (?:on )?(?:<weekday>|<month> \d|\d{1,2} (?:of )?<month2>|\d{4}-\d\d-|today|tonight|yesterday|tomorrow))"
)  # fmt: skip
_PART = pattern(r"(?:(?:early|late|later|earlier) )?(?:(?P<which>this|last|the|that) )?(?:(?:early|late) )?<part>|(?P<over>overnight)")


def _clock_time(words: str) -> str | None:
    """The hour of day in TIMEX3 ("8:56 AM" -> "08:56", "9 p.m." -> "21:00"); None for an hour that no clock shows."""
    small = words.casefold().replace(" ", "").replace("\u00a0", "").replace(".", ":", 1) if re.match(r"\d{1,2}\.\d\d", words) else words.casefold()
    if small in ("noon", "midday"):
        return "12:00"
    if small == "midnight":
        return "24:00"
    digits = re.match(r"(\d{1,2})(?::?(\d\d))?", small)
    if not digits:
        return None
    hour, minute = int(digits[1]), digits[2] or "00"
    half = re.search(r"([ap])\.?m", small)
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[1] == "p" else 0)
    return f"{hour:02}:{minute}"


def _with_time(day: Meaning, clock: str | None, part: str | None) -> Meaning:
    """`day` at an hour or in a part of it."""
    mark = clock or (PARTS[part.casefold()] if part else None)
    base = day.value if re.fullmatch(r"[\dX]{4}-(?:[\dX]{2}-[\dX]{2}|WXX-\d)", day.value) else "XXXX-XX-XX"
    return replace(day, value=f"{base}T{mark}", type="time") if mark else day


_TOLD = 8
"""For how many sentences "the next day" may reach back to the day it follows; further off it is more likely another story's."""

_NEAR = 3
"""For how many sentences a stretch once named still holds for "a year earlier": reports of results name the quarter once a paragraph."""

Found = tuple[int, int, Rule, re.Match[str]]


def _candidates(text: str) -> list[Found]:
    """Every match of every rule, widened by the hour or part of day around a named day."""
    found: list[Found] = []
    for rule in (*_NAMED, *STRETCHES, *OTHERS, _HOUR, _PART_OF_DAY):
        found += ((m.start(), m.end(), rule, m) for m in rule.pattern.finditer(text) if m.end() > m.start())
    return found


def _hour(found: re.Match[str], sight: Sight) -> Meaning | None:
    clock = _clock_time(found["clock"])
    if not clock:
        return None
    return _with_time(sight.same or Meaning("XXXX-XX-XX"), clock, None)


def _part_of_day(found: re.Match[str], sight: Sight) -> Meaning | None:
    which, now = (found["which"] or "").casefold(), sight.clock.today
    part = "night" if found["over"] else found["part"]
    if part.casefold().endswith("nights") or (not which and not found["over"]):
        return None
    if which in ("this", "last") or found["over"]:
        if not now:
            return Meaning(f"XXXX-XX-XXT{PARTS[part.casefold()]}", "time")
        day = now if which == "this" else date.fromordinal(now.toordinal() - 1)
        dated = sight.clock.dated
        night = _with_time(on(day, dated), None, part)
        return replace(night, last=now) if found["over"] else night
    if sight.same and re.match(r"[\s\u00a0]*(?:[,.;)]|$|of\b)", sight.after):
        return _with_time(sight.same, None, part)
    return None


_HOUR = Rule("hour", _CLOCK, _hour)
_PART_OF_DAY = Rule("part of day", _PART, _part_of_day)


def read_dates(text: str, sentences: Sequence[Offsets], *, published: str | None) -> tuple[DateMention, ...]:
    """The time expressions of `text` in order, none overlapping, with TIMEX3 value and type and the days each covers.

    `sentences` are the offsets of the text's sentences; `published` is the publication date in EDTF, None or with unknown parts
    ("XXXX-04-02") where it is not known: what needs it then keeps X in its value and None for its days. A weekday is the latest
    one on or before publication unless the sentence speaks of the future; a day or month without a year is the nearest
    such (see `time_values.year_for`); "the next day" and the like are reckoned from the day named last. "Early", "mid"
    and "late" narrow `start` and `end` to thirds; the value stays whole, as TIMEX3 has it. Own rules throughout.
    """
    clock = Clock.of(published)
    starts = [s for s, _ in sentences]
    order = sorted(_candidates(text), key=lambda f: (f[0], -f[1]))
    mentions: list[DateMention] = []
    recent: tuple[int, Meaning] | None = None
    beside: tuple[int, Meaning] | None = None

    def near(last: tuple[int, Meaning] | None, sentence: int, reach: int) -> Meaning | None:
        return last[1] if last and sentence - last[0] <= reach else None

    end = 0
    for start, stop, rule, match in order:
        if start < end:
            continue
        k = bisect_right(starts, start) - 1
        low, high = sentences[k] if k >= 0 else (0, len(text))
        sight = Sight(
            clock, _tense(text[low : max(high, stop)], start - low), text[max(0, start - 24) : start], text[stop : stop + 32],
            near(recent, k, _TOLD), near(recent, k, 1), near(beside, k, _NEAR),
        )  # fmt: skip
        try:
            meaning = rule.meaning(match, sight)
        except (OverflowError, ValueError):  # beyond the calendar: "three thousand years ago"
            meaning = None
        if meaning is None:
            continue
        if rule in _NAMED:
            start, stop, meaning = _widened(text, start, stop, meaning, end)
        mentions.append(_mention(start, stop, meaning))
        end = stop
        if meaning.first and meaning.first == meaning.last:
            recent = k, on(meaning.first, meaning.dated)
        if meaning.first and meaning.type == "date":
            beside = (k, meaning)
    return tuple(mentions)


def _widened(text: str, start: int, stop: int, day: Meaning, floor: int) -> tuple[int, int, Meaning]:
    """A named day together with the hour or part of day said right before or after it."""
    if after := _AFTER_DAY.match(text, stop):
        clock = after["clock"] or after["iso"]
        hour = _clock_time(clock) if clock else None
        if after["part"] or hour:
            return start, after.end(), _with_time(day, hour, after["part"])
    for before in _BEFORE_DAY.finditer(text, max(floor, start - 40), start):
        if before.end() == start:
            hour = _clock_time(before["clock"]) if before["clock"] else None
            if before["part"] or hour:
                return before.start(), stop, _with_time(day, hour, before["part"])
    return start, stop, day


def _mention(start: int, stop: int, meaning: Meaning) -> DateMention:
    def write(day: date | None) -> str | None:
        return None if day is None else day.isoformat() if meaning.dated else f"XXXX-{day:%m-%d}"

    return DateMention((start, stop), meaning.value, meaning.type, write(meaning.first), write(meaning.last))


def as_range(mention: DateMention) -> DateRange | None:
    """The days of a mention with UCDP's date_prec (1 the day, 2 two to six days, 3 a week, 4 up to a month, 5 longer); None where they
    are not known."""
    if mention.start is None or mention.end is None:
        return None
    first, last = (date.fromisoformat(d.replace("XXXX", str(LEAP))) for d in (mention.start, mention.end))
    days = (last - first).days + 1
    precision = next((p for p, most in ((1, 1), (2, 6), (3, 7), (4, 31)) if days <= most), 5)
    return DateRange(mention.start, mention.end, precision)
