"""Open what holds several documents (archives, web archives, mailboxes, files of JSON lines) into captures, one by one."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, cast
from urllib.parse import unquote

from counterclaim.errors import CounterclaimError, EmptyInput, InputError, WrongFormat
from counterclaim.intake import formats
from counterclaim.intake.metadata import Facts
from counterclaim.records import Capture

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

Taken = tuple[Capture, Facts] | InputError
"""A capture and what its container knows of it, or why one member is left out."""

LARGEST = 64 * 2**20
"""Bytes of one document: the longest of 5,000 saved news pages has 6 MB, and reading holds several times a text in memory."""
LARGEST_PDF = 256 * 2**20
"""A scanned or illustrated report is mostly pictures, which are not read."""
_DEEPEST = 4
"""Containers within containers: a mailbox in an archive in a folder's archive is 3."""
_MOST_UNPACKED, _MOST_RATIO = 256 * 2**20, 200
"""A file that unpacks to more than this, and this many times its size, is taken for a bomb; saved pages pack 4 to 30 times."""
_HEAD = 65536


class _Bounds:
    """What one file of the user's may cost, whatever is packed in it."""

    def __init__(self, packed: int) -> None:
        self.packed = max(packed, 1)
        self.unpacked = 0

    def spend(self, size: int, origin: str) -> None:
        """Counts `size` bytes; WrongFormat where the file has unpacked to more than any honest one."""
        self.unpacked += size
        if self.unpacked > _MOST_UNPACKED and self.unpacked > _MOST_RATIO * self.packed:
            problem = f"unpacks to more than {_MOST_RATIO} times its size, as an archive made to fill a disk does"
            raise WrongFormat(origin, problem, "unpack it yourself and add what you want to keep")


def captures(path: Path, received: datetime) -> Iterator[Taken]:
    """Every document behind the file `path`: itself, or what it holds, in the order it holds it.

    Bytes are as received: of a packed member as unpacked, of a web archive's record its body with the transfer encoding undone.
    `received` (an aware time) is kept in UTC; a web archive's records keep the time of their crawl. Never raises for what a file
    holds: what cannot be taken comes as InputError, and the rest goes on. Nothing is ever written to disk, whatever names an
    archive's members have.
    """
    if received.tzinfo is None:
        raise ValueError("received must be an aware time")
    origin = str(path)
    try:
        with open(path, "rb") as stream:
            bounds, received = _Bounds(path.stat().st_size), received.astimezone(UTC)
            members = _guarded(_opened(cast(IO[bytes], stream), path.name, origin, received, bounds, 0), origin)
            for taken in members:
                yield from _frames(path, taken, bounds) if not isinstance(taken, InputError) else (taken,)
    except FileNotFoundError:
        if path.is_symlink():
            yield InputError(origin, "is a link to a file that is not there", "add the file itself")
            return
        yield InputError(origin, "there is no such file or folder", "check the spelling, or give the full path")
    except OSError as e:
        yield InputError(origin, f"cannot be opened ({e.strerror or e})", "check that it is a file and that you may read it")


_FRAMES = re.compile(rb"<frameset\b.*?<frame\b", re.I | re.S)
_FRAME = re.compile(rb"<frame\b[^>]*?\bsrc\s*=\s*[\"']?([^\"'>\s]+)", re.I)


def _frames(path: Path, taken: tuple[Capture, Facts], bounds: _Bounds) -> Iterator[Taken]:
    """A page as it is; of one made of frames, as a browser saves it with its folder, the pages in them that lie beside it."""
    page = taken[0]
    if page.origin != str(path) or not page.media_type.startswith(formats.HTML) or not _FRAMES.search(page.data[:_HEAD]):
        yield taken
        return
    named = [unquote(name.decode("utf-8", "replace")) for name in _FRAME.findall(page.data[:_HEAD])]
    here = path.parent.resolve()
    files = [path.parent / name for name in dict.fromkeys(named) if "://" not in name and not name.startswith(("/", "\\"))]
    files = [f for f in files if f.is_file() and f.resolve().is_relative_to(here)]
    if not files:
        problem = "is made of frames, and the files with their words are not beside it"
        yield InputError(page.origin, problem, f"save it whole, or add these: {', '.join(named[:5])}")
    for file in files:
        with open(file, "rb") as stream:
            yield from _guarded(_opened(cast(IO[bytes], stream), file.name, str(file), page.received, bounds, 1), str(file))


