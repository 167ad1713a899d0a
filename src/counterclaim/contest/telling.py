"""What a text itself says of the order of things: "at first", "later", "so far"."""

from __future__ import annotations

import re

from counterclaim.records import Span

_FIRST = re.compile(
    r"\b(?:at first|initially|originally|previously|earlier(?: (?:in the day|that day|on \w+|this \w+|that \w+))?|until then"
    r"|first (?:said|says|put|spoke|told|claimed|described|denied|insisted|reported|gave)"
    r"|for (?:days|weeks|months)\b[^.;]{0,60}\bhad"
    r"|had (?:at first |first |earlier |initially |previously )?(?:said|spoken|put|insisted|maintained|claimed|denied"
    r"|described))\b",
    re.I,
)
_LATER = re.compile(r"\b(?:later|now|since then|eventually|has since|revised|in the end)\b", re.I)
_SO_FAR = re.compile(
    r"\b(?:so far|to date|until now|up to now|thus far|as yet|already|still (?:digging|counting))\b",
    re.I,
)
_TAKEN_BACK = re.compile(
    r"\b(?:withdr[ae]w\w*|retract\w*|took back|takes back|taken back|disown\w*|no longer stands? by|walk\w* back)\b",
    re.I,
)
_CLAUSE = re.compile(r";|\bbut\b|\bwhile\b|\band (?:then|later|now)\b|[.!?]\s", re.I)


def order_told(sentence: Span, start: int, end: int) -> int:
    """-1 where the clause around `start` to `end` (offsets into the report) says that it came first, 1 where later, else 0."""
    clause = _clause(sentence, start, end)
    first, later = _FIRST.search(clause), _LATER.search(clause)
    if first and later:
        return 0
    return -1 if first else 1 if later else 0


def still_counting(sentence: Span, start: int, end: int) -> bool:
    """Whether the clause around a number says that the count goes on: "40 bodies so far" is no less than 40."""
    return _SO_FAR.search(_clause(sentence, start, end)) is not None


def taken_back(sentence: Span, start: int, end: int) -> bool:
    """Whether the clause around a number says that it was withdrawn ("it withdrew its figure of 50")."""
    return _TAKEN_BACK.search(_clause(sentence, start, end)) is not None


def _clause(sentence: Span, start: int, end: int) -> str:
    """The part of a sentence between the breaks before and behind some words of it."""
    before, after = sentence.quote[: max(start - sentence.start, 0)], sentence.quote[max(end - sentence.start, 0) :]
    breaks = [match.end() for match in _CLAUSE.finditer(before)]
    begin = breaks[-1] if breaks else 0
    following = _CLAUSE.search(after)
    return sentence.quote[begin : (end - sentence.start) + (following.start() if following else len(after))]
