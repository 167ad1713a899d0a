"""How clean and how fast pages are read: against the articles known to stand in saved pages, and against bare trafilatura.

    python bench/pages.py [--runs N]

Clean: the 40 saved pages of one recorder in ../shared, whose assessment text is known. Of each page's clean text the blocks
from the first to the last that share a run of eight words with the assessment are compared to it, token by token (the page
also shows coded values around it, which are part of the page and not of the assessment); `whole` compares everything kept.
Fast: the same pages as a web archive, to clean text, in pages per CPU second, against `trafilatura.extract` on the same bodies
in the same run, turn about; the best of N runs each, for other work on the machine only ever slows one down.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from counterclaim.errors import InputError
from counterclaim.intake import captures, reports

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent / "shared" / "data" / "airwars"
RECEIVED = datetime(2024, 1, 1, tzinfo=UTC)


def main() -> int:
    """Measures and prints; 1 where the pages are read worse than the floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    if not (DATA / "html").is_dir():
        print("no pages beside the clone (../shared/data/airwars/html): nothing was measured")
        return 0
    pages = {path.stem: path for path in sorted((DATA / "html").glob("*.html"))}
    with gzip.open(DATA / "dev.jsonl.gz", "rt", encoding="utf-8") as file:
        known = {row["id"]: row["narrative"] for row in map(json.loads, file) if row["id"] in pages and row["narrative"]}
    told, whole, worst = [], [], []
    for name, narrative in known.items():
        text = "\n\n".join(texts(pages[name]))
        told.append(overlap(within(text, narrative), narrative))
        whole.append(overlap(text, narrative))
        worst.append((told[-1], name))
    kept = f"of everything kept {statistics.mean(whole):.3f}"
    print(f"{len(known)} pages: token F1 of the assessment's blocks {statistics.mean(told):.3f}, {kept}")
    print("lowest: " + ", ".join(f"{name} {f1:.2f}" for f1, name in sorted(worst)[:4]))
    ours, bare = speed([path.read_bytes() for path in pages.values()], asked.runs)
    print(f"{ours:.1f} pages per CPU second from a web archive, bare trafilatura {bare:.1f}: {ours / bare:.2f} of it")
    return 0 if statistics.mean(told) >= 0.9 else 1


def texts(path: Path) -> list[str]:
    """The clean texts of the reports in a file."""
    found = []
    for taken in captures(path, RECEIVED):
        if not isinstance(taken, InputError):
            found += [r.text for r in reports(taken[0], known=taken[1]) if not isinstance(r, InputError)]
    return found


def words(text: str) -> list[str]:
    """The tokens that are compared: words and numbers, case aside."""
    return "".join(c.lower() if c.isalnum() else " " for c in text).split()


def within(text: str, narrative: str) -> str:
    """The blocks of `text` from the first to the last that share eight words in a row with `narrative`."""
    runs = shingles(words(narrative))
    blocks = text.split("\n\n")
    hit = [n for n, block in enumerate(blocks) if shingles(words(block)) & runs]
    return "\n\n".join(blocks[hit[0] : hit[-1] + 1]) if hit else ""


def shingles(tokens: list[str], size: int = 8) -> set[tuple[str, ...]]:
    """Every run of `size` tokens; the tokens themselves where there are fewer."""
    return {tuple(tokens[k : k + size]) for k in range(max(1, len(tokens) - size + 1))}


def overlap(text: str, narrative: str) -> float:
    """F1 of the tokens of two texts, counted with repetition."""
    a, b = Counter(words(text)), Counter(words(narrative))
    shared = sum((a & b).values())
    return 2 * shared / (sum(a.values()) + sum(b.values())) if shared else 0.0


def speed(bodies: list[bytes], runs: int) -> tuple[float, float]:
    """Pages per CPU second: from a web archive to clean text, and with trafilatura alone on the decoded pages."""
    import trafilatura

    records = b"".join(record(body, n) for n, body in enumerate(bodies))
    decoded = [body.decode("utf-8", "replace") for body in bodies]
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "pages.warc.gz")
        archive.write_bytes(records)

        def read_archive() -> None:
            assert len(texts(archive)) == len(bodies)

        def extract() -> None:
            for page in decoded:
                trafilatura.extract(page, include_comments=False)

        pairs = [(timed(read_archive), timed(extract)) for _ in range(runs)]
    return tuple(len(bodies) / min(times) for times in zip(*pairs, strict=True))


def timed(work: Callable[[], None]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def record(body: bytes, n: int) -> bytes:
    """One answer in a web archive."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{n:012}>\r\n"
        f"WARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Target-URI: https://pages.example/{n}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n")


if __name__ == "__main__":
    sys.exit(main())
