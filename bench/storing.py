"""What keeping a case costs beside reading it: CPU seconds to read reports, and to store their readings in a case file.

    python bench/storing.py [FOLDER]

Without a folder it takes the bundled reports. Both are the process's own time (user and system); reports are read once before
the clock runs, so that loading the parser counts for nobody.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from counterclaim.cli import bundled_case
from counterclaim.pipeline import Case, read_report

BATCH = 25
"""Readings stored at once, as a run does."""


def measure(folder: Path) -> tuple[int, float, float]:
    """How many reports there are, and the CPU seconds that reading and storing them take."""
    with tempfile.TemporaryDirectory() as place, Case(Path(place) / "a.case") as case:
        case.add(folder)
        run = case.store.begin("bench", "", "")
        reports = case.store.unread(run)
        read_report(reports[0])
        start = time.process_time()
        readings = [(report.id, read_report(report)) for report in reports]
        read = time.process_time()
        for at in range(0, len(readings), BATCH):
            case.store.save_readings(run, readings[at : at + BATCH])
        stored = time.process_time()
        case.store.finish(run, datetime.now(UTC))
        return len(readings), read - start, stored - read


def main() -> None:
    """Measures and prints one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    folder = parser.parse_args().folder
    if folder is not None:
        count, reading, storing = measure(folder)
    else:
        with bundled_case() as bundled:
            count, reading, storing = measure(bundled)
    print(f"{count} reports: reading {reading:.2f} s, storing {storing:.2f} s, {storing / reading:.0%} of reading")


if __name__ == "__main__":
    main()
