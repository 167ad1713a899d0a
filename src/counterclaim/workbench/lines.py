"""One line for an incident, and what may be asked of a list of lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields

from counterclaim.dossier import heads, words
from counterclaim.records import Contest, Question
from counterclaim.workbench.laid import Laid
from counterclaim.workbench.queue import items_of
from counterclaim.workbench.world import Area


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An incident in the list. `start` and `end` are its first and last day (EDTF), `newest` the time its latest report came in
    (ISO 8601); `toll` is (phrase, of what), `voices` a number or two; `asked` are the questions somebody answered and `disputed`
    those over which claims contradict; `reports` are ids; `open` counts what nobody has decided on, `doubt` is how sure the least
    sure of that is."""

    id: str
    title: str
    aggregate: bool
    slight: bool
    when: str
    inferred: str | None
    start: str | None
    end: str | None
    place: str
    country: str | None
    lat: float | None
    lon: float | None
    accused: tuple[str, ...]
    sides: tuple[str, ...]
    toll: tuple[str, str]
    voices: str
    one_voice: bool
    contradictions: int
    asked: tuple[Question, ...]
    disputed: tuple[Question, ...]
    reports: tuple[str, ...]
    newest: str
    open: int
    doubt: float
    grade: str

    def year_to(self, length: int) -> str | None:
        """The first day cut to a year (4), a month (7) or a day (10); None where it is not known that closely."""
        if self.start is None or len(self.start) < length or "X" in self.start[:length]:
            return None
        return self.start[:length]


def line_of(laid: Laid, received: dict[str, str]) -> Line:
    """The line of an incident laid out; `received` says when the captures of its reports came in."""
    one, incident = laid.contest, laid.contest.incident
    unchecked = [item for item in items_of(laid) if item.open_to()]
    clashes = [c for c in one.conflicts if c.kind == "contradiction"]
    place, date = incident.place, incident.date
    return Line(
        id=incident.id,
        title=words.inert(incident.title),
        aggregate=incident.aggregate,
        slight=heads.slight(one),
        when=words.when_phrase(date, short=True),
        inferred=words.inert(date.inferred) if date and date.inferred else None,
        start=date.start if date else None,
        end=date.end if date else None,
        place=words.inert(words.place_phrase(place)),
        country=place.country if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        accused=tuple(dict.fromkeys(words.inert(words.names(name)) for name in one.accused)),
        sides=_sides(one),
        toll=heads.headline(one),
        voices=heads.voices(one),
        one_voice=one.count.voices_at_most <= 1,
        contradictions=len(clashes),
        asked=_asked(one),
        disputed=tuple(sorted({clash.question for clash in clashes})),
        reports=one.reports,
        newest=max((received[id] for id in one.reports if id in received), default=""),
        open=len(unchecked),
        doubt=min((item.sure for item in unchecked if item.sure is not None), default=1.0),
        grade=laid.graded[0].assessment.grade if laid.graded else "",
    )


def _sides(one: Contest) -> tuple[str, ...]:
    there = {side for side in (*(t.side for t in one.tolls), *(p.side for p in one.positions)) if side}
    return tuple(sorted({words.inert(words.names(side)) for side in there}))


def _asked(one: Contest) -> tuple[Question, ...]:
    toll: set[Question] = {"toll"} if one.tolls else set()
    return tuple(sorted(toll | {position.question for position in one.positions}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What is asked of the list; an empty value asks nothing. `words` are looked for in the reports' texts and statements."""

    words: str = ""
    place: str = ""
    since: str = ""
    until: str = ""
    side: str = ""
    question: str = ""
    contradicts: bool = False
    one_voice: bool = False
    new_since: str = ""
    area: Area | None = None

    def lets(self, line: Line) -> bool:
        """Whether the line fits all but the words, which only the reports' texts can tell."""
        if self.place and self.place.casefold() not in f"{line.place} {line.title}".casefold():
            return False
        if (self.since or self.until) and not self._dated(line):
            return False
        if self.side and self.side not in line.sides and self.side not in line.accused:
            return False
        if self.question and self.question not in (line.disputed if self.contradicts else line.asked):
            return False
        if self.contradicts and not line.contradictions:
            return False
        if self.one_voice and not line.one_voice:
            return False
        if self.new_since and line.newest < self.new_since:
            return False
        if self.area is None:
            return True
        return line.lat is not None and line.lon is not None and self.area.holds(line.lat, line.lon)

    def _dated(self, line: Line) -> bool:
        """Whether any day of the incident lies within; one whose year is unknown lies nowhere."""
        start, end = line.start, line.end or line.start
        if start is None or end is None or start.startswith("X"):
            return False
        # An end that is open reaches every later day; EDTF days, months and years sort by their letters.
        return (not self.until or start <= self.until + "~") and (not self.since or end == ".." or end >= self.since)

    def asks(self) -> dict[str, str]:
        """The filter as the parameters of an address, empty values left out."""
        asked = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if value:
                asked[one.name] = "1" if value is True else str(value)
        return asked


def by_reports(line: Line) -> tuple[object, ...]:
    return (line.slight, line.aggregate, -len(line.reports), line.start or "9999", line.id)


SORTS: dict[str, Callable[[Line], tuple[object, ...]]] = {
    "reports": by_reports,
    "date": lambda line: (line.start is None or line.start.startswith("X"), line.start or "", line.id),
    "newest": lambda line: (*(-ord(c) for c in line.newest), line.id),
    "contradictions": lambda line: (-line.contradictions, -len(line.reports), line.id),
}
"""The orders of the list by name."""


def counted(lines: Iterable[Line], values: Callable[[Line], Sequence[str]]) -> list[tuple[str, int]]:
    """Each value with how many lines have it, the commonest first."""
    found = Counter(value for line in lines for value in values(line))
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))
