"""Keeps the names of people who were harmed, who only saw, or who hold no office out of what leaves a case for the public."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any
from urllib.parse import unquote

from counterclaim.records import Actor, ActorKind, Offsets, ReadReport, Report

HIDDEN = ("victim", "witness", "private")
"""The parts in which a named person is masked; who holds an office, speaks for a body or reports by trade is named for it."""

_PARTICLES = frozenset("al el bin ibn abu umm abd van von der den de da di del la le dr mr mrs ms sheikh haj hajj".split())
_NAME = re.compile(r"[^\W\d_][\w’'-]*")
_ACCOUNT = re.compile(r"(?<![\w.])@\w{2,}")
_PIECES = re.compile(r"(<(?:style|script)\b.*?</(?:style|script)>|<!--.*?-->)", re.DOTALL | re.IGNORECASE)


_YOUNG = r"(?:[1-9]|1[0-7]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|(?:thir|four|fif|six|seven)teen|twelve)"
_AGE_BEFORE = re.compile(
    rf"\b(?:{_YOUNG}-year-old|\w+-(?:month|week|day)-old)(?: \w+){{0,2}},? \Z"
    r"|\b(?:boy|girl|child|baby|infant|toddler|teenager|schoolboy|schoolgirl|pupil)(?: (?:called|named))?,? \Z",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(
    rf",? ?\(?(?:aged? |who was (?:only |just )?)?{_YOUNG}(?: years? old| months? old)?(?=[,;.)]| and\b)"
    rf"|, an? (?:{_YOUNG}-year-old|\w+-(?:month|week)-old|boy|girl|child|baby|infant|toddler|schoolboy|schoolgirl|pupil)\b",
    re.IGNORECASE,
)
"""How reports tell a child's age beside the name: "Adam, 9,", "nine-year-old Adam", "a boy named Adam"."""


_GROUND = re.compile(r"(?:Jebel|Jabal|Djebel|Mount|Wadi|Tell?|Khirbet|Camp)\s", re.IGNORECASE)
_BUILT = re.compile(
    r"\s(?:hospital|clinic|mosque|church|school|university|airport|square|street|camp|roundabout|bridge|district|"
    r"neighbou?rhood|checkpoint|prison|stadium|cemetery)\b",
    re.IGNORECASE,
)  # fmt: skip
"""What makes a place of what looks like a name: "Jebel Orsk" is a mountain, "the Tomas Reld hospital" a house named after him."""


def _is_place(text: str, at: Offsets) -> bool:
    """Whether the words of a name, or those behind it, say that a place is meant."""
    return bool(_GROUND.match(text, *at) or _BUILT.match(text, at[1]))


def _is_minor(text: str, at: Offsets) -> bool:
    """Whether the words around a name say that a child bears it."""
    return bool(_AGE_BEFORE.search(text[max(0, at[0] - 40) : at[0]]) or _AGE_AFTER.match(text, at[1]))


@dataclass(frozen=True, slots=True)
class Hidden:
    """A person to be masked: the number shown instead, the name, why ("minor" ...), the `forms` in which the name stands in the
    reports, and the ids of these."""

    number: int
    name: str
    why: str
    forms: tuple[str, ...]
    reports: tuple[str, ...]


def hidden_in(reports: Sequence[ReadReport]) -> tuple[Hidden, ...]:
    """The people to be masked in these reports, those named in most reports first.

    Whoever is an official, a spokesperson, a journalist or an expert in any of them is not among them, nor is a place that bears
    somebody's name.
    """
    told: defaultdict[str, list[tuple[ReadReport, Actor]]] = defaultdict(list)
    public: set[str] = set()
    for read in reports:
        for actor in read.reading.actors:
            if actor.person in HIDDEN:
                # Who is told harmed is somebody, whatever else bears the name.
                if actor.person == "victim" or not any(_is_place(read.report.text, at) for at in actor.mentions):
                    told[actor.name].append((read, actor))
            else:
                public |= {actor.name, *actor.aliases}
        public |= {mention.place.name for mention in read.reading.places}
    spoken = {word for name in public for word in _NAME.findall(name)}
    names = sorted(told.keys() - public, key=lambda name: (-len(told[name]), name))
    return tuple(_hidden(n, name, told[name], spoken) for n, name in enumerate(names, 1))


def accounts_in(report: Report) -> tuple[str, ...]:
    """The accounts on social media that a report names, or is of, each once."""
    told = (report.outlet, report.byline, report.title, report.text)
    return tuple(dict.fromkeys(found[0] for words in told for found in _ACCOUNT.finditer(words or "")))


def handles_in(reports: Sequence[ReadReport]) -> tuple[str, ...]:
    """The accounts that reports name, without the sign before them: a speaker may go by that. One by which an institution is
    known is not among them."""
    known = {
        name.casefold() for read in reports for actor in read.reading.actors if actor.kind not in _ANYBODY
        for name in (actor.name, *actor.aliases)
    }  # fmt: skip
    told = dict.fromkeys(account[1:] for read in reports for account in accounts_in(read.report))
    return tuple(sorted(handle for handle in told if len(handle) > 2 and handle.casefold() not in known))


_ANYBODY: tuple[ActorKind, ...] = ("person", "people", "unknown")


