"""The command that turns what people annotated in another tool into decisions on a case."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from counterclaim.commands.console import ExistingCase, counted, say, there
from counterclaim.errors import InputError

if TYPE_CHECKING:
    from counterclaim.exchange.returned import Returned


def annotated(
    case: ExistingCase,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A Label Studio project exported as JSON, or an archive of UIMA CAS XMI files.")
    ],
    user: Annotated[str, typer.Option(help="Who annotated, where the file does not tell; whoever it names goes before.")] = "",
) -> None:
    """Turn what annotators marked into decisions.

    Takes what Label Studio or INCEpTION gives out. Prints the decisions as lines for `counterclaim decide CASE --from -`;
    nothing is kept until they go there. A fact left as it was is accepted, one with other values corrected, one that was
    taken away rejected, one that was marked anew added.
    """
    from counterclaim.exchange.returned import decisions
    from counterclaim.pipeline import Case

    with contextlib.closing(Case(there(case))) as opened:
        reads = {read.report.id: read for read in opened.reports}
        homes: dict[str, set[str]] = {}
        for incident in opened.linkage.incidents:
            for member in incident.members:
                homes.setdefault(member.report, set()).add(incident.id)
    told = reports = 0
    for returned in _returned(file, {id: read.report.text for id, read in reads.items()}, user):
        reports += 1
        for problem in returned.problems:
            say(f"report {returned.report[:12]}, {returned.where}: {problem}; mark them again")
        home = homes.get(returned.report, set())
        for line in decisions(returned, reads[returned.report], *home if len(home) == 1 else (None,)):
            typer.echo(json.dumps({**line, "user": line["user"] or user}, ensure_ascii=False))
            told += 1
    say(f"{counted(told, 'decision')} from {counted(reports, 'annotated report')}")


def _returned(file: Path, texts: Mapping[str, str], user: str) -> Iterator[Returned]:
    from counterclaim.exchange import label_studio, uima

    try:
        data = file.read_bytes()
    except OSError as error:
        raise InputError(str(file), error.strerror or "cannot be opened", "check the path") from None
    if data.startswith(b"PK"):
        return uima.read(data, file.name, texts, user)
    try:
        return label_studio.read(data.decode("utf-8-sig"), file.name, texts)
    except UnicodeDecodeError:
        raise InputError(str(file), "is no text in UTF-8", "export the project from Label Studio as JSON") from None
