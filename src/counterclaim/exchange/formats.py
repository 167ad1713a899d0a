"""The formats in which a case leaves: one module and one line here for each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from counterclaim.exchange import lines
from counterclaim.exchange.export import Format

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        one.key: one
        for one in (
            Format(
                "lines", "Readings as JSON lines", "one line a report, for programs", "jsonl", "application/x-ndjson", lines.write
            ),
        )
    }
)
"""The formats by key. What needs the dossier or the case itself is added to them right of the case (`publishing.FORMATS`)."""
