"""A PostgreSQL of the tests' own, on loopback, where Debian's package is installed; else the tests say why they are skipped."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


def _as_postgres(*command: str) -> list[str]:
    """initdb refuses root, so that root becomes the package's own user."""
    return ["runuser", "-u", "postgres", "--", *command] if os.getuid() == 0 else list(command)


def missing() -> str | None:
    """What is missing to start a server, and how to get it; None where nothing is."""
    if not PROGRAMS:
        return "PostgreSQL is not installed: apt-get install postgresql"
    if importlib.util.find_spec("psycopg") is None:
        return "the PostgreSQL driver is not installed: pip install 'counterclaim[postgresql]'"
    if os.getuid() == 0 and shutil.which("runuser") is None:
        return "PostgreSQL does not start as root, and there is no runuser to become another"
    return None


@contextmanager
def server() -> Iterator[str]:
    """The address of a server with nothing in it, for as long as the block lasts."""
    bin = PROGRAMS[-1]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="counterclaim-pg-") as folder:
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        data = f"{folder}/data"
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
        subprocess.run(
            _as_postgres(f"{bin}/initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8"), **quiet
        )
        options = f"-k {folder} -p {port} -c listen_addresses=127.0.0.1 -c fsync=off"
        subprocess.run(_as_postgres(f"{bin}/pg_ctl", "-D", data, "-o", options, "-w", "start"), **quiet)
        try:
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}"
        finally:
            subprocess.run(_as_postgres(f"{bin}/pg_ctl", "-D", data, "-m", "immediate", "stop"), **quiet)


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The address of a server with nothing in it."""
    lacking = missing()
    if lacking is not None:
        pytest.skip(lacking)
    with server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a case may be made, on one engine after the other."""
    if request.param == "sqlite":
        yield str(tmp_path / "a.case")
        return
    from sqlalchemy import create_engine, text

    server = request.getfixturevalue("cluster")
    name = f"case_{abs(hash(tmp_path.name))}"
    admin = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield f"{server}/{name}"
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    """What tests/case makes its sample case with."""
    path = Path(__file__).parent.parent / "case" / "conftest.py"
    spec = importlib.util.spec_from_file_location("sample_case", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
