"""Where everything in a case comes from, as W3C PROV (PROV-JSON): captures, reports, runs of the machine, and what people did."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from counterclaim.exchange import iris
from counterclaim.exchange.export import Export, Piece
from counterclaim.records import Graded, Incident, ReadReport, Run, Standing

_OURS = ("run", "facts", "code", "models", "rules", "decision", "grading", "export")
_PREFIXES = {
    "cc": iris.TERMS,
    "capture": iris.capture(""),
    "report": iris.report(""),
    "incident": iris.incident(""),
    "person": iris.person(""),
    **{name: f"urn:counterclaim:{name}:" for name in _OURS},
}


def write(export: Export) -> Iterator[Piece]:
    """One PROV document.

    A report is derived from its capture (named by its hash), a copy from its original; a run of the machine is an activity of
    the code by its rules, which used the reports and generated the facts; a decision or grading is attributed to whoever signed
    it and derived from the fact or incident that it is about. Decisions taken back are there, and invalidated.
    """
    told = _Document(export)
    for read in export.reports.values():
        told.report(read)
    for link in export.linkage.copies:
        told.derived(f"report:{link.copy}", f"report:{link.original}", link.kind)
    for run in export.runs:
        told.run(run)
    for incident in export.linkage.incidents:
        told.incident(incident)
    for standing in export.view.standings:
        told.decision(standing)
    for graded in export.view.graded:
        told.grading(graded)
    told.export()
    document = {"prefix": _PREFIXES, **told.held}
    rows = sum(len(told.held[kind]) for kind in ("entity", "activity", "agent"))
    yield (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace"), rows


class _Document:
    """The records of a document while they are gathered, by kind and name; what the audience is not shown is left out."""

    def __init__(self, export: Export) -> None:
        self.given = export
        self.held: defaultdict[str, dict[str, Mapping[str, Any]]] = defaultdict(dict)

    def report(self, read: ReadReport) -> None:
        report, source = read.report, self.given.evidence.sources.get(read.report.id)
        origin = source.origin if source and self.given.audience.texts else None
        self.put(
            "entity", f"capture:{report.capture}", "cc:Capture", label=origin, sha256=report.capture,
            received=source.received if source else None,
        )  # fmt: skip
        published = report.published
        self.put(
            "entity", f"report:{report.id}", "cc:Report", label=self.given.text(report.title) or None,
            outlet=self.given.outlet(report) or None, url=self.given.address(report.url) or None, language=report.language,
            part=report.part if self.given.audience.texts else None, not_read=report.not_read,
            published=published.value if published else None, published_known=published.how if published else None,
        )  # fmt: skip
        self.derived(f"report:{report.id}", f"capture:{report.capture}", "text")

    def run(self, run: Run) -> None:
        name, code, rules, models = f"run:{run.id}", f"code:{run.version}", f"rules:{run.id}", f"models:{run.id}"
        self.put("activity", name, "cc:Run", label=f"run {run.id}", start=run.started, end=run.finished, version=run.version)
        self.put("agent", code, "prov:SoftwareAgent", label=f"counterclaim {run.version}")
        self.put("entity", rules, "prov:Plan", label=run.rules)
        self.put("entity", models, "cc:Models", label=run.models)
        self.tie("wasAssociatedWith", activity=name, agent=code, plan=rules)
        self.tie("used", activity=name, entity=models)
        self.put("entity", f"facts:{run.id}", "prov:Collection", label=f"what run {run.id} read and linked")
        self.tie("wasGeneratedBy", entity=f"facts:{run.id}", activity=name)
        if run == self.given.runs[-1]:  # which reports an earlier one used the case no longer tells
            for id in self.given.reports:
                self.tie("used", activity=name, entity=f"report:{id}")

    def incident(self, incident: Incident) -> None:
        name = f"incident:{incident.id}"
        self.put("entity", name, "cc:Incident", label=self.given.title_of(incident))
        for report in sorted({member.report for member in incident.members} & self.given.reports.keys()):
            self.derived(name, f"report:{report}", "told")
        if self.given.runs:
            self.tie("hadMember", collection=f"facts:{self.given.runs[-1].id}", entity=name)

    def decision(self, standing: Standing) -> None:
        decision, anchor = standing.decision, standing.decision.anchor
        name = f"decision:{decision.id}"
        self.put(
            "entity", name, "cc:Decision", label=f"{decision.kind} {decision.fact}", kind=decision.kind, fact=decision.fact,
            role=decision.role, value=self.given.text(decision.value) or None, reason=self.note(decision.reason),
            words=self.given.quote(anchor.quote) if anchor else None, report_start=anchor.start if anchor else None,
            report_end=anchor.end if anchor else None, state=standing.state, outcome=standing.outcome,
        )  # fmt: skip
        self.signed(name, decision.user, decision.made)
        if standing.state == "undone":
            self.tie("wasInvalidatedBy", entity=name)
        if anchor is not None and anchor.report in self.given.reports:
            self.derived(name, f"report:{anchor.report}", "on")
        for target in standing.on:
            if not isinstance(target, str):
                fact = _short(iris.of(target), "report")
                self.put("entity", fact, "cc:Fact")
                self.derived(name, fact, "on")
            elif decision.fact == "incident":
                self.derived(name, f"incident:{target}", "on")

    def grading(self, graded: Graded) -> None:
        a = graded.assessment
        name = f"grading:{a.id}"
        self.put(
            "entity", name, "cc:Grading", label=f"{a.scale}: {a.grade}", scale=a.scale, grade=a.grade, low=a.low, high=a.high,
            best=a.best, note=self.note(a.note), outcome=graded.outcome,
        )  # fmt: skip
        self.signed(name, a.user, a.made)
        if graded.incident is not None:
            self.derived(name, f"incident:{graded.incident}", "on")
        for report in sorted({span.report for span in a.cited} & self.given.reports.keys()):
            self.derived(name, f"report:{report}", "cites")

    def export(self) -> None:
        """The export itself, which cannot hold its own hash; the log of the case does."""
        given = self.given
        code = f"code:{given.made_with.rpartition(' ')[2]}"
        self.put("agent", code, "prov:SoftwareAgent", label=given.made_with)
        self.put("activity", "export:this", "cc:Export", label=f"for {given.audience.key}", start=given.made, end=given.made)
        self.tie("wasAssociatedWith", activity="export:this", agent=code)

    def note(self, words: str) -> str | None:
        """What somebody at work wrote for themselves, where such notes leave."""
        return self.given.text(words) or None if self.given.audience.texts else None

    def signed(self, name: str, user: str, made: datetime) -> None:
        who = self.given.signer(user)
        person = _short(iris.person(who), "person")
        self.put("agent", person, "prov:Person", label=who)
        self.tie("wasAttributedTo", entity=name, agent=person)
        self.tie("wasGeneratedBy", entity=name, time=made)

    def derived(self, made: str, of: str, how: str) -> None:
        self.tie("wasDerivedFrom", generatedEntity=made, usedEntity=of, type=_name(f"cc:{how.replace(' ', '_')}"))

    def put(
        self, record: str, name: str, type: str, *, label: str | None = None, start: datetime | str | None = None,
        end: datetime | str | None = None, **values: Any,
    ) -> None:  # fmt: skip
        times = {"prov:startTime": start, "prov:endTime": end}
        told = {"prov:type": _name(type), "prov:label": label, **times, **{f"cc:{key}": one for key, one in values.items()}}
        self.held[record][name] = {key: _plain(value) for key, value in told.items() if value is not None}

    def tie(self, kind: str, **values: Any) -> None:
        told = {f"prov:{name}": _plain(value) for name, value in values.items()}
        self.held[kind][f"_:{kind}{len(self.held[kind]) + 1}"] = told


def _name(qualified: str) -> dict[str, str]:
    return {"$": qualified, "type": "prov:QUALIFIED_NAME"}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _short(iri: str, prefix: str) -> str:
    return f"{prefix}:{iri.removeprefix(_PREFIXES[prefix])}"
