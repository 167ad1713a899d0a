"""For whom something is taken out of a case: what each audience is not shown, and how closely it may see a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal, get_args

from counterclaim.records import Place, PlacePrecision

Coarseness = Literal["exact", "10km", "admin1", "country"]
"""How closely a point may be told: as it was read, to a tenth of a degree (some ten kilometres), as the middle of the first-order
division it lies in, or as that of its country."""
COARSENESSES: tuple[Coarseness, ...] = get_args(Coarseness)


def tenth(lat: float, lon: float) -> tuple[float, float]:
    """A point to a tenth of a degree: 11.1 km from north to south, less from east to west."""
    return round(lat, 1), round(lon, 1)


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is to read an export, and what of the case they are not shown.

    `hides` are the reasons for which a person's name is masked (see `masking.Hidden.why`), `accounts` whether accounts on social
    media are, `signatures` whether those who worked on the case are called "analyst 1" and so on; `coarseness` is how closely a
    point is told, `quote` how many characters of a report stand together at most (None: no bound), `texts` whether whole texts of
    reports and the paths they came from may leave.
    """

    key: str
    good_for: str
    hides: frozenset[str]
    accounts: bool
    signatures: bool
    coarseness: Coarseness
    quote: int | None
    texts: bool


AUDIENCES: Mapping[str, Audience] = MappingProxyType(
    {
        one.key: one
        for one in (
            Audience(
                "internal", "those at work on the case: everything as the reports have it; not to be published",
                frozenset(), False, False, "exact", None, True,
            ),
            Audience(
                "partner", "another recorder under an agreement: names of the dead stay, so that lists can be compared; minors, "
                "witnesses, private people, accounts and analysts are masked",
                frozenset({"minor", "witness", "private"}), True, True, "exact", 400, False,
            ),
            Audience(
                "public", "everybody: victims too are masked, points are told to about ten kilometres, quotations are short",
                frozenset({"minor", "victim", "witness", "private"}), True, True, "10km", 200, False,
            ),
        )
    }
)  # fmt: skip
"""The audiences by key, from the one that sees most. A quotation of 200 characters is a sentence or two of a news report: enough
to find it again by."""


def coarsened(place: Place | None, coarseness: Coarseness, region: Place | None, country: Place | None) -> Place | None:
    """The place as closely as `coarseness` allows; `region` and `country` are those that it lies in, None where not known.

    What is known no more closely than asked for stays as it is. Where the wider place is not known there is no point left.
    """
    if place is None or coarseness == "exact" or place.precision == "country":
        return place
    if coarseness == "10km":
        if place.lat is None or place.lon is None or place.precision == "region":
            return place
        near: PlacePrecision = "near"
        lat, lon = tenth(place.lat, place.lon)
        return replace(
            place, lat=lat, lon=lon,
            precision=near if place.precision in ("exact", "neighbourhood", "city") else place.precision,
            where_prec=max(place.where_prec or 2, 2),
        )  # fmt: skip
    if coarseness == "admin1" and place.precision == "region":
        return place
    wider = region if coarseness == "admin1" and region is not None else country
    return wider or Place(name=place.country or "withheld", country=place.country)
