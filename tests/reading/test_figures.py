"""Tolls in sentences: what is one, what is none, and what it means."""

from __future__ import annotations

import pytest

from counterclaim.reading import extract
from counterclaim.records import Figure


def figures(text: str) -> list[tuple[str, str, str, int | None, int | None]]:
    extraction = extract(text)
    for f in extraction.figures:
        assert extraction.text[slice(*f.span)] == text[slice(*f.span)] != ""
    return [(text[slice(*f.span)], f.harm, f.victims, f.low, f.high) for f in extraction.figures]


def one(text: str) -> Figure:
    (figure,) = extract(text).figures
    return figure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rescuers pulled 41 bodies from the cellar.", ("41 bodies", "killed", "unspecified", 41, 41)),
        ("The raid killed at least nine farmers near the river.", ("at least nine farmers", "killed", "unspecified", 9, None)),
        ("A shell left 14 soldiers dead on Sunday.", ("14 soldiers dead", "killed", "military", 14, 14)),
        ("Dozens of civilians lost their lives in the market.", ("Dozens of civilians", "killed", "civilians", 24, 99)),
        ("More than 200 people were wounded.", ("More than 200 people", "injured", "unspecified", 201, None)),
        ("The governor put the death toll at 62.", ("62", "killed", "unspecified", 62, 62)),
        ("The blast claimed seven lives.", ("seven lives", "killed", "unspecified", 7, 7)),
        ("Up to 30 villagers are missing.", ("Up to 30 villagers", "missing", "civilians", None, 30)),
        (
            "The offensive uprooted some 3,000 families and 12,000 people.",
            ("12,000 people", "displaced", "unspecified", 12000, 12000),
        ),
        ("Police detained four men after the blast.", ("four men", "detained", "men", 4, 4)),
        ("There were no civilian casualties, the air force said.", ("no civilian casualties", "killed", "civilians", 0, 0)),
        ("Fifteen members of one family were killed.", ("Fifteen members", "killed", "civilians", 15, 15)),
        ("The bombardment killed a total of 396 people.", ("396 people", "killed", "unspecified", 396, 396)),
        ("Medics counted 80 wounded.", ("80 wounded", "injured", "unspecified", 80, 80)),
        ("Shells killed four vigilantes on the ridge.", ("four vigilantes", "killed", "unspecified", 4, 4)),
        ("Near Arlo, 1 local killed.", ("1 local killed", "killed", "unspecified", 1, 1)),
        ("The raid hurt two men and wounded another.", ("another", "injured", "unspecified", 1, 1)),
        (
            "At noon, between 13 and 15 members of the Orlo family, including two girls, were killed in a raid.",
            ("between 13 and 15 members", "killed", "civilians", 13, 15),
        ),
        (
            "A man, two women and a little child were killed on Monday.",
            ("A man, two women and a little child were killed", "killed", "unspecified", 4, 4),
        ),
        ("Three dead victims lay in the hall.", ("Three dead victims", "killed", "unspecified", 3, 3)),
        ("The ministry revised its toll down from 90 to 62 dead.", ("62 dead", "killed", "unspecified", 62, 62)),
        ("The number of wounded rose from 12 to 30.", ("30", "injured", "unspecified", 30, 30)),
    ],
)
def test_reads_a_toll(text: str, expected: tuple[str, str, str, int | None, int | None]) -> None:
    assert expected in figures(text)


@pytest.mark.parametrize(
    "text",
    [
        "The raid lasted for 40 minutes.",
        "Four mortars and two tanks were destroyed.",
        "Two administration officials told the paper that talks had failed.",
        "The review covers several days.",
        "Tens of thousands of civilians still live in the city.",
        "A 28-year-old driver drove 500 kilometres to the border.",
        "About 300 children attend the school.",
        "The town has had no power since 2014.",
        "Resolution 2334 was read out in the chamber.",
        "The bomb weighed 250 kilograms.",
        "Image 6 of 12 from the scene.",
        "Hundreds of neighbours gathered on the street where the raid began.",
        "One witness claimed he had not seen her for a month.",
        "Detectives look into an attempted murder-suicide.",
    ],
)
def test_leaves_other_numbers_alone(text: str) -> None:
    assert figures(text) == []


