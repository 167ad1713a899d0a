"""Finds again what a person's decision is about: by its words in the report, whatever the machine makes of them today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from counterclaim.case.canonical import plain
from counterclaim.records import Figure, Incident, IncidentMention, IncidentRef, Offsets, ReadReport, Span, Statement

WORDS_OF_A_MENTION = 3
"""Words kept of each mention of an incident: where a rule no longer takes one for an event, others are found."""

HALF = 0.5
"""Part of the shorter of two spans that both must share to be about the same words: a rule that takes more or fewer words in
moves the edges, while the figures and sayings of one sentence stand side by side."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The reports in which words are looked up, by id and by the hash of the capture that they were read from."""

    by_id: Mapping[str, ReadReport]
    by_capture: Mapping[str, tuple[ReadReport, ...]]

    @classmethod
    def of(cls, reports: Iterable[ReadReport]) -> Ground:
        """The ground of these reports."""
        by_id = {read.report.id: read for read in reports}
        by_capture: dict[str, tuple[ReadReport, ...]] = {}
        for id in sorted(by_id):
            capture = by_id[id].report.capture
            by_capture[capture] = (*by_capture.get(capture, ()), by_id[id])
        return cls(by_id, by_capture)

    def place(self, span: Span, capture: str | None = None) -> tuple[ReadReport, Offsets] | None:
        """Where the span's words stand: in its own report, else in another text read from the same capture; None for nowhere."""
        own = self.by_id.get(span.report)
        for read in [own] if own else self.by_capture.get(capture or "", ()):
            found = locate(span, read.report.text)
            if found:
                return read, found
        return None

    def mentions(self, spans: Iterable[Span]) -> tuple[IncidentRef, ...]:
        """The mentions that any of the spans belongs to, each once, sorted."""
        words: dict[str, list[Offsets]] = {}
        for span in spans:
            placed = self.place(span)
            if placed is not None:
                words.setdefault(placed[0].report.id, []).append(placed[1])
        found = set()
        for report, left in words.items():
            read = self.by_id[report]
            # Two mentions of a report may share words: the one that has most of them is taken first, then who has the rest.
            while left:
                index = mention_at(read, left)
                if index is None:
                    break
                found.add(IncidentRef(report, index))
                named = read.reading.incidents[index].evidence or read.reading.sentences[:1]
                left = [at for at in left if not any(_share(at, e) > 0 for e in named)]
        return tuple(sorted(found, key=lambda ref: (ref.report, ref.index)))


def locate(span: Span, text: str) -> Offsets | None:
    """Where the span's quote stands in `text`: at its own place, else where prefix and suffix fit best, else nearest to it.

    None where the words are not in the text (W3C Web Annotation: TextPositionSelector first, then TextQuoteSelector).
    """
    if text[span.start : span.end] == span.quote:
        return span.start, span.end
    best: tuple[int, int] | None = None
    place, at = None, text.find(span.quote)
    while at >= 0:
        end = at + len(span.quote)
        fit = _alike(span.prefix[::-1], text[max(0, at - len(span.prefix)) : at][::-1]) + _alike(span.suffix, text[end:])
        rank = (fit, -abs(at - span.start))
        if best is None or rank > best:
            best, place = rank, (at, end)
        at = text.find(span.quote, at + 1)
    return place


def figure_at(read: ReadReport, at: Offsets, seen: Mapping[str, Any] | None) -> Figure | None:
    """The figure that stands at these words; of several the one of the harm and victims that were seen."""
    seen = seen or {}

    def rank(figure: Figure) -> tuple[bool, bool, bool, float, bool, bool]:
        kind = figure.harm == seen.get("harm"), figure.victims == seen.get("victims")
        number = (figure.low, figure.high) == (seen.get("low"), seen.get("high"))
        return (*kind, figure.span == at, _share(figure.span, at), number, figure.speaker == seen.get("speaker"))

    held = [figure for figure in read.reading.figures if _covers(figure.span, at)]
    return max(held, key=rank, default=None)


def statement_at(read: ReadReport, at: Offsets, seen: Mapping[str, Any] | None) -> Statement | None:
    """The statement that has these words for content; of several the one that fits what was seen best."""
    seen = seen or {}
    content = tuple(tuple(piece) for piece in seen.get("content", ()))

    def rank(statement: Statement) -> tuple[bool, float, bool, bool, bool]:
        same = statement.act == seen.get("act"), statement.speaker == seen.get("speaker"), statement.id == seen.get("id")
        return (statement.content == content, max(_share(piece, at) for piece in words_of(statement)), *same)

    held = [s for s in read.reading.statements if any(_covers(piece, at) for piece in words_of(s))]
    return max(held, key=rank, default=None)


