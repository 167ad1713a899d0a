"""What each audience is not shown: names, accounts, points, texts, incidents that are too young, and what leads back to them."""

from __future__ import annotations

import contextlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import pypdfium2
import pytest

from counterclaim.errors import CaseError, CounterclaimError
from counterclaim.exchange import Export
from counterclaim.exchange.datapackage import TABLES
from counterclaim.pipeline import Case
from counterclaim.publishing import FORMATS, Terms, gathered, stays

NOW = datetime(2024, 5, 1, tzinfo=UTC)
File = Callable[..., bytes]
EXACT = ("38.35347", "36.89095", "37.16117", "36.20124")
ACCOUNTS = ("kobani_now", "lana_k_1990")


EACH = [name for name in FORMATS if name != "all"]
"""Everything in one archive is what each of these writes; it has tests of its own."""


def words(data: bytes) -> str:
    """Everything that can be read in a file."""
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return "\n".join(name + words(packed.read(name)) for name in packed.namelist())
    if data[:4] == b"PAR1":
        duckdb = pytest.importorskip("duckdb")
        import tempfile

        with tempfile.NamedTemporaryFile(suffix=".parquet") as file, duckdb.connect() as base:
            file.write(data)
            file.flush()
            return str(base.execute(f"SELECT * FROM '{file.name}'").fetchall())
    if data[:5] == b"%PDF-":
        return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data))
    return data.decode()


@pytest.mark.parametrize("name", EACH)
def test_nobody_who_is_masked_stands_in_a_public_file(file: File, name: str) -> None:
    told = ""
    with contextlib.suppress(CounterclaimError):  # a format that is nothing without whole texts is refused
        told = words(file(name, "public"))
    for hidden in ("Saleh", "Haddo", "Nuri", "Omar", "Ada", "Moss", *ACCOUNTS, *EXACT):
        assert hidden not in told, hidden


@pytest.mark.parametrize("name", ["figures", "claims", "dossier", "datapackage"])
def test_those_at_work_see_everything(file: File, name: str) -> None:
    told = words(file(name))
    assert "Saleh" in told
    assert "lana_k_1990" in told


def test_a_partner_sees_the_names_of_the_dead_but_of_no_child_witness_or_private_person(
    file: File, taken: Callable[..., Export]
) -> None:
    reasons = {person.name: person.why for person in taken("partner").masks.hidden}
    assert reasons["Lana Saleh"] == "minor"
    assert "victim" not in reasons.values()
    told = words(file("claims", "partner"))
    assert "Lana" not in told
    assert "Haddo" not in told
    assert not any(account in told for account in ACCOUNTS)
    assert EXACT[0] in words(file("incidents", "partner"))


def test_whom_somebody_decides_to_show_is_named_and_what_somebody_wants_gone_is_not(file: File) -> None:
    assert "Omar Haddo" in words(file("lines"))
    told = words(file("lines", "public", shown=("Omar Haddo",), words=("Kobani",)))
    assert "Omar Haddo" in told
    assert "Saleh" not in told
    assert "Kobani" not in told


@pytest.mark.parametrize(
    ("coarseness", "name", "lat"),
    [("exact", "Kobani", 36.89095), ("10km", "Kobani", 36.9), ("admin1", "Aleppo", 36.0), ("country", "Syria", 35.0)],
)
def test_points_are_told_as_closely_as_is_asked(
    file: File, kobani: str, coarseness: str, name: str, lat: float
) -> None:  # fmt: skip
    told = json.loads(file("geojson", "public", coarseness=coarseness))
    feature = next(f for f in told["features"] if f["id"] == kobani)
    assert feature["properties"]["place"] == name
    assert feature["geometry"]["coordinates"][1] == pytest.approx(lat, abs=0.5 if coarseness in ("admin1", "country") else 0)
    assert feature["properties"]["title"].startswith(name)
    assert told["coarseness"] == coarseness


def test_quotations_are_short_outside_and_no_text_is_whole(file: File, taken: Callable[..., Export], case: Case) -> None:
    assert max(len(case.store.report(id).text) for id in taken().reports) > 400
    for name, most in (("public", 200), ("partner", 400)):
        export = taken(name)
        shown = export.quote(" ".join(["word"] * 200))
        assert len(shown) <= most
        assert shown.endswith("word…")
    for table in TABLES:
        quoted = [n for n, column in enumerate(table.columns) if column.kind == "quote"]
        cells = [len(str(row[n] or "")) for row in table.cells(taken("public")) for n in quoted]
        assert max(cells, default=0) <= 200, table.name
    # "on the market" is cited, "two planes had come back" stands in no incident's statement
    assert "come back" in words(file("dossier"))
    assert "come back" not in words(file("dossier", "public"))


