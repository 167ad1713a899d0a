"""Compares incident mentions in pairs within one case: which are worth it, and how much they look like one incident."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log

from counterclaim.linking.candidates import worth_comparing
from counterclaim.linking.clustering import Alike, Pair
from counterclaim.linking.likeness import CASE, Level, Likeness, brief, cosine, levels, weighed
from counterclaim.linking.mentions import Comparable
from counterclaim.linking.weights import weights
from counterclaim.linking.wording import BACKGROUND, Rarity, telling_words
from counterclaim.records import CopyLink, ReadReport

RARE = 8
"""A pair of capitalised words held by so many mentions counts as one rare name; a commoner one as the square of its rarity
against that."""

SEVERAL = 5.0
"""Rare names a mention must hold before sharing none of them speaks against a pair in full."""

SMALL = 100
"""Mentions added to a case before its size is weighed, so that a handful of reports is not taken for one story."""

NEWS = 0.3
"""Weight of a day among the words by which headlines are brought up for comparison: as a rare word among ten."""

HEADLINES = 1097
"""Headlines in the case that their weights were taken from. In a smaller one two of a day look no more alike, for it is the day
that they share."""

PARTIES = frozenset({"state", "organ", "armed group", "monitor", "agency", "organisation"})
"""Kinds of actor that are the parties of a war or tell of it."""

HOPELESS = -8.0
"""Points below which a pair that nothing contradicts is not kept: most pairs, and far less than strangers count."""


class Comparison:
    """The mentions of a case with what the whole case tells about them: how rare their words and names are."""

    def __init__(self, mentions: Sequence[Comparable], copies: Iterable[CopyLink], reports: Iterable[ReadReport]) -> None:
        self._mentions = mentions
        self._copied = {frozenset((link.copy, link.original)) for link in copies}
        self._rarity = rarity = Rarity((c.words for c in mentions), _parties(reports))
        self._words = [rarity.vector(c.words) for c in mentions]
        self._headlines = [rarity.vector(c.headline) for c in mentions]
        self._names = _rare_names(mentions)
        self._held = [sum(found.values()) for found in self._names]
        self._known = len(mentions) / (len(mentions) + BACKGROUND)
        self._size = log((CASE + SMALL) / (len(mentions) + SMALL))

    def candidates(self) -> Iterator[Pair]:
        """The pairs, the lower place first, that are worth comparing and may be one incident."""
        # half of a name's weight, so that two telling words bring a pair up sooner than one name of a street
        together = [
            {**words, **{f"#{name}": weight / 2 for name, weight in names.items()}, **_days(c)}
            for c, words, names in zip(self._mentions, self._words, self._names, strict=True)
        ]
        for i, j in worth_comparing(together, [_cell(c) for c in self._mentions]):
            a, b = self._mentions[i], self._mentions[j]
            if a.ref.report != b.ref.report and a.mention.aggregate == b.mention.aggregate:
                yield i, j

    def pairs(self) -> dict[Pair, Alike]:
        """The candidates that are not hopeless."""
        found = {}
        for i, j in self.candidates():
            like = self.likeness(i, j)
            if like.contradicted or like.points > HOPELESS:
                found[i, j] = Alike(like.points, like.contradicted)
        return found

    def likeness(self, i: int, j: int) -> Likeness:
        """How much the mentions at two places look like one incident, and why."""
        short = brief(self._mentions[i], self._mentions[j])
        return weighed(self.levels(i, j), weights(short), self.size(short))

    def size(self, brief: bool) -> float:
        """The points that the size of the case gives every pair, of headlines or of others: look-alikes grow with the case."""
        return min(self._size, log((CASE + SMALL) / (HEADLINES + SMALL))) if brief else self._size

    def levels(self, i: int, j: int) -> list[Level]:
        """All that is met by the mentions at two places."""
        a, b = self._mentions[i], self._mentions[j]
        shared = sum(weight for name, weight in self._names[i].items() if name in self._names[j])
        return levels(
            a,
            b,
            words=cosine(self._words[i], self._words[j]),
            titles=cosine(self._headlines[i], self._headlines[j]) if self._headlines[i] and self._headlines[j] else None,
            names=shared,
            known=self._known * (1.0 if shared else min(1.0, min(self._held[i], self._held[j]) / SEVERAL)),
            copied=frozenset((a.ref.report, b.ref.report)) in self._copied,
            rarest=max(map(self._rarity, a.words.keys() & b.words.keys()), default=0.0) if brief(a, b) else 0.0,
        )


def _parties(reports: Iterable[ReadReport]) -> frozenset[str]:
    """Words that name the parties of a war: they turn up in the reports of every incident."""
    named = {name for r in reports for a in r.reading.actors if a.kind in PARTIES for name in (a.name, *a.aliases)}
    return frozenset(word for name in named for word in telling_words(name))


def _rare_names(mentions: Sequence[Comparable]) -> list[Mapping[str, float]]:
    """Of each mention the pairs of capitalised words that others hold too, weighted 0 to 1 by how few do."""
    holders = Counter(name for c in mentions for name in c.names)
    texts = len(mentions) + BACKGROUND
    weight = {name: min(1.0, log(texts / n) / log(texts / RARE)) ** 2 for name, n in holders.items()}
    return [{name: weight[name] for name in sorted(c.names)} for c in mentions]


def _days(c: Comparable) -> Mapping[str, float]:
    """Two words for the day on which a brief report came out, one of them shared with the next day's."""
    if c.marks is None or c.published is None:
        return {}
    return {f"@{c.published.first + k}": NEWS for k in (0, 1)}


def _cell(c: Comparable) -> str | None:
    """The day and the country of a named place, where both are said."""
    place = c.mention.place
    if c.happened and c.happened.first == c.happened.last and place and place.lat is not None:
        return f"{c.happened.first} {place.country}"
    return None
