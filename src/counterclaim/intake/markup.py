"""The visible words of a page in order, each with its place in the decoded capture."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from functools import cache

from counterclaim.intake.pieces import Piece
from counterclaim.records import Segment

_UNSEEN = frozenset({"script", "style", "title", "noscript", "template", "svg", "head", "textarea", "select", "iframe"})
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "ruby", "rb", "rt", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_NAME_ENDS = r"(?![\w:-])"
# A run of blanks and tags is one token: of a saved page's tokens three in five are such, and Python's loop is what costs.
_TOKEN = re.compile(
    rf"(?P<gap>(?:\s+|<(?!(?i:{'|'.join(sorted(_UNSEEN))}){_NAME_ENDS})/?[a-zA-Z][\w:-]*[^<>]*>)+)"
    r"|(?P<words>[^<&\s]+(?: [^<&\s]+)*)|(?P<entity>&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);?)"
    r"|<!--|<(?P<unseen>[a-zA-Z][\w:-]*)[^<>]*>|<[!?][^<>]*>|[<&]"
)
_BLOCK = re.compile(rf"</?(?!(?:{'|'.join(sorted(_INLINE))}){_NAME_ENDS})[a-z]", re.I)
_BLANK = re.compile(r"^\s|>\s")


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
    """The words of `decoded` that a reader sees, single blanks between words, line ends between blocks.

    One loop over the page and no calls in it: of reading a page a sixth is spent here.
    """
    texts: list[str] = []
    segments: list[Segment] = []
    length = at = 0
    gap = ""
    match = _TOKEN.match
    while m := match(decoded, at):
        start, at = m.span()
        kind = m.lastgroup
        if kind == "gap":
            run = m[0]
            if "<" in run and _BLOCK.search(run):
                gap = "\n"
            elif not gap and _BLANK.search(run):
                gap = " "
            continue
        if kind == "unseen":
            tag = m["unseen"].lower()
            if decoded[at - 2] != "/":
                end = _ends(tag).search(decoded, at)
                at = end.start() if end else at if tag == "head" else len(decoded)
            gap = "\n"
            continue
        words = m[0]
        if kind == "entity":
            letters = html.unescape(words)
            if letters.isspace():
                gap = gap or " "
                continue
            kind, words = ("words" if letters == words else kind), letters
        elif kind is None:
            if words == "<!--":
                close = decoded.find("-->", at)
                at = len(decoded) if close < 0 else close + 3
                continue
            if words not in "<&":
                continue
            kind = "words"
        if gap:
            if length:
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


@cache
def _ends(tag: str) -> re.Pattern[str]:
    return re.compile(rf"</{tag}\b", re.I)


def _grow(segments: list[Segment], start: int, capture_start: int, length: int) -> None:
    """Add a segment, as part of the last one where it directly follows that on both sides."""
    last = segments[-1] if segments else None
    if last and last.start + last.length == start and last.capture_start + last.length == capture_start:
        segments[-1] = Segment(last.start, last.capture_start, last.length + length)
    else:
        segments.append(Segment(start, capture_start, length))
