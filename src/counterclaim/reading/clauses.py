"""What is said as clauses: how deep each word lies below the main one, and the deeds of violence told, by whom and to whom."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from counterclaim.reading.document import Paragraph
from counterclaim.reading.wordlists import section
from counterclaim.records import Offsets

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed of violence as one clause tells it.

    Offsets of its `word`, of who does it (`doer`, without an article) and of whom or what it is done to (`to`), each None where
    the clause names nobody. `own`: the doer is a pronoun or somebody's own ("we", "it", "its aircraft"). `denied`: the clause
    says that it did not happen. `depth`: how far below the main clause. `main`: told by a verb and not only named ("the strike").
    `active`: with the doer as its subject. `armed`: the doer is a party by name or somebody under arms, no thing and no crowd.
    `suffered`: done to who speaks ("we were fired on").
    """

    word: Offsets
    doer: Offsets | None
    to: Offsets | None
    own: bool
    denied: bool
    depth: int
    main: bool
    active: bool
    armed: bool
    suffered: bool


_DOWN = frozenset({"relcl", "acl", "advcl", "csubj", "pcomp"})
"""Relations of a clause that says something in passing, about a noun or about when and why."""

_CIRCUMSTANCE = frozenset("after before since during in following amid from by at near under despite over about on".split())
"""Prepositions behind which a deed is only the occasion ("killed in a strike", "the claims about the raid")."""

_OWN = frozenset("we us our ours i my it its they their he his she her them itself themselves".split())
_NEGATIVE = frozenset("no not n't never neither nor nobody none nothing cannot nowhere".split())


