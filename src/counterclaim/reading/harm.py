"""The words of harm and of those harmed: which word means which harm, and which class of victims a noun names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counterclaim.records import Harm, Victims

if TYPE_CHECKING:
    from spacy.tokens import Token


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


VERBS: dict[str, Harm] = {
    **dict.fromkeys(
        "kill die perish slay massacre murder execute behead slaughter assassinate drown decapitate incinerate martyr asphyxiate".split(),
        "killed",
    ),
    **dict.fromkeys("injure wound hurt maim hospitalize hospitalise".split(), "injured"),
    **dict.fromkeys("trap bury disappear".split(), "missing"),
    **dict.fromkeys("displace uproot".split(), "displaced"),
    **dict.fromkeys("detain arrest abduct kidnap".split(), "detained"),
}
"""Verbs by lemma whose subject (if it happens to them) or object is harmed."""

HAPPENS = _words("die perish drown disappear")
"""Verbs of harm whose subject is the victim without a passive."""

NOUNS: dict[str, Harm] = {
    **dict.fromkeys("death fatality body corpse martyr killing".split(), "killed"),
    **dict.fromkeys("injury wounded injured".split(), "injured"),
    **dict.fromkeys("casualty victim".split(), "casualties"),
    **dict.fromkeys("detainee hostage captive prisoner abductee".split(), "detained"),
    **dict.fromkeys("evacuee".split(), "displaced"),
}
"""Nouns by lemma that are themselves the harm or the harmed ("141 bodies")."""

STATES: dict[str, Harm] = {
    **dict.fromkeys("dead killed slain martyred deceased lifeless".split(), "killed"),
    **dict.fromkeys("wounded injured hurt maimed".split(), "injured"),
    **dict.fromkeys("missing unaccounted trapped buried".split(), "missing"),
    **dict.fromkeys("displaced homeless uprooted".split(), "displaced"),
    **dict.fromkeys("detained arrested abducted kidnapped".split(), "detained"),
}
"""Words right behind a number or its noun that say what happened to them ("62 dead", "760 hurt")."""

LIVES = _words("life")
LOSING = _words("lose claim cost take")

TOLLS: dict[str, Harm] = {
    "toll": "killed",
    "dead": "killed",
    "wounded": "injured",
    "injured": "injured",
    "missing": "missing",
    "fatality": "killed",
}
"""Nouns of counting: what is put at, rises to or passes a number."""

_CLASSES: tuple[tuple[Victims, frozenset[str]], ...] = (
    (
        "children",
        _words(
            "child kid boy girl baby infant toddler minor schoolchild schoolgirl schoolboy pupil teenager newborn son daughter grandchild youngster"
        ),
    ),
    ("women", _words("woman mother wife sister grandmother widow female")),
    ("men", _words("man father husband brother grandfather male")),
    (
        "military",
        _words(
            "soldier troop serviceman servicewoman trooper marine airman sailor paratrooper conscript recruit officer policeman military army "
            "personnel commander guard police service reservist"
        ),
    ),
    (
        "militants",
        _words(
            "militant fighter terrorist insurgent rebel jihadist gunman bomber extremist combatant guerrilla mercenary operative attacker militiaman"
        ),
    ),
    (
        "staff",
        _words(
            "medic doctor nurse paramedic journalist reporter worker staff employee administrator rescuer teacher aid volunteer driver "
            "peacekeeper cameraman photographer responder firefighter surgeon"
        ),
    ),
    ("civilians", _words("family household")),
    (
        "civilians",
        _words(
            "civilian noncombatant villager resident inhabitant refugee relative worshipper shopper mourner citizen bystander"
        ),
    ),
)

_PEOPLE = _words(
    "people person member individual victim passenger patient student pilgrim tourist national migrant protester demonstrator other "
    "adult soul human figure leader occupant crew detainee prisoner hostage one more dead wounded"
)

NOT_PEOPLE = _words(
    """
    family household house home building vehicle car truck lorry tank plane aircraft jet helicopter drone missile rocket bomb shell round mortar strike airstrike raid sortie
    attack hour minute day week month year mile kilometer kilometre metre meter village town city district street camp school hospital
    mosque church site target position time percent dollar pound euro ton tonne unit country state agency group ambulance family-home
    lane neighborhood neighbourhood bus train ship boat gun rifle pistol member-state shot bullet explosion blast province sheep cow
    animal goat litre liter acre hectare round warhead flag foot inch crore lakh gunshot convoy brother-in-arms
    """
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


def counts_people(head: Token) -> bool:
    """Whether a noun counts people: by the noun, by nationality, or as a plural name ("13 Marines", "two Palestinians")."""
    lemma = head.lemma_.lower()
    if lemma in NOT_PEOPLE or head.lower_ in NOT_PEOPLE:
        return False
    if lemma in _PEOPLE or head.ent_type_ == "NORP" or any(lemma in words for _, words in _CLASSES):
        return True
    return head.tag_ in {"NNPS", "NNS"} and (head.is_title or lemma.endswith(("man", "er", "or", "ist", "ant", "ian", "ee")))
