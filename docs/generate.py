"""Writes the pages of docs/ that follow from the code; `--check` changes nothing and fails where one is out of date."""

from __future__ import annotations

import sys
from pathlib import Path

import typer
from typer.testing import CliRunner

from counterclaim.cli import app

PAGE = Path(__file__).with_name("commands.md")
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


if __name__ == "__main__":
    if "--check" not in sys.argv:
        PAGE.write_text(page(), "utf-8")
    elif not PAGE.is_file() or PAGE.read_text("utf-8") != page():
        sys.exit(f"docs/{PAGE.name} is out of date; write it again with: make docs")
