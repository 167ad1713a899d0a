"""Take the documents out of a capture, each as lines that know their place in it, by the format's own reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from counterclaim.errors import CounterclaimError, EmptyInput, InputError
from counterclaim.intake import articles, feeds, formats, mail, office, pdf, recorders
from counterclaim.intake.decoding import decode
from counterclaim.intake.document import Attached, Document, page_document, text_document
from counterclaim.intake.posts import pasted
from counterclaim.records import Capture


def documents(capture: Capture) -> Iterator[Document | InputError]:
    """The documents in `capture`, in order, or why one cannot be read. Never raises for what the bytes hold."""
    none = True
    try:
        for found in _READERS[capture.media_type.partition(";")[0]](capture):
            none = False
            if isinstance(found, Attached):
                yield from _attached(found)
            else:
                yield found
        if none:
            yield EmptyInput(capture.origin, "holds nothing to read", "check that it was saved whole")
    except InputError as error:
        yield error
    except (CounterclaimError, ImportError, MemoryError):
        raise
    except Exception as e:  # a file can break a library in ways it does not declare; the others still count
        yield InputError(capture.origin, f"could not be read ({type(e).__name__}: {e})", "please report this file")


def _attached(file: Attached) -> Iterator[Document | InputError]:
    for document in documents(file.capture):
        if isinstance(document, Document):
            yield replace(document, fields=document.fields.over(file.fields), part=file.part, what="the attachment")
        else:
            yield document


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


_READERS: Mapping[str, Callable[[Capture], Iterator[Document | Attached | InputError]]] = {
    formats.TEXT: _text, formats.HTML: _page, formats.PDF: pdf.read, formats.DOCX: office.read_docx,
    formats.RTF: office.read_rtf, formats.MAIL: mail.read, formats.MHTML: mail.read_page, formats.FEED: feeds.read,
    formats.JSON: articles.read, formats.CSV: recorders.read,
}  # fmt: skip
