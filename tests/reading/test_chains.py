"""Chains in our own words: whoever spoke first is the speaker, and those between stand in their order."""

from __future__ import annotations

import pytest

from counterclaim.reading import extract
from counterclaim.reading.confidence import BOTH, HEARD, RULED, confidence_of


def chained(text: str) -> list[tuple[str, list[str], str]]:
    return [
        (
            " … ".join(text[a:b] for a, b in s.source),
            [text[a:b] for a, b in s.via],
            " … ".join(text[a:b] for a, b in s.content),
        )
        for s in extract(text).statements
    ]


@pytest.mark.parametrize(
    ("text", "source", "via", "content"),
    [
        (
            "Reuters reported that the governor had said the dam was safe.",
            "the governor",
            ["Reuters"],
            "the dam was safe",
        ),
        (
            "The Norland Times, citing the agency Belin, said a rescuer had told the BBC that the roof fell at noon.",
            "a rescuer",
            ["The Norland Times", "the agency Belin", "the BBC"],
            "the roof fell at noon",
        ),
        (
            "According to Interfax, the admiral told Radio Kessam that the ship was empty.",
            "the admiral",
            ["Interfax", "Radio Kessam"],
            "the ship was empty",
        ),
        (
            "CNN quoted a minister as saying that General Marsh had promised to withdraw the tanks.",
            "General Marsh",
            ["CNN", "a minister"],
            "to withdraw the tanks",
        ),
        (
            "The newspaper said an aid worker had heard from three nurses that the ward was hit twice.",
            "three nurses",
            ["The newspaper", "an aid worker"],
            "the ward was hit twice",
        ),
        (
            "The school stood empty, according to a report seen by the Guardian.",
            "a report",
            ["the Guardian"],
            "The school stood empty",
        ),
        (
            "Eleven miners were missing, the channel said, quoting the mayor.",
            "the mayor",
            ["the channel"],
            "Eleven miners were missing",
        ),
        (
            "Quoting a guard, the Kessam Herald said the gate had been left open.",
            "a guard",
            ["the Kessam Herald"],
            "the gate had been left open",
        ),
        (
            "The daily Ora reported on Monday, citing two clerks, that the register had been burned.",
            "two clerks",
            ["The daily Ora"],
            "the register had been burned",
        ),
        (
            "In remarks carried by Interfax, Defence Minister Hale said the base was not hit.",
            "Defence Minister Hale",
            ["Interfax"],
            "the base was not hit",
        ),
        (
            "As Interfax reports with reference to the newspaper Zarya, the mayor said that the bridge had been mined.",
            "the mayor",
            ["Interfax", "the newspaper Zarya"],
            "the bridge had been mined",
        ),
    ],
)
def test_whoever_spoke_first_is_the_speaker(text: str, source: str, via: list[str], content: str) -> None:
    assert (source, via, content) in chained(text)


@pytest.mark.parametrize(
    ("text", "source", "via"),
    [
        # one's own words, thoughts and plans are no chain
        ("The minister said he had warned the pilots.", "The minister", []),
        ("The general said she thinks the road is open.", "The general", []),
        ("The governor said the army will announce the names on Friday.", "The governor", []),
        ("The colonel said the rebels had never told anyone where the guns were.", "The colonel", []),
        # what is referred to is no speaker
        ("“The valley is quiet,” the envoy said, referring to the country's north.", "the envoy", []),
        ("The mayor said, citing a threat to the dam, that the square was closed.", "The mayor", []),
        # a spokesman's words are his principal's, not passed on
        (
            "The Secretary-General's spokesman said the Secretary-General condemned the raid.",
            "The Secretary-General's spokesman",
            [],
        ),
        # told to many is told to nobody
        ("The captain told reporters that the hold was empty.", "The captain", []),
    ],
)
def test_no_chain_where_nobody_passes_words_on(text: str, source: str, via: list[str]) -> None:
    assert (source, via) in [(s, v) for s, v, _ in chained(text)]


def test_every_link_lies_in_the_text_and_the_speaker_is_not_among_them() -> None:
    text = (
        "TASS, citing Norland TV, reported that the commander had told a delegation from the Red Cross that the prisoners "
        "were well. “They eat what we eat,” he said in an interview with Al Jazeera."
    )
    for statement in extract(text).statements:
        for start, end in (*statement.via, *statement.source):
            assert text[start:end].strip() == text[start:end] != ""
        assert not set(statement.via) & set(statement.source)


def test_confidence_follows_the_evidence() -> None:
    for steps in (BOTH, HEARD):
        assert [low for low, _ in steps] == sorted(low for low, _ in steps)
        shares = [share for _, share in steps]
        assert shares == sorted(shares)
    assert confidence_of(None, True) == RULED
    for score in (0.0, 0.4, 0.5, 0.72, 0.9, 0.95, 1.0):
        assert confidence_of(score, True) > confidence_of(score, False) - 0.01
        assert 0 < confidence_of(score, False) < 1


def test_who_passes_on_what_he_was_told_is_a_link_and_no_speaker() -> None:
    text = "The nurse told a helper from the relief group, who told the Herald, that she had run out of beds."
    (statement,) = extract(text).statements
    assert [text[slice(*span)] for span in statement.source] == ["The nurse"]
    assert "a helper from the relief group" in [text[slice(*span)] for span in statement.via]
