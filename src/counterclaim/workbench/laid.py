"""One incident laid out as the pages show it, over what the machine read and linked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from counterclaim import contest
from counterclaim.case import Desk, view
from counterclaim.dossier.desk import in_order
from counterclaim.dossier.rows import DossierView, IncidentView
from counterclaim.dossier.view import dossier_view
from counterclaim.records import Assessment, Contest, Decision, Graded, Incident, Linkage, ReadReport, Standing, View

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Over:
    """The effective view of some incidents, with what the machine read and linked of them beneath it: a decision on a fact that
    people changed before must know both."""

    view: View
    machine: tuple[ReadReport, ...]
    linked: tuple[Incident, ...]

    @classmethod
    def of(
        cls, reports: Sequence[ReadReport], linkage: Linkage, decisions: Sequence[Decision],
        assessments: Sequence[Assessment] = (),
    ) -> Over:  # fmt: skip
        """What people made of the machine's reports and linkage."""
        plain = View(reports=tuple(reports), linkage=linkage)
        effective = view(reports, linkage, decisions, assessments) if decisions or assessments else plain
        return cls(effective, tuple(reports), linkage.incidents)

    def beside(self, other: Over) -> Over:
        """Both together, where a decision is about something of each."""
        reports = {read.report.id: read for read in (*self.view.reports, *other.view.reports)}
        incidents = {incident.id: incident for incident in (*self.view.linkage.incidents, *other.view.linkage.incidents)}
        linkage = replace(self.view.linkage, incidents=tuple(incidents.values()))
        machine = {read.report.id: read for read in (*self.machine, *other.machine)}
        linked = {incident.id: incident for incident in (*self.linked, *other.linked)}
        return Over(View(reports=tuple(reports.values()), linkage=linkage), tuple(machine.values()), tuple(linked.values()))

    @property
    def desk(self) -> Desk:
        """What turns a fact of it into what a decision is anchored to."""
        return Desk(self.view, self.machine, self.linked)


@dataclass(frozen=True)
class Laid:
    """One incident laid out, with the reports that tell of it; `linked` is what links those, `over` what it was laid out from;
    that may hold other incidents too."""

    contest: Contest
    reports: dict[str, ReadReport]
    linked: Linkage
    over: Over

    @property
    def id(self) -> str:
        """The incident's id."""
        return self.contest.incident.id

    @property
    def seen(self) -> View:
        """The effective view that it was laid out from."""
        return self.over.view

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The reports' ids in the order of their numbers."""
        return in_order(self.reports.values())

    @cached_property
    def dossier(self) -> DossierView:
        """It and its reports as a dossier shows them."""
        return dossier_view([self.contest], tuple(self.reports.values()), self.linked)

    @property
    def view(self) -> IncidentView:
        """What is printed of it."""
        return self.dossier.incidents[0]

    @property
    def graded(self) -> tuple[Graded, ...]:
        """The gradings of this incident, the latest first."""
        return tuple(
            sorted((g for g in self.seen.graded if g.incident == self.id), key=lambda g: g.assessment.made, reverse=True)
        )

    @cached_property
    def desk(self) -> Desk:
        """What turns a fact of it into what a decision is anchored to."""
        return self.over.desk

    def number(self, report: str) -> int:
        """The number of one of its reports on the page."""
        return self.ids.index(report) + 1


LayingOut = Callable[[Sequence[ReadReport], Linkage], tuple[Contest, ...]]
"""`contest.lay_out`, or `contest.outline`, where only a line of the list is wanted."""


def lay_one(over: Over, id: str, lay_out: LayingOut = contest.lay_out) -> list[Laid]:
    """The incident of that id laid out from its own reports, in a list; an empty one where the view has none."""
    seen = over.view
    incident = next((incident for incident in seen.linkage.incidents if incident.id == id), None)
    if incident is None:
        return []
    members = {ref.report for ref in incident.members}
    mine = {read.report.id: read for read in seen.reports if read.report.id in members}
    links = seen.linkage
    linkage = replace(
        links, incidents=(incident,), claims=tuple(c for c in links.claims if c.incident == id),
        utterances=tuple(u for u in links.utterances if any(ref.report in mine for ref in u.statements)),
    )  # fmt: skip
    return [Laid(one, mine, linkage, over) for one in lay_out(tuple(mine.values()), linkage)]


def together(laid: Iterable[Laid]) -> View:
    """The view of several incidents: their reports by id, what links them, and what people made of them."""
    reports: dict[str, ReadReport] = {}
    standings: dict[int, Standing] = {}
    graded: dict[int, Graded] = {}
    incidents, links = [], Linkage()
    for one in laid:
        reports |= one.reports
        standings |= {standing.decision.id: standing for standing in one.seen.standings}
        graded |= {each.assessment.id: each for each in one.seen.graded if each.incident == one.id}
        incidents.append(one.contest.incident)
        own = one.seen.linkage
        links = Linkage(
            copies=_all(links.copies, own.copies), utterances=_all(links.utterances, own.utterances),
            claims=_all(links.claims, own.claims), names=_all(links.names, own.names),
            passages=_all(links.passages, own.passages),
        )  # fmt: skip
    return View(
        reports=tuple(reports[id] for id in sorted(reports)), linkage=replace(links, incidents=tuple(incidents)),
        standings=tuple(standings[id] for id in sorted(standings)), graded=tuple(graded[id] for id in sorted(graded)),
    )  # fmt: skip


def _all(held: tuple[T, ...], more: tuple[T, ...]) -> tuple[T, ...]:
    """Each once, in the order in which they came."""
    return held if more is held else tuple(dict.fromkeys((*held, *more)))
