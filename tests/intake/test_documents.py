"""Every format: known sentences in, the same sentences and facts out, each word at its place in the capture."""

# ruff: noqa: E501 - formats have the lines they have

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from counterclaim.errors import InputError
from counterclaim.intake import boxes, captures, page_starts, reports, source_text
from counterclaim.records import Capture, Report

sys.path.insert(0, str(Path(__file__).parent))
import made  # the tests are no package, so that each file stands for itself

RECEIVED = datetime(2024, 1, 2, 3, 4, tzinfo=UTC)
Found = list[tuple[Capture, Report]]


@pytest.fixture
def taken_in(tmp_path: Path) -> Callable[[str, bytes], tuple[Found, list[InputError]]]:
    """Writes bytes to a file of that name and takes it in; checks that every segment points at its own words."""

    def take(name: str, data: bytes) -> tuple[Found, list[InputError]]:
        path = tmp_path / name
        path.write_bytes(data)
        found: Found = []
        errors: list[InputError] = []
        for taken in captures(path, RECEIVED):
            if isinstance(taken, InputError):
                errors.append(taken)
                continue
            for report in reports(taken[0], known=taken[1]):
                if isinstance(report, InputError):
                    errors.append(report)
                    continue
                source = source_text(taken[0], report)
                assert report.segments
                for s in report.segments:
                    assert source[s.capture_start : s.capture_start + s.length] == report.text[s.start : s.start + s.length]
                found.append((taken[0], report))
        return found, errors

    return take


