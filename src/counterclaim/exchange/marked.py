"""Every stretch of a report from which something was read, with what was read from it: what annotation formats are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from counterclaim.errors import CounterclaimError
from counterclaim.exchange.export import Export
from counterclaim.exchange.lines import reading_to_line
from counterclaim.exchange.masking import Masks
from counterclaim.records import (
    FigureRef,
    IncidentRef,
    Offsets,
    ReadReport,
    Ref,
    Span,
    Statement,
    StatementRef,
)  # fmt: skip

NO_MASKS = Masks()
Kind = Literal["statement", "figure", "detail", "place", "date", "incident"]
Part = Literal["content", "cue", "source", "via", "hedge", "about", "antecedent", "words"]
"""Which words of a statement; all else has its `words` only."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One stretch: its words, which `part` of the fact they are, the fact's kind, its id in the report ("f1", "p0") and its
    `values` as the line format has them, without offsets. A quotation that is cut has a mark for each piece."""

    span: Span
    part: Part
    kind: Kind
    id: str
    values: Mapping[str, Any]
    sentence: Span

    @property
    def key(self) -> str:
        """What tells it from every other mark of its report."""
        return f"{self.id}-{self.part}-{self.span.start}-{self.span.end}"

    @property
    def ref(self) -> Ref | None:
        """By what decisions point at its fact; None for what nobody decides on."""
        if self.kind == "figure":
            return FigureRef(self.span.report, self.id)
        if self.kind == "statement":
            return StatementRef(self.span.report, self.id)
        return IncidentRef(self.span.report, int(self.id[1:])) if self.kind == "incident" else None


def marks_in(read: ReadReport, masks: Masks = NO_MASKS) -> tuple[Mark, ...]:
    """All marks of a report in the order of its text; of two that begin at one place the longer comes first.

    Where there are masks the words of the spans are blotted, so that no half of a name is left at an edge; offsets stay.
    """
    shown = masks.blotted(read.report.text)
    held = (_mark(read, shown, *each) for each in _all(read))
    return tuple(sorted(held, key=lambda m: (m.span.start, -m.span.end, m.id, m.part)))


def whole_texts(export: Export) -> None:
    """CounterclaimError where the audience is not to have whole texts of reports, on which annotation tools work."""
    if not export.audience.texts or export.masks:
        raise CounterclaimError(
            "annotation tools get whole texts, which leave for nobody outside and not with masked words; use --for internal, and "
            "hide nothing"
        )


def _mark(
    read: ReadReport, shown: str, kind: Kind, part: Part, at: Offsets, id: str, values: Mapping[str, Any]
) -> Mark:  # fmt: skip
    sentence = Span.of(read.report.id, shown, *read.reading.sentence_of(at))
    return Mark(Span.of(read.report.id, shown, *at), part, kind, id, values, sentence)


def _all(read: ReadReport) -> Iterator[tuple[Kind, Part, Offsets, str, Mapping[str, Any]]]:
    reading, line = read.reading, reading_to_line(read.report.id, read.reading)
    for s, row in zip(reading.statements, line["statements"], strict=True):
        for part, at in _parts(s):
            yield "statement", part, at, s.id, _plain(row)
    for f, row in zip(reading.figures, line["figures"], strict=True):
        yield "figure", "words", f.span, f.id, _plain(row)
    for d, row in zip(reading.details, line["details"], strict=True):
        yield "detail", "words", d.span, d.id, _plain(row)
    for n, row in enumerate(row for row in line["places"] if row["use"] == "place"):
        yield "place", "words", tuple(row["span"]), f"p{n}", _plain(row)
    for n, (date, row) in enumerate(zip(reading.dates, line["dates"], strict=True)):
        yield "date", "words", date.span, f"t{n}", {**_plain(row), "start": date.start, "end": date.end}
    for n, (mention, row) in enumerate(zip(reading.incidents, line["incidents"], strict=True)):
        for at in mention.evidence:
            yield "incident", "words", at, f"m{n}", row


def _parts(s: Statement) -> Iterator[tuple[Part, Offsets]]:
    pieces: tuple[tuple[Part, Sequence[Offsets]], ...] = (
        ("content", s.content), ("cue", s.cue), ("source", s.source), ("via", s.via), ("hedge", s.hedge),
        ("about", (s.about,) if s.about else ()), ("antecedent", (s.antecedent,) if s.antecedent else ()),
    )  # fmt: skip
    for part, held in pieces:
        for at in dict.fromkeys(held):
            yield part, at


_OFFSETS = ("id", "span", "text", "content", "cue", "source", "hedge", "use")


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in _OFFSETS}
