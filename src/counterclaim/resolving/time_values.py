"""What a time expression means: its TIMEX3 value and the days it covers, reckoned from the day of publication."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from counterclaim.records import DateType

LEAP = 2000
"""The year to reckon in where none is known: a leap year, so that 29 February exists."""

Tense = Literal["past", "future"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A TIMEX3 `value` and `type`, and the first and last day covered; None where they are not known. `dated` is false where the
    year is not known: the days then stand in `LEAP` and are written with XXXX."""

    value: str
    type: DateType = "date"
    first: date | None = None
    last: date | None = None
    dated: bool = True


@dataclass(frozen=True, slots=True)
class Clock:
    """Where "now" is: the publication date as far as it is known (each part None where it is not)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, published: str | None) -> Clock:
        """Reads an EDTF date ("2017-04-02", "2017-04", "XXXX-04-02"; what follows the day is left out). Unreadable is unknown."""
        parts: list[int | None] = [int(p) if p.isdecimal() else None for p in (published or "")[:10].split("-")[:3]]
        year, month, day = (*parts, None, None, None)[:3]
        try:
            date(year or LEAP, month or 1, day or 1)
        except ValueError:
            return cls()
        return cls(year, month, day if month else None)

    @property
    def today(self) -> date | None:
        """The day of publication, in `LEAP` where its year is unknown; None where its day is."""
        return date(self.year or LEAP, self.month, self.day) if self.month and self.day else None

    @property
    def dated(self) -> bool:
        """Whether the day of publication is known with its year."""
        return self.year is not None and self.today is not None


def on(day: date, dated: bool = True) -> Meaning:
    """One day."""
    return Meaning(f"{day.year if dated else 'XXXX'}-{day:%m-%d}", "date", day, day, dated)


def week(day: date) -> Meaning:
    """The ISO week that holds `day`."""
    year, number, weekday = day.isocalendar()
    monday = day - timedelta(weekday - 1)
    return Meaning(f"{year}-W{number:02}", "date", monday, monday + timedelta(6))


def weekend(day: date) -> Meaning:
    """Saturday and Sunday of the ISO week that holds `day`."""
    saturday = day + timedelta(5 - day.weekday())
    return Meaning(f"{week(day).value}-WE", "date", saturday, saturday + timedelta(1))


def month(year: int | None, number: int) -> Meaning:
    """A month, of an unknown year where that is None."""
    y = year or LEAP
    last = date(y, number, calendar.monthrange(y, number)[1])
    return Meaning(f"{year or 'XXXX'}-{number:02}", "date", date(y, number, 1), last, year is not None)


def year(number: int) -> Meaning:
    """A year."""
    return Meaning(f"{number:04}", "date", date(number, 1, 1), date(number, 12, 31))


def quarter(year: int | None, number: int) -> Meaning:
    """A quarter of a calendar year."""
    a, b = month(year, 3 * number - 2), month(year, 3 * number)
    return Meaning(f"{year or 'XXXX'}-Q{number}", "date", a.first, b.last, year is not None)


def season(year: int | None, code: str) -> Meaning:
    """A season by its TIMEX3 code. Its days stay unknown: the hemisphere is not said."""
    return Meaning(f"{year or 'XXXX'}-{code}")


def narrow(whole: Meaning, phase: str) -> Meaning:
    """The part of a stretch that "early", "mid", "late", "the first half of" leave of it: thirds and halves, the value unchanged
    (TIMEX3 tells them by an attribute). "Earlier" and "later" narrow nothing that the words alone tell."""
    words = phase.casefold()
    first, last = whole.first, whole.last
    if not first or not last or first == last:
        return whole
    days = (last - first).days + 1

    def cut(a: float, b: float) -> Meaning:
        return replace(whole, first=first + timedelta(round(days * a)), last=first + timedelta(round(days * b) - 1))

    if "half" in words:
        return cut(0, 0.5) if "first" in words else cut(0.5, 1)
    if "earlier" in words or "later" in words:
        return whole
    if any(w in words for w in ("early", "beginning", "start")):
        return cut(0, 1 / 3)
    if "late" in words or "end" in words:
        return cut(2 / 3, 1)
    return cut(1 / 3, 2 / 3) if "mid" in words else whole


def shift_months(day: date, by: int) -> date:
    """`day` moved by months, to the month's last day where it has fewer."""
    y, m = divmod(day.year * 12 + day.month - 1 + by, 12)
    if not 1 <= y <= 9999:
        raise OverflowError(y)
    return date(y, m + 1, min(day.day, calendar.monthrange(y, m + 1)[1]))


def moved(day: date, by: int, unit: str, dated: bool = True) -> Meaning:
    """What lies `by` units (a day or longer) from `day`, as coarse as the unit: days, else the week, month, year (or
    decade) that holds it."""
    if unit == "day":
        return on(day + timedelta(by), dated)
    if unit in ("month", "quarter") or not dated:
        there = shift_months(day, by * (3 if unit == "quarter" else 1)) if unit in ("month", "quarter") else None
        if there is None:
            return Meaning({"week": "XXXX-WXX", "fortnight": "XXXX-WXX", "weekend": "XXXX-WXX-WE"}.get(unit, "XXXX"))
        return month(there.year if dated else None, there.month)
    if unit in ("week", "fortnight"):
        return week(day + timedelta(weeks=by * (2 if unit == "fortnight" else 1)))
    if unit == "weekend":
        return weekend(day + timedelta(weeks=by))
    if unit == "year":
        return year(day.year + by)
    return decade(day.year + 10 * by) if unit == "decade" else Meaning(f"{max(0, day.year // 100 + by):02}")


def decade(any_year: int) -> Meaning:
    """The ten years that hold a year ("198" in TIMEX3)."""
    first = any_year // 10 * 10
    return Meaning(f"{first // 10:03}", "date", date(first, 1, 1), date(first + 9, 12, 31))


def year_for(clock: Clock, month: int, day: int | None, tense: Tense | None) -> int | None:
    """The year of a day or month said without one: the nearest to publication, with what lies ahead taken for four times as far
    as what lies behind (news tells of the past), and the other way round where the sentence speaks of the future.
    None where the year of publication is unknown."""
    if clock.year is None or clock.month is None:
        return None
    now = date(clock.year, clock.month, clock.day or 15)
    best: tuple[float, int] | None = None
    for y in (clock.year - 1, clock.year, clock.year + 1):
        try:
            days = (date(y, month, day or 15) - now).days
        except ValueError:  # 29 February
            continue
        if day is None and (y, month) == (clock.year, clock.month):
            days = 0
        ahead = days > 0
        cost = abs(days) * (4 if ahead == (tense != "future") else 1)
        if best is None or cost < best[0]:
            best = (cost, y)
    return best[1] if best else None
