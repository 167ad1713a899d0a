"""Deaths that are told by a word for the deed or by none: "no civilians were killed", "a triple homicide", "a fatal shooting"."""

from __future__ import annotations

import re

from counterclaim.reading.counts import Count
from counterclaim.reading.document import Paragraph
from counterclaim.reading.fates import fate_by_verb
from counterclaim.reading.harm import NOUNS, counts_people, victims_of
from counterclaim.reading.numbers import Quantity
from counterclaim.records import Harm

_TIMES = {"double": 2, "twin": 2, "triple": 3, "quadruple": 4, "quintuple": 5}
_MANIFOLD = re.compile(
    rf"\b(?P<times>{'|'.join(_TIMES)})[\s-]+(?:fatal(?:ity)?[\s-]+)?(?P<what>homicide|murder|killing|slaying|assassination|fatality|suicide)\b"
    r"|\b(?P<and>murder[\s-]+suicide)\b",
    re.IGNORECASE,
)


_TRIED = re.compile(r"\b(?:attempted|possible|apparent|foiled|planned)\s+$", re.IGNORECASE)


def manifold(text: str, paragraph: Paragraph) -> list[Count]:
    """Numbers in a word for the deed: "a triple homicide", "a murder-suicide" (two at least)."""
    found = []
    for match in _MANIFOLD.finditer(text, *paragraph.span):
        if _TRIED.search(text, max(paragraph.span[0], match.start() - 20), match.start()):
            continue
        low = _TIMES[match.group("times").lower()] if match.group("times") else 2
        quantity = Quantity(
            match.span(), match.span(), low, None if match.group("and") else low, "at least" if match.group("and") else "exact"
        )
        found.append(Count(quantity, match.span(), "killed", "unspecified", "deed", known=True))
    return found


_DEADLY = re.compile(
    r"\b(?:fatal|deadly)\s+(?:\w+[\s-]+){0,2}?(?:shooting|stabbing|attack|blast|explosion|strike|airstrike|raid|bombing|ambush|shelling)\b"
    r"|\b(?:shooting|stabbing)\s+death\b",
    re.IGNORECASE,
)


def deadly(text: str, paragraph: Paragraph) -> list[Count]:
    """That somebody died, where a text says no more of the dead than "the fatal shooting": one at least."""
    match = _DEADLY.search(text, *paragraph.span)
    if match is None:
        return []
    return [Count(Quantity(match.span(), match.span(), 1, None, "at least"), match.span(), "killed", "unspecified", "deadly")]


_OF_PEOPLE = (
    r"(?:others|people|persons|civilians|members|children|women|residents|martyrs|soldiers|militants|(?:the )?victims|villagers"
    r"|peasants|farmers|workers|priests|students|refugees|journalists|policemen|passengers|protesters|worshippers|patients)"
)
_MANY = r"(?:(?:some|other|many|numerous|multiple|several|more|further)\s+){0,2}"
_HURT = r"(?:injured|wounded|hurt)"
_PLURAL = re.compile(
    rf"\b{_MANY}{_OF_PEOPLE}(?:,[^,.;]{{1,60}},)?\s+(?:(?:were|have been|had been|was)\s+)(?:\w+ly\s+|also\s+|reported\s+)*"
    rf"(?:(?P<both>(?:killed|martyred)\s+(?:and|or)\s+{_HURT}|{_HURT}\s+(?:and|or)\s+(?:killed|martyred))"
    rf"|(?P<killed>killed|martyred)|(?P<injured>{_HURT}))\b"
    rf"|\b(?:(?P<both2>(?:killing|killed)\s+and\s+(?:injuring|wounding|injured|wounded)|(?:injuring|injured|wounding|wounded)\s+and"
    rf"\s+(?:killing|killed))|(?P<killing>killing)|(?P<injuring>injuring|wounding))\s+(?:of\s+)?(?:the\s+)?{_MANY}{_OF_PEOPLE}\b"
    rf"|\b{_MANY}others\s+(?:\w+ly\s+)?(?:(?P<others_killed>killed)|(?P<others_hurt>{_HURT}))\b"
    rf"|\b(?:injured|wounded)\s+(?:many|several|numerous|other)\s+(?P<them>{_OF_PEOPLE})\b"
    rf"|\b(?:{_MANY}|the\s+)(?P<wounds>injuries|wounded|injured)\b(?=\s+(?:were|was)\s+reported)"
    r"|\b(?:(?:other|numerous|multiple|many|several|some)\s+)(?P<wounds2>injuries)\b"
    rf"|\b(?P<wounds3>(?:civilian\s+injuries|injuries\s+(?:amongst|among|to)\s+(?:the\s+)?(?:\w+\s+)?{_OF_PEOPLE}))\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(?:whether|if|no|not|without|of)\s+(?:\w+\s+)?$", re.IGNORECASE)


def unnumbered(text: str, paragraph: Paragraph) -> list[Count]:
    """Harm to several people of whom no number is said: "others were wounded", "killing civilians"."""
    found = []
    for match in _PLURAL.finditer(text, *paragraph.span):
        if _ASKED.search(text, max(paragraph.span[0], match.start() - 24), match.start()):
            continue
        harm: Harm = "killed" if match.group("killed") or match.group("killing") or match.group("others_killed") else "injured"
        if match.group("both") or match.group("both2"):
            harm = "casualties"
        found.append(
            Count(Quantity(match.span(), match.span(), None, None, "vague"), match.span(), harm, "unspecified", "plural")
        )
    return found


_AIMS = frozenset(["aim", "intend", "want", "avoid", "prevent", "expect", "confirm", "indicate", "show"])


def nobody(paragraph: Paragraph) -> list[Count]:
    """ "no civilian casualties", "no civilians were killed": a figure of none."""
    found = []
    for token in paragraph.doc:
        if token.lower_ != "no" or token.dep_ != "det":
            continue
        head = token.head
        noun = NOUNS.get(head.lemma_.lower())
        harm: Harm | None = "killed" if noun == "casualties" else noun
        if harm is None and counts_people(head):
            harm = fate_by_verb(head, token)
        if (
            harm is None
            or (head.dep_ == "pobj" and head.head.lower_ == "at")
            or any(a.lemma_.lower() in _AIMS for a in [*head.ancestors][:2])
        ):
            continue
        span = paragraph.offsets(token, head)
        modifiers = [c for c in head.children if c.dep_ in {"amod", "compound", "nmod"}]
        quantity = Quantity(span, paragraph.offsets(token, token), 0, 0, "none")
        found.append(Count(quantity, span, harm, victims_of(head, modifiers), "none"))
    return found
