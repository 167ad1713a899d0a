"""Reading keeps to one thread, so that a process a core is all that a machine is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

READS = (
    "import os, counterclaim\n"
    "text = 'The army said that 12 people had died. ' * 40\n"
    "counterclaim.read(text)\n"
    "print(len(os.listdir('/proc/self/task')))\n"
)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are counted where Linux lists them")
def test_reading_starts_no_threads_of_its_own() -> None:
    plain = {k: v for k, v in os.environ.items() if not k.endswith("_NUM_THREADS")}
    done = subprocess.run([sys.executable, "-c", READS], capture_output=True, text=True, check=True, env=plain)
    assert int(done.stdout) == 1