ONE_REPORT = {
    "story.html": made.PAGE.encode(),
    "story.txt": "\n\n".join((made.TITLE, *made.SENTENCES)).encode(),
    "story.txt.gz": gzip.compress("\n\n".join((made.TITLE, *made.SENTENCES)).encode()),
    "story.txt.bz2": bz2.compress("\n\n".join((made.TITLE, *made.SENTENCES)).encode()),
    "story.txt.xz": lzma.compress("\n\n".join((made.TITLE, *made.SENTENCES)).encode()),
    "story.pdf": made.pdf([made.wrapped()]),
    "story.docx": made.docx(),
    "story.rtf": made.rtf(),
    "story.eml": made.message(),
    "page.eml": made.message(html=True),
    "story.mhtml": made.mhtml(),
    "story.warc.gz": made.warc({made.ADDRESS: made.PAGE.encode()}),
    "story.warc": made.warc({made.ADDRESS: made.PAGE.encode()}, packed=False),
    "story.wacz": made.archive({
        "archive/data.warc.gz": made.warc({made.ADDRESS: made.PAGE.encode()}), "pages/pages.jsonl": b"{}\n", "datapackage.json": b"{}",
    }),
    "story.zip": made.archive({"a/story.html": made.PAGE.encode(), "a/story_files/ad.html": made.PAGE.encode(), "x/.hidden.txt": b"x"}),
    "story.atom": made.atom(),
    "story.json": json.dumps(made.article()).encode(),
    "story.jsonl": made.json_lines(made.article()),
    "newsplease.json": json.dumps({"maintext": "\n".join(made.SENTENCES), "title": made.TITLE, "date_publish": "2021-03-09 10:00:00"}).encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", ONE_REPORT)
def test_the_sentences_come_out_as_they_went_in(
    name: str, taken_in: Callable[[str, bytes], tuple[Found, list[InputError]]]
) -> None:
    found, errors = taken_in(name, ONE_REPORT[name])
    assert not errors
    ((_, report),) = found
    for sentence in made.SENTENCES:
        assert sentence in report.text
    assert "Terms of use" not in report.text
    paragraphs = report.text.split("\n\n")
    assert [p for p in paragraphs if p in made.SENTENCES] == list(made.SENTENCES)


@pytest.mark.parametrize(
    ("name", "title", "outlet", "published", "url"),
    [
        ("story.html", made.TITLE, "The Example", "2021-03-09", made.ADDRESS),
        ("story.mhtml", made.TITLE, "The Example", "2021-03-09", made.ADDRESS),
        ("story.warc.gz", made.TITLE, "The Example", "2021-03-09", made.ADDRESS),
        ("story.wacz", made.TITLE, "The Example", "2021-03-09", made.ADDRESS),
        ("story.atom", made.TITLE, "The Example", "2021-03-09", made.ADDRESS),
        ("story.json", made.TITLE, "news.example", "2021-03-09", made.ADDRESS),
        ("newsplease.json", made.TITLE, None, "2021-03-09", None),
        ("story.eml", made.TITLE, "news.example", "2021-03-09", None),
        ("story.pdf", made.TITLE, None, None, None),
        ("story.docx", made.TITLE, None, None, None),
    ],
)
def test_what_a_format_says_of_its_document_is_known(
    name: str, title: str, outlet: str | None, published: str | None, url: str | None,
    taken_in: Callable[[str, bytes], tuple[Found, list[InputError]]],
) -> None:  # fmt: skip
    ((_, report),) = taken_in(name, ONE_REPORT[name])[0]
    assert (report.title, report.outlet, report.url) == (title, outlet, url)
    assert (report.published.value if report.published else None) == published


def test_a_record_of_a_web_archive_knows_its_record_and_the_time_of_its_crawl(
    taken_in: Callable[[str, bytes], tuple[Found, list[InputError]]],
) -> None:
    ((capture, _),) = taken_in("story.warc.gz", ONE_REPORT["story.warc.gz"])[0]
    assert capture.origin.endswith("story.warc.gz#urn:uuid:00000000-0000-4000-8000-000000000001")
    assert capture.received == datetime(2021, 3, 10, 8, tzinfo=UTC)
    assert capture.data == made.PAGE.encode()


def test_a_figure_in_a_pdf_knows_its_page_and_box(taken_in: Callable[[str, bytes], tuple[Found, list[InputError]]]) -> None:
    pages = [["Example Bureau bulletin 1", *made.wrapped((made.FIRST,)), "1"], ["Example Bureau bulletin 2", *made.wrapped((made.SECOND,)), "2"],
             ["Example Bureau bulletin 3", *made.wrapped((made.THIRD,)), "3"]]  # fmt: skip
    ((capture, report),) = taken_in("three.pdf", made.pdf(pages))[0]
    assert report.text == "\n\n".join(made.SENTENCES)
    at = report.text.index("17")
    segment = next(s for s in report.segments if s.start <= at < s.start + s.length)
    place = segment.capture_start + at - segment.start
    (box,) = boxes(capture, place, place + 2)
    assert box.page == 3
    assert 60 < box.left < box.right < 612
    # the second line of the page, 14 points under the first, which stands at 760
    assert 740 < box.bottom < box.top < 760


def test_a_paragraph_of_a_pdf_goes_on_over_the_page(taken_in: Callable[[str, bytes], tuple[Found, list[InputError]]]) -> None:
    lines = made.wrapped((made.FIRST, made.SECOND))
    ((_, report),) = taken_in("two.pdf", made.pdf([lines[:3], lines[3:]]))[0]
    assert made.SECOND in report.text


def test_attachments_are_reports_of_the_same_capture(taken_in: Callable[[str, bytes], tuple[Found, list[InputError]]]) -> None:
    attached = {"statement.pdf": made.pdf([made.wrapped((made.THIRD,))]), "photo.png": b"\x89PNG\r\n\x1a\n"}
    found, errors = taken_in("story.eml", made.message(attached=attached))
    assert [r.part for _, r in found] == [None, "attachment 2: statement.pdf"]
    assert found[1][1].text == made.THIRD
    assert len({c.sha256 for c, _ in found}) == 1
    assert [str(e) for e in errors if "photo.png: this is a PNG image" in str(e)]


def test_a_mailbox_gives_a_capture_a_message(taken_in: Callable[[str, bytes], tuple[Found, list[InputError]]]) -> None:
    found, errors = taken_in("box.mbox", made.mailbox())
    assert not errors
    assert [r.title for _, r in found] == [made.TITLE, "Second message on the strike"]
    assert [c.origin.rpartition("#")[2] for c, _ in found] == ["message 1", "message 2"]


def test_an_entry_without_a_text_is_named(taken_in: Callable[[str, bytes], tuple[Found, list[InputError]]]) -> None:
    found, (error,) = taken_in("feed.rss", made.rss())
    assert [r.part for _, r in found] == ["entry 1"]
    assert all(s in found[0][1].text for s in made.SENTENCES)
    assert "entry 2: the entry holds a title and no text" in str(error)


def test_a_bad_line_costs_only_itself(taken_in: Callable[[str, bytes], tuple[Found, list[InputError]]]) -> None:
    found, (error,) = taken_in(
        "lines.jsonl", made.json_lines(made.article()) + b"{broken\n" + made.json_lines(made.article(text="Two died."))
    )
    assert [c.origin.rpartition("#")[2] for c, _ in found] == ["line 1", "line 3"]
    assert "lines.jsonl#line 2: is no JSON" in str(error)


def test_posts_know_their_handle_and_time(taken_in: Callable[[str, bytes], tuple[Found, list[InputError]]]) -> None:
    posts = {
        "messages": [
            {
                "text": ["Three people were ", {"type": "bold", "text": "killed"}, " in Example Town."],
                "date": "2021-03-09T18:30:00",
                "id": 5,
            },
            {
                "full_text": "The army denies it.",
                "user": {"screen_name": "example"},
                "created_at": "Tue Mar 09 19:00:00 +0000 2021",
            },
            {"text": "Four were wounded.", "handle": "@other", "timestamp": 1615320000},
        ]
    }
    found, errors = taken_in("export.json", json.dumps(posts).encode())
    assert not errors
    assert [r.text for _, r in found] == [
        "Three people were killed in Example Town.",
        "The army denies it.",
        "Four were wounded.",
    ]
    assert [r.outlet for _, r in found] == [None, "@example", "@other"]
    assert [r.published and r.published.value for _, r in found] == ["2021-03-09"] * 3
    assert [r.part for _, r in found] == ["/messages/0", "/messages/1", "/messages/2"]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("cut.pdf", made.pdf([["words"]])[:60], "is a damaged PDF"),
        ("empty.pdf", made.pdf([[]]), "its pages hold pictures and no text; run text recognition"),
        ("cut.docx", made.docx()[:2000], "is a damaged DOCX"),
        ("cut.zip", made.archive({"a.txt": b"words"})[:30], "is damaged or cut off"),
        ("cut.txt.gz", gzip.compress(bytes(range(256)) * 500)[:-600], "is damaged or cut off"),
        (
            "bomb.zip",
            made.archive({"a.txt": b"\0" * (300 << 20)}),
            "a.txt: is larger than one report can be|unpacks to more than 200 times",
        ),
        (
            "entities.xml",
            b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "x">]><rss><channel/></rss>',
            "defines entities of its own",
        ),
        ("deep.json", b"[" * 100_000, "is no JSON"),
        ("other.json", b'{"name": "package", "version": "1"}', "this JSON holds no article"),
        ("other.csv", b"a,b\n1,2\n", "this table has the columns of no known recorder"),
        ("link.zip", made.archive({"a.exe": b"MZ"}), "not a format that is read"),
    ],
    ids=lambda given: "" if isinstance(given, bytes) else None,  # bytes may hold the time at which they were made
)
def test_what_cannot_be_read_says_why(
    name: str, data: bytes, says: str, taken_in: Callable[[str, bytes], tuple[Found, list[InputError]]]
) -> None:
    import re

    found, errors = taken_in(name, data)
    assert not found
    assert any(re.search(says, str(e)) for e in errors), errors


