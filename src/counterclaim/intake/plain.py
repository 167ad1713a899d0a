"""Read a plain text: its lines, wrapped ones joined to paragraphs, each with its place in the capture."""

from __future__ import annotations

import re

from counterclaim.intake.pieces import Piece, joined, taken

_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_SENTENCE_END = re.compile(r"[.!?…:][\"”’'»)\]]*\s*$")
_NARROWEST, _WIDEST = 40, 120
"""Code points of the widest line of a text wrapped by hand or by a mailer: menus are narrower, a paragraph a line wider."""


def paragraphs(decoded: str) -> list[Piece]:
    """The lines of `decoded` that hold words, for formats that wrap none: every line is a paragraph."""
    return [p for line in _lines(decoded) if (p := taken(decoded, *line)).text]


def text_lines(decoded: str) -> list[Piece]:
    """The paragraphs of `decoded` in order: its lines that hold words, hard-wrapped ones joined by a space."""
    groups = _unwrapped(decoded, _lines(decoded))
    return [p for group in groups if (p := joined((taken(decoded, *g) for g in group), " ")).text]


def _lines(decoded: str) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    at = 0
    for end in _LINE_END.finditer(decoded):
        lines.append((at, end.start()))
        at = end.end()
    return [*lines, (at, len(decoded))]


def _unwrapped(decoded: str, lines: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Lines grouped to paragraphs. A line goes on in the next if the next one's first word would not have fitted behind it
    in the width of the text, which is how a text gets wrapped; a line that ends short ends its paragraph. Where most such
    lines end a sentence, they are paragraphs of about one length and the text is not wrapped at all."""
    lengths = [len(decoded[s:e].rstrip()) for s, e in lines]
    width = max(lengths)
    full: set[int] = set()
    if _NARROWEST <= width <= _WIDEST:
        for n, (start, end) in enumerate(lines[1:]):
            following = decoded[start:end].split(maxsplit=1)
            if lengths[n] and following and lengths[n] + 1 + len(following[0]) > width:
                full.add(n)
        if 2 * sum(bool(_SENTENCE_END.search(decoded[lines[n][0] : lines[n][1]])) for n in full) > len(full):
            full.clear()
    groups: list[list[tuple[int, int]]] = []
    for n, line in enumerate(lines):
        if n - 1 in full:
            groups[-1].append(line)
        elif lengths[n]:
            groups.append([line])
    return groups
