"""Which incidents a report tells of, read from whole texts in our own words."""

from __future__ import annotations

import pytest

import counterclaim
from counterclaim.records import IncidentMention, Reading

RAID = (
    "BAGHDAD (Reuters) - A coalition air strike killed at least 40 people in Mosul on 17 March, "
    "the Iraqi army said on Sunday.\n\n"
    "A hospital in the city counted 61 bodies after the strike. The coalition said it was investigating the raid.\n\n"
    "Air strikes on the city have killed 396 people since August 2014, a monitor said."
)


def read(text: str, published: str | None = "2017-03-19") -> Reading:
    reading = counterclaim.read(text, published=published)
    assert reading.error is None
    return reading


def main(reading: Reading) -> IncidentMention:
    (found,) = [i for i in reading.incidents if i.main]
    return found


def test_the_main_incident_has_its_day_and_place_and_not_the_dateline() -> None:
    incident = main(read(RAID))
    assert incident.date is not None
    assert (incident.date.start, incident.date.precision) == ("2017-03-17", 1)
    assert incident.place is not None
    assert incident.place.name == "Mosul"


def test_its_toll_is_what_was_said_and_never_the_running_total() -> None:
    reading = read(RAID)
    killed = main(reading).killed
    assert killed is not None
    assert (killed.low, killed.high) == (40, 61)
    (total,) = [i for i in reading.incidents if i.aggregate]
    assert total.killed is not None
    assert total.killed.low == 396


def test_a_report_without_a_year_gets_none() -> None:
    incident = main(read("A strike on Mosul on 17 March killed 40 people, the army said.", published=None))
    assert incident.date is not None
    assert incident.date.start == "XXXX-03-17"


def test_the_day_of_saying_is_not_the_day_of_the_strike() -> None:
    text = "The raid of 3 May killed nine people in Raqqa. The ministry said on Friday that the raid had hit a school."
    incident = main(read(text, published="2017-05-12"))
    assert incident.date is not None
    assert incident.date.start == "2017-05-03"


def test_an_earlier_attack_told_in_passing_stands_apart() -> None:
    text = (
        "A drone strike in Kabul killed six people on 29 August 2021, residents said. "
        "The strike followed a suicide bombing that killed 170 people at the airport."
    )
    reading = read(text, published="2021-08-30")
    killed = main(reading).killed
    assert killed is not None
    assert killed.high == 6
    other = next(i for i in reading.incidents if not i.main)
    assert other.killed is not None
    assert other.killed.low == 170


def test_statements_and_figures_point_to_their_incident() -> None:
    reading = read(RAID)
    main_index = next(i for i, x in enumerate(reading.incidents) if x.main)
    assert {f.incident for f in reading.figures if f.scope == "incident"} == {main_index}
    inquiry = next(s for s in reading.statements if s.act == "investigation")
    assert inquiry.incident == main_index


def test_a_text_without_harm_has_no_incident() -> None:
    assert read("The minister said the harvest would begin in June.").incidents == ()


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("The rocket lifted off at noon and put a weather satellite into orbit.", False),
        ("The leaked files name a shell company in Panama and its bankers took a shot at the rules.", False),
        ("The regime tested a nuclear bomb and fired a missile over the island, which could hit the coast one day.", False),
        ("A missile hit the warehouse at dawn; nobody was there.", True),
        ("Troops fired rockets into the old town of Tarsk.", True),
        ("Overnight drone and mortar strikes were heard around Tarsk.", True),
        ("Jets bombed the ridge above the village.", True),
        ("The recruit shot himself in the foot at the depot.", True),
        ("They say they got shot near the depot.", True),
        ("She shot her best pictures at dusk.", False),
    ],
)
def test_a_weapon_tells_of_an_incident_only_where_it_hits(text: str, tells: bool) -> None:
    assert bool(read(text).incidents) == tells


def test_an_accusation_of_ones_own_side_is_an_admission() -> None:
    text = "The US military said an American air strike had killed nine people in Mosul on 17 March 2017."
    (statement,) = read(text).statements
    assert statement.act == "admission"


def test_a_weekday_that_nobody_can_date_is_among_the_words_of_the_incident() -> None:
    text = "Jets killed nine people in Mosul late on Wednesday."
    undated, dated = main(read(text, None)), main(read(text))
    assert (undated.date, dated.date.start if dated.date else None) == (None, "2017-03-15")
    assert [text[slice(*e)] for e in undated.evidence if e not in dated.evidence] == ["Wednesday"]


