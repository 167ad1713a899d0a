"""Rows of other recorders' tables come in as those recorders' statements, every number at its own words."""

# ruff: noqa: E501 - tables have the lines they have

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from counterclaim.errors import InputError
from counterclaim.intake import captures, reports
from counterclaim.pipeline import read_report
from counterclaim.records import Range, Reading, Report

UCDP = """id,type_of_violence,conflict_name,side_a,side_b,where_prec,where_coordinates,latitude,longitude,date_prec,date_start,date_end,deaths_civilians,best,high,low
101,3,"Group A, Civilians",Group A,Civilians,1,Example Town,34.5,41.25,1,2017-03-17 00:00:00.000,2017-03-17 00:00:00.000,40,40,55,38
102,1,State: Group A,Government of X,Group A,3,Example district,,,4,2017-03-01,2017-03-31,,7,7,7
,1,no number,a,b,1,x,,,1,2017-03-01,2017-03-01,,1,1,1
"""
ACLED = """event_id_cnty,event_date,time_precision,event_type,actor1,civilian_targeting,location,latitude,longitude,geo_precision,fatalities,notes
XYZ1,09 March 2021,1,Explosions/Remote violence,Forces of X,Civilian targeting,Example Town,34.5,41.2,1,12,"Forces struck a market, killing 12"
XYZ2,2021-02-10,3,Battles,Forces of X,,Example,34,41,2,0,Clash without known deaths
"""
AIRWARS = """code,date,location,lat,lon,civilians_killed_min,civilians_killed_max,children_killed_min,children_killed_max,civilians_injured_min,civilians_injured_max,belligerents
E0001,2021-03-09,Example Town,34.5,41.2,12,17,2,4,9,,Forces of X; Forces of Y
"""


def rows(tmp_path: Path, text: str) -> tuple[list[tuple[Report, Reading]], list[InputError]]:
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    found: list[tuple[Report, Reading]] = []
    errors: list[InputError] = []
    for taken in captures(path, datetime(2024, 1, 1, tzinfo=UTC)):
        assert not isinstance(taken, InputError)
        for report in reports(taken[0]):
            if isinstance(report, InputError):
                errors.append(report)
            else:
                found.append((report, read_report(report)))
    return found, errors


def words(reading: Reading) -> list[tuple[str, str, int | None, int | None, str, str | None]]:
    return [(reading.text[slice(*f.span)], f.victims, f.low, f.high, f.qualifier, f.speaker) for f in reading.figures]


def test_ucdp_rows_give_ranges_places_days_and_the_perpetrator_of_one_sided_violence(tmp_path: Path) -> None:
    ((first, one), (second, two)), (error,) = rows(tmp_path, UCDP)
    assert (first.title, first.outlet, first.recorder, first.part, first.published) == (
        "UCDP GED 101",
        "UCDP GED",
        "UCDP GED",
        "row 2",
        None,
    )
    assert words(one) == [
        ("40\nhigh: 55\nlow: 38", "unspecified", 38, 55, "between", "UCDP GED"), ("40", "civilians", 40, 40, "exact", "UCDP GED"),
    ]  # fmt: skip
    (incident,) = one.incidents
    assert incident.killed == Range(38, 55)
    assert incident.civilians_killed == Range(40, 40)
    assert incident.alleged == ("Group A",)
    assert incident.date is not None
    assert (incident.date.start, incident.date.end, incident.date.precision) == ("2017-03-17", "2017-03-17", 1)
    assert incident.place is not None
    assert (incident.place.name, incident.place.lat, incident.place.lon, incident.place.where_prec) == (
        "Example Town",
        34.5,
        41.25,
        1,
    )
    assert [one.text[slice(*s.content[0])] for s in one.statements if s.act == "blame"] == ["Group A"]
    assert second.part == "row 3"
    assert two.incidents[0].alleged == ()
    assert two.incidents[0].place is not None
    assert two.incidents[0].place.lat is None
    assert two.incidents[0].date is not None
    assert (two.incidents[0].date.end, two.incidents[0].date.precision) == ("2017-03-31", 4)
    assert "row 4: the row does not name its event; fill id" in str(error)


def test_acled_zero_is_no_figure_and_its_notes_are_not_read_as_claims(tmp_path: Path) -> None:
    ((_, one), (_, two)), errors = rows(tmp_path, ACLED)
    assert not errors
    assert words(one) == [("12", "unspecified", 12, 12, "exact", "ACLED")]
    assert one.incidents[0].alleged == ("Forces of X",)
    assert {s.speaker for s in one.statements} == {"ACLED"}
    assert not two.figures
    assert not two.incidents[0].alleged
    assert two.incidents[0].killed is None
    assert two.incidents[0].date is not None
    assert (two.incidents[0].date.start, two.incidents[0].date.end) == ("2021-02-01", "2021-02-28")


def test_airwars_rows_give_each_class_its_own_figure(tmp_path: Path) -> None:
    (((_, one),), errors) = rows(tmp_path, AIRWARS)
    assert not errors
    assert [w[1:5] for w in words(one)] == [
        ("civilians", 12, 17, "between"),
        ("civilians", 9, None, "at least"),
        ("children", 2, 4, "between"),
    ]
    (incident,) = one.incidents
    assert (incident.killed, incident.injured, incident.children) == (Range(12, 17), Range(9, 9), Range(2, 4))
    assert incident.alleged == ("Forces of X", "Forces of Y")


def test_a_row_that_lies_about_its_columns_claims_nothing_it_does_not_say(tmp_path: Path) -> None:
    ((_, one),), _ = rows(tmp_path, UCDP.splitlines()[0] + '\n7,three,x,A,B,9,Town,north,1e9,12,soon,later,many,-4,"1,000",7.5\n')
    assert not one.figures
    assert one.incidents[0].killed is None
    assert one.incidents[0].date is None
    assert one.incidents[0].alleged == ()
    assert one.incidents[0].place is not None
    assert one.incidents[0].place.lat is None


def test_rows_are_neither_copies_nor_one_saying_and_join_the_reports_of_their_incident(tmp_path: Path) -> None:
    import counterclaim

    report = (
        "At least 12 people were killed when a missile hit a market in Mosul on Friday, March 17, 2017, the health ministry said."
    )
    (tmp_path / "report.txt").write_text("Published: March 18, 2017\n\n" + report + "\n", encoding="utf-8")
    header = UCDP.splitlines()[0]
    same = "1,3,x,Group A,Civilians,1,Mosul,36.335,43.119,1,2017-03-17,2017-03-17,40,40,55,38"
    other = "2,3,x,Group A,Civilians,1,Basra,30.508,47.783,1,2017-05-02,2017-05-02,40,40,55,38"
    (tmp_path / "table.csv").write_text(f"{header}\n{same}\n{other}\n", encoding="utf-8")
    with counterclaim.Case() as case:
        assert not case.add(tmp_path).left_out
        case.run()
        linkage = case.linkage
        titles = {r.report.id: r.report.title for r in case.reports}
        held = [{titles[m.report] for m in incident.members} for incident in linkage.incidents]
        assert not linkage.copies
        assert all(len(u.statements) == 1 for u in linkage.utterances)
        assert any("UCDP GED 1" in names and len(names) == 2 for names in held)
        assert {"UCDP GED 2"} in held
