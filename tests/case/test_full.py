"""A disk that is full or fails at any moment of a run: it is said, the case is as it was, and with room the run goes on."""

from __future__ import annotations

import subprocess
import sys
from shutil import copyfile

import pytest
from sqlalchemy import event

from counterclaim.case import Store
from counterclaim.errors import CaseError

NEW = 12

RUNNING = """
import importlib.util, resource, sys
spec = importlib.util.spec_from_file_location("sample_case", sys.argv[1])
sample_case = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = sample_case
spec.loader.exec_module(sample_case)
from counterclaim.case import Store
from counterclaim.errors import CaseError

with Store.open(sys.argv[2]) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
    try:
        sample_case.play(store, [*sample_case.TEXTS, *sample_case.many(12)], version="2")
    except CaseError as error:
        sys.exit(str(error))
"""


@pytest.fixture
def whole(sample, played, tmp_path):
    """What a run that has room ends in: the digest of its facts."""
    path = tmp_path / "whole.case"
    copyfile(played, path)
    with Store.open(path) as store:
        sample.play(store, [*sample.TEXTS, *sample.many(NEW)], version="2")
        return store.facts_digest()


def as_it_was(path, played_digest, decisions):
    with Store.open(path) as store:
        assert store.verify() == ()
        assert store.facts_digest() == played_digest
        assert store.decisions() == decisions


def goes_on(path, sample, whole):
    with Store.open(path) as store:
        sample.play(store, [*sample.TEXTS, *sample.many(NEW)], version="2")
        assert store.facts_digest() == whole
        assert store.verify() == ()


@pytest.mark.parametrize("room", [0, 1, 2, 3, 5, 7, 10])
def test_disk_that_fills_up(path, played, sample, whole, room):
    copyfile(played, path)
    with Store.open(path) as store:
        before, decisions = store.facts_digest(), store.decisions()
        with store._looking() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

        def small(connection: object, _record: object, _proxy: object) -> None:
            connection.execute(f"PRAGMA max_page_count = {pages + room}")

        event.listen(store._open(), "checkout", small)
        with pytest.raises(CaseError, match=r"a\.case: the disk is full; make room and run again"):
            sample.play(store, [*sample.TEXTS, *sample.many(NEW)], version="2")
        assert store.facts_digest() == before
    as_it_was(path, before, decisions)
    goes_on(path, sample, whole)


@pytest.mark.skipif(sys.platform == "win32", reason="the system limits no files")
@pytest.mark.parametrize("room", [0, 40_000, 200_000])
def test_disk_that_fails(path, played, sample, whole, room):
    copyfile(played, path)
    with Store.open(path) as store:
        before, decisions = store.facts_digest(), store.decisions()
    command = [sys.executable, "-c", RUNNING, sample.__file__, str(path), str(room)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "a.case: the disk" in done.stderr
    as_it_was(path, before, decisions)
    goes_on(path, sample, whole)
