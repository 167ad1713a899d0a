"""Where the time of `counterclaim run` goes, room by room: CPU seconds from a web archive to the dossier, in one process.

    python bench/rooms.py [--pages N]

The pages are those of bench/run.py. The parser and the models are loaded before the clock runs. For each step its CPU seconds,
its milliseconds a report, its share of the whole, and the most memory that the process has held by its end.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import TypeVar

from rich.console import Console

from counterclaim import linking
from counterclaim.dossier import print_dossier, to_html
from counterclaim.pipeline import Case, made_by, read, read_or_say
from run import DATA, pages, write

T = TypeVar("T")

BATCH = 25
"""Readings stored at once, as a run does."""


class Clock:
    """The steps so far, each with its CPU seconds and the memory held by its end."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, float, int]] = []

    def time(self, what: str, work: Callable[[], T]) -> T:
        """Does the work as one step."""
        began = time.process_time()
        done = work()
        self.steps.append((what, time.process_time() - began, getrusage(RUSAGE_SELF).ru_maxrss >> 10))
        return done

    def tell(self, reports: int) -> None:
        """Prints the table."""
        whole = sum(seconds for _, seconds, _ in self.steps)
        print(f"{'':24}{'CPU s':>8}{'ms a report':>13}{'share':>7}{'MB':>7}")
        for what, seconds, memory in (*self.steps, ("all", whole, self.steps[-1][2])):
            print(f"{what:24}{seconds:>8.2f}{seconds / reports * 1000:>13.2f}{seconds / whole:>7.0%}{memory:>7}")


def walk(folder: Path) -> tuple[Clock, int]:
    """The way of the archive in the folder, as `run` goes it; and how many reports came out of it."""
    clock = Clock()
    with Case(folder / "a.db") as case, open("/dev/null", "w", encoding="utf-8") as nowhere:
        store = case.store
        count = len(clock.time("capture, clean text", lambda: case.add(folder / "news.warc.gz")).added)
        run = store.begin(*made_by())
        made = clock.time("read", lambda: [(report.id, read_or_say(report)) for report in store.unread(run)])

        def keep() -> None:
            for start in range(0, len(made), BATCH):
                store.save_readings(run, made[start : start + BATCH])

        clock.time("store readings", keep)
        reads = clock.time("take readings out", lambda: store.readings(run))
        linkage = clock.time("link", lambda: linking.link(reads))
        clock.time("store links", lambda: store.save_linkage(run, linkage))
        clock.time("end the run", lambda: store.finish(run, datetime.now(UTC)))
        clock.time("what people decided", lambda: case.view)
        clock.time("contests", lambda: case.contests)
        told = case.contests, case.reports, case.linkage
        clock.time("dossier, terminal", lambda: print_dossier(*told, Console(file=nowhere), evidence=case.evidence))
        clock.time("dossier, page", lambda: to_html(*told, title="", made_with="", evidence=case.evidence))
    return clock, count


def main() -> int:
    """Walks once and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=300)
    asked = parser.parse_args()
    if not DATA.is_file():
        print("no data beside the clone (../shared/data): nothing was measured")
        return 0
    read("Nine people were killed in the strike, police said on Monday.")
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, "news.warc.gz"), list(islice(pages(), asked.pages)))
        clock, count = walk(Path(folder))
    clock.tell(count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
