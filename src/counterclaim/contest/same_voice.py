"""Which voices of one incident are one, though its reports name them differently."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from counterclaim.contest.parties import Parties
from counterclaim.contest.speakers import Voice
from counterclaim.records import Figure, Statement

RULE = (
    "Within an incident these are one voice: the police, a sheriff's office or a fire service and its officers, where the "
    "reports name no two of the kind; two health authorities that give one number; a person whose first name one report "
    "shortens or leaves out."
)
_SERVICES: Mapping[str, re.Pattern[str]] = {
    "police": re.compile(r"\bpolice(?:m[ae]n)?\b", re.I),
    "sheriff": re.compile(r"\bsheriff(?:['’]s?|s)?\b", re.I),
    "fire": re.compile(
        r"\bfirefighters?\b"
        r"|\bfire (?:protection |rescue )?(?:department|district|brigade|service|chief|crews?|marshal|officials?)\b",
        re.I,
    ),
}
"""The services that answer for what happened at a place, each by its words."""

_PLAIN = re.compile(
    r"(?:an?|the|one|some|local|city|town|county|area|senior|unnamed|police(?:m[ae]n)?|sheriff(?:['’]s?|s)?|fire|fire-?fighters?"
    r"|protection|rescue|departments?|districts?|brigade|services?|offices?|officers?|officials?|authorit(?:y|ies)|chief|capt(?:ain)?"
    r"|lt|lieutenant|sgt|sergeant|cpl|maj|major|col|colonel|commander|commissioner|superintendent|inspector|detectives?|deput(?:y|ies)"
    r"|marshal|crews?|sources?|statements?|reports?|spokes(?:man|woman|person)|in|of|for|at|and)\Z",
    re.I,
)
"""Words that say nothing of which police it is."""

_HEALTH = re.compile(
    r"\bhealth (?:ministry|department|directorate|authorit(?:y|ies)|officials?)\b"
    r"|\b(?:ministry|department|directorate) of (?:public )?health\b",
    re.I,
)
_TELLING = 3
"""Numbers below it are given by anybody: two who give one need not have it from one another."""
_BEHIND = re.compile(r"[\s,]+(?:who|which|that|of|in|at|for|from|with|near|on|by)\b.*\Z|,.*\Z", re.I | re.S)
"""What stands behind the noun of a description."""


@dataclass
class Heard:
    """A voice with what an incident's reports tell of it: the offices it speaks from, and the numbers it gives by harm."""

    voice: Voice
    offices: set[str] = field(default_factory=set)
    numbers: set[tuple[str, int]] = field(default_factory=set)
    times: int = 0


def heard_of(spoken: Iterable[tuple[tuple[Voice, ...], Statement | Figure]], parties: Parties) -> dict[str, Heard]:
    """All voices by key, outlets left out, from what they say and count."""
    found: dict[str, Heard] = {}
    for voices, said in spoken:
        for voice in voices:
            if voice.kind == "outlet":
                continue
            held = found.setdefault(voice.key, Heard(voice))
            held.times += 1
            held.offices |= _offices(voice, said, parties) if len(voices) == 1 else {voice.name or ""}
            if isinstance(said, Figure) and said.low is not None and said.scope == "incident":
                held.numbers.add((said.harm, said.low))
    return dict(sorted(found.items()))


def _offices(voice: Voice, said: Statement | Figure, parties: Parties) -> set[str]:
    if not voice.named:
        return {voice.name or ""}
    person = parties.name(said.speaker or "")
    role = parties.roles.get(person, "")
    return {voice.name or "", f"{parties.name(said.affiliation or '')} {role}".strip()}


def same_voices(heard: Mapping[str, Heard], parties: Parties) -> dict[str, Voice]:
    """The keys of voices that are one with others, each with the voice that stands for them all."""
    groups = {key: key for key in heard}

    def root(key: str) -> str:
        while groups[key] != key:
            key = groups[key]
        return key

    for one, other in (*_services(heard), *_health(heard), *_persons(heard, parties)):
        first, then = sorted((root(one), root(other)))
        groups[then] = first
    members: dict[str, list[Heard]] = {}
    for key, one_heard in heard.items():
        members.setdefault(root(key), []).append(one_heard)
    return {one.voice.key: _shown(group) for group in members.values() if len(group) > 1 for one in group}


