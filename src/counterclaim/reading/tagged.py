"""Links the pieces that the tagger marked into attributions: who, with what verb, said what."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from counterclaim.records import Offsets


class TaggedPiece(Protocol):
    """What linking needs to know of a piece: its role, its offsets in the text and how sure the tagger was of it."""

    @property
    def role(self) -> Literal["source", "cue", "content"]: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def probability(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Attribution:
    """One act of saying: offsets of its pieces in the text, each role in order.

    `source` is empty where nobody is named ("it was reported"), `cue` where a quotation stands beside its speaker without a
    verb. A quotation that goes on in the next paragraph has a piece of content there. `confidence` is 0 to 1.
    """

    source: tuple[Offsets, ...]
    cue: tuple[Offsets, ...]
    content: tuple[Offsets, ...]
    confidence: float


_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]*[^\sa-z])")

_MARKS = frozenset("\"“”„«»‘'")

_RELATIVE = frozenset({"who", "which", "that"})

_PASSIVE = re.compile(r"(?i)(?:ha[sd] |have )?(?:is|are|was|were|be|been|being)\b.*(?:ed|en|wn|ld|id|de)\b")

_SENTENCE = 120
"""What a sentence's end between two pieces adds to their distance, in code points: most of the length of a sentence of news,
so that a piece in the same sentence is nearer unless it is at the far end of it."""

_PIECE = 40
"""What a piece of the same role between two pieces adds to their distance: it is the likelier partner."""


def link_pieces(text: str, pieces: Sequence[TaggedPiece]) -> tuple[Attribution, ...]:
    """The attributions that `pieces` of `text` form, in order of their first content.

    Every content goes to the nearest cue of its paragraph and every cue to the nearest source of its paragraph; a cue with
    several contents is a split quotation. A content without a cue goes to the nearest source of its paragraph; where that has
    neither, it goes on from the attribution that ends in the paragraph before, or, an open quotation, leads over to the one
    after. Cues and sources that nobody claims are left out. Pure: the same pieces, the same attributions.
    """
    ordered = sorted(pieces, key=lambda p: (p.start, p.end))
    sources = [p for p in ordered if p.role == "source"]
    cues = [p for p in ordered if p.role == "cue"]
    heard = [p for p in ordered if p.role != "source"]
    said: dict[int, list[TaggedPiece]] = {}
    drafts: list[_Draft] = []
    alone: list[TaggedPiece] = []
    for content in (p for p in ordered if p.role == "content"):
        cue = _introduced(text, content, cues)
        if cue is None:
            cue = _goes_on(text, content, cues, said)
        if cue is None:
            cue = _nearest(text, content, cues, heard)
        if cue is not None:
            said.setdefault(cue, []).append(content)
            continue
        who = _nearest(text, content, sources, [])
        if who is not None:
            drafts.append(_Draft([sources[who]], [], [content]))
        else:
            alone.append(content)
    speakers = _speakers(text, cues, sources)
    drafts.extend(_Draft(speakers[n], [cues[n]], contents) for n, contents in said.items())
    for content in alone:
        after = min((d for d in drafts if d.start > content.end), key=lambda d: d.start, default=None)
        before = max((d for d in drafts if d.end <= content.start), key=lambda d: d.end, default=None)
        if after is not None and after.cue and _leads_over(text, content, after.content[0]):
            after.content.insert(0, content)
        elif before is not None and _takes_up(text, before, content):
            before.content.append(content)
        else:
            drafts.append(_Draft([], [], [content]))
    return tuple(sorted((d.finished() for d in drafts), key=lambda a: (a.content[0], a.cue)))


def _leads_over(text: str, content: TaggedPiece, following: TaggedPiece) -> bool:
    """Whether `content` is a quotation that no mark closes and `following` opens the next paragraph with another mark."""
    gap = text[content.end : following.start]
    both = text[content.start] in _MARKS and text[following.start] in _MARKS
    closed = text[content.end - 1] in _MARKS or text[content.end] in _MARKS
    return both and not closed and "\n" in gap and "\n" not in gap.strip()


def _takes_up(text: str, before: _Draft, content: TaggedPiece) -> bool:
    """Whether `content` goes on in the next paragraph with what was quoted: only a quotation does, not a sentence told anew."""
    return text[content.start] in _MARKS and len(re.findall(r"\n+", text[before.end : content.start])) == 1


def _introduced(text: str, content: TaggedPiece, cues: Sequence[TaggedPiece]) -> int | None:
    """Index of the cue at the end of the paragraph before, where that ends in a colon and `content` opens this one."""
    last = bisect_left(cues, content.start, key=lambda p: p.start) - 1
    if last < 0:
        return None
    gap = text[cues[last].end : content.start]
    # the colon may be part of the cue
    opens = "\n" in gap and (text[cues[last].start : cues[last].end] + gap).rstrip().endswith(":")
    return last if opens and "\n" not in gap.strip() else None


def _goes_on(text: str, content: TaggedPiece, cues: Sequence[TaggedPiece], said: Mapping[int, list[TaggedPiece]]) -> int | None:
    """Index of the cue whose quotation `content` takes up again: a quotation that opens a sentence behind the cues of its
    paragraph goes on with what was quoted there, not with what was merely told ("...,” said the nurse, who asked not to be
    named. “...”)."""
    if text[content.start] not in _MARKS:
        return None
    near, first = _beside(text, content, cues)
    before = [i for i, cue in enumerate(near, first) if cue.end <= content.start]
    if not before or not _SENTENCE_END.search(text[max(0, cues[before[-1]].end - 2) : content.start + 2]):
        return None
    quoted = [i for i in before if any(text[p.start] in _MARKS for p in said.get(i, ()))]
    return quoted[-1] if quoted and quoted[-1] != before[-1] and len(before) == len(near) else None


@dataclass(slots=True)
class _Draft:
    """An attribution while its pieces are found."""

    source: list[TaggedPiece]
    cue: list[TaggedPiece]
    content: list[TaggedPiece]

    @property
    def start(self) -> int:
        return min(p.start for p in self.content)

    @property
    def end(self) -> int:
        return max(p.end for p in (*self.source, *self.cue, *self.content))

    def finished(self) -> Attribution:
        source, cue, content = (tuple((p.start, p.end) for p in part) for part in (self.source, self.cue, self.content))
        return Attribution(source, cue, content, round(self.confidence(), 4))

    def confidence(self) -> float:
        """How often an attribution like this one is right: the fitted sum of what the tagger thinks of each role."""
        total = sum(w * x for w, x in zip(CONFIDENCE, evidence(self.source, self.cue, self.content), strict=True))
        return 1 / (1 + math.exp(-total))


CONFIDENCE = (-0.744, 0.112, 0.254, 0.385, 0.054, -0.489)
"""Weights of `evidence`, fitted with `python -m training.tagger.measure` on the development articles."""


def evidence(
    source: Sequence[TaggedPiece], cue: Sequence[TaggedPiece], content: Sequence[TaggedPiece]
) -> tuple[float, float, float, float, float, float]:
    """What confidence is made of: 1, the log odds of the least sure piece of content, cue and source (0 where there is
    none), and 1 where there is no cue and no source."""
    return (1.0, _odds(content), _odds(cue), _odds(source), float(not cue), float(not source))


def _odds(pieces: Sequence[TaggedPiece]) -> float:
    if not pieces:
        return 0.0
    # the least sure piece of a role decides: one wrong piece makes the role wrong
    mean = min(max(min(p.probability for p in pieces), 0.01), 0.995)
    return math.log(mean / (1 - mean))


def _speakers(text: str, cues: Sequence[TaggedPiece], sources: Sequence[TaggedPiece]) -> list[list[TaggedPiece]]:
    """The source of every cue, or none. A source belongs to its nearest cue; another shares it only from behind and in the
    same sentence ("The army denied it and said ..."), and not in the passive ("was reported"): in the training articles'
    own pieces 8 in 10 cues of the first kind have that source, 1 in 6 of the others."""
    nearest = [_nearest(text, cue, sources, cues) for cue in cues]
    owner: dict[int, tuple[float, int]] = {}
    for i, who in enumerate(nearest):
        if who is not None:
            distance = _distance(text, cues[i], sources[who], _beside(text, cues[i], cues)[0])
            if distance is not None and (who not in owner or distance < owner[who][0]):
                owner[who] = (distance, i)
    shared = [s for s in sources if text[s.start : s.end].lower() not in _RELATIVE]
    found: list[list[TaggedPiece]] = []
    for i, who in enumerate(nearest):
        if who is not None and owner[who][1] == i:
            found.append([sources[who]])
        else:
            other = _nearest(text, cues[i], shared, cues)
            found.append([shared[other]] if other is not None and _can_share(text, cues[i], shared[other]) else [])
    return found


def _can_share(text: str, cue: TaggedPiece, source: TaggedPiece) -> bool:
    words = text[cue.start : cue.end]
    if source.start > cue.start:
        # "Listing what was hit, the mayor said ...": the participle opens the sentence of its speaker
        gap = text[max(0, cue.end - 2) : source.start + 2]
        return words[:1].isupper() and words.split()[0].endswith("ing") and not _SENTENCE_END.search(gap)
    return not _SENTENCE_END.search(text[max(0, source.end - 2) : cue.start + 2]) and not _PASSIVE.match(words)


def _nearest(text: str, piece: TaggedPiece, others: Sequence[TaggedPiece], between: Sequence[TaggedPiece]) -> int | None:
    """Index of the one of `others` that is nearest to `piece` in its paragraph, counting what of `between` is in the way.

    Both are in order of their start."""
    near, first = _beside(text, piece, others)
    passed, _ = _beside(text, piece, between)
    best: tuple[float, int] | None = None
    for i, other in enumerate(near, first):
        distance = _distance(text, piece, other, passed)
        if distance is not None and (best is None or distance < best[0]):
            best = (distance, i)
    return None if best is None else best[1]


def _beside(text: str, piece: TaggedPiece, others: Sequence[TaggedPiece]) -> tuple[Sequence[TaggedPiece], int]:
    """Those of `others` that touch the paragraph of `piece`, and the index of the first of them."""
    start = text.rfind("\n", 0, piece.start) + 1
    end = text.find("\n", piece.end)
    low = bisect_left(others, start, key=lambda p: p.start)
    while low and others[low - 1].end > start:
        low -= 1
    high = bisect_left(others, len(text) if end < 0 else end, key=lambda p: p.start)
    return others[low:high], low


def _distance(text: str, a: TaggedPiece, b: TaggedPiece, between: Sequence[TaggedPiece]) -> float | None:
    """Code points between two pieces, with what sentences' ends and other pieces add; None across paragraphs."""
    low, high = (a.end, b.start) if a.start <= b.start else (b.end, a.start)
    if text.find("\n", low, high) >= 0:
        return None
    # a mark that ends the sentence may stand inside the piece before the gap
    ends = len(_SENTENCE_END.findall(text[max(0, low - 2) : high + 2]))
    passed = sum(1 for p in between if p is not a and p is not b and low <= p.start and p.end <= high)
    return high - low + _SENTENCE * ends + _PIECE * passed
