"""Linking on Spark: the functions that link a case, each where its reports lie; the same links, byte for byte."""

from __future__ import annotations

import pickle
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from counterclaim.linking.claims import gather_claims
from counterclaim.linking.mentions import told_in
from counterclaim.linking.names import join_names
from counterclaim.linking.utterances import join_utterances
from counterclaim.linking.versions import address_key, other_captures
from counterclaim.records import Linkage, ReadReport, Report
from counterclaim.scale.carried import Numbers, copies_on, passages_on
from counterclaim.scale.condensed import condensed
from counterclaim.scale.joined import incidents_on
from counterclaim.scale.steps import Steps
from counterclaim.scale.tables import Row

if TYPE_CHECKING:
    from pyspark import Broadcast

    from counterclaim.linking.mentions import Key

STEPS = 15
"""How many steps are kept, at most, for those who watch."""


@dataclass(frozen=True, slots=True)
class Heads:
    """What the driver knows of all reports: each `condensed`, sorted by id; and for every report and mention, by file and in the
    file's order, its place among all, sorted by id and by time."""

    reports: tuple[ReadReport, ...]
    numbers: list[NDArray[np.int64]]
    places: list[list[NDArray[np.int64]]]
    mentions: int


def link_on(steps: Steps) -> Linkage:
    """The linkage of all reports that were read, as `linking.link` gives it.

    Copies, passages and incidents are found by the workers. Names, sayings and claims are found here, among reports cut down to
    their statements, for who is who hangs on all reports at once; 10 to 15 kB of memory a report.
    """
    heads = _heads(steps)
    numbers, places = steps.shared(heads.numbers), steps.shared(heads.places)
    ids = [r.report.id for r in heads.reports]
    copies = copies_on(steps, numbers, ids)
    copies = tuple(sorted((*copies, *other_captures(_recaptured(steps, heads, numbers), copies)), key=lambda link: link.copy))
    aliases = join_names(heads.reports)
    names = dict(aliases)
    incidents, events = incidents_on(steps, places, heads.mentions, heads.reports, copies, names)
    passages = passages_on(steps, numbers, ids, copies)
    return Linkage(
        copies=copies,
        utterances=join_utterances(heads.reports, copies, names, incidents),
        incidents=incidents,
        claims=gather_claims(heads.reports, incidents, names),
        names=aliases,
        events=tuple(sorted(events.items())),
        passages=passages,
    )


def _heads(steps: Steps) -> Heads:
    def head(file: int, n: int, read: ReadReport) -> Iterator[Row]:
        keys = [key for key, _ in told_in(read)]
        yield {"file": file, "n": n, "head": zlib.compress(pickle.dumps((condensed(read), keys)), 1)}

    steps.keep("heads", steps.each_report(head, "file int, n int, head binary"))
    found: list[tuple[int, int, ReadReport, list[Key]]] = []
    for row in steps.found("heads"):
        read, keys = pickle.loads(zlib.decompress(row["head"]))
        found.append((row["file"], row["n"], read, keys))
    found.sort(key=lambda row: row[:2])
    number = {id: n for n, id in enumerate(sorted(read.report.id for _, _, read, _ in found))}
    place = {key: n for n, key in enumerate(sorted(key for *_, keys in found for key in keys))}
    files = 1 + max((file for file, *_ in found), default=-1)
    numbers: list[list[int]] = [[] for _ in range(files)]
    places: list[list[NDArray[np.int64]]] = [[] for _ in range(files)]
    for file, _, read, keys in found:
        numbers[file].append(number[read.report.id])
        places[file].append(np.array([place[key] for key in keys], np.int64))
    return Heads(
        reports=tuple(sorted((read for _, _, read, _ in found), key=lambda r: r.report.id)),
        numbers=[np.array(of_file, np.int64) for of_file in numbers],
        places=places,
        mentions=len(place),
    )


def _recaptured(steps: Steps, heads: Heads, numbers: Broadcast[Numbers]) -> list[Report]:
    """The reports that are one of several at their address, whole, sorted by id: those that `other_captures` looks at."""
    at: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for n, read in enumerate(heads.reports):
        key = address_key(read.report.url)
        if key is not None and read.report.recorder is None:
            at[key, read.report.part is None].append(n)
    wanted = steps.shared(frozenset(n for several in at.values() if len(several) > 1 for n in several))
    if not wanted.value:
        return []

    def whole(file: int, n: int, read: ReadReport) -> Iterator[Row]:
        if int(numbers.value[file][n]) in wanted.value:
            yield {"report": pickle.dumps(read.report)}

    steps.keep("recaptured", steps.each_report(whole, "report binary"))
    return sorted((pickle.loads(row["report"]) for row in steps.found("recaptured")), key=lambda r: str(r.id))