def _hidden(number: int, name: str, told: Sequence[tuple[ReadReport, Actor]], public: Collection[str]) -> Hidden:
    forms = {name}
    for read, actor in told:
        mentions = (" ".join(read.report.text[start:end].split()) for start, end in actor.mentions)
        forms |= {form for form in (*actor.aliases, *mentions) if form[:1].isupper() and form.casefold() not in _PRONOUNS}
    # A family name stands alone further down; one that a public person or a place bears as well is left to the whole name.
    last = [word for word in _NAME.findall(name) if word.casefold() not in _PARTICLES][-1:]
    forms |= {word for word in last if len(word) > 2 and word not in public and word[:1].isupper()}
    parts = {"minor" if any(_is_minor(read.report.text, at) for at in actor.mentions) else actor.person for read, actor in told}
    why = next(part for part in ("minor", *HIDDEN) if part in parts)
    held = tuple(form for form in sorted(forms, key=lambda f: (-len(f), f)) if form == name or form not in public)
    return Hidden(number, name, why, held, tuple(sorted({read.report.id for read, _ in told})))


_PRONOUNS = frozenset("he she they him her them his hers their theirs i we us our me my you your it its who this that".split())


@dataclass(frozen=True)
class Masks:
    """What stands for the names of `hidden`, and for further `words` that somebody wants gone: "[name 3]", "[withheld]".

    Calling it masks a plain text. A name is masked wherever it stands as whole words, whatever its case and the space within.
    Accounts on social media ("@name") are masked with the names, and with `accounts` also where there are none; `handles` are
    accounts that stand without their sign too.
    """

    hidden: tuple[Hidden, ...] = ()
    words: tuple[str, ...] = ()
    accounts: bool = False
    handles: tuple[str, ...] = ()

    def __call__(self, text: str) -> str:
        """The text without the names."""
        return _ACCOUNT.sub("[account]", self._sub(text, self._plain)) if self else text

    def blotted(self, text: str) -> str:
        """The text with a block in place of each character of a name: every offset into it still holds."""
        return _ACCOUNT.sub(_blot, self._plain.sub(_blot, text)) if self else text

    def in_html(self, page: str) -> str:
        """A page without the names, also where they stand behind what is shown; its style and script stay as they are."""
        if not self:
            return page
        pieces = _PIECES.split(page)
        shown = (piece if n % 2 else _ACCOUNT.sub("[account]", self._sub(piece, self._escaped)) for n, piece in enumerate(pieces))
        return "".join(shown)

    def in_json(self, value: Any) -> Any:
        """What JSON holds without the names; keys stay as they are."""
        if isinstance(value, str):
            return self(value)
        if isinstance(value, dict):
            return {key: self.in_json(held) for key, held in value.items()}
        return [self.in_json(held) for held in value] if isinstance(value, list) else value

    def __bool__(self) -> bool:
        return bool(self.hidden or self.words or self.accounts)

    def tells(self, address: str) -> bool:
        """Whether an address may name somebody who is masked: it holds a word of a name ("/nuri-saleh-dead")."""
        return not self._telling.isdisjoint(
            word.casefold() for word in _NAME.findall(unquote(address).replace("-", " ").replace("_", " "))
        )

    @cached_property
    def _telling(self) -> frozenset[str]:
        forms = (*(person.name for person in self.hidden), *self._forms)
        return frozenset(w.casefold() for form in forms for w in _NAME.findall(form) if len(w) > 2) - _PARTICLES

    def _sub(self, text: str, pattern: re.Pattern[str]) -> str:
        return pattern.sub(lambda match: self._instead.get(_key(match[0]), "[withheld]"), text)

    @cached_property
    def _instead(self) -> dict[str, str]:
        found = {_key(word): "[withheld]" for word in self.words} | {_key(handle): "[account]" for handle in self.handles}
        # Where two people share a form, the one named first keeps it: masked it is either way.
        for person in reversed(self.hidden):
            found |= {_key(form): f"[name {person.number}]" for form in person.forms}
        return found | {_key(escape(form)): shown for form, shown in found.items()}

    @cached_property
    def _plain(self) -> re.Pattern[str]:
        return _any_of(self._forms)

    @cached_property
    def _escaped(self) -> re.Pattern[str]:
        return _any_of(map(escape, self._forms))

    @property
    def _forms(self) -> tuple[str, ...]:
        return (*(form for person in self.hidden for form in person.forms), *self.words, *self.handles)


def _blot(found: re.Match[str]) -> str:
    return "█" * len(found[0])


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted({" ".join(form.split()) for form in forms}, key=lambda form: (-len(form), form))
    if not longest_first:
        return _NOTHING
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern, longest_first))})(?!\w)")


_NOTHING = re.compile(r"(?!)")


def _pattern(form: str) -> str:
    """A name of several words in any case; a single one only as it is written, for in small letters it may be a common word."""
    words = [re.escape(word) for word in form.split()]
    if len(words) == 1:
        return f"(?:{words[0]}|{re.escape(form.upper())})"
    together = r"\s+".join(words)
    return f"(?i:{together})"


def _key(form: str) -> str:
    return " ".join(form.casefold().split())
