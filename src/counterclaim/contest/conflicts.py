"""What contradicts what in an incident, and what only seems to."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.contest.docket import Docket
from counterclaim.contest.position_conflicts import position_conflicts
from counterclaim.contest.toll_conflicts import toll_conflicts
from counterclaim.records import QUESTIONS, Conflict, ConflictKind, Position, Toll

RULE = (
    "Two tolls contradict where no number satisfies both: 62 and at least 90 do, “dozens” and at least 90 do not. A figure "
    "without a class is compared with one for a class only where nobody counts fighters and civilians apart (else a class may "
    "not outnumber it); children are "
    "compared with the civilians or people they are among. A round number and one within a twentieth of it (a tenth where "
    "the speaker said “about”) differ by rounding; a running or period total and an incident's toll by scope; two numbers "
    "of one speaker are a later update; a number that differs from the same voice's in a copy by a swapped, lost or doubled "
    "digit is a copy error. Only standing tolls contradict, and neither outlets one another nor an outlet's own “dozens” "
    "anybody; a number that an outlet gives and a speaker as well is the speaker's. Counts of the missing, displaced or detained "
    "contradict only where they are of one day. An accusation (one that names nobody: of the only party accused) contradicts the "
    "denial of the same party's part, "
    "a denial in so many words (“no”, “not”, “rejects”) the admission of it, an accusation of purpose or negligence a plea of "
    "mistake, a rejection of words those words; "
    "the same speaker's denial and admission are a later update. Those who say the same stand together, and each number "
    "against all higher ones; two voices meet once on a question."
)
KINDS: tuple[ConflictKind, ...] = (
    "contradiction", "later update", "copy error", "rounding", "different class of victims", "different scope",
)  # fmt: skip
"""The kinds in the order in which conflicts are listed."""


def conflicts_of(docket: Docket, tolls: Sequence[Toll], positions: Sequence[Position]) -> tuple[Conflict, ...]:
    """All conflicts of an incident: contradictions first, then by question; within these the sharpest first."""
    found = (*toll_conflicts(docket, tolls), *position_conflicts(docket, positions, tolls))
    return tuple(sorted(found, key=lambda conflict: (KINDS.index(conflict.kind), QUESTIONS.index(conflict.question))))
