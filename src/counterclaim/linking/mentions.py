"""An incident mention laid out for comparison: when, where, who is accused, how many died, and in which words."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from sys import intern

from counterclaim.linking.wording import name_pairs, telling_words, undated
from counterclaim.records import IncidentMention, IncidentRef, Offsets, Place, Reading, ReadReport, Report

HEADLINE = 2
"""A word of the headline counts this many times more: headlines name the place and the victim and nothing else."""

LEAD = 1600
"""Characters of a report whose words are compared: below its first dozen sentences news tells of earlier events."""

BRIEF = 30
"""Telling words up to which a report is brief: a headline or an alert. What it leaves out tells nothing, so that pairs of
them are weighed by numbers of their own, by the day they came out first. One without that day is as any other, and so is
one that says when and where."""

VAST = ("region", "country")
"""Precisions of places that are no place of one incident."""

AROUND = 1
"""Sentences taken on each side of the words that name a background incident; its report's other words belong to another."""

EVENT = -1
"""Index of what a report tells of that is about no incident of harm: an election, a trial, a storm."""

Key = tuple[str, str, int]
"""Sorts mentions by publication, then report id, then place in the report."""

_AGE = re.compile(r"\b(\d{1,2})[- ]year[- ]old\b")
_EDTF = re.compile(r"(?P<year>\d{4}|XXXX)(?:-(?P<month>\d\d|XX))?(?:-(?P<day>\d\d|XX))?")


@dataclass(frozen=True, slots=True)
class Days:
    """The days a date may mean: `first` and `last` counted as `date.toordinal`, or, where the text gives no year, the month and
    day `yearless`, put into the leap year 2000 and counted alike."""

    first: int
    last: int
    yearless: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """Words in the order in which they first come, and how often each does: a fifth of the memory of a dictionary."""

    words: tuple[str, ...] = ()
    times: tuple[int, ...] = ()

    @classmethod
    def of(cls, counted: Mapping[str, int]) -> Counted:
        """What is in a dictionary of the same."""
        return cls(tuple(map(intern, counted)), tuple(counted.values()))

    def items(self) -> Iterator[tuple[str, int]]:
        """Each word with how often it comes."""
        return zip(self.words, self.times, strict=True)


@dataclass(frozen=True, slots=True, eq=False)
class Comparable:
    """One mention with all that it is compared by. What is not known is None.

    Taken from the mention's own passage (the whole text for the incident a report is about): `words`, its telling words
    counted, of a brief report with its marks; `headline`, those of the title; `ages`, the years that people are said to be;
    `names`, pairs of capitalised words, ascending; `places` and `dates`, all that are named there, for the one a reader took for
    the incident's may be another's; `told`, what it is called where neither place nor day is known. `marks` are the parties,
    countries and places of a brief report, None of any other. `key` sorts by publication, then report id, then place in the
    report."""

    ref: IncidentRef
    mention: IncidentMention
    happened: Days | None
    weekday: int | None
    published: Days | None
    accused: tuple[str, ...]
    told: str
    words: Counted
    headline: Counted
    ages: frozenset[str]
    names: tuple[str, ...]
    places: tuple[Place, ...]
    dates: frozenset[Days]
    outlet: str | None
    marks: Mapping[str, frozenset[str]] | None
    key: Key


def comparables(read: ReadReport, names: Mapping[str, str]) -> list[Comparable]:
    """Every incident mention of a report, in its order; accused under their shown names. A report that is about no harm, or that
    was not read, is compared as well, by its words and what else is known, under the index `EVENT`."""
    report, reading = read.report, read.reading
    published = report.published.value if report.published else None
    found = []
    end = _end(report.text)
    short = published is not None and report.recorder is None and len(_words(report.text[: min(end, BRIEF * 20)])) <= BRIEF
    for key, mention in told_in(read):
        told_in_full = mention.date is not None and mention.place is not None and mention.place.precision not in VAST
        marks = _marks(read, end) if short and mention.main and not told_in_full else None
        passage = _passage(read, mention)
        text = "\n".join(report.text[start:end] for start, end in passage)
        lead = text[: min(end, LEAD)] if mention.main else text
        title = report.title or "" if mention.main else ""
        happened = days(mention.date.start, mention.date.end) if mention.date else None
        dates = (days(d.start, d.end) for d in reading.dates if d.start and d.end and _inside(d.span, passage))
        found.append(
            Comparable(
                ref=IncidentRef(report.id, key[2]),
                mention=mention,
                happened=happened,
                weekday=_weekday(reading, mention, happened),
                published=days(published, published) if published else None,
                accused=tuple(dict.fromkeys(names.get(name, name) for name in mention.alleged)),
                told=_told(report, mention),
                words=Counted.of(Counter(_words(lead)) + Counter(_words(title) * HEADLINE) + Counter(_as_words(marks))),
                headline=Counted.of(Counter(_words(title))),
                ages=frozenset(_AGE.findall(text)),
                names=tuple(map(intern, sorted(name_pairs(f"{title}\n{text}")))),
                places=tuple(dict.fromkeys(p.place for p in reading.places if _inside(p.span, passage))),
                dates=frozenset(d for d in dates if d),
                outlet=report.outlet,
                marks=marks,
                key=key,
            )
        )
    return found


