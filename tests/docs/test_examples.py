"""Every example in the documentation runs: its Python, its commands, and what it says they print."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer

from counterclaim.cli import app, main
from counterclaim.commands.checkup import bundled_case

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])

_BLOCK = re.compile(r"^```[ ]*(?P<info>[^\n`]*)\n(?P<code>.*?)^```$", re.M | re.S)
_GIVEN = re.compile(r'([\w-]+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, the file that it shows (`title`), why it is not run, its line on the page, its words."""

    language: str
    title: str
    not_run: str
    line: int
    code: str


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> list[Block]:
    """The blocks of a page, in order."""
    text = page.read_text("utf-8")
    return [
        Block(
            next(iter(re.findall(r"\w+", match["info"])), ""), given.get("title", ""), given.get("data-not-run", ""),
            text.count("\n", 0, match.start()) + 1, match["code"],
        )
        for match in _BLOCK.finditer(text)
        for given in [dict(_GIVEN.findall(match["info"]))]
    ]  # fmt: skip


COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
TOLD = [page for page in PAGES if any(block.language in ("sh", "python") for block in blocks(page))]
RUN = [
    page
    for page in TOLD
    if any(not one.not_run and (one.language == "python" or one.code.startswith("counterclaim")) for one in blocks(page))
]


TEXTS = ("At least 12 people were killed, the mayor said.", "The army denied on Monday that it had shelled the market.")


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the examples find it: the bundled case as `examples` and as `reports`, and read once; two texts as lines."""
    folder = tmp_path_factory.mktemp("desk")
    with bundled_case() as bundled:
        shutil.copytree(bundled.parent, folder / "examples" / bundled.parent.name)
        shutil.copytree(bundled, folder / "reports")
    lines = [{"id": n, "text": text, "published": "2019-03-05"} for n, text in enumerate(TEXTS)]
    (folder / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    from counterclaim.pipeline import Case

    with Case(folder / "read.db") as case:
        case.add(folder / "reports")
        case.run()
    return folder


@pytest.mark.parametrize("page", RUN, ids=named)
def test_the_examples_of_a_page_run(
    page: Path, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(desk, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    printed, ran = "", 0
    for block in blocks(page):
        where = f"{named(page)}, line {block.line}"
        if block.title:
            (tmp_path / block.title).parent.mkdir(exist_ok=True)
            (tmp_path / block.title).write_text(block.code, "utf-8")
        elif block.language == "text" and printed:
            for line in block.code.splitlines():
                assert words(line) in words(printed), f"{where}: {line!r} is not what is printed:\n{printed}"
        elif block.language == "python" and not block.not_run:
            exec(compile(block.code, where, "exec"), {"__name__": "__main__"})
            printed = told(capsys)
            ran += 1
        elif block.language == "sh" and not block.not_run:
            for line in block.code.splitlines():
                ran += run(line, where)
            printed = told(capsys)
        else:
            printed = ""
    assert ran


@pytest.mark.parametrize("page", TOLD, ids=named)
def test_every_line_for_the_shell_is_one_that_could_be_typed(page: Path) -> None:
    for block in blocks(page):
        where = f"{named(page)}, line {block.line}"
        lines = block.code.splitlines() if block.language == "sh" else []
        for line in [part for whole in lines for part in whole.split(" | ")]:
            first, *rest = shlex.split(line, comments=True)
            if first == "counterclaim" and not rest[0].startswith("-"):
                COMMANDS[rest[0]].make_context(rest[0], rest[1:], resilient_parsing=False)
            elif first == "make":
                assert re.search(rf"^{rest[0]}:", (ROOT / "Makefile").read_text("utf-8"), re.M), where
            else:
                assert first == "counterclaim" or block.not_run, f"{where}: {line!r} is not run, and nothing says why"


def run(line: str, where: str) -> bool:
    """Runs a line for the shell; a `make` is run by whoever runs the tests. Whether it was run."""
    first, *arguments = shlex.split(line, comments=True)
    if first == "make":
        return False
    assert first == "counterclaim", f"{where}: only counterclaim is run; say why not: {line!r}"
    if arguments[0] == "run" and "reports/" in arguments:
        # what all of them begin with is read once
        case = Path(arguments[arguments.index("--case") + 1] if "--case" in arguments else "case.db")
        if not case.exists():
            shutil.copy("read.db", case)
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0, f"{where}: {line} ended with {ended.value.code}"
    return True


def told(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    return said.out + said.err


def words(text: str) -> str:
    return " ".join(text.split())
