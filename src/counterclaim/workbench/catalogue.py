"""Every incident of a case in one line each, to be filtered, sorted, mapped and counted without laying it out again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields

from counterclaim.records import Contest, Question
from counterclaim.workbench.opened import Laid, Opened, People, reports_of
from counterclaim.workbench.queue import items_of
from counterclaim.workbench.world import Area

AT_ONCE = 40
"""Incidents laid out at once when the list is made: a query for one costs as much as for forty."""


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
    one, view, incident = laid.contest, laid.view, laid.contest.incident
    unchecked = [item for item in items_of(laid) if item.open_to()]
    place, date = incident.place, incident.date
    return Line(
        id=incident.id,
        title=view.title,
        aggregate=view.aggregate,
        slight=view.slight,
        when=view.when_short,
        inferred=view.when_inferred,
        start=date.start if date else None,
        end=date.end if date else None,
        place=view.place,
        country=place.country if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        accused=tuple(accused.name for accused in view.accused),
        sides=tuple(side.name for side in view.sides),
        toll=view.headline,
        voices=view.voices,
        one_voice=one.count.voices_at_most <= 1,
        contradictions=view.clashes,
        asked=_asked(one),
        disputed=tuple(sorted({c.question for c in one.conflicts if c.kind == "contradiction"})),
        reports=one.reports,
        newest=max((received[id] for id in one.reports if id in received), default=""),
        open=len(unchecked),
        doubt=min((item.sure for item in unchecked if item.sure is not None), default=1.0),
        grade=laid.graded[0].assessment.grade if laid.graded else "",
    )


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

    def lets(self, line: Line, hits: frozenset[str] | None = None) -> bool:
        """Whether the line fits; `hits` are the reports in which the words are, None where no words are asked for."""
        if hits is not None and hits.isdisjoint(line.reports):
            return False
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
        for field in fields(self):
            value = getattr(self, field.name)
            if value:
                asked[field.name] = "1" if value is True else str(value)
        return asked


class Catalogue:
    """The lines of a case, made when first asked for and renewed in the background when the case changes.

    `lines` waits two seconds at most, which is enough for a small case; of a large one it gives what is ready.
    """

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._lock = threading.Lock()
        self._lines: dict[str, Line] = {}
        self._made_of: object = None
        self._run: int | None = None
        self._decided = 0
        self._graded = 0
        self._thread: threading.Thread | None = None
        self.done = 0
        self.total = 0

    @property
    def lines(self) -> tuple[Line, ...]:
        """The incidents with most reports first, then by date; wider totals after them, then those nothing is claimed of."""
        self.renew()
        return self._sorted

    _sorted: tuple[Line, ...] = ()

    @property
    def renewing(self) -> bool:
        """Whether lines are still being made."""
        return self._thread is not None and self._thread.is_alive()

    def renew(self, wait: float = 2.0) -> None:
        """Brings the lines up to date; goes on in the background where that takes longer than `wait` seconds."""
        with self._lock:
            state = self._opened.state()
            if state != self._made_of and not self.renewing:
                self._made_of = state
                self._thread = threading.Thread(target=self._make, name="catalogue", daemon=True)
                self._thread.start()
            thread = self._thread
        if thread is not None:
            thread.join(wait)

    def _make(self) -> None:
        """Makes the lines that are new or stale; those of incidents that nothing happened to are kept."""
        run, people = self._opened.store.current_run(), self._opened.people()
        received = self._opened.received()
        ids = self._opened.incident_ids()
        stale = set(ids) if run != self._run else self._touched(people)
        made = {id: line for id, line in self._lines.items() if id in set(ids) - stale}
        members = self._opened.members() if made and run == self._run else {}
        made = {id: line for id, line in made.items() if members.get(id, frozenset(line.reports)) == frozenset(line.reports)}
        wanted = [id for id in ids if id not in made]
        self.done, self.total = 0, len(wanted)
        for at in range(0, len(wanted), AT_ONCE):
            for laid in self._opened.lay(wanted[at : at + AT_ONCE]):
                made[laid.id] = line_of(laid, received)
            self.done = min(at + AT_ONCE, len(wanted))
            if not self._lines and at % (AT_ONCE * 10) == 0:
                self._keep(made)
        self._lines, self._run = made, run
        self._decided, self._graded = len(people.decisions), len(people.assessments)
        self._keep(made)

    def _touched(self, people: People) -> set[str]:
        """The incidents of which anything was decided since the lines were made."""
        decisions = {d.id: d for d in people.decisions}
        new = [decisions.get(d.undoes or d.id, d) for d in people.decisions[self._decided :]]
        if any(d.fact in ("name", "lead") for d in new):
            return set(self._lines)
        reports = {report for d in new for report in reports_of(d)}
        reports |= {span.report for a in people.assessments[self._graded :] for span in a.members}
        return {id for id, line in self._lines.items() if not reports.isdisjoint(line.reports)}

    def _keep(self, made: dict[str, Line]) -> None:
        self._sorted = tuple(sorted(made.values(), key=_order))


def _order(line: Line) -> tuple[object, ...]:
    return (line.slight, line.aggregate, -len(line.reports), line.start or "9999", line.id)


SORTS: dict[str, Callable[[Line], tuple[object, ...]]] = {
    "reports": _order,
    "date": lambda line: (line.start is None or line.start.startswith("X"), line.start or "", line.id),
    "newest": lambda line: (*(-ord(c) for c in line.newest), line.id),
    "contradictions": lambda line: (-line.contradictions, -len(line.reports), line.id),
}
"""The orders of the list by name."""


def counted(lines: Iterable[Line], values: Callable[[Line], Sequence[str]]) -> list[tuple[str, int]]:
    """Each value with how many lines have it, the commonest first."""
    from collections import Counter

    found = Counter(value for line in lines for value in values(line))
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))