def told_in(read: ReadReport) -> list[tuple[Key, IncidentMention]]:
    """The mentions that are compared of a report, in its order, each with its `key`."""
    told = list(enumerate(read.reading.incidents))
    if not any(mention.main for _, mention in told):
        told.append((EVENT, IncidentMention(main=True)))
    published = read.report.published.value if read.report.published else None
    return [((published or "unknown", read.report.id, index), mention) for index, mention in told]


_WEEKDAY = re.compile(r"XXXX-WXX-([1-7])")


def _weekday(reading: Reading, mention: IncidentMention, happened: Days | None) -> int | None:
    """The day of the week it happened on: of the one day that is known, else as its words tell ("on Wednesday")."""
    if happened is not None:
        known = happened.first == happened.last and not happened.yearless
        return date.fromordinal(happened.first).isoweekday() if known else None
    told = (_WEEKDAY.match(d.value) for d in reading.dates if d.span in mention.evidence)
    return next((int(day[1]) for day in told if day), None)


_CREDIT = re.compile(r"\s(?:CR|AU)(?:\s+[^\W\d_a-z]\S*(?:\s+\S+){0,15})?\s*$|\s(?:CR )?Source:\s+\S+(?:\s+\S+){0,15}\s*$")
"""The end of a headline as press archives give it: codes, and behind them who is credited ("CR Source: X website, Paris") or who
wrote it ("AU")."""


def _end(text: str) -> int:
    """Where a credit begins at the end of a text; a text without one is taken whole."""
    found = _CREDIT.search(text, max(0, len(text) - 200))
    return found.start() if found else len(text)


def _words(text: str) -> list[str]:
    return telling_words(undated(text))


def _marks(read: ReadReport, end: int) -> Mapping[str, frozenset[str]]:
    """The parties, countries and finer places that a report names, those of its credit left out."""
    reading = read.reading
    places = [p.place for p in reading.places if p.span[0] < end]
    return {
        "party": frozenset(a.side for a in reading.actors if a.side),
        "country": frozenset(p.country for p in places if p.country),
        "place": frozenset(p.name.casefold() for p in places if p.precision != "country"),
    }


def _as_words(marks: Mapping[str, frozenset[str]] | None) -> list[str]:
    """Marks as words that no text holds."""
    return [f"{kind}: {name}" for kind, names in (marks or {}).items() for name in sorted(names)]


def _passage(read: ReadReport, mention: IncidentMention) -> list[Offsets]:
    """Of the incident a report is about the whole text, of another one the sentences around its evidence."""
    sentences = read.reading.sentences
    if read.report.recorder is not None:  # a row's column names are no words of its incident
        text = read.report.text
        return [(start + text[start:end].find(": ") + 2, end) for start, end in sentences if ": " in text[start:end]]
    if mention.main or not sentences or not mention.evidence:
        return [(0, len(read.report.text))]
    held: set[int] = set()
    for start, end in mention.evidence:
        inside = [i for i, s in enumerate(sentences) if s[0] < end and s[1] > start]
        if inside:
            held.update(range(max(0, inside[0] - AROUND), min(len(sentences), inside[-1] + AROUND + 1)))
    return [sentences[i] for i in sorted(held)]


def _inside(span: Offsets, passage: Sequence[Offsets]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in passage)


def _told(report: Report, mention: IncidentMention) -> str:
    """A total is called by its own words, an attack told of in passing by the report that tells of it."""
    if mention.aggregate and mention.evidence:
        return f"Total of “{report.text[slice(*mention.evidence[0])]}”"
    where = report.title or report.outlet
    return f"Told of in “{where}”" if where else "Told of in passing"


def days(start: str, end: str) -> Days | None:
    """The days from one EDTF date to another (`2017-03-17`, `2017-03`, `2017`, `XXXX-03-17`); None where they name none."""
    first, last = _covered(start), _covered(end)
    if first is None or last is None:
        return None
    return Days(first[0], max(first[0], last[1]), start.startswith("XXXX"))


def _covered(value: str) -> tuple[int, int] | None:
    m = _EDTF.match(value)
    if m is None:
        return None
    year = 2000 if m["year"] == "XXXX" else int(m["year"])
    month, day = ((int(x) if x and x != "XX" else None) for x in (m["month"], m["day"]))
    try:
        if month is None:
            return None if m["year"] == "XXXX" else (date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())
        if day is None:
            return date(year, month, 1).toordinal(), date(year, month, monthrange(year, month)[1]).toordinal()
        return date(year, month, day).toordinal(), date(year, month, day).toordinal()
    except ValueError:
        return None