def test_a_cut_web_archive_keeps_what_stood_before_the_cut(
    taken_in: Callable[[str, bytes], tuple[Found, list[InputError]]],
) -> None:
    whole = made.warc({made.ADDRESS: made.PAGE.encode(), made.ADDRESS + "2": made.PAGE.replace("12", "14").encode()})
    first = len(made.warc({made.ADDRESS: made.PAGE.encode()}))
    for cut in range(first, len(whole), 97):
        found, errors = taken_in("cut.warc.gz", whole[:cut])
        assert made.FIRST in found[0][1].text
        # what the second page gives is all of it or nothing
        assert all(made.THIRD in report.text for _, report in found)
        assert all("is cut off" in str(e) for e in errors)
    assert len(found) == 2


@pytest.mark.parametrize("coding", ["br", "deflate", "identity", "gzip, but kept unpacked", "chunked"])
def test_bodies_of_a_web_archive_are_unpacked_as_their_headers_say(
    coding: str, taken_in: Callable[[str, bytes], tuple[Found, list[InputError]]]
) -> None:
    import zlib

    import brotli

    page = made.PAGE.encode()
    half = len(page) // 2
    chunks = b"%x\r\n%s\r\n%x;x=y\r\n%s\r\n0\r\n\r\n" % (half, page[:half], len(page) - half, page[half:])
    body = {"br": brotli.compress(page), "deflate": zlib.compress(page), "chunked": chunks}.get(coding, page)
    named = "Transfer-Encoding: chunked" if coding == "chunked" else f"Content-Encoding: {coding.partition(',')[0]}"
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + named.encode() + b"\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2021-03-10T08:00:00Z\r\n"
        f"WARC-Target-URI: {made.ADDRESS}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    found, errors = taken_in("one.warc", head.encode() + block + b"\r\n\r\n")
    assert not errors
    assert [c.data for c, _ in found] == [page]


