"""Compares incident mentions in pairs within one case: which are worth it, and how much they look like one incident."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log

from counterclaim.linking.candidates import worth_comparing
from counterclaim.linking.clustering import Alike, Pair
from counterclaim.linking.likeness import CASE, Likeness, cosine, likeness
from counterclaim.linking.mentions import Comparable
from counterclaim.linking.wording import BACKGROUND, Rarity, telling_words
from counterclaim.records import CopyLink, ReadReport

RARE = 8
"""A pair of capitalised words held by so many mentions counts as one rare name; a commoner one as the square of its rarity
against that."""

SEVERAL = 5.0
"""Rare names a mention must hold before sharing none of them speaks against a pair in full."""

SMALL = 100
"""Mentions added to a case before its size is weighed, so that a handful of reports is not taken for one story."""

PARTIES = frozenset({"state", "organ", "armed group", "monitor", "agency", "organisation"})
"""Kinds of actor that are the parties of a war or tell of it."""

HOPELESS = -8.0
"""Points below which a pair that nothing contradicts is not kept: most pairs, and far less than strangers count."""


class Comparison:
    """The mentions of a case with what the whole case tells about them: how rare their words and names are."""

    def __init__(self, mentions: Sequence[Comparable], copies: Iterable[CopyLink], reports: Iterable[ReadReport]) -> None:
        self._mentions = mentions
        self._copied = {frozenset((link.copy, link.original)) for link in copies}
        rarity = Rarity((c.words for c in mentions), _parties(reports))
        self._words = [rarity.vector(c.words) for c in mentions]
        self._headlines = [rarity.vector(c.headline) for c in mentions]
        self._names = _rare_names(mentions)
        self._held = [sum(found.values()) for found in self._names]
        self._known = len(mentions) / (len(mentions) + BACKGROUND)
        self._size = log((CASE + SMALL) / (len(mentions) + SMALL))

    def pairs(self) -> dict[Pair, Alike]:
        """The pairs, the lower place first, that were compared and are not hopeless."""
        # half of a name's weight, so that two telling words bring a pair up sooner than one name of a street
        together = [
            {**words, **{f"#{name}": weight / 2 for name, weight in names.items()}}
            for words, names in zip(self._words, self._names, strict=True)
        ]
        found = {}
        for i, j in worth_comparing(together, [_cell(c) for c in self._mentions]):
            a, b = self._mentions[i], self._mentions[j]
            if a.ref.report != b.ref.report and a.mention.aggregate == b.mention.aggregate:
                like = self.likeness(i, j)
                if like.contradicted or like.points > HOPELESS:
                    found[i, j] = Alike(like.points, like.contradicted)
        return found

    def likeness(self, i: int, j: int) -> Likeness:
        """How much the mentions at two places look like one incident, and why."""
        a, b = self._mentions[i], self._mentions[j]
        shared = sum(weight for name, weight in self._names[i].items() if name in self._names[j])
        titles = cosine(self._headlines[i], self._headlines[j]) if self._headlines[i] and self._headlines[j] else None
        return likeness(
            a,
            b,
            words=cosine(self._words[i], self._words[j]),
            titles=titles,
            names=shared,
            known=self._known * (1.0 if shared else min(1.0, min(self._held[i], self._held[j]) / SEVERAL)),
            size=self._size,
            copied=frozenset((a.ref.report, b.ref.report)) in self._copied,
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


def _cell(c: Comparable) -> str | None:
    """The day and the country of a named place, where both are said."""
    place = c.mention.place
    if c.happened and c.happened.first == c.happened.last and place and place.lat is not None:
        return f"{c.happened.first} {place.country}"
    return None
