"""The weighed words of all mentions of a case in columns of numbers: a tenth of what dictionaries take, many compared at once."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray


class Columns:
    """One row after the other, each with its words in order and a weight for each. Words are numbered as they first come."""

    def __init__(self, rows: Iterable[Mapping[str, float]] = ()) -> None:
        self._numbers: dict[str, int] = {}
        self._held, self._weighing, self._ending = array("i"), array("d"), array("q", [0])
        for row in rows:
            self.add(row)

    def add(self, row: Mapping[str, float]) -> None:
        """One more row; no more once the columns were looked at."""
        numbers = self._numbers
        self._held.extend([numbers.setdefault(word, len(numbers)) for word in row])
        self._weighing.extend(row.values())
        self._ending.append(len(self._held))

    def __len__(self) -> int:
        return len(self._ending) - 1

    def has(self, row: int) -> bool:
        """Whether the row has any words."""
        return self._ending[row] < self._ending[row + 1]

    @property
    def different(self) -> int:
        """How many different words there are."""
        return len(self._numbers)

    @property
    def numbers(self) -> NDArray[np.int32]:
        """The numbers of the words of all rows, one row behind the other."""
        return np.frombuffer(self._held, np.int32)

    @property
    def weights(self) -> NDArray[np.float64]:
        """The weights beside `numbers`."""
        return np.frombuffer(self._weighing, np.float64)

    @property
    def ends(self) -> NDArray[np.int64]:
        """Where each row begins in `numbers`, and last where the last one ends."""
        return np.frombuffer(self._ending, np.int64)


class Shares:
    """What one row of `Columns` has in common with many others, to the last digit as summed up word by word."""

    def __init__(self, columns: Columns) -> None:
        self._numbers, self._weights, self._ends = columns.numbers, columns.weights, columns.ends
        self._place = np.full(columns.different, -1, np.int32)

    def cosines(self, one: int, others: NDArray[np.int64]) -> list[float]:
        """The cosine of one row, of length 1, and each of the others: `likeness.cosine` of the two."""
        owner, mine, at = self._common(one, others)
        lengths = self._ends[others + 1] - self._ends[others]
        # sums of fractions hang on their order: that of the shorter row's words, of two equal ones that of the first's
        first = (lengths >= self._ends[one + 1] - self._ends[one])[owner]
        order = np.lexsort((np.where(first, mine, at), owner))
        products = self._weights[self._ends[one] + mine] * self._weights[at]
        return _summed(products[order], owner, len(others))

    def held(self, one: int, others: NDArray[np.int64]) -> list[float]:
        """What the words of one row that each of the others has as well weigh in the one, in its order."""
        owner, mine, _ = self._common(one, others)
        return _summed(self._weights[self._ends[one] + mine[np.lexsort((mine, owner))]], owner, len(others))

    def _common(self, one: int, others: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Each word that another row shares with the one, row after row: which of the others it is, where the word stands in the
        one's row, and where in all rows of the other."""
        own = self._numbers[self._ends[one] : self._ends[one + 1]]
        self._place[own] = np.arange(len(own))
        starts = self._ends[others]
        lengths = self._ends[others + 1] - starts
        owner = np.repeat(np.arange(len(others)), lengths)
        at = np.arange(len(owner)) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
        mine = self._place[self._numbers[at]]
        self._place[own] = -1
        shared = np.flatnonzero(mine >= 0)
        return owner[shared], mine[shared].astype(np.int64), at[shared]


def _summed(values: NDArray[np.float64], owner: NDArray[np.int64], owners: int) -> list[float]:
    """The sum of each owner's values, one after the other as they come; owners ascend."""
    ends = np.searchsorted(owner, np.arange(owners + 1)).tolist()
    told = values.tolist()
    return [sum(told[start:end]) for start, end in pairwise(ends)]
