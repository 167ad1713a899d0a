"""What a release carries: notices that name everything, a list of parts that is whole, and files that somebody answers for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
NOTICES = (ROOT / "THIRD_PARTY_NOTICES.txt").read_text("utf-8")
OTHERS = {".js", ".woff2", ".onnx", ".ttf", ".otf", ".wasm"}
"""Endings of files that are seldom one's own; our own scripts are named below."""
OURS = {"src/counterclaim/workbench/static/workbench.js", "src/counterclaim/dossier/templates/dossier.js"}


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return {canonicalize_name(line.split("==")[0]): line.split("==")[1] for line in lines if not line.startswith("#")}


@pytest.fixture(scope="module")
def bill(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The list of parts, as the script writes it."""
    file = tmp_path_factory.mktemp("bill") / "parts.json"
    done = subprocess.run([sys.executable, ROOT / "release" / "sbom.py", file], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    read: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return read


def test_the_notices_name_every_package_of_an_installation(bill: dict[str, Any]) -> None:
    listed = {
        tuple(row.split()[:2]) for row in NOTICES.split("Installed beside")[1].splitlines() if re.match(r"\S+ \d\S*  ", row)
    }
    assert len(listed) > 60
    pinned = pins()
    assert [f"{name} {version}" for name, version in sorted(listed) if pinned.get(name) != version] == []
    parts = {(part["name"], part["version"]) for part in bill["components"]}
    assert sorted(parts - listed) == [], "run: make notices"
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert sorted({canonicalize_name(Requirement(line).name) for line in asked} - {name for name, _ in listed}) == []


def test_whatever_others_made_is_named_with_its_licence() -> None:
    carried = tomllib.loads((ROOT / "release" / "carried.toml").read_text("utf-8"))["carried"]
    answered = {file.relative_to(ROOT).as_posix() for row in carried for pattern in row["files"] for file in ROOT.glob(pattern)}
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split()
    if not tracked:
        pytest.skip("not a clone, so what belongs to the project cannot be told")
    assert [path for path in tracked if Path(path).suffix in OTHERS and path not in answered | OURS] == []
    for row in carried:
        assert all(list(ROOT.glob(pattern)) for pattern in row["files"]), row["name"]
        assert row["name"] in " ".join(NOTICES.split())
        text = ROOT / "release" / "licences" / f"{row['licence']}.txt"
        assert text.is_file() or row["licence"] in ("Apache-2.0", "CC-BY-4.0", "MPL-2.0"), row["licence"]
        if text.is_file():
            assert text.read_text("utf-8").strip() in NOTICES


def test_the_list_of_parts_is_whole(bill: dict[str, Any]) -> None:
    refs = [part["bom-ref"] for part in bill["components"]]
    assert len(refs) == len(set(refs)) > 60
    own = bill["metadata"]["component"]["bom-ref"]
    tree = {row["ref"]: row["dependsOn"] for row in bill["dependencies"]}
    assert tree.keys() == {own, *refs}
    assert {ref for needs in tree.values() for ref in needs} <= set(refs)
    reached, ahead = set(), [own]
    while ahead:
        ref = ahead.pop()
        if ref not in reached:
            reached.add(ref)
            ahead += tree[ref]
    assert reached == tree.keys()
    assert all(part["licenses"] for part in [*bill["components"], *bill["metadata"]["component"]["components"]])


def test_neither_tells_of_the_machine_it_was_made_on(bill: dict[str, Any]) -> None:
    words = json.dumps(bill) + NOTICES
    assert str(ROOT) not in words
    assert str(Path.home()) not in words
    assert re.search(r"file://|localhost|/tmp/|pypi\.org|npmjs", words) is None
