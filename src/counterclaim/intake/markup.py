"""The visible words of a page in order, each with its place in the decoded capture."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator

from counterclaim.intake.pieces import Piece
from counterclaim.records import Segment

_TOKEN = re.compile(
    r"<!--|</?(?P<tag>[a-zA-Z][\w:-]*)[^<>]*>|<[!?][^<>]*>|(?P<entity>&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);?)"
    r"|(?P<words>[^<&\s]+(?: [^<&\s]+)*)|(?P<blank>\s+)|[<&]"
)
_UNSEEN = frozenset({"script", "style", "title", "noscript", "template", "svg", "head", "textarea", "select", "iframe"})
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "ruby", "rb", "rt", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
})  # fmt: skip


class VisibleWords:
    """A page's visible words as one piece, a block a line, searchable without regard to blanks."""

    def __init__(self, decoded: str) -> None:
        self.piece = _visible(decoded)
        self._words: list[int] = []
        self._run_starts: list[int] = []
        run: list[str] = []
        at = 0
        for m in re.finditer(r"\S+", self.piece.text):
            self._words.append(m.start())
            self._run_starts.append(at)
            run.append(m[0])
            at += len(m[0])
        self._run = "".join(run)

    def find(self, text: str, after: int = 0) -> tuple[Piece, int] | None:
        """The piece of the page that reads as `text`, blanks aside, and where it ends: the first from `after` on, else of all.

        `after` and the end are counted in letters of the page without its blanks. None where the page has no such words.
        """
        wanted = "".join(text.split())
        if not wanted:
            return None
        at = self._run.find(wanted, after)
        if at < 0:
            at = self._run.find(wanted)
        if at < 0:
            return None
        found = self.piece.cut(self._place(at), self._place(at + len(wanted) - 1) + 1)
        return found, at + len(wanted)

    def _place(self, at: int) -> int:
        k = bisect_right(self._run_starts, at) - 1
        return self._words[k] + at - self._run_starts[k]


def _visible(decoded: str) -> Piece:
    """The words of `decoded` that a reader sees, single blanks between words, line ends between blocks."""
    texts: list[str] = []
    segments: list[Segment] = []
    length = 0
    gap = ""
    for kind, start, words in _tokens(decoded):
        if kind == "gap":
            gap = "\n" if "\n" in (gap, words) else " "
            continue
        if gap and length:
            if gap == " " and decoded[start - 1] == " ":
                _grow(segments, length, start - 1, 1)
            texts.append(gap)
            length += 1
        gap = ""
        texts.append(words)
        if kind == "words":
            _grow(segments, length, start, len(words))
        length += len(words)
    return Piece("".join(texts), tuple(segments))


def _grow(segments: list[Segment], start: int, capture_start: int, length: int) -> None:
    """Add a segment, as part of the last one where it directly follows that on both sides."""
    last = segments[-1] if segments else None
    if last and last.start + last.length == start and last.capture_start + last.length == capture_start:
        segments[-1] = Segment(last.start, last.capture_start, last.length + length)
    else:
        segments.append(Segment(start, capture_start, length))


def _tokens(decoded: str) -> Iterator[tuple[str, int, str]]:
    """`words` as they stand, `entity` for what one stands for, and `gap` (" " between words, "\\n" between blocks)."""
    at = 0
    while m := _TOKEN.match(decoded, at):
        at = m.end()
        if m["words"] or (not m["tag"] and m[0] in "<&"):
            yield "words", m.start(), m[0]
        elif m["blank"]:
            yield "gap", m.start(), " "
        elif m["entity"]:
            letters = html.unescape(m[0])
            if letters.isspace():
                yield "gap", m.start(), " "
            else:
                yield "words" if letters == m[0] else "entity", m.start(), letters
        elif m[0] == "<!--":
            close = decoded.find("-->", at)
            at = len(decoded) if close < 0 else close + 3
        elif m["tag"] and m["tag"].lower() not in _INLINE:
            tag = m["tag"].lower()
            if tag in _UNSEEN and m[0][1] != "/" and not m[0].endswith("/>"):
                end = re.compile(rf"</{tag}\b", re.I).search(decoded, at)
                at = end.start() if end else at if tag == "head" else len(decoded)
            yield "gap", m.start(), "\n"
