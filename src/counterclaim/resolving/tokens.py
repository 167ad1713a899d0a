"""A text as words and marks, folded so that spellings of one word compare alike."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

_TOKEN = re.compile(r"(?:[A-Z]\.){2,}|[A-Z]\.[A-Z]\b|[^\W_]+|['’]s?(?![^\W_])|['’](?=[^\W_])|[^\s\w]")
_SPELLING = {
    "defense": "defence", "organization": "organisation", "organizations": "organisations", "center": "centre",
    "program": "programme", "mobilization": "mobilisation", "’": "'", "’s": "'s",
}  # fmt: skip
"""American to British spelling, so that a name needs one row only."""


class Token(NamedTuple):
    """A word or mark: offsets, folded form for comparing, and the words as they stand."""

    start: int
    end: int
    norm: str
    text: str


@functools.lru_cache(maxsize=65536)
def _fold(word: str) -> str:
    low = word.casefold()
    if not low.isascii():
        low = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))
    if "." in low and len(low) > 1:
        low = low.replace(".", "")
    return _SPELLING.get(low, low)


def tokenize(text: str) -> list[Token]:
    """The words and marks of `text` in order; hyphens and apostrophes are marks of their own, dotted initials one word."""
    return [Token(m.start(), m.end(), _fold(m.group()), m.group()) for m in _TOKEN.finditer(text)]


def folded(name: str) -> tuple[str, ...]:
    """The words of a name as they compare."""
    return tuple(t.norm for t in tokenize(name))
