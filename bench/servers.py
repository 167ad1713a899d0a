"""A PostgreSQL for what is measured: the one that is named, or a server of its own as the tests start it."""

from __future__ import annotations

import contextlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def database(url: str | None) -> Iterator[str | None]:
    """The address of an empty database; None, with a word why, where there is none."""
    if url is not None:
        yield url
        return
    path = Path(__file__).resolve().parent.parent / "tests" / "engines" / "conftest.py"
    spec = importlib.util.spec_from_file_location("tests_engines", path)
    assert spec is not None
    assert spec.loader is not None
    tests = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tests)
    lacking = tests.missing()
    if lacking is not None:
        print(f"nothing was measured on PostgreSQL: {lacking}")
        yield None
        return
    with tests.server() as address:
        yield f"{address}/postgres"
