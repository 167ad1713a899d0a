"""The case as the pages see it: one incident or report at a time, as people corrected it, kept until something changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence

from counterclaim import contest
from counterclaim.case import view
from counterclaim.exchange import told_of
from counterclaim.pipeline import Case
from counterclaim.records import CopyLink, Decision, Linkage, PassageLink, ReadReport, View
from counterclaim.workbench.laid import Laid, LayingOut, Over, lay_one
from counterclaim.workbench.people import Moved, People, graded_in

KEPT = 256
"""Incidents kept laid out: some 300 kB each with their reports, so well under 100 MB."""

_CODED = ("figure", "statement", "mention")
"""What people code one by one; the rest is about whole incidents, names or reports."""
_HOLDING = ("in force", "disputed", "settled")


class Opened:
    """A case opened for the workbench. Many threads may ask; what is laid out is shared between them."""

    def __init__(self, case: Case, name: str) -> None:
        self.case = case
        self.store = case.store
        self.name = name
        self._lock = threading.Lock()
        self._laid: OrderedDict[str, Laid] = OrderedDict()
        self._moved = Moved(case.store)
        self._people: People | None = None
        self._judged: View | None = None
        self._state: object = None
        self._register: tuple[str, ...] = ()
        self._unread: tuple[object, dict[str, str]] = (None, {})

    def state(self) -> int:
        """What grows whenever a page might look different."""
        return self.store.state()

    def incident(self, id: str) -> Laid | None:
        """The incident laid out; None where the case has none of that id."""
        return self._kept(id, lambda: self.lay([id]))

    def _kept(self, key: str, lay: Callable[[], list[Laid]]) -> Laid | None:
        """What is laid out under the key, by `lay` where it is not at hand."""
        self._forget_if_changed()
        with self._lock:
            if key in self._laid:
                self._laid.move_to_end(key)
                return self._laid[key]
        state, laid = self._state, next(iter(lay()), None)
        if laid is not None:
            with self._lock:
                if state == self._state:
                    self._laid[key] = laid
                while len(self._laid) > KEPT:
                    self._laid.popitem(last=False)
        return laid

    def alone(self, id: str, user: str) -> Laid | None:
        """The machine's incident as it were if nobody but `user` had decided anything; None where there is none of that id."""
        return self._kept(f"{id} {user}", lambda: lay_one(self._over(id, self._of_user(user)), id))

    def decided_by_others(self, id: str, user: str) -> frozenset[object]:
        """The facts of the machine's incident that others than `user` decided on and nobody took back."""
        standings = self._over(id, self.people().decisions).view.standings
        return frozenset(
            ref
            for s in standings
            if s.decision.user != user and s.state in _HOLDING and s.decision.fact in _CODED
            for ref in s.on
        )

    def decided_in(self, user: str) -> tuple[str, ...]:
        """The machine's incidents in which others than `user` decided on facts."""
        others = [d for d in self.people().decisions if d.user != user and d.fact in _CODED]
        return self.store.incidents_of({report for decision in others for report in told_of(decision)})

    def _of_user(self, user: str) -> tuple[Decision, ...]:
        """What `user` decided on facts, and what took that back, by whomever."""
        own = {d.id for d in self.people().decisions if d.user == user and d.fact in _CODED}
        return tuple(d for d in self.people().decisions if (d.id in own and d.undoes is None) or d.undoes in own)

    def _over(self, id: str, decisions: Sequence[Decision]) -> Over:
        reports, linkage = self.store.of_incidents([id])
        held = {read.report.id for read in reports}
        about = {d.id for d in decisions if d.undoes is None and not held.isdisjoint(told_of(d))}
        return Over.of(reports, linkage, [d for d in decisions if (d.undoes or d.id) in about])

    def lay(self, ids: Collection[str], lay_out: LayingOut = contest.lay_out) -> list[Laid]:
        """The incidents laid out, each from its own reports only, in no particular order."""
        people = self.people()
        found = [laid for id in ids if id in people.groups for laid in lay_one(people.groups[id].over, id, lay_out)]
        still = [id for id in ids if id not in people.groups]
        if still:
            over = self._unmoved(still)
            found += [laid for incident in over.view.linkage.incidents for laid in lay_one(over, incident.id, lay_out)]
        return found

    def _unmoved(self, ids: Collection[str]) -> Over:
        """A few incidents that nobody moved, as people corrected them."""
        reports, linkage = self.store.of_incidents(ids)
        return Over.of(reports, linkage, self.people().on([read.report.id for read in reports]))

    def report(self, id: str) -> tuple[ReadReport, tuple[str, ...]]:
        """A report as people corrected it, and the ids of the incidents it tells of. CaseError where there is none."""
        read, incidents = self.store.of_report(id)
        people = self.people()
        group = people.holding.get(id)
        if group is not None:
            held = next(held for held in group.over.view.reports if held.report.id == id)
            here = {incident.id for incident in group.over.view.linkage.incidents for ref in incident.members if ref.report == id}
            return held, tuple(sorted(here | {i for i in incidents if i not in people.groups}))
        decisions = people.on([id])
        return (view([read], Linkage(), decisions).reports[0] if decisions else read), incidents

    def people(self) -> People:
        """What people did to the case so far."""
        self._forget_if_changed()
        found = self._people
        if found is None:
            found = self._people = self._moved.read()
        return found

    def register(self) -> tuple[str, ...]:
        """The ids of all reports, the latest published first; looked up again only when their number changed."""
        count = self.store.count_reports()
        if len(self._register) != count:
            self._register = self.store.report_ids()
        return self._register

    def unread(self) -> dict[str, str]:
        """Why reports were not read, by id; looked up again only when reports came in or were read, which no decision changes."""
        now = (self.store.facts_state(), self.store.count_reports())
        if self._unread[0] != now:
            self._unread = (now, self.store.unread_reports())
        return self._unread[1]

    def copies(self, id: str) -> tuple[CopyLink, ...]:
        """What a report was copied from, and what was copied from it."""
        group = self.people().holding.get(id)
        if group is None:
            return self.store.copies_of(id)
        return tuple(link for link in group.over.view.linkage.copies if id in (link.copy, link.original))

    def passages(self, id: str) -> tuple[PassageLink, ...]:
        """Which paragraphs a report carries from others, and which others carry from it."""
        group = self.people().holding.get(id)
        if group is None:
            return self.store.passages_of(id)
        return tuple(link for link in group.over.view.linkage.passages if id in (link.copy, link.original))

    def incident_ids(self) -> list[str]:
        """The ids of all incidents as people left them."""
        people = self.people()
        machine = [id for id in self.store.incident_ids() if id not in people.groups]
        return machine + [incident.id for group in people.distinct for incident in group.over.view.linkage.incidents]

    def received(self, reports: Collection[str] | None = None) -> dict[str, str]:
        """When the bytes of these reports, or of all, came in (ISO 8601), by report id."""
        return self.store.received(reports)

    def members(self) -> dict[str, frozenset[str]]:
        """The reports of each of the machine's incidents."""
        return self._moved.members()

    def judged(self) -> View:
        """The effective view of every report that anything was decided on: what became of each decision."""
        people, found = self.people(), self._judged
        if found is None:
            touched = {report for decision in people.decisions for report in told_of(decision)}
            touched |= {report for assessment in people.assessments for report in graded_in(assessment)}
            reports, linkage = self.store.of_incidents(self.store.incidents_of(touched))
            found = self._judged = view(reports, linkage, people.decisions, people.assessments)
        return found

    def supposing(self, ids: Collection[str], decision: Decision) -> Over:
        """What the incidents would be if this decision were made: nothing is kept."""
        people = self.people()
        groups = [people.groups[id] for id in ids if id in people.groups]
        machine = {id for id in ids if id not in people.groups}.union(*(group.machine for group in groups))
        reports, linkage = self.store.of_incidents(machine)
        held = {read.report.id for read in reports}
        return Over.of(
            reports, linkage, [*people.on(held), decision], [a for a in people.assessments if not held.isdisjoint(graded_in(a))]
        )

    def _forget_if_changed(self) -> None:
        state = self.state()
        with self._lock:
            if state != self._state:
                self._laid.clear()
                self._people = self._judged = None
                self._state = state
