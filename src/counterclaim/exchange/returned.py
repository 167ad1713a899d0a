"""What people made of a report in an annotation tool, compared with what the case has, as the decisions that it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from counterclaim.records import Figure, Offsets, ReadReport, Statement

FACTS: tuple[str, ...] = ("figure", "statement")
VALUES: Mapping[str, Sequence[str]] = {
    "figure": ("harm", "victims", "low", "high", "qualifier", "scope", "as_of", "speaker", "affiliation"),
    "statement": ("act", "form", "speaker", "affiliation", "target"),
}
"""The values of a fact that go out to annotation tools, and may come back changed."""

_NEVER_UNKNOWN = ("harm", "victims", "qualifier", "scope", "act", "form")


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A stretch that somebody marked: which kind of fact, its id where it came from the case, its offsets, its values."""

    kind: Literal["figure", "statement"]
    id: str | None
    span: Offsets
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What one person made of one report. `whole` where they began with what the case has, so that what is not there any more was
    taken away; `where` says in words what it was read from, and is the reason of every decision."""

    report: str
    user: str
    where: str
    regions: Sequence[Region]
    whole: bool
    problems: Sequence[str] = field(default=())


def decisions(returned: Returned, read: ReadReport, incident: str | None) -> Iterator[dict[str, Any]]:
    """The decisions that it comes to, as `counterclaim decide --from` takes them.

    A fact left as it was is accepted, one with other values corrected, one moved to other words rejected and added there, one
    that is gone rejected; what is new is added, to `incident` (its id) where that is known.
    """
    facts: dict[str, Figure | Statement] = {f.id: f for f in read.reading.figures}
    facts |= {s.id: s for s in read.reading.statements if s.content}  # without any it is no stretch, and went nowhere
    kept: set[str] = set()
    for region in returned.regions:
        fact = facts.get(region.id or "") or _at(region, read)
        told: dict[str, Any] = {"user": returned.user, "reason": returned.where}
        if fact is None or not _same_words(fact, region.span):
            start, end = region.span
            values = {name: value for name, value in region.values.items() if value is not None}
            added = {"kind": "add", "target": f"{returned.report}:{start}-{end}", "fact": region.kind, "values": values}
            yield {**added, **({"incident": incident} if incident else {}), **told}
            continue
        if fact.id in kept:
            continue
        kept.add(fact.id)
        target = f"{returned.report}:{fact.id}"
        changed = dict(_changed(fact, region))
        if changed:
            yield {"kind": "correct", "target": target, "values": changed, **told}
        else:
            yield {"kind": "accept", "target": target, **told}
    if returned.whole:
        for id in sorted(facts.keys() - kept):
            yield {"kind": "reject", "target": f"{returned.report}:{id}", "user": returned.user, "reason": returned.where}


def _at(region: Region, read: ReadReport) -> Figure | Statement | None:
    """The fact of the case on just the words that somebody marked anew; of several the first."""
    held: Sequence[Figure | Statement] = read.reading.figures if region.kind == "figure" else read.reading.statements
    return next((fact for fact in held if region.span in _words(fact)), None)


def _same_words(fact: Figure | Statement, span: Offsets) -> bool:
    return span in _words(fact)


def _words(fact: Figure | Statement) -> tuple[Offsets, ...]:
    return (fact.span,) if isinstance(fact, Figure) else fact.content


def _changed(fact: Figure | Statement, region: Region) -> Iterator[tuple[str, Any]]:
    """The values that are others now. A value of which nothing was said is unknown now, if it can be."""
    for name in VALUES[region.kind]:
        now = region.values.get(name)
        if now != getattr(fact, name) and not (now is None and name in _NEVER_UNKNOWN):
            yield name, now