def _guarded(members: Iterator[Taken], origin: str) -> Iterator[Taken]:
    """`members`, ended by a reason where the container breaks off."""
    none = True
    try:
        for member in members:
            none = False
            yield member
        if none:
            yield EmptyInput(origin, "holds no page, message or text that is read", "check that it was saved whole")
    except InputError as error:
        yield error
    except (EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError) as e:
        yield InputError(
            origin, f"is damaged or cut off ({e})", "what stood before the damage is kept; get a whole copy if you can"
        )
    except (CounterclaimError, ImportError, MemoryError):
        raise
    except OSError as e:
        yield InputError(origin, f"cannot be read to its end ({e.strerror or e})", "get a whole copy and add it again")
    except Exception as e:  # a member can break a library in ways it does not declare; the other files still count
        yield InputError(origin, f"could not be opened ({type(e).__name__}: {e})", "please report this file")


def _opened(stream: IO[bytes], name: str, origin: str, received: datetime, bounds: _Bounds, depth: int) -> Iterator[Taken]:
    head = stream.read(_HEAD)
    if not head:
        raise EmptyInput(origin, "the file is empty", "check the download or copy, then add it again")
    stream.seek(0)
    kind = formats.media_type(head, name, origin)
    opener = _CONTAINERS.get(kind)
    if opener:
        if depth >= _DEEPEST:
            raise WrongFormat(origin, f"is packed more than {_DEEPEST} deep", "unpack it and add what is inside")
        yield from opener(stream, name, origin, received, bounds, depth)
        return
    data = _whole(stream, origin, bounds if depth else None, LARGEST_PDF if kind == formats.PDF else LARGEST)
    yield _capture(data, origin, received, kind), Facts()


def _capture(data: bytes, origin: str, received: datetime, kind: str) -> Capture:
    return Capture(hashlib.sha256(data).hexdigest(), origin, received, kind, data)


def _whole(stream: IO[bytes], origin: str, bounds: _Bounds | None, largest: int) -> bytes:
    data = stream.read(largest + 1)
    if bounds:
        bounds.spend(len(data), origin)
    if len(data) > largest:
        raise InputError(
            origin, f"is larger than one report can be ({largest >> 20} MB)", "cut it into its documents and add those"
        )
    return data


def _zip(stream: IO[bytes], name: str, origin: str, received: datetime, bounds: _Bounds, depth: int) -> Iterator[Taken]:
    with zipfile.ZipFile(stream) as archive:
        entries = [e for e in archive.infolist() if not e.is_dir()]
        crawled = [e for e in entries if re.match(r"archive/[^/]+\.warc(\.gz)?$", e.filename)]
        names = {e.filename for e in entries}
        for entry in crawled or entries:
            path = PurePosixPath(entry.filename)
            if any((p.startswith(".") and p not in (".", "..")) or p == "__MACOSX" for p in path.parts) or beside_a_page(
                path, names
            ):
                continue
            inner = f"{origin}!{entry.filename}"
            if entry.external_attr >> 16 & 0o170000 == 0o120000:
                yield InputError(inner, "is a link, not a file", "add the file it points to")
            elif entry.flag_bits & 1:
                yield InputError(inner, "is locked with a password", "unpack it with its password and add what is inside")
            elif not entry.filename.lower().endswith(formats.READ):
                yield not_read(inner)
            else:
                yield from _guarded(_zipped(archive, entry, path.name, inner, received, bounds, depth), inner)


def _zipped(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, origin: str, received: datetime, bounds: _Bounds, depth: int
) -> Iterator[Taken]:
    with archive.open(entry) as stream:
        yield from _opened(stream, name, origin, received, bounds, depth + 1)


