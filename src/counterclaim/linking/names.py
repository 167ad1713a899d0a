"""Finds the speakers of single reports that are one actor across reports under two spellings."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

from counterclaim.linking.grouping import Groups
from counterclaim.records import NO_TIES, ReadReport, Ties

CLOSE_SURNAME = 55.0
"""Least rapidfuzz ratio (0 to 100) of two surnames whose consonants agree: "Scrocca" and "Skrocki" reach 57, "Rutskoy" and
"Rudskoi" 71; "Coe" and "Cook" reach 57 too and are kept apart by given name and affiliation."""

CLOSE_GIVEN = 80.0
"""Least ratio of two given names: "Mohammed" and "Mohammad" reach 88, "Sergey" and "Sergei" 83, "John" and "Joan" 75."""

_TITLES = """
    mr mrs ms dr sir prof gen general lt lieutenant col colonel maj major capt captain brig brigadier sgt sergeant cpl adm
    admiral rear vice air marshal commander president minister prime secretary ambassador spokesman spokeswoman spokesperson
    sheikh marine army navy force retired jr sr
"""
_TITLE = frozenset(_TITLES.split())

# Folds what transliteration and rough translation change: voiced and unvoiced, c/k/q, ph/f, doubled letters, vowels.
_FOLDED = (("sch", "s"), ("sh", "s"), ("ch", "k"), ("ck", "k"), ("ph", "f"), ("kh", "k"), ("gh", "g"), ("zh", "z"), ("th", "t"))
_SINGLE = str.maketrans({"c": "k", "q": "k", "d": "t", "b": "p", "g": "k", "v": "f", "w": "f", "z": "s", "x": "k", "j": "y"})


_NOTHING: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Known:
    """What the reports say about a name."""

    count: int = 0
    affiliations: frozenset[str] = _NOTHING
    sides: frozenset[str] = _NOTHING
    roles: frozenset[str] = _NOTHING
    reports: list[str] = field(default_factory=list)
    person: bool = False


def join_names(reports: Sequence[ReadReport], ties: Ties = NO_TIES) -> tuple[tuple[str, str], ...]:
    """Aliases across reports: (name in a report, name shown), sorted; a name that stands alone is left out.

    Two names are one actor when they are the same but for case, accents, dots and titles; or when both are persons whose
    surnames sound alike, whose given names agree or are missing, and who share an affiliation, a side or a role. A bare
    surname that would fit two different persons joins neither. Shown is the most frequent name, then the longest, then the
    first in the alphabet. Unnamed speakers ("a defense official") never join: they may be anybody. `ties` go before all of it.
    """
    known = _gather(reports)
    groups = Groups(sorted(known), ((a, b) for a, b in ties.apart if isinstance(a, str) and isinstance(b, str)))
    for a, b in ties.same:
        if isinstance(a, str) and isinstance(b, str):
            groups.join(a, b)
    by_plain: dict[str, list[str]] = defaultdict(list)
    for name in sorted(known):
        by_plain[" ".join(plain(name))].append(name)
    for same in by_plain.values():
        for name in same[1:]:
            groups.join(same[0], name)
    pairs = [pair for pair in _worth_comparing(known) if _one_person(*pair, *(known[name] for name in pair))]
    rivals = _ambiguous(pairs)
    for a, b in pairs:
        if a not in rivals and b not in rivals:
            groups.join(a, b)
    aliases = []
    for group in groups.several():
        shown = min(group, key=lambda name: (-known[name].count, -len(name), name))
        aliases += [(name, shown) for name in group if name != shown]
    return tuple(sorted(aliases))


@lru_cache(maxsize=1 << 16)
def plain(name: str) -> tuple[str, ...]:
    """Words of a name without accents, case, dots, titles and possessives ("Lt. Gen. Sergey Rudskoi" -> sergey, rudskoi)."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold() or name.casefold()
    words = re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", bare))
    return tuple(w for w in words if w not in _TITLE) or tuple(words)


def sound(surname: str) -> str:
    """Consonants of a surname, folded as transliterations differ: "scrocca" and "skrocki" are both "skrk"."""
    for written, heard in _FOLDED:
        surname = surname.replace(written, heard)
    heard = surname.translate(_SINGLE)
    kept = heard[:1] + re.sub(r"[aeiouyh]", "", heard[1:])
    return re.sub(r"(.)\1+", r"\1", kept)


