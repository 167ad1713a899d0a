"""How the time that linking takes grows with the case: seconds for cases of growing size, and the exponent of the growth.

    python bench/linking_speed.py [--readings FILE.pickle] [--sizes N,N,...] [--copies N,N,...]

Cases are made from readings of the shootings beside the clone (../shared/data/gva; --readings keeps them, for reading takes
far longer than linking): every report again and again, its rarer words and names changed into others of the same length, its
days moved together over some years, each at an address of its own, and one in ten with a copy that another outlet carries.
--copies looks for copies alone among so many. CPU time of this process, and the most memory it has held so far, the case itself
included; an exponent of 1 is linear. Ends with 1 where twice the reports take more than 2.2 times as long.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import pickle
import random
import re
import string
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from counterclaim.errors import EmptyInput
from counterclaim.intake import report_of
from counterclaim.linking import link
from counterclaim.linking.copies import find_copies
from counterclaim.pipeline import read_report
from counterclaim.records import ReadReport

SHOOTINGS = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "gva" / "dev.jsonl.gz"

COMMON = 300
"""Words left as they are: the most frequent ones, which reports of any shooting share."""

YEARS = 4
"""Over so many years the reports of a made case are spread, as those it is made from."""

TWICE = 2.2
"""Times as long twice the reports may take."""

_WORD = re.compile(r"[A-Za-z]{4,}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def readings(kept: Path | None, enough: int) -> list[ReadReport]:
    """The readings kept in a file; else of the first texts, which are then kept there."""
    if kept and kept.is_file():
        with kept.open("rb") as file:
            return list(pickle.load(file))
    found = []
    with gzip.open(SHOOTINGS, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            try:
                report = report_of(row["text"], id=row["id"], published=row["date"], title=row["title"], url=row.get("url"))
            except EmptyInput:
                continue
            found.append(ReadReport(report, read_report(report)))
            if len(found) == enough:
                break
    if kept:
        kept.write_bytes(pickle.dumps(found))
    return found


def made(real: Sequence[ReadReport], size: int) -> list[ReadReport]:
    """A case of `size` reports made from real ones; the same every time."""
    draw = random.Random(6)
    counts = Counter(w.casefold() for r in real for w in _WORD.findall(r.report.text))
    common = frozenset(w for w, _ in counts.most_common(COMMON))
    case: list[ReadReport] = []
    for turn in range(math.ceil(size / len(real))):
        letters = "".join(draw.sample(string.ascii_lowercase, 26))
        table = str.maketrans(string.ascii_lowercase, letters if turn else string.ascii_lowercase)
        shift = timedelta(days=draw.randrange(365 * YEARS) if turn else 0)

        def other(text: str, table: dict[int, int] = table) -> str:
            return _WORD.sub(lambda m: m[0] if m[0].casefold() in common else m[0][0] + m[0][1:].translate(table), text)

        for original in real:
            again = changed(original, f"{turn}-{original.report.id}", other, shift)
            case.append(again)
            if draw.random() < 0.1:
                id = f"{again.report.id}-copy"
                copy = replace(again.report, id=id, url=_address(id), outlet="The Other Paper")
                case.append(ReadReport(copy, again.reading))
    return case[:size]


def changed(read: ReadReport, id: str, other: Callable[[str], str], shift: timedelta) -> ReadReport:
    """The report with its words changed and its days moved; all offsets still hold, since every word keeps its length."""

    def moved(day: str) -> str:
        return (date.fromisoformat(day) + shift).isoformat() if _DAY.fullmatch(day) else day

    r, x = read.report, read.reading
    published = replace(r.published, value=moved(r.published.value)) if r.published else None
    text = other(r.text)
    return ReadReport(
        replace(r, id=id, url=_address(id), text=text, title=other(r.title) if r.title else None, published=published),
        replace(
            x,
            text=text,
            statements=tuple(replace(s, speaker=other(s.speaker) if s.speaker else None) for s in x.statements),
            actors=tuple(replace(a, name=other(a.name), aliases=tuple(map(other, a.aliases))) for a in x.actors),
            dates=tuple(
                replace(d, start=moved(d.start) if d.start else None, end=moved(d.end) if d.end else None) for d in x.dates
            ),
            incidents=tuple(
                replace(i, date=replace(i.date, start=moved(i.date.start), end=moved(i.date.end)) if i.date else None)
                for i in x.incidents
            ),
        ),
    )


def _address(id: str) -> str:
    """One of its own: captures of one address would be compared with one another as versions of one page."""
    return f"https://paper.example/{id}"


def measured(sizes: Sequence[int], real: Sequence[ReadReport], work: Callable[[list[ReadReport]], str]) -> list[float]:
    """CPU seconds of the work on a made case of each size, which are printed with what the work found."""
    seconds = []
    for size in sizes:
        case = made(real, size)
        start = time.process_time()
        found = work(case)
        seconds.append(time.process_time() - start)
        most = getrusage(RUSAGE_SELF).ru_maxrss / 1024
        print(f"{size:>7} reports  {seconds[-1]:>8.1f} CPU s  {most:>7.0f} MB  {found}", flush=True)
    return seconds


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The slope of the seconds over the sizes, both as logarithms (least squares)."""
    x, y = [math.log(n) for n in sizes], [math.log(s) for s in seconds]
    middle_x, middle_y = sum(x) / len(x), sum(y) / len(y)
    return sum((a - middle_x) * (b - middle_y) for a, b in zip(x, y, strict=True)) / sum((a - middle_x) ** 2 for a in x)


def main() -> None:
    """Measures each size and prints the exponent."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readings", type=Path, help="where the readings are kept")
    parser.add_argument("--sizes", default="1000,2000,4000,8000,16000", help="reports in the cases")
    parser.add_argument("--copies", help="look for copies alone, among so many reports")
    asked = parser.parse_args()
    if not SHOOTINGS.is_file() and not (asked.readings and asked.readings.is_file()):
        print("no data beside the clone (../shared/data): nothing was measured")
        return
    real = readings(asked.readings, 400)
    sizes = [int(n) for n in (asked.copies or asked.sizes).split(",")]
    if asked.copies:
        seconds = measured(sizes, real, lambda case: f"{len(find_copies([r.report for r in case])):>7} copies")
    else:
        seconds = measured(sizes, real, lambda case: f"{len(link(case).incidents):>7} incidents")
    if len(sizes) > 1:
        power = exponent(sizes, seconds)
        print(f"time grows with the size to the power of {power:.2f}: twice the reports take {2**power:.2f} times as long")
        sys.exit(2**power > TWICE)


if __name__ == "__main__":
    main()