def not_read(origin: str) -> WrongFormat:
    """Why a file of a kind that is never read is left out."""
    return WrongFormat(origin, "not a format that is read", "give the text as .txt, .docx or .pdf, or the page as .html")


def beside_a_page(path: PurePosixPath, names: set[str]) -> bool:
    """Whether `path` lies in the folder that a browser saved beside a page (`story_files/` of `story.html`)."""
    for folder in path.parents:
        for ending in ("_files", "-files", ".files"):
            if folder.name.endswith(ending):
                page = str(folder)[: -len(ending)]
                if any(f"{page}{e}" in names for e in (".html", ".htm", ".xhtml")):
                    return True
    return False


def _packed(stream: IO[bytes], name: str, origin: str, received: datetime, bounds: _Bounds, depth: int) -> Iterator[Taken]:
    """One packed file: a web archive is read as it is, all else through its unpacker."""
    magic = stream.read(3)
    stream.seek(0)
    unpacked: IO[bytes]
    if magic.startswith(b"\x1f\x8b"):
        unpacked = cast(IO[bytes], gzip.GzipFile(fileobj=stream))
    elif magic == b"BZh":
        unpacked = cast(IO[bytes], bz2.BZ2File(stream))
    else:
        unpacked = cast(IO[bytes], lzma.LZMAFile(stream))  # noqa: SIM115  # it only reads from `stream`, which is closed
    if unpacked.read(5) == b"WARC/":
        stream.seek(0)
        yield from _warc(stream, name, origin, received, bounds, depth)
        return
    unpacked.seek(0)
    inner = re.sub(r"\.(?:gz|bz2|xz)$", "", name, flags=re.I)
    yield from _opened(unpacked, inner, origin, received, bounds, depth + 1)


_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")


