"""What a sentence says happened to those whom a phrase names: by the word behind it, its verb, or its noun of harm."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from counterclaim.reading.document import Paragraph
from counterclaim.reading.harm import HAPPENS, LIVES, NOUNS, SHOOTING, STATES, TOLLS, VERBS
from counterclaim.reading.numbers import Quantity
from counterclaim.records import Harm

if TYPE_CHECKING:
    from spacy.tokens import Token


def state_behind(token: Token) -> Token | None:
    """The word right behind that says what happened to them: "62 dead", "civilians reported killed"."""
    doc, i = token.doc, token.i + 1
    while i < len(doc) and (
        doc[i].text in {")", "'", '"'}
        or doc[i].lower_
        in {"more", "others", "other", "people", "reported", "confirmed", "feared", "reportedly", "already", "left"}
        or doc[i].is_space
    ):
        i += 1
    if i >= len(doc) or doc[i].lower_ not in STATES or any(c.dep_ == "dobj" and c.left_edge.i <= i + 2 for c in doc[i].children):
        return None
    if (
        doc[i].lower_ in SHOOTING
        and i + 1 < len(doc)
        and (doc[i + 1].lower_ == "at" or doc[i + 1].pos_ in {"DET", "PRON", "NUM", "PROPN"})
    ):
        return None  # "two men shot at the car" shot, they were not shot
    return doc[i]


def both(token: Token, harm: Harm) -> Harm:
    """One number for dead and wounded together is left open: "casualties"; shot "dead" or "and killed" is killed."""
    if token.lemma_.lower() in SHOOTING or token.lower_ in SHOOTING:
        return "killed" if _fatal(token) else harm
    for other in [*token.children, *([token.head] if token.dep_ == "conj" else [])]:
        if (other.dep_ == "conj" or other is token.head) and not _numbered_between(token, other):
            second = STATES.get(other.lower_) or VERBS.get(other.lemma_.lower()) or NOUNS.get(other.lemma_.lower())
            if (
                second is not None
                and second != harm
                and {second, harm} <= {"killed", "injured", "casualties"}
                and not _own_number(other)
            ):
                return "casualties"
    return harm


_DEADLY = re.compile(r"\s*(?:dead|to\s+death|(?:,|,?\s+and)\s+(?:\w+ly\s+)?(?:killed|died)|fatally)\b", re.IGNORECASE)


def _fatal(token: Token) -> bool:
    """Whether those shot or stabbed are said to have died of it: "fatally shot", "shot dead", "shot and killed"."""
    behind = token.doc.text[token.idx + len(token.text) : token.idx + len(token.text) + 30]
    return bool(_DEADLY.match(behind)) or any(c.dep_ == "advmod" and c.lower_ in {"fatally", "mortally"} for c in token.children)


_AMOUNT_WORDS = frozenset({"no", "other", "others", "several", "many", "some", "dozens", "another"})


def _numbered_between(first: Token, second: Token) -> bool:
    """Whether a number of their own stands between two harms ("were killed, including two boys, and ten others injured"), though
    the parser hangs it elsewhere."""
    low, high = sorted((first.i, second.i))
    return any(t.like_num or t.lower_ in _AMOUNT_WORDS for t in first.doc[low + 1 : high])


def _own_number(token: Token) -> bool:
    return any(c.like_num or c.lower_ in _AMOUNT_WORDS for c in token.subtree if c != token) or any(
        c.dep_ in {"nsubj", "nsubjpass", "dobj"} for c in token.children
    )


def is_lost(token: Token, lemmas: frozenset[str]) -> bool:
    return any(a.lemma_.lower() in lemmas for a in [*token.ancestors][:3])


def harm_of(verb: Token) -> Harm | None:
    """The harm that a verb does or suffers, with its particle or complement: "left dead", "lost their lives", "shot dead"."""
    harm = VERBS.get(verb.lemma_.lower())
    if harm is not None:
        if harm == "injured" and any(c.dep_ == "advmod" and c.lower_ in {"fatally", "mortally"} for c in verb.children):
            return "killed"
        return both(verb, harm)
    for child in verb.children:
        if child.dep_ in {"ccomp", "xcomp"} and (
            verb.lemma_ in {"say", "tell", "ask", "add"} or any(g.dep_ in {"nsubj", "nsubjpass"} for g in child.children)
        ):
            continue  # "told a reporter that nine were killed": the harm is another's
        if child.dep_ in {"oprd", "acomp", "xcomp", "ccomp", "attr", "advmod"} and child.lower_ in STATES:
            return both(child, STATES[child.lower_])
        if (
            child.dep_ in {"xcomp", "ccomp"}
            and child.lemma_.lower() in VERBS
            and any(g.dep_ in {"auxpass", "aux"} for g in child.children)
        ):
            return VERBS[child.lemma_.lower()]
        if child.dep_ == "dobj" and child.lemma_.lower() in LIVES and verb.lemma_.lower() == "lose":
            return "killed"
        if (
            child.dep_ == "dobj"
            and child.lemma_.lower() in {"wound", "injury"}
            and verb.lemma_.lower() in {"suffer", "have", "sustain", "bear"}
        ):
            return "injured"
    return None


_OF = r"(?:\s+(?:of|from|in|at|among)\s(?:(?!\b(?:who|whose|where|when|which|that|was|were)\b)[^,.;:\d]){1,60}?)?"
_WHO = (
    r"(?:\s+(?:who|that)\s+(?:(?!\b(?:said|says|told|they|he|she)\b)[^,.;]){1,60}?)?"
    r"(?:\s+(?:trying|waiting|living|working|attending|gathered|sheltering)\s(?:(?!\b(?:where|when|while|as|after)\b)[^,.;]){1,60}?)?"
)
_ASIDE = r"(?:\s*\([^)]*\))?(?:,[^.;]{1,90},|\s+[-\u2013\u2014]\s[^.;\u2013\u2014]{1,160}?\s?[-\u2013\u2014](?=\s))?"
_BETWEEN = "been also all reportedly reported confirmed believed feared thought to have already still later now"
_THEN = re.compile(
    _OF
    + _WHO
    + _ASIDE
    + _WHO
    + rf",?\s+(?:were|was|are|is|have|has|had)(?:\s+(?:{_BETWEEN.replace(' ', '|')}))*\s+(?P<harm>\w+)",
    re.IGNORECASE,
)


def fate_by_words(text: str, paragraph: Paragraph, end: Token) -> Harm | None:
    """The harm of the verb that follows an aside ("116 civilians, including 18 children, have died"), where the parse lost it."""
    found = _THEN.match(text, paragraph.end_of(end), paragraph.span[1])
    if found is None:
        return None
    word = found.group("harm").lower()
    harm = STATES.get(word) or {"died": "killed", "perished": "killed", "massacred": "killed"}.get(word)
    second = re.match(r"\s+(?:and|or)\s+(\w+)", text[found.end() : found.end() + 20])
    other = STATES.get(second.group(1).lower()) if second else None
    return "casualties" if harm is not None and other is not None and other != harm else harm  # type: ignore[return-value]


_AMOUNTS = frozenset(
    ["total", "number", "half", "dozen", "dozens", "scores", "hundreds", "thousands", "tens", "millions", "majority", "rest"]
)


def fate_by_verb(head: Token, core: Token, *, asserted: bool = False) -> Harm | None:
    """The harm of the verb whose subject or object the counted are; with `asserted`, only of a verb that says it happened."""
    for child in head.children:
        if child.dep_ in {"acl", "relcl"} and (child.tag_ in {"VBN", "JJ"} or child.dep_ == "relcl"):
            if child.dep_ == "relcl":
                harm = (STATES.get(child.lower_) or harm_of(child)) if _suffers(child) else None
            else:
                harm = STATES.get(child.lower_)
            if harm is not None:
                return both(child, harm)
    token, steps = head, 0
    while steps < 4:
        parent = token.head
        if parent == token:
            return None
        if parent.pos_ in {"VERB", "AUX"} and (_denied(parent) or _intended(parent) or (asserted and _unreal(parent))):
            return None
        if token.dep_ in {"nsubjpass", "nsubj"}:
            harm = harm_of(parent)
            if harm is not None and (token.dep_ == "nsubjpass" or _suffers(parent)):
                return harm
            if parent.dep_ in {"ccomp", "conj"} and parent.lemma_ == "be":
                return None
            return None
        if token.dep_ in {"dobj", "oprd", "dative"}:
            return harm_of(parent)
        if token.dep_ == "pobj" and parent.lower_ in {"of", "to", "in", "for", "at"}:
            noun = parent.head
            if parent.lower_ == "of" and (noun == core or noun.lower_ in _AMOUNTS or noun.like_num):
                token, steps = noun, steps + 1
                continue
            harm = NOUNS.get(noun.lemma_.lower()) or TOLLS.get(noun.lemma_.lower())
            return harm if parent.lower_ == "of" or noun.lemma_.lower() in TOLLS else None
        if token.dep_ in {"conj", "appos", "nummod", "quantmod", "compound", "nmod", "amod"}:
            token, steps = parent, steps + 1
            continue
        return None
    return None


def _denied(verb: Token) -> bool:
    return any(c.dep_ == "neg" and c.nbor().lower_ != "only" for c in verb.children if c.i + 1 < len(c.doc))


_INTENDING = frozenset(
    "plan hope want threaten threat try attempt intend seek vow aim plot conspire order wish prepare refuse".split()
)


def _intended(verb: Token) -> bool:
    """Whether a verb says only what somebody meant to do: "planned to kill hundreds"."""
    return verb.head.lemma_.lower() in _INTENDING and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _unreal(verb: Token) -> bool:
    """Whether a verb says what might be or should be, not what was."""
    return any(
        (c.dep_ == "aux" and (c.lower_ == "to" or c.tag_ == "MD"))
        or (c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether"})
        for c in verb.children
    )


def _suffers(verb: Token) -> bool:
    """Whether the verb's subject is the victim: a passive, or a verb that happens to people, or "were dead"."""
    if verb.lemma_.lower() in HAPPENS or any(c.dep_ == "auxpass" for c in verb.children):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN":
        return True
    return any(
        c.dep_ in {"acomp", "oprd", "xcomp", "attr", "dobj"}
        and (c.lower_ in STATES or c.lemma_.lower() in LIVES | {"wound", "injury"} or c.lemma_.lower() in VERBS)
        for c in verb.children
    )


