"""The history of a report: captures of one address in order, and what changed in their claims from one to the next."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar, get_args
from urllib.parse import parse_qsl, urlencode, urlsplit

from counterclaim.linking.drift import hedges
from counterclaim.linking.wording import telling_words
from counterclaim.records import (
    Act,
    Change,
    ChangeKind,
    CopyLink,
    Figure,
    History,
    Offsets,
    ReadReport,
    Report,
    Span,
    Statement,
    Version,
)

ALIKE = 0.4
"""Part of the telling words, numbers aside, that two sentences share where one is the other's new wording: below it more than
half of a sentence was written anew, and a list of what changed in it tells less than that it is gone and another is new."""

_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d+\w*/(https?://.+)", re.I)
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igshid|mc_[ce]id|ref|ref_src|cmp\w*|ito|ocid|ns_\w+|smid|at_\w+", re.I)
_DEED: tuple[Act, ...] = ("blame", "denial", "admission", "justification")
_SAID: tuple[Act, ...] = ("investigation", "demand", "regret", "damage", "uncertainty")
_OF_NUMBERS = frozenset({
    "about", "around", "some", "roughly", "approximately", "nearly", "almost", "over", "at least", "up to", "as many as",
    "more than",
})  # fmt: skip
"""Hedges that are part of a toll and change with it."""
_T = TypeVar("_T")


def address_key(url: str | None) -> str | None:
    """What two addresses of one page have in common: host and path without `www.`, tracking or an archive's prefix.

    None for no address and for a site's front page, which is another page each day.
    """
    if not url:
        return None
    archived = _ARCHIVED.match(url)
    try:
        parts = urlsplit(archived[1] if archived else url)
        host = re.sub(r"^(?:www|m|amp|mobile)\.", "", (parts.hostname or "").lower())
        asked = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k))
    except ValueError:
        return None
    path = re.sub(r"(?:/(?:index\.\w+|amp))?/*$", "", parts.path)
    if not host or not (path or asked):
        return None
    return f"{host}{path}" + (f"?{urlencode(asked)}" if asked else "")


def histories(
    reports: Sequence[ReadReport], received: Mapping[str, str], names: Mapping[str, str] | None = None
) -> tuple[History, ...]:
    """The histories of all reports of which there are several captures, by address; the order of `reports` plays no part.

    `received` says when each was captured (ISO 8601, UTC), by report id; `names` gives the name under which a speaker is shown.
    A later day of change, as the pages state it, makes the later version; among equals the later capture. Feeds' entries are
    versions of entries only: a feed shortens. Rows of recorders' tables have no history.
    """
    by_address: dict[tuple[str, bool], list[ReadReport]] = defaultdict(list)
    for read in reports:
        key = address_key(read.report.url)
        if key is not None and read.report.recorder is None:
            by_address[key, read.report.part is None].append(read)
    found = []
    for (address, _), captured in sorted(by_address.items()):
        if len(captured) < 2:
            continue
        captured.sort(key=lambda r: (_last_day(r.report), received.get(r.report.id, ""), r.report.id))
        versions = [Version(captured[0].report.id, received.get(captured[0].report.id))]
        for before, after in pairwise(captured):
            changed = changes(before, after, names or {})
            versions.append(Version(after.report.id, received.get(after.report.id), changed))
        found.append(History(address, tuple(versions)))
    return tuple(found)


def other_captures(reports: Sequence[Report], copies: Sequence[CopyLink]) -> tuple[CopyLink, ...]:
    """Links from the later captures of an address to the first, where they tell the same and `copies` have not linked them: what
    two versions of one report say is no two outlets' word. A page that is about something else by now is another report."""
    original = {link.copy: link.original for link in copies}
    carried = set(original.values())
    by_address: dict[tuple[str, bool], list[Report]] = defaultdict(list)
    for report in reports:
        key = address_key(report.url)
        if key is not None and report.recorder is None:
            by_address[key, report.part is None].append(report)
    links = []
    for captured in by_address.values():
        first, *later = sorted(captured, key=lambda r: (_last_day(r), r.id))
        to = original.get(first.id, first.id)
        for report in later:
            linked = report.id == to or report.id in original or report.id in carried
            if not linked and _likeness(first.text, report.text) >= ALIKE:
                share = round(_carried(report.text, first.text), 4)
                links.append(CopyLink(report.id, to, "edited", share, ("a later capture of the same address",)))
    return tuple(links)


