"""Every format, read back by what its users read it with: the facts are those of the case, and every row leads back."""

from __future__ import annotations

import csv
import io
import json
import warnings
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geojson
import pytest

from counterclaim.errors import InputError
from counterclaim.exchange import NOT_VERIFIED, Export
from counterclaim.intake import captures, reports
from counterclaim.pipeline import Case, read_report
from counterclaim.publishing import FORMATS
from counterclaim.records import Range, Reading

Row = dict[str, str]
File = Callable[..., bytes]
GED = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
    "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b "
    "number_of_sources source_article source_office source_date source_headline source_original where_prec "
    "where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id "
    "region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high "
    "low gwnoa gwnob "
).split()


def table(data: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def one(rows: list[Row], **wanted: str) -> Row:
    (found,) = (row for row in rows if all(row[name] == value for name, value in wanted.items()))
    return found


def reimported(path: Path, data: bytes) -> list[Reading]:
    path.write_bytes(data)
    found = []
    for taken in captures(path, datetime(2024, 1, 1, tzinfo=UTC)):
        assert not isinstance(taken, InputError), taken
        for report in reports(taken[0]):
            assert not isinstance(report, InputError), report
            found.append(read_report(report))
    return found


def test_ged_has_the_columns_of_ucdp_in_their_order_and_best_is_a_persons(file: File, kobani: str) -> None:
    rows = table(file("ged"))
    assert list(rows[0])[: len(GED)] == GED
    row = one(rows, relid=kobani)
    assert (row["year"], row["date_start"][:10], row["date_end"][:10], row["date_prec"]) == (
        "2019",
        "2019-05-06",
        "2019-05-06",
        "1",
    )
    assert (row["country"], row["adm_1"], row["where_coordinates"]) == ("Syria", "Aleppo", "Kobani")
    assert (row["low"], row["best"], row["high"], row["estimate_by"]) == ("3", "5", "7", "Ada Moss, " + row["estimate_by"][-10:])
    assert row["geom_wkt"] == f"POINT ({row['longitude']} {row['latitude']})"
    cell = int(row["priogrid_gid"]) - 1
    assert (cell // 720 / 2 - 90 <= float(row["latitude"]) < cell // 720 / 2 - 89.5) is True
    assert (cell % 720 / 2 - 180 <= float(row["longitude"]) < cell % 720 / 2 - 179.5) is True
    for name in ("type_of_violence", "side_a", "side_b", "conflict_name", "deaths_civilians", "active_year"):
        assert row[name] == ""
    other = next(row for row in rows if row["relid"] != kobani)
    assert (other["best"], other["low"], other["high"], other["status"]) == ("", "4", "4", NOT_VERIFIED)


def test_sources_of_ged_are_voices_and_not_articles(file: File, case: Case, kobani: str) -> None:
    row = one(table(file("ged")), relid=kobani)
    contest = next(c for c in case.contests if c.incident.id == kobani)
    assert int(row["number_of_sources"]) == contest.count.voices
    assert contest.count.voices != len(contest.reports)
    for name in ("source_office", "source_date", "source_headline"):
        assert row[name].count(";") == len(contest.reports) - 1, name
    assert row["sha256"].split("; ") == [case.store.report(id).capture for id in contest.reports]


def test_ged_is_read_again_by_our_own_reader_of_recorders_tables(file: File, tmp_path: Path, kobani: str) -> None:
    readings = reimported(tmp_path / "ged.csv", file("ged"))
    assert len(readings) == 2
    (incident,) = next(r.incidents for r in readings if kobani in r.text)
    assert incident.killed == Range(3, 7)
    assert incident.date is not None
    assert incident.place is not None
    assert (incident.date.start, incident.place.name, incident.place.lat) == ("2019-05-06", "Kobani", 36.89095)
    # what a machine read must not come back as the word of the recorder whose columns it has
    assert {figure.speaker for reading in readings for figure in reading.figures} == {"Counterclaim, as UCDP GED"}


def test_airwars_has_the_grading_and_what_the_accused_say(file: File, tmp_path: Path, kobani: str) -> None:
    rows = table(file("airwars"))
    row = one(rows, code=kobani)
    assert (row["grading"], row["belligerents"], row["belligerent_1_role"]) == ("Fair", row["belligerent_1"], "known")
    assert "Syria" in row["belligerent_1"]
    assert {word.split(" (")[0] for word in row["belligerent_1_position"].split("; ")} == {"denies", "accepts"}
    assert "admitted" in row["belligerent_1_statement"]
    assert (row["belligerent_1_deaths_conceded_min"], row["belligerent_1_deaths_conceded_max"]) == ("2", "2")
    assert (row["civilians_killed_min"], row["civilians_killed_max"], row["strike_status"]) == ("2", "7", "Declared strike")
    assert [r["grading"] for r in rows if r["code"] != kobani] == [""]
    (incident,) = next(r.incidents for r in reimported(tmp_path / "airwars.csv", file("airwars")) if kobani in r.text)
    assert incident.civilians_killed == Range(2, 7)


def test_a_profile_changes_what_airwars_sums_up_and_nothing_else(file: File) -> None:
    assert file("figures", profile="airwars") == file("figures")
    assert file("ged", profile="airwars") == file("ged")
    assert list(table(file("airwars", profile="airwars"))[0]) == list(table(file("airwars"))[0])


def test_every_figure_and_claim_leads_back_to_its_words_and_the_hash(file: File, case: Case) -> None:
    texts = {read.report.id: read.report for read in case.reports}
    told = {"figures": "words", "claims": "content"}
    for name, words in told.items():
        rows = table(file(name))
        assert len(rows) >= 5
        for row in rows:
            report = texts[row["report"]]
            said = report.text[int(row["start"]) : int(row["end"])]
            sentence = report.text[int(row["sentence_start"]) : int(row["sentence_end"])]
            assert " ".join(said.split()).startswith(row[words].split(" … ")[0].lstrip("'"))
            assert " ".join(sentence.split()) == row["sentence"].lstrip("'")
            assert said in sentence
            assert row["sha256"] == report.capture
            assert case.references.target(row["figure" if name == "figures" else "statement"])


def test_figures_hold_what_the_contest_counts(file: File, case: Case, kobani: str) -> None:
    rows = [row for row in table(file("figures")) if row["incident"] == kobani]
    contest = next(c for c in case.contests if c.incident.id == kobani)
    told = {(row["low"], row["high"], row["victims"], row["speaker"]) for row in rows if not row["repeats"]}
    assert told == {
        ("" if t.low is None else str(t.low), "" if t.high is None else str(t.high), t.victims, t.speaker or "")
        for t in contest.tolls
    }
    assert one(rows, low="5")["status"] == "accepted"
    assert {row["status"] for row in rows if row["low"] != "5"} == {NOT_VERIFIED}
    assert one(rows, low="7")["qualifier"] == "at least"


def test_an_accusation_and_its_denial_meet_on_one_claim(file: File, kobani: str) -> None:
    rows = [r for r in table(file("claims")) if r["incident"] == kobani and r["question"] == "responsibility"]
    claims = {(row["claim"], row["target"]) for row in rows}
    assert len(claims) == 1
    assert {row["polarity"] for row in rows} == {"asserts", "denies", "admits"}


def test_what_a_spreadsheet_would_run_is_told_as_words(file: File) -> None:
    (row,) = (row for row in table(file("reports")) if "HYPERLINK" in row["headline"])
    assert row["headline"].startswith("'=")


def test_hxl_reads_its_tags(file: File, case: Case, kobani: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of what libhxl stands on
        hxl = pytest.importorskip("hxl")
        rows = hxl.data(hxl.make_input(io.BytesIO(file("figures-hxl")), hxl.input.InputOptions(allow_local=True)))
        found = [row for row in rows if row.get("#event+id") == kobani]
    assert sorted(row.get("#indicator+value+min") for row in found) == sorted(
        row["low"] for row in table(file("figures")) if row["incident"] == kobani
    )
    assert {row.get("#status+verified") for row in found} == {NOT_VERIFIED, "accepted"}
    for name in ("incidents-hxl", "claims-hxl"):
        tags = table(file(name))[0].values()
        assert all(tag.startswith("#") for tag in tags), name


@pytest.mark.parametrize("name", ["figures", "claims"])
def test_parquet_holds_the_same_rows_with_their_types(file: File, tmp_path: Path, name: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / f"{name}.parquet"
    path.write_bytes(file(f"{name}-parquet"))
    assert path.read_bytes() == file(f"{name}-parquet")
    with duckdb.connect() as base:
        answer = base.execute(f"SELECT * FROM '{path}'")
        names, rows = [column[0] for column in answer.description], answer.fetchall()
    plain = table(file(name))
    assert names == list(plain[0])
    shown = [
        {n: "" if v is None else str(v).lower() if isinstance(v, bool) else str(v) for n, v in zip(names, r, strict=True)}
        for r in rows
    ]
    assert [{n: v.lstrip("'") for n, v in row.items()} for row in plain] == [
        {n: v.lstrip("'") for n, v in row.items()} for row in shown
    ]
    assert isinstance(rows[0][names.index("start")], int)
    assert isinstance(rows[0][names.index("confidence")], float)


def test_the_map_is_geojson_and_has_the_points(file: File, kobani: str) -> None:
    told = geojson.loads(file("geojson"))
    assert told.is_valid, told.errors()
    feature = next(f for f in told["features"] if f["id"] == kobani)
    assert feature["geometry"]["coordinates"] == [38.35347, 36.89095]
    assert (feature["properties"]["killed_low"], feature["properties"]["status"]) == (1, "graded")
    assert feature["properties"]["checked"].startswith("1 of ")
    assert json.loads(file("geojson"))["coarseness"] == "exact"


def test_the_data_package_is_valid_and_its_tables_refer_to_one_another(file: File, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what frictionless stands on
        frictionless = pytest.importorskip("frictionless")
        path = tmp_path / "package.zip"
        path.write_bytes(file("datapackage"))
        with frictionless.system.use_context(trusted=True):
            package = frictionless.Package(str(path))
            answer = package.validate()
    assert answer.valid, answer.flatten(["title", "description", "message"])
    assert package.resource_names == ["reports", "incidents", "ranges", "figures", "claims", "ged"]
    with zipfile.ZipFile(path) as packed:
        described: dict[str, Any] = json.loads(packed.read("datapackage.json"))
        assert packed.read("figures.csv") == file("figures")
        (damaged,) = (r for r in described["resources"] if r["name"] == "figures")
    assert {field["name"] for field in damaged["schema"]["fields"]} == set(table(file("figures"))[0])
    assert all(len(field["description"]) > 10 for r in described["resources"] for field in r["schema"]["fields"])


def test_a_table_that_refers_to_what_is_not_there_does_not_pass(file: File, tmp_path: Path, kobani: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frictionless = pytest.importorskip("frictionless")
        path = tmp_path / "package.zip"
        with zipfile.ZipFile(io.BytesIO(file("datapackage"))) as packed, zipfile.ZipFile(path, "w") as other:
            for name in packed.namelist():
                data = packed.read(name)
                if name == "datapackage.json":
                    described = json.loads(data)
                    for resource in described["resources"]:
                        del resource["bytes"], resource["hash"]
                    data = json.dumps(described).encode()
                other.writestr(name, data.replace(kobani.encode(), b"nowhere", 1) if name == "figures.csv" else data)
        with frictionless.system.use_context(trusted=True):
            answer = frictionless.Package(str(path)).validate()
    assert [error[0] for error in answer.flatten(["type"])] == ["foreign-key"]


@pytest.mark.parametrize("name", list(FORMATS))
def test_the_same_case_gives_the_same_bytes(file: File, taken: Callable[..., Export], name: str) -> None:
    assert file(name) == file(name)
    assert sum(rows for _, rows in FORMATS[name].write(taken())) > 0
