"""Incidents on Spark: mentions meet by their rarest words, pairs are weighed and parts of the case clustered where they lie."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from counterclaim.linking.candidates import BESIDE, EVERY_PAIR, nearest, tellingest
from counterclaim.linking.clustering import Alike, Pair
from counterclaim.linking.comparing import (
    Scales,
    Tally,
    Weighed,
    cell,
    days_sought,
    habits,
    may_be_one,
    not_hopeless,
    parties,
    words_of_the_day,
)
from counterclaim.linking.grouping import Groups
from counterclaim.linking.incidents import clustered, with_ids
from counterclaim.linking.likeness import Likeness
from counterclaim.linking.mentions import Comparable, comparables
from counterclaim.records import CopyLink, Incident, ReadReport
from counterclaim.scale.steps import Steps
from counterclaim.scale.tables import Row

if TYPE_CHECKING:
    from pyspark import Broadcast

Places = list[list[NDArray[np.int64]]]
"""Of every file and report in it the places of its mentions among all, sorted by time."""

_PAIR = "i bigint, j bigint, points double, contradicted int"


_KEPT = 4000
"""Weighed mentions that a worker keeps: some 60 MB."""


class _Seldom(dict[str, int]):
    """How many mentions hold a word: one, where nothing is said. Most words of a large case stand in one mention only."""

    def __missing__(self, word: str) -> int:
        return 1


def incidents_on(
    steps: Steps, places: Broadcast[Places], mentions: int, reports: Sequence[ReadReport], copies: Sequence[CopyLink],
    names: Mapping[str, str],
) -> tuple[tuple[Incident, ...], dict[str, str]]:  # fmt: skip
    """The incidents that all reports tell of, and the events, as `join_incidents` gives them. `mentions` says how many there are,
    `reports` are the reports as the driver has them, without their texts."""
    unread = frozenset(r.report.id for r in reports if r.reading.error is not None)
    aliases = steps.shared(dict(names))

    def laid_out(file: int, n: int, read: ReadReport) -> Iterator[Row]:
        for place, c in zip(places.value[file][n].tolist(), comparables(read, aliases.value), strict=True):
            yield {"place": place, "mention": pickle.dumps(c)}

    laid = steps.keep("mentions", steps.each_report(laid_out, "place bigint, mention binary"))
    case = steps.shared(_case(steps, laid, mentions, reports, copies))
    pairs = _index(steps, laid, case) if mentions > EVERY_PAIR else _every_pair(steps, mentions)

    def weighed(row: Row) -> Iterator[Row]:
        a, b = (_weighed(case, row[place], row[mention]) for place, mention in (("a", "mention"), ("b", "mention_b")))
        if may_be_one(a.mention, b.mention):
            alike = not_hopeless(case.value.likeness(a, b))
            if alike:
                yield {"i": row["a"], "j": row["b"], "points": alike.points, "contradicted": int(alike.contradicted)}

    scored = steps.keep("scored", steps.each_row(steps.beside(pairs, laid, "place"), weighed, _PAIR))
    parts = Groups(range(mentions))
    for row in steps.found("scored"):
        if row["points"] > 0:
            parts.join(row["i"], row["j"])
    part = steps.shared(np.array([parts.root(place) for place in range(mentions)], np.int64))

    def member(row: Row) -> Iterator[Row]:
        yield {"part": int(part.value[row["place"]]), "kind": 0, "place": row["place"], "what": row["mention"]}

    def within(row: Row) -> Iterator[Row]:
        if part.value[row["i"]] == part.value[row["j"]]:
            told = (row["i"], row["j"], Alike(row["points"], bool(row["contradicted"])))
            yield {"part": int(part.value[row["i"]]), "kind": 1, "place": row["i"], "what": pickle.dumps(told)}

    def together(rows: Iterator[Row]) -> Iterator[Row]:
        held: list[Comparable] = []
        at: dict[int, int] = {}
        seen: dict[Pair, Alike] = {}
        for row in rows:
            if row["kind"] == 0:
                at[row["place"]] = len(held)
                held.append(pickle.loads(row["what"]))
            else:
                i, j, alike = pickle.loads(row["what"])
                seen[at[i], at[j]] = alike
        first_of = {c.ref: place for c, place in zip(held, at, strict=True)}

        def likeness(i: int, j: int) -> Likeness:
            return case.value.likeness(case.value.scales.weighed(held[i]), case.value.scales.weighed(held[j]))

        for cluster in clustered(held, seen, unread, likeness):
            yield {"first": first_of[cluster.members[0]], "cluster": pickle.dumps(cluster)}

    columns = "part bigint, kind int, place bigint, what binary"
    every = steps.each_row(laid, member, columns).unionAll(steps.each_row(scored, within, columns))
    steps.keep("clusters", steps.each_group(every, "part", ["kind", "place"], together, "first bigint, cluster binary"))
    found = sorted(((row["first"], row["cluster"]) for row in steps.found("clusters")), key=lambda row: row[0])
    return with_ids([pickle.loads(cluster) for _, cluster in found], unread)


class _Case:
    """What the workers know of the whole case: its scales, the copies in it, and the order in which words first stood in it."""

    def __init__(self, tally: Tally, first: Mapping[str, int], copied: frozenset[frozenset[str]]) -> None:
        self.tally, self.first, self.copied = tally, first, copied
        self._scales: Scales | None = None
        self.kept: dict[int, Weighed] = {}

    def __getstate__(self) -> tuple[Any, ...]:
        return self.tally, self.first, self.copied

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self.__init__(*state)  # type: ignore[misc]  # the same three

    @property
    def scales(self) -> Scales:
        if self._scales is None:
            self._scales = Scales(self.tally)
        return self._scales

    def likeness(self, a: Weighed, b: Weighed) -> Likeness:
        reports = frozenset((a.mention.ref.report, b.mention.ref.report))
        return self.scales.likeness(a, b, copied=reports in self.copied)


def _weighed(case: Broadcast[_Case], place: int, mention: bytes) -> Weighed:
    """The mention with its weights; a few thousand are kept, for each is compared with thirty others that lie near."""
    kept = case.value.kept
    found = kept.get(place)
    if found is None:
        if len(kept) >= _KEPT:
            kept.clear()
        found = kept[place] = case.value.scales.weighed(pickle.loads(mention))
    return found


def _words(c: Comparable) -> list[str]:
    """All by which a mention may be looked for, as `Weighed.sought` and the cell name them, in their order."""
    return [*c.words.words, *(f"#{name}" for name in c.names), *days_sought(c), *([f"@{where}"] if (where := cell(c)) else [])]


def _case(steps: Steps, laid: Any, mentions: int, reports: Sequence[ReadReport], copies: Sequence[CopyLink]) -> _Case:
    """Counts in how many mentions each word stands, where it stood first, and on how many days an outlet uses it."""
    from pyspark.sql import functions as F

    def words(row: Row) -> Iterator[Row]:
        for n, word in enumerate(_words(pickle.loads(row["mention"]))):
            yield {"word": word, "first": row["place"] << 20 | n}

    counted = steps.each_row(laid, words, "word string, first bigint").groupBy("word")
    told = counted.agg(F.count("*").alias("holders"), F.min("first").alias("first")).where("holders > 1")
    steps.keep("words", told)
    plain, named, first = _Seldom(), _Seldom(), {}
    for row in steps.found("words"):
        word = row["word"]
        first[word] = row["first"]
        if word[0] == "#":
            named[word[1:]] = row["holders"]
        elif word[0] != "@":
            plain[word] = row["holders"]

    def heard(row: Row) -> Iterator[Row]:
        for outlet, word, day in words_of_the_day(pickle.loads(row["mention"])):
            yield {"outlet": outlet, "word": word, "day": day}

    days = steps.each_row(laid, heard, "outlet string, word string, day bigint").groupBy("outlet", "word")
    steps.keep("habits", days.agg(F.countDistinct("day").alias("days")).where("days > 1"))
    used = {(row["outlet"], row["word"]): row["days"] for row in steps.found("habits")}
    copied = frozenset(frozenset((link.copy, link.original)) for link in copies)
    return _Case(Tally(mentions, plain, named, parties(reports), habits(used)), first, copied)


def _every_pair(steps: Steps, mentions: int) -> Any:
    def pairs(task: int) -> Iterator[Row]:
        yield from ({"a": a, "b": b} for a, b in combinations(range(mentions), 2))

    return steps.once(pairs, "a bigint, b bigint")


def _index(steps: Steps, laid: Any, case: Broadcast[_Case]) -> Any:
    """The pairs of mentions, `a` before `b`, that share most."""

    def told(row: Row) -> Iterator[Row]:
        c = pickle.loads(row["mention"])
        sought = case.value.scales.weighed(c).sought()
        first = case.value.first
        shared = [(word, weight, first[word]) for word, weight in sought.items() if word in first]
        weights, numbers = np.array([w for _, w, _ in shared], np.float64), np.array([n for *_, n in shared], np.int64)
        rank = {int(at): n for n, at in enumerate(tellingest(weights, numbers))}
        for at, (word, weight, _) in enumerate(shared):
            yield {"word": word, "place": row["place"], "weight": weight, "rank": rank.get(at, -1)}

    def beside(rows: Iterator[Row]) -> Iterator[Row]:
        held = [(row["place"], row["weight"], row["rank"]) for row in rows]
        places = np.array([place for place, _, _ in held], np.int64)
        weights = np.array([weight for _, weight, _ in held], np.float64)
        for here, (place, weight, rank) in enumerate(held):
            if rank >= 0:
                near = slice(max(0, here - BESIDE), here + BESIDE + 1)
                shares = (weights[near] * weight).tobytes()
                yield {"place": place, "rank": rank, "others": places[near].tobytes(), "shares": shares}

    def closest(rows: Iterator[Row]) -> Iterator[Row]:
        held = list(rows)
        place = held[0]["place"]
        others = np.concatenate([np.frombuffer(row["others"], np.int64) for row in held])
        shares = np.concatenate([np.frombuffer(row["shares"], np.float64) for row in held])
        for other in nearest(place, others, shares).tolist():
            yield {"a": min(place, other), "b": max(place, other)}

    words = steps.each_row(laid, told, "word string, place bigint, weight double, rank int")
    columns = "place bigint, rank int, others binary, shares binary"
    near = steps.each_group(words, "word", ["place"], beside, columns)
    pairs = steps.each_group(near, "place", ["rank"], closest, "a bigint, b bigint").distinct()
    return steps.keep("pairs", pairs)
