"""One report's facts while decisions are laid over them, and a fact that is gone made again of what was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from counterclaim.case.anchors import words_of
from counterclaim.case.canonical import digest
from counterclaim.case.judging import Judged
from counterclaim.case.values import seen_of
from counterclaim.records import Decision, Figure, IncidentMention, Offsets, ReadReport, Ref, Statement

_OF_A_SPEAKER = ("affiliation", "side")
"""What is known of a speaker and goes when another is put in his place."""


@dataclass(slots=True)
class Draft:
    """One report's facts while they are overlaid."""

    read: ReadReport
    statements: dict[str, Statement]
    figures: dict[str, Figure]
    mentions: list[IncidentMention]
    gone: set[str] = field(default_factory=set)
    new: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, read: ReadReport) -> Draft:
        """The facts as the machine read them."""
        reading = read.reading
        by_id = {s.id: s for s in reading.statements}, {f.id: f for f in reading.figures}
        return cls(read, *by_id, list(reading.incidents))

    def around(self, span: Offsets) -> str | None:
        """The id of the shortest statement that the span stands in."""
        held = [s for s in self.statements.values() if any(a <= span[0] and span[1] <= b for a, b in s.content)]
        return min(held, key=lambda s: (sum(b - a for a, b in s.content), s.id)).id if held else None

    def done(self) -> ReadReport:
        """The report with these facts; in the order of the text where one was added."""
        starts = {id: (words_of(s) or ((0, 0),))[0] for id, s in self.statements.items()}
        statements = tuple(sorted(self.statements.values(), key=lambda s: starts[s.id])) if self.new else None
        figures = tuple(sorted(self.figures.values(), key=lambda f: f.span)) if self.new else None
        changed: dict[str, Any] = {
            "statements": statements or tuple(self.statements.values()),
            "figures": figures or tuple(self.figures.values()),
            "incidents": tuple(self.mentions),
        }
        return replace(self.read, reading=replace(self.read.reading, **changed))


@dataclass(slots=True)
class Found:
    """The decisions on one fact of one report, in order, and the fact as the machine reads it today, where it does."""

    kind: str
    read: ReadReport
    at: Offsets
    fact: Figure | Statement | IncidentMention | None
    ref: Ref | None
    decisions: list[Decision] = field(default_factory=list)
    judged: Judged = field(default_factory=Judged)

    @property
    def seen(self) -> Mapping[str, Any]:
        """The fact as it was last seen."""
        return next((seen_of(d.seen) for d in reversed(self.decisions) if d.seen), {})


def speaker_values(fact: Figure | Statement, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values to set, with what was known of the speaker before unknown where another takes his place."""
    if "speaker" not in values or values["speaker"] == fact.speaker:
        return dict(values)
    rest: dict[str, Any] = dict.fromkeys(_OF_A_SPEAKER)
    if isinstance(fact, Statement):
        kind = "outlet" if values["speaker"] is None else "named" if fact.speaker_kind == "outlet" else fact.speaker_kind
        rest["speaker_kind"] = kind
    return {**rest, **values}


def as_seen_here(each: Found) -> Mapping[str, Any]:
    """The fact as it was seen, with its words where they stand today: in another text only the anchor's are known."""
    seen, anchor = each.seen, each.decisions[-1].anchor
    if anchor is not None and anchor.report == each.read.report.id:
        return seen
    nowhere: dict[str, Any] = {"cue": [], "source": [], "via": [], "hedge": [], "about": None, "antecedent": None}
    return {**seen, **nowhere, "content": [each.at], "span": each.at}


def id_of(letter: str, each: Found) -> str:
    """An id for a fact that people keep or add: of its words and kind, so that it is the same in every run."""
    return letter + digest(each.kind, each.read.report.id, str(each.at), str(each.seen.get("harm")))[:11]


def offsets_of(fact: Figure | Statement | IncidentMention) -> tuple[Offsets, ...]:
    """Where the words of a fact stand."""
    if isinstance(fact, Figure):
        return (fact.span,)
    return words_of(fact) if isinstance(fact, Statement) else fact.evidence


def offsets_seen(kind: str, seen: Mapping[str, Any]) -> Offsets | None:
    """Where the first of its words stood when the fact was seen."""
    if kind == "figure":
        start, end = seen["span"]
    else:
        pieces = seen["evidence"] if kind == "mention" else seen.get("content") or seen.get("cue") or seen.get("source")
        if not pieces:
            return None
        start, end = pieces[0]
    return start, end
