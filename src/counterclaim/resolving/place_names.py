"""Two keys a place name is found under: its letters without dress, and roughly how it sounds whatever the romanisation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ə": "e", "ǝ": "e", "ħ": "h",
    "’": "", "‘": "", "'": "", "ʼ": "", "ʻ": "", "ʾ": "", "ʿ": "", "`": "", "´": "", "′": "", "“": "", "”": "", '"': "",
})  # fmt: skip
_GAP = re.compile(r"[\W_]+")
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}

_ARTICLES = frozenset(
    "al el il ul ad ed ud ar er ur as es us ash esh ush at et ut az ez uz an en un ath eth ach l".split()
)  # fmt: skip
"""The Arabic article as romanised before sun and moon letters ("Deir ez-Zor", "al-Bab", "As-Suwayda")."""

_GLUED = re.compile(r"^(?:[aeu](?:zz|ss|rr|dd|nn|tt|ssh)|al(?=[bdfjkmnqrstz]\w{3}))(?=\w{2})")
"""The article written into its word ("Ezzor", "Essuwayda", "Alzour")."""

_SOUNDS = (
    (re.compile(r"tch|tsch|ch|sch|sh"), "S"),
    (re.compile(r"kh|gh|q|ck|c|g|k"), "k"),
    (re.compile(r"dj|dzh|zh|j"), "j"),
    (re.compile(r"dh|dz|d"), "d"),
    (re.compile(r"th|tz|ts|t"), "t"),
    (re.compile(r"ph|f"), "f"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"h"), ""),
    (re.compile(r"[aeiy]*[ouw][aeiouyw]*"), "U"),
    (re.compile(r"[aeiy]+"), "a"),
    (re.compile(r"(\w)\1+"), r"\1"),
)


@lru_cache(maxsize=2**15)  # a text asks for its words again and again: 27,000 times in 14 of them
def fold(name: str) -> str:
    """`name` in small letters without diacritics and apostrophes, hyphens and spaces made one ("Dayr az-Zawr" -> "dayr az zawr").

    Empty where nothing is left; letters of other scripts stay as they are.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold().translate(_LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)
    tokens = _GAP.sub(" ", plain).split()
    return " ".join(_SHORT.get(t, t) for t in tokens)


_GENERIC = frozenset(
    """governorate province region oblast state district county department prefecture muhafazat wilayat emirate imarat division
    canton voivodeship krai kray republic respublika autonomous municipality city rayon raion parish borough municipio comuna
    obshtina qada cercle woreda zone lga territory distrito condado provincia departamento departement powiat ilcesi opstina
    opcina regency kabupaten""".split()
)  # fmt: skip


def plain(name: str) -> str:
    """A division's folded name without the words for what it is ("Muhafazat Hadramaout" -> "hadramaout")."""
    tokens = fold(name).split()
    kept = [t for t in tokens if t not in _GENERIC]
    return " ".join(kept[1:] if kept[:1] == ["de"] else kept) or " ".join(tokens)


def bare(folded: str) -> str:
    """A folded name without its articles, standing alone or written into the word ("deir ez zor", "deir ezzor" -> "deir zor")."""
    tokens = folded.split()
    if len(tokens) > 1:
        tokens = [t for t in tokens if t not in _ARTICLES] or tokens
    return " ".join(_GLUED.sub(lambda m: "" if m.group() == "al" else m.group()[-1], t) for t in tokens)


def sound(folded: str) -> str:
    """The weaker key of a folded name: articles off, letters that romanisations exchange made one, vowels in two classes.

    q, kh, gh, g, c and k are one; so are sh and ch, dh and d, th and t, j and dj; h falls; a, e, i, y are one class and whatever
    holds o, u or w the other; an ending vowel falls (-ieh, -iya, -ah). "deir ez zor", "dayr az zawr" and "deir ezzor"
    all give "dar zUr". Of our own making: no published key (Soundex and its kin are for English surnames) keeps the
    article apart from the name.
    """
    keys = []
    for token in bare(folded).split():
        for pattern, by in _SOUNDS:
            token = pattern.sub(by, token)
        keys.append((token.rstrip("aU") if len(token) > 2 else token) or token)
    return " ".join(keys)
