"""Take the documents out of a capture, each as lines that know their place in it, by the format's own reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counterclaim.errors import CounterclaimError, EmptyInput, InputError
from counterclaim.intake import formats
from counterclaim.intake.decoding import decode
from counterclaim.intake.html import page_lines
from counterclaim.intake.metadata import NOTHING, Facts
from counterclaim.intake.pieces import Piece
from counterclaim.intake.plain import text_lines
from counterclaim.intake.posts import pasted
from counterclaim.records import Capture

if TYPE_CHECKING:
    from collections.abc import Mapping


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


def documents(capture: Capture) -> Iterator[Document | InputError]:
    """The documents in `capture`, in order, or why one cannot be read. Never raises for what the bytes hold."""
    none = True
    try:
        for document in _readers()[capture.media_type.partition(";")[0]](capture):
            none = False
            yield document
        if none:
            yield EmptyInput(capture.origin, "holds nothing to read", "check that it was saved whole")
    except InputError as error:
        yield error
    except (CounterclaimError, ImportError, MemoryError):
        raise
    except Exception as e:  # a file can break a library in ways it does not declare; the others still count
        yield InputError(capture.origin, f"could not be read ({type(e).__name__}: {e})", "please report this file")


def _readers() -> Mapping[str, Callable[[Capture], Iterator[Document | InputError]]]:
    from counterclaim.intake import articles, feeds, mail, office, pdf, recorders

    return {
        formats.TEXT: _text, formats.HTML: _page, formats.PDF: pdf.read, formats.DOCX: office.read_docx,
        formats.RTF: office.read_rtf, formats.MAIL: mail.read, formats.MHTML: mail.read_page, formats.FEED: feeds.read,
        formats.JSON: articles.read, formats.CSV: recorders.read,
    }  # fmt: skip


def _text(capture: Capture) -> Iterator[Document]:
    decoded, encoding = decode(capture.data, capture.origin, charset=formats.charset_of(capture.media_type))
    posts = pasted(decoded)
    if posts is None:
        yield text_document(decoded, encoding=encoding)
    for n, (lines, fields) in enumerate(posts or (), 1):
        part = f"post {n}" if posts and len(posts) > 1 else None
        yield Document(source=decoded, lines=lines, fields=fields, encoding=encoding, part=part, what="the post")


def _page(capture: Capture) -> Iterator[Document]:
    decoded, encoding = decode(capture.data, capture.origin, html=True, charset=formats.charset_of(capture.media_type))
    yield page_document(decoded, encoding=encoding)


def text_document(decoded: str, *, encoding: str = "utf-8", part: str | None = None, fields: Facts = NOTHING) -> Document:
    """A plain text as a document."""
    return Document(source=decoded, lines=tuple(text_lines(decoded)), encoding=encoding, part=part, fields=fields)


def page_document(decoded: str, *, encoding: str = "utf-8", part: str | None = None, fields: Facts = NOTHING) -> Document:
    """A page as a document; what its container says of it (`fields`) goes before what the page says."""
    lines, own = page_lines(decoded)
    fields = fields.canonical(own).over(own)
    return Document(source=decoded, lines=tuple(lines), encoding=encoding, part=part, fields=fields, what="the page")
