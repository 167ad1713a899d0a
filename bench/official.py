"""Scores what official statements are read to concede: deaths and injuries of civilians, lowest and highest, exact.

    python bench/official.py GOLD PREDICTED [--show errors]

GOLD is the set of official statements (../shared/data/airwars/statements_dev.jsonl.gz), PREDICTED what `counterclaim read`
printed for their texts. A toll that is not coded, and one that is not read, count as none. `conceded` is the share of
statements whose deaths and injuries are both right, `where a death is` that of those to which a death is coded.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from counterclaim.contest.own_words import conceded_in
from counterclaim.records import Figure, Harm, Statement

Row = dict[str, Any]
HARMS: tuple[tuple[Harm, str], ...] = (("killed", "civilians_killed"), ("injured", "civilians_injured"))


def tolls(gold: Row, read: Row) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """For deaths, then injuries, what is coded and what is read, each (lowest, highest)."""
    statements = [statement_of(s) for s in read.get("statements", [])]
    figures = [figure_of(n, f) for n, f in enumerate(read.get("figures", []))]
    for harm, key in HARMS:
        coded = gold[key] or {"min": 0, "max": 0}
        told = conceded_in(gold["text"], statements, figures, harm)
        yield (coded["min"], coded["max"]), (told.low or 0, told.high or 0) if told is not None else (0, 0)


def statement_of(row: Row) -> Statement:
    """The statement of an output line."""
    spans: Row = {key: tuple((a, b) for a, b in row[key]) for key in ("content", "cue", "source")}
    kept = ("id", "form", "act", "confidence", "speaker", "speaker_kind", "affiliation", "side", "target", "incident")
    return Statement(**spans, chain=tuple(row["chain"]), **{key: row[key] for key in kept})


def figure_of(number: int, row: Row) -> Figure:
    """The figure of an output line."""
    kept = ("harm", "victims", "low", "high", "qualifier", "scope", "confidence", "as_of", "speaker", "statement", "incident")
    return Figure(id=f"f{number}", span=(row["span"][0], row["span"][1]), **{key: row[key] for key in kept})


def scored(gold: Sequence[Row], predicted: dict[str, Row]) -> dict[str, float]:
    """The shares of statements whose tolls are right."""
    right: list[tuple[bool, list[bool]]] = []
    for row in gold:
        pairs = list(tolls(row, predicted.get(row["id"], {})))
        right.append((pairs[0][0][1] > 0, [coded == told for coded, told in pairs]))
    with_death = [each for death, each in right if death]
    return {
        "statements": len(right),
        "conceded": _share([all(each) for _, each in right]),
        "killed": _share([each[0] for _, each in right]),
        "injured": _share([each[1] for _, each in right]),
        "with a death": len(with_death),
        "conceded where a death is": _share([all(each) for each in with_death]),
        "killed where a death is": _share([each[0] for each in with_death]),
    }


def _share(right: list[bool]) -> float:
    return sum(right) / max(1, len(right))


def texts(gold: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The gold rows, and their texts as input lines."""
    return list(gold), [{"id": row["id"], "text": row["text"]} for row in gold]


def rows(path: Path) -> list[Row]:
    """The rows of a plain or gzipped file of JSON lines."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def main() -> int:
    """Scores and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("predicted", type=Path)
    parser.add_argument("--show", choices=("errors",))
    asked = parser.parse_args()
    gold, predicted = rows(asked.gold), {row["id"]: row for row in rows(asked.predicted)}
    if asked.show:
        for row in gold:
            pairs = list(tolls(row, predicted.get(row["id"], {})))
            if any(coded != told for coded, told in pairs):
                print(f"{row['id']} coded {[c for c, _ in pairs]}, read {[t for _, t in pairs]}: {row['text'][:300]!r}")
    print(json.dumps(scored(gold, predicted), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
