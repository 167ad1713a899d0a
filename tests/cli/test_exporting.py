"""The command that takes something out of a case, and what the case remembers of it."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from counterclaim.case import Store
from counterclaim.cli import app


@pytest.fixture
def case(read_case: Path, tmp_path: Path) -> str:
    for file in read_case.parent.glob("case.db*"):
        shutil.copy(file, tmp_path / file.name)
    return str(tmp_path / "case.db")


def ran(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["export", *arguments])
    return done.exit_code, done.stdout, done.stderr


def exports(case: str) -> list[dict[str, object]]:
    with Store.open(case, create=False) as store:
        return [entry.what for entry in store.log() if entry.event == "exported"]


def test_an_export_is_public_unless_said_otherwise_and_noted_in_the_log(case: str, tmp_path: Path) -> None:
    code, _, told = ran(case, "--as", "figures", "--user", "Ada")
    assert code == 0, told
    path = tmp_path / "case-public-figures.csv"
    data = path.read_bytes()
    rows = data.count(b"\n") - 1
    assert rows > 3
    (entry,) = exports(case)
    assert (entry["user"], entry["format"], entry["audience"], entry["rows"]) == ("Ada", "figures", "public", rows)
    assert entry["sha256"] == hashlib.sha256(data).hexdigest()
    assert str(entry["sha256"]) in told
    with Store.open(case, create=False) as store:
        assert store.verify() == ()


def test_standard_output_gets_the_bytes_and_nothing_else(case: str) -> None:
    code, out, _ = ran(case, "--as", "geojson", "--for", "internal", "-o", "-")
    assert code == 0
    assert json.loads(out)["audience"] == "internal"


def test_a_preview_writes_nothing(case: str, tmp_path: Path) -> None:
    before = sorted(path.name for path in tmp_path.iterdir())
    code, out, _ = ran(case, "--preview")
    assert code == 0
    assert "quotations" in out
    assert exports(case) == []
    assert [name for name in sorted(path.name for path in tmp_path.iterdir()) if "export" in name or "public" in name] == []
    assert before


def test_without_a_format_they_are_listed(case: str) -> None:
    code, out, _ = ran(case)
    assert code == 0
    assert "ged\tUCDP GED" in out


def test_what_makes_no_sense_is_refused_and_leaves_no_file(case: str, tmp_path: Path) -> None:
    for arguments in (
        ["--as", "tables"],
        ["--as", "ged", "--show", "Nobody"],
        ["--as", "ged", "-o", case],
        ["--as", "ged", "--incident", "i0", "-o", str(tmp_path / "x")],
    ):
        code, _, _ = ran(case, *arguments)
        assert code != 0, arguments
    assert not (tmp_path / "x").exists()
    assert exports(case) == []
