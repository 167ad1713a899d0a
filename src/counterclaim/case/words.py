"""Words as PostgreSQL is to find them: without case or accents, and where in a text they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from counterclaim.records import Offsets

_WORD = re.compile(r"[^\W_]+")
_SEARCHED = 400_000
"""Code points of a text that are searched: the index of one text has a limit of a megabyte."""


def as_vector(text: str) -> str:
    """The words of a text, one blank between two, for the index."""
    return " ".join(word for word, _ in _words(text[:_SEARCHED]))


def as_tsquery(terms: Sequence[str]) -> str:
    """A query in which every term is found: its words one after the other, the last one's beginning where it ends in *."""
    parts = []
    for term in terms:
        found = [word for word, _ in _words(term)]
        if found:
            parts.append("(" + " <-> ".join(found) + (":*" if term.endswith("*") else "") + ")")
    return " & ".join(parts)


def places(text: str, terms: Sequence[str]) -> tuple[Offsets, ...]:
    """Where the terms stand in a text, sorted."""
    held = _words(text)
    found = set()
    for term in terms:
        wanted = [word for word, _ in _words(term)]
        for n in range(len(held) - len(wanted) + 1) if wanted else ():
            here = [word for word, _ in held[n : n + len(wanted)]]
            last = here[-1].startswith(wanted[-1]) if term.endswith("*") else here[-1] == wanted[-1]
            if here[:-1] == wanted[:-1] and last:
                found.add((held[n][1][0], held[n + len(wanted) - 1][1][1]))
    return tuple(sorted(found))


def _words(text: str) -> list[tuple[str, Offsets]]:
    return [(_plain(m[0]), m.span()) for m in _WORD.finditer(text)]


def _plain(word: str) -> str:
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
