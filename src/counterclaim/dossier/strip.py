"""Where a toll stands on the strip: a scale shared by the tolls of one harm, and the shape of each, as shares of its width."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from counterclaim.dossier.words import number
from counterclaim.records import Qualifier

Shape = Literal["dot", "about", "interval", "from", "to", "band", "band from", "words"]

ROOM = 1.12
"""The scale goes 12 % beyond the highest number said, so that an open toll's arrow has room (tried by eye at 250 px)."""

LOG_ROOM = 2.0
"""The same on a logarithmic scale, where 12 % would be a hair's breadth."""

WIDE = 40
"""From this ratio of highest to lowest number on, the scale is logarithmic: on 250 px the lowest would otherwise lie within 7 px
of zero, which is less than its own dot."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One toll on the strip: its shape from `start` to `end` (shares of the width, 0 to 1; equal for a dot)."""

    shape: Shape
    start: float = 0.0
    end: float = 0.0


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale from 0 to `top`; `ticks` are (share of the width, printed number)."""

    top: float
    log: bool
    ticks: tuple[tuple[float, str], ...]

    def at(self, value: float) -> float:
        """The share of the width at which `value` lies, 1.0 for anything beyond the top."""
        share = math.log1p(value) / math.log1p(self.top) if self.log else value / self.top
        return round(min(max(share, 0.0), 1.0), 4)

    def glyph(self, low: int | None, high: int | None, qualifier: Qualifier) -> Glyph:
        """The shape of a toll: dot for an exact number, interval for two, open arrow where one end was not said."""
        if low is None and high is None:
            return Glyph("words")
        if qualifier == "vague":
            if high is None or self.at(high) >= 1.0:
                return Glyph("band from", self.at(low or 0), 1.0)
            return Glyph("band", self.at(low or 0), self.at(high))
        if low is None or high is None:
            return Glyph("from", self.at(low), 1.0) if low is not None else Glyph("to", 0.0, self.at(high or 0))
        if low != high:
            return Glyph("interval", self.at(low), self.at(high))
        return Glyph("about" if qualifier == "about" else "dot", self.at(low), self.at(low))


def scale_of(tolls: Iterable[tuple[int | None, int | None, Qualifier]]) -> Scale | None:
    """The scale that holds all `tolls` (low, high, qualifier); None where no number was said.

    Vague words ("hundreds") widen it only where nobody gave a number: their upper end is a reading, not something said.
    """
    tolls = list(tolls)
    said = [n for low, high, how in tolls if how != "vague" for n in (low, high) if n is not None]
    said = said or [n for low, high, _ in tolls for n in (low, high) if n is not None]
    if not said:
        return None
    highest, lowest = max(said), min((n for n in said if n > 0), default=1)
    # Below 5 the ticks would be fractions of a person.
    top = max(highest, 4) * ROOM
    if highest / lowest >= WIDE:
        top = highest * LOG_ROOM
        values = [0, *(10**e for e in range(1, int(math.log10(top)) + 1))]
        # More than five powers of ten leave no room for their numbers.
        values = values[:: 1 + len(values) // 6]
        bare = Scale(top, True, ())
    else:
        step = _step(top)
        values = [step * i for i in range(int(top / step) + 1)]
        bare = Scale(top, False, ())
    return replace(bare, ticks=tuple((bare.at(v), number(v)) for v in values))


def _step(top: float) -> int:
    """The round distance between ticks that gives three to seven of them up to `top`."""
    power: int = 10 ** max(int(math.log10(top)) - 1, 0)
    return next(s for k in (1, 2, 5, 10, 20, 50) if top / (s := k * power) <= 6)
