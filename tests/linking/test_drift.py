"""What becomes of a saying on its way from report to report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from counterclaim.linking.drift import drift
from counterclaim.linking.utterances import join_utterances
from counterclaim.records import CopyLink

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
        (MILL, MILL.replace("flour mill", "mill"), None),
        ("At noon the ferry sank at the pier", "The ferry sank at the pier at noon, all hands lost", None),
        ("We stand stead-fast by the millers", "We stand steadfast by the millers", None),
        ("The fire was reported shortly after dawn", "The fire broke out shortly after dawn", None),
        ("Six were reported killed at the mill", "Six were killed at the mill", "hedge dropped: “reported”"),
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


def test_where_it_is_not_known_which_came_first_nothing_became_anything() -> None:
    later = MILL.replace("allegedly ", "").replace("2 rockets", "5 rockets").replace("store", "kiln")
    assert drift(MILL, later, "he said", "he admitted", ordered=False) == (
        "numbers differ: 2 against 5",
        "hedge in one only: “allegedly”",
        "“he said” against “he admitted”",
        "words differ: “2” against “5”, “store” against “kiln”",
    )


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


@pytest.mark.parametrize(
    ("days", "copy", "line"),
    [
        (("2021-05-03", "2021-05-04"), None, "“ferry” became “barge”"),
        (("2021-05-03", "2021-05-03"), None, "“ferry” against “barge”"),
        (("2021-05-03", None), None, "“ferry” against “barge”"),
        (("2021-05-03", None), ("r1", "r2"), "“barge” became “ferry”"),
        (("2021-05-03", "2021-05-03"), ("r2", "r1"), "“ferry” became “barge”"),
    ],
)
def test_a_saying_drifts_from_the_original_to_its_copy(
    read: Callable[..., Any], said: Callable[..., Any], days: tuple[str, str | None], copy: tuple[str, str] | None, line: str
) -> None:
    text = "The river patrol fired twice at the ferry's bridge before it sank off the northern pier"
    other = text.replace("ferry", "barge")
    reports = [
        read("r1", text, days[0], statements=[said(text, "Ana Perez")]),
        read("r2", other, days[1], statements=[said(other, "Ana Perez")]),
    ]
    (utterance,) = join_utterances(reports, [CopyLink(*copy, "copied", 0.9)] if copy else [], {})
    assert line.replace("ferry", "ferry's").replace("barge", "barge's") in utterance.reasons[0]


def test_a_formula_used_of_others_is_another_saying(read: Callable[..., Any], said: Callable[..., Any]) -> None:
    one = "A weaver of 41 shot in the torso and a miller of 47 shot in the thigh were taken to the Northern Clinic"
    other = "A fisher of 20 shot in the foot and a weaver of 41 shot in the foot were taken to the Northern Clinic"
    reports = [read(id, text, "2021-05-03", statements=[said(text, "Ana Perez")]) for id, text in (("r1", one), ("r2", other))]
    assert len(join_utterances(reports, (), {})) == 2
