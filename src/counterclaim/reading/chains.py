"""Through whom the words came: link by link from the outlet's side inwards, until whoever spoke first is the speaker."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from counterclaim.reading.cued import saying_at
from counterclaim.reading.cues import CITING, CUES, MENTAL, SAYING_NOUNS
from counterclaim.reading.document import Paragraph
from counterclaim.reading.phrases import phrase_of, subject
from counterclaim.reading.sayings import Saying
from counterclaim.reading.speakers import can_speak, is_outlet, named_outlet
from counterclaim.reading.turns import owned_words
from counterclaim.records import Offsets

if TYPE_CHECKING:
    from spacy.tokens import Token

_LINKS = 4
"""Steps inwards at most: a chain of more links than five is not met with, and a text cannot make the search long."""

_PASSING_ON = frozenset(
    "see carry publish reprint obtain broadcast air release distribute post share translate print put".split()
)
"""What outlets do with another's words."""

_HANDED = frozenset("pass send give leak hand show".split())
"""What is done with another's words so that an outlet has them: "passed to the agency"."""

_MEDIA = frozenset("interview testimony remark comment statement letter message telegram briefing speech".split())
"""Words given to somebody: "in testimony to the commission", "in an interview with the channel"."""

_MARKS = frozenset("\"“”„«»‘'`")


@dataclass(frozen=True, slots=True)
class _Link:
    """One step inwards: the next speaker with cue and content, and who stands between (one told by the next speaker)."""

    source: Offsets
    cue: list[Offsets]
    content: list[Offsets]
    between: list[Offsets] = field(default_factory=list)
    lemma: str = ""


def follow(text: str, paragraphs: Sequence[Paragraph], saying: Saying) -> None:
    """Makes whoever spoke first the speaker of `saying` and those whom the words came through its `via`, the outermost first."""
    paragraph = _at(paragraphs, (saying.cue or saying.source or saying.content)[0][0])
    if paragraph is None or not (saying.cue or saying.source):
        return
    for _ in range(_LINKS):
        cue = _verb(paragraph, saying)
        if cue is not None:
            saying.via += [v for v in _carriers(paragraph, saying, cue) if v not in saying.via]
            _hand_over(text, paragraph, saying, cue)
        link = _inwards(text, paragraph, saying)
        if link is None:
            return
        saying.via += [*saying.source, *link.between]
        saying.source, saying.cue, saying.content = [link.source], link.cue, link.content
        saying.antecedent, saying.lemma, saying.borrowed = None, link.lemma, False
        known = CUES.get(link.lemma)
        saying.act = known.act if known is not None else None


def _at(paragraphs: Sequence[Paragraph], offset: int) -> Paragraph | None:
    k = bisect_right([p.span[0] for p in paragraphs], offset) - 1
    return paragraphs[k] if k >= 0 else None


def _tokens(paragraph: Paragraph, span: Offsets) -> list[Token]:
    return [t for t in paragraph.doc if paragraph.start_of(t) < span[1] and paragraph.end_of(t) > span[0] and not t.is_space]


def _verb(paragraph: Paragraph, saying: Saying) -> Token | None:
    """The verb of the cue, else its last word."""
    tokens = [t for span in saying.cue for t in _tokens(paragraph, span)]
    verbs = [t for t in tokens if t.pos_ == "VERB"]
    return verbs[0] if verbs else tokens[-1] if tokens else None


def _outside(paragraph: Paragraph, saying: Saying, cue: Token) -> Iterator[Token]:
    """The tokens of the cue's sentence that are not said."""
    for token in cue.sent:
        if not any(a <= paragraph.start_of(token) < b for a, b in saying.content):
            yield token


# --- who carried the words on


