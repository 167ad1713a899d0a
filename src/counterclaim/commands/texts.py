"""The commands for texts without a case: `read`, one by one, and `link`, all together."""

from __future__ import annotations

import contextlib
import hashlib
import sys
from collections.abc import Callable, Container, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from counterclaim.commands.checkup import places
from counterclaim.commands.console import counted, progress_bar, say
from counterclaim.errors import CounterclaimError, InputError
from counterclaim.records import Profile

if TYPE_CHECKING:
    from counterclaim.exchange import InputLine

LEFT_OUT = InputError.exit_code
SEE = "; this should not happen: see the trace with counterclaim --debug ..."

In = Annotated[str, typer.Argument(metavar="IN", help='JSON lines {"id", "text", ...}; - reads standard input.')]
Out = Annotated[str, typer.Option("--output", "-o", metavar="OUT", help="Where the lines go; - is standard output.")]
ProfileName = Annotated[
    Profile,
    typer.Option("--profile", help="How incident summaries read vague words; all else reads them plainly."),
]
Actors = Annotated[
    Path | None,
    typer.Option(
        "--actors", metavar="FILE", help="Actors of your own, on top of those that ship (CSV; columns in docs/line-format.md)."
    ),
]
Jobs = Annotated[
    int | None, typer.Option(metavar="N", min=1, help="Processes to read on; by default one a core, fewer where there is little.")
]


def read(
    context: typer.Context, source: In, out: Out = "-", profile: ProfileName = "plain", actors: Actors = None, jobs: Jobs = None
) -> None:
    """Read texts one by one, without a case.

    For each input line one output line, in order: statements, figures, places, dates and incidents.
    A line that cannot be read says why under "error". The lines are the same on any number of processes; standard input is read
    on one, each line answered before the next is taken, unless --jobs asks for more.
    """
    failed = 0
    with _streams(source, out) as (lines, sink, total), progress_bar() as step:
        places(step)
        answer = partial(answered, profile=profile, actors=actors, debug=bool(context.find_root().params["debug"]))
        answers = _on(jobs if total else jobs or 1, answer, enumerate(lines, start=1), total)
        for number, (line, error) in enumerate(answers, start=1):
            if error is not None:
                failed += 1
                say(f"not read: {_named(error, str(number))}")
            sink.write(line)
            sink.flush()
            step("reading", number, total)
    _end_lines(failed)


Answer = tuple[bytes, str | None]
"""A line of output, and why the text could not be read where it could not."""


def _on(
    jobs: int | None, answer: Callable[[tuple[int, bytes]], Answer], lines: Iterable[tuple[int, bytes]], total: int
) -> Iterator[Answer]:  # fmt: skip
    """The answer to each line in order, made on so many processes."""
    if jobs == 1:
        return map(answer, lines)
    from counterclaim.scale import in_order, jobs_for

    count = jobs_for(jobs, total)
    if count == 1:
        return map(answer, lines)
    return in_order(answer, lines, count, lost=_lost, named=lambda line: f"line {line[0]}", say=say)


def _lost(line: tuple[int, bytes], why: str) -> Answer:
    """The answer to a line on which processes died."""
    from counterclaim.exchange import dump_line, error_line, parse_line

    number, raw = line
    error = f"line {number}: could not be read: {why}{SEE}"
    return dump_line(error_line(parse_line(raw, number).id, error)), error


def answered(line: tuple[int, bytes], *, profile: Profile = "plain", actors: Path | None = None, debug: bool = False) -> Answer:
    """The answer to one line of input, given with its number."""
    from counterclaim.exchange import dump_line, error_line, parse_line, reading_to_line
    from counterclaim.pipeline import read as read_text

    number, raw = line
    given = parse_line(raw, number)
    if given.error:
        answer = error_line(given.id, given.error)
    else:
        try:
            answer = reading_to_line(given.id, read_text(given.text, **given.facts, profile=profile, actors=actors))
        except (CounterclaimError, ImportError):
            raise
        except Exception as error:
            # a text that trips the reader must not cost the others of its batch
            if debug:
                raise
            answer = error_line(given.id, f"line {number}: could not be read: {type(error).__name__}: {error}{SEE}")
    return dump_line(answer), answer.get("error")


def link(source: In, out: Out = "-", jobs: Jobs = None) -> None:
    """Find copies and shared incidents among texts.

    For each input line one output line, in order: the id of the text it copies and the incidents it tells of, main first.
    A line without a text is linked by its title where it has one.
    """
    from counterclaim.exchange import dump_line, link_line, parse_line
    from counterclaim.intake import report_of
    from counterclaim.linking import incidents_by_report, originals
    from counterclaim.pipeline import link as link_reports
    from counterclaim.scale import readings_on

    with _streams(source, out) as (raws, sink, _), progress_bar() as step:
        places(step)
        lines: dict[str, InputLine] = {}
        for number, raw in enumerate(raws, start=1):
            line = parse_line(raw, number)
            lines[_text_id(line, lines)] = line
        texts = [report_of(line.words, id=id, **line.facts) for id, line in lines.items() if line.words]
        reports, linkage = link_reports(texts, progress=step, readings=readings_on(jobs, say))
        errors = {id: line.error for id, line in lines.items() if line.error and not line.words}
        errors |= {r.report.id: r.reading.error for r in reports if r.reading.error}
        carried, told = originals(linkage), incidents_by_report(linkage)
        for id, line in lines.items():
            copied = lines[carried[id]].id if id in carried else None
            sink.write(dump_line(link_line(line.id, copied, told.get(id, ()), errors.get(id))))
    for n, id in enumerate(lines, start=1):
        if errors.get(id):
            say(f"not read: {_named(errors[id], str(n))}")
    _end_lines(len(errors))


def _text_id(line: InputLine, taken: Container[str]) -> str:
    """An id for the text of a line: a hash of its words, so that ids do not hang on the order of lines; the line's own id and a
    number tell equal texts apart."""
    words = hashlib.sha256((line.words or "").encode("utf-8", "surrogatepass")).hexdigest()[:16]
    id, n = f"{words}-{line.id}", 1
    while id in taken:
        n += 1
        id = f"{words}-{line.id}-{n}"
    return id


@contextlib.contextmanager
def _streams(source: str, out: str) -> Iterator[tuple[Iterable[bytes], BinaryIO, int]]:
    """Opens both ends and counts the lines of a file (0 for standard input, which cannot be read twice)."""
    if source != "-" and out != "-" and Path(out).exists() and Path(out).samefile(source):
        raise InputError(out, "is the input itself", "name another file for the output")
    with contextlib.ExitStack() as stack:
        try:
            lines = sys.stdin.buffer if source == "-" else stack.enter_context(open(source, "rb"))
        except OSError as error:
            raise InputError(source, error.strerror or "cannot be opened", "check the path") from None
        total = 0 if source == "-" else sum(1 for _ in lines)
        if total:
            lines.seek(0)
        sink = sys.stdout.buffer if out == "-" else stack.enter_context(open(out, "wb"))
        yield lines, sink, total


def _named(error: str, number: str) -> str:
    return error if error.startswith("line ") else f"line {number}: {error}"


def _end_lines(failed: int) -> None:
    if failed:
        say(f'{counted(failed, "line")} not read; each says why under "error"')
        raise typer.Exit(LEFT_OUT)
