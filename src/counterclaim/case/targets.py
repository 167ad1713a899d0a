"""Turns what a person points at (a fact, an incident, marked words) into what a decision is anchored to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from counterclaim.case.anchors import members_of, words_naming, words_of
from counterclaim.case.canonical import canonical, plain
from counterclaim.case.values import VALUES, checked, snapshot
from counterclaim.errors import CaseError
from counterclaim.records import (
    FactKind,
    Figure,
    FigureRef,
    Incident,
    IncidentMention,
    IncidentRef,
    ReadReport,
    Span,
    Statement,
    StatementRef,
    View,
)  # fmt: skip

Target = FigureRef | StatementRef | IncidentRef | Span | str
"""What can be pointed at: a figure, a statement, a mention, marked words, or an incident or report by its id."""


class Desk:
    """What a person sees, by reference: the effective view with an index over it."""

    def __init__(self, view: View, machine: Sequence[ReadReport] = (), linked: Sequence[Incident] = ()) -> None:
        """`machine` and `linked` are what the machine read and linked, where that is not what the view shows."""
        self.machine = {read.report.id: read for read in machine}
        self.linked = {ref: incident.id for incident in linked for ref in incident.members}
        self.reports: Mapping[str, ReadReport] = {read.report.id: read for read in view.reports}
        self.incidents: Mapping[str, Incident] = {incident.id: incident for incident in view.linkage.incidents}
        self.incident_of = {ref: incident.id for incident in view.linkage.incidents for ref in incident.members}

    def anchored(self, target: Target, others: Sequence[Target] = ()) -> dict[str, Any]:
        """What to decide on, as arguments of `Store.decide`: fact, capture, anchor, members, seen, others.

        CaseError where nothing of the kind is in the case.
        """
        given = self._one(target)
        spans = tuple(span for other in others for span in self._spans(other))
        return given | {"others": spans}

    def added(self, kind: FactKind, words: Span, values: Mapping[str, Any], incident: str | None = None) -> dict[str, Any]:
        """A fact that a person adds from marked words, as arguments of `Store.decide`; `values` by name, as JSON holds them.

        `incident` is the id of the incident it belongs to. CaseError for values that the kind of fact does not have.
        """
        read = self._report(words.report)
        for role, value in values.items():
            checked(kind, role, canonical(value))
        at = (words.start, words.end)
        fact: Figure | Statement | IncidentMention
        if kind == "figure":
            known = {"victims": "unspecified", "qualifier": "exact", "scope": "incident", "low": None, "high": None, **values}
            if "harm" not in known:
                raise CaseError("a figure needs to say what harm it counts; give harm, as in killed")
            fact = Figure(**{"chain": (), **known, "id": "", "span": at, "confidence": 1.0})
        elif kind == "statement":
            known = {"form": "indirect", "act": "other", **values}
            if known.get("speaker") and "speaker_kind" not in known:
                known["speaker_kind"] = "named"
            fact = Statement(**{**known, "id": "", "content": (at,), "cue": (), "source": (), "confidence": 1.0})
        elif kind == "mention":
            fact = IncidentMention(**{**values, "main": False, "evidence": (at,)})
        else:
            raise CaseError(f"a {kind} cannot be added from words; a figure, statement or mention can")
        more: dict[str, Any] = {"in": incident}
        if kind != "mention" and incident is not None:
            more["mention"] = self._mention_in(read, incident) or plain(IncidentMention(main=False, evidence=(at,)))
        value = {name: plain(fact)[name] for name in VALUES[kind]}
        others = members_of(self._incident(incident), self.reports) if incident is not None and kind == "mention" else ()
        return {
            "fact": kind, "capture": read.report.capture, "anchor": words, "value": canonical(value),
            "seen": snapshot(fact, **more), "others": others,
        }  # fmt: skip

    def graded(self, incident: str) -> dict[str, Any]:
        """An incident that is graded, as arguments of `Store.assess`: the words it is found by, and what it looks like."""
        held = self._incident(incident)
        return {"members": members_of(held, self.reports), "seen": self._seen(held)}

    def _one(self, target: Target) -> dict[str, Any]:
        if isinstance(target, FigureRef):
            figure = self._fact(target.report, "figure", target.figure)
            return self._on_words("figure", target.report, figure.span, figure)
        if isinstance(target, StatementRef):
            statement = self._fact(target.report, "statement", target.statement)
            return self._on_words("statement", target.report, words_of(statement)[0], statement)
        if isinstance(target, IncidentRef):
            read = self._report(target.report)
            mention = self._mention(target)
            span = words_naming(read, mention)[0]
            more = {"in": self.incident_of.get(target), **self._by_people(target)}
            seen = snapshot(mention, **more, **self._machine(mention, self._machine_mention(target)))
            return {"fact": "mention", "capture": read.report.capture, "anchor": span, "seen": seen}
        if isinstance(target, Span):
            read = self._report(target.report)
            return {"fact": "statement", "capture": read.report.capture, "anchor": target}
        if target in self.reports:
            read = self._report(target)
            return {"fact": "report", "capture": read.report.capture, "anchor": self._first_words(read)}
        incident = self._incident(target)
        return {"fact": "incident", "members": members_of(incident, self.reports), "seen": self._seen(incident)}

    def _spans(self, target: Target) -> tuple[Span, ...]:
        given = self._one(target)
        if isinstance(target, IncidentRef):
            return words_naming(self._report(target.report), self._mention(target))
        return tuple(given.get("members") or (given["anchor"],))

    def _on_words(self, kind: FactKind, report: str, at: tuple[int, int], fact: Figure | Statement) -> dict[str, Any]:
        read = self._report(report)
        more: dict[str, Any] = {}
        if fact.incident is not None:
            mention = read.reading.incidents[fact.incident]
            more = {"mention": plain(mention), "in": self.incident_of.get(IncidentRef(report, fact.incident))}
        machine = self.machine.get(report, read)
        facts = machine.reading.figures if kind == "figure" else machine.reading.statements
        more |= self._machine(fact, next((f for f in facts if f.id == fact.id), None))
        anchor = Span.of(report, read.report.text, *at)
        return {"fact": kind, "capture": read.report.capture, "anchor": anchor, "seen": snapshot(fact, **more)}

    def _machine(self, seen: object, machine: object | None) -> dict[str, Any]:
        """What the machine reads, to be kept beside what is seen where that is not the same."""
        return {} if machine is None or machine == seen else {"machine": plain(machine)}

    def _machine_mention(self, ref: IncidentRef) -> IncidentMention | None:
        mentions = self.machine[ref.report].reading.incidents if ref.report in self.machine else ()
        return mentions[ref.index] if ref.index < len(mentions) else None

    def _seen(self, incident: Incident) -> str:
        mentions = [
            {"report": ref.report, "group": self.linked.get(ref), **plain(self._mention(ref)), **self._by_people(ref)}
            for ref in incident.members
            if ref.report in self.reports
        ]
        parts = len({self.linked.get(ref) for ref in incident.members}) if self.linked else 1
        return canonical({**plain(incident), "members": None, "reasons": None, "mentions": mentions, "parts": parts})

    def _by_people(self, ref: IncidentRef) -> dict[str, Any]:
        """Says so where only people's decisions put the mention there: it then stands as long as they do."""
        return {"added": True} if ref.report in self.machine and self._machine_mention(ref) is None else {}

    def _mention_in(self, read: ReadReport, incident: str) -> dict[str, Any] | None:
        held = [ref for ref in self._incident(incident).members if ref.report == read.report.id]
        return plain(self._mention(held[0])) if held else None

    def _fact(self, report: str, kind: str, id: str) -> Any:
        try:
            return getattr(self._report(report), kind)(id)
        except KeyError:
            raise CaseError(f"there is no {kind} {id} in report {report}; see the report") from None

    def _mention(self, ref: IncidentRef) -> IncidentMention:
        mentions = self._report(ref.report).reading.incidents
        if not 0 <= ref.index < len(mentions):
            raise CaseError(f"report {ref.report} tells of {len(mentions)} incidents; there is no number {ref.index}")
        return mentions[ref.index]

    def _report(self, id: str) -> ReadReport:
        if id not in self.reports:
            raise CaseError(f"there is no report {id} in this case; see its list of reports")
        return self.reports[id]

    def _incident(self, id: str) -> Incident:
        if id not in self.incidents:
            raise CaseError(f"there is no incident {id} in this case; see its list of incidents")
        return self.incidents[id]

    def _first_words(self, read: ReadReport) -> Span:
        start, end = read.reading.sentences[0] if read.reading.sentences else (0, len(read.report.text))
        return Span.of(read.report.id, read.report.text, start, end)


def names_value(first: str, second: str) -> str:
    """Two names as the value of a decision on names; the first is the one to be shown."""
    return json.dumps([first, second], ensure_ascii=False)
