"""Through whom the words came: link by link from the outlet's side inwards, until whoever spoke first is the speaker."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from counterclaim.reading.cues import CITING, CUES, SAYING_NOUNS
from counterclaim.reading.document import Paragraph
from counterclaim.reading.inward import RELAYING, inwards
from counterclaim.reading.phrases import phrase_of, subject
from counterclaim.reading.sayings import Saying
from counterclaim.reading.speakers import can_speak, is_outlet, named_outlet
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


def follow(text: str, paragraphs: Sequence[Paragraph], saying: Saying) -> None:
    """Makes whoever spoke first the speaker of `saying` and those whom the words came through its `via`, the outermost first."""
    paragraph = _at(paragraphs, (saying.cue or saying.source or saying.content)[0][0])
    if paragraph is None or not (saying.cue or saying.source):
        return
    for depth in range(_LINKS):
        cue = _verb(paragraph, saying)
        if cue is not None:
            if depth == 0:
                _reported_by(text, saying)
                _interposed(text, paragraph, saying)
                saying.via = [*_opening(paragraph, cue), *_quoting(paragraph, saying, cue), *saying.via]
            passed, told = _carriers(paragraph, saying, cue)
            saying.via = [*passed, *saying.via, *told] if depth == 0 else [*saying.via, *passed, *told]
            saying.via = list(dict.fromkeys(v for v in saying.via if not _overlaps([v], saying.source)))
            _hand_over(text, paragraph, saying, cue)
        link = inwards(text, paragraph, saying)
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


def _verb(paragraph: Paragraph, saying: Saying) -> Token | None:
    """The verb of the cue, else its last word."""
    tokens = [t for span in saying.cue for t in paragraph.tokens(span)]
    verbs = [t for t in tokens if t.pos_ == "VERB"]
    return verbs[0] if verbs else tokens[-1] if tokens else None


def _outside(paragraph: Paragraph, saying: Saying, cue: Token) -> Iterator[Token]:
    """The tokens of the cue's sentence that are not said."""
    for token in cue.sent:
        start = paragraph.start_of(token)
        if not any(a <= start < b for a, b in saying.content):
            yield token


# --- who carried the words on


def _reported_by(text: str, saying: Saying) -> None:
    """ "The agency reported ..., according to the ministry": what stands behind is where the outlet has it from."""
    if not saying.via or not saying.source or saying.via[-1][0] < saying.content[-1][1]:
        return
    if named_outlet(text[slice(*saying.source[0])]) and not named_outlet(text[slice(*saying.via[-1])]):
        last = saying.via.pop()
        saying.via = [*saying.via, *saying.source]
        saying.source, saying.antecedent = [last], None


def _interposed(text: str, paragraph: Paragraph, saying: Saying) -> None:
    """ "The daily reported, citing two diplomats, that ...": who is cited is no part of what is said."""
    start, end = saying.content[0]
    first = next(iter(paragraph.tokens((start, end))), None)
    before = first.nbor(-1) if first is not None and first.i else None
    that = text.find(", that ", start, end)
    if before is None or before.tag_ != "VBG" or before.lemma_.lower() not in CITING or that < 0 or not saying.source:
        return
    cited = paragraph.tokens((start, that))
    if any(t.pos_ in {"VERB", "AUX"} for t in cited):
        return
    if any(can_speak(t) for t in cited if t.head not in cited):
        saying.via += saying.source
        saying.source, saying.antecedent = [(start, that)], None
    saying.content[0] = (that + len(", that "), end)


def _opening(paragraph: Paragraph, cue: Token) -> list[Offsets]:
    """ "As Interfax reports with reference to the channel, the mayor said ...": who opens the sentence so, outermost first."""
    first = cue.sent[0]
    if first.lower_ != "as" or first.i + 2 >= cue.sent.end or first.i <= cue.i <= first.i + 1:
        return []
    comma = next((t.i for t in cue.sent if t.text == ","), cue.i)
    verb = next((t for t in first.doc[first.i + 1 : comma] if t.lemma_.lower() in CUES or t.lemma_.lower() in RELAYING), None)
    if verb is None or cue.i <= comma:
        return []
    names = [t for t in first.doc[first.i + 1 : comma] if t.pos_ in {"NOUN", "PROPN"} and t != verb]
    heads = [next((t for t in names if can_speak(t) or t.pos_ == "PROPN"), None)]
    heads += [named for t in first.doc[first.i : comma] if (named := _cited(t)) is not None]
    return [_named(paragraph, h, comma) for h in heads if h is not None]


