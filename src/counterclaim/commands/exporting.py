"""The command that takes something out of a case: as what, for whom, and what then stays behind."""

from __future__ import annotations

import contextlib
import getpass
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal, cast

import typer

from counterclaim.commands.console import ExistingCase, counted, say, there
from counterclaim.errors import InputError
from counterclaim.records import Profile

if TYPE_CHECKING:
    from counterclaim.exchange import Export

AudienceName = Literal["internal", "partner", "public"]
Close = Literal["exact", "10km", "admin1", "country"]


def export(
    case: ExistingCase,
    format: Annotated[str, typer.Option("--as", metavar="FORMAT", help="A format; without one they are listed.")] = "",
    audience: Annotated[AudienceName, typer.Option("--for", help="Who is to read it.")] = "public",
    out: Annotated[str, typer.Option("--output", "-o", metavar="PATH", help="The file; - is standard output.")] = "",
    preview: Annotated[bool, typer.Option("--preview", help="Only say what would stay behind, and why.")] = False,
    delay: Annotated[int, typer.Option(metavar="DAYS", min=0, help="Leave out incidents younger than that.")] = 0,
    coarseness: Annotated[
        Close | None, typer.Option("--places", help="How closely points are told; by default as the audience may see them.")
    ] = None,
    profile: Annotated[
        Profile, typer.Option(help="How the numbers of `airwars` read vague words: plainly, or as that recorder does.")
    ] = "plain",
    incident: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only this incident; may be given again.")] = None,
    show: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Somebody who may be named all the same; may be given again.")
    ] = None,
    hide: Annotated[list[str] | None, typer.Option(metavar="WORDS", help="Further words to mask; may be given again.")] = None,
    user: Annotated[str, typer.Option(help="Who takes it out, for the case's log; your login name by default.")] = "",
) -> None:
    """Take something out of a case, as a file for others to read.

    For the public names of victims, minors, witnesses and private people and accounts are masked, points are told to about ten
    kilometres and quotations are short; a partner sees the names of victims; internal is everything. See what would be masked
    with --preview first. What is exported is noted in the case's log: who, when, what, for whom, how many rows, and its SHA-256.
    """
    from counterclaim.exchange import handles_in, hidden_in
    from counterclaim.pipeline import Case
    from counterclaim.publishing import FORMATS, Terms, gathered, note, stays, write

    if not format and not preview:
        for one in FORMATS.values():
            typer.echo(f"{one.key}\t{one.name}: {one.good_for}")
        return
    if format and format not in FORMATS:
        raise InputError(format, "is no format", f"take one of {', '.join(FORMATS)}")
    let_stand = frozenset(show or ())
    terms = Terms(
        audience=audience, shown=let_stand, words=tuple(hide or ()), coarseness=coarseness, delay=delay,
        profile=profile, incidents=None if incident is None else frozenset(incident),
    )  # fmt: skip
    with contextlib.closing(Case(there(case))) as opened:
        known = {person.name for person in hidden_in(opened.reports)} | set(handles_in(opened.reports))
        for name in sorted(let_stand - known):
            raise InputError(name, "is nobody who would be masked", "name them as --preview does")
        taken = gathered(opened, terms, "case" if "://" in case else Path(case).stem, datetime.now(UTC))
        if preview:
            for line in stays(taken):
                typer.echo(line)
            return
        chosen = FORMATS[format]
        path = out or _beside(case, f"{audience}-{chosen.key}.{chosen.ending}")
        if path != "-" and "://" not in case and Path(path).exists() and Path(path).samefile(case):
            raise InputError(path, "is the case itself", "name another file")
        with _sink(path) as sink:
            written = write(taken, chosen, sink)
            note(opened.store, taken, chosen, written, user=user or getpass.getuser(), shown=len(let_stand))
    _say_what_stayed(taken)
    say(f"{counted(written.rows, 'row')} for {audience}, SHA-256 {written.sha256}" + (f", in\n  {path}" if path != "-" else ""))


def _beside(case: str, name: str) -> str:
    return f"case-{name}" if "://" in case else str(Path(case).with_name(f"{Path(case).stem}-{name}"))


@contextlib.contextmanager
def _sink(path: str) -> Iterator[BinaryIO]:
    """Where the bytes go: standard output, or a file that is there only once all of it was written and noted."""
    if path == "-":
        yield sys.stdout.buffer
        return
    part = Path(f"{path}.part")
    try:
        with part.open("wb") as sink:
            yield cast(BinaryIO, sink)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _say_what_stayed(taken: Export) -> None:
    names = len(taken.masks.hidden)
    if taken.masks:
        say(
            f"{counted(names, 'name')} masked, and accounts; --preview tells which" if names else "no name was found to be masked"
        )
    for line in taken.left_out:
        say(f"left out: {line}")
