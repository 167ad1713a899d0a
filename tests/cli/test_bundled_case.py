"""The bundled case: what its README says of it holds, and the way from the files to the dossier is real."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterclaim.commands.checkup import bundled_case

COPYRIGHT = ("©", "&copy;", "Copyright")


@pytest.fixture
def folder() -> Iterator[Path]:
    with bundled_case() as path:
        yield path


def test_its_readme_lists_every_file_and_the_address_it_restates(folder: Path) -> None:
    readme = (folder.parent / "README.md").read_text("utf-8")
    files = sorted(p.name for p in folder.iterdir())
    assert sorted(re.findall(r"^\| `([^`]+)` \|", readme, re.M)) == files
    for page in folder.glob("*.html"):
        (address,) = re.findall(r'<link rel="canonical" href="([^"]+)"', page.read_text("utf-8"))
        assert f"<{address}>" in readme


def test_every_page_says_that_its_wording_is_not_the_publishers(folder: Path) -> None:
    for page in folder.glob("*.html"):
        assert "Restated by the Counterclaim project in its own words; not the publisher's text." in page.read_text("utf-8")


def test_it_puts_nobodys_copyright_under_our_words(folder: Path) -> None:
    for page in folder.iterdir():
        assert not any(sign in page.read_text("utf-8") for sign in COPYRIGHT), page.name