def test_every_reading_holds_its_words() -> None:
    reading = read(RAID)
    for mention in reading.places:
        assert RAID[slice(*mention.span)].strip() != ""
    for incident in reading.incidents:
        assert all(0 <= a < b <= len(RAID) for a, b in incident.evidence)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Two men were shot dead in Mosul. It happened around 3 p.m. on Sunday. Their families mourned.", "2017-03-19"),
        ("A man was arrested Monday after two people were shot dead in Mosul. Crews were called at 9 p.m. Sunday.", "2017-03-19"),
        (
            "The command blamed human error on Tuesday for the air strike of March 3 that killed 60 soldiers in Raqqa.",
            "2017-03-03",
        ),
        ("The army said on Tuesday that its strike in Mosul had killed nine people.", None),
        ("A strike in Raqqa killed nine people. Updated Tuesday, 5 p.m.", None),
        (
            "An air strike killed nine people in Mosul on 3 March. The army is looking into it."
            " Last Tuesday, doctors said, jets again struck a street of the town.",
            "2017-03-03",
        ),
        ("A raid on Mosul killed nine people, and mourners will gather next Friday.", None),
    ],
)
def test_the_day_of_the_main_incident(text: str, day: str | None) -> None:
    date = main(read(text, published="2017-03-21")).date
    assert (date.start if date else None) == day


def test_a_town_of_the_region_that_was_struck_is_no_other_scene() -> None:
    text = (
        "A gunman killed three people in Texas on Sunday.\n\nThe attack began at a fair in Texas, police said.\n\n"
        "Nine people were wounded in Amarillo, police said."
    )
    told = main(read(text))
    assert told.injured is not None
    assert told.injured.high == 9


def test_a_day_told_of_another_town_is_not_the_day_of_this_one() -> None:
    text = (
        "An air strike in Mosul killed nine people, the hospital said. The coalition listed four strikes on Mosul on Sunday. "
        "A raid on Kirkuk killed three people on Monday."
    )
    date = main(read(text, published="2017-03-21")).date
    assert date is not None
    assert date.start == "2017-03-19"


def test_what_was_hit_belongs_to_the_incident_of_its_sentence_and_is_told_once_a_voice() -> None:
    reading = read(
        "A coalition air strike killed 40 people in Mosul on 17 March. The air strike hit a school, residents said. "
        "“The strike destroyed the school,” they said.\n\nA bomb at a market in Erbil killed nine people on 2 March."
    )
    at = {(d.kind, d.speaker): reading.incidents[d.incident].place for d in reading.details if d.incident is not None}
    assert at["school", "residents"] is not None
    assert at["school", "residents"].name == "Mosul"
    assert at["market", None] is not None
    assert at["market", None].name == "Erbil"
    keys = [(d.aspect, d.kind, d.polarity, d.speaker, d.incident) for d in reading.details]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Poor communication led to the Kabul drone strike in which ten civilians died, the inspector general said.", "Kabul"),
        ("Two bombers struck the crowd that was trying to reach Kabul's airport. At least 60 people were killed.", "Kabul"),
        ("Nine people died in a raid on Mosul on Sunday. The wounded were carried to a hospital in Erbil.", "Mosul"),
        ("WASHINGTON (AP) - An air strike in Mosul killed nine people, Moscow said.", "Mosul"),
    ],
)
def test_the_place_of_the_main_incident(text: str, place: str) -> None:
    found = main(read(text)).place
    assert found is not None
    assert found.name == place


def test_the_day_of_the_attack_that_was_answered_is_not_that_of_the_answer() -> None:
    reading = read(
        "At least 12 people were killed in Mosul on Sunday when a missile hit a bus, the mayor said.\n\n"
        "The army said two men had been killed by another drone in reply to Thursday's bombing, in which 13 soldiers died.",
        published="2017-03-20",
    )
    told = {i.killed.low: i.date.start if i.date else None for i in reading.incidents if i.killed}
    assert told == {12: "2017-03-19", 2: None, 13: "2017-03-16"}


@pytest.mark.parametrize(("named", "place"), [("on its way to Basra airport", "Basra"), ("on its way home", None)])
def test_a_site_that_is_come_back_to_lies_where_it_was_named(named: str, place: str | None) -> None:
    reading = read(
        f"At least 12 people were killed in Basra on Sunday when a drone hit a car {named}, the mayor said.\n\n"
        "Three days earlier a bomb outside the airport killed 13 soldiers.",
        published="2017-03-20",
    )
    (other,) = [i for i in reading.incidents if not i.main]
    assert (other.place.name if other.place else None) == place
