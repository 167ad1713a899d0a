"""What a decision may say about a fact: which values each kind of fact has, as JSON, and a fact made of them again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeVar, get_args

from counterclaim.case.canonical import canonical, plain
from counterclaim.errors import CaseError
from counterclaim.records import (
    Act,
    DateRange,
    Figure,
    Form,
    Harm,
    Incident,
    IncidentMention,
    Place,
    Qualifier,
    Range,
    Scope,
    SpeakerKind,
    Statement,
    Victims,
)  # fmt: skip

VALUES: Mapping[str, Mapping[str, object]] = {
    "figure": {
        "harm": Harm, "victims": Victims, "low": int, "high": int, "qualifier": Qualifier, "scope": Scope, "as_of": str,
        "speaker": str, "affiliation": str, "side": str, "chain": list,
    },
    "statement": {
        "act": Act, "form": Form, "speaker": str, "speaker_kind": SpeakerKind, "affiliation": str, "side": str, "chain": list,
        "target": str,
    },
    "mention": {"date": DateRange, "place": Place, "alleged": list, "aggregate": bool},
    "incident": {"title": str, "date": DateRange, "place": Place, "alleged": list},
}  # fmt: skip
"""The values of each kind of fact that a person can set, with what each is: a kind of word, text, number, list or record."""

_KNOWN = ("harm", "victims", "qualifier", "scope", "act", "form", "speaker_kind", "chain", "alleged", "aggregate", "title")
"""Values that are never unknown."""

_IN_WORDS: Mapping[object, str] = {
    int: "a whole number from 0", str: "a text", bool: "true or false", list: "a list of texts",
    Place: "a place with name, lat, lon, country, precision and where_prec", DateRange: "a date with start, end and precision",
}  # fmt: skip

Fact = TypeVar("Fact", Figure, Statement, IncidentMention, Incident)


def checked(fact: str, role: str | None, value: str | None) -> Any:
    """The value (JSON text) that a correction of `role` gives, read and found to be of its kind.

    CaseError naming what is allowed where `fact` has no such value or the value is of another kind.
    """
    kinds = VALUES.get(fact, {})
    if role is None or role not in kinds:
        raise CaseError(f"a {fact} has no value called {role!r}; it has {', '.join(kinds) or 'none'}")
    try:
        given = json.loads(value or "")
    except ValueError:
        raise CaseError(f'the new {role} is no JSON: {value!r}; give it as in 12, null or "at least"') from None
    kind = kinds[role]
    words = get_args(kind)
    if given is None:
        fits = role not in _KNOWN
    elif words:
        fits = given in words
    elif kind is list:
        fits = isinstance(given, list) and all(isinstance(one, str) for one in given)
    elif kind in (Place, DateRange):
        fits = _fits_record(kind, given)
    elif kind is int:
        fits = type(given) is int and 0 <= given < 2**63
    else:
        fits = type(given) is kind
    if not fits:
        allowed = f"one of {', '.join(words)}" if words else _IN_WORDS.get(kind, "a record with its fields")
        raise CaseError(f"{value} is no {role} of a {fact}; it is {allowed}" + ("" if role in _KNOWN else " or null"))
    return given


def snapshot(fact: Figure | Statement | IncidentMention | Incident, **more: Any) -> str:
    """The fact as JSON text, to be kept beside a decision; `more` is kept with it."""
    return canonical({**plain(fact), **more})


@lru_cache(maxsize=65536)  # each view asks for the same ones many times; a decision's are about a kilobyte
def seen_of(seen: str | None) -> Mapping[str, Any]:
    """What `snapshot` wrote, read again; empty for None."""
    values: dict[str, Any] = json.loads(seen) if seen else {}
    return MappingProxyType(values)


def differing(kind: str, seen: Mapping[str, Any], now: Figure | Statement | IncidentMention | Incident) -> tuple[str, ...]:
    """The values in which the fact of today is not what was seen."""
    today = plain(now)
    return tuple(name for name in VALUES[kind] if name in seen and name != "form" and seen[name] != today[name])


def with_values(fact: Fact, values: Mapping[str, Any]) -> Fact:
    """The fact with these values (as JSON holds them) in place of its own."""
    return replace(fact, **{name: _typed(name, value) for name, value in values.items()})


def figure_from(seen: Mapping[str, Any]) -> Figure:
    """A figure as it was seen. Its statement and incident are left open: their ids belong to the reading of then."""
    held = _known_fields(Figure, seen)
    return Figure(**{**held, "span": tuple(held["span"]), "chain": tuple(held["chain"]), "statement": None, "incident": None})


def statement_from(seen: Mapping[str, Any]) -> Statement:
    """A statement as it was seen; its incident is left open."""
    held = _known_fields(Statement, seen)
    for name in ("content", "cue", "source", "via", "hedge"):
        held[name] = tuple(tuple(at) for at in held.get(name, ()))
    for name in ("about", "antecedent"):
        held[name] = tuple(held[name]) if held.get(name) else None
    return Statement(**{**held, "chain": tuple(held["chain"]), "incident": None})


def mention_from(seen: Mapping[str, Any]) -> IncidentMention:
    """A mention as it was seen, no longer the one that its report is about: the report of today may have another."""
    held = {name: _typed(name, value) for name, value in _known_fields(IncidentMention, seen).items()}
    return IncidentMention(**{**held, "main": False})


def _known_fields(kind: type, seen: Mapping[str, Any]) -> dict[str, Any]:
    return {field.name: seen[field.name] for field in fields(kind) if field.name in seen}


def _typed(name: str, value: Any) -> Any:
    """The value as its record holds it."""
    if value is None:
        return None
    if name == "place":
        return Place(**value)
    if name == "date":
        return DateRange(**value)
    if name == "evidence":
        return tuple(tuple(at) for at in value)
    if isinstance(value, dict):
        return Range(**value)
    return tuple(value) if isinstance(value, list) else value


def _fits_record(kind: type[Place] | type[DateRange], given: Any) -> bool:
    if not isinstance(given, dict):
        return False
    try:
        made = kind(**given)
    except TypeError:
        return False
    if isinstance(made, Place):
        numbers = all(value is None or isinstance(value, int | float) for value in (made.lat, made.lon))
        return isinstance(made.name, str) and bool(made.name) and numbers
    return isinstance(made.start, str) and isinstance(made.end, str) and made.precision in range(1, 6)
