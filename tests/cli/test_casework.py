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


def test_what_was_known_by_a_day(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "then.html"
    for day, told, reports in (("2031-05-03", False, 0), ("2031-05-04", True, 1)):
        assert run("dossier", case, "--known-on", day, "--html", str(page)) == 0
        said = capsys.readouterr()
        assert f"As known on {day}: {reports} report{'' if reports == 1 else 's'} of 1" in said.err
        assert ("14 killed" in said.out, "Velmira" in page.read_text("utf-8")) == (told, told)
        assert f"as known on {day}" in page.read_text("utf-8")
    assert run("dossier", case, "--known-on", "May") == 3
    assert "give it as YYYY-MM-DD" in capsys.readouterr().err


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


def test_decided_and_graded_without_the_page(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("facts", case) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    kinds = {row[1]: row[0] for row in reversed(rows)}
    figure, incident = kinds["figure"], kinds["incident"]
    assert run("facts", case, incident) == 0
    assert figure in capsys.readouterr().out
    assert run("decide", case, "correct", figure, "--set", "high=15", "--set", "speaker=The Board", "--user", "Ada") == 0
    assert "2 decisions kept: 1, 2" in capsys.readouterr().out
    lines = tmp_path / "lines.jsonl"
    lines.write_text(f'{{"kind": "accept", "target": "{kinds["statement"]}"}}\n\n{{"kind": "same", "names": ["A", "B"]}}\n')
    assert run("decide", case, "--from", str(lines), "--user", "Ben") == 0
    assert run("grade", case, incident, "fair", "--low", "9", "--best", "14", "--cite", figure, "--user", "Cleo") == 0
    assert "grading g1 kept" in capsys.readouterr().out
    with Case(case) as opened:
        assert [d.user for d in opened.store.decisions()] == ["Ada", "Ada", "Ben", "Ben"]
        ref = opened.references.target(figure)
        assert isinstance(ref, FigureRef)
        read = next(r for r in opened.reports if r.report.id == ref.report)
        corrected = read.figure(ref.figure)
        assert (corrected.high, corrected.speaker) == (15, "The Board")
        (graded,) = opened.view.graded
        assert (graded.incident, graded.assessment.best) == (incident, 14)
        (cited,) = graded.assessment.cited
        assert cited.quote == read.report.text[slice(*corrected.span)]
    assert run("decisions", case) == 0
    assert 'same name ["A", "B"]' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["decide", "CASE", "bless", "x", "--user", "Ada"], "no decision is called 'bless'"),
        (["decide", "CASE", "accept", "--user", "Ada"], "accept needs to be told what"),
        (["decide", "CASE", "accept", "nothing", "--user", "Ada"], "is no report or incident"),
        (["decide", "CASE", "correct", "nothing", "--set", "high", "--user", "Ada"], "sets nothing"),
        (["decide", "CASE", "accept", "INCIDENT"], "needs the name of who makes it"),
        (["decide", "CASE", "accept", "x", "--from", "-", "--user", "Ada"], "leave one of them out"),
        (["decide", "CASE", "--from", "nowhere.jsonl", "--user", "Ada"], "nowhere.jsonl: "),
        (["grade", "CASE", "INCIDENT", "fare", "--user", "Ada"], "is no grade of the scale"),
        (["grade", "CASE", "nothing", "fair", "--user", "Ada"], "no incident nothing"),
        (["grade", "CASE", "INCIDENT", "fair", "--cite", "zz:f1", "--user", "Ada"], "zz: is no report"),
        (["facts", "CASE", "nothing"], "is no report or incident"),
    ],
)
def test_what_cannot_be_decided_is_said_and_nothing_kept(
    case: str, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    with Case(case) as opened:
        incident = opened.linkage.incidents[0].id
    assert run(*({"CASE": case, "INCIDENT": incident}.get(word, word) for word in arguments)) in (3, 4)
    assert says in capsys.readouterr().err
    with Case(case) as opened:
        assert (opened.store.decisions(), opened.store.assessments()) == ((), ())


def test_line_that_does_not_fit_keeps_the_others_out(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text('{"kind": "same", "names": ["A", "B"]}\n{"kind": "accept", "target": "nothing"}\n')
    assert run("decide", case, "--from", str(lines), "--user", "Ada") == 4
    assert "2 of 2: nothing" in capsys.readouterr().err
    lines.write_text('{"kind": "same", "names": ["A", "B"]}\n\n{"kind": 3}\n')
    assert run("decide", case, "--from", str(lines), "--user", "Ada") == 4
    assert "line 3: " in capsys.readouterr().err
    with Case(case) as opened:
        assert opened.store.decisions() == ()


@pytest.mark.parametrize("command", ["decisions", "facts", "agreement", "dossier", "verify"])
def test_looking_makes_no_case_of_an_empty_file(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "empty.case"
    path.touch()
    assert run(command, str(path)) == 4
    assert "there is no case in it" in capsys.readouterr().err
    assert path.read_bytes() == b""
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_redacts_the_report_that_the_list_shows(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("facts", case) == 0
    shown = next(line.split("\t")[0] for line in capsys.readouterr().out.splitlines() if line.split("\t")[1] == "report")
    for report in ("", "nosuch"):
        assert run("redact", case, report, "--user", "Ada", "--reason", "a court asked") == 4
        assert "is no report of this case" in capsys.readouterr().err
    assert run("redact", case, shown, "--user", "Ada", "--reason", "a court asked") == 0
    with Case(case) as opened:
        assert "Velmira" not in opened.store.reports()[0].text
        assert opened.store.verify() == ()


def test_nothing_is_brought_together_with_itself(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    with Case(case) as opened:
        incident = opened.linkage.incidents[0].id
    assert run("decide", case, "merge", incident, incident, "--user", "Ada") == 4
    assert "is itself among the others" in capsys.readouterr().err
    assert run("decide", case, "same", "--name", "the army", "--name", "the army", "--user", "Ada") == 4
    with Case(case) as opened:
        assert opened.store.decisions() == ()
