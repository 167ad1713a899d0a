"""A sentence in its paragraph, and a whole report, with what was read there marked and keyed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from counterclaim.dossier import words
from counterclaim.dossier.marks import Mark, Paragraph, lay, paragraphs
from counterclaim.records import Offsets, ReadReport

AROUND = 240
"""Code points of a long paragraph shown before and after the sentence: about three lines of the panel."""

Kind = Literal["said", "cue", "source", "figure", "actor", "place", "date", "at", "hit"]

KEY: dict[Kind, str] = {
    "said": "what is said", "cue": "words of saying", "source": "who says it", "figure": "a toll", "actor": "somebody named",
    "place": "a place", "date": "a date",
}  # fmt: skip
"""What the marks of a report mean, in the order of the key."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or the part of it around the words, with the words marked."""

    read: ReadReport
    number: int | None
    at: Offsets
    paragraph: int
    before: str
    pieces: tuple[Paragraph, ...]
    after: str

    @property
    def place(self) -> str:
        """The words' offsets as an address carries them."""
        return f"{self.at[0]}-{self.at[1]}"


def passage_of(read: ReadReport, number: int | None, at: Offsets) -> Passage:
    """The passage around the words at `at`, from the report numbered `number`; None where no number is shown."""
    text = words.inert(read.report.text)
    n, (start, end) = next(((n, p) for n, p in enumerate(paragraphs(text), 1) if at[0] < p[1]), (1, (0, len(text))))
    end = max(end, at[1])
    sentence = read.reading.sentence_of(at)
    first, last = max(start, sentence[0] - AROUND), min(end, sentence[1] + AROUND)
    # Not to begin or end within a word, unless the text is written without spaces.
    first = text.find(" ", first, sentence[0]) + 1 or first if first > start else start
    last = max(text.rfind(" ", sentence[1], last), sentence[1]) if last < end else end
    first, last = min(first, at[0]), max(last, at[1])
    marks = [_mark(sentence, "sentence"), _mark(at, "hit")] if sentence != at else [_mark(at, "hit")]
    shifted = [_mark((max(m.start - first, 0), min(m.end - first, last - first)), m.kinds[0]) for m in marks]
    laid, _ = lay(text[first:last].rstrip(), [m for m in shifted if m.start < m.end])
    return Passage(
        read=read,
        number=number,
        at=at,
        paragraph=n,
        before="… " if first > start else "",
        pieces=laid,
        after=" …" if last < end else "",
    )


def marked(read: ReadReport, at: Offsets | None = None, hits: Sequence[Offsets] = ()) -> tuple[Paragraph, ...]:
    """The report's paragraphs with everything that was read marked by its kind; `at` are the words that were asked for, `hits`
    those that were searched for."""
    marks: dict[Offsets, tuple[list[Kind], list[str]]] = {}
    for offsets, kind, title in (*_read(read), *((hit, "hit", "") for hit in hits), *(((at, "at", ""),) if at else ())):
        kinds, titles = marks.setdefault(offsets, ([], []))
        if kind not in kinds:
            kinds.append(kind)
        if title and title not in titles:
            titles.append(title)
    length = len(read.report.text)
    laid = [
        Mark(start, end, f"w{start}-{end}", tuple(kinds), 0, words.inert("; ".join(titles)))
        for (start, end), (kinds, titles) in sorted(marks.items())
        if 0 <= start < end <= length
    ]
    return lay(words.inert(read.report.text), laid)[0]


def _read(read: ReadReport) -> Iterator[tuple[Offsets, Kind, str]]:
    for s in read.reading.statements:
        who = words.names(s.speaker) if s.speaker else "the outlet itself"
        for piece in s.content:
            yield piece, "said", f"{who} {words.ACTS[s.act]}"
        for piece in s.cue:
            yield piece, "cue", ""
        for piece in s.source:
            yield piece, "source", who
    for f in read.reading.figures:
        phrase = words.toll_phrase(f.low, f.high, f.qualifier, read.report.text[f.span[0] : f.span[1]])
        group = "" if f.victims == "unspecified" else f" {words.VICTIMS[f.victims]}"
        yield f.span, "figure", f"{phrase}{group} {f.harm}, {f.scope}"
    for a in read.reading.actors:
        for piece in a.mentions:
            yield piece, "actor", a.name
    for p in read.reading.places:
        yield p.span, "place", words.place_phrase(p.place)
    for d in read.reading.dates:
        yield d.span, "date", words.date_phrase(d.value) if d.type == "date" else d.value


def _mark(at: Offsets, kind: str) -> Mark:
    return Mark(at[0], at[1], f"w{at[0]}-{at[1]}", (kind,), 0, "")


def found_words(text: str, asked: str) -> tuple[Offsets, ...]:
    """Where the words searched for stand: whole words, and phrases in quotation marks, whatever their case and accents."""
    folded = _folded(text)
    terms = [phrase or word for phrase, word in re.findall(r'"([^"]+)"|([^\s"]+)', asked)]
    places = []
    for term in terms[:20]:
        bare = _folded(term.rstrip("*"))
        if bare:
            ends = "" if term.endswith("*") else r"(?!\w)"
            places += [match.span() for match in re.finditer(rf"(?<!\w){re.escape(bare)}{ends}", folded)]
    return tuple(sorted(places))


def _folded(text: str) -> str:
    """The text in small letters without accents, every character in its place."""
    return "".join((unicodedata.normalize("NFD", c)[:1].casefold() or c)[:1] for c in text)
