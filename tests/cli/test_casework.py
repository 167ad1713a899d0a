"""The commands by which people work on a case, from the outside."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from counterclaim.cli import main
from counterclaim.pipeline import Case
from counterclaim.records import FigureRef

TEXT = "Officials said on Monday that 14 people were killed in an air strike on a market in Velmira. The army denied it."


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("casework")
    (folder / "a.txt").write_text(f"Strike on Velmira\n\n4 May 2031\n\n{TEXT}", "utf-8")
    path = folder / "a.case"
    with Case(path) as case:
        case.add(folder)
        case.run()
    return path


@pytest.fixture
def case(made: Path, tmp_path: Path) -> str:
    return str(shutil.copy(made, tmp_path / "a.case"))


def test_from_decision_to_verify(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = str(shutil.copy(case, tmp_path / "b.case"))
    for path, user, value in ((case, "Ada", 15), (copy, "Ben", 16)):
        with Case(path) as opened:
            read = opened.reports[0]
            ref = FigureRef(read.report.id, read.reading.figures[0].id)
            opened.decide("correct", ref, user=user, role="high", value=value, reason="misread")
    assert run("merge", case, copy) == 0
    said = capsys.readouterr()
    assert "0 reports, 1 decision, 0 gradings taken in" in said.out
    assert "2 decisions differ" in said.err
    assert run("decisions", case) == 0
    assert capsys.readouterr().out.count("disputed") == 2
    assert run("agreement", case) == 0
    assert "figure high: 1 fact, 0% agree" in capsys.readouterr().out
    assert run("undo", case, "1", "--user", "Ben") == 4
    assert "is Ada's, not Ben's" in capsys.readouterr().err
    assert run("lead", case, "Cleo", "--user", "Ada") == 0
    assert run("undo", case, "1", "--user", "Cleo") == 0
    capsys.readouterr()
    assert run("dossier", case, "--as-of", "2001-01-01") == 4
    assert "there was no case yet" in capsys.readouterr().err
    assert run("dossier", case, "--as-of", "soon") == 3
    assert run("dossier", case, "--as-of", "2999-01-01", "--html", str(tmp_path / "then.html")) == 0
    assert "16" in capsys.readouterr().out
    report = read.report.id
    assert run("redact", case, report, "--user", "Ada", "--reason", "asked", "--words", "nowhere") == 4
    assert run("redact", case, report, "--user", "Ada", "--reason", "a plea", "--words", "Velmira") == 0
    capsys.readouterr()
    assert run("verify", case) == 0
    assert "redacted by Ada" in capsys.readouterr().out
    assert b"Velmira" not in Path(case).read_bytes()


def test_no_such_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nowhere = str(tmp_path / "nowhere.case")
    for command in (
        ["decisions", nowhere],
        ["verify", nowhere],
        ["merge", nowhere, nowhere],
        ["agreement", nowhere],
        ["dossier", nowhere],
    ):
        assert run(*command) == 4
        assert "no such case" in capsys.readouterr().err
