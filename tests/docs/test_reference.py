"""The pages about the project say what the code says."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
import typer

from counterclaim.cli import app
from counterclaim.exchange.datapackage import TABLES
from counterclaim.publishing import FORMATS
from counterclaim.reading.things import kinds

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = list(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def test_the_page_of_commands_is_what_the_command_line_says() -> None:
    done = subprocess.run([sys.executable, ROOT / "docs" / "generate.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name: str) -> None:
    assert f"## counterclaim {name}\n" in (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert f"counterclaim {name}" in (ROOT / "README.md").read_text("utf-8")


def test_the_line_format_names_every_key_and_word_of_the_schema() -> None:
    page = (ROOT / "docs" / "line-format.md").read_text("utf-8")
    schema = json.loads(files("counterclaim.exchange").joinpath("read_line.schema.json").read_text("utf-8"))
    parts = [schema, *schema["$defs"].values()]
    keys = {key for part in parts for key in part.get("properties", {})}
    words = {word for part in parts for p in part.get("properties", {}).values() for word in p.get("enum", [])}
    assert len(keys) > 30
    assert len(words) > 50
    assert [name for name in sorted(keys | words) if f"`{name}`" not in page] == []


def test_the_line_format_names_every_kind_of_detail() -> None:
    page = (ROOT / "docs" / "line-format.md").read_text("utf-8")
    assert [kind for _, kind in kinds() if f"`{kind}`" not in page] == []


@pytest.mark.parametrize("page", sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")]), ids=lambda p: p.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_the_picture_of_the_house_names_every_room() -> None:
    picture = (ROOT / "docs" / "house.md").read_text("utf-8")
    package = ROOT / "src" / "counterclaim"
    rooms = [p.parent.name + "/" for p in package.glob("*/__init__.py")]
    modules = [p.name for p in package.glob("*.py") if not p.name.startswith("_")]
    assert len(rooms) >= 10
    assert [name for name in rooms + modules if name not in picture] == []


def test_the_python_in_the_readme_runs(tmp_path: Path) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.S)
    reports = tmp_path / "reports"
    reports.mkdir()
    report = "Nine people were killed in an air strike on a market in Idlib on 3 March 2020, the mayor said.\n"
    (reports / "a.txt").write_text(report, "utf-8")
    done = subprocess.run([sys.executable, "-c", block], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert re.match(r"At least 12 people.* 12 None the mayor$", done.stdout.splitlines()[0])
    assert "Idlib" in done.stdout


def test_the_page_of_exports_tells_every_format_and_column() -> None:
    page = (ROOT / "docs" / "exports.md").read_text("utf-8")
    assert [key for key in FORMATS if f"| `{key}` |" not in page] == []
    columns = {column.name for table in TABLES for column in table.columns}
    assert len(columns) > 100
    assert [name for name in sorted(columns) if f"| `{name}` |" not in page] == []
    assert "\nNone\n" not in page


def test_the_samples_lead_back_to_the_bundled_case() -> None:
    reports = {row["report"]: row["sha256"] for row in _rows("reports.csv")}
    assert len(reports) == 3
    bundled = files("counterclaim").joinpath("examples", "kabul-drone-2021", "reports")
    captured = {hashlib.sha256(file.read_bytes()).hexdigest() for file in bundled.iterdir()}
    assert set(reports.values()) <= captured
    for name in ("figures.csv", "claims.csv"):
        rows = _rows(name)
        assert len(rows) > 5
        assert all(reports[row["report"]] == row["sha256"] for row in rows)


def _rows(sample: str) -> list[dict[str, str]]:
    with (ROOT / "docs" / "samples" / sample).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
