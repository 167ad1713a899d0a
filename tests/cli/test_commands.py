"""The command line: what goes where, what the exit status says, and that no input and no error shows a trace."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from counterclaim.cli import main
from counterclaim.errors import EmptyInput, ModelError
from counterclaim.records import NO_EVIDENCE, CopyLink, Incident, IncidentRef, Linkage, Reading, ReadReport, Report
from counterclaim.version import __version__

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    """Runs the command line in an empty folder: exit status, standard output, standard error."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            main([str(a) for a in arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return int(ended.value.code or 0), said.out, said.err

    return run


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A pipeline of the test's own, so that only the command line is tried."""
    import_module("counterclaim.scale")  # which takes the pipeline's own functions
    module = ModuleType("counterclaim.pipeline")
    module.read = lambda text, **known: Reading(text=text)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "counterclaim.pipeline", module)
    return module


def rows(lines: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.splitlines()]


def test_version(call: Call) -> None:
    assert call("--version") == (0, f"counterclaim {__version__}\n", "")


def test_wrong_usage_is_2(call: Call) -> None:
    assert call("frobnicate")[0] == 2
    assert call("run")[0] == 2
    assert call("read", "-", "--house")[0] == 2


@pytest.mark.usefixtures("pipeline")
def test_read_answers_every_line_in_order(call: Call, tmp_path: Path) -> None:
    given = tmp_path / "in.jsonl"
    given.write_bytes(b'{"id": "b", "text": "One."}\nnonsense\n\n{"id": 2, "text": 5}\n{"id": "a", "text": "a \\ud800"}')
    status, out, err = call("read", given, "-o", tmp_path / "out.jsonl")
    answers = rows((tmp_path / "out.jsonl").read_text("utf-8"))
    assert [a["id"] for a in answers] == ["b", None, None, 2, "a"]
    assert ["error" in a for a in answers] == [False, True, True, True, False]
    assert "line 2" in answers[1]["error"]
    assert (status, out) == (3, "")
    assert [line.split(":")[1].strip() for line in err.splitlines()[:3]] == ["line 2", "line 3", "line 4"]
    assert "3 lines not read" in err


@pytest.mark.usefixtures("pipeline")
def test_read_streams(call: Call) -> None:
    status, out, err = call("read", "-", stdin=b'{"id": 1, "text": "One."}\n')
    assert (status, err) == (0, "")
    assert [a["id"] for a in rows(out)] == [1]


def test_read_hands_on_what_the_line_gives(call: Call, pipeline: ModuleType) -> None:
    seen: list[Any] = []
    pipeline.read = lambda text, **known: seen.append((text, known)) or Reading(text=text)  # type: ignore[attr-defined]
    line = {"id": 1, "text": "One.", "published": "2017-04-02", "url": "u", "outlet": "o", "title": "t"}
    assert call("read", "-", "--profile", "airwars", stdin=json.dumps(line).encode())[0] == 0
    known = {"published": "2017-04-02", "url": "u", "outlet": "o", "title": "t", "profile": "airwars", "actors": None}
    assert seen == [("One.", known)]


def test_a_text_that_is_not_read_is_said_and_counted(call: Call, pipeline: ModuleType) -> None:
    pipeline.read = lambda text, **known: Reading(text=text, error="not read: language de")  # type: ignore[attr-defined]
    status, out, err = call("read", "-", stdin=b'{"id": 1, "text": "Eins."}\n')
    assert status == 3
    assert rows(out)[0]["error"] == "not read: language de"
    assert "line 1" in err


@pytest.mark.usefixtures("pipeline")
def test_the_input_is_never_written_over(call: Call, tmp_path: Path) -> None:
    given = tmp_path / "in.jsonl"
    given.write_bytes(b'{"id": 1, "text": "One."}\n')
    status, _, err = call("read", given, "-o", given)
    assert (status, given.stat().st_size > 0) == (3, True)
    assert "name another file" in err


@pytest.mark.usefixtures("pipeline")
def test_an_input_that_is_not_there(call: Call, tmp_path: Path) -> None:
    status, _, err = call("read", "nowhere.jsonl", "-o", "out.jsonl")
    assert status == 3
    assert err.startswith("error: nowhere.jsonl: ")
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.usefixtures("pipeline")
def test_an_output_that_cannot_be_written(call: Call) -> None:
    status, _, err = call("read", "-", "-o", "no/such/folder.jsonl", stdin=b"")
    assert status == 1
    assert err == "error: no/such/folder.jsonl: No such file or directory\n"


def test_errors_of_the_tree_end_with_their_own_status(call: Call, pipeline: ModuleType) -> None:
    def fail(text: str, **known: object) -> Reading:
        raise ModelError("the parser is not installed; install it")

    pipeline.read = fail  # type: ignore[attr-defined]
    status, _, err = call("read", "-", stdin=b'{"id": 1, "text": "One."}\n')
    assert (status, err) == (5, "error: the parser is not installed; install it\n")


