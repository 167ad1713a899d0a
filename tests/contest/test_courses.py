"""How words move, what is conceded, what is shared, and what was known on a day."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.contest import lay_out
from counterclaim.contest.telling import order_told, still_counting
from counterclaim.records import Contest, Span


def contest(reports: list[Any], linkage: Any, **more: Any) -> Contest:
    (only,) = lay_out(reports, linkage, **more)
    return only


def span(sentence: str, words: str) -> tuple[Span, int, int]:
    start = sentence.index(words)
    return Span("r", 0, len(sentence), sentence), start, start + len(words)


def test_a_denial_that_becomes_an_inquiry_and_an_admission_is_a_move(write: Any, link: Any) -> None:
    a = write("a", "2031-05-03").says("Ardan army", "denial", "no civilians were hurt", side="Arda").read()
    b = write("b", "2031-05-04").says("Igor Vale", "investigation", "it was looking into it", side="Arda").read()
    c = write("c", "2031-05-20").says("Ardan army", "admission", "it was a tragic mistake", side="Arda").read()
    (course,) = contest([c, a, b], link([a, b, c])).courses
    assert course.party == "Arda"
    assert [(step.date, [(p.question, p.stance) for p in step.positions], step.moves) for step in course.steps] == [
        ("2031-05-03", [("toll", "denial")], False),
        ("2031-05-04", [("investigation", "investigation")], True),
        ("2031-05-20", [("intent", "admission")], True),
    ]


def test_what_has_no_date_stands_last_and_moves_nothing(write: Any, link: Any) -> None:
    a = write("a", "2031-05-03").says("Arda", "denial", "its planes were not there", side="Arda").read()
    b = write("b").says("Arda", "admission", "they were its planes", side="Arda").read()
    (course,) = contest([a, b], link([a, b])).courses
    assert [(step.date, step.moves) for step in course.steps] == [("2031-05-03", False), (None, False)]


def test_a_text_that_tells_what_came_first_makes_two_steps_of_a_day(write: Any, link: Any) -> None:
    read = (
        write("a", "2031-05-03")
        .says("Ardan army at first", "denial", "its planes were not there", side="Arda")
        .says("Ardan army", "admission", "they were its planes", side="Arda")
        .read()
    )
    (course,) = contest([read], link([read])).courses
    assert [([p.stance for p in step.positions], step.told, step.moves) for step in course.steps] == [
        (["denial"], True, False), (["admission"], False, True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "words", "order"),
    [
        ("The ministry at first put it at 20 dead", "20", -1),
        ("Earlier in the day it had spoken of 20 dead", "20", -1),
        ("It first said 20 had died; later it gave 40", "20", -1),
        ("It first said 20 had died; later it gave 40", "40", 1),
        ("The first accounts give 20 dead", "20", 0),
        ("It says 20 are dead", "20", 0),
    ],
)
def test_the_order_is_told_by_the_clause(sentence: str, words: str, order: int) -> None:
    assert order_told(*span(sentence, words)) == order


def test_a_count_that_goes_on_contradicts_no_higher_one(write: Any, link: Any) -> None:
    a = write("a").counts("Firemen", 40, 40, "40 bodies so far").counts("Mayor", 90, 90, "90 dead").read()
    assert [c for c in contest([a], link([a])).conflicts if c.kind == "contradiction"] == []
    b = write("b").counts("Firemen", 40, 40, "40 bodies").counts("Mayor", 90, 90, "90 dead").read()
    (clash,) = [c for c in contest([b], link([b])).conflicts if c.kind == "contradiction"]
    assert [(ref.report, getattr(ref, "figure", None)) for ref in (*clash.left_said, *clash.right_said)] == [
        ("b", "f0"),
        ("b", "f1"),
    ]
    assert still_counting(*span("It has found 15 so far", "15"))
    assert not still_counting(*span("It could confirm only 15", "15"))  # set against others' numbers, not on its way to them
    assert not still_counting(*span("It counts 15", "15"))


def test_an_earlier_figure_that_one_text_tells_of_is_superseded(write: Any, link: Any) -> None:
    read = (
        write("a").counts("Monitor", 80, None, "at least 80 dead").counts("Monitor", 30, 30, "earlier in the day only 30").read()
    )
    thirty, eighty = sorted(contest([read], link([read])).tolls, key=lambda t: t.low or 0)
    assert (thirty.standing, thirty.superseded_by, eighty.standing) == (False, eighty.ref, True)


def test_the_ranges_of_others_leave_out_what_the_accused_counts(write: Any, link: Any) -> None:
    read = (
        write("a")
        .knows("Ardan army", "Arda")
        .says("Mayor", "blame", "they bombed", target="Ardan army")
        .counts("Mayor", 90, 90, "90 dead")
        .counts("Ardan army", 5, 5, "5 dead", side="Arda")
        .read()
    )
    ranges = {r.kind: (r.low, r.high, len(r.tolls)) for r in contest([read], link([read])).ranges if r.victims == "unspecified"}
    assert ranges == {
        "all said": (5, 90, 2), "standing": (5, 90, 2), "all said by others": (90, 90, 1), "standing by others": (90, 90, 1),
    }  # fmt: skip


def test_what_an_accused_concedes_is_its_own_latest_number(write: Any, link: Any) -> None:
    a = (
        write("a", "2031-05-20")
        .says("Mayor", "blame", "they bombed", target="Arda")
        .says("Arda", "admission", "it was its strike", side="Arda")
        .counts("Arda", 11, None, "more than 10 dead", side="Arda", qualifier="more than")
        .counts("Arda", 12, 12, "12 dead", side="Arda")
        .read()
    )
    b = write("b", "2031-05-04").counts("Arda", 3, 3, "3 dead", side="Arda").read()
    (row,) = contest([a, b], link([a, b])).conceded
    assert (row.party, row.harm, row.low, row.high, [ref.report for ref in row.by]) == ("Arda", "killed", 12, 12, ["a"])


def test_nothing_is_conceded_by_whoever_only_counts(write: Any, link: Any) -> None:
    read = write("a").says("Mayor", "blame", "they did", target="Arda").counts("Arda", 12, 12, "12 dead", side="Arda").read()
    assert contest([read], link([read])).conceded == ()


def test_common_ground_is_what_nobody_contradicts(write: Any, link: Any) -> None:
    read = (
        write("a")
        .says("Mayor", "blame", "their planes hit us", target="Arda")
        .says("Arda", "admission", "they were its planes", side="Arda")
        .counts("Mayor", 90, None, "at least 90 dead")
        .counts("Clinic", 95, 95, "95 dead")
        .read()
    )
    shared = contest([read], link([read])).shared
    assert [(s.question, s.label) for s in shared] == [
        ("toll", "95 killed: every number said allows it"),
        ("responsibility", "Arda: all who name an author name it, it says so itself"),
    ]
    denied = write("b").says("Mayor", "blame", "they did", target="Arda").says("Arda", "denial", "no", side="Arda").read()
    assert contest([denied], link([denied])).shared == ()


def test_what_was_known_grows_day_by_day(write: Any, link: Any) -> None:
    days = [("a", "2031-05-03", 9), ("b", "2031-05-05", 4), ("c", None, 99)]
    reports = [write(id, day).counts(f"Speaker {id}", n, n, f"{n} dead").read() for id, day, n in days]
    found = contest(reports, link(reports))
    seen = [(k.date, k.reports, k.voices, k.range and (k.range.low, k.range.high)) for k in found.known]
    assert seen == [("2031-05-03", 1, 1, (9, 9)), ("2031-05-05", 2, 2, (4, 9))]
    assert contest(reports, link(reports), until="2031-05-04").reports == ("a",)


def test_who_was_accused_later_was_not_accused_yet(write: Any, link: Any) -> None:
    first = write("a", "2031-05-03").counts("Clinic", 9, 9, "nine dead").read()
    later = write("b", "2031-05-05").says("Mayor", "blame", "they did it", target="Arda").read()
    mention = replace(later.reading.incidents[0], alleged=("Arda",))
    later = replace(later, reading=replace(later.reading, incidents=(mention,)))
    linkage = link([first, later], alleged=("Arda",))
    then, now = (contest([first, later], linkage, until=day) for day in ("2031-05-04", "2031-05-05"))
    assert (then.accused, [one.name for one in then.silent]) == ((), [])
    assert (now.accused, [one.name for one in now.silent]) == (("Arda",), ["Arda"])


@settings(deadline=None)  # a machine under load is slow, not wrong
@given(st.lists(st.tuples(st.integers(1, 28), st.integers(0, 50)), min_size=1, max_size=6))
def test_all_said_never_narrows_from_day_to_day(write: Any, link: Any, shelf: list[tuple[int, int]]) -> None:
    reports = [
        write(f"r{k}", f"2031-05-{day:02d}").counts(f"Speaker {k}", n, n, f"{n} dead").read() for k, (day, n) in enumerate(shelf)
    ]
    known = [k.range for k in contest(reports, link(reports)).known]
    bounds = [(r.low, r.high) for r in known if r is not None and r.low is not None and r.high is not None]
    assert len(bounds) == len(known)
    assert all(after[0] <= before[0] and after[1] >= before[1] for before, after in pairwise(bounds))


def test_who_accuses_another_moves_only_by_what_he_says_of_him(write: Any, link: Any) -> None:
    a = write("a", "2031-05-03").says("Velia", "blame", "their planes did it", target="Arda", side="Velia").read()
    b = (
        write("b", "2031-05-04")
        .says("Velia", "denial", "their statements are absurd", target="Arda", side="Velia")
        .says("Velia", "demand", "a full inquiry", target="Arda", side="Velia")
        .says("Velia", "uncertainty", "it remains to be seen", side="Velia")
        .read()
    )
    assert contest([a, b], link([a, b])).courses == ()
    c = write("c", "2031-05-05").says("Velia", "denial", "it was not their planes", target="Arda", side="Velia").read()
    (course,) = contest([a, b, c], link([a, b, c])).courses
    assert [(step.date, [p.stance for p in step.moved]) for step in course.steps] == [
        ("2031-05-03", []), ("2031-05-05", ["denial"]),
    ]  # fmt: skip


def test_residents_are_no_party_with_one_word(write: Any, link: Any) -> None:
    crowd = {"side": "residents", "speaker_kind": "collective", "target": "Arda"}
    a = write("a", "2031-05-03").says("residents", "blame", "their planes did it", **crowd).read()
    b = write("b", "2031-05-04").says("residents", "denial", "it was not them", **crowd).read()
    assert contest([a, b], link([a, b])).courses == ()
