"""The words that time expressions are made of, as named pieces of patterns, and what each stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable

MONTHS = tuple("january february march april may june july august september october november december".split())
WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
PARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "nights": "NI", "dawn": "MO", "dusk": "EV",
    "mid-morning": "MO", "mid-afternoon": "AF", "midmorning": "MO", "midafternoon": "AF", "daybreak": "MO",
    "early hours": "MO", "small hours": "MO",
}  # fmt: skip
"""TIMEX3 codes for the parts of the day."""

UNITS = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "weekend": "W", "fortnight": "W", "month": "M",
    "quarter": "Q", "year": "Y", "decade": "Y", "century": "Y",
}  # fmt: skip
CLOCK_UNITS = frozenset({"second", "minute", "hour"})
TIMES = {"decade": 10, "century": 100, "fortnight": 2}
"""How many of its TIMEX3 unit such a unit is."""

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)  # fmt: skip
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS = {w: i for i, w in enumerate(_ONES.split(), 1)} | {w: 10 * i for i, w in enumerate(_TENS.split(), 2)}
NUMBERS |= {"a": 1, "an": 1, "hundred": 100, "a hundred": 100, "a dozen": 12, "dozen": 12, "a couple of": 2, "couple of": 2}
NUMBERS |= {f"{t}-{o}": NUMBERS[t] + NUMBERS[o] for t in _TENS.split() for o in _ONES.split()[:9]}
VAGUE = frozenset({"several", "a few", "few", "some", "many", "couple"})
"""Numbers that are words only: X in TIMEX3."""

_MONTH = "|".join(f"{m}|{m[:3]}\\.?" if m not in ("may", "september") else m for m in MONTHS) + "|sept\\.?|sep\\.?"
_DAY_NAMES = "|".join(WEEKDAYS)


def _branching(words: Iterable[str]) -> str:
    """A pattern of `words`, the longest first, that shares their beginnings: a third of the work of one that lists them."""
    rest: dict[str, list[str]] = {}
    for word in words:
        rest.setdefault(word[:1], []).append(word[1:])
    ends = "" in rest
    branches = [(r"[- ]" if c == "-" else c) + _branching(more) for c, more in sorted(rest.items()) if c]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)})?" if ends else branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


_WORD_NUMBER = _branching([*NUMBERS, "a few", "several", "few", "many", "some"])

PIECES = {
    "month": _MONTH,
    "day": r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d|[.,:]\d{1,2}(?!\d))",
    "year": r"(?:1[89]|20)\d\d",
    "weekday": _DAY_NAMES,
    # Short names of days stand beside a date only: "sat", "sun" and "wed" are words.
    "weekname": _DAY_NAMES + "|" + "|".join(f"{d[:3]}\\.?" for d in WEEKDAYS) + "|tues\\.?|thurs?\\.?",
    "number": rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?(?:[ ]1/2)?|{_WORD_NUMBER})",
    "unit": r"(?:second|minute|hour|day|weekend|week|fortnight|month|quarter|year|decade)s?|century|centuries",
    "units": r"(?:second|minute|hour|day|week|month|year|decade)s|centuries",
    "season": "|".join(SEASONS),
    "part": "|".join(sorted(PARTS, key=len, reverse=True)),
    "phase": r"(?:the )?(?:very )?(?:early|late|mid|beginning of|start of|end of|middle of|earlier in|later in|earlier|later)",
    "half": r"(?:the )?(?:first|second|latter) half of",
    "about": r"(?:about|around|almost|nearly|more than|less than|fewer than|at least|at most|no more than|no less than|up to|over"
    r"|some|roughly|approximately|as (?:long|much|many) as|just over|just under|well over|barely|another|an estimated)",
    "clock": r"(?:[01]?\d|2[0-4])(?:[:.][0-5]\d(?::[0-5]\d)?)?[ ]?(?:a\.?m\.?|p\.?m\.?)"
    r"|(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![ ]?[ap]\.?m|[:\d])"
    r"|[0-2]\d[0-5]\d(?= (?:GMT|UTC|local time|hours|hrs))|noon|midday|midnight",
    "zone": r"\(?(?:[A-Z][A-Za-z]+ time|local time|GMT|UTC|[ECMP][SD]T|BST|CEST|CET|EEST|EET|MSK|AST|IST)"
    r"(?:[+-]\d{1,2}(?::?\d\d)?)?\)?",
    "ordinal": "|".join(ORDINALS),
}
"""`<name>` in a pattern stands for the piece of that name as a group called so; `<name2>` for a second one."""


_BLANK = r"(?:[^\S\n]+|\n(?!\n))"
"""White space, at most one line end: lines may be wrapped, but no expression runs over a paragraph's end."""


def pattern(text: str, *, borders: bool = True) -> re.Pattern[str]:
    """The pattern written with `<pieces>`: a blank is any white space (" ?" none or one), word borders stand at both ends unless
    `borders` is false, case does not matter."""

    def piece(found: re.Match[str]) -> str:
        return f"(?P<{found[1]}{found[2]}>{PIECES[found[1]]})"

    def blank(found: re.Match[str]) -> str:
        if found[0].startswith("["):
            return found[0].replace(" ", r"\s\u00a0")
        return found[0].replace(" ", _BLANK)

    filled = re.sub(r"(?<!\?P)<([a-z]+)(\d?)>", piece, text)
    spaced = re.sub(r"\[[^]]*\]| [?*]?", blank, filled)
    return re.compile(rf"(?<![\w/])(?:{spaced})(?!\w)" if borders else spaced, re.IGNORECASE)


def containing(*words: str) -> re.Pattern[str]:
    """Finds any of `words` in a text that was casefolded: cheap to look for, where a rule's own pattern is not."""
    return re.compile("|".join(words))


A_MONTH = containing(rf"(?<!\w)(?:{'|'.join(m[:3] for m in MONTHS)})")
A_WEEKDAY = containing(*WEEKDAYS)
A_UNIT = containing(rf"(?<!\w)(?:{'|'.join(UNITS)}|centuries)")
A_YEAR = containing(r"(?:1[89]|20)\d\d")
A_SEASON = containing(*SEASONS)
A_PART = containing(*(part.rpartition(" ")[2] for part in PARTS), "overnight")
"""What some word of a month's, day's, stretch's, year's or hour's expression begins with; the rules' patterns need one each."""


def month_of(word: str) -> int:
    """1 to 12 for a month's name or its short form."""
    return next(i for i, m in enumerate(MONTHS, 1) if m.startswith(word.casefold().rstrip(".")[:3]))


def weekday_of(word: str) -> int:
    """0 (Monday) to 6 for a day's name or its short form."""
    return next(i for i, d in enumerate(WEEKDAYS) if d.startswith(word.casefold().rstrip(".")[:3]))


def number_of(words: str) -> float | None:
    """The number that digits or number words stand for; None for "several" and the like."""
    text = re.sub(r"[\s\u00a0]+", " ", words.casefold())
    if text in VAGUE:
        return None
    if text.endswith(" 1/2"):
        return float(text[:-4]) + 0.5
    if text[0].isdigit():
        return float(text.replace(",", ""))
    return float(NUMBERS.get(text, 0) or NUMBERS[text.replace(" ", "-")])


def unit_of(word: str) -> str:
    """The unit in the singular ("centuries" -> "century")."""
    small = word.casefold()
    return "century" if small.startswith("centur") else small.removesuffix("s")
