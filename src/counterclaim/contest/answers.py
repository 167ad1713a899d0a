"""Answers to the questions on which nobody need take a position: when it was and where, with those that exclude one another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import asin, cos, radians, sin, sqrt

from counterclaim.contest.docket import Docket, span_of
from counterclaim.contest.labels import NOBODY
from counterclaim.contest.when import days, sort_key
from counterclaim.records import Answer, IncidentMention, Place, PlacePrecision, Question, ReadReport, Span
from counterclaim.records.spans import Offsets

RULE = (
    "The day and the place that each report's words give the incident, given by whoever says them there, else by the outlet. Two "
    "days exclude each other where no day lies in both; two places where they lie further apart than their precision allows "
    "(an exact one 1 km, a neighbourhood 3, near a place 10, a town 15 km). A region or a country excludes nothing, nor does "
    "a year that is not known, and a day that was only inferred from a publication date excludes none."
)
REACH_KM: dict[PlacePrecision, float] = {"exact": 1, "neighbourhood": 3, "near": 10, "city": 15}
"""How far from its point a place of each precision may mean: a building, a quarter, "near" a town, a large town."""


@dataclass(frozen=True, slots=True)
class _Given:
    """One report's answer: its label, the words it stands in, who gives it, and what it is compared by."""

    label: str
    span: Span
    holder: str
    inferred: str | None
    place: Place | None = None


def answers_of(docket: Docket) -> tuple[Answer, ...]:
    """The answers to when and where, each answer once, by question and label; empty for an aggregate, which has many."""
    if docket.incident.aggregate:
        return ()
    mentions = tuple(docket.mentions)
    when = [given for read, mention in mentions for given in _when(docket, read, mention)]
    where = [given for read, mention in mentions for given in _where(docket, read, mention)]
    return (*_answers("time", when, _other_day), *_answers("place", where, _other_place))


def _when(docket: Docket, read: ReadReport, mention: IncidentMention) -> Iterator[_Given]:
    date = mention.date
    if date is None:
        return
    named = (d.span for d in read.reading.dates if (d.start, d.end) == (date.start, date.end))
    span = next(named, None) or next(iter(mention.evidence), None)
    if span is not None:
        label = date.start if date.start == date.end else f"{date.start}/{date.end}"
        yield _Given(label, span_of(read.report, span), _holder(docket, read, span), date.inferred)


def _where(docket: Docket, read: ReadReport, mention: IncidentMention) -> Iterator[_Given]:
    place = mention.place
    if place is None:
        return
    span = next((p.span for p in read.reading.places if p.place.name == place.name), None)
    if span is not None:
        yield _Given(place.name, span_of(read.report, span), _holder(docket, read, span), None, place)


def _holder(docket: Docket, read: ReadReport, span: Offsets) -> str:
    """Who says the words at `span`: the speaker of the statement that holds them, else the outlet."""
    for statement in read.reading.statements:
        if statement.speaker and any(start <= span[0] < end for start, end in statement.content):
            return docket.parties.name(statement.speaker)
    return docket.credits.get(docket.texts[read.report.id]) or NOBODY


def _answers(question: Question, given: Sequence[_Given], excludes: Callable[[_Given, _Given], bool]) -> Iterator[Answer]:
    same: dict[object, list[_Given]] = {}
    for one in given:
        point = (one.place.lat, one.place.lon, one.place.precision) if one.place and one.place.lat is not None else one.label
        same.setdefault(point, []).append(one)
    by_label = {min(one.label for one in held): held for held in same.values()}
    rivals = {one.label for pair in combinations([held[0] for held in same.values()], 2) if excludes(*pair) for one in pair}
    for label, held in sorted(by_label.items(), key=lambda item: (sort_key(item[0]), item[0])):
        yield Answer(
            question=question, label=label, holders=tuple(dict.fromkeys(one.holder for one in held)),
            spans=tuple(one.span for one in held), inferred=_common({one.inferred for one in held}),
            rival=held[0].label in rivals,
        )  # fmt: skip


def _common(reasons: set[str | None]) -> str | None:
    """Why an answer is inferred, where nobody gives it whole."""
    return min(reason for reason in reasons if reason) if None not in reasons else None


def _other_day(left: _Given, right: _Given) -> bool:
    a, b = days(left.label), days(right.label)
    return a is not None and b is not None and not (left.inferred or right.inferred) and (a[1] < b[0] or b[1] < a[0])


def _other_place(left: _Given, right: _Given) -> bool:
    a, b = left.place, right.place
    if a is None or b is None or None in (a.lat, a.lon, b.lat, b.lon):
        return False
    if a.precision not in REACH_KM or b.precision not in REACH_KM:
        return False
    return _km(a, b) > REACH_KM[a.precision] + REACH_KM[b.precision]


def _km(a: Place, b: Place) -> float:
    """The distance between two places over the ground (haversine formula)."""
    lat1, lon1, lat2, lon2 = (radians(x or 0.0) for x in (a.lat, a.lon, b.lat, b.lon))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(h))
