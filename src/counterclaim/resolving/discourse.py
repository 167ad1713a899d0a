"""Whom a pronoun or a definite noun takes up: the parties of one report in the order they were named, and how they agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from counterclaim.records import Actor, ActorKind, Offsets, SpeakerKind
from counterclaim.resolving.institutions import Entry
from counterclaim.resolving.names import Gender, PersonName

_SPOKE, _SUBJECT, _NAMED = 3.0, 1.5, 0.0
"""Weights of having last spoken, of opening a sentence and of being merely named. On the seeds and the restated reports (312
statements) any first weight from 2.4 to 6 and any second from 0.5 to 2 give the same speakers; a first of 2 loses one."""

_PER_SENTENCE = 0.8
"""What a sentence of distance costs; 0.2 to 1.2 give the same speakers there."""


_MEMORY = 1000
"""Namings back that anything can be taken up from: some ten pages, so that a book costs no more a page than a report."""


@dataclass(slots=True)
class Party:
    """An actor while the report is read: everything told about it so far."""

    name: str
    kind: ActorKind
    said_as: SpeakerKind = "named"
    side: str | None = None
    affiliation: str | None = None
    body: Party | None = None
    role: str | None = None
    person: PersonName | None = None
    gender: Gender | None = None
    plural: bool = False
    heads: set[str] = field(default_factory=set)
    entry: Entry | None = None
    aliases: list[str] = field(default_factory=list)
    mentions: list[Offsets] = field(default_factory=list)
    why: list[str] = field(default_factory=list)

    @property
    def human(self) -> bool:
        """Whether it is one person, named or not."""
        return self.kind == "person" or (self.kind == "people" and not self.plural)

    def mentioned(self, span: Offsets, words: str) -> None:
        """Notes a mention and the words it used."""
        if span not in self.mentions:
            self.mentions.append(span)
        if words != self.name and words not in self.aliases:
            self.aliases.append(words)

    def actor(self) -> Actor:
        """The finished record."""
        return Actor(
            name=self.name, kind=self.kind, aliases=tuple(dict.fromkeys(self.aliases)), affiliation=self.affiliation,
            side=self.side, role=self.role, mentions=tuple(sorted(self.mentions)), why=tuple(dict.fromkeys(self.why)),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One naming: where, in which sentence, whom, how much it stood out, and whether a clause began with it."""

    position: int
    sentence: int
    party: Party
    weight: float
    free: bool

    @property
    def spoke(self) -> bool:
        """Whether it named a speaker."""
        return self.weight >= _SPOKE


class Trail:
    """The parties in the order they were named, with how strongly each stood out there."""

    def __init__(self) -> None:
        self._steps: list[Step] = []

    def named(self, party: Party, position: int, sentence: int, *, opens: bool = False, free: bool = False) -> None:
        """Notes that `party` was named at `position`; `opens`: as the first of its sentence; `free`: where a clause begins, as
        its subject does."""
        self._steps.append(Step(position, sentence, party, _SUBJECT if opens else _NAMED, free))

    def spoke(self, party: Party, position: int, sentence: int) -> None:
        """Notes that `party` was the speaker of a statement named at `position`."""
        self._steps.append(Step(position, sentence, party, _SPOKE, True))

    def back(self, position: int) -> Iterator[Step]:
        """What was named before `position`, the latest first."""
        return (s for s in islice(reversed(self._steps), _MEMORY) if s.position < position)

    def latest(self, position: int, fits: Callable[[Party], bool]) -> Party | None:
        """The party named last before `position` that `fits`."""
        return next((s.party for s in self.back(position) if fits(s.party)), None)

    def foremost(self, position: int, sentence: int, fits: Callable[[Party], bool], *, reach: int) -> Party | None:
        """The party that `fits` and stands out most before `position`, named at most `reach` sentences earlier."""
        best: tuple[float, int] | None = None
        found: Party | None = None
        for step in self.back(position):
            if sentence - step.sentence > reach:
                break
            if not fits(step.party):
                continue
            score = (step.weight - _PER_SENTENCE * (sentence - step.sentence), step.position)
            if best is None or score > best:
                best, found = score, step.party
        return found

    def owner(self, position: int, sentence: int) -> Party | None:
        """Whose "its spokesman" is: the body that began the clause before in the same sentence; None where none is."""
        for step in self.back(position):
            if step.sentence != sentence:
                break
            if step.free and not step.party.human and step.party.kind != "people":
                return step.party
        return None

    def standing_state(self, position: int, sentence: int, reach: int) -> Party | None:
        """The party of a state that spoke last, else one that opened this or the last sentence: whose "an official" then is."""
        opened = None
        for step in self.back(position):
            if sentence - step.sentence > reach:
                break
            if step.party.side is not None and of_state(step.party):
                if step.spoke:
                    return step.party
                if opened is None and step.weight >= _SUBJECT and sentence - step.sentence <= 1:
                    opened = step.party
        return opened

    def standing_force(self, position: int, sentence: int, reach: int) -> Party | None:
        """The armed force, or one of its people, that spoke last: whose a general is that no words place."""
        for step in self.back(position):
            if sentence - step.sentence > reach:
                break
            if step.spoke and step.party.side is not None and of_state(step.party) and _of_a_force(step.party):
                return step.party
        return None


def _of_a_force(party: Party) -> bool:
    named = {w for p in (party, party.body) if p is not None for w in p.name.casefold().split()} | party.heads
    return bool(named & _FORCES)


_FORCES = frozenset(
    "military army forces defence pentagon command navy officer general staff force corps commander colonel guard marine".split()
) | {"air"}


def of_state(party: Party) -> bool:
    """Whether it is a state, an organ of one, or somebody who speaks for one."""
    return party.kind in ("state", "organ") or (party.body is not None and party.body.kind in ("state", "organ"))