def _shown(group: Sequence[Heard]) -> Voice:
    """The voice that stands for several: an institution before a person, a name before a description, a full name before a short
    one."""

    def rank(one: Heard) -> tuple[bool, bool, bool, int, int, str]:
        name = one.voice.name or ""
        institution = any(pattern.search(name) for pattern in (*_SERVICES.values(), _HEALTH))
        return (
            not institution,
            not one.voice.named,
            not _which(name),
            0 if institution else -len(name),
            -one.times,
            one.voice.key,
        )

    best = min(group, key=rank).voice
    sides = sorted({one.voice.side for one in group if one.voice.side})
    side = best.side or (sides[0] if len(sides) == 1 else None)
    if any(one.voice.named for one in group):
        return Voice(f"named:{best.name}", best.name, "named", side)
    return Voice(f"{best.kind}:{best.description}", best.name, best.kind, side, best.description)


def _which(words: str) -> frozenset[str]:
    """The words that tell one police from another."""
    return frozenset(word.casefold() for word in re.findall(r"[^\W\d_][\w'’-]*", words) if not _PLAIN.match(word))


def _services(heard: Mapping[str, Heard]) -> Iterator[tuple[str, str]]:
    for service, pattern in _SERVICES.items():
        held: dict[str | frozenset[str], list[str]] = {}
        for key, one in heard.items():
            telling = [words for words in one.offices if _speaks_for(service, words, pattern, named=one.voice.named)]
            if telling:
                described = not one.voice.named and re.match(r"(?:an?|one)\s", one.voice.name or "", re.I)
                told = frozenset[str]() if described else frozenset(word for words in telling for word in _which(words))
                held.setdefault(one.voice.side or told, []).append(key)
        bodies = [keys for which, keys in held.items() if which]
        for body in bodies if len(bodies) > 1 else [[key for keys in held.values() for key in keys]]:
            yield from ((body[0], key) for key in body[1:])


def _speaks_for(service: str, words: str, pattern: re.Pattern[str], *, named: bool) -> bool:
    """Whether an office is one of a service; a description is where its noun is ("relatives of police" are none)."""
    if any(other.search(words) for name, other in _SERVICES.items() if name != service) or not pattern.search(words):
        return False
    noun = _BEHIND.sub("", words).split()
    return named or bool(noun and pattern.search(_BEHIND.sub("", words)) and _PLAIN.match(noun[-1]))


def serves(name: str) -> bool:
    """Whether a voice is a police, a sheriff's office or a fire service, or one of its officers."""
    return any(_speaks_for(service, name, pattern, named=False) for service, pattern in _SERVICES.items())


def _health(heard: Mapping[str, Heard]) -> Iterator[tuple[str, str]]:
    offices = [one for one in heard.values() if one.voice.named and _HEALTH.search(one.voice.name or "")]
    for one, other in combinations(offices, 2):
        if any(number >= _TELLING for _, number in one.numbers & other.numbers):
            yield one.voice.key, other.voice.key


def _persons(heard: Mapping[str, Heard], parties: Parties) -> Iterator[tuple[str, str]]:
    """Two spellings of one person; none where a name would fit two."""
    persons = [one.voice for one in heard.values() if one.voice.named and parties.kinds.get(one.voice.name or "") == "person"]
    pairs = [(a.key, b.key) for a, b in combinations(persons, 2) if _one_person(a, b)]
    yield from (pair for pair in pairs if all(other == pair or set(pair).isdisjoint(other) for other in pairs))


def _one_person(a: Voice, b: Voice) -> bool:
    first, second = (name.casefold().split() for name in sorted((a.name or "", b.name or ""), key=len))
    if not first or not second or first[-1] != second[-1] or (a.side and b.side and a.side != b.side):
        return False
    return len(first) == 1 or (len(first[0]) > 1 and second[0].startswith(first[0].rstrip(".")))


def renaming(joined: Mapping[str, Voice]) -> Callable[[tuple[Voice, ...]], tuple[Voice, ...]]:
    """What puts the voice that stands for several in the place of each; the voices given out are sorted by key, each once."""

    def renamed(voices: tuple[Voice, ...]) -> tuple[Voice, ...]:
        if not any(voice.key in joined for voice in voices):
            return voices
        found = {one.key: one for one in (joined.get(voice.key, voice) for voice in voices)}
        return tuple(sorted(found.values(), key=lambda voice: voice.key))

    return renamed
