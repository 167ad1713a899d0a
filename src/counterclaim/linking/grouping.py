"""Disjoint groups of things that belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class Groups(Generic[T]):
    """A partition that only ever gets coarser (union-find). Groups and members come out in the order `members` came in.

    Two members of a pair in `apart` never come into one group; pairs with anything that is no member are passed over.
    """

    def __init__(self, members: Iterable[T], apart: Iterable[tuple[T, T]] = ()) -> None:
        self._parent: dict[T, T] = {m: m for m in members}
        self._rank = {m: i for i, m in enumerate(self._parent)}
        self._apart: dict[T, set[T]] = defaultdict(set)
        for a, b in apart:
            if a in self._parent and b in self._parent and a != b:
                self._apart[a].add(b)
                self._apart[b].add(a)

    def root(self, member: T) -> T:
        """The first member of the member's group, in the order given."""
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def join(self, a: T, b: T) -> bool:
        """Puts the groups of `a` and `b` together, unless something in them is to stay apart; whether they are one group now."""
        if a not in self._parent or b not in self._parent:
            return False
        first, second = sorted((self.root(a), self.root(b)), key=self._rank.__getitem__)
        if first == second:
            return True
        if any(self.root(other) == second for other in self._apart.get(first, ())):
            return False
        self._parent[second] = first
        if second in self._apart:
            self._apart[first] |= self._apart.pop(second)
        return True

    def all(self) -> list[list[T]]:
        """Every group, singles too."""
        groups: dict[T, list[T]] = defaultdict(list)
        for member in self._parent:
            groups[self.root(member)].append(member)
        return list(groups.values())

    def several(self) -> list[list[T]]:
        """Groups of two and more."""
        return [g for g in self.all() if len(g) > 1]
