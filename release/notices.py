"""Writes THIRD_PARTY_NOTICES.txt; `--check` changes nothing and fails where it is out of date."""

from __future__ import annotations

import sys
import textwrap

from parts import ROOT, Carried, carried, packages

PAGE = ROOT / "THIRD_PARTY_NOTICES.txt"
WIDTH = 100

OPENING = """Third-party notices

Written by `make notices` from release/carried.toml, constraints.txt and what the packages say of themselves.

Counterclaim itself is under the Apache License 2.0; its text is in LICENSE.
"""
CARRIED = (
    "What others made and the project's own files hold. The texts of these licences stand at the end, but for the Apache License "
    "2.0 (in LICENSE), CC BY 4.0 (creativecommons.org/licenses/by/4.0/legalcode) and MPL 2.0 (mozilla.org/MPL/2.0/)."
)
INSTALLED = (
    "What an installation without extras brings besides, each a package of its own with its own licence text in it. None of it "
    "is in the wheel. Versions are those of constraints.txt, with which this version was tested."
)


def page() -> str:
    """The whole of the file."""
    held, brought = carried(), packages()
    width = max(len(f"{one.name} {one.version}") for one in brought) + 2
    parts = [
        OPENING, _headed("Carried in the wheel"), _filled(CARRIED), *map(_told, (one for one in held if one.shipped)),
        _headed("Carried in the sources, not in the wheel"), *map(_told, (one for one in held if not one.shipped)),
        _headed("Installed beside"), _filled(INSTALLED),
        "".join(f"{f'{one.name} {one.version}':<{width}}{one.licence}\n" for one in brought),
    ]  # fmt: skip
    for text in sorted((ROOT / "release" / "licences").glob("*.txt")):
        parts += [_headed(text.stem), text.read_text("utf-8").strip() + "\n"]
    return "\n".join(parts)


def _headed(words: str) -> str:
    return f"{words}\n{'=' * len(words)}\n"


def _filled(words: str) -> str:
    return textwrap.fill(words, WIDTH, break_long_words=False, break_on_hyphens=False) + "\n"


def _told(one: Carried) -> str:
    named, by = f"{one.name} {one.version}".strip(), one.by.removesuffix(".")
    files = "".join(f"  {file.relative_to(ROOT).as_posix()}\n" for file in one.files)
    return f"{_filled(named)}{_filled(f'{by}. Licence: {one.licence}')}{files}"


def main() -> None:
    """Writes the file, or says that it is out of date."""
    made = page()
    if "--check" not in sys.argv:
        PAGE.write_text(made, "utf-8")
    elif not PAGE.is_file() or PAGE.read_text("utf-8") != made:
        sys.exit(f"{PAGE.name} is out of date; write it again with: make notices")


if __name__ == "__main__":
    main()
