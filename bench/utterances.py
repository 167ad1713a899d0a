"""How well the same act of saying is recognised, on pairs of statements in our own words: sixty alike, sixty that only look so.

    python bench/utterances.py [--errors]

Each pair of utterances.txt is one speaker in two reports of two days, all pairs in one case. Half of the pairs, by a hash of
their words, is for developing; the other half is what is reported. --errors shows the pairs judged wrongly, of the first half
only.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from counterclaim.linking.utterances import join_utterances
from counterclaim.records import Published, Reading, ReadReport, Report, Statement

PAIRS = Path(__file__).resolve().parent / "utterances.txt"


@dataclass(frozen=True)
class Pair:
    """Two statements by one speaker; `same` where they are one act of saying, `change` what kind of pair it is."""

    same: bool
    change: str
    one: str
    other: str

    @property
    def for_developing(self) -> bool:
        """Whether the pair is of the half that may be looked at."""
        return hashlib.sha256(self.one.encode()).digest()[0] < 128


def pairs_of(path: Path) -> Iterator[Pair]:
    """The pairs of a file: a line with a mark and the kind of change, then one statement a line."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    for mark, one, other in zip(lines[::3], lines[1::3], lines[2::3], strict=True):
        yield Pair(mark.startswith("="), mark[2:], one, other)


def judged(pairs: list[Pair]) -> list[bool]:
    """Of each pair whether linking takes it for one act of saying."""
    reports = []
    for n, pair in enumerate(pairs):
        for day, text in ((4, pair.one), (5, pair.other)):
            said = Statement(
                id="s0", content=((0, len(text)),), cue=(), source=(), form="indirect", act="other", confidence=1.0,
                speaker=f"Speaker {n}", speaker_kind="named",
            )  # fmt: skip
            id = f"{n:03}-{day}"
            report = Report(id=id, capture=id, text=text, published=Published(f"2021-05-{day:02}", "given"))
            reports.append(ReadReport(report, Reading(text=text, statements=(said,))))
    joined = {u.statements[0].report[:3] for u in join_utterances(reports, (), {}) if len(u.statements) == 2}
    return [f"{n:03}" in joined for n in range(len(pairs))]


def f1(pairs: list[Pair], found: list[bool]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the pairs taken for one."""
    right = sum(pair.same and got for pair, got in zip(pairs, found, strict=True))
    precision, recall = right / max(1, sum(found)), right / sum(pair.same for pair in pairs)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main() -> None:
    """Prints precision, recall and F1 of both halves, and recall or false joins by kind of change."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="show what was judged wrongly in the half for developing")
    asked = parser.parse_args()
    pairs = list(pairs_of(PAIRS))
    found = judged(pairs)
    for name, developing in (("for developing", True), ("reported", False)):
        half = [(pair, got) for pair, got in zip(pairs, found, strict=True) if pair.for_developing == developing]
        precision, recall, both = f1([pair for pair, _ in half], [got for _, got in half])
        print(f"{name:<16}{len(half):>4} pairs  precision {precision:.3f}  recall {recall:.3f}  F1 {both:.3f}")
        many = Counter((pair.same, pair.change) for pair, _ in half)
        joined = Counter((pair.same, pair.change) for pair, got in half if got)
        for (same, change), count in sorted(many.items(), reverse=True):
            print(f"    {'the same' if same else 'look-alike'}, {change:<14}{joined[same, change]:>3} of {count} joined")
    for pair, got in zip(pairs, found, strict=True):
        if asked.errors and pair.for_developing and got != pair.same:
            print(f"{'missed' if pair.same else 'joined'} ({pair.change}):\n    {pair.one}\n    {pair.other}")


if __name__ == "__main__":
    main()
