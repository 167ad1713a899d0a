"""Whom what is said is about: who is named as the doer, who is asked, whose words or deeds are complained of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from counterclaim.reading.acts import words_of
from counterclaim.reading.clauses import Clauses, Told, is_party, named_from
from counterclaim.reading.document import Paragraph
from counterclaim.reading.sayings import Saying
from counterclaim.reading.speakers import BODIES
from counterclaim.records import Act, Figure, Mention, Offsets

if TYPE_CHECKING:
    from spacy.tokens import Token

_BY_DEED: frozenset[Act] = frozenset({"blame", "denial", "justification", "admission", "figure"})
_BY_NAME: frozenset[Act] = frozenset({"blame", "denial", "justification", "admission"})
_BY_PLACE: frozenset[Act] = frozenset({"blame", "demand", "denial"})
"""Acts that are about whoever does a deed told, is named beside one, or stands where the sentence puts the accused or asked."""


def about_of(
    text: str, saying: Saying, act: Act, clauses: Clauses, mentions: Sequence[Mention], figures: Sequence[Figure]
) -> Offsets | None:
    """Offsets of the party that a saying is about, None where its words name none: whom the cue addresses, else who does the
    deed told of, else the party named nearest before a word of violence, else who stands where the accused or asked does."""
    if saying.about is not None:
        return saying.about
    if act == "blame" and (laid := next(_laid_to(saying, clauses), None)) is not None:
        return laid
    about, depth = _doer(saying, clauses) if act in _BY_DEED else (None, 0)
    if about is None and act in _BY_NAME:
        about = _named_beside(text, saying, mentions, figures)
    if (about is None or depth) and act in _BY_PLACE:
        about = next(_placed(saying, act, clauses), about)
    return about


def _doer(saying: Saying, clauses: Clauses) -> tuple[Offsets | None, int]:
    """Offsets of the party that what is said makes the doer of a deed of violence, the main clause's before others, and how deep
    its clause lies; None where it names none, or only who speaks."""
    deeds = [d for d in Told(clauses, saying.content).deeds() if d.doer is not None and d.armed and not d.own]
    best = min(deeds, key=lambda d: (d.depth, not d.main, d.word), default=None)
    return (best.doer, best.depth) if best is not None else (None, 0)


_SCENE = re.compile(
    r"\b(?:in|near|at|outside|around|over|above|inside|across|from|to|of)\s+(?:the\s+|\w+ern\s+)?$", re.IGNORECASE
)
"""Words before a place that make it where it happened and not who did it."""

_BEHIND_BY = 3
"""Code points between "by" with its article and the party it names, at most."""

_SUFFERED = re.compile(r"\b(?:was|were|been|being|be|is|are|got)\s+(?:\w+ly\s+|also\s+|all\s+)?$")


def _named_beside(text: str, saying: Saying, mentions: Sequence[Mention], figures: Sequence[Figure]) -> Offsets | None:
    """Offsets of the party that what is said names as the doer, None where it names none: whose crime or attack it is
    ("Russia's aggression", "a coalition air strike"), behind "by" in a passive, else the party nearest before the word of
    violence. Those counted as victims are not asked."""
    # what lies beyond what is said is left out first: a long report has thousands of mentions
    opens, closes = min(a for a, _ in saying.content) - _BEHIND_BY, max(b for _, b in saying.content) + _BEHIND_BY
    parties = [
        m
        for m in mentions
        if opens <= m.span[0] <= closes
        and m.kind in {"organisation", "nationality", "place", "role"}
        and text[slice(*m.span)].lower() != "terrorist"  # what kind of attack it was, and nobody's
        and not (m.kind == "place" and _SCENE.search(text[max(0, m.span[0] - 24) : m.span[0]]))
        and not any(a < m.span[1] and m.span[0] < b for a, b in (f.span for f in figures))
    ]
    best: tuple[int, Offsets] | None = None
    for start, end in saying.content:
        for pattern in (words_of("blame"), words_of("violence")):
            for match in pattern.finditer(text, start, end):
                suffered = _SUFFERED.search(text[max(start, match.start() - 30) : match.start()])
                by = re.compile(r"[^.;]{0,40}?\bby\s+(?:the\s+|an?\s+)?").match(text, match.end(), end) if suffered else None
                at = by.end() if by else match.start()
                for mention in parties:
                    gap = abs(mention.span[0] - at) if by else at - mention.span[1]
                    # 40 code points hold "forces had carried out a " between the doer and the deed
                    near = gap <= _BEHIND_BY if by else not suffered and start <= mention.span[0] and -1 <= gap <= 40
                    if near and (best is None or gap < best[0]):
                        best = (gap, mention.span)
    return best[1] if best is not None else None


_SENT = frozenset("come fire launch shoot drop originate send throw lob".split())
"""Verbs behind whose "from" stands who sent it: "the shell came from the army barracks"."""

_ASKING = frozenset("ask urge call press beg tell order request remind warn appeal plead demand implore petition".split())
"""Verbs that take whom they ask as their object, where what is said is that one asks: "voted to ask the army"."""


def _placed(saying: Saying, act: Act, clauses: Clauses) -> Iterator[Offsets]:
    """Parties by where they stand: behind the cue as those asked, behind "by", as whom a shot came from, as the subject."""
    told = Told(clauses, saying.content)
    if act == "demand":
        for paragraph, head in _addressed(saying, clauses):
            yield from _party(paragraph, head)
    for paragraph, root in told.roots():
        for verb in _main_verbs(root):
            passive = any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children)
            for child in verb.children:
                behind = [g for g in child.children if g.dep_ == "pobj"]
                if (passive and (child.dep_ == "agent" or child.lower_ == "by")) or (
                    child.lower_ == "from" and verb.lemma_ in _SENT
                ):
                    yield from (p for g in behind for p in _party(paragraph, g))
            if act == "demand" and verb.lemma_ in _ASKING:
                yield from (p for c in verb.children if c.dep_ in {"dobj", "dative"} for p in _party(paragraph, c))
            if not passive:
                yield from (p for c in verb.children if c.dep_ == "nsubj" for p in _party(paragraph, c))
        if root.pos_ in {"NOUN", "PROPN"}:
            yield from _party(paragraph, root)


def _laid_to(saying: Saying, clauses: Clauses) -> Iterator[Offsets]:
    """To whom a cue of attribution lays what is said: "attributed the raid to Norland's army"."""
    if not any(t.lemma_.lower() in {"attribute", "ascribe", "impute"} for piece in saying.cue for _, t in clauses.tokens(piece)):
        return
    for piece in saying.content:
        for paragraph, token in clauses.tokens(piece):
            if token.lower_ == "to" and token.dep_ in {"prep", "dative"}:
                yield from (p for g in token.children if g.dep_ == "pobj" for p in _party(paragraph, g))


def _main_verbs(root: Token) -> Iterator[Token]:
    """The verb of a clause and those joined to it."""
    if root.pos_ in {"VERB", "AUX"}:
        yield root
        for child in root.children:
            if child.dep_ == "conj":
                yield from _main_verbs(child)


def _addressed(saying: Saying, clauses: Clauses) -> Iterator[tuple[Paragraph, Token]]:
    """Whom the verbs of the cue take as their object, or behind "with", "on" or "to": "asked the council to act"."""
    for piece in saying.cue:
        for paragraph, token in clauses.tokens(piece):
            for child in token.children if token.lemma_.lower() in _ASKING else ():
                if child.dep_ in {"dobj", "dative"}:
                    yield paragraph, child
                elif child.lower_ in {"with", "on", "upon", "to"}:
                    yield from ((paragraph, g) for g in child.children if g.dep_ == "pobj")


def _party(paragraph: Paragraph, head: Token) -> Iterator[Offsets]:
    """The party that the noun phrase around `head` names: itself, whose it is, or of whom it is ("pilots of the coalition")."""
    of = [g for c in head.children if c.lower_ in {"of", "from"} for g in c.children if g.dep_ == "pobj"]
    if head.tag_ == "NNS":  # of men in somebody's service it is the service: "the pilots of the coalition"
        yield from (paragraph.offsets(named_from(t), t) for t in of if is_party(t))
    owners = [c for c in head.children if c.dep_ in {"poss", "compound", "amod", "nmod"}]
    if is_party(head) or head.lemma_.lower() in BODIES:
        owner = next((c for c in owners if c.dep_ == "poss" and c.tag_ != "PRP$"), head)
        first = named_from(owner)
        before = first.nbor(-1) if first.i > head.sent.start else first
        yield paragraph.offsets(before if before.lower_ in {"both", "all"} else first, head)
        return
    for token in (*owners, *of):
        if is_party(token) or token.lemma_.lower() in BODIES:
            yield paragraph.offsets(named_from(token), token)
