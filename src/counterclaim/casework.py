"""The commands of people's work on a case: what was decided, taking back, settling, redacting, copies, whether it is whole."""

from __future__ import annotations

import contextlib
import json
from typing import Annotated

import typer

from counterclaim.console import AsOf, ExistingCase, Number, Reason, User, counted, moment, progress_bar, say, there
from counterclaim.errors import CaseError


def verify(case: Annotated[str, typer.Argument(metavar="CASE", help="The case file, or its database's URL.")]) -> None:
    """Check that a case is whole.

    Every capture has its hash, every value's words stand in their report, the log's chain holds, and people's decisions are as
    they were made. One line names each thing that was altered; what was redacted is told apart, with who did it and why.
    """
    from counterclaim.case import Store

    with contextlib.closing(Store.open(there(case), create=False)) as store:
        problems, redactions = store.verify(), store.redactions()
    for gone in redactions:
        typer.echo(f"capture {gone.capture}: redacted by {gone.user} on {gone.made:%Y-%m-%d}: {gone.reason}")
    for problem in problems:
        typer.echo(problem)
    if problems:
        say(f"{case}: {counted(len(problems), 'problem')}")
        raise typer.Exit(CaseError.exit_code)
    typer.echo(f"{case}: sound")


def merge(case: ExistingCase, other: Annotated[str, typer.Argument(metavar="OTHER", help="Another copy of the case.")]) -> None:
    """Bring another copy of a case into this one.

    Takes over captures, reports, decisions, gradings and redactions that this copy lacks; nothing is lost and nothing is doubled,
    however often it is done. OTHER is only read. Then reads what is new.
    """
    from counterclaim.case import Store
    from counterclaim.pipeline import Case

    with contextlib.closing(Case(there(case))) as opened, contextlib.closing(Store.open(there(other), create=False)) as theirs:
        taken = opened.store.take_in(theirs)
        with progress_bar() as step:
            opened.run(progress=step)
        open_ends = len(opened.view.disputes)
    came_in = ((taken.reports, "report"), (taken.decisions, "decision"), (taken.assessments, "grading"))
    typer.echo(f"{case}: " + ", ".join(counted(n, what) for n, what in came_in) + " taken in")
    if open_ends:
        say(f"{counted(open_ends, 'decision')} differ from another person's: a lead settles them")


def agreement(case: ExistingCase) -> None:
    """Show how far people who decided on the same facts agree.

    One line a field: how many facts two or more people decided on, the share of pairs that agree, Cohen's kappa (two people) and
    Krippendorff's alpha.
    """
    from counterclaim.case import agreement as measure
    from counterclaim.pipeline import Case

    with contextlib.closing(Case(there(case))) as opened:
        found = measure(opened.view)
    for each in found:
        numbers = (
            f"{name} {'-' if value is None else f'{value:.2f}'}" for name, value in (("kappa", each.kappa), ("alpha", each.alpha))
        )
        typer.echo(
            f"{each.field}: {counted(each.facts, 'fact')}, {each.share:.0%} agree, {', '.join(numbers)}, {', '.join(each.people)}"
        )
    if not found:
        typer.echo("no fact was decided on by two people")


def decisions(case: ExistingCase, as_of: AsOf = None) -> None:
    """List what people decided, where each decision stands, and what became of its fact since.

    The last column is "same", "moved", "value changed: check again" or "not found: kept".
    """
    from counterclaim.pipeline import Case

    with contextlib.closing(Case(there(case), as_of=moment(as_of))) as opened:
        view = opened.view
    for standing in view.standings:
        d = standing.decision
        words = f" “{d.anchor.quote}”" if d.anchor else ""
        what = f"{d.kind} {d.fact}{f' {d.role}' if d.role else ''}{f' to {d.value}' if d.kind == 'correct' else ''}"
        why = f" ({d.reason})" if d.reason else ""
        typer.echo(f"{d.id}\t{d.made:%Y-%m-%d %H:%M}\t{d.user}\t{what}{words}{why}\t{standing.state}\t{standing.outcome}")
    for graded in view.graded:
        g = graded.assessment
        typer.echo(
            f"g{g.id}\t{g.made:%Y-%m-%d %H:%M}\t{g.user}\t{g.scale}: {g.grade}\t{graded.incident or '-'}\t{graded.outcome}"
        )


def undo(case: ExistingCase, decision: Number, user: User, reason: Reason = "") -> None:
    """Take a decision back: the case looks as if it had not been made.

    Each takes back their own; a lead may take back anybody's. Doing it with the number of an undoing brings the decision back.
    """
    from counterclaim.case import Store

    with contextlib.closing(Store.open(there(case), create=False)) as store:
        made = store.undo(decision, user=user, reason=reason)
    typer.echo(f"decision {decision} taken back by decision {made.id}")


def lead(
    case: ExistingCase, name: Annotated[str, typer.Argument(help="Who may settle.")], user: User, reason: Reason = ""
) -> None:
    """Name a lead, who may settle what others decide differently.

    The first is named by anybody, the next ones by a lead.
    """
    from counterclaim.case import Store

    with contextlib.closing(Store.open(there(case), create=False)) as store:
        made = store.decide("accept", "lead", user=user, reason=reason, value=json.dumps(name, ensure_ascii=False))
    typer.echo(f"{name} is a lead (decision {made.id})")


def redact(
    case: ExistingCase, report: Annotated[str, typer.Argument(metavar="REPORT", help="The report's id.")], user: User,
    reason: Annotated[str, typer.Option(help="Who asks for it and why; all that is left.")],
    words: Annotated[list[str] | None, typer.Option(help="Only these words, wherever they stand; may be given again.")] = None,
) -> None:  # fmt: skip
    """Drop a report's bytes and text, or some of its words, from the case for good.

    What is left is the hash of the capture, its place in the log, who dropped it and why. It cannot be undone.
    """
    from counterclaim.pipeline import Case
    from counterclaim.records import Span

    with contextlib.closing(Case(there(case))) as opened:
        text = opened.store.report(report).text
        missing = [given for given in words or () if given not in text]
        if missing:
            raise CaseError(f"report {report}: does not hold the words {missing[0]!r}; give them as they stand in it")
        spans = [Span.of(report, text, text.index(given), text.index(given) + len(given)) for given in words or ()]
        made = opened.redact(report, user=user, reason=reason, words=spans)
    typer.echo(f"{'words of report' if words else 'report'} {report} redacted (decision {made.id})")


COMMANDS = (decisions, undo, lead, redact, merge, agreement, verify)
"""In the order in which the help lists them."""
