"""Scores of read figures against sets that come without a scorer; printed as JSON.

    python bench/score_figures.py TASK GOLD PRED

headlines   ucdp/candidate_dev.jsonl.gz: of the headlines with a number beside a word of death (`_BESIDE`, which alone has the
            first such number inside the event's low and high in .52), how often what is read as killed lies inside.
            Many headlines are of a day or an area while the event is one clash: in .62 some number of the headline lies
            inside. `right of English` leaves out headlines that are not read because of their language.
victims     muc4: of those killed or injured in a document's templates, number and effect found. Pooled over a document's
            templates, which is easier than in 1992, when each template was scored by itself: systems then had .60 and .53 for
            the victim's number.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Span = tuple[int | None, int | None]

_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|forty|fifty|dozens?"
_NUMBER = rf"(?<![\w#.:/-])(?:\d{{1,3}}(?:,\d{{3}})?|{_WORDS})(?![\w%:/-]|[.,]\d|\s?(?:st|nd|rd|th|am|pm|gmt)\b)"
_BESIDE = re.compile(
    rf"{_NUMBER}[^.,;]{{0,40}}?\b(?:kil\*?led|dead|die[ds]?|martyr)|\bkill(?:s|ed|ing)?\s+(?:at least\s+)?{_NUMBER}",
    re.IGNORECASE,
)
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = re.compile(rf"\b(?:{_MONTH})\w*\.?\s+\d{{1,2}}\b|\b\d{{1,2}}\s+(?:{_MONTH})\w*|\b(?:19|20)\d\d\b", re.IGNORECASE)


def headlines(gold: list[Row], pred: dict[str, Row]) -> Row:
    """The share of headlines with a number whose read toll lies inside the coded range."""
    count: Counter[str] = Counter()
    for event in gold:
        for number, source in enumerate(event["sources"]):
            if not _BESIDE.search(_DATE.sub(" ", source["headline"])):
                continue
            read = pred.get(f"{event['id']}/{number}", {})
            count["with a number"] += 1
            count["English"] += "error" not in read
            low, high = killed(read)
            if low is not None and high is not None:
                count["answered"] += 1
                count["right"] += event["low"] <= low and high <= event["high"]
    total = max(count["with a number"], 1)
    return {
        "right": count["right"] / total,
        "right of English": count["right"] / max(count["English"], 1),
        "answered": count["answered"] / total,
        "n": count["with a number"],
    }


def killed(read: Row) -> Span:
    """The main incident's killed, an open end standing for the other."""
    incidents = read.get("incidents") or [{}]
    said = next((i for i in incidents if i.get("main")), incidents[0]).get("killed") or {}
    low, high = said.get("low"), said.get("high")
    return (high if low is None else low), (low if high is None else high)


_EFFECTS = {"DEATH": "killed", "INJURY": "injured"}


def victims(gold: list[Row], pred: dict[str, Row]) -> Row:
    """Precision, recall and F1 of victims' numbers, and of numbers with their effect."""
    hits: Counter[str] = Counter()
    wanted = given = 0
    for document in gold:
        figures = {
            (f["harm"], f["low"], f["high"])
            for f in pred[document["id"]]["figures"]
            if f["harm"] in ("killed", "injured", "casualties")
        }
        harmed = [
            (number, {_EFFECTS[e] for e in victim.get("effect", []) if e in _EFFECTS}, template.get("optional", False))
            for template in document["templates"]
            for victim in template["victim"]
            for number in victim.get("number", [])[:1]
        ]
        harmed = [h for h in harmed if h[1]]
        given += len(figures)
        wanted += sum(not optional for _, _, optional in harmed)
        for task in ("number", "effect"):
            free = sorted(figures, key=str)
            for number, effects, optional in harmed:
                fits = next(
                    (f for f in free if same(number, f[1:]) and (task == "number" or f[0] in {*effects, "casualties"})), None
                )
                if fits is not None:
                    if not optional:
                        hits[task] += 1
                    free.remove(fits)
    out: Row = {}
    for task in ("number", "effect"):
        p, r = hits[task] / max(given, 1), hits[task] / max(wanted, 1)
        out[task] = {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0}
    return {**out, "victims": wanted, "figures": given}


def same(number: str, said: Span) -> bool:
    """Whether a figure says the key's number ("12", "10 - 12", "60 -", "- 60", "~50", "PLURAL")."""
    low, high = said
    if number == "PLURAL":
        return low != 1 or high != 1
    ends = re.fullmatch(r"~?\s*(\d+)?\s*(-)?\s*(\d+)?", number)
    if ends is None:
        return False
    a, dash, b = ends.groups()
    if dash is None:
        return (int(a) if a else None) in (low, high)
    return (int(a) if a else low) == low and (int(b) if b else high) == high


def rows(path: Path) -> list[Row]:
    """The rows of a file of JSON lines, plain or gzipped."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def main() -> None:
    """Scores one task and prints it."""
    if len(sys.argv) != 4 or sys.argv[1] not in ("headlines", "victims"):
        raise SystemExit(__doc__)
    task = headlines if sys.argv[1] == "headlines" else victims
    print(json.dumps(task(rows(Path(sys.argv[2])), {r["id"]: r for r in rows(Path(sys.argv[3]))}), indent=1))


if __name__ == "__main__":
    main()
