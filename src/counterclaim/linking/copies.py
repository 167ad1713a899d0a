"""Which reports carry another report's text, and which of the two had it first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import TypeVar

import numpy as np

from counterclaim.linking.grouping import Groups
from counterclaim.linking.passages import carried, in_words
from counterclaim.linking.precedence import by_precedence, why_first
from counterclaim.linking.shingles import Shingles, ascending, common, contains, near, own_words, words_of
from counterclaim.records import CopyKind, CopyLink, Report

DERIVED = 0.5
"""Least part of the shorter text that stands in the other. Gun violence articles: of the silver pairs those above it are copies
on reading; below it are follow-ups that quote their own first paragraphs."""

WHOLE = 0.9
"""From here on, in both directions, a text is carried whole ("copied") and not "edited"."""

LEAST = 30
"""Least shared shingles in the writers' own words (a run of 37 words, or several shorter ones). With 20, sign-in notices of 33
words were taken for copies of one another; with 40, copies of short alerts were lost."""

FURNITURE = 3
"""A shingle that stands in this many texts which are no copies of one another is page furniture or a statement that
everybody quotes, and speaks for no copy."""

T = TypeVar("T", int, str)

EVERYWHERE = 5
"""So many captures of one text, most of them under headlines that it says nothing about, are log-in boxes and error pages and
not copies (1,060 pairs of the gun violence pages, none of them a copy)."""


def find_copies(reports: Sequence[Report]) -> tuple[CopyLink, ...]:
    """The reports of `reports` that derive from another one of them, each linked to the first of its group.

    Near-duplicates by containment of eight-word shingles (Broder 1997); quoted words and page furniture do not count. The
    original is the first by precedence. A copy of a copy points to the original: no report is both. Sorted by copy; the order of
    `reports` plays no part.
    """
    by_id = {r.id: r for r in sorted(reports, key=lambda r: r.id)}
    own = {id: own_words(report.text) for id, report in by_id.items()}
    ids = list(by_id)
    alike = [(ids[i], ids[j]) for i, j in near(list(own.values()), least=LEAST, part=DERIVED)]
    everywhere = _everywhere(alike, own)
    links = []
    among: dict[str, list[tuple[str, str]]] = defaultdict(list)
    groups = _grouped(by_id, alike)
    first_of = {id: group[0] for group in groups for id in group}
    for a, b in alike:
        among[first_of[a]].append((a, b))
    for group in groups:
        links += copies_among({id: by_id[id] for id in group}, among[group[0]], {id: own[id] for id in group}, everywhere)
    return tuple(sorted(links, key=lambda link: link.copy))


def copies_among(
    by_id: Mapping[str, Report], alike: Sequence[tuple[str, str]], own: Mapping[str, Shingles], everywhere: Shingles
) -> list[CopyLink]:
    """The copies in one group of reports, by id, ascending: all that hang together by pairs that look `alike`. `own` are the
    shingles of each, `everywhere` those that speak for no copy."""
    if _is_furniture(list(by_id.values())):
        return []
    own = {id: np.setdiff1d(found, everywhere, assume_unique=True) for id, found in own.items()}
    alike = [(a, b) for a, b in alike if contains(own[a], own[b], least=LEAST, part=DERIVED)]
    beside: dict[str, list[str]] = defaultdict(list)
    for a, b in alike:
        beside[a].append(b)
        beside[b].append(a)
    links = []
    for group in _grouped(by_id, alike):
        original: dict[str, str] = {}
        for report in by_precedence([by_id[id] for id in group]):
            earlier = [id for id in beside[report.id] if id in original]
            source = max(earlier, key=lambda id: (common(own[id], own[report.id]), id), default=None)
            original[report.id] = original[source] if source else report.id
        links += [_link(by_id[id], by_id[first], own[id], own[first]) for id, first in original.items() if id != first]
    return links


def _is_furniture(group: Sequence[Report]) -> bool:
    """True for one text under many headlines of other things."""
    return len(group) >= EVERYWHERE and 2 * sum(_is_about_its_title(r) for r in group) < len(group)


def _is_about_its_title(report: Report) -> bool:
    """False where a headline is known and the text uses no more than half of its longer words. Five letters stand for a word."""
    title = {w[:5] for w in words_of(report.title or "") if len(w) >= 4}
    return not title or 2 * len(title & {w[:5] for w in words_of(report.text)}) > len(title)


def _grouped(by_id: Mapping[str, Report], near: Iterable[tuple[str, str]]) -> list[list[str]]:
    groups = Groups(by_id)
    for a, b in near:
        groups.join(a, b)
    return groups.several()


def _everywhere(alike: Sequence[tuple[str, str]], own: Mapping[str, Shingles]) -> Shingles:
    """Shingles of the pairs that also stand in texts which are otherwise nothing alike, ascending."""
    if not alike:
        return np.zeros(0, np.uint64)
    wording = ascending(np.concatenate([np.intersect1d(own[a], own[b], assume_unique=True) for a, b in alike]))
    ids, pairs = list(own), set(alike)
    found, holders = [], []
    for n, text in enumerate(own.values()):
        # the few are looked up among the many: sorting both together would cost the square of a large case
        at = np.minimum(np.searchsorted(wording, text), len(wording) - 1)
        at = at[wording[at] == text]
        found.append(at)
        holders.append(np.full(len(at), n))
    shingles, holding = np.concatenate(found), np.concatenate(holders)
    holding = holding[np.argsort(shingles, kind="stable")]
    ends = np.cumsum(np.bincount(shingles, minlength=len(wording)))
    told = cache(lambda texts: unlike({ids[n]: len(own[ids[n]]) for n in np.frombuffer(texts, holding.dtype)}, pairs))
    speaks_for_none = [
        k for k, (start, end) in enumerate(pairwise([0, *ends.tolist()]))
        if end - start >= FURNITURE and told(holding[start:end].tobytes())
    ]  # fmt: skip
    return wording[speaks_for_none]


def unlike(long: Mapping[T, int], alike: Container[tuple[T, T]]) -> bool:
    """Whether enough of these texts, each with how long it is, are nothing `alike` to speak for no copy by what all of them hold.

    Longest first, for a page of mere furniture is part of every other."""
    apart: list[T] = []
    for id in sorted(long, key=lambda id: (-long[id], id)) if len(long) >= FURNITURE else ():
        if not any((min(id, other), max(id, other)) in alike for other in apart):
            apart.append(id)
        if len(apart) == FURNITURE:
            return True
    return False


def _link(copy: Report, original: Report, mine: Shingles, theirs: Shingles) -> CopyLink:
    shared = common(mine, theirs)
    share = shared / max(len(mine), 1)
    back = shared / max(len(theirs), 1)
    kind: CopyKind = "copied" if min(share, back) >= WHOLE else "edited"
    reasons = [f"{share:.0%} of its wording stands in the original, {back:.0%} of the original's in it"]
    reasons += in_words(carried(copy.text, original.text))
    reasons.append(why_first(copy, original))
    return CopyLink(copy.id, original.id, kind, round(share, 4), tuple(reasons))
