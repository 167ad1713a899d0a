"""Compares incident mentions in pairs within one case: which are worth it, and how much they look like one incident."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import log, sqrt
from operator import itemgetter

import numpy as np

from counterclaim.linking.candidates import worth_comparing
from counterclaim.linking.clustering import Alike, Pair
from counterclaim.linking.columns import Columns, Shares
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

HEARD = 7
"""Days on which an outlet must be heard before its habits are known. Pair F1 of UCDP's headlines by folds: .323 where habits tell
as any words do, .331, .341 and .342 with 5, 7 and 10 days."""

PARTIES = frozenset({"state", "organ", "armed group", "monitor", "agency", "organisation"})
"""Kinds of actor that are the parties of a war or tell of it."""

HOPELESS = -8.0
"""Points below which a pair that nothing contradicts is not kept: most pairs, and far less than strangers count."""


KEPT = 1000
"""Weighed mentions that are kept where pairs are looked at one by one: some 15 MB."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What the whole case tells about one mention: how many `mentions` it has, how many of them hold each of its words and each
    of its `names`, the words for the `parties` of the war, and the `habits` of outlets."""

    mentions: int
    words: Mapping[str, int]
    names: Mapping[str, int]
    parties: frozenset[str]
    habits: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """A mention with the weights that its words, the words of its headline and its names have in the case; `held` is that of all
    its names."""

    mention: Comparable
    words: Mapping[str, float]
    headline: Mapping[str, float]
    names: Mapping[str, float]
    held: float

    def sought(self) -> dict[str, float]:
        """The words and names by which others like it are looked for, the days on which a brief report is, and, where both are
        known, the day and country of the incident, which count as one more word that tells much."""
        # half of a name's weight, so that two telling words bring a pair up sooner than one name of a street
        named = {f"#{name}": weight / 2 for name, weight in self.names.items()}
        where = cell(self.mention)
        return {**self.words, **named, **days_sought(self.mention), **({f"@{where}": 1.0} if where else {})}


class Scales:
    """Weighs mentions, and two of them against each other, by what the whole case tells."""

    def __init__(self, tally: Tally) -> None:
        self._rarity = Rarity.counted(tally.mentions, tally.words, tally.parties)
        self._habits = tally.habits
        self._holders = tally.names
        self._names: dict[str, float] = {}  # many mentions hold the same
        self._texts = tally.mentions + BACKGROUND
        self._known = tally.mentions / self._texts
        self._size = log((CASE + SMALL) / (tally.mentions + SMALL))

    def weighed(self, c: Comparable) -> Weighed:
        """The mention with its weights."""
        names = {name: self._name(name) for name in c.names}
        words = self._without_habits(c, self._rarity.vector(c.words.items()))
        return Weighed(c, words, self._rarity.vector(c.headline.items()), names, sum(names.values()))

    def _without_habits(self, c: Comparable, words: dict[str, float]) -> dict[str, float]:
        """The words of a headline, each with less weight the more of its days its outlet uses it on."""
        habits = self._habits.get(c.outlet or "") if c.marks is not None else None
        if not habits:
            return words
        weights = {w: x * (1 - habits.get(w, 0.0)) for w, x in words.items()}
        length = sqrt(sum(x * x for x in weights.values()))
        return {w: x / length for w, x in weights.items() if x} if length else {}

    def _name(self, name: str) -> float:
        """How much a pair of capitalised words tells, 0 to 1, by how few mentions hold it."""
        weight = self._names.get(name)
        if weight is None:
            weight = min(1.0, log(self._texts / self._holders[name]) / log(self._texts / RARE)) ** 2
            self._names[name] = weight
        return weight

    def likeness(self, a: Weighed, b: Weighed, *, copied: bool) -> Likeness:
        """How much two mentions look like one incident, and why; `copied` where one's report carries the other's text."""
        return self.added(a.mention, b.mention, self.levels(a, b, copied=copied))

    def added(self, a: Comparable, b: Comparable, met: Sequence[Level]) -> Likeness:
        """What the levels that two mentions meet add up to."""
        short = brief(a, b)
        return weighed(met, weights(short), self.size(short))

    def size(self, brief: bool) -> float:
        """The points that the size of the case gives every pair, of headlines or of others: look-alikes grow with the case."""
        return min(self._size, log((CASE + SMALL) / (HEADLINES + SMALL))) if brief else self._size

    def levels(self, a: Weighed, b: Weighed, *, copied: bool) -> list[Level]:
        """All that is met by two mentions."""
        return self.met(
            a.mention,
            b.mention,
            words=cosine(a.words, b.words),
            titles=cosine(a.headline, b.headline) if a.headline and b.headline else None,
            names=sum(weight for name, weight in a.names.items() if name in b.names),
            held=min(a.held, b.held),
            copied=copied,
        )

    def met(
        self, a: Comparable, b: Comparable, *, words: float, titles: float | None, names: float, held: float, copied: bool
    ) -> list[Level]:
        """All that is met by two mentions whose weighed words, headlines and names were compared: the cosines of both, what the
        names that they share weigh, and the less that all names of either do."""
        rarest = 0.0
        if brief(a, b):
            rarest = max(map(self._rarity, {*a.words.words} & {*b.words.words}), default=0.0)
        known = self._known * (1.0 if names else min(1.0, held / SEVERAL))
        return levels(a, b, words=words, titles=titles, names=names, known=known, copied=copied, rarest=rarest)


class Comparison:
    """The mentions of a case with what the whole case tells about them: how rare their words and names are."""

    def __init__(self, mentions: Sequence[Comparable], copies: Iterable[CopyLink], reports: Iterable[ReadReport]) -> None:
        self._mentions = mentions
        self._copied = {frozenset((link.copy, link.original)) for link in copies}
        words = Counter(word for c in mentions for word in c.words.words)
        names = Counter(name for c in mentions for name in c.names)
        days: dict[tuple[str, str], set[int]] = defaultdict(set)
        for outlet, word, day in (told for c in mentions for told in words_of_the_day(c)):
            days[outlet, word].add(day)
        used = {outlet_and_word: len(some) for outlet_and_word, some in days.items()}
        self._scales = Scales(Tally(len(mentions), words, names, parties(reports), habits(used)))
        self._sought, self._words, self._headlines, self._names = Columns(), Columns(), Columns(), Columns()
        self._held = array("d")
        for w in map(self._scales.weighed, mentions):
            self._sought.add(w.sought())
            self._words.add(w.words)
            self._headlines.add(w.headline)
            self._names.add(w.names)
            self._held.append(w.held)
        self._weighed = lru_cache(maxsize=KEPT)(lambda at: self._scales.weighed(mentions[at]))

    def candidates(self) -> Iterator[Pair]:
        """The pairs, the lower place first, ascending, that are worth comparing and may be one incident."""
        for i, j in worth_comparing(self._sought):
            if may_be_one(self._mentions[i], self._mentions[j]):
                yield i, j

    def pairs(self) -> Iterator[tuple[Pair, Alike]]:
        """The candidates that are not hopeless, ascending."""
        alike, titles, named = Shares(self._words), Shares(self._headlines), Shares(self._names)
        for i, several in groupby(self.candidates(), key=itemgetter(0)):
            others = np.array([j for _, j in several])
            told = zip(others.tolist(), alike.cosines(i, others), titles.cosines(i, others), named.held(i, others), strict=True)
            for j, of_words, of_titles, of_names in told:
                a, b = self._mentions[i], self._mentions[j]
                met = self._scales.met(
                    a, b, words=of_words, titles=of_titles if self._headlines.has(i) and self._headlines.has(j) else None,
                    names=of_names, held=min(self._held[i], self._held[j]), copied=self._is_copied(i, j),
                )  # fmt: skip
                found = not_hopeless(self._scales.added(a, b, met))
                if found:
                    yield (i, j), found

    def likeness(self, i: int, j: int) -> Likeness:
        """How much the mentions at two places look like one incident, and why."""
        return self._scales.added(self._mentions[i], self._mentions[j], self.levels(i, j))

    def size(self, brief: bool) -> float:
        """The points that the size of the case gives every pair, of headlines or of others."""
        return self._scales.size(brief)

    def levels(self, i: int, j: int) -> list[Level]:
        """All that is met by the mentions at two places."""
        return self._scales.levels(self._weighed(i), self._weighed(j), copied=self._is_copied(i, j))

    def _is_copied(self, i: int, j: int) -> bool:
        return frozenset((self._mentions[i].ref.report, self._mentions[j].ref.report)) in self._copied


def may_be_one(a: Comparable, b: Comparable) -> bool:
    """Whether two mentions can be one incident at all: of two reports, and both of one incident or both of several."""
    return a.ref.report != b.ref.report and a.mention.aggregate == b.mention.aggregate


def not_hopeless(like: Likeness) -> Alike | None:
    """What clustering has to know of a pair; None of one that it need not know of."""
    return Alike(like.points, like.contradicted) if like.contradicted or like.points > HOPELESS else None


def parties(reports: Iterable[ReadReport]) -> frozenset[str]:
    """Words that name the parties of a war: they turn up in the reports of every incident."""
    named = {name for r in reports for a in r.reading.actors if a.kind in PARTIES for name in (a.name, *a.aliases)}
    return frozenset(word for name in named for word in telling_words(name))


def words_of_the_day(c: Comparable) -> Iterator[tuple[str, str, int]]:
    """Of a headline its outlet, each of its words and the day it came out; first of all without a word, for the day alone."""
    if c.marks is not None and c.outlet and c.published is not None:
        for word in ("", *c.words.words):
            yield c.outlet, word, c.published.first


def habits(used: Mapping[tuple[str, str], int]) -> dict[str, dict[str, float]]:
    """Of each outlet that is heard on enough days the part of its other days on which it uses a word: "ALERT: unidentified armed
    men" tells who writes, and not of what. `used`: on how many days an outlet uses a word, or none."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for (outlet, word), days in used.items():
        heard = used.get((outlet, ""), 0)
        if word and days > 1 and heard >= HEARD:
            found[outlet][word] = (days - 1) / (heard - 1)
    return dict(found)


def days_sought(c: Comparable) -> Mapping[str, float]:
    """Two words for the day on which a brief report came out, one of them shared with the next day's."""
    if c.marks is None or c.published is None:
        return {}
    return {f"@{c.published.first + k}": NEWS for k in (0, 1)}


def cell(c: Comparable) -> str | None:
    """The day and the country of a named place, where both are said."""
    place = c.mention.place
    if c.happened and c.happened.first == c.happened.last and place and place.lat is not None:
        return f"{c.happened.first} {place.country}"
    return None
