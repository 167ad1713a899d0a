"""An incident mention laid out for comparison: when, where, who is accused, how many died, and in which words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from counterclaim.linking.wording import telling_words
from counterclaim.records import DateRange, IncidentMention, IncidentRef, Place, Range, ReadReport

HEADLINE = 2
"""A word of the headline counts this many times more: headlines name the place and the victim and nothing else."""

AROUND = 1
"""Sentences taken on each side of the words that name a background incident; its report's other words belong to another."""

_DAY = re.compile(r"(\d{4}|X{4})-(\d\d)-(\d\d)")
_MONTH = re.compile(r"(\d{4})-(\d\d)(?:-XX)?")
_YEAR = re.compile(r"(\d{4})(?:-XX)*")


@dataclass(frozen=True, slots=True)
class When:
    """`first` and `last`: the days it may cover, counted as `date.toordinal`, None where unknown; `yearless`: month and day of
    the first day where the text gives no year; `published`: the day its report came out, None where unknown."""

    first: int | None
    last: int | None
    yearless: tuple[int, int] | None
    published: int | None


@dataclass(frozen=True, slots=True, eq=False)
class Comparable:
    """One mention with all that it is compared by. `words`: its telling words counted; `key`: sorts by publication, then id."""

    ref: IncidentRef
    mention: IncidentMention
    when: When
    place: Place | None
    accused: tuple[str, ...]
    killed: Range | None
    words: Mapping[str, int]
    key: tuple[str, str, int]


def comparables(read: ReadReport, names: Mapping[str, str]) -> list[Comparable]:
    """Every incident mention of a report, in its order; accused under their shown names."""
    report = read.report
    published = day(report.published.value) if report.published else None
    found = []
    for index, mention in enumerate(read.reading.incidents):
        said = mention.date
        first, last, yearless = bounds(said) if said else (None, None, None)
        found.append(
            Comparable(
                ref=IncidentRef(report.id, index),
                mention=mention,
                when=When(first, last, yearless, published[1] if published else None),
                place=mention.place,
                accused=tuple(dict.fromkeys(names.get(name, name) for name in mention.alleged)),
                killed=mention.killed,
                words=_words(read, mention),
                key=(report.published.value if report.published else "9999", report.id, index),
            )
        )
    return found


def _words(read: ReadReport, mention: IncidentMention) -> Counter[str]:
    """Of the incident a report is about the whole text, of another one the sentences around its evidence."""
    text, sentences = read.report.text, read.reading.sentences
    if mention.main or not sentences or not mention.evidence:
        counted = Counter(telling_words(text))
        for word in telling_words(read.report.title or ""):
            counted[word] += HEADLINE
        return counted
    held: set[int] = set()
    for start, end in mention.evidence:
        inside = [i for i, s in enumerate(sentences) if s[0] < end and s[1] > start]
        if inside:
            held.update(range(max(0, inside[0] - AROUND), min(len(sentences), inside[-1] + AROUND + 1)))
    return Counter(w for i in sorted(held) for w in telling_words(text[sentences[i][0] : sentences[i][1]]))


def day(value: str) -> tuple[int, int] | None:
    """First and last day an EDTF date covers, as ordinals; None where it has no year or is no date."""
    value = value[:10]
    if m := _DAY.fullmatch(value):
        return None if m[1] == "XXXX" else _days(int(m[1]), int(m[2]), int(m[3]))
    if m := _MONTH.fullmatch(value):
        return _days(int(m[1]), int(m[2]), None)
    if m := _YEAR.fullmatch(value):
        return _days(int(m[1]), None, None)
    return None


def bounds(said: DateRange) -> tuple[int | None, int | None, tuple[int, int] | None]:
    """First and last ordinal day of a date range, and month and day where it has no year."""
    first, last = day(said.start), day(said.end)
    if first and last:
        return first[0], max(last[1], first[0]), None
    m = _DAY.fullmatch(said.start)
    return None, None, (int(m[2]), int(m[3])) if m and m[1] == "XXXX" else None


def _days(year: int, month: int | None, day_of_month: int | None) -> tuple[int, int] | None:
    try:
        if month is None:
            return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        if day_of_month is None:
            first = date(year, month, 1)
            return first.toordinal(), ((first + timedelta(days=31)).replace(day=1) - timedelta(days=1)).toordinal()
        return (date(year, month, day_of_month).toordinal(),) * 2
    except ValueError:
        return None
