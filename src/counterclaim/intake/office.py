"""Read word processors' documents: DOCX and RTF."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from counterclaim.errors import InputError, WrongFormat
from counterclaim.intake.decoding import decode
from counterclaim.intake.document import Document
from counterclaim.intake.metadata import Facts
from counterclaim.intake.plain import paragraphs
from counterclaim.records import Capture

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.table import _Cell

_MOST_UNPACKED = 512 * 2**20
_LONGEST_RTF = 8 * 2**20
"""Bytes: pictures in an RTF are digits, which its reader takes 1 s a MB to skip."""


def read_docx(capture: Capture) -> Iterator[Document]:
    """The paragraphs and table rows of a DOCX in order; title and author from its properties.

    Its dates are those of the file, not of a publication, and are not taken.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    damaged = InputError(capture.origin, "is a damaged DOCX", "open it in a word processor and save it again")
    try:
        with zipfile.ZipFile(io.BytesIO(capture.data)) as archive:
            unpacked = sum(e.file_size for e in archive.infolist() if e.filename.endswith((".xml", ".rels")))
            if unpacked > _MOST_UNPACKED or (unpacked > 2**26 and unpacked > 200 * len(capture.data)):
                raise WrongFormat(capture.origin, "unpacks to more than any document holds", "save its text as .txt and add that")
        opened = docx.Document(io.BytesIO(capture.data))
    except WrongFormat:
        raise
    except (
        zipfile.BadZipFile,
        PackageNotFoundError,
        KeyError,
        ValueError,
        SyntaxError,
        EOFError,
        NotImplementedError,
        zlib.error,
    ):
        raise damaged from None
    source = "\n".join(_docx_lines(opened))
    own = opened.core_properties
    fields = Facts(title=(own.title or "").strip() or None, byline=(own.author or "").strip() or None)
    fields = fields.by("metadata", "property of the document")
    yield Document(source=source, lines=tuple(paragraphs(source)), fields=fields, what="the document")


def _docx_lines(opened: Docx) -> Iterator[str]:
    from docx.table import Table

    for block in opened.iter_inner_content():
        if not isinstance(block, Table):
            yield block.text.replace("\n", " ")
            continue
        for row in block.rows:
            cells: list[_Cell] = []
            for cell in row.cells:  # a merged cell is given once for each column it spans
                if not any(cell._tc is c._tc for c in cells):
                    cells.append(cell)
            yield " ".join(c.text.replace("\n", " ").strip() for c in cells)


def read_rtf(capture: Capture) -> Iterator[Document]:
    """The text of an RTF, a paragraph a line."""
    from striprtf.striprtf import rtf_to_text

    if len(capture.data) > _LONGEST_RTF:
        raise InputError(capture.origin, "is an RTF of more than 8 MB", "save it as .docx or .txt and add that")
    decoded, encoding = decode(capture.data, capture.origin)
    try:
        source: str = rtf_to_text(decoded, errors="replace")  # type: ignore[no-untyped-call]
    except (LookupError, ValueError, IndexError, RecursionError):
        raise InputError(capture.origin, "is a damaged RTF", "open it in a word processor and save it again") from None
    source = source.encode("utf-8", "replace").decode("utf-8")
    yield Document(source=source, lines=tuple(paragraphs(source)), encoding=encoding, what="the document")
