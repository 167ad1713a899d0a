"""A number in a sentence: the phrase that it counts, and whether it can count the harmed at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from counterclaim.reading.document import Paragraph
from counterclaim.reading.harm import PEOPLE, STATES, counts_people
from counterclaim.reading.numbers import Quantity
from counterclaim.records import Harm, Offsets, Victims

if TYPE_CHECKING:
    from spacy.tokens import Token


Evidence = Literal[
    "noun", "state", "verb", "words", "toll", "carried", "part", "none", "deed", "list", "one", "known", "plural", "deadly"
]
"""What tied a number to harm: a noun of harm ("41 bodies"), the word behind it ("62 dead"), the verb, the words around it, a word
of counting ("the toll"), the number before it; or no number at all: "none", the word for the deed, a list of people, one person
newly told of or known before, people without a number, a deadly deed."""


@dataclass(frozen=True, slots=True)
class Count:
    """A quantity found to count the harmed: where, which harm, whom, and by what kind of evidence.

    `part` where it is part of a number before it; `known` where it points at somebody ("the man", a name, "he"), who may have
    been counted already.
    """

    quantity: Quantity
    span: Offsets
    harm: Harm
    victims: Victims
    evidence: Evidence
    part: bool = False
    known: bool = False


_MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)


_NOT_A_COUNT_BEFORE = re.compile(
    r"(?:\b(?:aged?|ages|ages? (?:of|between|from)(?: \S+ and| \S+ to)?|No\.|number|page|section|article|channel|resolution"
    r"|(?:image|photo|picture|slide)(?: \d+ of)?|figure|code|id|serial|ref(?:erence)?|flight|room|route|highway"
    r"|(?:father|mother|dad|mom|parents?) of|(?:young|old)er than|(?:over|under|above|below) the age of"
    r"|an? (?:\w+ )?(?:man|woman|boy|girl|child|baby|son|daughter) of)\s"
    r"|[-–/\[]|\bto [\d,]+ from )$",
    re.IGNORECASE,
)
"""Words right before a number that counts nobody. "To 62 from 40": the second is what was said before."""
_CLOCK = re.compile(r"\bat (?:about |around )?$", re.IGNORECASE)
_HHMM = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")
_TOLL_WORD = re.compile(r"\b(?:toll|dead|deaths|killed|wounded|injured|missing|numbers?)\b", re.IGNORECASE)
_MEASURES = (
    "year month day hour minute pound kilo mile metre meter member strong point storey story foot inch mm wheel week man seat"
)
_NOT_A_COUNT_AFTER = re.compile(
    rf"^\s?(?:-(?=[A-Z]{{3}}|\d)|percent|per\s+cent|%|(?:a\.?|p\.?)m\.?\b|GMT\b|UTC\b|hrs\b|years?[- ]old|\s?y/?o\b"
    rf"|-(?:{_MEASURES.replace(' ', '|')})"
    r"|st\b|nd\b|rd\b|th\b|°|km\b|kg\b|mm\b|miles?\b|years?\b|days?\b|hours?\b|minutes?\b|weeks?\b|months?\b|families\b|times\b)",
    re.IGNORECASE,
)
_AGE_BEFORE = re.compile(
    r"(?:(?:\)|[A-Z][\w.'’-]+|\bJr\.?),\s+|(?:\)|[A-Z][\w.'’-]+)\s+\("
    r"|\b(?:man|woman|boy|girl|teen|brother|sister|son|daughter|wife|husband|both),?\s+\(?)$"
)
_ONE_OF = re.compile(
    r"(?:one|1) of (?:the )?(?:(?:at least|more than|about|some|over|nearly) )?"
    r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|dozens|hundreds|several|many)\b",
    re.IGNORECASE,
)
""" "Briggs was one of nine people killed" counts nine, and Briggs is told by name."""

_DAY_BEFORE = re.compile(rf"\b(?:{'|'.join(sorted(_MONTHS))})\b[\s\w,.]{{0,12}}$", re.IGNORECASE)
_IS = re.compile(r"\b(?:was|is|were|are|be|been|as|became)\s+$")
_AGE = re.compile(r"\d{1,3}(?:-\d{1,3}| or \d{1,3})?")
_AGE_BEHIND = re.compile(r"\s*(?:[,;.()]|$|and\s+(?:an?\s|his\s|her\s|[A-Z])|of\s+[A-Z])")
"""An age behind a name or a person: "Burton, 28, and Point, 27, were found"."""
_YOUNG = re.compile(r"\b(?:children|kids|boys|girls|those|youths|all) (?:under|below) $", re.IGNORECASE)
_AGES = re.compile(
    r"\b(?:m[ae]n|wom[ae]n|boys?|girls?|teen(?:ager)?s?|brothers?|sisters?|sons?|daughters?|people|victims?|children|siblings?|pair)"
    r",?\s+(?:(?:both|all|aged)\s+)?\(?(?P<ages>\d{1,3}(?:,?\s+(?:and|or)\s+|,\s+)(?:\d{1,3}(?:,?\s+(?:and|or)\s+|,\s+))*\d{1,3})(?=[,;.)]|$)",
    re.IGNORECASE,
)
"""Several people's ages behind what they are: "two women, 41 and 45, were hurt"."""


