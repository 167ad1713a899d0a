"""Who speaks is a speaker, what is said says something, and nobody is given the words of another."""

from __future__ import annotations

import pytest

from counterclaim.reading import extract
from counterclaim.reading.document import parse
from counterclaim.reading.sayings import Saying
from counterclaim.reading.sifting import sifted


def told(text: str) -> list[tuple[str, str]]:
    """Who says what: the words of the source and of the content of each statement."""
    read = extract(text)
    return [
        (" ".join(text[a:b] for a, b in s.source), " … ".join(text[a:b] for a, b in s.content)) for s in read.statements
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Monday's condemnation of the raid on Tarsk came late.",
        "Zarnet, which reported it, is an agency.",
        "By reading on you agree that the site sets cookies.",
        "The alliance, referred to as the Northern Shield, met on Monday.",
        "The agency cited a source at the airport.",
    ],
)
def test_what_says_nothing_is_no_statement(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The second channel today, April 2, said that 40 people had been killed.", "The second channel"),
        ("TARSK: The army said on Sunday that 61 bodies had been found.", "The army"),
        ("TARSK (AP) - American officials said it was a plane that bombed the area.", "American officials"),
        ("General Amin Said said it was a mistake.", "General Amin Said"),
        ("The foreign minister in his latest statement demanded an end to the raids.", "The foreign minister"),
    ],
)
def test_a_source_is_who_speaks_and_nothing_beside(text, source):
    ((found, _),) = told(text)
    assert found.startswith(source)
    assert not any(word in found for word in ("today", "April", "TARSK", " said"))


def test_words_of_another_inside_are_his_own():
    text = "American officials said it was an American plane that bombed the area where, witnesses say, at least 100 people died."
    found = dict(told(text))
    assert found["witnesses"] == "at least 100 people died"
    assert "100" not in found["American officials"]


def test_claims_that_somebody_answers_are_their_owners():
    found = dict(told("The army answers claims from witnesses that as many as 200 bodies were recovered in Tarsk."))
    assert "200 bodies" in found["witnesses"]


def test_a_sentence_goes_to_the_speaker_named_in_it():
    text = "Colonel Harra has ordered more flights. It was the enemy, Gen. Richard Coll said, who fired first at the port."
    said = {source.split()[-1]: content for source, content in told(text)}
    assert "enemy" in said["Coll"]
    assert "enemy" not in said.get("Harra", "")


def test_as_somebody_claims_behind_a_denial_is_left_open():
    text = "The mayor said most bombs have not hit the fighters, as the ministry claims."
    assert not any("ministry" in source for source, _ in told(text))


def test_the_word_that_opens_a_clause_about_the_speaker_is_left_off() -> None:
    text = "A nurse of Tarsk clinic, who gave no name, said that 40 bodies had been brought out."
    source, cue, content = (0, 28), (text.index("said"), text.index("said") + 4), (text.index("40"), len(text) - 1)
    (saying,) = sifted(text, parse(text), [Saying([content], [cue], [source])])
    assert [text[a:b] for a, b in saying.source] == ["A nurse of Tarsk clinic"]
