"""What who, where and when cost: their share of `read`'s CPU time, and the memory they add, on the texts of bench/speed.py.

    python bench/room.py [FILE.jsonl]

Each text is read once before the clock runs. Memory is the growth of the process's peak while the room works for the first time,
its place index opened, the parser loaded before.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

from counterclaim.reading import extract
from counterclaim.resolving import places_ready, resolve
from speed import texts_of


def peak() -> float:
    """The process's peak of memory so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measures and prints one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    name, texts = texts_of(parser.parse_args().file)
    places_ready()
    read = [extract(text) for text in texts]
    before = peak()
    for extraction in read:
        resolve(extraction, published="2020-06-01")
    grown = peak() - before
    start = time.process_time()
    for text in texts:
        extract(text)
    middle = time.process_time()
    for extraction in read:
        resolve(extraction, published="2020-06-01")
    reading, resolving = middle - start, time.process_time() - middle
    print(f"{name}: {len(texts)} texts")
    print(f"words, statements, figures  {reading:6.2f} s of CPU")
    print(
        f"who, where, when, incidents {resolving:6.2f} s of CPU, {resolving / (reading + resolving):.0%} of read; {grown:.0f} MB"
    )


if __name__ == "__main__":
    main()
