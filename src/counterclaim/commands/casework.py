"""The commands of people's work on a case: what there is to decide on, deciding, grading, taking back, redacting, copies."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from counterclaim.commands.console import AsOf, ExistingCase, Number, Reason, User, counted, moment, progress_bar, say, there
from counterclaim.errors import CaseError, InputError

if TYPE_CHECKING:
    from counterclaim.case import Asked


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

    with (
        contextlib.closing(Case(there(case), create=False)) as opened,
        contextlib.closing(Store.open(there(other), create=False)) as theirs,
    ):
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

    with contextlib.closing(Case(there(case), create=False)) as opened:
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
    """List what people decided, and where it stands.

    Each with what became of its fact since: the last column is "same", "moved", "value changed: check again" or "not found:
    kept".
    """
    from counterclaim.pipeline import Case

    with contextlib.closing(Case(there(case), as_of=moment(as_of), create=False)) as opened:
        view = opened.view
    for standing in view.standings:
        d = standing.decision
        words = f" “{d.anchor.quote}”" if d.anchor else f" {d.value}" if d.fact in ("name", "lead") and d.value else ""
        what = f"{d.kind} {d.fact}{f' {d.role}' if d.role else ''}{f' to {d.value}' if d.kind == 'correct' else ''}"
        why = f" ({d.reason})" if d.reason else ""
        typer.echo(f"{d.id}\t{d.made:%Y-%m-%d %H:%M}\t{d.user}\t{what}{words}{why}\t{standing.state}\t{standing.outcome}")
    for graded in view.graded:
        g = graded.assessment
        typer.echo(
            f"g{g.id}\t{g.made:%Y-%m-%d %H:%M}\t{g.user}\t{g.scale}: {g.grade}\t{graded.incident or '-'}\t{graded.outcome}"
        )


def undo(case: ExistingCase, decision: Number, user: User, reason: Reason = "") -> None:
    """Take a decision back.

    The case looks as if it had not been made. Each takes back their own; a lead may take back anybody's. Doing it with the
    number of an undoing brings the decision back.
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
    case: ExistingCase,
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The report's id, or how it begins.")],
    user: User,
    reason: Annotated[str, typer.Option(help="Who asks for it and why; all that is left.")],
    words: Annotated[list[str] | None, typer.Option(help="Only these words, wherever they stand; may be given again.")] = None,
) -> None:  # fmt: skip
    """Drop a report or some of its words for good.

    Its bytes and text leave the case. What is left is the hash of the capture, its place in the log, who dropped it and why.
    It cannot be undone.
    """
    from counterclaim.pipeline import Case
    from counterclaim.records import Span

    with contextlib.closing(Case(there(case), create=False)) as opened:
        found = [id for id in opened.store.report_ids() if report and id.startswith(report)]
        if len(found) > 1:
            raise CaseError(f"{report}: {len(found)} reports begin so; give more of the id")
        if not found:
            raise CaseError(f"{report}: is no report of this case; `counterclaim facts` lists what there is")
        (id,) = found
        text = opened.store.report(id).text
        missing = [given for given in words or () if given not in text]
        if missing:
            raise CaseError(f"report {report}: does not hold the words {missing[0]!r}; give them as they stand in it")
        spans = [Span.of(id, text, text.index(given), text.index(given) + len(given)) for given in words or ()]
        made = opened.redact(id, user=user, reason=reason, words=spans)
    typer.echo(f"{'words of report' if words else 'report'} {report} redacted (decision {made.id})")


def facts(
    case: ExistingCase,
    within: Annotated[list[str] | None, typer.Argument(metavar="[WITHIN]...", help="Only of these incidents or reports.")] = None,
) -> None:
    """List what can be decided on.

    Each with the reference that `decide` takes. One line a fact, in columns set apart by tabs: reference, kind, the incident
    it belongs to, its values as JSON, its words.
    """
    from counterclaim.case import listed
    from counterclaim.pipeline import Case

    with contextlib.closing(Case(there(case), create=False)) as opened:
        for one in listed(opened.view, within or ()):
            values = json.dumps(one.values, ensure_ascii=False)
            typer.echo("\t".join((one.reference, one.kind, one.incident or "-", values, " ".join(one.words.split()))))


