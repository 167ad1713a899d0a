"""How many: numbers in digits and words, ranges, and the words that open or blur them, as low and high."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from counterclaim.records import Offsets, Qualifier

_UNITS = {
    w: i
    for i, w in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
            "eighteen nineteen"
        ).split()
    )
}
_TENS = {w: 10 * i for i, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12, "score": 20}
_FRACTIONS = {"half": 0.5, "quarter": 0.25}

VAGUE: dict[str, tuple[int | None, int | None]] = {
    "dozens": (24, 99), "scores": (40, 99), "hundreds": (200, 999), "thousands": (2_000, 9_999), "tens": (20, 99),
    "millions": (2_000_000, None), "tens of thousands": (20_000, 99_999), "hundreds of thousands": (200_000, 999_999),
    "several dozen": (24, 99), "several hundred": (200, 999), "several thousand": (2_000, 9_999),
    "several": (None, None), "a number": (None, None),
    "a large number": (None, None), "an unknown number": (None, None), "an unspecified number": (None, None),
}  # fmt: skip
"""The plain reading of vague words, as the design's section 4 gives it: bounds of the word, never a guess at the number."""

_WORD = "|".join(sorted([*_UNITS, *_TENS], key=len, reverse=True))
_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3})+|\d+(?:\.\d+)?"
_SCALE = "|".join(_SCALES)
# "and" stands inside a number only behind a hundred or more: "between two and twenty-one" are two numbers
_SPELLED = (
    rf"(?:(?:{_WORD})\b(?:[\s-]+(?:(?:(?<=hundred\s)|(?<=thousand\s)|(?<=million\s))and\s+)?"
    rf"(?:{_WORD}|hundred|thousand|million|dozen|score)\b)*)"
)
_FRACTION = r"(?:half|a\s+quarter)(?:[\s-]+(?:of\s+)?a)?[\s-]+(?:million|billion|dozen|thousand)|a[\s-]+quarter[\s-]+million"
_ROUND = rf"an?\s+(?:hundred|thousand|million|dozen|score)\b(?:\s+and\s+(?:{_WORD}))?"
_NUMBER = rf"(?:{_FRACTION}|{_ROUND}|(?:{_DIGITS})(?:[\s-](?:{_SCALE})\b)?|{_SPELLED})"
_VAGUE = "|".join(sorted((w.replace(" ", r"\s+") for w in VAGUE), key=len, reverse=True))

_BEFORE: tuple[tuple[str, Qualifier], ...] = (
    (r"at\s+least|no\s+(?:fewer|less)\s+than|not\s+(?:fewer|less)\s+than|a\s+minimum\s+of", "at least"),
    (r"up\s+to|as\s+many\s+as|no\s+more\s+than|not\s+more\s+than|at\s+most|a\s+maximum\s+of", "up to"),
    (
        r"(?:well\s+|far\s+)?(?:more\s+than|over|above|upwards\s+of|in\s+excess\s+of|exceed(?:s|ed|ing)|beyond|surpass(?:es|ed|ing)|passed|passing|topp(?:ed|ing))",
        "more than",
    ),
    (r"fewer\s+than|less\s+than|under|below", "less than"),
    (
        r"some|about|around|nearly|almost|approximately|roughly|an\s+estimated|estimated|close\s+to|closer\s+to|circa|an\s+approximate",
        "about",
    ),
)
_AFTER: tuple[tuple[str, Qualifier], ...] = ((r"or\s+more|\+", "at least"), (r"or\s+so", "about"))
_OVER = r"(?P<over>(?:more\s+than|over)\s+)?"
_BETWEEN = (
    rf"(?:between\s+|from\s+|at\s+least\s+)?(?P<a>{_NUMBER})\s*"
    rf"(?:and\s+(?:up\s+to|as\s+many\s+as)|and|or|to|(?:(?<=\d)|(?<=\d\s))[-–—])\s*{_OVER}(?P<b>{_NUMBER})"
)
_OPEN_ENDED = (
    rf"at\s+least\s+(?:{_NUMBER})\s+and\s+(?:up\s+to|as\s+many\s+as)\s+(?:{_NUMBER})"
    r"(?!\s+(?:were|was|are|have|had|others?|more|injured|wounded|hurt|missing)\b)"
)
"""Both ends of one number ("at least 11 and up to 15 members"), not two of two harms ("at least 11 and up to 15 wounded")."""
_CHANGED = re.compile(
    r"\b(?:r[io]se|rises|rising|risen|rais(?:e[sd]?|ing)|increas(?:e[sd]?|ing)|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|grow[ns]?|grew|went"
    r"|fell|falls|fallen|lower(?:s|ed|ing)?|reduc(?:e[sd]?|ing)|cut(?:s|ting)?|drop(?:s|ped)?|revis(?:e[sd]?|ing)|updat(?:e[sd]?|ing)"
    r"|correct(?:s|ed|ing)?|chang(?:e[sd]?|ing))\b[^.;:]{0,40}$",
    re.IGNORECASE,
)
"""Before "from 40 to 25": one number took the other's place, and they are no two ends of a range."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as said: `span` with the words that qualify it, `core` the number's own words, and what they mean."""

    span: Offsets
    core: Offsets
    low: int | None
    high: int | None
    qualifier: Qualifier


