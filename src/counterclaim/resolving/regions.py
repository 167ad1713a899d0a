"""Which first-order division and which country a place lies in, each with the point that stands for it."""

from __future__ import annotations

from functools import lru_cache
from math import cos, radians

from counterclaim.records import Place
from counterclaim.resolving.gazetteer import gazetteer
from counterclaim.resolving.place_index import countries

_FAR = 0.7
"""Degrees beyond which the nearest known town tells nothing of the division: most are larger than that across, and a place in the
desert may lie in the next one."""


@lru_cache(maxsize=20_000)
def region_of(place: Place) -> Place | None:
    """The first-order division that a place with a point lies in, by the nearest town that is known; None where none is near."""
    if place.country is None or place.lat is None or place.lon is None or place.precision in ("country", "unknown"):
        return None
    towns, regions = gazetteer().country(place.country)
    lat, lon, narrow = place.lat, place.lon, cos(radians(place.lat))
    if place.precision == "region":
        same = (r for r in regions.values() if (r.lat, r.lon) == (lat, lon))
        if (found := next(same, None)) is not None:
            return _place(found.name, found.lat, found.lon, place.country)
    near = min(
        ((((t_lat - lat) ** 2 + ((t_lon - lon) * narrow) ** 2), code) for t_lat, t_lon, code in towns if code in regions),
        default=None,
    )
    if near is None or near[0] > _FAR**2:
        return None
    region = regions[near[1]]
    return _place(region.name, region.lat, region.lon, place.country)


def country_place(place: Place) -> Place | None:
    """The country that a place lies in, as a place; None where it is not known."""
    for country in countries():
        if country.iso == place.country:
            return Place(
                name=country.name, lat=country.lat, lon=country.lon, country=country.iso, precision="country", where_prec=6
            )
    return None


def _place(name: str, lat: float, lon: float, country: str) -> Place:
    return Place(name=name, lat=lat, lon=lon, country=country, precision="region", where_prec=4)
