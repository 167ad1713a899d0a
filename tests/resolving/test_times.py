"""Times: what an expression means, which days it covers, and what stays unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.records import DateMention
from counterclaim.resolving import times
from counterclaim.resolving.times import as_range, read_dates

WEDNESDAY = "2023-06-14"


def read(text: str, published: str | None = WEDNESDAY) -> tuple[DateMention, ...]:
    mentions = read_dates(text, [(0, len(text))], published=published)
    for mention in mentions:
        start, end = mention.span
        assert 0 <= start < end <= len(text)
    return mentions


def one(text: str, words: str, published: str | None = WEDNESDAY) -> DateMention:
    """The only mention of `text`, which must stand on `words`."""
    (mention,) = read(text, published)
    assert text[slice(*mention.span)] == words
    return mention


@pytest.mark.parametrize(
    ("text", "words", "value", "start", "end"),
    [
        ("The depot burned on 2023-06-02.", "2023-06-02", "2023-06-02", "2023-06-02", "2023-06-02"),
        ("The depot burned on April 2, 2017.", "April 2, 2017", "2017-04-02", "2017-04-02", "2017-04-02"),
        ("The depot burned on Sunday, 2 April 2017.", "Sunday, 2 April 2017", "2017-04-02", "2017-04-02", "2017-04-02"),
        ("The depot burned on the 2nd of April 2017.", "the 2nd of April 2017", "2017-04-02", "2017-04-02", "2017-04-02"),
        ("The depot burned on Sept. 17.", "Sept. 17", "2022-09-17", "2022-09-17", "2022-09-17"),
        ("The depot burned on the 10th.", "the 10th", "2023-06-10", "2023-06-10", "2023-06-10"),
        ("The depot burned on the 17th.", "the 17th", "2023-05-17", "2023-05-17", "2023-05-17"),
        ("Shells fell from 4 to 7 March 2022.", "4 to 7 March 2022", "2022-03-04", "2022-03-04", "2022-03-07"),
        ("Shells fell on June 2-5, 2017.", "June 2-5, 2017", "2017-06-02", "2017-06-02", "2017-06-05"),
        ("Raids began in August 2014.", "August 2014", "2014-08", "2014-08-01", "2014-08-31"),
        ("Raids began in late 2015.", "late 2015", "2015", "2015-09-01", "2015-12-31"),
        ("Raids began in late September.", "late September", "2022-09", "2022-09-21", "2022-09-30"),
        ("It lasted through the first half of May.", "the first half of May", "2023-05", "2023-05-01", "2023-05-16"),
        ("Talks open in the final week of May 2016.", "the final week of May 2016", "2016-05", "2016-05-25", "2016-05-31"),
        ("The war of 2013 went on.", "2013", "2013", "2013-01-01", "2013-12-31"),
        ("The 1990s were no better.", "The 1990s", "199", "1990-01-01", "1999-12-31"),
        ("Shops were hit on Saturday.", "Saturday", "2023-06-10", "2023-06-10", "2023-06-10"),
        ("Shops were hit on Wednesday.", "Wednesday", "2023-06-14", "2023-06-14", "2023-06-14"),
        ("The council will meet on Saturday.", "Saturday", "2023-06-17", "2023-06-17", "2023-06-17"),
        ("Shops were hit on Friday of last week.", "Friday of last week", "2023-06-09", "2023-06-09", "2023-06-09"),
        ("Shops were hit last Tuesday.", "last Tuesday", "2023-06-13", "2023-06-13", "2023-06-13"),
        ("Shops were hit yesterday.", "yesterday", "2023-06-13", "2023-06-13", "2023-06-13"),
        ("Shops were hit last week.", "last week", "2023-W23", "2023-06-05", "2023-06-11"),
        ("Shops were hit last weekend.", "last weekend", "2023-W23-WE", "2023-06-10", "2023-06-11"),
        ("Shops were hit last month.", "last month", "2023-05", "2023-05-01", "2023-05-31"),
        ("Shops were hit ten days ago.", "ten days ago", "2023-06-04", "2023-06-04", "2023-06-04"),
        ("Shops were hit four years ago.", "four years ago", "2019", "2019-01-01", "2019-12-31"),
        ("Some 90 died in the past month.", "the past month", "P1M", "2023-05-14", "2023-06-14"),
        ("Some 90 died over the last two weeks.", "the last two weeks", "P2W", "2023-05-31", "2023-06-14"),
    ],
)
def test_days_covered(text: str, words: str, value: str, start: str, end: str) -> None:
    mention = one(text, words)
    assert (mention.value, mention.start, mention.end) == (value, start, end)


@pytest.mark.parametrize(
    ("text", "words", "value", "kind"),
    [
        ("The raid went on for 40 minutes.", "40 minutes", "PT40M", "duration"),
        ("The five-month siege is over.", "five-month", "P5M", "duration"),
        ("They held out for almost three months.", "almost three months", "P3M", "duration"),
        ("They held out for an hour and a half.", "an hour and a half", "PT1H30M", "duration"),
        ("They held out for weeks.", "weeks", "PXW", "duration"),
        ("Jets pass every Saturday.", "every Saturday", "XXXX-WXX-6", "set"),
        ("Jets pass daily.", "daily", "P1D", "set"),
        ("Jets pass now.", "now", "PRESENT_REF", "date"),
        ("Jets passed recently.", "recently", "PAST_REF", "date"),
        ("It must not happen in the future.", "the future", "FUTURE_REF", "date"),
        ("It fell on Saturday night.", "Saturday night", "2023-06-10TNI", "time"),
        ("It fell on the night of March 17.", "the night of March 17", "2023-03-17TNI", "time"),
        ("It fell at 3:15 p.m. local time on Monday.", "3:15 p.m. local time on Monday", "2023-06-12T15:15", "time"),
        ("It fell at 09:30 on 24 February 2022.", "09:30 on 24 February 2022", "2022-02-24T09:30", "time"),
        ("It fell at 0330 GMT.", "0330 GMT", "XXXX-XX-XXT03:30Z", "time"),
    ],
)
def test_values_and_types(text: str, words: str, value: str, kind: str) -> None:
    mention = one(text, words)
    assert (mention.value, mention.type) == (value, kind)


def test_a_night_ago_runs_into_the_day_of_publication() -> None:
    mention = one("It burned overnight.", "overnight")
    assert (mention.start, mention.end) == ("2023-06-13", WEDNESDAY)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Tuesday", "XXXX-WXX-2"), ("last week", "XXXX-WXX"), ("last month", "XXXX-XX"), ("yesterday", "XXXX-XX-XX"),
        ("last year", "XXXX"), ("two weeks ago", "XXXX-WXX"), ("earlier this week", "XXXX-WXX"),
    ],
)  # fmt: skip
def test_relative_words_stay_unknown_without_a_publication_date(words: str, value: str) -> None:
    mention = one(f"It was hit {words}.", words, published=None)
    assert (mention.value, mention.start, mention.end) == (value, None, None)
    assert as_range(mention) is None


def test_a_day_without_a_year_stays_so_without_a_publication_date() -> None:
    mention = one("The bridge fell on March 17.", "March 17", published=None)
    assert (mention.value, mention.start, mention.end) == ("XXXX-03-17", "XXXX-03-17", "XXXX-03-17")
    assert one("It fell in March 2017.", "March 2017", published=None).start == "2017-03-01"


def test_a_publication_date_without_a_year_gives_days_without_one() -> None:
    assert one("It fell yesterday.", "yesterday", published="XXXX-04-02").start == "XXXX-04-01"
    assert one("It fell on Tuesday.", "Tuesday", published="XXXX-04-02").start is None
    assert one("It fell on March 17.", "March 17", published="XXXX-04-02").value == "XXXX-03-17"


def test_the_year_nearest_in_the_past_is_taken_unless_the_sentence_looks_ahead() -> None:
    assert one("Ten died on December 20.", "December 20").start == "2022-12-20"
    assert one("The trial will open on December 20.", "December 20").start == "2023-12-20"


def test_a_shared_year_holds_for_both() -> None:
    first, second = read("Raids in March and April 2017 went on.")
    assert (first.value, second.value) == ("2017-03", "2017-04")


def test_the_next_day_follows_the_day_named_last() -> None:
    named, following = read("The town fell on June 2. The next day its hospital closed.")
    assert (named.start, following.start) == ("2023-06-02", "2023-06-03")
    assert one("The next day its hospital closed.", "The next day").start is None


def test_last_week_read_on_a_sunday_may_be_either() -> None:
    mention = one("He spoke of it last week.", "last week", published="2017-04-02")
    assert (mention.start, mention.end) == ("2017-03-20", "2017-04-01")


def test_an_ambiguous_order_of_day_and_month_is_settled_by_publication_or_not_at_all() -> None:
    assert one("Filed 04/05/2023 by hand.", "04/05/2023", published="2023-05-06").start == "2023-05-04"
    assert one("Filed 04/05/2023 by hand.", "04/05/2023", published=None).start is None
    assert one("Filed 25/05/2023 by hand.", "25/05/2023", published=None).start == "2023-05-25"


@pytest.mark.parametrize(
    "text",
    [
        "A 30-year-old driver and a boy of 7 were there.", "They may march again.", "The 25th Brigade held the hill.",
        "Some 1,500 of 2000 people left.", "The second strike hit the first rescuers.", "Nearly three-quarters of it is gone.",
        "April said she saw it.",
    ],
)  # fmt: skip
def test_what_is_no_time(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "precision"),
    [("on June 2", 1), ("on June 2-5", 2), ("last week", 3), ("in May", 4), ("in 2013", 5)],
)  # fmt: skip
def test_date_precision_is_the_conflict_data_programs(text: str, precision: int) -> None:
    (mention,) = read(f"It happened {text}.")
    found = as_range(mention)
    assert found is not None
    assert found.precision == precision


FORMATS = (
    "{d:%Y-%m-%d}", "{d:%B} {d.day}, {d.year}", "{d.day} {d:%B} {d.year}", "{d:%b}. {d.day}, {d.year}",
    "{d:%A}, {d.day} {d:%B} {d.year}", "{d:%A}, {d:%B} {d.day}, {d.year}", "{d.day} {d:%b} {d.year}",
)  # fmt: skip


@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)))
def test_a_date_is_the_same_day_in_every_format(day: date) -> None:
    for form in FORMATS:
        text = f"The mill burned on {form.format(d=day).replace('May.', 'May')} at last"
        found = read_dates(text, [(0, len(text))], published=None)
        assert [(m.value, m.start, m.end) for m in found] == [(day.isoformat(),) * 3], text


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.integers(0, 6))
def test_a_weekday_lies_within_the_week_before_publication(published: date, number: int) -> None:
    name = f"{date(2024, 1, 1 + number):%A}"
    mention = one(f"The mill burned on {name}.", name, published=published.isoformat())
    assert mention.start is not None
    there = date.fromisoformat(mention.start)
    assert 0 <= (published - there).days < 7
    assert there.weekday() == number


@given(st.text(max_size=300), st.one_of(st.none(), st.text(max_size=12), st.dates().map(date.isoformat)))
def test_no_text_breaks_it(text: str, published: str | None) -> None:
    read(text, published)


TIME_WORDS = (
    "on the next last week Monday March 31 2017 ago two hundred thousand years before 12:30 p.m. night of every 00 9999 century ."
).split()  # fmt: skip


@given(st.lists(st.sampled_from(TIME_WORDS), max_size=14).map(" ".join), st.dates().map(date.isoformat))
def test_no_jumble_of_time_words_breaks_it(text: str, published: str) -> None:
    found = read(text, published)
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Profit fell for the quarter.", ["2017-Q1"]),
        ("Sales in the second quarter of 2016 rose; costs in the quarter fell.", ["2016-Q2", "2016-Q2"]),
        ("Shells fell in the quarter of Bab Tuma.", []),
        ("It lost money for the year ended March 31.", ["P1Y", "2017-03-31"]),
        ("It will be done by year-end.", ["2017"]),
        ("He prays five times a day.", []),
        ("He stayed for a day.", ["P1D"]),
    ],
)
def test_business_years_and_rates(text: str, values: list[str]) -> None:
    found = read_dates(text, ((0, len(text)),), published="2017-04-02")
    assert [d.value for d in found] == values


_EVERY_RULE = """
On 2017-04-02, 02/04/2017, April 2, 2017 and 2 April 2017, until the 17th.

