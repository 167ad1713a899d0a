"""How long it takes to open a large case and show one incident of it, each time in a new process; and how fast it was stored.

    python bench/opening.py [--reports 50000] [--case FILE] [--times 20]

Makes a case of invented reports with their statements, figures, utterances, incidents and claims, on which people decided and
which they graded (kept in FILE where one is named, and used again). Then, again and again, a new process opens it and lays one
incident out as the page of that incident does. Prints the median and the slowest, without and with the start of the process;
ends with status 1 where the slowest opening takes a second or more.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

from counterclaim.case import Desk, Store, view
from counterclaim.records import (
    Capture,
    Claim,
    FigureRef,
    Incident,
    IncidentRef,
    Linkage,
    Reading,
    Report,
    StatementRef,
    Utterance,
)  # fmt: skip
from workbench import invented

LIMIT = 1.0
"""Seconds that opening a case and showing one incident may take."""

OPENING = """
import sys, time
from counterclaim import contest, linking
from counterclaim.pipeline import Case
from counterclaim.workbench.opened import Opened
began, cpu = time.perf_counter(), time.process_time()
with Case(sys.argv[1]) as case:
    laid = Opened(case, "a").incident(sys.argv[2])
    assert laid.view.title and laid.reports
    print(time.perf_counter() - began, time.process_time() - cpu)
"""

A_BATCH = 500
DECISIONS = 300
"""Facts decided on, and a tenth as many incidents graded: an investigator's month."""


def make(path: str | Path, reports: int) -> None:
    """Makes the case, in a file or at a database's address, and says how fast."""
    began = time.process_time()
    held: dict[int, list[tuple[str, Reading]]] = defaultdict(list)
    batch: list[tuple[Capture, Report, Reading]] = []
    with Store.open(path) as store:
        run = store.begin("made up", "none", "none")

        def keep() -> None:
            store.add_all([(capture, report) for capture, report, _ in batch])
            store.save_readings(run, [(report.id, reading) for _, report, reading in batch])
            batch.clear()

        for capture, report, reading, incident in invented(reports):
            batch.append((capture, report, reading))
            held[incident].append((report.id, reading))
            if len(batch) == A_BATCH:
                keep()
        keep()
        read = time.process_time()
        store.save_linkage(run, _linked(held))
        store.finish(run, datetime.now(UTC))
        done = time.process_time()
        decide(store, random.Random(11))
    print(
        f"{reports:,} reports and {len(held):,} incidents made and stored in {read - began:.0f} CPU seconds, "
        f"links in {done - read:.0f}",
        flush=True,
    )


def _linked(held: dict[int, list[tuple[str, Reading]]]) -> Linkage:
    """One utterance for each of what an incident's reports say alike, and two claims an incident."""
    incidents, utterances, claims = [], [], []
    for n, told in held.items():
        first = told[0][1].incidents[0]
        place, date = first.place, first.date
        title = f"{place.name if place else ''}, {date.start if date else ''}"
        members = tuple(IncidentRef(id, 0) for id, _ in told)
        reasons = ("the same day and place",) * (len(told) - 1)
        incidents.append(
            Incident(
                id=f"i{n:011x}", title=title, date=date, place=place, alleged=first.alleged, members=members, reasons=reasons
            )
        )
        for at in range(len(told[0][1].statements)):
            said = tuple(StatementRef(id, reading.statements[at].id) for id, reading in told)
            speaker = told[0][1].statements[at].speaker
            utterances.append(Utterance(id=f"u{n:x}-{at}", speaker=speaker, statements=said, reasons=reasons))
        for question, at in (("toll", 0), ("responsibility", 2)):
            edges = tuple((StatementRef(id, reading.statements[at].id), "asserts") for id, reading in told)
            claims.append(
                Claim(id=f"c{n:x}-{at}", incident=incidents[-1].id, question=question, target=None, edges=edges)  # type: ignore[arg-type]
            )
    return Linkage(utterances=tuple(utterances), incidents=tuple(incidents), claims=tuple(claims))


def decide(store: Store, chance: random.Random) -> None:
    """Figures corrected or accepted, and incidents graded, here and there in the case."""
    ids = store.incident_ids()
    asked = []
    for id in chance.sample(ids, min(len(ids), DECISIONS)):
        reports, linkage = store.of_incidents([id])
        desk = Desk(view(reports, linkage, ()))
        for row in [FigureRef(reports[0].report.id, f.id) for f in reports[0].reading.figures[:1]]:
            kind = chance.choice(("accept", "correct", "reject"))
            value = {"role": "high", "value": "130"} if kind == "correct" else {}
            asked.append({"kind": kind, "user": chance.choice(("Ada", "Ben")), **desk.anchored(row), **value})
        if len(asked) % 10 == 0:
            store.assess(id, scale="airwars", grade="fair", user="Cleo", low=1, high=200, **desk.graded(id))
    store.decide_all(asked)


def open_one(path: Path, incident: str) -> tuple[float, float, float]:
    """Seconds within a new process, CPU seconds of that, and seconds with the start of the process."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", OPENING, str(path), incident], check=True, capture_output=True, text=True)
    clock, cpu = map(float, done.stdout.split())
    return clock, cpu, time.perf_counter() - began


def measure(path: Path, times: int) -> int:
    """Opens the case so many times and prints how long it took."""
    with Store.open(path) as store:
        ids = random.Random(5).sample(store.incident_ids(), times)
    took = [open_one(path, id) for id in ids]
    for what, each in zip(("by the clock", "CPU", "with the process"), zip(*took, strict=True), strict=True):
        print(f"{what:18} median {statistics.median(each):.2f} s, slowest {max(each):.2f} s of {times}")
    return int(max(cpu for _, cpu, _ in took) >= LIMIT)


def main() -> int:
    """Runs it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--reports", type=int, default=50_000)
    options.add_argument("--case", type=Path)
    options.add_argument("--times", type=int, default=20)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.case or Path(folder) / "a.case"
        if not path.exists():
            make(path, given.reports)
            print(f"{path.stat().st_size / 2**20:,.0f} MB")
        return measure(path, given.times)


if __name__ == "__main__":
    sys.exit(main())
