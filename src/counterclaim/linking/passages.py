"""Which paragraphs of a text stand in another one: what a copy kept, added and cut, and what reports that are no copies carry."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from counterclaim.linking.grouping import Groups
from counterclaim.linking.precedence import by_precedence, why_first
from counterclaim.linking.shingles import CROWD, SHINGLE, Shingles, common, contains, own_words, runs, words_of
from counterclaim.records import CopyLink, Offsets, PassageLink, Report

KEPT = 0.5
"""Part of a paragraph's words that must stand in runs of the other text: a rewritten sentence still leaves most of the others."""

PASSAGE = 12
"""Least shared shingles in the writers' own words: a run of 19 words, or several shorter ones."""

CARRIED = 0.7
"""Part of the shorter paragraph's own wording that stands in the other one: one word changed in the middle of forty takes eight
of its 33 shingles."""

SOON = timedelta(days=14)
"""What comes back later is page furniture or a standing phrase, and no longer news that is passed on. In 2,000 gun violence
articles 51 paragraphs are found without it, 32 within 30 days and 22 within 14 days, of which three are notices of the page."""

SAMPLED = 4
"""Of so many shingles one is looked up among all reports: of twelve that are shared at least one is in 97 of 100 cases."""

Paragraph = tuple[str, Offsets]
"""A paragraph of a report: the report's id and the offsets in its text."""

_NOTHING: Shingles = np.zeros(0, np.uint64)
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Carried:
    """Paragraphs, as offsets: `kept` of the copy, that stand in the original; `added` of the copy, that do not; `cut` of the
    original, that do not stand in the copy. Paragraphs too short to tell are in none of them."""

    kept: tuple[Offsets, ...]
    added: tuple[Offsets, ...]
    cut: tuple[Offsets, ...]


def carried(copy: str, original: str) -> Carried:
    """Compares the two texts paragraph by paragraph; quotations count, for a copy carries them too."""
    here, there = ([(at, words_of(text[slice(*at)])) for at in paragraphs(text)] for text in (copy, original))
    mine, theirs = (runs([word for _, words in told for word in words]) for told in (here, there))
    kept, added = _sorted_out(here, np.isin(mine, theirs))
    return Carried(kept, added, _sorted_out(there, np.isin(theirs, mine))[1])


def in_words(what: Carried) -> list[str]:
    """One line on what was kept, added and cut; none where neither text has more than one paragraph to tell by."""
    originals = len(what.kept) + len(what.cut)
    if originals < 2 and not what.added:
        return []
    told = f"{len(what.kept)} of its {len(what.kept) + len(what.added)} paragraphs carried"
    return [told + (f", {len(what.cut)} of the original's cut" if what.cut else "")]


def find_passages(reports: Sequence[Report], copies: Sequence[CopyLink]) -> tuple[PassageLink, ...]:
    """The paragraphs that derive from a paragraph of another of `reports` with a text of its own, each linked to the first of
    those that hold it, as copies are.

    Quoted words do not count, as with copies. `copies` tell which reports carry one text: what those share is no passage, and
    neither is what one outlet says again, or what comes back after `SOON`, or stands in more than `CROWD` texts. A paragraph that
    says more than it carries is its writer's. Sorted by copy and place; the order of `reports` plays no part.
    """
    by_id = {r.id: r for r in sorted(reports, key=lambda r: r.id)}
    text_of = {link.copy: link.original for link in copies}
    own = cache(lambda id: own_paragraphs(by_id[id].text))
    alike = [pair for a, b in _sharing(by_id, text_of) for pair in alike_paragraphs(a, own(a), b, own(b))]
    return passages_among(by_id, text_of, alike)


def alike_paragraphs(
    a: str, mine: Mapping[Offsets, Shingles], b: str, theirs: Mapping[Offsets, Shingles]
) -> list[tuple[Paragraph, Paragraph]]:
    """The paragraphs of the reports `a` and `b`, given with their shingles, of which one holds the other's wording."""
    left, right = (np.concatenate([*own.values(), _NOTHING]) for own in (mine, theirs))
    both = np.intersect1d(left, right)
    mine, theirs = ({at: found for at, found in own.items() if common(found, both) >= PASSAGE} for own in (mine, theirs))
    return [
        ((a, here), (b, there))
        for here, there in product(mine, theirs)
        if contains(mine[here], theirs[there], least=PASSAGE, part=CARRIED)
    ]


