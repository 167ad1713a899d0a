"""Turn what a capture holds, or a text given as it is, into reports: clean text, what is known about it, and the map back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from counterclaim.errors import EmptyInput, InputError
from counterclaim.intake.credits import agency_named
from counterclaim.intake.document import Document
from counterclaim.intake.documents import documents
from counterclaim.intake.formats import PDF
from counterclaim.intake.language import language_of
from counterclaim.intake.layout import STAYS, lay_out
from counterclaim.intake.metadata import NOTHING, Dated, Facts, from_address, given, place_in_text, stated
from counterclaim.intake.pieces import joined
from counterclaim.records import Capture, Published, Report, Segment, Sourced

_HAS_WORD = re.compile(r"[^\W_]")
_PARAGRAPH_END = "\n\n"
LONGEST = 300_000
"""Code points of a text that is read, some 150 pages: 40,000 take 5 s of one core, 100,000 take 25 s. What is longer is a volume
of reports; it is kept whole, and found by its words."""


def reports(
    capture: Capture,
    *,
    known: Facts = NOTHING,
    published: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    title: str | None = None,
) -> Iterator[Report | InputError]:
    """The reports in `capture`, in order: page furniture gone, headline first, paragraphs set off by blank lines.

    What the user gives wins over what a container knows (`known`), that over the fields of the format, and those over what the
    text states, but for the agency and dateline, which only the text has. `published` is an EDTF date or an ISO time,
    InputError for anything else. A document that cannot be read comes as InputError: EmptyInput where no words remain.
    """
    by_user = given(capture.origin, published, outlet, url, title)
    for document in documents(capture):
        if isinstance(document, Document):
            yield _read(capture, document, by_user.over(known.canonical(document.fields)))
        else:
            yield document


def source_text(capture: Capture, report: Report) -> str:
    """The text that the report's segments point into: what its part of the capture holds, before anything was cleaned.

    KeyError where the capture holds no such part.
    """
    for document in documents(capture):
        if isinstance(document, Document) and document.part == report.part:
            return document.source
    raise KeyError(report.part)


def page_starts(capture: Capture, report: Report) -> tuple[int, ...]:
    """Where the pages of the report's part of a PDF begin in the clean text, in order; empty for what has no pages.

    A page whose words are all left out begins where the next one does. KeyError where the capture holds no such part.
    """
    source = source_text(capture, report)
    if "\f" not in source:
        return (0,) if capture.media_type == PDF else ()
    starts, at = [0], 0
    for m in re.finditer("\f", source):
        while at < len(report.segments) and report.segments[at].capture_start + report.segments[at].length <= m.end():
            at += 1
        if at == len(report.segments):
            starts.append(len(report.text))
        else:
            s = report.segments[at]
            starts.append(s.start + max(0, m.end() - s.capture_start))
    return tuple(starts)


def _read(capture: Capture, document: Document, by_user: Facts) -> Report | InputError:
    lines = document.lines
    texts = [line.text for line in lines]
    if document.recorder is not None:
        return _row(capture, document, texts)
    layout = lay_out(texts)
    kept = [n for n, kind in enumerate(layout.kinds) if kind in STAYS]
    starts: list[int | None] = [None] * len(lines)
    at = 0
    for n in kept:
        starts[n] = at
        at += len(texts[n]) + len(_PARAGRAPH_END)
    whole = joined((lines[n] for n in kept), _PARAGRAPH_END)
    if not _HAS_WORD.search(whole.text):
        origin = capture.origin + (f"#{document.part}" if document.part else "")
        what = "the page holds no words of an article" if document.what == "the page" else f"{document.what} holds no words"
        return EmptyInput(origin, what, "check that the text itself was saved")
    facts = _known(by_user, document.fields, stated(texts, layout))
    identity = hashlib.sha256(f"{capture.sha256}\0{whole.text}".encode()).hexdigest()
    return _report(identity, capture.sha256, whole.text, facts, starts, document.encoding, whole.segments, document.part)


def _row(capture: Capture, document: Document, lines: list[str]) -> Report:
    """A row of a recorder's table, as it is: none of its lines is furniture, and it is in no language."""
    text = "\n".join(lines)
    identity = hashlib.sha256(f"{capture.sha256}\0{text}".encode()).hexdigest()
    return Report(
        id=identity, capture=capture.sha256, text=text, title=document.fields.title, outlet=document.fields.outlet,
        encoding=document.encoding, part=document.part, recorder=document.recorder, known=_sorted(document.fields),
    )  # fmt: skip


def report_of(
    text: str,
    *,
    id: str,
    published: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    title: str | None = None,
) -> Report:
    """The report with exactly the given `text`, so that offsets into it fit; what it states of itself is read all the same.

    The capture is the text in UTF-8. `id` becomes the report's id. Raises EmptyInput where there are no words,
    InputError where `published` is no date.
    """
    if not _HAS_WORD.search(text):
        raise EmptyInput(id, "the text holds no words", "leave the line out or give its text")
    ends = [m.end() for m in re.finditer(r"\n", text)]
    starts: list[int | None] = [0, *ends]
    lines = text.split("\n")
    facts = _known(given(id, published, outlet, url, title), Facts(), stated(lines, lay_out(lines)))
    captured = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _report(id, captured, text, facts, starts, "utf-8", (Segment(0, 0, len(text)),))


def _known(by_user: Facts, by_fields: Facts, by_text: Facts) -> Facts:
    """The three sources in one, the first that knows wins; the address tells what is then still unknown."""
    facts = by_user.over(by_fields.over(by_text))
    # A date that is only inferred from a field yields to one that the text states.
    if facts.published and by_text.published and facts.published.how == "inferred" and by_text.published.how == "stated":
        facts = Facts(published=by_text.published).over(facts)
    if facts.agency is None and facts.byline is not None:
        # a report signed by its agency: "By RFE/RL"
        facts = Facts(agency=agency_named(facts.byline)).by("inferred", "the byline names an agency").over(facts)
    return facts.over(from_address(facts.url))


def _report(
    id: str,
    capture: str,
    text: str,
    facts: Facts,
    starts: list[int | None],
    encoding: str,
    segments: tuple[Segment, ...],
    part: str | None = None,
) -> Report:
    language, not_read = language_of(text)
    if not_read is None and len(text) > LONGEST:
        not_read = f"not read: longer than one report can be ({LONGEST:,} letters); cut it into its reports and add those"
    told = (Sourced("language", "inferred", "told from its words"),) if language else ()
    return Report(
        id=id,
        capture=capture,
        text=text,
        title=facts.title,
        outlet=facts.outlet,
        agency=facts.agency,
        dateline=facts.dateline,
        byline=facts.byline,
        language=language,
        published=_publication(facts.published, starts),
        url=facts.url,
        encoding=encoding,
        not_read=not_read,
        part=part,
        segments=segments,
        modified=_publication(facts.modified, starts),
        known=_sorted(facts, *told),
    )


def _sorted(facts: Facts, *more: Sourced) -> tuple[Sourced, ...]:
    return tuple(sorted((*facts.known, *more), key=lambda k: k.field))


def _publication(dated: Dated | None, starts: list[int | None]) -> Published | None:
    if dated is None:
        return None
    words = place_in_text(dated.words, starts)
    # The note of a stated date are the words of its line, needed where that line is not part of the text.
    note = None if words and dated.how == "stated" else dated.note
    return Published(dated.value, dated.how, words, note)