def test_the_public_dossier_quotes_no_more_than_it_says(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("long")
    long = (
        "The mayor said on Monday that at least 19 people were killed in the air strike on the market in Kobani on 6 May, when "
        "traders from the villages around had come to sell their lambs and the square was as full as on no other day, and that "
        "the wounded had been taken to three hospitals beyond the river because those of the town had no more beds for them."
    )
    (folder / "long.txt").write_text(f"Market hit in Kobani\n\n7 May 2019\n\n{long}\n", "utf-8")
    with Case(folder / "case.db") as opened:
        opened.add(folder / "long.txt")
        opened.run()
        for audience, whole in (("public", False), ("partner", True), ("internal", True)):
            export = gathered(opened, Terms(audience=audience), "case", NOW)
            told = re.sub(r"<[^>]*>", "", words(b"".join(piece for piece, _ in FORMATS["dossier"].write(export))))
            assert ("no more beds for them" in told) is whole
            assert "at least 19 people were killed" in told
            assert "machine-extracted, not verified" in told.lower()
            assert all(read.report.capture in told for read in export.reports.values())
            assert ("at most 200 characters of one" in told) is (audience == "public")


def test_half_a_name_is_never_left_by_a_cut(taken: Callable[..., Export]) -> None:
    export = taken("public")
    for before in range(170, 200):
        assert "Sal" not in export.quote("x" * before + " Nuri Saleh died there")


def test_an_incident_that_is_too_young_leaves_with_nothing_of_it(file: File, taken: Callable[..., Export], kobani: str) -> None:
    export = taken("public", delay=30)
    assert [contest.incident.id for contest in export.contests] == [kobani]
    (line,) = export.left_out
    assert line.startswith("1 incident of the last 30 days")
    for name in EACH:
        with contextlib.suppress(CounterclaimError):
            told = words(file(name, "public", delay=30))
            assert "29 April" not in told, name
            assert "governor" not in told, name
    assert "left out" in words(file("dossier", "public", delay=30))


def test_only_the_incident_that_is_asked_for_leaves(file: File, taken: Callable[..., Export], kobani: str) -> None:
    assert "governor" not in words(file("datapackage", incidents=(kobani,)))
    with pytest.raises(CaseError, match="no incident i0"):
        taken(incidents=("i0",))


def test_whoever_publishes_sees_what_stays_behind_and_why(taken: Callable[..., Export]) -> None:
    lines = list(stays(taken("public", delay=30, words=("market",))))
    assert any("Lana Saleh" in line and "minor" in line for line in lines)
    assert any("Omar Haddo" in line for line in lines)
    assert any("@lana_k_1990" in line for line in lines)
    assert any("Ada Moss" in line and line.startswith("analyst 1") for line in lines)
    assert any("38.35347" in line and "38.4" in line for line in lines)
    assert any("market" in line for line in lines)
    assert any("30 days" in line for line in lines)
    assert list(stays(taken("internal"))) == []


def test_a_report_that_is_hidden_or_redacted_leaves_no_words(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("hidden")
    for name, n in (("one", 8), ("two", 9), ("three", 11)):
        story = f"The {name} gazette said that {n} people were killed in an air strike on a bridge in Raqqa on 3 May 2019.\n"
        (folder / f"{name}.txt").write_text(f"Strike, by the {name} gazette\n\n4 May 2019\n\n{story}", "utf-8")
    with Case(folder / "case.db") as case:
        case.add(*(folder / f"{name}.txt" for name in ("one", "two", "three")))
        case.run()
        ids = {
            word: read.report.id
            for read in case.reports
            for word in ("one", "two", "three")
            if f"the {word} " in (read.report.title or "")
        }
        case.decide("accept", next(t.ref for c in case.contests for t in c.tolls if t.ref.report == ids["one"]), user="Ada")
        case.decide("hide", ids["one"], user="Ada", reason="a source asks for it")
        case.redact(ids["two"], user="Ada", reason="a court asks for it")
        export = gathered(case, Terms(audience="public"), "Raqqa", NOW)
        for name in EACH:
            with contextlib.suppress(CounterclaimError):
                told = words(b"".join(piece for piece, _ in FORMATS[name].write(export)))
                assert "one gazette" not in told, name
                assert "two gazette" not in told, name
        assert "three gazette" in words(b"".join(piece for piece, _ in FORMATS["figures"].write(export)))