class Clauses:
    """The tokens of a text by offsets, and what the parse tells of those in one content."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._paragraphs = paragraphs
        self._starts = [p.span[0] for p in paragraphs]
        self._edges = [[t.idx for t in p.doc] for p in paragraphs]

    def tokens(self, span: Offsets) -> list[tuple[Paragraph, Token]]:
        """The words that lie in `span`, blanks left out."""
        out: list[tuple[Paragraph, Token]] = []
        first = max(0, bisect_right(self._starts, span[0]) - 1)
        for paragraph, idx in zip(self._paragraphs[first:], self._edges[first:], strict=True):
            if paragraph.span[0] >= span[1]:
                break
            i = bisect_left(idx, span[0] - paragraph.span[0])
            j = bisect_left(idx, span[1] - paragraph.span[0])
            out += [(paragraph, t) for t in paragraph.doc[i:j] if not t.is_space]
        return out


class Told:
    """The words of one content, or of one clause of it, as the parse hangs them together."""

    def __init__(self, clauses: Clauses, pieces: Iterable[Offsets]) -> None:
        self.words = [w for piece in pieces for w in clauses.tokens(piece)]
        self._inside = {(p.span[0], t.i) for p, t in self.words}
        self._at = sorted((p.start_of(t), p.end_of(t), k) for k, (p, t) in enumerate(self.words))

    def depth(self, position: int) -> int:
        """How many clauses or circumstances lie between the word at `position` and the main clause of what is said."""
        k = bisect_right(self._at, (position, 1 << 60, 0)) - 1
        if k < 0 or not self.words:
            return 0
        return self._depth(*self.words[self._at[k][2]])

    def _depth(self, paragraph: Paragraph, token: Token) -> int:
        depth, at = 0, token
        while at.head.i != at.i and (paragraph.span[0], at.head.i) in self._inside:
            if at.dep_ in _DOWN or (at.dep_ == "prep" and at.lower_ in _CIRCUMSTANCE):
                depth += 1
            at = at.head
        return depth

    def roots(self) -> Iterator[tuple[Paragraph, Token]]:
        """The words that hang on none of the others."""
        for paragraph, token in self.words:
            if token.head.i == token.i or (paragraph.span[0], token.head.i) not in self._inside:
                yield paragraph, token

    def joints(self) -> list[int]:
        """Where coordinate main clauses begin, the first left out: a new sentence, or a verb joined to a main one."""
        edges = []
        for k, (paragraph, token) in enumerate(self.words):
            before = self.words[k - 1][1] if k else None
            if before is not None and (before.doc is not token.doc or token.is_sent_start or before.text == ";"):
                edges.append(paragraph.start_of(token))
            elif token.pos_ in {"VERB", "AUX"} and token.dep_ in {"conj", "parataxis"} and self._joins_main(paragraph, token):
                edges.append(paragraph.start_of(_first_of(token)))
        return sorted(set(edges))

    def _joins_main(self, paragraph: Paragraph, verb: Token) -> bool:
        """Whether `verb` is joined to a main verb of what is said, straight or through others so joined."""
        finite = verb.tag_ in {"VBD", "VBZ", "VBP", "MD"} or any(c.dep_ in {"aux", "auxpass"} for c in verb.children)
        if not finite and not any(c.dep_ in {"nsubj", "nsubjpass", "expl"} for c in verb.children):
            return False  # "killed and wounded"
        at = verb
        while at.dep_ in {"conj", "parataxis"} and at.head.i != at.i:
            at = at.head
            if at.pos_ not in {"VERB", "AUX"} or (paragraph.span[0], at.i) not in self._inside:
                return False
        return self._depth(paragraph, at) == 0

    def sayings(self) -> Iterator[int]:
        """Where the verbs of the main clause stand that something hangs on: "told them that Ankara denied it", twice."""
        for paragraph, token in self.words:
            joined = token.dep_ in {"conj", "parataxis"} and any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children)
            governed = [token, *([token.head] if token.dep_ == "xcomp" else [])]
            denied = any(c.dep_ == "neg" or c.lower_ in _NEGATIVE for t in governed for c in t.children)
            if token.pos_ == "VERB" and not joined and not denied and self._depth(paragraph, token) == 0:
                yield paragraph.start_of(token)

    def deeds(self) -> Iterator[Deed]:
        """The deeds of violence told, in order."""
        for paragraph, token in self.words:
            if token.pos_ in {"VERB", "AUX"} and (token.lemma_.lower() in _deeds("deeds") or _left_dead(token) or _undone(token)):
                yield self._told_by_verb(paragraph, token)
            elif token.lemma_ == "be" and (doer := _identified(token)) is not None:
                yield self._deed(paragraph, token, doer, None, True, True)
            elif token.lemma_.lower() in _deeds("attacks") and token.pos_ in {"NOUN", "PROPN"}:
                yield self._named(paragraph, token)

    def _told_by_verb(self, paragraph: Paragraph, verb: Token) -> Deed:
        passive = _passive(verb)
        doer, to = _by(verb) if passive else _subject(verb), _object(verb, passive)
        return self._deed(paragraph, verb, doer, to, True, not passive)

    def _named(self, paragraph: Paragraph, noun: Token) -> Deed:
        """An attack by a noun: whose it is stands before it or behind "by"; "carried out a strike" has it from the verb."""
        before = (c for c in noun.children if c.dep_ in {"poss", "compound", "nmod", "amod"})
        owner = next((c for c in before if is_party(c) and c.lemma_.lower() != "terrorist"), None)
        by = next((g for c in noun.children if c.lower_ == "by" for g in c.children if g.dep_ == "pobj"), None)
        doer = by or owner
        verb = noun.head
        main = active = False
        if doer is None and noun.dep_ in {"dobj", "nsubjpass"} and verb.lemma_.lower() in _deeds("doing"):
            active = not _passive(verb)
            doer, main = _subject(verb) if active else _by(verb), True
        to = next(
            (g for c in noun.children if c.lower_ in {"on", "against", "at", "of"} for g in c.children if g.dep_ == "pobj"), None
        )
        return self._deed(paragraph, noun, doer, to, main or noun.dep_ in {"nsubj", "ROOT", "attr"}, active)

    def _deed(self, paragraph: Paragraph, word: Token, doer: Token | None, to: Token | None, main: bool, active: bool) -> Deed:
        if doer is not None and (paragraph.span[0], doer.i) not in self._inside:
            doer = (
                None  # the speaker, whom the parser takes for the subject of what he tells: "state television reported wounded"
            )
        sent, doer = doer, _sender(doer)
        return Deed(
            paragraph.offsets(word, word),
            paragraph.offsets(named_from(doer), doer) if doer is not None else None,
            paragraph.offsets(to, to) if to is not None else None,
            any(t is not None and _is_own(t) for t in (sent, doer)),
            _denied(word, sent, to),
            self._depth(paragraph, word),
            main,
            active,
            any(t is not None and is_party(t) for t in (sent, doer)),
            word.pos_ == "VERB" and doer is None and to is not None and to.lower_ in _OWN and to.i < word.i,
        )


def _first_of(verb: Token) -> Token:
    """The first word of a clause joined by `verb`: the "and" before it, else the first of its own words."""
    first = min(verb.subtree, key=lambda t: t.i)
    before = first.nbor(-1) if first.i > verb.sent.start else first
    return before if before.dep_ == "cc" or before.lower_ in {"and", "but", "that"} else first


def _left_dead(verb: Token) -> bool:
    """ "The raid left nine dead": killing by another word."""
    return verb.lemma_ == "leave" and any(c.lower_ in {"dead", "wounded", "injured"} for c in verb.children)


def _undone(verb: Token) -> bool:
    """Whether the clause says that something was not done by one's own or with arms, whatever it was ("it had sent no jets", "no
    weapons were kept there"); what one does not know, want or see, and what one may not do, is no deed."""
    if verb.lemma_.lower() in _deeds("mental") or any(c.tag_ == "MD" for c in verb.children):
        return False
    passive = _passive(verb)
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    to = _object(verb, passive)
    if not _denied(verb, subject, to):
        return False
    arms = any(t is not None and t.lemma_.lower() in _deeds("weapons") | _deeds("men") for t in (subject, to))
    return arms or (subject is not None and _is_own(subject) and verb.lemma_ not in {"be", "have"})


