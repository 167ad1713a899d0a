"""The fields in which a fact is corrected or added: what each is called and what may stand in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from counterclaim.case.values import VALUES
from counterclaim.dossier import words

SHOWN = {
    "figure": ("low", "high", "qualifier", "harm", "victims", "scope", "speaker", "affiliation", "side", "as_of"),
    "statement": ("act", "speaker", "affiliation", "side", "target"),
}
"""The values set by hand, the likeliest wrong first; the chain of attribution and the form are left to the reading."""

LABELS = {
    "low": "Lowest", "high": "Highest", "qualifier": "Said as", "harm": "Harm", "victims": "Of whom", "scope": "Covers",
    "speaker": "Said by", "affiliation": "Who speaks for", "side": "Side", "as_of": "As of", "act": "Does what",
    "target": "Towards",
}  # fmt: skip

_WORDS: dict[str, Mapping[str, str]] = {
    "act": {str(act): shown for act, shown in words.ACTS.items()},
    "scope": {
        "incident": "the incident", "part": "a part of it", "period": "a time or an area", "running": "a running total",
    },
}  # fmt: skip


GRADES = {
    "confirmed": "a party has accepted that it did it",
    "fair": "two or more credible sources",
    "weak": "one source, or all repeat one",
    "contested": "several parties are said to have done it",
    "discounted": "those killed were combatants, or another cause is found",
}
"""What the grades of the scale that ships mean, said where one is chosen; what they are called stands in `case.SCALES`."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: the value's name, its label, what stands in it, and the choices where it has any (value, shown)."""

    name: str
    label: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    number: bool = False


def fields_of(kind: str, values: Mapping[str, Any], but: Collection[str] = ()) -> tuple[Field, ...]:
    """The fields for a kind of fact with these values, `but` for some; none for a kind that has none."""
    return tuple(_field(kind, name, values.get(name)) for name in SHOWN.get(kind, ()) if name not in but)


def _field(kind: str, name: str, value: Any) -> Field:
    held = VALUES[kind][name]
    choices = tuple((choice, _WORDS.get(name, {}).get(choice, choice)) for choice in get_args(held))
    return Field(name, LABELS[name], "" if value is None else str(value), choices, held is int)
