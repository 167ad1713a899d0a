"""The made-up case, and a browser's view of it without a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from counterclaim.pipeline import Case
from counterclaim.workbench import application


@pytest.fixture
def case(read_case: Path, tmp_path: Path) -> Iterator[Case]:
    """A copy of the case to do with as one likes."""
    for file in read_case.parent.glob("case.db*"):
        shutil.copy(file, tmp_path / file.name)
    with Case(tmp_path / "case.db") as opened:
        yield opened


@pytest.fixture
def client(case: Case) -> Iterator[TestClient]:
    """The workbench on this machine, as Ada uses it."""
    app = application(case, "case.db", user="Ada")
    # A busy machine must not show a list that is still being made.
    app.state.workbench.catalogue.patience = (60.0, 60.0)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client