def mention_at(
    read: ReadReport, words: Sequence[Offsets], seen: Mapping[str, Any] | None = None, taken: Collection[IncidentRef] = ()
) -> int | None:  # fmt: skip
    """The index of the mention that has most of these words among those that name it; None for none.

    Where none has, it is the one whose sentences the words stand in and that is told of the same as the one that was `seen`: as
    the report's main one, or at the same place and time. Those that are `taken` are others, unless the words are just theirs.
    """
    free = [
        index
        for index, mention in enumerate(read.reading.incidents)
        if IncidentRef(read.report.id, index) not in taken or mention.evidence == tuple(words)
    ]
    counted = [
        (
            evidence[: len(words)] == tuple(words),
            sum(any(_share(e, at) > 0 for e in evidence) for at in words),
            mention.main,
            -index,
        )
        for index, mention in enumerate(read.reading.incidents)
        if index in free
        for evidence in [mention.evidence or read.reading.sentences[:1]]
    ]
    best = max(counted, default=None)
    if best and best[1]:
        return -best[-1]
    sentences = [read.reading.sentence_of(at) for at in words]
    for index, mention in enumerate(read.reading.incidents):
        if seen and index in free and any(_share(e, sentence) > 0 for e in mention.evidence for sentence in sentences):
            today = plain(mention)
            alike = (today["place"], today["date"]) == (seen.get("place"), seen.get("date"))
            if today["aggregate"] == seen.get("aggregate") and (alike or (mention.main and seen.get("main"))):
                return index
    return None


def mention_on(read: ReadReport, words: Sequence[Offsets]) -> int | None:
    """The index of the mention that has exactly these words; None for none.

    What people added is found so: they put it beside what the machine tells of, be it in the same sentence.
    """
    return next((n for n, mention in enumerate(read.reading.incidents) if mention.evidence == tuple(words)), None)


def words_of(statement: Statement) -> tuple[Offsets, ...]:
    """The pieces that a statement is known by: its content; its cue or source where it has none."""
    return statement.content or statement.cue or statement.source


def words_naming(read: ReadReport, mention: IncidentMention) -> tuple[Span, ...]:
    """The first words that name a mention, or the report's first sentence where it has none."""
    evidence = mention.evidence[:WORDS_OF_A_MENTION] or read.reading.sentences[:1]
    return tuple(Span.of(read.report.id, read.report.text, *at) for at in evidence)


def members_of(incident: Incident, by_id: Mapping[str, ReadReport]) -> tuple[Span, ...]:
    """The words of every mention of an incident."""
    return tuple(_words_of_members(incident, by_id))


def carry(known: Iterable[Incident], old: Mapping[str, ReadReport], new: Mapping[str, ReadReport]) -> tuple[Incident, ...]:
    """The incidents of one run with their members as another run reads them, so that ids outlive a change of rules.

    A member that the new run does not find is left out; an incident none of whose members is found stays, empty: its id is taken.
    """
    carried = []
    for incident in known:
        members = []
        for ref in incident.members:
            if ref.report in old and ref.report in new and ref.index < len(old[ref.report].reading.incidents):
                reading = old[ref.report].reading
                mention = reading.incidents[ref.index]
                index = mention_at(new[ref.report], mention.evidence or reading.sentences[:1], plain(mention))
                if index is not None:
                    members.append(IncidentRef(ref.report, index))
        carried.append(replace(incident, members=tuple(dict.fromkeys(members)), reasons=()))
    return tuple(carried)


def _words_of_members(incident: Incident, by_id: Mapping[str, ReadReport]) -> Iterator[Span]:
    for ref in incident.members:
        read = by_id.get(ref.report)
        if read is not None:
            yield from words_naming(read, read.reading.incidents[ref.index])


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    n = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        n += 1
    return n


def _share(one: Offsets, other: Offsets) -> float:
    """Part of both spans together that both hold: 1 for the same span, 0 for two that do not touch."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, common) / (max(one[1], other[1]) - min(one[0], other[0]))


def _covers(one: Offsets, other: Offsets) -> bool:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common >= HALF * min(one[1] - one[0], other[1] - other[0]) and common > 0