def _carriers(paragraph: Paragraph, saying: Saying, cue: Token) -> list[Offsets]:
    """Who passed the words on, outermost first: "seen by the paper", "carried by the agency", "told CNN"."""
    passed, told = [], []
    if cue.lemma_ == "tell" and not any(c.dep_ == "auxpass" for c in cue.children):
        told = [c for c in cue.children if c.dep_ in {"dobj", "dative"} and c.i > cue.i and _is_told(c)][:1]
    for token in _outside(paragraph, saying, cue):
        carrier = _carrier(token)
        if carrier is not None and carrier not in told and not _overlaps([paragraph.offsets(carrier, carrier)], saying.cue):
            passed.append((token, carrier))
    out = [phrase_of(paragraph, c) for _, c in reversed(passed)] + [phrase_of(paragraph, c) for c in told]
    for token, carrier in passed:
        _cut(paragraph, saying, token, carrier)
    return [span for span in out if not _overlaps([span], saying.source)]


def _carrier(token: Token) -> Token | None:
    """Whom the words came through by way of `token`, a verb or a noun of passing on; None where it is none."""
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" and token.tag_ == "VBN" and lemma in _PASSING_ON | {"quote", "cite"}:
        return _object_of(token, "by")
    if token.pos_ == "VERB" and lemma in _HANDED and token.tag_ == "VBN" and token.dep_ == "acl":
        return _object_of(token, "to")
    if token.pos_ == "VERB" and lemma in _PASSING_ON and token.dep_ == "relcl":
        who = subject(token)
        return who if who is not None and who != token.head and is_outlet(who) else None
    if lemma == "speak" and token.dep_ in {"relcl", "acl", "advcl"} and token.pos_ == "VERB":
        return _object_of(token, "to") or _object_of(token, "with")
    if lemma in _MEDIA and token.pos_ == "NOUN" and token.dep_ == "pobj":
        return _object_of(token, "to") or _object_of(token, "with")
    return None


def _object_of(token: Token, preposition: str) -> Token | None:
    for child in token.children:
        if child.lower_ == preposition and child.i > token.i:
            found = next((g for g in child.children if g.dep_ == "pobj"), None)
            return found if found is not None and _is_told(found) else None
    return None


def _is_told(head: Token) -> bool:
    """Whether the words can have come through whom `head` names: an outlet or a body, and not "him" or "reporters"."""
    if head.pos_ == "PROPN":
        return is_outlet(head) or named_outlet(head.text)
    return head.tag_ == "NN" and (is_outlet(head) or head.lemma_.lower() in _RECIPIENTS)


_RECIPIENTS = frozenset(
    "delegation charity station site website programme commission inquiry panel group monitor observatory organisation "
    "organization mission daily weekly magazine radio television volunteer broadcaster".split()
)
"""Bodies that are told something so that others hear of it."""


def _cut(paragraph: Paragraph, saying: Saying, token: Token, carrier: Token) -> None:
    """Ends a source before what tells who passed it on: "a police report seen by the paper" is the report's word."""
    edge = paragraph.start_of(token)
    saying.source = [
        (a, max(a + 1, a + len(paragraph.doc.text[a - paragraph.span[0] : edge - paragraph.span[0]].rstrip(" ,"))))
        if a < edge < b and a < paragraph.start_of(carrier) < b and token.tag_ == "VBN"
        else (a, b)
        for a, b in saying.source
    ]


# --- whose words are handed over


def _hand_over(text: str, paragraph: Paragraph, saying: Saying, cue: Token) -> None:
    """ "Interfax, citing the ministry, said ...": the ministry spoke, through Interfax."""
    if not saying.source:
        return
    for token in _outside(paragraph, saying, cue):
        named = _cited(token)
        if named is None or not can_speak(named):
            continue
        at, (start, end) = paragraph.start_of(token), saying.source[0]
        beside = start < at and len(text[min(end, at) : at].split()) <= 3
        if not (beside or token.head == cue or token.head.head == cue):
            continue
        first = phrase_of(paragraph, named)
        if first in saying.via or first == saying.source[0] or _overlaps([first], saying.content):
            continue
        outer = (start, start + len(text[start : min(end, at)].rstrip(" ,(")))
        saying.via.append(outer)
        saying.source, saying.antecedent = [first], None
        return


