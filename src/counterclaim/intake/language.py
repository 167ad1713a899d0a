"""Tell which language a text is in, or that it is too short to tell."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier  # type: ignore[import-untyped]  # py3langid ships no types

READ = "en"
"""The language that is read so far."""

_SURE = 0.9
"""Probability from which the identifier is believed. Measured on 1,800 English headlines of 3 words or more: above it, none was
taken for another language; 83 % are above it, and of the rest all but 8, names mostly, are held for English all the same."""
_SAMPLE = 3_000
"""Code points looked at: the beginning of a report tells, the end of a long one adds nothing but time."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
# Words of grammar that English does not share with its neighbours in Latin script ("in", "die", "was" are German too).
_ENGLISH = frozenset({
    "the", "of", "and", "to", "for", "on", "with", "by", "from", "at", "as", "is", "are", "were", "been", "has",
    "have", "had", "that", "this", "which", "who", "their", "its", "after", "over", "near", "into", "says", "said",
    "not", "but", "out", "up", "amid", "against", "between", "kills", "killed",
})  # fmt: skip


# Of these, the words that are none in any neighbouring language: "at", "by", "for" and "over" are Danish, "of" and "had" Dutch.
_ENGLISH_ONLY = frozenset({
    "the", "and", "with", "from", "were", "been", "have", "that", "this", "which", "who", "their", "after", "into", "says",
    "said", "not", "against", "between",
})  # fmt: skip
_MANY, _KINDS, _SHARE = 40, 5, 0.1
"""Words, different ones of these, and their share of all, from which a text in Latin script is English without asking the
identifier, which takes a thirtieth of the time that reading takes. 96 in 100 news texts have so many (a seventh is usual); those
2,092 and 134 posts all were English to the identifier, too. Where half a text is in another language the share stays below."""

_FOREIGN = 0.05
"""Bytes in UTF-8 above one a letter, by letters, at most: curly marks come to .03, a tenth of a text in Arabic to .10."""


def _plainly_english(sample: str) -> bool:
    """Whether a casefolded text has so many of the small words of English that no other language can be meant."""
    words = sample.split()
    small = [word for word in words if word in _ENGLISH_ONLY]
    return (
        len(words) >= _MANY
        and len(small) >= _SHARE * len(words)
        and len(set(small)) >= _KINDS
        and len(sample.encode("utf-8", "surrogatepass")) <= (1 + _FOREIGN) * len(sample)
    )


@cache
def _identifier() -> LanguageIdentifier:
    """The identifier, held to languages with an ISO 639-1 code: with its regional ones on the list, two in five Arabic posts
    are torn between standard and Moroccan or Egyptian Arabic."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in identifier.nb_classes if len(code) == 2])
    return identifier


def language_of(text: str) -> tuple[str | None, str | None]:
    """ISO 639-1 code of the language of `text`, None where it is too short or mixed to tell; and why the text is kept but
    not read ("not read: language de"), None where it is read.

    A text of unknown language is read if it is in Latin script and has English words of grammar or is English at a guess.
    """
    # Capitals look foreign to the identifier, and headlines are full of them.
    sample = text[:_SAMPLE].casefold()
    if _plainly_english(sample):
        return READ, None
    code, sure = _identifier().classify(sample)
    if sure >= _SURE:
        return str(code), None if code == READ else f"not read: language {code}"
    words = _WORD.findall(sample)
    latin = sum(bool(_LATIN.match(w)) for w in words)
    english = code == READ or any(w in _ENGLISH for w in words)
    return None, None if words and latin >= 0.9 * len(words) and english else "not read: language unknown"
