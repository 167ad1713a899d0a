"""Cuts a sentence short where it may be cut: at the end of a clause, else between two words, never inside a name."""

from __future__ import annotations

import re

_CLAUSE = re.compile(
    r"(?<=[,;:—–)])\s+|\s+(?=(?:after|although|and|as|because|before|but|that|when|where|which|while|who)\b)", re.IGNORECASE
)
_SPACE = re.compile(r"\s+")
_LAST = re.compile(r"[^\s\w]*([\w’'-]+)\W*\Z")
_FIRST = re.compile(r"\W*([\w’'-]+)")
_IN_NAMES = frozenset("al el bin ibn abu umm abd van von der den de da di del la le".split())
_LEANING = frozenset(
    "a an the this that these those of to in on at by for from with into over and or but as nor his her its their our my your "
    "is was are were be been has have had not no who which whose".split()
)
"""Words that lean on the one behind them, so that no cut comes between."""

_WORTH = 0.4
"""A clause's end is taken where it leaves that much of the room or more: at less the words beside it tell more."""


def head(text: str, most: int) -> int:
    """Up to where the beginning of `text` may stand in `most` characters: all of it, to the end of a clause, of a word; 0 where
    every cut would leave half a name."""
    if len(text) <= most:
        return len(text)
    clauses = _clauses(text)
    fitting = [m.start() for m in _cuts(text) if m.start() <= most]
    return max(fitting, key=lambda at: (at in clauses and at >= most * _WORTH, at), default=0)


def tail(text: str, most: int) -> int:
    """From where the end of `text` may stand in `most` characters: the same from the other side; its length where every cut would
    leave half a name."""
    if len(text) <= most:
        return 0
    clauses = _clauses(text)
    fitting = [m for m in _cuts(text) if len(text) - m.end() <= most]
    cut = min(fitting, key=lambda m: (m.start() not in clauses or len(text) - m.end() < most * _WORTH, m.end()), default=None)
    return cut.end() if cut else len(text)


def cut(text: str, most: int) -> str:
    """The beginning of `text` as far as it may stand in `most` characters, with "…" for what is not there; where no cut may be
    made, all of it."""
    end = head(text, most - 1)
    return text if end in (0, len(text)) else text[:end].rstrip(" ,;:–—-") + "…"


def widened(text: str, start: int, end: int) -> tuple[int, int]:
    """The span, and the rest of the names and words that it begins or ends within."""
    cuts = _cuts(text)
    left = max((m.end() for m in cuts if m.end() <= start), default=0)
    right = min((m.start() for m in cuts if m.start() >= end), default=len(text))
    return left, right


def _cuts(text: str) -> list[re.Match[str]]:
    return [m for m in _SPACE.finditer(text) if _apart(text, m.start(), m.end())]


def _clauses(text: str) -> frozenset[int]:
    return frozenset(m.start() for m in _CLAUSE.finditer(text))


def _apart(text: str, end: int, start: int) -> bool:
    """Whether the word that ends at `end` does not lean on the one that begins at `start`, and they are not both of one name."""
    before, after = _LAST.search(text[max(0, end - 60) : end]), _FIRST.match(text[start : start + 60])
    if before is None or after is None or text[end - 1] in ",;:—–.!?":
        return True
    return before[1].lower() not in _LEANING and not (_of_a_name(before[1]) and _of_a_name(after[1]))


def _of_a_name(word: str) -> bool:
    return not word[:1].islower() or word in _IN_NAMES or any(part[:1].isupper() for part in re.split(r"[-’']", word))
