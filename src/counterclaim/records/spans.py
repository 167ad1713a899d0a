"""Where words stand: offsets into a text, and spans that carry their own quote."""

from __future__ import annotations

from dataclasses import dataclass

Offsets = tuple[int, int]
"""Start and end in Unicode code points of the report's clean text, end exclusive."""

CONTEXT = 32
"""Code points of prefix and suffix kept with a span: enough to find it again after small edits."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a report with the words that stand there.

    `start` and `end` are code points into the report's clean text (W3C TextPositionSelector);
    `quote`, `prefix` and `suffix` are what is read there (W3C TextQuoteSelector).
    """

    report: str
    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""

    @classmethod
    def of(cls, report: str, text: str, start: int, end: int) -> Span:
        """The span `text[start:end]` of report id `report`.

        Raises ValueError where the offsets do not fit the text or select nothing.
        """
        if not 0 <= start < end <= len(text):
            raise ValueError(f"offsets {start}-{end} do not fit a text of {len(text)} code points")
        return cls(report, start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])
