"""What a number covers: one hospital's share, the dead of attacks that nothing tells of, members of an armed group."""

from __future__ import annotations

import pytest

from counterclaim.reading.harm import class_in
from counterclaim.reading.scopes import scope_of
from counterclaim.records import Scope, Victims


@pytest.mark.parametrize(
    ("text", "words", "scope"),
    [
        ("The Watch counts more than 500 people killed by allied air strikes.", "more than 500 people", "period"),
        ("The Watch counts 12 people killed by allied air strikes on the town.", "12 people", "incident"),
        ("The army gave 62 soldiers killed in the alliance's raids.", "62 soldiers", "incident"),
        ("The hospital took in 70 bodies that night.", "70 bodies", "part"),
        ("She said the clinic had received 176 wounded people.", "176 wounded", "part"),
        ("He told of 70 of the dead.", "70 of the dead", "part"),
        ("Doctors treated the wounded; 70 people died.", "70 people", "incident"),
    ],
)
def test_the_words_around_a_number_tell_its_scope(text: str, words: str, scope: Scope) -> None:
    start = text.index(words)
    assert scope_of(text, (0, len(text)), (start, start + len(words)), 1) == scope


@pytest.mark.parametrize(
    ("words", "victims"),
    [
        ("two IS-K members", "militants"),
        ("a Taliban commander", "militants"),
        ("it is members who", "unspecified"),
        ("two members", "unspecified"),
    ],
)
def test_members_of_an_armed_group_are_militants(words: str, victims: Victims) -> None:
    assert class_in(words) == victims
