"""The first look: what tells of violence is read, in whatever case it is written, and other news is set aside."""

from __future__ import annotations

import csv

import pytest

from counterclaim.reading import tells_of_violence
from counterclaim.reading.triage import LINE, TABLE, score, words_of

TOLD = (
    "Two rockets hit a bakery in Osmaniye on Sunday; the hospital said it had received nine dead and thirty wounded.",
    "A 19-year-old was shot in the leg outside a petrol station late on Friday, police said. He was taken to hospital.",
    "THE DEFENCE MINISTRY DENIED THAT ITS TROOPS HAD FIRED ON THE VILLAGE, WHERE GUERRILLAS SAID THREE PEASANTS WERE KILLED.",
    "The coalition said it was not aware of civilians harmed by its strikes near the town that night.",
)
OTHER = (
    "Shares in the brewer rose 4 percent after it said profit for the quarter would beat what analysts had expected.",
    "The council will vote on the new budget in March. Parents asked for money for the school roof and for a second bus.",
    "She scored twice in the second half as the home team won its third game of the season before a small crowd. Her coach said "
    "the players had worked well through the winter and would now look forward to the summer, when they meet the club that won "
    "last year.",
)


@pytest.mark.parametrize("text", TOLD)
def test_what_tells_of_violence_is_read(text: str) -> None:
    assert tells_of_violence(text)


@pytest.mark.parametrize("text", OTHER)
def test_other_news_is_set_aside(text: str) -> None:
    assert not tells_of_violence(text)


@pytest.mark.parametrize(
    "text", ["A man was arrested on Friday, police said. He is in jail.", "Police said two suspects were charged."]
)
def test_without_a_word_of_harm_nothing_is_worth_reading_however_much_it_sounds_like_it(text: str) -> None:
    assert score(text) >= LINE
    assert not tells_of_violence(text)
    assert tells_of_violence(text + " A woman was wounded.")


def test_names_and_addresses_weigh_nothing() -> None:
    assert score("Mosul Baghdad NATO Hamas https://killed.example/bomb") == score("")
    assert words_of("The McKilled family, of Shot-Town, was well-known") == {"family", "was", "well"}


def test_the_table_is_sorted_and_has_what_every_text_gets() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        words = [row["word"] for row in csv.DictReader(file)]
    assert words == sorted(set(words))
    assert words[0] == ""
