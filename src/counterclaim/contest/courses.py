"""How the word of each party moves: what it held first, and what it held from which day on."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.contest.docket import Docket, Said
from counterclaim.contest.positions import Key, position_of, questions_held, takes_position
from counterclaim.contest.telling import order_told
from counterclaim.contest.when import sort_key
from counterclaim.records import Course, Step

RULE = (
    "The positions of one side in the order of the days on which they were taken: the day named beside the words, else "
    "publication; within a day, what a text says came first (“at first”, “had said”) before the rest, and what it says came "
    "later behind. A step moves where it brings an answer to a question that the side had answered otherwise, or a first "
    "denial, doubt, inquiry, plea, admission or regret after another of these. Undated positions come last and move nothing."
)
_MOVING = ("denial", "uncertainty", "investigation", "justification", "admission", "regret", "blame")
"""Stances between which a party moves."""


def courses_of(docket: Docket) -> tuple[Course, ...]:
    """The courses of all sides (of speakers without a side: their own) that hold anything at two times, or hold it undated
    beside a dated one; by party."""
    held: dict[str, dict[tuple[str | None, int], list[tuple[Said, int]]]] = {}
    for said in docket.said:
        if not takes_position(said):
            continue
        day = said.day()[0]
        at = (day, _told(said))
        for index, voice in enumerate(said.voices):
            if voice.kind == "outlet":
                continue
            party = voice.side or voice.name
            if party is not None:
                held.setdefault(party, {}).setdefault(at, []).append((said, index))
    courses = (Course(party=party, steps=_steps(times, docket)) for party, times in sorted(held.items()))
    return tuple(course for course in courses if len(course.steps) > 1)


def _steps(times: dict[tuple[str | None, int], list[tuple[Said, int]]], docket: Docket) -> tuple[Step, ...]:
    steps: list[Step] = []
    before: set[str] = set()
    for (day, told), group in sorted(times.items(), key=lambda item: (sort_key(item[0][0]), item[0][1])):
        positions = tuple(
            position_of(found, key, docket) for key, found in sorted(questions_held(group, docket).items(), key=_order)
        )
        stances = {position.stance for position in positions} & set(_MOVING)
        known = sort_key(day) != sort_key(None) and (day is not None or told != 0)
        moves = bool(before) and bool(stances - before) and known
        steps.append(Step(date=day, positions=positions, moves=moves, told=told != 0))
        before |= stances
    return tuple(steps)


def _told(said: Said) -> int:
    pieces = [*said.statement.cue, *said.statement.source, *said.statement.content[:1]]
    return order_told(said.sentence(), min(start for start, _ in pieces), max(end for _, end in pieces))


def _order(item: tuple[Key, Sequence[tuple[Said, int]]]) -> tuple[str, ...]:
    return tuple(part or "" for part in item[0])
