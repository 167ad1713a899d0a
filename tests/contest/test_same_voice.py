"""One voice under several names: services, health authorities, persons with shortened names, outlets and their own people."""

from __future__ import annotations

from typing import Any

import pytest

from counterclaim.contest import lay_out
from counterclaim.records import Contest


def contest(reports: list[Any], linkage: Any) -> Contest:
    (only,) = lay_out(reports, linkage)
    return only


def names(*reports: Any, link: Any) -> list[str]:
    return sorted(origin.name for origin in contest(list(reports), link(reports)).origins)


def test_the_police_of_a_town_and_its_officers_are_one_voice(write: Any, link: Any) -> None:
    a = write("a").counts("police", 6, 6, "six hurt", harm="injured", speaker_kind="unnamed").read()
    b = (
        write("b")
        .knows("Ann Reed", None, kind="person")
        .says("Ann Reed", "uncertainty", "it is open", affiliation="police")
        .read()
    )
    c = write("c").counts("Kharab Police", 6, 6, "six hurt", harm="injured").read()
    assert names(a, b, c, link=link) == ["Kharab Police (Ann Reed)"]


def test_two_police_forces_stay_two(write: Any, link: Any) -> None:
    a = write("a").counts("Kharab Police", 6, 6, "six hurt", harm="injured").read()
    b = write("b").counts("Tell Amar Police", 6, 6, "six hurt", harm="injured").read()
    c = write("c").counts("police", 7, 7, "seven hurt", harm="injured", speaker_kind="unnamed").read()
    assert names(a, b, c, link=link) == ["Kharab Police", "Tell Amar Police", "police"]


def test_police_of_two_sides_stay_two(write: Any, link: Any) -> None:
    a = write("a").says("police", "blame", "they shot first", side="Arda", speaker_kind="unnamed").read()
    b = write("b").says("police officials", "blame", "they shot first", side="Velia", speaker_kind="unnamed").read()
    assert contest([a, b], link([a, b])).count.voices == 2


def test_who_only_stands_near_the_police_is_another(write: Any, link: Any) -> None:
    a = write("a").counts("police", 6, 6, "six dead", speaker_kind="unnamed").read()
    b = write("b").says("relatives of a policeman", "blame", "they shot him", speaker_kind="unnamed").read()
    assert names(a, b, link=link) == ["police", "relatives of a policeman"]


@pytest.mark.parametrize(("numbers", "voices"), [((40, 40), 1), ((40, 45), 2), ((2, 2), 2)])
def test_health_authorities_that_give_one_number_are_one(write: Any, link: Any, numbers: tuple[int, int], voices: int) -> None:
    a = write("a").counts("Kharab Health Ministry", numbers[0], numbers[0], "so many dead", side="Kharab").read()
    b = write("b").counts("Ardan Health Ministry", numbers[1], numbers[1], "so many dead", side="Arda").read()
    assert contest([a, b], link([a, b])).count.voices == voices


def test_one_number_makes_no_two_defence_ministries_one(write: Any, link: Any) -> None:
    a = write("a").counts("Velian Ministry of Defence", 62, 62, "so many dead", side="Velia").read()
    b = write("b").counts("Ardan Ministry of Defence", 62, 62, "so many dead", side="Arda").read()
    assert contest([a, b], link([a, b])).count.voices == 2


def test_a_later_number_of_one_voice_under_two_names_replaces_the_first(write: Any, link: Any) -> None:
    a = write("a", "2031-05-03").counts("Kharab Health Ministry", 40, 40, "forty dead").read()
    b = write("b", "2031-05-03").counts("Ardan Health Ministry", 40, 40, "forty dead").read()
    c = write("c", "2031-05-05").counts("Ardan Health Ministry", 45, 45, "more dead").read()
    found = contest([a, b, c], link([a, b, c]))
    assert [(toll.low, toll.standing) for toll in found.tolls] == [(40, False), (45, True)]
    assert [conflict.kind for conflict in found.conflicts] == ["later update"]


def test_a_shortened_first_name_is_the_same_person(write: Any, link: Any) -> None:
    def telling(id: str, name: str) -> Any:
        return write(id).knows(name, None, kind="person").says(name, "damage", "the roof is gone").read()

    assert names(telling("a", "Art Solan"), telling("b", "Arthur Solan"), link=link) == ["Arthur Solan"]
    assert names(telling("a", "Anna Solan"), telling("b", "Arthur Solan"), link=link) == ["Anna Solan", "Arthur Solan"]
    three = [telling("a", "Art Solan"), telling("b", "Arthur Solan"), telling("c", "Artemis Solan")]
    assert len(names(*three, link=link)) == 3  # "Art" may be either


def test_a_description_that_is_a_name_is_a_named_voice(write: Any, link: Any) -> None:
    reports = [
        write(f"r{k}").counts("the RBI", 3, 3, "three hurt", harm="injured", speaker_kind="unnamed").read() for k in range(2)
    ]
    (origin,) = contest(reports, link(reports)).origins
    assert (origin.name, origin.kind, origin.at_most) == ("RBI", "named", 1)


def test_officials_of_a_nation_are_no_ministry_of_it(write: Any, link: Any) -> None:
    a = write("a").knows("Ardan Health Ministry", "Arda").counts("Ardan Health Ministry", 9, 9, "nine dead", side="Arda").read()
    b = write("b").says("Ardan officials", "blame", "it was a massacre", side="Arda", speaker_kind="unnamed").read()
    assert names(a, b, link=link) == ["Ardan Health Ministry", "Ardan officials"]


def test_the_correspondent_of_a_medium_is_its_own_voice(write: Any, link: Any) -> None:
    told = write("a", outlet="Hill Post (Morning Voice)").knows("Morning Voice", "media").knows("Ida Holm", None, kind="person")
    told.says("Ida Holm", "blame", "it was the army", affiliation="Morning Voice", side="media", target="Arda")
    told.counts(None, 200, 200, "two hundred dead")
    (origin,) = contest([told.read()], link([told.read()])).origins
    assert (origin.name, origin.kind, origin.at_most) == ("Morning Voice (Ida Holm)", "named", 1)
