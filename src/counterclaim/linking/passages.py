"""Which paragraphs of a text stand in another one: what a copy kept, added and cut, and what two other texts share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from counterclaim.linking.shingles import SHINGLE, Shingles, runs, words_at
from counterclaim.records import Offsets

KEPT = 0.5
"""Part of a paragraph's words that must stand in runs of the other text: a rewritten sentence still leaves most of the others."""

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Carried:
    """Paragraphs, as offsets: `kept` of the copy, that stand in the original; `added` of the copy, that do not; `cut` of the
    original, that do not stand in the copy. Paragraphs too short to tell are in none of them."""

    kept: tuple[Offsets, ...]
    added: tuple[Offsets, ...]
    cut: tuple[Offsets, ...]


def carried(copy: str, original: str) -> Carried:
    """Compares the two texts paragraph by paragraph; quotations count, for a copy carries them too."""
    kept, added = _sorted_out(copy, original)
    return Carried(kept, added, _sorted_out(original, copy)[1])


def in_words(what: Carried) -> list[str]:
    """One line on what was kept, added and cut; none where neither text has more than one paragraph to tell by."""
    originals = len(what.kept) + len(what.cut)
    if originals < 2 and not what.added:
        return []
    told = f"{len(what.kept)} of its {len(what.kept) + len(what.added)} paragraphs carried"
    return [told + (f", {len(what.cut)} of the original's cut" if what.cut else "")]


def paragraphs(text: str) -> list[Offsets]:
    """The lines of a text that hold anything."""
    return [m.span() for m in _PARAGRAPH.finditer(text)]


def _sorted_out(text: str, other: str) -> tuple[tuple[Offsets, ...], tuple[Offsets, ...]]:
    """The paragraphs of `text` that stand in `other`, and those that do not."""
    words = words_at(text)
    covered = _covered([w for w, _, _ in words], np.unique(runs([w for w, _, _ in words_at(other)])))
    inside: list[Offsets] = []
    outside: list[Offsets] = []
    for start, end in paragraphs(text):
        held = [found for found, (_, a, b) in zip(covered, words, strict=True) if start <= a and b <= end]
        if len(held) >= SHINGLE:
            (inside if sum(held) >= KEPT * len(held) else outside).append((start, end))
    return tuple(inside), tuple(outside)


def _covered(words: Sequence[str], others: Shingles) -> list[bool]:
    """Of every word whether a run that it is part of stands in the other text."""
    starts = np.isin(runs(words), others)
    covered = np.zeros(len(words), bool)
    for k in range(SHINGLE):
        covered[k : k + len(starts)] |= starts
    found: list[bool] = covered.tolist()
    return found
