"""How an incident is summed up: the printed rule, and the recorder's house values."""

from __future__ import annotations

import pytest

from counterclaim.reading import extract
from counterclaim.records import IncidentMention, Profile, Range
from counterclaim.resolving import across, resolve, with_profile


def main(text: str, profile: Profile = "plain") -> IncidentMention:
    reading = with_profile(resolve(extract(text), published="2019-05-06"), profile)
    return next(i for i in reading.incidents if i.main)


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("The strike killed three children and three adults.", Range(6, 6)),
        ("A man was shot dead. The mayor said four people were killed.", Range(4, 4)),
        ("The raid killed nine people. Two of the dead were children.", Range(9, 9)),
        ("The mayor said 12 people were killed. The hospital said at least 15 people were killed.", Range(12, 15)),
        ("Two brothers and their mother were killed by the blast.", Range(3, 3)),
        ("The attack killed 20 people. Five women were killed in the school.", Range(20, 20)),
        ("The shelling wounded seven people.", None),
        ("Four people were shot in the yard. One of the victims died on Monday.", Range(1, 1)),
    ],
)
def test_the_rule(text: str, killed: Range | None) -> None:
    assert main(text).killed == killed


def test_attacker_and_victims_told_apart_are_not_added() -> None:
    assert main("The gunman killed three people in the shop. Police shot the gunman dead.").killed == Range(3, 3)


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        ("A boy died on Friday. Police said he was shot in the head.", None),
        ("Four bodies were found. All four people were shot in the head.", None),
        ("A boy died on Friday. A girl was shot in the leg.", Range(1, 1)),
        ("A boy was shot dead and two men were wounded. The two men were taken to hospital.", Range(2, 2)),
        ("A teenager died at noon. The police said a boy was shot at the mill.", None),
        ("A 40-year-old man died at noon. A 20-year-old man was shot at the mill.", Range(1, 1)),
        ("A man died at noon. Another man was shot at the mill.", Range(1, 1)),
        # those shot are the killed and the injured together
        ("Four people were shot at the mill. One man died, and three others were wounded.", Range(3, 3)),
        ("Five people were shot at the mill. One man died, and three others were wounded.", Range(3, 5)),
        ("Four people were wounded at the mill. One man died, and three others were wounded.", Range(3, 4)),
    ],
)
def test_the_dead_told_of_again_are_no_injured(text: str, injured: Range | None) -> None:
    told = main(text)
    assert told.killed is not None
    assert told.injured == injured


def test_classes_of_the_dead() -> None:
    told = main("The air strike killed nine people, including four women and two children.")
    assert (told.women, told.children) == (Range(4, 4), Range(2, 2))


@pytest.mark.parametrize(
    ("text", "plain", "house"),
    [
        ("Dozens of people were injured by the strike.", Range(24, 99), Range(12, 24)),
        ("Several people were injured by the strike.", None, Range(2, 2)),
        ("Hundreds of people were injured by the strike.", Range(200, 999), Range(100, 200)),
        ("At least 12 people were injured by the strike.", Range(12, 12), Range(12, 12)),
    ],
)
def test_house_values(text: str, plain: Range | None, house: Range) -> None:
    assert main(text).injured == plain
    assert main(text, "airwars").injured == main(text, "airwars").civilians_injured == house


def test_the_recorders_opening_stands() -> None:
    text = (
        "Between five and eight civilians were killed by an air strike on a house.\n\n"
        "The agency reported that two people were killed. A neighbour wrote that seven people were killed."
    )
    assert main(text, "airwars").civilians_killed == Range(5, 8)
    open_above = text.replace("Between five and eight", "At least five")
    assert main(open_above, "airwars").civilians_killed == Range(5, 7)


def test_an_opening_without_a_number_leaves_it_to_the_sources() -> None:
    text = "A number of civilians were injured by an air strike.\n\nThe agency reported that four people were injured."
    assert main(text, "airwars").civilians_injured == Range(4, 4)
    vague = "At least nine civilians were injured by an air strike.\n\nThe agency reported that several people were injured."
    assert main(vague, "airwars").civilians_injured == Range(9, 9)


def test_a_profile_changes_summaries_only() -> None:
    reading = resolve(extract("Dozens of people were injured by the strike."))
    other = with_profile(reading, "airwars")
    assert (other.figures, other.statements, other.text) == (reading.figures, reading.statements, reading.text)
    assert with_profile(reading, "plain") is reading


def test_across_reports_the_ends_are_kept() -> None:
    mentions = [
        IncidentMention(main=True, killed=Range(3, 5)),
        IncidentMention(main=True, killed=Range(4, 9)),
        IncidentMention(main=True),
    ]
    assert across(mentions) == {"killed": Range(3, 9)}
