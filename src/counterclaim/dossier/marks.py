"""A report's text cut into pieces at the edges of its marked spans, so that overlapping spans can all be shown and reached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from counterclaim.records import Offsets


@dataclass(frozen=True, slots=True)
class Back:
    """A way back from a marked span to where it is used: the use in words, its anchor, its side's tone."""

    label: str
    anchor: str
    tone: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to be marked in a report. `kinds` say what it is ("sentence", "words", "content"), `tone` is its side's colour,
    `title` says in words what was read there, `backs` where it is used."""

    start: int
    end: int
    anchor: str
    kinds: tuple[str, ...]
    tone: int
    title: str
    backs: tuple[Back, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of laid out text: words (`text`), the opening of `mark` (`first` where it begins there, else it goes on from
    before a cut), or, with neither, the close of the innermost open mark."""

    text: str = ""
    mark: Mark | None = None
    first: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a report, line ends at its end included, so that the paragraphs' texts joined are the report's text; `notes`
    are the ways back from its marks, each with the anchors of the marks it belongs to."""

    number: int
    tokens: tuple[Token, ...]
    notes: tuple[tuple[Back, tuple[str, ...]], ...]


def paragraphs(text: str) -> tuple[Offsets, ...]:
    """Offsets of the paragraphs of `text`; they cover it without a gap."""
    return tuple(m.span() for m in re.finditer(r"\s*[^\n]+\n*|\n+", text))


def lay(text: str, marks: Sequence[Mark]) -> tuple[tuple[Paragraph, ...], tuple[str, ...]]:
    """The paragraphs of `text` with `marks` as properly nested tokens, and the anchors of the marks that had to be cut.

    Spans that lie inside one another are nested; one that crosses another or a paragraph's end is cut there and goes on
    as a piece of its own.
    """
    cut: set[str] = set()
    done = []
    for i, (start, end) in enumerate(paragraphs(text), 1):
        here = sorted((m for m in marks if m.start < end and m.end > start), key=lambda m: (m.start, -m.end))
        cut.update(m.anchor for m in here if m.end > end)
        tokens = _tokens(text, start, end, here, cut)
        notes: dict[Back, list[str]] = {}
        for m in here:
            for back in m.backs if m.start >= start else ():
                notes.setdefault(back, []).append(m.anchor)
        done.append(Paragraph(i, tokens, tuple((back, tuple(anchors)) for back, anchors in notes.items())))
    return tuple(done), tuple(sorted(cut))


def excerpts(laid: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs with nothing but what is marked in them, "…" for the rest; those without a mark are left out."""
    return tuple(
        replace(paragraph, tokens=tuple(_marked(paragraph))) for paragraph in laid if any(t.mark for t in paragraph.tokens)
    )


def _marked(paragraph: Paragraph) -> Iterator[Token]:
    depth = 0
    for token in paragraph.tokens:
        if not token.text:
            depth += 1 if token.mark else -1
        yield token if depth or not token.text else Token(text=" … " if token.text.strip() else token.text)


def _tokens(text: str, start: int, end: int, marks: Sequence[Mark], cut: set[str]) -> tuple[Token, ...]:
    edges = sorted({start, end, *(max(m.start, start) for m in marks), *(min(m.end, end) for m in marks)})
    tokens: list[Token] = []
    stack: list[Mark] = []
    for at, following in zip(edges, [*edges[1:], end], strict=True):
        again: list[Mark] = []
        while any(min(m.end, end) == at for m in stack):
            top = stack.pop()
            tokens.append(Token())
            if min(top.end, end) > at:
                again.append(top)
                cut.add(top.anchor)
        opening = again + [m for m in marks if max(m.start, start) == at and m.end > at]
        for m in sorted(opening, key=lambda m: -m.end):
            stack.append(m)
            tokens.append(Token(mark=m, first=m.start == at))
        if following > at:
            tokens.append(Token(text=text[at:following]))
    return tuple(tokens)
