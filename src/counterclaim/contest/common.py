"""Common ground: what all who spoke of a question of an incident agree on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counterclaim.contest.docket import Docket
from counterclaim.contest.labels import NOBODY, toll_speaker
from counterclaim.contest.tolls import INFINITE, interval, number, of_all, refs
from counterclaim.records import Harm, Position, Question, Shared, Toll

RULE = (
    "Shared is what two or more speakers say and nobody who answers the question contradicts: that people were killed or "
    "injured, where everyone who counts counts some and nobody denies it; a number, where every standing figure for everyone "
    "allows it; an author, where all who name one name the same party and it does not deny; that there was no purpose; an "
    "inquiry, regret or demand that several parties voice."
)


def shared_of(docket: Docket, tolls: Sequence[Toll], positions: Sequence[Position]) -> tuple[Shared, ...]:
    """The common ground of an incident, in the order of its questions; empty for an aggregate, which covers several incidents."""
    if docket.incident.aggregate:
        return ()
    return (*_harm(tolls, positions), *_author(docket, positions), *_purpose(positions), *_voiced(positions))


def _harm(tolls: Sequence[Toll], positions: Sequence[Position]) -> Iterator[Shared]:
    denied = any(p.stance == "denial" and p.question in ("toll", "occurrence") for p in positions)
    harms: tuple[Harm, ...] = ("killed", "injured")
    for harm in harms:
        counted = [t for t in tolls if t.harm == harm and of_all(t) and t.standing and interval(t) is not None]
        whole = [t for t in counted if t.scope == "incident" and t.qualifier != "vague"]
        if len(_speakers(whole)) > 1:
            bounds = [b for b in map(interval, whole) if b is not None]
            low, high = max(b[0] for b in bounds), min(b[1] for b in bounds)
            if 0 < low <= high:
                words = f"at least {low:,}" if high == INFINITE else f"{low:,}" if low == high else f"{low:,} to {high:,}"
                yield _shared("toll", f"{words} {harm}: every number said allows it", whole)
                continue
        if len(_speakers(counted)) > 1 and not denied and all(number(t) for t in counted):
            yield _shared("toll", f"people were {harm}", counted)


def _author(docket: Docket, positions: Sequence[Position]) -> Iterator[Shared]:
    deed = [p for p in positions if p.question in ("responsibility", "intent", "object")]
    if any(p.stance == "denial" and p.question == "responsibility" for p in deed):
        return
    blaming = [p for p in deed if p.stance == "blame" and p.target]
    owning = [p for p in deed if p.stance == "admission"]
    named = [docket.parties.party(p.target) for p in blaming]
    named += [docket.parties.party(p.target) or docket.parties.party(p.actor, p.affiliation, p.side) for p in owning]
    if not named or not frozenset.intersection(*named):
        return
    held = (*blaming, *owning)
    if len({p.actor for p in held}) > 1:
        shown = min((p.target or p.side or p.actor or "" for p in (*blaming, *owning)), key=lambda name: (len(name), name))
        label = f"{shown}: all who name an author name it" + (", it says so itself" if owning else "")
        yield _of("responsibility", label, held)


def _purpose(positions: Sequence[Position]) -> Iterator[Shared]:
    mine = [p for p in positions if p.question == "intent"]
    pleas = [p for p in mine if p.stance in ("admission", "denial", "justification")]
    if pleas and not any(p.stance == "blame" for p in mine) and len({p.actor for p in pleas}) > 1:
        yield _of("intent", "no purpose: nobody who speaks of it says otherwise", pleas)


def _voiced(positions: Sequence[Position]) -> Iterator[Shared]:
    labels: tuple[tuple[Question, str], ...] = (
        ("investigation", "an inquiry is announced"), ("regret", "regret is voiced"), ("demand", "demands are made"),
    )  # fmt: skip
    for question, label in labels:
        mine = [p for p in positions if p.question == question]
        if len({p.side or p.actor for p in mine}) > 1:
            yield _of(question, label, mine)


def _speakers(tolls: Sequence[Toll]) -> list[str]:
    return list(dict.fromkeys(toll_speaker(toll) for toll in tolls))


def _shared(question: Question, label: str, tolls: Sequence[Toll]) -> Shared:
    said = tuple(ref for toll in tolls for ref in refs(toll))
    return Shared(question=question, label=label, holders=tuple(_speakers(tolls)), said=said)


def _of(question: Question, label: str, held: Sequence[Position]) -> Shared:
    holders = tuple(dict.fromkeys(p.actor or NOBODY for p in held))
    return Shared(question=question, label=label, holders=holders, said=tuple(ref for p in held for ref in p.statements))
