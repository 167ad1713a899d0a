"""Posts of social media pasted or exported as plain text: whose they are, when they were written, and their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from counterclaim.intake.dates import days
from counterclaim.intake.metadata import Dated, Facts
from counterclaim.intake.pieces import Piece, taken

_LINE = re.compile(r"[^\r\n]+")
_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?"
# "Name @handle · Mar 17, 2017", with name, handle and time on one line or on a line each, as a browser's page is pasted
_HANDLE = re.compile(r"(?P<name>[^@\n]{0,80}?)\s*\(?(?P<handle>@\w{2,30})\)?\s*(?:[·•|,:–—-]\s*(?P<time>.{0,60}?))?[\s·•]*")
# of one messenger "Channel, [17.03.2017 10:11]", of another "17/03/2017, 10:11 - Name: words", with or without brackets
_CHANNEL = re.compile(rf"(?P<name>[^\[\]\n]{{1,80}}), \[(?P<time>[\d./-]{{6,10}}(?:,| at)? {_CLOCK})\]:?\s*")
_CHAT = re.compile(rf"\[?(?P<time>[\d./-]{{6,10}},? {_CLOCK})\]?(?: -)? (?P<name>[^:\n]{{1,60}}): (?P<words>.*)")
# the time below a post that is shown alone
_FOOT = re.compile(rf"(?:{_CLOCK}\s*[·•]\s*)?(?P<time>[^·•]{{6,40}}?)(?:\s*[·•].{{0,40}})?")
# what a page shows around the words: counts, buttons, dots
_AROUND = re.compile(
    r"[\d.,\s]*[KkMmBb]?|[·•…\s]+|follow(?:ing)?|more|verified account|pinned(?: post)?|show (?:more|this thread)"
    r"|(?:[\d.,]+[KkMm]?\s*)?(?:repl(?:y|ies)|reposts?|retweets?|quotes?|likes?|bookmarks?|views?|shares?|comments?)"
    r"|translate (?:post|tweet)|translated from .{2,20}",
    re.I,
)
_MOST_BEFORE = 3
"""Lines in which the first handle stands: a name and what a page shows around it. A text that names one later is an article."""


@dataclass
class _Post:
    name: str | None = None
    handle: str | None = None
    day: str | None = None
    said: str = ""
    lines: list[tuple[int, int]] = field(default_factory=list)


def pasted(decoded: str) -> list[tuple[tuple[Piece, ...], Facts]] | None:
    """The posts of a plain text, each as its lines and what is known of it; None where the text is none of posts.

    A text is one of posts if it begins as one: with a handle and a time (above the words or, of one that is shown alone, below
    them), or with the heading that a messenger's export gives each message. A day that its writing leaves open (03/04/2017) stays
    unknown.
    """
    lines = [(m.start(), m.end()) for m in _LINE.finditer(decoded) if m[0].strip()]
    head = [decoded[slice(*line)].strip() for line in lines[: _MOST_BEFORE + 1]]
    messages = bool(head) and bool(_CHANNEL.fullmatch(head[0]) or _CHAT.fullmatch(head[0]))
    if not messages and not any(_HANDLE.fullmatch(line) for line in head[:_MOST_BEFORE]):
        return None
    posts = [p for p in (_messages if messages else _shown)(decoded, lines) if p.lines]
    if not posts or not any(p.said for p in posts):
        return None
    return [(tuple(piece for s, e in p.lines if (piece := taken(decoded, s, e)).text), _facts(p)) for p in posts]


def _messages(decoded: str, lines: list[tuple[int, int]]) -> Iterator[_Post]:
    """The messages of a messenger's export."""
    post = _Post()
    for start, end in lines:
        words = decoded[start:end].strip()
        heading, chat = _CHANNEL.fullmatch(words), _CHAT.fullmatch(words)
        if found := heading or chat:
            yield post
            post = _Post(name=found["name"].strip(), said=found["time"], day=_day(found["time"], day_first="." in found["time"]))
            if chat and chat["words"].strip():
                at = start + decoded[start:end].index(words) + chat.start("words")
                post.lines.append((at, end))
        else:
            post.lines.append((start, end))
    yield post


def _shown(decoded: str, lines: list[tuple[int, int]]) -> Iterator[_Post]:
    """The posts of a page as it is pasted: a name, a handle and a time before the words, or the time below them."""
    post = _Post()
    for n, (start, end) in enumerate(lines):
        words = decoded[start:end].strip()
        found = _HANDLE.fullmatch(words)
        told = found and (not found["time"] or _day(found["time"]))
        if found and told and (not post.handle or post.lines):
            name = found["name"].strip()
            if not name and post.lines and n and not _ends_sentence(decoded[slice(*lines[n - 1])]):
                # the line above a handle that stands alone is the name
                name = decoded[slice(*post.lines.pop())].strip()
            yield post
            time = found["time"] or ""
            post = _Post(name=name or None, handle=found["handle"], said=time, day=_day(time))
        elif not post.said and (day := _time_alone(words)):
            post.said, post.day = words, day
        elif not _AROUND.fullmatch(words):
            post.lines.append((start, end))
    yield post


def _ends_sentence(line: str) -> bool:
    return bool(re.search(r"[.!?…:][\"”’)\]]*\s*$", line))


def _time_alone(words: str) -> str | None:
    """The day of a line that is the time of a post and nothing else ("10:11 AM · Mar 17, 2017 · 1,234 Views")."""
    found = _FOOT.fullmatch(words)
    told = days(found["time"]) if found else ()
    if len(told) != 1 or not found:
        return None
    beside = found["time"][: told[0].start] + found["time"][told[0].end :]
    return told[0].value if re.fullmatch(rf"[\s,·•]*(?:at\s+)?(?:{_CLOCK})?[\s,·•]*", beside) else None


def _day(time: str, *, day_first: bool = False) -> str | None:
    """The day in the words of a time; None where it names none or leaves open which."""
    if day_first and (m := re.match(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\b", time)):
        try:
            return date(int(m[3]), int(m[2]), int(m[1])).isoformat()
        except ValueError:
            return None
    found = {d.value for d in days(time)}
    return found.pop() if len(found) == 1 else None


def _facts(post: _Post) -> Facts:
    published = Dated(post.day, "stated", note=f'"{post.said.strip()}"') if post.day else None
    return Facts(outlet=post.handle or post.name, byline=post.name or post.handle, published=published).by(
        "stated", "above the post"
    )
