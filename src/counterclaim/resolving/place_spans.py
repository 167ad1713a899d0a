"""Finds the words of a text that name places, with what the text itself says of each; which is meant is chosen elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from counterclaim.records import Extraction, Mention, Offsets
from counterclaim.resolving import place_words as words_for
from counterclaim.resolving.gazetteer import Candidate, Gazetteer, country_of, is_demonym
from counterclaim.resolving.place_names import fold
from counterclaim.resolving.place_words import Kind, kind_of, short_names, short_pattern

_ORGANISED = 100_000
"""People a city must have for its name to be read out of an organisation's ("Aleppo Media Center", not "Hope Clinic")."""
_FAMOUS = 40
"""Names a city must have for what the parse took wholly for an organisation to be one ("BAGHDAD (Reuters)", not "Toyota")."""
_LISTED = 15_000
"""People a place must have that only a list or an "of" leads to, or that the parse did not see. Judged, not measured."""
_LONGEST = 5
"""Words in a name: "Deir al Zour Military Airport"."""

_AREAS: frozenset[Kind] = frozenset({"part", "district", "village"})
"""What a word behind a name makes a place of by itself; a square or hospital needs words that lead to it."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where a hashtag has swallowed a blank: "#DeirEzzor"."""

Run = list[Offsets]


@dataclass(frozen=True, slots=True)
class Toponym:
    """Words that may name a place.

    `span` are its offsets, `name` the words; `kind` what the text calls it, `kind_word` the word for that where it follows;
    `near` whether only nearness is said; `told` true where the parse took it for a place or the words before say so, `led`
    where the words before do ("in", "near"); `tentative` where the parse took it for part of an organisation, so that only
    places close by can make it one ("Danbury" in "Danbury Superior Court"); `within` are names of what the text says it
    lies in, nearest first; `associated` where the words only name somebody or something after it ("Aleppo City Council").
    """

    span: Offsets
    name: str
    kind: Kind = ""
    kind_word: str = ""
    near: bool = False
    told: bool = False
    led: bool = False
    tentative: bool = False
    within: tuple[str, ...] = ()
    associated: bool = False


