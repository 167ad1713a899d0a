"""Measures a tagger on annotated articles: `python -m training.tagger.measure FOLDER` prints scores, speed and reliability."""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from counterclaim.models.tagger import Piece, Role, Tagger, known_hashes_in
from counterclaim.reading.tagged import Attribution, evidence, link_pieces
from training.tagger.marked import marked
from training.tagger.material import rows


def read(tagger: Tagger, articles: Sequence[dict[str, Any]]) -> list[tuple[Attribution, ...]]:
    """The attributions that the tagger and the linking find in each article."""
    return [link_pieces(a["text"], tagger.tag(a["text"])) for a in articles]


def as_lines(articles: Sequence[dict[str, Any]], found: Sequence[Sequence[Attribution]]) -> list[dict[str, Any]]:
    """What score_attribution.py takes."""
    return [
        {"id": a["id"], "attributions": [{"source": x.source, "cue": x.cue, "content": x.content} for x in each]}
        for a, each in zip(articles, found, strict=True)
    ]


def right(scorer: Any, text: str, gold: dict[str, Any], found: Sequence[Attribution]) -> list[bool]:
    """For every attribution found, whether the scorer would let it stand for one of the gold ones (content and source)."""

    def chars(pieces: Sequence[Sequence[int]]) -> set[int]:
        return {i for a, b in pieces for i in range(a, b) if not text[i].isspace()}

    items = [(chars(g["content"]), chars(g["source"])) for g in gold["attributions"] if g["content"]]
    verdicts = []
    for each in found:
        content, source = chars(each.content), chars(each.source)
        verdicts.append(
            any(2 * len(c & content) >= len(c) and (bool(s & source) or not (s or source)) for c, s in items if c & content)
        )
    return verdicts


def reliability(pairs: Sequence[tuple[float, bool]], edges: Sequence[float]) -> list[tuple[float, float, int, float, float]]:
    """Rows of (from, to, number, mean confidence, share right)."""
    table = []
    for low, high in itertools.pairwise(edges):
        inside = [(p, ok) for p, ok in pairs if low <= p < high or (high == edges[-1] and p == high)]
        if inside:
            n = len(inside)
            table.append((low, high, n, sum(p for p, _ in inside) / n, sum(ok for _, ok in inside) / n))
    return table


def evidence_of(each: Attribution, pieces: Sequence[Piece]) -> tuple[float, ...]:
    """What the confidence of `each` was made of."""
    by_span = {(p.role, p.start, p.end): p for p in pieces}
    parts = (each.source, each.cue, each.content)
    return evidence(*([by_span[role, a, b] for a, b in part] for role, part in zip(_ROLES, parts, strict=True)))


_ROLES: tuple[Role, ...] = ("source", "cue", "content")


def fitted(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights of a logistic regression of `y` on the columns of `x` (Newton's method, a ridge of 1 on all but the first)."""
    weights = np.zeros(x.shape[1])
    ridge = np.diag([0.0, *[1.0] * (x.shape[1] - 1)])
    for _ in range(25):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (y - p) - ridge @ weights
        weights = weights + np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + ridge + 1e-9 * np.eye(len(weights)), slope)
    return weights


def show_reliability(pairs: Sequence[tuple[float, bool]]) -> None:
    """Prints the table and how far confidence and truth are apart on average."""
    print("confidence     number  mean   right")
    for low, high, n, mean, share in reliability(pairs, [i / 10 for i in range(11)]):
        print(f"{low:.2f} to {high:.2f}  {n:6}  {mean:.3f}  {share:.3f}")
    off = sum(n * abs(m - s) for _, _, n, m, s in reliability(pairs, [i / 10 for i in range(11)])) / max(1, len(pairs))
    print(f"expected calibration error {off:.3f}")


def main() -> None:
    """See --help."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--gold", type=Path, default=Path("../shared/data/polnear/dev.jsonl.gz"))
    parser.add_argument("--scorer", type=Path, default=Path("../shared/eval/score_attribution.py"))
    parser.add_argument("--json", type=Path, help="write the report there as well")
    parser.add_argument("--each", action="store_true", help="print what was found in each article")
    options = parser.parse_args()
    spec = importlib.util.spec_from_file_location("score_attribution", options.scorer)
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    tagger = Tagger.load(options.folder, known_hashes_in(options.folder / "tagger-2.sha256"))
    articles = marked(options.gold) if options.gold.suffix == ".txt" else list(rows(options.gold))
    tagger.tag(articles[0]["text"])
    begun = time.process_time()
    found = read(tagger, articles)
    seconds = time.process_time() - begun
    report = scorer.evaluate(articles, as_lines(articles, found), ci=0)
    scorer.show(report)
    if options.each:
        for article, each in zip(articles, found, strict=True):
            print(article["text"])
            for one in each:
                parts = (" + ".join(article["text"][a:b] for a, b in part) for part in (one.source, one.cue, one.content))
                print(f"  {one.confidence:.2f}", *(f"[{part}]" for part in parts))
    words = sum(len(a["text"].split()) for a in articles)
    print(f"{words} words in {seconds:.1f} CPU seconds: {words / seconds:.0f} a second")
    verdicts = [right(scorer, article["text"], article, each) for article, each in zip(articles, found, strict=True)]
    pairs = [(x.confidence, ok) for each, oks in zip(found, verdicts, strict=True) for x, ok in zip(each, oks, strict=True)]
    print("as it stands")
    show_reliability(pairs)
    x, y = [], []
    fold = []
    for i, (article, each, oks) in enumerate(zip(articles, found, verdicts, strict=True)):
        pieces = tagger.tag(article["text"])
        x.extend(evidence_of(one, pieces) for one in each)
        y.extend(oks)
        fold.extend([i % 2] * len(each))
    xs, ys, folds = np.array(x), np.array(y, dtype=np.float64), np.array(fold)
    print("fitted on one half of the articles, measured on the other, both ways")
    crossed: list[tuple[float, bool]] = []
    for part in (0, 1):
        weights = fitted(xs[folds != part], ys[folds != part])
        p = 1 / (1 + np.exp(-xs[folds == part] @ weights))
        crossed.extend(zip(p.tolist(), (ys[folds == part] > 0).tolist(), strict=True))
    show_reliability(crossed)
    print("CONFIDENCE =", tuple(round(w, 3) for w in fitted(xs, ys).tolist()))
    if options.json:
        options.json.write_text(json.dumps(report, indent=1, sort_keys=True) + "\n", "utf-8")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