def test_a_text_that_trips_the_reader_costs_no_other(call: Call, pipeline: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_once(text: str, **known: object) -> Reading:
        if text == "Trip.":
            raise ZeroDivisionError("by naught")
        return Reading(text=text)

    pipeline.read = fail_once  # type: ignore[attr-defined]
    lines = b'{"id": 1, "text": "Trip."}\n{"id": 2, "text": "One."}\n'
    status, out, err = call("read", "-", stdin=lines)
    bad, good = rows(out)
    assert status == 3
    assert bad["error"].startswith("line 1: could not be read: ZeroDivisionError: by naught; ")
    assert bad["figures"] == []
    assert "error" not in good
    assert "--debug" in err
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    with pytest.raises(ZeroDivisionError):
        main(["--debug", "read", "-"])


def test_anything_else_is_one_line_unless_the_trace_is_asked_for(call: Call, pipeline: ModuleType) -> None:
    def fail(*reports: object, **known: object) -> None:
        raise ZeroDivisionError("by naught")

    pipeline.link = fail  # type: ignore[attr-defined]
    status, _, err = call("link", "-")
    assert status == 1
    assert len(err.splitlines()) == 1
    assert "ZeroDivisionError" in err
    assert "--debug" in err
    with pytest.raises(ZeroDivisionError):
        main(["--debug", "link", "-"])


def test_link_gives_back_the_ids_of_the_lines(call: Call, pipeline: ModuleType) -> None:
    def link(
        reports: list[Report], *, progress: Callable[[str, int, int], None], readings: object
    ) -> tuple[tuple[ReadReport, ...], Linkage]:
        assert [r.text for r in reports] == ["One.", "One.", "Zwei."]
        a, b, c = (r.id for r in reports)
        members = (IncidentRef(a, 0), IncidentRef(b, 0))
        incident = Incident(id="i1", title="One", date=None, place=None, alleged=(), members=members)
        read = [ReadReport(r, Reading(text=r.text, error="not read: language de" if r.id == c else None)) for r in reports]
        return tuple(read), Linkage(copies=(CopyLink(b, a, "copied", 1.0),), incidents=(incident,))

    pipeline.link = link  # type: ignore[attr-defined]
    lines = [{"id": "x", "text": "One."}, 3, {"id": 7, "text": "One."}, {"id": None, "text": "Zwei."}]
    status, out, err = call("link", "-", stdin="\n".join(map(json.dumps, lines)).encode())
    first, bad, copy, foreign = rows(out)
    assert first == {"id": "x", "copy_of": None, "incidents": ["i1"]}
    assert copy == {"id": 7, "copy_of": "x", "incidents": ["i1"]}
    assert (bad["id"], bad["incidents"]) == (None, [])
    assert "line 2" in bad["error"]
    assert foreign == {"id": None, "copy_of": None, "incidents": [], "error": "not read: language de"}
    assert status == 3
    assert "2 lines not read" in err


class FakeCase:
    """A case that remembers what it was asked, with one file left out where it is told so."""

    asked: list[Any]
    left_out: tuple[EmptyInput, ...] = ()

    def __init__(self, path: str | None = None) -> None:
        self.asked = [path]
        self.contests, self.linkage, self.evidence = (), Linkage(), NO_EVIDENCE
        self.reports: tuple[SimpleNamespace, ...] = ()

    def add(self, *paths: str, progress: Callable[[str, int, int], None], **_: Any) -> SimpleNamespace:
        progress("adding", 1, 1)
        self.asked.append(paths)
        german = SimpleNamespace(id="2", not_read="not read: language de")
        return SimpleNamespace(added=(SimpleNamespace(id="1", not_read=None), german), known=2, left_out=self.left_out)

    def run(self, progress: Callable[[str, int, int], None], **_: Any) -> None:
        progress("reading", 1, 1)
        unread = (("1", None), ("2", "not read: language de"))
        self.reports = tuple(SimpleNamespace(report=SimpleNamespace(id=i), reading=SimpleNamespace(error=e)) for i, e in unread)

    def close(self) -> None:
        pass


@pytest.fixture
def dossier(pipeline: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[FakeCase]:
    """Puts a case and a dossier of the test's own in place; the cases that were opened."""
    opened: list[FakeCase] = []

    def case(*given: Any, **named: Any) -> FakeCase:
        opened.append(FakeCase(*given, **named))
        return opened[-1]

    pipeline.Case = case  # type: ignore[attr-defined]
    module = ModuleType("counterclaim.dossier")
    module.print_dossier = lambda *_, left_out, evidence: print("the dossier", len(left_out))  # type: ignore[attr-defined]
    module.to_html = lambda *_, title, made_with, left_out, evidence: f"<p>{title} {made_with} {len(left_out)}"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "counterclaim.dossier", module)
    return opened


def test_run_prints_the_dossier_and_says_where_things_went(call: Call, dossier: list[FakeCase], tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "a.txt").touch()
    status, out, err = call("run", "a.txt", "folder", "--case", "mosul.db")
    assert (status, out) == (0, "the dossier 0\n")
    assert dossier[0].asked == ["mosul.db", ("a.txt", "folder")]
    assert (tmp_path / "mosul.html").read_text("utf-8").startswith("<p>")
    assert [
        line.split()[-1] for line in err.splitlines() if line.startswith(("new reports", "  kept, not read", "already in"))
    ] == ["2", "1", "2"]
    assert "mosul.db" in err
    assert (tmp_path / "mosul.html").as_uri() in err


def test_run_goes_on_without_a_bad_file_and_ends_with_3(
    call: Call, dossier: list[FakeCase], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(FakeCase, "left_out", (EmptyInput("b.txt", "no words", "leave it out"),))
    status, out, err = call("run", ".", "--html", "page.html")
    assert (status, out) == (3, "the dossier 1\n")
    assert "left out: b.txt: no words; leave it out\n" in err
    assert (tmp_path / "page.html").exists()
    assert dossier[0].asked[0] == "case.db"


def test_a_path_that_is_not_there_does_not_stop_the_others(call: Call, dossier: list[FakeCase], tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    status, out, err = call("run", "a.txt", "b.txt")
    assert (status, out) == (3, "the dossier 1\n")
    assert "left out: b.txt: there is no such file or folder" in err
    assert dossier[0].asked[1] == ("a.txt",)


def test_without_any_path_that_is_there_no_case_is_made(call: Call, dossier: list[FakeCase]) -> None:
    status, _, err = call("run", "b.txt")
    assert status == 3
    assert err.startswith("error: b.txt: there is no such file or folder")
    assert dossier == []


def test_demo_reads_the_bundled_case(call: Call, dossier: list[FakeCase], tmp_path: Path) -> None:
    status, out, err = call("demo")
    assert (status, out) == (0, "the dossier 0\n")
    assert dossier[0].asked[0] is None
    (folder,) = dossier[0].asked[1]
    assert len(list(Path(folder).iterdir())) >= 10
    assert (tmp_path / "counterclaim-demo.html").as_uri() in err


def test_verify_wants_a_case_that_is_there_and_makes_none(call: Call, tmp_path: Path) -> None:
    status, out, err = call("verify", "nothing.db")
    assert (status, out) == (4, "")
    assert err.startswith("error: nothing.db: no such case")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("problems", "expected"), [((), 0), (("figure f1: its words are not in the report",), 4)])
def test_verify(call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, problems: tuple[str, ...], expected: int) -> None:
    store = SimpleNamespace(verify=lambda: problems, redactions=lambda: (), close=lambda: None)
    module = ModuleType("counterclaim.case")
    module.Store = SimpleNamespace(open=lambda path, create: store)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "counterclaim.case", module)
    (tmp_path / "case.db").touch()
    status, out, _ = call("verify", "case.db")
    assert status == expected
    assert out == ("\n".join(problems) or "case.db: sound") + "\n"


def test_doctor_finds_this_installation_able(call: Call) -> None:
    status, out, _ = call("doctor")
    assert status == 0, out
    lines = out.splitlines()
    assert [line.split()[0] for line in lines[:6]] == ["ok"] * 6
    assert {line.split()[0] for line in lines[6:]} <= {"ok", "absent"}


def test_doctor_says_what_is_wrong(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ModelError("the parser is not installed; install it")

    monkeypatch.setattr("counterclaim.models.load_parser", missing)
    status, out, _ = call("doctor")
    assert status == 5
    assert "problem  parser: the parser is not installed; install it" in out


@pytest.mark.usefixtures("pipeline")
def test_progress_is_for_terminals(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    status, out, err = call("read", "-", stdin=b'{"id": 1, "text": "One."}\n')
    assert status == 0
    assert len(rows(out)) == 1
    assert "reading" in err


def test_a_run_that_nobody_watches_says_now_and_then_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from counterclaim.commands import console

    clock = iter((0.0, 0.0, 10.0, 40.0, 41.0, 75.0))
    monkeypatch.setattr(console.time, "monotonic", lambda: next(clock))
    with console.progress_bar() as step:
        for done in (1, 11, 81, 82, 151):
            step("reading", done, 301)
    assert capsys.readouterr().err.splitlines() == [
        "reading 81 of 301, 2.0/s, 0:01:50 left",
        "reading 151 of 301, 2.0/s, 0:01:15 left",
    ]
