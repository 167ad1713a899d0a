"""Rules for hours and parts of the day, alone or said before or after a day ("Saturday night", "the night of March 17")."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from counterclaim.resolving.time_dates import Rule, Sight
from counterclaim.resolving.time_values import Meaning, on
from counterclaim.resolving.time_words import A_PART, PARTS, containing, pattern

_BEFORE_DAY = pattern(r"(?<!\w)(?:<clock>(?:,? <zone>)?(?:,? (?:on )?|, )|(?:the )?<part> (?:of|on) )", borders=False)
_AFTER_DAY = pattern(
    r"(?: <part>|,? (?:(?:at|around|about|shortly (?:before|after)) )?<clock>(?:,? <zone>)?"
    r"|T(?P<iso>[0-2]\d:[0-5]\d)(?::\d\d)?(?:\.\d+)?(?P<offset>Z|[+-]\d\d:?\d*)?)(?!\w)",
    borders=False,
)
_DAY_FOLLOWS = r"(?!,? (?:on )?(?:<weekday>|<month> \d|\d{1,2} (?:of )?<month2>|\d{4}-\d\d-|today|tonight|yesterday|tomorrow))"
_LONGEST_BEFORE = 40
"""Code points that an hour with its zone may take before a day."""


def clock_time(words: str) -> str | None:
    """The hour of day in TIMEX3 ("8:56 AM" -> "08:56", "9 p.m." -> "21:00"); None for an hour that no clock shows."""
    small = words.casefold()
    if small in ("noon", "midday"):
        return "12:00"
    if small == "midnight":
        return "24:00"
    digits = re.match(r"(\d{1,2})(?:[:.]?(\d\d))?", small)
    if not digits:
        return None
    hour, minute = int(digits[1]), digits[2] or "00"
    if half := re.search(r"([ap])\.?m", small):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[1] == "p" else 0)
    return f"{hour:02}:{minute}"


_OFFSETS = {
    "GMT": "Z", "UTC": "Z", "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00",
    "PST": "-08:00", "PDT": "-07:00", "BST": "+01:00", "CET": "+01:00", "CEST": "+02:00", "EET": "+02:00", "EEST": "+03:00",
    "MSK": "+03:00",
}  # fmt: skip
"""What the short names of time zones stand for; those with several meanings (AST, IST) are left to the words."""
_OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?\)?$")


def offset_of(zone: str | None) -> str:
    """What ISO 8601 writes behind an hour of that zone: "Z" for GMT, "+03:00" for "GMT+3", nothing for "local time", which is how
    it writes that, and for a zone that only the words tell ("Damascus time")."""
    words = (zone or "").strip("()")
    if words == "Z":
        return words
    if stated := _OFFSET.search(words):
        return f"{stated['sign']}{int(stated['hours']):02}:{stated['minutes'] or '00'}"
    return _OFFSETS.get(words.upper(), "")


def at_time(day: Meaning, clock: str | None, part: str | None) -> Meaning:
    """`day` at an hour ("08:56", with its zone "08:56Z") or in a part of it ("night"); as it is where both are None."""
    mark = clock or (PARTS[part.casefold()] if part else None)
    base = day.value if re.fullmatch(r"[\dX]{4}-(?:[\dX]{2}-[\dX]{2}|WXX-\d)", day.value) else "XXXX-XX-XX"
    return replace(day, value=f"{base}T{mark}", type="time") if mark else day


def widened(text: str, start: int, stop: int, day: Meaning, floor: int) -> tuple[int, int, Meaning]:
    """The named day `text[start:stop]` with the hour or part of day said right after it, or before it but not before `floor`."""
    if after := _AFTER_DAY.match(text, stop):
        clock = after["clock"] or after["iso"]
        hour = _with_zone(clock, after["zone"] or after["offset"])
        if after["part"] or hour:
            return start, after.end(), at_time(day, hour, after["part"])
    for before in _BEFORE_DAY.finditer(text, max(floor, start - _LONGEST_BEFORE), start):
        if before.end() == start:
            hour = _with_zone(before["clock"], before["zone"])
            if before["part"] or hour:
                return before.start(), stop, at_time(day, hour, before["part"])
    return start, stop, day


def _with_zone(clock: str | None, zone: str | None) -> str | None:
    """An hour as TIMEX3 has it, its zone behind it where that is given."""
    hour = clock_time(clock) if clock else None
    return hour + offset_of(zone) if hour else None


def hour(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "8:56 AM", "0330 GMT": of the day that this sentence or the one before names; of an unknown day otherwise."""
    clock = _with_zone(found["clock"], found["zone"])
    return at_time(sight.same or Meaning("XXXX-XX-XX"), clock, None) if clock else None


def part_of_day(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "this morning", "last night", "overnight" (from the day before into this one); "that evening" of the day just named."""
    which, now = (found["which"] or "").casefold(), sight.clock.today
    part = "night" if found["over"] else found["part"].casefold()
    if which in ("this", "last") or found["over"]:
        if not now:
            return Meaning(f"XXXX-XX-XXT{PARTS[part]}", "time")
        day = at_time(on(now if which == "this" else now - timedelta(1), sight.clock.dated), None, part)
        return replace(day, last=now) if found["over"] else day
    if which and sight.same and part != "nights" and re.match(r"\s*(?:[,.;)]|$|of\b)", sight.after):
        return at_time(sight.same, None, part)
    return None


HOURS = (
    # The hour is taken whole or not at all: half of "8:56 AM, April 2" is no other hour.
    Rule("hour", pattern(rf"(?><clock>)(?:,? <zone>)?+{_DAY_FOLLOWS}"), hour, containing(r"\d", "noon", "mid")),
    Rule(
        "part of day",
        pattern(
            r"(?:(?:early|late|later|earlier) )?(?:(?P<which>this|last|the|that) )?(?:(?:early|late) )?<part>|(?P<over>overnight)"
        ),
        part_of_day,
        A_PART,
    ),
)
"""Hours and parts of the day by themselves."""