_PUT_AT = re.compile(
    r"\b(?:(?P<toll>toll|dead|wounded|injured|missing)\b[^.,;:]{0,30}?\s(?:at|to|of|is|was|stands at)"
    r"|numbers? of (?:\w+ )?(?P<number>deaths|martyrs|fatalities|dead|killed|wounded|injured|missing)\b[^.;:]{0,70}?"
    r"\s(?:at|to|is|was|reached|reaches|reaching|exceed(?:s|ed)|passed))\s+$",
    re.IGNORECASE,
)
_DEAD_NUMBERS = frozenset({"deaths", "martyrs", "fatalities", "killed"})


def fate_by_toll_word(text: str, quantity: Quantity) -> Harm | None:
    """The word of counting right before the number: "the dead at 104 and the wounded at 280"."""
    # 110 code points hold "the number of martyrs in the raid on the north of the city has risen to"
    found = _PUT_AT.search(text[max(0, quantity.span[0] - 110) : quantity.span[0]])
    if found is None:
        return None
    word = (found.group("toll") or found.group("number")).lower()
    return "killed" if word in _DEAD_NUMBERS else TOLLS[word]


def fate_by_toll(token: Token) -> Harm | None:
    """Numbers that a toll is put at, rises to or stands at: "put the dead at 104", "the toll has passed 30,000"."""
    if token.i and token.nbor(-1).text == ",":
        return None  # an age: "identified the dead as Jones, 38"
    seen = token
    for _ in range(4):
        parent = seen.head
        if parent == seen:
            return None
        noun = TOLLS.get(parent.lemma_.lower())
        if noun is not None and seen.dep_ in {"prep", "nummod", "appos", "pobj"}:
            return noun
        if parent.pos_ in {"VERB", "AUX"}:
            return _toll_noun(
                [c for c in parent.children if c.dep_ in {"dobj", "nsubj", "nsubjpass", "conj"} and c.i < token.i], token
            )
        seen = parent
    return None


def _toll_noun(nouns: Sequence[Token], number: Token) -> Harm | None:
    """The toll noun nearest before the number in these phrases ("the dead at 104 and the wounded at 280")."""
    candidates = [t for n in nouns for t in n.subtree if (t.lower_ in TOLLS or t.lemma_.lower() in TOLLS) and t.i < number.i]
    if not candidates:
        return None
    nearest = max(candidates, key=lambda t: t.i)
    return TOLLS.get(nearest.lower_) or TOLLS.get(nearest.lemma_.lower())
