"""The columns by which a row leads back to its words, their sentence, their report and the hash of what was captured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from counterclaim.exchange.tables import Column
from counterclaim.records import ReadReport, Span

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Stands:
    """Where the words of a row stand: the report and the offsets in its clean text."""

    read: ReadReport
    start: int
    end: int

    def sentence(self) -> Span:
        """The whole sentence."""
        report = self.read.report
        return Span.of(report.id, report.text, *self.read.reading.sentence_of((self.start, self.end)))


def about_report(of: Callable[[R], ReadReport]) -> tuple[Column[R], ...]:
    """The columns about a report, in a table whose rows have one."""
    return (
        Column("report", "id", "The report's id; `reports.csv` has it in its column of the same name.",
               lambda _, r: of(r).report.id, "#meta+report+id"),
        Column("outlet", "text", "Who published it; empty where not known, [account] for a masked account.",
               lambda export, r: export.outlet(of(r).report), "#meta+source"),
        Column("published", "date", "The day it is dated (EDTF); empty where not known.",
               lambda _, r: p.value if (p := of(r).report.published) else None, "#date+published"),
        Column("published_how", "word", "How that is known: stated, metadata, given (by whoever added it) or inferred.",
               lambda _, r: p.how if (p := of(r).report.published) else None),
        Column("url", "address", "Its address, if it is known; the host alone where the rest may name somebody masked.",
               lambda _, r: of(r).report.url, "#meta+url"),
        Column("sha256", "id", "SHA-256 of the bytes that were captured: the evidence itself.",
               lambda _, r: of(r).report.capture, "#meta+sha256"),
    )  # fmt: skip


def back_to_words(of: Callable[[R], Stands]) -> tuple[Column[R], ...]:
    """The columns from a row to its words: sentence, offsets, report, hash."""
    return (
        Column("sentence", "quote", "The whole sentence in the report's own words, on one line; short outside of the case.",
               lambda _, r: of(r).sentence().quote, "#meta+quote"),
        Column("sentence_start", "integer", "Where it begins in the report's clean text, in Unicode code points from 0.",
               lambda _, r: of(r).sentence().start),
        Column("sentence_end", "integer", "Where it ends, exclusive.", lambda _, r: of(r).sentence().end),
        Column("start", "integer", "Where the words of this row begin, counted in the same way.", lambda _, r: of(r).start),
        Column("end", "integer", "Where they end, exclusive.", lambda _, r: of(r).end),
        *about_report(lambda r: of(r).read),
    )  # fmt: skip
