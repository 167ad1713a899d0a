"""Prints how well Splink joins the gun violence articles, with the pairs, comparisons and folds that linking's own weights have.

    python training/fellegi_sunter.py [--kept FOLDER] [--shootings N]

Splink scores the pairs of main mentions that linking would compare, by the levels these meet (of a line the nearest). Its m is
estimated from the labels of three folds by incident, its u by random sampling; the threshold is the best of those three folds. It
clusters by connected components, as it ships, and by linking's constrained clustering. Splink is no dependency: install it to run
this.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from math import log
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from counterclaim.linking.comparing import Comparison
from counterclaim.linking.copies import find_copies
from counterclaim.linking.weights import TABLE
from linking import FOLDS, Case, Source, case_of, f1, fold_of, learned, pair_scores, points, readings

GROUPS = {
    "day": "same day|dates agree|long spans agree|day named|1 day apart|3 days apart|a week apart|a month apart|long apart"
    "|published before|published long before",
    "place": "same place|place named|near|same region|same country|other country|elsewhere|far",
    "accused": "same accused",
    "toll": "same toll|same small toll|other toll|toll far apart",
    "names": "names 0|names 1|names 2|names 3|names 4|names 6",
    "words": "words 0.03|words 0.075|words 0.125|words 0.175|words 0.225|words 0.3|words 0.4|words 0.6|words 0.9",
    "headlines": "headlines 0|headlines 0.05|headlines 0.15|headlines 0.5",
    "ages": "same age|other ages",
    "reported": "reported same day|reported next day|reported 2 days|reported 3 days|reported a week|reported 3 weeks"
    "|reported 3 months|reported longer",
    "copies": "one copies the other",
}
"""What Splink takes for independent comparisons, each with its levels; a pair that meets none of them is at the last one."""

THRESHOLDS = range(8, 29, 4)
"""Match weights, in bits, to choose from; the best lie inside. They are high because Splink adds up what is not independent."""


class Model:
    """One Splink model over the main mentions of a case, its m learned from the labels of all folds but one."""

    def __init__(self, case: Case, comparison: Comparison, fold: int) -> None:
        import duckdb
        from splink import Linker, SettingsCreator
        from splink.backends.duckdb import DuckDBAPI

        @cache
        def met(left: int, right: int) -> dict[str, int]:
            amounts = {level.name: level.amount for level in comparison.levels(min(left, right), max(left, right))}
            found = {}
            for name, levels in GROUPS.items():
                held = [(amounts.get(level, 0.0), -n) for n, level in enumerate(levels.split("|"))]
                found[name] = -max(held)[1] if max(held)[0] else len(held)
            return found

        self.case = case
        connection = duckdb.connect()
        for name in GROUPS:
            connection.create_function(f"met_{name}", _one(met, name), ["BIGINT", "BIGINT"], "INTEGER")
        told = [case.labels.get(c.ref.report) if c.mention.main else None for c in case.mentions]
        taught = [label if label is not None and fold_of(label) != fold else None for label in told]
        main = [n for n, c in enumerate(case.mentions) if c.mention.main]
        connection.execute(
            "CREATE TABLE mentions AS SELECT unnest(?::BIGINT[]) AS unique_id, unnest(?::VARCHAR[]) AS incident",
            [main, [taught[n] for n in main]],
        )
        both = [(i, j) for i, j in case.pairs if case.mentions[i].mention.main and case.mentions[j].mention.main]
        connection.execute(
            "CREATE TABLE pairs AS SELECT '0' AS match_key, unnest(?::BIGINT[]) AS join_key_l, unnest(?::BIGINT[]) AS join_key_r",
            [[i for i, _ in both], [j for _, j in both]],
        )
        api = DuckDBAPI(connection=connection)
        pairs = sum(taught.count(one) - 1 for one in taught if one is not None) / 2
        known = sum(one is not None for one in taught)
        settings = SettingsCreator(
            link_type="dedupe_only",
            comparisons=[_comparison(name, levels.split("|")) for name, levels in GROUPS.items()],
            blocking_rules_to_generate_predictions=["l.unique_id = r.unique_id"],
            probability_two_random_records_match=2 * pairs / (known * (known - 1)),
            retain_matching_columns=False,
        )
        self.linker = Linker(api.register("mentions"), settings, log_level="ERROR")
        self.linker.training.estimate_u_using_random_sampling(max_pairs=1e5, seed=1)
        self.linker.training.estimate_m_from_label_column("incident")
        self.linker.table_management.register_blocked_pairs_for_predict(api.register("pairs"))
        self.predicted = self.linker.inference.predict(threshold_match_weight=-20)

    def weights(self) -> dict[tuple[int, int], float]:
        """The match weight of every pair that was scored, in bits."""
        rows = self.predicted.as_record_list()
        return {tuple(sorted((r["unique_id_l"], r["unique_id_r"]))): r["match_weight"] for r in rows}

    def connected(self, threshold: float) -> dict[str, str]:
        """The group each report comes into where pairs from `threshold` on are connected."""
        found = self.linker.clustering.cluster_pairwise_predictions_at_threshold(self.predicted, threshold_match_weight=threshold)
        return {self.case.mentions[r["unique_id"]].ref.report: str(r["cluster_id"]) for r in found.as_record_list()}

    def constrained(self, threshold: float) -> dict[str, str]:
        """The group each report comes into by linking's clustering, where `threshold` is the weight that joins two."""
        weights = self.weights()
        scores = [(weights.get(pair, -40.0) - threshold) * log(2) for pair in self.case.pairs]
        return self.case.clustered(np.array(scores))


