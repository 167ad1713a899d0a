"""Tolls side by side: what is one toll, what repeats it, what replaces it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from counterclaim.contest import lay_out
from counterclaim.contest.tolls import slipped
from counterclaim.records import Figure, ReadReport, Toll


def tolls(reports: list[Any], linkage: Any) -> tuple[Toll, ...]:
    (contest,) = lay_out(reports, linkage)
    return contest.tolls


def test_one_voice_and_one_number_is_one_toll_wherever_it_is_carried(write: Any, link: Any) -> None:
    a = write("a", "2031-05-05").counts("Health Office", 40, 40, "40 bodies").read()
    b = write("b", "2031-05-04", outlet="Morning Wire").counts("Health Office", 40, 40, "forty bodies").read()
    (toll,) = tolls([a, b], link([a, b]))
    assert (toll.ref.report, toll.said, toll.said_how, toll.words) == ("b", "2031-05-04", "stated", "forty bodies")
    assert [ref.report for ref in toll.repeats] == ["a"]


def test_every_value_stands_in_its_report(write: Any, link: Any) -> None:
    read = (
        write("a", "2031-05-05")
        .says("Border Army", "denial", "it fired nothing")
        .counts("Health Office", 7, None, "7 dead")
        .read()
    )
    (contest,) = lay_out([read], link([read]))
    spans = [toll.span for toll in contest.tolls] + [toll.sentence for toll in contest.tolls]
    spans += [span for position in contest.positions for span in (*position.content, *position.sentences)]
    spans += [moment.span for moment in contest.timeline if moment.span]
    assert len(spans) > 6
    for span in spans:
        assert read.report.text[span.start : span.end] == span.quote
    assert contest.tolls[0].sentence.quote.startswith("Health Office said that 7 dead were counted")


def test_the_same_number_without_a_class_is_the_same_toll(write: Any, link: Any) -> None:
    read = write("a").counts("Army", 62, 62, "62 troops", victims="military").counts("Army", 62, 62, "62 dead").read()
    (toll,) = tolls([read], link([read]))
    assert (toll.victims, toll.words, len(toll.repeats)) == ("military", "62 troops", 1)


def test_a_later_figure_of_the_same_speaker_supersedes(write: Any, link: Any) -> None:
    a = write("a", "2031-05-04").counts("Health Office", 40, 40, "40 bodies").read()
    b = write("b", "2031-05-06").counts("Health Office", 52, 52, "52 bodies").read()
    c = write("c", "2031-05-09").counts("Health Office", 61, 61, "61 bodies").read()
    first, second, third = tolls([c, a, b], link([a, b, c]))
    assert (first.standing, second.standing, third.standing) == (False, False, True)
    assert (first.superseded_by, second.superseded_by, third.superseded_by) == (second.ref, third.ref, None)


def test_a_spokesman_supersedes_his_institution(write: Any, link: Any) -> None:
    a = write("a", "2031-05-04").counts("Health Office", 40, 40, "40 bodies").read()
    b = write("b", "2031-05-06").counts("Ona Brill", 52, 52, "52 bodies", affiliation="Health Office").read()
    first, second = tolls([a, b], link([a, b]))
    assert not first.standing
    assert second.standing
    assert (second.speaker, second.affiliation) == ("Ona Brill", "Health Office")


@pytest.mark.parametrize("day", ["2031-05-04", None, "2031-05", "2031"])
def test_where_dates_do_not_tell_nothing_is_superseded(write: Any, link: Any, day: str | None) -> None:
    a = write("a", "2031-05-04").counts("Health Office", 40, 40, "40 bodies").read()
    b = write("b", day).counts("Health Office", 52, 52, "52 bodies").read()
    assert all(toll.standing for toll in tolls([a, b], link([a, b])))


def test_the_date_in_the_words_counts_before_publication(write: Any, link: Any) -> None:
    read = (
        write("a", "2031-05-09")
        .counts("Health Office", 52, 52, "52 bodies", as_of="2031-05-08")
        .counts("Health Office", 40, 40, "40 bodies", as_of="2031-05-04")
        .read()
    )
    standing = {toll.words: toll.standing for toll in tolls([read], link([read]))}
    assert standing == {"52 bodies": True, "40 bodies": False}


def test_a_later_figure_that_says_less_replaces_nothing(write: Any, link: Any) -> None:
    a = write("a", "2031-05-04").counts("Health Office", 62, 62, "62 bodies").read()
    b = write("b", "2031-05-06").counts("Health Office", 51, None, "more than 50", qualifier="more than").read()
    assert all(toll.standing for toll in tolls([a, b], link([a, b])))


@pytest.mark.parametrize("scope", ["part", "period"])
def test_parts_and_periods_replace_nothing(write: Any, link: Any, scope: str) -> None:
    a = write("a", "2031-05-04").counts("Health Office", 40, 40, "40 bodies", scope=scope).read()
    b = write("b", "2031-05-06").counts("Health Office", 52, 52, "52 bodies", scope=scope).read()
    assert all(toll.standing for toll in tolls([a, b], link([a, b])))


def test_unnamed_speakers_of_two_texts_do_not_supersede_each_other(write: Any, link: Any) -> None:
    a = write("a", "2031-05-04").counts("an official", 40, 40, "40 bodies", speaker_kind="unnamed").read()
    b = write("b", "2031-05-06").counts("an official", 52, 52, "52 bodies", speaker_kind="unnamed").read()
    assert [toll.standing for toll in tolls([a, b], link([a, b]))] == [True, True]


def test_a_figure_that_was_placed_nowhere_stays_out(write: Any, link: Any) -> None:
    read = write("a").counts("Health Office", 40, 40, "40 bodies", incident=None).read()
    assert tolls([read], link([read])) == ()


@pytest.mark.parametrize(
    ("left", "right", "slip"),
    [(83, 38, True), (141, 114, True), (14, 141, True), (112, 1112, True), (62, 90, False), (61, 62, False), (141, 411, True)],
)
def test_a_slip_is_a_swapped_lost_or_doubled_digit(left: int, right: int, slip: bool) -> None:
    assert slipped(left, right) is slip
    assert slipped(right, left) is slip


def test_parts_that_add_up_are_parts(write: Any, link: Any) -> None:
    read = (
        write("a")
        .counts("Inquiry", 105, 105, "105 dead")
        .counts("Inquiry", 101, 101, "101 in the house")
        .counts("Clinic", 30, 30, "30 dead")
        .read()
    )
    four = Figure(
        id="f9", span=read.reading.figures[1].span, harm="killed", victims="unspecified", low=4, high=4, qualifier="exact",
        scope="incident", confidence=1.0, speaker="Inquiry", incident=0,
    )  # fmt: skip
    whole = ReadReport(read.report, replace(read.reading, figures=(*read.reading.figures, four)))
    (contest,) = lay_out([whole], link([whole]))
    assert [(t.low, t.scope) for t in contest.tolls] == [(105, "incident"), (101, "part"), (4, "part"), (30, "incident")]


def test_a_number_reported_in_the_passive_is_nobodys(write: Any, link: Any) -> None:
    read = write("a").counts("Arda", 40, 99, "scores were reported killed and wounded").read()
    figure = replace(read.reading.figures[0], span=(read.reading.figures[0].span[0], read.reading.figures[0].span[0] + 6))
    read = ReadReport(read.report, replace(read.reading, figures=(figure,)))
    (contest,) = lay_out([read], link([read]))
    assert [(t.words, t.speaker) for t in contest.tolls] == [("scores", None)]


def test_wider_totals_stand_beside_the_tolls_and_in_no_range(write: Any, link: Any) -> None:
    report = write("a").counts("Clinic", 9, 9, "9 dead")
    read = report.counts("Monitor", 396, 396, "396 dead since spring", scope="running", incident=1).read()
    (contest,) = lay_out([read], link([read]))
    assert [(t.low, t.scope) for t in contest.tolls] == [(9, "incident"), (396, "running")]
    assert {(r.low, r.high) for r in contest.ranges if r.scope == "incident"} == {(9, 9)}
    assert [c.kind for c in contest.conflicts] == ["different scope"]
    assert [origin.name for origin in contest.origins] == ["Clinic"]


def test_a_number_in_words_about_the_words_of_others_is_not_the_speakers(write: Any, link: Any) -> None:
    read = write("a").counts("Arda", 101, None, "comments about a part in more than 100 deaths", qualifier="more than").read()
    figure = read.reading.figures[0]
    words = "more than 100 deaths"
    start = read.report.text.index(words)
    read = ReadReport(read.report, replace(read.reading, figures=(replace(figure, span=(start, start + len(words))),)))
    (contest,) = lay_out([read], link([read]))
    assert [(t.words, t.speaker, t.outlet) for t in contest.tolls] == [(words, None, "The Valley Post")]


def test_a_number_taken_back_stays_in_view_and_no_longer_stands(write: Any, link: Any) -> None:
    a = write("a", "2031-05-04").counts("Clinic", 50, 50, "50 dead").read()
    b = write("b", "2031-05-05").counts("Clinic", 50, 50, "it withdrew its figure of 50 dead").read()
    c = write("c", "2031-05-05").counts("Mayor", 9, 9, "9 dead").read()
    (found,) = lay_out([a, b, c], link([a, b, c]))
    fifty = next(toll for toll in found.tolls if toll.low == 50)
    assert (fifty.standing, fifty.withdrawn, fifty.superseded_by, len(fifty.repeats)) == (False, True, None, 1)
    rows = {r.kind: (r.low, r.high) for r in found.ranges if r.victims == "unspecified"}
    assert (rows["all said"], rows["standing"]) == ((9, 50), (9, 9))


def test_what_several_gave_is_replaced_by_those_with_a_name(write: Any, link: Any) -> None:
    a = write("a", "2031-05-04").counts("Clinic; residents", 40, 40, "40 dead", speaker_kind="named").read()
    b = write("b", "2031-05-05").counts("Clinic", 45, 45, "45 dead").counts("residents", 50, 50, "50 dead").read()
    (found,) = lay_out([a, b], link([a, b]))
    assert {toll.low: toll.standing for toll in found.tolls} == {40: False, 45: True, 50: True}
