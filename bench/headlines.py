"""How well headlines alone are grouped by event: UCDP's candidate events, each headline a report.

    python bench/headlines.py

Looks for ../shared/data/ucdp; where it is not there, nothing is measured. Every headline is linked; what is scored are those that
are filed under one event alone, as of the gun violence articles those are, for one under several has no one answer.
bench/quality.py scores the same as `headlines link`.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from counterclaim.intake import report_of
from counterclaim.linking import incidents_by_report
from counterclaim.pipeline import link

EVENTS = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "ucdp" / "candidate_dev.jsonl.gz"


def texts(events: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Id and event of every headline that is filed under one alone, and the input lines of all."""
    lines = [
        {"id": f"{event['id']}/{k}", "text": s["headline"].strip(), "published": s["date"], "outlet": s["office"]}
        for event in events
        for k, s in enumerate(event["sources"])
        if s["headline"].strip()
    ]
    filed = Counter((line["text"], line["published"], line["outlet"]) for line in lines)
    alone = [line for line in lines if filed[line["text"], line["published"], line["outlet"]] == 1]
    return [{"id": line["id"], "event": line["id"].split("/")[0]} for line in alone], lines


def scored(gold: Sequence[dict[str, Any]], answers: dict[str, dict[str, Any]]) -> dict[str, float]:
    """Precision, recall and F1 of the pairs, from the lines that `link` answers."""
    told = [(row["event"], next(iter(answers[row["id"]]["incidents"]), row["id"])) for row in gold]
    return dict(zip(("pairs.p", "pairs.r", "pairs.f1"), pair_scores(told), strict=True))


def pair_scores(answers: list[tuple[str, str]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the pairs of headlines put together."""

    def pairs(counts: Counter[Any]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    right = pairs(Counter(answers))
    found, wanted = (pairs(Counter(answer[side] for answer in answers)) for side in (1, 0))
    return right / max(1, found), right / max(1, wanted), 2 * right / max(1, found + wanted)


def main() -> None:
    """Prints the pair scores."""
    if not EVENTS.is_file():
        print("no data beside the clone (../shared/data): nothing was measured")
        return
    with gzip.open(EVENTS, "rt", encoding="utf-8") as file:
        gold, lines = texts([json.loads(line) for line in file])
    reports = [report_of(x["text"], id=x["id"], published=x["published"], outlet=x["outlet"]) for x in lines]
    told = incidents_by_report(link(reports)[1])
    precision, recall, both = pair_scores([(row["event"], told.get(row["id"], (row["id"],))[0]) for row in gold])
    print(
        f"{len(gold)} headlines of {len({row['event'] for row in gold})} events, among {len(lines)}:"
        f" pair precision {precision:.3f}, recall {recall:.3f}, F1 {both:.3f}"
    )


if __name__ == "__main__":
    main()
