"""The command line: reads arguments, calls the pipeline, says what happened; results on stdout, all else on stderr.

Exit status: 0 fine, 3 when something was left out, else what `errors.py` says; 2 is wrong usage, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from counterclaim.commands import archiving, casework, texts
from counterclaim.commands.annotating import annotated
from counterclaim.commands.checkup import bundled_case, doctor, places
from counterclaim.commands.console import (
    AsOf,
    ExistingCase,
    KnownOn,
    counted,
    day,
    kind_of,
    moment,
    progress_bar,
    say,
    say_counts,
    there,
)
from counterclaim.commands.exporting import export
from counterclaim.commands.texts import LEFT_OUT, SEE, Actors, Jobs, ProfileName
from counterclaim.errors import CaseError, CounterclaimError, InputError
from counterclaim.records import Profile
from counterclaim.version import __version__

if TYPE_CHECKING:
    from counterclaim.pipeline import Case


Paths = Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders, archives or web addresses of reports.")]
CaseFile = Annotated[str, typer.Option("--case", metavar="FILE", help="The case file or database URL, made if it is not there.")]
Page = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Where the page goes; beside the case by default.")]


app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line on `arguments` (the process's own by default) and ends with its exit status.

    Errors of the project's tree become one line each; anything else too, unless `--debug` asks for the trace.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        app(args=given, prog_name="counterclaim")
    except CounterclaimError as error:
        say(f"error: {error}")
        sys.exit(error.exit_code)
    except OSError as error:
        if "--debug" in given:
            raise
        say(f"error: {error.filename or 'input or output'}: {error.strerror or error}")
        sys.exit(CounterclaimError.exit_code)
    except Exception as error:
        if "--debug" in given:
            raise
        say(f"error: {type(error).__name__}: {error}{SEE}")
        sys.exit(CounterclaimError.exit_code)
    sys.exit(0)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"counterclaim {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_show_version)
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the whole trace of an unexpected error.")] = False,
) -> None:
    """Reads reports of strikes and violence and lays the claims out side by side.

    Exit status: 0 fine, 3 when something was left out, 4 the case, 5 the parser, 2 wrong usage, 1 anything else.
    """


@app.command()
def demo() -> None:
    """Read the bundled case and show its dossier.

    Prints the dossier, writes it as counterclaim-demo.html in the current directory (a temporary one where that cannot
    be written) and says how to open it in the browser. Nothing else is kept.
    """
    from counterclaim.pipeline import Case

    with contextlib.closing(Case()) as case, bundled_case() as folder:
        left_out = _fill(case, [str(folder)])
        page = _lay_out(case, _writable(Path("counterclaim-demo.html")), "Kabul, August 2021", left_out)
    say(f"To read it in the browser, every value one click from its sentence, open\n  {page.resolve().as_uri()}")
    _end(left_out)


@app.command()
def run(
    paths: Paths,
    case: CaseFile = "case.db",
    html: Page = None,
    profile: ProfileName = "plain",
    follow: Annotated[int, typer.Option("--follow", help="Pages fetched at most of a feed or sitemap named by address.")] = 100,
    private: Annotated[bool, typer.Option("--private", help="Fetch from addresses that are not public, too.")] = False,
    actors: Actors = None,
    jobs: Jobs = None,
    triage: Annotated[
        bool | None,
        typer.Option("--triage/--read-all", help="Set aside what a first look finds no violence in, or read that too."),
    ] = None,
) -> None:
    """Read files and folders into a case and show its dossier.

    Captures, reads and links the reports, prints the dossier, keeps the case and writes the dossier as one page that
    opens offline. The same input run twice adds nothing; what cannot be read gets one line each and the rest goes on.
    A page, feed or sitemap is fetched where it is named by its http address; nothing else is asked of the network.
    With a profile other than plain each incident's summary in that profile is printed below. The case keeps the list given
    with --actors and goes by it until another is given; an empty file takes it back.
    With --triage a first look, a thousand times as fast as reading, sets aside reports that tell of no violence: they are kept,
    found and marked, and a later run with --read-all reads them. A case goes on as it was last run; a new one reads everything.
    """
    from counterclaim.intake import is_address
    from counterclaim.pipeline import Case

    missing = {
        p: InputError(p, "there is no such file or folder", "check the spelling")
        for p in paths
        if not is_address(p) and not Path(p).exists()
    }
    there = [p for p in paths if p not in missing]
    if not there:
        raise missing[paths[0]]
    with contextlib.closing(Case(case)) as opened:
        page = html or _beside(case)
        found = tuple(missing.values())
        left_out = _fill(
            opened, there, found, actors=actors, jobs=jobs, triage=triage, besides=[page], follow=follow, private=private
        )
        title = "Dossier" if case == "case.db" else Path(case).stem
        page = _lay_out(opened, page, title, left_out)
        if profile != "plain":
            _sum_up(opened, profile)
    say(f"The case is in {case}, its page is\n  {page.resolve().as_uri()}")
    _end(left_out)


app.command()(texts.read)
app.command()(texts.link)


@app.command()
def serve(
    case: Annotated[str, typer.Argument(metavar="[CASE]", help="The case file, or its database's URL.")] = "case.db",
    port: Annotated[int, typer.Option(help="The port; 0 takes any that is free.", min=0, max=65535)] = 8017,
    user: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who signs what is decided; your login name by default.")
    ] = None,
    host: Annotated[str, typer.Option(help="The address to listen on; beyond this machine people must sign in.")] = "127.0.0.1",
    name: Annotated[list[str] | None, typer.Option(help="A name it may be called by there; several times for several.")] = None,
    accounts: Annotated[Path | None, typer.Option(metavar="FILE", help="Who may sign in; made if it is not there.")] = None,
    add_account: Annotated[
        str | None,
        typer.Option(metavar="NAME:ROLE", help="Make an account (reader, analyst or lead), ask for its password, end."),
    ] = None,
    certificate: Annotated[Path | None, typer.Option(metavar="FILE", help="A certificate, to serve over TLS.")] = None,
    key: Annotated[Path | None, typer.Option(metavar="FILE", help="The certificate's key.")] = None,
) -> None:
    """Open a case in the browser to read, check and grade it.

    Serves this machine only, unless --host says otherwise; then people sign in with the accounts of --accounts. Nothing is
    loaded from elsewhere and nothing is sent anywhere.
    """
    if "://" not in case and not Path(case).is_file():
        raise CaseError(f"{case}: no such case; name a file that `counterclaim run` wrote")
    try:
        from counterclaim.workbench import Accounts, Address
        from counterclaim.workbench import serve as serve_case
    except ModuleNotFoundError as missing:
        raise CounterclaimError(f"{missing.name} is not installed; install counterclaim[serve]") from missing
    import getpass

    from counterclaim.pipeline import Case

    held = None if accounts is None else Accounts(accounts)
    if add_account is not None:
        if held is None:
            raise CounterclaimError("an account needs a file to be kept in; name it with --accounts")
        who, _, role = add_account.rpartition(":")
        held.add(who, role, typer.prompt(f"Password of {who}", hide_input=True, confirmation_prompt=True))
        say(f"{who} may sign in as {role}")
        return
    at = Address(host, port, tuple(name or ()), certificate, key)
    kept = None if "://" in case else Path(f"{case}-list")
    with contextlib.closing(Case(case, create=False)) as opened:
        serve_case(opened, _shown(case), at, user=user or getpass.getuser(), say=say, accounts=held, kept=kept)


def _shown(case: str) -> str:
    """The name of a case without the folders that lead to it, nor the password in its address."""
    return case.rpartition("/")[2] if "://" in case else Path(case).name


@app.command()
def dossier(case: ExistingCase, as_of: AsOf = None, known_on: KnownOn = None, html: Page = None) -> None:
    """Show the dossier of a case, also of an earlier day.

    The dossier is what the reports say as people corrected it. With --as-of it is made of what had been added, read, decided and
    graded by the end of that day (UTC), or by that moment where a time is given. With --known-on it is made of what had been
    published by that day: tolls, ranges, voices, positions and who had not spoken yet; a report without a date counts on no day.
    Which reports belong together, and who is who, stays as the whole case tells it.
    """
    from counterclaim.pipeline import Case

    with contextlib.closing(Case(there(case), as_of=moment(as_of), create=False)) as opened:
        until = day(known_on)
        title = Path(case).stem + (f" as of {as_of}" if as_of else "") + (f" as known on {until}" if until else "")
        page = _lay_out(opened, html or _writable(_beside(case)), title, (), until)
    say(f"The page is\n  {page.resolve().as_uri()}")


for _command in (*casework.COMMANDS, export, annotated, *archiving.COMMANDS, doctor):
    app.command()(_command)


def _fill(
    case: Case, paths: Sequence[str], missing: tuple[InputError, ...] = (), *,
    actors: Path | None = None, jobs: int | None = 1, triage: bool | None = None, **how: Any,
) -> tuple[InputError, ...]:  # fmt: skip
    """Adds `paths` to the case (`how` as `Case.add` takes it) and runs it on so many processes, with its own list of `actors` if
    one is given; says what came in and gives back what was left out, `missing` included."""
    from counterclaim.scale import readings_on

    with progress_bar() as step:
        result = case.add(*paths, progress=step, **how)
        left_out = (*missing, *result.left_out)
        for error in left_out[:_NAMED]:
            say(f"left out: {error}")
        if len(left_out) > _NAMED:
            say(f"left out: {len(left_out) - _NAMED:,} more, counted below")
        if result.added:
            places(step)
        case.run(progress=step, actors=actors, triage=triage, readings=readings_on(jobs, say))
    copies = {link.copy for link in case.linkage.copies}
    added = {report.id for report in result.added}
    not_read = Counter(kind_of(r.reading.error) for r in case.reports if r.report.id in added and r.reading.error)
    say_counts([
        ("new reports", len(result.added)),
        ("  read", len(result.added) - not_read.total()),
        ("  copies of another", sum(report.id in copies for report in result.added)),
        *((f"  kept, {reason}", n) for reason, n in not_read.most_common()),
        ("already in the case", result.known),
        ("left out", len(left_out)),
        *((f"  {reason}", n) for reason, n in Counter(kind_of(error.problem) for error in left_out).most_common(20)),
    ])  # fmt: skip
    return left_out


_NAMED = 50
"""Files named one by one that are left out; of more the reasons are only counted."""


def _lay_out(case: Case, page: Path, title: str, errors: tuple[InputError, ...], until: str | None = None) -> Path:
    """Prints the dossier and writes it as one page, headed by `title`, to `page`; with `until` as known on that day."""
    from rich.console import Console

    from counterclaim import contest
    from counterclaim.dossier import print_dossier, to_html

    reports, linkage, evidence = case.reports, case.linkage, case.evidence
    contests = case.contests if until is None else contest.lay_out(reports, linkage, until=until)
    if until is not None:
        reports = tuple(read for read in reports if contest.published_by(read.report, until))
        undated = sum(read.report.published is None for read in case.reports)
        without = f"; {counted(undated, 'report')} without a date left out" if undated else ""
        say(f"As known on {until}: {counted(len(reports), 'report')} of {len(case.reports)}{without}")
    left_out = [str(error) for error in errors]
    print_dossier(contests, reports, linkage, Console(), left_out=left_out, evidence=evidence)
    made_with = f"counterclaim {__version__}"
    text = to_html(contests, reports, linkage, title=title, made_with=made_with, left_out=left_out, evidence=evidence)
    page.write_bytes(text.encode("utf-8", "backslashreplace"))
    return page


def _sum_up(case: Case, profile: Profile) -> None:
    """Prints how many each incident harmed, as `profile` sums it up: one line an incident that has a number."""
    typer.echo(f"\nSummaries, profile {profile}")
    for title, ranges in case.summaries(profile):
        said = [f"{name.replace('_', ' ')} {r.low}" + (f" to {r.high}" if r.high != r.low else "") for name, r in ranges.items()]
        if said:
            typer.echo(f"  {title}: {', '.join(said)}")


def _beside(case: str) -> Path:
    return Path("case.html") if "://" in case else Path(case).with_suffix(".html")


def _writable(page: Path) -> Path:
    """`page` where it can be written, else a file of its name in a new temporary folder."""
    try:
        page.touch()
    except OSError:
        from tempfile import mkdtemp

        return Path(mkdtemp(prefix="counterclaim-")) / page.name
    return page


def _end(left_out: tuple[InputError, ...]) -> None:
    if left_out:
        raise typer.Exit(LEFT_OUT)
