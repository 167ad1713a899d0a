"""Groups mentions by how much they look alike in pairs, as long as the groups do, and never against what people decided."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from counterclaim.linking.grouping import Groups

BEST = 1 / 3
"""Part of the pairs between two clusters that counts when they are compared, best first; contradicted pairs count all. Short
reports on one incident often share hardly a word with each other, but each with some third: of the restated field reports'
true pairs 67 in 100 are joined when all pairs count, 86 with the best third, none of them wrongly."""

STRANGERS = -3.0
"""Points of a pair that was not compared, when clusters are: less than nothing in common (with -2, pair F1 .836 instead of .848
on a part of the gun violence articles)."""

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Alike:
    """Points above 0: rather one. `contradicted`: something speaks against it, and not only missing likeness."""

    points: float
    contradicted: bool


@dataclass(frozen=True, slots=True)
class _Between:
    """The compared pairs between two clusters: points of those that nothing contradicts, best first, and of the others."""

    like: tuple[float, ...] = ()
    contradicted: tuple[float, ...] = ()

    def __add__(self, other: _Between) -> _Between:
        like = tuple(sorted(self.like + other.like, reverse=True))
        return _Between(like, tuple(sorted(self.contradicted + other.contradicted)))

    def linkage(self, pairs: int) -> float:
        """Average of the best `BEST` of the pairs that nothing contradicts together with all that are contradicted. `pairs`:
        how many there are between the clusters; those not compared are strangers."""
        free = pairs - len(self.contradicted)
        best = self.like[: ceil(BEST * free)]
        strangers = max(0, ceil(BEST * free) - len(best))
        return (sum(best) + sum(self.contradicted) + STRANGERS * strangers) / (len(best) + strangers + len(self.contradicted))


def cluster(
    owners: Sequence[str], pairs: Mapping[Pair, Alike], together: Iterable[Pair] = (), apart: Iterable[Pair] = ()
) -> list[list[int]]:
    """Constrained agglomerative clustering of the places in `owners`; clusters and their members come out ascending.

    The two clusters that look most alike are joined as long as that is likelier than not. Two places of one owner never join
    (they are two incidents of one report), nor do two that are `apart`; those that are `together` start out joined, whoever
    owns them, unless that would join what is apart.
    """
    said = Groups(range(len(owners)), apart)
    for i, j in together:
        said.join(i, j)
    members = {said.root(group[0]): group for group in said.all()}
    held = {root: {owners[i] for i in group} for root, group in members.items()}
    between: dict[int, dict[int, _Between]] = defaultdict(dict)
    for (one, other), found in pairs.items():
        i, j = said.root(one), said.root(other)
        if i != j:
            fresh = _Between(contradicted=(found.points,)) if found.contradicted else _Between(like=(found.points,))
            between[i][j] = between[j][i] = between[i].get(j, _Between()) + fresh

    def linkage(i: int, j: int) -> float:
        return between[i][j].linkage(len(members[i]) * len(members[j]))

    queue = [(-linkage(i, j), i, j) for i in between for j in between[i] if i < j and linkage(i, j) > 0]
    heapq.heapify(queue)
    # A joined cluster keeps the lower number of the two; a queue entry is stale when its linkage is no longer true.
    while queue:
        points, i, j = heapq.heappop(queue)
        if i not in members or j not in members or held[i] & held[j] or -points != linkage(i, j) or not said.join(i, j):
            continue
        members[i] += members.pop(j)
        held[i] |= held.pop(j)
        for k, found_j in between.pop(j).items():
            del between[k][j]
            if k != i:
                between[i][k] = between[k][i] = between[i].get(k, _Between()) + found_j
        for k in between[i]:
            if linkage(i, k) > 0:
                heapq.heappush(queue, (-linkage(i, k), min(i, k), max(i, k)))
    return [sorted(group) for _, group in sorted(members.items())]
