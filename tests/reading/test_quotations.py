"""Quotation marks of every style, stray and missing ones included."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.reading.quotations import find_quotations


def quoted(text: str) -> list[str]:
    return [text[slice(*q.span)] for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('The envoy said "we saw no plane over the town" and left.', ['"we saw no plane over the town"']),
        ("“Our men were asleep,” he said. “Nobody warned us.”", ["“Our men were asleep,”", "“Nobody warned us.”"]),
        ("‘We counted nine craters,’ the warden said.", ["‘We counted nine craters,’"]),
        ("'We counted nine craters,' the warden said.", ["'We counted nine craters,'"]),
        ("the soldiers’ tents and the mayor's car", []),
        ("“”The shelter was full,” she said.", ["“”The shelter was full,”"]),
        ("«They came at dawn», the elder said.", ["«They came at dawn»"]),
        ("He called it “a grave “error” of command” twice.", ["“a grave “error” of command”"]),
    ],
)
def test_finds_what_is_quoted(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_an_unclosed_quotation_runs_to_the_end_of_its_paragraph() -> None:
    text = "The general said: “We will look at the film and then decide."
    (quotation,) = find_quotations(text)
    assert text[slice(*quotation.span)] == "“We will look at the film and then decide."
    assert not quotation.closed


def test_offsets_are_shifted_to_the_whole_text() -> None:
    whole = "First.\n“Second part here.”"
    (quotation,) = find_quotations(whole[7:], 7)
    assert whole[slice(*quotation.span)] == "“Second part here.”"


@given(st.text(alphabet="ab '\"“”‘’«»\n.,s", max_size=80))
def test_never_overlaps_and_never_breaks(text: str) -> None:
    end = 0
    for quotation in find_quotations(text):
        assert end <= quotation.span[0] < quotation.span[1] <= len(text)
        end = quotation.span[1]
