"""Whether this installation can work: Python, the store, the models, the place index, the bundled case, and each extra."""

from __future__ import annotations

import contextlib
import importlib
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import metadata
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import typer

from counterclaim.commands.console import Step, counted, say
from counterclaim.errors import CaseError, CounterclaimError, InputError
from counterclaim.version import __version__

if TYPE_CHECKING:
    from packaging.markers import Marker

EXTRAS: Mapping[str, str] = MappingProxyType({
    "cas": "reports for INCEpTION and back, as UIMA CAS",
    "parquet": "exports as Parquet",
    "pdf": "the dossier on paper",
    "postgresql": "a case in PostgreSQL",
    "serve": "the workbench",
    "spark": "archives read on Spark",
    "web": "pages fetched by their address",
})  # fmt: skip
"""What each extra is for."""

_MAKERS = frozenset({"dev", "docs", "readers"})
"""Extras for those who change the project; nobody misses them."""

_JAVA = 17
"""The oldest Java that Spark 4 runs on."""


def doctor() -> None:
    """Check that this installation can work.

    Looks at Python, SQLite, the files of the parser and of the statement tagger, the place index, the bundled case, and at every
    extra: whether it is installed, loads, and what to do if not. An extra that is not installed is no problem.
    """
    worst = 0
    for name, check in CHECKS.items():
        try:
            typer.echo(f"ok       {name}: {check()}")
        except CounterclaimError as error:
            typer.echo(f"problem  {name}: {error}")
            worst = max(worst, error.exit_code)
    for name, wanted in extras().items():
        state, words = _looked_at(name, wanted)
        typer.echo(f"{state:<8} extra {name}{f', {EXTRAS[name]}' if name in EXTRAS else ''}: {words}")
        if state == "problem":
            worst = max(worst, CounterclaimError.exit_code)
    raise typer.Exit(worst)


@contextlib.contextmanager
def bundled_case() -> Iterator[Path]:
    """The folder of the bundled case's reports, wherever the package is installed."""
    from importlib.resources import as_file, files

    with as_file(files("counterclaim") / "examples" / "kabul-drone-2021" / "reports") as folder:
        yield folder


def places(step: Step | None = None) -> str:
    """What the place index is; built, with a word on stderr, where it is not there yet."""
    from counterclaim.resolving import places_ready

    def told(stage: str, done: int, total: int) -> None:
        if not done:
            say("building the place index; this takes some seconds, once")
        if step is not None:
            step(stage, done, total)

    return places_ready(told)


def extras() -> dict[str, list[str]]:
    """Every extra of the installed package but the makers', with what it asks for as its metadata has it.

    Empty where counterclaim is run without being installed.
    """
    from packaging.requirements import Requirement

    try:
        told = metadata.metadata("counterclaim")
    except metadata.PackageNotFoundError:
        return {}
    wanted = [Requirement(line) for line in told.get_all("Requires-Dist") or ()]
    named = sorted(set(told.get_all("Provides-Extra") or ()) - _MAKERS)
    return {extra: [f"{one.name}{one.specifier}" for one in wanted if _only_of(one.marker, extra)] for extra in named}


def _only_of(marker: Marker | None, extra: str) -> bool:
    """Whether something is asked for with `extra`, and not without."""
    return marker is not None and marker.evaluate({"extra": extra}) and not marker.evaluate({"extra": ""})


def _looked_at(extra: str, wanted: list[str]) -> tuple[str, str]:
    """How an extra stands ("ok", "absent" or "problem"), with its versions, or what is wrong and what to do."""
    from packaging.requirements import Requirement

    install = f'pip install "counterclaim[{extra}]"'
    there, missing = [], []
    for requirement in map(Requirement, wanted):
        try:
            found = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            missing.append(requirement.name)
            continue
        if not requirement.specifier.contains(found, prereleases=True):
            return "problem", f"{requirement.name} is {found} and should be {requirement.specifier}; {install}"
        there.append((requirement.name, found))
    if missing:
        return "absent", f"{', '.join(missing)} not installed; to have it: {install}"
    for name, found in there:
        try:
            for module in _modules(name):
                importlib.import_module(module)
        except Exception as error:
            why = " ".join(str(error).split())[:200]
            return "problem", f"{name} {found} does not load ({type(error).__name__}: {why}); install what it lacks, or {install}"
    if extra in BESIDES:
        try:
            BESIDES[extra]()
        except CounterclaimError as error:
            return "problem", str(error)
    return "ok", ", ".join(f"{name} {found}" for name, found in there)


def _modules(distribution: str) -> list[str]:
    """The module that an installed distribution is named after; where there is none, all that it brings at the top but those for
    its own use. What a distribution brings besides (an old name, a driver for something else) need not load."""
    from packaging.utils import canonicalize_name

    asked = canonicalize_name(distribution)
    brought = sorted(
        module for module, names in metadata.packages_distributions().items()
        if module.isidentifier() and not module.startswith("_") and asked in map(canonicalize_name, names)
    )  # fmt: skip
    return [module for module in brought if canonicalize_name(module) == asked] or brought


def _java() -> None:
    """CounterclaimError unless a Java that Spark runs on is there."""
    found = shutil.which("java")
    said = subprocess.run([found, "-version"], capture_output=True, text=True).stderr if found else ""
    version = said.partition('"')[2].partition('"')[0]
    first = version.partition(".")[0]
    if not first.isdigit() or int(first) < _JAVA:
        have = f"Java {version} is too old" if version else "there is no Java"
        raise CounterclaimError(f"{have}; install Java {_JAVA} or newer (a runtime will do) and put it on the path")


BESIDES: Mapping[str, Callable[[], None]] = MappingProxyType({"spark": _java})
"""What an extra needs that no Python package brings."""


def _python() -> str:
    return f"{sys.version.split()[0]}, counterclaim {__version__}"


def _sqlite() -> str:
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        try:
            database.execute("create virtual table words using fts5(text)")
        except sqlite3.OperationalError:
            raise CaseError("SQLite lacks FTS5, so cases cannot be searched; use a Python built with it") from None
    return f"{sqlite3.sqlite_version} with full-text search"


def _parser() -> str:
    from counterclaim.models import PARSER, load_parser

    load_parser()
    return f"{PARSER} loaded, its files agree with the known hashes"


def _tagger() -> str:
    from counterclaim.models import TAGGER, load_tagger

    load_tagger()
    return f"{TAGGER}, every file as published"


def _bundled() -> str:
    with bundled_case() as folder:
        count = sum(1 for path in folder.glob("*") if path.suffix in {".html", ".txt"}) if folder.is_dir() else 0
    if not count:
        raise InputError("bundled case", "not there", "install counterclaim again")
    return counted(count, "report")


CHECKS: Mapping[str, Callable[[], str]] = MappingProxyType({
    "python": _python, "sqlite": _sqlite, "parser": _parser, "tagger": _tagger, "places": places, "bundled case": _bundled,
})  # fmt: skip
"""What every installation needs, by name, in the order in which it is looked at."""
