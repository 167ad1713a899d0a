"""Evidence, immutable: what was received, the published text read from it, and what was copied from what."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from counterclaim.records.spans import Offsets

DateKnown = Literal["stated", "metadata", "given", "inferred"]
"""How a publication date is known: stated in the text, in the page's metadata, given by the user, or inferred."""

CopyKind = Literal["copied", "edited", "translated"]


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes as received. `sha256` (hexadecimal) is its identity; `origin` the path or address it came from;
    `received` an aware UTC time (for a record of a web archive the time of the crawl); `media_type` what the bytes were
    taken for (`text/plain`, `text/html`, `application/pdf` ...)."""

    sha256: str
    origin: str
    received: datetime
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Published:
    """A publication date, `value` an EDTF date (`2017-04-02`, `2017-04`), and how it is known.

    `words` are the offsets of the stated date in the clean text, where it stands there; `note` the reason
    for an inferred date, or the metadata field it was taken from.
    """

    value: str
    how: DateKnown
    words: Offsets | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report was read from: `origin` the path or address of its capture, with the record of a web archive or the message
    of a mailbox behind a "#"; `received` when (UTC, ISO 8601); `pages` where the pages of a PDF begin in the clean text; `part`
    as in `Report`."""

    origin: str
    received: str
    pages: tuple[int, ...] = ()
    part: str | None = None

    def page(self, at: int) -> int | None:
        """The page, from 1, of the offset `at`; None where there are no pages."""
        return bisect_right(self.pages, at) or None


@dataclass(frozen=True, slots=True)
class Sourced:
    """How one field of a report is known: its name (`title`, `outlet`, `agency`, `dateline`, `byline`, `language`, `url`), `how`
    as for a date, and in `note` the field of the page or file that says it, or the reason where it is inferred."""

    field: str
    how: DateKnown
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of the map from clean text back to the capture: `text[start:start+length]` of the report stands at
    `capture_start` in the capture's text (all code points): the bytes decoded with the report's `encoding`, or, of a format
    that is no plain text or page, what `intake.source_text` gives for the report's part."""

    start: int
    capture_start: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The published text read from a capture. Unknown values are None; nothing is invented.

    `id` is a hash of the capture's hash and the text; `text` the clean text all offsets point into;
    `outlet` who published it; `agency` the agency credited with it ("Reuters"); `dateline` the words of place and
    day before the first sentence; `language` an ISO 639-1 code; `not_read` says why a report is kept but not read
    ("not read: language de"), else None; `part` which part of the capture it is ("entry 3" of a feed, "attachment 2: a.pdf"
    of a message), None for the whole; `recorder` whose table it is a row of ("UCDP GED"): such a report is that recorder's
    statement, read by its columns; `segments` map the text back to the capture. `modified` is the day on which it says that
    it was changed last; `known` says of every other field that has a value how that is known, sorted by field.
    """

    id: str
    capture: str
    text: str
    title: str | None = None
    outlet: str | None = None
    agency: str | None = None
    dateline: str | None = None
    byline: str | None = None
    language: str | None = None
    published: Published | None = None
    url: str | None = None
    encoding: str = "utf-8"
    not_read: str | None = None
    part: str | None = None
    recorder: str | None = None
    segments: tuple[Segment, ...] = ()
    modified: Published | None = None
    known: tuple[Sourced, ...] = ()

    def how(self, field: str) -> Sourced | None:
        """How the field of that name is known; None where it has no value."""
        return next((k for k in self.known if k.field == field), None)


@dataclass(frozen=True, slots=True)
class CopyLink:
    """Report `copy` derives from report `original` (ids). `share` is the part of the copy's text that stands in the
    original (0 to 1); `reasons` say in words why and why in this direction."""

    copy: str
    original: str
    kind: CopyKind
    share: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageLink:
    """A paragraph of report `copy`, which has a text of its own, derives from a paragraph of report `original` (ids). `span` are
    its offsets in the copy's clean text, `source` those of the original's paragraph in the original's; `share` the part of its
    wording that stands there (0 to 1); `reasons` say why in this direction."""

    copy: str
    span: Offsets
    original: str
    source: Offsets
    share: float
    reasons: tuple[str, ...] = ()
