"""Pages: the article found, its places kept, its fields read, and nothing that makes it fall over."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from counterclaim.errors import EmptyInput
from counterclaim.records import Published, Report

FIRST = "The navy said on Friday that its shells had hit a radar post on the island and no homes."
SECOND = "Fishermen told reporters that nine people, among them four children, had died in a boat shed."
THIRD = "A monitor called for an inquiry; the ministry denied that anyone had been in the shed when it fell."


def page(body: str, head: str = "") -> bytes:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()


ARTICLE = f"""
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<article><h1>Navy denies shells hit shed</h1><p class="byline">By Ann Ray</p><p>3 May 2019</p>
<p>PORT CITY (Reuters) &#8211; {FIRST}</p>
<p>{SECOND.replace("nine people", "<b>nine</b>&nbsp;people").replace("boat", '<a href="x">boat</a>')}</p>
<h2>Inquiry</h2><p>{THIRD}</p>
<ul><li>One witness spoke of two ships.</li><li>Another spoke of one.</li></ul>
<table><tr><th>Source</th><th>Killed</th></tr><tr><td>Navy</td><td>0</td></tr></table>
<p>Share this article</p></article>
<aside><h3>Most read</h3><ul><li><a href="a">Cat rescued from mast</a></li></ul></aside>
<footer>Copyright 2019 The Gull. All rights reserved.</footer>
"""


def test_the_article_without_the_page_around_it(read_bytes: Callable[..., Report]) -> None:
    report = read_bytes("a.html", page(ARTICLE))
    assert report.text.split("\n\n") == [
        "Navy denies shells hit shed",
        f"PORT CITY (Reuters) – {FIRST}",
        SECOND,
        "Inquiry",
        THIRD,
        "One witness spoke of two ships.",
        "Another spoke of one.",
        "Source Killed",
        "Navy 0",
    ]
    mapped = sum(s.length for s in report.segments)
    # All but paragraph ends, the dash and the blank that are entities, and blanks that tags cut.
    assert mapped >= len(report.text.replace("\n\n", "")) - 6
    assert (report.title, report.agency, report.dateline) == ("Navy denies shells hit shed", "Reuters", "PORT CITY")
    assert report.published == Published("2019-05-03", "stated", None, '"3 May 2019"')


def test_a_sentence_outside_any_paragraph_is_kept(read_bytes: Callable[..., Report]) -> None:
    body = f"<div class='article-body'><p>{FIRST}</p><div>{SECOND}</div><h3>Inquiry</h3><p>{THIRD}</p></div>"
    assert read_bytes("a.html", page(body)).text == f"{FIRST}\n\n{SECOND}\n\nInquiry\n\n{THIRD}"


def test_fields_of_the_page(read_bytes: Callable[..., Report]) -> None:
    linked = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "elsewhere"},
            {
                "@type": ["NewsArticle"],
                "headline": "Navy denies shells hit shed",
                "datePublished": "2019-05-03T23:50:00-05:00",
                "dateModified": "2019-05-06",
                "author": [{"@type": "Person", "name": "Ann Ray"}, {"name": "Bo Li"}],
                "publisher": {"@type": "Organization", "name": "The Gull"},
            },
        ],
    }
    head = (
        f'<script type="application/ld+json">{json.dumps(linked)}</script>'
        '<link rel="canonical" href="https://gull.example/navy"><title>Navy denies shells hit shed | The Gull</title>'
    )
    report = read_bytes("a.html", page(ARTICLE, head))
    assert report.published == Published("2019-05-03", "metadata", None, "JSON-LD datePublished")
    assert (report.title, report.outlet, report.byline) == ("Navy denies shells hit shed", "The Gull", "Ann Ray; Bo Li")
    assert report.url == "https://gull.example/navy"


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (
            '<meta property="article:published_time" content="2019-05-03T10:00Z">',
            Published("2019-05-03", "metadata", note="meta article:published_time"),
        ),
        (
            '<meta property="article:modified_time" content="2019-05-06T10:00Z">',
            Published("2019-05-06", "inferred", note="only the day of a change is given: meta article:modified_time"),
        ),
        (
            '<link rel="canonical" href="https://gull.example/2019/05/04/navy">',
            Published("2019-05-04", "metadata", note="address"),
        ),
        ('<meta property="article:published_time" content="yesterday">', None),
        ('<link rel="canonical" href="https://gull.example/040520191">', None),
        ('<script type="application/ld+json">{"broken": </script>', None),
    ],
)
def test_where_a_page_says_its_day(read_bytes: Callable[..., Report], head: str, published: Published | None) -> None:
    body = f"<article><h1>Navy denies shells hit shed</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>"
    assert read_bytes("a.html", page(body, head)).published == published


def test_a_time_element_counts_where_it_is_the_only_day(read_bytes: Callable[..., Report]) -> None:
    def published(times: str) -> Published | None:
        return read_bytes("a.html", page(f"<article>{times}<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>")).published

    one = '<time datetime="2019-05-03T08:00">yesterday</time>'
    assert published(one + one) == Published("2019-05-03", "metadata", note="time element")
    assert published(one + '<time datetime="2019-05-04">today</time>') is None


def test_given_values_win_over_fields(read_bytes: Callable[..., Report]) -> None:
    head = '<meta property="og:site_name" content="The Gull"><meta property="og:title" content="Navy denies it">'
    report = read_bytes("a.html", page(ARTICLE, head), outlet="HeraldNet (AP)", title="Mine", published="2020-01-01")
    assert (report.outlet, report.agency, report.title) == ("HeraldNet", "AP", "Mine")
    assert report.published == Published("2020-01-01", "given")
    assert read_bytes("b.html", page(ARTICLE, head)).outlet == "The Gull"


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{FIRST}</p>",
        "<div>" * 3000 + f"<p>{FIRST}</p>" + "</div>" * 3000,
        "<p><b>" * 3000 + FIRST,
        "<script>if (a < b) {}</script>" * 500 + f"<p>{FIRST}</p><style>p {{}}</style>",
        f"<p>{FIRST}</p>" + "<script>" * 500,
        f"<p>{FIRST}</p>" + "<!-- " * 5000,
        f"<p>{FIRST}</p>" + "<a " * 50_000,
        f"<!-- <p>Not this.</p> --><p>{FIRST}</p><!-- nor this -->",
        f"<p title='a > b'></p><p>{FIRST.replace('navy', 'na<wbr>vy')}</p>",
    ],
    ids=["short", "deep", "unclosed", "scripts", "open script", "open comments", "open tags", "comments", "tags in words"],
)
def test_pages_that_bite(read_bytes: Callable[..., Report], body: str) -> None:
    assert FIRST in read_bytes("a.html", page(body)).text


def test_a_page_without_a_body_and_one_without_anything(read_bytes: Callable[..., Report]) -> None:
    assert read_bytes("a.html", f"<p>{FIRST}</p><p>{SECOND}</p>".encode()).text == f"{FIRST}\n\n{SECOND}"
    with pytest.raises(EmptyInput, match=r"b\.html: the page holds no words of an article"):
        read_bytes("b.html", b"<html><head><title>Nothing</title></head><body></body></html>")


def test_entities_cut_segments_and_keep_the_rest_exact(read_bytes: Callable[..., Report]) -> None:
    body = f"<article><p>&ldquo;Absurd&rdquo; AT&T &amp; caf&eacute;: {FIRST}</p><p>{SECOND}</p></article>"
    report = read_bytes("a.html", page(body))
    assert report.text.startswith(f"“Absurd” AT&T & café: {FIRST}")
    unmapped = set(range(len(report.text))) - {i for s in report.segments for i in range(s.start, s.start + s.length)}
    assert {report.text[i] for i in unmapped} == {"“", "”", "&", "é", "\n"}


def test_a_long_page(read_bytes: Callable[..., Report]) -> None:
    paragraphs = [f"{FIRST} Report number {n} of the harbour master names {n * 7} ships." for n in range(2500)]
    report = read_bytes("a.html", page("<article>" + "".join(f"<p>{p}</p>\n" for p in paragraphs) + "</article>"))
    assert report.text.split("\n\n") == paragraphs