def _gather(reports: Iterable[ReadReport]) -> dict[str, _Known]:
    known: dict[str, _Known] = defaultdict(_Known)
    for read in reports:
        for s in read.reading.statements:
            if s.speaker and s.speaker_kind == "named":
                for name in s.speaker.split("; "):
                    known[name].count += 1
                    if ";" not in s.speaker:
                        known[name].affiliations |= {s.affiliation} if s.affiliation else _NOTHING
                        known[name].sides |= {s.side} if s.side else _NOTHING
        for actor in read.reading.actors:
            if actor.kind == "person" or actor.name in known:
                found = known[actor.name]
                found.person |= actor.kind == "person"
                found.reports.append(read.report.id)
                found.affiliations |= {actor.affiliation} if actor.affiliation else _NOTHING
                found.sides |= {actor.side} if actor.side else _NOTHING
                found.roles |= {actor.role.casefold()} if actor.role else _NOTHING
    return dict(known)


def _worth_comparing(known: Mapping[str, _Known]) -> Iterator[tuple[str, str]]:
    """Pairs of persons whose surnames sound alike and who share an affiliation, a side or a role: among the names of a large case
    all that sound alike would be many times as many."""
    by_sound: dict[str, list[str]] = defaultdict(list)
    for name in sorted(known):
        if known[name].person:
            by_sound[sound(plain(name)[-1])].append(name)
    for names in by_sound.values():
        sharing: dict[tuple[str, str], list[int]] = defaultdict(list)
        for n, name in enumerate(names):
            of = known[name]
            for what, held in (("affiliation", of.affiliations), ("side", of.sides), ("role", of.roles)):
                for value in held:
                    sharing[what, value].append(n)
        pairs = {pair for some in sharing.values() for pair in combinations(some, 2)}
        yield from ((names[i], names[j]) for i, j in sorted(pairs))


def _one_person(a: str, b: str, x: _Known, y: _Known) -> bool:
    """Whether two names of persons who share something, and whose surnames sound alike, are of one."""
    from rapidfuzz.fuzz import ratio

    *given_a, surname_a = plain(a)
    *given_b, surname_b = plain(b)
    if given_a and given_b and surname_a == surname_b and len(surname_a) > 3:
        fuller, other = sorted((given_a, given_b), key=len, reverse=True)
        if len(fuller) > len(other) == 1 and other[0] in fuller:
            return True  # "Kenneth F. Frank Doe" is Frank Doe
        if _one_office(x, y):
            return True
    if not given_a or not given_b:
        return surname_a == surname_b
    first_a, first_b = given_a[0], given_b[0]
    if len(first_a) == 1 or len(first_b) == 1:
        return first_a[0] == first_b[0] and surname_a == surname_b
    return ratio(first_a, first_b) >= CLOSE_GIVEN and (surname_a == surname_b or ratio(surname_a, surname_b) >= CLOSE_SURNAME)


def _one_office(x: _Known, y: _Known) -> bool:
    """Whether two people of one surname hold the same post of the same body, and no report names both: a man whom some call by
    another given name ("Kenneth Doe", "Frank Doe"), rather than two Does."""
    body = {one for one in x.affiliations & y.affiliations if one not in x.sides | y.sides}
    posts = [{w for role in k.roles for w in re.findall(r"[a-z]+", role)} & _POSTS for k in (x, y)]
    return bool(body and posts[0] & posts[1]) and set(x.reports).isdisjoint(y.reports)


_POSTS = frozenset(
    "general admiral head chief commander minister president secretary ambassador envoy governor mayor director".split()
)
"""Posts and ranks that one or two in a body hold."""


def _ambiguous(pairs: Sequence[tuple[str, str]]) -> set[str]:
    """Bare surnames and initials that fit several persons who are not one another."""
    fits: dict[str, set[str]] = defaultdict(set)
    for a, b in pairs:
        fits[a].add(b)
        fits[b].add(a)
    joined = {frozenset(pair) for pair in pairs}
    return {
        name
        for name, others in fits.items()
        if (len(plain(name)) == 1 or len(plain(name)[0]) == 1)
        and any(frozenset(two) not in joined for two in combinations(sorted(others), 2))
    }
