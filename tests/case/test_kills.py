"""Killed at any moment a run goes on where it was, and ends in the same facts; `bench/kills.py` does it two hundred times."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from counterclaim.case import Store

REPORTS, KILLS = 200, 10
RUNNING = """
import sys
sys.path.insert(0, {folder!r})
import conftest
from counterclaim.case import Store

store = Store.open({path!r})
print("open", flush=True)
conftest.play(store, conftest.many({reports}))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no such signal")
def test_killed_at_random_moments(path, sample):
    with Store.open(":memory:") as store:
        began = time.monotonic()
        sample.play(store, sample.many(REPORTS))
        took = time.monotonic() - began
        whole = store.facts_digest()
    chance = random.Random(8)
    code = RUNNING.format(folder=os.path.dirname(sample.__file__), path=str(path), reports=REPORTS)
    for _ in range(KILLS):
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as running:
            assert running.stdout.readline() == b"open\n"
            time.sleep(chance.random() * took / 3)
            running.kill()
        with Store.open(path) as store:
            assert store.verify() == ()
    with Store.open(path) as store:
        sample.play(store, sample.many(REPORTS))
        assert store.facts_digest() == whole
        assert store.verify() == ()


def test_two_processes_at_once_lose_nothing(path, sample):
    Store.open(path).close()
    code = RUNNING.format(folder=os.path.dirname(sample.__file__), path=str(path), reports=60)
    both = [subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) for _ in range(2)]
    ends = [(one.communicate(timeout=120)[1].decode(), one.returncode) for one in both]
    for said, code_of in ends:
        assert code_of == 0 or "another counterclaim" in said, said
    with Store.open(path) as store, Store.open(":memory:") as other:
        sample.play(store, sample.many(60))
        sample.play(other, sample.many(60))
        assert store.facts_digest() == other.facts_digest()
        assert store.verify() == ()
