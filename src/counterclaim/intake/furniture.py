"""Tell page furniture (menus, share buttons, notices, teasers) from what was reported, by kinds of line and never by site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

LONGEST = 600
"""Code points: twice the longest of 2,100 lines of furniture in saved US news texts (304); what is longer is read as text."""

_BETWEEN_SECTIONS = re.compile(r"\s*[|›»>•·/,]\s*|\s{2,}|\t")


@cache
def _table() -> tuple[tuple[tuple[str, re.Pattern[str]], ...], frozenset[str]]:
    """`furniture.txt`: the kinds, each with the one pattern its lines make, and the names of sections that menus list."""
    words: dict[str, str] = {}
    sections: set[str] = set()
    kinds: dict[str, list[str]] = {}
    under = ""
    for line in files("counterclaim.intake").joinpath("furniture.txt").read_text("utf-8").splitlines():
        if heading := re.fullmatch(r"\[([a-z ]+)\]", line):
            under = heading[1]
        elif not line or not under:
            continue
        elif under == "words":
            name, _, alternatives = line.partition(" = ")
            words[name] = f"(?:{alternatives})"
        elif under == "menu":
            sections.update(line.split(", "))
        else:
            kinds.setdefault(under, []).append(re.sub(r"<(\w+)>", lambda m: words[m[1]], line))
    return tuple((k, re.compile("|".join(f"(?:{p})" for p in ps), re.I)) for k, ps in kinds.items()), frozenset(sections)


_CLOSED = re.compile(r"[.!?…][\"”’'»)\]]*$")
_REPORTED = re.compile(
    r"\b(?:said|says|told|killed|wounded|injured|died|dead|denied|denies|accused|accuses|claimed|claims|stated|reported that|"
    r"acknowledged|admitted|announced|confirmed|condemned|blamed|attributed|casualt\w+|injur\w+|damage\w*|hit|struck)\b",
    re.I,
)
_OPENS, _CLOSES = "“«", "”»"
_QUOTED_LINES = 5
_OFTEN, _LONGEST_LABEL = 4, 100
"""On 40 saved pages of a recorder, what stood there four times or more was a label each time."""
_NOTICES = frozenset({"copyright", "archive notice", "terms", "newsletter", "placeholder", "rule"})
"""Kinds whose own sentences are long and closed, and that may use a verb of the reports ("has been reported")."""


def furniture(line: str) -> str | None:
    """The kind of page furniture that `line` is, else None.

    A line with quoted words, or a sentence with a verb of saying or of harm, is never furniture, but for legal notices.
    """
    line = line.strip().replace("’", "'")
    if not line or len(line) > LONGEST:
        return None
    kind = next((k for k, pattern in _table()[0] if pattern.fullmatch(line)), None)
    if kind and kind not in _NOTICES and (line[0] in _OPENS + '"' or (_CLOSED.search(line) and _REPORTED.search(line))):
        return None
    return kind


def menu(line: str) -> bool:
    """Whether `line` only lists sections of a site ("Home | World | Sport"). One alone counts, so ask outside the body only."""
    words = line.strip().casefold()
    sections = _table()[1]
    if not words or len(words) > 300:
        return False
    if words in sections:
        return True
    parts = [p for p in _BETWEEN_SECTIONS.split(words) if p]
    if len(parts) == 1:
        parts = words.split()
    known = sum(p in sections for p in parts)
    # Four in five: a menu carries a name or two of its own ("Home | World | KXYZ Investigates").
    return len(parts) >= 2 and known >= 2 and known >= 0.8 * len(parts)


def sentence(line: str) -> bool:
    """Whether `line` reads as a sentence of the report: closed, with eight words or more, or too long for a headline."""
    words = len(line.split())
    return words > 30 or (words >= 8 and bool(_CLOSED.search(line.rstrip())))


def labels(lines: Sequence[str]) -> frozenset[int]:
    """The numbers of lines that are said over and over in the same words, as the labels of a page are ("Click to unblur.").

    What tells of harm or speech may be repeated in a bulletin ("No one was killed.") and is no label.
    """
    counts = Counter(line.strip() for line in lines)
    repeated = {t for t, n in counts.items() if t and n >= _OFTEN and len(t) <= _LONGEST_LABEL and not _REPORTED.search(t)}
    return frozenset(n for n, line in enumerate(lines) if line.strip() in repeated and not re.search(r"\d", line))


def quotes_beyond(lines: Sequence[str]) -> frozenset[int]:
    """The numbers of lines inside a quotation that begins in an earlier line and ends in a later one or in the line itself.

    Only curly quotation marks tell an opening from a close. A quotation that is not closed within `_QUOTED_LINES` lines
    was never meant to go on.
    """
    inside: set[int] = set()
    for n, line in enumerate(lines):
        if _open_quotes(line) > 0:
            for k in range(n + 1, min(n + 1 + _QUOTED_LINES, len(lines))):
                if _open_quotes(lines[k]) < 0:
                    inside.update(range(n + 1, k + 1))
                    break
    return frozenset(inside)


def _open_quotes(line: str) -> int:
    return sum(line.count(c) for c in _OPENS) - sum(line.count(c) for c in _CLOSES)


_QUOTED = re.compile(r"[“«][^”»]*(?:[”»]|$)|\"[^\"]*(?:\"|$)")


def quoted_parts(line: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each quotation in `line`; one left open reaches to its end."""
    return tuple(m.span() for m in _QUOTED.finditer(line))
