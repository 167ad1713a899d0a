"""What keeping a case costs beside reading it: CPU seconds to read reports, and to store them, their readings and their links.

    python bench/storing.py [FOLDER] [--url postgresql+psycopg://...]

Without a folder it takes the bundled reports. Stored is everything: captures, reports, readings, links, the run's end; first into
a file, then into PostgreSQL, a server of its own or the empty database at --url; nothing of that where it is not installed.
Counted is the time of processors (user and system): the program's own and, where the server runs on this machine, what the server
spent on the connection. A report is read and a case opened before the clock runs, so that loading the parser and making the
tables count for nobody. Ends with status 1 where storing costs a fifth of reading or more.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine, text

from counterclaim import intake, linking
from counterclaim.case import Store
from counterclaim.commands.checkup import bundled_case
from counterclaim.errors import InputError
from counterclaim.pipeline import read_report
from counterclaim.records import Capture, Linkage, Reading, ReadReport, Report
from servers import database

BATCH = 25
"""Stored at once, as a run does."""

LIMIT = 0.2


@dataclass(frozen=True)
class Work:
    """What is to be stored, and the CPU seconds it took to read."""

    found: tuple[tuple[Capture, Report], ...]
    readings: tuple[tuple[str, Reading], ...]
    linkage: Linkage
    seconds: float


def read(folder: Path) -> Work:
    """Reads what is in the folder."""
    found = []
    for file in intake.find_files([folder]):
        for taken in intake.captures(file, datetime.now(UTC)):
            if not isinstance(taken, InputError):
                capture, facts = taken
                found += [(capture, r) for r in intake.reports(capture, known=facts) if not isinstance(r, InputError)]
    reports = {report.id: report for _, report in found if report.not_read is None}
    read_report(next(iter(reports.values())))
    start = time.process_time()
    readings = tuple((report.id, read_report(report)) for report in reports.values())
    seconds = time.process_time() - start
    linkage = linking.link([ReadReport(reports[id], reading) for id, reading in readings])
    return Work(tuple(found), readings, linkage, seconds)


def store_all(target: str | Path, work: Work) -> tuple[float, float]:
    """The CPU seconds that storing it takes the program and the server, and the seconds by the clock."""
    with Store.open(target) as store, spent_at(str(target)) as elsewhere:
        began, start, before = time.perf_counter(), time.process_time(), elsewhere()
        for at in range(0, len(work.found), BATCH):
            store.add_all(work.found[at : at + BATCH])
        run = store.begin("bench", "", "")
        for at in range(0, len(work.readings), BATCH):
            store.save_readings(run, work.readings[at : at + BATCH])
        store.save_linkage(run, work.linkage)
        store.finish(run, datetime.now(UTC))
        return time.process_time() - start + elsewhere() - before, time.perf_counter() - began


@contextmanager
def spent_at(target: str) -> Iterator[Callable[[], float]]:
    """Tells the CPU seconds that a server on this machine has spent on all connections to the database but the asking one."""
    if "://" not in target or not Path("/proc/self/stat").exists():
        yield lambda: 0.0
        return
    engine = create_engine(target, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:

        def spent() -> float:
            asked = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            stats = [Path(f"/proc/{pid}/stat") for pid in connection.execute(text(asked)).scalars()]
            ticks = [stat.read_text().rpartition(")")[2].split()[11:13] for stat in stats if stat.exists()]
            return sum(int(tick) for user_and_system in ticks for tick in user_and_system) / os.sysconf("SC_CLK_TCK")

        yield spent
    engine.dispose()


def main() -> int:
    """Measures and prints one line for each engine."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--url", help="of an empty database; without it a server is started for the while")
    given = parser.parse_args()
    if given.folder is not None:
        work = read(given.folder)
    else:
        with bundled_case() as bundled:
            work = read(bundled)
    with tempfile.TemporaryDirectory() as place, database(given.url) as url:
        targets = {"SQLite": str(Path(place) / "a.case")} | ({"PostgreSQL": url} if url else {})
        shares = []
        for name, target in targets.items():
            seconds, clock = store_all(target, work)
            shares.append(seconds / work.seconds)
            print(
                f"{name}: {len(work.readings)} reports: reading {work.seconds:.2f} s, storing {seconds:.2f} s "
                f"({clock:.2f} by the clock), {shares[-1]:.0%} of reading",
                flush=True,
            )
    return int(max(shares) >= LIMIT)


if __name__ == "__main__":
    sys.exit(main())
