"""What adds no voice to the least: an outlet that passes on, and a description that may be of somebody counted already."""

from __future__ import annotations

from typing import Any

import pytest

from counterclaim.contest import lay_out
from counterclaim.records import Contest


def contest(*reports: Any, link: Any) -> Contest:
    (only,) = lay_out(list(reports), link(reports))
    return only


def test_an_outlet_that_gives_a_speakers_number_may_pass_it_on(write: Any, link: Any) -> None:
    a = write("a", outlet="Hill Post").counts("Clinic", 9, 9, "nine dead").read()
    b = write("b", outlet="Lake Post").counts(None, 9, 9, "nine dead").read()
    c = write("c", outlet="Coast Post").counts(None, 11, 11, "eleven dead").read()
    count = contest(a, b, c, link=link).count
    assert (count.voices, count.voices_at_most) == (2, 3)
    assert "Lake Post may only pass on what others here are named for" in count.rule


def test_outlets_that_give_one_number_may_have_it_from_one_another(write: Any, link: Any) -> None:
    reports = [write(f"r{k}", outlet=f"Paper {k}").counts(None, 9, 9, "nine dead").read() for k in range(3)]
    count = contest(*reports, link=link).count
    assert (count.voices, count.voices_at_most) == (1, 3)


def test_an_outlets_dozens_add_nothing_to_a_speakers_number(write: Any, link: Any) -> None:
    a = write("a").counts("Clinic", 112, 112, "so many dead").read()
    b = write("b", outlet="Lake Post").counts(None, 24, 99, "dozens dead", qualifier="vague").read()
    assert contest(a, b, link=link).count.voices == 1
    assert contest(b, link=link).count.voices == 1


@pytest.mark.parametrize(("number", "harm", "heard"), [(4, "injured", False), (6, "killed", False), (7, "killed", True)])
def test_what_an_outlet_counts_within_a_speakers_toll_is_his_account(
    write: Any, link: Any, number: int, harm: str, heard: bool
) -> None:
    told = write("a", outlet="Hill Post").counts("Clinic", 6, 6, "six dead").counts(None, number, number, "so many", harm=harm)
    assert ("Hill Post" in [origin.name for origin in contest(told.read(), link=link).origins]) is heard


def test_the_dead_are_no_part_of_what_a_hospital_treats(write: Any, link: Any) -> None:
    told = write("a", outlet="Hill Post").counts("Clinic", 40, 40, "forty hurt", harm="injured").counts(None, 5, 5, "five dead")
    assert sorted(origin.name for origin in contest(told.read(), link=link).origins) == ["Clinic", "Hill Post"]


def test_all_hit_are_a_speakers_dead_and_injured(write: Any, link: Any) -> None:
    a = write("a").counts("Clinic", 1, 1, "one dead").counts("Clinic", 3, 3, "three hurt", harm="injured").read()
    b = write("b", outlet="Lake Post").counts(None, 4, 4, "four were hit", harm="injured").read()
    assert contest(a, b, link=link).count.voices == 1


def test_an_accusation_that_an_outlet_tells_of_is_not_its_own(write: Any, link: Any) -> None:
    own = write("a").says(None, "blame", "Ardan planes did it", target="Arda").read()
    told = write("b").says(None, "blame", "Arda is accused of the raid", target="Arda").read()
    also = write("c").says("Clinic", "blame", "it was they", target="Arda").read()
    assert [origin.kind for origin in contest(own, link=link).origins] == ["outlet"]
    assert contest(told, link=link).origins == ()
    assert [origin.kind for origin in contest(own, also, link=link).origins] == ["named"]


def test_an_outlet_that_leaves_something_open_is_no_voice(write: Any, link: Any) -> None:
    read = write("a").says(None, "uncertainty", "who did it is open").says(None, "damage", "the mill is gone").read()
    assert contest(read, link=link).origins == ()


def test_a_bare_description_is_of_somebody_the_text_names(write: Any, link: Any) -> None:
    told = write("a").says("Ida Holm", "admission", "we erred", side="Arda")
    told.says("the investigators", "blame", "they laid mines", speaker_kind="unnamed", side="Arda")
    told.says("authorities", "uncertainty", "it is open", speaker_kind="collective")
    assert contest(told.read(), link=link).count.voices == 1
    other = write("b").says("the investigators", "blame", "they laid mines", speaker_kind="unnamed", side="Arda")
    assert contest(other.read(), link=link).count.voices == 1


def test_the_chief_is_of_the_police_that_the_text_names(write: Any, link: Any) -> None:
    told = write("a").says("police", "blame", "he fired first", speaker_kind="unnamed")
    told.says("the chief", "investigation", "we look into it", speaker_kind="unnamed")
    told.says("Detectives", "uncertainty", "it is open", speaker_kind="unnamed")
    assert contest(told.read(), link=link).count.voices == 1


def test_authorities_that_give_another_number_are_others(write: Any, link: Any) -> None:
    told = write("a").counts("Ida Holm", 3, 3, "three hurt", harm="injured")
    told.counts("authorities", 4, 4, "four hurt", harm="injured", speaker_kind="collective")
    assert contest(told.read(), link=link).count.voices == 2


def test_descriptions_of_two_texts_on_two_matters_are_two(write: Any, link: Any) -> None:
    a = write("a").says("an official", "regret", "we are sorry", speaker_kind="unnamed", side="Arda").read()
    b = write("b").counts("a health official", 6, 6, "six dead", speaker_kind="unnamed", side="Arda").read()
    c = write("c").says("a health official", "regret", "we mourn", speaker_kind="unnamed", side="Arda").read()
    assert contest(a, b, link=link).count.voices == 2
    assert contest(a, c, link=link).count.voices == 1


def test_who_speaks_for_a_government_is_not_its_army(write: Any, link: Any) -> None:
    told = write("a").knows("Ida Holm", None, kind="person")
    told.says("Ida Holm", "denial", "we took no part", affiliation="Arda", side="Arda")
    told.says("Ardan army", "denial", "we fired no shot", side="Arda")
    assert contest(told.read(), link=link).count.voices == 2
