"""Gives words the same parts of speech as the parser's own rules, each kind of word looked up once instead of matched anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from counterclaim.errors import ModelError

if TYPE_CHECKING:
    from spacy.tokens import Doc

Key = tuple[int, int, int, int]
"""Tag, word in small letters, relation and whether it is a blank, as the parser numbers them; 0 for a word that no rule names."""

_REMEMBERED = 2**16
"""Words remembered with whether a rule names them. The list begins anew when it is full, so that a long run stays small."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the rules say of words with one key: those that fit by themselves, with what they set, and those on two words that
    such a word may open or close."""

    rules: tuple[int, ...]
    sets: dict[int, Any]
    opens: frozenset[int]
    closes: frozenset[int]


class Attributes:
    """The rules of a loaded parser (its attribute ruler), as a component in their place.

    A rule asks for a word's tag, form and relation, a few for the next word's too. What they come to is worked out once for each
    kind of word, of which there are some thousands: the same parts of speech, lemmas and forms in a fifth of the time. Later
    rules go before earlier ones, as there.
    """

    def __init__(self, ruler: Any) -> None:
        self._strings = ruler.vocab.strings
        self._sets, self._at = ruler.attrs, ruler.indices
        self._patterns: list[tuple[int, list[dict[str, Any]]]] = [
            (number, pattern) for number, rule in enumerate(ruler.patterns) for pattern in rule["patterns"]
        ]
        if any(len(pattern) > 2 or any(set(word) - {*_ASKED} for word in pattern) for _, pattern in self._patterns):
            raise ModelError("the parser has rules of a kind that this version does not know; install counterclaim again")
        self._forms = [word["LOWER"] for _, pattern in self._patterns for word in pattern if "LOWER" in word]
        self._named: dict[int, int] = {}
        self._kinds: dict[Key, _Kind] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Sets what the rules say of every word of one text."""
        from spacy.pipeline.attributeruler import set_token_attrs  # type: ignore[attr-defined] # what it sets them with itself

        found = [self._kind((tag, self._name(form), dep, space)) for tag, form, dep, space in doc.to_array(_ASKED).tolist()]
        together: dict[int, list[int]] = {}
        for i, (first, second) in enumerate(pairwise(found)):
            for number in first.opens & second.closes if first.opens else ():
                together.setdefault(i + self._at[number], []).append(number)
        for i, (token, kind) in enumerate(zip(doc, found, strict=True)):
            set_token_attrs(token, self._all_of(sorted([*kind.rules, *together[i]])) if i in together else kind.sets)
        return doc

    def pipe(self, stream: Iterable[Doc], **_: object) -> Iterator[Doc]:
        """The same for several."""
        return map(self, stream)

    def _name(self, form: int) -> int:
        """The word, or 0 where no rule names it."""
        named = self._named.get(form)
        if named is None:
            if len(self._named) >= _REMEMBERED:
                self._named.clear()
            word = self._strings[form]
            named = self._named[form] = form if any(_fits(given, word) for given in self._forms) else 0
        return named

    def _kind(self, key: Key) -> _Kind:
        kind = self._kinds.get(key)
        if kind is None:
            tag, form, dep, space = key
            word: dict[str, object] = {
                "TAG": self._strings[tag],
                "LOWER": self._strings[form],
                "DEP": self._strings[dep],
                "IS_SPACE": bool(space),
            }
            rules = tuple(n for n, pattern in self._patterns if len(pattern) == 1 and _all_fit(pattern[0], word))
            pairs = [(n, pattern) for n, pattern in self._patterns if len(pattern) == 2]
            opens, closes = (frozenset(n for n, pattern in pairs if _all_fit(pattern[end], word)) for end in (0, 1))
            kind = self._kinds[key] = _Kind(rules, self._all_of(rules), opens, closes)
        return kind

    def _all_of(self, rules: Iterable[int]) -> dict[int, Any]:
        """What the rules set, the later ones over the earlier."""
        together: dict[int, Any] = {}
        for number in rules:
            together |= self._sets[number]
        return together


_ASKED: list[str | int] = ["TAG", "LOWER", "DEP", "IS_SPACE"]


def _all_fit(asked: Mapping[str, Any], word: Mapping[str, Any]) -> bool:
    return all(_fits(given, word[name]) for name, given in asked.items())


def _fits(given: Any, value: Any) -> bool:
    """Whether a value is what a rule asks for: a value, one of a list, none of a list, or of a shape."""
    if not isinstance(given, dict):
        return bool(given == value)
    tests = {"IN": lambda x: value in x, "NOT_IN": lambda x: value not in x, "REGEX": lambda x: bool(re.search(x, value))}
    return all(tests[how](what) for how, what in given.items())
