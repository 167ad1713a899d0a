"""Grouping by pairs: constraints go first, and one likeness does not make a chain of strangers one."""

from __future__ import annotations

import random

import pytest

from counterclaim.linking.candidates import worth_comparing
from counterclaim.linking.clustering import Alike, cluster
from counterclaim.linking.columns import Columns
from counterclaim.linking.grouping import Groups
from counterclaim.linking.shingles import near, own_words

LIKE, UNLIKE = Alike(4.0, False), Alike(-4.0, True)


def test_pairs_alike_are_joined_and_two_of_one_owner_never() -> None:
    pairs = {(0, 1): LIKE, (1, 2): LIKE, (0, 2): LIKE}
    assert cluster("abc", pairs) == [[0, 1, 2]]
    assert cluster("aba", pairs) in ([[0, 1], [2]], [[0], [1, 2]])


def test_what_is_decided_goes_before_likeness() -> None:
    pairs = {(0, 1): LIKE, (1, 2): LIKE, (0, 2): LIKE}
    assert [0, 1, 2] not in cluster("abc", pairs, apart=[(0, 2)])
    assert cluster("abc", {(0, 1): UNLIKE}, together=[(0, 1)]) == [[0, 1], [2]]
    assert cluster("aab", {}, together=[(0, 1)]) == [[0, 1], [2]]
    assert cluster("abc", {}, together=[(0, 1), (1, 2)], apart=[(2, 0)]) == [[0, 1], [2]]


def test_one_contradiction_outweighs_a_weak_likeness() -> None:
    assert cluster("abc", {(0, 1): LIKE, (1, 2): Alike(1.0, False), (0, 2): UNLIKE}) == [[0, 1], [2]]


def test_groups_keep_apart_what_is_apart_through_others() -> None:
    groups = Groups("abcd", apart=[("a", "d"), ("x", "a")])
    assert groups.join("a", "b")
    assert groups.join("c", "d")
    assert not groups.join("b", "c")
    assert not groups.join("b", "x")
    assert groups.all() == [["a", "b"], ["c", "d"]]


@pytest.mark.parametrize("size", [60, 400])
def test_those_that_share_rare_words_are_compared_in_any_size(size: int) -> None:
    vectors = [{"war": 0.1, "strike": 0.1, f"name{n // 2}": 0.7, f"street{n // 2}": 0.7} for n in range(size)]
    pairs = list(worth_comparing(Columns(vectors)))
    assert pairs == sorted(set(pairs))
    assert {(n, n + 1) for n in range(0, size, 2)} <= set(pairs)
    assert len(pairs) <= max(size * 60, size * (size - 1) // 2 if size <= 250 else 0)


def test_sketches_find_what_comparing_all_finds() -> None:
    draw = random.Random(6)
    words = [f"word{n}" for n in range(3000)]
    texts = [" ".join(draw.sample(words, 90)) for _ in range(40)]
    texts += [text + " " + " ".join(draw.sample(words, 60)) for text in texts[::3]]
    found = near([own_words(text) for text in texts], least=30, part=0.5)
    assert found == [(3 * n, 40 + n) for n in range(14)]
