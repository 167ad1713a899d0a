"""Numbers in digits and words, and the words that open or blur them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.reading.numbers import bounds, find_quantities, value_of


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "qualifier"),
    [
        ("more than 40 people", "more than 40", 41, None, "more than"),
        ("at least ninety soldiers", "at least ninety", 90, None, "at least"),
        ("no fewer than 12 dead", "no fewer than 12", 12, None, "at least"),
        ("as many as 200 bodies", "as many as 200", None, 200, "up to"),
        ("between 50 and 80 villagers", "between 50 and 80", 50, 80, "between"),
        ("100 to 300 people", "100 to 300", 100, 300, "between"),
        ("12-15 wounded", "12-15", 12, 15, "between"),
        ("some 130,000 people", "some 130,000", 130_000, 130_000, "about"),
        ("nearly thirty-five men", "nearly thirty-five", 35, 35, "about"),
        ("fewer than ten", "fewer than ten", None, 9, "less than"),
        ("a quarter-million people", "a quarter-million", 250_000, 250_000, "exact"),
        ("half a dozen guards", "half a dozen", 6, 6, "exact"),
        ("three dozen fighters", "three dozen", 36, 36, "exact"),
        ("one hundred and twenty-five", "one hundred and twenty-five", 125, 125, "exact"),
        ("dozens of people", "dozens", 24, 99, "vague"),
        ("scores of people", "scores", 40, 99, "vague"),
        ("hundreds of people", "hundreds", 200, 999, "vague"),
        ("tens of thousands fled", "tens of thousands", 20_000, 99_999, "vague"),
        ("several guards", "several", None, None, "vague"),
        ("90 or more bodies", "90 or more", 90, None, "at least"),
        ("٤٥ dead", "٤٥", 45, 45, "exact"),
    ],
)
def test_reads_numbers(text: str, words: str, low: int | None, high: int | None, qualifier: str) -> None:
    (quantity,) = find_quantities(text)
    assert text[slice(*quantity.span)] == words
    assert (quantity.low, quantity.high, quantity.qualifier) == (low, high, qualifier)


@pytest.mark.parametrize("text", ["an F-16 and two", "$200", "version 3.4.5"])
def test_leaves_codes_and_money_alone(text: str) -> None:
    assert all(text[slice(*q.core)] == "two" for q in find_quantities(text))


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def spelled(n: int) -> str:
    """`n` below a million in English words, written here so that reading is checked against another hand."""
    if n < 20:
        return _ONES[n]
    if n < 100:
        return _TENS[n // 10 - 2] + (f"-{_ONES[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{_ONES[n // 100]} hundred" + (f" and {spelled(n % 100)}" if n % 100 else "")
    return f"{spelled(n // 1000)} thousand" + (f" {spelled(n % 1000)}" if n % 1000 else "")


@given(st.integers(1, 999_999))
def test_the_same_number_comes_out_however_it_is_written(n: int) -> None:
    assert value_of(spelled(n)) == value_of(str(n)) == value_of(f"{n:,}") == n


@given(st.integers(1, 99_999), st.sampled_from(["at least", "more than", "up to", "about", "fewer than"]))
def test_low_is_never_above_high(n: int, words: str) -> None:
    (quantity,) = find_quantities(f"{words} {n:,} people")
    assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
    assert n in {quantity.low, quantity.high, (quantity.low or 0) - 1, (quantity.high or 0) + 1}


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    for quantity in find_quantities(text):
        a, b = quantity.span
        assert 0 <= a <= quantity.core[0] < quantity.core[1] <= b <= len(text)


def test_bounds_follow_the_design() -> None:
    assert bounds(100, "more than") == (101, None)
    assert bounds(90, "at least") == (90, None)
    assert bounds(100, "up to") == (None, 100)
    assert bounds(62, "about") == (62, 62)
