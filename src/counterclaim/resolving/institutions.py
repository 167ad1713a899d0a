"""What is known of institutions before a text is read: the list of actors, the organs that every state may have."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from typing import cast

from counterclaim.errors import WrongFormat
from counterclaim.records import ActorKind
from counterclaim.resolving.tokens import folded


@dataclass(frozen=True, slots=True)
class Entry:
    """An institution: canonical `name`, `kind`, the `side` it belongs to (None: unknown), ISO country code, and how it is
    named in texts. `metonyms` are its capital and seats, `demonyms` its adjectives and people (the first makes the names of
    its organs); `plover` is its PLOVER actor code and `ucdp` its name in UCDP's data, empty where it has none; `later` are the
    sides it belonged to afterwards, each with its first day, in order."""

    name: str
    kind: ActorKind
    side: str | None = None
    country: str | None = None
    aliases: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    plover: str = ""
    ucdp: str = ""
    later: tuple[tuple[str, str], ...] = ()

    def side_on(self, day: str | None) -> str | None:
        """The side it belonged to on a day (EDTF, compared as far as it is known); None where the day is needed and not known."""
        if not self.later:
            return self.side
        if day is None:
            return None
        return next((side for since, side in reversed(self.later) if since[: len(day)] <= day), self.side)


@dataclass(frozen=True, slots=True)
class Organ:
    """A body that every state may have: `name` is what follows the demonym, `head` the word that stands for it alone."""

    name: str
    head: str
    kind: ActorKind
    forms: tuple[str, ...]
    plover: str = ""


MINISTRY = Organ("ministry", "ministry", "organ", ("ministry",), "GOV")
"""Which ministry, the words around must tell."""
ALLIANCE = Organ("coalition", "coalition", "organisation", ("coalition", "alliance"))
"""Whose coalition, the words around must tell."""


def shipped_file(file: str) -> str:
    return resources.files("counterclaim").joinpath("resolving", "data", file).read_text("utf-8")


def table(file: str) -> list[dict[str, str]]:
    """The rows of one of the shipped tables in `data`."""
    return list(csv.DictReader(shipped_file(file).splitlines()))


COLUMNS = ("name", "kind", "side", "country", "aliases", "metonyms", "demonyms", "plover", "ucdp")
"""Of a list of actors; all but name and kind may be left out or empty."""
KINDS = ("state", "organ", "armed group", "monitor", "agency", "organisation")
_SINCE = re.compile(r"(?P<side>.+) from (?P<day>\d{4}-\d\d-\d\d)")


def read_list(content: str, source: str) -> list[Entry]:
    lines = csv.DictReader(content.removeprefix("\ufeff").splitlines())
    given = tuple(lines.fieldnames or ())
    if missing := [c for c in COLUMNS[:2] if c not in given]:
        raise WrongFormat(source, f"has no column {missing[0]}", f"give a CSV file whose first line is {','.join(COLUMNS)}")
    if strange := [c for c in given if c not in COLUMNS]:
        raise WrongFormat(source, f'does not know a column "{strange[0]}"', f"use {', '.join(COLUMNS)}")
    entries: dict[str, Entry] = {}
    for n, row in enumerate(lines, 2):
        name, kind = (row["name"] or "").strip(), (row["kind"] or "").strip()
        if not name and not kind and not any(row.values()):
            continue
        if not folded(name):
            raise WrongFormat(source, f"row {n} has no name", "give the name as reports print it")
        if kind not in KINDS:
            raise WrongFormat(source, f'row {n} ({name}) is of the kind "{kind}"', f"use one of {', '.join(KINDS)}")
        if None in row:
            raise WrongFormat(source, f"row {n} ({name}) has more fields than columns", "put a name with a comma in quotes")
        if name in entries:
            raise WrongFormat(source, f"row {n}: {name} was there before", "give each actor one row")
        aliases, metonyms, demonyms = (
            tuple(a.strip() for a in (row.get(c) or "").split("|") if a.strip()) for c in ("aliases", "metonyms", "demonyms")
        )
        side, *later = [part.strip() for part in (row.get("side") or "").split("|")]
        changes = []
        for change in later:
            found = _SINCE.fullmatch(change)
            if found is None:
                raise WrongFormat(source, f'row {n} ({name}) has the side "{change}"', 'write later sides as "X from 2024-12-08"')
            changes.append((found["day"], found["side"]))
        entries[name] = Entry(
            name, cast("ActorKind", kind), side or None, (row.get("country") or "").strip() or None, aliases, metonyms, demonyms,
            (row.get("plover") or "").strip(), (row.get("ucdp") or "").strip(), tuple(sorted(changes)),
        )  # fmt: skip
    return list(entries.values())


def refuse_shared_names(entries: Iterable[Entry], own: set[str], source: str) -> None:
    """Raises InputError where a name of an own row is another's too: which of them a report means could not be told."""
    bearers: dict[tuple[str, ...], str] = {}
    for entry in sorted(entries, key=lambda e: e.name in own):
        for name in (entry.name, *entry.aliases, *entry.metonyms, *entry.demonyms):
            other = bearers.setdefault(folded(name), entry.name)
            if other != entry.name and entry.name in own:
                remedy = f"leave it out, or name the row {other} so that it replaces that one"
                raise WrongFormat(source, f'"{name}" of {entry.name} is a name of {other} too', remedy)


@functools.cache
def organs() -> tuple[Organ, ...]:
    return tuple(
        Organ(r["name"], r["head"], cast("ActorKind", r["kind"]), tuple(r["forms"].split("|")), r["plover"])
        for r in table("organs.csv")
    )
