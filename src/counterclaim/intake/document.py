"""A document: the text of one report to be, as lines that know their place in the file it came in."""

from __future__ import annotations

from dataclasses import dataclass

from counterclaim.intake.html import page_lines
from counterclaim.intake.metadata import NOTHING, Facts
from counterclaim.intake.pieces import Piece
from counterclaim.intake.plain import text_lines
from counterclaim.records import Capture


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text on its way to a report.

    `source` is the text that the lines' segments point into; `part` which part of the capture it is, None for the whole;
    `fields` what the format says of it in fields of its own; `encoding` the codec of the bytes; `what` names it in an error;
    `recorder` is whose table it is a row of.
    """

    source: str
    lines: tuple[Piece, ...]
    fields: Facts = NOTHING
    part: str | None = None
    encoding: str = "utf-8"
    what: str = "the file"
    recorder: str | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """A file within a message, to be read as if it lay on its own: `part` says which, `fields` what the message says of it."""

    capture: Capture
    part: str
    fields: Facts


def text_document(decoded: str, *, encoding: str = "utf-8", part: str | None = None, fields: Facts = NOTHING) -> Document:
    """A plain text as a document."""
    return Document(source=decoded, lines=tuple(text_lines(decoded)), encoding=encoding, part=part, fields=fields)


def page_document(decoded: str, *, encoding: str = "utf-8", part: str | None = None, fields: Facts = NOTHING) -> Document:
    """A page as a document; what its container says of it (`fields`) goes before what the page says."""
    lines, own = page_lines(decoded)
    fields = fields.canonical(own).over(own)
    return Document(source=decoded, lines=tuple(lines), encoding=encoding, part=part, fields=fields, what="the page")
