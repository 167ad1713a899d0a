"""The next link inwards: the saying that fills all of what another one says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counterclaim.reading.cued import saying_at
from counterclaim.reading.cues import CITING, CUES, MENTAL, SHOWING, Cue
from counterclaim.reading.document import Paragraph
from counterclaim.reading.phrases import cue_tokens, phrase_of, subject
from counterclaim.reading.sayings import Saying
from counterclaim.reading.speakers import can_speak, named_outlet
from counterclaim.reading.turns import owned_words
from counterclaim.records import Offsets

if TYPE_CHECKING:
    from spacy.tokens import Token

_MARKS = frozenset("\"“”„«»‘'`")


@dataclass(frozen=True, slots=True)
class Link:
    """One step inwards: the next speaker with cue and content, and who stands between (one told by the next speaker)."""

    source: Offsets
    cue: list[Offsets]
    content: list[Offsets]
    between: list[Offsets] = field(default_factory=list)
    lemma: str = ""


def inwards(text: str, paragraph: Paragraph, saying: Saying) -> Link | None:
    """The saying that fills all of what `saying` says ("the ministry said the army had told it ..."), None where none does."""
    start, end = saying.content[0]
    if len(saying.content) > 1 or text[start] in _MARKS or not saying.source or start < paragraph.span[0]:
        return None
    said_by = [t for span in saying.source for t in paragraph.tokens(span)]
    outer = {t.lower_ for t in said_by}
    tokens = paragraph.tokens((start, end))[:_OPENING]
    relayed, unnamed = _relays(text, saying), not any(t.pos_ == "PROPN" or t.pos_ == "PRON" for t in said_by)
    for token in tokens:
        link = _link_of(paragraph, token, relayed, unnamed)
        if link is None or link.content[0][0] < link.cue[-1][1] - 1:
            continue
        if len(text[start : min([link.source, *link.between])[0]].split()) > 3 or link.source[0] < start:
            continue
        words = {t.lower_ for t in paragraph.tokens(link.source)} - {"the", "a", "an", "of"}
        if not words or words <= outer or _goes_on(text[link.content[-1][1] : end]):
            continue
        beside = _CLAUSE.match(text[link.content[-1][1] : end]) is not None
        content = link.content if beside else [(link.content[0][0], end)]
        return Link(link.source, link.cue, content, link.between, link.lemma)
    return None


def _goes_on(rest: str) -> bool:
    """Whether the outer speaker says more than the inner one's words: "the army had denied it, and that the road was open"."""
    return _AND.match(rest) is not None


_CLAUSE = re.compile(r"\W*(?:when|after|before|as|since|because|during)\b|\s*,\s*\w+ing\b")
_AND = re.compile(r"\W*(?:and|but|while|although|though|which|who)\b")

_OPENING = 40
"""Words of a content in which the next link's verb is looked for: a speaker with title and apposition has seldom twenty."""


def _relays(text: str, saying: Saying) -> bool:
    """Whether the outer saying is one that passes words on: an outlet's, one already come through others, or "according to"."""
    outlet = any(named_outlet(text[slice(*span)]) for span in saying.source)
    return outlet or bool(saying.via) or saying.lemma in {"according", "report", *CITING}


def _link_of(paragraph: Paragraph, token: Token, relayed: bool, unnamed: bool) -> Link | None:
    """The link that `token` makes. What a named person or body says of another's denial or demand is their own word for it; what
    an outlet or "officials" say of it is the other's denial or demand."""
    lemma = token.lemma_.lower()
    if token.pos_ == "NOUN":
        return _noun_link(paragraph, token) if relayed or token.head.lemma_ in RELAYING else None
    if token.tag_ == "VBG" and token.i and token.nbor(-1).lower_ == "as":
        quoted = saying_at(paragraph, token, ())
        return Link(quoted.source[0], quoted.cue, quoted.content, quoted.via, quoted.lemma) if quoted and quoted.source else None
    if token.pos_ not in {"VERB", "AUX"} or not _happened(token):
        return None
    if lemma in {"hear", "learn"}:
        return _told_link(paragraph, token, "from")
    if lemma in {"tell", "inform", "assure"} and any(c.dep_ in {"auxpass", "nsubjpass"} for c in token.children):
        return _told_link(paragraph, token, "by")
    if lemma in MENTAL | SHOWING or (token.dep_ == "relcl" and not relayed):
        return None
    inner = saying_at(paragraph, token, ()) or _thing_said(paragraph, token)
    if inner is None or not inner.source or _is_pronoun(paragraph, inner.source[0]):
        return None
    cue = CUES.get(inner.lemma) or Cue(frozenset(), None, True)
    perfect = any(c.dep_ == "aux" and c.lower_ == "had" for c in token.children)
    named = any(t.pos_ == "PROPN" for t in paragraph.tokens(inner.source[0]))
    if not (relayed or perfect or (unnamed and named) or (not cue.needs_speaker and "clause" in cue.frames)):
        return None
    return Link(inner.source[0], inner.cue, inner.content, [], inner.lemma)