def _cited(token: Token) -> Token | None:
    """Whom `token` cites: "citing the ministry", "quoting sources", "with reference to the channel", "on the word of a guard"."""
    lemma = token.lemma_.lower()
    if token.tag_ == "VBG" and lemma in CITING | {"repost", "translate"} and token.dep_ not in {"ROOT", "pobj"}:
        named = next((g for g in token.children if g.dep_ == "dobj"), None)
        if named is None:
            named = next((g for c in token.children if c.lower_ == "to" for g in c.children if g.dep_ == "pobj"), None)
        return _inside(named) if named is not None else None
    if lemma in {"reference", "word"} and token.i >= 1 and token.i + 1 < len(token.doc):
        before = {t.lower_ for t in token.doc[max(0, token.i - 2) : token.i]}
        link = token.nbor()
        if (lemma, link.lower_) in {("reference", "to"), ("word", "of")} and before & {"with", "on", "from"}:
            return next((g for g in link.children if g.dep_ == "pobj"), None)
    return None


def _inside(named: Token) -> Token:
    """Whose words a cited thing is: behind "the words of", "a statement by", "a Reuters report", the name in it."""
    if named.lemma_.lower() not in SAYING_NOUNS | {"word", "source"}:
        return named
    inner = (g for g in named.subtree if g != named and g.pos_ == "PROPN" and g.dep_ in {"pobj", "appos", "poss", "nmod"})
    owner = (c for c in named.children if c.dep_ == "poss" or (c.dep_ == "compound" and is_outlet(c)))
    return next(inner, None) or next(owner, named)


# --- inwards


def _inwards(text: str, paragraph: Paragraph, saying: Saying) -> _Link | None:
    """The saying that fills all of what `saying` says ("the ministry said the army had told it ..."), None where none does."""
    start, end = saying.content[0]
    if len(saying.content) > 1 or text[start] in _MARKS or not saying.source or _at([paragraph], start) is None:
        return None
    said_by = [t for span in saying.source for t in _tokens(paragraph, span)]
    outer = {t.lower_ for t in said_by}
    tokens = [t for t in _tokens(paragraph, (start, end)) if t.i < _tokens(paragraph, (start, end))[0].i + _OPENING]
    relayed, unnamed = _relays(text, saying), not any(t.pos_ == "PROPN" or t.pos_ == "PRON" for t in said_by)
    for token in tokens:
        link = _link_of(paragraph, token, relayed, unnamed)
        if link is None or link.content[0][0] < link.cue[-1][1] - 1:
            continue
        if len(text[start : min([link.source, *link.between])[0]].split()) > 3 or link.source[0] < start:
            continue
        words = {t.lower_ for t in _tokens(paragraph, link.source)} - {"the", "a", "an", "of"}
        rest = (link.content[0][0], end)
        filled = sum(max(0, min(b, end) - a) for a, b in link.content)
        if not words or words <= outer or filled < 0.8 * (rest[1] - rest[0]):
            continue
        return _Link(link.source, link.cue, [rest], link.between, link.lemma)
    return None


_OPENING = 40
"""Words of a content in which the next link's verb is looked for: a speaker with title and apposition has seldom twenty."""


def _relays(text: str, saying: Saying) -> bool:
    """Whether the outer saying is one that passes words on: an outlet's, one already come through others, or "according to"."""
    outlet = any(named_outlet(text[slice(*span)]) for span in saying.source)
    return outlet or bool(saying.via) or saying.lemma in {"according", "report", *CITING}


