"""Rebuilds the weights that incidents are joined by, and prints how well incidents are joined that they were not learned from.

    python training/linking.py [--kept FOLDER] [--shootings N] [--write]

Learns from the labelled sets beside the clone (../shared/data): gun violence articles, field reports and ECB+ for mentions of any
kind, candidate events of UCDP for headlines. Each set is one case; of its pairs of main mentions that linking would compare, each
with the levels it meets, a logistic regression learns how much each level tells (ridge, drawn towards what was set by hand, so
that a level that few pairs meet keeps its sense). Four folds by incident: each fold's figures come from weights of the other
three, clustered as linking does. --kept keeps the readings, which take longest; --write puts the weights of all folds, with how
many true and false pairs meet each level, into the table that ships.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import pickle
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from counterclaim.errors import EmptyInput
from counterclaim.intake import report_of
from counterclaim.linking.clustering import Alike, Pair
from counterclaim.linking.comparing import HOPELESS, Comparison
from counterclaim.linking.copies import find_copies
from counterclaim.linking.incidents import in_turn
from counterclaim.linking.likeness import OWN_DAYS, brief
from counterclaim.linking.mentions import Comparable, comparables
from counterclaim.linking.names import join_names
from counterclaim.linking.weights import CONTRADICTIONS, TABLE
from counterclaim.pipeline import read_report
from counterclaim.records import ReadReport

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"

FOLDS = 4

PULL = {False: 100.0, True: 10.0}
"""How strongly weights are drawn to those set by hand: pairs that would have to speak for another value. Pair F1 of the folds
with 30, 100 and 300, mentions clustered in one turn: shootings .871, .863, .860; ECB+ .804, .823, .825; field reports .924,
.950, .950."""

FIXED = 1e9
"""The same for what every pair gets: the size of a case gives it, and a constant on top would join what dates keep apart in a
small case."""

LEAN = {False: 0.0, True: 1.0}
"""Points that every pair gets on top of what was learned: two headlines are rarely likelier one than not by themselves, but
groups that are alike throughout are. Pair F1 of the folds with 0, 1 and 2: .29, .35, .32, at a precision of .48, .38, .25."""

EFFECTIVE = 4000
"""Pairs that each set counts for, however many it has: otherwise the largest would decide alone."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """A labelled set: its file, how its rows are made reports, and which incident each tells of (None: of no one known)."""

    name: str
    file: str
    learned: bool = True
    headlines: bool = False
    most: int | None = None

    def rows(self) -> list[tuple[str, str | None, Row]]:
        """Id, incident and what the report is made from, the largest hashes of incidents first."""
        file = DATA / self.file
        with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
            given = [json.loads(line) for line in lines if line.strip()]
        if self.headlines:
            return _headlines(given)
        found = []
        for row in given:
            incident = row.get("cluster", row.get("incident"))
            known = row.get("usable", True) and not row.get("also") and incident != "none"
            # a line without a text is linked by its title
            text = row["text"].strip() or row.get("title") or ""
            facts = {"text": text, "published": row.get("published") or row.get("date"), "title": row.get("title")}
            found.append((str(row["id"]), str(incident) if known else None, facts))
        found.sort(key=lambda row: (_hash(row[1] or row[0]), row[0]), reverse=True)
        return found[: self.most]


def _headlines(events: Sequence[Row]) -> list[tuple[str, str | None, Row]]:
    """A report a headline. One that is filed under several events tells of no one incident."""
    filed = [
        (f"{event['id']}/{k}", str(event["id"]), {"text": s["headline"], "published": s["date"], "outlet": s["office"]})
        for event in events
        for k, s in enumerate(event["sources"])
    ]
    times = Counter((facts["text"].strip(), facts["published"], facts["outlet"]) for _, _, facts in filed)
    return [
        (id, event if times[facts["text"].strip(), facts["published"], facts["outlet"]] == 1 else None, facts)
        for id, event, facts in filed
    ]


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


@dataclass
class Case:
    """One set as linking sees it: its candidate pairs, the levels each meets, and which of them are known to be one incident."""

    source: Source
    mentions: Sequence[Comparable]
    unread: frozenset[str]
    labels: dict[str, str]
    pairs: list[Pair]
    met: NDArray[np.float64]
    sizes: tuple[float, float]
    brief: NDArray[np.bool_]
    against: NDArray[np.bool_]
    sized: NDArray[np.bool_]
    known: NDArray[np.bool_]
    one: NDArray[np.bool_]
    folds: NDArray[np.int64]

    def clustered(self, points: NDArray[np.float64]) -> dict[str, str]:
        """The group that each labelled report's main mention comes into."""
        alike = {
            pair: Alike(p, a)
            for pair, p, a in zip(self.pairs, points.tolist(), self.against.tolist(), strict=True)
            if a or p > HOPELESS
        }
        told: dict[str, str] = {}
        for group in in_turn(self.mentions, alike, self.unread):
            for i in group:
                if self.mentions[i].mention.main:
                    told[self.mentions[i].ref.report] = str(group[0])
        return told


