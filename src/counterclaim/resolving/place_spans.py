"""Finds the words of a text that name places, with what the text itself says about where they lie; nothing is looked up for good."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from counterclaim.records import Extraction, Mention, Offsets
from counterclaim.resolving.gazetteer import Gazetteer, country_of, is_demonym
from counterclaim.resolving.place_index import rows
from counterclaim.resolving.place_names import fold

Kind = Literal["city", "part", "site", "region", "district", "village", ""]
"""What the text calls a place: a city, a part of one, a site in one, a province, a district or county, a village, or nothing."""

KINDS: dict[str, Kind] = {
    **dict.fromkeys("city town port capital municipality".split(), "city"),
    **dict.fromkeys("village hamlet settlement kibbutz".split(), "village"),
    **dict.fromkeys(
        ("neighborhood", "neighbourhood", "neighborhoods", "neighbourhoods", "quarter", "suburb", "camp", "refugee camp"), "part"
    ),
    **dict.fromkeys("district county parish subdistrict sub-district raion rayon".split(), "district"),
    **dict.fromkeys("province governorate region oblast state prefecture countryside emirate department krai valley".split(), "region"),
    **dict.fromkeys(
        """roundabout square street road market souk hospital clinic mosque church school university bridge crossing checkpoint airport airbase
        prison dam port terminal junction station stadium compound cemetery theater theatre hotel factory refinery power-plant
        base barracks boulevard avenue highway mountain hill hills mount island farm forest oilfield""".split(), "site"
    ),
    **dict.fromkeys(("air base", "military base", "power plant", "train station", "railway station", "border crossing"), "site"),
}  # fmt: skip

_KIND_WORDS = "|".join(sorted((re.escape(k).replace(r"\ ", r"\s") for k in KINDS), key=lambda k: (-len(k), k)))
_KIND_AFTER = re.compile(rf"\s(?:(?:Old|old)\s)?({_KIND_WORDS})s?\b", re.IGNORECASE)
_KIND_BEFORE = re.compile(rf"\bthe\s(?:\w+\s)?({_KIND_WORDS})\s(?:(?:of|called|named|known\sas)\s(?:the\s)?)?$", re.IGNORECASE)
_DIRECTION = re.compile(
    r"^(?:(?:north|south|east|west|central|downtown|greater|rural|upper|lower|old|northern|southern|eastern|western|north-?eastern"
    r"|north-?western|south-?eastern|south-?western|mid|inner|occupied)[\s-])+", re.IGNORECASE
)  # fmt: skip
_NEAR = re.compile(
    r"\b(?:near|outside|(?:close|next)\sto|around|beyond|beside|not\sfar\sfrom|away\sfrom"
    r"|(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west|outskirts|suburbs|edge|vicinity)\sof"
    r"|(?:km|kilometers|kilometres|miles)\s(?:\([^)]*\)\s)?(?:\w+\s)?(?:of|from))\s(?:the\s)?(?:(?:\w+\s)?(?:city|town|village)\sof\s)?$", re.IGNORECASE
)  # fmt: skip
_AT = re.compile(
    r"\b(?:in|near|at|outside|around|inside|into|from|to|toward|towards|through|throughout|across|over|between|above|within|reach(?:ed|ing)?"
    r"|enter(?:ed|ing)?|leav(?:e|ing)|left|hit|struck|bomb(?:ed|ing)|shell(?:ed|ing)|target(?:ed|ing)|captur(?:ed|ing)|city\sof|town\sof|village\sof|capital|port\sof"
    r"|outskirts\sof|north\sof|south\sof|east\sof|west\sof|suburb\sof|district\sof|region\sof|province\sof|part\sof|parts\sof)\s"
    r"(?:(?:the|northern|southern|eastern|western|central|nearby|neighboring|neighbouring|rural|besieged)\s)*$", re.IGNORECASE
)  # fmt: skip
_OF = re.compile(r"\b(?:of|and|or)\s(?:the\s)?$|[,–—-]\s?$|^\s*$", re.IGNORECASE)

_WORD = r"(?:(?:al|el|ad|ed|ar|er|as|es|ash|esh|at|et|az|ez|an|en|ul|il)[-’'‘])?[^\W\d_](?:[\w’'‘ʿʾ`´-]*\w)?"
_TOKEN = re.compile(rf"(?:[^\W\d_]\.){{2,}}|{_WORD}")
_LINK = frozenset("al el of de la le las los les du des del da do dos di ez az es as ash ar ad an upon sur ibn bin".split())
_POSSESSIVE = re.compile(r"['’]s?$")
_SPLIT_ARTICLE = re.compile(r"^(?:al|el|ad|ed|ar|er|as|es|ash|esh|at|et|az|ez|an|en|ul|il)[-’'‘]?$")

_GLUED = re.compile(r"[ae]zz\w{2,}$")
"""A second word that rough translations leave small: "Deir ezzor"."""

NOT_PLACES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november
    december god allah islam the a an he she it they we i his her its their this that these those there here but and or if when while after
    before mr mrs ms dr col gen maj lt sgt president minister ministry army police court house senate congress parliament government state
    university church school hospital council union party court general special security force forces group press news post times
    at to in on of for from by with as so no not all more most some many both few one two three four five six seven eight nine ten yes oh
    however also then now who what why how where which street road avenue park lake river north south east west summer winter spring
    fall flu man woman sun""".split()
)  # fmt: skip
"""Capitalised words that some hamlet in the world is called, but that mean one in no report."""


