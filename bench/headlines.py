"""How well headlines alone are grouped by event: UCDP's candidate events, each headline a report.

    python bench/headlines.py

Looks for ../shared/data/ucdp; where it is not there, nothing is measured. A headline that is filed under several events counts
once for each, with the event as its answer, so that not all pairs can be right.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from counterclaim.intake import report_of
from counterclaim.linking import incidents_by_report
from counterclaim.pipeline import link

EVENTS = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "ucdp" / "candidate_dev.jsonl.gz"


def grouped(events: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    """Of every headline the event it is filed under and the one it was put in."""
    headlines = {
        f"{event['id']}/{k}": source
        for event in events
        for k, source in enumerate(event["sources"])
        if source["headline"].strip()
    }
    reports = [
        report_of(source["headline"], id=id, published=source["date"], outlet=source["office"])
        for id, source in headlines.items()
    ]
    told = incidents_by_report(link(reports)[1])
    return [(id.split("/")[0], told.get(id, (id,))[0]) for id in headlines]


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
        answers = grouped(json.loads(line) for line in file)
    precision, recall, both = pair_scores(answers)
    events = len({event for event, _ in answers})
    print(f"{len(answers)} headlines of {events} events: pair precision {precision:.3f}, recall {recall:.3f}, F1 {both:.3f}")


if __name__ == "__main__":
    main()
