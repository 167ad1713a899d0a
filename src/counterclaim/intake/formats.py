"""Tell from the first bytes what a file is, whatever its name says."""

from __future__ import annotations

import re

from counterclaim.errors import WrongFormat

# Opening bytes, what they are, and what to do about it. Longer and more telling ones first.
_SAVE_TEXT = "save its text as .txt or .html and add that"
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", _SAVE_TEXT),
    (b"%!PS", "a PostScript file", _SAVE_TEXT),
    (b"{\\rtf", "a rich text (RTF) document", _SAVE_TEXT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (DOC, XLS, PPT or MSG)", _SAVE_TEXT),
    (b"WARC/", "a web archive (WARC)", "save its pages as .html and add those"),
    (b"\x89PNG", "a PNG image", "add the text it shows instead"),
    (b"\xff\xd8\xff", "a JPEG image", "add the text it shows instead"),
    (b"GIF8", "a GIF image", "add the text it shows instead"),
    (b"II*\x00", "a TIFF image", "add the text it shows instead"),
    (b"MM\x00*", "a TIFF image", "add the text it shows instead"),
    (b"\x1f\x8b", "a gzip archive", "unpack it and add what is inside"),
    (b"BZh", "a bzip2 archive", "unpack it and add what is inside"),
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it and add what is inside"),
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
_OFFICE_ENTRIES = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis.opendocument", b"word/", b"xl/", b"ppt/")

# How far into the bytes the kind of a text is looked for: a long licence comment may stand before the first tag.
_HEAD = 65536
_HTML_START = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_HTML_TAG = re.compile(r"</?(?:html|head|body|div|p|br|span|article|h[1-6]|table|ul|a)\b[^<>]*>", re.I)
_FEED_START = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.I | re.S)
_MHTML_START = re.compile(r"(?:From: <Saved by|MIME-Version: 1\.0\s+Content-Type: multipart/related)", re.I)


def media_type(data: bytes, name: str, source: str) -> str:
    """`text/html` or `text/plain` for the bytes of a file called `name`.

    A page is known by its opening; an ending in .html or .xhtml counts only where tags are there to bear it out. Raises
    WrongFormat, naming `source`, for formats that are no text or not read yet.
    """
    for signature, what, remedy in _SIGNATURES:
        if data.startswith(signature):
            raise WrongFormat(source, f"this is {what}{_called(name)}", remedy)
    if data.startswith(_ZIP):
        if any(entry in data[:_HEAD] for entry in _OFFICE_ENTRIES):
            raise WrongFormat(source, f"this is an office document (DOCX, XLSX, PPTX or ODT){_called(name)}", _SAVE_TEXT)
        raise WrongFormat(source, f"this is a ZIP archive{_called(name)}", "unpack it and add what is inside")
    if data[4:8] == b"ftyp":
        raise WrongFormat(source, f"this is a film or sound recording{_called(name)}", "add a transcript instead")
    # Two-byte encodings spread ASCII with zero bytes; without them the same patterns fit.
    head = data[:_HEAD].replace(b"\x00", b"").decode("latin-1").lstrip("ÿþï»¿ \r\n\t")
    if _FEED_START.match(head):
        raise WrongFormat(source, f"this is a feed (RSS or Atom){_called(name)}", "save the pages it points to and add those")
    if _MHTML_START.match(head):
        raise WrongFormat(source, f"this is a page saved as MHTML{_called(name)}", "save it as .html and add that")
    if _HTML_START.match(head):
        return "text/html"
    # Three tags: a text that only mentions one is no page.
    named_page = name.lower().endswith((".html", ".htm", ".xhtml"))
    tags = sum(1 for _ in _HTML_TAG.finditer(head))
    return "text/html" if tags >= (1 if named_page else 3) and (named_page or head.startswith("<")) else "text/plain"


def _called(name: str) -> str:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return f", though its name ends in .{ending}" if ending in ("txt", "html", "htm", "xhtml") else ""
