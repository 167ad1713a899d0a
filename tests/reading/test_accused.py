"""Whom a saying is about by where he stands in the sentence, in our own sentences."""

from __future__ import annotations

import pytest

from counterclaim.reading import extract


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("A shepherd said the first shell came from the army barracks above the ford.", "army"),
        ("Court papers allege that the firm knew its fuses failed.", "firm"),
        ("The widow asked: “Why were the pilots of the coalition unable to tell a barn from a fort?”", "coalition"),
        ("The envoy blamed her own government for the delay.", "her own government"),
        ("The front accused army snipers of shooting at the barge.", "army snipers"),
        ("The council asked the army to return the tractors.", "army"),
        ("The nurses pleaded with both sides to let the cars through.", "both sides"),
        ("Norland's foreign minister wants the council to name the diggers.", "council"),
        ("The editor demanded that the army publish its flight logs.", "army"),
        ("A leaked memo says peacekeepers failed to stop the raid on the ford.", "peacekeepers"),
        ("All sources attributed the strike to Norland's army.", "Norland's army"),
        ("The ministry attributed the killing to the agents of foreign services.", "foreign services"),
        # the main clause before a deed that is only intended by it
        ("The army said Islamic State put snipers on the roof so that aircraft would bomb it.", "Islamic State"),
    ],
)
def test_the_accused_and_the_asked_are_found_by_where_they_stand(text: str, about: str) -> None:
    statement = extract(text).statements[0]
    assert statement.about is not None
    assert text[slice(*statement.about)] == about


def test_those_counted_as_killed_say_nothing() -> None:
    text = "The clinic's staff hold that army fire killed 118 people that day and call it a massacre."
    for statement in extract(text).statements:
        assert not any("118" in text[slice(*span)] for span in statement.source)


def test_leaving_people_dead_is_killing_them() -> None:
    (statement,) = extract("The observers said an army raid left nine farmers dead.").statements
    assert statement.act == "blame"
    (statement,) = extract(
        "The observers said an air strike by Norland's army is reported to have killed nine farmers."
    ).statements
    assert statement.act == "blame"
