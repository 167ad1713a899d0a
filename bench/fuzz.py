"""Damaged files in every format: none may crash, hang or fill the memory, and each that gives nothing must say why.

    python bench/fuzz.py [--files N] [--seed S]

Small files of our own in each format (tests/intake/made.py) are cut, flipped, spliced and stuffed by a seeded generator and
taken in by worker processes, which are watched: a file that takes more than 10 s, ends its worker or raises what is no
InputError is a failure, and so is one that gives neither a report nor a reason. The worker's largest memory is printed.
"""

# ruff: noqa: E501 - damage has the lines it has

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
SLOWEST = 10.0
LARGEST = 2**30
RECEIVED = datetime(2024, 1, 1, tzinfo=UTC)
STUFF = (
    b"\x00", b"\xff\xfe", b"<", b"]]>", b"<!DOCTYPE html>", b"<script>", b"%PDF-1.7\n", b"PK\x03\x04", b"endobj", b"stream\n", b"{\\rtf1 ",
    b"\\u-99999999?", b"{" * 3000, b"[" * 3000, b"<div>" * 3000, b"From x 2020\n", b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n",
    b"Content-Length: 99999999999\r\n", b"\r\n\r\n", b"WARC/1.0\r\n", b"&#x110000;", b"&#55357;", b'"\\ud800"', b"9" * 5000, "\u202e\u0661\u0662".encode(),
    b"=?utf-8?b?/////w==?=", b"Date: 99 Foo 99999 99:99:99 +9999\n", b"charset=utf-7", b"\xed\xa0\x80", b"\x1f\x8b\x08\x00", b"<item><title>x</title></item>",
)  # fmt: skip


