"""Plain texts: what stays, what goes, and what they say of themselves."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable

import pytest

from counterclaim.errors import EmptyInput
from counterclaim.intake import report_of
from counterclaim.records import Published, Report

FIRST = "The navy said on Friday that its shells had hit a radar post on the island and no homes."
SECOND = "Fishermen told reporters that nine people, among them four children, had died in a boat shed."
STATION = f"""\
Navy denies shells hit boat shed on island

Save Story

Estimated read time: 2-3 minutes

This archived story is kept for your private, non-commercial use only. Reading the story does not renew it.

Posted at 7:10 PM, May 04, 2018
and last updated 2018-05-06 09:00:00-04

By Ann Ray and Bo Li

(KXQZ) — {FIRST}

Doubts remain

{SECOND}

KXQZ’s Cy Doe and Di Fox contributed to this report

Copyright © 2031 The Associated Press. All rights reserved. No part of it may be rewritten or sent on.

Most recent island stories

Ferry runs again after storm

Related topics

    Have the best of the week sent to your inbox. Subscribe to the Daily Nine.
    By subscribing, you acknowledge and agree to our Terms of Use and Privacy Policy.

    KXQZ Weather Forecast
"""


def test_a_station_page_saved_as_text(read_bytes: Callable[..., Report]) -> None:
    report = read_bytes("a.txt", STATION.encode())
    assert report.text.split("\n\n") == [
        "Navy denies shells hit boat shed on island",
        f"(KXQZ) — {FIRST}",
        "Doubts remain",
        SECOND,
    ]
    assert report.title == "Navy denies shells hit boat shed on island"
    assert report.outlet == "KXQZ"
    assert report.agency == "AP"
    assert report.byline == "Ann Ray and Bo Li"
    assert report.dateline is None
    assert report.published == Published("2018-05-04", "stated", None, '"Posted at 7:10 PM, May 04, 2018"')
    assert (report.language, report.not_read, report.url) == ("en", None, None)


def test_a_wire_report_under_a_photo(read_bytes: Callable[..., Report]) -> None:
    photo = "The spokeswoman of the navy, Captain Eva Foss\n© Press office of the navy/TASS\n"
    report = read_bytes("a.txt", f"{photo}PORT CITY, May 4. /TASS/. {FIRST}\n{SECOND}\n".encode())
    assert report.text == f"PORT CITY, May 4. /TASS/. {FIRST}\n\n{SECOND}"
    assert (report.title, report.outlet, report.agency, report.dateline) == (None, None, "TASS", "PORT CITY, May 4")
    assert report.published == Published("XXXX-05-04", "stated", (11, 16))
    assert report.text[11:16] == "May 4"


def test_a_headline_over_a_photo_credit_stays_the_headline(read_bytes: Callable[..., Report]) -> None:
    report = read_bytes("a.txt", f"Navy denies shells hit boat shed\n© Agency / Eva Foss\n{FIRST}\n{SECOND}".encode())
    assert report.title == "Navy denies shells hit boat shed"
    assert report.text == f"Navy denies shells hit boat shed\n\n{FIRST}\n\n{SECOND}"


def test_an_outlet_credit_behind_the_text(read_bytes: Callable[..., Report]) -> None:
    report = read_bytes("a.txt", f"Navy denies shells hit shed\n\nMay 5, 2018\n\n{FIRST}\n\n{SECOND}\n\n(QT)\n".encode())
    assert report.text == f"Navy denies shells hit shed\n\n{FIRST}\n\n{SECOND}"
    assert (report.outlet, report.agency) == ("QT", None)
    assert report.published == Published("2018-05-05", "stated", None, '"May 5, 2018"')


def test_a_day_the_text_calls_today_is_inferred_with_its_reason() -> None:
    text = f"{FIRST}\n\nState television recalled today, May 5, that 40 people had died since 2016."
    report = report_of(text, id="x")
    assert report.published is not None
    assert (report.published.value, report.published.how) == ("XXXX-05-05", "inferred")
    assert report.published.note == "the text calls May 5 today"
    assert report.published.words is not None
    assert text[slice(*report.published.words)] == "May 5"


@pytest.mark.parametrize(
    "line",
    [
        "He said: “Nothing happened today, May 5, in the harbour of this city.”",
        "The harbour was shelled on Sunday, 5 May, the ministry said in its statement.",
        "The next report is due on 5 May 2018, officials of the ministry said.",
    ],
)
def test_days_inside_the_story_are_not_its_publication(line: str) -> None:
    assert report_of(f"{FIRST}\n{line}\n{SECOND}", id="x").published is None


def test_only_an_update_is_stated() -> None:
    report = report_of(f"Navy denies shells hit shed\nUpdated: 6 May 2018 10:00 GMT\n{FIRST}", id="x")
    assert report.published is not None
    assert (report.published.value, report.published.how) == ("2018-05-06", "inferred")
    assert report.published.note == 'only the day of a change is stated: "Updated: 6 May 2018 10:00 GMT"'


def test_wrapped_lines_become_paragraphs(read_bytes: Callable[..., Report]) -> None:
    long = f"{FIRST} {SECOND} {FIRST}"
    wrapped = "\n\n".join("\n".join(textwrap.wrap(p, 72)) for p in (long, SECOND + " " + long))
    assert read_bytes("a.txt", wrapped.replace("\n", "\r\n").encode()).text == f"{long}\n\n{SECOND} {long}"


def test_right_to_left_text_is_kept_and_marked(read_bytes: Callable[..., Report]) -> None:
    text = "قال الجيش يوم الجمعة إن القذائف أصابت موقع رادار فقط.\n\nوقال صيادون إن تسعة أشخاص قتلوا في مستودع للقوارب."
    report = read_bytes("a.txt", text.encode())
    assert report.text == text
    assert (report.language, report.not_read) == ("ar", "not read: language ar")


@pytest.mark.parametrize("data", [b" \r\n\t\n", b"\xef\xbb\xbf", b"... --- ...", b"Home | World | Sport\nShare\nCopyright 2020"])
def test_nothing_but_blanks_or_furniture_is_empty(read_bytes: Callable[..., Report], data: bytes) -> None:
    with pytest.raises(EmptyInput, match=r"a\.txt: the file holds no words; check"):
        read_bytes("a.txt", data)


def test_blanks_and_invisible_characters_are_evened_out(read_bytes: Callable[..., Report]) -> None:
    uneven = "\ufeffThe\u00a0navy  said\tthat shells hit the ra\u00addar post on Fri\u200bday night.\r\n"
    report = read_bytes("a.txt", uneven.encode())
    assert report.text == "The navy said that shells hit the radar post on Friday night."


def test_a_very_long_line_is_read_in_time(read_bytes: Callable[..., Report]) -> None:
    line = (f"{FIRST}  “{SECOND}” " * 20_000).strip()
    began = time.process_time()
    report = read_bytes("a.txt", line.encode())
    assert report.text == line.replace("  ", " ")
    # 3.8 million characters take 0.9 s where this was written; ten times that would be a pattern that runs wild.
    assert time.process_time() - began < 9


def test_the_same_bytes_give_the_same_report_wherever_they_lie(read_bytes: Callable[..., Report]) -> None:
    one, other = read_bytes("a.txt", STATION.encode()), read_bytes("b.txt", STATION.encode())
    assert one == other
    assert one.id != read_bytes("c.txt", STATION.replace("nine", "ten").encode()).id
