"""The project's own set of what sayings do: its marks compile to spans that fit, and its scorer counts what it says."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bench_{name}", BENCH / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


acts = load("acts")
official = load("official")


def test_the_compiled_set_is_the_source_and_every_act_is_in_it() -> None:
    rows = acts.compiled(acts.SOURCE.read_text("utf-8"))
    assert rows == acts.read_rows(acts.GOLD)
    assert len({row["id"] for row in rows}) == len(rows) > 150
    assert {row["act"] for row in rows} == acts.ACTS
    assert {acts.part_of(row["id"]) for row in rows} == {"dev", "test"}


def test_marks_become_spans() -> None:
    (row,) = acts.compiled("blame | Kessam | {s:A chief} {c:said} {q:Kessam {h:may have} done it}.")
    text = row["text"]
    assert text == "A chief said Kessam may have done it."
    assert [text[s:e] for role in ("source", "cue", "content", "hedge") for s, e in row[role]] == [
        "A chief", "said", "Kessam may have done it", "may have",
    ]  # fmt: skip
    assert row["target"] == "Kessam"


@pytest.mark.parametrize("line", ["praise | - | {q:It shone}.", "blame | - | {q:It shone.", "blame | - | It} shone.", "blame"])
def test_a_line_that_does_not_fit_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"no act|left open|closes"):
        acts.compiled(line)


def statement(row: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**{key: row[key] for key in ("content", "cue", "source")}, "hedge": [], "target": None, "act": "other", **more}


def test_the_scorer_counts_acts_targets_and_hedges() -> None:
    rows = acts.compiled("blame | Kessam | {s:A chief} {c:said} {q:Kessam {h:may have} done it}.")
    part = acts.part_of(rows[0]["id"])
    right = statement(rows[0], act="blame", target="Kessam army", hedge=rows[0]["hedge"])
    assert acts.scored(rows, {rows[0]["id"]: [right]})[part] == {"sentences": 1, "act": 1, "target": 1, "hedge": 1, "unhedged": 0}
    wrong = statement(rows[0])
    assert acts.scored(rows, {rows[0]["id"]: [wrong]})[part]["act"] == 0
    away = statement(rows[0], act="blame", content=[[0, 2]])
    assert acts.scored(rows, {rows[0]["id"]: [away]})[part]["act"] == 0
    assert acts.scored(rows, {})[part]["target"] == 0


def test_official_statements_are_scored_on_both_tolls() -> None:
    text = "It was assessed that 2 civilians were killed."
    figure = {
        "span": [21, 32], "harm": "killed", "victims": "civilians", "low": 2, "high": 2, "qualifier": "exact",
        "scope": "incident", "confidence": 1, "as_of": None, "speaker": None, "statement": None, "incident": None,
    }  # fmt: skip
    assert text[21:32] == "2 civilians"
    gold = {"id": "a", "text": text, "civilians_killed": {"min": 2, "max": 2}, "civilians_injured": None}
    other = {"id": "b", "text": "Nothing.", "civilians_killed": None, "civilians_injured": None}
    read = json.loads(json.dumps({"id": "a", "statements": [], "figures": [figure]}))
    assert official.scored([gold, other], {"a": read})["conceded"] == 1
    assert official.scored([gold, other], {})["conceded"] == 0.5
    assert official.scored([gold, other], {})["conceded where a death is"] == 0
