"""What a release is made of: the packages that an installation brings, and what of others the project's own files carry."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]

_CLASSES = {
    "Apache Software License": "Apache-2.0", "BSD License": "BSD", "ISC License (ISCL)": "ISC", "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}  # fmt: skip
"""Licences as the classifiers of packages name them, in SPDX's words where they say as much."""

_LOOSE = {"Apache 2.0": "Apache-2.0", "BSD": "BSD-3-Clause", "ISC License": "ISC", "MIT License": "MIT",
          "3-Clause BSD License": "BSD-3-Clause", "The BSD 2-Clause License": "BSD-2-Clause"}  # fmt: skip
"""Licences as packages put them in words of their own, each looked up in its licence file."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package that comes with an installation: its pinned version, its licence, and the packages it asks for itself."""

    name: str
    version: str
    licence: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """Something of others in the project's own files; see carried.toml."""

    name: str
    version: str
    by: str
    licence: str
    files: tuple[Path, ...]
    shipped: bool
    purl: str | None = None


def pins() -> dict[str, str]:
    """The version of every package in constraints.txt, by canonical name."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    split = (line.partition("==") for line in lines if "==" in line and not line.startswith("#"))
    return {str(canonicalize_name(name)): version for name, _, version in split}


def core() -> list[str]:
    """What pyproject.toml asks for without an extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return list(project["dependencies"])


def packages() -> tuple[Package, ...]:
    """Everything that installing counterclaim without extras brings, by name. What packages are is looked up where this runs.

    setuptools, which a package of the parser's asks for, is left out: it comes with the environment and is not pinned.
    """
    pinned, found = pins(), dict[str, Package]()
    wanted = [(Requirement(line), "") for line in core()]
    seen: set[tuple[str, str]] = set()
    while wanted:
        requirement, extra = wanted.pop()
        name = str(canonicalize_name(requirement.name))
        if name == "setuptools" or not _asked(requirement, extra):
            continue
        held = metadata.distribution(name)
        own = [Requirement(line) for line in held.requires or ()]
        new = [one for one in ("", *requirement.extras) if (name, one) not in seen]
        seen |= {(name, one) for one in new}
        wanted += [(one, asked) for one in own for asked in new]
        needs = {str(canonicalize_name(one.name)) for one in own if _asked(one, "")} - {"setuptools"}
        found[name] = Package(name, pinned[name], _licence(held), tuple(sorted(needs)))
    return tuple(found[name] for name in sorted(found))


def carried() -> tuple[Carried, ...]:
    """What carried.toml lists, with the files that its patterns find."""
    rows = tomllib.loads((ROOT / "release" / "carried.toml").read_text("utf-8"))["carried"]
    return tuple(
        Carried(**{**row, "files": tuple(sorted(f for pattern in row["files"] for f in ROOT.glob(pattern)))}) for row in rows
    )


def digest(files: tuple[Path, ...]) -> str:
    """SHA-256 of a file; of several, of the list of theirs."""
    each = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    return each[0] if len(each) == 1 else hashlib.sha256("\n".join(each).encode()).hexdigest()


def _asked(requirement: Requirement, extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def _licence(held: metadata.Distribution) -> str:
    """The licence of an installed package as it says itself: an expression, else its own words, else a classifier."""
    told = held.metadata
    given = " ".join(next(iter(told.get_all("License-Expression") or told.get_all("License") or ()), "").split())
    if given and len(given) < 80:
        return _LOOSE.get(given, given)
    classes = [line.rpartition(":: ")[2] for line in told.get_all("Classifier") or () if re.match(r"License ::", line)]
    return " AND ".join(sorted(_CLASSES.get(one, one) for one in classes)) or "see the package"