def test_dead_and_wounded_keep_their_own_numbers() -> None:
    text = "The clinic received 12 dead and more than 30 wounded."
    assert figures(text) == [
        ("12 dead", "killed", "unspecified", 12, 12),
        ("more than 30 wounded", "injured", "unspecified", 31, None),
    ]


def test_one_number_for_dead_and_wounded_is_left_open() -> None:
    assert one("Scores of people were killed and injured in the rush.").harm == "casualties"


def test_a_number_of_their_own_keeps_dead_and_wounded_apart() -> None:
    text = "At least 34 members of the family were killed, including seven children, and more than 27 others were injured."
    assert [(f.harm, f.low) for f in extract(text).figures] == [("killed", 34), ("killed", 7), ("injured", 28)]


@pytest.mark.parametrize(
    "text",
    [
        "Six members of the Orlo family, four children and two women, were killed in the raid.",
        "The raid killed six people \u2013 four children and two women.",
        "The raid killed 18 civilians, including three women, eight children, and a reporter.",
    ],
)
def test_whoever_spells_a_number_out_is_part_of_it(text: str) -> None:
    whole, *rest = extract(text).figures
    assert whole.scope == "incident"
    assert len(rest) > 1
    assert {f.scope for f in rest} == {"part"}


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("The raid left 83 soldiers dead and 120 wounded.", ["military", "military"]),
        ("The raid killed 62 soldiers. The mayor put the toll at 62.", ["military", "military"]),
        ("The raid killed 62 soldiers. The mayor said 62 villagers were killed. It put the toll at 62.",
         ["military", "civilians", "unspecified"]),
        ("The raid killed four rebels and 12 people were wounded.", ["militants", "unspecified"]),
        ("The raid killed three children and injured 12.", ["children", "unspecified"]),
        ("The blast killed 13 soldiers and scores of Orlanders.", ["military", "unspecified"]),
    ],
)  # fmt: skip
def test_a_bare_number_has_the_class_that_the_text_tells(text: str, victims: list[str]) -> None:
    assert [f.victims for f in extract(text).figures] == victims


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("Multiple people were reported killed and wounded in the raid.", "casualties"),
        ("Drones injured and killed civilians at the well.", "casualties"),
        ("The raid led to injuries among civilians.", "injured"),
    ],
)
def test_harm_of_many_without_a_number(text: str, harm: str) -> None:
    assert [(f.harm, f.low, f.high) for f in extract(text).figures] == [(harm, None, None)]


def test_a_number_that_tells_which_attack_is_meant_is_nobodys_claim() -> None:
    told = extract("The army blamed an error for the air strike in May that killed more than 60 villagers.")
    claimed = extract("The army said that the air strike killed more than 60 villagers.")
    assert [f.statement for f in told.figures] == [None]
    assert [f.statement for f in claimed.figures] != [None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The driver was killed with his two brothers.", [("killed", 3, "incident")]),
        ("A raid on the house killed him alongside his wife Orla and their three daughters.", [("killed", 5, "incident")]),
        ("In Mosul, 21 were killed.", [("killed", 21, "incident")]),
        ("His press card was laid over one of the bodies.", [("killed", 1, "incident")]),
        ("Ten villagers were killed and many others injured.", [("killed", 10, "incident"), ("injured", None, "incident")]),
        (
            "No fewer than 31 residents, 8 women and 11 children among them, died there, and at least four neighbours were hurt.",
            [("killed", 31, "incident"), ("killed", 8, "part"), ("killed", 11, "part"), ("injured", 4, "incident")],
        ),
        (
            "Four villagers \u2013 including one woman, and two children \u2013 were killed during a strike.",
            [("killed", 4, "incident"), ("killed", 1, "part"), ("killed", 2, "part")],
        ),
    ],
)
def test_who_fell_with_whom(text: str, expected: list[tuple[str, int | None, str]]) -> None:
    assert [(f.harm, f.low, f.scope) for f in extract(text).figures] == expected