def main() -> int:
    """Runs the files through the workers and prints what came out; 1 where one failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worker", nargs=2, type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.worker:
        return work(asked.seed, *asked.worker)
    outcomes: Counter[str] = Counter()
    failures: list[str] = []
    memory = 0
    start = time.monotonic()
    at = 0
    while at < asked.files:
        command = [sys.executable, __file__, "--seed", str(asked.seed), "--worker", str(at), str(asked.files)]
        worker = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert worker.stdout is not None
        at, memory = watch(worker, at, outcomes, failures, memory)
    print(f"{asked.files} files in {time.monotonic() - start:.0f} s, largest memory {memory >> 20} MB")
    for outcome, count in outcomes.most_common():
        print(f"{count:>7}  {outcome}")
    print(f"{len(failures)} failures" if failures else "no failures")
    for failure in failures[:40]:
        print(f"  {failure}")
    return 1 if failures or memory > LARGEST else 0


def watch(
    worker: subprocess.Popen[str], at: int, outcomes: Counter[str], failures: list[str], memory: int
) -> tuple[int, int]:  # fmt: skip
    """Follows a worker to its end; the number of the next file to do and the largest memory so far."""
    import threading

    done = at
    last = time.monotonic()
    ended = False

    def guard() -> None:
        while not ended:
            time.sleep(0.5)
            # ten seconds for a file, and what starting the worker takes
            if time.monotonic() - last > SLOWEST + (20 if done == at else 0):
                worker.kill()
                return

    threading.Thread(target=guard, daemon=True).start()
    assert worker.stdout is not None
    for line in worker.stdout:
        said = json.loads(line)
        last, done = time.monotonic(), said["file"] + 1
        outcomes[said["outcome"]] += 1
        memory = max(memory, said["memory"])
        if said["failure"]:
            failures.append(f"file {said['file']} ({said['format']}): {said['failure']}")
    ended = True
    if worker.wait() != 0:
        failures.append(f"file {done}: the worker ended with {worker.returncode} (a crash, or more than {SLOWEST:.0f} s)")
        done += 1
    return done, memory


def work(seed: int, first: int, last: int) -> int:
    """Takes in the files `first` to `last`, a line of JSON each."""
    sys.path.insert(0, str(HERE.parent / "tests" / "intake"))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    samples = sound()
    names = sorted(samples)
    with tempfile.TemporaryDirectory() as folder:
        for n in range(first, last):
            chance = random.Random(f"{seed} {n}")
            name = chance.choice(names)
            path = Path(folder, name)
            path.write_bytes(mutated(samples[name], chance, samples))
            outcome, failure = take(path)
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            print(json.dumps({"file": n, "format": name, "outcome": outcome, "failure": failure, "memory": memory}), flush=True)
    return 0


def sound() -> dict[str, bytes]:
    """One sound file of each format, by name."""
    import made  # the tests' own files

    table = b"id,type_of_violence,side_a,best,date_start,low,high\n1,3,Group A,12,2021-03-09,10,14\n"
    return {
        "a.html": made.PAGE.encode(), "a.txt": "\n\n".join(made.SENTENCES).encode(), "a.pdf": made.pdf([made.wrapped()] * 3),
        "a.docx": made.docx(), "a.rtf": made.rtf(), "a.eml": made.message(attached={"b.pdf": made.pdf([made.wrapped()]), "c.html": made.PAGE.encode()}),
        "a.mbox": made.mailbox(), "a.mhtml": made.mhtml(), "a.warc": made.warc({made.ADDRESS: made.PAGE.encode()}, packed=False),
        "a.warc.gz": made.warc({made.ADDRESS: made.PAGE.encode(), made.ADDRESS + "2": made.PAGE.encode()}),
        "a.zip": made.archive({"a.html": made.PAGE.encode(), "b.txt": b"Two died.", "c.pdf": made.pdf([made.wrapped()])}),
        "a.rss": made.rss(), "a.atom": made.atom(), "a.json": json.dumps([made.article(), made.article(text="Two died.")]).encode(),
        "a.jsonl": made.json_lines(made.article(), made.article(text="Two died.")), "a.csv": table,
    }  # fmt: skip


def mutated(data: bytes, chance: random.Random, samples: dict[str, bytes]) -> bytes:
    """`data` after one to eight blows."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        size = len(changed)
        a, b = sorted((chance.randrange(size + 1), chance.randrange(size + 1)))
        blow = chance.randrange(7)
        if blow == 0:
            del changed[a:]
        elif blow == 1:
            for _ in range(chance.choice((1, 4, 64))):
                if size:
                    changed[chance.randrange(size)] = chance.randrange(256)
        elif blow == 2:
            del changed[a : min(b, a + 400)]
        elif blow == 3:
            changed[a:a] = chance.choice(STUFF)
        elif blow == 4:
            changed[a:a] = changed[a:b][:5000] * chance.choice((1, 3, 20))
        elif blow == 5:
            other = samples[chance.choice(sorted(samples))]
            changed[a:b] = other[: chance.randrange(len(other))]
        else:
            changed[a:b] = chance.randbytes(min(b - a, 2000))
    return bytes(changed)


def take(path: Path) -> tuple[str, str | None]:
    """What became of a file, and what is wrong with that."""
    from counterclaim.errors import InputError
    from counterclaim.intake import captures, reports, source_text

    found = reasons = 0
    odd: str | None = None
    try:
        for taken in captures(path, RECEIVED):
            for report in (taken,) if isinstance(taken, InputError) else reports(taken[0], known=taken[1]):
                if isinstance(report, InputError):
                    reasons += 1
                    if "please report this" in str(report):
                        odd = str(report)
                    continue
                found += 1
                assert not isinstance(taken, InputError)
                if report.recorder is None:
                    source = source_text(taken[0], report)
                    for s in report.segments:
                        if source[s.capture_start : s.capture_start + s.length] != report.text[s.start : s.start + s.length]:
                            return "wrong", "a segment points at other words"
                report.text.encode()
    except Exception as error:
        return "raised", f"{type(error).__name__}: {error}"
    if odd:
        return "unforeseen reason", odd
    if not found and not reasons:
        return "nothing", "neither a report nor a reason"
    return ("reports and reasons" if reasons else "reports") if found else "reasons", None


if __name__ == "__main__":
    sys.exit(main())
