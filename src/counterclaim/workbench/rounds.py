"""Which item comes next: in the round of all, or in a second coder's, who sees nothing of what others decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counterclaim.workbench.catalogue import Catalogue
from counterclaim.workbench.laid import Laid
from counterclaim.workbench.lines import Line
from counterclaim.workbench.opened import Opened
from counterclaim.workbench.queue import Item, items_of


@dataclass(frozen=True, slots=True)
class Everybody:
    """The round of all: what nobody has decided on yet, the incidents that most need it first."""

    opened: Opened
    catalogue: Catalogue

    def laid(self, id: str) -> Laid | None:
        """The incident as it is to be seen in this round; also by the id that it had before people brought it into another."""
        return self.opened.incident(self.opened.people().away.get(id, id))

    def items(self, laid: Laid) -> tuple[Item, ...]:
        """What belongs to the round in this incident, done or not."""
        return items_of(laid)

    def open(self, item: Item) -> bool:
        """Whether the item is still to be done."""
        return item.open_to()

    def order(self) -> Iterator[str]:
        """The incidents of the round, in order."""
        return (line.id for line in worth(self.catalogue.lines))

    @property
    def left(self) -> int:
        """How much is open in the whole case."""
        return sum(line.open for line in self.catalogue.lines)


@dataclass(frozen=True, slots=True)
class Alone:
    """A second coder's round: what others decided on and `user` has not, in the case as it were if only `user` had decided.

    That somebody decided can be told from the round, what was decided cannot: so two people's words are of use to measure how
    far they agree.
    """

    opened: Opened
    user: str

    def laid(self, id: str) -> Laid | None:
        """The incident as the machine read it and `user` corrected it."""
        return self.opened.alone(id, self.user)

    def items(self, laid: Laid) -> tuple[Item, ...]:
        """What others decided on here."""
        others = self.opened.decided_by_others(laid.id, self.user)
        return tuple(item for item in items_of(laid) if item.ref in others)

    def open(self, item: Item) -> bool:
        """Whether `user` has not said anything on it yet."""
        return item.open_to(self.user)

    def order(self) -> Iterator[str]:
        """The incidents in which others decided."""
        return iter(self.opened.decided_in(self.user))

    @property
    def left(self) -> int | None:
        """Not counted: it would lay out every incident anew."""
        return None


Round = Everybody | Alone


def next_in(round: Round, incident: str, key: str, after: str) -> tuple[Laid | None, Item | None]:
    """The item of that key, else the next open one of its incident after `after`, else the first of another incident."""
    if incident:
        laid = round.laid(incident)
        if laid is not None:
            items = round.items(laid)
            named = next((item for item in items if item.key == key), None)
            if named is not None:
                return laid, named
            at = next((n + 1 for n, item in enumerate(items) if item.key == after), 0)
            found = next((item for item in (*items[at:], *items[:at]) if round.open(item) and item.key != after), None)
            if found is not None:
                return laid, found
    for id in round.order():
        if id != incident:
            laid = round.laid(id)
            found = None if laid is None else next((item for item in round.items(laid) if round.open(item)), None)
            if found is not None:
                return laid, found
    return None, None


def worth(lines: tuple[Line, ...]) -> list[Line]:
    """The incidents with anything to check, the most disputed and the least sure first."""
    return sorted((line for line in lines if line.open), key=lambda line: (-line.contradictions, line.doubt, line.id))