def _named(paragraph: Paragraph, head: Token, stop: int) -> Offsets:
    """The name around `head`: the unbroken run of nouns and names that holds it."""
    first = last = head
    while first.i and first.nbor(-1).pos_ in {"NOUN", "PROPN", "ADJ", "DET"} and first.nbor(-1).lemma_ not in RELAYING:
        first = first.nbor(-1)
    while last.i + 1 < stop and last.nbor().pos_ in {"NOUN", "PROPN"}:
        last = last.nbor()
    return paragraph.offsets(first, last)


def _quoting(paragraph: Paragraph, saying: Saying, cue: Token) -> list[Offsets]:
    """ "The channel quotes a conscript who writes ...": whoever quotes the speaker, and whom they have it from."""
    heads = [t for span in saying.source for t in paragraph.tokens(span) if t.dep_ == "dobj" and t.head.lemma_ in CITING]
    quote = heads[0].head if heads and cue.dep_ == "relcl" else None
    outer = subject(quote) if quote is not None else None
    if outer is None or outer.pos_ == "PRON":
        return []
    named = [n for t in outer.subtree if (n := _cited(t)) is not None and can_speak(n)]
    return [phrase_of(paragraph, outer), *[phrase_of(paragraph, n) for n in named]]


def _carriers(paragraph: Paragraph, saying: Saying, cue: Token) -> tuple[list[Offsets], list[Offsets]]:
    """Who passed the words on, outermost first ("seen by the paper"), and who was told them ("told CNN")."""
    passed, told = [], []
    if cue.lemma_ == "tell" and not any(c.dep_ == "auxpass" for c in cue.children):
        told = [c for c in cue.children if c.dep_ in {"dobj", "dative"} and c.i > cue.i and _is_told(c)][:1]
    for token in _outside(paragraph, saying, cue):
        carrier = _carrier(token)
        if carrier is not None and carrier not in told and not _overlaps([paragraph.offsets(carrier, carrier)], saying.cue):
            passed.append((token, carrier))
    for token, carrier in passed:
        _cut(paragraph, saying, token, carrier)
    # "In remarks carried by Interfax, Minister Orlov said": the parser may take the speaker for the carrier's apposition
    spans = [(phrase_of(paragraph, c), _named(paragraph, c, c.sent.end)) for _, c in reversed(passed)]
    whole = [name if _overlaps([phrase], saying.source) else phrase for phrase, name in spans]
    return whole, [phrase_of(paragraph, c) for c in told]


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
            carries = found is not None and (_is_told(found) or (preposition == "by" and found.pos_ == "PROPN"))
            return found if carries else None
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
        first = phrase_of(paragraph, named)
        if _overlaps([first], [*saying.via, *saying.content]) or (token == cue and _overlaps([first], saying.source)):
            continue
        if saying.via and at < start and len(text[saying.via[-1][1] : at].split()) <= 3:
            saying.via.append(first)  # "the paper, citing the agency, quoted the mayor as saying"
            continue
        beside = start < at and len(text[min(end, at) : at].split()) <= 3
        if not (beside or token in (cue, cue.sent[0]) or token.head == cue or token.head.head == cue):
            continue
        outer = (start, start + len(text[start : min(end, at)].rstrip(" ,("))) if start < at else saying.source[0]
        if _overlaps([first], [outer]):
            who = subject(cue)
            outer = phrase_of(paragraph, who) if who is not None else outer
        if not _overlaps([first], [outer]):
            saying.via.append(outer)
            saying.source, saying.antecedent = [first], None
        return


def _cited(token: Token) -> Token | None:
    """Whom `token` cites: "citing the ministry", "quoting sources", "with reference to the channel", "on the word of a guard"."""
    lemma = token.lemma_.lower()
    if lemma in {"convey", "relay", "transmit", "learn", "hear"} and token.pos_ == "VERB":
        return next((g for c in token.children if c.lower_ == "from" for g in c.children if g.dep_ == "pobj"), None)
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
    behind = [g for c in named.children if c.dep_ == "prep" and c.lower_ in {"of", "by", "from"} for g in c.children]
    inner = (g for g in [*named.children, *behind] if g.pos_ == "PROPN" and g.dep_ in {"pobj", "appos", "poss", "nmod"})
    owner = (c for c in named.children if c.dep_ == "poss" or (c.dep_ == "compound" and is_outlet(c)))
    return next(inner, None) or next(owner, named)


def _overlaps(a: Sequence[Offsets], b: Sequence[Offsets]) -> bool:
    return any(p[0] < q[1] and q[0] < p[1] for p in a for q in b)
