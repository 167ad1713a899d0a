"""Say of every line of a report what it is: headline, byline, date, credit, caption, furniture or the text itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from counterclaim.intake.credits import Dateline, byline, credit_line, dateline
from counterclaim.intake.dates import date_line
from counterclaim.intake.furniture import furniture, labels, menu, quotes_beyond, sentence

Kind = Literal["blank", "title", "text", "byline", "date", "credit", "caption", "furniture"]

STAYS: frozenset[Kind] = frozenset({"title", "text"})
"""The kinds that make the clean text; all others are read for what they say of the report and then left out."""

# Of 6,000 titles in six news sets 98 % are no longer; what is longer is more often a sentence without its full stop.
_LONGEST_TITLE = 160
_ABBREVIATED = re.compile(r"(?:\b[A-Z]\.){2,}$|\b(?:Inc|Corp|Co|Jr|Sr|Ltd|St)\.$")
_CAPTION = re.compile(
    r"(?:the|a|an|this|in this|above|below)\s"
    r"|.*\b(?:file (?:photo|picture)|(?:pictured|left|right|cent(?:er|re))\)?$|seen (?:here|in|on|at|after)\b)",
    re.I,
)
# A bracket behind a sentence, or one that credits a picture, ends a caption: "... on Sunday. (Ann Ray)", "Bo Li (File photo)".
_CREDITED = re.compile(
    r"[.!?…]\s*[\[(][^()]*[\])]$|[\[(][^()]*\b(?:photo|image|picture|photograph)s?\b[^()]*[\])]$|\((?:left|from left)", re.I
)


@dataclass(frozen=True, slots=True)
class Layout:
    """The kind of every line, in order; `title` the number of the headline, `body` the number of the first line of the
    story itself (None where there is none), and `dateline` what that line begins with."""

    kinds: tuple[Kind, ...]
    title: int | None = None
    body: int | None = None
    dateline: Dateline | None = None


def lay_out(lines: Sequence[str]) -> Layout:
    """The layout of a report's lines (no line ends in them). Whatever no rule speaks against is text."""
    kinds: list[Kind] = [_alone(line) for line in lines]
    for n in labels(lines):
        kinds[n] = "furniture" if kinds[n] == "text" else kinds[n]
    for n in quotes_beyond(lines):
        kinds[n] = "text" if kinds[n] == "furniture" else kinds[n]
    told = [n for n, k in enumerate(kinds) if k == "text" and (sentence(lines[n]) or dateline(lines[n]))]
    body, end = (told[0], told[-1]) if told else (None, None)
    head = range(body if body is not None else len(lines))
    tail = range(end + 1, len(lines)) if end is not None else range(0)
    for n in (*head, *tail):
        if kinds[n] == "text":
            kinds[n] = _around(lines[n], n, head)
    title = _title(lines, kinds, head, body)
    _drop_tail(lines, kinds, tail)
    return Layout(tuple(kinds), title, body, dateline(lines[body]) if body is not None else None)


def _alone(line: str) -> Kind:
    """What a line is wherever it stands."""
    if not line.strip():
        return "blank"
    return "furniture" if furniture(line) else "text"


def _around(line: str, n: int, head: range) -> Kind:
    """What a line before or after the story is, beyond what it is wherever it stands."""
    if menu(line):
        return "furniture"
    if date_line(line):
        return "date"
    if credit_line(line):
        return "credit"
    return "byline" if n in head and byline(line) else "text"


def _title(lines: Sequence[str], kinds: list[Kind], head: range, body: int | None) -> int | None:
    """Find the headline among the lines above the story and mark it; mark captions on the way."""
    for n in head:
        if kinds[n] != "text":
            continue
        credited = next((k for k in range(n + 1, len(lines)) if kinds[k] != "blank"), None)
        # A photo credit right below: the line tells of the photo if it is worded so, else it is the headline above the photo.
        if credited == n + 1 and furniture(lines[credited]) == "photo credit" and _CAPTION.match(lines[n].strip()):
            kinds[n] = "caption"
        elif _headline(lines[n].strip()) and body is not None:
            kinds[n] = "title"
            return n
        else:
            return None
    return None


def _headline(line: str) -> bool:
    if len(line) > _LONGEST_TITLE:
        return False
    closed = line.endswith((".", ":", ",", ";", "…")) and not _ABBREVIATED.search(line)
    captioned = _CREDITED.search(line)
    listed = line.startswith(("-", "–", "•", "*", "#"))
    # Two words are a name under a picture or a section; of the same 6,000 titles 0.4 % are so short.
    return not closed and not captioned and not listed and len(line.split()) >= 3


def _drop_tail(lines: Sequence[str], kinds: list[Kind], tail: range) -> None:
    """Below a heading of teasers at the end of a page, what does not read as a sentence is a teaser too."""
    below = False
    for n in tail:
        below = below or (kinds[n] == "furniture" and furniture(lines[n]) in ("teasers", "tags", "comments"))
        if below and kinds[n] == "text":
            kinds[n] = "furniture"
