"""What the first look lets through and what it sets aside, and how fast a day of news is read with it.

    python bench/triage.py [--read N] [--articles N] [--readings FILE]

Of texts beside the clone (../shared/data) that were not learned from: the share that is read of those in which full reading finds
a toll, blame or denial (shootings, air strikes, field reports, telexes; at most N of each set are read for it, 150 by default),
and the share set aside of news that reports no violence, as labelled in triage_labels.tsv: by hand, from titles, openings and the
passages with words of harm. "violence" tells of a violent act against people; "mention" names one in passing; "none" neither.
Then a day: as many articles, one in twenty of them of shootings, the others politics, wires and local news without violence, are
looked at and read one after the other in this process: articles a CPU second, times two for two cores. Ends with 1 where a floor
is missed.
"""

from __future__ import annotations

import os

# the libraries below read these once, when they are imported
os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1"))

import argparse
import gzip
import hashlib
import json
import pickle
import sys
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

from counterclaim.intake import report_of
from counterclaim.pipeline import read_report
from counterclaim.reading import SET_ASIDE, tells_of_violence
from counterclaim.records import Reading

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent / "shared" / "data"
LABELS = HERE / "triage_labels.tsv"

RECALL, ASIDE, ARTICLES = 0.98, 0.85, 100
"""The floors: of texts that hold something, of other news over the three sets together, and of articles a second on two cores."""

TELLING = {
    "gva": ("gva/dev.jsonl.gz", "text"),
    "airwars": ("airwars/dev.jsonl.gz", "narrative"),
    "field": ("field/dev_restated.jsonl", "text"),
    "muc4": ("muc4/dev.jsonl.gz", "text"),
}
OTHER = {"polnear": "polnear/dev.jsonl.gz", "lgl": "geoparsing/lgl_dev.jsonl.gz", "timex": "timex/tempeval3_train.jsonl.gz"}
WHOLE = ("muc4", "polnear")
"""Sets whose dev part was not learned from at all; of the others what is hashed from c0 on."""


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file of JSON lines, packed or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def held_out(name: str, file: str) -> list[dict[str, Any]]:
    """The rows of a set that were not learned from, in an order of no meaning."""
    found = [(hashlib.sha256(str(row["id"]).encode()).hexdigest(), row) for row in rows(DATA / file)]
    kept = [(digest, row) for digest, row in found if name in WHOLE or digest >= "c0"]
    return [row for digest, row in sorted(kept, key=lambda one: one[0][::-1])]


def holds_something(reading: Reading) -> bool:
    """Whether full reading found a toll, blame or denial."""
    return bool(reading.figures) or any(s.act in ("blame", "denial") for s in reading.statements)


def recall(most: int, kept: Path | None) -> bool:
    """Prints the share of texts that hold something that is read, set by set; whether every floor is kept."""
    known: dict[str, bool] = pickle.loads(kept.read_bytes()) if kept and kept.is_file() else {}
    fine = True
    print(f"{'texts with a toll, blame or denial':<40}{'texts':>7}{'read':>8}")
    for name, (file, key) in TELLING.items():
        texts = [(f"{name}|{row['id']}", row[key]) for row in held_out(name, file) if (row.get(key) or "").strip()][:most]
        for id, text in texts:
            if id not in known:
                known[id] = holds_something(read_report(report_of(text, id=id)))
        passed = [tells_of_violence(text) for id, text in texts if known[id]]
        share = sum(passed) / len(passed)
        fine &= share >= RECALL
        print(f"{name:<40}{len(passed):>7}{share:>8.3f}", flush=True)
    if kept:
        kept.write_bytes(pickle.dumps(known))
    return fine


def aside() -> bool:
    """Prints the share of other news that is set aside, by set and label; whether the floor is kept over the three sets."""
    labels = {(name, id): label for name, id, label in (line.split() for line in LABELS.read_text("utf-8").splitlines())}
    counts: dict[tuple[str, str], list[bool]] = {}
    for name, file in OTHER.items():
        for row in held_out(name, file):
            counts.setdefault((name, labels[name, str(row["id"])]), []).append(not tells_of_violence(row["text"]))
    print(f"{'news by what it tells of violence':<40}{'texts':>7}{'aside':>8}")
    for (name, label), out in sorted(counts.items()):
        print(f"{name + ', ' + label:<40}{len(out):>7}{sum(out) / len(out):>8.3f}")
    together = [one for (_, label), out in counts.items() if label != "violence" for one in out]
    share = sum(together) / len(together)
    print(f"{'all that reports none':<40}{len(together):>7}{share:>8.3f}")
    return share >= ASIDE


def day(articles: int) -> bool:
    """Prints how fast a day of news is looked at and read; whether the floor is kept."""
    labels = {(name, id): label for name, id, label in (line.split() for line in LABELS.read_text("utf-8").splitlines())}
    news = [(n, r) for n, file in OTHER.items() for r in held_out(n, file) if labels[n, str(r["id"])] != "violence"]
    others = cycle(row["text"] for _, row in sorted(news, key=lambda one: hashlib.sha256(str(one[1]["id"]).encode()).digest()))
    telling = cycle(row["text"] for row in held_out("gva", TELLING["gva"][0]) if row.get("text"))
    texts = [next(telling) if n % 20 == 0 else next(others) for n in range(articles)]
    # a few words, too, for only their language is asked of a model, which is loaded once a process
    for text in (*texts[:3], "A few words."):
        read_report(report_of(text, id="first"))
    start = time.process_time()
    for text in texts:
        tells_of_violence(text)
    first = time.process_time() - start
    start = time.process_time()
    readings = [read_report(report_of(text, id="x"), triage=True) for text in texts]
    spent = time.process_time() - start
    rate = 2 * len(texts) / spent
    words = sum(len(text.split()) for text in texts)
    read = sum(reading.error != SET_ASIDE for reading in readings)
    print(f"a day: {len(texts)} articles of {words // len(texts)} words, {len(texts) // 20} of shootings; {read} read")
    print(f"the first look alone {len(texts) / first:,.0f} articles a CPU second; with reading {rate:.0f} a second on two cores")
    return rate >= ARTICLES


def main() -> int:
    """Measures all three; 1 where a floor is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--read", type=int, default=150)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--readings", type=Path, help="where it is kept in which texts reading found something")
    asked = parser.parse_args()
    if not DATA.is_dir():
        print("no data beside the clone (../shared/data): nothing was measured")
        return 0
    return int(not all([recall(asked.read, asked.readings), aside(), day(asked.articles)]))


if __name__ == "__main__":
    sys.exit(main())
