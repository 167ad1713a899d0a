"""What the tagger learns from: annotated articles as windows of words with a label each, in ever new shapes."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from counterclaim.models.tagger import CONTEXT, LABELS, WINDOW, Window, paragraphs_of, windows_of, words_of

OPEN, CLOSE = 101, 102
"""The sub-words [CLS] and [SEP] of the base vocabulary."""

SIZES = (128, 192, WINDOW, WINDOW)
"""Windows come in several sizes, so that a lone paragraph is as familiar as the middle of a long article."""


@dataclass(frozen=True, slots=True)
class Example:
    """A window and the label (index into LABELS) of each of its words."""

    window: Window
    labels: list[int]


def rows(file: Path) -> Iterator[dict[str, Any]]:
    """The JSON lines of a gzip file."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def articles(folder: Path) -> list[list[dict[str, Any]]]:
    """The training articles, each as its readings by one or several annotators; only ids in train."""
    readings = {row["id"]: [row] for row in rows(folder / "train.jsonl.gz")}
    for row in rows(folder / "multi_annotator.jsonl.gz"):
        known = readings.get(row["id"])
        if known is not None and row["text"] == known[0]["text"] and row["annotator"] != known[0]["annotator"]:
            known.append(row)
    return list(readings.values())


def labels_of(row: dict[str, Any], spans: list[tuple[int, int]]) -> list[int]:
    """The label of each word (offsets in `spans`, in order) in one reading of an article."""
    labels = [0] * len(spans)
    index: dict[int, int] = {}
    for i, (a, b) in enumerate(spans):
        for offset in range(a, b):
            index[offset] = i
    # the outer attribution is the one marked, and spans hardly ever overlap: what is later only fills in
    for role in ("source", "cue", "content"):
        begin = LABELS.index(f"B-{role}")
        for attribution in row["attributions"]:
            for a, b in attribution[role]:
                inside = sorted({index[o] for o in range(a, b) if o in index})
                inside = [i for i in inside if not labels[i]]
                for n, i in enumerate(inside):
                    # a piece goes on only from its own words
                    labels[i] = begin + (n > 0 and inside[n - 1] == i - 1)
    return labels


def requoted(text: str, draw: random.Random) -> str:
    """The same text, as long, with the quotation marks of another house: straight, British single, or one gone astray."""
    kind = draw.random()
    if kind < 0.55:
        return text
    if kind < 0.75:
        return text.translate(str.maketrans("“”‘’", "\"\"''"))
    if kind < 0.88:
        return text.translate(str.maketrans('“”"', "‘’'"))
    return "".join(" " if c in '“”"' and draw.random() < 0.2 else c for c in text)


def examples(readings: list[list[dict[str, Any]]], tokenizer: Any, draw: random.Random) -> list[Example]:
    """One pass over the articles: one reading of each, cut into windows of a drawn size."""
    found: list[Example] = []
    for versions in readings:
        row = draw.choice(versions)
        text = requoted(row["text"], draw)
        paragraphs = [words_of(tokenizer, text, *span) for span in paragraphs_of(text)]
        spans = [span for words in paragraphs for span in words.spans]
        labels = dict(zip(spans, labels_of(row, spans), strict=True))
        # a cut at a drawn paragraph moves all the windows' edges
        cut = draw.randrange(min(4, len(paragraphs)))
        for part in (paragraphs[:cut], paragraphs[cut:]):
            size = draw.choice(SIZES)
            # most windows go without context: their own first paragraph is that of the next, and nothing is read twice
            shown = CONTEXT if draw.random() < 0.25 else 0
            for window in windows_of(part, None, (OPEN, CLOSE), size, shown):
                found.append(Example(window, [labels[s] for s in window.spans]))
    return found


def batches(found: list[Example], size: int, draw: random.Random) -> Iterator[list[Example]]:
    """Examples of like length together, `size` sub-words at most, in drawn order."""
    ordered = sorted(found, key=lambda e: (len(e.window.ids), draw.random()))
    groups: list[list[Example]] = [[]]
    for example in ordered:
        if groups[-1] and (len(groups[-1]) + 1) * len(example.window.ids) > size:
            groups.append([])
        groups[-1].append(example)
    draw.shuffle(groups)
    yield from groups
