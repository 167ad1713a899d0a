"""Posts pasted as plain text: handle, time and words, and what is no post."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from counterclaim.errors import InputError
from counterclaim.intake import captures, reports, source_text
from counterclaim.records import Report


@pytest.fixture
def read_text(tmp_path: Path) -> Callable[[str], list[Report]]:
    """The reports of a text file, each word of which stands where its segments say."""

    def read(text: str) -> list[Report]:
        (tmp_path / "pasted.txt").write_text(text, "utf-8")
        (taken,) = captures(tmp_path / "pasted.txt", datetime(2024, 1, 1, tzinfo=UTC))
        assert not isinstance(taken, InputError)
        found = [r for r in reports(taken[0]) if isinstance(r, Report)]
        for r in found:
            source = source_text(taken[0], r)
            for s in r.segments:
                assert source[s.capture_start : s.capture_start + s.length] == r.text[s.start : s.start + s.length]
        return found

    return read


THREAD = """Example Monitor
@example_monitor
·
Mar 17, 2017
Warplanes struck a market in Example Town. At least 12 people were killed.
12
1.2K
3,401
Example Monitor
@example_monitor
·
Mar 18, 2017
The toll has risen to 17, among them four children.
Rescue work goes on.
Show this thread
"""
ALONE = """Ann Ray
@annray
The army denies that it hit the market in Example Town. Witnesses say otherwise.
10:11 AM · Mar 18, 2017 · 1,234 Views
56 Reposts
7 Quotes
"""
ONE_LINE = "Example Monitor @example_monitor · Mar 17, 2017\nAt least 12 people were killed in Example Town.\n"
CHANNEL = """Town Council, [17.03.2017 22:05]
Two shells fell on the market. Three people were wounded.

Town Council, [04.03.2017 23:41]
One of them died.
"""
CHAT = """17/03/2017, 22:05 - Bo Li: Two shells fell on the market.
17/03/2017, 22:06 - Ann: Three people were wounded.
One of them died on the way.
03/04/2017, 08:00 - Bo Li: The mosque was hit as well.
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (THREAD, [
            ("@example_monitor", "Example Monitor", "2017-03-17",
             "Warplanes struck a market in Example Town. At least 12 people were killed."),
            ("@example_monitor", "Example Monitor", "2017-03-18",
             "The toll has risen to 17, among them four children.\n\nRescue work goes on."),
        ]),
        (ALONE, [
            ("@annray", "Ann Ray", "2017-03-18",
             "The army denies that it hit the market in Example Town. Witnesses say otherwise."),
        ]),
        (ONE_LINE, [
            ("@example_monitor", "Example Monitor", "2017-03-17", "At least 12 people were killed in Example Town."),
        ]),
        (CHANNEL, [
            ("Town Council", "Town Council", "2017-03-17", "Two shells fell on the market. Three people were wounded."),
            ("Town Council", "Town Council", "2017-03-04", "One of them died."),
        ]),
        (CHAT, [
            ("Bo Li", "Bo Li", "2017-03-17", "Two shells fell on the market."),
            ("Ann", "Ann", "2017-03-17", "Three people were wounded.\n\nOne of them died on the way."),
            # the third of April or the fourth of March: the file does not tell
            ("Bo Li", "Bo Li", None, "The mosque was hit as well."),
        ]),
    ],
)  # fmt: skip
def test_handle_time_and_words(
    text: str, told: list[tuple[str, str, str | None, str]], read_text: Callable[[str], list[Report]]
) -> None:
    found = [(r.outlet, r.byline, r.published.value if r.published else None, r.text) for r in read_text(text)]
    assert found == told


def test_the_time_of_day_is_kept_with_the_day(read_text: Callable[[str], list[Report]]) -> None:
    published = read_text(CHANNEL)[0].published
    assert published is not None
    assert (published.how, published.note) == ("stated", '"17.03.2017 22:05"')


@pytest.mark.parametrize(
    "text",
    [
        "Ministry denies strike\n\nBy Ann Ray\n\nThe ministry denied it on Monday, @example_monitor wrote on March 17, 2017.\n",
        "Contact the desk\n@example_desk\n\nThe ministry denied on Monday that its aircraft had struck the market.\n",
        "At least 12 people were killed on March 17, 2017, the ministry said.\n",
        "17 March 2017: Two shells fell on the market, the council said, and three people were wounded there.\n",
    ],
)
def test_an_article_is_no_post(text: str, read_text: Callable[[str], list[Report]]) -> None:
    (report,) = read_text(text)
    assert report.part is None
    assert report.byline in (None, "Ann Ray")
    assert not (report.outlet or "").startswith("@")
