"""Writes the pages of docs/ that follow from the code; `--check` changes nothing and fails where one is out of date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import typer
from typer.testing import CliRunner

import benchmarks
import calls
import exports
import picture
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


def files() -> Iterator[tuple[str, bytes]]:
    """Every generated file: its path within docs/ and its bytes. Samples come before the page that links them."""
    yield "commands.md", page().encode()
    yield "benchmarks.md", benchmarks.page().encode()
    yield "http.md", calls.page().encode()
    yield "house.svg", picture.drawing().encode()
    for name, data in exports.samples():
        yield f"samples/{name}", data
    yield "exports.md", exports.page().encode()


def write() -> None:
    """Writes them all; samples of formats that are no more go."""
    (HERE / "samples").mkdir(exist_ok=True)
    written = set()
    for name, data in files():
        (HERE / name).write_bytes(data)
        written.add(HERE / name)
    for left in set((HERE / "samples").iterdir()) - written:
        left.unlink()


if __name__ == "__main__":
    if "--check" not in sys.argv:
        write()
    elif stale := [name for name, data in files() if not (HERE / name).is_file() or (HERE / name).read_bytes() != data]:
        sys.exit(f"out of date: {', '.join(f'docs/{name}' for name in stale)}; write them again with: make docs")