def tokens_of(paragraph: Paragraph, core: Offsets) -> tuple[Token | None, Token | None]:
    a, b = core[0] - paragraph.span[0], core[1] - paragraph.span[0]
    span = paragraph.doc.char_span(a, b, alignment_mode="expand")
    return (span[0], span[-1]) if span is not None and len(span) else (None, None)


def is_no_count(text: str, quantity: Quantity, first: Token, last: Token) -> bool:
    start, end = quantity.core
    # 24 code points hold "ages between thirty and "
    if _NOT_A_COUNT_BEFORE.search(text[max(0, quantity.span[0] - 24) : quantity.span[0]]) or _NOT_A_COUNT_AFTER.search(
        text[end : end + 14]
    ):
        return True
    if _YOUNG.search(text, max(0, start - 24), start):
        return True
    said = text[start:end]
    if _is_time_of_day(text, start, said):
        return True
    if _ONE_OF.match(text, start) or (
        _IS.search(text[max(0, start - 8) : start]) and text[start : start + 6].lower() == "one of"
    ):
        return True
    before = first.nbor(-1).lower_.rstrip(".") if first.i else ""
    if _AGE.fullmatch(said):
        # 60 code points hold "teenagers, all aged 14, 15, 15, 16 and 17,"
        if any(m.start("ages") <= start < m.end("ages") for m in _AGES.finditer(text, max(0, start - 60), end + 60)):
            return True
        if _AGE_BEHIND.match(text[end : end + 12]) and _behind_a_person(text, start, first):
            return True
        if _behind_a_name(text, start, first) and re.match(r"\s+(?:was|were)\b", text[end : end + 6]):
            return True
    after = last.nbor().lower_.rstrip(".") if last.i + 1 < len(last.doc) else ""
    if before in _MONTHS or after in _MONTHS or (before == "no" and quantity.low == 1) or before == "$":
        return True
    if re.fullmatch(r"(?:19|20)\d\d", said) and _DAY_BEFORE.search(text[max(0, start - 22) : start]):
        return True
    if re.fullmatch(r"(?:19|20)\d\d", said) and last.i + 1 < len(last.doc) and last.nbor().tag_ == "NN":
        return True  # "the 2011 killing"
    return bool(re.fullmatch(r"(?:19|20)\d\d", said)) and (
        before in {"in", "since", "of", "until", "by", "from", "late", "early", ","} or not after
    )


def _is_time_of_day(text: str, start: int, said: str) -> bool:
    """Whether four digits are a time of day ("at 1620"), or a code that begins with 0; "put the toll at 1200" is neither."""
    if said.isdigit() and len(said) > 1 and said[0] == "0":
        return True
    if _HHMM.fullmatch(said) is None or _CLOCK.search(text, max(0, start - 12), start) is None:
        return False
    return _TOLL_WORD.search(text, max(0, start - 50), start) is None


def _behind_a_person(text: str, start: int, first: Token) -> bool:
    """Whether a name or somebody stands before the number, and at most a comma or a bracket between."""
    if _AGE_BEFORE.search(text[max(0, start - 30) : start]):
        return True
    return _behind_a_name(text, start, first)


