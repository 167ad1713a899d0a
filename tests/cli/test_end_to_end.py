"""The real way from files to answers, in processes of its own, as a user goes it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

REPORT = """BEIRUT - At least 14 people, three of them children, were killed when a shell hit a bakery in Saraqib on Monday,
the town's mayor told the Northern Post. The army denied that it had fired. "We had no units there," said Col. Adnan Farrow,
a spokesman for the army.
"""


def counterclaim(*arguments: str | Path, folder: Path, seed: str = "0") -> subprocess.CompletedProcess[str]:
    code = "from counterclaim.cli import main; main()"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "COLUMNS": "100"}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8"
    )


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lines") / "in.jsonl"
    rows = [
        {"id": "a", "text": REPORT, "published": "2019-03-05"},
        {"id": "b", "text": "𝔸 copy: " + REPORT},
        {"id": "c", "text": "Der Bürgermeister sagte, dass mindestens vierzehn Menschen getötet wurden, als die Granate kam."},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_read_answers_by_the_schema_the_same_whatever_the_hash_seed(lines: Path) -> None:
    first, second = (counterclaim("read", lines, folder=lines.parent, seed=seed) for seed in ("1", "2"))
    assert first.returncode == 3, first.stderr
    assert first.stdout == second.stdout
    answers = [json.loads(line) for line in first.stdout.splitlines()]
    schema = json.loads(files("counterclaim.exchange").joinpath("read_line.schema.json").read_text("utf-8"))
    texts = [json.loads(line)["text"] for line in lines.read_text("utf-8").splitlines()]
    for answer, text in zip(answers, texts, strict=True):
        Draft202012Validator(schema).validate(answer)
        for figure in answer["figures"]:
            start, end = figure["span"]
            assert text[start:end] == figure["text"]
    dated, undated, german = answers
    toll = dated["figures"][0]
    assert (toll["harm"], toll["low"], toll["high"], toll["qualifier"]) == ("killed", 14, None, "at least")
    assert [d["value"] for d in dated["dates"]] == ["2019-03-04"]
    assert all("2019" not in d["value"] for d in undated["dates"])
    assert german["error"] == "not read: language de"
    assert german["statements"] == []


def test_link_finds_the_copy(lines: Path) -> None:
    done = counterclaim("link", lines, folder=lines.parent)
    first, second, german = (json.loads(line) for line in done.stdout.splitlines())
    assert [first["copy_of"], second["copy_of"]].count(None) == 1
    assert first["incidents"][0] == second["incidents"][0]
    assert german["incidents"] == []


def test_demo_shows_the_bundled_case(tmp_path: Path) -> None:
    done = counterclaim("demo", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Kabul" in done.stdout
    assert "Traceback" not in done.stderr
    page = (tmp_path / "counterclaim-demo.html").read_text("utf-8")
    assert [p.name for p in tmp_path.iterdir()] == ["counterclaim-demo.html"]
    # opens offline: nothing is loaded from anywhere
    assert re.findall(r"<(?:script|img|link|iframe|source)\b[^>]*\b(?:src|href)=", page) == []
    assert "@import" not in page
    assert "url(http" not in page


def counts(said: str) -> dict[str, int]:
    """The rows of the table that a run ends with, without the reasons below them."""
    rows = (line.rsplit(maxsplit=1) for line in said.splitlines() if line.startswith(("new reports", "already", "left out  ")))
    return {what.strip(): int(n) for what, n in rows}


def test_run_leaves_out_what_is_no_report_and_a_second_run_adds_nothing(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "good.txt").write_text(REPORT, "utf-8")
    (reports / "empty.txt").write_bytes(b"")
    (reports / "rubbish.txt").write_bytes(bytes(range(256)) * 20)
    (reports / "paper.txt").write_bytes(b"\x89PNG\r\n\x1a\n....")
    first = counterclaim("run", reports, folder=tmp_path)
    assert first.returncode == 3, first.stderr
    said = [line for line in first.stderr.splitlines() if line.startswith("left out: ")]
    assert [Path(line.split(": ")[1]).name for line in said] == ["empty.txt", "paper.txt", "rubbish.txt"]
    assert "a PNG image" in said[1]
    assert counts(first.stderr) == {"new reports": 1, "left out": 3}
    assert "Saraqib" in first.stdout
    assert "paper.txt" in first.stdout
    second = counterclaim("run", reports, folder=tmp_path)
    assert counts(second.stderr) == {"new reports": 0, "already in the case": 1, "left out": 3}
    assert second.stdout == first.stdout
    assert counterclaim("verify", "case.db", folder=tmp_path).stdout == "case.db: sound\n"


def test_a_damaged_case_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "case.db").write_bytes(b"no database at all, " * 100)
    (tmp_path / "good.txt").write_text(REPORT, "utf-8")
    for arguments in (("run", "good.txt"), ("verify", "case.db")):
        done = counterclaim(*arguments, folder=tmp_path)
        assert done.returncode == 4, done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert "case.db" in done.stderr
