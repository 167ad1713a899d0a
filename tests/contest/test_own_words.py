"""What a party concedes in a text of its own: its own count, and nothing that it repeats, doubts or denies."""

from __future__ import annotations

from typing import Any

import pytest

from counterclaim.contest.own_words import conceded_in
from counterclaim.records import Figure, Range, Statement

TEXT = (
    "During the raid 3 civilians were killed. Allegations that 40 civilians were killed were reviewed. "
    "5 fighters were killed. 9 people were killed."
)


def figure(words: str, low: int | None, high: int | None, **more: Any) -> Figure:
    start = TEXT.index(words)
    known = {"victims": "civilians", "qualifier": "exact", "scope": "incident", "harm": "killed"} | more
    return Figure(id=words, span=(start, start + len(words)), low=low, high=high, confidence=1, **known)


def statement(**more: Any) -> Statement:
    return Statement(id="s1", content=((0, 5),), cue=(), source=(), form="indirect", confidence=1, **more)


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ([figure("3 civilians", 3, 3)], Range(3, 3)),
        ([figure("3 civilians", None, 3, qualifier="up to")], Range(3, 3)),
        ([figure("40 civilians", 40, 40)], None),
        ([figure("5 fighters", 5, 5, victims="unspecified")], None),
        ([figure("9 people", 9, 9, victims="unspecified")], Range(9, 9)),
        ([figure("3 civilians", 3, 3), figure("9 people", 9, 9, victims="unspecified")], Range(3, 3)),
        ([figure("3 civilians", 0, 0), figure("9 people", 9, 9)], Range(9, 9)),
        ([figure("3 civilians", 0, 0, qualifier="none")], Range(0, 0)),
        ([figure("3 civilians", 3, 3, scope="running")], None),
        ([figure("3 civilians", 3, 3, harm="injured")], None),
        ([], None),
    ],
)
def test_a_party_concedes_its_own_count_of_civilians(figures: list[Figure], told: Range | None) -> None:
    assert conceded_in(TEXT, [], figures, "killed") == told


@pytest.mark.parametrize(
    ("act", "speaker", "counts"),
    [
        ("figure", None, True),
        ("figure", "the review", True),
        ("figure", "Norland", True),
        ("figure", "a hospital", False),
        ("denial", None, False),
        ("uncertainty", None, False),
        ("admission", "a colonel", True),
    ],
)
def test_what_it_denies_and_what_others_say_in_it_is_not_conceded(act: Any, speaker: str | None, counts: bool) -> None:
    figures = [figure("3 civilians", 3, 3, statement="s1")]
    told = conceded_in(TEXT, [statement(act=act, speaker=speaker)], figures, "killed", frozenset({"Norland"}))
    assert (told == Range(3, 3)) is counts
