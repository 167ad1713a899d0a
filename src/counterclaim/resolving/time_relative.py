"""Rules for expressions that lean on a "now" (weekdays, yesterday, the next day) or name no date (durations, repeats)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from counterclaim.resolving import time_values as at
from counterclaim.resolving.time_dates import Rule, Sight
from counterclaim.resolving.time_values import Meaning
from counterclaim.resolving.time_words import (
    A_PART,
    A_UNIT,
    A_WEEKDAY,
    CLOCK_UNITS,
    PARTS,
    TIMES,
    UNITS,
    containing,
    number_of,
    pattern,
    unit_of,
    weekday_of,
)


def weekday(found: re.Match[str], sight: Sight) -> Meaning | None:
    """The latest such day on or before publication; the next one where the sentence speaks of the future or says so."""
    number, groups = weekday_of(found["weekday"]), found.groupdict()
    which = (groups.get("which") or "").casefold().removeprefix("the ")
    if not sight.clock.dated or not (now := sight.clock.today):
        return Meaning(f"XXXX-WXX-{number + 1}")
    if in_week := (groups.get("week") or "").casefold():
        monday = now - timedelta(now.weekday()) + timedelta(weeks={"last": -1, "next": 1, "previous": -1}.get(in_week, 0))
        return at.on(monday + timedelta(number))
    if which in ("previous", "following") and sight.recent and sight.recent.dated and sight.recent.first:
        step = -1 if which == "previous" else 1
        there = sight.recent.first + timedelta(step)
        return at.on(there + timedelta(step * ((step * (number - there.weekday())) % 7)))
    if which == "that":  # of the days just told of, where they hold one such day only
        told = sight.beside
        if told is None or not told.dated or not told.first or not told.last:
            return Meaning(f"XXXX-WXX-{number + 1}")
        held = told.first + timedelta((number - told.first.weekday()) % 7)
        return at.on(held) if held <= told.last < held + timedelta(7) else Meaning(f"XXXX-WXX-{number + 1}")
    back = (now.weekday() - number) % 7
    if which in ("last", "past", "previous"):
        return at.on(now - timedelta(back or 7))
    if which in ("next", "coming", "this coming", "following"):
        return at.on(now + timedelta((number - now.weekday()) % 7 or 7))
    if which == "this" or sight.tense == "future":
        return at.on(now + timedelta((number - now.weekday()) % 7))
    return at.on(now - timedelta(back))


_STEPS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}


def named_day(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "today", "yesterday", "tomorrow"."""
    step = _STEPS[re.sub(r"[\s\u00a0]+", " ", found["day"].casefold())]
    now = sight.clock.today
    return at.on(now + timedelta(step), sight.clock.dated) if now else Meaning("XXXX-XX-XX")