def test_ages_and_times_of_day_are_no_tolls() -> None:
    text = "The raid killed 10 relatives between the ages of three and 62 at 0815 on Monday. A boy of nine was killed at 1620."
    assert [(f.low, f.harm) for f in extract(text).figures] == [(10, "killed"), (1, "killed")]


def test_two_numbers_before_one_harm_do_not_trip_it() -> None:
    figures = extract("Five guards, including two medics and three drivers killed.").figures
    assert [(f.low, f.scope) for f in figures] == [(5, "incident"), (2, "part"), (3, "part")]


def test_one_person_is_of_no_period() -> None:
    assert one("A boy of nine died over the weekend after a shelling.").scope == "incident"


def test_a_part_is_marked_as_one() -> None:
    whole, part = extract("The strike killed 16 people, including five children.").figures
    assert (whole.scope, part.scope) == ("incident", "part")
    assert (part.victims, part.low) == ("children", 5)


def test_a_part_of_a_part_is_one_too() -> None:
    text = "Five rebels, including two guards, including one woman killed in the raid."
    assert [(text[slice(*f.span)], f.scope) for f in extract(text).figures] == [
        ("Five rebels", "incident"), ("two guards", "part"), ("one woman killed", "part"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Air strikes have killed 396 people since August 2014.", "running"),
        ("The ministry's total for the war stands at 30,228 dead.", "running"),
        ("Raids on the city killed up to 100 civilians in the past month.", "period"),
        ("The raid killed six people on Tuesday.", "incident"),
    ],
)
def test_scopes_stay_apart(text: str, scope: str) -> None:
    assert one(text).scope == scope


def test_a_figure_knows_the_statement_it_stands_in() -> None:
    extraction = extract("The hospital said 17 people had died. Another 5 people were hurt in the panic.")
    said, own = extraction.figures
    (statement,) = extraction.statements
    assert (said.statement, own.statement) == (statement.id, None)


def test_a_number_set_against_one_before_shares_its_harm() -> None:
    text = "The monitor said at least 80 soldiers were killed. Earlier in the day it had spoken of only 30 soldiers."
    assert [(text[slice(*f.span)], f.harm, f.victims, f.low) for f in extract(text).figures][1:] == [
        ("30 soldiers", "killed", "military", 30)
    ]
    bare = "The mayor says 62 people were killed, but the investigators could confirm only 15."
    assert [(bare[slice(*f.span)], f.harm) for f in extract(bare).figures][1:] == [("15", "killed")]
    things = "The mayor says 62 people were killed. The army counted only 12 tanks."
    assert len(extract(things).figures) == 1


def test_a_figure_that_begins_where_what_is_said_ends_belongs_to_it() -> None:
    text = "The city's health authorities hold that army fire killed 118 people that Thursday and call it a massacre."
    read = extract(text)
    (figure,) = read.figures
    (said,) = [s for s in read.statements if s.id == figure.statement]
    assert "hold" in text[slice(*said.cue[0])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Four men and five women, all younger than 45, were injured.", [4, 5]),
        ("Two women, 41 and 45, were injured.", [2]),
        ("Three boys, 14, 15 and 16, were killed.", [3]),
        ("Nine children under 12 were killed.", [9]),
        ("Nine women and 12 men, all farmers, were killed.", [9, 12]),
    ],
)
def test_ages_count_nobody(text: str, expected: list[int]) -> None:
    assert [low for _, _, _, low, _ in figures(text)] == expected


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("A shepherd accidentally shot himself at the mill.", "injured"),
        ("The boy shot himself in the hand.", "injured"),
        ("A 7-year-old boy was found with a gunshot wound to his leg.", "injured"),
        ("Three others were treated at the scene and released.", "injured"),
        ("A gunman shot two guards and then shot himself dead.", "injured"),
    ],
)
def test_wounds_told_by_what_was_found_or_treated(text: str, harm: str) -> None:
    assert figures(text)[0][1] == harm
