"""What one report yields: the extraction from its words alone, and the reading with names, places and times resolved."""

from __future__ import annotations

from dataclasses import dataclass

from counterclaim.records.claims import Detail, Figure, Mention, Statement
from counterclaim.records.spans import Offsets
from counterclaim.records.world import Actor, DateMention, IncidentMention, PlaceMention


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """One report read word by word, nothing resolved: every value is offsets into `text`.

    `sentences` and `paragraphs` cover the text in order; `mentions` are sorted by start; `events` are offsets of
    words that name an attack or its harm ("the strike", "bombed").
    """

    text: str
    sentences: tuple[Offsets, ...]
    paragraphs: tuple[Offsets, ...]
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    mentions: tuple[Mention, ...]
    events: tuple[Offsets, ...] = ()
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One report read and resolved. `error` says why a text could not be read; all else is then empty.

    `associations` are places that only people, bodies or things are called by ("Russian"); a case does not keep them.
    """

    text: str
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    associations: tuple[PlaceMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    incidents: tuple[IncidentMention, ...] = ()
    actors: tuple[Actor, ...] = ()
    sentences: tuple[Offsets, ...] = ()
    details: tuple[Detail, ...] = ()
    error: str | None = None

    def sentence_of(self, offsets: Offsets) -> Offsets:
        """The sentence or sentences that hold `offsets`, widened to whole sentences; the offsets themselves if none does."""
        held = [s for s in self.sentences if s[0] < offsets[1] and s[1] > offsets[0]]
        return (min(held[0][0], offsets[0]), max(held[-1][1], offsets[1])) if held else offsets
