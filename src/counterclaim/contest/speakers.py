"""From a speaker as one report names him to the voice that he counts as."""

from __future__ import annotations

import re
from dataclasses import dataclass

from counterclaim.contest.parties import Parties
from counterclaim.records import SpeakerKind

_SPOKESMAN = re.compile(r"spokes(?:man|woman|person|people)|press (?:service|office|release)|statement|\brepresentative", re.I)
_HEARSAY = re.compile(
    r"(?:(?:the|some|several|other|various|first|early|initial|unconfirmed|preliminary|these|such) )*"
    r"(?:reports?|accounts?|rumou?rs?|estimates?|versions?|(?:available )?information|data|word)\Z",
    re.I,
)
"""What is said without anybody who says it: the outlet's own words. Activists' accounts, the UN's reports are somebody's."""
_NAME = re.compile(r"the ([A-Z]{2,}|[A-Z][\w.&'’-]*(?: (?:of|for|and|the|[A-Z][\w.&'’-]*))+)\Z")
"""A description that is a name: "the FBI", "the Red Cross"."""
_ARTICLE = re.compile(r"(?:an?|the|one)\s+", re.I)


@dataclass(frozen=True, slots=True)
class Voice:
    """One who speaks, as counted.

    `key` tells voices apart: a person who speaks for an institution has the institution's key, an unnamed speaker one for
    each text, an outlet one for each credit. `name` is what is shown (None for an outlet that is not known),
    `description` an unnamed speaker's words without the article, "" for all others.
    """

    key: str
    name: str | None
    kind: SpeakerKind
    side: str | None = None
    description: str = ""

    @property
    def named(self) -> bool:
        """Whether a name stands behind it: a person, an institution, a group with a name of its own."""
        return self.kind == "named"


def voices_of(
    speaker: str | None,
    affiliation: str | None,
    side: str | None,
    kind: SpeakerKind,
    text: str,
    credit: str | None,
    parties: Parties,
) -> tuple[Voice, ...]:  # fmt: skip
    """The voices behind one statement or figure, sorted by key: one, or several where several say one thing together.

    `speaker`, `affiliation`, `side` and `kind` as Statement has them; `text` the id of the distinct text that it stands
    in and `credit` the agency or outlet whose text that is: the outlet's own voice is theirs.
    """
    if speaker is None or speaker == credit or (kind != "named" and _HEARSAY.match(speaker)):
        own = f"outlet:{credit}" if credit else f"outlet of text:{text}"
        return (Voice(own, credit, "outlet"),)
    speakers = speaker.split("; ")
    affiliations = _aligned(affiliation, len(speakers))
    sides = _aligned(side, len(speakers))
    found = (_voice(*one, kind, text, parties) for one in zip(speakers, affiliations, sides, strict=True))
    return tuple(sorted({voice.key: voice for voice in found}.values(), key=lambda voice: voice.key))


def _voice(speaker: str, affiliation: str | None, side: str | None, kind: SpeakerKind, text: str, parties: Parties) -> Voice:
    name = parties.name(speaker)
    if kind != "named" and (called := _NAME.match(name)):
        name, kind = called[1], "named"
    office = _office(name, side, parties) if kind != "named" else None
    if office is not None:
        return Voice(f"named:{office}", office, "named", parties.sides.get(office, side))
    body = _body(parties.name(affiliation) if affiliation else None, name, side, kind, parties)
    if body is not None and (kind == "named" or _SPOKESMAN.search(speaker)):
        return Voice(f"named:{body}", body, "named", parties.sides.get(body, side))
    if kind == "named":
        return Voice(f"named:{name}", name, "named", parties.sides.get(name, side))
    description = _ARTICLE.sub("", name, count=1).casefold()
    return Voice(f"{kind}:{description} in {text}", name, kind, side or parties.sides.get(name), description)


_AUTHORITIES = re.compile(r"(?:.*\s)?(\w+) (?:authorities|officials)\Z", re.I)
_OFFICE = r"(?:ministry|department|directorate|authority|authorities)"


def _office(name: str, side: str | None, parties: Parties) -> str | None:
    """The ministry that speaks where several unnamed "health officials" of a side do; None where the reports name none or two."""
    field = _AUTHORITIES.match(name.partition(" of ")[0].partition(" in ")[0])
    if field is None or side is None:
        return None
    named = re.compile(rf"\b{field[1]} {_OFFICE}\b|\b{_OFFICE} (?:of|for) (?:\w+ )?{field[1]}\b", re.I)
    theirs = {body for body, of in parties.sides.items() if of == side and named.search(body)}
    return next(iter(theirs)) if len(theirs) == 1 else None


def _body(given: str | None, name: str, side: str | None, kind: SpeakerKind, parties: Parties) -> str | None:
    """The institution spoken for: the one most often given for a named person; a person's own institution where he is said to
    speak for another person, and his side where he speaks for an office ("prime minister")."""
    body = parties.bodies.get(name, given) if kind == "named" else given
    if body is not None and parties.kinds.get(body) == "person":
        body = parties.bodies.get(body, parties.sides.get(body, body))
    if body is not None and body[:1].islower():
        body = side
    return None if body is not None and parties.kinds.get(body) == "people" else body


def _aligned(joined: str | None, count: int) -> tuple[str | None, ...]:
    """Splits a value joined by "; " to go with `count` speakers; one value holds for all, any other number for none."""
    parts = joined.split("; ") if joined else []
    if len(parts) == count:
        return tuple(parts)
    return (joined,) * count if len(parts) == 1 else (None,) * count
