"""Which numbers are part of another: said to be ("including", "of them"), or spelling it out; and which carry its harm on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from counterclaim.reading.counts import Count
from counterclaim.reading.harm import STATES, VERBS
from counterclaim.reading.numbers import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Token


_INCLUDING = re.compile(r"\b(?:including|among them|among whom|of whom|of which)\b")
INCLUDING_AT_ONCE = re.compile(r"\b(?:including|among them|among whom|of whom)\s+$")
AMONG_THE_DEAD = re.compile(r"\bamong (?:the|those) (?:dead|killed|fatalities|victims)\s+(?:were|was|are|is)\s+$", re.IGNORECASE)
_OF_THE_HARMED = re.compile(
    r"\s+of\s+(?:them|whom|those|the\s+(?:dead|killed|victims|wounded|injured|casualties|fatalities|bodies))\b"
)
_VERB_OF_ALL = re.compile(r"\b(?:was|were|are|is|have|has|had|died|killed|killing|injured|injuring|wounded|wounding)\b")
AND_ALSO = re.compile(
    r"^(?:\s+of\s+[^,.;]{1,30})?\*?\s*(?:,|,?\s*and|,?\s*as well as)\s*"
    r"(?:(?:another|a further|his|her|their|the|also|up to)\s+)?$"
)

_OWN_VERB = re.compile(r"(?:\s+\w+){0,2}\s+(?:was|were|is|are|has|have|had|went|will)\b")


def part_of(text: str, quantity: Quantity, last: Token, before: list[Count]) -> tuple[bool, Count | None]:
    """Whether the number is said to be part of the one before ("including 18 children", "six of them children"), and that one.

    Where it is no part, the one before still lends its harm to a number that leaves the verb out ("and another seven civilians").
    """
    previous = next((c for c in reversed(before) if c.span[1] <= quantity.span[0]), None)
    if previous is None:
        return INCLUDING_AT_ONCE.search(text, max(0, quantity.span[0] - 24), quantity.span[0]) is not None, None
    if _OF_THE_HARMED.match(text, quantity.core[1]):
        return True, previous
    between = text[previous.span[1] : quantity.span[0]]
    ended = max(between.rfind(mark) for mark in ".!?\n")
    if ended >= 0:
        between = between[ended + 1 :]
        if not re.search(r"\b(?:among (?:them|the dead)|including)\b", between):
            return False, None
    opened = [*_INCLUDING.finditer(between)]
    if opened and not _VERB_OF_ALL.search(between, opened[-1].end()):
        return True, previous
    if previous.part and AND_ALSO.match(between):
        return True, previous
    if re.search(r"\bamong them\b", text[quantity.core[1] : quantity.core[1] + 45]):
        return True, previous
    carries_on = re.match(r"^[^.;:]{0,60}$", between) is not None and re.search(r"\band\b|,|\bwhile\b", between) is not None
    start = previous.span[1] - (quantity.core[0] - (last.idx + len(last.text) - (quantity.core[1] - quantity.core[0])))
    verbs = [
        t
        for t in last.doc[: last.i]
        if t.idx >= start and (t.pos_ == "VERB" or t.lemma_.lower() in VERBS) and t.lower_ not in STATES
    ]
    has_verb = _OWN_VERB.match(last.doc.text, last.idx + len(last.text))
    return False, previous if carries_on and not verbs and not has_verb else None


_SPELLS_OUT = re.compile(
    r"(?:\s+(?:were|was|are|have been|had been)\s+(?:\w+ly\s+)?(?:killed|martyred|injured|wounded|dead))?"
    r"(?:\s+(?:of|from|in)\s(?:(?!\band\b)[^,.;:()\u2013\u2014]){1,60}?)?\s*(?:,|:|\(|[-\u2013\u2014](?=\s))\s*"
)
_GOES_ON = re.compile(r"\s*(?:,|,?\s*and)\s*")


def spelled_out(text: str, counts: Sequence[Count]) -> list[Count]:
    """`counts` (in text order) with those marked as parts that follow a number at once and add up to it: "six members of the
    family, four children and two women, were killed"."""
    out = list(counts)
    for i, whole in enumerate(out):
        if whole.part or whole.quantity.low is None:
            continue
        row: list[int] = []
        at = whole.span[1]
        for j in range(i + 1, len(out)):
            joint = _GOES_ON if row else _SPELLS_OUT
            if out[j].harm != whole.harm or not joint.fullmatch(text, at, out[j].span[0]):
                break
            row.append(j)
            at = out[j].span[1]
        numbers = [out[j].quantity.low for j in row]
        # a lone item that says the number again is a list of people ("three members: two women and a child")
        if row and sum(n or 0 for n in numbers) == whole.quantity.low and (len(row) > 1 or out[row[0]].evidence == "list"):
            for j in row:
                out[j] = replace(out[j], part=True)
    return out
