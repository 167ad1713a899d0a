"""Which words can speak: persons, bodies, crowds and the papers they issue, told by name or by noun."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from counterclaim.reading.cues import SAYING_NOUNS
from counterclaim.reading.wordlists import section

if TYPE_CHECKING:
    from spacy.tokens import Token

PEOPLE = frozenset(
    """
    official spokesman spokeswoman spokesperson representative minister president chief commander general colonel officer
    captain lieutenant brigadier major admiral sergeant marshal governor mayor lawmaker deputy senator ambassador envoy
    diplomat secretary director head leader adviser advisor analyst expert investigator prosecutor judge lawyer coroner
    doctor medic nurse paramedic surgeon physician rescuer volunteer worker witness resident neighbor neighbour relative
    aide delegate prosecutor fisherman clerk rescuer passerby pensioner guard sailor miller gunner sergeant corporal
    father mother brother sister son daughter uncle cousin survivor victim villager farmer shopkeeper activist campaigner
    monitor observer journalist reporter correspondent editor critic source people person man woman member civilian
    soldier fighter militant rebel insurgent pilot crew protester demonstrator opposition side party figure
    other one employee manager owner driver teacher student imam priest bishop elder king prince emir sheikh
    """.split()
)
"""Nouns of people who are asked what happened."""

BODIES = frozenset(
    """
    ministry army military navy force command government administration regime authority police coalition alliance group
    movement organisation organization agency department office council committee commission parliament court kremlin
    embassy mission observatory charity hospital outlet channel television radio newspaper daily magazine website service
    press media network union federation state country nation militia party brigade division battalion headquarters
    staff directorate bureau board body team task institute centre center pentagon community family broadcaster site
    portal edition daily weekly company firm junta opposition authorities
    """.split()
)
"""Nouns of bodies that issue statements."""

_CANNOT = frozenset("that this which what there these those anything something nothing everything".split())
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})


def can_speak(head: Token | None) -> bool:
    """Whether the noun phrase around `head` names somebody or something that can say or hold something."""
    if head is None or head.lower_ in _CANNOT:
        return False
    if head.pos_ == "PRON":
        return head.lower_ in {"he", "she", "they", "it", "who", "i", "we", "both", "some", "many", "others", "one", "another"}
    if head.ent_type_ in _NAMES or head.pos_ == "PROPN":
        return True
    if head.tag_ == "NN" and head.is_title and not any(c.dep_ in {"det", "amod", "poss"} for c in head.children):
        return True  # a surname that is also a word: a bare singular noun with a capital ("Power accused ...")
    lemma = head.lemma_.lower()
    return (
        lemma in PEOPLE
        or lemma in BODIES
        or lemma in SAYING_NOUNS
        or head.lower_ in {"others", "many", "some", "both", "critics"}
    )


def is_outlet(head: Token) -> bool:
    """Whether `head` names the outlet that was told, and not a person or "reporters"."""
    if head.pos_ == "PROPN" or head.ent_type_ == "ORG":
        return head.ent_type_ not in {"PERSON", "NORP"}
    return head.lemma_.lower() in _OUTLETS


_OUTLETS = frozenset(
    "agency channel newspaper network paper broadcaster site website station portal daily weekly magazine".split()
)


def named_outlet(words: str) -> bool:
    """Whether `words` tell an outlet: one that passes on what others said."""
    return _outlets().search(words) is not None


@cache
def _outlets() -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{line})" for line in section("outlets.txt", "outlets")))
