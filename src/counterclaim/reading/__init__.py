"""Reads one report: sentences, who says what, how many, and the mentions around them; nothing is resolved here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from counterclaim.reading.accused import about_of
from counterclaim.reading.acts import hedges_in
from counterclaim.reading.agreement import sayings_of
from counterclaim.reading.clauses import Clauses
from counterclaim.reading.confidence import confidence_of
from counterclaim.reading.details import find_details
from counterclaim.reading.document import parse
from counterclaim.reading.figures import find_figures
from counterclaim.reading.mentions import find_events, find_mentions
from counterclaim.reading.sayings import Saying
from counterclaim.reading.several import parted
from counterclaim.reading.sifting import without_dead_speakers
from counterclaim.reading.triage import SET_ASIDE, TRIAGE, tells_of_violence
from counterclaim.records import Act, Extraction, Figure, Mention, Statement

__all__ = ["RULES", "SET_ASIDE", "TRIAGE", "extract", "tells_of_violence"]

RULES = "reading-7"
"""Version of the rules in this room; part of every run's record. Raise it with every change that changes facts."""


def extract(text: str) -> Extraction:
    """Everything that the words of `text` (English) yield by themselves; offsets are code points into it."""
    paragraphs = parse(text)
    mentions = find_mentions(paragraphs)
    figures = find_figures(text, paragraphs)
    sayings = sayings_of(text, paragraphs)
    without_dead_speakers(sayings, figures)
    clauses = Clauses(paragraphs)
    done = parted(text, sayings, clauses, figures)
    statements = tuple(_statement(i, text, saying, act, clauses, mentions, figures) for i, (saying, act) in enumerate(done, 1))
    claiming = [s for s, (saying, _) in zip(statements, done, strict=True) if not saying.presupposed]
    return Extraction(
        text=text,
        sentences=tuple(s for p in paragraphs for s in p.sentences()),
        paragraphs=tuple(p.span for p in paragraphs),
        statements=statements,
        figures=_with_statements(text, figures, claiming),
        mentions=mentions,
        events=find_events(paragraphs),
        details=find_details(paragraphs, claiming, text),
    )


def _statement(
    number: int,
    text: str,
    saying: Saying,
    act: Act,
    clauses: Clauses,
    mentions: Sequence[Mention],
    figures: Sequence[Figure],
) -> Statement:
    about = about_of(text, saying, act, clauses, mentions, figures)
    nobody = _nobody_says(text, saying)
    return Statement(
        id=f"s{number}",
        content=tuple(saying.content),
        cue=tuple(saying.cue),
        source=() if nobody else tuple(saying.source),
        form=saying.form,
        act=act,
        confidence=confidence_of(saying.heard, saying.ruled),
        via=tuple(saying.via),
        about=about,
        antecedent=None if nobody else saying.antecedent,
        hedge=hedges_in(text, saying),
    )


_SAID_OF = re.compile(r"(?:is|was|has been|had been|being|been)\s+(?:\w+ly\s+)?\w+(?:ed|en|wn|id|ld|nd)\b", re.IGNORECASE)


def _nobody_says(text: str, saying: Saying) -> bool:
    """Whether the "it" of "it was assessed that" says it, which stands for nobody, whatever else was taken for the source."""
    if not saying.cue or not _SAID_OF.match(text, saying.cue[0][0]):
        return False
    before = text[max(0, saying.cue[0][0] - 4) : saying.cue[0][0]].lower().split()
    return before[-1:] == ["it"]


_TELLS_WHICH = re.compile(
    r"\bthe\s+(?:[\w.'’-]+\s+){0,4}?(?:air\s?strikes?|strikes?|raids?|attacks?|bombings?|blasts?|explosions?|shelling|shootings?|incident"
    r"|spot|site|place)\b[^,;:!?\n]{0,60}?\s(?:that|which|where)\b[^,;:!?\n]{0,40}\Z",
    re.IGNORECASE,
)
"""Before a number that only tells which attack is meant: "blamed an error for the strike that killed 60"."""


_BREAKS = frozenset('.;:!?\n\u201c\u201d"')
"""Marks at which what is said ends."""


def _with_statements(text: str, figures: Sequence[Figure], statements: Sequence[Statement]) -> tuple[Figure, ...]:
    """Each figure tied to the smallest statement whose content holds it. One that follows another at once in the same breath
    ("nine were killed, six of them children") shares its statement, and one that begins where what is said ends ("fire killed |
    118 people") belongs to it: the parser often ends what is said a phrase too soon. One that only tells which attack is meant,
    and its parts, are the outlet's, unless in quotation marks."""
    out: list[Figure] = []
    for figure in figures:
        start, end = figure.span
        ended = [s for s in statements if s.content and 0 <= start - s.content[-1][1] <= 1 and text[start - 1] not in _BREAKS]
        holding = [s for s in statements if any(a <= start and end <= b for a, b in s.content)] or ended
        if figure.scope == "part" and holding and out and out[-1].statement is None and start - out[-1].span[1] <= 60:
            holding = [s for s in holding if not any(a <= out[-1].span[0] < b for a, b in s.content)]
        holding = [s for s in holding if s.form == "direct" or not any(_TELLS_WHICH.search(text, a, start) for a, _ in s.content)]
        inner = min(holding, key=lambda s: (sum(b - a for a, b in s.content), s.id), default=None)
        tied = replace(figure, statement=inner.id) if inner is not None else figure
        if inner is None and out and out[-1].statement is not None:
            between = text[out[-1].span[1] : start]
            # 60 code points hold ", while they waited for the trucks, and "
            if len(between) <= 60 and not _BREAKS & set(between):
                tied = replace(figure, statement=out[-1].statement)
        out.append(tied)
    return tuple(out)
