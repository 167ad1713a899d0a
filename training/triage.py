"""Rebuilds the words and weights by which a first look tells whether a text reports violence, and prints how well it does.

    python training/triage.py [--write]

Learns from texts beside the clone (../shared/data), by ids whose SHA-256 begins below c0 where a set has one part only: reports
of shootings, strikes and attacks on one side, news of politics, sport, business and disease on the other, and both as labelled
in bench/triage_labels.tsv. Only words in small letters count, so that no name, place or party weighs anything, and only those
that occur in texts of several sets, so that none stands for the set it comes from. Needs scikit-learn. --write puts the weights
into the table that ships.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from counterclaim.reading.triage import LINE, TABLE, score, tells_of_violence, words_of

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent / "shared" / "data"

Text = tuple[str, str, bool]
"""The set a text is of, its words, and whether it reports violence."""

TEXTS = 30
"""Texts that a word must occur in."""

SETS = 4
"""Sets that a word must occur in: words of fewer tell where a text comes from."""

STRENGTH = 10
"""Of the regression (its C). With 0.5, 1.5, 4 and 10 local news without violence that was not learned from passes in .37, .24,
.19 and .19 of cases, politics in .03, .03, .03 and .00, at the same recall of shootings."""

HARDER = {"lgl": 4.0, "muc4": 2.0}
"""Local news weighs more than other sets, for it tells of accidents and thefts in the words of shootings; so do telexes, in which
politics and violence are one subject."""

HEAVY = re.compile(r"\b(?:kill|murder|bomb|shoot|shot|wound|massacr|rape|terror|attack|explo|war|militant|troops)\w*")
"""In sets without labels a text of other news with as many of these words as `MANY` is left out."""

MANY = 4


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file of JSON lines, packed or not."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as file:  # type: ignore[operator]
        yield from (json.loads(line) for line in file if line.strip())


def learned(id: object) -> bool:
    """Whether a text may be learned from."""
    return hashlib.sha256(str(id).encode()).hexdigest() < "c0"


def texts() -> Iterator[Text]:
    """What is learned from."""
    draw = random.Random(11)
    shootings = [r["text"] for r in rows(DATA / "gva/dev.jsonl.gz") if learned(r["id"]) and r.get("text")]
    yield from (("gva", text, True) for text in draw.sample(shootings, 2500))
    yield from (
        ("airwars", r["narrative"], True) for r in rows(DATA / "airwars/dev.jsonl.gz") if learned(r["id"]) and r["narrative"]
    )
    sources = [
        s["text"] for r in rows(DATA / "airwars/syria_dev.jsonl.gz") if learned(r["id"]) for s in r["sources"] if s.get("text")
    ]
    yield from (("syria", text, True) for text in draw.sample(sources, 400))
    yield from (("muc4", r["text"], True) for r in rows(DATA / "muc4/train.jsonl.gz"))
    yield from (("field", r["text"], True) for r in rows(DATA / "field/dev_restated.jsonl") if learned(r["id"]))
    labels = {(s, id): label for s, id, label in (line.split() for line in (HERE.parent / "bench/triage_labels.tsv").open())}
    labelled = {"timex": "timex/tempeval3_train.jsonl.gz", "lgl": "geoparsing/lgl_dev.jsonl.gz"}
    for name, file in labelled.items():
        yield from ((name, r["text"], labels[name, r["id"]] == "violence") for r in rows(DATA / file) if learned(r["id"]))
    other = {"polnear": "polnear/train.jsonl.gz", "gwn": "geoparsing/gwn_dev.jsonl.gz", "virus": "geoparsing/geovirus.jsonl.gz"}
    for name, file in (*other.items(), ("clusters", "newscluster/dev.jsonl.gz")):
        for row in rows(DATA / file):
            if row.get("category") != "world" and len(HEAVY.findall(row["text"].lower())) < MANY:
                yield name, row["text"], False


def fitted(given: Sequence[Text]) -> dict[str, float]:
    """The weight of each word that tells anything, and under the empty word what every text gets."""
    sets: dict[str, set[str]] = {}
    counts: Counter[str] = Counter()
    given = [one for one in given if words_of(one[1])]
    taken = [words_of(text) for _, text, _ in given]
    for (name, _, _), words in zip(given, taken, strict=True):
        counts.update(words)
        for word in words:
            sets.setdefault(word, set()).add(name)
    vocabulary = {w: i for i, w in enumerate(sorted(w for w in counts if counts[w] >= TEXTS and len(sets[w]) >= SETS))}
    places, values, ends = [], [], [0]
    for words in taken:
        known = sorted(vocabulary[w] for w in words if w in vocabulary)
        places += known
        values += [1 / len(words) ** 0.5] * len(known)
        ends.append(len(places))
    matrix = csr_matrix((values, places, ends), shape=(len(taken), len(vocabulary)))
    # every set weighs the same on its side, but for those that are hardest to tell
    sizes = Counter((name, told) for name, _, told in given)
    weights = np.array([HARDER.get(name, 1) / sizes[name, told] for name, _, told in given])
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit(matrix, [told for _, _, told in given], sample_weight=weights * len(given) / weights.sum())
    found = {word: round(float(model.coef_[0][i]), 2) for word, i in vocabulary.items()}
    return {"": round(float(model.intercept_[0]), 2)} | {w: v for w, v in found.items() if abs(v) >= 0.1}


def main() -> None:
    """Fits, prints, and writes where it is asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    given = list(texts())
    found = fitted(given)
    print(f"{len(given)} texts, {len(found) - 1} words; read in full of each set (line {LINE}):")
    for name, told in sorted({(name, told) for name, _, told in given}):
        these = [text for n, text, t in given if (n, t) == (name, told)]
        scores = [score(text, found) for text in these]
        share = sum(tells_of_violence(text, found) for text in these) / len(these)
        low = sorted(scores)[len(scores) // 50]
        print(f"  {name:<10}{'violence' if told else 'other':<10}{len(scores):>5}{share:>8.3f}{low:>8.2f}")
    if asked.write:
        with TABLE.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([("word", "weight"), *sorted(found.items())])


if __name__ == "__main__":
    main()
