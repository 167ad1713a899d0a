"""Copies and passages on Spark: texts that share wording meet by their hashes, and are compared by linking's own functions."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from counterclaim.linking.copies import DERIVED, LEAST, copies_among, unlike
from counterclaim.linking.grouping import Groups
from counterclaim.linking.passages import alike_paragraphs, apart, own_paragraphs, passages_among, sample
from counterclaim.linking.shingles import CROWD, Shingles, contains, likely, own_words, sharing, sketches
from counterclaim.records import CopyLink, PassageLink, ReadReport, Report
from counterclaim.scale.spark import in_batches
from counterclaim.scale.steps import Steps
from counterclaim.scale.tables import Row

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyspark import Broadcast

Numbers = list[NDArray[np.int64]]
"""Of every file the places of its reports among all, sorted by id."""

_NONE: Shingles = np.zeros(0, np.uint64)


def copies_on(steps: Steps, numbers: Broadcast[Numbers], ids: Sequence[str]) -> tuple[CopyLink, ...]:
    """The copies among all reports, whose ids are `ids`, as `find_copies` gives them."""

    def sketched(file: int, n: int, read: ReadReport) -> Iterator[Row]:
        if read.report.recorder is None:
            own = own_words(read.report.text)
            minima = sketches([own])[0].tobytes() if len(own) >= LEAST else b""
            yield {"doc": int(numbers.value[file][n]), "minima": minima, "own": own.tobytes()}

    def keyed(row: Row) -> Iterator[Row]:
        for column, least in enumerate(np.frombuffer(row["minima"], np.uint32).tolist()):
            yield {"key": column << 32 | least, "doc": row["doc"]}

    def compared(batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
        yield from in_batches((row for batch in batches for row in _alike(batch.to_pylist())), _ALIKE)

    texts = steps.keep("texts", steps.each_report(sketched, "doc bigint, minima binary, own binary"))
    pairs = _pairs(steps, "near", steps.each_row(texts.select("doc", "minima"), keyed, "key bigint, doc bigint"))
    steps.keep("alike", steps.beside(pairs, texts, "doc").mapInArrow(compared, _ALIKE))
    alike = sorted((row["a"], row["b"]) for row in steps.found("alike"))
    if not alike:
        return ()
    wording = np.unique(np.concatenate([_shingles(row["shared"]) for row in steps.found("alike")]))
    everywhere = _everywhere(steps, texts, wording, alike)
    groups = Groups(sorted({doc for pair in alike for doc in pair}))
    for a, b in alike:
        groups.join(a, b)
    group_of = {doc: group[0] for group in groups.all() for doc in group}
    among: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for a, b in alike:
        among[group_of[a]].append((ids[a], ids[b]))
    told = steps.shared((group_of, dict(among), everywhere))

    def members(file: int, n: int, read: ReadReport) -> Iterator[Row]:
        doc = int(numbers.value[file][n])
        group = told.value[0].get(doc)
        if group is not None:
            yield {"group": group, "doc": doc, "report": pickle.dumps(read.report)}

    def linked(rows: Iterator[Row]) -> Iterator[Row]:
        held = list(rows)
        by_id: dict[str, Report] = {r.id: r for r in (pickle.loads(row["report"]) for row in held)}
        own = {id: own_words(report.text) for id, report in by_id.items()}
        for link in copies_among(by_id, told.value[1][held[0]["group"]], own, told.value[2]):
            yield {"link": pickle.dumps(link)}

    found = steps.each_report(members, "group bigint, doc bigint, report binary")
    steps.keep("copies", steps.each_group(found, "group", ["doc"], linked, "link binary"))
    return tuple(sorted((pickle.loads(row["link"]) for row in steps.found("copies")), key=lambda link: str(link.copy)))


_ALIKE = "a bigint, b bigint, shared binary"


def _alike(rows: Sequence[Row]) -> Iterator[Row]:
    """Of some pairs of texts those that share enough, with what they share."""
    minima = np.stack([np.frombuffer(row[name], np.uint32) for name in ("minima", "minima_b") for row in rows])
    own = [_shingles(row[name]) for name in ("own", "own_b") for row in rows]
    sizes = np.array([len(found) for found in own])
    pairs = np.stack([np.arange(len(rows)), np.arange(len(rows)) + len(rows)], axis=1)
    for one, other in likely(minima, sizes, pairs, least=LEAST, part=DERIVED):
        if contains(own[one], own[other], least=LEAST, part=DERIVED):
            shared = np.intersect1d(own[one], own[other], assume_unique=True)
            yield {"a": rows[one]["a"], "b": rows[one]["b"], "shared": shared.tobytes()}


def _shingles(data: bytes) -> Shingles:
    return np.frombuffer(data, np.uint64)


def _pairs(steps: Steps, name: str, keyed: Any) -> Any:
    """The pairs `a`, `b` of numbers of `doc` that share a `key`, each once."""

    def met(batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
        held = [(b.column(0).to_numpy(), b.column(1).to_numpy()) for b in batches]
        if held:
            keys, docs = (np.concatenate(column) for column in zip(*held, strict=True))
            found = np.unique(sharing(keys, docs), axis=0)
            yield from in_batches(({"a": a, "b": b} for a, b in found.tolist()), "a bigint, b bigint")

    return steps.keep(name, steps.together(keyed, "key", ["doc"]).mapInArrow(met, "a bigint, b bigint").distinct())


def _everywhere(steps: Steps, texts: Any, wording: Shingles, alike: Sequence[tuple[int, int]]) -> Shingles:
    """Shingles of `wording`, which pairs that are `alike` share, that also stand in texts which are otherwise nothing alike."""
    told = steps.shared((wording, frozenset(alike)))

    def held(row: Row) -> Iterator[Row]:
        own = _shingles(row["own"])
        for shingle in np.intersect1d(own, told.value[0], assume_unique=True).view(np.int64).tolist():
            yield {"shingle": shingle, "doc": row["doc"], "long": len(own)}

    def stands(rows: Iterator[Row]) -> Iterator[Row]:
        some = list(rows)
        if unlike({row["doc"]: row["long"] for row in some}, told.value[1]):
            yield {"shingle": some[0]["shingle"]}

    holders = steps.each_row(texts.select("doc", "own"), held, "shingle bigint, doc bigint, long bigint")
    steps.keep("everywhere", steps.each_group(holders, "shingle", ["doc"], stands, "shingle bigint"))
    found = np.array([row["shingle"] for row in steps.found("everywhere")], np.int64).view(np.uint64)
    return np.sort(found)


def passages_on(
    steps: Steps, numbers: Broadcast[Numbers], ids: Sequence[str], copies: Sequence[CopyLink]
) -> tuple[PassageLink, ...]:  # fmt: skip
    """The passages that reports carry from one another, as `find_passages` gives them."""
    text_of = {link.copy: link.original for link in copies}
    number = {id: n for n, id in enumerate(ids)}
    told = steps.shared((text_of, {number[copy]: number[original] for copy, original in text_of.items()}))

    def sampled(file: int, n: int, read: ReadReport) -> Iterator[Row]:
        if read.report.recorder is None:
            doc = int(numbers.value[file][n])
            for shingle in sample(own_words(read.report.text)).view(np.int64).tolist():
                yield {"shingle": shingle, "doc": doc}

    def met(rows: Iterator[Row]) -> Iterator[Row]:
        docs = [row["doc"] for row in rows]
        if len(docs) > 1 and len({told.value[1].get(doc, doc) for doc in docs}) <= CROWD:
            text = told.value[1]
            yield from ({"a": a, "b": b} for a, b in combinations(docs, 2) if text.get(a, a) != text.get(b, b))

    def written(file: int, n: int, read: ReadReport) -> Iterator[Row]:
        if read.report.recorder is None:
            yield {"doc": int(numbers.value[file][n]), "report": pickle.dumps(read.report)}

    def compared(row: Row) -> Iterator[Row]:
        a, b = pickle.loads(row["report"]), pickle.loads(row["report_b"])
        if apart(a, b, told.value[0]):
            found = alike_paragraphs(a.id, own_paragraphs(a.text), b.id, own_paragraphs(b.text))
            if found:
                yield {"a": row["a"], "b": row["b"], "alike": pickle.dumps((found, a, b))}

    shingles = steps.each_report(sampled, "shingle bigint, doc bigint")
    pairs = steps.each_group(shingles, "shingle", ["doc"], met, "a bigint, b bigint").distinct()
    beside = steps.beside(pairs, steps.each_report(written, "doc bigint, report binary"), "doc")
    steps.keep("passages", steps.each_row(beside, compared, "a bigint, b bigint, alike binary"))
    alike = []
    by_id: dict[str, Report] = {}
    for row in sorted(steps.found("passages"), key=lambda row: (row["a"], row["b"])):
        found, a, b = pickle.loads(row["alike"])
        alike += found
        by_id |= {a.id: a, b.id: b}
    return passages_among(by_id, text_of, alike)
