"""What people see differently, for a lead to settle: each dispute with every person's word on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from counterclaim.records import Decision, Offsets, ReadReport, Standing, View


@dataclass(frozen=True, slots=True)
class Word:
    """One person's word in a dispute: the decisions that make it."""

    user: str
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """Decisions on one thing that cannot all hold, by person; `read` and `at` are the words that they are about, None where they
    are about names or no longer in the case."""

    words: tuple[Word, ...]
    read: ReadReport | None
    at: Offsets | None

    @property
    def key(self) -> int:
        """What it is called by: the first decision in it."""
        return min(d.id for word in self.words for d in word.decisions)

    def over(self, user: str) -> tuple[int, ...]:
        """The ids of the decisions that make way where the word of `user` is to hold."""
        return tuple(sorted(d.id for word in self.words if word.user != user for d in word.decisions))


def disputes_of(view: View) -> tuple[Dispute, ...]:
    """The disputes of a case, those that began first first."""
    disputed = {standing.decision.id: standing for standing in view.disputes}
    held = {read.report.id: read for read in view.reports}
    found, seen = [], set[int]()
    for id in sorted(disputed):
        if id not in seen:
            group = _joined(id, disputed)
            seen |= group
            found.append(_dispute([disputed[n] for n in sorted(group)], held))
    return tuple(found)


def _joined(first: int, disputed: dict[int, Standing]) -> set[int]:
    """The decisions that hang together: each against one of the others."""
    group, ahead = set[int](), [first]
    while ahead:
        id = ahead.pop()
        if id in disputed and id not in group:
            group.add(id)
            ahead += disputed[id].against
    return group


def _dispute(standings: Sequence[Standing], held: dict[str, ReadReport]) -> Dispute:
    by_user: dict[str, list[Decision]] = {}
    for decision in sorted((s.decision for s in standings), key=attrgetter("made", "id")):
        by_user.setdefault(decision.user, []).append(decision)
    spans = [d.anchor or (d.members[0] if d.members else None) for decisions in by_user.values() for d in decisions]
    span = next((span for span in spans if span is not None and span.report in held), None)
    words = tuple(Word(user, tuple(decisions)) for user, decisions in by_user.items())
    return Dispute(words, held[span.report] if span else None, (span.start, span.end) if span else None)
