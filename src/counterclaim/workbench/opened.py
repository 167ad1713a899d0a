"""The case as the pages see it: one incident or report at a time, laid out and kept until something changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass

from counterclaim import contest
from counterclaim.dossier.desk import Desk
from counterclaim.dossier.rows import DossierView, IncidentView
from counterclaim.dossier.view import dossier_view
from counterclaim.pipeline import Case
from counterclaim.records import Contest, Linkage, ReadReport, Span

KEPT = 256
"""Incidents kept laid out: some 300 kB each with their reports, so well under 100 MB."""


@dataclass(frozen=True, slots=True)
class Laid:
    """One incident laid out, with the reports that tell of it; `ids` are the reports' ids in the order of their numbers."""

    contest: Contest
    dossier: DossierView
    ids: tuple[str, ...]
    reports: dict[str, ReadReport]
    linkage: Linkage

    @property
    def view(self) -> IncidentView:
        """What is printed of it."""
        return self.dossier.incidents[0]

    def span(self, report: str, start: int, end: int) -> Span | None:
        """The span of these offsets, None where the report is not one of the incident's or the offsets do not fit."""
        read = self.reports.get(report)
        if read is None or not 0 <= start < end <= len(read.report.text):
            return None
        return Span.of(report, read.report.text, start, end)


class Opened:
    """A case opened for the workbench. Many threads may ask; what is laid out is shared between them."""

    def __init__(self, case: Case, name: str) -> None:
        self.case = case
        self.store = case.store
        self.name = name
        self._lock = threading.Lock()
        self._laid: OrderedDict[str, Laid] = OrderedDict()
        self._state: object = None

    def incident(self, id: str) -> Laid | None:
        """The incident laid out; None where the case has none of that id."""
        state = self.state()
        with self._lock:
            if state != self._state:
                self._laid.clear()
                self._state = state
            if id in self._laid:
                self._laid.move_to_end(id)
                return self._laid[id]
        laid = next(iter(self.lay([id])), None)
        if laid is not None:
            with self._lock:
                self._laid[id] = laid
                while len(self._laid) > KEPT:
                    self._laid.popitem(last=False)
        return laid

    def lay(self, ids: Collection[str]) -> list[Laid]:
        """The incidents laid out, each with its own reports only, in no particular order."""
        reports, linkage = self.store.of_incidents(ids)
        laid = []
        for one in contest.lay_out(reports, linkage):
            mine = [read for read in reports if read.report.id in one.reports]
            view = dossier_view([one], mine, linkage)
            laid.append(Laid(one, view, Desk(mine, linkage, [one]).ids, {read.report.id: read for read in mine}, linkage))
        return laid

    def state(self) -> object:
        """What changes whenever a page might look different: the run whose facts hold, and the last entry of the log."""
        return self.store.state()

    def incident_ids(self) -> list[str]:
        """The ids of all incidents."""
        return list(self.store.incident_ids())

    def received(self) -> dict[str, str]:
        """When each report's bytes came in (ISO 8601), by report id."""
        return self.store.received()
