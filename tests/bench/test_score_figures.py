"""The bench's own scorers of figures count what they say they count."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

FILE = Path(__file__).resolve().parents[2] / "bench" / "score_figures.py"


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_figures", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_headlines_without_a_number_of_dead_are_left_out(scorer: ModuleType) -> None:
    gold = [
        {
            "id": 7,
            "low": 2,
            "high": 4,
            "sources": [{"headline": "Raid kills 3 in the hills"}, {"headline": "Talks go on in 2026"}],
        },
        {"id": 8, "low": 9, "high": 9, "sources": [{"headline": "Five people killed on 3 March"}]},
    ]
    read = {"incidents": [{"main": True, "killed": {"low": 3, "high": 3}}]}
    pred = {"7/0": read, "7/1": read, "8/0": read}
    assert scorer.headlines(gold, pred) == {"right": 0.5, "right of English": 0.5, "answered": 1.0, "n": 2}


@pytest.mark.parametrize(
    ("key", "low", "high", "fits"),
    [
        ("12", 12, 12, True),
        ("12", 13, 13, False),
        ("10 - 12", 10, 12, True),
        ("60 -", 60, None, True),
        ("- 60", None, 60, True),
        ("~50", 50, 50, True),
        ("PLURAL", None, None, True),
        ("PLURAL", 1, 1, False),
    ],
)
def test_numbers_of_the_key(scorer: ModuleType, key: str, low: int | None, high: int | None, fits: bool) -> None:
    assert scorer.same(key, (low, high)) is fits


def test_victims_are_matched_one_to_one(scorer: ModuleType) -> None:
    gold = [
        {"id": "a", "templates": [{"victim": [{"number": ["2"], "effect": ["DEATH"]}, {"number": ["2"], "effect": ["INJURY"]}]}]}
    ]
    figure = {"harm": "killed", "low": 2, "high": 2}
    found = scorer.victims(gold, {"a": {"figures": [figure, figure, {"harm": "missing", "low": 2, "high": 2}]}})
    assert (found["figures"], found["victims"], found["number"]["r"], found["effect"]["p"]) == (1, 2, 0.5, 1.0)
