"""Reads one report: sentences, who says what, how many, and the mentions around them; nothing is resolved here."""

from __future__ import annotations

from dataclasses import replace

from counterclaim.reading.acts import accused_in, act_of
from counterclaim.reading.document import parse
from counterclaim.reading.figures import find_figures
from counterclaim.reading.mentions import find_events, find_mentions
from counterclaim.reading.sayings import Saying
from counterclaim.reading.statements import find_sayings
from counterclaim.records import Extraction, Figure, Mention, Statement

__all__ = ["RULES", "extract"]

RULES = "reading-1"
"""Version of the rules in this room; part of every run's record. Raise it with every change that changes facts."""


def extract(text: str) -> Extraction:
    """Everything that the words of `text` (English) yield by themselves; offsets are code points into it."""
    paragraphs = parse(text)
    mentions = find_mentions(paragraphs)
    figures = find_figures(text, paragraphs)
    sayings = find_sayings(text, paragraphs)
    statements = tuple(_statement(i, text, saying, mentions, figures) for i, saying in enumerate(sayings, 1))
    return Extraction(
        text=text,
        sentences=tuple(s for p in paragraphs for s in p.sentences()),
        paragraphs=tuple(p.span for p in paragraphs),
        statements=statements,
        figures=tuple(_with_statement(f, statements) for f in figures),
        mentions=mentions,
        events=find_events(paragraphs),
    )


def _statement(number: int, text: str, saying: Saying, mentions: tuple[Mention, ...], figures: tuple[Figure, ...]) -> Statement:
    act = act_of(text, saying, mentions, figures)
    about = saying.about
    if about is None and act in {"blame", "denial", "justification", "admission"}:
        about = accused_in(text, saying, mentions)
    return Statement(
        id=f"s{number}",
        content=tuple(saying.content),
        cue=tuple(saying.cue),
        source=tuple(saying.source),
        form=saying.form,
        act=act,
        confidence=round(saying.confidence, 2),
        via=tuple(saying.via),
        about=about,
        antecedent=saying.antecedent,
    )


def _with_statement(figure: Figure, statements: tuple[Statement, ...]) -> Figure:
    """The figure tied to the smallest statement whose content holds it."""
    start, end = figure.span
    holding = [s for s in statements if any(a <= start and end <= b for a, b in s.content)]
    if not holding:
        return figure
    inner = min(holding, key=lambda s: (sum(b - a for a, b in s.content), s.id))
    return replace(figure, statement=inner.id)
