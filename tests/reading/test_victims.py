"""Victims told without a number: one person, lists, deeds that say how many; and those who only seem to be told of."""

from __future__ import annotations

import pytest

from counterclaim.reading.document import parse
from counterclaim.reading.figures import find_figures
from counterclaim.records import Figure


def figures(text: str) -> list[Figure]:
    found = list(find_figures(text, parse(text)))
    for figure in found:
        assert text[slice(*figure.span)].strip() == text[slice(*figure.span)] != ""
    return found


def told(text: str) -> list[tuple[str, str, int | None, int | None]]:
    return [(f.harm, f.victims, f.low, f.high) for f in figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A man was shot dead in the market on Monday.", ("killed", "men", 1, 1)),
        ("A 17-year-old boy was killed as the shell came down in the yard.", ("killed", "children", 1, 1)),
        ("The woman was pronounced dead at the scene.", ("killed", "women", 1, 1)),
        ("A farmer was wounded by shrapnel near the canal.", ("injured", "unspecified", 1, 1)),
        ("Guards are accused of killing a student.", ("killed", "unspecified", 1, 1)),
        ("The death of a 9-year-old girl shocked the village.", ("killed", "children", 1, 1)),
        ("The blast left a nurse dead.", ("killed", "staff", 1, 1)),
        ("A teacher who was hit by a bullet on Friday has died.", ("killed", "staff", 1, 1)),
        ("A driver in his 40s was shot and later died at a clinic.", ("killed", "staff", 1, 1)),
        ("Two brothers and their mother were killed.", ("killed", "unspecified", 3, 3)),
        ("A woman and her four sons died in the strike.", ("killed", "unspecified", 5, 5)),
        ("A paramedic and a volunteer were killed.", ("killed", "staff", 2, 2)),
        ("A family of five was killed in the house.", ("killed", "unspecified", 5, 5)),
        ("A couple was found dead in the cellar.", ("killed", "unspecified", 2, 2)),
        ("Both men died.", ("killed", "men", 2, 2)),
        ("A fifth victim died on Sunday.", ("killed", "unspecified", 5, 5)),
        ("Police are looking into a triple homicide.", ("killed", "unspecified", 3, 3)),
        ("It was a murder-suicide, the sheriff said.", ("killed", "unspecified", 2, None)),
        ("A fatal shooting closed the road.", ("killed", "unspecified", 1, None)),
    ],
)
def test_victims_without_a_number_are_told(text: str, expected: tuple[str, str, int | None, int | None]) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The man was not hurt.",
        "A boy could have been killed.",
        "He tried to kill his neighbour.",
        "The attackers planned to kill hundreds.",
        "The gunman shot at several cars.",
        "Her grandfather died of cancer.",
        "A dog was shot dead by the guards.",
        "A father of three spoke to reporters.",
        "Officials told a journalist that talks had failed.",
        "The army is examining whether civilians were hurt.",
    ],
)
def test_nobody_is_made_up(text: str) -> None:
    assert told(text) == []


def test_ages_are_no_tolls() -> None:
    found = told("Karim Odeh, 28, and Lina Odeh (27) were found dead.")
    assert {n for _, _, low, high in found for n in (low, high)} <= {1, 2}


def test_the_one_told_of_again_is_not_counted_again() -> None:
    text = "A man was shot dead on Monday. The man died at the scene. He was pronounced dead at noon."
    assert told(text) == [("killed", "men", 1, 1)]


def test_those_included_are_part_of_the_number() -> None:
    text = "Nine people were killed, including a reporter and two children, and at least four others were injured."
    found = [(f.harm, f.low, f.scope) for f in figures(text)]
    assert found == [("killed", 9, "incident"), ("killed", 1, "part"), ("killed", 2, "part"), ("injured", 4, "incident")]


def test_those_one_is_among_are_counted_and_not_the_one() -> None:
    assert [f.low for f in figures("Brandt was one of nine people killed by gunfire.")] == [9]


@pytest.mark.parametrize("text", ["Raids on the town kil*led 12 people.", "RAIDS ON THE TOWN KILLED 12 PEOPLE."])
def test_masked_words_and_capitals_are_read_through(text: str) -> None:
    assert [(f.harm, f.low, f.high) for f in figures(text)] == [("killed", 12, 12)]


def test_a_number_runs_on_to_the_harm_behind_it() -> None:
    assert [(f.victims, f.low) for f in figures("Five militants, two soldiers killed in a raid")] == [
        ("militants", 5),
        ("military", 2),
    ]


def test_harm_to_many_without_a_number_is_vague() -> None:
    (figure,) = figures("Others were wounded in the crush.")
    assert (figure.harm, figure.low, figure.high, figure.qualifier) == ("injured", None, None, "vague")
