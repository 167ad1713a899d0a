"""What contradicts and what only seems to."""

from __future__ import annotations

from typing import Any

import pytest

from counterclaim.contest import lay_out
from counterclaim.records import Conflict


def conflicts(reports: list[Any], linkage: Any) -> tuple[Conflict, ...]:
    (contest,) = lay_out(reports, linkage)
    return contest.conflicts


def kinds(reports: list[Any], linkage: Any) -> list[str]:
    return [conflict.kind for conflict in conflicts(reports, linkage)]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ((62, 62), (90, None), ["contradiction"]),
        ((24, 99), (90, None), []),
        ((101, None), (141, 141), []),
        ((None, 43), (105, 105), ["contradiction"]),
        ((None, 100), (62, 62), []),
        ((100, 100), (101, 101), ["rounding"]),
        ((112, 112), (115, 115), ["contradiction"]),
        ((0, 0), (7, None), ["contradiction"]),
        ((40, 40), (40, 40), []),
    ],
)
def test_tolls_contradict_where_no_number_satisfies_both(
    write: Any, link: Any, left: tuple[int | None, int | None], right: tuple[int | None, int | None], expected: list[str]
) -> None:
    read = write("a").counts("Army", *left, "the first count").counts("Watch Group", *right, "the second count").read()
    assert kinds([read], link([read])) == expected


def test_about_ninety_and_eighty_three_differ_by_rounding(write: Any, link: Any) -> None:
    read = write("a").counts("Army", 83, 83, "83 dead").counts("Watch Group", 90, 90, "nearly 90", qualifier="about").read()
    assert kinds([read], link([read])) == ["rounding"]


def test_both_sides_are_named_and_cited(write: Any, link: Any) -> None:
    read = write("a").counts("Arda; Velia", 62, 62, "62 dead").counts("Watch Group", 90, None, "at least 90").read()
    (found,) = conflicts([read], link([read]))
    assert (found.left_label, found.right_label) == ("Arda; Velia: 62 killed", "Watch Group: at least 90 killed")
    assert (found.left.quote, found.right.quote, found.question) == ("62 dead", "at least 90", "toll")


def test_those_who_gave_one_number_stand_together(write: Any, link: Any) -> None:
    report = write("a").counts("Watch Group", 90, None, "at least 90")
    for k in range(5):
        report.counts(f"Paper {k}", 62, 62, "62 dead")
    read = report.read()
    (found,) = conflicts([read], link([read]))
    assert found.left_label == "Paper 0; Paper 1; Paper 2; 2 more: 62 killed"


def test_one_number_stands_against_all_that_are_higher(write: Any, link: Any) -> None:
    report = write("a").counts("Army", 15, 15, "15 dead").counts("Arda", 62, 62, "62 dead")
    read = report.counts("Clinic", 83, 83, "83 dead").counts("Watch Group", 90, None, "at least 90").read()
    assert [(c.left_label, c.right_label) for c in conflicts([read], link([read]))] == [
        ("Army: 15 killed", "Watch Group: at least 90 killed / Clinic: 83 killed / Arda: 62 killed"),
        ("Arda: 62 killed", "Watch Group: at least 90 killed / Clinic: 83 killed"),
        ("Clinic: 83 killed", "Watch Group: at least 90 killed"),
    ]


def test_only_standing_tolls_contradict(write: Any, link: Any) -> None:
    a = write("a", "2031-05-04").counts("Army", 15, 15, "15 dead").read()
    b = write("b", "2031-05-06").counts("Army", 62, 62, "62 dead").counts("Clinic", 62, 62, "62 bodies").read()
    (found,) = conflicts([a, b], link([a, b]))
    assert (found.kind, found.reason) == ("later update", "the same speaker, 2031-05-04, then 2031-05-06")


def test_one_speakers_undated_numbers_are_an_update_whose_order_is_not_told(write: Any, link: Any) -> None:
    a = write("a").counts("Army", 15, 15, "15 dead").read()
    b = write("b").counts("Army", 62, 62, "62 dead").read()
    (found,) = conflicts([a, b], link([a, b]))
    assert found.kind == "later update"
    assert "not told" in found.reason


def test_a_part_beside_its_whole_contradicts_nobody(write: Any, link: Any) -> None:
    read = (
        write("a")
        .counts("Army", 105, 105, "105 dead", victims="civilians")
        .counts("Army", 4, 4, "four next door", victims="civilians")
        .counts("Clinic", 105, 105, "105 bodies", victims="civilians")
        .read()
    )
    assert kinds([read], link([read])) == []


def test_outlets_in_their_own_words_contradict_only_speakers(write: Any, link: Any) -> None:
    a = write("a", outlet="Valley Post").counts(None, 112, 112, "112 dead").read()
    b = write("b", outlet="Hill Post").counts(None, 70, 70, "70 dead").read()
    c = (
        write("c", outlet="Lake Post")
        .counts(None, 24, 99, "dozens", qualifier="vague")
        .counts("Clinic", 200, 200, "200 dead")
        .read()
    )
    assert kinds([a, b], link([a, b])) == []
    assert kinds([a, c], link([a, c])) == ["contradiction"]


