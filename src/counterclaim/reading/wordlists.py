"""Reads this room's word lists: text files with named sections, so that anybody can see and amend what counts as what."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def section(file: str, name: str) -> tuple[str, ...]:
    """The lines of section `[name]` of `file` in this package; blank lines and lines that begin with # are left out.

    Empty where there is no such section.
    """
    lines = resources.files("counterclaim.reading").joinpath(file).read_text("utf-8").splitlines()
    found: list[str] = []
    inside = False
    for line in lines:
        if line.startswith("["):
            inside = line == f"[{name}]"
        elif inside and line.strip() and not line.startswith("#"):
            found.append(line)
    return tuple(found)
