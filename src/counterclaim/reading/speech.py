"""Quotation marks as evidence: every quoted stretch goes to the cue beside it or to whoever spoke last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from counterclaim.reading.cues import CUES
from counterclaim.reading.document import Paragraph
from counterclaim.reading.frames import closes_what_is_said
from counterclaim.reading.phrases import cue_tokens, implied_subject, inverted_subject, phrase_of, subject
from counterclaim.reading.quotations import Quotation
from counterclaim.reading.sayings import Saying
from counterclaim.reading.speakers import can_speak
from counterclaim.records import Form, Offsets

if TYPE_CHECKING:
    from spacy.tokens import Token


def with_quotations(
    text: str,
    paragraph: Paragraph,
    sayings: list[Saying],
    speech: Sequence[Quotation],
    previous: Saying | None,
) -> list[Saying]:
    """Gives every quotation that no saying holds to the cue beside it, or to whoever spoke last."""
    for quotation in speech:
        if any(s.covers(quotation.span) > 0.5 for s in sayings):
            continue
        part_of = next((s for s in sayings if any(quotation.span[0] < b and quotation.span[1] > a for a, b in s.content)), None)
        near = part_of or _cue_beside(text, paragraph, sayings, quotation) or _bare_cue(paragraph, quotation)
        if near is not None:
            if near not in sayings:
                sayings.append(near)
            near.content = sorted({*near.content, quotation.span})
            continue
        first = not text[paragraph.span[0] : quotation.span[0]].strip()
        said_before = max((s for s in sayings if s.start < quotation.span[0]), key=lambda s: s.start, default=None)
        last = said_before or previous
        saying = Saying([quotation.span], [], lemma="")
        whole = quotation.span[1] - quotation.span[0] > 0.6 * (paragraph.span[1] - paragraph.span[0])
        if last is None or not (whole or first or said_before):
            continue
        saying.antecedent = last.source[0] if last.source else last.antecedent
        saying.via = list(last.via)
        if saying.antecedent is not None:
            sayings.append(saying)
    return sayings


def _cue_beside(text: str, paragraph: Paragraph, sayings: Sequence[Saying], quotation: Quotation) -> Saying | None:
    """The saying whose cue stands right before or behind the quotation, with nothing but its source and small words between."""
    for saying in sayings:
        for start, end in saying.cue:
            if end <= quotation.span[0] and _close(text[end : quotation.span[0]]):
                return saying
            around = [start, *[a for a, _ in saying.source]]
            if min(around) >= quotation.span[1] and _close(text[quotation.span[1] : min(around)]):
                return saying
    return None


def _close(between: str) -> bool:
    return len(between.split()) <= 6 and not any(c in between for c in ".;\n")


def _bare_cue(paragraph: Paragraph, quotation: Quotation) -> Saying | None:
    """A cue that found no content in the parse, beside the quotation: `"...", the statement reads`."""
    doc = paragraph.doc
    best: tuple[int, Token] | None = None
    for token in doc:
        cue = CUES.get(token.lemma_.lower())
        at = paragraph.start_of(token)
        if cue is None or token.pos_ not in {"VERB", "AUX"} or quotation.holds(at) or not {"clause", "as"} & cue.frames:
            continue
        behind = at - quotation.span[1]
        ahead = quotation.span[0] - at
        gap = behind if behind >= 0 else ahead
        # a cue in the same sentence or right before a colon; 80 code points hold a name, a title and an adverb
        if 0 <= gap <= 80 and (best is None or gap < best[0]):
            best = (gap, token)
    if best is None:
        return None
    token = best[1]
    who = subject(token)
    saying = Saying(
        [],
        [paragraph.offsets(*cue_tokens(token))],
        lemma=token.lemma_.lower(),
        act=CUES[token.lemma_.lower()].act,
    )
    if who is None:
        inverted = inverted_subject(token)
        who = inverted if can_speak(inverted) and closes_what_is_said(token) else None
    if who is not None:
        saying.source = [phrase_of(paragraph, who)]
    else:
        implied = implied_subject(token)
        saying.antecedent = phrase_of(paragraph, implied) if implied is not None else None
    return saying


def whole_quotations(text: str, content: list[Offsets], quotations: Sequence[Quotation]) -> list[Offsets]:
    """Content that ends inside a quotation takes all of it with its marks; pieces that touch are joined."""
    pieces: list[Offsets] = []
    for start, end in sorted(content):
        for quotation in quotations:
            a, b = quotation.span
            if start < b and end > a and min(end, b) - max(start, a) > 0.3 * (b - a):
                start, end = min(start, a), max(end, b)
        if pieces and not any(c.isalnum() for c in text[pieces[-1][1] : start]):
            pieces[-1] = (pieces[-1][0], max(pieces[-1][1], end))
        else:
            pieces.append((start, end))
    return pieces


def form_of(content: Sequence[Offsets], quotations: Sequence[Quotation]) -> Form:
    total = sum(b - a for a, b in content)
    quoted = sum(max(0, min(b, q.span[1]) - max(a, q.span[0])) for a, b in content for q in quotations)
    if quoted >= 0.9 * total:
        return "direct"
    return "mixed" if quoted else "indirect"