def _last_day(report: Report) -> str:
    """The latest day that the report gives for itself."""
    return max((p.value for p in (report.published, report.modified) if p and p.value[:4].isdigit()), default="")


def changes(before: ReadReport, after: ReadReport, names: Mapping[str, str]) -> tuple[Change, ...]:
    """What changed in the claims between two versions of a report, in the order of the text; what is gone stands last.

    A sentence that stands in both word for word changed nothing, however it was read. Of the other figures and statements each
    is set beside the one of the other version that is worded most like it; one without such a partner is new or gone, unless
    the same is claimed elsewhere in the other version.
    """
    left, right = _Told(before, after, names), _Told(after, before, names)
    found = [*_tolls(left, right), *_statements(left, right)]
    unique: dict[object, Change] = {}
    for change in found:
        key = (change.kind, change.was, change.now, left.sentence_at(change.before), right.sentence_at(change.after))
        unique.setdefault(key, change)
    return tuple(sorted(unique.values(), key=_in_order))


def _in_order(c: Change) -> tuple[object, ...]:
    at = c.after or c.before
    return c.after is None, at.start if at else 0, get_args(ChangeKind).index(c.kind), c.was or "", c.now or ""


class _Told:
    """What one version tells: all of it, and what stands in sentences that the other version does not have."""

    def __init__(self, read: ReadReport, other: ReadReport, names: Mapping[str, str]) -> None:
        self.read, self.names = read, names
        theirs = {_even(other.report.text[s:e]) for s, e in other.reading.sentences}
        fresh = {(s, e) for s, e in read.reading.sentences if _even(read.report.text[s:e]) not in theirs}

        def changed(at: Offsets) -> bool:
            whole = read.reading.sentence_of(at)
            return whole not in read.reading.sentences or whole in fresh

        self.figures = [f for f in read.reading.figures if changed(f.span)]
        self.statements = [s for s in read.reading.statements if s.content and changed(_hull(s))]
        self.heard = {self.name(s.speaker) for s in read.reading.statements}

    def name(self, speaker: str | None) -> str:
        """A speaker as shown, the outlet where none is named."""
        return "the outlet itself" if speaker is None else self.names.get(speaker, speaker)

    def words(self, at: Offsets) -> str:
        return self.read.report.text[slice(*at)]

    def sentence(self, at: Offsets) -> str:
        return self.words(self.read.reading.sentence_of(at))

    def sentence_at(self, span: Span | None) -> Offsets | None:
        return self.read.reading.sentence_of((span.start, span.end)) if span else None

    def span(self, at: Offsets) -> Span:
        return Span.of(self.read.report.id, self.read.report.text, *at)


def _tolls(left: _Told, right: _Told) -> Iterator[Change]:
    def likeness(a: Figure, b: Figure) -> float:
        if a.harm != b.harm:
            return 0
        near = _likeness(left.sentence(a.span), right.sentence(b.span))
        same = (left.name(a.speaker) == right.name(b.speaker)) + (a.victims == b.victims) + (a.scope == b.scope)
        return near + 0.1 * same + 0.1 * (_value(a) == _value(b)) if near >= ALIKE or (same == 3 and a.scope == "incident") else 0

    paired, gone, new = _paired(left.figures, right.figures, likeness)
    for a, b in paired:
        before, after = left.span(a.span), right.span(b.span)
        if _value(a) != _value(b) or a.victims != b.victims:
            yield Change("toll", before, after, _toll(a, left), _toll(b, right))
        yield from _speaker(left, right, a, b, before, after)
        if a.statement is None and b.statement is None:
            dropped, added = hedges(left.sentence(a.span), right.sentence(b.span))
            yield from _hedged(before, after, *([h for h in words if h not in _OF_NUMBERS] for words in (dropped, added)))
    for figure, here, there, is_new in [*((f, left, right, False) for f in gone), *((f, right, left, True) for f in new)]:
        elsewhere = any(_value(figure) == _value(f) for f in there.read.reading.figures)
        if not elsewhere and (figure.low is not None or figure.high is not None):
            yield _alone("toll", here.span(figure.span), f"{_toll(figure, here)}, {here.name(figure.speaker)}", is_new)


