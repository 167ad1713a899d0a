"""Find the files behind the paths that a user named."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from counterclaim.errors import InputError
from counterclaim.intake.containers import beside_a_page, not_read
from counterclaim.intake.formats import READ, media_type


def find_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files to read behind `paths`: files as named, folders walked for the endings in `READ`.

    Sorted, each file once however often it is reached; hidden files and folders and symlinked folders inside a walked
    folder are left out, and so are the folders that a browser saves beside a page. Raises InputError for a path that does
    not exist.
    """
    return _once(f for f, wanted in _walk(paths) if wanted)


def left_out(paths: Sequence[Path]) -> tuple[Path, ...]:
    """What `find_files` passes over in the same folders: visible files of other kinds, links to folders that are not
    named themselves, and folders that may not be entered."""
    taken = {f.resolve() for f in find_files(paths)} | {p.resolve() for p in paths}
    return _once(f for f, wanted in _walk(paths) if not wanted and f.resolve() not in taken)


def why_left_out(path: Path) -> InputError:
    """Why `path` is one of those that are passed over."""
    if not path.is_dir():
        return _kind_named(path)
    if path.is_symlink():
        return InputError(str(path), "is a link to a folder, which is not followed", "name that folder itself to add it")
    return InputError(str(path), "is a folder that cannot be entered", "check that you may read it")


def _kind_named(path: Path) -> InputError:
    """Why a file of another kind is passed over: what it is, where its first bytes tell."""
    try:
        with open(path, "rb") as stream:
            media_type(stream.read(512), path.name, str(path))
    except InputError as error:
        return error
    except OSError:
        pass
    return not_read(str(path))


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
            here = set(names)
            yield from ((Path(folder, n), False) for n in inner if not n.startswith(".") and Path(folder, n).is_symlink())
            inner[:] = sorted(n for n in inner if not n.startswith(".") and not beside_a_page(PurePosixPath(n, "x"), here))
            for name in names:
                if not name.startswith("."):
                    yield Path(folder, name), name.lower().endswith(READ)
        for e in barred:
            yield Path(e.filename), False
