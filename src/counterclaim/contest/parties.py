"""Who belongs to whom: shown names, sides and aliases of the actors that a set of reports names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from counterclaim.records import ActorKind, Linkage, ReadReport

T = TypeVar("T", bound=str)
_LED = re.compile(r"(.+?)-led\b")


@dataclass(frozen=True, slots=True)
class Parties:
    """What the readings know of actors, under their shown names.

    `shown` maps names of single reports to the name shown, `aliases` other names (casefolded, without points) to it; `bodies`
    named people to the institution they speak for: a man stays one man where reports describe him differently. `roles` maps
    people to what they are ("police captain").
    """

    shown: Mapping[str, str]
    sides: Mapping[str, str]
    kinds: Mapping[str, ActorKind]
    aliases: Mapping[str, str]
    bodies: Mapping[str, str]
    roles: Mapping[str, str]

    @classmethod
    def of(cls, reports: Sequence[ReadReport], linkage: Linkage) -> Parties:
        """Gathers the actors of all `reports`; where reports differ the commoner value holds, then the first by alphabet."""
        shown = dict(linkage.names)
        sides: dict[str, Counter[str]] = {}
        kinds: dict[str, Counter[ActorKind]] = {}
        aliases: dict[str, Counter[str]] = {}
        bodies: dict[str, Counter[str]] = {}
        roles: dict[str, Counter[str]] = {}
        for read in reports:
            for actor in read.reading.actors:
                name = shown.get(actor.name, actor.name)
                kinds.setdefault(name, Counter())[actor.kind] += 1
                if actor.side:
                    sides.setdefault(name, Counter())[actor.side] += 1
                if actor.role:
                    roles.setdefault(name, Counter())[actor.role] += 1
                for alias in (name, actor.name, *actor.aliases):
                    if alias[:1].isupper():  # the pronouns among a text's aliases are nobody's name
                        aliases.setdefault(_plain(alias), Counter())[name] += 1
            for said in read.reading.statements:
                if said.speaker_kind == "named" and said.speaker and said.affiliation and "; " not in said.speaker:
                    person, body = shown.get(said.speaker, said.speaker), shown.get(said.affiliation, said.affiliation)
                    bodies.setdefault(person, Counter())[body] += 1
        return cls(
            shown,
            {name: _commonest(found) for name, found in sides.items()},
            {name: _commonest(found) for name, found in kinds.items()},
            {alias: _commonest(found) for alias, found in aliases.items()},
            {person: _commonest(found) for person, found in bodies.items()},
            {name: _commonest(found) for name, found in roles.items()},
        )

    def name(self, name: str) -> str:
        """The name shown for a canonical name of one report, or for several joined by "; "."""
        return "; ".join(self.shown.get(one, one) for one in name.split("; "))

    def party(self, *names: str | None) -> frozenset[str]:
        """Everything that stands for the party of `names`: the names, their sides, and who leads an "X-led" coalition."""
        found: set[str] = set()
        for name in names:
            for one in (name or "").split("; "):
                if not one:
                    continue
                found |= {one, self.sides.get(one, one)}
                led = _LED.match(one)
                if led:
                    leader = self.aliases.get(_plain(led[1]), led[1])
                    found |= {leader, self.sides.get(leader, leader)}
        return frozenset(found)

    def same(self, left: frozenset[str], right: frozenset[str]) -> bool:
        """Whether two parties (as `party` gives them) share a name or a side."""
        return not left.isdisjoint(right)


def _plain(name: str) -> str:
    return name.casefold().replace(".", "")


def _commonest(found: Counter[T]) -> T:
    return min(found, key=lambda value: (-found[value], value))
