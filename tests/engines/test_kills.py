"""Killed at any moment a run goes on where it was, and ends in the same facts; `bench/kills.py` does it two hundred times."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from counterclaim.case import Store

REPORTS, KILLS = 200, 10
PROCESSES = """
import importlib.util, os, sys
spec = importlib.util.spec_from_file_location("sample_case", sys.argv[1])
sample_case = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = sample_case
spec.loader.exec_module(sample_case)
from counterclaim.case import Store
from counterclaim.errors import CaseError

begun = 0
for line in sys.stdin:
    if line == "wait\\n":
        codes = [os.waitpid(-1, 0)[1] for _ in range(begun)]
        begun = 0
        print(*codes, flush=True)
        continue
    pid = os.fork()
    begun += 1
    if pid == 0:
        try:
            with Store.open(sys.argv[2]) as store:
                sample_case.play(store, sample_case.many(int(line)))
        except CaseError as error:
            print(error, file=sys.stderr, flush=True)
            os._exit(0 if "another counterclaim" in str(error) else 1)
        os._exit(0)
    print(pid, flush=True)
"""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork processes")


class Processes:
    """Begins processes that play the sample case, each a fork of one that has loaded all it needs: loading takes longer."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def begin(self, reports: int) -> int:
        """Begins one; its id."""
        return int(self._ask(reports))

    def wait(self) -> list[int]:
        """Waits for all that were begun; how each ended."""
        return [int(code) for code in self._ask("wait").split()]

    def _ask(self, words: object) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(words, file=self._process.stdin, flush=True)
        return self._process.stdout.readline()


@contextmanager
def processes(target: str, sample: object) -> Iterator[Processes]:
    command = [sys.executable, "-c", PROCESSES, str(Path(sample.__file__)), target]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Processes(process)
        process.stdin.close()


def test_killed_at_random_moments(target, sample):
    with Store.open(":memory:") as store:
        began = time.monotonic()
        sample.play(store, sample.many(REPORTS))
        took = time.monotonic() - began
        whole = store.facts_digest()
    chance = random.Random(8)
    with processes(target, sample) as started:
        for _ in range(KILLS):
            pid = started.begin(REPORTS)
            time.sleep(chance.random() * took / 3)
            os.kill(pid, signal.SIGKILL)
            started.wait()
            with Store.open(target) as store:
                assert store.verify() == ()
    with Store.open(target) as store:
        sample.play(store, sample.many(REPORTS))
        assert store.facts_digest() == whole
        assert store.verify() == ()


def test_several_processes_at_once_lose_nothing(target, sample):
    with processes(target, sample) as started:
        for _ in range(3):
            started.begin(40)
        assert started.wait() == [0, 0, 0]
    with Store.open(target) as store, Store.open(":memory:") as other:
        sample.play(store, sample.many(40))
        sample.play(other, sample.many(40))
        assert store.facts_digest() == other.facts_digest()
        assert store.verify() == ()
