"""Victims told without a number: "a man was shot dead", "the woman died", "two brothers and their mother", names in a row.

A phrase for one person is an item; items in a row ("a woman and her four sons") are one list and one number. What happened to
them is read from the words right before and right behind the list, else from the verb that the parser ties one of them to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from counterclaim.reading.counts import WHERE
from counterclaim.reading.document import Paragraph
from counterclaim.reading.fate_words import dead_of_it, died_naturally, fate_before, fate_behind, left_in
from counterclaim.reading.fates import fate_by_verb
from counterclaim.reading.harm import GROUPS, is_person, victims_of
from counterclaim.reading.numbers import value_of
from counterclaim.reading.parts import AND_ALSO
from counterclaim.records import Harm, Offsets, Victims

if TYPE_CHECKING:
    from spacy.tokens import Span as Chunk
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Item:
    """One phrase for people: where, how many, whom; `known` where it points at somebody already told of ("the man", a name,
    "he"), `name` where it is a name, `counted` where a number stands in it."""

    span: Offsets
    low: int | None
    high: int | None
    victims: Victims
    head: Token
    known: bool = False
    name: bool = False
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """Victims found: the whole list's span, its number, what happened (None for part of a number said before); `known` as of its
    items."""

    span: Offsets
    low: int | None
    high: int | None
    harm: Harm | None
    victims: Victims
    known: bool
    several: bool


def find_told(text: str, paragraph: Paragraph, counted: Sequence[Item], parts: frozenset[int] = frozenset()) -> list[Told]:
    """The victims told without a number in a paragraph; `counted` are its numbered phrases of people, which a list may hold, and
    `parts` where those begin that are part of a number before them: whoever follows one in the same list is a part too."""
    items = sorted([*_singles(text, paragraph, counted), *counted], key=lambda i: i.span)
    found: list[Told] = []
    part_end: int | None = None
    for row in _rows(text, items):
        if found and found[-1].harm == "killed" and _WITH.fullmatch(text, found[-1].span[1], row[0].span[0]):
            found[-1] = _joined(found[-1], row)
            continue
        included = _INCLUDED.search(text, max(paragraph.span[0], row[0].span[0] - 24), row[0].span[0]) is not None
        included = included or any(i.counted and i.span[0] in parts for i in row)
        included = included or (part_end is not None and AND_ALSO.match(text[part_end : row[0].span[0]]) is not None)
        part_end = row[-1].span[1] if included else None
        if all(i.counted for i in row):
            continue
        if included:
            found.extend(Told(i.span, i.low, i.high, None, i.victims, False, False) for i in row if not i.counted and not i.name)
            continue
        told = _fate_of(text, paragraph, row)
        if told is not None:
            found.append(told)
    return found


_WITH = re.compile(
    r"(?:\s*\([^)\n]{1,40}\))?(?:\s+(?:was|were)\s+killed)?,?\s+"
    r"(?:(?:along with|together with|alongside)(?:\s+(?:his|her|their|the))?"
    r"|with\s+(?:his|her|their)|with(?=\s+\w+\s+of\s+(?:his|her|their)\b))\s+",
    re.IGNORECASE,
)


def _joined(told: Told, row: Sequence[Item]) -> Told:
    """Somebody killed and those in a row that fell with him: "was killed with his wife and two sons"."""
    lows, highs = [i.low for i in row], [i.high for i in row]
    low = None if told.low is None or None in lows else told.low + sum(n for n in lows if n is not None)
    high = None if told.high is None or None in highs else told.high + sum(n for n in highs if n is not None)
    victims = told.victims if all(i.victims == told.victims for i in row) else "unspecified"
    return Told((told.span[0], row[-1].span[1]), low, high, told.harm, victims, told.known and all(i.known for i in row), True)


_INCLUDED = re.compile(r"\b(?:including|among them|among whom|among those|of whom)\s*:?\s*$")
_AGE_BEHIND = re.compile(
    r"(?:,?\s+(?:aged?\s+)?\d{1,2}\b(?!\s*\w*-)|\s*\(\d{1,3}\)|,\s+both\s+\d{1,2}\b|\s+in\s+(?:his|her|their)\s+(?:early\s+|mid[\s-]*|late\s+)?(?:\d0s|teens|twenties|thirties|forties|fifties|sixties|seventies|eighties))(?=\s*[,;.()]|\s+(?:and|of|from|was|were|is|has|had|who|died)\b|$)"
)
_YEARS_OLD = re.compile(
    r"(?:\b(?P<article>an?|the|another|one|his|her|their)\s+(?:\w+\s+)?)?"
    r"(?P<age>\d{1,3}|[a-z]+(?:-[a-z]+)?)[\s-]+(?P<unit>year|month|week|day)s?[\s-]+old\b|\b(?P<short>\d{1,2})\s?y/?o\b",
    re.IGNORECASE,
)
_OF_A_NAME = re.compile(
    r"(?:[A-Z][\w'’-]+|\))\s*[,(]\s*(?:(?:just|only|about|over|nearly|almost|aged|both|at|who|was|is|barely|under)\s+)*$"
)


def _is_an_age(text: str, match: re.Match[str]) -> bool:
    """Whether "two-years-old" is the age of the name before it and nobody new: a name behind would be whose age it is."""
    if match.group("article") or re.match(r"\s+[A-Z]", text[match.end() : match.end() + 4]):
        return False
    return _OF_A_NAME.search(text, max(0, match.start() - 50), match.start()) is not None


_CHILD = 18
"""An age in years below which somebody said to be that old is a child, as the convention on the rights of the child has it."""

_NEW = frozenset(["a", "an", "another"])
_BEFORE_THE = frozenset(["all", "both", "half"])
_STRAY = re.compile(r"\d+\s+[A-Z]|[^\w\s\"'(]\s+\w|\s[-\u2013\u2014]+\s")
_PRONOUNS = frozenset(["he", "she", "him", "her"])


_ANOTHER = re.compile(
    r"\banother(?=\s*(?:[.,;]|\s(?:was|is|has|had|died|dead|killed|wounded|injured|hurt|missing|and|in|at|on|when|who)\b|$))",
    re.IGNORECASE,
)
""" "Another" where it stands for a person: "killed one man and wounded another"."""


def _singles(text: str, paragraph: Paragraph, counted: Sequence[Item]) -> list[Item]:
    found: list[Item] = []
    taken = [i.span for i in counted]
    for chunk in paragraph.doc.noun_chunks:
        item = _single(text, paragraph, chunk)
        if item is not None and not any(a < item.span[1] and item.span[0] < b for a, b in taken):
            found.append(item)
            taken.append(item.span)
    for match in _ANOTHER.finditer(text, *paragraph.span):
        head = _token_at(paragraph, match.start())
        if head is not None:
            found.append(Item(match.span(), 1, 1, "unspecified", head))
            taken.append(match.span())
    doc = paragraph.doc
    # headlines are parsed badly, and then no noun phrase holds "woman"; whole rows of tags are read, as tokens are slow
    for i in (doc.to_array("TAG") == doc.vocab.strings["NN"]).nonzero()[0]:
        token = doc[int(i)]
        if token.dep_ not in {"compound", "poss", "amod"} and is_person(token):
            span = paragraph.offsets(token, token)
            if not any(a < span[1] and span[0] < b for a, b in taken):
                item = _single(text, paragraph, token.doc[token.i : token.i + 1])
                if item is not None:
                    found.append(item)
                    taken.append(item.span)
    for match in _YEARS_OLD.finditer(text, *paragraph.span):
        if "-old" not in match.group() and not match.group("article") and not match.group("short"):
            continue
        if any(a < match.end() and match.start() < b for a, b in taken) or _is_an_age(text, match):
            continue
        last = _token_at(paragraph, match.end() - 1)
        if last is None:
            continue
        article = (match.group("article") or "").lower()
        victims: Victims = "children" if _is_child(match) else "unspecified"
        found.append(Item(match.span(), 1, 1, victims, last, known=article not in {*_NEW, "one", ""}))
    return found


def _single(text: str, paragraph: Paragraph, chunk: Chunk) -> Item | None:
    """The item that a noun phrase is, where it is one person or a group of a known size ("a couple", "both men")."""
    root, first = chunk.root, chunk[0]
    start, end = paragraph.offsets(first, root)
    if _STRAY.search(text, start, end):  # a dateline or a stray number is no part of it: "12 A woman died"
        determiner = next((t for t in chunk if t.tag_ in {"DT", "PRP$"} and t.lower_ not in _BEFORE_THE), None)
        if determiner is not None and first.i < determiner.i <= root.i:
            chunk, first = chunk[determiner.i - chunk.start :], determiner
            start = paragraph.start_of(first)
    if first.lower_ == "both" and (root.tag_ in {"NNS", "NNPS"} or len(chunk) == 1):
        return Item((start, end), 2, 2, victims_of(root, list(chunk)[1:-1]), root, known=True)
    if root.pos_ == "PRON":
        if root.lower_ not in _PRONOUNS:
            return None
        return Item((start, end), 1, 1, "unspecified", root, known=True)
    lemma = root.lemma_.lower()
    if lemma in GROUPS and root.tag_ in {"NN", "NNP"}:
        if first.lower_ not in {"a", "an", "the", "one", "another"}:
            return None
        return Item((start, end), GROUPS[lemma], GROUPS[lemma], "unspecified", root, known=first.lower_ == "the")
    if root.ent_type_ in {"DATE", "TIME"}:
        return None
    name = root.ent_type_ == "PERSON" or (root.pos_ == "PROPN" and any(t.ent_type_ == "PERSON" for t in chunk))
    name = name or (root.tag_ == "NNP" and _AGE_BEHIND.match(text, end, paragraph.span[1]) is not None)
    if (root.tag_ not in {"NN", "NNP"} and not name) or (name and WHERE.search(text, max(0, start - 40), start)):
        return None
    if not name and not is_person(root):
        return None
    aged = _YEARS_OLD.search(text, start, end)
    modifiers = [t for t in chunk if t.i < root.i]
    victims = victims_of(root, modifiers)
    if aged is not None and _is_child(aged) and victims in {"unspecified", "men", "women", "civilians"}:
        victims = "children"
    behind = _AGE_BEHIND.match(text, end, paragraph.span[1])
    if behind is not None:
        end = behind.end()
    determined = next((t for t in chunk if t.dep_ in {"det", "poss"} or t.tag_ in {"DT", "PRP$"}), None)
    if determined is not None and determined.lower_ in {"no", "any", "every", "each", "some", "what", "which", "whose"}:
        return None
    known = name or (determined is not None and determined.lower_ not in _NEW)
    return Item((start, end), 1, 1, victims, root, known=known, name=name)


def _is_child(match: re.Match[str]) -> bool:
    if (match.group("unit") or "year").lower() != "year":
        return True
    age = value_of(match.group("age") or match.group("short") or "")
    return age is not None and age < _CHILD


def _token_at(paragraph: Paragraph, offset: int) -> Token | None:
    at = offset - paragraph.span[0]
    span = paragraph.doc.char_span(at, at + 1, alignment_mode="expand")
    return span[0] if span is not None and len(span) else None


_AGE = r"(?:,?\s*\(?(?:\d{1,3}|child|aged? \d+)\)?,?)?(?:\s*\([^()\n]{1,60}\),?)?"
_FROM = r"(?:,? of [A-Z]\w+(?: [A-Z]\w+)?,?)?"
_TOO = r"(?:and|as well as|along with|together with|alongside|plus|&)\s+(?:also\s+)?"
_WHO = r"(?:,\s+(?:an?|the|who|aged)\s[^.;,\n]{1,60},)?"
_CALLED = r"(?:\s+(?:named|called|identified as)\s+[A-Z][^,;:.()\n]{1,50})?"
_AND = re.compile(rf"^{_CALLED}{_AGE}{_FROM}{_WHO}\s*(?:[,;]\s*)?{_TOO}(?:(?:his|her|their|the|a|an|another|a further)\s+)?$")
_COMMA = re.compile(rf"^{_AGE}\s*[,;]\s*(?:(?:his|her|their)\s+)?$")


def _rows(text: str, items: Sequence[Item]) -> list[list[Item]]:
    """Items that stand in a row as one list; a comma alone joins names with names and like with like, and else explains."""
    rows: list[list[Item]] = []
    for item in items:
        if rows:
            last = rows[-1][-1]
            gap = text[last.span[1] : item.span[0]]
            if gap.endswith("("):
                continue  # an alias
            if gap.isspace() and last.name != item.name:
                rows[-1][-1] = replace(last, span=(last.span[0], item.span[1]))  # "their cousin Omar"
                continue
            if _AND.match(gap) and not _is_pronoun(last) and not _is_pronoun(item):
                if len(rows[-1]) == 1 and item.counted and _NEW_CLAUSE.match(gap):
                    rows.append([item])  # "... killed, among them a judge, and ten others were hurt"
                else:
                    rows[-1].append(item)
                continue
            if _COMMA.match(gap) and not (last.counted and rows[-1][0].counted and _whole(last)):
                if _is_pronoun(last) or _is_pronoun(item):
                    rows.append([item])
                    continue
                if last.counted or item.counted:
                    if not last.name and not item.name:
                        rows[-1].append(item)
                        continue
                    rows.append([item])
                    continue
                if last.name == item.name:
                    rows[-1].append(item)
                    continue
                if not text[item.span[1] :].startswith((" and ", ", and ")):
                    continue  # a name and who that is: "Smith, a teacher, was killed"
        rows.append([item])
    # a comma that no "and" follows explains: "the driver, a man of 40"
    out = []
    for row in rows:
        closed = len(row) < 2 or _AND.match(text[row[-2].span[1] : row[-1].span[0]]) is not None
        out.extend([row] if closed or all(i.name for i in row) else [[row[0]]])
    return out


_NEW_CLAUSE = re.compile(r"\s*,\s*(?:and|as well as)\b")
_ANYBODY = frozenset("people person member civilian victim other individual soul resident citizen adult".split())


def _whole(item: Item) -> bool:
    """Whether a number is of people at large, so that what follows behind a comma spells it out: "five people, two women and a
    child"."""
    return item.head.lemma_.lower() in _ANYBODY


