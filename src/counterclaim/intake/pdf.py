"""Read PDFs: their lines as paragraphs, page headings dropped, and the page and box where any words stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counterclaim.errors import EmptyInput, InputError
from counterclaim.intake.document import Document
from counterclaim.intake.metadata import Facts
from counterclaim.intake.pieces import Piece, joined, taken
from counterclaim.records import Capture

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_PAGE_END = "\f"
_MOST_PAGES = 2000
_LINE = re.compile(r"[^\r\n\f]+")
_CLOSED = re.compile(r"[.!?…:;][\"”’'»)\]]*$")
_BROKEN_WORD = "\x02\ufffe\u00ad"
"""What pdfium gives for a hyphen that only parts a word at the line's end."""
_REPEATED = 3
"""Pages on which the same first or last line makes it a heading or foot of the pages: two may be chance."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where words stand on paper: `page` counts from 1; the rest in points (1/72 inch) from the page's lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def read(capture: Capture) -> Iterator[Document | InputError]:
    """The one document of a PDF. Its dates are those of the file, not of a publication, and are not taken.

    InputError where it is damaged, locked or too long; EmptyInput where its pages hold no text.
    """
    with _Opened(capture) as pdf:
        pages = [_page_text(pdf, n) for n in range(len(pdf))]
        said = pdf.get_metadata_dict(skip_empty=True)
    damaged = [n for n, page in enumerate(pages, 1) if page is None]
    if damaged:
        named = ", ".join(map(str, damaged[:20]))
        yield InputError(capture.origin, f"pages are damaged and left out: {named}", "get a whole copy if you need them")
    source = _PAGE_END.join(page or "" for page in pages)
    if not source.replace(_PAGE_END, "").strip():
        if damaged:
            return
        raise EmptyInput(
            capture.origin, "its pages hold pictures and no text", "run text recognition (OCR) on it and add the result"
        )
    fields = Facts(title=_clean(said.get("Title")), byline=_clean(said.get("Author"))).by("metadata", "property of the PDF")
    yield Document(source=source, lines=tuple(_paragraphs(source)), fields=fields, what="the PDF")


def boxes(capture: Capture, start: int, end: int) -> tuple[Box, ...]:
    """Where the words `source[start:end]` of a PDF's source text stand on paper, a box for each line of them."""
    with _Opened(capture) as pdf:
        at = 0
        for n in range(len(pdf)):
            text = _page_text(pdf, n) or ""
            if start < at + len(text):
                textpage = pdf[n].get_textpage()
                first, last = start - at, min(end - at, len(text))
                count = textpage.count_rects(first, last - first)
                return tuple(Box(n + 1, *textpage.get_rect(k)) for k in range(count))
            at += len(text) + len(_PAGE_END)
    return ()


def _page_text(pdf: PdfDocument, n: int) -> str | None:
    """The text of page `n` (from 0), None where the page is damaged."""
    import pypdfium2

    try:
        page = pdf[n]
        textpage = page.get_textpage()
        text: str = textpage.get_text_range()
    except pypdfium2.PdfiumError:
        return None
    textpage.close()
    page.close()
    # half of a surrogate pair, which a broken font can name, is no text
    return text.replace(_PAGE_END, " ").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _Opened:
    """A PDF that is closed again, whatever happens."""

    def __init__(self, capture: Capture) -> None:
        self.capture = capture

    def __enter__(self) -> PdfDocument:
        import pypdfium2

        origin = self.capture.origin
        try:
            self.pdf = pypdfium2.PdfDocument(self.capture.data)
        except pypdfium2.PdfiumError as e:
            if "password" in str(e).lower():
                raise InputError(origin, "is locked with a password", "save a copy without it and add that") from None
            raise InputError(origin, "is a damaged PDF", "get a whole copy and add it again") from None
        if len(self.pdf) > _MOST_PAGES:
            self.pdf.close()
            raise InputError(origin, f"has more than {_MOST_PAGES} pages", "cut it into its reports and add those")
        return self.pdf

    def __exit__(self, *error: object) -> None:
        self.pdf.close()


def _clean(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None


def _paragraphs(source: str) -> Iterator[Piece]:
    """The lines of all pages, those of one paragraph joined, also over the end of a page."""
    pages: list[list[tuple[int, int]]] = []
    at = 0
    for page in source.split(_PAGE_END):
        pages.append([(m.start() + at, m.end() + at) for m in _LINE.finditer(page) if m[0].strip()])
        at += len(page) + 1
    dropped = _headings(source, pages)
    lines = [line for page in pages for line in page if line not in dropped]
    widths = sorted(e - s for s, e in lines)
    # The width of a full line, a tenth of the lines may be longer: tables, headings.
    full = widths[len(widths) * 9 // 10] if widths else 0
    group: list[tuple[int, int]] = []
    for line in lines:
        if group and not _goes_on(source, group[-1], line, full):
            yield _paragraph(source, group)
            group = []
        group.append(line)
    if group:
        yield _paragraph(source, group)


def _headings(source: str, pages: list[list[tuple[int, int]]]) -> set[tuple[int, int]]:
    """The lines at the head and foot of pages that say the same on many, numbers aside, or are a page number."""
    outer = [line for page in pages for line in {*page[:2], *page[-2:]}]
    words = {line: re.sub(r"\d+", "0", source[slice(*line)].strip()) for line in outer}
    often = Counter(words.values())
    return {
        line for line, w in words.items() if (often[w] >= _REPEATED and len(pages) >= _REPEATED) or (w == "0" and len(pages) > 1)
    }


def _goes_on(source: str, line: tuple[int, int], following: tuple[int, int], full: int) -> bool:
    """Whether the paragraph of `line` goes on in the next: its line is full, or ends no sentence and the next begins small."""
    words, after = source[slice(*line)].rstrip(), source[slice(*following)].lstrip()
    if words[-1:] in _BROKEN_WORD or (words.endswith("-") and after[:1].islower()):
        return True
    if _CLOSED.search(words):
        return len(words) >= 0.9 * full and not source[line[1] : following[0]].count("\n") > 1
    return after[:1].islower() or len(words) >= 0.7 * full


def _paragraph(source: str, lines: list[tuple[int, int]]) -> Piece:
    parts: list[Piece] = []
    for n, (start, end) in enumerate(lines):
        last = n + 1 == len(lines)
        words = source[start:end].rstrip()
        end = start + len(words)
        parted = not last and words[-1:] in _BROKEN_WORD
        parts.append(taken(source, start, end - 1 if parted else end))
        if not last and not parted and not words.endswith("-"):
            parts.append(Piece(" "))
    return joined(parts)
