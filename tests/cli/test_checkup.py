"""What `doctor` says of extras: what is there and works, what is not there, what is there and does not work."""

from __future__ import annotations

import email
import sys
import tomllib
from pathlib import Path

import pytest

from counterclaim.cli import main
from counterclaim.commands import checkup

ROOT = Path(__file__).resolve().parents[2]
METADATA = """Metadata-Version: 2.4
Name: counterclaim
Provides-Extra: dev
Provides-Extra: serve
Provides-Extra: spark
Provides-Extra: older
Requires-Dist: typer>=0.20
Requires-Dist: ruff>=0.14; extra == "dev"
Requires-Dist: uvicorn>=0.40; extra == "serve"
Requires-Dist: jinja2>=3; python_version < "3" and extra == "serve"
Requires-Dist: no-such-thing-anywhere>=1; extra == "spark"
Requires-Dist: typer>=999; extra == "older"
"""


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup.metadata, "metadata", lambda name: email.message_from_string(METADATA))
    monkeypatch.setattr(checkup, "CHECKS", {"python": lambda: "fine"})


def looked(capsys: pytest.CaptureFixture[str]) -> tuple[object, dict[str, str]]:
    """The exit status of `doctor`, and its lines on extras by the extra's name."""
    with pytest.raises(SystemExit) as ended:
        main(["doctor"])
    lines = [line for line in capsys.readouterr().out.splitlines() if " extra " in line]
    return ended.value.code, {line.split(" extra ")[1].split(",")[0].split(":")[0]: line for line in lines}


@pytest.mark.usefixtures("installed")
def test_an_extra_is_told_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    status, lines = looked(capsys)
    assert sorted(lines) == ["older", "serve", "spark"]
    assert lines["serve"].startswith("ok       extra serve, the workbench: uvicorn ")
    assert lines["spark"] == (
        "absent   extra spark, archives read on Spark: no-such-thing-anywhere not installed; "
        'to have it: pip install "counterclaim[spark]"'
    )
    assert lines["older"].startswith("problem  extra older: typer is ")
    assert 'should be >=999; pip install "counterclaim[older]"' in lines["older"]
    assert status == 1


@pytest.mark.usefixtures("installed")
def test_what_is_installed_and_does_not_load_is_a_problem(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkup, "extras", lambda: {"serve": ["uvicorn"]})
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    status, lines = looked(capsys)
    assert status == 1
    assert lines["serve"].startswith("problem  extra serve, the workbench: uvicorn ")
    assert "does not load (ModuleNotFoundError" in lines["serve"]


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("java", "state"),
    [
        ("", "there is no Java; install Java 17"),
        ('openjdk version "11.0.2"', "Java 11.0.2 is too old"),
        ('openjdk version "21"', "ok "),
    ],
)
def test_spark_needs_java(
    java: str, state: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(checkup, "extras", lambda: {"spark": ["typer"]})
    monkeypatch.setenv("PATH", str(tmp_path))
    if java:
        (tmp_path / "java").write_text(f"#!/bin/sh\necho '{java}' >&2\n", "utf-8")
        (tmp_path / "java").chmod(0o755)
    _, lines = looked(capsys)
    assert state in lines["spark"]


def test_every_extra_for_users_says_what_it_is_for() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert sorted(told.keys() - checkup.EXTRAS.keys() - checkup._MAKERS) == []
