"""How far people checked what the machine read, and how often they found it wrong: by kind of fact, by value and by side."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Literal

from counterclaim.case.canonical import canonical
from counterclaim.case.values import VALUES, seen_of
from counterclaim.records import Decision, Ref, Standing, View

KINDS: tuple[str, ...] = ("figure", "statement", "mention")
"""The kinds of fact that are checked one by one; a mention is an incident as one report tells of it."""
_STIRRED = ("value changed: check again", "not found: kept")
_Verdict = Literal["accepted", "corrected", "rejected"]


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of `n` were wrong, with the interval in which the share lies at 95% confidence (Wilson 1927, J. Am. Stat. Assoc.
    22:209-212) if the `n` were drawn at random; None for none."""

    n: int
    wrong: int

    @property
    def share(self) -> float | None:
        """The part that was wrong."""
        return self.wrong / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The lower and the upper end."""
        if not self.n:
            return None
        z, p = 1.959964, self.wrong / self.n  # the normal distribution's 97.5th percentile
        middle = p + z * z / (2 * self.n)
        half = z * sqrt(p * (1 - p) / self.n + z * z / (4 * self.n * self.n))
        scale = 1 + z * z / self.n
        return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of one kind of fact: how many the machine read (`facts`), what people made of those they looked at, and how many they
    `added`. `disputed` are those on which two people differ, `stale` those that the machine has read otherwise since: neither
    says how well it reads."""

    kind: str
    facts: int
    accepted: int
    corrected: int
    rejected: int
    added: int
    disputed: int
    stale: int

    @property
    def checked(self) -> int:
        """Facts that say how well the machine reads."""
        return self.accepted + self.corrected + self.rejected

    @property
    def wrong(self) -> Rate:
        """How often any of it was wrong, or it was no fact at all."""
        return Rate(self.checked, self.corrected + self.rejected)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What people checked. `fields` are the error rates of each value by kind of fact and name, of facts that are one (accepted
    or corrected); `sides` those of whole facts by kind and side of the speaker (None: no side known). `incidents` counts the
    decisions on what belongs together, by kind."""

    coverage: tuple[Coverage, ...]
    fields: Mapping[tuple[str, str], Rate]
    sides: Mapping[tuple[str, str | None], Rate]
    incidents: Mapping[str, int]


def reviewed(view: View) -> Reviewed:
    """What people checked of the facts of a view.

    Counted are decisions in force on facts that still are what was decided on. A fact that somebody corrected counts as checked
    in all of its values, and as wrong in those that were set to something else. Hidden facts are no errors.
    """
    by_fact: defaultdict[tuple[str, object], list[Standing]] = defaultdict(list)
    joined: Counter[str] = Counter()
    for standing in view.standings:
        decision = standing.decision
        if standing.state not in ("in force", "disputed"):
            continue
        if decision.fact in KINDS and decision.kind != "hide":
            by_fact[decision.fact, _key(standing)].append(standing)
        elif decision.fact in ("incident", "name") and decision.kind in ("same", "not-same", "merge", "split"):
            joined[f"{decision.fact}s: {decision.kind}"] += 1
    counts = {kind: Counter[str]() for kind in KINDS}
    fields: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    sides: defaultdict[tuple[str, str | None], list[bool]] = defaultdict(list)
    for (kind, _), standings in by_fact.items():
        decisions = [standing.decision for standing in standings]
        if any(standing.state == "disputed" for standing in standings):
            counts[kind]["disputed"] += 1
        elif any(decision.kind == "add" for decision in decisions):
            counts[kind]["added"] += 1
        elif any(standing.outcome in _STIRRED for standing in standings):
            counts[kind]["stale"] += 1
        else:
            verdict, wrong = _verdict(decisions)
            counts[kind][verdict] += 1
            if verdict != "rejected":
                for name in (*VALUES[kind], "incident"):
                    fields[kind, name].append(name in wrong)
            if kind != "mention":
                sides[kind, _machine(decisions[0]).get("side")].append(verdict != "accepted")
    facts = _facts(view)
    coverage = tuple(
        Coverage(
            kind, facts[kind] - held["added"] + held["rejected"],
            *(held[name] for name in ("accepted", "corrected", "rejected", "added", "disputed", "stale")),
        )
        for kind, held in counts.items()
    )  # fmt: skip
    return Reviewed(coverage, _rates(fields), _rates(sides), dict(sorted(joined.items())))


def _key(standing: Standing) -> object:
    """What tells the fact from others: where it stands today, else the words that it was decided on."""
    on: Sequence[Ref | str] = standing.on
    anchor = standing.decision.anchor
    return on[0] if on else (anchor.report, anchor.start, anchor.end) if anchor else standing.decision.id


def _verdict(decisions: Sequence[Decision]) -> tuple[_Verdict, set[str]]:
    """What people made of one fact, and the values that they set to something else than the machine had."""
    if any(decision.kind == "reject" for decision in decisions):
        return "rejected", set()
    wrong = {"incident" for decision in decisions if decision.kind == "move"}
    for decision in decisions:
        read = _machine(decision)
        if decision.kind == "correct" and decision.role is not None:
            set_to = canonical(json.loads(decision.value or "null"))
            if decision.role not in read or canonical(read[decision.role]) != set_to:
                wrong.add(decision.role)
    return ("corrected" if wrong else "accepted"), wrong


def _machine(decision: Decision) -> Mapping[str, Any]:
    """The fact as the machine had read it when it was decided on."""
    seen = seen_of(decision.seen)
    machine: Mapping[str, Any] = seen.get("machine") or seen
    return machine


def _facts(view: View) -> Counter[str]:
    found: Counter[str] = Counter()
    for read in view.reports:
        found["figure"] += len(read.reading.figures)
        found["statement"] += len(read.reading.statements)
        found["mention"] += len(read.reading.incidents)
    return found


def _rates(held: Mapping[Any, Sequence[bool]]) -> dict[Any, Rate]:
    ordered = sorted(held.items(), key=lambda pair: (KINDS.index(pair[0][0]), pair[0][1] is None, pair[0][1] or ""))
    return {key: Rate(len(wrong), sum(wrong)) for key, wrong in ordered}
