"""How long `counterclaim run` takes from a web archive to the dossier, with how much memory, and how that grows with the archive.

    python bench/run.py [--sizes N,N,...] [--jobs N] [--triage]

Archives are made of the shootings beside the clone (../shared/data/gva) and then the wires on attacks (../shared/data/muc4),
each article a page with a head, a menu and a foot, one archive a size, each holding other articles than the one before. For
each: seconds by the clock and of CPU (this run's processes together), reports a second, and the most memory all its processes
held at once, looked at twice a second; then how much longer twice as many take. Ends with 1 where that is more than 2.2 times,
or where 5,000 would take more than ten minutes at this rate.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
SETS = ("gva/dev", "muc4/dev", "muc4/train")
TWICE, REPORTS, SECONDS = 2.2, 5000, 600
MENU = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("News", "Sports", "Weather", "Obituaries", "Subscribe"))
PAGE = """<!doctype html><html lang="en"><head><title>{title}</title><meta property="article:published_time" content="{day}">
<script>window.track = 1;</script></head><body><nav><ul>{menu}</ul></nav><article><h1>{title}</h1>{text}</article>
<footer><p>All rights reserved. Contact us.</p></footer></body></html>"""


def pages() -> Iterator[tuple[str, bytes]]:
    """Address and page of each article that holds one."""
    for name in SETS:
        with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            for row in map(json.loads, file):
                words = row.get("text_cased") or row["text"] or ""
                if len(words) > 200:
                    text = "".join(f"<p>{escape(line)}</p>" for line in words.splitlines() if line.strip())
                    page = PAGE.format(title=escape(row.get("title") or ""), day=row.get("date") or "", menu=MENU, text=text)
                    yield f"http://paper.example/{row['id']}", page.encode()


def write(archive: Path, some: Sequence[tuple[str, bytes]]) -> None:
    """A packed web archive of these pages, a record each."""
    with archive.open("wb") as file:
        for number, (address, page) in enumerate(some):
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-01-02T03:04:05Z\r\n"
                f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
            )
            packed = io.BytesIO()
            with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as record:
                record.write(head.encode() + answer + b"\r\n\r\n")
            file.write(packed.getvalue())


def held(root: int) -> int:
    """Bytes of memory that a process and those it began hold together, what they share counted once for each."""
    parents: dict[int, int] = {}
    pages: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            pages[int(folder.name)] = int((folder / "statm").read_text().split()[1])
        except (OSError, IndexError):  # it has ended meanwhile
            continue
    ours = {root}
    while more := {p for p, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(pages.get(p, 0) for p in ours) * os.sysconf("SC_PAGE_SIZE")


def measured(size: int, some: Sequence[tuple[str, bytes]], options: Sequence[str]) -> tuple[float, float]:
    """Seconds by the clock and of CPU that a run on these pages takes, printed with what it held."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder, "news.warc.gz"), some)
        code = "from counterclaim.cli import main; main()"
        command = [sys.executable, "-c", code, "run", "news.warc.gz", *options]
        before, began, most = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic(), 0
        running = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while running.poll() is None:
            most = max(most, held(running.pid))
            time.sleep(0.5)
        clock, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        if running.returncode not in (0, 3):
            raise SystemExit(f"the run ended with {running.returncode}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{size:>7} {clock:>9.0f} {cpu:>9.0f} {size / clock:>11.1f} {most / 2**20:>8.0f}", flush=True)
    return clock, cpu


def main() -> int:
    """Measures each size and prints one table; 1 where a floor is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="500,1000,2000", help="reports in the archives")
    parser.add_argument("--jobs", default="2")
    parser.add_argument("--triage", action="store_true")
    asked = parser.parse_args()
    if not all((DATA / f"{name}.jsonl.gz").is_file() for name in SETS):
        print("no data beside the clone (../shared/data): nothing was measured")
        return 0
    everything = list(pages())
    sizes = [int(n) for n in asked.sizes.split(",")]
    if sum(sizes) > len(everything):
        parser.error(f"there are {len(everything)} articles only, for all archives together")
    print(f"{'reports':>7} {'clock s':>9} {'CPU s':>9} {'reports/s':>11} {'MB':>8}")
    at, times = 0, []
    for size in sizes:
        options = ["--jobs", asked.jobs, *(["--triage"] if asked.triage else [])]
        times.append(measured(size, everything[at : at + size], options))
        at += size
    fine = times[-1][0] / sizes[-1] * REPORTS <= SECONDS
    if len(sizes) > 1:
        ratio = 2 ** (math.log(times[-1][1] / times[0][1]) / math.log(sizes[-1] / sizes[0]))
        print(f"twice the reports take {ratio:.2f} times the CPU")
        fine &= ratio <= TWICE
    return int(not fine)


if __name__ == "__main__":
    sys.exit(main())
