"""The words for what an attack hits, is made with and is called, by kind: a list that anybody can see and amend."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import get_args

from counterclaim.reading.wordlists import section
from counterclaim.records import Aspect

Entry = tuple[tuple[str, ...], Aspect, str]
"""A phrase: the words before its last, the aspect and the kind that it tells."""


@cache
def kinds() -> tuple[tuple[Aspect, str], ...]:
    """Every kind that is told apart, with its aspect, in the order of the word list."""
    aspects = get_args(Aspect)
    names = resources.files("counterclaim.reading").joinpath("details.txt").read_text("utf-8").splitlines()
    headings = (line[1:-1].partition(" ") for line in names if line.startswith("["))
    return tuple((aspect, kind) for aspect, _, kind in headings if aspect in aspects)  # type: ignore[misc]


@cache
def by_last_word() -> dict[str, tuple[Entry, ...]]:
    """The phrases of all kinds by their last word, the longest first."""
    found: dict[str, list[Entry]] = {}
    for aspect, kind in kinds():
        for line in section("details.txt", f"{aspect} {kind}"):
            for phrase in line.split(","):
                *before, last = phrase.split()
                found.setdefault(last, []).append((tuple(before), aspect, kind))
    return {last: tuple(sorted(entries, key=lambda e: -len(e[0]))) for last, entries in found.items()}


_PEOPLE = frozenset({"fighters", "troops", "civilians", "gathering"})


@cache
def is_built(word: str) -> bool:
    """Whether a word in small letters, singular or plural, names something built or driven, and nobody."""
    entries = [e for form in (word, word.removesuffix("s"), word.removesuffix("es")) for e in by_last_word().get(form, ())]
    return any(aspect == "hit" and not before and kind not in _PEOPLE for before, aspect, kind in entries)
