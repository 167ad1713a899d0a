"""One story of our own in every format that is read, made in memory."""

# ruff: noqa: E501 - formats have the lines they have

from __future__ import annotations

import gzip
import io
import json
import zipfile
from email.message import EmailMessage

TITLE = "Ministry and monitor differ on market strike"
FIRST = "At least 12 people were killed when a missile hit a market in Example Town on Monday, the health ministry said."
SECOND = "The army denied that it had fired it, and said that “no civilians” were present at the time."
THIRD = "A monitoring group put the toll at 17, among them four children, and asked for an inquiry."
SENTENCES = (FIRST, SECOND, THIRD)
ADDRESS = "https://news.example/2021/03/09/market"

PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | The Example</title>
<meta property="og:site_name" content="The Example"><meta property="article:published_time" content="2021-03-09T10:00:00Z">
<link rel="canonical" href="{ADDRESS}"></head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>{TITLE}</h1>{"".join(f"<p>{s}</p>" for s in SENTENCES)}</article><footer>Terms of use</footer></body></html>"""


def pdf(pages: list[list[str]], title: str = TITLE) -> bytes:
    """A PDF with one line of text a string, in Helvetica."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        shown = b"BT /F1 11 Tf 14 TL 60 760 Td " + b" ".join(
            b"(" + line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj T*" for line in lines
        ) + b" ET"  # fmt: skip
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
        resources = b"<< /Font << /F1 3 0 R >> >>"
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources %s /Contents %d 0 R >>" % (resources, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    objects.append(b"<< /Title (%s) >>" % title.encode("cp1252"))
    out, places = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = b"".join(b"%010d 00000 n \n" % p for p in places)
    trailer = b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        len(objects),
        len(out),
    )
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer


def wrapped(sentences: tuple[str, ...] = SENTENCES, width: int = 70) -> list[str]:
    """The sentences as lines of at most `width` letters, a paragraph each."""
    import textwrap

    return [line for s in sentences for line in textwrap.wrap(s, width)]


def docx(sentences: tuple[str, ...] = SENTENCES) -> bytes:
    """A DOCX with the title in its properties and a paragraph each."""
    import docx as library

    document = library.Document()
    document.core_properties.title = TITLE
    document.core_properties.author = ""
    for s in sentences:
        document.add_paragraph(s)
    row = document.add_table(rows=1, cols=2).rows[0]
    row.cells[0].text, row.cells[1].text = "Killed", "17"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rtf(sentences: tuple[str, ...] = SENTENCES) -> bytes:
    """An RTF with a paragraph each, letters beyond ASCII escaped."""
    body = "\\par\n".join("".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in s) for s in sentences)
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Times;}}\\f0 " + body + "\\par}").encode("ascii")


def message(*, html: bool = False, attached: dict[str, bytes] | None = None) -> bytes:
    """A message with the story as its text and further files attached."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "Desk <desk@news.example>", "archive@records.example"
    mail["Subject"], mail["Date"] = TITLE, "Tue, 09 Mar 2021 10:00:00 +0200"
    mail.set_content(PAGE if html else "\n\n".join(SENTENCES), subtype="html" if html else "plain")
    for name, data in (attached or {}).items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def mailbox() -> bytes:
    """Two messages in one mailbox."""
    other = message().replace(TITLE.encode(), b"Second message on the strike").replace(b"At least 12", b"At least 13")
    return b"From desk@news.example Tue Mar  9 10:00:00 2021\n" + message() + b"\nFrom x Wed Mar 10 10:00:00 2021\n" + other


def mhtml() -> bytes:
    """The page as a browser saves it in one file."""
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {ADDRESS}\r\nSubject: {TITLE}\r\n"
        'Date: Fri, 1 Dec 2023 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n'
        '\tboundary="----Boundary"\r\n\r\n------Boundary\r\nContent-Type: text/css\r\nContent-Location: cid:x\r\n\r\np {}\r\n'
        f"------Boundary\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: {ADDRESS}\r\n\r\n"
    )
    return head.encode() + PAGE.encode() + b"\r\n------Boundary--\r\n"


def warc(pages: dict[str, bytes], *, packed: bool = True) -> bytes:
    """A web archive: for each address its request, its answer, and a picture beside it."""
    out = b""
    for n, (address, body) in enumerate(pages.items()):
        answers = [
            ("request", "application/http; msgtype=request", b"GET / HTTP/1.1\r\nHost: news.example\r\n\r\n"),
            ("response", "application/http; msgtype=response", _answer(body, "text/html; charset=utf-8", "200 OK")),
            ("response", "application/http; msgtype=response", _answer(b"\x89PNG....", "image/png", "200 OK")),
            ("response", "application/http; msgtype=response", _answer(body, "text/html", "404 Not Found")),
        ]
        for k, (kind, content, block) in enumerate(answers):
            head = (
                f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:0000000{n}-0000-4000-8000-00000000000{k}>\r\n"
                f"WARC-Date: 2021-03-10T08:00:00Z\r\nWARC-Target-URI: {address}\r\nContent-Type: {content}\r\n"
                f"Content-Length: {len(block)}\r\n\r\n"
            ).encode()
            record = head + block + b"\r\n\r\n"
            out += gzip.compress(record, mtime=0) if packed else record
    return out


def _answer(body: bytes, kind: str, status: str) -> bytes:
    body = gzip.compress(body, mtime=0)
    return (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        + body
    )


def archive(members: dict[str, bytes]) -> bytes:
    """A ZIP of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in members.items():
            zipped.writestr(name, data)
    return out.getvalue()


def rss() -> bytes:
    """A feed with one entry that carries the whole story and one that carries only its title."""
    held = "".join(f"<p>{s}</p>" for s in SENTENCES)
    return f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>The Example</title><item><title>{TITLE}</title><link>{ADDRESS}</link><pubDate>Tue, 09 Mar 2021 10:00:00 GMT</pubDate>
<content:encoded><![CDATA[{held}]]></content:encoded></item><item><title>Only a title</title></item></channel></rss>""".encode()


def atom() -> bytes:
    """The same story as Atom."""
    held = "".join(f"&lt;p&gt;{s}&lt;/p&gt;" for s in SENTENCES)
    return f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Example</title><entry><title>{TITLE}</title>
<link href="{ADDRESS}"/><published>2021-03-09T10:00:00Z</published><content type="html">{held}</content></entry></feed>""".encode()


def article(**other: object) -> dict[str, object]:
    """The story as an object of JSON."""
    return {"id": "1", "title": TITLE, "text": "\n".join(SENTENCES), "url": ADDRESS, "published": "2021-03-09", **other}


def json_lines(*articles: dict[str, object]) -> bytes:
    """One object a line."""
    return "\n".join(json.dumps(a) for a in articles).encode() + b"\n"
