"""Text that knows where its characters stand in the capture: taken, cleaned, cut and joined without losing the place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from counterclaim.records import Segment

# Soft hyphen, zero-width space, word joiner, byte order mark inside a text: no reader sees them and they split words.
# Joiners (U+200C, U+200D) stay: they are spelling in Persian and in Indic scripts.
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_BLANK = rf"[\s{_INVISIBLE}\x00-\x08\x0e-\x1f\x7f-\x9f]"
_UNEVEN = re.compile(rf"(?! (?!{_BLANK})){_BLANK}+")
_ASCII_RUN = re.compile(r"[\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of clean text; `segments` map it to the decoded capture, starts counted from the piece's own beginning."""

    text: str
    segments: tuple[Segment, ...] = ()

    def cut(self, start: int, end: int) -> Piece:
        """The stretch `text[start:end]` with its places."""
        kept = []
        for k in range(max(0, bisect_right(self.segments, start, key=lambda s: s.start) - 1), len(self.segments)):
            s = self.segments[k]
            if s.start >= end:
                break
            a, b = max(s.start, start), min(s.start + s.length, end)
            if a < b:
                kept.append(Segment(a - start, s.capture_start + a - s.start, b - a))
        return Piece(self.text[start:end], tuple(kept))


def taken(decoded: str, start: int, end: int) -> Piece:
    """The clean reading of `decoded[start:end]`."""
    return cleaned(Piece(decoded[start:end], (Segment(0, start, end - start),) if end > start else ()))


def cleaned(piece: Piece) -> Piece:
    """`piece` with clear mojibake mended, blanks and line ends as single spaces, invisible characters dropped, ends trimmed."""
    return _evened(_mended(piece))


def joined(pieces: Iterable[Piece], between: str = "") -> Piece:
    """The pieces in order with `between` them; segments that continue one another become one."""
    texts: list[str] = []
    segments: list[Segment] = []
    at = 0
    for n, piece in enumerate(pieces):
        if n and between:
            texts.append(between)
            at += len(between)
        for s in piece.segments:
            here = Segment(s.start + at, s.capture_start, s.length)
            last = segments[-1] if segments else None
            if last and last.start + last.length == here.start and last.capture_start + last.length == here.capture_start:
                segments[-1] = Segment(last.start, last.capture_start, last.length + here.length)
            else:
                segments.append(here)
        texts.append(piece.text)
        at += len(piece.text)
    return Piece("".join(texts), tuple(segments))


def _evened(piece: Piece) -> Piece:
    parts: list[Piece] = []
    at = 0
    for m in _UNEVEN.finditer(piece.text):
        if m.start() > at:
            parts.append(piece.cut(at, m.start()))
        if any(c.isspace() for c in m[0]):
            parts.append(Piece(" "))
        at = m.end()
    even = joined([*parts, piece.cut(at, len(piece.text))]) if at else piece
    return even.cut(len(even.text) - len(even.text.lstrip()), len(even.text.rstrip()))


def _mended(piece: Piece) -> Piece:
    """`piece` with its mojibake undone by ftfy, where it clearly is some and the ASCII between shows the place of all else."""
    if piece.text.isascii():
        return piece
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    if not is_bad(piece.text):
        return piece
    mended = fix_encoding(piece.text)
    before, after = list(_ASCII_RUN.finditer(piece.text)), list(_ASCII_RUN.finditer(mended))
    if mended == piece.text or is_bad(mended) or [m[0] for m in before] != [m[0] for m in after]:
        return piece
    parts: list[Piece] = []
    at = 0
    for old, new in zip(before, after, strict=True):
        parts += [Piece(mended[at : new.start()]), piece.cut(*old.span())]
        at = new.end()
    return joined([*parts, Piece(mended[at:])])
