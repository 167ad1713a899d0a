"""A report's text cut into pieces at the edges of its marked spans, so that overlapping spans can all be shown and reached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from counterclaim.dossier import clauses
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


_LEFT_OUT = " … "


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


def excerpts(laid: Sequence[Paragraph], most: int | None = None) -> tuple[Paragraph, ...]:
    """The paragraphs with nothing but what is marked in them, "…" for the rest; those without a mark are left out. Of a marked
    sentence that is longer than `most` characters stand the words that count in it and what of those around them finds room."""
    return tuple(
        replace(paragraph, tokens=tuple(_once(_marked(paragraph, most))))
        for paragraph in laid
        if any(token.mark for token in paragraph.tokens)
    )


def _once(tokens: Iterator[Token]) -> Iterator[Token]:
    """The tokens with one "…" where several follow each other."""
    left_out = False
    for token in tokens:
        if not (left_out and token.text == _LEFT_OUT):
            yield token
        left_out = token.text == _LEFT_OUT or (left_out and not token.text.strip())


def _marked(paragraph: Paragraph, most: int | None) -> Iterator[Token]:
    depth, run = 0, list[Token]()
    for token in paragraph.tokens:
        if not token.text:
            depth += 1 if token.mark else -1
        elif not depth:
            token = Token(text=_LEFT_OUT if token.text.strip() else token.text)
        if depth or not token.text:
            run.append(token)
        if run and not depth:
            yield from run if most is None else _shortened(run, most)
            run = []
        if token.text and not depth:
            yield token


def _shortened(run: Sequence[Token], most: int) -> Iterator[Token]:
    """One stretch of marked tokens, with "…" for what is not kept of it."""
    text = "".join(token.text for token in run)
    kept = _kept(text, _counting(run), most) if len(text) > most else [(0, len(text))]
    at, gap = 0, False
    for token in run:
        if not token.text:
            yield token
            continue
        end = at + len(token.text)
        while at < end:
            here = next(((a, b) for a, b in kept if a <= at < b), None)
            to = min(end, here[1] if here else min((a for a, _ in kept if a > at), default=len(text)))
            if here:
                yield Token(text=text[at:to])
            elif not gap:
                yield Token(text=_LEFT_OUT)
            at, gap = to, here is None


def _counting(run: Sequence[Token]) -> list[Offsets]:
    """Where in the stretch the words stand that count: those of marks that are more than the sentence's own, the shortest first;
    the whole where there are none."""
    at, opened, found = 0, list[tuple[Mark, int]](), list[Offsets]()
    for token in run:
        if token.mark:
            opened.append((token.mark, at))
        elif not token.text:
            mark, start = opened.pop()
            if set(mark.kinds) - {"sentence"} and at > start:
                found.append((start, at))
        at += len(token.text)
    return sorted(found or [(0, at)], key=lambda span: (span[1] - span[0], span))


def _kept(text: str, counting: Sequence[Offsets], most: int) -> list[Offsets]:
    """What of `text` stands in `most` characters or hardly more: the words that count, as many as find room and the beginning of
    the others, then words around them. A name stands whole or not at all."""
    kept: list[Offsets] = []
    room = most
    for start, end in counting:
        if _new((start, end), kept) > room:
            end = start + clauses.head(text[start:end], room)
        if end > start:
            room -= _new((start, end), kept)
            kept = _joined([*kept, (start, end)])
    kept = _joined([clauses.widened(text, *span) for span in kept or counting[:1]])
    for n, (start, end) in enumerate(kept):
        before, after = kept[n - 1][1] if n else 0, kept[n + 1][0] if n + 1 < len(kept) else len(text)
        more = clauses.head(text[end:after], max(0, room // 2))
        less = clauses.tail(text[before:start], max(0, room - more))
        room -= more + (start - before - less)
        kept[n] = (before + less, end + more)
    return _joined(kept)


def _new(span: Offsets, kept: Sequence[Offsets]) -> int:
    """How much of the span is not in `kept`, whose spans do not overlap."""
    return span[1] - span[0] - sum(max(0, min(span[1], b) - max(span[0], a)) for a, b in kept)


def _joined(spans: Sequence[Offsets]) -> list[Offsets]:
    """The spans in order, those that touch or overlap as one."""
    joined: list[Offsets] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


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