def test_a_digit_lost_in_a_copy_is_a_copy_error(write: Any, link: Any) -> None:
    a = write("a", "2031-05-04", outlet="Valley Post").counts("Army", 141, 141, "141 dead").read()
    b = write("b", "2031-05-05", outlet="Hill Post").counts("Army", 114, 114, "114 dead").read()
    assert kinds([a, b], link([a, b], copies=[("b", "a")])) == ["copy error"]
    assert kinds([a, b], link([a, b])) == ["later update"]


def test_a_running_total_differs_in_scope(write: Any, link: Any) -> None:
    read = (
        write("a")
        .counts("Clinic", 141, 141, "141 bodies")
        .counts("Watch Group", 396, 396, "396 since then", scope="running")
        .read()
    )
    (found,) = conflicts([read], link([read]))
    assert (found.kind, found.left.quote, found.right.quote) == ("different scope", "141 bodies", "396 since then")


def test_civilians_and_fighters_are_different_classes(write: Any, link: Any) -> None:
    read = (
        write("a")
        .counts("Clinic", 10, 10, "ten shoppers", victims="civilians")
        .counts("Army", 30, 30, "30 gunmen", victims="militants")
        .counts("Watch Group", 40, 40, "40 people")
        .read()
    )
    assert kinds([read], link([read])) == ["different class of victims"]


def test_a_class_is_compared_with_the_whole_where_nobody_counts_two(write: Any, link: Any) -> None:
    read = write("a").counts("Army", 62, 62, "62 troops", victims="military").counts("Pentagon", 15, 15, "only 15").read()
    assert kinds([read], link([read])) == ["contradiction"]


def test_children_contradict_a_smaller_whole(write: Any, link: Any) -> None:
    none = write("a").counts("Army", 0, 0, "no civilians", victims="civilians", qualifier="none")
    read = none.counts("Clinic", 7, 7, "seven children", victims="children").read()
    assert kinds([read], link([read])) == ["contradiction"]
    more = write("b").counts("Army", 9, 9, "nine", victims="civilians").counts("Clinic", 7, 7, "seven", victims="children").read()
    assert kinds([more], link([more])) == []


def test_accusers_stand_against_those_who_deny(write: Any, link: Any) -> None:
    read = (
        write("a")
        .knows("Arda", "Arda", kind="state")
        .knows("Ardan army", "Arda")
        .says("Velia", "blame", "they bombed us", target="Arda")
        .says("Hill Council", "blame", "it was the alliance", target="Arda-led alliance")
        .says("Ardan army", "denial", "our planes were not there")
        .says("Lake Council", "denial", "that was somebody else", target="Velia")
        .read()
    )
    (found,) = conflicts([read], link([read]))
    assert (found.kind, found.question) == ("contradiction", "responsibility")
    assert (found.left_label, found.right_label) == ("Hill Council; Velia: blame Arda-led alliance", "Ardan army: denies")


def test_purpose_stands_against_mistake(write: Any, link: Any) -> None:
    read = (
        write("a")
        .says("Velia", "blame", "the raid proved their support for the rebels", target="Arda")
        .says("Arda", "denial", "it was unintentional")
        .read()
    )
    (found,) = conflicts([read], link([read]))
    assert (found.kind, found.question) == ("contradiction", "intent")


def test_a_denial_that_becomes_an_admission_is_a_move(write: Any, link: Any) -> None:
    a = write("a", "2031-05-04").says("Arda", "denial", "our planes were not there").read()
    b = write("b", "2031-05-23").says("Arda", "admission", "our planes hit the market").read()
    (found,) = conflicts([a, b], link([a, b]))
    assert (found.kind, found.reason) == ("later update", "the same speaker, denied 2031-05-04 and admitted 2031-05-23")


def test_what_one_denies_another_admits(write: Any, link: Any) -> None:
    read = (
        write("a")
        .says("Hill Army", "denial", "no plane of theirs hit it", target="Arda")
        .says("Arda", "admission", "our planes hit the market", target="Arda")
        .read()
    )
    assert [c.reason for c in conflicts([read], link([read]))] == ["one denies what the other admits"]


def test_a_rejection_of_words_is_no_denial_of_a_deed(write: Any, link: Any) -> None:
    read = (
        write("a")
        .says("Velia", "denial", "the explanations of the Ardans have nothing to do with what happened", target="Arda")
        .says("Hill Council", "blame", "the Ardans bombed us", target="Arda")
        .says("Arda", "justification", "the militia hid among the families", target="River Militia")
        .read()
    )
    (found,) = conflicts([read], link([read]))
    assert found.left_label == "Velia: rejects the words of Arda"
    assert found.right_label == "Arda: justifies, pointing at River Militia"
    assert found.reason == "one rejects what the other says"


