"""Which reports carry another report's text, and which of the two had it first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import combinations, pairwise

from counterclaim.linking.grouping import Groups
from counterclaim.records import CopyKind, CopyLink, Report

SHINGLE = 8
"""Words in a row that count as shared wording: eight is what the silver pairs of the gun violence articles were made by, and
names, dates and titles that two independent reports of one event share are shorter."""

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

PERMUTATIONS = 96
"""Minimum hashes a report. Two reports become candidates when one of them agrees: at a shared part of 0.05 of both
texts (a short alert inside a long story) that happens in 1 - 0.95**96 = 99 of 100 cases."""

CROWD = 24
"""A minimum hash held by more reports than this pairs each report only with its neighbours and the first of the crowd."""

EVERYWHERE = 5
"""So many captures of one text, most of them under headlines that it says nothing about, are log-in boxes and error pages and
not copies (1,060 pairs of the gun violence pages, none of them a copy)."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_QUOTED = re.compile(r"“[^”“\n]{20,}”|\"[^\"\n]{20,}\"|«[^»«\n]{20,}»|„[^“„\n]{20,}“")


def find_copies(reports: Sequence[Report]) -> tuple[CopyLink, ...]:
    """The reports of `reports` that derive from another one of them, each linked to the first of its group.

    Near-duplicates by containment of eight-word shingles (Broder 1997); quoted words and page furniture do not count. The
    original is the report published first, then the agency's own, then one that keeps its credit or dateline, then the lowest id.
    A copy of a copy points to the original: no report is both. Sorted by copy; the order of `reports` plays no part.
    """
    by_id = {r.id: r for r in sorted(reports, key=lambda r: r.id)}
    candidates = _candidates(by_id)
    own = {id: own_words(by_id[id].text) for id in sorted({id for pair in candidates for id in pair})}
    near = [(a, b) for a, b in candidates if _contained(own[a], own[b])]
    common = _common(by_id, near, own)
    blank = {id for group in _grouped(by_id, near) if _is_furniture([by_id[id] for id in group]) for id in group}
    own = {id: set() if id in blank else words - common for id, words in own.items()}
    near = [(a, b) for a, b in near if _contained(own[a], own[b])]
    beside: dict[str, list[str]] = defaultdict(list)
    for a, b in near:
        beside[a].append(b)
        beside[b].append(a)
    links = []
    for group in _grouped(by_id, near):
        original: dict[str, str] = {}
        for report in _by_precedence([by_id[id] for id in group]):
            earlier = [id for id in beside[report.id] if id in original]
            source = max(earlier, key=lambda id: (len(own[id] & own[report.id]), id), default=None)
            original[report.id] = original[source] if source else report.id
        links += [_link(by_id[id], by_id[first], own[id], own[first]) for id, first in original.items() if id != first]
    return tuple(sorted(links, key=lambda link: link.copy))


def shingles(words: Sequence[str], size: int = SHINGLE) -> set[str]:
    """Every run of `size` words."""
    return {" ".join(words[i : i + size]) for i in range(len(words) - size + 1)}


def own_words(text: str) -> set[str]:
    """Shingles of the text outside of longer quotations: two writers who heard the same words are no copies of each other."""
    kept: set[str] = set()
    start = 0
    for quoted in [*_QUOTED.finditer(text), None]:
        end = quoted.start() if quoted else len(text)
        kept |= shingles(_WORD.findall(text[start:end].casefold()))
        start = quoted.end() if quoted else end
    return kept


def _candidates(by_id: dict[str, Report]) -> list[tuple[str, str]]:
    """Pairs that share a minimum hash."""
    from rensa import RMinHash  # type: ignore[import-untyped]  # the package ships no type information

    buckets: dict[tuple[int, int], list[str]] = defaultdict(list)
    for id, report in by_id.items():
        found = own_words(report.text)
        if len(found) < LEAST:
            continue
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=1)
        sketch.update(found)
        for bucket in enumerate(sketch.digest()):
            buckets[bucket].append(id)
    pairs: set[tuple[str, str]] = set()
    for ids in buckets.values():
        if len(ids) <= CROWD:
            pairs.update(combinations(ids, 2))
        else:
            pairs.update(pairwise(ids))
            pairs.update((ids[0], id) for id in ids[1:])
    return sorted(pairs)


