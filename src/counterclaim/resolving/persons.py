"""Says what part a person has in a report: an official, a witness, a victim, or private where nothing tells."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from counterclaim.records import Offsets, PersonType
from counterclaim.resolving.discourse import Party
from counterclaim.resolving.institutions import table

_STRUCK = r"killed|injured|wounded|hurt|maimed|martyred|slain|murdered|shot|beheaded|executed|abducted|buried"
_HARMED_AFTER = re.compile(
    rf"(?:,\s(?:aged\s)?\d{{1,3}}(?:\syears?\sold)?,?|\s\(\d{{1,3}}\))?,?\s(?:(?:who\s)?(?:was|were|has\sbeen|had\sbeen|is|are)\s)?"
    rf"(?:also\s|both\s|among\sthose\s|reportedly\s|allegedly\s)*(?:(?:{_STRUCK})\b|died\b|bled\sto\sdeath|perished)"
    rf"|,\s(?:an?|the|his|her|their)\s[^,.;]{{1,60}},\s(?:(?:who\s)?(?:was|were|has\sbeen|had\sbeen)\s"
    rf"(?:also\s|both\s|among\sthose\s|among\sthe\s|reportedly\s|allegedly\s)*(?:(?:{_STRUCK}|dead)\b)|died\b|bled\sto\sdeath|perished)"
)  # fmt: skip
"""What stands behind the name of one who was harmed: "Ann Byl, 34, was killed", "Ann Byl, a teacher, was killed"."""
_HARMED_BEFORE = re.compile(
    r"\b(?:(?:killing|wounding|injuring|killed|wounded|injured)(?:\sof)?|(?:death|murder|killing|funeral|burial)\sof"
    r"|martyrs?:?|victims?:?|among\s(?:the\s|those\s)?(?:dead|killed|injured|wounded|victims)\s(?:was|were|is|are)"
    r"|the\slate)\s(?:[\w’'-]+\s){0,3}$", re.IGNORECASE
)  # fmt: skip
"""What stands before it: "the death of Ann Byl", "killing the teacher Ann Byl"."""
_KILLED_SOMEBODY = re.compile(
    r"\s(?:killed|injured|wounded|shot|murdered)\s(?!in|by|on|at|when|while|after|during|and|as|together|along)"
)
"""The same verbs with somebody behind them: what a person did."""


def part_of(party: Party, text: str) -> tuple[PersonType, str]:
    """The part a person has in the report, and why; private where nothing tells.

    Who holds an office or speaks for a body is public whatever befell them; anybody else who was harmed is a victim first.
    """
    title = _part_by_words(party, text)
    if title is not None and title[0] in ("spokesperson", "official"):
        return title
    harmed = next((words for span in party.mentions if (words := _harm_at(text, span))), None)
    if harmed is not None:
        return "victim", f'"{harmed}"'
    if title is not None:
        return title
    if party.side == "residents":
        return "witness", "speaks as one who lives there"
    if party.body is not None and (party.body.kind in ("state", "organ", "armed group") or party.body.side == "UN"):
        return "official", f"speaks for {party.body.name}"
    if party.body is not None and party.body.kind == "agency":
        return "journalist", f"speaks for {party.body.name}"
    if party.body is not None and party.body.kind in ("monitor", "organisation"):
        return "expert", f"speaks for {party.body.name}"
    return "private", "nothing in the report tells more"


_CALLED_BEFORE = re.compile(r"\b([a-z]+),?\s$")
_CALLED_AFTER = re.compile(r",\s(?:\d+,\s)?(?:an?|the|who\sis\san?)\s((?:[a-z-]+\s){0,2}[a-z-]+)")
"""What a name is called by right before or behind it: "a resident, Ann Byl", "Ann Byl, 40, a local farmer"."""


def _part_by_words(party: Party, text: str) -> tuple[PersonType, str] | None:
    words = {*party.heads, *re.findall(r"[^\W_]+", (party.role or "").casefold())}
    for start, stop in party.mentions:
        if before := _CALLED_BEFORE.search(text[max(0, start - 20) : start]):
            words.add(before[1])
        if after := _CALLED_AFTER.match(text, stop):
            words.update(after[1].split())
    if spoken := next((w for w in sorted(words) if w.startswith("spokes")), None):
        return "spokesperson", f'called "{spoken}"'
    for part, known in _called().items():
        if found := sorted(words & known):
            return part, f'called "{found[0]}"'
    return None


@cache
def _called() -> dict[PersonType, frozenset[str]]:
    """What each is called, from the shipped table, in the order of its rows."""
    return {cast("PersonType", row["type"]): frozenset(row["words"].split()) for row in table("person_types.csv")}


def _harm_at(text: str, span: Offsets) -> str | None:
    after = _HARMED_AFTER.match(text, span[1])
    if after and not _KILLED_SOMEBODY.match(text, span[1]):
        return text[span[0] : after.end()]
    before = _HARMED_BEFORE.search(text[max(0, span[0] - 60) : span[0]])
    return f"{before[0]}{text[slice(*span)]}".strip() if before else None
