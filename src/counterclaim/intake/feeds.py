"""Read feeds (RSS and Atom): every entry a document of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from counterclaim.errors import EmptyInput, InputError
from counterclaim.intake.dates import machine_day
from counterclaim.intake.document import Document
from counterclaim.intake.html import fragment_lines
from counterclaim.intake.metadata import Dated, Facts
from counterclaim.records import Capture

_MOST_ENTRIES = 10_000


def read(capture: Capture) -> Iterator[Document | InputError]:
    """The entries of a feed: the whole text where the feed carries it, else the summary, below the entry's title.

    Title, author, day and address are the entry's, the outlet is the feed's own title.
    """
    if b"<!ENTITY" in capture.data:  # no feed has use for it, and what it can unfold to has no bounds
        raise InputError(
            capture.origin, "is a feed that defines entities of its own", "save the pages it points to and add those"
        )
    import feedparser  # type: ignore[import-untyped]  # ships no types

    try:
        feed = feedparser.parse(capture.data, resolve_relative_uris=False, sanitize_html=False)
    except (ValueError, OverflowError) as e:  # its loose parser does so on characters that do not exist
        raise InputError(capture.origin, f"is a damaged feed ({e})", "get a whole copy and add it again") from None
    outlet = _words(feed.feed.get("title"))
    entries = feed.entries[:_MOST_ENTRIES]
    if not entries:
        raise EmptyInput(capture.origin, "the feed has no entries", "check the download, or add the pages it points to")
    for n, entry in enumerate(entries, 1):
        name = f"entry {n}"
        title = _words(entry.get("title"))
        held = [c.get("value") or "" for c in entry.get("content") or ()] or [entry.get("summary") or ""]
        source = "\n".join([f"<h1>{entry.get('title')}</h1>"] * bool(title) + held)
        lines = fragment_lines(source)
        fields = Facts(
            title=title,
            outlet=outlet,
            byline=_words(entry.get("author")),
            published=_published(entry),
            modified=_day(entry, "updated"),
            url=entry.get("link") or None,
        ).by("metadata", "feed")
        if len(lines) > bool(title):
            yield Document(source=source, lines=tuple(lines), fields=fields, part=name, what="the entry")
        else:
            yield EmptyInput(f"{capture.origin}#{name}", "the entry holds a title and no text", "add the page it points to")


def _published(entry: Any) -> Dated | None:
    updated = _day(entry, "updated")
    return _day(entry, "published") or (updated and Dated(updated.value, "inferred", note=updated.note))


def _day(entry: Any, field: str) -> Dated | None:
    if field not in entry:  # feedparser answers for "updated" with "published" where it is asked by `get`
        return None
    parsed = entry.get(f"{field}_parsed")
    day = machine_day(entry.get(field) or "") or (
        f"{parsed.tm_year:04}-{parsed.tm_mon:02}-{parsed.tm_mday:02}" if parsed else None
    )
    return Dated(day, "metadata", note=f"feed {field}") if day else None


def _words(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None
