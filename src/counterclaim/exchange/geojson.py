"""Incidents as GeoJSON (RFC 7946), each at the point that stands for its place, told as closely as the audience may see."""

from __future__ import annotations

import json
from collections.abc import Iterator

from counterclaim.exchange import incidents
from counterclaim.exchange.export import NOT_VERIFIED, Export, Piece

CODEBOOK = (
    "A feature is an incident, a total over a month or a war left out; its properties are the columns of `incidents.csv`. Its "
    "geometry is the point that stands for the place, null where none is known. `place_precision` says what that point stands "
    "for: of a region or a country it is the middle, and nothing happened there. `coarseness` of the whole says how closely "
    "points are told: `exact`, `10km` (to a tenth of a degree), `admin1`, `country`.\n"
)


def write(export: Export) -> Iterator[Piece]:
    """One feature collection, a feature a line."""
    head = {
        "type": "FeatureCollection", "name": export.text(export.title), "made": export.made, "made_with": export.made_with,
        "audience": export.audience.key, "coarseness": export.closeness, "left_out": list(export.left_out),
        "note": f"{NOT_VERIFIED}, unless `status` says otherwise; what was claimed, never what is true",
    }  # fmt: skip
    opening = json.dumps(head, ensure_ascii=False)[:-1] + ', "features": ['
    yield opening.encode("utf-8", "backslashreplace"), 0
    names = [column.name for column in incidents.TABLE.columns]
    between = "\n"
    for contest, cells in zip(incidents.TABLE.rows(export), incidents.TABLE.cells(export), strict=True):
        if contest.incident.aggregate:
            continue
        told = dict(zip(names, cells, strict=True))
        lat, lon = told.pop("latitude"), told.pop("longitude")
        point = None if lat is None or lon is None else {"type": "Point", "coordinates": [lon, lat]}
        feature = {"type": "Feature", "id": contest.incident.id, "geometry": point, "properties": told}
        yield (between + json.dumps(feature, ensure_ascii=False)).encode("utf-8", "backslashreplace"), 1
        between = ",\n"
    yield b"\n]}\n", 0
