"""What a person or script asks for in words: facts by short references, decisions as lines, and the list both are taken from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import pairwise
from typing import Any, cast, get_args

from counterclaim.case.anchors import words_naming, words_of
from counterclaim.case.canonical import canonical, plain
from counterclaim.case.targets import Desk, Target, names_value
from counterclaim.case.values import VALUES
from counterclaim.errors import CaseError
from counterclaim.records import (
    DecisionKind,
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

SHORT = 12
"""Characters of a report's id that are shown: among a million reports two share them once in 500 such cases, and then all are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A decision as it is asked for. `target` and `others` are references as `References` reads them; `values` are what a
    correction or an added fact gives, by name; `fact` says what is added and `words` which words of the target it stands on;
    `incident` is where it belongs; `names` are two names of speakers, in place of a target; `settles` as in `Decision`."""

    kind: DecisionKind
    target: str = ""
    others: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    fact: FactKind = "figure"
    words: str | None = None
    incident: str | None = None
    names: tuple[str, ...] = ()
    settles: tuple[int, ...] = ()
    user: str = ""
    reason: str = ""

    @classmethod
    def of(cls, line: str, *, user: str = "", reason: str = "") -> Asked:
        """What a line of JSON asks for, by `user` and for `reason` where it names none. CaseError where it asks for nothing we
        know."""
        try:
            given = json.loads(line)
        except ValueError as error:
            raise CaseError(f"is no JSON ({error}); give one decision a line") from None
        if not isinstance(given, dict):
            raise CaseError("is no object; give one as in " + '{"kind": "accept", "target": "..."}')
        names = {each.name: each for each in fields(cls)}
        unknown = sorted(given.keys() - names.keys())
        if unknown:
            raise CaseError(f"{unknown[0]!r} is nothing that is asked for; the names are {', '.join(names)}")
        kind = kind_named(str(given.get("kind", "")))
        for name in ("others", "names", "settles"):
            if name in given:
                if not isinstance(given[name], list):
                    raise CaseError(f"{name} is no list; put it in brackets")
                given[name] = tuple(given[name])
        if not isinstance(given.get("values", {}), dict):
            raise CaseError('values is no object; give it as in {"high": 15}')
        texts = {name: given.get(name) for name in ("kind", "target", "fact", "words", "incident", "user", "reason")}
        texts |= {f"one of {name}": one for name in ("others", "names") for one in given.get(name, ())}
        odd = [name for name, value in texts.items() if not isinstance(value, str | None)]
        odd += ["one of settles" for one in given.get("settles", ()) if type(one) is not int]
        if odd:
            raise CaseError(f"{odd[0]} is not of its kind; texts are written in quotes, numbers of decisions without")
        return cls(**{"user": user, "reason": reason, **given, "kind": kind})


class References:
    """The short references of a case and what they stand for: `REPORT:f1` a figure or statement by its id, `REPORT:m0` a mention
    by its number, `REPORT:12-40` words by their offsets, and an incident or report by its id, a report also by how it begins."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        ids = sorted(desk.reports)
        alike = {a[:SHORT] for a, b in pairwise(ids) if a[:SHORT] == b[:SHORT]}
        self._short = {id: id if id[:SHORT] in alike else id[:SHORT] for id in ids}

    def shown(self, target: Target) -> str:
        """The reference of a fact, of marked words, or of an incident or report by its id."""
        if isinstance(target, str):
            return self._short.get(target, target)
        report = self._short.get(target.report, target.report)
        if isinstance(target, Span):
            return f"{report}:{target.start}-{target.end}"
        if isinstance(target, IncidentRef):
            return f"{report}:m{target.index}"
        return f"{report}:{target.figure if isinstance(target, FigureRef) else target.statement}"

    def target(self, reference: str) -> Target:
        """What a reference stands for. CaseError where it stands for nothing in this case, or for more than one report."""
        begins, colon, name = reference.rpartition(":")
        if not colon:
            return reference if reference in self._desk.incidents else self._report(reference).report.id
        read = self._report(begins)
        id, reading = read.report.id, read.reading
        if any(f.id == name for f in reading.figures):
            return FigureRef(id, name)
        if any(s.id == name for s in reading.statements):
            return StatementRef(id, name)
        if re.fullmatch(r"m\d{1,9}", name) and int(name[1:]) < len(reading.incidents):
            return IncidentRef(id, int(name[1:]))
        if re.fullmatch(r"\d{1,9}-\d{1,9}", name):
            start, end = map(int, name.split("-"))
            try:
                return Span.of(id, read.report.text, start, end)
            except ValueError as error:
                raise CaseError(f"{reference}: {error}; see the report") from None
        raise CaseError(f"{reference}: there is no such fact in that report; `counterclaim facts` lists what there is")

    def words(self, reference: str, words: str | None) -> Span:
        """The words of a report that stand there once, or those of a reference to words."""
        given = self.target(reference)
        if words is None:
            if isinstance(given, Span):
                return given
            raise CaseError(f"{reference}: marks no words; give a report and its words, or REPORT:START-END")
        if not isinstance(given, str) or given not in self._desk.reports:
            raise CaseError(f"{reference}: is no report; give the report in which the words stand")
        text = self._desk.reports[given].report.text
        starts = [m.start() for m in re.finditer(re.escape(words), text)] if words else []
        if len(starts) != 1:
            how = f"{len(starts)} times, at {', '.join(map(str, starts[:5]))}" if starts else "nowhere"
            raise CaseError(f"{reference}: the words {words!r} stand {how} in it; give words that stand once, or START-END")
        return Span.of(given, text, starts[0], starts[0] + len(words))

    def spans(self, reference: str) -> tuple[Span, ...]:
        """The words that a reference stands for, as a grading cites them."""
        anchored = self._desk.anchored(self.target(reference))
        return tuple(anchored.get("members") or (anchored["anchor"],))

    def _report(self, begins: str) -> ReadReport:
        found = [id for id in self._desk.reports if begins and id.startswith(begins)]
        if begins in self._desk.reports:
            found = [begins]
        if len(found) > 1:
            raise CaseError(f"{begins}: {len(found)} reports begin so; give more of the id")
        if not found:
            raise CaseError(f"{begins}: is no report or incident of this case; `counterclaim facts` lists what there is")
        return self._desk.reports[found[0]]


