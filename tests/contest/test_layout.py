"""The contest as a whole: its order, its rules, its time line, the dates it can order."""

from __future__ import annotations

from typing import Any

import pytest

from counterclaim.contest import PRINTED_RULES, lay_out
from counterclaim.contest.when import days, surely_before
from counterclaim.records import DateRange, Incident, IncidentRef, Linkage


def test_most_reports_first_and_aggregates_last(write: Any) -> None:
    reports = [write(f"r{k}").says("Arda", "denial", "no").read() for k in range(3)]

    def incident(id: str, members: list[int], day: str | None = None, aggregate: bool = False) -> Incident:
        return Incident(
            id=id, title=id, date=DateRange(day, day, 1) if day else None, place=None, alleged=(), aggregate=aggregate,
            members=tuple(IncidentRef(f"r{k}", 0) for k in members),
        )  # fmt: skip

    linkage = Linkage(
        incidents=(
            incident("war", [0, 1, 2], aggregate=True),
            incident("undated", [0]),
            incident("late", [1], "2031-06-01"),
            incident("early", [2], "2031-05-01"),
            incident("big", [0, 1]),
            incident("elsewhere", [7]),
        )
    )
    assert [contest.incident.id for contest in lay_out(reports, linkage)] == ["big", "early", "late", "undated", "war"]


def test_reports_stand_by_date_and_undated_ones_last(write: Any, link: Any) -> None:
    reports = [write("a").read(), write("b", "2031-05-09").read(), write("c", "2031-05-04").read()]
    assert lay_out(reports, link(reports))[0].reports == ("c", "b", "a")


def test_nothing_at_all_is_no_contest(link: Any) -> None:
    assert lay_out([], Linkage()) == ()
    assert lay_out([], link([])) == ()


def test_every_rule_is_printed() -> None:
    assert list(PRINTED_RULES) == [
        "belonging", "tolls", "ranges", "positions", "answers", "conflicts", "voices", "moves", "conceded", "not heard",
        "details", "common ground", "known", "time line",
    ]  # fmt: skip
    assert all(rule.endswith(".") and "  " not in rule and len(rule) > 60 for rule in PRINTED_RULES.values())


def test_the_time_line_tells_how_each_date_is_known(write: Any, link: Any) -> None:
    a = (
        write("a", "2031-05-06")
        .says("Arda", "denial", "no", on="2031-05-04")
        .says("Arda", "regret", "we are sorry")
        .counts("Clinic", 9, 9, "nine dead")
        .counts("Clinic", 11, 11, "eleven dead", as_of="2031-05-07")
        .read()
    )
    undated = write("b").says("Velia", "blame", "they did it").read()
    line = lay_out([a, undated], link([a, undated]))[0].timeline
    assert [(m.date, m.label, m.how) for m in line] == [
        ("2031-05-03", "Strike on Kharab", "as reported"),
        ("2031-05-04", "Arda: denies", "the day named beside the words"),
        ("2031-05-06", "Arda: regrets", "published that day, stated"),
        ("2031-05-06", "Clinic: 9 killed", "published that day, stated"),
        ("2031-05-07", "Clinic: 11 killed", "the date that the words give"),
    ]


def test_an_inferred_date_says_so(write: Any, link: Any) -> None:
    read = write("a").read()
    date = DateRange("2031-05-01", "2031-05-04", 2, inferred="year from the publication date")
    (moment,) = lay_out([read], link([read], date=date))[0].timeline
    assert (moment.date, moment.how) == ("2031-05-01/2031-05-04", "inferred: year from the publication date")


@pytest.mark.parametrize(
    ("value", "covered"),
    [
        ("2031-05-04", ("2031-05-04", "2031-05-04")),
        ("2031-02", ("2031-02-01", "2031-02-28")),
        ("2031", ("2031-01-01", "2031-12-31")),
        ("2031-05-04/2031-05-06", ("2031-05-04", "2031-05-06")),
        ("2031-05-04?", ("2031-05-04", "2031-05-04")),
        ("XXXX-05-04", None),
        ("2031-13", None),
        (None, None),
    ],
)
def test_days_covered(value: str | None, covered: tuple[str, str] | None) -> None:
    assert days(value) == covered


def test_order_only_where_the_dates_tell() -> None:
    assert surely_before("2031-05-04", "2031-05-05")
    assert surely_before("2031-04", "2031-05-01")
    assert not surely_before("2031-05", "2031-05-20")
    assert not surely_before("2031-05-04", None)
    assert not surely_before("XXXX-05-04", "2031-05-05")
