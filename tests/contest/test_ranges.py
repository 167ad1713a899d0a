"""How far tolls range: never across scopes, never a sum, never narrower for one report more."""

from __future__ import annotations

from typing import Any

from counterclaim.contest import lay_out
from counterclaim.records import TollRange


def spread(reports: list[Any], linkage: Any) -> dict[tuple[str, ...], tuple[int | None, int | None]]:
    (contest,) = lay_out(reports, linkage)
    return {_row(r): (r.low, r.high) for r in contest.ranges}


def _row(r: TollRange) -> tuple[str, ...]:
    return (r.scope, r.harm, r.victims, r.kind)


def test_an_open_figure_counts_with_the_number_it_names(write: Any, link: Any) -> None:
    read = write("a").counts("Army", 62, 62, "62 dead").counts("Watch Group", 90, None, "at least 90").read()
    assert spread([read], link([read]))["incident", "killed", "unspecified", "all said"] == (62, 90)
    upper = write("b").counts("Army", None, 100, "up to 100").read()
    assert spread([upper], link([upper]))["incident", "killed", "unspecified", "all said"] == (100, 100)


def test_standing_follows_the_speaker_and_all_said_forgets_nothing(write: Any, link: Any) -> None:
    a = write("a", "2031-05-04").counts("Army", 15, 15, "15 dead").counts("Watch Group", 80, None, "at least 80").read()
    b = write("b", "2031-05-06").counts("Army", 62, 62, "62 dead").read()
    rows = spread([a, b], link([a, b]))
    assert rows["incident", "killed", "unspecified", "all said"] == (15, 80)
    assert rows["incident", "killed", "unspecified", "standing"] == (62, 80)


def test_words_without_a_number_leave_the_standing_range_to_numbers(write: Any, link: Any) -> None:
    words = write("a").counts(None, 24, 99, "dozens of soldiers", victims="military", qualifier="vague")
    alone = words.read()
    assert spread([alone], link([alone]))["incident", "killed", "military", "standing"] == (24, 99)
    both = write("b").counts("Army", 62, 62, "62 dead", victims="military").read()
    rows = spread([alone, both], link([alone, both]))
    assert rows["incident", "killed", "military", "standing"] == (62, 62)
    assert rows["incident", "killed", "military", "all said"] == (24, 99)


def test_scopes_stay_apart_and_parts_have_no_range(write: Any, link: Any) -> None:
    read = (
        write("a")
        .counts("Health Office", 141, 141, "141 bodies")
        .counts("Watch Group", 396, 396, "396 in three years", scope="running")
        .counts("Health Office", 4, 4, "four next door", scope="part")
        .read()
    )
    rows = spread([read], link([read]))
    assert rows["incident", "killed", "unspecified", "all said"] == (141, 141)
    assert rows["running", "killed", "unspecified", "all said"] == (396, 396)
    assert {row[0] for row in rows} == {"incident", "running"}


def test_children_raise_the_range_over_everyone_and_never_lower_it(write: Any, link: Any) -> None:
    read = write("a").counts("Army", 10, 10, "ten dead").counts("Clinic", 7, 7, "seven children", victims="children").read()
    rows = spread([read], link([read]))
    assert rows["incident", "killed", "unspecified", "all said"] == (10, 10)
    assert rows["incident", "killed", "children", "all said"] == (7, 7)
    more = write("b").counts("Clinic", 12, 12, "twelve children", victims="children").read()
    assert spread([read, more], link([read, more]))["incident", "killed", "unspecified", "all said"] == (10, 12)


def test_children_counted_as_parts_of_the_dead_have_their_range(write: Any, link: Any) -> None:
    read = (
        write("a")
        .counts("Clinic", 10, 10, "ten dead")
        .counts("Clinic", 7, 7, "seven of them children", victims="children", scope="part")
        .counts("Army", 3, 3, "three children", victims="children")
        .read()
    )
    rows = spread([read], link([read]))
    assert rows["incident", "killed", "children", "all said"] == (3, 7)
    assert rows["incident", "killed", "unspecified", "all said"] == (10, 10)


def test_no_civilians_killed_is_not_nobody_killed(write: Any, link: Any) -> None:
    read = (
        write("a")
        .counts("Army", 0, 0, "no civilians", victims="civilians", qualifier="none")
        .counts("Clinic", 9, 9, "nine")
        .read()
    )
    rows = spread([read], link([read]))
    assert rows["incident", "killed", "unspecified", "all said"] == (9, 9)
    assert rows["incident", "killed", "civilians", "all said"] == (0, 0)


def test_fighters_and_civilians_of_one_account_are_parts_of_the_whole(write: Any, link: Any) -> None:
    read = (
        write("a")
        .counts("Army", 20, 20, "twenty dead")
        .counts("Clinic", 5, 5, "five shoppers", victims="civilians")
        .counts("Clinic", 15, 15, "fifteen gunmen", victims="militants")
        .read()
    )
    assert spread([read], link([read]))["incident", "killed", "unspecified", "all said"] == (20, 20)


def test_who_said_the_lowest_and_the_highest_is_told(write: Any, link: Any) -> None:
    read = write("a").counts("Army", 62, 62, "62 dead").counts("Watch Group", 90, None, "at least 90").read()
    (contest,) = lay_out([read], link([read]))
    by = {toll.ref: toll.speaker for toll in contest.tolls}
    row = next(r for r in contest.ranges if r.victims == "unspecified")
    assert row.low_by
    assert by[row.low_by] == "Army"
    assert row.high_by
    assert by[row.high_by] == "Watch Group"


def test_the_leader_of_an_accused_coalition_speaks_for_it(write: Any, link: Any) -> None:
    told = write("a").knows("Arda-led alliance", "Arda-led alliance").knows("Arda", "Arda", kind="state")
    told.says("Watch Group", "blame", "it was the alliance", target="Arda-led alliance")
    told.counts("Watch Group", 90, 90, "ninety dead").counts("Clinic", 80, 80, "eighty dead")
    told.counts("investigators", 15, 15, "fifteen dead", side="Arda", affiliation="Arda", speaker_kind="unnamed")
    read = told.read()
    found = spread([read], link([read], alleged=("Arda-led alliance",)))
    assert found["incident", "killed", "unspecified", "all said"] == (15, 90)
    assert found["incident", "killed", "unspecified", "all said by others"] == (80, 90)
