"""What was hit, with what and how: told by words that the sentence ties to an attack, and by nothing else."""

from __future__ import annotations

import pytest

from counterclaim.reading import extract
from counterclaim.reading.things import kinds


def told(text: str) -> set[tuple[str, str, str, str]]:
    read = extract(text)
    spans = {(d.span, d.aspect, d.kind, d.polarity) for d in read.details}
    return {(aspect, kind, polarity, text[start:end]) for (start, end), aspect, kind, polarity in spans}


@pytest.mark.parametrize(
    ("text", "aspect", "kind", "words"),
    [
        ("Two missiles hit the children's hospital in Tarsk.", "hit", "hospital", "hospital"),
        ("Two missiles hit the children's hospital in Tarsk.", "weapon", "missile", "missiles"),
        ("The school was destroyed by shells.", "hit", "school", "school"),
        ("The school was destroyed by shells.", "weapon", "artillery shell", "shells"),
        ("Nine people died in an air strike on a crowded market.", "hit", "market", "market"),
        ("Nine people died in an air strike on a crowded market.", "strike", "airstrike", "air strike"),
        ("The mosque bombing killed five.", "hit", "place of worship", "mosque"),
        ("Shells fell on houses and a bakery.", "hit", "homes", "houses"),
        ("Shells fell on houses and a bakery.", "hit", "market", "bakery"),
        ("The strike tore the roof of the clinic open and damaged a power station.", "hit", "power supply", "power station"),
        ("Helicopters dropped barrel bombs on the town.", "means", "helicopter", "Helicopters"),
        ("Helicopters dropped barrel bombs on the town.", "weapon", "barrel bomb", "barrel bombs"),
        ("Residents said cluster munitions were fired at the village.", "weapon", "cluster munition", "cluster munitions"),
        ("A drone strike destroyed a car.", "strike", "drone strike", "drone strike"),
        ("A drone strike destroyed a car.", "hit", "vehicle", "car"),
        ("The army shelled a bridge.", "hit", "bridge or road", "bridge"),
        ("Planes targeted an arms depot.", "hit", "military position", "arms depot"),
        ("Aid trucks hit by tank fire were burning.", "hit", "convoy", "Aid trucks"),
    ],
)
def test_what_an_attack_was_is_told(text, aspect, kind, words):
    assert (aspect, kind, "asserts", words) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The wounded were taken to the hospital in Tarsk.",
        "The minister met the doctors of the clinic.",
        "Soldiers found a cache of mines and rifles in the school.",
        "The army bought twelve helicopters and forty tanks.",
        "He teaches at a school near the market.",
        "A suicide bomber was arrested.",
        "Two planes were shot down over the bay.",
        "The rebels planned to attack the airport.",
        "They wired the house so that jets would bomb it.",
    ],
)
def test_what_was_not_attacked_is_left_alone(text):
    assert {entry for entry in told(text) if entry[0] != "strike"} == set()


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The ministry denied that its planes had hit a hospital.", "denies"),
        ("The ministry said its planes had not hit a hospital.", "denies"),
        ("The ministry said no hospital was hit.", "denies"),
        ("The ministry said no strike was aimed at the hospital.", "denies"),
        ("The ministry denied that no hospital was hit.", "asserts"),
        ("The ministry admitted that its planes had hit a hospital.", "admits"),
        ("The ministry could not say whether a hospital had been hit.", "questions"),
        ("The monitor said planes hit a hospital, not a barracks.", "asserts"),
    ],
)
def test_polarity_comes_from_the_words(text, polarity):
    assert {p for aspect, kind, p, _ in told(text) if (aspect, kind) == ("hit", "hospital")} == {polarity}


def test_a_detail_belongs_to_who_says_it():
    text = "The mayor said a rocket hit the market. A shell hit the school."
    read = extract(text)
    by_kind = {d.kind: d.statement for d in read.details}
    assert by_kind["market"] == by_kind["rocket"] == read.statements[0].id
    assert by_kind["school"] is None


def test_every_kind_has_an_aspect_and_stands_once():
    assert len(set(kinds())) == len(kinds()) > 40
    assert {aspect for aspect, _ in kinds()} == {"hit", "weapon", "means", "strike"}
