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
    return [settled(s, extraction.text) for s in attribute(extraction, resolve_actors(extraction))[0]]


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


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("the jets had struck Hamas fighters in the mill", "Hamas"),
        ("the strike was called off as soon as Turkey raised the alarm", "Russia"),
        ("its jets were flying against Turkish troops", "Turkish military"),
    ],
)
def test_a_justification_points_at_whom_it_was_against_and_not_at_whoever_is_named(told: Any, content: str, target: str) -> None:
    (statement,) = filled(told(f"Russia said {content}.").says("Russia", content, act="justification"))
    assert statement.target == target


def test_whoever_treats_the_wounded_counts_and_does_not_accuse_by_calling_an_attack_somebodys(told: Any) -> None:
    content = "a Turkish air raid killed nine people"
    for speaker, act in (("A doctor", "figure"), ("Hamas", "blame"), ("A resident", "blame")):
        text = f"{speaker} said {content}."
        (statement,) = filled(told(text).says(speaker, content, act="blame", about="Turkish"))
        assert (statement.act, statement.target) == (act, "Turkey")
    content = "Turkish soldiers killed nine people"
    (statement,) = filled(told(f"A doctor said {content}.").says("A doctor", content, act="blame", about="Turkish soldiers"))
    assert statement.act == "blame"


def test_the_planes_are_those_of_whoever_was_accused_before(told: Any) -> None:
    text = "Hamas said Turkey had bombed the mill. Hamas said the planes bombed a hill. Hamas said planes bombed a ford."
    statements = told(text).says("Hamas", "Turkey had bombed the mill", act="blame", about="Turkey")
    statements = statements.says("Hamas", "the planes bombed a hill", act="blame", about="planes", after=30)
    first, second = filled(statements)
    assert (first.target, second.target) == ("Turkey", "Turkey")
    text = "Hamas said planes bombed a ford."
    (only,) = filled(told(text).says("Hamas", "planes bombed a ford", act="blame", about="planes"))
    assert only.target == "planes"


def test_both_are_the_two_who_spoke_last(told: Any) -> None:
    text = "Russia said nine died. Turkey said ten died. Both blamed Hamas."
    t = told(text).says("Russia", "nine died", act="figure").says("Turkey", "ten died", act="figure", after=20)
    statement = filled(t.says("Both", "Hamas", act="blame", about="Hamas"))[-1]
    assert statement.speaker == "Russia; Turkey"


@pytest.mark.parametrize(
    ("speaker", "content", "act", "target"),
    [
        ("The army spokesman", "troops had fired at the barge", "admission", "army"),
        ("An air force officer", "no such raid took place", "denial", "air force"),
        ("Residents", "troops had fired at the barge", "blame", "troops"),
    ],
)
def test_an_armys_people_speak_of_its_own_soldiers(told: Any, speaker: str, content: str, act: Act, target: str) -> None:
    given: Act = "denial" if act == "denial" else "blame"
    about = "troops" if "troops" in content else None
    (statement,) = filled(told(f"{speaker} said {content}.").says(speaker, content, act=given, about=about))
    assert (statement.act, statement.target) == (act, target)