def find_toponyms(extraction: Extraction, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """The toponyms of a text in order, none overlapping: what the parse took for places, and capitalised words the
    gazetteer knows, where the words before them lead to a place; then the same names wherever else they stand."""
    scan = _Scan(extraction, gazetteer)
    runs = _runs(extraction.text, gazetteer)
    found: list[Toponym] = []
    for run in runs:
        begin = 0
        while begin < len(run):
            size = 1
            if toponym := scan.at(run, begin):
                found.append(toponym)
                size = sum(a < toponym.span[1] for a, _ in run[begin:])
            begin += size
    found += scan.again(runs, found)
    return tuple(sorted((*found, *scan.associated(runs, found)), key=lambda t: t.span))


def _tokens(text: str, gazetteer: Gazetteer) -> Iterator[tuple[int, int, str, bool]]:
    """The words of a text with their offsets, possessives off, and whether what follows belongs to another name: two that only a
    hyphen ties are two ("Beijing-based", "Lebanon-Syria"), unless the gazetteer knows them as one."""
    for token in words_for.TOKEN.finditer(text):
        start, whole = token.start(), words_for.POSSESSIVE.sub("", token[0])
        cut = words_for.HYPHENED.fullmatch(whole) if whole[:1].isupper() else None
        if cut and (cut["rest"].islower() or _both_known(cut["first"], cut["rest"], whole, gazetteer)):
            middle = start + len(cut["first"]) + 1
            yield start, middle - 1, cut["first"], True
            yield middle, start + len(whole), cut["rest"], len(whole) < len(token[0])
        else:
            yield start, start + len(whole), whole, len(whole) < len(token[0])


def _both_known(first: str, second: str, whole: str, gazetteer: Gazetteer) -> bool:
    """Whether two words that a hyphen ties are two countries, regions or cities and no one name ("Egypt-Sudan", "Al-Hawa")."""

    def known(name: str) -> bool:
        if country_of(name) or is_demonym(name):
            return True
        return any(c.match == "name" and (c.kind != "city" or c.population >= _LISTED) for c in gazetteer.look_up(name))

    return known(first) and known(second) and not any(c.match != "sound" for c in gazetteer.look_up(whole))


def _runs(text: str, gazetteer: Gazetteer) -> list[Run]:
    """Stretches of capitalised words one blank or hyphen apart, with the small words that names hold ("Khan al-Assal", "Rio
    de la Plata") between them; a possessive ends one."""
    runs: list[Run] = [[]]
    pending: Run = []
    last = -2
    for start, stop, word, ends in _tokens(text, gazetteer):
        here = (start, stop)
        joined = last >= 0 and start - last == 1 and text[last] in " \u00a0-"
        if not joined:
            runs.append([])
            pending = []
        run = runs[-1]
        if not run and word.casefold() in words_for.OPENERS:
            continue
        if word and (word[0].isupper() or words_for.ARTICLED.match(word) or (run and words_for.GLUED.match(word))):
            run += [*pending, here]
            pending = []
        elif run and (word.casefold() in words_for.LINKS or words_for.ARTICLE.match(word.casefold())):
            pending.append(here)
        else:
            runs.append([])
            pending = []
        last = -2 if ends else stop
    return [run for run in runs if run]


class _Scan:
    """One text's mentions and gazetteer, asked place by place."""

    def __init__(self, extraction: Extraction, gazetteer: Gazetteer) -> None:
        self.text = extraction.text
        self.gazetteer = gazetteer
        self.places = [m for m in extraction.mentions if m.kind == "place"]
        self.others = [m for m in extraction.mentions if m.kind in ("person", "organisation", "nationality")]
        names = (self.text[slice(*m.span)].split() for m in self.others if m.kind == "person")
        self.surnames = frozenset(name[-1] for name in names if len(name) > 1)

    def at(self, run: Run, begin: int) -> Toponym | None:
        """The toponym whose first word is `run[begin]`, the longest there is; None where no place begins."""
        start = run[begin][0]
        if start >= 2 and (short := short_pattern().match(self.text, start - 2)):
            return Toponym(short.span(1), short_names()[short[1]][0], "region", told=True, led=True)
        before = self.text[max(0, start - 40) : start].removesuffix("#")
        # An article opens a run but no name: "the Aleppo Media Center".
        first = begin == 0 or (begin == 1 and self.text[slice(*run[0])].casefold() == "the")
        if words_for.BODY_BEFORE.search(before):
            return None
        opens = begin == 0 and words_for.DATELINE.match(self.text, start) and re.search(r"(?:^|[.\n]\s*)$", before)
        after_words = bool(words_for.AT.search(before) or opens)
        for size in range(min(_LONGEST, len(run) - begin), 0, -1):
            stop = run[begin + size - 1][1]
            led = after_words or self._struck(start, stop)
            if not self._may_name(start, stop, size) or self.text[slice(*run[begin + size - 1])].islower():
                continue
            other = None if _holding(self.places, start, stop) else _holding(self.others, start, stop)
            if other is not None and not self._stands_free(other, start, stop, led):
                toponym = self._in_name(other, start, stop) if first else None
            else:
                toponym = self._plain(run, begin, size, first=first, led=led, opens=bool(opens))
            if toponym is not None:
                return toponym
        return None

    def again(self, runs: Sequence[Run], found: Sequence[Toponym]) -> list[Toponym]:
        """The names found, where they stand once more unrecognised ("the Douma council"), but not in a person's name."""
        names = {t.name for t in found if t.told and len(t.name) > 3}
        taken = [t.span for t in found]
        people = [m for m in self.others if m.kind == "person" and " " in self.text[slice(*m.span)].strip()]
        more: list[Toponym] = []
        for run in runs:
            for i, (start, _) in enumerate(run):
                for size in range(min(_LONGEST, len(run) - i), 0, -1):
                    stop = run[i + size - 1][1]
                    if self.text[start:stop] not in names or any(a < stop and start < b for a, b in taken):
                        continue
                    if _holding(people, start, stop) is None:
                        more.append(self._described(start, stop, told=False))
                        taken.append((start, stop))
        return more

    def associated(self, runs: Sequence[Run], found: Sequence[Toponym]) -> list[Toponym]:
        """Well-known places inside the names of organisations that are none of the places `found`: "the Bank of Malta"."""
        bodies = [m for m in self.others if m.kind == "organisation"]
        taken = [t.span for t in found]
        more: list[Toponym] = []
        for run in runs:
            for i, (start, _) in enumerate(run):
                for size in range(min(3, len(run) - i), 0, -1):
                    stop = run[i + size - 1][1]
                    if any(a < stop and start < b for a, b in taken) or _holding(bodies, start, stop) is None:
                        continue
                    words = self.text[start:stop]
                    if (
                        not self._may_name(start, stop, size)
                        or is_demonym(words)
                        or self.text[slice(*run[i + size - 1])].islower()
                    ):
                        continue
                    known = [c for c in self.gazetteer.look_up(words) if c.match == "name"]
                    if _is_country(words) or any(c.kind in ("region", "area") or c.population >= _ORGANISED for c in known):
                        more.append(Toponym((start, stop), words, associated=True))
                        taken.append((start, stop))
        return more

    def _may_name(self, start: int, stop: int, size: int) -> bool:
        """Whether the words could be a name at all: no article, title, weekday, bare direction, short form or currency."""
        words = self.text[start:stop]
        if _is_country(words):
            return not words.casefold().startswith("the ") and self.text[stop : stop + 1] not in {"$", "€", "£"}
        if words.casefold().startswith("the "):
            return any(c.kind == "city" and c.match == "name" for c in self.gazetteer.look_up(words))
        if (words.isupper() and len(words) < 5) or words_for.DIRECTION.fullmatch(f"{words} "):
            return False
        return size > 1 or not (fold(words) in words_for.NOT_PLACES or is_demonym(words))

    def _struck(self, start: int, stop: int) -> bool:
        """Whether an attack is called by the words, and a large city is: "the Kabul drone strike"."""
        if not words_for.STRUCK.match(self.text, stop):
            return False
        known = self.gazetteer.look_up(self.text[start:stop])
        return any(c.match == "name" and c.kind == "city" and c.population >= _ORGANISED for c in known)

    def _stands_free(self, other: Mention, start: int, stop: int, led: bool) -> bool:
        """Whether words that the parse took for somebody are a place all the same: wholly that mention, and led to or called a
        neighbourhood."""
        begins = other.span[0] >= start - 4
        wholly = begins and other.span[1] <= stop + 2
        return self._called(stop) in _AREAS or (led and wholly) or (begins and self._struck(start, stop))

    def _in_name(self, other: Mention, start: int, stop: int) -> Toponym | None:
        """A place that an organisation's name begins with, or that the parse mistook for somebody."""
        words = self.text[start:stop]
        wholly = other.span[0] >= start - 4 and other.span[1] <= stop + 2
        civic = words_for.CIVIC.match(self.text, stop)
        if other.kind != "organisation" and (is_demonym(words) or not (wholly or civic) or words in self.surnames):
            return None
        if is_demonym(words) or words_for.OUTLET.search(self.text[slice(*other.span)]):
            return None
        known = [c for c in self.gazetteer.look_up(words) if c.match != "sound"]
        body = other.kind == "organisation" and not wholly and not words_for.STANDS.search(self.text[slice(*other.span)])
        toponym = replace(self._described(start, stop, told=False), associated=body)
        sure = other.kind == "organisation" or " " in words or words_for.AT.search(self.text[max(0, start - 40) : start])
        fame = _FAMOUS if wholly else 0
        if _is_country(words) or any(c.kind == "region" for c in known) or any(
            c.population >= _ORGANISED and c.fame >= fame for c in known
        ):  # fmt: skip
            return toponym if sure else None
        return replace(toponym, tentative=True) if known else None

    def _plain(self, run: Run, begin: int, size: int, *, first: bool, led: bool, opens: bool) -> Toponym | None:
        """Words that nothing else claims: a place where the parse or the words before say so and the gazetteer knows it, where
        it is called one, or where a list leads to a large one."""
        start, stop = run[begin][0], run[begin + size - 1][1]
        words, before = self.text[start:stop], self.text[max(0, start - 40) : start]
        place = _holding(self.places, start, stop)
        civic = first and words_for.CIVIC.match(self.text, stop) is not None
        if words_for.KIN.match(self.text, stop) and not _is_country(words):
            return None
        told, whole = place is not None or led, first and (begin + size == len(run) or civic)
        if _is_country(words):
            return self._described(start, stop, told=True)
        if not told and not whole:
            return None
        if before.endswith("#"):
            words = _CAMEL.sub(" ", words)
        known = [c for c in self.gazetteer.look_up(words) if c.match != "sound"]
        if known and place is None and max(c.population for c in known) < _LISTED:
            if opens or self._called(stop) or self._said_where(start, stop, known):
                return self._described(start, stop, told=True)
            return replace(self._described(start, stop, told=False), tentative=True) if led or civic else None
        if not known:
            known = [c for c in self.gazetteer.look_up(words_for.DIRECTION.sub("", words)) if c.match != "sound"]
        if known and (told or (max(c.population for c in known) >= _LISTED and words_for.LISTED.search(before[-12:]))):
            return self._described(start, stop, told=told)
        if led and place is None and self.gazetteer.look_up(words):
            return self._described(start, stop, told=False)  # by sound only: the choice will ask more of it
        ends = place is not None and (stop >= place.span[1] - 2 or begin + size == len(run))
        if place is not None and ends and (first or place.span[0] >= start - 5):
            return self._described(start, stop, told=True)
        if not whole:
            return None
        called, site = self._called(stop), size > 1 and kind_of(fold(words).rpartition(" ")[2]) == "site"
        named = called in _AREAS or (led and (called == "site" or site)) or words_for.KIND_BEFORE.search(before)
        return self._described(start, stop, told=True) if named else None

    def _said_where(self, start: int, stop: int, known: Sequence[Candidate]) -> bool:
        """Whether the words name a region or country that holds one of the `known`: "Bantam, Connecticut"."""
        for name in self._within(start, stop):
            country = country_of(name)
            if any(country is not None and c.country == country.iso for c in known):
                return True
            regions = {
                (r.country, r.region) for r in self.gazetteer.look_up(short_names().get(name, (name,))[0]) if r.kind == "region"
            }
            if any((c.country, c.region) in regions for c in known):
                return True
        return False

    def _called(self, stop: int) -> Kind:
        """What the word right behind says it is."""
        after = words_for.KIND_AFTER.match(self.text, stop) or words_for.LISTED_KIND.match(self.text, stop)
        return kind_of(after[1]) if after else ""

    def _described(self, start: int, stop: int, *, told: bool) -> Toponym:
        """The toponym with what the words around it say of it."""
        name, before = self.text[start:stop], self.text[max(0, start - 60) : start]
        kind: Kind = ""
        kind_word = ""
        if after := words_for.KIND_AFTER.match(self.text, stop):
            kind, kind_word = kind_of(after[1]), after[1]
        elif after := words_for.LISTED_KIND.match(self.text, stop):
            kind = kind_of(after[1])
        elif " " in name and (own := kind_of(fold(name).rpartition(" ")[2])):
            kind = own
        elif (leading := words_for.KIND_BEFORE.search(before)) and kind_of(leading[1]) != "site":
            kind = kind_of(leading[1])  # but "the airport of Aleppo" names a city
        if self.text[start - 1 : start] == "#":
            name = _CAMEL.sub(" ", name)
        return Toponym(
            (start, stop), name, kind, kind_word, near=bool(words_for.NEAR.search(before)), told=told,
            led=bool(words_for.AT.search(before)), within=self._within(start, stop),
        )  # fmt: skip

    def _within(self, start: int, stop: int) -> tuple[str, ...]:
        """Names of what the words around say it lies in: "X, Iraq", "X in Y", "X (Syria)", "Y's X", "the Iraqi city of X"."""
        text, names = self.text, []
        if short := short_pattern().match(text, stop):
            names.append(short[1])
        after = words_for.INSIDE.match(text, stop)
        if after and after["owner"][0].isupper() and re.search(r",|\bin\b|\(|\bof\b", text[stop : after.start("owner")]):
            names += _beginnings(after["owner"])
            second = words_for.INSIDE.match(text, after.end("owner"))
            if second and second["owner"][0].isupper() and "," in text[after.end("owner") : second.start("owner")]:
                names += _beginnings(second["owner"])
        before = text[max(0, start - 60) : start]
        if not before[-1:].isspace() or before.islower():
            pass  # both patterns end in a blank, and an owner has a capital: most names have neither before them
        elif owner := words_for.OWNER.search(before):
            names += _endings(owner["owner"])
        elif people := words_for.PEOPLE.search(before):
            names += [n for n in _endings(people["owner"]) if is_demonym(n)]
        return tuple(dict.fromkeys(n for n in names if n and n[0].isupper()))


def _holding(mentions: Sequence[Mention], start: int, stop: int) -> Mention | None:
    return next((m for m in mentions if m.span[0] <= start and stop <= m.span[1]), None)


def _is_country(words: str) -> bool:
    return country_of(words) is not None and not is_demonym(words)


def _endings(words: str) -> list[str]:
    """The words, and the last of two."""
    return list(dict.fromkeys([words, words.rpartition(" ")[2]]))


def _beginnings(words: str) -> list[str]:
    """ "Deir al-Zour province" and its shorter beginnings, the longest first."""
    tokens = words.split(" ")
    return [words_for.POSSESSIVE.sub("", " ".join(tokens[:n])) for n in range(len(tokens), 0, -1)]
