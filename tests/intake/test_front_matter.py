"""Datelines, bylines, credits and dates, line by line."""

from __future__ import annotations

import pytest

from counterclaim.intake.credits import byline, credit_line, dateline
from counterclaim.intake.dates import announced, before_label, date_line, day_in_address, days, machine_day

REST = "The navy said its shells had hit nothing"


@pytest.mark.parametrize(
    ("opening", "words", "day", "agency", "outlet"),
    [
        ("PORT CITY, April 2. /TASS/. ", "PORT CITY, April 2", "XXXX-04-02", "TASS", None),
        ("WASHINGTON (AP) — ", "WASHINGTON", None, "AP", None),
        ("(KXQZ) — ", None, None, None, "KXQZ"),
        ("BAGHDAD (Reuters) - ", "BAGHDAD", None, "Reuters", None),
        ("Damascus, Sept. 17 (Xinhua) - ", "Damascus, Sept. 17", "XXXX-09-17", "Xinhua", None),
        ("BEIRUT, Sept 17, 2016 (Reuters) - ", "BEIRUT, Sept 17, 2016", "2016-09-17", "Reuters", None),
        ("KABUL, Afghanistan (AP) _ ", "KABUL, Afghanistan", None, "AP", None),
        ("NASHVILLE, Tenn. (AP) - ", "NASHVILLE, Tenn.", None, "AP", None),
        ("BAGHDAD/MOSUL, Iraq (Reuters) - ", "BAGHDAD/MOSUL, Iraq", None, "Reuters", None),
        ("HONG KONG: ", "HONG KONG", None, None, None),
        ("MOSUL, Iraq - ", "MOSUL, Iraq", None, None, None),
        ("Damascus, SANA - ", "Damascus", None, "SANA", None),
        ("RICHMOND (KX SF) — ", "RICHMOND", None, None, "KX SF"),
        ("FRANKLIN (Feb. 4, 2014) – ", "FRANKLIN (Feb. 4, 2014)", "2014-02-04", None, None),
        ("LIMA, 12 JAN 90 (EFE) -- ", "LIMA, 12 JAN 90", None, "EFE", None),
        ("ERIE, Pa. - ", "ERIE, Pa.", None, None, None),
    ],
)
def test_datelines(opening: str, words: str | None, day: str | None, agency: str | None, outlet: str | None) -> None:
    line = opening + REST
    read = dateline(line)
    assert read is not None
    assert (line[slice(*read.words)] if read.words else None) == words
    assert (read.day.value if read.day else None) == day
    if read.day:
        assert days(line[read.day.start : read.day.end])[0].value == day
    assert (read.agency, read.outlet) == (agency, outlet)
    assert line[read.end :] == REST


@pytest.mark.parametrize(
    "line",
    [
        "Gull Rights Watch (GRW) said on Sunday that - as before - the navy had hit homes.",
        "The group said - as others did - that homes were hit.",
        "BREAKING: Three people killed in a strike on the island",
        "On Sunday, March 5 - the day of the vote - shells hit the island.",
        "The navy’s men (NAV) – once many – left the island on Friday.",
        "Navy: shells hit a radar post and nothing else",
    ],
)
def test_sentences_are_no_datelines(line: str) -> None:
    assert dateline(line) is None


@pytest.mark.parametrize(
    ("line", "names", "agency"),
    [
        ("By Ann Ray and Bo Li", "Ann Ray and Bo Li", None),
        ("BY ANN RAY, BO LI AND CY DOE", "ANN RAY, BO LI AND CY DOE", None),
        ("By Ann K. Ray, Associated Press", "Ann K. Ray", "AP"),
        ("By ANN RAY Associated Press", "ANN RAY", "AP"),
        ("By Ann Ray in Port City", "Ann Ray", None),
        ("By Ann Ray, Bo Li and Cy van Dam | Reuters", "Ann Ray, Bo Li and Cy van Dam", "Reuters"),
        ("By Associated Press", None, "AP"),
    ],
)
def test_bylines(line: str, names: str | None, agency: str | None) -> None:
    read = byline(line)
    assert read is not None
    assert (line[slice(*read[0])] if read[0] else None, read[1]) == (names, agency)


@pytest.mark.parametrize("line", ["By Land and Sea", "By Sunday, the toll had risen to 40", "By Ann Ray was killed", "Ann Ray"])
def test_no_bylines(line: str) -> None:
    assert byline(line) is None


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("(QT)", ("QT", None)),
        ("(Reuters)", (None, "Reuters")),
        ("(AP, Reuters)", (None, "AP; Reuters")),
        ("- Xinhua", (None, "Xinhua")),
        ("Source: Agence France-Presse", (None, "AFP")),
        ("(see the map)", None),
        ("Doubts remain", None),
    ],
)
def test_credit_lines(line: str, credit: tuple[str | None, str | None] | None) -> None:
    assert credit_line(line) == credit


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Posted at 7:12 AM, Jun 09, 2019", [("Jun 09, 2019", "2019-06-09", "written")]),
        ("and last updated 2019-06-09 11:03:44-05", [("2019-06-09", "2019-06-09", "changed")]),
        ("September 18, 2016", [("September 18, 2016", "2016-09-18", None)]),
        ("Published 3 March 2024", [("3 March 2024", "2024-03-03", "written")]),
        ("Sunday 2 April 2017 14:03 BST", [("2 April 2017", "2017-04-02", None)]),
        ("Xinhua | Updated: 2017-09-15 17:52", [("2017-09-15", "2017-09-15", "changed")]),
        ("24/03/2017 10:00 GMT", [("24/03/2017", "2017-03-24", None)]),
        ("April 2", [("April 2", "XXXX-04-02", None)]),
        (
            "Published: 2 Apr 2017 | Updated: 3 Apr 2017",
            [("2 Apr 2017", "2017-04-02", "written"), ("3 Apr 2017", "2017-04-03", "changed")],
        ),
        ("03/04/2017", []),
        ("31 February 2017", []),
        ("12 JAN 90", []),
        ("The strike on 3 March 2024 killed five", []),
        ("May", []),
    ],
)
def test_date_lines(line: str, found: list[tuple[str, str, str | None]]) -> None:
    assert [(line[d.start : d.end], d.value, d.label) for d in date_line(line)] == found


def test_a_date_behind_a_headline() -> None:
    line = "Two men charged Posted: Monday, March 3, 2014 9:05 AM EST Updated: Tuesday, March 25, 2014"
    assert [(d.value, d.label) for d in announced(line)] == [("2014-03-03", "written"), ("2014-03-25", "changed")]
    assert before_label(line) == "Two men charged"
    assert announced("A film posted on 3 March 2024 shows smoke") == ()


def test_days_of_fields_and_addresses() -> None:
    assert machine_day("2017-04-02T23:30:00-04:00") == "2017-04-02"
    assert machine_day("20170402") == "2017-04-02"
    assert machine_day("Sun, 02 Apr 2017 08:00 GMT") == "2017-04-02"
    assert machine_day("2 April") is None
    assert day_in_address("https://gull.example/2017/3/24/a") == "2017-03-24"
    assert day_in_address("https://gull.example/2017/13/24/a") is None
