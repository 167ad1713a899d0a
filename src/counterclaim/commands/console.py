"""What the commands share: what they ask for, how they say things, and how they show that they are at work."""

from __future__ import annotations

import contextlib
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from counterclaim.errors import CaseError, InputError

Step = Callable[[str, int, int], None]
"""Told of every step: the stage's name, how many are done, of how many (0 where that is not known)."""

ExistingCase = Annotated[str, typer.Argument(metavar="CASE", help="The case file, or its database's URL.")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="As it was at the end of that day (YYYY-MM-DD, UTC).")]
KnownOn = Annotated[
    str | None, typer.Option("--known-on", metavar="DATE", help="Only from reports published by that day (YYYY-MM-DD).")
]
User = Annotated[str, typer.Option(help="Your name, with which it is signed.")]
Reason = Annotated[str, typer.Option(help="Why.")]
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="Of the decision, as `decisions` lists them.")]


def say(words: str) -> None:
    """A line on stderr."""
    typer.echo(words, err=True)


def counted(n: int, noun: str) -> str:
    """A number with its noun, in the plural where it is one."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def there(case: str) -> str:
    """The case, if it is there; CaseError where it is not."""
    if "://" not in case and not Path(case).is_file():
        raise CaseError(f"{case}: no such case; name a file that `counterclaim run` wrote")
    return case


def moment(as_of: str | None) -> datetime | None:
    """The end of a day, or the moment, that is asked for; UTC where no zone is given."""
    if as_of is None:
        return None
    try:
        given = datetime.fromisoformat(as_of)
    except ValueError:
        raise InputError(as_of, "is no date", "give it as YYYY-MM-DD or as YYYY-MM-DDTHH:MM") from None
    given = given if given.tzinfo else given.replace(tzinfo=UTC)
    return given + timedelta(days=1, microseconds=-1) if len(as_of) == 10 else given


def day(known_on: str | None) -> str | None:
    """The day that is asked for, as YYYY-MM-DD."""
    try:
        return None if known_on is None else date.fromisoformat(known_on).isoformat()
    except ValueError:
        raise InputError(str(known_on), "is no day", "give it as YYYY-MM-DD") from None


@contextlib.contextmanager
def progress_bar() -> Iterator[Step]:
    """A progress bar with rate and time left on stderr, one line a stage; where stderr is no terminal, a line now and then."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    from rich import progress
    from rich.console import Console
    from rich.text import Text

    class Rate(progress.ProgressColumn):
        def render(self, task: progress.Task) -> Text:
            return Text(f"{task.speed:,.1f}/s" if task.speed else "")

    counted, left = progress.MofNCompleteColumn(), progress.TimeRemainingColumn()
    columns = (progress.TextColumn("{task.description}"), progress.BarColumn(), counted, Rate(), left)
    tasks: dict[str, progress.TaskID] = {}
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as bar:

        def step(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage)
            bar.update(tasks[stage], completed=done, total=total or None)

        yield step


_NOW_AND_THEN = 30.0
"""Seconds between two lines of a run that nobody watches: a log of a night has a thousand."""


def _lines() -> Step:
    """Says how far a stage is, at what rate and how long it may take, not oftener than every half minute."""
    began: dict[str, tuple[float, int]] = {}
    last = time.monotonic()

    def step(stage: str, done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        start, at = began.setdefault(stage, (now, done))
        if now - last < _NOW_AND_THEN or done == at:
            return
        last = now
        rate = (done - at) / (now - start)
        left = f", {timedelta(seconds=round((total - done) / rate))} left" if total else ""
        say(f"{stage} {done:,}{f' of {total:,}' if total else ''}, {rate:,.1f}/s{left}")

    return step


def say_counts(rows: Iterable[tuple[str, int]]) -> None:
    """A table on stderr, a line a count; a count of nothing is left out unless it comes first."""
    from rich.console import Console
    from rich.table import Table

    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(overflow="fold")
    table.add_column(justify="right")
    for k, (what, n) in enumerate(rows):
        if n or not k:
            table.add_row(what, f"{n:,}")
    Console(stderr=True, highlight=False, markup=False).print(table)


def kind_of(problem: str) -> str:
    """A reason without what is peculiar to one file, which stands in brackets or behind a semicolon."""
    return re.sub(r" \(.*\)$", "", problem.partition(";")[0], flags=re.S)
