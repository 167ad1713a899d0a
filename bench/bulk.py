"""What nobody should add and somebody will: a text of 200 MB, a line of 20 MB, a hundred thousand tiny files.

    python bench/bulk.py [--files N] [--only WORDS]

Each is added to a new case by a process of its own and, but for the tiny files, run; printed are what came of it (reports, those
kept unread, files left out, each with its first reason), how long it took, and the most memory the process held. Nothing may take
more than 1 GB or end otherwise than with a report or a reason. The tiny files are captured and not read: what reading costs is
measured elsewhere.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

LARGEST = 2**30
SENTENCE = "At least 12 people were killed when a missile hit a market in Example Town on Monday, the health ministry said. "


def main() -> int:
    """Makes and adds them, prints a line each; 1 where one takes too much memory or fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--only", default="", help="only those whose name holds these words")
    parser.add_argument("--worker", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.worker:
        return work(Path(asked.worker[0]), Path(asked.worker[1]), read=asked.worker[2] == "read")
    makers: dict[str, Callable[[Path], None]] = {
        "a text of 200 MB": lambda at: lines(at / "long.txt", 200, SENTENCE + "\n"),
        "a line of 20 MB": lambda at: lines(at / "line.txt", 20, SENTENCE),
        "a word of 20 MB": lambda at: lines(at / "word.txt", 20, "x"),
        "a page of 20 MB": lambda at: lines(at / "page.html", 20, f"<html><p>{SENTENCE}</p>"),
        "a JSON line of 20 MB": json_line,
        f"{asked.files:,} tiny files": lambda at: tiny(at, asked.files),
    }
    worst = 0
    for name, make in makers.items():
        if asked.only not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            at = Path(folder, "in")
            at.mkdir()
            make(at)
            how = "capture" if "tiny" in name else "read"
            command = [sys.executable, __file__, "--worker", str(at), str(Path(folder, "case.db")), how]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        said: dict[str, Any] = (
            json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else {"memory": 0, "what": "FAILED"}
        )
        failed = done.returncode != 0 or said["memory"] > LARGEST
        worst = max(worst, failed)
        print(
            f"{name}: {said['what']}; {said.get('seconds', 0):.0f} s, {said['memory'] >> 20} MB{' FAILED' * failed}", flush=True
        )
    return worst


def work(folder: Path, case_file: Path, *, read: bool) -> int:
    """Adds the folder to a case and prints what came of it."""
    from counterclaim.pipeline import Case

    start = time.monotonic()
    with Case(case_file) as case:
        result = case.add(folder)
        if read:
            case.run()
    unread = [r.not_read for r in result.added if r.not_read]
    what = f"{len(result.added):,} reports"
    what += f", {len(unread)} kept unread ({unread[0]})" if unread else ""
    what += (
        f", {len(result.left_out)} left out ({result.left_out[0].problem}; {result.left_out[0].remedy})"
        if result.left_out
        else ""
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"what": what, "seconds": time.monotonic() - start, "memory": memory}))
    return 0 if result.added or result.left_out else 1


def lines(path: Path, megabytes: int, words: str) -> None:
    """A file of so many MB of the same words."""
    some = words * (2**20 // len(words) + 1)
    with open(path, "w", encoding="utf-8") as file:
        for _ in range(megabytes):
            file.write(some)


def json_line(at: Path) -> None:
    """A file of JSON lines, one of them of 20 MB."""
    whole = {"id": "2", "text": SENTENCE * (20 * 2**20 // len(SENTENCE))}
    (at / "lines.jsonl").write_text("\n".join(json.dumps(row) for row in ({"id": "1", "text": SENTENCE}, whole)), "utf-8")


def tiny(at: Path, count: int) -> None:
    """So many files of one sentence, a thousand a folder."""
    told = "At least {} people were killed in Example Town on Monday, the ministry said."
    for n in range(count):
        folder = at / f"{n // 1000:04}"
        if n % 1000 == 0:
            folder.mkdir()
        (folder / f"{n}.txt").write_text(told.format(n), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