def _thing_said(paragraph: Paragraph, verb: Token) -> Saying | None:
    """ "an official announced the deaths of five", "the governor ordered an inquiry": what is said is a thing."""
    who, thing = subject(verb), next((c for c in verb.children if c.dep_ == "dobj" and c.pos_ == "NOUN"), None)
    if verb.lemma_.lower() not in _WITH_A_THING or who is None or thing is None or not can_speak(who):
        return None
    last = max((t for c in verb.children if c.i > verb.i and c.dep_ != "punct" for t in c.subtree), key=lambda t: t.i)
    return Saying(
        [paragraph.offsets(thing.left_edge, last)],
        [paragraph.offsets(*cue_tokens(verb))],
        [phrase_of(paragraph, who)],
        lemma=verb.lemma_.lower(),
    )


_WITH_A_THING = frozenset("announce order count report declare convey express".split())

RELAYING = frozenset("relay pass convey carry publish repeat cite quote report transmit write".split())
"""Verbs that hand on a thing said: "relayed a broadcaster's report"."""


def _happened(verb: Token) -> bool:
    """Whether the verb tells of words that were said: finite, not denied, and nothing that will, would or should be."""
    aux = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    if any(c.dep_ == "neg" for c in verb.children) or any(c.tag_ == "MD" for c in aux):
        return False
    return verb.tag_ in {"VBD", "VBZ", "VBP"} or (verb.tag_ == "VBN" and bool(aux))


def _is_pronoun(paragraph: Paragraph, span: Offsets) -> bool:
    """Whether a source is a pronoun: most often the outer speaker's own ("the minister said he had warned them")."""
    tokens = paragraph.tokens(span)
    return len(tokens) == 1 and (tokens[0].pos_ == "PRON" or tokens[0].tag_ in {"WP", "WDT", "PRP", "PRP$"})


def _told_link(paragraph: Paragraph, verb: Token, preposition: str) -> Link | None:
    """ "an observer had heard from two drivers that ...", "the envoy had been told by the junta that ..."."""
    behind = [c for c in verb.children if c.lower_ == preposition and c.i > verb.i]
    who = next((g for c in behind for g in c.children if g.dep_ == "pobj"), None)
    hearer = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    that = next((t for t in verb.doc[verb.i : verb.sent.end] if t.lower_ == "that"), None)
    if who is None or hearer is None or that is None or not can_speak(who) or not who.i < that.i < verb.sent.end - 2:
        return None
    content = (paragraph.start_of(that.nbor()), paragraph.end_of(verb.sent[-1]))
    between = [] if hearer.pos_ == "PRON" else [phrase_of(paragraph, hearer)]
    return Link(phrase_of(paragraph, who), [paragraph.offsets(verb, verb)], [content], between, "tell")


def _noun_link(paragraph: Paragraph, noun: Token) -> Link | None:
    """ "a prosecutor's view that ...", "a warning from the army that ...", with who passes it on where a verb stands before."""
    words = owned_words(paragraph, noun)
    if words is None:
        return None
    source, content = words
    verb = noun.head
    giver = subject(verb) if verb.pos_ == "VERB" and verb.lemma_ in RELAYING and _happened(verb) else None
    between = [phrase_of(paragraph, giver)] if giver is not None and giver.pos_ != "PRON" else []
    return Link(source, [paragraph.offsets(noun, noun)], [content], between, noun.lemma_.lower())