def _one(met: Callable[[int, int], dict[str, int]], name: str) -> Callable[[int, int], int]:
    return lambda left, right: met(left, right)[name]


def _comparison(name: str, levels: list[str]) -> Any:
    from splink.comparison_level_library import CustomLevel, ElseLevel
    from splink.comparison_library import CustomComparison

    value = f"met_{name}(unique_id_l, unique_id_r)"
    told = [CustomLevel(f"{value} = {n}", label_for_charts=level) for n, level in enumerate(levels)]
    return CustomComparison(output_column_name=name, comparison_levels=[*told, ElseLevel()])


def main() -> None:
    """Prints pair F1 over the folds of linking's own weights, learned from the same articles, and of Splink."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kept", type=Path, help="a folder for the readings")
    parser.add_argument("--shootings", type=int, default=2000, help="gun violence articles")
    asked = parser.parse_args()
    if find_spec("splink") is None:
        raise SystemExit("splink is not installed: nothing was compared")
    with TABLE.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    source = Source("shootings", "gva/dev.jsonl.gz", most=asked.shootings)
    case = case_of(source, asked.kept, [row["level"] for row in table])
    reads = readings(source, source.rows(), asked.kept)
    comparison = Comparison(case.mentions, find_copies([r.report for r in reads]), reads)
    start, brief = (np.array([float(row[column]) for row in table]) for column in ("set", "brief set"))
    found = {name: np.zeros(3) for name in ("own", "connected", "constrained")}
    took = dict.fromkeys(("own", "splink"), 0.0)
    for fold in range(FOLDS):
        began = perf_counter()
        own = learned([case], start, headlines=False, without=fold)
        found["own"] += pair_scores(case.clustered(points(case, own, brief)), case.labels, fold)
        took["own"] += perf_counter() - began
        began = perf_counter()
        model = Model(case, comparison, fold)
        took["splink"] += perf_counter() - began
        others = [other for other in range(FOLDS) if other != fold]
        for name, cluster in (("connected", model.connected), ("constrained", model.constrained)):
            told = [cluster(threshold) for threshold in THRESHOLDS]
            best = max(told, key=lambda one: f1(*sum(pair_scores(one, case.labels, other) for other in others)))
            found[name] += pair_scores(best, case.labels, fold)
            print(f"fold {fold}, {name}: threshold {THRESHOLDS[told.index(best)]} bits", flush=True)
    for name, scores in found.items():
        print(f"{name:<12} pair F1 {f1(*scores):.3f}  precision {scores[0] / scores[1]:.3f}  recall {scores[0] / scores[2]:.3f}")
    print(*(f"{name} {seconds:.1f} s" for name, seconds in took.items()), sep=", ")


if __name__ == "__main__":
    main()
