"""Tell which language a text is in, or that it is too short to tell."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

READ = "en"
"""The language that is read so far."""

_ENOUGH_WORDS = 12
_SURE = 0.9
_SAMPLE = 20_000
"""Code points looked at: the beginning of a report tells, the end of a long one adds nothing."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
# Words of grammar that English does not share with its neighbours in Latin script ("in", "die", "was" are German too).
_ENGLISH = frozenset(
    "the of and to for on with by from at as is are were been has have had that this which who their its after over near into "
    "says said not but out up near amid against between kills killed".split()
)


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language most of `text` is in, None where it is too short or mixed to tell."""
    sample = text[:_SAMPLE]
    if sample.isupper():  # telegrams and old wires are all in capitals, which the identifier takes for other languages
        sample = sample.casefold()
    if len(sample.split()) < _ENOUGH_WORDS:
        return None
    code, sure = _identifier().classify(sample)
    return str(code) if sure >= _SURE else None


def not_read(text: str, language: str | None) -> str | None:
    """Why a text in `language` is kept but not read ("not read: language de"), None where it is read.

    Of unknown language, it is read if it is in Latin script and has English words of grammar.
    """
    if language == READ:
        return None
    if language:
        return f"not read: language {language}"
    words = _WORD.findall(text[:_SAMPLE].casefold())
    latin = sum(bool(_LATIN.match(w)) for w in words)
    english = sum(w in _ENGLISH for w in words)
    return None if words and latin >= 0.9 * len(words) and english else "not read: language unknown"