@dataclass(frozen=True, slots=True)
class Toponym:
    """Words that may name a place. `span` its offsets, `name` the words; `kind` what the text calls it; `kind_end` where that word ends
    if it follows; `near` whether only nearness is said ("near", "north of", "outskirts of"); `told` true where the parse took it for a
    place or the words before say so, `led` where the words before do ("in", "near"); `within` names of what the text says it lies in, nearest first."""

    span: Offsets
    name: str
    kind: Kind = ""
    kind_word: str = ""
    near: bool = False
    told: bool = False
    led: bool = False
    within: tuple[str, ...] = ()


_ACTS_AFTER = re.compile(
    r"(?:['’]s?\s(?!(?:\w+\s)?(?:suburb|district|street|airport|outskirt|neighbo|quarter|mayor|resident|central|old|east|west|north|south))"
    r"|\s(?:and\s(?-i:[A-Z])\w+\s)?(?:has|have|had|is|was|will|would|could|may|might|must|also|never|says|slams|wants|denies|accuses|blames|rejects"
    r"|insists|warns|condemns|criticizes|criticises|claims|calls|urges|(?!based|led|need|used|bound)[a-z]{2,}ed|said|put|began|told|gave|took|saw|made)\b)", re.IGNORECASE
)  # fmt: skip
_ACTS_BEFORE = re.compile(
    r"\b(?:by|with|against|between|told|tells|informed|urged|accused|blamed|asked|how|that|if|both|accuses|blames|criticism\sfrom|condemnation\sof|hopes\sof"
    r"|talks\swith)\s(?:[A-Z]\w+\sand\s)?$"
)  # fmt: skip


def acts(text: str, span: Offsets) -> bool:
    """Whether the words around a capital or seat make it a doer ("Moscow began", "by Washington", "Tehran's refusal") and no place."""
    start, stop = span
    return bool(_ACTS_AFTER.match(text, stop) or _ACTS_BEFORE.search(text[max(0, start - 40) : start]))


@cache
def short_names() -> dict[str, tuple[str, str]]:
    """Short forms of states in datelines ("Calif.", "TX"): to name and country."""
    return {r["short"]: (r["name"], r["country"]) for r in rows("place_short.csv")}


@cache
def _short_pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(s) for s in sorted(short_names(), key=lambda s: (-len(s), s)))
    return re.compile(rf",\s({words})(?!\w)")


_NEXT = re.compile(rf",?\s(?:\(|in\s(?:the\s)?|of\s)?|,\s(?:in\s)?(?:the\s)?|\s\((?={_WORD})")