def _link_of(paragraph: Paragraph, token: Token, relayed: bool, unnamed: bool) -> _Link | None:
    """The link that `token` makes. What a named person or body says of another's denial or demand is their own word for it; what
    an outlet or "officials" say of it is the other's denial or demand."""
    lemma = token.lemma_.lower()
    if token.pos_ == "NOUN":
        return _noun_link(paragraph, token) if relayed or token.head.lemma_ in _RELAYING else None
    if token.pos_ not in {"VERB", "AUX"} or not _happened(token):
        return None
    if lemma in {"hear", "learn"}:
        return _told_link(paragraph, token, "from")
    if lemma in {"tell", "inform", "assure"} and any(c.dep_ in {"auxpass", "nsubjpass"} for c in token.children):
        return _told_link(paragraph, token, "by")
    cue = CUES.get(lemma)
    if cue is None or lemma in MENTAL or (token.dep_ == "relcl" and not relayed):
        return None
    inner = saying_at(paragraph, token, ())
    if inner is None or not inner.source or _is_pronoun(paragraph, inner.source[0]):
        return None
    perfect = any(c.dep_ == "aux" and c.lower_ == "had" for c in token.children)
    named = any(t.pos_ == "PROPN" for t in _tokens(paragraph, inner.source[0]))
    if not (relayed or perfect or (unnamed and named) or (not cue.needs_speaker and "clause" in cue.frames)):
        return None
    return _Link(inner.source[0], inner.cue, inner.content, [], inner.lemma)


_RELAYING = frozenset("relay pass convey carry publish repeat cite quote report transmit".split())
"""Verbs that hand on a thing said: "relayed a broadcaster's report"."""


def _happened(verb: Token) -> bool:
    """Whether the verb tells of words that were said: finite, not denied, and nothing that will, would or should be."""
    aux = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    if any(c.dep_ == "neg" for c in verb.children) or any(c.tag_ == "MD" for c in aux):
        return False
    return verb.tag_ in {"VBD", "VBZ", "VBP"} or (verb.tag_ == "VBN" and bool(aux))


def _is_pronoun(paragraph: Paragraph, span: Offsets) -> bool:
    """Whether a source is a pronoun: most often the outer speaker's own ("the minister said he had warned them")."""
    tokens = _tokens(paragraph, span)
    return len(tokens) == 1 and (tokens[0].pos_ == "PRON" or tokens[0].tag_ in {"WP", "WDT", "PRP", "PRP$"})


def _told_link(paragraph: Paragraph, verb: Token, preposition: str) -> _Link | None:
    """ "an observer had heard from two drivers that ...", "the envoy had been told by the junta that ..."."""
    behind = [c for c in verb.children if c.lower_ == preposition and c.i > verb.i]
    who = next((g for c in behind for g in c.children if g.dep_ == "pobj"), None)
    hearer = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    that = next((t for t in verb.subtree if t.lower_ == "that" and t.tag_ == "IN" and t.i > verb.i), None)
    if who is None or hearer is None or that is None or not can_speak(who) or that.i + 1 >= len(verb.doc):
        return None
    content = (paragraph.start_of(that.nbor()), paragraph.end_of(verb.sent[-1]))
    between = [] if hearer.pos_ == "PRON" else [phrase_of(paragraph, hearer)]
    return _Link(phrase_of(paragraph, who), [paragraph.offsets(verb, verb)], [content], between, "tell")


def _noun_link(paragraph: Paragraph, noun: Token) -> _Link | None:
    """ "a prosecutor's view that ...", "a warning from the army that ...", with who passes it on where a verb stands before."""
    words = owned_words(paragraph, noun)
    if words is None:
        return None
    source, content = words
    verb = noun.head
    giver = subject(verb) if verb.pos_ == "VERB" and verb.lemma_ in _RELAYING and _happened(verb) else None
    between = [phrase_of(paragraph, giver)] if giver is not None and giver.pos_ != "PRON" else []
    return _Link(source, [paragraph.offsets(noun, noun)], [content], between, noun.lemma_.lower())


def _overlaps(a: Sequence[Offsets], b: Sequence[Offsets]) -> bool:
    return any(p[0] < q[1] and q[0] < p[1] for p in a for q in b)
