"""Writes what a release is made of as a CycloneDX 1.6 document, for those who must know before they install.

    python release/sbom.py [FILE]

FILE is dist/counterclaim-VERSION.cdx.json by default. The same sources give the same bytes: the time is SOURCE_DATE_EPOCH, or
else that of the last commit, and nothing in it tells of the machine it was made on.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from counterclaim.version import __version__
from parts import ROOT, Carried, Package, carried, core, digest, packages
from wheels import epoch

Row = dict[str, Any]
OWN = f"pkg:pypi/counterclaim@{__version__}"
_SPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # the name space of addresses (RFC 9562)
_SPDX = re.compile(r"(?:[A-Za-z0-9.-]+)(?: (?:AND|OR) [A-Za-z0-9.-]+)*")


def document() -> Row:
    """The whole document, without its serial number, which is made from it."""
    brought = packages()
    direct = {re.split(r"[\[<>=!~; ]", line)[0].lower() for line in core()}
    shipped = [one for one in carried() if one.shipped]
    names = {one.name for one in brought}
    depends: list[Row] = [{"ref": OWN, "dependsOn": sorted(_ref(one) for one in brought if one.name in direct)}]
    depends += [{"ref": _ref(one), "dependsOn": sorted(f"pkg:pypi/{n}@{_version(n, brought)}" for n in one.needs if n in names)}
                for one in brought]  # fmt: skip
    told = {"type": "application", "bom-ref": OWN, "name": "counterclaim", "version": __version__, "purl": OWN,
            "licenses": [{"license": {"id": "Apache-2.0"}}], "components": [_carried(one) for one in shipped]}  # fmt: skip
    made = datetime.fromtimestamp(epoch(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"timestamp": made, "lifecycles": [{"phase": "build"}], "component": told},
        "components": [_package(one) for one in brought], "dependencies": depends,
    }  # fmt: skip


def written() -> str:
    """The document as text."""
    made = document()
    serial = uuid.uuid5(_SPACE, json.dumps(made, sort_keys=True))
    return json.dumps({"serialNumber": f"urn:uuid:{serial}", **made}, indent=1, ensure_ascii=False) + "\n"


def _ref(one: Package) -> str:
    return f"pkg:pypi/{one.name}@{one.version}"


def _version(name: str, brought: tuple[Package, ...]) -> str:
    return next(one.version for one in brought if one.name == name)


def _package(one: Package) -> Row:
    return {"type": "library", "bom-ref": _ref(one), "name": one.name, "version": one.version, "purl": _ref(one),
            "licenses": _licences(one.licence)}  # fmt: skip


def _carried(one: Carried) -> Row:
    """A component inside of ours, with the hash of its file or of the list of its files' hashes."""
    kind = "machine-learning-model" if any(file.suffix == ".onnx" for file in one.files) else "library" if one.purl else "data"
    row = {"type": kind, "name": one.name, "version": one.version, "licenses": _licences(one.licence), "copyright": one.by,
           "hashes": [{"alg": "SHA-256", "content": digest(one.files)}],
           "evidence": {"occurrences": [{"location": file.relative_to(ROOT).as_posix()} for file in one.files]}}  # fmt: skip
    row |= {"purl": one.purl} if one.purl else {}
    return {key: value for key, value in row.items() if value}


def _licences(given: str) -> list[Row]:
    """A licence as an expression where it is one, else by name."""
    if " " not in given and given not in ("BSD",):
        return [{"license": {"id": given}}]
    return [{"expression": given}] if _SPDX.fullmatch(given) and " " in given else [{"license": {"name": given}}]


def main() -> None:
    """Writes the document and says where."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist" / f"counterclaim-{__version__}.cdx.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(written(), "utf-8")
    print(file)


if __name__ == "__main__":
    main()
