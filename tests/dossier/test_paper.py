"""The dossier on paper: the same facts as the page, short quotations, hashes; a PDF whose words can be read."""

from __future__ import annotations

import re

import pypdfium2
import pytest
from lxml import html

from counterclaim.dossier import to_paper, to_pdf
from counterclaim.dossier.words import NOT_VERIFIED

from .conftest import Made


def paper(made: Made, **more: str) -> str:
    return to_paper(made.contests, made.reports, made.linkage, title="Port Selm", made_with="counterclaim 9", **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def words(made: Made) -> str:
    return " ".join(html.document_fromstring(paper(made)).body.text_content().split())


def test_every_toll_position_and_contradiction_is_there(made: Made, words: str) -> None:
    for contest in made.contests:
        assert contest.incident.title in words
        for toll in contest.tolls:
            assert toll.words in words
        for position in contest.positions:
            if position.stance != "other":
                assert all(span.quote in words for span in position.content)
        for conflict in contest.conflicts:
            assert conflict.reason in words
        for origin in contest.origins:
            assert origin.name in words


def test_reports_are_listed_with_hashes_and_not_printed_whole(made: Made, words: str) -> None:
    for read in made.reports:
        assert (read.report.title or "no title") in words
        assert read.report.capture in words
    assert "quoted by LINE, now admitted that two rockets" in words
    assert "Nobody fired from the market" in words
    tree = html.document_fromstring(paper(made))
    assert all(len(quote.text_content()) <= 230 for quote in tree.find_class("quote"))
    ids = {element.get("id") for element in tree.iter() if element.get("id")}
    links = [a.get("href") for a in tree.iter("a")]
    assert links
    assert [href for href in links if not href.startswith("#") or href[1:] not in ids] == []


def test_the_pdf_says_on_every_page_that_nobody_verified_it(made: Made) -> None:
    data = to_pdf(paper(made))
    assert data == to_pdf(paper(made))
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]
    assert len(pages) > 1
    assert all(NOT_VERIFIED in re.sub(r"\s+", " ", page) for page in pages)
    text = " ".join(" ".join(pages).split())
    assert "Between 41 and 44 people" in text
    assert "0" * 64 in re.sub(r"\s", "", text)


def test_once_people_checked_it_the_line_says_so(made: Made) -> None:
    page = paper(made, fixed="3 of 9 facts were checked by a person.")
    assert NOT_VERIFIED not in page
    assert "3 of 9 facts were checked by a person." in page


def test_words_of_a_report_stay_words(hostile: Made) -> None:
    tree = html.document_fromstring(paper(hostile))
    assert not list(tree.iter("script", "img", "iframe"))
