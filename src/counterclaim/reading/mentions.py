"""Names and nouns that may stand for somebody, somewhere or something: candidates for who and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from counterclaim.reading.document import Paragraph
from counterclaim.reading.phrases import noun_phrase
from counterclaim.reading.speakers import BODIES, PEOPLE
from counterclaim.records import Mention, MentionKind, Offsets

if TYPE_CHECKING:
    from spacy.tokens import Span as Entity
    from spacy.tokens import Token

_KINDS: dict[str, MentionKind] = {
    "PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "nationality",
}  # fmt: skip
_PRONOUNS = frozenset("he she they it him her them his their its who".split())
_HARM_EVENTS = frozenset(
    """
    strike airstrike raid bombing bombardment shelling attack explosion blast massacre shooting killing incident assault
    ambush clash offensive barrage stampede crush fire sortie drone missile rocket bomb shell shot gunfire collapse
    bomb strike shell hit attack kill shoot target destroy
    """.split()
)


def find_mentions(paragraphs: Sequence[Paragraph]) -> tuple[Mention, ...]:
    """Mentions of people, bodies and places in text order; where two overlap from one start the longer stands first."""
    found: list[Mention] = []
    for paragraph in paragraphs:
        taken: set[int] = set()
        for entity in paragraph.doc.ents:
            if entity.label_ in _KINDS:
                found.append(_named(paragraph, entity))
                taken.update(range(entity.start, entity.end))
        for token in paragraph.doc:
            if token.i not in taken and (mention := _unnamed(paragraph, token)) is not None:
                found.append(mention)
    return tuple(sorted(found, key=lambda m: (m.span[0], -m.span[1], m.kind)))


def _named(paragraph: Paragraph, entity: Entity) -> Mention:
    tokens = list(entity)
    while len(tokens) > 1 and (tokens[-1].tag_ == "POS" or (tokens[-1].is_punct and tokens[-1].text != ".")):
        tokens.pop()
    while len(tokens) > 1 and (tokens[0].is_punct or tokens[0].tag_ == "POS"):
        tokens.pop(0)
    span = paragraph.offsets(tokens[0], tokens[-1])
    return Mention(
        span, _KINDS[entity.label_], paragraph.offsets(entity.root, entity.root), None, _apposition(paragraph, entity.root)
    )


def _unnamed(paragraph: Paragraph, token: Token) -> Mention | None:
    if token.pos_ == "PRON" and token.lower_ in _PRONOUNS:
        span = paragraph.offsets(token, token)
        return Mention(span, "pronoun", span, token.lower_ in {"they", "them", "their"})
    lemma = token.lemma_.lower()
    if token.pos_ in {"NOUN", "PROPN"} and token.dep_ != "compound" and (lemma in PEOPLE or lemma in BODIES):
        phrase = noun_phrase(token)
        span = paragraph.offsets(phrase[0], phrase[-1])
        return Mention(
            span, "role", paragraph.offsets(token, token), token.tag_ in {"NNS", "NNPS"}, _apposition(paragraph, token)
        )
    return None


def _apposition(paragraph: Paragraph, head: Token) -> Offsets | None:
    apposition = next((c for c in head.children if c.dep_ == "appos"), None)
    if apposition is None:
        return None
    tokens = noun_phrase(apposition)
    return paragraph.offsets(tokens[0], tokens[-1]) if tokens else None


def find_events(paragraphs: Sequence[Paragraph]) -> tuple[Offsets, ...]:
    """Offsets of the words that name an attack or its harm, in text order."""
    return tuple(
        paragraph.offsets(token, token)
        for paragraph in paragraphs
        for token in paragraph.doc
        if token.pos_ in {"NOUN", "VERB", "PROPN"} and (token.lemma_.lower() in _HARM_EVENTS or token.lower_.endswith("strike"))
    )