def find_toponyms(extraction: Extraction, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """The toponyms of a text in order, none overlapping: what the parse took for places, and capitalised words the gazetteer
    knows, where the words before them lead to a place."""
    text = extraction.text
    places = [m for m in extraction.mentions if m.kind == "place"]
    others = [m for m in extraction.mentions if m.kind in ("person", "organisation", "nationality")]
    found: list[Toponym] = []
    runs = _runs(text)
    end = 0
    for run in runs:
        begin = 0
        while begin < len(run):
            start = run[begin][0]
            if start < end:
                begin += 1
                continue
            size, told = (1, True) if _state(text, start) else _extent(text, run, begin, places, others, gazetteer)
            if not size:
                begin += 1
                continue
            stop = run[begin + size - 1][1]
            toponym = _state(text, start) or _described(text, start, stop, told)
            found.append(toponym)
            end = toponym.span[1]
            begin += size
    return tuple(sorted((*found, *_again(text, runs, found, others)), key=lambda t: t.span))


def _again(text: str, runs: list[list[Offsets]], found: list[Toponym], others: list[Mention]) -> list[Toponym]:
    """The names found, where they stand once more unrecognised ("Douma" in "the Douma council"), but not in a person's name."""
    names = {t.name: t for t in found if t.told and len(t.name) > 3}
    taken = [t.span for t in found]
    people = [m for m in others if m.kind == "person" and " " in text[m.span[0] : m.span[1]].strip()]
    more: list[Toponym] = []
    for run in runs:
        for i, (start, _) in enumerate(run):
            for size in range(min(4, len(run) - i), 0, -1):
                stop = run[i + size - 1][1]
                if text[start:stop] not in names or any(a < stop and start < b for a, b in taken):
                    continue
                if _holds(people, start, stop) is None:
                    more.append(_described(text, start, stop, False))
                    taken.append((start, stop))
    return more


def _state(text: str, start: int) -> Toponym | None:
    """The short form of a state right behind a comma (", Va."), as that state."""
    short = _short_pattern().match(text, start - 2) if start >= 2 else None
    return Toponym(short.span(1), short_names()[short[1]][0], "region", told=True, led=True) if short else None


def _runs(text: str) -> list[list[Offsets]]:
    """Stretches of capitalised words one blank or hyphen apart, with the small words that names hold ("Khan al-Assal", "Rio de la
    Plata") between them; a possessive ends one."""
    runs: list[list[Offsets]] = []
    run: list[Offsets] = []
    pending: list[Offsets] = []
    last = -2
    for token in _TOKEN.finditer(text):
        word = _POSSESSIVE.sub("", token[0])
        stop = token.start() + len(word)
        joined = last >= 0 and token.start() - last == 1 and text[last] in " \u00a0-"
        if not joined:
            if run:
                runs.append(run)
            run, pending = [], []
        upper = word[:1].isupper() or bool(re.match(r"[a-z]{2,3}[-’'‘][A-ZŠŻḌḤṢṬẒʿ‘’]", word))
        article = bool(_SPLIT_ARTICLE.match(word.casefold())) and joined
        if word and (upper or run and joined and _GLUED.match(word)):
            run += [*pending, (token.start(), stop)]
            pending = []
        elif run and (word.casefold() in _LINK or article):
            pending.append((token.start(), stop))
        else:
            if run:
                runs.append(run)
            run, pending = [], []
        last = token.end()
        if stop != token.end() and run:
            runs.append(run)
            run, pending, last = [], [], -2
    if run:
        runs.append(run)
    return runs


def _holds(mentions: list[Mention], start: int, stop: int) -> Mention | None:
    return next((m for m in mentions if m.span[0] <= start and stop <= m.span[1]), None)


def _extent(text: str, run: list[Offsets], begin: int, places: list[Mention], others: list[Mention], gazetteer: Gazetteer) -> tuple[int, bool]:
    """How many words of `run` from `begin` name one place, and whether the parse or the words before tell that they do; 0 for none."""
    start = run[begin][0]
    before = text[max(0, start - 40) : start]
    led = bool(_AT.search(before))
    for size in range(min(5, len(run) - begin), 0, -1):
        stop = run[begin + size - 1][1]
        words = text[start:stop]
        if words.startswith(("The ", "THE ")) and not any(c.kind == "city" and c.match == "name" for c in gazetteer.look_up(words)):
            continue
        if words.isupper() and len(words) < 5 and not _is_country(words) or text[stop : stop + 1] in {"$", "€", "£"}:
            continue
        if _DIRECTION.fullmatch(words + " "):
            continue
        if size == 1 and (fold(words) in NOT_PLACES or is_demonym(words) and not _is_country(words)):
            continue
        place = _holds(places, start, stop)
        other = _holds(others, start, stop)
        whole = begin == 0 and size == len(run)
        if place is None and other is not None and not _is_part(text, stop, False) and not (led and other.span[0] >= start - 4 and other.span[1] <= stop + 2):
            if other.kind != "organisation" or begin or not _well_known(words, gazetteer, _FAMOUS if other.span[1] <= stop + 2 else 0):
                continue
            return size, False
        told = place is not None or led
        if _is_country(words):
            return size, True
        if not told and not whole:
            continue
        bare_words = _DIRECTION.sub("", words)
        known = [c for c in gazetteer.look_up(words) if c.match != "sound"]
        if not known and bare_words != words:
            known = [c for c in gazetteer.look_up(bare_words) if c.match != "sound"]
        if known and (told or max(c.population for c in known) >= 15_000 and _OF.search(before[-12:])):
            return size, told
        covers = place is not None and (begin == 0 or place.span[0] >= start - 5) and (stop >= place.span[1] - 2 or size == len(run) - begin)
        if covers or (whole and _is_part(text, stop, led)) or (whole and led and size > 1 and KINDS.get(fold(words).rpartition(" ")[2]) == "site") or (whole and _KIND_BEFORE.search(before)):
            return size, True
    return 0, False


_ORGANISED = 100_000
"""People a city must have for its name to be read out of an organisation's ("Aleppo Media Center", not "Hope Clinic")."""


_FAMOUS = 40
"""Names a city must have for what the parse took wholly for an organisation to be one ("BAGHDAD (Reuters)", not "Toyota")."""


def _well_known(words: str, gazetteer: Gazetteer, fame: int) -> bool:
    if is_demonym(words):
        return False
    return _is_country(words) or any(c.match != "sound" and c.population >= _ORGANISED and c.fame >= fame for c in gazetteer.look_up(words))


def _is_part(text: str, stop: int, led: bool) -> bool:
    """Whether the next word says that this is a neighbourhood, camp or district; for a square or hospital only where words lead to it."""
    after = _KIND_AFTER.match(text, stop)
    kind = KINDS[re.sub(r"\s", " ", after[1].casefold())] if after else ""
    return kind in ("part", "district", "village") or (kind == "site" and led)


def _is_country(words: str) -> bool:
    country = country_of(words)
    return country is not None and not is_demonym(words)


def _described(text: str, start: int, stop: int, told: bool) -> Toponym:
    """The toponym at `start` with what the words around it say of it."""
    name = text[start:stop]
    before, kind, kind_word = text[max(0, start - 60) : start], "", ""
    if after := _KIND_AFTER.match(text, stop):
        kind_word = after[1]
        kind = KINDS[re.sub(r"\s", " ", kind_word.casefold())]
    else:
        last = fold(name).rpartition(" ")[2]
        if last in KINDS and " " in name:
            kind, kind_word = KINDS[last], ""
        elif leading := _KIND_BEFORE.search(before):
            kind = KINDS[re.sub(r"\s", " ", leading[1].casefold())]
            kind = "" if kind == "site" else kind  # "the airport of Aleppo" names a city
    return Toponym((start, stop), name, kind, kind_word, bool(_NEAR.search(before)), told, bool(_AT.search(before)), _within(text, start, stop, bool(kind_word)))  # type: ignore[arg-type]


_OWNER = re.compile(
    rf"(?P<owner>(?:{_WORD}\s)?{_WORD})(?:['’]s|\s(?:city|town|village|province|capital|port|district|region)(?:\s(?:of|in))?)"
    r"\s(?:(?:the|northern|southern|eastern|western|central|north|south|east|west|coastal|border|rural|besieged|old)\s)*"
    r"(?:(?:city|town|village|province|capital|port)(?:\sof)?\s)?$"
)  # fmt: skip
_PEOPLE = re.compile(
    rf"(?P<owner>(?:{_WORD}\s)?{_WORD})\s(?:\w+\s)?(?:(?:city|town|village|province|capital|port|camp|district|region|enclave|border)\s(?:of\s)?)?$"
)  # fmt: skip
_INSIDE = re.compile(
    rf"(?:\s(?:\w+\s)?(?:{_KIND_WORDS})s?)?(?:,|,?\sin|\sof|\s\(|,?\s(?:north|south|east|west)\sof)?\s?(?:(?:in|the|northern|southern|eastern|western|central|north|south|east|west|rural|"
    rf"north-?east(?:ern)?|north-?west(?:ern)?|south-?east(?:ern)?|south-?west(?:ern)?|a|city|town|village|of|suburb|neighborhood|neighbourhood|district)\s)*(?P<owner>{_WORD}(?:[ -]{_WORD}){{0,2}})"
)


def _within(text: str, start: int, stop: int, parted: bool) -> tuple[str, ...]:
    """Names of what the words around `start` to `stop` say it lies in: "X, Iraq", "X in Y", "X (Syria)", "X, Calif.", "Y's X", "the Iraqi
    city of X"."""
    names: list[str] = []
    if short := _short_pattern().match(text, stop):
        names.append(short[1])
    after = _INSIDE.match(text, stop)
    if after and after["owner"][:1].isupper() and after.end("owner") > stop and re.search(r",|\bin\b|\(|\bof\b", text[stop : after.start("owner")]):
        names += _prefixes(after["owner"])
        second = _INSIDE.match(text, after.end("owner"))
        if second and second["owner"][:1].isupper() and "," in text[after.end("owner") : second.start("owner")]:
            names += _prefixes(second["owner"])
    before = text[max(0, start - 60) : start]
    if owner := _OWNER.search(before):
        names += _endings(owner["owner"])
    elif people := _PEOPLE.search(before):
        names += [n for n in _endings(people["owner"]) if is_demonym(n)]
    return tuple(dict.fromkeys(n for n in names if n and n[0].isupper()))


def _endings(words: str) -> list[str]:
    """The words, and the last of two."""
    return [words, words.rpartition(" ")[2]] if " " in words else [words]


def _prefixes(words: str) -> list[str]:
    """ "Deir al-Zour province" -> itself and its shorter beginnings, the longest first."""
    tokens = [t for t in re.split(r"(?<=\S)\s(?=\S)", words)]
    return [_POSSESSIVE.sub("", " ".join(tokens[:n])) for n in range(len(tokens), 0, -1)]
