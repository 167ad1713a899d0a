"""What can be taken out of the case from the page: each format with what writes it; a new one is a line in `FORMATS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from counterclaim.case.canonical import canonical, plain
from counterclaim.dossier import to_html
from counterclaim.exchange import Masks, dump_line, reading_to_line
from counterclaim.records import Decision
from counterclaim.version import __version__
from counterclaim.workbench.laid import Laid, together


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be taken out: incidents, and what people decided on their reports; `title` heads what has a heading."""

    title: str
    laid: Sequence[Laid]
    decisions: Sequence[Decision]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its key in an address, what it is called and is good for, the end of its name, its media type, and what
    writes it in pieces, without the names that the masks hide."""

    key: str
    name: str
    good_for: str
    ending: str
    media: str
    write: Callable[[Chosen, Masks], Iterator[bytes]]


def _dossier(chosen: Chosen, masks: Masks) -> Iterator[bytes]:
    reports, linkage = together(chosen.laid)
    contests = [laid.contest for laid in chosen.laid]
    page = to_html(contests, reports, linkage, title=masks(chosen.title), made_with=f"counterclaim {__version__}")
    yield masks.in_html(page).encode("utf-8", "backslashreplace")


def _lines(chosen: Chosen, masks: Masks) -> Iterator[bytes]:
    reports, _ = together(chosen.laid)
    for read in reports:
        yield dump_line(masks.in_json(reading_to_line(read.report.id, read.reading)))


def _decisions(chosen: Chosen, masks: Masks) -> Iterator[bytes]:
    for decision in chosen.decisions:
        yield canonical(masks.in_json(plain(decision))).encode() + b"\n"


FORMATS = {
    one.key: one
    for one in (
        Format("dossier", "Dossier", "one page that opens offline, to read and to print", "html", "text/html", _dossier),
        Format("lines", "Claims as JSON lines", "one line a report, for programs", "jsonl", "application/x-ndjson", _lines),
        Format(
            "decisions", "Decisions as JSON lines", "who decided what, when and why", "jsonl", "application/x-ndjson", _decisions
        ),
    )
}
"""The formats by key, the likeliest wanted first."""
