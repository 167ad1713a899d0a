"""What becomes of a saying on its way from report to report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from counterclaim.linking.drift import drift
from counterclaim.linking.utterances import join_utterances

MILL = "Eleven workers of the flour mill allegedly died when 2 rockets hit the store"


@pytest.mark.parametrize(
    ("first", "later", "line"),
    [
        (MILL, MILL.replace("2 rockets", "5 rockets"), "number changed: 2 became 5"),
        (MILL, MILL.replace("allegedly ", ""), "hedge dropped: “allegedly”"),
        ("About 40 farmers left the valley", "40 farmers left the valley", "hedge dropped: “about”"),
        ("40 farmers left the valley", "At least 40 farmers left the valley", "hedge added: “at least”"),
        (MILL, MILL.replace("store", "kiln"), "words changed: “store” became “kiln”"),
        ("The mill burned", "The mill burned for 6 days", None),
        ("The pilots may have hit the ferry, the harbour master said", "The harbour master spoke", None),
        (MILL, MILL, None),
        (MILL, MILL.upper(), None),
        ("They talked about the mill", "They talked of the mill", None),
    ],
)  # fmt: skip
def test_what_changed_between_two_versions(first: str, later: str, line: str | None) -> None:
    found = drift(first, later)
    assert (line in found) if line else (found == ()), found


def test_said_that_became_admitted() -> None:
    assert drift("The shell was ours", "The shell was ours", "the colonel said", "admitted") == (
        "“the colonel said” became “admitted”",
    )
    assert drift("The shell was ours", "The shell was ours", "said", "told the court") == ()


def test_two_translations_are_not_listed_word_by_word() -> None:
    one = "The shameless inventions of the general staff about the ferry serve only to whitewash murderers"
    other = "Brazen fabrications concerning the ferry by the General Staff are meant solely to whitewash the murderers"
    assert drift(one, other) == ()


def test_an_utterance_tells_what_drifted(read: Callable[..., Any], said: Callable[..., Any]) -> None:
    text = "The river patrol allegedly fired twice at the ferry's bridge before it sank off the northern pier"
    later = text.replace("allegedly ", "").replace("twice", "thrice")
    reports = [
        read("r1", text, "2021-05-03", statements=[said(text, "Ana Perez")]),
        read("r2", later, "2021-05-04", statements=[said(later, "Ana Perez")]),
    ]
    (utterance,) = join_utterances(reports, (), {})
    (reason,) = utterance.reasons
    assert "hedge dropped: “allegedly”" in reason
    assert "“twice” became “thrice”" in reason
