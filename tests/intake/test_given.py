"""Texts given one by one, and what users say of a report."""

from __future__ import annotations

import pytest

from counterclaim.errors import EmptyInput, InputError
from counterclaim.intake import report_of
from counterclaim.records import Published, Segment

STORY = "The navy said on Friday that its shells had hit a radar post on the island and no homes."


def test_a_given_text_is_kept_to_the_letter() -> None:
    text = f"\n  Navy  denies shells hit boat shed\u00a0 \r\n\nShare\n\nPublished 4 May 2018\nBy Ann Ray\n\n{STORY}\n \n"
    report = report_of(text, id="line 7")
    assert report.text == text
    assert report.id == "line 7"
    assert report.segments == (Segment(0, 0, len(text)),)
    assert report.title == "Navy  denies shells hit boat shed"
    assert report.byline == "Ann Ray"
    assert report.published is not None
    assert report.published.words is not None
    assert (report.published.value, text[slice(*report.published.words)]) == ("2018-05-04", "4 May 2018")


def test_what_the_user_gives_wins() -> None:
    report = report_of(
        f"Navy denies shells hit shed\n\nMay 5, 2018\n\nPORT CITY (Reuters) - {STORY}",
        id="x",
        published="2018-05-07",
        outlet="The Gull (AP)",
        url="https://gull.example/2018/05/06/story",
        title="Another title",
    )
    assert report.published == Published("2018-05-07", "given")
    assert (report.outlet, report.agency, report.title) == ("The Gull", "AP", "Another title")
    assert report.url == "https://gull.example/2018/05/06/story"
    assert report.dateline == "PORT CITY"


@pytest.mark.parametrize(
    ("outlet", "known"),
    [
        ("HeraldNet (AP)", ("HeraldNet", "AP")),
        ("Gull Online (Reuters copy)", ("Gull Online", "Reuters")),
        ("Gull Radio (AP/PA)", ("Gull Radio", "AP; PA")),
        ("US Gulls (Anadolu Agency)", ("US Gulls", "Anadolu")),
        ("SANA (All Gulls Today)", ("All Gulls Today", "SANA")),
        ("ABC News (US)", ("ABC News (US)", None)),
        ("Reuters", ("Reuters", None)),
    ],
)
def test_an_outlet_name_is_taken_apart(outlet: str, known: tuple[str, str | None]) -> None:
    report = report_of(STORY, id="x", outlet=outlet)
    assert (report.outlet, report.agency) == known


@pytest.mark.parametrize(
    ("url", "outlet", "published"),
    [
        ("https://www.gull.example/2018/05/06/story", "gull.example", Published("2018-05-06", "metadata", note="address")),
        ("https://gull.example/news/060520181", "gull.example", None),
        ("https://gull.example/2018/05/story", "gull.example", None),
        ("https://web.archive.org/web/20190102030405/http://gull.example/a", "gull.example", None),
        ("https://www.facebook.com/gull/posts/1", None, None),
        ("https://t.me/gull/2", None, None),
    ],
)
def test_what_an_address_tells(url: str, outlet: str | None, published: Published | None) -> None:
    report = report_of(STORY, id="x", url=url)
    assert (report.outlet, report.published, report.url) == (outlet, published, url)


@pytest.mark.parametrize(
    ("said", "value"),
    [("2018-05-07",) * 2, ("2018-05-07T23:10:00Z", "2018-05-07"), ("2018-05",) * 2, ("2018",) * 2, ("XXXX-05-07",) * 2],
)
def test_forms_of_a_given_date(said: str, value: str) -> None:
    assert report_of(STORY, id="x", published=said).published == Published(value, "given")


def test_what_is_no_date_is_refused() -> None:
    with pytest.raises(InputError, match=r"""line 3: "published" is 'soon', which is no date; write it as 2017-04-02"""):
        report_of(STORY, id="line 3", published="soon")


def test_nothing_is_known_where_nothing_is_said() -> None:
    report = report_of(STORY, id="x", published="", outlet=" ", url="", title="")
    known = (report.title, report.outlet, report.agency, report.dateline, report.byline, report.published, report.url)
    assert known == (None,) * 7


@pytest.mark.parametrize("text", ["", " \n", "--- ... ---"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(EmptyInput, match="line 3: the text holds no words"):
        report_of(text, id="line 3")


def test_a_lone_surrogate_does_no_harm() -> None:
    assert report_of(f"{STORY} \ud83d", id="x").text == f"{STORY} \ud83d"
