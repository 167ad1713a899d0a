"""The commands for archives: reading very many reports on Spark, and taking what came of it into a case."""

from __future__ import annotations

import contextlib
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from counterclaim.commands.console import kind_of, progress_bar, say, say_counts
from counterclaim.errors import CounterclaimError, InputError


def bulk(
    paths: Annotated[list[str], typer.Argument(metavar="IN", help="WARC, JSONL, Parquet or any other file that `run` takes.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder that is written; a job cut off goes on in it.")],
    master: Annotated[
        str, typer.Option(help="Where Spark runs: local[2] is two cores of this machine, local[*] all, else a cluster's address.")
    ] = "local[*]",
    actors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Actors of your own, on top of those that ship, as for `run`.")
    ] = None,
    triage: Annotated[
        bool, typer.Option("--triage/--read-all", help="Set aside what a first look finds no violence in.")
    ] = False,
) -> None:
    """Read an archive on Spark into Parquet.

    Captures, reads and links all that is behind IN as `run` does, with the same facts, on as many cores as the master has, and
    writes reports, statements, figures, places, dates, incidents, copies and links, a folder each. What cannot be read becomes a
    row with an error and the rest goes on; so does a job whose workers are lost. Given again after it was cut off, it goes on
    where it was. `counterclaim load` takes the result into a case. Needs Java and counterclaim[spark]; see docs/archive.md.
    """
    from counterclaim.pipeline import list_of
    from counterclaim.resolving import places_ready
    from counterclaim.scale import bulk as read_all

    with progress_bar() as step:
        places_ready(step)
        own = "" if actors is None else list_of(actors)
        done = read_all(paths, out, master=master, actors=own, triage=triage, progress=step)
    say_counts([
        ("read", done.read), ("  copies of another", done.copies), ("kept, not read", done.unread), ("left out", done.left_out),
        ("incidents", done.incidents),
    ])  # fmt: skip
    say(f"The tables are in {out}; counterclaim load {out} --case FILE makes a case of them")
    if done.left_out:
        say('what was left out stands in its table "reports", each with its error')
        raise typer.Exit(InputError.exit_code)


def load(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="What `bulk` wrote.")],
    case: Annotated[str, typer.Option(metavar="FILE", help="The case file or database URL, made if not there.")] = "case.db",
) -> None:
    """Take what `bulk` wrote into a case.

    Nothing is read again that this version has read, and a new case takes the links as they are; one that holds other reports is
    linked anew. What is there already is not added again. `counterclaim dossier` shows the case.
    """
    from counterclaim.pipeline import Case
    from counterclaim.scale import load as take

    if find_spec("pyarrow") is None:
        raise CounterclaimError("pyarrow is not installed; pip install 'counterclaim[spark]'")
    with contextlib.closing(Case(case)) as opened, progress_bar() as step:
        came = take(folder, opened, progress=step)
    reasons = Counter(kind_of(error.problem) for error in came.left_out).most_common(20)
    say_counts([
        ("new reports", len(came.added)), ("already in the case", came.known), ("left out", len(came.left_out)),
        *((f"  {reason}", n) for reason, n in reasons),
    ])  # fmt: skip
    say(f"The case is in {case.rpartition('/')[2] if '://' in case else case}")


COMMANDS = (bulk, load)
"""In the order in which the help lists them."""
