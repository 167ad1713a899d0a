"""Which question an act of saying answers, told from the act and the plain words."""

from __future__ import annotations

import pytest

from counterclaim.records import Act, Polarity, Question, polarity_of, question_of


@pytest.mark.parametrize(
    ("act", "words", "question"),
    [
        ("blame", "their planes hit the market", "responsibility"),
        ("denial", "our planes were not there", "responsibility"),
        ("denial", "was unintentional", "intent"),
        ("denial", "we would never intentionally target a clinic", "intent"),
        ("denial", "neither the crew nor the command had known of the families", "intent"),
        ("admission", "the strike was a tragic mistake", "intent"),
        ("admission", "our strike played a part in the civilian casualties", "responsibility"),
        ("blame", "the raid is conclusive evidence of their support for the rebels", "intent"),
        ("blame", "the pilots acted between negligence and connivance", "intent"),
        ("blame", "they knew nothing of mercy", "responsibility"),
        ("blame", "their envoy of grandstanding in the council", "other"),
        ("blame", "that cynical raid on the market", "responsibility"),
        ("denial", "the alliance does not intend to leave", "other"),
        ("denial", "it aims at no harm to civilians at all", "intent"),
        ("justification", "the sortie was launched against the militia", "object"),
        ("denial", "there was no indication of civilian casualties", "toll"),
        ("denial", "no civilians had been killed", "toll"),
        ("denial", "the count", "toll"),
        ("denial", "the figures given by the clinic are inflated", "toll"),
        ("uncertainty", "it is not clear whether anyone was hurt", "toll"),
        ("uncertainty", "a very big question mark", "other"),
        ("justification", "the sortie was aimed at the militia", "object"),
        ("justification", "the militia had driven families into the cellars", "responsibility"),
        ("investigation", "it is looking into reports of a mistake", "investigation"),
        ("denial", "its raid broke neither the laws of war nor its own orders", "intent"),
        ("denial", "no such raid took place that night", "occurrence"),
        ("denial", "no raid was aimed at the lorries", "responsibility"),
        ("denial", "tanks did not hit the lorries, and many of the dead were crushed", "responsibility"),
        ("uncertainty", "it could not tell whose planes they were", "responsibility"),
        ("regret", "it regrets the unintended loss of life", "regret"),
        ("demand", "a full inquiry", "demand"),
        ("damage", "four trucks were burnt", "damage"),
    ],
)
def test_the_question_follows_from_act_and_words(act: Act, words: str, question: Question) -> None:
    assert question_of(act, words) == question


@pytest.mark.parametrize(
    ("act", "polarity"), [("blame", "asserts"), ("denial", "denies"), ("admission", "admits"), ("uncertainty", "questions")]
)
def test_the_act_tells_whether_it_asserts_or_denies(act: Act, polarity: Polarity) -> None:
    assert polarity_of(act) == polarity
