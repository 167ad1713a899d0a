"""The telling words of a text: stems without function words, each weighted by how few texts of the case use it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

_SHORT_FORM = re.compile(r"['’](?:s|re|ve|ll|d|m)$|^[a-z]+n['’]t$")
_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*")

# Dates stand here because they are compared as dates, cue verbs because every report is full of them.
_FUNCTION_WORDS = """
    a an the this that these those it its he him his she her hers they them their theirs we us our ours you your yours i me my
    mine who whom whose which what when where why how there here and or but nor so yet if then than as of in on at by for with
    from to into onto over under up down out off about after before during since until till while between among against
    through across near amid is are was were be been being am do does did doing done has have had having will would shall
    should can could may might must not no nor none any some all both each every either neither other others another such own
    same more most less least much many few very too also only just even still already again ever never once now today
    yesterday tomorrow ago later earlier one two first second new late said says say saying told tells tell according added
    adds stated states statement spokesman spokeswoman spokesperson report reports reported news mr mrs ms dr am pm monday
    tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
    november december
"""
# Without them every two headlines in one of these languages would share what is rare in a case written in English. Words that
# tell something in English ("die", "war", "mine", "pour") are left out.
_FUNCTION_WORDS_ABROAD = """
    aber adalah akan al ao aos après após aquel atau até au auch aus aux avait avant avec bajo bei bis ce ces cet cette
    che chez com comme como contra contre cuando cuyo da dal dalam dalla dans dari das de degli dei del della delle dem
    den dengan depuis des desde deux di donc donde dopo dos du durante durch dès ein eine einem einen einer el elle elles
    em en entre esa esas ese eso esos essa esse est esta estan estas este estos está están et foi fra fue fueron für gegen
    gli ha haben haber había hacia han hasta hay hingga ihr il ils im ini isso ist isto itu juga já karena ke la las le
    les leur leurs lo lors los mit muito muy más na nach nas ne nel nella ni nicht nos não oder ohne oleh onde ont os otra
    otro ou où pada pela pelo pendant pero più por porque quand quando que quem qui quien saat sans se segun según sein
    seit selon sem ser ses seu seus si sich sido sie sind sino soal sobre sono sont sua suas sudah sulla suo sus são telah
    tem tidak tous tra tras tres trois très uma umas una unas und une uno unos uns unter untuk usai vers vom von vor
    werden wird wurde wurden ya yang zu zum zur às était été être über
"""
_COMMON_WORDS = """
    strike airstrike air raid attack bomb bombing kill killed dead death die died civilian people man woman child wounded
    injured casualty force military army police officer official government minister ministry shot shoot shooting shooter gun
    gunman fire victim suspect incident city town area local house home hospital week day night morning year month war country
    united american russian israeli syrian iraqi state
"""

_SUFFIXES = (
    "ations", "ation", "ments", "ment", "ities", "ity", "ingly", "ings", "ing", "ies", "ied", "ness", "ers", "ors", "ions", "ion",
    "ed", "es", "er", "or", "ly", "al", "s", "e", "y",
)  # fmt: skip

# what two translators, or a writer and his editor, put for one thing in reports of war; a line a thing
_ONE_THING = """
    aircraft plane jet warplane aeroplane
    missile rocket projectile
    soldier troops serviceman servicemen
    shelling shelled bombardment
    wounded injured hurt
    hospital clinic infirmary
    weapons arms weaponry
    fighters militants gunmen insurgents
    destroyed demolished razed
    inquiry investigation probe
    doctor physician medic
    order command
    vehicle car truck lorry
    village hamlet
    house home dwelling
    false untrue lie
    refused declined
    permitted allowed
"""

BACKGROUND = 60
"""Imagined texts that stand behind every case, so that weights mean the same in a case of five reports and of five thousand:
a common word of this field is taken to stand in half of them, any other in none."""


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word without possessive and its last inflections: light on purpose, it only has to bring forms of one word together."""
    word = re.sub(r"['’]s?$", "", word.casefold()).replace(".", "")
    for _ in range(2):  # "officials" by way of "official"
        suffix = next((s for s in _SUFFIXES if word.endswith(s) and len(word) - len(s) >= 4), "")
        word = word.removesuffix(suffix)
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] and word[-1].isalpha() else word  # "regretted" is "regret"


