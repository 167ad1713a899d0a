"""How the word of each party moves: what it held first, and what it held from which day on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counterclaim.contest.accused import accused_of
from counterclaim.contest.docket import Docket, Said
from counterclaim.contest.positions import Key, position_of, questions_held, takes_position
from counterclaim.contest.speakers import Voice
from counterclaim.contest.telling import order_told
from counterclaim.contest.when import days, sort_key
from counterclaim.records import Act, Course, Position, Step

RULE = (
    "The positions of one side in the order of the days on which they were taken: the day named beside the words, else "
    "publication; within a day, what a text says came first (“at first”, “had said”) before the rest, and what it says came "
    "later behind. Two lines are followed. On its own part a first denial, doubt, inquiry, plea, admission, regret or "
    "accusation of others moves after another of these, the side's or the speaker's own; where anybody is accused, only the "
    "accused have such a line. On another's part an accusation moves after a denial or doubt, and these after it. Who rejects "
    "words, demands or reports damage moves nothing, and what is undated comes last and moves nothing."
)
_OWN: tuple[Act, ...] = ("denial", "uncertainty", "investigation", "justification", "admission", "regret", "blame")
"""What a party does about its own part: accusing others is a way of answering as well."""
_OTHERS: tuple[Act, ...] = ("blame", "denial", "uncertainty", "admission")
"""What a party says of another's part."""


def courses_of(docket: Docket, positions: Sequence[Position]) -> tuple[Course, ...]:
    """The courses of all sides (of speakers without a side: their own) that hold anything at two times, or hold it undated
    beside a dated one; by party."""
    accused = docket.parties.party(*accused_of(docket, positions))
    held: dict[str, dict[tuple[str | None, int], list[tuple[Said, int]]]] = {}
    for said in docket.said:
        if not takes_position(said):
            continue
        day = said.day()[0]
        at = (day, _told(said))
        for index, voice in enumerate(said.voices):
            party = _party(voice)
            if party is not None:
                held.setdefault(party, {}).setdefault(at, []).append((said, index))
    courses = (Course(party=party, steps=_steps(party, times, docket, accused)) for party, times in sorted(held.items()))
    return tuple(course for course in courses if len(course.steps) > 1)


def _party(voice: Voice) -> str | None:
    """The side that a voice belongs to. "Residents" or "media" are kinds of speakers and no party: among them each named one has
    its own course, and the unnamed have none."""
    if voice.kind == "outlet":
        return None
    if voice.side is not None and voice.side[:1].isupper():
        return voice.side
    return voice.name if voice.named else None


def _steps(
    party: str, times: dict[tuple[str | None, int], list[tuple[Said, int]]], docket: Docket, accused: frozenset[str]
) -> tuple[Step, ...]:
    steps: list[Step] = []
    before: dict[tuple[str, str], set[Act]] = {}
    for (day, told), group in sorted(times.items(), key=lambda item: (sort_key(item[0][0]), item[0][1])):
        taken = (position_of(found, key, docket) for key, found in sorted(questions_held(group, docket).items(), key=_order))
        lines = {position: tuple(_lines(party, position, docket, accused)) for position in taken}
        known = days(day) is not None
        moved = tuple(
            position for position, on in lines.items()
            if known and any((took := before.get(at)) and position.stance not in took for at in _ats(party, position, on))
        )  # fmt: skip
        kept = tuple(position for position, on in lines.items() if on)
        if kept:
            steps.append(Step(date=day, positions=kept, moved=moved, told=told != 0))
        for position, on in lines.items():
            for at in _ats(party, position, on):
                before.setdefault(at, set()).add(position.stance)
    return tuple(steps)


def _ats(party: str, position: Position, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each line of a position as the side's, and as that of the institution or person who speaks."""
    for line in lines:
        yield line, party
        if position.kind == "named":
            yield line, position.affiliation or position.actor or party


def _lines(party: str, position: Position, docket: Docket, accused: frozenset[str]) -> Iterator[str]:
    """What a position is a word on: the party's own part ("") or the part of another, by its side."""
    own = docket.parties.party(party, position.actor, position.side)
    if position.question == "other":
        return
    if position.stance in _OWN and position.about != "another's words" and not (accused and own.isdisjoint(accused)):
        on_another = position.about == "another's part" and position.stance in ("denial", "admission", "uncertainty")
        if not on_another:
            yield ""
    if position.stance in _OTHERS and (position.stance == "blame" or position.about == "another's part"):
        for name in (position.target or "").split("; "):
            if name and own.isdisjoint(docket.parties.party(name)):
                yield docket.parties.sides.get(name, name)


def _told(said: Said) -> int:
    pieces = [*said.statement.cue, *said.statement.source, *said.statement.content[:1]]
    return order_told(said.sentence(), min(start for start, _ in pieces), max(end for _, end in pieces))


def _order(item: tuple[Key, Sequence[tuple[Said, int]]]) -> tuple[str, ...]:
    return tuple(part or "" for part in item[0])
