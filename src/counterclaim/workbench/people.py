"""What people did to the case, and the incidents it moved, in groups that are read again only when they are touched again."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from counterclaim.case import Store
from counterclaim.exchange import told_of
from counterclaim.linking.grouping import Groups
from counterclaim.records import Assessment, Decision, Linkage, ReadReport, View
from counterclaim.workbench.laid import Over

_MOVING = ("merge", "split", "move", "same", "not-same", "add", "hide", "redact")
_ACROSS = ("mention", "incident", "report")
_EVERYWHERE = ("name", "lead")

Facts = tuple[tuple[ReadReport, ...], Linkage]


@dataclass(frozen=True, slots=True)
class Group:
    """Incidents of the machine that may have exchanged reports, seen together; `machine` are their ids, `over` what they are."""

    machine: frozenset[str]
    over: Over


@dataclass(frozen=True)
class People:
    """What people did to the case. `groups` hold the incidents that they moved or graded, by every id that these have or had;
    `away` maps the ids of the machine's incidents that people brought into others to where they are now."""

    decisions: tuple[Decision, ...]
    assessments: tuple[Assessment, ...]
    groups: Mapping[str, Group] = field(default_factory=dict)
    away: Mapping[str, str] = field(default_factory=dict)

    def on(self, reports: Iterable[str]) -> list[Decision]:
        """The decisions that concern these reports, and those that took them back."""
        everywhere, by_report, undone = self._index
        picked = {id for report in reports for id in by_report.get(report, ())} | everywhere
        picked |= {other for id in tuple(picked) for other in undone.get(id, ())}
        return [decision for decision in self.decisions if decision.id in picked] if picked else []

    @cached_property
    def holding(self) -> Mapping[str, Group]:
        """The group that each report is seen in, for the reports of all groups."""
        return {read.report.id: group for group in self.distinct for read in group.over.view.reports}

    @cached_property
    def distinct(self) -> tuple[Group, ...]:
        """Each group once."""
        return tuple({group.machine: group for group in self.groups.values()}.values())

    @cached_property
    def _index(self) -> tuple[set[int], dict[str, list[int]], dict[int, list[int]]]:
        everywhere, by_report, undone = set[int](), defaultdict[str, list[int]](list), defaultdict[int, list[int]](list)
        for decision in self.decisions:
            if decision.undoes is not None:
                undone[decision.undoes].append(decision.id)
            elif decision.fact in _EVERYWHERE:
                everywhere.add(decision.id)
            else:
                for report in told_of(decision):
                    by_report[report].append(decision.id)
        return everywhere, by_report, undone


def graded_in(assessment: Assessment) -> set[str]:
    """The reports of the incident that was graded."""
    return {span.report for span in assessment.members}


class Moved:
    """Reads what people did; a group that nothing new was decided on is as it was."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._members: tuple[object, dict[str, frozenset[str]]] = (None, {})
        self._telling: dict[str, list[str]] = {}
        self._lock = threading.Lock()
        self._facts: dict[object, Facts] = {}
        self._groups: dict[object, Group] = {}

    def members(self) -> dict[str, frozenset[str]]:
        """The reports of each of the machine's incidents."""
        facts = self._store.facts_state()
        if self._members[0] != facts:
            members, telling = self._store.reports_of_incidents(), defaultdict[str, list[str]](list)
            for id, reports in members.items():
                for report in reports:
                    telling[report].append(id)
            self._members, self._telling = (facts, members), dict(telling)
        return self._members[1]

    def read(self) -> People:
        """What people did to the case so far."""
        people = People(self._store.decisions(), self._store.assessments())
        stirring = [d for d in people.decisions if d.undoes is None and d.fact not in _EVERYWHERE]
        touched = [told_of(d) for d in stirring if d.kind in _MOVING or d.fact in _ACROSS]
        touched += [graded_in(assessment) for assessment in people.assessments]
        if not touched:
            return people
        # A redaction takes words out of what was read before, without another run.
        state = (self._store.facts_state(), sum(d.kind == "redact" for d in people.decisions))
        groups, away = dict[str, Group](), dict[str, str]()
        with self._lock:
            read, laid = dict[object, Facts](), dict[object, Group]()
            for ids, reports in self._together(touched):
                decisions = people.on(reports)
                graded = [a for a in people.assessments if not reports.isdisjoint(graded_in(a))]
                what = (state, ids)
                whole = (what, tuple(d.id for d in decisions), tuple(a.id for a in graded))
                facts = read[what] = self._facts.get(what) or self._store.of_incidents(ids)
                group = laid[whole] = self._groups.get(whole) or Group(ids, Over.of(*facts, decisions, graded))
                groups |= dict.fromkeys((*ids, *(incident.id for incident in group.over.view.linkage.incidents)), group)
                away |= _away(facts[1], group.over.view)
            self._facts, self._groups = read, laid
        return replace(people, groups=groups, away=away)

    def _together(self, touched: Iterable[Collection[str]]) -> list[tuple[frozenset[str], frozenset[str]]]:
        """The incidents that each set of reports tells of, those together that share one or a report; and their reports."""
        members, telling = (
            self.members(),
            self._telling,
        )
        sets = [sorted({id for report in reports for id in telling.get(report, ())}) for reports in touched]
        reached = sorted({id for ids in sets for id in ids})
        joined = Groups([*reached, *sorted({report for id in reached for report in members[id]})])
        for ids in sets:
            for id in ids[1:]:
                joined.join(ids[0], id)
        for id in reached:
            for report in members[id]:
                joined.join(id, report)
        found = [frozenset(each) & frozenset(reached) for each in joined.all()]
        return [(ids, frozenset(report for id in ids for report in members[id])) for ids in found]


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
