"""Rules for expressions that name a calendar date themselves: days, months, years, quarters, seasons, decades, holidays."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from counterclaim.resolving import time_values as at
from counterclaim.resolving.time_values import Clock, Meaning, Tense
from counterclaim.resolving.time_words import A_MONTH, A_SEASON, A_YEAR, ORDINALS, SEASONS, containing, month_of, pattern


@dataclass(frozen=True, slots=True)
class Sight:
    """What a rule may look at beside its own words: the publication date, the sentence's tense, the text before and after,
    the day last named (`recent`), the same where it stands in this sentence or the one before (`same`), and the stretch
    last named nearby (`beside`)."""

    clock: Clock
    tense: Tense | None = None
    before: str = ""
    after: str = ""
    recent: Meaning | None = None
    same: Meaning | None = None
    beside: Meaning | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One phenomenon: its pattern, what words of that shape mean (None: they are no time expression after all), and what must
    stand in a paragraph, casefolded, for the pattern to match there at all (None: nothing in particular)."""

    name: str
    pattern: re.Pattern[str]
    meaning: Callable[[re.Match[str], Sight], Meaning | None]
    needs: re.Pattern[str] | None = None


def _day(y: int | None, m: int, d: int) -> Meaning | None:
    try:
        return at.on(date(y or at.LEAP, m, d), y is not None)
    except ValueError:
        return None


def _number(day: str) -> int:
    return int(re.sub(r"\D", "", day))


