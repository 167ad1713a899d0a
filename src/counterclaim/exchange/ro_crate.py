"""Files that belong together as an RO-Crate: one archive with a list of what is in it, what for, made how, and the hashes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from counterclaim.exchange.bundle import zipped
from counterclaim.exchange.export import Export, Format

_CONTEXT = ("https://w3id.org/ro/crate/1.1/context", {"sha256": "https://schema.org/sha256"})
_RIGHTS = "Quotations belong to those who published them; their hashes tell which reports they are from."


def bundled(export: Export, files: Sequence[tuple[Format, bytes]], left_out: Sequence[str]) -> bytes:
    """The archive of what several formats wrote of an export, with `ro-crate-metadata.json` (RO-Crate 1.1) at its head.

    `left_out` says in words what could not be written. The same arguments give the same bytes.
    """
    named = [(_name(format), format, data) for format, data in files]
    told = json.dumps(_metadata(export, named, left_out), ensure_ascii=False, indent=1) + "\n"
    return zipped([("ro-crate-metadata.json", told.encode()), *((name, data) for name, _, data in named)])


def _name(format: Format) -> str:
    """The file's name: the format's key, which tells tables of one ending apart; the PDF is the dossier's."""
    key = "dossier" if format.key == "pdf" else format.key
    return f"{key}.{format.ending.rpartition('.')[2]}"


def _metadata(export: Export, named: Sequence[tuple[str, Format, bytes]], left_out: Sequence[str]) -> dict[str, Any]:
    audience = export.audience
    parts = [{"@id": name} for name, _, _ in named]
    missing = "".join(f" Left out: {line}." for line in (*export.left_out, *left_out))
    graph: list[dict[str, Any]] = [
        {
            "@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        },
        {
            "@id": "./", "@type": "Dataset", "name": export.text(export.title),
            "description": "What reports claim of incidents of violence, by whom and on whose word; machine-extracted, and "
            f"verified only where a file says so. For {audience.key} use ({audience.good_for}).{missing}",
            "datePublished": export.made, "license": _RIGHTS, "hasPart": parts,
        },
        {"@id": "#counterclaim", "@type": "SoftwareApplication", "name": export.made_with.rpartition(" ")[0],
         "softwareVersion": export.made_with.rpartition(" ")[2]},
        {
            "@id": "#export", "@type": "CreateAction", "name": f"Export for {audience.key} use", "endTime": export.made,
            "instrument": {"@id": "#counterclaim"}, "result": parts,
            "object": [{"@id": f"#capture-{id[:12]}"} for id in _captures(export)],
        },
    ]  # fmt: skip
    graph += [
        {
            "@id": name, "@type": "File", "name": format.name, "description": format.good_for, "encodingFormat": format.media,
            "contentSize": str(len(data)), "sha256": sha256(data).hexdigest(),
        }
        for name, format, data in named
    ]  # fmt: skip
    graph += [
        {"@id": f"#capture-{id[:12]}", "@type": "CreativeWork", "name": title or "a report", "sha256": id}
        for id, title in _captures(export).items()
    ]
    return {"@context": list(_CONTEXT), "@graph": graph}


def _captures(export: Export) -> dict[str, str]:
    """What everything was read from, by hash: none of it is in the archive."""
    return {read.report.capture: export.text(read.report.title) for read in export.reports.values()}