def case_of(source: Source, kept: Path | None, levels: Sequence[str]) -> Case:
    """Reads a set, or takes its kept readings, and lays out its pairs."""
    rows = source.rows()
    reads = readings(source, rows, kept)
    labels = {id: incident for id, incident, _ in rows if incident is not None}
    copies = find_copies([r.report for r in reads])
    names = dict(join_names(reads))
    mentions = sorted((c for r in reads for c in comparables(r, names)), key=lambda c: c.key)
    comparison = Comparison(mentions, copies, reads)
    place = {name: n for n, name in enumerate(levels)}
    main = [labels.get(c.ref.report) if c.mention.main else None for c in mentions]
    pairs = list(comparison.candidates())
    met = np.zeros((len(pairs), len(levels)))
    flags = np.zeros((6, len(pairs)), np.int64)
    for n, (i, j) in enumerate(pairs):
        for level in comparison.levels(i, j):
            met[n, place[level.name]] += level.amount
            flags[1, n] |= level.name in CONTRADICTIONS
        flags[0, n] = brief(mentions[i], mentions[j])
        a, b = main[i], main[j]
        if a is not None and b is not None:
            flags[2:, n] = True, a == b, fold_of(a), fold_of(b)
    return Case(
        source,
        mentions,
        frozenset(r.report.id for r in reads if r.reading.error),
        labels,
        pairs,
        met,
        (comparison.size(False), comparison.size(True)),
        flags[0] > 0,
        flags[1] > 0,
        (met[:, [place[name] for name in sorted(OWN_DAYS)]] == 0).all(axis=1),
        flags[2] > 0,
        flags[3] > 0,
        flags[4:],
    )


def fold_of(incident: str) -> int:
    """The fold, from 0, that an incident is in."""
    return _hash(incident)[1] % FOLDS


def readings(source: Source, rows: Sequence[tuple[str, str | None, Row]], kept: Path | None) -> list[ReadReport]:
    """The set's reports with their readings, as kept or read now."""
    file = kept / f"{source.name}.pickle" if kept else None
    if file and file.is_file():
        return list(pickle.loads(file.read_bytes()))
    found = []
    for id, _, facts in rows:
        try:
            report = report_of(id=id, **facts)
        except EmptyInput:
            continue
        found.append(ReadReport(report, read_report(report)))
    if file:
        file.write_bytes(pickle.dumps(found))
    return found


def learned(cases: Sequence[Case], start: NDArray[np.float64], *, headlines: bool, without: int | None) -> NDArray[np.float64]:
    """The weights after learning from all pairs but those of one fold."""
    rows, truth, counts, offsets = [], [], [], []
    for case in cases:
        if case.source.learned and case.source.headlines == headlines:
            held = case.known & (case.brief == headlines)
            if without is not None:
                held &= (case.folds != without).all(axis=0)
            rows.append(case.met[held])
            truth.append(case.one[held])
            offsets.append(case.sized[held] * case.sizes[headlines])
            counts.append(np.full(held.sum(), min(1.0, EFFECTIVE / max(1, held.sum()))))
    x, y, w, offset = np.concatenate(rows), np.concatenate(truth), np.concatenate(counts), np.concatenate(offsets)
    pull = np.full(len(start), PULL[headlines])
    if not headlines:
        pull[0] = FIXED
    given = start.copy()
    for _ in range(25):  # Newton's steps for the ridge regression; they settle long before
        p = 1 / (1 + np.exp(-np.clip(x @ given + offset, -30, 30)))
        slope = x.T @ (w * (y - p)) - pull * (given - start)
        bend = (x * (w * p * (1 - p))[:, None]).T @ x + np.diag(pull)
        step = np.linalg.solve(bend, slope)
        given = given + step
        if np.abs(step).max() < 1e-6:
            break
    given[0] += LEAN[headlines]
    return given


