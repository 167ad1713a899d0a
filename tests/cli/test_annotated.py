"""From a case to an annotation tool and back, by the commands alone."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from counterclaim.cli import main
from counterclaim.pipeline import Case

TEXT = "Officials said on Monday 😔 that 14 people were killed in an air strike on a market in Velmira. The army denied it."


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


def test_out_to_label_studio_and_back_as_decisions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(f"Strike on Velmira\n\n4 May 2031\n\n{TEXT}", "utf-8")
    case, tasks, project, lines = (str(tmp_path / name) for name in ("a.case", "tasks.zip", "project.json", "lines.jsonl"))
    with Case(case) as opened:
        opened.add(tmp_path / "a.txt")
        opened.run()
    assert run("export", case, "--as", "label-studio", "--for", "public", "-o", tasks) == 1
    assert "--for internal" in capsys.readouterr().err
    assert not Path(tasks).exists()
    assert run("export", case, "--as", "label-studio", "--for", "internal", "-o", tasks) == 0
    with zipfile.ZipFile(tasks) as archive:
        (task,) = json.loads(archive.read("tasks.json"))
    result = task["predictions"][0]["result"]
    for one in result:
        if one.get("from_name") == "figure-low":
            one["value"]["number"] = 12
    annotation = {"id": 1, "completed_by": 4, "parent_prediction": 2, "result": result}
    Path(project).write_text(json.dumps([{"id": 9, "data": task["data"], "annotations": [annotation]}]), "utf-8")
    capsys.readouterr()
    assert run("annotated", case, project, "--user", "Cleo") == 0
    told = capsys.readouterr()
    assert "from 1 annotated report" in told.err
    Path(lines).write_text(told.out, "utf-8")
    assert run("decide", case, "--from", lines) == 0
    with Case(case) as opened:
        (figure,) = opened.reports[0].reading.figures
        assert (figure.low, figure.high) == (12, 14)
        assert {s.decision.user for s in opened.view.standings} == {"Cleo"}
        assert all(s.state == "in force" for s in opened.view.standings)
        corrected = next(s.decision for s in opened.view.standings if s.decision.kind == "correct")
        assert corrected.reason == "Label Studio, annotation 1"
    for wrong in (str(tmp_path / "nowhere.json"), tasks, str(tmp_path / "a.txt")):
        assert run("annotated", case, wrong) == 3
