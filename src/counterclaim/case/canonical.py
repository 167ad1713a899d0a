"""One way to write records down as bytes, and the digests made of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from itertools import repeat
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from counterclaim.records import Assessment, Decision, Linkage, Reading, Report


def canonical(value: Any) -> str:
    """JSON text of records, tuples, dictionaries and plain values: keys sorted, no spaces, times in ISO 8601.

    Equal values give equal texts, in every process. TypeError for a value of any other kind.
    """
    return _ENCODER.encode(value)


def plain(record: Any) -> dict[str, Any]:
    """The record as JSON holds it: what `canonical` writes, read again."""
    values: dict[str, Any] = json.loads(canonical(record))
    return values


def digest(*parts: str) -> str:
    """SHA-256 in hexadecimal over the parts, a line each."""
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def signed(row: Decision | Assessment) -> str:
    """What identifies a person's row in every copy of a case: who made it and when. No one makes two in a microsecond (the store
    sees to it), and neither changes when words are redacted."""
    return digest(row.user, row.made.isoformat())


def report_digest(report: Report) -> str:
    """What identifies everything that is kept of a report, its text and the map to the capture included.

    Where it is the whole of its capture and no recorder's row, nothing is said of that: so it was logged before there were parts.
    """
    told = _plain(report)
    for later in ("part", "recorder"):
        if told[later] is None:
            del told[later]
    return digest(canonical(told))


def reading_digest(reading: Reading) -> str:
    """What identifies everything that was read from a report and is kept of it. The text is left out: the report's id stands
    for it; and so is what a case does not keep, as if it did not exist, for older cases never heard of it."""
    told = _plain(reading)
    del told["associations"]
    return digest(canonical({**told, "text": None}))


def linkage_digest(linkage: Linkage) -> str:
    """What identifies everything that was linked, whatever the order it is listed in.

    The ids of incidents, utterances and claims are left out and what they hold stands for them: an incident keeps the id
    that it got when its first report came in, so ids tell the history of a case, not what its reports say.
    """
    members = {incident.id: sorted(canonical(member) for member in incident.members) for incident in linkage.incidents}
    incidents = (
        {**_plain(incident), "id": None, "members": members[incident.id], "reasons": sorted(incident.reasons)}
        for incident in linkage.incidents
    )
    utterances = (
        {**_plain(utterance), "id": None, "statements": _sorted(utterance.statements), "reasons": sorted(utterance.reasons)}
        for utterance in linkage.utterances
    )
    claims = (
        {**_plain(claim), "id": None, "incident": members[claim.incident], "edges": _sorted(claim.edges)}
        for claim in linkage.claims
    )
    parts = [linkage.copies, incidents, utterances, claims, linkage.names]
    if linkage.passages:  # older cases never heard of them
        parts.append(linkage.passages)
    return digest(*(canonical(_sorted(part)) for part in parts))


def facts_digest(readings: Iterable[tuple[str, str]], linkage: Linkage) -> str:
    """What identifies all machine facts: (report id, digest of its reading) in any order, and the linkage."""
    return digest(*(f"{report} {of_reading}" for report, of_reading in sorted(readings)), linkage_digest(linkage))


def revived(kind: Any, value: Any) -> Any:
    """The record of that kind (or tuple, or plain value, by its type hint) that `canonical` wrote as `value`."""
    origin, given = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        (kind,) = (one for one in given if one is not NoneType)
        return None if value is None else revived(kind, value)
    if origin is tuple:
        kinds = repeat(given[0]) if given[-1] is Ellipsis else given
        return tuple(revived(of, one) for of, one in zip(kinds, value, strict=False))
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: revived(hints[name], one) for name, one in value.items()})
    return float(value) if kind is float else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _sorted(values: Iterable[Any]) -> list[str]:
    return sorted(canonical(value) for value in values)


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _number(value: Any) -> Any:
    """A whole number as one, since 1 and 1.0 are equal and a column gives back either as its kind."""
    return int(value) if type(value) is float and value.is_integer() else value


_LATER: dict[str, dict[str, Any]] = {
    "Actor": {"person": None},
    "Statement": {"hedge": ()},
    "Reading": {"details": ()},
    "Report": {"modified": None, "known": ()},
    "Linkage": {"passages": ()},
}
"""Fields that records got after cases were written without them, with what each is where nothing is known of it: then nothing is
said of it, so that what older cases sealed still is what is read. Add a field here whenever a record that is kept gets one."""


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        later = _LATER.get(type(value).__name__, {})
        told = {name: _number(getattr(value, name)) for name in _names(type(value))}
        return {name: one for name, one in told.items() if name not in later or one != later[name]}
    raise TypeError(f"{type(value).__name__} has no canonical form")


_ENCODER = json.JSONEncoder(default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
