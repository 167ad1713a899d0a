"""The time line of an incident: the event itself and what was said of it, each date with how it is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counterclaim.contest.docket import Docket
from counterclaim.contest.labels import position_label, toll_speaker, toll_words
from counterclaim.contest.tolls import when
from counterclaim.contest.when import sort_key
from counterclaim.records import Moment, Position, Toll

RULE = (
    "The event stands at its own date. A toll stands at the date that its words give it, else where the earliest report "
    "that carries it was published; other words at the day named beside them, else at publication. What has no known date "
    "is left out."
)


def timeline_of(docket: Docket, tolls: Sequence[Toll], positions: Sequence[Position]) -> tuple[Moment, ...]:
    """Everything with a date, earliest first, the event before what was said that day; one entry for each date and label."""
    moments: dict[tuple[str, str], Moment] = {}
    for moment in (*_event(docket), *_tolls(tolls), *_positions(docket, positions)):
        moments.setdefault((moment.date, moment.label), moment)
    return tuple(sorted(moments.values(), key=lambda m: (sort_key(m.date), m.label != docket.incident.title, m.label)))


def _event(docket: Docket) -> Iterator[Moment]:
    """The incident's own date, with the words that name it in the first report that does."""
    date = docket.incident.date
    if date is None:
        return
    span = docket.evidence[0] if docket.evidence else None
    value = date.start if date.start == date.end else f"{date.start}/{date.end}"
    how = f"inferred: {date.inferred}" if date.inferred else "as reported"
    yield Moment(date=value, how=how, label=docket.incident.title, side=None, span=span)


def _tolls(tolls: Sequence[Toll]) -> Iterator[Moment]:
    for toll in tolls:
        date = when(toll)
        if date is None:
            continue
        how = "the date that the words give" if toll.as_of else f"published that day, {toll.said_how}"
        yield Moment(date=date, how=how, label=f"{toll_speaker(toll)}: {toll_words(toll)}", side=toll.side, span=toll.span)


def _positions(docket: Docket, positions: Sequence[Position]) -> Iterator[Moment]:
    """Each day on which a position was taken anew."""
    said = {one.ref: one for one in docket.said}
    for position in positions:
        for ref in position.statements:
            date, how = said[ref].day()
            if date is not None:
                yield Moment(date=date, how=how, label=position_label(position), side=position.side, span=said[ref].content()[0])
