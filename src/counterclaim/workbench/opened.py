"""The case as the pages see it: one incident or report at a time, as people corrected it, kept until something changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from counterclaim import contest
from counterclaim.case import view
from counterclaim.pipeline import Case
from counterclaim.records import Assessment, CopyLink, Decision, Linkage, PassageLink, ReadReport, View
from counterclaim.workbench.laid import Laid, LayingOut, Over, lay_one

KEPT = 256
"""Incidents kept laid out: some 300 kB each with their reports, so well under 100 MB."""

_MOVING = ("merge", "split", "move", "same", "not-same", "add", "hide", "redact")
_ACROSS = ("mention", "incident", "report")
_EVERYWHERE = ("name", "lead")
_CODED = ("figure", "statement", "mention")
"""What people code one by one; the rest is about whole incidents, names or reports."""
_HOLDING = ("in force", "disputed", "settled")


@dataclass(frozen=True)
class People:
    """What people did to the case, and the incidents that it moved: these are seen together, as they may have exchanged reports.

    `away` maps the ids of the machine's incidents that people brought into others to where they are now.
    """

    decisions: tuple[Decision, ...]
    assessments: tuple[Assessment, ...]
    machine: frozenset[str]
    moved: Over
    away: dict[str, str]

    def on(self, reports: Collection[str]) -> list[Decision]:
        """The decisions that concern these reports, and those that took them back."""
        held = set(reports)
        picked: dict[int, Decision] = {}
        for decision in self.decisions:
            if decision.undoes is not None:
                if decision.undoes in picked:
                    picked[decision.id] = decision
            elif decision.fact in _EVERYWHERE or not held.isdisjoint(reports_of(decision)):
                picked[decision.id] = decision
        return list(picked.values())


def reports_of(decision: Decision) -> set[str]:
    """The reports whose words a decision is about."""
    spans = [decision.anchor] if decision.anchor else []
    return {span.report for span in (*spans, *decision.members, *decision.others)}


class Opened:
    """A case opened for the workbench. Many threads may ask; what is laid out is shared between them."""

    def __init__(self, case: Case, name: str) -> None:
        self.case = case
        self.store = case.store
        self.name = name
        self._lock = threading.Lock()
        self._laid: OrderedDict[str, Laid] = OrderedDict()
        self._people: People | None = None
        self._state: object = None
        self._register: tuple[str, ...] = ()

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
        return self.store.incidents_of({report for decision in others for report in reports_of(decision)})

    def _of_user(self, user: str) -> tuple[Decision, ...]:
        """What `user` decided on facts, and what took that back, by whomever."""
        own = {d.id for d in self.people().decisions if d.user == user and d.fact in _CODED}
        return tuple(d for d in self.people().decisions if (d.id in own and d.undoes is None) or d.undoes in own)

    def _over(self, id: str, decisions: Sequence[Decision]) -> Over:
        reports, linkage = self.store.of_incidents([id])
        held = {read.report.id for read in reports}
        about = {d.id for d in decisions if d.undoes is None and not held.isdisjoint(reports_of(d))}
        return Over.of(reports, linkage, [d for d in decisions if (d.undoes or d.id) in about])

    def lay(self, ids: Collection[str], lay_out: LayingOut = contest.lay_out) -> list[Laid]:
        """The incidents laid out, each from its own reports only, in no particular order."""
        people = self.people()
        moved = {incident.id for incident in people.moved.view.linkage.incidents}
        found = [laid for id in ids if id in moved for laid in lay_one(people.moved, id, lay_out)]
        still = [id for id in ids if id not in moved and id not in people.machine]
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
        for held in people.moved.view.reports:
            if held.report.id == id:
                here = {
                    incident.id
                    for incident in people.moved.view.linkage.incidents
                    for ref in incident.members
                    if ref.report == id
                }
                return held, tuple(sorted(here | {i for i in incidents if i not in people.machine}))
        decisions = people.on([id])
        return (view([read], Linkage(), decisions).reports[0] if decisions else read), incidents

    def people(self) -> People:
        """What people did to the case so far."""
        self._forget_if_changed()
        found = self._people
        if found is None:
            found = self._people = self._read_people()
        return found

    def register(self) -> tuple[str, ...]:
        """The ids of all reports, the latest published first; looked up again only when their number changed."""
        count = self.store.count_reports()
        if len(self._register) != count:
            self._register = self.store.report_ids()
        return self._register

    def copies(self, id: str) -> tuple[CopyLink, ...]:
        """What a report was copied from, and what was copied from it."""
        for held in self.people().moved.view.reports:
            if held.report.id == id:
                return tuple(link for link in self.people().moved.view.linkage.copies if id in (link.copy, link.original))
        return self.store.copies_of(id)

    def passages(self, id: str) -> tuple[PassageLink, ...]:
        """Which paragraphs a report carries from others, and which others carry from it."""
        for held in self.people().moved.view.reports:
            if held.report.id == id:
                return tuple(link for link in self.people().moved.view.linkage.passages if id in (link.copy, link.original))
        return self.store.passages_of(id)

    def incident_ids(self) -> list[str]:
        """The ids of all incidents as people left them."""
        people = self.people()
        machine = [id for id in self.store.incident_ids() if id not in people.machine]
        return machine + [incident.id for incident in people.moved.view.linkage.incidents]

    def received(self, reports: Collection[str] | None = None) -> dict[str, str]:
        """When the bytes of these reports, or of all, came in (ISO 8601), by report id."""
        return self.store.received(reports)

    def members(self) -> dict[str, frozenset[str]]:
        """The reports of each of the machine's incidents."""
        return self.store.reports_of_incidents()

    def judged(self) -> View:
        """The effective view of every report that anything was decided on: what became of each decision."""
        people = self.people()
        touched = {report for decision in people.decisions for report in reports_of(decision)}
        touched |= {span.report for assessment in people.assessments for span in assessment.members}
        reports, linkage = self.store.of_incidents(self.store.incidents_of(touched))
        return view(reports, linkage, people.decisions, people.assessments)

    def supposing(self, ids: Collection[str], decision: Decision) -> Over:
        """What the incidents would be if this decision were made: nothing is kept."""
        people = self.people()
        machine = [id for id in ids if id not in people.machine]
        all = {*machine, *people.machine} if people.machine else set(machine)
        reports, linkage = self.store.of_incidents(all)
        held = {read.report.id for read in reports}
        return Over.of(reports, linkage, [*people.on(held), decision], people.assessments)

    def _forget_if_changed(self) -> None:
        state = self.state()
        with self._lock:
            if state != self._state:
                self._laid.clear()
                self._people = None
                self._state = state

    def _read_people(self) -> People:
        decisions, assessments = self.store.decisions(), self.store.assessments()
        stirring = [
            d for d in decisions if d.undoes is None and (d.kind in _MOVING or d.fact in _ACROSS) and d.fact not in _EVERYWHERE
        ]
        touched = {report for decision in stirring for report in reports_of(decision)}
        touched |= {span.report for assessment in assessments for span in assessment.members}
        machine = self.store.incidents_of(touched)
        people = People(decisions, assessments, frozenset(machine), Over.of((), Linkage(), ()), {})
        if not touched:
            return people
        reports, linkage = self.store.of_incidents(machine)
        moved = Over.of(reports, linkage, people.on([read.report.id for read in reports]), assessments)
        return replace(people, moved=moved, away=_away(linkage, moved.view))


def _away(machine: Linkage, moved: View) -> dict[str, str]:
    """Where the machine's incidents that are no more have gone: to the incident that holds most of their mentions."""
    now = {ref: incident.id for incident in moved.linkage.incidents for ref in incident.members}
    left = {incident.id for incident in moved.linkage.incidents}
    away = {}
    for incident in machine.incidents:
        homes: Sequence[str] = sorted(now[ref] for ref in incident.members if ref in now)
        if incident.id not in left and homes:
            away[incident.id] = max(homes, key=homes.count)
    return away
