"""Tolls: numbers that the grammar of the sentence ties to harm, with victims, scope and what they count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counterclaim.reading.document import Paragraph
from counterclaim.reading.harm import HAPPENS, LIVES, LOSING, NOUNS, STATES, TOLLS, VERBS, counts_people, victims_of
from counterclaim.reading.numbers import Quantity, find_quantities
from counterclaim.reading.scopes import scope_of
from counterclaim.records import Figure, Harm, Offsets, Victims

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOT_A_COUNT_BEFORE = re.compile(r"(?:\b(?:aged?|No\.|number|page|section|article|channel|resolution)\s|[-–/])$", re.IGNORECASE)
_MEASURES = (
    "year month day hour minute pound kilo mile metre meter member strong point storey story foot inch mm wheel week man seat"
)
_NOT_A_COUNT_AFTER = re.compile(
    rf"^\s?(?:percent|per\s+cent|%|(?:a\.?|p\.?)m\.?\b|years?[- ]old|-(?:{_MEASURES.replace(' ', '|')})"
    r"|st\b|nd\b|rd\b|th\b|°|km\b|kg\b|mm\b|miles?\b|years?\b|days?\b|hours?\b|minutes?\b|weeks?\b|months?\b|families\b|times\b)",
    re.IGNORECASE,
)
_MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)


@dataclass(frozen=True, slots=True)
class _Count:
    """A quantity found to count the harmed: where, which harm, who, and how sure."""

    quantity: Quantity
    span: Offsets
    harm: Harm
    victims: Victims
    part: bool
    confidence: float


def find_figures(text: str, paragraphs: Sequence[Paragraph]) -> tuple[Figure, ...]:
    """The tolls said in a text, in order, `statement` and speaker still open.

    The confidence is that of the kind of evidence, measured on the restated reports (bench/quality.py figures).
    """
    found: list[Figure] = []
    for paragraph in paragraphs:
        for count in _counts(text, paragraph):
            inside = next((s for s in paragraph.sentences() if s[0] <= count.span[0] < s[1]), paragraph.span)
            scope = "part" if count.part else scope_of(text, inside, count.span, count.quantity.low or 0)
            low, high, qualifier = count.quantity.low, count.quantity.high, count.quantity.qualifier
            found.append(
                Figure(
                    id=f"f{len(found) + 1}",
                    span=count.span,
                    harm=count.harm,
                    victims=count.victims,
                    low=low,
                    high=high,
                    qualifier=qualifier,
                    scope=scope,
                    confidence=count.confidence,
                )
            )
    return tuple(found)


def _counts(text: str, paragraph: Paragraph) -> list[_Count]:
    found: list[_Count] = []
    for quantity in [*find_quantities(text[slice(*paragraph.span)], paragraph.span[0])]:
        count = _count(text, paragraph, quantity, found)
        if count is not None:
            found.append(count)
    found.extend(_nobody(paragraph))
    return sorted(found, key=lambda c: c.span)


def _count(text: str, paragraph: Paragraph, quantity: Quantity, before: list[_Count]) -> _Count | None:
    """What `quantity` counts, None where nothing ties it to harm."""
    first, last = _tokens(paragraph, quantity.core)
    if first is None or last is None or _is_no_count(text, quantity, first, last):
        return None
    head, unit_end, modifiers = _unit(last)
    people = head is not None and counts_people(head)
    end = unit_end
    # the number alone, or with a word behind it that says what happened: "62 dead", "more than 100 wounded"
    state = _state(unit_end)
    noun = NOUNS.get(head.lemma_.lower()) if head is not None else None
    victims = victims_of(head, modifiers)
    if noun is not None and head is not None:
        harm = _both(head, noun)
        return _made(paragraph, quantity, head, harm, victims, False, 0.9)
    if head is not None and head.lemma_.lower() in LIVES and _ancestor_in(head, LOSING):
        return _made(paragraph, quantity, head, "killed", "unspecified", False, 0.9)
    if state is not None and (people or head is None or head.lower_ in STATES):
        harm = _both(state, STATES[state.lower_])
        return _made(paragraph, quantity, state, harm, victims, False, 0.9)
    if head is not None and not people:
        return None
    part, inherited = _part_of(text, quantity, last, before)
    anchor = head or last
    verb_harm = _by_verb(anchor, first) or (_by_words(text, paragraph, end) if people or head is None else None)
    if verb_harm is not None and not part:
        return _made(paragraph, quantity, end, verb_harm, victims, False, 0.8)
    toll = (_by_toll_word(text, quantity) or _by_toll(anchor)) if head is None or people else None
    if toll is not None:
        return _made(paragraph, quantity, end, toll, victims, False, 0.85)
    if inherited is not None and (part or people or head is None):
        klass = victims if victims != "unspecified" else inherited.victims
        return _made(paragraph, quantity, end, verb_harm or inherited.harm, klass, part, 0.6)
    return None


def _made(
    paragraph: Paragraph, quantity: Quantity, end: Token, harm: Harm, victims: Victims, part: bool, confidence: float
) -> _Count:
    span = (quantity.span[0], max(quantity.span[1], paragraph.end_of(end)))
    return _Count(quantity, span, harm, victims, part, confidence)


def _tokens(paragraph: Paragraph, core: Offsets) -> tuple[Token | None, Token | None]:
    a, b = core[0] - paragraph.span[0], core[1] - paragraph.span[0]
    span = paragraph.doc.char_span(a, b, alignment_mode="expand")
    return (span[0], span[-1]) if span is not None and len(span) else (None, None)


def _is_no_count(text: str, quantity: Quantity, first: Token, last: Token) -> bool:
    start, end = quantity.core
    if _NOT_A_COUNT_BEFORE.search(text[max(0, quantity.span[0] - 12) : quantity.span[0]]) or _NOT_A_COUNT_AFTER.search(
        text[end : end + 14]
    ):
        return True
    before = first.nbor(-1).lower_.rstrip(".") if first.i else ""
    after = last.nbor().lower_.rstrip(".") if last.i + 1 < len(last.doc) else ""
    if before in _MONTHS or after in _MONTHS or (before == "no" and quantity.low == 1) or before == "$":
        return True
    said = text[start:end]
    return bool(re.fullmatch(r"(?:19|20)\d\d", said)) and (
        before in {"in", "since", "of", "until", "by", "from", "late", "early", ","} or not after
    )


def _unit(last: Token) -> tuple[Token | None, Token, list[Token]]:
    """The noun counted, the last token of its phrase, and its modifiers: by reading on from the number.

    The parser's own head is not asked, since it is often wrong behind "at least" and "more than"; a noun phrase is simple:
    adjectives and nouns up to the last noun in a row, or the noun after "of" ("dozens of Syrian soldiers").
    """
    doc, i = last.doc, last.i + 1
    modifiers: list[Token] = []
    while i < len(doc) and doc[i].is_space:
        i += 1
    if i < len(doc) and doc[i].lower_ == "of" and i + 1 < len(doc):
        i += 1
        while i < len(doc) and doc[i].pos_ == "DET":
            i += 1
        if i < len(doc) and doc[i].lower_ in STATES and doc[i].nbor(-1).pos_ == "DET":
            return None, doc[i - 1], []
        if i < len(doc) and doc[i].lower_ in {"them", "whom", "those", "these", "us", "which"}:
            named, end, mods = _unit(doc[i]) if i + 1 < len(doc) else (None, doc[i], [])
            return (named, end, mods) if named is not None else (None, last, [])
    head: Token | None = None
    while i < len(doc):
        token = doc[i]
        if (token.pos_ in {"NOUN", "PROPN"} and not token.is_stop) or (
            token.lower_ in {"others", "more", "people"} and token.pos_ != "ADV"
        ):
            if head is not None:
                if token.ent_type_ in {"DATE", "TIME"} or head.lower_ in {"people", "others"}:
                    break
                modifiers.append(head)
            head = token
        elif head is not None and token.lower_ in STATES:
            break
        elif (
            token.pos_ in {"ADJ", "ADV"}
            or token.text in {"-", "'s", "’s", "’"}
            or (token.tag_ in {"VBN", "VBG", "CD", "POS"} and head is None and token.lower_ not in STATES)
            or token.lower_ in {"other", "more", "further"}
            or token.ent_type_ == "NORP"
        ):
            if head is not None and (token.pos_ != "ADJ" or token.lower_ in STATES) and token.text not in {"-", "'s", "’s"}:
                break
            if token.lower_ in STATES:
                break
            modifiers.append(token)
            if token.ent_type_ == "NORP" and (i + 1 >= len(doc) or doc[i + 1].pos_ not in {"NOUN", "PROPN", "ADJ"}):
                head = token
        else:
            break
        i += 1
    if head is None:
        more = [m for m in modifiers if m.lower_ in {"more", "others", "other"}]
        return None, (more[-1] if more else last), modifiers
    if head.lower_ == "more" and modifiers:
        head = modifiers[-1]
    # "80 bodies of civilians", "members of one family": who they are stands behind "of"
    j = head.i + 1
    if (
        head.lemma_.lower() in {"body", "member", "death", "life", "corpse"} | {"people"}
        and j + 1 < len(doc)
        and doc[j].lower_ == "of"
    ):
        k = j + 1
        while k < len(doc) and (doc[k].pos_ in {"DET", "ADJ", "NUM"} or doc[k].dep_ == "compound"):
            k += 1
        if k < len(doc) and doc[k].pos_ in {"NOUN", "PROPN"}:
            modifiers.append(doc[k])
    return head, head, modifiers


def _state(token: Token) -> Token | None:
    """The word right behind that says what happened to them: "62 dead", "civilians reported killed"."""
    doc, i = token.doc, token.i + 1
    while i < len(doc) and (
        doc[i].lower_ in {"more", "others", "other", "people", "reported", "confirmed", "feared", "reportedly", "already", "left"}
        or doc[i].is_space
    ):
        i += 1
    if i < len(doc) and doc[i].lower_ in STATES and not any(c.dep_ == "dobj" for c in doc[i].children):
        return doc[i]
    return None


def _both(token: Token, harm: Harm) -> Harm:
    """One number for dead and wounded together is left open: "casualties"."""
    for other in [*token.children, *([token.head] if token.dep_ == "conj" else [])]:
        if other.dep_ == "conj" or other is token.head:
            second = STATES.get(other.lower_) or VERBS.get(other.lemma_.lower()) or NOUNS.get(other.lemma_.lower())
            if (
                second is not None
                and second != harm
                and {second, harm} <= {"killed", "injured", "casualties"}
                and not _own_number(other)
            ):
                return "casualties"
    return harm


def _own_number(token: Token) -> bool:
    return any(c.like_num for c in token.subtree if c != token) or any(
        c.dep_ in {"nsubj", "nsubjpass", "dobj"} for c in token.children
    )


def _ancestor_in(token: Token, lemmas: frozenset[str]) -> bool:
    return any(a.lemma_.lower() in lemmas for a in [*token.ancestors][:3])


def _harm_of(verb: Token) -> Harm | None:
    """The harm that a verb does or suffers, with its particle or complement: "left dead", "lost their lives", "shot dead"."""
    harm = VERBS.get(verb.lemma_.lower())
    if harm is not None:
        return _both(verb, harm)
    for child in verb.children:
        if child.dep_ in {"oprd", "acomp", "xcomp", "ccomp", "attr", "advmod"} and child.lower_ in STATES:
            return _both(child, STATES[child.lower_])
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


_ASIDE = r"(?:\s*\([^)]*\))?(?:,[^.;]{1,90},)?"
_WHO = (
    r"(?:\s+(?:who|that)\s+[^,.;]{1,60}?)?(?:\s+(?:trying|waiting|living|working|attending|gathered|sheltering)\s[^,.;]{1,60}?)?"
)
_BETWEEN = "been also all reportedly reported confirmed believed feared thought to have already still later now"
_THEN = re.compile(
    _ASIDE + _WHO + rf"\s+(?:were|was|are|is|have|has|had)(?:\s+(?:{_BETWEEN.replace(' ', '|')}))*\s+(?P<harm>\w+)", re.IGNORECASE
)


def _by_words(text: str, paragraph: Paragraph, end: Token) -> Harm | None:
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


def _by_verb(head: Token, core: Token) -> Harm | None:
    """The harm of the verb whose subject or object the counted are."""
    for child in head.children:
        if child.dep_ in {"acl", "relcl"} and (child.tag_ in {"VBN", "JJ"} or child.dep_ == "relcl"):
            harm = STATES.get(child.lower_) or (_harm_of(child) if child.dep_ == "relcl" and _suffers(child) else None)
            if harm is not None:
                return _both(child, harm)
    token, steps = head, 0
    while steps < 4:
        parent = token.head
        if parent == token:
            return None
        if token.dep_ in {"nsubjpass", "nsubj"}:
            harm = _harm_of(parent)
            if harm is not None and (token.dep_ == "nsubjpass" or _suffers(parent)):
                return harm
            if parent.dep_ in {"ccomp", "conj"} and parent.lemma_ == "be":
                return None
            return None
        if token.dep_ in {"dobj", "oprd", "dative"}:
            return _harm_of(parent)
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


_PUT_AT = re.compile(r"\b(toll|dead|wounded|injured|missing)\b[^.,;:]{0,30}?\s(?:at|to|of|is|was|stands at)\s+$", re.IGNORECASE)


def _by_toll_word(text: str, quantity: Quantity) -> Harm | None:
    """The word of counting right before the number: "the dead at 104 and the wounded at 280"."""
    found = _PUT_AT.search(text[max(0, quantity.span[0] - 60) : quantity.span[0]])
    return TOLLS[found.group(1).lower()] if found else None


def _by_toll(token: Token) -> Harm | None:
    """Numbers that a toll is put at, rises to or stands at: "put the dead at 104", "the toll has passed 30,000"."""
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


def _part_of(text: str, quantity: Quantity, last: Token, before: list[_Count]) -> tuple[bool, _Count | None]:
    """Whether the number is said to be part of the one before ("including 18 children", "six of them children"), and that one.

    Where it is no part, the one before still lends its harm to a number that leaves the verb out ("and another seven civilians").
    """
    previous = next((c for c in reversed(before) if c.span[1] <= quantity.span[0]), None)
    if previous is None:
        return False, None
    between = text[previous.span[1] : quantity.span[0]]
    ended = max(between.rfind(mark) for mark in ".!?\n")
    if ended >= 0:
        between = between[ended + 1 :]
        if not re.search(r"\b(?:among (?:them|the dead)|including)\b", between):
            return False, None
    behind = text[quantity.core[1] : quantity.core[1] + 12]
    if re.search(r"\b(?:including|among them|among whom|of whom|of which)\b", between) or re.match(
        r"\s+of\s+(?:them|whom|those)\b", behind
    ):
        return True, previous
    if re.search(r"\bamong them\b", text[quantity.core[1] : quantity.core[1] + 45]):
        return True, previous
    carries_on = re.match(r"^[^.;:]{0,60}$", between) is not None and re.search(r"\band\b|,|\bwhile\b", between) is not None
    start = previous.span[1] - (quantity.core[0] - (last.idx + len(last.text) - (quantity.core[1] - quantity.core[0])))
    verbs = [t for t in last.doc[: last.i] if t.idx >= start and t.pos_ == "VERB" and t.lower_ not in STATES]
    return False, previous if carries_on and not verbs else None


_AIMS = frozenset(["aim", "intend", "want", "avoid", "prevent", "expect", "confirm", "indicate", "show"])


def _nobody(paragraph: Paragraph) -> list[_Count]:
    """ "no civilian casualties", "no civilians were killed": a figure of none."""
    found = []
    for token in paragraph.doc:
        if token.lower_ != "no" or token.dep_ != "det":
            continue
        head = token.head
        noun = NOUNS.get(head.lemma_.lower())
        harm: Harm | None = "killed" if noun == "casualties" else noun
        if harm is None and counts_people(head):
            harm = _by_verb(head, token)
        if (
            harm is None
            or (head.dep_ == "pobj" and head.head.lower_ == "at")
            or any(a.lemma_.lower() in _AIMS for a in [*head.ancestors][:2])
        ):
            continue
        span = paragraph.offsets(token, head)
        modifiers = [c for c in head.children if c.dep_ in {"amod", "compound", "nmod"}]
        quantity = Quantity(span, paragraph.offsets(token, token), 0, 0, "none")
        found.append(_Count(quantity, span, harm, victims_of(head, modifiers), False, 0.75))
    return found
