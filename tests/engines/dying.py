"""Reading for tests of what is lost on the way: a worker is killed once, and over one text every time."""

from __future__ import annotations

import os
import signal

from counterclaim.pipeline import read_or_say
from counterclaim.records import Reading, Report

POISON = "Nobody has ever read this sentence to its end."


def read(report: Report, mark: str) -> Reading:
    """Reads as a case does; but the first process that is asked is killed on the spot, as if its machine had gone, and any that
    comes upon the poison. `mark` is the file that tells whether one was first."""
    try:
        os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
        os.kill(os.getpid(), signal.SIGKILL)
    except FileExistsError:
        if POISON in report.text:
            os.kill(os.getpid(), signal.SIGKILL)
    return read_or_say(report)
