"""Runs of words as numbers, and which texts may share many of them: what finding copies among very many texts rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", bound=np.generic)

Shingles = NDArray[np.uint64]
"""Hashes of runs of words, each once, ascending."""

SHINGLE = 8
"""Words in a row that count as shared wording: eight is what the silver pairs of the gun violence articles were made by, and
names, dates and titles that two independent reports of one event share are shorter."""

PERMUTATIONS = 96
"""Minimum hashes a text. Two texts become candidates when one of them agrees: at a shared part of 0.05 of both (a short alert
inside a long story) that happens in 1 - 0.95**96 = 99 of 100 cases."""

CROWD = 24
"""A minimum hash held by more texts than this pairs each only with its neighbour and the first of the crowd."""

DOUBT = 3.0
"""Standard deviations that the estimate of the shared part may lie below what is asked for before a pair is dropped unread."""

_MANY = 1 << 24
"""Candidates held twice over before what was found again is dropped: 128 MB."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_QUOTED = re.compile(r"“[^”“\n]{20,}”|\"[^\"\n]{20,}\"|«[^»«\n]{20,}»|„[^“„\n]{20,}“")
_BASE = np.uint64(0x9E3779B97F4A7C15)  # an odd number with well mixed bits, as in Fibonacci hashing


def words_of(text: str) -> list[str]:
    """The words of a text in order, case folded. None reaches beyond a line."""
    return [word.casefold() for word in _WORD.findall(text)]


def outside_quotations(text: str) -> Iterator[tuple[int, int]]:
    """The offsets of what stands between longer quotations: two writers who heard the same words are no copies of each other."""
    start = 0
    for quoted in _QUOTED.finditer(text):
        yield start, quoted.start()
        start = quoted.end()
    yield start, len(text)


def runs(words: Sequence[str]) -> Shingles:
    """A hash for every run of `SHINGLE` words, in order; empty for fewer words."""
    if len(words) < SHINGLE:
        return np.zeros(0, np.uint64)
    numbers = np.fromiter(map(_number, words), np.uint64, len(words))
    found = np.zeros(len(words) - SHINGLE + 1, np.uint64)
    for k in range(SHINGLE):
        found = found * _BASE + numbers[k : k + len(found)]
    return found


def own_words(text: str) -> Shingles:
    """The shingles of a text's own words, longer quotations left out."""
    folded = text.casefold()
    pieces = [_WORD.findall(folded, start, end) for start, end in outside_quotations(folded)]
    found = runs([word for piece in pieces for word in piece])
    if len(pieces) > 1:
        piece = np.repeat(np.arange(len(pieces)), [len(words) for words in pieces])
        found = found[piece[: len(found)] == piece[len(piece) - len(found) :]]
    return ascending(found)


def ascending(values: NDArray[Number]) -> NDArray[Number]:
    """Each value once, ascending. Sorting takes a fifth of the time of NumPy's own `unique`, which hashes whole numbers."""
    held = np.sort(values)
    return held[np.r_[True, held[1:] != held[:-1]]] if len(held) else held


@lru_cache(maxsize=1 << 18)
def _number(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def near(texts: Sequence[Shingles], *, least: int, part: float) -> list[tuple[int, int]]:
    """Pairs of texts, as places in `texts`, that share `least` shingles and `part` of the shorter one; ascending.

    MinHash (Broder 1997): every pair with a common minimum hash is estimated, and what may reach the bar compared in full.
    """
    long_enough = [i for i, found in enumerate(texts) if len(found) >= least]
    if len(long_enough) < 2:
        return []
    minima = sketches([texts[i] for i in long_enough])
    sizes = np.array([len(texts[i]) for i in long_enough])
    found = []
    for a, b in likely(minima, sizes, _candidates(minima), least=least, part=part):
        i, j = long_enough[a], long_enough[b]
        if contains(texts[i], texts[j], least=least, part=part):
            found.append((i, j))
    return found


def contains(a: Shingles, b: Shingles, *, least: int, part: float) -> bool:
    """Whether two texts share `least` shingles and `part` of the shorter one."""
    shared = common(a, b)
    return shared >= least and shared >= part * min(len(a), len(b))


def common(a: Shingles, b: Shingles) -> int:
    """How many shingles both hold."""
    return len(np.intersect1d(a, b, assume_unique=True))


def sketches(texts: Sequence[Shingles]) -> NDArray[np.uint32]:
    """The minimum hashes of each text, a row a text; none of them is empty."""
    from rensa import RMinHash  # type: ignore[import-untyped]  # the package ships no type information

    rows = []
    for start in range(0, len(texts), 4096):  # a batch's shingles lie in memory twice
        batch = texts[start : start + 4096]
        offsets = np.cumsum([0, *map(len, batch)], dtype=np.uint64)
        matrix = RMinHash.digest_matrix_from_flat_token_hashes(np.concatenate(batch), offsets, PERMUTATIONS, 1)
        rows.append(np.array(matrix.to_rows(), np.uint32))
    return np.concatenate(rows)


def _candidates(minima: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Pairs that share a minimum hash, two columns, ascending."""
    texts = np.arange(len(minima))
    found = []
    for column in minima.T:
        one, other = sharing(column, texts).T
        found.append(one * len(minima) + other)
        if sum(map(len, found)) > _MANY:
            found = [ascending(np.concatenate(found))]
    return np.stack(np.divmod(ascending(np.concatenate(found)), len(minima)), axis=1)


def sharing(keys: NDArray[Any], holders: NDArray[np.int64]) -> NDArray[np.int64]:
    """The pairs of `holders` that have a key in common, two columns, the lower first: each key's place in `keys` is its holder's.
    Holders of one key ascend."""
    order = np.argsort(keys, kind="stable")
    held = holders[order]
    places = np.arange(len(keys))
    first = np.flatnonzero(np.r_[True, np.diff(keys[order]) != 0]) if len(keys) else places
    sizes = np.diff(np.r_[first, len(keys)])
    heads, size = np.repeat(first, sizes), np.repeat(sizes, sizes)
    found = [np.zeros((0, 2), np.int64)]
    for apart in range(1, min(CROWD, int(sizes.max(initial=0)))):
        later = places[apart:][(heads[apart:] == heads[:-apart]) & ((size[apart:] <= CROWD) | (apart == 1))]
        found.append(np.stack([held[later - apart], held[later]], axis=1))
    crowded = places[(size > CROWD) & (places > heads)]
    found.append(np.stack([held[heads[crowded]], held[crowded]], axis=1))
    return np.concatenate(found)


def likely(
    minima: NDArray[np.uint32], sizes: NDArray[np.int64], pairs: NDArray[np.int64], *, least: int, part: float
) -> Iterator[tuple[int, int]]:
    """Of `pairs` of texts, as rows of `minima`, those whose common minimum hashes leave it possible that they share enough."""
    for start in range(0, len(pairs), 1 << 16):
        one, other = pairs[start : start + (1 << 16)].T
        agree = (minima[one] == minima[other]).sum(axis=1)
        needed = np.maximum(least, part * np.minimum(sizes[one], sizes[other]))
        rate = np.minimum(1.0, needed / (sizes[one] + sizes[other] - needed))
        lowest = PERMUTATIONS * rate - DOUBT * np.sqrt(PERMUTATIONS * rate * (1 - rate))
        kept = agree >= lowest
        yield from zip(one[kept].tolist(), other[kept].tolist(), strict=True)
