"""The short labels that stand for a toll or a position: templates over facts, never prose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from counterclaim.records import Position, Toll

NOBODY = "outlet not known"
"""What stands for the outlet of a report that does not name it."""

SHOWN = 3
"""Speakers named on one side of a conflict before the rest are counted: what a line of a dossier holds."""


def toll_words(toll: Toll) -> str:
    """How many, as it was said: "62 killed (military)", "at least 90 killed", "“dozens” killed"."""
    group = "" if toll.victims == "unspecified" else f" ({toll.victims})"
    return f"{_number(toll)} {toll.harm if toll.harm != 'casualties' else 'dead or injured'}{group}"


def toll_speaker(toll: Toll) -> str:
    """Who said it: the speaker, with whom he speaks for; the outlet where it speaks itself."""
    if toll.speaker is None:
        return toll.outlet or NOBODY
    return f"{toll.speaker} ({toll.affiliation})" if toll.affiliation and toll.affiliation not in toll.speaker else toll.speaker


def position_label(position: Position) -> str:
    """Who takes which stance towards whom: "Russian Ministry of Defence: blame (United States)"."""
    about = f" ({position.target})" if position.target else ""
    return f"{position.actor or NOBODY}: {position.stance}{about}"


def camp(names: Iterable[str], between: str = "; ") -> str:
    """Those who stand together on one side of a conflict: no name twice, the rest counted after the first three."""
    distinct = list(dict.fromkeys(names))
    more = [f"{len(distinct) - SHOWN} more"] if len(distinct) > SHOWN else []
    return between.join(distinct[:SHOWN] + more)


def actors_label(positions: Sequence[Position]) -> str:
    """Several who hold one position: "A; B: blame (C)". The first one's target stands for all."""
    first = positions[0]
    return position_label(replace(first, actor=camp(position.actor or NOBODY for position in positions)))


def tolls_label(tolls: Sequence[Toll]) -> str:
    """Who gave which number, speakers before outlets: "A; B: 62 killed / C: 70 killed"."""
    numbers: dict[str, list[Toll]] = {}
    for toll in sorted(tolls, key=lambda toll: toll.speaker is None):
        numbers.setdefault(toll_words(toll), []).append(toll)
    return camp((f"{camp(toll_speaker(toll) for toll in held)}: {words}" for words, held in numbers.items()), " / ")


def _number(toll: Toll) -> str:
    low, high = toll.low, toll.high
    if toll.qualifier == "vague" or (low is None and high is None):
        return f"“{toll.words}”"
    if (low, high) == (0, 0):
        return "none"
    if high is None:
        return f"more than {low - 1:,}" if toll.qualifier == "more than" and low else f"at least {low:,}"
    if low is None:
        return f"less than {high + 1:,}" if toll.qualifier == "less than" else f"up to {high:,}"
    if low != high:
        return f"{low:,} to {high:,}"
    return f"about {low:,}" if toll.qualifier == "about" else f"{low:,}"
