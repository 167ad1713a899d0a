"""How sure the reading of a statement is: what was measured of statements with the same evidence."""

from __future__ import annotations

from bisect import bisect_right

BOTH = ((0.0, 0.55), (0.5, 0.63), (0.7, 0.87), (0.85, 0.94), (0.95, 0.96))
HEARD = ((0.0, 0.41), (0.5, 0.49), (0.6, 0.69), (0.85, 0.87), (0.95, 0.94))
RULED = 0.32
"""How often a statement was right (content and source, as the linked measure has it) by where it comes from: heard by the tagger
and read by a rule, heard only, read by the rules alone; where it was heard, row by row, by the tagger's score from which on.
Counted by `python bench/reliability.py --count` on PolNeAR's development articles and the developing part of our own conflict
sentences: of the five steps of BOTH 60, 62, 126, 510 and 654 statements, of HEARD 160, 111, 307, 298 and 67, of RULED 41."""


def confidence_of(heard: float | None, ruled: bool) -> float:
    """Confidence of a statement: `heard` is the tagger's score (None where it heard nothing), `ruled` whether a rule read it."""
    if heard is None:
        return RULED
    steps = BOTH if ruled else HEARD
    return steps[bisect_right(steps, heard, key=lambda step: step[0]) - 1][1]
