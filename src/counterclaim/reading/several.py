"""Cuts a saying that does several things in one breath into one for each: "it did strike them and is still investigating"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from counterclaim.reading.acts import act_by_cue, act_of_words
from counterclaim.reading.clauses import Clauses, Told
from counterclaim.reading.sayings import Saying
from counterclaim.records import Act, Figure, Offsets

_STANDS_ALONE: frozenset[Act] = frozenset(
    {"blame", "denial", "admission", "justification", "investigation", "demand", "regret", "figure"}
)
"""Acts for which a clause is cut off; what does none of them stays with the clause before."""

_JOINT = re.compile(r"(?:[\s,;—–-]|\b(?:and|but|while|yet|that|though|although)\b)+", re.IGNORECASE)
_WORDS = 3
"""Words that a clause has at least to be cut off: fewer are a turn of speech ("they regret it")."""


def parted(text: str, sayings: Sequence[Saying], clauses: Clauses, figures: Sequence[Figure]) -> list[tuple[Saying, Act]]:
    """Each saying with its act; one whose coordinate clauses perform different acts once for each run of clauses with one act.

    A cue that performs the act itself ("denied that ... and that ...") does so for all that follows it.
    """
    out: list[tuple[Saying, Act]] = []
    for saying in sayings:
        by_cue = act_by_cue(text, saying)
        if by_cue is not None:
            out.append((saying, by_cue))
            continue
        runs = _runs(text, saying, clauses, figures)
        if len(runs) < 2:
            out.append((saying, act_of_words(text, saying, clauses, figures)))
            continue
        for content, act in runs:
            # whom the cue names is whom the clause right behind it is about
            about = saying.about if content is runs[0][0] else None
            out.append((replace(saying, content=content, cue=list(saying.cue), source=list(saying.source), about=about), act))
    return out


def _runs(text: str, saying: Saying, clauses: Clauses, figures: Sequence[Figure]) -> list[tuple[list[Offsets], Act]]:
    """The content as runs of clauses, each with its act; none where it is one clause."""
    runs: list[tuple[list[Offsets], Act]] = []
    parts = list(_clauses(text, saying.content, Told(clauses, saying.content)))
    for content in parts if len(parts) > 1 else ():
        act = act_of_words(text, replace(saying, content=content), clauses, figures)
        short = sum(len(text[a:b].split()) for a, b in content) < _WORDS
        if runs and (short or act == runs[-1][1] or act not in _STANDS_ALONE):
            runs[-1] = ([*runs[-1][0], *content], runs[-1][1])
        elif runs and runs[-1][1] not in _STANDS_ALONE:
            runs[-1] = ([*runs[-1][0], *content], act)
        else:
            runs.append((content, act))
    return [(_joined(text, content), act) for content, act in runs]


def _clauses(text: str, content: Sequence[Offsets], told: Told) -> Iterator[list[Offsets]]:
    """The content cut where a coordinate main clause begins, without the words that join them."""
    edges = told.joints()
    current: list[Offsets] = []
    for start, end in content:
        at = start
        for edge in [e for e in edges if start < e < end]:
            current += _stripped(text, at, edge)
            if current:
                yield current
            current, at = [], edge
        current += _stripped(text, at, end)
    if current:
        yield current


def _stripped(text: str, start: int, end: int) -> list[Offsets]:
    joint = _JOINT.match(text, start, end)
    if joint is not None:
        start = joint.end()
    end = start + len(text[start:end].rstrip(" ,;—–\n"))
    return [(start, end)] if start < end else []


def _joined(text: str, pieces: Sequence[Offsets]) -> list[Offsets]:
    """Pieces that only a joint parts, as one again."""
    out: list[Offsets] = []
    for start, end in pieces:
        if out and not _JOINT.sub("", text[out[-1][1] : start]).strip():
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out