def decided(desk: Desk, asked: Sequence[Asked]) -> Iterator[dict[str, Any]]:
    """What is asked for as arguments of `Store.decide`, all of it seen as the desk shows it now; a correction of several values
    is as many decisions. CaseError for what does not fit, saying which it is where it is one of many."""
    references = References(desk)
    for number, one in enumerate(asked, 1):
        try:
            yield from _decided(desk, references, one)
        except CaseError as error:
            raise (CaseError(f"{number} of {len(asked)}: {error}") if len(asked) > 1 else error) from None


def _decided(desk: Desk, references: References, asked: Asked) -> Iterator[dict[str, Any]]:
    given: dict[str, Any] = {"kind": asked.kind, "user": asked.user, "reason": asked.reason, "settles": asked.settles}
    if asked.names:
        if len(set(asked.names)) != 2 or len(asked.names) != 2 or asked.target:
            raise CaseError("of names two are told to be one or not, without a target; give the one to be shown first")
        yield {**given, "fact": "name", "value": names_value(*asked.names)}
        return
    if not asked.target:
        raise CaseError(f"{asked.kind} needs to be told what; `counterclaim facts` lists what there is")
    if asked.kind == "add":
        words = references.words(asked.target, asked.words)
        yield {**given, **desk.added(asked.fact, words, asked.values, asked.incident)}
        return
    if asked.kind in _ON_OTHERS and not asked.others:
        raise CaseError(f"{asked.kind} needs to be told with or from what; {_ON_OTHERS[asked.kind]}")
    target = references.target(asked.target)
    others = tuple(references.target(other) for other in asked.others)
    if target in others:
        raise CaseError(f"{asked.target}: is itself among the others; {_ON_OTHERS.get(asked.kind, 'give another')}")
    anchored = desk.anchored(target, others)
    if asked.kind != "correct":
        yield {**given, **anchored}
        return
    if not asked.values:
        has = ", ".join(VALUES.get(str(anchored["fact"]), {}))
        raise CaseError(f"correct needs a value to set; a {anchored['fact']} has {has or 'none'}")
    for role, value in asked.values.items():
        yield {**given, **anchored, "role": role, "value": canonical(value)}


_ON_OTHERS = {
    "same": "give the others that are the same", "not-same": "give the others that are not the same",
    "merge": "give the incidents that are one with it", "split": "give the mentions that are another incident",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """A fact in the list: its reference, what kind it is, the incident it belongs to (its id), its values and its words."""

    reference: str
    kind: FactKind
    incident: str | None
    values: Mapping[str, Any]
    words: str


def listed(view: View, within: Iterable[str] = ()) -> Iterator[Listed]:
    """Every fact of the view with the reference by which it is decided on: incidents first, then report by report.

    `within` are references to incidents and reports; where any are given, only what belongs to one of them is listed.
    """
    desk = Desk(view)
    references = References(desk)
    wanted = {t for t in map(references.target, within) if isinstance(t, str)}
    of_incidents = {ref.report for id in wanted & desk.incidents.keys() for ref in desk.incidents[id].members}
    for incident in view.linkage.incidents:
        if not wanted or incident.id in wanted or any(ref.report in wanted for ref in incident.members):
            yield Listed(incident.id, "incident", incident.id, _values("incident", incident), "")
    for read in view.reports:
        id, text = read.report.id, read.report.text
        if wanted and id not in wanted and id not in of_incidents:
            continue
        home = [desk.incident_of.get(IncidentRef(id, n)) for n in range(len(read.reading.incidents))]
        inside = wanted & desk.incidents.keys() if id not in wanted else set()
        if not inside:
            yield Listed(references.shown(id), "report", None, {"title": read.report.title}, "")
        for n, mention in enumerate(read.reading.incidents):
            if not inside or home[n] in inside:
                named = words_naming(read, mention)
                quote = " … ".join(span.quote for span in named)
                yield Listed(references.shown(IncidentRef(id, n)), "mention", home[n], _values("mention", mention), quote)
        facts: list[tuple[FactKind, Statement | Figure]] = [("statement", s) for s in read.reading.statements]
        facts += [("figure", f) for f in read.reading.figures]
        for kind, fact in facts:
            of = None if fact.incident is None else home[fact.incident]
            if inside and of not in inside:
                continue
            spans = (fact.span,) if isinstance(fact, Figure) else words_of(fact)
            quote = " … ".join(text[start:end] for start, end in spans)
            ref = FigureRef(id, fact.id) if isinstance(fact, Figure) else StatementRef(id, fact.id)
            yield Listed(references.shown(ref), kind, of, _values(kind, fact), quote)


def _values(kind: str, fact: Figure | Statement | IncidentMention | Incident) -> dict[str, Any]:
    held = plain(fact)
    return {name: held[name] for name in VALUES[kind]}


def kind_named(word: str) -> DecisionKind:
    """The kind of decision of that name. CaseError where there is none; to redact is asked for otherwise."""
    kinds = [kind for kind in get_args(DecisionKind) if kind != "redact"]
    if word not in kinds:
        raise CaseError(f"no decision is called {word!r}; the kinds are {', '.join(kinds)}")
    return cast(DecisionKind, word)