def _is_furniture(group: Sequence[Report]) -> bool:
    """True for one text under many headlines of other things."""
    return len(group) >= EVERYWHERE and 2 * sum(_is_about_its_title(r) for r in group) < len(group)


def _is_about_its_title(report: Report) -> bool:
    """False where a headline is known and the text uses no more than half of its longer words. Five letters stand for a word."""
    title = {w[:5] for w in _WORD.findall((report.title or "").casefold()) if len(w) >= 4}
    return not title or 2 * len(title & {w[:5] for w in _WORD.findall(report.text.casefold())}) > len(title)


def _contained(a: set[str], b: set[str]) -> bool:
    shared = len(a & b)
    return shared >= LEAST and shared >= DERIVED * min(len(a), len(b))


def _grouped(by_id: dict[str, Report], near: Iterable[tuple[str, str]]) -> list[list[str]]:
    groups = Groups(by_id)
    for a, b in near:
        groups.join(a, b)
    return groups.several()


def _common(by_id: dict[str, Report], near: Sequence[tuple[str, str]], own: dict[str, set[str]]) -> set[str]:
    """Shingles of the near pairs that also stand in texts which are otherwise nothing alike."""
    shared = set().union(*(own[a] & own[b] for a, b in near))
    holders: dict[str, list[str]] = defaultdict(list)
    size: dict[str, int] = {}
    for id, report in by_id.items() if shared else ():
        found = own[id] if id in own else own_words(report.text)
        size[id] = len(found)
        for shingle in shared & found:
            holders[shingle].append(id)
    pairs = set(near)

    @cache
    def unlike(ids: tuple[str, ...]) -> int:
        """How many of these texts are nothing alike: longest first, for a page of mere furniture is part of every other."""
        apart: list[str] = []
        for id in sorted(ids, key=lambda id: (-size[id], id)):
            if not any((min(id, other), max(id, other)) in pairs for other in apart):
                apart.append(id)
        return len(apart)

    return {shingle for shingle, ids in holders.items() if len(ids) >= FURNITURE and unlike(tuple(ids)) >= FURNITURE}


def _by_precedence(group: Sequence[Report]) -> list[Report]:
    """Those whose text it may be first. A date only tells where every report of the group has one."""
    dated = all(_dated(r) for r in group)
    agencies = {r.agency for r in group if r.agency}

    def precedence(report: Report) -> tuple[str, bool, bool, bool, str, str]:
        date = report.published.value if report.published and _dated(report) else "9999"
        credit = (report.outlet not in agencies, report.agency is None, report.dateline is None)
        return (date if dated else "", *credit, date, report.id)

    return sorted(group, key=precedence)


def _dated(report: Report) -> bool:
    """Whether it is known when the report came out, the year included."""
    return report.published is not None and report.published.value[:4].isdigit()


def _link(copy: Report, original: Report, mine: set[str], theirs: set[str]) -> CopyLink:
    shared = len(mine & theirs)
    share = shared / max(len(mine), 1)
    back = shared / max(len(theirs), 1)
    kind: CopyKind = "copied" if min(share, back) >= WHOLE else "edited"
    reasons = [f"{share:.0%} of its wording stands in the original, {back:.0%} of the original's in it"]
    here, there = (r.published.value if r.published and _dated(r) else None for r in (copy, original))
    if here and there and here != there:
        reasons.append(f"published {here}, after {there}")
    elif original.outlet is not None and original.outlet in (original.agency, copy.agency):
        reasons.append(f"the original is {original.outlet}'s own")
    elif original.agency is not None and copy.agency is None:
        reasons.append(f"the original carries the credit of {original.agency}, the copy does not")
    elif original.dateline is not None and copy.dateline is None:
        reasons.append(f"the original keeps its dateline, {original.dateline}, the copy does not")
    else:
        reasons.append("which came first is not known: no date and no agency credit tells")
    return CopyLink(copy.id, original.id, kind, round(share, 4), tuple(reasons))
