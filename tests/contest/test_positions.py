"""Who holds what: questions from acts and plain words, one position for a voice, a stance and a target."""

from __future__ import annotations

from typing import Any

import pytest

from counterclaim.contest import lay_out
from counterclaim.contest.positions import question_of
from counterclaim.records import Act, Contest, Question


def contest(reports: list[Any], linkage: Any) -> Contest:
    (only,) = lay_out(reports, linkage)
    return only


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
        ("denial", "the alliance does not intend to leave", "responsibility"),
        ("denial", "there was no indication of civilian casualties", "toll"),
        ("denial", "no civilians had been killed", "toll"),
        ("denial", "the count", "toll"),
        ("denial", "the figures given by the clinic are inflated", "toll"),
        ("uncertainty", "it is not clear whether anyone was hurt", "toll"),
        ("uncertainty", "a very big question mark", "other"),
        ("justification", "the sortie was aimed at the militia", "responsibility"),
        ("investigation", "it is looking into reports of a mistake", "investigation"),
        ("regret", "it regrets the unintended loss of life", "regret"),
        ("demand", "a full inquiry", "demand"),
        ("damage", "four trucks were burnt", "damage"),
    ],
)
def test_the_question_follows_from_act_and_words(act: Act, words: str, question: Question) -> None:
    assert question_of(act, words) == question


def test_one_voice_one_stance_one_target_is_one_position(write: Any, link: Any) -> None:
    a = write("a", "2031-05-06").says("Igor Vale", "blame", "they bombed", target="Arda", affiliation="Ministry of War").read()
    b = write("b", "2031-05-04").says("Ministry of War", "blame", "they bombed again", target="Arda").read()
    c = write("c", "2031-05-05").says("Ministry of War", "blame", "they did too", target="Velia").read()
    first, second = contest([a, b, c], link([a, b, c])).positions
    assert (first.actor, first.target, first.said) == ("Ministry of War", "Arda", "2031-05-04")
    assert [span.quote for span in first.content] == ["they bombed again", "they bombed"]
    assert [span.report for span in first.sentences] == ["b", "a"]
    assert (second.target, len(second.statements)) == ("Velia", 1)


def test_a_person_keeps_his_name_where_he_alone_spoke(write: Any, link: Any) -> None:
    read = write("a").says("Igor Vale", "blame", "they bombed", affiliation="Ministry of War").read()
    (position,) = contest([read], link([read])).positions
    assert (position.actor, position.affiliation) == ("Igor Vale", "Ministry of War")


def test_figures_and_other_words_take_no_position(write: Any, link: Any) -> None:
    read = write("a").says("Arda", "figure", "many died").says("Arda", "other", "the weather was bad").read()
    assert contest([read], link([read])).positions == ()


def test_the_day_beside_the_words_dates_a_position(write: Any, link: Any) -> None:
    read = write("a", "2031-05-09").says("Arda", "denial", "its planes were not there", on="2031-05-04").read()
    (position,) = contest([read], link([read])).positions
    assert position.said == "2031-05-04"
    later = write("b", "2031-05-02").says("Arda", "denial", "its planes were not there", on="2031-05-04").read()
    assert contest([later], link([later])).positions[0].said == "2031-05-02"


def test_the_outlets_own_position_carries_its_name(write: Any, link: Any) -> None:
    read = write("a", outlet="Valley Post").says(None, "blame", "the army bombed the market", target="Army").read()
    (position,) = contest([read], link([read])).positions
    assert (position.actor, position.kind) == ("Valley Post", "outlet")


def test_the_accused_who_do_not_speak_are_named(write: Any, link: Any) -> None:
    read = (
        write("a")
        .knows("Arda", "Arda", "the Ardans", kind="state")
        .knows("Ardan army", "Arda")
        .says("Velia", "blame", "they bombed", target="Arda")
        .says("Velia", "blame", "the militia hid there", target="River Militia")
        .says("Ardan army", "denial", "no")
        .read()
    )
    assert contest([read], link([read], alleged=("Arda-led alliance", "Hill Militia"))).silent == (
        "Hill Militia",
        "River Militia",
    )
