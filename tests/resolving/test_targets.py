"""Whom a statement is about, and what its act is once that is known."""

from __future__ import annotations

from typing import Any

import pytest

from counterclaim.records import Act, Statement
from counterclaim.resolving.actors import resolve_actors
from counterclaim.resolving.speakers import attribute
from counterclaim.resolving.targets import settled


def filled(t: Any) -> list[Statement]:
    extraction = t.extraction()
    return [settled(s) for s in attribute(extraction, resolve_actors(extraction))[0]]


@pytest.mark.parametrize(
    ("text", "act", "about", "target"),
    [
        ("Hamas said the soldiers had burned the mill.", "blame", "the soldiers", "soldiers"),
        ("Hamas said army snipers had fired.", "blame", "army snipers", "army snipers"),
        ("Hamas said the raid was a crime.", "blame", "the raid", None),
        ("Hamas urged both sides to stop.", "demand", "both sides", "both sides"),
        ("Hamas said the weather was to blame.", "blame", "the weather", None),
    ],
)
def test_where_no_party_is_named_people_under_arms_are_the_target_by_their_description(
    told: Any, text: str, act: Act, about: str, target: str | None
) -> None:
    content = text.split(" ", 2)[2].rstrip(".")
    (statement,) = filled(told(text).says("Hamas", content, act=act, about=about))
    assert statement.target == target


def test_an_accusation_of_ones_own_side_by_its_deed_is_an_admission_and_so_is_a_toll(told: Any) -> None:
    text = "Russia said a Russian jet hit the mill."
    (statement,) = filled(told(text).says("Russia", "a Russian jet hit the mill", act="blame", about="Russian jet"))
    assert (statement.act, statement.target) == ("admission", "Russia")
    text = "Russia said nine died when a Russian jet hit the mill."
    content = "nine died when a Russian jet hit the mill"
    (statement,) = filled(told(text).says("Russia", content, act="figure", about="Russian jet"))
    assert statement.act == "admission"
    text = "Russia said nine died when a Turkish jet hit the mill."
    content = "nine died when a Turkish jet hit the mill"
    (statement,) = filled(told(text).says("Russia", content, act="figure", about="Turkish jet"))
    assert (statement.act, statement.target) == ("figure", "Turkey")


def test_those_between_the_parties_accuse_and_have_nothing_to_justify(told: Any) -> None:
    text = "Residents said Hamas had used them as shields."
    (statement,) = filled(told(text).says("Residents", "Hamas had used them as shields", act="justification"))
    assert (statement.act, statement.target) == ("blame", "Hamas")
    text = "Residents said the school was a depot."
    (statement,) = filled(told(text).says("Residents", "the school was a depot", act="justification"))
    assert (statement.act, statement.target) == ("other", None)
    text = "Hamas said Russia had used them as shields."
    (statement,) = filled(told(text).says("Hamas", "Russia had used them as shields", act="justification"))
    assert statement.act == "justification"
