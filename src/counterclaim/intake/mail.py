"""Read messages: the text of one with its attachments, and pages saved as MHTML."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from datetime import UTC
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from hashlib import sha256
from typing import cast

from counterclaim.errors import EmptyInput, InputError
from counterclaim.intake import formats
from counterclaim.intake.decoding import decode
from counterclaim.intake.document import Attached, Document, page_document, text_document
from counterclaim.intake.metadata import Dated, Facts
from counterclaim.records import Capture

_MOST_PARTS = 500
_READ_ATTACHED = (formats.TEXT, formats.HTML, formats.PDF, formats.DOCX, formats.RTF)


def read(capture: Capture) -> Iterator[Document | Attached | InputError]:
    """The message's own text, plain if it has it so, and each attached file. A forwarded message is an attachment too."""
    message = _parsed(capture)
    fields = _headers(message)
    body = _body(message)
    if body is not None:
        yield _text(body, capture.origin, fields, None)
    found = body is not None
    for n, part in enumerate(_leaves(message), 1):
        name = _filename(part)
        if part is body or (name is None and part.get_content_disposition() != "attachment"):
            continue
        data = _bytes(part)
        called = f"attachment {n}: {name}" if name else f"attachment {n}"
        where = f"{capture.origin}#{called}"
        try:
            kind = formats.media_type(data[:65536], name or "", where)
        except InputError as error:
            if part.get_content_disposition() == "attachment":
                yield error
            continue
        if kind not in _READ_ATTACHED or not data.strip():
            continue
        found = True
        attached = Capture(sha256(data).hexdigest(), where, capture.received, kind, data)
        yield Attached(attached, called, Facts(published=fields.published))
    if not found:
        raise EmptyInput(capture.origin, "the message holds no text", "add what it carries as files of their own")


def read_page(capture: Capture) -> Iterator[Document]:
    """The page in an MHTML file, with the address it was saved from. The file's date is that of saving, and is not taken."""
    message = _parsed(capture)
    pages = [p for p in _leaves(message) if p.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise EmptyInput(capture.origin, "the saved page holds no HTML", "save the page again")
    address = _header(message, "Snapshot-Content-Location") or _header(pages[0], "Content-Location")
    main = next((p for p in pages if address and _header(p, "Content-Location") == address), pages[0])
    fields = Facts(url=address if address and address.startswith(("http://", "https://")) else None)
    fields = fields.by("metadata", "address it was saved from")
    yield _text(main, capture.origin, fields, None)


def _parsed(capture: Capture) -> EmailMessage:
    return email.message_from_bytes(capture.data, policy=email.policy.default)


def _body(message: EmailMessage) -> EmailMessage | None:
    try:
        found = message.get_body(preferencelist=("plain", "html"))
    except (KeyError, AttributeError, ValueError):
        return None
    return cast(EmailMessage | None, found)


def _text(part: EmailMessage, origin: str, fields: Facts, name: str | None) -> Document:
    is_page = part.get_content_type() != "text/plain"
    decoded, encoding = _decoded(part, origin, is_page)
    make = page_document if is_page else text_document
    return make(decoded, encoding=encoding, fields=fields, part=name)


def _decoded(part: EmailMessage, origin: str, is_page: bool) -> tuple[str, str]:
    """The part's text in the character set that it names where that fits, else as any file's."""
    data = _bytes(part)
    said = part.get_content_charset()
    if said and said not in ("us-ascii", "iso-8859-1"):
        try:
            return data.decode(said), said
        except (LookupError, ValueError):  # a name that is no codec, or no name
            pass
    return decode(data, origin, html=is_page)


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    """The parts that hold something, in order, without recursion and no more than a message may have."""
    waiting = [message]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        inner = part.get_payload()
        if isinstance(inner, list):
            waiting.extend(reversed([cast(EmailMessage, p) for p in inner]))
        else:
            yield part


def _bytes(part: EmailMessage) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _filename(part: EmailMessage) -> str | None:
    try:
        return part.get_filename()
    except (ValueError, TypeError, IndexError, AttributeError):
        return None


def _header(message: EmailMessage, name: str) -> str | None:
    """A header's words. A header can be broken so that the parser of its own library fails on it; then it says nothing."""
    try:
        value = message.get(name)
        return " ".join(str(value).split()) or None if value is not None else None
    except Exception:
        return None


def _headers(message: EmailMessage) -> Facts:
    sender = _header(message, "From")
    name, address = parseaddr(sender or "")
    published = None
    try:
        sent = parsedate_to_datetime(_header(message, "Date") or "")
        # The day in the sender's own zone is the day written on the message.
        published = Dated((sent if sent.tzinfo else sent.replace(tzinfo=UTC)).date().isoformat(), "metadata", note="header Date")
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    host = address.rpartition("@")[2].lower() or None
    subject = Facts(title=_header(message, "Subject"), published=published).by("metadata", "header Subject")
    signed = Facts(byline=name or None).by("metadata", "header From")
    return subject.over(signed).over(Facts(outlet=host).by("inferred", "host of the sender's address"))
