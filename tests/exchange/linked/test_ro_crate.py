"""Everything in one archive: read by the rocrate library, every file there with the hash that is said, for each audience."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from rocrate.rocrate import ROCrate

from counterclaim.exchange import Export
from counterclaim.pipeline import Case
from counterclaim.publishing import FORMATS

INSIDE = {"label-studio", "cas"}


@pytest.fixture(scope="module")
def unpacked(written: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    held: dict[str, Path] = {}

    def unpack(audience: str) -> Path:
        if audience not in held:
            held[audience] = tmp_path_factory.mktemp(audience)
            with zipfile.ZipFile(written("all", audience)) as archive:
                archive.extractall(held[audience])
        return held[audience]

    return unpack


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_every_file_is_there_with_its_hash(unpacked: Callable[[str], Path], audience: str) -> None:
    folder = unpacked(audience)
    crate = ROCrate(str(folder))
    files = {entity.id: entity for entity in crate.get_entities() if entity.type == "File"}
    assert files.keys() == {path.name for path in folder.iterdir()} - {"ro-crate-metadata.json"}
    left = INSIDE if audience == "public" else set()
    assert len(files) == len(FORMATS) - 1 - len(left)
    for name, entity in files.items():
        data = (folder / name).read_bytes()
        assert entity["sha256"] == sha256(data).hexdigest()
        assert int(entity["contentSize"]) == len(data)
        assert entity["description"]
    assert {part.id for part in crate.root_dataset["hasPart"]} == files.keys()
    assert all(f"Left out: {key}: " in crate.root_dataset["description"] for key in left)


def test_it_says_what_it_was_made_with_and_of(unpacked: Callable[[str], Path], case: Case, leaves: Callable[..., Export]) -> None:
    crate = ROCrate(str(unpacked("internal")))
    (action,) = [entity for entity in crate.get_entities() if entity.type == "CreateAction"]
    assert action["instrument"]["softwareVersion"] == leaves().made_with.split()[1]
    assert {made_of["sha256"] for made_of in action["object"]} == {read.report.capture for read in case.reports}


def test_nothing_in_the_public_one_names_who_is_masked(unpacked: Callable[[str], Path]) -> None:
    for path in unpacked("public").iterdir():
        if path.suffix not in (".pdf", ".zip", ".parquet"):
            text = path.read_text("utf-8")
            assert not [name for name in ("Orsk", "Tomas Reld", "Ann Lyst", "Ben Okul") if name in text], path.name
    graph = json.loads((unpacked("public") / "ro-crate-metadata.json").read_text("utf-8"))["@graph"]
    assert not [entity for entity in graph if "radio.txt" in json.dumps(entity)]
