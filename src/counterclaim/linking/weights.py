"""The weights that linking adds up, from the table that ships beside this file, and the lines some of them lie on."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

TABLE = Path(__file__).with_name("weights.csv")
"""Natural log odds, above 0 for one incident rather than two, a level a row: `points` of a pair of mentions, `brief` of a pair of
headlines; beside each how many true and false pairs of the sets it was learned from meet it. training/linking.py rebuilds it."""

CONTRADICTIONS = frozenset(
    "published before|published long before|1 day apart|3 days apart|a week apart|a month apart|long apart|other weekday"
    "|other country|elsewhere|far|another place on another day".split("|")
)
"""Levels that speak against one incident, where others only lack likeness."""

LINES: Mapping[str, tuple[float, ...]] = {
    "words": (0.03, 0.075, 0.125, 0.175, 0.225, 0.3, 0.4, 0.6, 0.9),
    "headlines": (0.0, 0.05, 0.15, 0.5),
    "rarest word": (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0),
    "names": (0.0, 1.0, 2.0, 3.0, 4.0, 6.0),
}
"""Measures that are weighed along straight lines between these values. Cosines of words beyond 0.4 are page furniture rather than
evidence (flat from 0.35 on). The rarest shared word of two headlines is measured by the logarithm of how few reports hold it."""


@cache
def weights(brief: bool) -> Mapping[str, float]:
    """The weight of every level: of a pair of headlines, or of any other."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["level"]: float(row["brief" if brief else "points"]) for row in csv.DictReader(file)}


def along(line: str, value: float) -> Iterator[tuple[str, float]]:
    """The levels of a line that a value lies between, with how much of each."""
    knots = LINES[line]
    if value <= knots[0] or value >= knots[-1]:
        yield f"{line} {knots[0] if value <= knots[0] else knots[-1]:g}", 1.0
        return
    low, high = next((low, high) for low, high in pairwise(knots) if value <= high)
    part = (value - low) / (high - low)
    yield f"{line} {low:g}", 1.0 - part
    yield f"{line} {high:g}", part
