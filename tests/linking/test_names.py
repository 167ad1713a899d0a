"""Which names of single reports are one actor, and which are not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from counterclaim.linking.names import join_names, sound
from counterclaim.records import Actor


@pytest.fixture
def join(read: Callable[..., Any]) -> Callable[..., dict[str, str]]:
    """Joins persons given as (name, affiliation), each the only actor of a report of its own."""

    def joined(*persons: tuple[str, str | None]) -> dict[str, str]:
        return dict(
            join_names(
                [
                    read(f"r{n}", "text", actors=[Actor(name=name, kind="person", affiliation=affiliation)])
                    for n, (name, affiliation) in enumerate(persons)
                ]
            )
        )

    return joined


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Joseph Scrocca", "Joseph Skrocki"),
        ("Sergey Rudskoi", "Sergei Rutskoy"),
        ("Mohammed al-Hadi", "Mohammad Al Hadi"),
        ("José Núñez", "Jose Nunez"),
        ("Col. Ana Perez", "Ana Perez"),
        ("A. Perez", "Ana Perez"),
        ("Perez", "Ana Perez"),
    ],
)
def test_one_man(join: Callable[..., dict[str, str]], one: str, other: str) -> None:
    assert len(join((one, "the staff"), (other, "the staff"))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Joseph Scrocca", "the staff"), ("Joseph Skrocki", "the fleet")),
        (("Ana Perez", "the staff"), ("Eva Perez", "the staff")),
        (("John Coe", "the staff"), ("Joan Cook", "the staff")),
        (("Ana Perez", None), ("Perez", None)),
    ],
    ids=["another body", "sisters", "only alike in sound", "nothing in common"],
)
def test_two_men(join: Callable[..., dict[str, str]], one: tuple[str, str], other: tuple[str, str]) -> None:
    assert join(one, other) == {}


def test_a_bare_surname_that_fits_two_joins_neither(join: Callable[..., dict[str, str]]) -> None:
    assert join(("Ana Perez", "the staff"), ("Eva Perez", "the staff"), ("Perez", "the staff")) == {}


def test_shown_is_the_name_used_most_then_the_longest(read: Callable[..., Any], said: Callable[..., Any]) -> None:
    def speaks(id: str, name: str) -> Any:
        statement = said("they lie", name, affiliation="the staff")
        return read(id, "they lie", statements=[statement], actors=[Actor(name=name, kind="person")])

    once = [speaks("r1", "Joseph Skrocki"), speaks("r2", "Joseph Scrocca")]
    assert join_names(once) == (("Joseph Skrocki", "Joseph Scrocca"),)
    assert join_names([*once, speaks("r3", "Joseph Skrocki")]) == (("Joseph Scrocca", "Joseph Skrocki"),)


def test_unnamed_speakers_are_never_one_man(read: Callable[..., Any], said: Callable[..., Any]) -> None:
    reports = [
        read(id, "they lie", statements=[said("they lie", name, "unnamed", affiliation="the staff")])
        for id, name in (("r1", "a Defence Official"), ("r2", "a defence official"))
    ]
    assert join_names(reports) == ()


def test_sound() -> None:
    assert sound("scrocca") == sound("skrocki") != sound("scott")


@pytest.mark.parametrize(
    ("one", "other", "role", "body", "joined"),
    [
        ("Kenneth Doelan", "Frank Doelan", "general", "the Southern Command", True),
        ("Kenneth F. Frank Doelan", "Frank Doelan", None, "the Southern Command", True),
        ("Kenneth Doelan", "Frank Doelan", None, "the Southern Command", False),
        ("Kenneth Doelan", "Frank Doelan", "gunner", "the Southern Command", False),
        ("Kenneth Doelan", "Frank Doelan", "general", "Norland", False),
    ],
    ids=["one post of one body", "a fuller name holds the other", "no post told", "a post of many", "a state has many generals"],
)
def test_a_man_whom_some_call_by_another_given_name(
    read: Callable[..., Any], one: str, other: str, role: str | None, body: str, joined: bool
) -> None:
    actors = [Actor(name=name, kind="person", affiliation=body, side="Norland", role=role) for name in (one, other)]
    assert bool(join_names([read(f"r{n}", "text", actors=[actor]) for n, actor in enumerate(actors)])) == joined
    assert join_names([read("r", "text", actors=actors)]) == () or role is None