@cache
def _pattern() -> re.Pattern[str]:
    before = "|".join(f"(?P<q{i}>{words})" for i, (words, _) in enumerate(_BEFORE))
    after = "|".join(f"(?P<p{i}>{words})" for i, (words, _) in enumerate(_AFTER))
    between = "|".join(
        [
            rf"(?:between|from)\s+(?:{_NUMBER})\s*(?:and|to)\s*(?:(?:more\s+than|over)\s+)?(?:{_NUMBER})",
            _OPEN_ENDED,
            rf"(?:{_NUMBER})\s+or\s+(?:{_NUMBER})",
            rf"(?:{_NUMBER})\s+to\s+(?:{_NUMBER})",
            rf"(?:{_DIGITS})\s*[-–—]\s*(?:{_DIGITS})",
        ]
    )
    core = rf"(?P<core>(?P<between>{between})|(?P<vague>{_VAGUE})|(?P<number>{_NUMBER}))"
    behind = rf"(?:(?<=\d)\s*(?:{after})|\s+(?:{after.replace('?P<p', '?P<s')}))?"
    not_before, not_behind = r"(?<![\w.,$€£#/:-])", r"(?![\w%]|[.,:/]\d|['’]s\b)"
    return re.compile(rf"{not_before}(?:(?!{_OPEN_ENDED})(?:{before})\s+)?{core}{behind}{not_behind}", re.IGNORECASE)


def find_quantities(text: str, start: int = 0) -> tuple[Quantity, ...]:
    """Every number in `text`, in order; offsets are shifted by `start`. Whether it counts anybody is not asked here."""
    found = []
    for match in _pattern().finditer(text):
        quantity = _quantity(match, start)
        if quantity is not None:
            found.append(quantity)
    return tuple(found)


def _quantity(match: re.Match[str], start: int) -> Quantity | None:
    span, core = (start + match.start(), start + match.end()), (start + match.start("core"), start + match.end("core"))
    qualifier: Qualifier = "exact"
    for i, (_, name) in enumerate(_BEFORE):
        if match.group(f"q{i}"):
            qualifier = name
    for i, (_, name) in enumerate(_AFTER):
        if match.group(f"p{i}") or match.group(f"s{i}"):
            qualifier = name
    if match.group("between"):
        parts = re.fullmatch(_BETWEEN, match.group("between"), re.IGNORECASE)
        if parts is None:
            return None
        low, high = value_of(parts.group("a")), value_of(parts.group("b"))
        if low is None or high is None:
            return None
        if match.group("between").lower().startswith("from") and _CHANGED.search(match.string, 0, match.start("between")):
            now = start + match.start("between") + parts.start("b"), start + match.start("between") + parts.end("b")
            return Quantity(now, now, high, high, "exact")
        high += bool(parts.group("over"))
        if low >= high:
            return None
        return Quantity(span, core, low, high, "between")
    if match.group("vague"):
        low, high = VAGUE[re.sub(r"\s+", " ", match.group("vague").lower())]
        if qualifier == "up to":
            return Quantity(span, core, None, high, "vague")
        return Quantity(span, core, low, high, "vague")
    value = value_of(match.group("number"))
    if value is None:
        return None
    if value == 1 and qualifier in {"more than", "about", "less than"} and _OF_THE.match(match.string, match.end("core")):
        return Quantity(core, core, 1, 1, "exact")  # "laid over one of the bodies" says where
    return Quantity(span, core, *bounds(value, qualifier), qualifier)


_OF_THE = re.compile(r"\s+of\s+(?:the|his|her|their|those)\b", re.IGNORECASE)


def bounds(value: int, qualifier: Qualifier) -> tuple[int | None, int | None]:
    """Low and high that `qualifier` gives to a number ("more than 100" is 101 and open)."""
    match qualifier:
        case "at least":
            return value, None
        case "more than":
            return value + 1, None
        case "up to":
            return None, value
        case "less than":
            return None, value - 1
        case _:
            return value, value


def value_of(words: str) -> int | None:
    """The whole number that `words` say in digits of any script or in English; None where they say none ("1.5")."""
    plain = re.sub(r"[\s\u00a0\u202f\u2009-]+", " ", words.strip().lower())
    match = re.fullmatch(r"(\d[\d,.\s]*?)(?: (\w+))?", plain)
    if match:
        digits = re.sub(r"[,\s]", "", match.group(1))
        scale = _SCALES.get(match.group(2) or "", 1)
        if "." in digits:
            number = float(digits) * scale
            return int(number) if scale > 1 and number == int(number) else None
        return int(digits) * scale
    total, part, seen = 0.0, 0.0, False
    for word in plain.replace(",", " ").split():
        if word in _UNITS or word in _TENS:
            part += _UNITS.get(word, _TENS.get(word, 0))
            seen = True
        elif word in _FRACTIONS:
            part, seen = _FRACTIONS[word], True
        elif word in _SCALES:
            scale = _SCALES[word]
            part = (part or 1) * scale
            seen = True
            if scale >= 1_000:
                total, part = total + part, 0
        elif word not in {"and", "a", "an", "of"}:
            return None
    value = total + part
    return int(value) if seen and value == int(value) else None
