"""The parsed text: paragraphs, sentences and tokens with offsets, parsed so that nothing leaks over a paragraph's edge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counterclaim.models import load_parser
from counterclaim.records import Offsets

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BREAK = re.compile(r"[ \t\r\f\v\u00a0]*\n(?:\s*\n\s*|[^\S\n]*(?![a-z]))")
"""A line break ends a paragraph, for reports put one paragraph on a line and a headline or byline must not run into
the first sentence; but not where a single break is followed by a small letter, as in text wrapped at a fixed width."""

_BLOCK = 20_000
"""Code points parsed at once. Far above any paragraph's length; bounds memory (the parser takes about 1 GB for 100,000)."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a text, parsed: `span` its offsets, `doc` its tokens (their `idx` counts from the paragraph's start)."""

    span: Offsets
    doc: Doc

    def start_of(self, token: Token) -> int:
        """Offset of a token's first code point in the whole text."""
        return self.span[0] + token.idx

    def end_of(self, token: Token) -> int:
        """Offset after a token's last code point in the whole text."""
        return self.span[0] + token.idx + len(token.text)

    def offsets(self, first: Token, last: Token) -> Offsets:
        """Offsets from token `first` to token `last`, both included."""
        return self.start_of(first), self.end_of(last)

    def tokens(self, span: Offsets) -> list[Token]:
        """The tokens that `span`, offsets in the whole text, touches, blanks left out."""
        start, end = max(0, span[0] - self.span[0]), min(span[1], self.span[1]) - self.span[0]
        found = self.doc.char_span(start, end, alignment_mode="expand") if start < end else None
        return [t for t in found if not t.is_space] if found is not None else []

    def sentences(self) -> Iterator[Offsets]:
        """Offsets of its sentences, in order."""
        for sentence in self.doc.sents:
            tokens = [t for t in sentence if not t.is_space]
            if tokens:
                yield self.offsets(tokens[0], tokens[-1])


def paragraphs_of(text: str) -> Iterator[Offsets]:
    """Offsets of the paragraphs of `text`, blanks at their edges left out; one over `_BLOCK` is cut at a blank."""
    start = 0
    for edge in [*_BREAK.finditer(text), None]:
        end = edge.start() if edge else len(text)
        while end - start > _BLOCK:
            cut = text.rfind(" ", start, start + _BLOCK)
            cut = cut if cut > start else start + _BLOCK
            yield from _stripped(text, start, cut)
            start = cut
        yield from _stripped(text, start, end)
        start = edge.end() if edge else end


def _stripped(text: str, start: int, end: int) -> Iterator[Offsets]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if piece.strip():
        yield start + left, start + len(piece.rstrip())


def parse(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of `text`, each a document of its own to the parser, so that the same paragraph parses the same.

    Those of one text go through it together, at most `_BLOCK` code points at once: on 484 paragraphs of news every tag, head and
    name was the same as one by one, in 0.56 of the time. Other texts are never among them.
    """
    parser = load_parser()
    plain = plain_of(text)
    found: list[Paragraph] = []
    for spans in _together(paragraphs_of(text)):
        docs = (_with_whole_quotes(parser.make_doc(plain[slice(*span)])) for span in spans)
        found.extend(map(Paragraph, spans, parser.pipe(docs, batch_size=len(spans))))
    return tuple(found)


def _together(spans: Iterable[Offsets]) -> Iterator[list[Offsets]]:
    """The spans in order, in runs of at most `_BLOCK` code points."""
    run: list[Offsets] = []
    for span in spans:
        if run and span[1] - run[0][0] > _BLOCK:
            yield run
            run = []
        run.append(span)
    if run:
        yield run


_STRAIGHT = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‑": "-", "\u00a0": " ", "\u202f": " "}
)
_LOOKS_LIKE_A_VERB = re.compile(r"\bIS\b")


_MASKED = re.compile(r"\b([^\W\d_]+)\*([^\W\d_]+)\b")
"""A word masked against moderation: "kil*led"."""


_PICTURES = re.compile("[\u2600-\u27bf\u2b05-\u2b55\u200d\u20e3\ufe0f\U0001f000-\U0001faff]+")
"""Pictures among the words of posts: parser and tagger break a sentence at them, and lose who says the rest."""


def without_pictures(text: str) -> str:
    """`text` with blanks for pictures, as long as it was."""
    return _PICTURES.sub(lambda found: " " * len(found[0]), text)


def plain_of(text: str) -> str:
    """`text` as the parser reads it best, code point for code point as long: it was trained on straight marks, and takes the
    group's initials "IS" for the verb where it would take another name of two letters right. Masked words are read through,
    pictures passed over."""
    plain = _MASKED.sub(r"\1\2 ", without_pictures(text).translate(_STRAIGHT))
    if plain.isupper():
        return lowered(plain)
    return _LOOKS_LIKE_A_VERB.sub("UN", plain)


def lowered(text: str) -> str:
    """A text all in capitals, as telexes came, in small letters and as long: neither parser nor words know it otherwise.

    A letter whose small form is longer stays as it is.
    """
    if len(small := text.lower()) == len(text):
        return small
    return "".join(small if len(small := c.lower()) == 1 else c for c in text)


def _with_whole_quotes(doc: Doc) -> Doc:
    """Keeps a closing quotation mark with the sentence before: the parser likes to begin the next one with it."""
    opened = False
    for token in doc:
        if token.text in _MARKS:
            if opened and token.i:
                token.is_sent_start = False
            opened = not opened
    return doc


_MARKS = frozenset({'"', "``", "''"})
