"""Who holds what: questions from acts and plain words, one position for a voice, a stance and a target."""

from __future__ import annotations

from typing import Any

from counterclaim.contest import lay_out
from counterclaim.records import Contest


def contest(reports: list[Any], linkage: Any) -> Contest:
    (only,) = lay_out(reports, linkage)
    return only


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
    silent = contest([read], link([read], alleged=("Arda-led alliance", "Hill Militia"))).silent
    assert [(one.name, [ref.statement for ref in one.said]) for one in silent] == [
        ("Hill Militia", []),
        ("River Militia", ["s1"]),
    ]