def _warc(stream: IO[bytes], name: str, origin: str, received: datetime, bounds: _Bounds, depth: int) -> Iterator[Taken]:
    """The pages, texts and PDFs that were answered with status 200, each with its address and the time of its crawl.

    Pictures, scripts, redirects and requests are passed over in silence: an archive holds a hundred for every page.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource
    try:
        for record in ArchiveIterator(stream, record_types=wanted, parse_http=True, auto_decode="none"):
            address = (record.headers.get("WARC-Target-URI") or "").strip("<>")
            if not _page(record):
                continue
            where = f"{origin}#{(record.record_id or '').strip('<>')}"
            try:
                data = _body(record, where, bounds)
                kind = formats.media_type(data[:_HEAD], "", where)
                if kind in _CONTAINERS:
                    raise WrongFormat(where, "is an archive within a web archive", "save it and add it on its own")
            except InputError as error:
                yield error
                continue
            at = record.record_date
            at = received if at is None else at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
            sent = (record.headers if record.http_headers is None else record.http_headers).get("Content-Type")
            told = Facts(url=address or None).by("metadata", "WARC-Target-URI")
            yield _capture(data, where, at, formats.sent_as(kind, sent)), told
    except (OSError, ValueError) as e:
        raise EOFError(str(e)) from None


def _page(record: WarcRecord) -> bool:
    if record.is_http and record.http_headers is not None:
        kind = (record.http_content_type or "").lower()
        return record.http_headers.status_code == 200 and kind in _PAGES
    return str(record.headers.get("Content-Type", "")).partition(";")[0].strip().lower() in _PAGES


def _body(record: WarcRecord, origin: str, bounds: _Bounds) -> bytes:
    """The body of an answer as a browser would save it, its transfer and content encodings undone."""
    largest = LARGEST_PDF if "pdf" in (record.http_content_type or "") else LARGEST
    data = _whole(cast(IO[bytes], record.reader), origin, bounds, largest)
    if len(data) < record.content_length:
        raise InputError(origin, "is cut off in the middle of the page", "get a whole copy of the archive")
    headers = record.http_headers
    if headers is not None:
        if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
            data = _unchunked(data)
        data = undone(data, (headers.get("Content-Encoding") or "").strip().lower(), largest)
        bounds.spend(len(data), origin)
    if not data:
        raise EmptyInput(origin, "the record is empty", "capture the page again")
    if len(data) > largest:
        raise InputError(origin, f"is larger than one report can be ({largest >> 20} MB)", "leave it out")
    return data


def _unchunked(data: bytes) -> bytes:
    """The chunks of an HTTP body put together (RFC 9112, 7.1); `data` itself where it is in none: some crawlers keep it so."""
    parts: list[bytes] = []
    at = 0
    while m := re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]*\r\n").match(data, at):
        size = int(m[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(data[m.end() : m.end() + size])
        at = m.end() + size + 2
    return data


def undone(data: bytes, coding: str, largest: int) -> bytes:
    """`data` unpacked, no further than one byte too many; as it is where it is not packed as its header says, for some
    crawlers unpack a body and keep its header."""
    try:
        if coding in ("gzip", "x-gzip"):
            return zlib.decompressobj(31).decompress(data, largest + 1)
        if coding == "deflate":
            wrapped = data[:1] == b"\x78"
            return zlib.decompressobj(15 if wrapped else -15).decompress(data, largest + 1)
        if coding == "br":
            import brotli  # type: ignore[import-untyped]  # comes with fastwarc; ships no types

            whole: bytes = brotli.Decompressor().process(data, output_buffer_limit=largest + 1)
            return whole
    except Exception:  # the two libraries share no error
        return data
    return data


_NEXT_MESSAGE = re.compile(rb"From \S+ +\S.*\d{4}")


def _mbox(stream: IO[bytes], name: str, origin: str, received: datetime, bounds: _Bounds, depth: int) -> Iterator[Taken]:
    """The messages of a mailbox: each begins with a line "From address date" after an empty one."""
    message: list[bytes] = []
    size = n = 0
    blank = True
    for line in _lines(stream):
        if blank and _NEXT_MESSAGE.match(line):
            if message:
                yield from _message(message, size, f"{origin}#message {n}", received, bounds)
            message, size, n = [], 0, n + 1
        elif size <= LARGEST:
            message.append(line[1:] if line.startswith(b">From ") else line)
            size += len(line)
        blank = not line.strip()
    if message:
        yield from _message(message, size, f"{origin}#message {n}", received, bounds)


def _message(lines: list[bytes], size: int, origin: str, received: datetime, bounds: _Bounds) -> Iterator[Taken]:
    yield from _guarded(_line(b"".join(lines), size, origin, received, bounds, formats.MAIL), origin)


def _json_lines(stream: IO[bytes], name: str, origin: str, received: datetime, bounds: _Bounds, depth: int) -> Iterator[Taken]:
    for n, line in enumerate(_lines(stream), 1):
        if line.strip():
            where = f"{origin}#line {n}"
            yield from _guarded(_line(line.strip(), len(line), where, received, bounds, formats.JSON), where)


def _line(data: bytes, size: int, origin: str, received: datetime, bounds: _Bounds, kind: str) -> Iterator[Taken]:
    bounds.spend(size, origin)
    if size > LARGEST:
        raise InputError(origin, f"is larger than one report can be ({LARGEST >> 20} MB)", "leave it out or cut it")
    yield _capture(data, origin, received, kind), Facts()


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines; of one that is too long only as much as shows that it is."""
    while line := stream.readline(LARGEST + 2):
        if len(line) > LARGEST and not line.endswith(b"\n"):
            while (rest := stream.readline(LARGEST)) and not rest.endswith(b"\n"):
                pass
        yield line


_Opener = Callable[[IO[bytes], str, str, datetime, _Bounds, int], Iterator[Taken]]
_CONTAINERS: dict[str, _Opener] = {
    formats.ZIP: _zip, formats.GZIP: _packed, formats.BZIP2: _packed, formats.XZ: _packed, formats.WARC: _warc,
    formats.MBOX: _mbox, formats.JSONL: _json_lines,
}  # fmt: skip
