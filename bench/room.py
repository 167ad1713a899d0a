"""What who, where and when cost: their share of `read`'s CPU time, and the memory they add, on the texts of bench/speed.py.

    python bench/room.py [FILE.jsonl]

Each text is read once before the clock runs. Memory is the growth of the process's peak while the room works for the first time,
its place index opened, the parser loaded before. What building the index takes, once a machine, is told beside it.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from counterclaim.reading import extract
from counterclaim.resolving import places_ready, resolve
from speed import texts_of


def peak() -> float:
    """The process's peak of memory so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def building() -> tuple[float, float]:
    """Seconds of CPU and MB that building the place index takes, in a process of its own."""
    code = (
        "import sys, resource, pathlib; from counterclaim.resolving import place_index\n"
        "used = lambda: resource.getrusage(resource.RUSAGE_SELF)\n"
        "before = used(); place_index.build(pathlib.Path(sys.argv[1])); after = used()\n"
        "print(after.ru_utime - before.ru_utime, (after.ru_maxrss - before.ru_maxrss) / 1024)"
    )
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", code, str(Path(folder, "index"))]
        took, grown = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(took), float(grown)


def main() -> None:
    """Measures and prints one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    name, texts = texts_of(parser.parse_args().file)
    places_ready()
    took, built = building()
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
    print(f"the place index, built once {took:5.2f} s of CPU; {built:.0f} MB")


if __name__ == "__main__":
    main()
