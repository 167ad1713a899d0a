"""Who holds what on which question of an incident: accusations, denials, admissions, justifications, demands, regrets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from counterclaim.contest.docket import Docket, Said
from counterclaim.contest.speakers import Voice
from counterclaim.contest.when import sort_key
from counterclaim.records import QUESTIONS, About, Act, Position, Question, question_of

RULE = (
    "Statements of one voice with one stance on one question about one target are one position, dated by the day named "
    "beside the words, else by the earliest publication. The question follows from the act: accusation, denial, admission "
    "and justification are about responsibility; about intent where the words speak of mistake, purpose, negligence or "
    "collusion; a denial or doubt is about the toll where its words are about whether or how many people were harmed, and about "
    "the event where they are about whether it happened; a justification is about who or what was hit where its words are; an "
    "accusation that is about talk and names neither attack nor harm, and the denial of a plan, answer none of these. An "
    "outlet denies, admits, justifies, regrets and investigates nothing in its own words. Whom an accusation names is left open "
    "where the reading gives the accuser himself, those who were harmed, or only planes and weapons."
)
STANCES: tuple[Act, ...] = (
    "blame", "denial", "admission", "justification", "uncertainty", "investigation", "demand", "regret", "damage",
)  # fmt: skip
"""The acts that take a position, in the order in which positions are listed. Figures are tolls; other words take none."""
Key = tuple[str, Question, Act, str | None]
"""What makes statements one position: the voice's key, the question, the stance and the target."""


_OF_PARTIES: tuple[Act, ...] = ("denial", "admission", "justification", "regret", "investigation")
"""What only a party can do for itself: an outlet that tells of it in its own words takes no part in it."""


def takes_position(said: Said) -> bool:
    """Whether a statement takes a position: by its act, and because its speaker can."""
    act = said.statement.act
    return act in STANCES and not (act in _OF_PARTIES and all(voice.kind == "outlet" for voice in said.voices))


def positions_of(docket: Docket) -> tuple[Position, ...]:
    """All positions of the docket's incident, by question, stance, date and actor.

    Several who say one thing together hold one position each.
    """
    groups = questions_held([(one, n) for one in docket.said for n in range(len(one.voices)) if takes_position(one)], docket)
    return tuple(sorted((position_of(group, key, docket) for key, group in groups.items()), key=_order))


def questions_held(said: Iterable[tuple[Said, int]], docket: Docket) -> dict[Key, list[tuple[Said, int]]]:
    """Statements, each with the index of one of its voices, by what makes them one position."""
    groups: dict[Key, list[tuple[Said, int]]] = {}
    for one, index in said:
        statement = one.statement
        question = question_of(statement.act, words_of(one))
        target = _target(one, one.voices[index], docket)
        groups.setdefault((one.voices[index].key, question, statement.act, target), []).append((one, index))
    return groups


_NOBODY = re.compile(
    r"(?:[\w'’-]+ ){0,3}(?:civilians?|people|residents?|inhabitants?|locals|children|women|men|famil(?:y|ies)|victims?|dead"
    r"|bodies|patients|refugees|population)\Z"
    r"|(?:[a-z-]+ ){0,3}(?:planes?|aircraft|jets?|drones?|helicopters?|bombs?|missiles?|rockets?|shells?|raids?|strikes?)\Z"
)
"""Common nouns for those harmed and for what harmed them: neither can have done it."""


def _target(said: Said, voice: Voice, docket: Docket) -> str | None:
    """Whom a statement is about, under the names shown."""
    statement = said.statement
    if not statement.target:
        return None
    named = list(dict.fromkeys(docket.parties.name(name) for name in statement.target.split("; ")))
    if statement.act == "blame":
        own = {voice.name, docket.parties.name(statement.speaker or ""), docket.parties.name(statement.affiliation or "")}
        named = [name for name in named if name not in own and not _NOBODY.match(name)]
    return "; ".join(named) or None


def words_of(said: Said) -> str:
    """The words of what was said, its pieces joined by a space."""
    return " ".join(piece.quote for piece in said.content())


def position_of(group: Sequence[tuple[Said, int]], key: Key, docket: Docket) -> Position:
    """One position from the statements that take it, earliest first."""
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
        about=_about(stance, target, held, docket.parties.party(actor, voice.name, voice.side), docket),
    )  # fmt: skip


_WORDS_OF = re.compile(
    r"\b(?:comments?|statements?|remarks?|explanations?|clarifications?|accounts?|versions?|claims?|accusations?|allegations?"
    r"|assertions?|assessments?|reports?|findings?)\b",
    re.I,
)
"""Names for what somebody said: a denial that is about these rejects words, not a deed."""


def _about(stance: Act, target: str | None, held: Sequence[Said], own: frozenset[str], docket: Docket) -> About | None:
    """What a position is about; who denies, admits, regrets or looks into something without naming anybody means himself."""
    if target is None or not own.isdisjoint(docket.parties.party(target)):
        return None if stance in ("blame", "demand", "damage") else "own part"
    if stance == "denial" and any(_WORDS_OF.search(piece.quote) for said in held for piece in said.content()):
        return "another's words"
    return "another's part"


def _affiliation(held: Sequence[Said], docket: Docket, actor: str | None, body: str | None) -> str | None:
    """The institution spoken for, where it is not the actor itself."""
    alone = [said.statement for said in held if len(said.voices) == 1]
    given = {docket.parties.name(statement.affiliation) for statement in alone if statement.affiliation}
    given = {name for name in given if not name[:1].islower()}  # an office ("prime minister") is no institution
    one = next(iter(given)) if len(given) == 1 else body
    return one if one != actor else None


def _order(position: Position) -> tuple[int, int, str, str, str, str, int]:
    return (
        QUESTIONS.index(position.question), STANCES.index(position.stance), sort_key(position.said), position.actor or "",
        position.target or "", position.statements[0].report, position.content[0].start,
    )  # fmt: skip
