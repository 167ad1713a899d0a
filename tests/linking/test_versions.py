"""Captures of one address: in which order, and what changed in their claims."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counterclaim.intake import report_of
from counterclaim.linking import histories, link
from counterclaim.linking.versions import address_key
from counterclaim.pipeline import read_report
from counterclaim.records import Published, ReadReport

BEFORE = """Strike hits market in Raqqa

RAQQA, March 9 - At least 12 people were killed when a missile hit a market in Raqqa on Tuesday, the health ministry said.

The army may have fired the missile, a defence official said on condition of anonymity. A monitoring group put the toll at 17.

The army denied that it had fired it. Shops nearby were closed on Wednesday."""
AFTER = """Strike hits market in Raqqa

RAQQA, March 9 - At least 19 people were killed when a missile hit a market in Raqqa on Tuesday, the civil defence said.

The army fired the missile, a defence official said on condition of anonymity. A monitoring group put the toll at 17.

The army admitted that it had fired it. The United Nations called for an independent inquiry. Shops had closed by Wednesday."""
ADDRESS = "https://www.news.example/strike?utm_source=feed"


def told(id: str, text: str, url: str = ADDRESS, modified: str | None = None) -> ReadReport:
    report = report_of(text, id=id, published="2021-03-09", url=url)
    report = replace(report, modified=Published(modified, "metadata")) if modified else report
    return ReadReport(report, read_report(report))


@pytest.fixture(scope="module")
def versions() -> tuple[ReadReport, ReadReport]:
    return told("b-first", BEFORE), told("a-later", AFTER, "https://news.example/strike/")


def test_what_changed_in_claims_is_listed_and_nothing_else(versions: tuple[ReadReport, ReadReport]) -> None:
    received = {"b-first": "2021-03-09T08:00:00+00:00", "a-later": "2021-03-09T20:00:00+00:00"}
    (history,) = histories(versions[::-1], received)
    assert history.address == "news.example/strike"
    assert [v.report for v in history.versions] == ["b-first", "a-later"]
    first, later = history.versions
    assert first.changes == ()
    found = {(c.kind, c.was, c.now) for c in later.changes}
    assert found == {
        ("toll", "At least 12 people (killed)", "At least 19 people (killed)"),
        ("speaker", "the health ministry", "the civil defence"),
        ("hedge", "“may have”", None),
        ("blame", "army: denial", "army: admission"),
        ("said", None, "United Nations: demand"),
    }
    texts = {r.report.id: r.report.text for r in versions}
    for change in later.changes:
        for span in (change.before, change.after):
            assert span is None or texts[span.report][span.start : span.end] == span.quote


def test_an_edit_that_touches_no_claim_is_no_change(versions: tuple[ReadReport, ReadReport]) -> None:
    polished = told("c", BEFORE.replace("Shops nearby were closed", "Nearby, all the shops stayed closed"))
    (history,) = histories([versions[0], polished], {"b-first": "1", "c": "2"})
    assert [v.changes for v in history.versions] == [(), ()]


def test_what_is_gone_stands_with_its_words(versions: tuple[ReadReport, ReadReport]) -> None:
    shorter = told("c", BEFORE.replace(" A monitoring group put the toll at 17.", ""))
    (history,) = histories([versions[0], shorter], {"b-first": "1", "c": "2"})
    (change,) = history.versions[1].changes
    assert (change.kind, change.after, change.now) == ("toll", None, None)
    assert change.before is not None
    assert change.before.quote == "17"


def test_the_day_of_a_change_goes_before_the_day_of_its_capture() -> None:
    one, other = told("one", BEFORE, modified="2021-03-12"), told("other", AFTER, modified="2021-03-10")
    (history,) = histories([one, other], {"one": "2021-05-01", "other": "2021-05-02"})
    assert [v.report for v in history.versions] == ["other", "one"]


def test_versions_are_one_text_and_no_two_voices(versions: tuple[ReadReport, ReadReport]) -> None:
    ((link_,)) = link(versions).copies
    assert {link_.copy, link_.original} == {"a-later", "b-first"}
    elsewhere = replace(versions[1], report=replace(versions[1].report, url="https://other.example/strike"))
    assert link([versions[0], elsewhere]).copies == ()


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.news.example/a/b/?utm_campaign=x&id=5#top", "news.example/a/b?id=5"),
        ("http://m.news.example/a/b/index.html", "news.example/a/b"),
        ("https://web.archive.org/web/20170325101112/https://news.example/a", "news.example/a"),
        ("https://news.example/", None),
        ("https://news.example", None),
        ("", None),
        (None, None),
        ("http://[broken", None),
    ],
)
def test_addresses_of_one_page(url: str | None, key: str | None) -> None:
    assert address_key(url) == key
