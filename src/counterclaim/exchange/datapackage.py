"""All tables in one archive with a Frictionless Data Package's description of every column."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from counterclaim.exchange import claims, figures, ged, incidents, sources
from counterclaim.exchange.bundle import zipped
from counterclaim.exchange.export import NOT_VERIFIED, Export, Piece
from counterclaim.exchange.tables import Kind, Table

TABLES: tuple[Table[Any], ...] = (sources.TABLE, incidents.TABLE, incidents.RANGES, figures.TABLE, claims.TABLE, ged.TABLE)
"""The tables of the package; what a table refers to stands before it."""

CODEBOOK = (
    "A zip archive of " + ", ".join(f"`{table.name}.csv`" for table in TABLES) + " and `datapackage.json`, which describes every "
    "column (name, type, meaning, key and what it refers to) as a Frictionless Data Package, with the SHA-256 of every table.\n"
)
_TYPES: dict[Kind, str] = {"integer": "integer", "number": "number", "boolean": "boolean"}


def write(export: Export) -> Iterator[Piece]:
    """The archive."""
    files = tables_of(export)
    described = json.dumps(describe(export, files), ensure_ascii=False, indent=1)
    packed = [("datapackage.json", described.encode("utf-8", "backslashreplace") + b"\n")]
    packed += [(f"{name}.csv", data) for name, data in files.items()]
    yield zipped(packed), sum(sum(1 for _ in table.rows(export)) for table in TABLES)


def tables_of(export: Export) -> dict[str, bytes]:
    """The tables of the package as CSV, by name."""
    return {table.name: b"".join(piece for piece, _ in table.csv(export)) for table in TABLES}


def describe(export: Export, files: Mapping[str, bytes]) -> dict[str, Any]:
    """The description of the tables in `files` (bytes by name), by version 1 of the standard, which every reader knows."""
    return {
        "profile": "tabular-data-package",
        "name": "counterclaim",
        "title": export.text(export.title),
        "description": f"What reports of violence claim, by whom, in whose words. {NOT_VERIFIED.capitalize()}, unless a row's "
        "`status` says otherwise. It says what was claimed, never what is true.",
        "created": export.made,
        "version": export.made_with,
        "audience": export.audience.key,
        "places": export.closeness,
        "left_out": list(export.left_out),
        "rules": dict(export.rules),
        "resources": [_resource(table, files[table.name]) for table in TABLES],
    }


def _resource(table: Table[Any], data: bytes) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {
            "fields": [_field(column.name, column.kind, column.meaning) for column in table.columns],
            "missingValues": [""],
            "primaryKey": [table.key],
            "foreignKeys": [
                {"fields": [column], "reference": {"resource": other, "fields": [_KEYS[other]]}} for column, other in table.refers
            ],
        },
    }


_KEYS = {table.name: table.key for table in TABLES}


def _field(name: str, kind: Kind, meaning: str) -> dict[str, Any]:
    return {"name": name, "type": _TYPES.get(kind, "string"), "description": meaning}