def _statements(left: _Told, right: _Told) -> Iterator[Change]:
    def likeness(a: Statement, b: Statement) -> float:
        near = _likeness(left.words(_hull(a)), right.words(_hull(b)))
        return near + 0.2 * (left.name(a.speaker) == right.name(b.speaker)) + 0.1 * (a.act == b.act) if near >= ALIKE else 0

    paired, gone, new = _paired(left.statements, right.statements, likeness)
    for a, b in paired:
        before, after = left.span(_hull(a)), right.span(_hull(b))
        yield from _speaker(left, right, a, b, before, after)
        was, now = _act(a, left), _act(b, right)
        if (a.act, a.target) != (b.act, b.target) and {a.act, b.act} & {*_DEED}:
            yield Change("blame", before, after, was, now)
        dropped, added = hedges(left.words(_hull(a)), right.words(_hull(b)))
        held, holds = ({left_or_right.words(h).casefold() for h in s.hedge} for left_or_right, s in ((left, a), (right, b)))
        text = {left: left.sentence(_hull(a)).casefold(), right: right.sentence(_hull(b)).casefold()}
        dropped += sorted(h for h in held if h not in text[right] and h not in dropped)
        added += sorted(h for h in holds if h not in text[left] and h not in added)
        yield from _hedged(before, after, dropped, added)
    for s, here, there, is_new in [*((s, left, right, False) for s in gone), *((s, right, left, True) for s in new)]:
        said = (s.act, s.target, here.name(s.speaker))
        elsewhere = said in {(o.act, o.target, there.name(o.speaker)) for o in there.read.reading.statements}
        if s.act in (*_DEED, *_SAID) and not elsewhere:
            yield _alone("blame" if s.act in _DEED else "said", here.span(_hull(s)), _act(s, here), is_new)
        elif s.speaker is not None and s.act != "figure" and here.name(s.speaker) not in there.heard:
            yield _alone("speaker", here.span(_hull(s)), here.name(s.speaker), is_new)


def _speaker(
    left: _Told, right: _Told, a: Figure | Statement, b: Figure | Statement, before: Span, after: Span
) -> Iterator[Change]:  # fmt: skip
    was, now = left.name(a.speaker), right.name(b.speaker)
    if was != now:
        yield Change("speaker", before, after, was, now)


def _hedged(before: Span, after: Span, dropped: list[str], added: list[str]) -> Iterator[Change]:
    if dropped or added:
        was, now = (", ".join(f"“{w}”" for w in _longest(words)) or None for words in (dropped, added))
        yield Change("hedge", before, after, was, now)


def _longest(words: list[str]) -> list[str]:
    return [w for w in dict.fromkeys(words) if not any(w in other and w != other for other in words)]


def _alone(kind: ChangeKind, span: Span, what: str, is_new: bool) -> Change:
    return Change(kind, None, span, None, what) if is_new else Change(kind, span, None, what, None)


def _paired(
    left: Sequence[_T], right: Sequence[_T], likeness: Callable[[_T, _T], float]
) -> tuple[list[tuple[_T, _T]], list[_T], list[_T]]:
    """The pairs that are most alike, each member in one pair at most, and what is left on either side."""
    scored = sorted(
        ((-score, i, k) for i, a in enumerate(left) for k, b in enumerate(right) if (score := likeness(a, b)) > 0),
    )
    taken: dict[int, int] = {}
    for _, i, k in scored:
        if i not in taken and k not in taken.values():
            taken[i] = k
    alone = [b for k, b in enumerate(right) if k not in taken.values()]
    return [(left[i], right[k]) for i, k in sorted(taken.items())], [a for i, a in enumerate(left) if i not in taken], alone


def _likeness(a: str, b: str) -> float:
    """Part of the telling words of both that they share (Dice), numbers aside."""
    here, there = (Counter(w for w in telling_words(text) if not w.isdigit()) for text in (a, b))
    return 2 * (here & there).total() / max(1, here.total() + there.total())


def _carried(text: str, source: str) -> float:
    """Part of the telling words of `text` that stand in `source` too."""
    here, there = Counter(telling_words(text)), Counter(telling_words(source))
    return (here & there).total() / max(1, here.total())


def _even(text: str) -> str:
    return " ".join(text.split())


def _hull(s: Statement) -> Offsets:
    return min(start for start, _ in s.content), max(end for _, end in s.content)


def _value(f: Figure) -> tuple[object, ...]:
    return f.harm, f.low, f.high, f.qualifier


def _toll(f: Figure, told: _Told) -> str:
    return f"{told.words(f.span)} ({f.harm})" if f.harm not in told.words(f.span) else told.words(f.span)


def _act(s: Statement, told: _Told) -> str:
    about = f" ({s.target})" if s.target and s.target != s.speaker else ""
    return f"{told.name(s.speaker)}: {s.act}{about}"
