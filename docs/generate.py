"""Writes the pages of docs/ that follow from the code; `--check` changes nothing and fails where one is out of date."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import benchmarks
import calls
import picture
import typer
from typer.testing import CliRunner

from counterclaim.cli import app

HERE = Path(__file__).resolve().parent
OPENING = """# Commands

Generated from the command line itself by `make docs`; the tests fail where it is out of date.
"""


def commands() -> list[str]:
    """The names of all commands, in the order that `counterclaim --help` lists them."""
    return list(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def helped(arguments: list[str]) -> str:
    """What `counterclaim ARGUMENTS --help` prints, 80 columns wide."""
    done = CliRunner().invoke(app, [*arguments, "--help"], prog_name="counterclaim", env={"COLUMNS": "80"})
    assert done.exit_code == 0, done.output
    return done.output.rstrip()


def page() -> str:
    """The whole of commands.md."""
    parts = [OPENING, f"```\n{helped([])}\n```\n"]
    parts += [f"## counterclaim {name}\n\n```\n{helped([name])}\n```\n" for name in commands()]
    return "\n".join(parts)


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": page,
    "benchmarks.md": benchmarks.page,
    "http.md": calls.page,
    "house.svg": picture.drawing,
}
"""Every generated file of docs/ and what makes it."""


def main() -> None:
    """Writes what differs, or says what does."""
    stale = {name: made for name, make in PAGES.items() if (made := make()) != _written(HERE / name)}
    if "--check" in sys.argv and stale:
        sys.exit(f"out of date: {', '.join(f'docs/{name}' for name in stale)}; write them again with: make docs")
    for name, made in stale.items() if "--check" not in sys.argv else ():
        (HERE / name).write_text(made, "utf-8")


def _written(file: Path) -> str | None:
    return file.read_text("utf-8") if file.is_file() else None


if __name__ == "__main__":
    main()