def test_names_in_an_archive_reach_no_other_file(tmp_path: Path) -> None:
    data = made.archive({"../../outside.txt": b"One died.", "/etc/absolute.txt": b"Two died."})
    (tmp_path / "names.zip").write_bytes(data)
    before = sorted(tmp_path.parent.iterdir())
    found = [t for t in captures(tmp_path / "names.zip", RECEIVED) if not isinstance(t, InputError)]
    assert [t[0].data for t in found] == [b"One died.", b"Two died."]
    assert sorted(tmp_path.parent.iterdir()) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["names.zip"]


def test_archives_within_archives_end_somewhere(taken_in: Callable[[str, bytes], tuple[Found, list[InputError]]]) -> None:
    data = "\n\n".join(made.SENTENCES).encode()
    for _ in range(3):
        data = made.archive({"inner.zip" if data.startswith(b"PK") else "story.txt": data})
    assert len(taken_in("nested.zip", data)[0]) == 1
    for _ in range(3):
        data = made.archive({"inner.zip": data})
    found, (error,) = taken_in("nested.zip", data)
    assert not found
    assert "is packed more than 4 deep" in str(error)


_RUSSIAN = "Министерство обороны заявило, что в результате удара по рынку погибли двенадцать человек и ранены тридцать."


@pytest.mark.parametrize(
    ("said", "named", "codec"),
    [
        ("text/html; charset=windows-1251", "", "cp1251"),
        # the server's word goes before the page's own, as in browsers
        ("text/html; charset=windows-1251", '<meta charset="iso-8859-1">', "cp1251"),
        ('text/html; charset="koi8-r"', '<meta charset="windows-1251">', "koi8_r"),
        ("text/html;charset=utf-8", '<meta charset="windows-1251">', "utf_8"),
        # what a server says that was never told, over a page in UTF-8
        ("text/html; charset=ISO-8859-1", '<meta charset="utf-8">', "utf_8"),
        ("text/html; charset=nonsense", '<meta charset="windows-1251">', "cp1251"),
        ("text/html", '<meta charset="windows-1251">', "cp1251"),
    ],
)
def test_the_header_of_a_web_archive_says_in_which_letters_a_page_is_written(
    said: str, named: str, codec: str, taken_in: Callable[[str, bytes], tuple[Found, list[InputError]]]
) -> None:
    page = f"<html><head>{named}<title>x</title></head><body><article><p>{_RUSSIAN}</p></article></body></html>".encode(codec)
    block = f"HTTP/1.1 200 OK\r\nContent-Type: {said}\r\n\r\n".encode() + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2021-03-10T08:00:00Z\r\n"
        f"WARC-Target-URI: {made.ADDRESS}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    ((_, report),), _ = taken_in("one.warc", head.encode() + block + b"\r\n\r\n")
    assert report.text == _RUSSIAN
    assert report.encoding.replace("-", "_") == codec


def test_a_pdf_knows_where_its_pages_begin(taken_in: Callable[[str, bytes], tuple[Found, list[InputError]]]) -> None:
    pages = [["Example Bureau bulletin 1", *made.wrapped((made.FIRST,))], ["Example Bureau bulletin 2", *made.wrapped((made.SECOND,))],
             ["Example Bureau bulletin 3", *made.wrapped((made.THIRD,))]]  # fmt: skip
    ((capture, report),) = taken_in("three.pdf", made.pdf(pages))[0]
    assert page_starts(capture, report) == tuple(report.text.index(s) for s in made.SENTENCES)
    ((capture, report),) = taken_in("one.pdf", made.pdf([made.wrapped()]))[0]
    assert page_starts(capture, report) == (0,)
    ((capture, report),) = taken_in("story.txt", ONE_REPORT["story.txt"])[0]
    assert page_starts(capture, report) == ()
