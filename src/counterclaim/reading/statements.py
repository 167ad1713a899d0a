"""Who says what, one paragraph at a time: cues first, then the quotations they left, then what is nested in what."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.reading.cued import saying_at
from counterclaim.reading.cues import SHOWING
from counterclaim.reading.document import Paragraph
from counterclaim.reading.quotations import Quotation, find_quotations
from counterclaim.reading.sayings import Saying
from counterclaim.reading.speech import form_of, whole_quotations, with_quotations


def find_sayings(text: str, paragraphs: Sequence[Paragraph]) -> list[Saying]:
    """Every act of saying in the text, in order of content; nested ones are folded into a chain or left to the outer."""
    found: list[Saying] = []
    previous: Saying | None = None
    for paragraph in paragraphs:
        if len(paragraphs) > 1 and is_heading(text[slice(*paragraph.span)]):
            continue
        quotations = find_quotations(text[slice(*paragraph.span)], paragraph.span[0])
        sayings = _of_paragraph(text, paragraph, quotations, previous)
        found.extend(sayings)
        previous = sayings[-1] if sayings else previous
    return found


def is_heading(line: str) -> bool:
    """Whether a paragraph is a headline or furniture: short and without the mark that ends a sentence. What a headline says,
    the text below says with its speaker."""
    return len(line.split()) <= _HEADING and line.rstrip("”’\"')»")[-1:] not in {".", "!", "?", "…", ":", ","}


_HEADING = 18
"""Words a headline has at most: the longest of the restated and seed texts has 12, of the gva titles 99 in 100 have 18."""


def _of_paragraph(text: str, paragraph: Paragraph, quotations: Sequence[Quotation], previous: Saying | None) -> list[Saying]:
    speech = [q for q in quotations if q.long]
    sayings = [s for token in paragraph.doc if (s := saying_at(paragraph, token, speech)) is not None]
    sayings = _unnested(text, sayings)
    sayings = with_quotations(text, paragraph, sayings, speech, previous)
    for saying in sayings:
        saying.content = whole_quotations(text, saying.content, quotations)
        saying.form = form_of(saying.content, quotations)
    return sorted((s for s in sayings if s.content), key=lambda s: (s.start, s.cue))


def _same_words(a: Saying, b: Saying) -> bool:
    """Whether two cues were given the same content ("According to the agency, the minister said ...")."""
    return all(a.covers(c) > 0.9 for c in b.content) and all(b.covers(c) > 0.9 for c in a.content)


def _unnested(text: str, sayings: list[Saying]) -> list[Saying]:
    """One saying inside another: of "according to IRNA, the spokesman said ..." the inner one with the outer as where it came
    from; what is said in passing stands by itself; else the outer one stands."""
    kept: list[Saying] = []
    by_size = sorted(sayings, key=lambda s: (-sum(b - a for a, b in s.content), not s.source, s.start))
    for saying in by_size:
        outer = next((k for k in kept if all(k.covers(c) > 0.8 for c in saying.cue) or _same_words(k, saying)), None)
        if outer is None:
            kept.append(saying)
            continue
        if (
            (not saying.source or saying.borrowed)
            and saying.joined_at >= 0
            and saying.tag == outer.tag
            and outer.content[-1][0] < saying.joined_at < outer.content[-1][1]
        ):
            # "questions why ..., and asks whether ...": the second verb is the same speaker's
            outer.content[-1] = (outer.content[-1][0], saying.joined_at)
            saying.source, saying.antecedent, saying.via = list(outer.source), outer.antecedent, list(outer.via)
            kept.append(saying)
            continue
        if not saying.source or not outer.source or saying.source == outer.source:
            continue  # the same words without a speaker, or the same speaker's own
        fronted = outer.lemma == "according" and saying.content[0][0] - outer.content[0][0] <= 1
        opening = outer.lemma == "according" and outer.cue[0][0] == outer.sentence_start
        if saying.lemma not in SHOWING and (fronted or opening):
            saying.via = [*outer.via, *outer.source, *saying.via]
            kept[kept.index(outer)] = saying
        elif saying.aside:
            outer.leave_out(saying)
            if saying.told:
                saying.via = [*outer.via, *outer.source, *saying.via]
            kept.append(saying)
    return kept
