"""Find the files a user named and take their bytes into captures."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from counterclaim.errors import EmptyInput, InputError
from counterclaim.intake.decoding import decode
from counterclaim.intake.formats import media_type
from counterclaim.records import Capture

READ = (".txt", ".html", ".htm", ".xhtml")
"""Endings taken from a folder. A file named outright is tried whatever it is called."""


def find_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files to read behind `paths`: files as named, folders walked for the endings in `READ`.

    Sorted, each file once however often it is reached; hidden files and folders and symlinked folders inside a walked
    folder are left out. Raises InputError for a path that does not exist.
    """
    return _once(f for f, wanted in _walk(paths) if wanted)


def left_out(paths: Sequence[Path]) -> tuple[Path, ...]:
    """What `find_files` passes over in the same folders: visible files of other kinds, and folders that may not be entered."""
    taken = {f.resolve() for f in find_files(paths)}
    return _once(f for f, wanted in _walk(paths) if not wanted and f.resolve() not in taken)


def capture(path: Path, received: datetime) -> Capture:
    """The file's bytes as received at `received` (an aware time; kept in UTC).

    Raises EmptyInput for a file without bytes, WrongFormat for a known format that is no text whatever its name says,
    NotText for bytes that are no text in any encoding, InputError where the file cannot be opened.
    """
    if received.tzinfo is None:
        raise ValueError("received must be an aware time")
    origin = str(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise _missing(path) from None
    except OSError as e:
        problem = f"cannot be opened ({e.strerror or e})"
        raise InputError(origin, problem, "check that it is a file and that you may read it") from None
    if not data:
        raise EmptyInput(origin, "the file is empty", "check the download or copy, then add it again")
    kind = media_type(data, path.name, origin)
    decode(data, origin, html=kind == "text/html")
    return Capture(hashlib.sha256(data).hexdigest(), origin, received.astimezone(UTC), kind, data)


def _missing(path: Path) -> InputError:
    return InputError(str(path), "there is no such file or folder", "check the spelling, or give the full path")


def _once(files: Iterator[Path]) -> tuple[Path, ...]:
    by_place: dict[Path, Path] = {}
    for f in sorted(files, key=lambda p: (p.parts, str(p))):
        by_place.setdefault(f.resolve(), f)
    return tuple(by_place.values())


def _walk(paths: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    """Every file reached, and whether it is to be read."""
    for path in paths:
        if not path.is_dir():
            if not path.exists():
                raise _missing(path)
            yield path, True
            continue
        barred: list[OSError] = []
        for folder, inner, names in os.walk(path, onerror=barred.append):
            inner[:] = sorted(n for n in inner if not n.startswith("."))
            for name in names:
                if not name.startswith("."):
                    yield Path(folder, name), name.lower().endswith(READ)
        for e in barred:
            yield Path(e.filename), False
