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


def test_an_accusation_names_neither_the_accuser_nor_the_harmed(write: Any, link: Any) -> None:
    read = (
        write("a")
        .says("Velia", "blame", "of shooting at a crowd", target="Velia")
        .says("Mayor", "blame", "they doomed them", target="civilians; Arda")
        .read()
    )
    found = contest([read], link([read], alleged=("Velia",)))
    assert {p.actor: p.target for p in found.positions} == {"Velia": None, "Mayor": "Arda"}
    assert [one.name for one in found.silent] == ["Arda"]


def test_a_position_tells_whose_part_it_is_about(write: Any, link: Any) -> None:
    read = (
        write("a")
        .knows("Ardan army", "Arda")
        .says("Ardan army", "denial", "no plane of theirs was there", side="Arda", target="Ardan army")
        .says("Mayor", "denial", "it was no plane of theirs", target="Arda")
        .says("Judge", "denial", "the army's statements are false", target="Arda")
        .says("Ardan army", "regret", "they are sorry", side="Arda")
        .says("Clinic", "blame", "they did it", target="Arda")
        .read()
    )
    found = {(p.actor, p.stance): p.about for p in contest([read], link([read])).positions}
    assert found == {
        ("Ardan army", "denial"): "own part", ("Mayor", "denial"): "another's part", ("Judge", "denial"): "another's words",
        ("Ardan army", "regret"): "own part", ("Clinic", "blame"): "another's part",
    }  # fmt: skip


def test_whoever_is_asked_and_does_not_speak_is_named(write: Any, link: Any) -> None:
    read = write("a").says("Velia", "demand", "a full inquiry", target="League of Lakes").read()
    assert [(one.name, len(one.said)) for one in contest([read], link([read])).silent] == [("League of Lakes", 1)]


def test_a_body_is_not_accused_beside_its_state(write: Any, link: Any) -> None:
    read = write("a").says("Mayor", "blame", "Velia bombed it", target="Velia").knows("Velian Air Force", "Velia").read()
    for alleged, accused in (
        (("Velian Air Force", "Velia"), ("Velia",)),
        (("Velian Air Force", "Arda"), ("Velian Air Force", "Arda")),
    ):
        assert contest([read], link([read], alleged=alleged)).accused == accused


def test_a_branch_that_bears_a_groups_name_is_one_line_with_it(write: Any, link: Any) -> None:
    told = write("a").knows("Hill Front", "Hill Front", kind="armed group").knows("Velia", "Velia", kind="state")
    told.knows("Hill Front North", "Hill Front North", kind="armed group").knows("Velia Rescue", "Velia Rescue")
    for target in ("Hill Front", "Hill Front North", "Velia", "Velia Rescue"):
        told.says("Mayor", "blame", f"it was the {target}", target=target)
    read = told.read()
    silent = contest([read], link([read])).silent
    assert [(one.name, len(one.said)) for one in silent] == [("Hill Front North", 2), ("Velia", 1), ("Velia Rescue", 1)]


def test_men_who_are_only_described_are_not_waited_for(write: Any, link: Any) -> None:
    read = write("a").says("Mayor", "blame", "it was the pilots", target="Ardan pilots").read()
    assert contest([read], link([read])).silent == ()


def test_a_coalition_and_who_leads_it_are_accused_of_one_deed_where_the_same_side_accuses_both(write: Any, link: Any) -> None:
    def accused(other: str) -> tuple[str, ...]:
        read = (
            write("a")
            .knows("Arda", "Arda", kind="state")
            .says("Velian staff", "blame", "the alliance bombed it", target="Arda-led alliance", side="Velia")
            .says("Velia", "blame", "Arda bombed it", target="Arda", side=other)
            .read()
        )
        return contest([read], link([read], alleged=("Arda-led alliance", "Arda"))).accused

    assert accused("Velia") == ("Arda-led alliance",)
    assert accused("Norland") == ("Arda-led alliance", "Arda")


def test_who_owns_up_to_what_another_is_accused_of_concedes_it_and_is_not_accused(write: Any, link: Any) -> None:
    writer = write("a").says("Arda", "admission", "our jets did it", target="Arda", side="Arda")
    alone = writer.read()
    found = contest([alone], link([alone], alleged=("Arda",)))
    assert (found.accused, [c.party for c in found.conceded]) == (("Arda",), ["Arda"])
    both = writer.says("Mayor", "blame", "Velia did it", target="Velia").read()
    found = contest([both], link([both], alleged=("Arda", "Velia")))
    assert (found.accused, [c.party for c in found.conceded]) == (("Velia",), ["Arda"])