In the week of March 6, the final week of January, late March 2017, last May, in mid-1996, the 1980s and the 20th century.

The third quarter of 1988, the summer of 2014, last fall, Thanksgiving 2016.

Last Saturday and the day before yesterday, a year earlier, this week, the weekend, ten days ago.

Two days later, the next day, the past two months, in recent days, five weeks,
 a five-month siege, a month-long siege, half an hour.

For weeks, every Saturday, Tuesday nights, daily, now, recently, in the future.

The latest quarter. For the quarter. By year-end.

At 9 p.m. that night; noon came. Overnight, twelve centuries after.
"""


def test_leaving_out_rules_that_cannot_match_loses_nothing() -> None:
    every = {(n, m.span()) for n, rule in enumerate(times._RULES) for m in rule.pattern.finditer(_EVERY_RULE)}
    assert {(n, m.span()) for n, m in times._matches(_EVERY_RULE)} == every
    assert {n for n, _ in every} == set(range(len(times._RULES)))


def test_that_weekday_is_one_of_the_days_just_told_of() -> None:
    within = read("The week of March 6 was quiet. That Thursday the depot burned.", published="2023-03-20")
    assert [m.start for m in within] == ["2023-03-06", "2023-03-09"]
    alone = one("That Thursday the depot burned.", "That Thursday")
    assert (alone.value, alone.start) == ("XXXX-WXX-4", None)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The blast came at 3am local time on Friday.", "3am local time on Friday", "2023-06-09T03:00"),
        ("The blast came at 0330 GMT on June 9.", "0330 GMT on June 9", "2023-06-09T03:30Z"),
        ("The blast came on June 9 at 9:15 p.m. EST.", "June 9 at 9:15 p.m. EST", "2023-06-09T21:15-05:00"),
        ("The blast came at 10:00 (GMT+3) on June 9.", "10:00 (GMT+3) on June 9", "2023-06-09T10:00+03:00"),
        ("Filed 2023-06-09T09:20:00+03:00 by the desk.", "2023-06-09T09:20:00+03:00", "2023-06-09T09:20+03:00"),
        ("The blast came at 7 p.m. Damascus time.", "7 p.m. Damascus time", "XXXX-XX-XXT19:00"),
    ],
)
def test_an_hour_keeps_its_zone(text: str, words: str, value: str) -> None:
    assert one(text, words).value == value


EXPRESSIONS = (
    "2017-04-02 and 2017/04/02T10:00 and 02/04/2017 and 2.4.17",
    "on Sunday, 2 April 2017; Sept. 17; April 2-4; the 2nd of April; on the 17th.",
    "the week of May 4; the final week of May; EARLY MAY 2016; mid-March of last year; last May",
    "the early 1990s, the '80s and the 19th century, in late 2014",
    "the third quarter of 2016, year-earlier second-quarter; the latest quarter, the quarter, the year-ago period, year-end",
    "last spring, the Summer of 2015, Christmas Eve, New Year’s Day 2016",
    "a year earlier, year-ago; this past month, the previous fiscal year; the\u00a0weekend",
    "about three weeks ago, two days\nlater; the next day, that morning, the day before, in the small\nhours, later in the day",
    "the past three months; in recent weeks and months; two more years, a year and a half; a five-month and year-long war",
    "half an hour; half-hour; for weeks; every two weeks, each Monday night, Mondays; hourly, twice daily",
    "right now, at\nthe moment, nowadays, recently, in the recent past, the near future, the short term",
    "noon, 8:56 a.m. local time, 0830 GMT; late on the night of Friday, overnight; TODAY, the day after\ntomorrow",
)


@pytest.mark.parametrize("text", [*EXPRESSIONS, "\n".join(EXPRESSIONS)])
def test_what_a_rule_needs_stands_in_all_that_it_matches(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(n, match.span()) for n, match in times._matches(text)]
    assert found
    monkeypatch.setattr(times, "_RULES", tuple(replace(rule, needs=None) for rule in times._RULES))
    assert [(n, match.span()) for n, match in times._matches(text)] == found
