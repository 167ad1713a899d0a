"""What people decide: append-only, dated, signed, never written by a machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from counterclaim.records.spans import Span

DecisionKind = Literal["accept", "correct", "reject", "add", "same", "not-same", "move", "merge", "split", "hide", "redact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's decision on a machine fact, anchored to words and not to a row. `fact` says what kind of fact
    ("figure", "statement", "incident"), `role` which value of it, `value` what it is to be (JSON text), `undoes` the id of a
    decision taken back."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A named person's dated grading of an incident: scale and grade in the recorder's own terms, range and best."""

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
