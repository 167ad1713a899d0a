"""Read articles and posts kept as JSON: our own input lines, news-please and its like, exports of social media."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from counterclaim.errors import EmptyInput, InputError, WrongFormat
from counterclaim.intake.dates import machine_day
from counterclaim.intake.decoding import decode
from counterclaim.intake.document import Document, page_document, text_document
from counterclaim.intake.metadata import Dated, Facts
from counterclaim.records import Capture, Sourced

# Names that such files use, most telling first; a dot leads into an object, as in `user.screen_name`.
_TEXT = ("text", "maintext", "full_text", "articleBody", "body", "content", "message", "description")
_HTML = ("html", "content_html", "body_html")
_TITLE = ("title", "headline", "name")
_OUTLET = (
    "outlet",
    "source_domain",
    "publisher.name",
    "publisher",
    "site_name",
    "source.name",
    "source",
    "domain",
    "channel",
    "chat.title",
    "from",
    "sender_name",
)
_PUBLISHED = (
    "published", "date_publish", "datePublished", "published_at", "publishedAt", "publication_date", "pub_date", "created_at",
    "createdAt", "date", "time", "timestamp", "created_utc",
)  # fmt: skip
_MODIFIED = ("modified", "date_modify", "dateModified", "modified_at", "updated_at", "updatedAt", "edited", "edit_date")
_ADDRESS = ("url", "link", "permalink", "canonical_url")
_BYLINE = ("byline", "authors", "author.name", "author", "from", "sender_name")
_HANDLE = ("handle", "username", "screen_name", "user.screen_name", "user.username", "author.username", "from.username")
_DEEPEST = 4
_MOST = 100_000


def read(capture: Capture) -> Iterator[Document | InputError]:
    """Every article or post in a JSON document: an object with a text, or lists of them at whatever depth."""
    decoded, encoding = decode(capture.data, capture.origin)
    try:
        value = json.loads(decoded)
    except (ValueError, RecursionError) as e:
        raise InputError(capture.origin, f"is no JSON ({e})", "check the export, or give one object a line as .jsonl") from None
    found = 0
    for place, article in _articles(value, "", 0):
        found += 1
        if found > _MOST:
            raise InputError(capture.origin, f"holds more than {_MOST} articles", "give one object a line as .jsonl")
        yield _document(article, place or None, encoding, capture.origin)
    if not found:
        remedy = 'name the text "text" (and "title", "url", "published", "outlet" where known)'
        raise WrongFormat(capture.origin, "this JSON holds no article: no object has a text", remedy)


def _articles(value: Any, place: str, depth: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects that hold a text, each with its place as a JSON pointer."""
    if isinstance(value, dict):
        if _first(value, _TEXT)[1] or _first(value, _HTML)[1]:
            yield place, value
            return
        inner = list(value.items())
    else:
        inner = [(str(n), v) for n, v in enumerate(value)] if isinstance(value, list) else []
    if depth < _DEEPEST:
        for name, v in inner:
            if isinstance(v, dict | list):
                yield from _articles(v, f"{place}/{name}", depth + 1)


def _document(article: dict[str, Any], place: str | None, encoding: str, origin: str) -> Document | InputError:
    by, handle = _first(article, _HANDLE)
    handle = f"@{handle.removeprefix('@')}" if handle else None
    told = {"title": _TITLE, "outlet": _OUTLET, "byline": _BYLINE, "url": _ADDRESS}
    found = {field: _first(article, names) for field, names in told.items()}
    for field in ("outlet", "byline") if handle else ():
        found[field] = found[field] if found[field][1] else (by, handle)
    fields = Facts(
        **{field: value for field, (_, value) in found.items()},
        published=_day_of(article, _PUBLISHED),
        modified=_day_of(article, _MODIFIED),
        known=tuple(Sourced(field, "metadata", f"field {name}") for field, (name, value) in found.items() if value),
    )
    text = _text_of(article)
    if not text:
        page = _first(article, _HTML)[1] or ""
        return page_document(_clean(page), encoding=encoding, part=place, fields=fields)
    if not text.strip():
        return EmptyInput(origin + (f"#{place}" if place else ""), "the article holds no words", "leave it out or give its text")
    title = fields.title
    if title and title not in text[: 2 * len(title) + 40]:
        text = f"{title}\n\n{text}"
    return text_document(_clean(text), encoding=encoding, part=place, fields=fields)


def _text_of(article: dict[str, Any]) -> str | None:
    """The text; a list of pieces, as messengers export formatted text, is put together."""
    for name in _TEXT:
        value = article.get(name)
        if isinstance(value, list):
            pieces = [p if isinstance(p, str) else p.get("text", "") if isinstance(p, dict) else "" for p in value]
            value = "".join(p for p in pieces if isinstance(p, str))
        if isinstance(value, str) and value.strip():
            return value
    return None


def _clean(text: str) -> str:
    """Half of a surrogate pair, which JSON can spell and no text can hold, becomes U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _day_of(article: dict[str, Any], names: tuple[str, ...]) -> Dated | None:
    """The day in the first of these fields that holds one; a time of day that stands with it is kept in the note."""
    for name in names:
        value = _at(article, name)
        if isinstance(value, str) and re.fullmatch(r"\d{9,13}", value):
            value = int(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = value / 1000 if 1e11 <= value < 1e14 else value  # milliseconds
            if 1e8 < value < 1e11:
                at = datetime.fromtimestamp(value, UTC)
                note = f"field {name}: {at:%Y-%m-%dT%H:%M:%SZ}, from seconds since 1970"
                return Dated(at.date().isoformat(), "metadata", note=note)
        if isinstance(value, str) and (day := machine_day(value) or _day(value)):
            clock = f": {value.strip()[:40]}" if re.search(r"\d:\d\d", value) else ""
            return Dated(day, "metadata", note=f"field {name}{clock}")
    return None


def _day(value: str) -> str | None:
    """The day of a time as social media write it: "Sat Mar 25 10:11:12 +0000 2017"."""
    for form in ("%a %b %d %H:%M:%S %z %Y", "%a, %d %b %Y %H:%M:%S %z", "%a, %d %b %Y %H:%M:%S GMT"):
        try:
            return datetime.strptime(value.strip(), form).date().isoformat()
        except ValueError:
            continue
    return None


def _first(article: dict[str, Any], names: tuple[str, ...]) -> tuple[str, str | None]:
    """The first of these fields that holds words, and its words; None where none does."""
    for name in names:
        value = _at(article, name)
        if isinstance(value, list) and name not in _TEXT:
            value = ", ".join(v for v in value if isinstance(v, str))
        if isinstance(value, list) and name in _TEXT and _text_of({name: value}):
            value = _text_of({name: value})
        if isinstance(value, str) and value.strip():
            return name, _clean(re.sub(r"\s+", " ", value).strip()) if name not in (*_TEXT, *_HTML) else value
    return "", None


def _at(article: dict[str, Any], name: str) -> Any:
    value: Any = article
    for key in name.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value
