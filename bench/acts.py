"""Compiles the project's own set of what sayings do, and scores readings against it.

    python bench/acts.py compile                        acts.txt -> acts.jsonl, beside this file
    python bench/acts.py score PREDICTED [--show errors] [--json]

PREDICTED is what `counterclaim read bench/acts.jsonl` printed. Every third sentence, by the hash of its words, is the part kept
aside for reporting; the rest is for developing, and only its errors are shown. Each sentence holds one saying, which is
answered by the statement that shares most of its words; what is not found is not right. `act` is the share of sentences with
the right act, `target` of those with somebody whom it is about that name him, `hedge` of those hedged whose hedge's words were
found, `unhedged` of the others that were read without one.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from conflict_speech import ACTS, part_of, read_rows, same_name  # noqa: E402  (a script beside this one)

SOURCE, GOLD = HERE / "acts.txt", HERE / "acts.jsonl"
ROLES = {"s": "source", "c": "cue", "q": "content", "h": "hedge"}
Row = dict[str, Any]

_LINE = re.compile(r"(\w+) \| (.+?) \| (.+)")
_MARK = re.compile(r"\{([scqh]):|\}")


def compiled(source: str) -> list[Row]:
    """The sentences of a marked source, in its order. ValueError with the line where it does not fit."""
    return [_row(line) for line in source.splitlines() if line.strip() and not line.startswith("#")]


def _row(line: str) -> Row:
    found = _LINE.fullmatch(line)
    if found is None or found[1] not in ACTS:
        raise ValueError(f"no act, target and sentence: {line}")
    text, opened = "", []
    spans: dict[str, list[list[int]]] = {role: [] for role in ROLES.values()}
    at = 0
    for mark in _MARK.finditer(found[3]):
        text += found[3][at : mark.start()]
        at = mark.end()
        if mark[1]:
            opened.append((mark[1], len(text)))
        elif opened:
            role, start = opened.pop()
            spans[ROLES[role]].append([start, len(text)])
        else:
            raise ValueError(f"closes what is not open: {line}")
    text += found[3][at:]
    if opened or not spans["content"]:
        raise ValueError(f"a mark is left open, or nothing is said: {line}")
    return {"id": text, "text": text, **spans, "act": found[1], "target": None if found[2] == "-" else found[2]}


def answer(gold: Row, statements: Sequence[Row]) -> Row | None:
    """The statement that shares most of the gold content and cue, None where none shares half of the content."""

    def shared(statement: Row) -> tuple[int, int]:
        said = _overlap(gold["content"], statement["content"])
        return said, _overlap(gold["cue"], statement["cue"])

    best = max(statements, key=shared, default=None)
    length = sum(e - s for s, e in gold["content"])
    return best if best is not None and 2 * shared(best)[0] >= length else None


def _overlap(a: Sequence[Sequence[int]], b: Sequence[Sequence[int]]) -> int:
    return sum(max(0, min(p[1], q[1]) - max(p[0], q[0])) for p in a for q in b)


def scored(gold: Sequence[Row], predicted: dict[str, list[Row]]) -> dict[str, dict[str, float]]:
    """By part the figures."""
    sums: dict[str, Counter[str]] = {"dev": Counter(), "test": Counter()}
    for row in gold:
        n, read = sums[part_of(row["id"])], answer(row, predicted.get(row["id"], []))
        n["sentences"] += 1
        n["act"] += read is not None and read["act"] == row["act"]
        n["targets"] += bool(row["target"])
        n["target"] += bool(row["target"] and read and same_name(row["target"], read.get("target") or ""))
        hedges = (read or {}).get("hedge") or []
        n["hedges"] += bool(row["hedge"])
        n["hedge"] += bool(row["hedge"]) and _overlap(row["hedge"], hedges) > 0
        n["unhedged"] += not row["hedge"] and not hedges
    return {
        part: {
            "sentences": n["sentences"],
            "act": n["act"] / max(1, n["sentences"]),
            "target": n["target"] / max(1, n["targets"]),
            "hedge": n["hedge"] / max(1, n["hedges"]),
            "unhedged": n["unhedged"] / max(1, n["sentences"] - n["hedges"]),
        }
        for part, n in sums.items()
    }


def errors(gold: Sequence[Row], predicted: dict[str, list[Row]]) -> list[str]:
    """What went wrong in the developing part, a line each."""
    out = []
    for row in gold:
        read = answer(row, predicted.get(row["id"], []))
        if part_of(row["id"]) != "dev" or (read is not None and read["act"] == row["act"] and _right_target(row, read)):
            continue
        what = f"{read['act']} -> {read.get('target')}" if read is not None else "not found"
        out.append(f"{row['act']} -> {row['target']}, read {what}: {row['text']}")
    return out


def _right_target(row: Row, read: Row) -> bool:
    return not row["target"] or same_name(row["target"], read.get("target") or "")


def main() -> int:
    """Compiles or scores; 1 where predictions lack sentences of the set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("compile")
    score = verbs.add_parser("score")
    score.add_argument("predicted", type=Path)
    score.add_argument("--show", choices=("errors",))
    score.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if asked.verb == "compile":
        rows = compiled(SOURCE.read_text("utf-8"))
        GOLD.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
        return 0
    gold = read_rows(GOLD)
    predicted = {row["id"]: row.get("statements", []) for row in read_rows(asked.predicted)}
    if asked.show == "errors":
        print("\n".join(errors(gold, predicted)))
    report = scored(gold, predicted)
    if asked.json:
        print(json.dumps(report, indent=1))
    else:
        for part, figures in report.items():
            print(part, " ".join(f"{key} {value:.3f}" for key, value in figures.items()))
    missing = sum(row["id"] not in predicted for row in gold)
    if missing:
        print(f"{missing} sentences of the set are not in {asked.predicted}: they count as not found", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
