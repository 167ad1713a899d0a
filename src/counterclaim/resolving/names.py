"""Names of people: titles and ranks told from names, and whether two names in one report are one person's."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Indel

from counterclaim.resolving.institutions import table
from counterclaim.resolving.tokens import Token, tokenize

Gender = Literal["m", "f"]

PARTICLES = frozenset("al el ibn bin ben abu abd abdel van von der den de di da del la le dos ter bint ould".split())
"""Small words that belong to the surname after them."""

_NEAR = 0.80
"""Indel similarity from which two name keys may be one name: Rudskoi and Rutskoy stand at .80, Harrigian and Harrington at .71
(the pairs tried are in the tests)."""

_CYRILLIC_INITIALS = (
    frozenset("jdg"),
    frozenset("csk"),
    frozenset("hgk"),
    frozenset("wuv"),
    frozenset("yjie"),
    frozenset("xk"),
    frozenset("qk"),
)
"""Initials that stand for one another after a round through another script: Joseph becomes Dzhozef and is cut to "D."."""


@dataclass(frozen=True, slots=True)
class Title:
    """A word or words before a name: its `kind` (honorific, rank, office, role), gender where it tells one, and for an
    office the organ whose head it is ("foreign minister": "Foreign Ministry")."""

    words: tuple[str, ...]
    kind: str
    gender: Gender | None
    organ: str


@functools.cache
def _titles() -> dict[str, tuple[Title, ...]]:
    index: dict[str, list[Title]] = {}
    for row in table("titles.csv"):
        words = tuple(t.norm for t in tokenize(row["title"]))
        gender: Gender | None = "m" if row["gender"] == "m" else "f" if row["gender"] == "f" else None
        index.setdefault(words[0], []).append(Title(words, row["type"], gender, row["organ"]))
    return {first: tuple(sorted(found, key=lambda t: -len(t.words))) for first, found in index.items()}


@functools.cache
def _given() -> dict[str, Gender]:
    return {name: ("m" if row["gender"] == "m" else "f") for row in table("given_names.csv") for name in row["names"].split()}


def is_given(word: str) -> bool:
    """Whether a folded word is a common given name."""
    return word in _given()


def title_at(tokens: Sequence[Token], i: int) -> Title | None:
    """The longest title that begins at token `i`; "Lieutenant-General" is two titles in a row."""
    found = _titles().get(tokens[i].norm)
    if found is None:
        return None
    for title in found:
        n = len(title.words)
        if i + n <= len(tokens) and all(tokens[i + k].norm == title.words[k] for k in range(n)):
            return title
    return None


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name without its titles: given names (or initials) and the surname with its particles."""

    given: tuple[str, ...]
    surname: str

    @property
    def full(self) -> str:
        """The name as written."""
        return " ".join((*self.given, self.surname))

    @property
    def gender(self) -> Gender | None:
        """What the first given name tells; None where it is not a name known for one gender."""
        for name in self.given:
            if len(name.rstrip(".")) > 1:
                return _given().get(re.split(r"[-‐]", name.casefold())[0])
        return None


_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})


def split_name(name: str) -> PersonName:
    """Given names and surname of a name without titles: the last word with the particles before it is the surname, a "Jr" or
    "III" behind it left out."""
    words = [re.sub(r"^[\"“”'‘(]+(\w+)[\"“”'’)]+$", r"\1", word) for word in name.split()]
    while len(words) > 2 and words[-1].casefold().rstrip(".") in _GENERATIONS:
        words = [*words[:-2], words[-2].rstrip(",")]
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].casefold() in PARTICLES:
        cut -= 1
    return PersonName(tuple(words[:cut]), " ".join(words[cut:]))


_FOLDS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        ("[^a-z]", ""), ("ck|cc|q|kk", "k"), ("ph", "f"), ("tch|tsch", "ch"), ("kh", "h"), ("gh", "g"), ("dzh|dj", "j"),
        ("c(?!h)", "k"), ("w", "v"), ("ou|oo", "u"), ("ee", "i"), ("y|j", "i"), ("x", "ks"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
"""Letters that romanisations of one sound share, in the order they are taken."""


@functools.lru_cache(maxsize=8192)
def name_key(word: str) -> str:
    """A spelling that different romanisations and case endings of one name come close to ("Scrocca", "Skrocki": "skrok")."""
    key = "".join(t.norm for t in tokenize(word))
    if key.startswith("al") and re.match(r"(?i)al[-\s]", word):
        key = key[2:].lstrip("-")
    for pattern, to in _FOLDS:
        key = pattern.sub(to, key)
    return key.rstrip("aeiou") or key


def first_sound(name: str) -> str:
    """What spellings of one name all begin with: the first letter of its key, voiced and unvoiced taken for one."""
    return name_key(name)[:1].translate(_VOICES)


def near(a: str, b: str) -> bool:
    """Whether two single names may be spellings of one: near keys that begin alike and whose consonants agree, voiced and
    unvoiced taken for one (long names may differ in one more), and neither is the other with a suffix (Petrov, Petrovsky)."""
    x, y = name_key(a), name_key(b)
    if x == y:
        return bool(x)
    shorter, longer = sorted((x, y), key=len)
    if len(shorter) < 4 or first_sound(a) != first_sound(b) or Indel.normalized_similarity(x, y) < _NEAR:
        return False
    if longer.startswith(shorter) and len(longer) - len(shorter) > 1:
        return False
    bare = [_VOWELS.sub("", k).translate(_VOICES) for k in (x, y)]
    return bare[0] == bare[1] or (len(shorter) >= _LONG and Indel.distance(*bare) <= 1)


_VOWELS = re.compile(r"[aeiou]")
_VOICES = str.maketrans("dgbzv", "tkpsf")
_LONG = 8
"""Letters of a key from which one consonant more or less is a slip: Johnson and Johnston (7) are two names."""


def _initials_agree(a: str, b: str) -> bool:
    x, y = a[:1].casefold(), b[:1].casefold()
    return x == y or any(x in group and y in group for group in _CYRILLIC_INITIALS)


def same_person(a: PersonName, b: PersonName) -> bool:
    """Whether two names in one report are one person's: surnames near, and given names equal, near, an initial or left out.

    Two full names that share only the surname stay two.
    """
    if not near(a.surname, b.surname):
        return False
    if not a.given or not b.given:
        return True
    x, y = a.given[0].rstrip("."), b.given[0].rstrip(".")
    if len(x) == 1 or len(y) == 1:
        return _initials_agree(x, y)
    return near(x, y) or any(
        near(g, h) for g in a.given for h in b.given if len(g) > 2 and len(h) > 2 and len(a.given) != len(b.given)
    )
