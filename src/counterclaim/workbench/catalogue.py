"""Every incident of a case in one line each, made in the background and kept, so that no page waits for the contests of all."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from counterclaim import contest
from counterclaim.exchange import told_of
from counterclaim.version import __version__
from counterclaim.workbench.lines import Line, by_reports, line_of
from counterclaim.workbench.opened import Opened
from counterclaim.workbench.people import People, graded_in

LARGE = 500
"""Incidents from which on the lines are kept: fewer are made within a few seconds."""

AT_ONCE = 40
"""Incidents laid out at once when the list is made: a query for one costs as much as for forty."""

REMEMBERED = 200
"""What was asked of the list lately and need not be looked for again."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Made:
    """Lines with what they were made of: the rules, the entry of the log that ended the run, and how much people had decided."""

    lines: dict[str, Line] = field(default_factory=dict)
    rules: str = ""
    finished: int = 0
    decided: int = 0
    graded: int = 0

    def touched(self, people: People) -> set[str]:
        """The incidents of which anything was decided since."""
        decisions = {d.id: d for d in people.decisions}
        new = [decisions.get(d.undoes or d.id, d) for d in people.decisions[self.decided :]]
        if any(d.fact == "name" for d in new) or len(people.decisions) < self.decided:
            return set(self.lines)
        reports = {report for d in new for report in told_of(d)}
        reports |= {report for a in people.assessments[self.graded :] for report in graded_in(a)}
        return {id for id, line in self.lines.items() if not reports.isdisjoint(line.reports)}


def rules_of(run: int | None) -> str:
    """What decides what is read, and this version, which decides what is made of it: other rules make another run."""
    return f"{run} {__version__}"


def keep(made: Made, file: Path) -> None:
    """Writes the lines beside the case, whole or not at all."""
    fresh = file.with_name(f"{file.name}.new")
    try:
        fresh.write_text(json.dumps(asdict(made), ensure_ascii=False), "utf-8")
        os.replace(fresh, file)
    except OSError:
        # Where nothing can be written they are made again the next time; that costs time and nothing else.
        return


def load(file: Path) -> Made:
    """The lines that were kept; none where there are none, or they are of another make."""
    try:
        told: dict[str, Any] = json.loads(file.read_text("utf-8"))
        lines = {id: _line(line) for id, line in told.pop("lines").items()}
        return Made(lines, **told)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Made()


def _line(told: dict[str, Any]) -> Line:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    return Line(**values)


class Catalogue:
    """The lines of a case, made when first asked for and renewed in the background when the case changes.

    `lines` waits two seconds at first, which is enough for a small case, and hardly later; of what takes longer it gives what is
    ready. The lines of a large case are kept in the file `kept`, so that opening it again does not make them anew.
    """

    def __init__(self, opened: Opened, kept: Path | None = None) -> None:
        """`patience` are the seconds to wait for lines where there are none yet, and where there are some."""
        self._opened = opened
        self._kept = kept
        self._lock = threading.Lock()
        self._made = Made()
        self._of: object = None
        self._thread: threading.Thread | None = None
        self._sorted: tuple[Line, ...] = ()
        self._by_id: dict[str, Line] = {}
        self._of_report: dict[str, list[str]] = {}
        self._answers: dict[object, object] = {}
        self.patience = (2.0, 0.2)
        self.done = 0
        self.total = 0

    def remembered(self, asked: object, find: Callable[[tuple[Line, ...]], T]) -> T:
        """What `find` makes of the lines, remembered under `asked` until they change."""
        lines, answers = self.lines, self._answers
        if asked not in answers:
            if len(answers) >= REMEMBERED:
                answers.clear()
            answers[asked] = find(lines)
        return answers[asked]  # type: ignore[return-value]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The incidents with most reports first, then by date; wider totals after them, then those nothing is claimed of."""
        self.renew(self.patience[bool(self._sorted)])
        return self._sorted

    def line(self, id: str) -> Line | None:
        """The line of one incident, None where there is none (yet)."""
        self.renew(self.patience[bool(self._sorted)])
        return self._by_id.get(id)

    def telling(self, reports: Iterable[str]) -> set[str]:
        """The ids of the incidents that any of the reports tells of."""
        return {id for report in reports for id in self._of_report.get(report, ())}

    @property
    def renewing(self) -> bool:
        """Whether lines are still being made."""
        return self._thread is not None and self._thread.is_alive()

    def renew(self, wait: float) -> None:
        """Brings the lines up to date; goes on in the background where that takes longer than `wait` seconds."""
        with self._lock:
            state = self._opened.state()
            if state != self._of and not self.renewing:
                self._of = state
                self._thread = threading.Thread(target=self._make, name="catalogue", daemon=True)
                self._thread.start()
            thread = self._thread
        if thread is not None:
            thread.join(wait)

    def _make(self) -> None:
        """Makes the lines that are new or stale; those of incidents that nothing happened to are kept."""
        (run, finished), people = self._opened.store.facts_state(), self._opened.people()
        if not self._made.lines and self._kept is not None:
            self._made = load(self._kept)
        ids, before = self._opened.incident_ids(), self._made
        still = set(ids) - before.touched(people) if before.rules == rules_of(run) else set()
        made = {id: line for id, line in before.lines.items() if id in still}
        if made and before.finished != finished:
            # More was read since, by the same rules: what an incident is told of in the same reports is as it was.
            members = self._opened.members()
            made = {id: line for id, line in made.items() if members.get(id, set(line.reports)) == set(line.reports)}
        told = self._opened.members() if not made else {}
        # What heads the list is laid out first, so that its first page is right at once.
        wanted = sorted((id for id in ids if id not in made), key=lambda id: -len(told.get(id, ())))
        received = self._opened.received() if len(wanted) > AT_ONCE else {}
        self.done, self.total = 0, len(wanted)
        for at in range(0, len(wanted), AT_ONCE):
            for laid in self._opened.lay(wanted[at : at + AT_ONCE], contest.outline):
                made[laid.id] = line_of(laid, received or self._opened.received(laid.contest.reports))
            self.done = min(at + AT_ONCE, len(wanted))
            if not before.lines and at % (AT_ONCE * 10) == 0:
                self._show(made)
        self._made = Made(made, rules_of(run), finished, len(people.decisions), len(people.assessments))
        self._show(made)
        if self._kept is not None and wanted and len(made) >= LARGE:
            keep(self._made, self._kept)

    def _show(self, made: dict[str, Line]) -> None:
        self._answers = {}
        self._by_id, of_report = dict(made), dict[str, list[str]]()
        for line in made.values():
            for report in line.reports:
                of_report.setdefault(report, []).append(line.id)
        self._of_report = of_report
        self._sorted = tuple(sorted(made.values(), key=by_reports))
