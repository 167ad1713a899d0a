"""A report cut down to what its statements say and who its actors are: what linking needs of all reports at once."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from counterclaim.records import Offsets, Reading, ReadReport


def condensed(read: ReadReport) -> ReadReport:
    """The report with the words of its statements and cues only, a tenth of what it was.

    Names, sayings and claims are found across such reports as across whole ones: the words of each statement are the same, and
    stand in the same order.
    """
    report, reading = read.report, read.reading
    held = _joined(sorted(at for s in reading.statements for at in (*s.content, *s.cue)))
    starts: list[int] = []
    length = 0
    for start, end in held:
        starts.append(length)
        length += end - start
    begins = [start for start, _ in held]

    def moved(pieces: tuple[Offsets, ...]) -> tuple[Offsets, ...]:
        found = []
        for start, end in pieces:
            k = bisect_right(begins, start) - 1
            found.append((start - begins[k] + starts[k], end - begins[k] + starts[k]))
        return tuple(found)

    text = "".join(report.text[start:end] for start, end in held)
    statements = tuple(
        replace(s, content=moved(s.content), cue=moved(s.cue), source=(), via=(), hedge=(), about=None, antecedent=None)
        for s in reading.statements
    )
    actors = tuple(replace(a, mentions=(), why=()) for a in reading.actors)
    short = replace(report, text=text, segments=(), known=(), title=None, dateline=None, byline=None)
    return ReadReport(short, Reading(text=text, statements=statements, actors=actors, error=reading.error))


def _joined(spans: list[Offsets]) -> list[Offsets]:
    """Spans, ascending, as stretches that do not touch."""
    found: list[Offsets] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
