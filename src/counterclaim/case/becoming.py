"""What became of each decision: whether it is in force, what it found, what it stands on today, and whom it is against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from counterclaim.case.judging import Judged, in_order
from counterclaim.records import Decision, Outcome, Ref, Standing, State


@dataclass(slots=True)
class Became:
    """What became of decisions, by their ids, written down while they are carried out.

    `now` is today's fact, as JSON text, where it is no longer the one that was decided on.
    """

    states: dict[int, State]
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    on: dict[int, tuple[Ref | str, ...]] = field(default_factory=dict)
    now: dict[int, str] = field(default_factory=dict)
    against: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def judged(self, judged: Judged) -> None:
        """Takes over what came of the decisions on one fact."""
        self.states |= judged.states
        self.against |= judged.against

    def standings(self, decisions: Sequence[Decision]) -> tuple[Standing, ...]:
        """One for each decision, in the order in which they were made; those that take another back have none."""
        return tuple(
            Standing(
                decision=d, state=self.states.get(d.id, "in force"), outcome=self.outcomes.get(d.id, "same"),
                on=self.on.get(d.id, ()), now=self.now.get(d.id), against=self.against.get(d.id, ()),
            )
            for d in in_order(decisions) if d.undoes is None
        )  # fmt: skip
