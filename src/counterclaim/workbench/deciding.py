"""From what a person answers to decisions in the case: one answer, one or more decisions of the same moment, undone together."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from counterclaim.case.canonical import canonical
from counterclaim.case.values import VALUES
from counterclaim.errors import CaseError
from counterclaim.records import Decision, DecisionKind, FactKind, IncidentRef, Span
from counterclaim.workbench.disputes import Dispute
from counterclaim.workbench.laid import Laid
from counterclaim.workbench.opened import Opened
from counterclaim.workbench.queue import Item


@dataclass(frozen=True, slots=True)
class Step:
    """What one answer did: the decisions it made, and the incident and item it was given on."""

    decisions: tuple[int, ...]
    incident: str
    key: str


class Desk:
    """Where decisions are made, one at a time: each sees the case as the one before left it."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._lock = threading.Lock()
        self._steps: dict[str, list[Step]] = {}

    def answer(
        self, laid: Laid, item: Item, verb: str, form: Mapping[str, str], *, user: str, reason: str, settling: bool = False
    ) -> Step:
        """Keeps the answer to an item, with `settling` over all that was decided on it differently.

        CaseError where the values do not fit, the verb is none, or somebody settles who is no lead.
        """
        over = tuple(s.decision.id for s in item.standings if s.state == "disputed") if settling else ()
        with self._lock:
            if verb == "correct" and item.fact is not None:
                values = changed(item, form)
                if not values:
                    raise CaseError("nothing was changed; press accept if it is right")
                made = self._decide_each(laid, item, values, user, reason, over)
            elif verb in ("accept", "reject") and item.fact is not None:
                made = [self._decide(laid, "accept" if verb == "accept" else "reject", item.ref, (), user, reason, over)]
            elif verb in ("same", "not-same") and item.joins and item.other is not None:
                kind: DecisionKind = "same" if verb == "same" else "not-same"
                # Seen from the one that was there first: it is the other that leaves.
                made = [self._decide(laid, kind, item.other, (item.ref,), user, reason, over)]
            else:
                raise CaseError(f"{verb} is no answer to this; accept, correct, reject, same or not-same are")
            return self._kept(Step(tuple(d.id for d in made), laid.id, item.key), user)

    def add(
        self, seen: Any, kind: FactKind, at: Span, values: Mapping[str, Any], incident: str | None, *, user: str, reason: str
    ) -> Step:
        """Keeps a fact that a person adds from marked words; `seen` is the desk of the view it was marked in."""
        with self._lock:
            made = self._opened.store.decide("add", user=user, reason=reason, **seen.added(kind, at, values, incident))
            return self._kept(Step((made.id,), incident or "", ""), user)

    def merge(self, laid: Laid, other: Laid, desk: Any, *, user: str, reason: str) -> Step:
        """Brings two incidents together under the first one's id."""
        with self._lock:
            made = self._opened.store.decide("merge", user=user, reason=reason, **desk.anchored(laid.id, (other.id,)))
            return self._kept(Step((made.id,), laid.id, ""), user)

    def split(self, laid: Laid, leaving: Sequence[IncidentRef], *, user: str, reason: str) -> Step:
        """Takes mentions out of an incident into a new one."""
        with self._lock:
            made = self._opened.store.decide("split", user=user, reason=reason, **laid.desk.anchored(laid.id, tuple(leaving)))
            return self._kept(Step((made.id,), laid.id, ""), user)

    def undo(self, user: str) -> Step | None:
        """Takes back the user's latest answer here; None where there is none."""
        with self._lock:
            steps = self._steps.get(user, [])
            if not steps:
                return None
            step = steps.pop()
            for id in reversed(step.decisions):
                self._opened.store.undo(id, user=user)
            return step

    def take_back(self, id: int, *, user: str, reason: str, again: bool = False) -> None:
        """Undoes any decision, or with `again` brings it back."""
        with self._lock:
            act = self._opened.store.redo if again else self._opened.store.undo
            act(id, user=user, reason=reason)
            for steps in self._steps.values():
                steps[:] = [step for step in steps if id not in step.decisions]

    def _kept(self, step: Step, user: str) -> Step:
        self._steps.setdefault(user, []).append(step)
        return step

    def settle(self, dispute: Dispute, keep: str, *, user: str, reason: str) -> Step:
        """Lets the word of the person named `keep` hold over the others' in a dispute. CaseError where `user` is no lead."""
        word = next((word for word in dispute.words if word.user == keep), None)
        if word is None:
            raise CaseError(f"{keep} has no part in this dispute")
        with self._lock:
            made = [
                self._opened.store.decide(
                    d.kind, d.fact, user=user, reason=reason, role=d.role, value=d.value, capture=d.capture, anchor=d.anchor,
                    members=d.members, others=d.others, seen=d.seen, settles=dispute.over(keep),
                )
                for d in word.decisions
            ]  # fmt: skip
            return self._kept(Step(tuple(d.id for d in made), "", ""), user)

    def name_lead(self, name: str, *, user: str) -> None:
        """Names who may settle. CaseError where that takes a lead and `user` is none."""
        with self._lock:
            self._opened.store.decide("accept", "lead", user=user, value=canonical(name))

    def _decide(
        self, laid: Laid, kind: DecisionKind, ref: Any, others: Sequence[Any], user: str, reason: str, over: Sequence[int]
    ) -> Decision:
        return self._opened.store.decide(kind, user=user, reason=reason, settles=over, **laid.desk.anchored(ref, others))

    def _decide_each(
        self, laid: Laid, item: Item, values: Mapping[str, Any], user: str, reason: str, over: Sequence[int]
    ) -> list[Decision]:
        anchored = laid.desk.anchored(item.ref)  # type: ignore[arg-type]
        return [
            self._opened.store.decide(
                "correct", user=user, reason=reason, role=role, value=canonical(value), settles=over, **anchored
            )
            for role, value in values.items()
        ]


def changed(item: Item, form: Mapping[str, str]) -> dict[str, Any]:
    """The values in `form` that are not those of the fact, as JSON holds them.

    CaseError for a number that is none. An empty field is unknown.
    """
    told = {role: given(item.kind, role, form[role]) for role in VALUES[item.kind] if role in form}
    return {role: value for role, value in told.items() if value != getattr(item.fact, role)}


def given(kind: str, role: str, text: str) -> Any:
    """What a field says, as JSON holds it; None where it is empty. CaseError for a number that is none."""
    return number(text, role) if VALUES[kind][role] is int else text.strip() or None


def number(text: str, role: str) -> int | None:
    """A whole number as people write it ("1,200"); None where nothing is written. CaseError for anything else."""
    bare = "".join(text.split()).replace(",", "")
    if not bare:
        return None
    if not (bare.isascii() and bare.isdigit()):
        raise CaseError(f"{text!r} is no number for {role}; give digits, or nothing where it is not known")
    return int(bare)


def supposed(kind: DecisionKind, anchored: Mapping[str, Any], user: str) -> Decision:
    """A decision that is not made yet, to see what it would do."""
    now = datetime.now(UTC) + timedelta(days=1)
    given = {"role": None, "capture": None, "anchor": None, "value": None, **anchored}
    return Decision(id=2**31, kind=kind, reason="", user=user, made=now, **given)
