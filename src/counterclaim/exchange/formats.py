"""The formats in which a case leaves: one module and one line here for each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from counterclaim.exchange import (
    airwars,
    claims,
    datapackage,
    figures,
    ftm,
    ged,
    geojson,
    incidents,
    label_studio,
    lines,
    provenance,
    sources,
    uima,
    web_annotations,
)
from counterclaim.exchange.export import Format

_CSV, _PARQUET = "text/csv", "application/vnd.apache.parquet"

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        one.key: one
        for one in (
            Format(
                "ged", "UCDP GED", "incidents for a conflict coder, in the columns of UCDP's events", "csv", _CSV, ged.TABLE.csv
            ),
            Format(
                "airwars",
                "Airwars",
                "incidents for a casualty recorder, with what the accused say",
                "csv",
                _CSV,
                airwars.TABLE.csv,
            ),
            Format(
                "datapackage",
                "Data Package",
                "all tables with their description, in one archive",
                "zip",
                "application/zip",
                datapackage.write,
            ),
            Format("geojson", "GeoJSON", "incidents on a map", "geojson", "application/geo+json", geojson.write),
            Format("incidents", "Incidents", "one row an incident, every range", "csv", _CSV, incidents.TABLE.csv),
            Format("figures", "Figures", "one row a number as a report gives it", "csv", _CSV, figures.TABLE.csv),
            Format("claims", "Claims", "one row a statement on a claim", "csv", _CSV, claims.TABLE.csv),
            Format("reports", "Reports", "one row a report, with its hash", "csv", _CSV, sources.TABLE.csv),
            Format("incidents-hxl", "Incidents, HXL", "the same with a row of HXL's tags", "csv", _CSV, incidents.TABLE.hxl),
            Format("figures-hxl", "Figures, HXL", "the same with a row of HXL's tags", "csv", _CSV, figures.TABLE.hxl),
            Format("claims-hxl", "Claims, HXL", "the same with a row of HXL's tags", "csv", _CSV, claims.TABLE.hxl),
            Format(
                "figures-parquet",
                "Figures, Parquet",
                "typed columns, for DuckDB, R, pandas",
                "parquet",
                _PARQUET,
                figures.TABLE.parquet,
            ),
            Format(
                "claims-parquet",
                "Claims, Parquet",
                "typed columns, for DuckDB, R, pandas",
                "parquet",
                _PARQUET,
                claims.TABLE.parquet,
            ),
            Format(
                "lines", "Readings as JSON lines", "one line a report, for programs", "jsonl", "application/x-ndjson", lines.write
            ),
            Format(
                "annotations", "Web Annotations", "every span with what was read there, for annotation viewers (W3C, JSON-LD)",
                "annotations.jsonld", "application/ld+json", web_annotations.write,
            ),
            Format(
                "prov", "PROV", "who and what made the facts: captures, reports, runs, people (W3C, PROV-JSON)", "prov.json",
                "application/json", provenance.write,
            ),
            Format(
                "ftm", "FollowTheMoney", "entities and links for Aleph, OpenAleph and their kin, a line each", "ftm.json",
                "application/x-ndjson", ftm.write,
            ),
            Format(
                "label-studio", "Label Studio", "tasks and their labelling interface, to be checked there and brought back",
                "label-studio.zip", "application/zip", label_studio.write,
            ),
            Format(
                "cas", "UIMA CAS", "XMI files and their type system, for INCEpTION, to be checked there and brought back",
                "cas.zip", "application/zip", uima.write,
            ),
        )
    }
)  # fmt: skip
"""The formats by key. What needs the dossier or the case itself is added to them right of the case (`publishing.FORMATS`)."""
