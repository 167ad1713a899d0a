"""How often statements are right by how sure the reading says it is: the reliability table, and what confidence is counted from.

    python bench/reliability.py [--count]

Reads PolNeAR's development articles (../shared/data/polnear; left out where they are not there) and the developing part of our
own conflict sentences. A statement is right where one of the gold ones lies in it by half at least and their sources overlap or
are both empty: what "linked content+source" asks. The expected calibration error is the mean distance between confidence
and share right. "crossed" is the same with the steps of reading/confidence.py counted anew on one half of the texts and
measured on the other, both ways: what may be expected of texts of the same kind that nothing was counted on. --count prints
those steps as counted on all.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from counterclaim.reading.agreement import sayings_of
from counterclaim.reading.confidence import BOTH, HEARD, confidence_of
from counterclaim.reading.document import parse
from counterclaim.reading.sayings import Saying

HERE = Path(__file__).resolve().parent
POLNEAR = HERE.parent.parent / "shared" / "data" / "polnear" / "dev.jsonl.gz"
CONFLICT = HERE / "conflict_speech.jsonl"

Row = dict[str, Any]
Kind = tuple[str, float]
"""Where a statement comes from, and the lower end of its step of the tagger's score."""


@dataclass(frozen=True)
class Judged:
    """One statement read: in which half of its set its text is, what evidence it has, whether it is right."""

    set: str
    half: int
    heard: float | None
    ruled: bool
    chained: bool
    right: bool

    @property
    def kind(self) -> Kind:
        """The step of reading/confidence.py that it falls on."""
        if self.heard is None:
            return "RULED", 0.0
        name, steps = ("BOTH", BOTH) if self.ruled else ("HEARD", HEARD)
        return name, max(low for low, _ in steps if low <= self.heard)


def judged(name: str, rows: Iterable[Row]) -> Iterator[Judged]:
    """Every statement read in the texts of `rows`."""
    for number, row in enumerate(rows):
        text = row["text"]
        gold = [(characters(a["content"], text), characters(a["source"], text)) for a in row["attributions"] if a["content"]]
        for saying in sayings_of(text, parse(text)):
            yield Judged(name, number % 2, saying.heard, saying.ruled, bool(saying.via), is_right(text, saying, gold))


def characters(pieces: Iterable[Sequence[int]], text: str) -> set[int]:
    """The places of the characters in `pieces` that are no white space."""
    return {i for start, end in pieces for i in range(start, end) if not text[i].isspace()}


def is_right(text: str, saying: Saying, gold: Iterable[tuple[set[int], set[int]]]) -> bool:
    """Whether `saying` can stand for one of the gold statements (content and source)."""
    said, by = characters(saying.content, text), characters(saying.source, text)
    return any(2 * len(c & said) >= len(c) and (bool(s & by) or not (s or by)) for c, s in gold if c & said)


def read_rows(path: Path) -> list[Row]:
    """The rows of a file of JSON lines, gzipped or not."""
    opener: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def developing(rows: Iterable[Row]) -> list[Row]:
    """The developing part of the conflict sentences."""
    import conflict_speech

    return [row for row in rows if conflict_speech.part_of(row["id"]) == "dev"]


def counted(statements: Iterable[Judged]) -> dict[Kind, tuple[int, float]]:
    """By step: how many, and the share that is right. PolNeAR's chains are left out: it marks their last link, we the first."""
    shares: dict[Kind, list[bool]] = defaultdict(list)
    for one in statements:
        if one.set != "PolNeAR" or not one.chained:
            shares[one.kind].append(one.right)
    return {kind: (len(each), sum(each) / len(each)) for kind, each in sorted(shares.items())}


def error(pairs: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error over ten bins."""
    return sum(n * abs(mean - share) for _, n, mean, share in bins(pairs)) / max(1, len(pairs))


def bins(pairs: Sequence[tuple[float, bool]]) -> Iterator[tuple[float, int, float, float]]:
    """Rows of (lower end, number, mean confidence, share right) for tenths of confidence."""
    for tenth in range(10):
        inside = [(p, ok) for p, ok in pairs if min(int(p * 10), 9) == tenth]
        if inside:
            n = len(inside)
            yield tenth / 10, n, sum(p for p, _ in inside) / n, sum(ok for _, ok in inside) / n


def crossed(statements: Sequence[Judged]) -> list[tuple[float, bool]]:
    """Each statement with the confidence that the other half of the texts gives its step."""
    pairs: list[tuple[float, bool]] = []
    for half in (0, 1):
        learnt = counted(s for s in statements if s.half != half)
        pairs += [(learnt[s.kind][1], s.right) for s in statements if s.half == half and s.kind in learnt]
    return pairs


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", action="store_true", help="print the steps of reading/confidence.py as counted now")
    asked = parser.parse_args()
    statements = list(judged("conflict", developing(read_rows(CONFLICT))))
    if POLNEAR.is_file():
        statements += judged("PolNeAR", read_rows(POLNEAR))
    else:
        print("no PolNeAR beside the clone: our own sentences only")
    if asked.count:
        for (name, low), (number, share) in counted(statements).items():
            print(f"{name:<6} from {low:.2f}: {share:.3f} of {number}")
    for name in dict.fromkeys(s.set for s in statements):
        own = [s for s in statements if s.set == name]
        pairs = [(confidence_of(s.heard, s.ruled), s.right) for s in own]
        print(f"\n{name}: {len(own)} statements\nconfidence   number   mean  right")
        for low, n, mean, share in bins(pairs):
            print(f"{low:.1f} to {low + 0.1:.1f}   {n:6}  {mean:.3f}  {share:.3f}")
        for kind in ("BOTH", "HEARD", "RULED"):
            some = [(confidence_of(s.heard, s.ruled), s.right) for s in own if s.kind[0] == kind]
            if some:
                mean, share = (sum(column) / len(some) for column in zip(*some, strict=True))
                print(f"{kind.lower():<10}   {len(some):6}  {mean:.3f}  {share:.3f}")
        print(f"expected calibration error {error(pairs):.3f}, crossed {error(crossed(own)):.3f}")


if __name__ == "__main__":
    main()