_FUNCTION = frozenset(_FUNCTION_WORDS.split())
_ABROAD = frozenset(_FUNCTION_WORDS_ABROAD.split())
_COMMON = frozenset(map(stem, _COMMON_WORDS.split()))
_THINGS = [[stem(word) for word in line.split()] for line in _ONE_THING.splitlines() if line.strip()]
_THING = {word: words[0] for words in _THINGS for word in words}


def telling_words(text: str) -> list[str]:
    """Stems of the words of `text` in order, function words and single letters left out; numbers stay."""
    return [told for told in map(_telling, _WORD.findall(text)) if told is not None]


_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    "|dec(?:ember)?"
)
_CALENDAR = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})\b\.?(?:,? \d{{2,4}}\b)?"
    rf"|\b(?:{_MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?"
    r"|\b\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)


def undated(text: str) -> str:
    """The text without its days and years, which are compared as dates: a day's number is rare among the words of a case, and two
    headlines that share it would look alike (UCDP's headlines by folds: pair F1 .319, and .301 with the words of dates)."""
    return _CALENDAR.sub(" ", text)


# each text is asked several times and most of its words stand in others: more words than a large case holds forms of
@lru_cache(maxsize=1 << 18)
def _telling(word: str) -> str | None:
    """The stem of a word as written, None where it tells nothing."""
    word = _SHORT_FORM.sub("", word.casefold())
    return stem(word) if word not in _FUNCTION and word not in _ABROAD and (len(word) > 1 or word.isdigit()) else None


_NAMES = re.compile(r"(?=\b([A-Z][a-z'’-]+) ([A-Z][a-z'’-]+)\b)")


def name_pairs(text: str) -> frozenset[str]:
    """Every two capitalised words in a row, as written ("Ana Perez", "Mill Road"); none with a function word ("The Pentagon")."""
    pairs = ((m[1], m[2]) for m in _NAMES.finditer(text))
    return frozenset(f"{a} {b}" for a, b in pairs if a.casefold() not in _FUNCTION and b.casefold() not in _FUNCTION)


def thing(word: str) -> str | None:
    """One stem for all that may be put for the same thing ("warplane", "jet"); None for a stem of which no other is known."""
    return _THING.get(word)


def is_common(word: str) -> bool:
    """Whether a stem belongs to the words that any report of a strike may use."""
    return word in _COMMON


class Rarity:
    """How much a shared word tells in this case: the logarithm of how few of its texts use it (inverse document frequency)."""

    def __init__(self, texts: Iterable[Iterable[str]], common: frozenset[str] = frozenset()) -> None:
        """`texts`: the telling words of each text of the case; `common`: stems that would be common in any like case."""
        holders: Counter[str] = Counter()
        self._texts = 0
        for words in texts:
            holders.update(set(words))
            self._texts += 1
        self._holders: Mapping[str, int] = holders
        self._common = _COMMON | common
        self._weights: dict[str, float] = {}  # asked for in every pair: looked up, not worked out again

    @classmethod
    def counted(cls, texts: int, holders: Mapping[str, int], common: frozenset[str] = frozenset()) -> Rarity:
        """Of so many texts, of which each word stands in as many as `holders` says."""
        rarity = cls((), common)
        rarity._texts, rarity._holders = texts, holders
        return rarity

    def holders(self, word: str) -> int:
        """In how many texts of the case the word stands."""
        return self._holders[word]

    def __call__(self, word: str) -> float:
        """The weight of a stem, 0 for one that stands everywhere."""
        weight = self._weights.get(word)
        if weight is None:
            behind = BACKGROUND / 2 if word in self._common else 0.0
            weight = max(0.0, math.log((self._texts + BACKGROUND + 1) / (self._holders[word] + behind + 1)))
            self._weights[word] = weight
        return weight

    def vector(self, words: Iterable[tuple[str, int]]) -> dict[str, float]:
        """Words, each with how often it comes, as a vector of length 1: damped counts times rarity. Empty where no word has
        weight."""
        weights = {w: (1 + math.log(n)) * self(w) for w, n in words if n >= 1}
        length = math.sqrt(sum(x * x for x in weights.values()))
        return {w: x / length for w, x in weights.items() if x} if length else {}
