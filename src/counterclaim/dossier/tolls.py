"""The rows of a strip of tolls: each toll, the ranges over them, all of one harm on one scale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from counterclaim.dossier.cites import Cite, Said, Voice
from counterclaim.dossier.strip import Glyph, Scale

NO_NUMBER = Glyph("words")


@dataclass(frozen=True, slots=True, kw_only=True)
class TollRow:
    """A toll in the table: its phrase, of whom it is (`of`, "" where that is not said), its shape on the strip, who said it,
    when, and where the words stand. It stands no longer where it is `superseded` or `withdrawn`. `sources` says in words how many
    reports and outlets carry this one voice's number."""

    anchor: str
    phrase: str
    words: str
    vague: bool
    glyph: Glyph
    voice: Voice
    said: Said
    as_of: str | None
    cite: Cite
    repeats: tuple[Cite, ...]
    superseded: tuple[str, str] | None
    withdrawn: bool = False
    of: str = ""
    sources: str = ""


@dataclass(frozen=True, slots=True)
class RangeRow:
    """A named range: its name, its phrase, the anchors of the tolls that gave its ends; `worded` where one of them is the reading
    of a word ("dozens"); its shape on the strip, of whom it is, and the tolls it was taken over (phrase, speaker, anchor)."""

    name: str
    phrase: str
    low: str | None
    high: str | None
    worded: bool
    glyph: Glyph = NO_NUMBER
    of: str = ""
    tolls: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TollGroup:
    """The tolls of one class of victims, with the ranges of that class."""

    victims: str
    rows: tuple[TollRow, ...]
    ranges: tuple[RangeRow, ...]


@dataclass(frozen=True, slots=True)
class TollTable:
    """The tolls of one harm on one scale; `ranges` are those over everyone, whatever class they were said to be of. `groups` hold
    them by class, `rows` all of them in the order in which they were said."""

    heading: str
    ranges: tuple[RangeRow, ...]
    scale: Scale | None
    groups: tuple[TollGroup, ...]
    rows: tuple[TollRow, ...] = ()

    @property
    def grid(self) -> str:
        """What the lines of its scale are called on the page."""
        return f"{self.rows[0].anchor}-grid"

    @property
    def head(self) -> tuple[RangeRow, ...]:
        """The ranges to set above the tolls: of everyone, then of each class; those of a class that are the same in one row."""
        shown: dict[tuple[str, str], RangeRow] = {}
        for r in (*self.ranges, *(r for g in self.groups for r in g.ranges)):
            same = shown.get((r.of, r.phrase))
            if same is None:
                shown[r.of, r.phrase] = r
            elif "without" not in same.name:
                shown[r.of, r.phrase] = replace(same, name=f"{same.name} · {r.name}")
        return tuple(shown.values())

    @property
    def days(self) -> tuple[tuple[Said, tuple[TollRow, ...]], ...]:
        """The rows by the date on which they were said."""
        return tuple((rows[0].said, rows) for _, same in groupby(self.rows, key=lambda t: t.said.date) if (rows := tuple(same)))
