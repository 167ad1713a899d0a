"""Quotation marks of every style to the stretches they enclose, with stray and missing marks mended."""

from __future__ import annotations

import re
from dataclasses import dataclass

from counterclaim.records import Offsets

_LONG = 5
"""Words from which a quotation is speech rather than a quoted word or two: in the seeds and the restated reports no
scare quote has more than four, and shorter whole utterances stand beside a cue that finds them anyway."""

_PAIRS = {"“": "”", "«": "»", "„": "“", "‘": "’"}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch: `span` with its marks, `closed` whether the closing mark stands in the same paragraph."""

    span: Offsets
    words: int
    closed: bool

    @property
    def long(self) -> bool:
        """Whether it is speech rather than a quoted word."""
        return self.words >= _LONG

    def holds(self, offset: int) -> bool:
        """Whether the code point at `offset` is inside."""
        return self.span[0] <= offset < self.span[1]


def find_quotations(text: str, start: int = 0) -> tuple[Quotation, ...]:
    """The quotations of one paragraph `text`, outermost only, in order; offsets are shifted by `start`."""
    found: list[Quotation] = []
    at = 0
    while at < len(text):
        opening = _next_opening(text, at)
        if opening is None:
            break
        end = _closing(text, opening)
        stop = end if end is not None else len(text)
        if end is None and text[opening] in "'‘":
            at = opening + 1
            continue
        words = len(re.findall(r"\w[\w'’-]*", text[opening:stop]))
        if words:
            found.append(Quotation((start + opening, start + stop), words, end is not None))
        at = max(stop, opening + 1)
    return tuple(found)


def _next_opening(text: str, at: int) -> int | None:
    for i in range(at, len(text)):
        mark = text[i]
        before = text[i - 1] if i else " "
        after = text[i + 1] if i + 1 < len(text) else " "
        if mark in "“«„":
            return i
        if mark == '"' and not after.isspace() and (not before.isalnum()):
            return i
        if mark in "‘'" and (before.isspace() or before in "([—–-") and (after.isalpha() or after == "["):
            return i
    return None


def _closing(text: str, opening: int) -> int | None:
    """Offset after the mark that closes the one at `opening`, None where the paragraph ends first."""
    mark = text[opening]
    i = opening + 1
    depth = 0
    if mark in "‘'":
        return _closing_single(text, opening)
    while i < len(text):
        c = text[i]
        empty = not re.search(r"\w", text[opening + 1 : i])
        if c == mark and c != '"':
            depth += 1
        elif (mark == '"' and c == '"' and not empty) or (mark == '"' and c == "”" and not empty):
            return i + 1
        elif c == _PAIRS.get(mark) and not empty:
            # a nested quotation closes first, unless no further closing mark is left for the outer one
            if depth and _PAIRS[mark] in text[i + 1 :]:
                depth -= 1
            else:
                return i + 1
        elif mark == "“" and c == '"' and not empty and (i + 1 == len(text) or not text[i + 1].isalnum()):
            return i + 1
        i += 1
    return None


def _closing_single(text: str, opening: int) -> int | None:
    """Single marks are apostrophes too: the first that ends a clause closes, else the last that ends a word."""
    last = None
    for i in range(opening + 1, len(text)):
        if text[i] not in "’'":
            continue
        after = text[i + 1] if i + 1 < len(text) else " "
        if after.isalnum():
            continue
        if text[i - 1] in ",.?!":
            return i + 1
        if text[i - 1] in "sS" and after == " " and i + 2 < len(text) and text[i + 2].islower():
            last = last or i + 1
            continue
        return i + 1
    return last
