"""The parser loads only as published, byte for byte."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from counterclaim.errors import ModelError
from counterclaim.models.parser import check, find, known_hashes


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The installed parser's folder, copied so that it may be harmed."""
    return Path(shutil.copytree(find(), tmp_path / "parser"))


def test_the_installed_parser_is_the_published_one() -> None:
    check(find())


def test_every_known_file_is_named_with_a_hash() -> None:
    hashes = known_hashes()
    assert "parser/model" in hashes
    assert all(len(digest) == 64 for digest in hashes.values())


def test_one_changed_byte_is_refused(copy: Path) -> None:
    model = copy / "parser" / "model"
    data = bytearray(model.read_bytes())
    data[1000] ^= 1
    model.write_bytes(data)
    with pytest.raises(ModelError, match="not the file"):
        check(copy)


def test_a_missing_file_is_refused(copy: Path) -> None:
    (copy / "ner" / "model").unlink()
    with pytest.raises(ModelError, match="missing"):
        check(copy)


def test_texts_about_the_model_may_differ(copy: Path) -> None:
    (copy / "README.md").write_text("another text about the same model", "utf-8")
    check(copy)
