"""Institutions known by name: states, their organs, armed groups, monitors and outlets, found in a text by their names."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from counterclaim.records import Offsets
from counterclaim.resolving.institutions import (
    ALLIANCE,
    MINISTRY,
    Entry,
    Organ,
    organs,
    read_list,
    refuse_shared_names,
    shipped_file,
)
from counterclaim.resolving.tokens import Token, folded, tokenize

_LOCATIVE = frozenset(
    "in near at inside outside across within around over throughout into northern southern eastern western central north south "
    "east west".split()
)
"""Words before a country or capital that make it a place and no party ("in Washington", "western Iraq")."""

_OF_THE_CITY = frozenset(
    "airport police street streets district province city governorate strip region residents hospital hospitals university time "
    "drone strike attack attacks bombing blast summit suburb suburbs briefing school mosque market neighbourhood neighborhood "
    "conference talks".split()
)
"""Words after a capital that make it a place ("Kabul airport"), where "Moscow said" or "Moscow's actions" stand for a state."""

LINKED = frozenset(
    "backed based born controlled held made led run allied brokered sponsored supplied trained aligned supported "
    "occupied style".split()
)
"""Second parts of a hyphenated word whose first part is not who is meant ("the UK-based Observatory")."""

_RULED = frozenset({"run", "controlled", "ruled", "administered"})
"""Second parts of a hyphenated word that tell who a ministry answers to ("the Houthi-run health ministry")."""

_BETWEEN = frozenset({"arab", "federal", "national", "own", "armed", "state", "international", "central", "regional", "republic"})
"""Words that may stand between a demonym and an organ ("the Iraqi federal police")."""

_HEADS = frozenset({"led", "headed", "leads", "heads"})
_ALLIANCE_WORDS = frozenset({"international", "global", "military", "air", "multinational", "western", "arab", "anti"})

_PREFIXES = frozenset({"pro", "anti", "ex", "non", "post", "pre", "un"})
"""First parts of a hyphenated word whose second part is not who is meant ("pro-Hamas")."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found at `span`: the entry it is; or `state` where only its adjective stands there ("Russian"); or a bare `organ`
    whose state the words do not give ("the ministry"), `state` then being the adjective before a general word ("the Russian
    ministry"). `place` marks a state or capital that stands for a place there, `seat` a state named by its capital."""

    span: Offsets
    entry: Entry | None = None
    organ: Organ | None = None
    state: Entry | None = None
    place: bool = False
    seat: bool = False


class _Alias(NamedTuple):
    words: tuple[str, ...]
    entry: Entry | None
    how: str  # "name", "metonym", "demonym", "organ"
    shouted: bool
    organ: Organ | None = None


class Registry:
    """Known institutions and the patterns of state organs. Load it with `Registry.load`; it does not change afterwards."""

    def __init__(self, entries: Iterable[Entry], organs: Iterable[Organ]) -> None:
        self.entries = tuple(entries)
        self.organs = (*organs, MINISTRY, ALLIANCE)
        self._index: dict[str, list[_Alias]] = {}
        self._names: dict[str, Entry] = {}
        for e in self.entries:
            for how, names in (("name", (e.name, *e.aliases)), ("metonym", e.metonyms), ("demonym", e.demonyms)):
                for name in names:
                    self._add(name, folded(name), e, how)
            for name in (e.name, *e.aliases):
                self._names[" ".join(folded(name))] = e
        for organ in self.organs:
            for form in organ.forms:
                words = folded(form)
                self._index.setdefault(words[0], []).append(_Alias(words, None, "organ", False, organ))
        for found in self._index.values():
            found.sort(key=lambda a: (-len(a.words), a.how))

    def _add(self, name: str, words: tuple[str, ...], entry: Entry, how: str) -> None:
        shouted = len(words) == 1 and name.isupper() and len(name.replace(".", "")) <= 6
        self._index.setdefault(words[0], []).append(_Alias(words, entry, how, shouted))

    @classmethod
    def load(cls, own: str | None = None, *, source: str = "the list of actors") -> Registry:
        """The registry that ships; the rows of `own` come on top and replace rows of the same name.

        `own` is the text of a CSV file with columns of `data/actors.csv`, of which name and kind are needed; `source` is what
        errors call it. Raises InputError for a row that cannot be used, with its number and what to do.
        """
        if not own or not own.strip():
            return _shipped()
        return _with_own(own, source)

    def on(self, day: str | None) -> Registry:
        """The same list with each side as it was on `day` (EDTF); of a body that changed sides None where that is not known."""
        known = day if day is not None and re.match(r"\d{4}", day) else None
        sides = tuple((e.name, e.side_on(known)) for e in self.entries if e.later)
        return self._with(sides) if sides else self

    @functools.lru_cache(maxsize=16)  # noqa: B019 - a registry lives as long as the process
    def _with(self, sides: tuple[tuple[str, str | None], ...]) -> Registry:
        now = dict(sides)
        return Registry((replace(e, side=now.get(e.name, e.side), later=()) for e in self.entries), self.organs[:-2])

    def named(self, name: str) -> Entry | None:
        """The entry of that name or alias, whatever its case and article; None where there is none."""
        words = folded(name)
        if words[:1] == ("the",) and len(words) > 1:
            words = words[1:]
        return self._names.get(" ".join(words))

    @functools.lru_cache(maxsize=4096)  # noqa: B019 - a registry lives as long as the process
    def organ_of(self, organ: Organ, state: Entry) -> Entry:
        """The organ of that state: a row of its own where it has one ("Pentagon"), else made by the pattern ("Iraqi army")."""
        if organ.name == "government":
            return state
        adjective = state.demonyms[0] if state.demonyms else state.name
        name = f"{adjective} {organ.name}"
        known = self.named(name)
        plover = f"{state.plover[:3]} {organ.plover}".strip() if state.plover else ""
        return known or Entry(name, organ.kind, state.side, state.country, plover=plover)

    def scan(self, text: str, tokens: Sequence[Token] | None = None) -> list[Hit]:
        """Every name of an institution in `text`, in order, none overlapping another; articles are left out of the spans."""
        words = tokenize(text) if tokens is None else tokens
        hits: list[Hit] = []
        i = 0
        while i < len(words):
            found = self._at(words, i) if words[i].norm in self._index else None
            if found is None:
                i += 1
                continue
            hit, stop = found
            if hit is not None:
                before = hits[-1] if hits and words[i - 1].end - hits[-1].span[1] in (0, 1, 2) and i else None
                hits.append(hit)
                if before is not None and self._other_states(before, hit, words[i - 1]):
                    hits[-2:] = [self._made(text, before, hit)]
            i = stop
        return hits

    def _other_states(self, before: Hit, hit: Hit, last: Token) -> bool:
        """Whether a name known as one state's organ stands behind another state's adjective ("South Korean Joint Chiefs of
        Staff")."""
        state = before.state or (before.entry if last.norm in ("'s", "'") else None)
        touching = last.end == before.span[1] or last.norm in ("'s", "'")
        if state is None or not touching or before.organ is not None or hit.span[0] - last.end != 1:
            return False
        return hit.entry is not None and hit.entry.kind == "organ" and state.kind == "state" and hit.entry.side != state.side

    def _made(self, text: str, before: Hit, hit: Hit) -> Hit:
        state = before.state or before.entry
        assert state is not None
        name = f"{state.demonyms[0]} {text[slice(*hit.span)]}"
        return Hit((before.span[0], hit.span[1]), self.named(name) or Entry(name, "organ", state.side, state.country))

    def _at(self, words: Sequence[Token], i: int) -> tuple[Hit | None, int] | None:
        if i > 1 and words[i - 1].text == "-" and words[i - 2].norm in _PREFIXES and words[i - 2].end == words[i - 1].start:
            return None, i + 1  # "pro-X" is not X
        after = words[i + 1].norm if i + 1 < len(words) else ""
        aliases = [a for a in self._index[words[i].norm] if (len(a.words) == 1 or a.words[1] == after) and _stands(words, i, a)]
        if not aliases:
            return None
        name = next((a for a in aliases if a.how != "organ"), None)
        organ = next((a for a in aliases if a.how == "organ"), None)
        if name and name.entry and name.entry.kind in ("armed group", "organisation") and (ruled := self._ruled(words, i, name)):
            return ruled
        found = self._state(words, i, name) if name and name.entry and name.entry.demonyms else None
        if found is not None and found[0] is None:
            return found
        if name and name.entry and (found is None or found[1] <= i + len(name.words)):
            stop = i + len(name.words)
            if organ is None or len(organ.words) <= len(name.words):
                if found is not None:
                    return found
                return Hit((words[i].start, words[stop - 1].end), name.entry, place=_is_place(words, i, stop, name)), stop
        elif found is not None:
            return found
        return self._bare(words, i, organ) if organ else None

    def _ruled(self, words: Sequence[Token], i: int, name: _Alias) -> tuple[Hit, int] | None:
        """The ministry of a group that rules: "the Houthi-run health ministry"; a row of its own where it has one."""
        k = i + len(name.words)
        if name.entry is None or k + 2 >= len(words) or words[k].text != "-" or words[k + 1].norm not in _RULED:
            return None
        organ = next((a for a in self._index.get(words[k + 2].norm, ()) if a.how == "organ" and _stands(words, k + 2, a)), None)
        if organ is None or organ.organ is None or organ.organ.head != "ministry" or organ.organ is MINISTRY:
            return None
        end = k + 2 + len(organ.words)
        adjective = next((a for a in name.entry.aliases if f"{a}s" == name.entry.name), name.entry.name)
        made = f"{adjective} {organ.organ.name}"
        entry = self.named(f"{adjective}-run {organ.organ.name}") or self.named(made)
        entry = entry or Entry(made, "organ", name.entry.side, name.entry.country)
        return Hit((words[i].start, words[end - 1].end), entry), end

    def _state(self, words: Sequence[Token], i: int, name: _Alias) -> tuple[Hit | None, int]:
        """What a state's name or adjective begins: an organ ("Russia's Ministry of Defense"), an alliance, or itself."""
        state = name.entry
        assert state is not None
        stop = i + len(name.words)
        j = stop
        if j + 1 < len(words) and words[j].norm in ("-", "–") and words[j].start == words[j - 1].end:
            if words[j + 1].norm == "led":
                k = j + 2
                while k < len(words) and (words[k].norm in _ALLIANCE_WORDS or words[k].norm == "-"):
                    k += 1
                if k < len(words) and words[k].norm in ALLIANCE.forms:
                    return self._alliance((words[i].start, words[k].end), state), k + 1
            if words[j + 1].norm in LINKED:
                return None, j + 2
            if words[j + 1].text[:1].isupper():  # "US-Russian mediation": each is named, neither acts alone
                return Hit((words[i].start, words[stop - 1].end), state), stop
        if j < len(words) and words[j].norm in ("'s", "'"):
            j += 1
        for k in (j, j + 1):
            if k > j and (k - 1 >= len(words) or words[k - 1].norm not in _BETWEEN):
                break
            if k < len(words) and _joined(words, k) and (name.how != "metonym" or k > stop or state.kind != "state"):
                if words[k].norm in ALLIANCE.forms and j == stop:
                    return self._alliance((words[i].start, words[k].end), state), k + 1
                organ = next((a for a in self._index.get(words[k].norm, ()) if a.how == "organ" and _stands(words, k, a)), None)
                if organ is not None and organ.organ is not None:
                    end = k + len(organ.words)
                    span = (words[i].start, words[end - 1].end)
                    if organ.organ is MINISTRY:
                        return Hit(span, organ=organ.organ, state=state), end
                    territory, stop = self._named_after(words, end, ("in",))
                    if territory is not None and territory is not state and territory.country == state.country:
                        # "the Palestinian Health Ministry in Gaza" is Gaza's: a body is known by what it does and where
                        return Hit((span[0], words[stop - 1].end), self.organ_of(organ.organ, territory)), stop
                    return Hit(span, self.organ_of(organ.organ, state)), end
        if words[i].text == "us":  # the pronoun, unless a body followed ("us military" in a rough translation)
            return None, i + 1
        span = (words[i].start, words[stop - 1].end)
        if name.how == "demonym":
            return Hit(span, state=state), stop
        seat = name.how == "metonym"
        if seat and stop < len(words) and words[stop].text.istitle() and words[stop].norm not in _OF_THE_CITY:
            return None, stop  # "London Fire Brigade" is no capital that stands for a state
        return Hit(span, state, place=_is_place(words, i, stop, name), seat=seat), stop

    def _alliance(self, span: Offsets, leader: Entry) -> Hit:
        adjective = leader.demonyms[0] if leader.demonyms else leader.name
        name = f"{adjective}-led coalition"
        return Hit(span, self.named(name) or Entry(name, "organisation", name))

    def _bare(self, words: Sequence[Token], i: int, alias: _Alias) -> tuple[Hit, int]:
        """A body named without a demonym before it: perhaps with its state after it ("defense Ministry of the Russian
        Federation")."""
        organ = alias.organ
        assert organ is not None
        stop = i + len(alias.words)
        if organ is ALLIANCE:
            led = self._leader_after(words, i)
            return led or (Hit((words[i].start, words[i].end), organ=organ), stop)
        state, end = self._named_after(words, stop, ("of", "in", "-", "–") if organ.head == "ministry" else ("of", "in"))
        if state is not None and organ is not MINISTRY:
            return Hit((words[i].start, words[end - 1].end), self.organ_of(organ, state)), end
        return Hit((words[i].start, words[stop - 1].end), organ=organ), stop

    def _named_after(self, words: Sequence[Token], i: int, links: tuple[str, ...]) -> tuple[Entry | None, int]:
        """The state named after "of the" and the like at `i`, with where its words end."""
        if i < len(words) and words[i].norm in links:
            place = words[i].norm == "in"
            i += 1
            if i < len(words) and words[i].norm == "the":
                i += 1
            for a in self._index.get(words[i].norm, ()) if i < len(words) else ():
                if a.entry is not None and a.entry.demonyms and _stands(words, i, a) and (not place or a.how != "demonym"):
                    end = i + len(a.words)
                    if a.how == "demonym":  # "General staff of the Russian Armed forces"
                        organ = (
                            next(
                                (o for o in self._index.get(words[end].norm, ()) if o.how == "organ" and _stands(words, end, o)),
                                None,
                            )
                            if end < len(words)
                            else None
                        )
                        if organ is None:
                            continue
                        end += len(organ.words)
                    return a.entry, end
        return None, i

    def _leader_after(self, words: Sequence[Token], i: int) -> tuple[Hit, int] | None:
        """The alliance that the words after "coalition" at `i` explain: "headed by the USA", "which the United States leads"."""
        for k in range(i + 1, min(i + 5, len(words) - 1)):
            if words[k].norm in _HEADS and words[k + 1].norm == "by":
                state, end = self._named_after(words, k + 1, ("by",))
                return (self._alliance((words[i].start, words[end - 1].end), state), end) if state else None
            if words[k].norm in ("which", "that"):
                state, end = self._named_after(words, k, ("which", "that"))
                leads = state is not None and end < len(words) and words[end].norm in _HEADS
                return (self._alliance((words[i].start, words[end].end), state), end + 1) if state and leads else None
            if not words[k].text.isalpha():
                return None
        return None


def _joined(words: Sequence[Token], k: int) -> bool:
    """Whether token `k` stands with the one before it, no paragraph ending between."""
    return words[k].start - words[k - 1].end <= 1


def _stands(words: Sequence[Token], i: int, alias: _Alias) -> bool:
    n = len(alias.words)
    if i + n > len(words):
        return False
    for k in range(n):
        if words[i + k].norm != alias.words[k] or (k and not _joined(words, i + k)):
            return False
    if alias.how == "organ":
        return True
    first = words[i].text
    if alias.shouted:
        if first == "us" and alias.words == ("us",):  # decided by what follows
            return True
        return first.replace(".", "").isupper() and not (("." not in first) and _shouting(words, i))
    return n > 1 or first[:1].isupper()


def _shouting(words: Sequence[Token], i: int) -> bool:
    """Whether the words around are all in capitals, so that capitals tell nothing."""
    around = [w.text for w in (*words[max(0, i - 2) : i], *words[i + 1 : i + 3]) if w.text.isalpha() and len(w.text) > 1]
    return len(around) > 1 and all(w.isupper() for w in around)


def _is_place(words: Sequence[Token], i: int, stop: int, name: _Alias) -> bool:
    before = words[i - 1].norm if i else ""
    if before == "the" and i > 1:
        before = words[i - 2].norm
    after = words[stop].norm if stop < len(words) else ""
    if name.entry is None or not name.entry.demonyms:
        return False
    if before in _LOCATIVE:
        return True
    if name.how != "metonym":
        return False
    return after in _OF_THE_CITY or after == "," or (words[i].text.isupper() and len(words[i].text) > 3)


@functools.lru_cache(maxsize=4)
def _with_own(own: str, source: str) -> Registry:
    rows = {e.name: e for e in _shipped().entries}
    given = read_list(own, source)
    rows.update({e.name: e for e in given})
    refuse_shared_names(rows.values(), {e.name for e in given}, source)
    return Registry(rows.values(), organs())


@functools.cache
def _shipped() -> Registry:
    return Registry(read_list(shipped_file("actors.csv"), "actors.csv"), organs())
