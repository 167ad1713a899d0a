"""How fast `read` is beside the bare parser, spaCy's small model as it comes.

Words per CPU second on the same texts, in the same run, on one thread:

    python bench/speed.py [--rounds N] [FILE.jsonl]

Without a file it takes the restated reports that lie beside the clone (../shared/data/field), else the bundled case. Both
sides get every text once before the clock runs; then they take turns, and each figure is the median of N rounds. CPU time
is the process's own (user and system), so a busy machine changes it little.
"""

from __future__ import annotations

import os

# the libraries below read these once, when they are imported
os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1"))

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy

from counterclaim.commands.checkup import bundled_case
from counterclaim.models.parser import find
from counterclaim.pipeline import read

FIELD = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "field" / "dev_restated.jsonl"


def texts_of(path: Path | None) -> tuple[str, list[str]]:
    """A name and the texts: of `path`, of the field set, or of the bundled case."""
    if path is None and not FIELD.is_file():
        with bundled_case() as folder:
            return "bundled case", [p.read_text("utf-8") for p in sorted(folder.glob("*.txt"))]
    chosen = path or FIELD
    return chosen.name, [json.loads(line)["text"] for line in chosen.read_text("utf-8").splitlines() if line.strip()]


def seconds(step: Callable[[str], object], texts: Sequence[str]) -> float:
    """CPU seconds that `step` takes for all texts, one after the other."""
    start = time.process_time()
    for text in texts:
        step(text)
    return time.process_time() - start


def main() -> None:
    """Measures both and prints one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    name, texts = texts_of(asked.file)
    words = sum(len(text.split()) for text in texts)
    bare = spacy.load(find())
    rounds: list[tuple[float, float]] = []
    seconds(bare, texts), seconds(read, texts)
    for _ in range(asked.rounds):
        rounds.append((seconds(bare, texts), seconds(read, texts)))
    ratio = statistics.median(ours / theirs for theirs, ours in rounds)
    print(f"{name}: {len(texts)} texts, {words:,} words, median of {asked.rounds} rounds, one thread")
    print(f"{'':<14}{'words per CPU second':>22}{'CPU seconds':>14}")
    for label, times in (("bare parser", [r[0] for r in rounds]), ("read", [r[1] for r in rounds])):
        spent = statistics.median(times)
        print(f"{label:<14}{words / spent:>22,.0f}{spent:>14.2f}")
    print(f"read takes {ratio:.2f} times the bare parser's time")


if __name__ == "__main__":
    main()
