"""Spark beside a single process on the same reports: the same facts, byte for byte, and reports a second, CPU seconds, memory.

    python bench/spark.py [--reports N] [--shortest] [--master local[2]] [--input FILE.jsonl]

Reads the first N (or the N shortest) gun violence articles beside the clone (../shared/data/gva), or the lines of another file,
once as a case does and once with `counterclaim.scale.bulk`, takes what Spark wrote into a second case, and compares the digests
of all facts. Ends with 1 where they differ. CPU time of Spark is that of Java and of its Python workers, each told apart; memory
the most that one process held, of either kind.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from counterclaim.pipeline import Case
from counterclaim.scale import bulk, load

SHOOTINGS = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "gva" / "dev.jsonl.gz"

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Seen:
    """What the processes below this one took: CPU seconds and the most memory one held, by kind ("java", "worker")."""

    cpu: dict[tuple[str, int], float] = field(default_factory=dict)
    memory: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def look(self) -> None:
        """Looks at all of them once; what a process took that ended since stays counted."""
        below: dict[int, list[tuple[int, str, float, int]]] = defaultdict(list)
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                told = Path("/proc", name, "stat").read_text()
            except OSError:
                continue  # it has ended meanwhile
            kind = "java" if "(java)" in told else "worker"
            rest = told.rpartition(")")[2].split()
            below[int(rest[1])].append((int(name), kind, (int(rest[11]) + int(rest[12])) / _TICKS, int(rest[21]) * _PAGE))
        todo = [os.getpid()]
        while todo:
            for process, kind, seconds, memory in below[todo.pop()]:
                todo.append(process)
                self.cpu[kind, process] = seconds
                self.memory[kind] = max(self.memory[kind], memory)

    def seconds(self, kind: str) -> float:
        """CPU seconds of all processes of a kind."""
        return sum(seconds for (of, _), seconds in self.cpu.items() if of == kind)


@contextmanager
def watching() -> Iterator[Seen]:
    """Looks at the processes below this one twice a second."""
    seen, over = Seen(), threading.Event()

    def watch() -> None:
        while not over.wait(0.5):
            seen.look()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield seen
        seen.look()
    finally:
        over.set()
        watcher.join()


def lines(count: int, *, shortest: bool) -> list[str]:
    """The articles as lines of JSON, as a case takes them in."""
    with gzip.open(SHOOTINGS, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    if shortest:
        rows.sort(key=lambda row: (len(row["text"]), row["id"]))
    told = ({"text": r["text"], "title": r["title"], "published": r["date"], "url": r.get("url")} for r in rows[:count])
    return [json.dumps(row, ensure_ascii=False) for row in told]


def main() -> int:
    """Reads twice, prints a table, compares; 1 where the facts differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--shortest", action="store_true", help="the shortest articles, for a quick look")
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--input", type=Path, help="a file of JSON lines to read in their place")
    asked = parser.parse_args()
    if asked.input is None and not SHOOTINGS.is_file():
        print("no data beside the clone (../shared/data): nothing was measured")
        return 0
    with tempfile.TemporaryDirectory(prefix="counterclaim-spark-") as folder:
        given = asked.input or Path(folder, "in.jsonl")
        if asked.input is None:
            given.write_text("\n".join(lines(asked.reports, shortest=asked.shortest)), "utf-8")
        with Case(Path(folder, "alone.db")) as case:
            start, cpu = time.monotonic(), time.process_time()
            count = len(case.add(given).added)
            case.run()
            say("one process", count, time.monotonic() - start, time.process_time() - cpu)
            print(f"{'':>14}  most memory {getrusage(RUSAGE_SELF).ru_maxrss >> 10} MB")
            alone = case.store.facts_digest()
        start, cpu = time.monotonic(), time.process_time()
        with watching() as seen:
            done = bulk([given], Path(folder, "out"), master=asked.master)
        driver, workers, java = time.process_time() - cpu, seen.seconds("worker"), seen.seconds("java")
        say(asked.master, count, time.monotonic() - start, driver + workers + java)
        most = ", ".join(f"{kind} {size >> 20} MB" for kind, size in sorted(seen.memory.items()))
        print(f"{'':>14}  of it driver {driver:.0f}, workers {workers:.0f}, Java {java:.0f}; most memory of a process: {most}")
        size = sum(f.stat().st_size for f in Path(folder, "out").rglob("*.parquet"))
        print(f"{'':>14}  {size / max(count, 1) / 1000:.1f} kB of Parquet a report")
        with Case(Path(folder, "loaded.db")) as case:
            start, cpu = time.monotonic(), time.process_time()
            load(Path(folder, "out"), case)
            say("loading", count, time.monotonic() - start, time.process_time() - cpu)
            loaded = case.store.facts_digest()
    same = alone == loaded == done.facts
    print(f"facts {'are the same' if same else 'DIFFER'}: {alone[:16]} alone, {done.facts[:16]} on Spark, {loaded[:16]} loaded")
    return not same


def say(what: str, count: int, wall: float, cpu: float) -> None:
    """One line: how fast it was."""
    rate = f"{count / wall:>7.2f} reports/s  {count / cpu:>7.2f} a CPU second"
    print(f"{what:>14}  {count:>6} reports  {wall:>7.1f} s  {cpu:>7.1f} CPU s  {rate}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