def iso_date(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "2017-04-02", "2017/04/02"."""
    return _day(int(found["year"]), int(found["m"]), int(found["d"]))


_FRESH = 21
"""Days from publication within which one reading of a date lies and the other does not: reports date what is new."""


def short_date(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "02/04/2017", "2.4.17": the order that makes a date, and of two the one within three weeks of publication;
    else only the year."""
    a, b = int(found["a"]), int(found["b"])
    y = int(found["y"])
    if len(found["y"]) == 2:
        # Two digits are of the century that puts them nearest to publication; with none known, as POSIX has it (69 to 99: 1900s).
        pivot = sight.clock.year or 2018.5
        y = min((y + 1900, y + 2000), key=lambda c: abs(c - pivot))
    ways = {m for m in (_day(y, a, b), _day(y, b, a)) if m}
    if len(ways) == 1:
        return ways.pop()
    now = sight.clock.today if sight.clock.dated else None
    near = [m for m in ways if now and m.first and abs((m.first - now).days) <= _FRESH]
    if len(near) == 1:
        return near[0]
    return Meaning(f"{y}-XX-XX") if ways else None


_SHARED_YEAR = pattern(
    r"(?: ?[-–—,/] ?| (?:and|or|to|until|till|through) )(?:the )?(?:<month> \d{1,2}|\d{1,2} <month2>|<month3>),? <year>",
    borders=False,
)


def _year_after(sight: Sight) -> int | None:
    """The year that a second date right behind carries for both: "March and April 2017"."""
    shared = _SHARED_YEAR.match(sight.after)
    return int(shared["year"]) if shared else None


def day_of_month(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "on the 17th": of the month of publication, of the one before where that day is yet to come."""
    now = sight.clock.today
    if not re.search(r"\b(?:on|until|since)\s+$", sight.before, re.IGNORECASE):
        return None
    if not now:
        return Meaning("XXXX-XX-XX")
    d = _number(found["day"])
    there = now if d <= now.day or sight.tense == "future" else at.shift_months(now.replace(day=1), -1)
    return _day(there.year if sight.clock.dated else None, there.month, d)


def month_day(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "April 2, 2017", "Sunday, 2 April", "Sept. 17"; a range "April 2-4" is its first to its last day."""
    groups = found.groupdict()
    return _days(groups["day"], groups.get("day2") or groups["day"], groups, sight)


def day_month(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "2 April 2017", "the 2nd of April"; in a range "2-4 April" the last day stands beside the month."""
    return _days(found["day2"] or found["day"], found["day"], found.groupdict(), sight)


def _days(first: str, last: str, groups: dict[str, str | None], sight: Sight) -> Meaning | None:
    """The days from one to another of a month; only the first where that is no range forward."""
    m, a, b = month_of(groups["month"] or ""), _number(first), _number(last)
    y = int(groups["year"] or 0) or _year_after(sight) or at.year_for(sight.clock, m, a, sight.tense)
    start, end = _day(y, m, a), _day(y, m, b)
    return replace(start, last=end.last) if start and end and a < b else start


def month_and_year(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "August 2014", "late March of last year"."""
    m, groups = month_of(found["month"]), found.groupdict()
    if groups.get("year"):
        whole = at.month(int(groups["year"]), m)
    else:
        step = {"last": -1, "next": 1}.get(groups["which"].casefold(), 0)
        whole = at.month(sight.clock.year + step if sight.clock.year else None, m)
    return at.narrow(whole, groups.get("phase") or groups.get("half") or "")


_VERB_MONTHS = frozenset({"may", "march", "mar", "jan", "dec", "april", "june", "august", "sept", "sep", "jun", "apr", "jul"})
_LEADS_TO_MONTH = re.compile(
    r"(?:\b(?:in|of|since|until|till|by|from|to|during|between|and|or|before|after|through|for|around|this|last|next|every"
    r"|each|late|early|mid)"
    r"|[,(–—-])[\s\u00a0-]*$", re.IGNORECASE
)  # fmt: skip


def bare_month(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "March", "last May", "late September"; names of months that are also verbs or forenames only after a word that leads
    to a time."""
    word, which = found["month"], (found.groupdict().get("which") or "").casefold()
    phase = found.groupdict().get("phase") or found.groupdict().get("half") or ""
    if not word[0].isupper() or re.match(r"\.?[\s\u00a0]\d{1,2}\b", sight.after):
        return None
    if word.casefold().rstrip(".") in _VERB_MONTHS and not (which or phase or _LEADS_TO_MONTH.search(sight.before)):
        return None
    m, clock = month_of(word), sight.clock
    y = _year_after(sight) or at.year_for(clock, m, None, sight.tense)
    if which and clock.year and clock.month:
        if which in ("last", "past", "previous"):
            y = clock.year - (m >= clock.month)
        elif which in ("next", "coming"):
            y = clock.year + (m <= clock.month)
        else:
            y = clock.year
    return at.narrow(at.month(y, m), phase)


_COUNTED = re.compile(
    r"^[\s\u00a0]+(?:people|civilians?|men|women|children|soldiers|troops|fighters|militants|rebels|refugees|families|others"
    r"|homes|houses"
    r"|dollars|euros|pounds|rubles|miles|kilometers|kilometres|km|meters|metres|feet|tons|tonnes|hours|times|units|shares"
    r"|jobs|points|"
    r"workers|employees|barrels|acres|square|pages|airstrikes|strikes|sorties|GMT|EST|EDT)\b", re.IGNORECASE
)  # fmt: skip


def bare_year(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "2013", "late 2015", "mid-1996", "fiscal 1989"; a number before a counted noun, after a currency or a number sign is
    none."""
    if not found.groupdict().get("phase") and (_COUNTED.match(sight.after) or re.search(r"[$£€#№]$|\b[Nn]o\.? ?$", sight.before)):
        return None
    return at.narrow(at.year(int(found["year"])), found.groupdict().get("phase") or found.groupdict().get("half") or "")


def decade(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "the 1980s", "the late '70s"."""
    ten = int(found["ten"])
    return at.narrow(at.decade(ten if ten > 99 else 1900 + ten), found.groupdict().get("phase") or "")


def century(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "the 20th century"."""
    return Meaning(f"{_number(found['n']) - 1:02}")


def quarter(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "the third quarter", "the fourth quarter of 1988": without a year the latest that is over, as reports of results mean it;
    "the year-earlier third quarter" is the one before that."""
    n, clock = ORDINALS[found["ordinal"].casefold()], sight.clock
    if year := found["year"] or found["year2"]:
        return at.quarter(int(year), n)
    if clock.year is None or clock.month is None:
        return at.quarter(None, n)
    if which := (found["which"] or "").casefold():
        return at.quarter(clock.year + {"last": -1, "next": 1}.get(which, 0), n)
    over = (clock.month - 1) // 3
    year_of = clock.year + (n < over) if sight.tense == "future" else clock.year - (n > over)
    return at.quarter(year_of - bool(found["before"]), n)


def season(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "last fall", "the summer of 2014", "this winter"."""
    groups, code = found.groupdict(), SEASONS[found["season"].casefold()]
    if groups.get("year"):
        return at.season(int(groups["year"]), code)
    which, clock = (groups.get("which") or "").casefold(), sight.clock
    if clock.year is None:
        return at.season(None, code)
    # The northern year: a season named "last" in a month before it ends is the year before's.
    ends = {"SP": 6, "SU": 9, "FA": 12, "WI": 3}[code]
    past = which == "last" and (clock.month or 1) <= ends and code != "WI"
    return at.season(clock.year - past - (which == "last" and code == "WI") + (which == "next"), code)


_HOLIDAYS = {"christmas": (12, 25), "christmas eve": (12, 24), "new year's day": (1, 1), "new year's eve": (12, 31)}


def holiday(found: re.Match[str], sight: Sight) -> Meaning | None:
    """Christmas and New Year, and American Thanksgiving (the fourth Thursday of November)."""
    name = re.sub(r"[\s\u00a0]+", " ", found["name"].casefold().replace("’", "'"))
    if name.startswith("thanksgiving"):
        y = int(found["year"]) if found["year"] else at.year_for(sight.clock, 11, 25, sight.tense)
        if y is None:
            return Meaning("XXXX-11-XX")
        first = date(y, 11, 1)
        return at.on(first + timedelta((3 - first.weekday()) % 7 + 21))
    m, d = _HOLIDAYS[name.removesuffix(" day") if "christmas" in name else name]
    return _day(int(found["year"]) if found["year"] else at.year_for(sight.clock, m, d, sight.tense), m, d)


def week_of(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "the week of March 6"."""
    day = month_day(found, sight)
    return at.week(day.first) if day and day.first and day.dated else day


def week_of_month(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "the final week of January": the month, its days the seven meant."""
    m = month_of(found["month"])
    whole = at.month(int(found["year"]) if found["year"] else at.year_for(sight.clock, m, None, sight.tense), m)
    if not whole.first or not whole.last:
        return whole
    if found["which"].casefold() in ("final", "last"):
        return replace(whole, first=whole.last - timedelta(6))
    first = whole.first + timedelta(7 * (ORDINALS[found["which"].casefold()] - 1))
    return replace(whole, first=first, last=first + timedelta(6))


_PHASE = "(?:<phase>[ -])?"

DAYS = (
    Rule(
        "iso date",
        pattern(r"(?<![\w/])<year>[-/](?P<m>0[1-9]|1[0-2])[-/](?P<d>0[1-9]|[12]\d|3[01])(?:(?=T\d)|(?!\w))", borders=False),
        iso_date,
        containing(r"\d\d[-/]\d\d"),
    ),
    Rule(
        "short date",
        pattern(r"(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<y>(?:19|20)\d\d|\d\d)(?![/.-]\d)"),
        short_date,
        containing(r"\d[/.-]\d"),
    ),
    Rule(
        "month day year",
        pattern(
            r"(?:(?:last|this|next) )?(?:<weekname>,? )?<month> (?:the )?<day>"
            r"(?:(?: ?[-–] ?| (?:to|and|or) )<day2>(?! <month3>))?(?:,? ?<year>(?!,\d))?"
        ),
        month_day,
        A_MONTH,
    ),
    Rule(
        "day month year",
        pattern(r"(?:<weekname>,? )?(?:the )?(?:<day2> ?(?:[-–/]|to|and) ?)?<day> (?:of )?<month>(?:,? <year>)?"),
        day_month,
        A_MONTH,
    ),
    Rule(
        "day of month",
        pattern(r"the (?P<day>(?:[12]?\d|3[01])(?:st|nd|rd|th))(?= *(?:[.,;:)]|$|of (?:this|the) month))"),
        day_of_month,
        containing(r"\d(?:st|nd|rd|th)"),
    ),
)
"""A day by its number."""

STRETCHES = (
    Rule("week of", pattern(r"the week of <month> <day>(?:,? <year>)?"), week_of, A_MONTH),
    Rule(
        "week of month",
        pattern(r"(?:the )?(?P<which>first|second|third|fourth|final|last) week of <month>(?:,? (?:of )?<year>)?"),
        week_of_month,
        A_MONTH,
    ),
    Rule(
        "month and year",
        pattern(rf"(?:{_PHASE}|<half> )<month>(?:,? (?:of )?<year>|,? (?:of )?(?P<which>this|last|next) year)"),
        month_and_year,
        A_MONTH,
    ),
    Rule(
        "month",
        pattern(rf"(?:(?P<which>this|last|next|past|the previous|the coming) |{_PHASE}|<half> )<month>(?! \d{{1,2}}\b)"),
        bare_month,
        A_MONTH,
    ),
    Rule(
        "year",
        pattern(
            r"(?:(?:the )?<phase>[ -](?:the year )?|<half> |(?:the )?fiscal (?:year )?|the year )?<year>(?![-/]?\d|[,.]\d|%)"
        ),
        bare_year,
        A_YEAR,
    ),
    Rule(
        "decade", pattern(r"(?:the )?(?:<phase>[ -])?['’]?(?P<ten>(?:1[89]|20)\d0|[3-9]0)['’]?s"), decade, containing("0['’]?s")
    ),
    Rule("century", pattern(r"(?:the )?(?P<n>\d{1,2})(?:st|nd|rd|th)[- ]century"), century, containing("century")),
    Rule(
        "quarter",
        pattern(
            r"(?:the |this |its )?(?P<before>(?:comparable )?year-(?:earlier|ago) )?(?:fiscal[ -])?"
            r"(?:<year2> |(?P<which>this|last|next) year['’]s )?(?:fiscal[ -])?"
            r"(?P<ordinal>first|second|third|fourth)[- ]quarter(?:,? (?:of )?(?:fiscal )?<year>)?"
        ),
        quarter,
        containing("quarter"),
    ),
    Rule("season", pattern(r"(?:(?P<which>last|this|next) |(?:<phase>|the)[ -])?<season>,? (?:of )?<year>"), season, A_SEASON),
    Rule("season", pattern(r"(?P<which>last|this|next) <season>(?! quarter)"), season, A_SEASON),
    Rule(
        "holiday",
        pattern(
            r"(?:last |this |next )?(?P<name>christmas(?: eve| day)?|new year['’]s (?:eve|day)|thanksgiving(?: day)?)"
            r"(?:,? <year>)?"
        ),
        holiday,
        containing("christmas", "new year", "thanksgiving"),
    ),
)
"""Months, years and other stretches of the calendar."""