def _identified(be: Token) -> Token | None:
    """Who is said to be the one: "it was the air force", "the shell was the rebels'"; None where nobody is."""
    subject = next((c for c in be.children if c.dep_ == "nsubj"), None)
    attribute = next((c for c in be.children if c.dep_ == "attr"), None)
    if subject is None or attribute is None or any(c.dep_ == "neg" for c in be.children):
        return None
    if subject.lower_ not in {"it", "this", "that"} and subject.lemma_.lower() not in _deeds("weapons"):
        return None
    if any(c.dep_ == "relcl" for c in attribute.children) or any(
        t.lower_ in {"who", "that", "which"} for t in be.doc[attribute.i : be.sent.end]
    ):
        return None  # "it was the army that called": the clause behind tells what it did
    return attribute if attribute.lemma_.lower() in _deeds("men") or attribute.ent_type_ in {"NORP", "ORG"} else None


def _passive(verb: Token) -> bool:
    return any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children) or (
        verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod", "advcl"}
    )


def _by(verb: Token) -> Token | None:
    agent = next((c for c in verb.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")), None)
    return next((g for g in agent.children if g.dep_ == "pobj"), None) if agent is not None else None


def _subject(verb: Token) -> Token | None:
    """Who does it: the verb's own subject, or of the verb it is joined to or hangs on ("failed to hit", "entered and shot")."""
    for _ in range(4):
        # of two the nearer: before a report's first words the parser takes its dateline for a subject, too
        own = next((c for c in (*reversed([*verb.lefts]), *verb.rights) if c.dep_ == "nsubj"), None)
        if own is not None:
            if own.tag_ in {"WP", "WDT"} and verb.dep_ == "relcl":
                return verb.head
            return own
        if verb.dep_ == "relcl" and verb.tag_ != "VBN":
            return verb.head
        if verb.dep_ not in {"conj", "xcomp", "advcl", "pcomp", "prep", "acl"} or verb.head.i == verb.i:
            return None
        if any(c.dep_ == "nsubjpass" for c in verb.head.children):
            return next(c for c in verb.head.children if c.dep_ == "nsubjpass")
        verb = verb.head
    return None


def _object(verb: Token, passive: bool) -> Token | None:
    for child in verb.children:
        if child.dep_ == ("nsubjpass" if passive else "dobj"):
            return child
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in {"at", "on", "upon", "into", "against", "over"}:
            return next((g for g in child.children if g.dep_ == "pobj"), None)
    return verb.head if passive and verb.dep_ in {"acl", "relcl"} else None


def named_from(head: Token) -> Token:
    """The first word of the name or description that ends with `head`, articles and numbers left out."""
    first = head
    while first.i > head.sent.start:
        before = first.nbor(-1)
        if before.head.i < before.i or before.pos_ in {"DET", "NUM", "PUNCT", "CCONJ", "ADP", "VERB", "AUX", "PRON"}:
            break
        if before.head.i != head.i and before.head.head.i != head.i:
            break
        first = before
    return first.nbor(1) if first.text in {"'s", "'"} else first


def _sender(doer: Token | None) -> Token | None:
    """Whose the weapon is that did it ("the army's shells", "Israeli fire"); the doer itself where it is none or nobody's."""
    if doer is None or doer.lemma_.lower() not in _deeds("weapons"):
        return doer
    before = (c for c in doer.children if c.dep_ in {"poss", "compound", "nmod", "amod"})
    behind = (g for c in doer.children if c.lower_ in {"of", "from", "by"} for g in c.children if g.dep_ == "pobj")
    return next((t for t in (*before, *behind) if is_party(t)), doer)


def _is_own(doer: Token) -> bool:
    return doer.lower_ in _OWN or any(c.dep_ == "poss" and c.lower_ in _OWN for c in doer.children)


def is_party(token: Token) -> bool:
    """Whether the word names somebody who can be accused: a party by name, its people, or men under arms."""
    if token.lemma_.lower() == "terrorist" and token.dep_ in {"compound", "amod", "nmod"}:
        return False  # "a terrorist attack": of what kind, and nobody's
    if token.ent_type_ in {"NORP", "ORG", "GPE"} or token.lemma_.lower() in _deeds("men"):
        return True
    return any(c.dep_ in {"amod", "compound", "poss"} and c.ent_type_ in {"NORP", "ORG", "GPE"} for c in token.children)


def _denied(word: Token, doer: Token | None, to: Token | None) -> bool:
    """Whether the clause of `word` is negated: on its verb, on what governs it ("did not intend to hit"), or on who or what."""
    held = list(word.children)
    if word.dep_ in {"xcomp", "dobj", "nsubjpass", "attr", "acl", "ccomp", "prep", "pobj"} or word.head.dep_ == "prep":
        held += [c for c in word.head.children if c.i < word.i]
    if any(c.dep_ == "neg" or c.lower_ in _NEGATIVE for c in held):
        return True
    return any(p is not None and (p.lower_ in _NEGATIVE or any(c.lower_ in _NEGATIVE for c in p.children)) for p in (doer, to))


@cache
def _deeds(name: str) -> frozenset[str]:
    return frozenset(word for line in section("deeds.txt", name) for word in line.split())