def points(case: Case, plain: NDArray[np.float64], headlines: NDArray[np.float64]) -> NDArray[np.float64]:
    """The points of all of a case's pairs."""
    sizes = case.sized * np.where(case.brief, case.sizes[True], case.sizes[False])
    return np.asarray(np.where(case.brief, case.met @ headlines, case.met @ plain) + sizes)


def pair_scores(told: Mapping[str, str], labels: Mapping[str, str], fold: int | None = None) -> NDArray[np.float64]:
    """Pairs of reports rightly put together, put together, and to be put together; of a fold those within it, and half of those
    that are put together across its border."""
    mine = {id: incident for id, incident in labels.items() if fold is None or fold_of(incident) == fold}

    def pairs(counts: Iterable[int]) -> float:
        return sum(n * (n - 1) / 2 for n in counts)

    groups = {id: told.get(id, id) for id in labels}
    all_in, own = Counter(groups.values()), Counter(groups[id] for id in mine)
    across = sum(n * (all_in[group] - n) / 2 for group, n in own.items())
    right = pairs(Counter((groups[id], labels[id]) for id in mine).values())
    return np.array((right, pairs(own.values()) + across, pairs(Counter(mine.values()).values())))


def f1(right: float, found: float, wanted: float) -> float:
    """F1 of pairs."""
    return 2 * right / max(1, found + wanted)


def main() -> None:
    """Learns, prints the figures of the folds, and writes the table where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", type=Path, help="a folder for the readings")
    parser.add_argument("--shootings", type=int, default=2000, help="gun violence articles to learn from")
    parser.add_argument("--write", action="store_true", help="put the weights into the table that ships")
    asked = parser.parse_args()
    with TABLE.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    levels = [row["level"] for row in table]
    starts = {
        headlines: np.array([float(row["brief set" if headlines else "set"]) for row in table]) for headlines in (False, True)
    }
    sources = (
        Source("shootings", "gva/dev.jsonl.gz", most=asked.shootings),
        Source("field", "field/dev_restated.jsonl"),
        Source("events", "ecbplus/dev.jsonl.gz"),
        Source("headlines", "ucdp/candidate_dev.jsonl.gz", headlines=True),
        Source("news", "newscluster/dev.jsonl.gz", learned=False),
    )
    cases = [case_of(source, asked.kept, levels) for source in sources]
    print(f"{'set':<12}{'pairs':>8}{'true':>7}  {'set by hand':>11}  {'folds':>6}  {'all':>6}   pair F1")
    everything = {h: learned(cases, starts[h], headlines=h, without=None) for h in (False, True)}
    for case in cases:
        labels = case.labels
        by_hand = f1(*pair_scores(case.clustered(points(case, starts[False], starts[True])), labels))
        of_folds = np.zeros(3)
        for fold in range(FOLDS):
            given = [learned(cases, starts[h], headlines=h, without=fold) for h in (False, True)]
            of_folds += pair_scores(case.clustered(points(case, *given)), labels, fold)
        all_of_it = f1(*pair_scores(case.clustered(points(case, everything[False], everything[True])), labels))
        print(
            f"{case.source.name:<12}{case.known.sum():>8}{case.one.sum():>7}  {by_hand:>11.3f}  {f1(*of_folds.tolist()):>6.3f}"
            f"  {all_of_it:>6.3f}",
            flush=True,
        )
    for n, row in enumerate(table):
        for headlines, column in ((False, "points"), (True, "brief")):
            row[column] = f"{everything[headlines][n]:.2f}"
            held = [c for c in cases if c.source.learned and c.source.headlines == headlines]
            for one, what in ((True, "true"), (False, "false")):
                met = sum(int(((c.met[:, n] > 0) & c.known & (c.one == one) & (c.brief == headlines)).sum()) for c in held)
                row[f"{'brief ' if headlines else ''}{what}"] = str(met)
    if asked.write:
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(table[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(table)
    else:
        print(*(",".join(row.values()) for row in table), sep="\n")


if __name__ == "__main__":
    main()
