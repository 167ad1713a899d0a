"""How often figures are right by the kind of evidence they rest on, beside the confidence that is given: a reliability table.

    python bench/reliability_figures.py [--reports N] [--count]

Two sets lie beside the clone (../shared; without them nothing is measured). In the restated reports a figure is right where a
marked one overlaps it with the same harm, low and high. In the reports on shootings only the archive's final toll is known: there
a dead or wounded person told of without a number is right where the incident has one, and such a list where it has that many at
least; numbers are left out, since an early or a later report may rightly give another. Confidence was counted on the half of the
incidents and reports whose hash begins below 80 (`--count` prints the steps from there); the table is of the other half. The
expected calibration error is the mean distance between confidence and share right.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from counterclaim.reading.counts import Count, Evidence
from counterclaim.reading.document import parse, plain_of
from counterclaim.reading.figures import CONFIDENCE, find_counts
from quality import SHARED, read_rows

Row = dict[str, Any]
Judged = tuple[Evidence, bool]

LONE: frozenset[Evidence] = frozenset({"one", "known", "list", "deed", "deadly", "plural"})
"""Evidence without a number, which an archive's final toll can confirm."""


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=400, metavar="N", help="how many reports on shootings are read")
    parser.add_argument("--count", action="store_true", help="print the confidence that the learning half gives")
    asked = parser.parse_args()
    if not (SHARED / "data").is_dir():
        print("no data beside the clone (../shared/data): nothing was measured")
        return 0
    found: dict[Evidence, dict[bool, list[bool]]] = defaultdict(lambda: {True: [], False: []})
    for learning, judged in judgements(SHARED / "data", asked.reports):
        found[judged[0]][learning].append(judged[1])
    if asked.count:
        for kind in sorted(found):
            right = found[kind][True]
            # one right and one wrong more than seen, so that nothing is held for certain
            print(f'    "{kind}": {(sum(right) + 1) / (len(right) + 2):.2f},  # {len(right)}')
        return 0
    error = total = 0.0
    print(f"{'evidence':<10}{'figures':>8}{'right':>8}{'confidence':>12}")
    for kind in sorted(found, key=lambda k: -CONFIDENCE[k]):
        right = found[kind][False]
        if right:
            share = sum(right) / len(right)
            error += len(right) * abs(share - CONFIDENCE[kind])
            total += len(right)
            print(f"{kind:<10}{len(right):>8}{share:>8.2f}{CONFIDENCE[kind]:>12.2f}")
    print(f"expected calibration error {error / max(total, 1):.3f} over {total:.0f} figures")
    return 0


def judgements(data: Path, reports: int) -> Iterator[tuple[bool, Judged]]:
    """Every figure judged, with whether its report is of the half that may be learned from."""
    for row in read_rows(data / "field" / "dev_restated.jsonl"):
        for count in counts_of(row["text"]):
            judged = in_marked(count, row["figures"])
            if judged is not None:
                yield below(row["id"], 0x80), (count.evidence, judged)
    tolls = {row["incident"]: row for row in read_rows(data / "gva" / "dev_incidents.jsonl.gz")}
    articles = [row for row in read_rows(data / "gva" / "dev.jsonl.gz") if row["usable"] and row["cluster"] in tolls]
    for row in sorted(articles, key=lambda r: hashlib.sha256(r["id"].encode()).digest())[:reports]:
        toll = tolls[row["cluster"]]
        for count in counts_of(row["text"]):
            if count.evidence in LONE and count.harm in ("killed", "injured") and not count.part:
                yield below(row["cluster"], 0x80), (count.evidence, toll[count.harm] >= (count.quantity.low or 1))


def counts_of(text: str) -> list[Count]:
    """What is counted in a text."""
    return [count for _, count in find_counts(plain_of(text), parse(text))]


def in_marked(count: Count, marked: list[Row]) -> bool | None:
    """Whether a count is as one of the marked figures has it; None for one number of dead and wounded, which is not marked so."""
    over = [m for m in marked if m["start"] < count.span[1] and count.span[0] < m["start"] + len(m["text"])]
    if any(m.get("combined") for m in over):
        return None
    said = (count.harm, count.quantity.low, count.quantity.high)
    return any((m["harm"], m["low"], m["high"]) == said for m in over)


def below(unit: str, byte: int) -> bool:
    """Whether the hash of a report's or incident's id begins below `byte`."""
    return hashlib.sha256(str(unit).encode()).digest()[0] < byte


if __name__ == "__main__":
    raise SystemExit(main())
