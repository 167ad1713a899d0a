"""Who says what, in our own sentences: direct, indirect and mixed speech, chains, and who is left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.reading import extract
from counterclaim.records import Statement


def words(text: str, pieces: tuple[tuple[int, int], ...]) -> str:
    return " … ".join(text[a:b] for a, b in pieces)


def said(text: str) -> list[tuple[str, str, str]]:
    return [(words(text, s.source), words(text, s.cue), words(text, s.content)) for s in extract(text).statements]


def only(text: str) -> Statement:
    (statement,) = extract(text).statements
    return statement


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "The army said that two bridges had been destroyed.",
            "The army",
            "said",
            "two bridges had been destroyed",
        ),
        (
            "Two bridges were hit, the governor told reporters on Monday.",
            "the governor",
            "told",
            "Two bridges were hit",
        ),
        (
            "According to the mayor, nobody was in the building.",
            "the mayor",
            "According to",
            "nobody was in the building",
        ),
        (
            "The ministry accused the rebels of shelling a clinic.",
            "The ministry",
            "accused",
            "the rebels of shelling a clinic",
        ),
        (
            "Norland condemned the raid on the harbour.",
            "Norland",
            "condemned",
            "the raid on the harbour",
        ),
        (
            "The council urged both sides to spare the hospital.",
            "The council",
            "urged",
            "both sides to spare the hospital",
        ),
        (
            "Kessam and Norland put the death toll at 62.",
            "Kessam and Norland",
            "put",
            "the death toll at 62",
        ),
        (
            "The envoy called the raid an act of aggression.",
            "The envoy",
            "called",
            "the raid an act of aggression",
        ),
        (
            "“Our men were asleep when the shells fell,” the general said.",
            "the general",
            "said",
            "“Our men were asleep when the shells fell,”",
        ),
        (
            "‘We counted nine craters in the yard,’ said the warden.",
            "the warden",
            "said",
            "‘We counted nine craters in the yard,’",
        ),
        (
            "The general said: “We will look at the film and then decide.",
            "The general",
            "said",
            "“We will look at the film and then decide.",
        ),
    ],
)
def test_finds_source_cue_and_content(text: str, source: str, cue: str, content: str) -> None:
    assert (source, cue, content) in said(text)


def test_a_split_quotation_is_one_statement() -> None:
    text = "“We saw two planes,” the mayor said, “and then the whole street was gone.”"
    statement = only(text)
    assert words(text, statement.content) == "“We saw two planes,” … “and then the whole street was gone.”"
    assert statement.form == "direct"


def test_a_quotation_without_a_cue_goes_to_whoever_spoke_last() -> None:
    text = (
        "“The road was open all night,” Captain Orlen said.\n\n“Nobody stopped us, and nobody asked where we were going.”\n\n"
        "The council met on Monday."
    )
    statements = extract(text).statements
    spoken = " ".join(words(text, s.content) for s in statements)
    assert "The road was open" in spoken
    assert "Nobody stopped us" in spoken
    for statement in statements:
        named = statement.source or ((statement.antecedent,) if statement.antecedent else ())
        assert words(text, named) == "Captain Orlen"


@pytest.mark.parametrize(
    ("text", "source", "via"),
    [
        ("A doctor told the Courier newspaper that the ward was full.", "A doctor", ["the Courier newspaper"]),
        (
            "The Daily Post, citing the Norland ministry, reported that the convoy was hit.",
            "the Norland ministry",
            ["The Daily Post"],
        ),
        ("The agency quoted Marshal Dovan as saying that the jets had turned back.", "Marshal Dovan", ["The agency"]),
    ],
)
def test_follows_the_chain_to_the_first_speaker(text: str, source: str, via: list[str]) -> None:
    statement = only(text)
    assert words(text, statement.source) == source
    assert [text[slice(*v)] for v in statement.via] == via


def test_this_was_stated_by_takes_the_sentence_before() -> None:
    text = "The shelling came from the east bank. This was stated by the district governor."
    statement = only(text)
    assert words(text, statement.content) == "The shelling came from the east bank"
    assert words(text, statement.source) == "the district governor"


def test_a_second_verb_keeps_its_speaker() -> None:
    text = "The ministry questioned why the film was held back, and asked whether anybody saw it."
    assert [(words(text, s.source), words(text, s.cue)) for s in extract(text).statements] == [
        ("The ministry", "questioned"),
        ("The ministry", "asked"),
    ]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Norland accused Kessam of bombing a school.", "blame"),
        ("Kessam denied that its planes had been near the town.", "denial"),
        ("The general acknowledged that his gunners had hit the house.", "admission"),
        ("The army said the strike was aimed at militants hiding in the cellar.", "justification"),
        ("The navy said it was investigating the reports.", "investigation"),
        ("The bishop called for an immediate truce.", "demand"),
        ("The president offered condolences to the families.", "regret"),
        ("The hospital said 17 people had died.", "figure"),
        ("The mayor said forty houses were destroyed.", "damage"),
        ("The spokesman said it was not clear who had fired.", "uncertainty"),
        ("The minister said talks would resume in spring.", "other"),
        ("The army said it had not attacked the convoy.", "denial"),
        ("The general did not deny that the plane was his.", "uncertainty"),
        ("The inquiry is under way, but the minister rejected claims that civilians were hit.", "denial"),
    ],
)
def test_tells_the_act(text: str, act: str) -> None:
    assert only(text).act == act


def test_a_headline_and_the_readers_imperative_say_nothing() -> None:
    assert said("Norland slams Kessam over raid\n\nRecall that the bridge fell in May.") == []


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_harm_and_offsets_fit(text: str) -> None:
    extraction = extract(text)
    for statement in extraction.statements:
        for a, b in (*statement.content, *statement.cue, *statement.source, *statement.via):
            assert 0 <= a < b <= len(text)
    for a, b in extraction.sentences:
        assert text[a:b].strip() == text[a:b] != ""


def test_the_same_text_reads_the_same_beside_any_other() -> None:
    text = "The army said that two bridges had been destroyed."
    before = extract(text)
    extract("“Something else entirely,” said the mayor of the other town.")
    assert extract(text) == before
    assert [said(text)] == [said(f"{text}\n\nThe council urged both sides to stop.")[:1]]


def test_a_speaker_left_out_by_mistake_is_whoever_spoke_before() -> None:
    text = "The Norland foreign ministry condemned the raid on the harbour. The also lamented the refusal to talk."
    said_last = extract(text).statements[-1]
    assert said_last.antecedent is not None
    assert text[slice(*said_last.antecedent)] == "The Norland foreign ministry"


@pytest.mark.parametrize(
    "text",
    [
        "🚨 NEWS: The clinic 🏥 said at least 9 villagers had died 🕊️ in the raid on Velmira.",
        "At least 9 villagers died ⚡️ in the raid on Velmira, the clinic 👩‍⚕️ said.",
    ],
)
def test_pictures_break_no_saying(text: str) -> None:
    (statement,) = extract(text).statements
    assert words(text, statement.source).lower() == "the clinic"
    (content,) = statement.content
    assert "9 villagers" in text[slice(*content)]
    assert text[slice(*content)].endswith("in the raid on Velmira")
