"""Tell from the first bytes what a file is, whatever its name says."""

from __future__ import annotations

import re

from counterclaim.errors import WrongFormat

HTML, TEXT, PDF, RTF = "text/html", "text/plain", "application/pdf", "application/rtf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAIL, MHTML, FEED = "message/rfc822", "multipart/related", "application/feed+xml"
JSON, CSV = "application/json", "text/csv"
ZIP, WARC, MBOX, JSONL = "application/zip", "application/warc", "application/mbox", "application/jsonl"
GZIP, BZIP2, XZ = "application/gzip", "application/x-bzip2", "application/x-xz"

READ = (
    ".txt", ".md", ".html", ".htm", ".xhtml", ".mht", ".mhtml", ".pdf", ".docx", ".rtf", ".eml", ".mbox", ".rss", ".atom", ".xml",
    ".json", ".jsonl", ".ndjson", ".csv", ".warc", ".wacz", ".zip", ".gz", ".bz2", ".xz",
)  # fmt: skip
"""Endings taken from a folder or an archive. A file named outright is tried whatever it is called."""

# Opening bytes of what is read, then of what is not: what they are and what to do about it. Longer and more telling ones first.
_READ_SIGNATURES = (
    (b"%PDF-", PDF),
    (b"{\\rtf", RTF),
    (b"WARC/", WARC),
    (b"\x1f\x8b", GZIP),
    (b"BZh", BZIP2),
    (b"\xfd7zXZ\x00", XZ),
)
_SAVE_TEXT = "save its text as .txt, .docx or .pdf and add that"
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%!PS", "a PostScript file", _SAVE_TEXT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (DOC, XLS, PPT or MSG)", _SAVE_TEXT),
    (b"\x89PNG", "a PNG image", "add the text it shows instead"),
    (b"\xff\xd8\xff", "a JPEG image", "add the text it shows instead"),
    (b"GIF8", "a GIF image", "add the text it shows instead"),
    (b"II*\x00", "a TIFF image", "add the text it shows instead"),
    (b"MM\x00*", "a TIFF image", "add the text it shows instead"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it and add what is inside"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it and add what is inside"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it and add what is inside"),
    (b"SQLite format 3\x00", "an SQLite database", "if it is a case, open it with --case"),
    (b"\x7fELF", "a program", "leave it out"),
    (b"ID3", "a sound recording", "add a transcript instead"),
    (b"OggS", "a sound or film recording", "add a transcript instead"),
    (b"RIFF", "a picture, sound or film (RIFF)", "add a transcript or the text it shows instead"),
)
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"

# How far into the bytes the kind of a text is looked for: a long licence comment may stand before the first tag.
_HEAD = 65536
_HTML_START = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_HTML_TAG = re.compile(r"</?(?:html|head|body|div|p|br|span|article|h[1-6]|table|ul|a)\b[^<>]*>", re.I)
_FEED_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE\s+(?!html)[^>\[]*(?:\[.*?\]\s*)?>\s*|<\?[^>]*>\s*)*<(?:rss|feed|rdf:RDF)\b",
    re.I | re.S,
)
_HEADER = re.compile(
    r"^(?:from|to|cc|subject|date|received|message-id|mime-version|return-path|delivered-to|content-type|reply-to|x-[\w-]+|"
    r"content-transfer-encoding|content-location|snapshot-content-location|sender|list-id|dkim-signature):", re.I | re.M,
)  # fmt: skip
_HEADER_BLOCK = re.compile(r"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_RELATED = re.compile(r"^content-type:\s*multipart/related", re.I | re.M)
_MBOX_START = re.compile(r"From \S+ +\S.*\d{4}")
_JSON_START = re.compile(r"\s*[\[{]\s*[\"\[{\]}]")
_JSON_LINES = re.compile(r"\s*\{[^\n]*\}\s*\n\s*\{")


def sent_as(kind: str, content_type: str | None) -> str:
    """The media type `kind` of a page or text, with the charset that a server's `Content-Type` names ("text/html; charset=x")."""
    said = _CHARSET.search(content_type or "")
    return f"{kind}; charset={said[1].lower()}" if said and kind in (HTML, TEXT) else kind


_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)


def charset_of(media_type: str) -> str | None:
    """The charset that a media type names, if it does."""
    said = _CHARSET.search(media_type)
    return said[1] if said else None


def media_type(head: bytes, name: str, source: str) -> str:
    """What a file called `name` is, from its first bytes (64 KiB are enough): one of the media types above.

    A page is known by its opening; an ending in .html or .xhtml counts only where tags are there to bear it out, and what
    nothing tells from a text is a text. A ZIP is told from DOCX by what it holds. Raises WrongFormat, naming `source`, for
    formats that are no text or not read.
    """
    for signature, kind in _READ_SIGNATURES:
        if head.startswith(signature):
            return kind
    for signature, what, remedy in _SIGNATURES:
        if head.startswith(signature):
            raise WrongFormat(source, f"this is {what}{_called(name)}", remedy)
    if head.startswith((_ZIP, _EMPTY_ZIP)):
        return _zipped(head, name, source)
    if head[4:8] == b"ftyp":
        raise WrongFormat(source, f"this is a film or sound recording{_called(name)}", "add a transcript instead")
    # Two-byte encodings spread ASCII with zero bytes; without them the same patterns fit.
    words = head[:_HEAD].replace(b"\x00", b"").decode("latin-1").lstrip("ÿþï»¿ \r\n\t")
    ending = name.lower().rpartition(".")[2]
    if _FEED_START.match(words):
        return FEED
    if _HTML_START.match(words):
        return HTML
    if _MBOX_START.match(words):
        return MBOX
    lines = words.replace("\r\n", "\n")
    if block := _HEADER_BLOCK.match(lines):
        known = len({h[0].lower() for h in _HEADER.finditer(block[0])})
        if known >= 2 and _RELATED.search(block[0]):
            return MHTML
        if known >= (1 if ending == "eml" else 3):
            return MAIL
    if _JSON_START.match(words) and ending not in ("txt", "md"):
        return JSONL if ending in ("jsonl", "ndjson") or _JSON_LINES.match(words) else JSON
    if ending == "csv":
        return CSV
    # Three tags: a text that only mentions one is no page.
    named_page = ending in ("html", "htm", "xhtml")
    tags = sum(1 for _ in _HTML_TAG.finditer(words))
    return HTML if tags >= (1 if named_page else 3) and (named_page or words.startswith("<")) else TEXT


def _zipped(head: bytes, name: str, source: str) -> str:
    """DOCX or ZIP; what a ZIP holds stands in the names of its first entries."""
    if b"[Content_Types].xml" in head or name.lower().endswith(".docx"):
        if b"word/" in head or name.lower().endswith(".docx"):
            return DOCX
        raise WrongFormat(source, f"this is an office document (XLSX or PPTX){_called(name)}", _SAVE_TEXT)
    if b"mimetypeapplication/vnd.oasis.opendocument" in head:
        raise WrongFormat(source, f"this is an OpenDocument file (ODT, ODS or ODP){_called(name)}", _SAVE_TEXT)
    return ZIP


def _called(name: str) -> str:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return f", though its name ends in .{ending}" if f".{ending}" in READ else ""