WHERE = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|[Aa]t|[Oo]utside|[Aa]round|[Aa]cross|[Ii]nside|[Oo]ver)\s+(?:[A-Z][\w'-]*\s+){0,3}(?:[A-Z][\w'-]*,\s+)?$"
)
"""Before a name that is a place, whatever the tagger takes it for: "In Mosul, 21 were killed"."""


def _behind_a_name(text: str, start: int, first: Token) -> bool:
    if first.i < 2 or first.nbor(-1).text != "," or first.nbor(-2).ent_type_ != "PERSON":
        return False
    return WHERE.search(text, max(0, start - 60), start) is None


def _goes_on_to_noun(token: Token) -> bool:
    """Whether a word of state only describes a noun behind it: "dozens of wounded soldiers", not "dozens of wounded"."""
    return token.i + 1 < len(token.doc) and token.nbor().pos_ in {"NOUN", "PROPN", "ADJ"}


def counted_phrase(last: Token) -> tuple[Token | None, Token, list[Token]]:
    """The noun counted, the last token of its phrase, and its modifiers: by reading on from the number.

    The parser's own head is not asked, since it is often wrong behind "at least" and "more than"; a noun phrase is simple:
    adjectives and nouns up to the last noun in a row, or the noun after "of" ("dozens of Syrian soldiers").
    """
    doc, i = last.doc, last.i + 1
    modifiers: list[Token] = []
    while i < len(doc) and (doc[i].is_space or doc[i].text in {")", "'", '"'}):
        i += 1
    if i < len(doc) and doc[i].lower_ == "of" and i + 1 < len(doc):
        i += 1
        while i < len(doc) and doc[i].pos_ == "DET":
            i += 1
        if i < len(doc) and doc[i].lower_ in STATES and (doc[i].nbor(-1).pos_ == "DET" or not _goes_on_to_noun(doc[i])):
            return None, doc[i - 1], []
        if i < len(doc) and doc[i].lower_ in {"them", "whom", "those", "these", "us", "which"}:
            named, end, mods = counted_phrase(doc[i]) if i + 1 < len(doc) else (None, doc[i], [])
            return (named, end, mods) if named is not None else (None, last, [])
    head: Token | None = None
    while i < len(doc):
        token = doc[i]
        if token.text == "(" and i + 2 < len(doc) and doc[i + 2].text == ")" and (head is None or not counts_people(head)):
            i += 3  # "three Federal Constabulary (FC) personnel": the noun is still to come
            continue
        if head is not None and token.lower_ in STATES:
            break
        if (token.pos_ in {"NOUN", "PROPN"} and not token.is_stop) or (
            token.lower_ in {"others", "more", "people"} and token.pos_ != "ADV"
        ):
            if head is not None:
                if token.ent_type_ in {"DATE", "TIME"} or head.lower_ in {"people", "others"}:
                    break
                if head.tag_ == "NNS" and token.tag_ in {"NNP", "NNPS"} and counts_people(head):
                    break  # "25 civilians Reuters said"
                modifiers.append(head)
            head = token
        elif (
            token.pos_ in {"ADJ", "ADV"}
            or (token.text == "-" and not token.nbor(-1).whitespace_)
            or token.text in {"'s", "’s", "’"}
            or (
                token.tag_ in {"VBN", "VBG", "CD", "POS"}
                and head is None
                and (token.lower_ not in STATES or (token.i + 1 < len(doc) and counts_people(token.nbor())))
            )
            or token.lower_ in {"other", "more", "further"}
            or token.ent_type_ == "NORP"
        ):
            if head is not None and (token.pos_ != "ADJ" or token.lower_ in STATES) and token.text not in {"-", "'s", "’s"}:
                break
            if token.lower_ in STATES and not (token.i + 1 < len(doc) and counts_people(token.nbor())):
                break
            modifiers.append(token)
            if token.ent_type_ == "NORP" and (i + 1 >= len(doc) or doc[i + 1].pos_ not in {"NOUN", "PROPN", "ADJ"}):
                head = token
        else:
            break
        i += 1
    if head is None and modifiers and modifiers[-1].lemma_.lower() in PEOPLE:
        head = modifiers.pop()  # "1 local killed": a noun that the parser takes for an adjective
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
