"""Where reports come from, as both printers say it."""

from __future__ import annotations

import pytest

from counterclaim.dossier.words import origin_phrase
from counterclaim.records import Source

AT = "2021-03-10T08:00:00+00:00"


@pytest.mark.parametrize(
    ("source", "phrase"),
    [
        (None, ""),
        (Source("mail/desk.eml", AT, part="attachment 2: a.pdf"), "desk.eml, attachment 2: a.pdf"),
        (Source("/home/me/case/story.html", AT), "story.html"),
        (Source("C:\\case\\story.pdf", AT, (0, 40, 80)), "story.pdf, 3 pages"),
        (Source("in/all.zip!a/b/story.html", AT), "all.zip!a/b/story.html"),
        (Source("in/box.mbox#message 2", AT), "box.mbox, message 2"),
        (Source("in/crawl.warc.gz#urn:uuid:1", AT), "crawl.warc.gz, record urn:uuid:1, captured 2021-03-10 08:00 UTC"),
        (Source("https://news.example/a#b", AT), "https://news.example/a#b, captured 2021-03-10 08:00 UTC"),
    ],
)
def test_a_report_names_its_file_and_not_the_folders_of_whoever_added_it(source: Source | None, phrase: str) -> None:
    assert origin_phrase(source) == phrase


def test_an_offset_knows_its_page() -> None:
    source = Source("a.pdf", AT, (0, 40, 80))
    assert [source.page(at) for at in (0, 39, 40, 500)] == [1, 1, 2, 3]
    assert Source("a.txt", AT).page(5) is None
