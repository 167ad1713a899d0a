"""What people decide: append-only, dated, signed, never written by a machine; and what became of it since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from counterclaim.records.links import FigureRef, IncidentRef, Linkage, ReadReport, StatementRef
from counterclaim.records.spans import Span

DecisionKind = Literal["accept", "correct", "reject", "add", "same", "not-same", "move", "merge", "split", "hide", "redact"]
FactKind = Literal["figure", "statement", "mention", "incident", "name", "report", "lead"]
"""What a decision is about. A `mention` is an incident as one report tells of it, an `incident` the one behind several; `name`
is two speakers' names, `lead` who may settle what others decide differently."""

State = Literal["in force", "disputed", "settled", "replaced", "undone"]
"""Where a decision stands among the others. `disputed`: another person decided differently, and both stand; `settled`: a lead
decided over it; `replaced`: the same person decided anew."""

Outcome = Literal["same", "moved", "value changed: check again", "not found: kept"]
"""What a decision finds in the machine's facts of today, compared with those that it was made on."""

Ref = FigureRef | StatementRef | IncidentRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's decision on a machine fact, anchored to words and not to a row.

    `fact` says what kind of fact, `role` which value of it (None for the whole), `value` what it is to be (JSON text), `seen` the
    fact as it was when the decision was made (JSON text), so that a change shows later and a lost fact can be kept. `anchor` are
    the words, in the capture of hash `capture`; `members` the words of every mention of the incident that is decided on, `others`
    those of what it is brought together with or set apart from. `undoes` is the id of a decision taken back; `settles` are those
    that a lead decides over.
    """

    id: int
    kind: DecisionKind
    fact: str
    role: str | None
    capture: str | None
    anchor: Span | None
    value: str | None
    reason: str
    user: str
    made: datetime
    undoes: int | None = None
    seen: str | None = None
    members: tuple[Span, ...] = ()
    others: tuple[Span, ...] = ()
    settles: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A named person's dated grading of an incident: scale and grade in the recorder's own terms, range and best.

    `members` are the words of every mention the incident had when it was graded, by which it is found again, and `seen` the
    incident as it then was (JSON text); `cited` are the words of the claims that the grading rests on.
    """

    id: int
    incident: str
    scale: str
    grade: str
    low: int | None
    high: int | None
    best: int | None
    note: str
    user: str
    made: datetime
    seen: str | None = None
    members: tuple[Span, ...] = ()
    cited: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What became of a decision. `on` are the facts of today that it is about (none where the machine finds them no more);
    `now` is what the machine reads there today (JSON text as in `Decision.seen`) where that is not what was seen; `against` the
    ids of the decisions that it is disputed with."""

    decision: Decision
    state: State
    outcome: Outcome
    on: tuple[Ref | str, ...] = ()
    now: str | None = None
    against: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Graded:
    """What became of an assessment: `incident` is the id of the incident that it is of today (None where none of its mentions is
    found; the assessment is kept all the same), `outcome` whether that still is what was graded."""

    assessment: Assessment
    incident: str | None
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The effective view: the machine's facts overlaid by what people decided. A function of both and of nothing else.

    `reports` and `linkage` are to be used wherever the machine's would be. `standings` has one entry a decision, in the order in
    which they were made (undoing ones left out); `graded` has one entry an assessment.
    """

    reports: tuple[ReadReport, ...]
    linkage: Linkage
    standings: tuple[Standing, ...] = ()
    graded: tuple[Graded, ...] = ()

    def on(self, target: Ref | str) -> tuple[Standing, ...]:
        """The standings of the decisions on one fact (an incident by its id), in the order in which they were made."""
        return tuple(standing for standing in self.standings if target in standing.on)

    @property
    def check_again(self) -> tuple[Standing, ...]:
        """Decisions in force or disputed whose fact is no longer what was decided on."""
        stirred = ("value changed: check again", "not found: kept")
        return tuple(s for s in self.standings if s.outcome in stirred and s.state in ("in force", "disputed"))

    @property
    def disputes(self) -> tuple[Standing, ...]:
        """Decisions that differ from another person's on the same fact, for a lead to settle."""
        return tuple(standing for standing in self.standings if standing.state == "disputed")


@dataclass(frozen=True, slots=True)
class Run:
    """One pass of the machine over a case: which code, models and rules made the facts.

    `finished` is None while it runs or when it was cut off.
    """

    id: int
    version: str
    models: str
    rules: str
    started: datetime
    finished: datetime | None
