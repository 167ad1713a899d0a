"""Disjoint groups of things that belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class Groups(Generic[T]):
    """A partition that only ever gets coarser (union-find). Groups and members come out in the order `members` came in."""

    def __init__(self, members: Iterable[T]) -> None:
        self._parent: dict[T, T] = {m: m for m in members}
        self._rank = {m: i for i, m in enumerate(self._parent)}

    def root(self, member: T) -> T:
        """The first member of the member's group, in the order given."""
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def join(self, a: T, b: T) -> None:
        """Puts the groups of `a` and `b` together."""
        first, second = sorted((self.root(a), self.root(b)), key=self._rank.__getitem__)
        self._parent[second] = first

    def all(self) -> list[list[T]]:
        """Every group, singles too."""
        groups: dict[T, list[T]] = defaultdict(list)
        for member in self._parent:
            groups[self.root(member)].append(member)
        return list(groups.values())

    def several(self) -> list[list[T]]:
        """Groups of two and more."""
        return [g for g in self.all() if len(g) > 1]