def calendar_unit(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "this week", "last month", "next year", "late last year", "the past month", "this weekend"."""
    which, unit = found["which"].casefold().removeprefix("the "), unit_of(found["unit"])
    if unit in CLOCK_UNITS or unit == "day":
        return None
    if which == "past":
        return stretch(1, unit, sight, -1)
    step = {"last": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(which, 0)
    now, dated = sight.clock.today, sight.clock.dated
    if not now:
        if unit == "year" and sight.clock.year:
            return at.narrow(at.year(sight.clock.year + step), found["phase"] or "")
        return Meaning({"week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX"}.get(unit, "XXXX"))
    if which in ("previous", "following") and sight.recent and sight.recent.first and sight.recent.dated == dated:
        now = sight.recent.first
    if unit == "quarter":
        there = at.shift_months(now, 3 * step)
        return at.quarter(there.year if dated else None, (there.month - 1) // 3 + 1)
    if unit in ("week", "weekend") and dated:
        # "Last weekend" read on a Sunday is the one that ends today.
        step = 0 if unit == "weekend" and which == "last" and now.weekday() == 6 else step
    whole = at.moved(now, step, unit, dated)
    if unit == "week" and step == -1 and dated and now.weekday() == 6:
        # Read on a Sunday, "last week" may be the one that ends today or the one before: the days cover both, up to yesterday.
        return replace(whole, last=now - timedelta(1))
    return at.narrow(whole, found["phase"] or "")


def the_weekend(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "the weekend": the one that is on or was last."""
    now = sight.clock.today if sight.clock.dated else None
    if not now:
        return Meaning("XXXX-WXX-WE")
    return at.weekend(now if now.weekday() >= 5 or sight.tense == "future" else now - timedelta(7))


def ago(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "ten days ago", "a year ago", "several years ago" (PAST_REF)."""
    number, unit = number_of(found["number"]), unit_of(found["unit"])
    if number is None:
        return Meaning("PAST_REF")
    if unit in CLOCK_UNITS:
        return period(found, sight)
    if not (now := sight.clock.today):
        return Meaning({"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX"}.get(unit, "XXXX"))
    return at.moved(now, -int(number), unit, sight.clock.dated)


def from_then(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "two days earlier", "a week later", "the day before": from the day last named in the text."""
    number, unit = number_of(found["number"] or "a"), unit_of(found["unit"])
    back = found["way"].casefold() in ("earlier", "before", "previously")
    if number is None and back:
        return Meaning("PAST_REF")
    if number is None or unit in CLOCK_UNITS or not sight.recent or not sight.recent.first:
        # From no known hour or day: only how long is known.
        return period(found, sight)
    return at.moved(sight.recent.first, int(number) * (-1 if back else 1), unit, sight.recent.dated)


def narrated_day(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "the next day", "that day", "earlier in the day", "the following morning": from the day last named in the text."""
    words = found.group().casefold()
    step = 1 if re.search(r"next|following|after", words) else -1 if re.search(r"previous|before|preceding", words) else 0
    part = PARTS.get(word.casefold()) if (word := found["part"] or found["part2"]) else None
    if not sight.recent or not sight.recent.first:
        return Meaning(f"XXXX-XX-XXT{part}", "time") if part else Meaning("XXXX-XX-XX")
    day = at.on(sight.recent.first + timedelta(step), sight.recent.dated)
    return replace(day, value=f"{day.value}T{part}", type="time") if part else day


def _code(number: float | None, unit: str) -> str:
    code = UNITS[unit]
    mark = "PT" if unit in CLOCK_UNITS else "P"
    if number is None:
        return f"{mark}X{code}"
    amount = number * TIMES.get(unit, 1)
    if amount != int(amount) and code in ("Y", "H", "M") and mark + code != "PM":
        low = {"Y": ("M", 12), "H": ("M", 60), "M": ("S", 60)}[code]
        whole = f"{int(amount)}{code}" if amount >= 1 else ""
        return f"{mark}{whole}{round((amount - int(amount)) * low[1])}{low[0]}"
    return f"{mark}{amount:g}{code}"


def period(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "40 minutes", "five-month", "almost three months", "an hour and a half"."""
    groups = found.groupdict()
    number, unit = number_of(groups.get("number") or "a"), unit_of(groups["unit"])
    if groups.get("number", "").casefold() in ("a", "an") and not groups.get("about") and _A_RATE.search(sight.before):
        return None
    if groups.get("number", "").casefold() == "second" or (unit == "second" and groups["unit"].casefold() == "second"):
        return None  # "a second" is an ordinal nearly always
    if unit == "quarter" and (number == 1 or "-" in found.group()):
        return None  # a fourth part
    if number is not None and groups.get("and_half"):
        number += 0.5
    elif groups.get("half_of"):
        number = 0.5
    return Meaning(_code(number, unit), "duration")


_A_RATE = re.compile(
    r"(?:\d|\b(?:once|twice|times|tim|percent|dollars|cents|people|tons|barrels|hours|days|million|billion|emails|calls))\s+$",
    re.IGNORECASE,
)
"""Words before "a day" that make it a rate and no stretch: "twice a week", "2.5 million barrels a day"."""

_LEADS_TO_PERIOD = re.compile(r"\b(?:for|in|over|after|of|within)\s+$", re.IGNORECASE)


def vague_period(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "for weeks", "in years": as long as the words, no number."""
    if not _LEADS_TO_PERIOD.search(sight.before):
        return None
    return Meaning(_code(None, unit_of(found["units"])), "duration")


def stretch(number: float | None, unit: str, sight: Sight, way: int) -> Meaning:
    """The `number` units up to (`way` -1) or from (1) publication: a duration that lies somewhere."""
    code, now = _code(number, unit), sight.clock.today
    if number is None or number != int(number) or not now or not sight.clock.dated or unit in CLOCK_UNITS:
        return Meaning(code, "duration")
    n = int(number) * way
    if unit in ("month", "quarter", "year", "decade", "century"):
        there = at.shift_months(now, n * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit])
    else:
        there = now + timedelta(n * {"day": 1, "weekend": 7, "week": 7, "fortnight": 14}[unit])
    return Meaning(code, "duration", min(there, now), max(there, now))


def run_of(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "the past two months", "the last 24 hours", "the next few days", "the first nine months"."""
    which, unit = found["which"].casefold().removeprefix("the "), unit_of(found["unit"])
    number = number_of(found["number"])
    if which in ("past", "last", "previous"):
        return stretch(number, unit, sight, -1)
    if which in ("next", "coming", "following"):
        return stretch(number, unit, sight, 1)
    return Meaning(_code(number, unit), "duration")


def recent_run(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "recent days" (PAST_REF), "coming weeks" (FUTURE_REF)."""
    return Meaning("FUTURE_REF" if found["which"].casefold() in ("coming", "future") else "PAST_REF")


def each(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "every Saturday", "each year", "Saturdays", "Tuesday nights"."""
    groups = found.groupdict()
    if groups["weekday"]:
        part = PARTS.get((groups["part"] or "").casefold().removesuffix("s"))
        return Meaning(f"XXXX-WXX-{weekday_of(groups['weekday']) + 1}{f'T{part}' if part else ''}", "set")
    number = number_of(groups["number"]) if groups["number"] else 1
    return Meaning(_code(number, unit_of(groups["unit"])), "set")


_OFTEN = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M", "yearly": "P1Y", "annually": "P1Y",
}  # fmt: skip


def often(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "daily", "annually"."""
    return Meaning(_OFTEN[found["word"].casefold()], "set")


def present(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "now", "currently"."""
    return Meaning("PRESENT_REF")


def past(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "recently", "previously"."""
    return Meaning("PAST_REF")


def future(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "the future", "soon"."""
    return Meaning("FUTURE_REF")


def business_quarter(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "the latest quarter": the last that is over; "the year-earlier quarter" the one a year before.

    Bare "the quarter" is more often a part of a town here and no date.
    """
    now = sight.clock.today if sight.clock.dated else None
    if not now:
        return Meaning("XXXX-QX")
    there = at.shift_months(date(now.year, now.month, 1), -3)
    return at.quarter(there.year - bool(found["before"] or found["before2"]), (there.month - 1) // 3 + 1)


_REPORTED = re.compile(r"\b(?:for|during|in)\s+$", re.IGNORECASE)


def quarter_told(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "for the quarter", "the quarter ended March 31": the quarter named beside it, else the latest that is over. "In the
    quarter" only where a quarter was just named: a quarter is a part of a town too."""
    beside = sight.beside.value if sight.beside else ""
    led, ended = _REPORTED.search(sight.before), re.match(r"\s+end(?:ed|ing)\b", sight.after)
    if not ended and (led is None or (led[0].casefold().startswith("in") and "-Q" not in beside)):
        return None
    now = sight.clock.today if sight.clock.dated else None
    if "-Q" in beside and sight.beside is not None and not ended:
        return sight.beside
    if not now:
        return Meaning("XXXX-QX")
    there = at.shift_months(date(now.year, now.month, 1), -3)
    return at.quarter(there.year, (there.month - 1) // 3 + 1)


def year_told(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "for the year", "by year-end": the year of publication; "the year ended March 31" is a year's length that ends there."""
    if re.match(r"\s+end(?:ed|ing)\b", sight.after) and not found["close"]:
        return Meaning("P1Y", "duration")
    if not found["close"] and not re.search(r"\bfor\s+$", sight.before, re.IGNORECASE):
        return None
    return at.narrow(at.year(sight.clock.year), "end" if found["close"] else "") if sight.clock.year else Meaning("XXXX")


def year_before(found: re.Match[str], sight: Sight) -> Meaning | None:
    """ "a year earlier": the year before the stretch named beside it (of a quarter its like, of a month its like), else
    before now."""
    beside = sight.beside
    if beside and beside.first and beside.dated:
        y = beside.first.year - 1
        if "-Q" in beside.value:
            return at.quarter(y, int(beside.value[-1]))
        if len(beside.value) == 7 and "W" not in beside.value:
            return at.month(y, beside.first.month)
    now = sight.clock.today if sight.clock.dated else None
    return at.year(now.year - 1) if now else Meaning("XXXX")


_PARTS_OF_DAY = "(?P<part2>morning|evening|night|afternoon)"

NAMED_DAYS = (
    Rule(
        "weekday",
        pattern(
            r"(?:(?P<which>this coming|this past|this|that|last|next|past|the previous|previous|the following|following|coming"
            r"|early|late) )?"
            r"<weekday>(?:,? (?:of )?(?P<week>last|this|next) week)?"
        ),
        weekday,
        A_WEEKDAY,
    ),
    Rule(
        "today",
        pattern(
            r"(?:(?:early|earlier|late|later) )?"
            r"(?P<day>the day before yesterday|the day after tomorrow|today|tonight|yesterday|tomorrow)"
        ),
        named_day,
        containing("today", "tonight", "tomorrow", "yesterday"),
    ),
)
"""Days by their name, which a part of the day or an hour may follow."""

RELATIVES = (
    Rule(
        "a year earlier",
        pattern(r"(?:a year|year)[- ](?:earlier|ago)"),
        year_before,
        containing(r"year[-\s\u00a0](?:earlier|ago)"),
    ),
    Rule(
        "this week",
        pattern(
            r"(?:<phase> )?(?P<which>this|last|next|past|the past|the previous|the following|the coming|the current|current"
            r"|previous) "
            r"(?:fiscal )?(?P<unit>weekend|week|month|quarter|year|decade)(?![- ]old)"
        ),
        calendar_unit,
        containing("week", "month", "quarter", "year", "decade"),
    ),
    Rule("the weekend", pattern(r"the weekend"), the_weekend, containing("weekend")),
    Rule("ago", pattern(r"(?:<about> )?<number> <unit> ago"), ago, containing("ago")),
    Rule(
        "earlier",
        pattern(r"(?:<about> )?<number> <unit> (?P<way>earlier|later|before)(?! the\b)"),
        from_then,
        containing("earlier", "later", "before"),
    ),
    Rule(
        "next day",
        pattern(
            r"(?:(?:earlier|later) )?(?:that|that same|the same|the next|the following|the previous|the preceding) "
            r"(?:day|<part>)(?! of)"
            r"|the day (?:before|after)(?= *[,.;)]|$)|(?:earlier|later) in the day"
            rf"|(?:earlier |later )?in the {_PARTS_OF_DAY}(?! of)"
        ),
        narrated_day,
        containing("day", A_PART.pattern),
    ),
    Rule(
        "past months",
        pattern(
            r"(?P<which>(?:the )?(?:past|last|next|first|previous|coming|following|latest|final|remaining)) <number>[- ]<unit>"
        ),
        run_of,
        containing("past", "last", "next", "first", "previous", "coming", "following", "latest", "final", "remaining"),
    ),
    Rule(
        "recent days",
        pattern(
            r"(?:the )?(?:most )?(?P<which>recent|past|coming|future) "
            r"(?:days?|weeks|months|years|hours|decades|quarters)(?: and (?:weeks|months|years))?"
        ),
        recent_run,
        containing("recent", "past", "coming", "future"),
    ),
    Rule(
        "duration",
        pattern(
            r"(?:<about> )?(?:the (?:entire |whole |full )?)?<number>(?: more| full| straight| consecutive)? <unit>"
            r"(?P<and_half> and a half)?(?![- ]olds?)(?! of age)"
        ),
        period,
        A_UNIT,
    ),
    Rule(
        "five-month",
        pattern(r"(?:<about> )?<number>-<unit>(?:-long)?(?![- ]olds?)"),
        period,
        containing(rf"-(?:{'|'.join(UNITS)}|centuries)"),
    ),
    Rule("month-long", pattern(r"(?:a )?<unit>-long"), period, containing("-long")),
    Rule("half an hour", pattern(r"(?:<about> )?(?P<half_of>half (?:a|an)|half-) ?<unit>"), period, containing("half")),
    Rule(
        "for weeks",
        pattern(r"(?P<units>days|weeks|months|years|decades|centuries)"),
        vague_period,
        containing("days", "weeks", "months", "years", "decades", "centuries"),
    ),
    Rule(
        "every week", pattern(r"(?:every|each) (?:<number> )?(?:<unit>|<weekday>(?: <part>)?)"), each, containing("every", "each")
    ),
    Rule("weekday nights", pattern(r"<weekday>(?:s| (?P<part>nights|mornings|evenings|afternoons))"), each, A_WEEKDAY),
    Rule(
        "often",
        pattern(r"(?P<word>hourly|daily|nightly|weekly|monthly|yearly|annually)"),
        often,
        containing("hourly", "daily", "nightly", "weekly", "monthly", "yearly", "annually"),
    ),
    Rule(
        "present",
        pattern(r"(?:right )?now|currently|current|at present|at the moment|nowadays"),
        present,
        containing(r"\bnow", "current", "present", "moment"),
    ),
    Rule(
        "past",
        pattern(r"(?:more |most )?recently|formerly|the (?:recent )?past"),
        past,
        containing("recently", "formerly", "past"),
    ),
    Rule("future", pattern(r"the (?:near |foreseeable )?future|the (?:short|near) term"), future, containing("future", "term")),
    Rule(
        "the quarter",
        pattern(
            r"(?:the|that) (?:latest|just-ended|(?P<before>year-earlier|year-ago|comparable year-ago)) quarter"
            r"|the (?:latest|(?P<before2>year-earlier|year-ago)) period"
        ),
        business_quarter,
        containing("quarter", "period"),
    ),
    Rule("for the quarter", pattern(r"the quarter"), quarter_told, containing("quarter")),
    Rule(
        "for the year",
        pattern(r"(?P<close>year[- ]end|(?:the )?year['’]s end|(?:the )?end of the year)|the (?:full |fiscal )?year"),
        year_told,
        containing("year"),
    ),
)
"""Everything else that leans on a day named or on publication, and what is no date at all."""
