"""What is told of an attack beside its harm: what was hit, with which weapon, from what, and which kind of attack it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from counterclaim.reading.acts import words_of
from counterclaim.reading.document import Paragraph
from counterclaim.reading.things import by_last_word
from counterclaim.reading.wordlists import section
from counterclaim.records import Aspect, Detail, Offsets, Polarity, Statement, polarity_of

if TYPE_CHECKING:
    from spacy.tokens import Token

SURE = 0.95
"""Confidence of a detail: of 125 read in the 49 restated reports 120 were right in span, kind and polarity, counted by hand."""


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(word for line in section("details.txt", name) for word in line.replace(",", " ").split())


def find_details(paragraphs: Sequence[Paragraph], statements: Sequence[Statement], text: str) -> tuple[Detail, ...]:
    """The details told in `paragraphs`, in the order of the text, each tied to the smallest statement whose content holds it."""
    out: list[Detail] = []
    for paragraph in paragraphs:
        for span, aspect, kind, word in _told(paragraph):
            holding = [s for s in statements if any(a <= span[0] and span[1] <= b for a, b in s.content)]
            inner = min(holding, key=lambda s: (sum(b - a for a, b in s.content), s.id), default=None)
            polarity = _polarity(word, span, inner, text)
            at = inner.id if inner is not None else None
            out.append(
                Detail(
                    id=f"d{len(out) + 1}", span=span, aspect=aspect, kind=kind, polarity=polarity, confidence=SURE, statement=at
                )
            )  # fmt: skip
    return tuple(out)


def _told(paragraph: Paragraph) -> Iterator[tuple[Offsets, Aspect, str, Token]]:
    """Each word or phrase that tells a detail: its offsets, what it tells, and its head."""
    known = by_last_word()
    for token in paragraph.doc:
        entries = known.get(token.lemma_.lower()) or known.get(token.lower_) or known.get(token.lower_.removesuffix("s"))
        if entries is None or token.pos_ not in {"NOUN", "PROPN", "VERB", "ADJ"}:
            continue
        told: set[Aspect] = set()
        for before, aspect, kind in entries:
            first = token.i - len(before)
            # the longest phrase of each aspect
            if aspect in told or first < 0 or not _same(token.doc[first : token.i], before):
                continue
            told.add(aspect)
            if _TIED[aspect](token):
                yield paragraph.offsets(token.doc[first], token), aspect, kind, token


def _same(tokens: Iterable[Token], words: Iterable[str]) -> bool:
    return all(word in {t.lower_, t.lemma_.lower()} for t, word in zip(tokens, words, strict=True))


# --- what ties a word to an attack


def _is_hit(word: Token) -> bool:
    """Whether an attack hit what `word` names, or was aimed at it."""
    if word.pos_ not in {"NOUN", "PROPN"}:
        return False
    if any(c.dep_ in {"acl", "relcl"} and _hits(c) and _passive(c) for c in word.children):
        return True
    at = _whole(word)
    verb = at.head
    if at.dep_ == "dobj":
        return _hits(verb) and not _down(verb)
    if at.dep_ == "nsubjpass":
        return (_hits(verb) or (verb.lemma_.lower() in _list("verbs land") and _aimed(verb))) and not _down(verb)
    if at.dep_ == "nsubj":
        return verb.lemma_.lower() in _list("verbs suffer")
    if at.dep_ == "pobj":
        # the parser hangs many an "on" on the verb before: "died in an air strike on a market"
        over = verb.nbor(-1) if verb.i and verb.nbor(-1).pos_ == "NOUN" and _names_attack(verb.nbor(-1)) else verb.head
        if verb.lower_ not in _ONTO or (verb.lower_ in {"in", "at"} and word.lemma_.lower() in _SURROUNDINGS):
            return False
        if over.pos_ in {"NOUN", "PROPN"}:
            return _names_attack(over, weapons=verb.lower_ == "on" or over.lemma_ == "bomb") and (
                verb.lower_ != "of" or over.lemma_.lower() not in _NOT_OF
            )
        return verb.lower_ != "of" and over.pos_ == "VERB" and over.lemma_.lower() in _list("verbs land")
    return at.dep_ in {"compound", "nmod", "poss"} and verb.pos_ in {"NOUN", "PROPN"} and _hit_by_name(at, verb)


def _is_weapon(word: Token) -> bool:
    """Whether `word` names what was fired, dropped or set off in an attack."""
    if word.pos_ not in {"NOUN", "PROPN"}:
        return False
    at = _whole(word)
    verb = at.head
    lemma = verb.lemma_.lower()
    if at.dep_ in {"dobj", "nsubjpass"}:
        return lemma in _list("verbs wield")
    if at.dep_ == "nsubj":
        return lemma in _list("verbs strike") and not _to_come(verb)
    if at.dep_ == "attr":
        return any(c.dep_ == "nsubj" and c.lower_ in {"it", "this", "that", "weapon"} for c in verb.children)
    if at.dep_ == "pobj":
        over = verb.head
        if verb.lower_ in {"by", "with", "from", "using"}:
            harmed = over.lemma_.lower() in _list("verbs hit") | _list("verbs strike") | _list("verbs wield")
            return (over.pos_ == "VERB" and harmed) or _names_attack(over)
        return verb.lower_ == "of" and _names_attack(over)
    if at.dep_ == "agent":
        return True
    return at.dep_ in {"compound", "nmod"} and verb.pos_ in {"NOUN", "PROPN"} and _names_attack(verb)


def _is_means(word: Token) -> bool:
    """Whether what `word` names flew, sailed or drove in an attack."""
    if word.pos_ not in {"NOUN", "PROPN"} or any(c.lower_ in {"downed", "suicide"} for c in word.children):
        return False
    at = _whole(word)
    verb = at.head
    if at.dep_ == "nsubj":
        return verb.lemma_.lower() in _list("verbs strike") and not _to_come(verb)
    if at.dep_ == "pobj":
        over = verb.head
        acts = over.pos_ == "VERB" and over.lemma_.lower() in _list("verbs hit") | _list("verbs strike") | _list("verbs wield")
        return verb.lower_ in {"by", "from"} and (acts or _names_attack(over))
    return at.dep_ in {"compound", "nmod", "poss"} and verb.pos_ in {"NOUN", "PROPN"} and _names_attack(verb)


def _is_attack(word: Token) -> bool:
    """Whether `word` names a kind of attack, and not only the part of another name or a wish for one."""
    if word.pos_ == "VERB":
        return word.lower_ in {"fire"} or word.lemma_ == "shoot"
    return word.dep_ not in {"compound", "nmod"} or _names_attack(word.head)


_TIED = {"hit": _is_hit, "weapon": _is_weapon, "means": _is_means, "strike": _is_attack}


def _whole(word: Token) -> Token:
    """The noun that stands for `word` in its clause: the first of several joined ones, or what it is a part of."""
    at = word
    for _ in range(6):
        if at.dep_ in {"conj", "appos"} and at.head.pos_ in {"NOUN", "PROPN"}:
            at = at.head
        elif at.dep_ == "pobj" and at.head.lower_ == "of" and _is_part(at.head.head):
            at = at.head.head
        else:
            break
    return at


def _is_part(noun: Token) -> bool:
    return noun.like_num or noun.lemma_.lower() in _list("nouns part")


def _hits(verb: Token) -> bool:
    """Whether `verb` tells that something was hit, and not only that somebody would, should or meant to."""
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in _list("verbs hit"):
        return False
    meant = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children) and verb.head.lemma_.lower() not in _DONE
    return not meant and not _to_come(verb)


def _to_come(verb: Token) -> bool:
    """Whether the clause tells of what will, would or should be."""
    return any(c.lower_ in {"will", "would", "should", "must"} and c.dep_ == "aux" for c in verb.children)


_DONE = frozenset("continue begin start manage use say report believe think appear seem know lead cause admit".split())
"""Verbs whose infinitive tells what was done ("is believed to have hit", "errors led crews to bomb")."""


def _passive(verb: Token) -> bool:
    return verb.tag_ == "VBN" and (verb.dep_ == "acl" or any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children))


def _down(verb: Token) -> bool:
    return any(c.dep_ == "prt" and c.lower_ in _list("particles down") for c in verb.children)


def _aimed(verb: Token) -> bool:
    """Whether the passive of a verb of falling or firing has its preposition left behind: "the convoy was fired at"."""
    return any(c.dep_ == "prep" and c.lower_ in {"on", "at", "upon"} and not [*c.children] for c in verb.children)


_ONTO = frozenset("on against at into onto upon through in inside over of".split())
_SURROUNDINGS = frozenset("neighbourhood neighborhood village quarter area square road highway street port well".split())
"""Where an attack happened more often than what it hit, behind "in" and "at"."""


def _names_attack(noun: Token, weapons: bool = False) -> bool:
    """Whether `noun` is a word for an attack; or for a weapon, where that is asked ("bombs on buildings")."""
    lemma = noun.lemma_.lower()
    if lemma in _list("nouns attack"):
        return True
    asked = ("strike", "weapon") if weapons else ("strike",)
    return any(aspect in asked for _, aspect, _ in by_last_word().get(lemma, ()))


_NOT_OF = frozenset({"fire", "use", "launch", "hail", "volley", "salvo", "barrage", "hit", "crew", "pilot", "firing", "drop"})
"""Nouns whose "of" names a weapon and not what was hit."""

_SCENES = frozenset(
    "bombing strike attack airstrike raid shelling blast explosion shooting massacre bombardment assault siege storming".split()
)


def _hit_by_name(word: Token, attack: Token) -> bool:
    """ "the hospital bombing", "the market attack": what stands before an attack is where it struck, unless it is who did it."""
    return attack.lemma_.lower() in _SCENES and word.ent_type_ not in {"ORG", "NORP"} and word.lemma_.lower() not in _DOERS


_DOERS = frozenset(
    "army militia police militant rebel terrorist insurgent fighter jihadist extremist bomber sniper troop".split()
)


# --- whether it is said to be so

_NOT = frozenset("no not n't never neither nor without none".split())
_DENYING = re.compile(r"\b(?:den(?:y|ies|ied|ying|ial)|reject|refut|disput|rul(?:e|ed|ing) out)", re.IGNORECASE)


def _polarity(word: Token, span: Offsets, statement: Statement | None, text: str) -> Polarity:
    """Whether the speaker says it was so, owns up to it, says it was not, or leaves it open."""
    negated = _negated(word)
    cue = " ".join(text[a:b] for a, b in statement.cue) if statement is not None else ""
    if statement is not None and (words_of("cue denial").search(cue) or _DENYING.search(cue)):
        return "asserts" if negated else "denies"
    if negated:
        return "denies"
    if statement is None:
        return "asserts"
    polarity = polarity_of(statement.act)
    # what is left open is told before the word: "could not say whether it hit", and not "it hit a lorry that may have been full"
    if polarity == "questions" and not any(a < span[0] and "." not in text[b : span[0]] for a, b in statement.hedge):
        return "asserts"
    return polarity if polarity in {"admits", "questions"} else "asserts"


def _negated(word: Token) -> bool:
    """Whether the clause of `word` is negated, or the word itself."""
    at = word
    for _ in range(8):
        held = [c for c in at.children if at.pos_ in {"VERB", "AUX"} or c.i < word.i]
        if any(c.dep_ == "neg" or (c.lower_ in _NOT and c.dep_ in {"det", "preconj", "cc", "advmod"}) for c in held):
            return True
        subjects = [c for c in held if c.dep_ in {"nsubj", "nsubjpass"}]
        if any(g.lower_ in {"no", "neither"} for s in subjects for g in s.children):
            return True  # "no strike was aimed at the convoy"
        if (at.pos_ in {"VERB", "AUX"} and at.dep_ not in {"xcomp", "pcomp"}) or at.head.i == at.i:
            return at.dep_ == "pcomp" and at.head.lower_ == "without"
        if at.dep_ in {"conj"} and at.pos_ in {"VERB", "AUX"}:
            return False
        if at.lower_ == "without":
            return True
        at = at.head
    return False
