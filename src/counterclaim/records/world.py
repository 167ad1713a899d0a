"""Who, where and when: actors, places, dates and the incidents that reports tell of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from counterclaim.records.claims import DateType
from counterclaim.records.spans import Offsets

ActorKind = Literal["person", "state", "organ", "armed group", "monitor", "agency", "organisation", "people", "unknown"]
PersonType = Literal["official", "spokesperson", "journalist", "expert", "witness", "victim", "private"]
PlacePrecision = Literal["exact", "neighbourhood", "city", "near", "region", "country", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person, institution or group that speaks, is accused or is named.

    `name` is canonical within what it was resolved from; `mentions` the offsets of its mentions in one report
    (empty for one that comes from the registry only); `affiliation` the institution a person speaks for; `side` the
    party it belongs to ("Russia", "monitor"), None when the text does not give it; `why` how it was recognised; `person` the
    part a person has in the report ("private" where nothing tells), None for all that are no named person.
    """

    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    affiliation: str | None = None
    side: str | None = None
    role: str | None = None
    mentions: tuple[Offsets, ...] = ()
    why: tuple[str, ...] = ()
    person: PersonType | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A named place. `lat` and `lon` in degrees (WGS 84), None where it is not known where it lies; `country` an
    ISO 3166 alpha-2 code; `where_prec` UCDP's precision class 1 (exact) to 7, None when unknown."""

    name: str
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    precision: PlacePrecision = "unknown"
    where_prec: int | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in the text."""

    span: Offsets
    place: Place


@dataclass(frozen=True, slots=True)
class DateMention:
    """A time expression: TIMEX3 `value` and `type`; `start` and `end` the first and last day it covers (EDTF days), None where
    the text and its publication date do not tell (relative words in an undated text; a day without a year)."""

    span: Offsets
    value: str
    type: DateType
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class DateRange:
    """When: `start` and `end` EDTF (`2017-03-17`; `XXXX-03-17` where the year is unknown; an end `..` is open).

    `precision` is UCDP's date_prec (1 exact day, 2 two to six days, 3 a week, 4 a month, 5 a year), `inferred` the reason where
    it was not said.
    """

    start: str
    end: str
    precision: int
    inferred: str | None = None


Profile = Literal["plain", "airwars"]
"""How an incident's summary reads vague words: plainly, or by the house values of a casualty recorder."""


@dataclass(frozen=True, slots=True)
class Range:
    """Lowest and highest number said, None where open or unsaid."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentMention:
    """An incident as one report tells of it.

    `main` is the one the report is about; `alleged` the canonical names of those said to have done it; `evidence` offsets of
    the words that name it; `aggregate` true for a month's or a war's total, which is no incident but covers several. Each
    range is the lowest and highest number said, an open "at least 90" counting as 90.
    """

    main: bool
    date: DateRange | None = None
    place: Place | None = None
    alleged: tuple[str, ...] = ()
    aggregate: bool = False
    evidence: tuple[Offsets, ...] = ()
    killed: Range | None = None
    injured: Range | None = None
    civilians_killed: Range | None = None
    civilians_injured: Range | None = None
    combatants_killed: Range | None = None
    children: Range | None = None
    women: Range | None = None
    men: Range | None = None
