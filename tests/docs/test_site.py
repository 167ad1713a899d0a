"""The documentation as a site: it builds without a complaint, asks nobody for anything, and its pictures are the script's."""

from __future__ import annotations

import ast
import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("material", reason="the extra docs is not installed")

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` builds it: a dead link or anchor, or a page that no list names, fails it."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "-d", folder]
    told = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return folder


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) >= 18
    loaded = 0
    for page in pages:
        text = page.read_text("utf-8")
        loads = re.findall(r"<(?:script|img|link|iframe|source)\b[^>]*?\b(?:src|href)=\"?([^\"> ]+)", text)
        assert [address for address in loads if re.match(r"(?:https?:)?//", address)] == [], page.name
        loaded += len(loads)
    assert loaded > 100


def test_the_reference_shows_what_is_public(site: Path) -> None:
    text = (site / "python.html").read_text("utf-8")
    assert [name for name in ("counterclaim.pipeline.read", "counterclaim.pipeline.Case.add") if f'id="{name}"' not in text] == []


def test_the_pictures_are_those_that_the_script_takes_and_the_pages_show() -> None:
    tree = ast.parse((ROOT / "docs" / "pictures.py").read_text("utf-8"))
    (listed,) = [node.value for node in tree.body if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "PICTURES"]
    assert isinstance(listed, ast.Tuple)
    taken = {f"{ast.unparse(name)}.png" for name in listed.elts}
    kept = {file.name for file in PICTURES.iterdir()}
    shown = {
        name
        for page in (ROOT / "docs").rglob("*.md")
        for name in re.findall(r"\]\((?:\.\./)?pictures/([^)]+)\)", page.read_text("utf-8"))
    }
    assert taken == kept == shown


@pytest.mark.parametrize("file", sorted(PICTURES.glob("*.png")), ids=lambda file: file.name)
def test_a_picture_is_small_and_bears_no_words_of_its_maker(file: Path) -> None:
    data = file.read_bytes()
    assert len(data) < 150_000
    kinds, at = [], 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kinds.append(data[at + 4 : at + 8])
        at += length + 12
    assert set(kinds) <= {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
