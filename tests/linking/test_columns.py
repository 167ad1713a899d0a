"""Rows in columns share exactly what they share as dictionaries."""

from __future__ import annotations

import random
from math import sqrt

import numpy as np

from counterclaim.linking.columns import Columns, Shares
from counterclaim.linking.likeness import cosine


def rows(count: int) -> list[dict[str, float]]:
    """Weighed words of many lengths, some rows with none, their words in no order."""
    draw = random.Random(11)
    made = []
    for _ in range(count):
        words = draw.sample(range(60), draw.randrange(40))
        weights = [draw.random() for _ in words]
        length = sqrt(sum(x * x for x in weights)) or 1.0
        made.append({f"word{w}": x / length for w, x in zip(words, weights, strict=True)})
    return made


def test_cosines_are_those_of_dictionaries_to_the_last_digit() -> None:
    made = rows(40)
    shares = Shares(Columns(made))
    for one in range(len(made)):
        others = np.arange(one + 1, len(made))
        assert shares.cosines(one, others) == [cosine(made[one], made[other]) for other in others.tolist()]


def test_what_is_held_of_one_row_is_added_up_in_its_order() -> None:
    made = rows(40)
    shares = Shares(Columns(made))
    others = np.arange(1, len(made))
    added = [sum(x for word, x in made[0].items() if word in made[other]) for other in others.tolist()]
    assert shares.held(0, others) == added
    assert any(added)
