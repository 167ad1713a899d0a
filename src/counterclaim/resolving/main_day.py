"""Chooses the day of the incident that a report is about, among all days that it names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date as day

from counterclaim.records import DateMention, Extraction, Offsets, Statement
from counterclaim.resolving.harms import HarmSentence, dates_the_event, within
from counterclaim.resolving.times import as_range

_TELLS = re.compile(
    r"\b(?:happened|occurred|took place|unfolded|broke out|(?:was|were) reported|(?:shots|gunfire|gunshots) (?:were|was|rang)"
    r"|responded|(?:was|were|been) (?:called|dispatched|sent|summoned|alerted)|arrived|rushed"
    r"|received (?:an? |several |multiple )?(?:\w+ )?(?:calls?|reports?)|call(?:ed)? (?:to )?911"
    r"|found|discovered|died|dead|shot|wounded|hit by|struck|grazed|gunshot|gunman|opened fire|fired|killing|killed)\b",
    re.IGNORECASE,
)
"""Words that tell of what happened where the sentence names no attack: "It happened on Sunday", "Crews were called ..."."""
_AFTERMATH = re.compile(
    r"\b(?:arrest(?:ed|s)?|charg(?:ed|es)|court|hearing|arraign\w*|plead\w*|trial|sentenc\w+|indict\w*|convict\w*|warrants?|bail"
    r"|bond|jail(?:ed)?|prosecutors?|custody|jury|verdict|testif\w+|funeral|vigil|memorial|buried|autopsy|born)\b",
    re.IGNORECASE,
)
"""Words for what has a day of its own: what follows an attack, and a birth."""
_PAGE = re.compile(r"\b(?:copyright|posted|updated|published|all rights|last modified)|©", re.IGNORECASE)
"""Words of the page around a report: their days are the page's."""

_HARM, _TOLD, _SAID, _PLAIN = 4.0, 3.0, 2.0, 1.0
"""What a day counts: beside a harm; in a sentence that tells of what happened; beside the saying of it; in no such sentence.

These and the factors below were fitted by hand on 337 reports of shootings and 209 assessments of strikes: dated within a day
.63 -> .78 and .85 -> .96; on reports not learned on .68 -> .83 and .82 -> .89. Halving or doubling any one of them moves these by
less than .02, but for `_OPENING` and `_DAY`."""
_OPENING, _OPENING_REACH, _LEAD, _LEAD_REACH = 3.0, 2, 2.0, 6
"""Factors of the first two sentences, and of the next four; a day that nothing ties to what happened counts only there."""
_DAY, _CLOSE, _HOUR, _AFTER = 6.0, 2.0, 2.0, 0.25
"""Factors of a day against a month or year; within 25 code points of a word of attack ("the March 17 strike"); with an hour or
part of the day; beside a word of arrest, court or funeral."""


def main_day(
    extraction: Extraction,
    statements: Sequence[Statement],
    told: Sequence[HarmSentence],
    dates: Sequence[DateMention],
    published: str | None,
    elsewhere: Collection[int] = (),
) -> DateMention | None:
    """The day that weighs most in the report, its mentions added up; None where none is tied to what happened.

    Days to come, days of the page and of an attack told in passing do not count; those in the sentences numbered `elsewhere`,
    which name another town, count half.
    """
    weights: dict[str, float] = defaultdict(float)
    first: dict[str, DateMention] = {}
    behind = {d.span for s in told if s.background for d in s.dates}
    beside = {d.span for s in told if not s.background for d in s.dates}
    totals = {s.number for s in told if s.figures and not s.dates and all(f.scope in {"running", "period"} for f in s.figures)}
    for number, span in enumerate(extraction.sentences):
        for date in dates:
            if within(date.span, span) and date.span not in behind and number not in totals:
                weight = _weight(extraction, statements, date, number, date.span in beside, published)
                if weight:
                    key = date.start or date.value
                    if key not in first or (_is_day(date) and first[key].type == "time"):
                        first[key] = date
                    weights[key] += weight / 2 if number in elsewhere else weight
    return first[max(weights, key=lambda k: weights[k])] if weights else None


def _is_day(date: DateMention) -> bool:
    days = as_range(date)
    return days is not None and days.precision == 1


def _weight(
    extraction: Extraction, statements: Sequence[Statement], date: DateMention, number: int, beside: bool, published: str | None
) -> float:
    """What one mention of a day counts for that day being the incident's."""
    text, span = extraction.text, extraction.sentences[number]
    if date.type not in {"date", "time"} or date.value.endswith("_REF") or (date.start is None and not beside):
        return 0
    if date.start and published and date.start[:4].isdigit() and date.start > published:
        return 0
    if _PAGE.search(text, max(0, date.span[0] - 60), date.span[0]):
        return 0
    events = [e for e in extraction.events if within(e, span)]
    close = any(min(abs(date.span[0] - e[1]), abs(e[0] - date.span[1])) <= 25 for e in events)
    tells = close or _TELLS.search(text, *span) is not None
    said = [s for s in statements if any(a < span[1] and b > span[0] for a, b in s.content)]
    if beside:
        weight = _SAID if _dates_the_saying(text, date, said) else _HARM
    elif not dates_the_event(text, date, said, events):
        weight = _SAID if tells and not _dates_the_saying(text, date, said) else 0
    elif tells:
        weight = _TOLD
    else:
        weight = _PLAIN if number < _LEAD_REACH else 0
    weight *= _OPENING if number < _OPENING_REACH else _LEAD if number < _LEAD_REACH else 1
    if date.type == "date" and text[: date.span[1]].endswith(" ago"):
        weight /= 2  # "ten days ago" may be eleven
    weight *= _CALENDAR if _by_the_calendar(text, date, published) else 1
    weight *= (_DAY if _is_day(date) else 1) * (_CLOSE if close else 1) * (_HOUR if date.type == "time" else 1)
    return weight * (_AFTER if dates_the_aftermath(text, date, span) else 1)


_CALENDAR, _FRESH = 2.0, 7
"""Factor of a day named by its date that lies a week or more before publication: what is new is told by weekdays, what a report
comes back to by its date."""


def _by_the_calendar(text: str, date: DateMention, published: str | None) -> bool:
    if not published or not date.start or not _is_day(date) or not re.search(r"\d", text[slice(*date.span)]):
        return False
    try:
        age = day.fromisoformat(published[:10]) - day.fromisoformat(date.start)
    except ValueError:  # a year or month that is not known
        return False
    return age.days >= _FRESH


_GOVERNED = 30
"""Code points behind a verb of saying within which a day is the saying's: "blamed human error on Tuesday for the strike"."""


def _dates_the_saying(text: str, date: DateMention, said: Sequence[Statement]) -> bool:
    """Whether a day stands right behind a verb of saying."""
    start = date.span[0]
    governed = any(0 <= start - c[1] <= _GOVERNED for s in said for c in s.cue)
    return (
        governed
        or re.search(r"\b(?:said|says|told|announced|statement)\b[^,.;]{0,25}$", text[max(0, start - 60) : start]) is not None
    )


def dates_the_aftermath(text: str, date: DateMention, sentence: Offsets) -> bool:
    """Whether a day stands beside a word for what followed: "was arrested Monday in the fatal shooting of ..."."""
    near = max(sentence[0], date.span[0] - 60), min(sentence[1], date.span[1] + 25)
    return _AFTERMATH.search(text, *near) is not None
