"""Who holds what on which question of an incident: accusations, denials, admissions, justifications, demands, regrets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counterclaim.contest.docket import Docket, Said
from counterclaim.contest.when import sort_key
from counterclaim.records import Act, Position, Question

RULE = (
    "Statements of one voice with one stance on one question about one target are one position, dated by the day named "
    "beside the words, else by the earliest publication. The question follows from the act: accusation, denial, admission "
    "and justification are about responsibility; about intent where the words speak of mistake, purpose, negligence or "
    "collusion; a denial or doubt is about the toll where its words are about whether or how many people were harmed."
)
STANCES: tuple[Act, ...] = (
    "blame", "denial", "admission", "justification", "uncertainty", "investigation", "demand", "regret", "damage",
)  # fmt: skip
"""The acts that take a position, in the order in which positions are listed. Figures are tolls; other words take none."""
QUESTIONS: tuple[Question, ...] = ("responsibility", "intent", "toll", "investigation", "regret", "demand", "damage", "other")

_INTENT = re.compile(
    r"\b(?:mistak\w+|errors?|erroneous\w*|accident(?:s|al|ally)?|unintention\w*|unintend\w*|inadverten\w*|intention\w*|intent"
    r"|intended|deliberate\w*|on purpose|purpose(?:ly|ful\w*)|knowingly|wil?lful\w*|premeditated|negligen\w*|reckless\w*"
    r"|conniv\w*|collu\w+|complicit\w*|in league with|wrong (?:target|building|position)|unaware"
    r"|(?:not|n't|never|neither|nor|no one|nobody)\b[^.;]{0,60}\b(?:knew|know|known|realised|realized|aware))\b"
    r"|\b(?:proof|evidence|proves?|proved|proven)\b[^.;]{0,60}\b(?:support|back|help|aid|arm)(?:s|ed|ing)?\b",
    re.I,
)
"""Words of mistake, purpose, negligence, collusion, knowledge."""
_HARMED = r"(?:casualt\w+|victims?|deaths?|killed|died|dead|hurt|harmed|injured|wounded)"
_TOLL = re.compile(
    rf"\b(?:no|not|nor|without|any|neither|never)\b[^.;]{{0,40}}\b{_HARMED}\b"
    r"|\btolls?\b|\b(?:numbers?|counts?|figures?|tall(?:y|ies)|statistics) (?:of|for|given|are|is|was|were)\b"
    r"|\b(?:casualty|casualties|victims?|dead)\b[^.;]{0,20}\b(?:numbers?|counts?|figures?|reports?|claims?)\b"
    r"|\b(?:numbers?|counts?|figures?)\W*\Z|\b(?:inflated|exaggerat\w+|overstated|understated)\b",
    re.I,
)
"""Words about whether, or how many, people were harmed."""


_Key = tuple[str, Question, Act, str | None]
"""What makes statements one position: the voice's key, the question, the stance and the target."""


def question_of(act: Act, content: str) -> Question:
    """The question that an act of saying answers, told from the act and the plain words of its `content`."""
    if act in ("denial", "uncertainty") and _TOLL.search(content):
        return "toll"
    if act in ("blame", "denial", "admission", "justification", "uncertainty") and _INTENT.search(content):
        return "intent"
    return _BY_ACT[act]


def positions_of(docket: Docket) -> tuple[Position, ...]:
    """All positions of the docket's incident, by question, stance, date and actor.

    Several who say one thing together hold one position each.
    """
    groups: dict[_Key, list[tuple[Said, int]]] = {}
    for said in docket.said:
        if said.statement.act not in STANCES:
            continue
        question = question_of(said.statement.act, words_of(said))
        target = docket.parties.name(said.statement.target) if said.statement.target else None
        for index, voice in enumerate(said.voices):
            groups.setdefault((voice.key, question, said.statement.act, target), []).append((said, index))
    found = [_position(group, key, docket) for key, group in groups.items()]
    return tuple(sorted(found, key=_order))


def words_of(said: Said) -> str:
    """The words of what was said, its pieces joined by a space."""
    return " ".join(piece.quote for piece in said.content())


def _position(group: Sequence[tuple[Said, int]], key: _Key, docket: Docket) -> Position:
    _, question, stance, target = key
    ordered = sorted(group, key=lambda pair: (sort_key(pair[0].day()[0]), pair[0].ref.report, pair[0].content()[0].start))
    held = [said for said, _ in ordered]
    voice = held[0].voices[ordered[0][1]]
    name = docket.parties.name
    people = {said.statement.speaker for said in held}
    person = next(iter(people)) if len(people) == 1 and len(held[0].voices) == 1 else None
    actor = name(person) if person else voice.name
    return Position(
        actor=actor, kind=voice.kind, side=voice.side, question=question, stance=stance, target=target,
        said=held[0].day()[0], statements=tuple(said.ref for said in held),
        content=tuple(span for said in held for span in said.content()), sentences=tuple(said.sentence() for said in held),
        affiliation=_affiliation(held, docket, actor, voice.name if voice.named else None),
        chain=tuple(name(one) for one in held[0].statement.chain),
    )  # fmt: skip


def _affiliation(held: Sequence[Said], docket: Docket, actor: str | None, body: str | None) -> str | None:
    """The institution spoken for, where it is not the actor itself."""
    alone = [said.statement for said in held if len(said.voices) == 1]
    given = {docket.parties.name(statement.affiliation) for statement in alone if statement.affiliation}
    one = next(iter(given)) if len(given) == 1 else body
    return one if one != actor else None


def _order(position: Position) -> tuple[int, int, str, str, str, str, int]:
    return (
        QUESTIONS.index(position.question), STANCES.index(position.stance), sort_key(position.said), position.actor or "",
        position.target or "", position.statements[0].report, position.content[0].start,
    )  # fmt: skip


_BY_ACT: dict[Act, Question] = {
    "blame": "responsibility", "denial": "responsibility", "admission": "responsibility", "justification": "responsibility",
    "uncertainty": "other", "investigation": "investigation", "demand": "demand", "regret": "regret", "damage": "damage",
    "figure": "toll", "other": "other",
}  # fmt: skip