def decide(
    case: ExistingCase,
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help="accept, correct, reject, hide, add, same, not-same, move, merge or split.")
    ] = "",
    target: Annotated[str, typer.Argument(metavar="WHAT", help="A reference as `facts` lists them.")] = "",
    others: Annotated[
        list[str] | None,
        typer.Argument(metavar="OTHERS", help="What it is joined to, set apart from or put into."),
    ] = None,
    user: User = "",
    reason: Reason = "",
    given: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="A value to correct or add; may be given again."),
    ] = None,
    fact: Annotated[str, typer.Option(help="What is added: a figure, statement or mention.")] = "figure",
    words: Annotated[str | None, typer.Option(help="The words of report WHAT on which it is added.")] = None,
    incident: Annotated[str | None, typer.Option(help="The incident to which it is added.")] = None,
    name: Annotated[list[str] | None, typer.Option(help="Given twice: two names that are same or not-same.")] = None,
    settles: Annotated[list[int] | None, typer.Option(metavar="NUMBER", help="A decision that a lead settles by it.")] = None,
    source: Annotated[
        str | None, typer.Option("--from", metavar="FILE", help="Take decisions from lines of JSON; - is standard input.")
    ] = None,
) -> None:
    """Sign a decision on what was read.

    Accept, correct, reject, hide, add, bring together, set apart, move, merge or split facts. A reference is REPORT:f1 for a
    figure, REPORT:s1 for a statement, REPORT:m0 for an incident as one report tells of it, REPORT:12-40 for words, or the id
    of an incident or report. `move` without OTHERS gives the fact an incident of its own. VALUE is JSON; what is none is
    taken as plain words.

    With --from each line holds the names used here: kind, target, others, values (an object), fact, words, incident, names,
    settles, user, reason. References are of the case before the first line, and all lines are kept or none.
    """
    from counterclaim.case import Asked, kind_named
    from counterclaim.pipeline import Case

    if source is None:
        fields: dict[str, Any] = {"others": tuple(others or ()), "names": tuple(name or ()), "settles": tuple(settles or ())}
        fields |= {"fact": fact, "words": words, "incident": incident, "values": dict(_pair(pair) for pair in given or ())}
        asked = [Asked(kind=kind_named(kind), target=target, user=user, reason=reason, **fields)]
    elif kind:
        raise CaseError("decisions come from the arguments or from --from; leave one of them out")
    else:
        asked = list(_asked(source, user=user, reason=reason))
    with contextlib.closing(Case(there(case), create=False)) as opened:
        made = opened.decide_all(asked)
    typer.echo(f"{counted(len(made), 'decision')} kept: {', '.join(str(d.id) for d in made)}")


def grade(
    case: ExistingCase,
    incident: Annotated[str, typer.Argument(metavar="INCIDENT", help="Its id, as `facts` lists it.")],
    grade: Annotated[str, typer.Argument(metavar="GRADE", help="A grade of the scale.")],
    user: User,
    scale: Annotated[str, typer.Option(help="airwars, which ships, or the name of your own.")] = "airwars",
    low: Annotated[int | None, typer.Option(help="Killed at least, as you judge it.")] = None,
    high: Annotated[int | None, typer.Option(help="Killed at most, as you judge it.")] = None,
    best: Annotated[int | None, typer.Option(help="Your best estimate.")] = None,
    note: Annotated[str, typer.Option(help="What it rests on, in your words.")] = "",
    cite: Annotated[
        list[str] | None, typer.Option(metavar="REFERENCE", help="A claim that it rests on; may be given again.")
    ] = None,
) -> None:
    """Grade an incident. A grading is signed and dated; a later one stands beside it."""
    from counterclaim.pipeline import Case

    with contextlib.closing(Case(there(case), create=False)) as opened:
        cited = [span for reference in cite or () for span in opened.references.spans(reference)]
        made = opened.assess(incident, scale=scale, grade=grade, user=user, low=low, high=high, best=best, note=note, cited=cited)
    typer.echo(f"grading g{made.id} kept")


def _pair(pair: str) -> tuple[str, object]:
    """NAME=VALUE, with the value as JSON holds it, else as the words that it is."""
    name, sign, value = pair.partition("=")
    if not sign:
        raise CaseError(f"{pair!r} sets nothing; give NAME=VALUE as in high=15")
    try:
        return name.strip(), json.loads(value)
    except ValueError:
        return name.strip(), value


def _asked(source: str, **known: str) -> Iterator[Asked]:
    """What the lines of a file ask for. CaseError naming the line that asks for nothing we know."""
    from counterclaim.case import Asked

    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text("utf-8")
    except OSError as error:
        raise InputError(source, error.strerror or "cannot be opened", "check the path") from None
    except UnicodeDecodeError:
        raise InputError(source, "is no text in UTF-8", "save it as lines of JSON in UTF-8") from None
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield Asked.of(line, **known)
            except CaseError as error:
                raise CaseError(f"line {number}: {error}") from None


COMMANDS = (facts, decide, grade, decisions, undo, lead, redact, merge, agreement, verify)
"""In the order in which the help lists them."""
