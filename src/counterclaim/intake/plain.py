"""Read a plain text: its lines, wrapped ones joined to paragraphs, each with its place in the capture."""

from __future__ import annotations

import re

from counterclaim.intake.pieces import Piece, joined, taken

_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_NARROWEST, _WIDEST = 40, 120
"""Code points of the widest line of a text that was wrapped by hand or by a mailer: menus are narrower, a paragraph a line wider."""


def text_lines(decoded: str) -> list[Piece]:
    """The paragraphs of `decoded` in order: its lines that hold words, hard-wrapped ones joined by a space."""
    lines: list[tuple[int, int]] = []
    at = 0
    for end in _LINE_END.finditer(decoded):
        lines.append((at, end.start()))
        at = end.end()
    lines.append((at, len(decoded)))
    return [p for group in _unwrapped(decoded, lines) if (p := joined((taken(decoded, *g) for g in group), " ")).text]


def _unwrapped(decoded: str, lines: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Lines grouped to paragraphs. A line goes on in the next if the next one's first word would not have fitted behind it
    in the width of the text, which is how a text gets wrapped; a line that ends short ends its paragraph."""
    lengths = [len(decoded[s:e].rstrip()) for s, e in lines]
    width = max(lengths)
    groups: list[list[tuple[int, int]]] = []
    going_on = False
    for n, (start, end) in enumerate(lines):
        if not lengths[n]:
            going_on = False
            continue
        if going_on:
            groups[-1].append((start, end))
        else:
            groups.append([(start, end)])
        following = decoded[lines[n + 1][0] : lines[n + 1][1]].split(maxsplit=1) if n + 1 < len(lines) else []
        going_on = _NARROWEST <= width <= _WIDEST and bool(following) and lengths[n] + 1 + len(following[0]) > width
    return groups
