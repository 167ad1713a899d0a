"""What keeping a case costs beside reading it: CPU seconds to read reports, and to store them, their readings and their links.

    python bench/storing.py [FOLDER]

Without a folder it takes the bundled reports. Both are the process's own time (user and system); a report is read before the
clock runs, so that loading the parser counts for nobody. Stored is everything: captures, reports, readings, links, the run's end.
Ends with status 1 where storing costs a fifth of reading or more.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from counterclaim import intake, linking
from counterclaim.case import Store
from counterclaim.cli import bundled_case
from counterclaim.errors import InputError
from counterclaim.pipeline import read_report
from counterclaim.records import ReadReport

BATCH = 25
"""Stored at once, as a run does."""

LIMIT = 0.2


def measure(folder: Path) -> tuple[int, float, float]:
    """How many reports there are, and the CPU seconds that reading and storing them take."""
    found = []
    for file in intake.find_files([folder]):
        for taken in intake.captures(file, datetime.now(UTC)):
            if not isinstance(taken, InputError):
                capture, facts = taken
                found += [(capture, r) for r in intake.reports(capture, known=facts) if not isinstance(r, InputError)]
    reports = list({report.id: report for _, report in found if report.not_read is None}.values())
    read_report(reports[0])
    start = time.process_time()
    readings = [(report.id, read_report(report)) for report in reports]
    read = time.process_time() - start
    known = {report.id: report for report in reports}
    linkage = linking.link([ReadReport(known[id], reading) for id, reading in readings])
    with tempfile.TemporaryDirectory() as place, Store.open(Path(place) / "a.case") as store:
        start = time.process_time()
        for at in range(0, len(found), BATCH):
            store.add_all(found[at : at + BATCH])
        run = store.begin("bench", "", "")
        for at in range(0, len(readings), BATCH):
            store.save_readings(run, readings[at : at + BATCH])
        store.save_linkage(run, linkage)
        store.finish(run, datetime.now(UTC))
        return len(readings), read, time.process_time() - start


def main() -> int:
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
    return int(storing >= LIMIT * reading)


if __name__ == "__main__":
    sys.exit(main())