def test_an_unnamed_source_does_not_speak_for_the_institution(write: Any, link: Any) -> None:
    a = write("a", "2031-05-04").says("Arda", "denial", "our planes were not there").read()
    leak = write("b", "2031-05-06")
    b = leak.says("an Ardan source", "admission", "it was us", target="Arda", affiliation="Arda", speaker_kind="unnamed").read()
    assert [c.reason for c in conflicts([a, b], link([a, b]))] == ["one denies what the other admits"]


def test_children_are_compared_although_they_are_parts_of_the_dead(write: Any, link: Any) -> None:
    report = write("a").counts("Clinic", 7, 7, "seven of them children", victims="children", scope="part")
    read = report.counts("Army", 3, 3, "three children", victims="children").read()
    assert kinds([read], link([read])) == ["contradiction"]


def test_two_authors_may_both_have_had_a_part(write: Any, link: Any) -> None:
    report = (
        write("a").says("Rebels", "blame", "they killed him", target="Arda").says("Velian army", "admission", "we struck him")
    )
    read = report.read()
    assert conflicts([read], link([read])) == ()


def test_a_denied_toll_stands_against_the_toll(write: Any, link: Any) -> None:
    read = (
        write("a")
        .says("Arda", "denial", "there was no indication of civilian casualties")
        .counts("Clinic", 9, 9, "nine dead")
        .counts("Watch Group", 30, 30, "30 hurt", harm="injured")
        .read()
    )
    (found,) = conflicts([read], link([read]))
    assert (found.question, found.right_label) == ("toll", "Clinic: 9 killed")


def test_the_sharpest_words_are_those_quoted(write: Any, link: Any) -> None:
    read = (
        write("a")
        .says("Velia", "blame", "they bombed us", target="Arda")
        .says("Velia", "blame", "an act of blind rage", target="Arda", form="direct")
        .says("Arda", "denial", "no")
        .read()
    )
    assert conflicts([read], link([read]))[0].left.quote == "an act of blind rage"


def test_contradictions_come_first(write: Any, link: Any) -> None:
    a = write("a", "2031-05-04").counts("Army", 15, 15, "15 dead").read()
    b = write("b", "2031-05-06").counts("Army", 62, 62, "62 dead").counts("Clinic", 90, None, "at least 90").read()
    assert kinds([a, b], link([a, b])) == ["contradiction", "later update"]


def test_an_accusation_that_names_nobody_is_against_the_only_accused(write: Any, link: Any) -> None:
    told = write("a").says("Mayor", "blame", "they shot at us", target="Arda").says("Nurse", "blame", "it was a massacre")
    read = told.says("Arda", "denial", "its men fired at nobody", side="Arda").read()
    assert [c.left_label for c in conflicts([read], link([read]))] == ["Mayor; Nurse: blame Arda"]
    other = told.says("Mayor", "blame", "the rebels shot as well", target="Rebels").read()
    assert [c.left_label for c in conflicts([other], link([other]))] == ["Mayor: blames Arda"]


def test_who_denies_and_admits_still_contradicts_what_others_admit(write: Any, link: Any) -> None:
    told = write("a").says("Ardan army", "denial", "its men fired at nobody", side="Arda", target="Arda")
    told.says("Ardan army", "admission", "its men fired at two thieves", side="Arda", target="Arda")
    read = told.says(
        "a source", "admission", "they fired at the crowd", side="Arda", target="Arda", speaker_kind="unnamed"
    ).read()
    labels = [(c.left_label, c.right_label) for c in conflicts([read], link([read])) if c.kind == "contradiction"]
    assert labels == [("Ardan army: denies", "a source: admits")]


def test_counts_of_the_missing_contradict_only_on_one_day(write: Any, link: Any) -> None:
    def missing(day: str) -> Any:
        a = write("a", "2031-05-04").counts("Mayor", 35, 35, "35 missing", harm="missing").read()
        b = write("b", day).counts("Clinic", 40, 40, "40 missing", harm="missing").read()
        return conflicts([a, b], link([a, b]))

    assert [c.kind for c in missing("2031-05-04")] == ["contradiction"]
    assert missing("2031-05-09") == ()


def test_a_number_that_a_speaker_gives_is_not_the_outlets(write: Any, link: Any) -> None:
    read = (
        write("a")
        .counts("Clinic", 62, 62, "62 dead")
        .counts(None, 62, 62, "62 corpses")
        .counts("Mayor", 90, 90, "90 dead")
        .read()
    )
    (found,) = conflicts([read], link([read]))
    assert (found.left_label, found.right_label) == ("Clinic: 62 killed", "Mayor: 90 killed")
    assert [getattr(ref, "figure", None) for ref in found.left_said] == ["f0", "f1"]


def test_another_account_is_no_denial_of_what_the_same_party_admits(write: Any, link: Any) -> None:
    def kinds(words: str) -> list[str]:
        read = (
            write("a")
            .knows("Ardan army", "Arda")
            .says("Ardan army", "denial", words, side="Arda")
            .says("a source", "admission", "soldiers fired", target="Ardan army", speaker_kind="unnamed", side="Arda")
            .read()
        )
        return [found.kind for found in conflicts([read], link([read]))]

    assert kinds("it was a stampede") == []
    assert kinds("soldiers did not fire") == ["contradiction"]
