"""Which question of an incident an act of saying answers, and whether it asserts, denies, admits or doubts: one table."""

from __future__ import annotations

import re

from counterclaim.records.claims import Act, Polarity
from counterclaim.records.links import Question

QUESTIONS: tuple[Question, ...] = (
    "toll", "occurrence", "responsibility", "intent", "object", "means", "investigation", "regret", "demand", "damage", "time",
    "place", "other",
)  # fmt: skip
"""All questions in the order in which they are asked of an incident."""

_BY_ACT: dict[Act, tuple[Question, Polarity]] = {
    "figure": ("toll", "asserts"),
    "blame": ("responsibility", "asserts"),
    "denial": ("responsibility", "denies"),
    "admission": ("responsibility", "admits"),
    "justification": ("responsibility", "asserts"),
    "uncertainty": ("other", "questions"),
    "investigation": ("investigation", "asserts"),
    "regret": ("regret", "asserts"),
    "demand": ("demand", "asserts"),
    "damage": ("damage", "asserts"),
    "other": ("other", "asserts"),
}
"""What an act answers where its words do not tell better, and the polarity of its edge."""

_ABOUT_THE_DEED: tuple[Act, ...] = ("blame", "denial", "admission", "justification", "uncertainty")

_INTENT = re.compile(
    r"\b(?:mistak\w+|errors?|erroneous\w*|accident(?:s|al|ally)?|unintention\w*|unintend\w*|inadverten\w*|intention\w*|intent"
    r"|intended|deliberate\w*|on purpose|purpose(?:ly|ful\w*)|knowingly|wil?lful\w*|premeditated|negligen\w*|reckless\w*"
    r"|conniv\w*|collu\w+|complicit\w*|in league with|wrong (?:target|building|position)|unaware"
    r"|(?:not|n't|never|neither|nor|no one|nobody)\b[^.;]{0,60}\b(?:knew|know|known|realised|realized|aware))\b"
    r"|\b(?:proof|evidence|proves?|proved|proven)\b[^.;]{0,60}\b(?:support|back|help|aid|arm)(?:s|ed|ing)?\b",
    re.I,
)
"""Words of mistake, purpose, negligence, collusion, knowledge."""
_LAW = re.compile(r"\b(?:laws? of (?:war|armed conflict)|rules of engagement|international law|lawful\w*|legal\w*)\b", re.I)
"""Words of law: who says that it was lawful pleads on guilt, and does not deny the deed."""
_HARMED = r"(?:casualt\w+|victims?|deaths?|killed|died|dead|hurt|harmed|injured|wounded)"
_TOLL = re.compile(
    rf"\b(?:no|not|nor|without|any|neither|never)\b(?:(?!, (?:and|but)\b)[^.;]){{0,40}}\b{_HARMED}\b"
    r"|\btolls?\b|\b(?:numbers?|counts?|figures?|tall(?:y|ies)|statistics) (?:of|for|given|are|is|was|were)\b"
    r"|\b(?:casualty|casualties|victims?|dead)\b[^.;]{0,20}\b(?:numbers?|counts?|figures?|reports?|claims?)\b"
    r"|\b(?:numbers?|counts?|figures?)\W*\Z|\b(?:inflated|exaggerat\w+|overstated|understated)\b",
    re.I,
)
"""Words about whether, or how many, people were harmed."""
_OCCURRENCE = re.compile(
    r"\bno (?:such )?(?:air ?)?(?:strike|raid|attack|bombing|shelling|massacre|incident)s?\b[^.;]{0,40}"
    r"\b(?:took place|happened|occurred|(?:was|were) (?:carried|made|launched|conducted|flown|ordered|there))\b"
    r"|\b(?:never|did(?: not|n't)) (?:happen|take place|occur)\w*\b|\b(?:fabricat\w+|staged|fake[ds]?|hoax|invented|made up)\b",
    re.I,
)
"""Words about whether it happened at all."""
_TALK = re.compile(
    r"\b(?:grandstand\w*|stunts?|hypocri\w*|cynical\w*|rhetoric\w*|propaganda|lying|lie[sd]?|condemn\w*|outrage|explanations?)\b",
    re.I,
)
_DEED = re.compile(
    r"\b(?:(?:air)?strikes?|struck|bomb\w*|raid\w*|attack\w*|kill\w*|hit|hits|hitting|fir(?:e|es|ed|ing)|shell\w*|shot|aggression"
    r"|massacre\w*|casualt\w*|deaths?|died|dead|harm\w*|injur\w*|wound\w*|murder\w*|crimes?|destroy\w*)\b",
    re.I,
)
"""Words about talk, and words about an attack or its harm: to accuse with the first and none of the second is about no deed."""
_PLAN = re.compile(
    r"\b(?:not|n't|never|no)\s+(?:going|intend(?:s|ed|ing)?|plan(?:s|ned|ning)?|about)\s+to\b|\b(?:will not|won't)\b", re.I
)
"""Words about what somebody will not do: a denial of these denies no deed."""
_EFFORT = re.compile(
    r"\b(?:aim(?:s|ed|ing)?|seeks?|sought|tr(?:y|ies|ied)|strives?|takes? (?:all|every|great))\b"
    r"[^.;]{0,30}\b(?:no|avoid|prevent|spare|precautions?|care|minimi[sz]e)\b",
    re.I,
)
"""Words about the wish to harm nobody: about purpose, not about whether anybody was harmed."""
_OBJECT = re.compile(
    r"\b(?:target(?:s|ed|ing)?|(?:launch|direct)ed (?:at|against)"
    r"|aimed at|hit|struck|strikes? (?:on|against|at)|destroy\w*|eliminat\w*|neutrali[sz]\w*"
    r"|fir(?:ed|ing) (?:at|on)|killed)\b",
    re.I,
)
"""Words about who or what was attacked."""

_WHO = re.compile(
    r"\b(?:who|whose|which (?:side|country|party|army|planes)|responsib\w+|behind|involved|linked|caused?"
    r"|what (?:had )?(?:brought|happened))\b",
    re.I,
)
"""Words about whose deed it was, where somebody is unsure."""


def question_of(act: Act, words: str) -> Question:
    """The question that an act of saying answers, told from the act and the plain words of what was said."""
    if act == "denial" and _EFFORT.search(words):
        return "intent"
    if act in ("denial", "uncertainty") and _TOLL.search(words):
        return "toll"
    if act in ("denial", "uncertainty") and _OCCURRENCE.search(words):
        return "occurrence"
    if act in ("denial", "admission", "justification") and _LAW.search(words):
        return "intent"
    if act in _ABOUT_THE_DEED and _INTENT.search(words):
        return "intent"
    if (act == "denial" and _PLAN.search(words)) or (act == "blame" and _TALK.search(words) and not _DEED.search(words)):
        return "other"
    if act == "justification" and _OBJECT.search(words):
        return "object"
    if act == "uncertainty" and _WHO.search(words):
        return "responsibility"
    return _BY_ACT[act][0]


def polarity_of(act: Act) -> Polarity:
    """Whether an act of saying asserts, denies, admits or questions what it is about."""
    return _BY_ACT[act][1]
