"""The project's own gold set of reported speech: its marks compile to spans that fit, and its scorer counts what it says."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("conflict_speech", BENCH / "conflict_speech.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


speech = load()
SOURCE = (BENCH / "conflict_speech.txt").read_text("utf-8")
ROWS: list[dict[str, Any]] = [json.loads(line) for line in (BENCH / "conflict_speech.jsonl").read_text("utf-8").splitlines()]
STATEMENTS = [(row, a) for row in ROWS for a in row["attributions"]]


def test_what_is_compiled_is_what_lies_there() -> None:
    assert speech.lines_of(speech.compiled(SOURCE)) == (BENCH / "conflict_speech.jsonl").read_text("utf-8")


def test_ids_are_unique_and_no_item_repeats_another() -> None:
    assert [i for i, n in Counter(row["id"] for row in ROWS).items() if n > 1] == []
    # two items that share a run of eight words were written from one another
    seen: dict[tuple[str, ...], str] = {}
    for row in ROWS:
        words = re.findall(r"\w+", row["text"].casefold())
        for run in {tuple(words[i : i + 8]) for i in range(max(1, len(words) - 7))}:
            assert seen.setdefault(run, row["id"]) == row["id"], " ".join(run)


def test_every_span_fits_its_text_and_cuts_no_word() -> None:
    for row, a in STATEMENTS:
        text = row["text"]
        for pieces in (a["source"], a["cue"], a["content"]):
            assert pieces == sorted(pieces)
            for start, end in pieces:
                assert 0 <= start < end <= len(text)
                quote = text[start:end]
                assert quote == quote.strip(), (row["id"], quote)
                assert not (text[start - 1 : start].isalnum() and quote[0].isalnum()), (row["id"], quote)
                assert not (text[end : end + 1].isalnum() and quote[-1].isalnum()), (row["id"], quote)
            for before, after in pairwise(pieces):
                assert before[1] < after[0]


def test_every_name_has_its_words_in_the_text() -> None:
    for row, a in STATEMENTS:
        said = speech.words_of(row["text"])
        for name in [*(a["speaker"] or "").split("; "), *(a["target"] or "").split("; ")]:
            assert not name or any(speech.same_name(name, word) for word in said), (row["id"], name)
        assert [link for link in a["via"] if link.casefold() not in row["text"].casefold()] == [], row["id"]


def test_a_statement_is_somebodys_or_the_texts_own() -> None:
    for row, a in STATEMENTS:
        assert (a["speaker"] is None) == (a["kind"] == "outlet")
        assert a["speaker"] is not None or not a["source"]
        # a saying without words that tell of saying is a quotation, or a name set beside what it says
        assert a["cue"] or a["source"] or "direct" in row["tags"] or "mixed" in row["tags"], row["id"]


def test_the_set_is_as_large_and_as_wide_as_it_is_meant_to_be() -> None:
    tags = Counter(tag for row in ROWS for tag in row["tags"])
    assert len(ROWS) >= 320
    assert len(STATEMENTS) >= 500
    assert tags["chain"] >= 60
    assert tags["negative"] >= 30
    assert {"chain-2", "chain-3", "chain-4", *speech.TAGS} <= set(tags)
    parts = Counter(speech.part_of(row["id"]) for row in ROWS)
    assert 0.28 < parts["test"] / len(ROWS) < 0.40


@pytest.mark.parametrize(
    "marked", ["{s1:The mayor said so", "The mayor} said so", "{x1:The mayor} said so", "{The mayor} said so"]
)
def test_marks_that_do_not_fit_are_refused(marked: str) -> None:
    with pytest.raises(ValueError, match=r"open|mark"):
        speech.unmarked(marked)


def test_marks_may_nest_and_be_shared() -> None:
    text, spans = speech.unmarked("{s1,2:Ore} {c1:denied} {q1:{s3:Lund}{c3:'s claim} that {q3:it fired}} and {c2:swore} {q2:so}.")
    assert text == "Ore denied Lund's claim that it fired and swore so."
    assert [text[s:e] for s, e in spans["1"]["content"]] == ["Lund's claim that it fired"]
    assert [text[s:e] for s, e in spans["3"]["source"]] == ["Lund"]
    assert spans["1"]["source"] == spans["2"]["source"] == [[0, 3]]


def test_facts_that_do_not_fit_the_marks_are_refused() -> None:
    with pytest.raises(ValueError, match="x-1: marks for"):
        speech.compiled("@x-1\n{s1:Ore} {c1:said} {q1:so}.\n2 | Ore | named | other\n")
    with pytest.raises(ValueError, match="x-1: no such tag"):
        speech.compiled("@x-1 weather\nIt rained.\n")
    with pytest.raises(ValueError, match="x-1: not a statement"):
        speech.compiled("@x-1\n{s1:Ore} {c1:said} {q1:so}.\n1 | Ore | named | gossip\n")


def row() -> dict[str, Any]:
    (made,) = speech.compiled(
        "@x-1\nThe Gull quoted {s1:Ore} {c1:as saying} {q1:two barges had been lost}.\n1 | Ivo Ore | named | damage | - | Gull\n"
    )
    return dict(made)


def reading(**changed: Any) -> dict[str, Any]:
    gold = row()["attributions"][0]
    answer = {role: gold[role] for role in ("source", "cue", "content")}
    return answer | {"speaker": "Ore", "speaker_kind": "named", "act": "damage", "chain": ["the Gull"]} | changed


def figures(*read: dict[str, Any]) -> dict[str, float]:
    gold = row()
    report = speech.scored([gold], {"x-1": list(read)})
    return dict(report[speech.part_of("x-1")]["all"])


def test_the_gold_reading_scores_full_and_none_scores_nothing() -> None:
    right = figures(reading())
    assert [right[k] for k in ("p", "r", "f1", "speaker", "kind", "act", "chain")] == [1.0] * 7
    nothing = figures()
    assert [nothing[k] for k in ("p", "r", "f1", "speaker", "chain")] == [0.0] * 5


def test_half_of_the_content_is_enough_and_less_is_not() -> None:
    (start, end) = row()["attributions"][0]["content"][0]
    assert figures(reading(content=[[start, start + 17]]))["f1"] == 1.0
    assert figures(reading(content=[[start, start + 9]]))["f1"] == 0.0
    assert figures(reading(content=[[0, end]]))["f1"] == 1.0


def test_the_wrong_source_is_no_link_but_may_still_have_the_speaker() -> None:
    wrong = figures(reading(source=[[0, 8]], chain=[]))
    assert (wrong["f1"], wrong["speaker"], wrong["chain"]) == (0.0, 1.0, 0.0)
    assert figures(reading(source=[]))["f1"] == 0.0


def test_what_is_read_too_much_costs_precision() -> None:
    more = figures(reading(), reading(content=[[0, 8]]))
    assert (more["p"], more["r"]) == (0.5, 1.0)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Colonel Jozef Skarda", "Skarda", True),
        ("Skarda", "Skardar", True),
        ("Norland army", "the army", True),
        ("Norland army", "Kessam army", False),
        ("Russian Ministry of Defence", "Moscow", True),
        ("a defence official", "the official", True),
        ("residents", "the governor", False),
    ],
)
def test_names_meet_on_a_telling_word(left: str, right: str, same: bool) -> None:
    assert speech.same_name(left, right) is same


def test_of_several_who_speak_together_all_are_asked_for() -> None:
    assert speech.same_speaker("Ore; Lund", {"speaker": "Lund; Ore"})
    assert not speech.same_speaker("Ore; Lund", {"speaker": "Ore"})
    assert speech.same_speaker(None, {"speaker": None})
    assert not speech.same_speaker(None, {"speaker": "Ore"})


def test_errors_are_shown_for_the_developing_part_only() -> None:
    shown = list(speech.errors(ROWS, {}))
    names = {line.split(" ", 1)[0] for line in shown}
    assert names
    assert {speech.part_of(name) for name in names} == {"dev"}
