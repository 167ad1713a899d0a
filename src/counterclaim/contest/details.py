"""What was hit, with what and how, as everybody tells it: each answer with who says so, who says not so, who leaves it open."""

from __future__ import annotations

from collections.abc import Iterable

from counterclaim.contest.docket import Docket, Told, span_of
from counterclaim.contest.labels import NOBODY
from counterclaim.records import Aspect, Described, Polarity

RULE = (
    "What was hit, with which weapon, from what and in which kind of attack is laid out by the class of the words, as the "
    "reading has it: one row a class, with every voice that says so or owns up to it, every voice that says it was not so, and "
    "every voice that leaves it open. Several classes may be true at once: they contradict only where one is denied."
)
ASPECTS: tuple[Aspect, ...] = ("hit", "weapon", "means", "strike")
"""The aspects in the order in which they are asked."""


def described_of(docket: Docket) -> tuple[Described, ...]:
    """The answers to what was hit, with what and how, by aspect, the most voiced first; empty for an aggregate."""
    if docket.incident.aggregate:
        return ()
    groups: dict[tuple[Aspect, str], list[Told]] = {}
    for told in docket.told:
        groups.setdefault((told.detail.aspect, told.detail.kind), []).append(told)
    rows = [
        Described(
            aspect=aspect,
            kind=kind,
            holders=_voices(held, ("asserts", "admits")),
            deniers=_voices(held, ("denies",)),
            doubters=_voices(held, ("questions",)),
            words=tuple(span_of(told.read.report, told.detail.span) for told in held),
        )
        for (aspect, kind), held in groups.items()
    ]
    return tuple(sorted(rows, key=lambda row: (ASPECTS.index(row.aspect), -len(row.holders), -len(row.deniers), row.kind)))


def _voices(told: Iterable[Told], polarities: tuple[Polarity, ...]) -> tuple[str, ...]:
    """Who says it in one of these ways, each voice once, in the order of the reports."""
    names = {voice.key: voice.name or NOBODY for one in told if one.detail.polarity in polarities for voice in one.voices}
    return tuple(dict.fromkeys(names.values()))