def passages_among(
    by_id: Mapping[str, Report], text_of: Mapping[str, str], alike: Sequence[tuple[Paragraph, Paragraph]]
) -> tuple[PassageLink, ...]:
    """The links between paragraphs that are `alike`; `by_id` holds at least their reports, `text_of` each copy's original."""
    own = cache(lambda id: own_paragraphs(by_id[id].text))
    groups = Groups(sorted({key for pair in alike for key in pair}))
    for one, other in alike:
        groups.join(one, other)
    links = []
    for group in groups.several():
        held: dict[str, list[Offsets]] = defaultdict(list)
        for id, at in group:
            held[id].append(at)
        first, *others = by_precedence([by_id[id] for id in held])
        sources = {at: own(first.id)[at] for at in held[first.id]}
        links += [
            _passage(copy, at, own(copy.id)[at], first, sources)
            for copy in others
            if apart(copy, first, text_of)
            for at in held[copy.id]
        ]
    links = [link for link in links if link.share >= CARRIED]
    return tuple(sorted(links, key=lambda link: (link.copy, link.span)))


def _sharing(by_id: Mapping[str, Report], text_of: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of reports, each once and ascending, that share sampled wording and of which one may have a passage of the other."""
    ids = list(by_id)
    sampled = [sample(own_words(by_id[id].text)) for id in ids]
    if not sampled:
        return
    shingles = np.concatenate(sampled)
    holders = np.repeat(np.arange(len(ids)), [len(found) for found in sampled])
    order = np.argsort(shingles, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(shingles[order]) != 0, True])
    pairs: set[tuple[int, int]] = set()
    for k in np.flatnonzero(np.diff(starts) > 1).tolist():
        holding = holders[order[starts[k] : starts[k + 1]]].tolist()
        if len({text_of.get(ids[i], ids[i]) for i in holding}) <= CROWD:
            pairs.update((i, j) for n, i in enumerate(holding) for j in holding[n + 1 :])
    for i, j in sorted(pairs):
        if apart(by_id[ids[i]], by_id[ids[j]], text_of):
            yield ids[i], ids[j]


def sample(found: Shingles) -> Shingles:
    """The few of a text's shingles by which passages are looked for."""
    few: Shingles = found[found % np.uint64(SAMPLED) == 0]
    return few


def apart(one: Report, other: Report, text_of: Mapping[str, str]) -> bool:
    """Whether the two carry different texts of different outlets, published within `SOON` of each other."""
    if text_of.get(one.id, one.id) == text_of.get(other.id, other.id) or (one.outlet and one.outlet == other.outlet):
        return False
    days = [_day(r) for r in (one, other)]
    return days[0] is None or days[1] is None or abs(days[0] - days[1]) <= SOON


def _day(report: Report) -> date | None:
    """The day it came out, where it is known to the day."""
    try:
        return date.fromisoformat(report.published.value) if report.published else None
    except ValueError:
        return None


def own_paragraphs(text: str) -> dict[Offsets, Shingles]:
    """The paragraphs of a text that can be told from others, with the shingles of their own words."""
    found = {at: own_words(text[slice(*at)]) for at in paragraphs(text)}
    return {at: shingles for at, shingles in found.items() if len(shingles) >= PASSAGE}


def _passage(copy: Report, span: Offsets, mine: Shingles, original: Report, held: Mapping[Offsets, Shingles]) -> PassageLink:
    source = max(held, key=lambda at: (common(mine, held[at]), -at[0]))
    share = common(mine, held[source]) / len(mine)
    reasons = (f"{share:.0%} of the paragraph's wording stands in the original", why_first(copy, original))
    return PassageLink(copy.id, span, original.id, source, round(share, 4), reasons)


def paragraphs(text: str) -> list[Offsets]:
    """The lines of a text that hold anything."""
    return [m.span() for m in _PARAGRAPH.finditer(text)]


def _sorted_out(
    told: Sequence[tuple[Offsets, Sequence[str]]], shared: NDArray[np.bool_]
) -> tuple[tuple[Offsets, ...], tuple[Offsets, ...]]:
    """The paragraphs of a text, each given with its words, that stand in the other text, and those that do not: `shared` tells of
    each run of all words whether it stands there."""
    covered = np.zeros(sum(len(words) for _, words in told), bool)
    for k in range(SHINGLE):
        covered[k : k + len(shared)] |= shared
    inside: list[Offsets] = []
    outside: list[Offsets] = []
    first = 0
    for at, words in told:
        held = int(covered[first : first + len(words)].sum())
        first += len(words)
        if len(words) >= SHINGLE:
            (inside if held >= KEPT * len(words) else outside).append(at)
    return tuple(inside), tuple(outside)
