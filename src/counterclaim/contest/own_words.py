"""How many deaths or injuries a party concedes in a text of its own: its own count, not what it repeats, doubts or denies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counterclaim.records import Figure, Harm, Range, Statement

RULE = (
    "Of the numbers in a party's own text those that it gives itself, of civilians (where none is of civilians, of people whose "
    "kind is not said): the lowest and the highest. Totals over a time and the parts of a total are left out, and so is what it "
    "only repeats, doubts, denies or lays to others. None dead counts only where no other number is given."
)

_REPEATED = re.compile(
    r"\b(?:alleg\w+|claim(?:s|ed|ing)|reported(?:ly)?|reports? (?:of|that|alleging|claiming|stating|indicat\w+)|"
    r"according to (?:\w+ ){0,3}(?:reports?|sources?|media)|sources)\b[^.,:;\n]*$",
    re.IGNORECASE,
)
"""Words in the same breath before a number that make it another's ("allegations that ten civilians were killed")."""

_FIGHTERS = re.compile(
    r"\b(?:fighters?|militants?|terrorists?|combatants?|members?|leaders?|commanders?|operatives?|insurgents?)\b", re.IGNORECASE
)
_OF_THE_PARTY = re.compile(r"\b(?:assessment|review|investigation|inquiry|self-report|evidence|analysis|board)\b", re.IGNORECASE)
"""Papers by which a party speaks for itself; a report, a source or an observatory is another's."""

_LEFT_OPEN = frozenset({"denial", "uncertainty", "blame"})


def conceded_in(
    text: str, statements: Sequence[Statement], figures: Sequence[Figure], harm: Harm, party: frozenset[str] = frozenset()
) -> Range | None:
    """The toll of `harm` that the party whose own words `text` is concedes in it, by `RULE`; None where it gives none.

    `party` are the names that the party speaks under; what anybody else named says in the text is only repeated.
    """
    by_id = {s.id: s for s in statements}
    own = [f for f in figures if f.harm == harm and _counts(text, f) and _is_own(text, f, by_id.get(f.statement or ""), party)]
    own = [f for f in own if f.victims != "unspecified"] or own
    own = [f for f in own if f.high != 0] or own
    lows = [f.low if f.low is not None else f.high for f in own]
    highs = [f.high if f.high is not None else f.low for f in own]
    low, high = [n for n in lows if n is not None], [n for n in highs if n is not None]
    return Range(min(low), max(high)) if low and high else None


def _counts(text: str, figure: Figure) -> bool:
    fighters = figure.victims in {"military", "militants"} or _FIGHTERS.search(text, *figure.span) is not None
    return figure.scope == "incident" and not fighters


def _is_own(text: str, figure: Figure, statement: Statement | None, party: frozenset[str]) -> bool:
    if _REPEATED.search(text[max(0, figure.span[0] - 160) : figure.span[0]]):
        return False
    if statement is None or statement.act == "admission":
        return True
    names = {statement.speaker, statement.affiliation, statement.side} - {None}
    theirs = statement.speaker is None or bool(names & party) or _OF_THE_PARTY.search(statement.speaker) is not None
    return theirs and statement.act not in _LEFT_OPEN
