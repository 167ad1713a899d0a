"""How each field of a report is known, and which address is its own."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from counterclaim.errors import InputError
from counterclaim.intake import captures, reports
from counterclaim.records import Published, Report, Sourced

sys.path.insert(0, str(Path(__file__).parent))
import made  # the tests are no package, so that each file stands for itself


@pytest.fixture
def read_file(tmp_path: Path) -> Callable[..., Report]:
    """The one report in bytes that lie in a file of that name; what the user gives goes to `reports`."""

    def read(name: str, data: bytes, **given: str) -> Report:
        (tmp_path / name).write_bytes(data)
        (taken,) = captures(tmp_path / name, datetime(2024, 1, 1, tzinfo=UTC))
        assert not isinstance(taken, InputError)
        found = [r for r in reports(taken[0], known=taken[1], **given) if isinstance(r, Report)]
        return found[0]

    return read


PAGE = made.PAGE.replace(
    "<link", '<meta name="author" content="Ann Ray"><meta property="article:modified_time" content="2021-03-11"><link'
)


@pytest.mark.parametrize(
    ("name", "data", "known"),
    [
        ("a.html", PAGE.encode(), {
            "title": ("stated", "heading"), "outlet": ("metadata", "meta og:site_name"), "byline": ("metadata", "meta author"),
            "url": ("metadata", "link rel=canonical"), "language": ("inferred", "told from its words"),
        }),
        ("a.eml", made.message(), {
            "title": ("metadata", "header Subject"), "byline": ("metadata", "header From"),
            "outlet": ("inferred", "host of the sender's address"), "language": ("inferred", "told from its words"),
        }),
        ("a.json", json.dumps(made.article(author="Ann Ray")).encode(), {
            "title": ("metadata", "field title"), "byline": ("metadata", "field author"), "url": ("metadata", "field url"),
            "outlet": ("inferred", "host of the address"), "language": ("inferred", "told from its words"),
        }),
        ("a.rss", made.rss(), {
            "title": ("metadata", "feed"), "outlet": ("metadata", "feed"), "url": ("metadata", "feed"),
            "language": ("inferred", "told from its words"),
        }),
        ("a.txt", f"{made.TITLE}\n\nBy Ann Ray, Reuters\n\nEXAMPLE TOWN (Reuters) - {made.FIRST}\n\n{made.SECOND}".encode(), {
            "title": ("stated", None), "byline": ("stated", None), "agency": ("stated", None), "dateline": ("stated", None),
            "language": ("inferred", "told from its words"),
        }),
        ("a.pdf", made.pdf([made.wrapped()]), {
            "title": ("metadata", "property of the PDF"), "language": ("inferred", "told from its words"),
        }),
    ],
)  # fmt: skip
def test_every_field_says_how_it_is_known(
    name: str, data: bytes, known: dict[str, tuple[str, str | None]], read_file: Callable[..., Report]
) -> None:
    report = read_file(name, data)
    assert {k.field: (k.how, k.note) for k in report.known} == known
    fields = ("title", "outlet", "agency", "dateline", "byline", "language", "url")
    assert {k.field for k in report.known} == {f for f in fields if getattr(report, f) is not None}


def test_what_the_user_gives_is_known_as_given(read_file: Callable[..., Report]) -> None:
    report = read_file("a.html", made.PAGE.encode(), title="Another headline")
    assert report.how("title") == Sourced("title", "given")
    assert report.how("outlet") == Sourced("outlet", "metadata", "meta og:site_name")
    assert report.how("agency") is None


@pytest.mark.parametrize(
    ("head", "modified"),
    [
        ("", None),
        (
            '<meta property="article:modified_time" content="2021-03-11T09:00:00Z">',
            Published("2021-03-11", "metadata", note="meta article:modified_time"),
        ),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2021-03-09",'
            '"dateModified":"2021-03-12"}</script>',
            Published("2021-03-12", "metadata", note="JSON-LD dateModified"),
        ),
    ],
)
def test_the_day_of_the_last_change_is_no_publication(
    head: str, modified: Published | None, read_file: Callable[..., Report]
) -> None:
    report = read_file("a.html", made.PAGE.replace("<link", f"{head}<link").encode())
    assert report.modified == modified
    assert report.published is not None
    assert report.published.value == "2021-03-09"


def test_a_stated_change_stands_where_its_words_stand(read_file: Callable[..., Report]) -> None:
    text = f"{made.TITLE}\n\nPublished: March 9, 2021 Updated: March 11, 2021\n\n{made.FIRST}\n\n{made.SECOND}"
    report = read_file("a.txt", text.encode())
    assert report.published is not None
    assert report.modified is not None
    assert (report.published.value, report.modified.value, report.modified.how) == ("2021-03-09", "2021-03-11", "stated")


@pytest.mark.parametrize(
    ("asked", "canonical", "own"),
    [
        (f"{made.ADDRESS}?utm_source=feed", made.ADDRESS, made.ADDRESS),
        (f"{made.ADDRESS.replace('news.', 'www.news.')}", made.ADDRESS, made.ADDRESS),
        # a page carried elsewhere names where it came from, and stands where it stands
        ("https://other.example/carried", made.ADDRESS, "https://other.example/carried"),
        # a site that calls each of its pages its front page
        ("https://news.example/story", "https://news.example/", "https://news.example/story"),
    ],
)
def test_the_canonical_address_is_the_one_its_own_host_names(
    asked: str, canonical: str, own: str, read_file: Callable[..., Report]
) -> None:
    page = made.PAGE.replace(f'href="{made.ADDRESS}"', f'href="{canonical}"').encode()
    assert read_file("a.warc", made.warc({asked: page}, packed=False)).url == own