_ORDINALS = {w: n for n, w in enumerate("second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 2)}
_NTH = re.compile(
    rf"(?:an?|the)?\s*(?P<nth>{'|'.join(_ORDINALS)})\s+(?:person|victim|man|woman|teen|child|student|soldier|fatality|resident)\b",
    re.IGNORECASE,
)


def _nth(text: str, paragraph: Paragraph, item: Item) -> int | None:
    """The number that an ordinal gives the dead: "a fifth victim died" says five, unless the others are told as wounded."""
    found = _NTH.match(text, *item.span)
    if found is None or found.group().lower().startswith("the "):
        return None  # "the fourth victim was found dead": the fourth of those who were hit
    sentence = next((s for s in paragraph.sentences() if s[0] <= item.span[0] < s[1]), paragraph.span)
    hurt = re.search(r"\b(?:injur|wound|hurt|hospital|critical)", text[sentence[0] : item.span[0]], re.IGNORECASE)
    return None if hurt else _ORDINALS[found.group("nth").lower()]


def _is_pronoun(item: Item) -> bool:
    return item.head.pos_ == "PRON"


def _fate_of(text: str, paragraph: Paragraph, row: list[Item]) -> Told | None:
    start, end = row[0].span[0], row[-1].span[1]
    sentence_start = max(paragraph.span[0], start - 90)
    before = fate_before(text, sentence_start, start) if row[0].head.lower_ not in {"he", "she"} else None
    # "Jones shot in the air", "he wounded": without "was" a name or pronoun does it, and a description suffers it
    does = any(i.name or _is_pronoun(i) for i in row) and not _AGE_BEHIND.search(text, *row[-1].span)
    harm, stop = fate_behind(text, end, paragraph.span[1], bare=not does)
    if harm == "injured" and all(i.known for i in row) and not fate_behind(text, end, paragraph.span[1], bare=False)[0]:
        harm, stop = None, end  # "the gunman shot at cars"
    if harm is None and died_naturally(text, end, paragraph.span[1]):
        return None
    if before is not None and (harm != "killed" or text[end : end + 1] == ","):
        harm, stop = before, end
    if harm is None:
        harm, stop = left_in(text, sentence_start, start, end, paragraph.span[1])
    if harm != "killed" and before is None and not any(_is_pronoun(i) for i in row):
        by_verb = next((h for i in row if not i.name and (h := fate_by_verb(i.head, i.head, asserted=True)) is not None), None)
        if by_verb is not None and (harm is None or by_verb == "killed"):
            harm, stop = by_verb, end
    if harm is None or harm not in {"killed", "injured"}:
        return None
    if harm == "injured" and dead_of_it(text, end):
        harm = "killed"
    lows, highs = [i.low for i in row], [i.high for i in row]
    if harm == "killed" and len(row) == 1 and (nth := _nth(text, paragraph, row[0])):
        lows = highs = [nth]
    low = sum(n for n in lows if n is not None) if None not in lows else None
    high = sum(n for n in highs if n is not None) if None not in highs else None
    classes = {i.victims for i in row}
    victims: Victims = classes.pop() if len(classes) == 1 else "unspecified"
    return Told((start, stop), low, high, harm, victims, all(i.known for i in row), len(row) > 1)
