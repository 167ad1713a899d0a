"""The actors of one report, and which of its words name whom."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from counterclaim.records import Actor, Offsets, SpeakerKind


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of one report, in the order they are first mentioned, and which words name whom."""

    actors: tuple[Actor, ...]
    speaks_as: tuple[SpeakerKind, ...] = ()
    _spans: dict[Offsets, tuple[int, ...]] = field(default_factory=dict, repr=False)
    _mentions: tuple[tuple[Offsets, int], ...] = field(default=(), repr=False)
    _bare: tuple[tuple[Offsets, int], ...] = field(default=(), repr=False)
    _longest: int = field(default=0, repr=False)

    def all_at(self, offsets: Offsets) -> tuple[Actor, ...]:
        """The actors whom the words at `offsets` name: several where they are joined ("Damascus and Moscow"), none if nobody."""
        return tuple(self.actors[i] for i in self._at(offsets))

    def at(self, offsets: Offsets) -> Actor | None:
        """The actor whom the words at `offsets` name: the one whose mention fits them best; None if nobody."""
        found = self._at(offsets)
        return self.actors[found[0]] if found else None

    def kind_of(self, actor: Actor) -> SpeakerKind:
        """How the actor counts as a speaker: named, unnamed or collective."""
        return self.speaks_as[self.actors.index(actor)]

    def mentions_within(self, offsets: Offsets, *, bare: bool = False) -> Iterator[tuple[Offsets, Actor]]:
        """The mentions inside `offsets` in order, each with whom it names; with `bare` those of "soldiers", "troops" without a
        state's name instead, taken for the military of the state spoken of."""
        mentions = self._bare if bare else self._mentions
        for k in range(bisect_left(mentions, ((offsets[0], 0), 0)), len(mentions)):
            span, i = mentions[k]
            if span[0] >= offsets[1]:
                return
            if span[1] <= offsets[1]:
                yield span, self.actors[i]

    def _at(self, offsets: Offsets) -> tuple[int, ...]:
        exact = self._spans.get(offsets)
        if exact is not None:
            return exact
        best: tuple[float, int] | None = None
        for k in range(bisect_left(self._mentions, ((offsets[0] - self._longest, 0), 0)), len(self._mentions)):
            span, i = self._mentions[k]
            if span[0] >= offsets[1]:
                break
            shared = min(span[1], offsets[1]) - max(span[0], offsets[0])
            if shared > 0:
                fit = shared / (max(span[1], offsets[1]) - min(span[0], offsets[0]))
                if best is None or fit > best[0]:
                    best = (fit, i)
        return (best[1],) if best else ()
