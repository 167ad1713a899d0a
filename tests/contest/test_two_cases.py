"""Two disputes in our own words, shaped like those that the project began with: what the page must show of each, line by line."""

from __future__ import annotations

from typing import Any

import pytest

from counterclaim.contest import lay_out
from counterclaim.records import Contest, Position, Toll


@pytest.fixture
def house(write: Any, link: Any) -> Contest:
    """Three reports of one strike on a house, two of them translations that spell a man's name otherwise."""
    english = (
        write("a", "2031-04-02", outlet="Morning Wire")
        .knows("Velian Ministry of War", "Velia")
        .knows("Ardan army", "Arda")
        .knows("Arda-led alliance", "Arda-led alliance")
        .says("Velian Ministry of War", "blame", "their words are absurd, their bombs hit the house", target="Arda", side="Velia")
        .says("Ardan army", "investigation", "the review now takes in every raid of that week", side="Arda")
        .says("Josef Skrok", "admission", "a raid of ours played some part in the deaths", side="Arda-led alliance",
              affiliation="Arda-led alliance", target="Arda-led alliance")
        .says("Josef Skrok", "justification", "the militia drives families into cellars", side="Arda-led alliance",
              affiliation="Arda-led alliance", target="Hill Militia")
        .counts("Col. Imre", 141, 141, "141 bodies", side="Kharab", affiliation="Civil Defence")
        .counts(None, 101, None, "more than 100", qualifier="more than", victims="civilians")
        .read()
    )  # fmt: skip
    first = (
        write("b", outlet="Hill Post")
        .says("Igor Vale", "blame", "they doomed the people in the house", side="Velia", affiliation="Velian Ministry of War",
              target="Arda-led alliance")
        .says("Joseph Scrok", "other", "we do not mean to retreat", side="Arda-led alliance", affiliation="Arda-led alliance")
        .read()
    )  # fmt: skip
    second = (
        write("c", outlet="Lake Post")
        .says("Igor Vale", "denial", "the comments of their spokesman have nothing to do with what happened", side="Velia",
              affiliation="Velian Ministry of War", target="Arda", chain=("Valley Agency",))
        .counts("Lake TV", 396, 396, "396 in three years", scope="running")
        .counts("Minister Lund", None, 100, "up to 100 in a month", scope="period", side="Velia")
        .read()
    )  # fmt: skip
    reports = [english, first, second]
    (found,) = lay_out(reports, link(reports, names=[("Josef Skrok", "Joseph Scrok")], alleged=("Arda-led alliance",)))
    return found


def held(contest: Contest, stance: str, side: str) -> list[Position]:
    return [p for p in contest.positions if (p.stance, p.side) == (stance, side)]


def test_the_house_is_told_with_its_numbers_apart(house: Contest) -> None:
    assert {(t.low, t.high, t.scope, t.speaker or t.outlet) for t in house.tolls} == {
        (141, 141, "incident", "Col. Imre"), (101, None, "incident", "Morning Wire"), (396, 396, "running", "Lake TV"),
        (None, 100, "period", "Minister Lund"),
    }  # fmt: skip
    (said,) = [r for r in house.ranges if (r.kind, r.victims, r.scope) == ("all said", "unspecified", "incident")]
    assert (said.low, said.high) == (101, 141)
    assert sorted({c.kind for c in house.conflicts if c.question == "toll"}) == ["different scope"]


def test_the_house_is_told_with_who_holds_what(house: Contest) -> None:
    assert {p.target for p in held(house, "blame", "Velia")} == {"Arda", "Arda-led alliance"}
    assert [p.about for p in held(house, "admission", "Arda-led alliance")] == ["own part"]
    assert [p.target for p in held(house, "justification", "Arda-led alliance")] == ["Hill Militia"]
    assert [p.question for p in held(house, "investigation", "Arda")] == ["investigation"]
    assert [p.about for p in held(house, "denial", "Velia")] == ["another's words"]
    assert [one.name for one in house.silent] == ["Hill Militia"]
    (clash,) = [c for c in house.conflicts if c.kind == "contradiction"]
    assert (clash.left_label, clash.reason) == ("Igor Vale: rejects the words of Arda", "one rejects what the other says")


def test_the_spokesman_of_all_three_is_one_voice(house: Contest) -> None:
    spoken = {origin.name: origin.reports for origin in house.origins}
    assert spoken["Velian Ministry of War (Igor Vale)"] == ("a", "b", "c")
    assert [name for name in spoken if "Skrok" in name or "Scrok" in name] == ["Arda-led alliance (Joseph Scrok)"]


def test_a_raid_on_soldiers_is_told_with_what_clashes(write: Any, link: Any) -> None:
    def dozens(toll: Toll) -> bool:
        return toll.qualifier == "vague"

    read = (
        write("a", "2031-09-18", outlet="Morning Wire")
        .knows("Ardan army", "Arda")
        .knows("Velian army", "Velia")
        .counts(None, 24, 99, "dozens of soldiers", victims="military", qualifier="vague")
        .counts("Watch Group", 90, None, "at least 90 troops", victims="military")
        .counts("Arda; Lakeland", 62, 62, "the toll at 62", side="Arda; Lakeland")
        .says("Velia", "denial", "the raid was unintentional", side="Velia", target="Velia")
        .says("Ardan army", "blame", "the raid is conclusive evidence of support for the militia", side="Arda", target="Velia")
        .says("a senior official", "regret", "they regret the loss of life", side="Velia", speaker_kind="unnamed")
        .says("Ostland", "regret", "our condolences to the families", side="Ostland")
        .says("Lakeland", "demand", "a thorough investigation", side="Lakeland", target="Velia")
        .read()
    )
    (found,) = lay_out([read], link([read], alleged=("Velia",)))
    assert [(c.question, c.left_label, c.right_label) for c in found.conflicts if c.kind == "contradiction"] == [
        ("toll", "Arda; Lakeland: 62 killed", "Watch Group: at least 90 killed (military)"),
        ("intent", "Ardan army: blames Velia", "Velia: denies purpose or guilt"),
    ]
    rows = {r.kind: (r.low, r.high) for r in found.ranges if r.victims == "unspecified"}
    assert (rows["numbers said"], rows["all said"], rows["standing"]) == ((62, 90), (24, 99), (62, 90))
    assert rows["all said by others"] == (24, 99)  # the accused gave none
    assert [p.actor for p in found.positions if p.stance == "regret"] == ["Ostland", "a senior official"]
    assert [(p.actor, p.target) for p in found.positions if p.stance == "demand"] == [("Lakeland", "Velia")]
    assert len([t for t in found.tolls if dozens(t)]) == 1
