"""The words of harm and of those harmed: which word means which harm, and which class of victims a noun names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from counterclaim.reading.wordlists import section
from counterclaim.records import Harm, Victims

if TYPE_CHECKING:
    from spacy.tokens import Token


def _words(name: str) -> frozenset[str]:
    return frozenset(word for line in section("harm.txt", name) for word in line.split())


def _by_harm(kind: str) -> dict[str, Harm]:
    return {word: harm for harm in get_args(Harm) for word in _words(f"{kind} {harm}")}


VERBS = _by_harm("verbs")
"""Verbs by lemma whose subject (if it happens to them) or object is harmed."""

NOUNS = _by_harm("nouns")
"""Nouns by lemma that are themselves the harm or the harmed ("141 bodies")."""

STATES = _by_harm("states")
"""Words right behind a number or its noun that say what happened to them ("62 dead", "760 hurt")."""

SHOOTING = frozenset({"shoot", "stab", "shot", "stabbed"})
"""Words of a wounding that is often deadly: they wound unless the words behind say more."""

HAPPENS = frozenset({"die", "perish", "drown", "disappear"})
"""Verbs of harm whose subject is the victim without a passive."""

LIVES = frozenset({"life"})
LOSING = frozenset({"lose", "claim", "cost", "take"})

TOLLS: dict[str, Harm] = {
    "toll": "killed", "dead": "killed", "fatality": "killed", "wounded": "injured", "injured": "injured", "missing": "missing",
}  # fmt: skip
"""Nouns of counting: what is put at, rises to or passes a number."""

_ORDER: tuple[Victims, ...] = ("children", "women", "men", "military", "militants", "staff")
_CLASSES: tuple[tuple[Victims, frozenset[str]], ...] = (
    *((name, _words(f"victims {name}")) for name in _ORDER),
    ("civilians", _words("family") | _words("victims civilians")),
)
PEOPLE = _words("people")
NOT_PEOPLE = _words("not people")
_GROUP_WORDS = frozenset(
    {
        "people",
        "crew",
        "army",
        "military",
        "police",
        "personnel",
        "service",
        "staff",
        "aid",
        "troop",
        "one",
        "more",
        "other",
        "dead",
        "wounded",
        "figure",
        "guard",
    }
)


def victims_of(head: Token | None, modifiers: list[Token]) -> Victims:
    """The class of victims that a noun phrase names, by its head first and then by what modifies it."""
    if head is None:
        return "unspecified"
    if head.lower_ == "members" and any(m.lemma_.lower() == "service" for m in modifiers):
        return "military"
    for token in [head, *sorted(modifiers, key=lambda t: -t.i)]:
        for name, words in _CLASSES:
            if token.lemma_.lower() in words or token.lower_ in words:
                if name == "men" and token != head:
                    continue
                return name
    return "unspecified"


_OF_AN_ARMED_GROUP = re.compile(
    r"\b(?:ISIS|ISIL|IS|Daesh|Taliban|Hamas|Hezbollah|(?:al-?|Al-?)?Qaeda|[Aa]l-?Shabab)(?:-\w+)?"
    r" (?:members?|figures?|leaders?|commanders?|suspects?)\b"
)
"""Members of an armed group by its name, whose case tells it from the verb "is"."""


def class_in(words: str) -> Victims:
    """The class of victims that plain words name where grammar found none: "two IS-K members"."""
    return "militants" if _OF_AN_ARMED_GROUP.search(words) else "unspecified"


GROUPS = {"couple": 2, "pair": 2, "duo": 2, "trio": 3, "triplets": 3}
"""Groups whose name tells their size, by lemma."""

_SINGLE_PEOPLE = _words("single people")


def is_person(noun: Token) -> bool:
    """Whether a singular common noun is somebody: a word of people or of a class of victims, or of kin."""
    lemma = noun.lemma_.lower()
    if lemma in NOT_PEOPLE or lemma in _GROUP_WORDS:
        return False
    return lemma in PEOPLE or lemma in _SINGLE_PEOPLE or any(lemma in words for _, words in _CLASSES)


def counts_people(head: Token) -> bool:
    """Whether a noun counts people: by the noun, by nationality, or as a plural name ("13 Marines", "two Palestinians")."""
    lemma = head.lemma_.lower()
    if lemma in NOT_PEOPLE or head.lower_ in NOT_PEOPLE:
        return False
    if lemma in PEOPLE or lemma in _SINGLE_PEOPLE or head.ent_type_ == "NORP" or any(lemma in words for _, words in _CLASSES):
        return True
    return head.tag_ in {"NNPS", "NNS"} and (head.is_title or lemma.endswith(("man", "er", "or", "ist", "ant", "ian", "ee")))
