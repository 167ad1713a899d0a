"""Read the days that a report or its page states about itself, as EDTF, and never a year from nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
DAY = re.compile(
    rf"""(?<![\w/-])(?:
        (?P<y1>{_YEAR})[-/.](?P<m1>\d\d?)[-/.](?P<d1>\d\d?)(?![\d/-])        # 2017-04-02
      | (?P<d2>{_DAY})\s+(?:of\s+)?(?P<m2>{_MONTH}),?(?:\s+(?P<y2>{_YEAR})\b)?   # 2 April 2017, 2nd of April
      | (?P<m3>{_MONTH})\s*(?P<d3>{_DAY})\b(?:,?\s+(?P<y3>{_YEAR})\b)?      # April 2, 2017; Sept 17
      | (?P<n1>\d\d?)[-/.](?P<n2>\d\d?)[-/.](?P<y4>{_YEAR})(?![\d/-])      # 24/03/2017 where only one reading is a day
    )""",
    re.I | re.X,
)
_TWO_DIGIT_YEAR = re.compile(r",?\s+(?:'|’)?\d\d\b(?![:.]\d)")
"""After a day without a year: "12 JAN 90" has a year whose century is not said, so it is not read as a day of any year."""

_CLOCK = r"(?:\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)"
_ZONE = r"(?:[+-]\d\d:?(?:\d\d)?|(?:GMT|UTC)(?:[+-]\d{1,2}(?::?\d\d)?)?|[A-Z]{1,4}T|Z|BT|IRST|MSK)"
_WRITTEN = (
    r"(?:first\s+)?(?:posted|published|publish(?:ed)?\s+date|publication\s+date|date\s+published|issued|released|created"
    r"|date|filed|added)"
)
_CHANGED = r"(?:and\s+)?(?:last\s+)?(?:updated|modified|edited|revised|changed|last\s+update)"
_LABEL = re.compile(rf"\b(?:(?P<written>{_WRITTEN})|(?P<changed>{_CHANGED}))\b(?:\s*(?:on|at)\b|\s*:)?", re.I)
# Everything a line may hold beside its days and still be a date line.
_BESIDE = re.compile(
    rf"{_LABEL.pattern}|{_WEEKDAY}|{_CLOCK}|{_ZONE}\b|\b(?:on|at|local\s+time|time|hours|hrs|ET|EST|EDT|PST|PDT|CET|CEST)\b"
    r"|\d+ (?:minutes?|hours?|days?|weeks?|months?|years?) ago|[\s,;:|/()\[\]•·–—-]+",
    re.I,
)
_LONGEST_DATE_LINE = 160


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A day named at `start:end` of a line; `value` is EDTF, `XXXX-04-02` without a year; `label` what the line calls it."""

    start: int
    end: int
    value: str
    label: Literal["written", "changed", None] = None


def days(line: str, start: int = 0) -> tuple[StatedDay, ...]:
    """Every day named in `line` from `start` on. Numbers that may be read as two different days (03/04/2017) are left out."""
    found = []
    for m in DAY.finditer(line, start):
        value = _value(m)
        if value and not (value.startswith("X") and _TWO_DIGIT_YEAR.match(line, m.end())):
            found.append(StatedDay(m.start(), _trimmed(line, m.end()), value))
    return tuple(found)


def date_line(line: str) -> tuple[StatedDay, ...]:
    """The days of a line that says when the report was published or changed and nothing else; empty for any other line.

    A name before a bar may stand with it ("Xinhua | Updated: 2017-09-15 17:52").
    """
    if len(line) > _LONGEST_DATE_LINE:
        return ()
    found = days(line)
    rest = list(line)
    for day in found:
        rest[day.start : day.end] = "|" * (day.end - day.start)
    remainder = _BESIDE.sub("", re.sub(r"^[A-Z][\w.' ]{1,30}\|", "", "".join(rest)))
    return _labelled(line, found) if found and not remainder.strip(" .") else ()


def announced(line: str) -> tuple[StatedDay, ...]:
    """The labelled days of a line that holds more than a date ("Two men charged Posted: Friday, January 31, 2014")."""
    found = _labelled(line, days(line[:400]))
    return tuple(d for d in found if d.label)


def before_label(line: str) -> str:
    """`line` up to where it begins to say when it was published or changed; all of it where it does not."""
    first = min((m.start() for d in announced(line) for m in _LABEL.finditer(line, 0, d.start)), default=len(line))
    return line[:first].rstrip(" -–—|") or line


def closing_day(words: str) -> tuple[int, StatedDay | None] | None:
    """Where a day begins that ends `words` ("MOSCOW, April 2."), and the day; the day is None where its century is not said."""
    kept = words.rstrip(" .,")
    for m in DAY.finditer(kept):
        rest = kept[m.end() :]
        if rest.strip(" .,)") and not _TWO_DIGIT_YEAR.fullmatch(rest):
            continue
        value = _value(m)
        return m.start(), StatedDay(m.start(), _trimmed(kept, m.end()), value) if value and not rest.strip(" .,)") else None
    return None


def day_in_address(url: str) -> str | None:
    """The day a web address carries as /2017/03/24/, else None; a number that only looks like a day is not one."""
    found = {v for m in re.finditer(rf"/({_YEAR})/(\d\d?)/(\d\d?)(?=/)", url) if (v := _edtf(int(m[1]), int(m[2]), int(m[3])))}
    return found.pop() if len(found) == 1 else None


def machine_day(value: str) -> str | None:
    """The day of a metadata value ("2017-04-02T23:30:00Z", "Sun, 02 Apr 2017 08:00 GMT") as it stands; None without a year."""
    m = re.match(rf"\s*({_YEAR})-?(\d\d)-?(\d\d)(?!\d)", value)
    if m:
        return _edtf(int(m[1]), int(m[2]), int(m[3]))
    found = {d.value for d in days(value)}
    return next((v for v in found if not v.startswith("X")), None) if len(found) == 1 else None


def _labelled(line: str, found: tuple[StatedDay, ...]) -> tuple[StatedDay, ...]:
    """`found` with the label that stands before each, with nothing but weekday, clock and signs between."""
    out = []
    for day in found:
        label: Literal["written", "changed", None] = None
        for m in _LABEL.finditer(line, 0, day.start):
            sign = m[0].rstrip()[-1:] == ":" or m.start() == 0
            if not _BESIDE.sub("", line[m.end() : day.start]).strip(" .") and (sign or m["changed"]):
                label = "written" if m["written"] else "changed"
        out.append(StatedDay(day.start, day.end, day.value, label))
    return tuple(out)


def _trimmed(line: str, end: int) -> int:
    return end - 1 if line[end - 1] == "," else end


def _value(m: re.Match[str]) -> str | None:
    g = m.groupdict()
    if g["y1"]:
        return _edtf(int(g["y1"]), int(g["m1"]), int(g["d1"]))
    if g["y4"]:
        readings = {_edtf(int(g["y4"]), b, a) for a, b in ((int(g["n1"]), int(g["n2"])), (int(g["n2"]), int(g["n1"])))} - {None}
        return readings.pop() if len(readings) == 1 else None
    day, month, year = (g["d2"], g["m2"], g["y2"]) if g["d2"] else (g["d3"], g["m3"], g["y3"])
    return _edtf(int(year) if year else None, _MONTHS.index(month[:3].lower()) + 1, int(re.sub(r"\D", "", day)))


def _edtf(year: int | None, month: int, day: int) -> str | None:
    try:
        date(year or 2000, month, day)
    except ValueError:
        return None
    return f"{year or 'XXXX'}-{month:02}-{day:02}"
