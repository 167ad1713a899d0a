"""Work on several processes: the same answers in order, whatever happens to a process."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import labour
import pytest

import counterclaim
from counterclaim.cli import main
from counterclaim.errors import CounterclaimError, EmptyInput
from counterclaim.scale import in_order, jobs_for, readings_on
from counterclaim.scale.workers import AHEAD, EACH, cores


def test_answers_come_in_order_and_items_are_taken_as_they_are_needed() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        while taken < 99:
            taken += 1
            yield taken

    answers = in_order(labour.doubled, items(), 2, lost=lambda n, why: -1, named=str, say=print)
    assert [next(answers) for _ in range(3)] == [2, 4, 6]
    assert taken <= 3 + 2 * AHEAD
    assert list(answers) == [n * 2 for n in range(4, 100)]


def test_what_a_process_dies_over_twice_is_named_and_the_rest_is_done() -> None:
    said: list[str] = []
    work = partial(labour.dies_of, of=3)
    answers = list(in_order(work, range(9), 2, lost=lambda n, why: why, named=lambda n: f"text {n}", say=said.append))
    assert answers == [0, 2, 4, "the process was killed by SIGKILL", 8, 10, 12, 14, 16]
    assert said == ["text 3: the process was killed by SIGKILL while reading it; it is tried in another"] * 2


def test_what_a_process_died_over_once_is_done_again(tmp_path: Path) -> None:
    said: list[str] = []
    work = partial(labour.dies_once, beside=tmp_path / "died")
    answers = list(in_order(work, range(9), 1, lost=lambda n, why: -1, named=str, say=said.append))
    assert answers == [n * 2 for n in range(9)]
    assert said == ["5: the process ended with status 7 while reading it; it is tried in another"]


def test_an_error_of_the_tree_comes_out_whole() -> None:
    with pytest.raises(EmptyInput, match="text 0: holds no words; leave it out") as raised:
        list(in_order(labour.refuses, range(3), 1, lost=lambda n, why: -1, named=str, say=print))
    assert raised.value.source == "text 0"


def test_who_stops_asking_leaves_no_process_behind() -> None:
    answers = in_order(labour.takes_its_time, range(9), 2, lost=lambda n, why: -1, named=str, say=print)
    assert next(answers) == 0
    began = time.monotonic()
    answers.close()  # type: ignore[attr-defined]
    assert time.monotonic() - began < 10


def test_work_that_cannot_be_found_says_what_to_do() -> None:
    with pytest.raises(CounterclaimError, match="--jobs 1"):
        list(in_order(labour.from_nowhere(), range(3), 1, lost=lambda n, why: -1, named=str, say=print))


def test_little_to_read_stays_in_this_process() -> None:
    assert jobs_for(None, EACH) == 1
    assert jobs_for(None, EACH * 1000) == cores()
    assert jobs_for(3, 1) == 3


def test_a_case_is_the_same_on_any_number_of_processes(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for n, place in enumerate(("Raqqa", "Mosul", "Homs", "Aleppo", "Idlib")):
        told = f"At least {n + 3} people were killed in a strike on {place} on 3 May 2019, the mayor said. The army denied it."
        (tmp_path / "in" / f"{n}.txt").write_text(told, "utf-8")
    digests = set()
    for jobs in (1, 2):
        with counterclaim.Case() as case:
            case.add(tmp_path / "in")
            case.run(readings=readings_on(jobs, print))
            digests.add(case.store.facts_digest())
    assert len(digests) == 1


def test_lines_are_the_same_on_any_number_of_processes(tmp_path: Path) -> None:
    lines = [json.dumps({"id": n, "text": f"The army said that {n} people had died in Homs."}) for n in range(3, 7)]
    (tmp_path / "in.jsonl").write_text("\n".join([*lines, "no line of JSON"]), "utf-8")
    answers = set()
    for jobs in ("1", "2"):
        with pytest.raises(SystemExit) as ended:
            main(["read", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / f"{jobs}.jsonl"), "--jobs", jobs])
        assert ended.value.code == 3
        answers.add((tmp_path / f"{jobs}.jsonl").read_bytes())
    (answer,) = answers
    assert [json.loads(line)["id"] for line in answer.splitlines()] == [3, 4, 5, 6, None]
