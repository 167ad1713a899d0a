"""A case opens, or says in one line why it does not and what to do."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from counterclaim.case import Store, engine, schema
from counterclaim.errors import CaseError


def _config(connection=None):
    config = Config()
    config.set_main_option("script_location", str(engine._MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def test_migrations_make_the_tables_of_the_schema(path):
    Store.open(path).close()
    database = create_engine(f"sqlite:///{path}")
    with database.connect() as connection:
        options = {"include_name": lambda name, kind, _: kind != "table" or "_search" not in name, "compare_type": True}
        found = compare_metadata(MigrationContext.configure(connection, opts=options), schema.metadata)
    database.dispose()
    assert found == []


def test_head_is_the_last_migration():
    assert ScriptDirectory.from_config(_config()).get_current_head() == schema.HEAD


def test_older_case_is_brought_up_to_date(path):
    database = create_engine(f"sqlite:///{path}")
    with database.begin() as connection:
        command.upgrade(_config(connection), "0001")
    database.dispose()
    with Store.open(path) as store:
        assert store.search("anything") == ()
        assert store.verify() == ()
    with sqlite3.connect(path) as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchall() == [(schema.HEAD,)]
    db.close()


def test_opens_again_by_path_text_and_url(path, sample):
    with Store.open(path) as store:
        sample.play(store)
        digest = store.facts_digest()
    for target in (path, str(path), f"sqlite:///{path}"):
        with Store.open(target, create=False) as store:
            assert store.facts_digest() == digest != ""
            assert [entry.event for entry in store.log()].count("case created") == 1


def test_case_in_memory(sample):
    with Store.open(":memory:") as store:
        sample.play(store)
        assert len(store.readings()) == 4


def test_is_one_file_in_wal_mode_when_closed(path, sample):
    with Store.open(path) as store:
        sample.play(store)
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    db.close()


def test_foreign_keys_are_on(store):
    with store._looking() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def _text_file(path):
    path.write_text("Notes on the strike, nothing more. " * 40)


def _other_database(path):
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE recipe (id)")
    db.close()


def _newer_case(path):
    Store.open(path).close()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.close()


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        (_text_file, "not a Counterclaim case"),
        (_other_database, "not a Counterclaim case"),
        (_newer_case, "newer Counterclaim"),
        (lambda path: path.mkdir(), "is a directory"),
    ],
)
def test_leaves_alone_what_is_no_case(path, prepare, says):
    prepare(path)
    before = None if path.is_dir() else path.read_bytes()
    with pytest.raises(CaseError, match=says) as caught:
        Store.open(path)
    assert str(path) in str(caught.value)
    assert before is None or path.read_bytes() == before


def test_directory_missing(path):
    with pytest.raises(CaseError, match="there is no directory"):
        Store.open(path.parent / "nowhere" / "a.case")


def test_not_there_and_not_to_be_made(path):
    with pytest.raises(CaseError, match="no such case"):
        Store.open(path, create=False)
    assert not path.exists()
    path.touch()
    with pytest.raises(CaseError, match="no case in it"):
        Store.open(path, create=False)


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("nosuchdb://ada:secret@a/b", "nosuchdb://...: is no address"),
        ("sqlite+nosuchdriver:///a", "is no address"),
        ("mysql://ada:secret@a/b", "SQLite or PostgreSQL"),
    ],
)
def test_no_such_database(target, says):
    with pytest.raises(CaseError, match=says) as caught:
        Store.open(target)
    assert "secret" not in str(caught.value)


def test_two_write_in_turn_and_the_log_holds(path, sample):
    with Store.open(path) as one, Store.open(path) as other:
        for n in range(6):
            assert (one, other)[n % 2].add(*sample.make(f"Text {n}."))
            assert not (other, one)[n % 2].add(*sample.make(f"Text {n}."))
        assert one.reports() == other.reports()
        assert [entry.id for entry in other.log()] == list(range(1, 8))
        assert one.verify() == ()


def test_no_permission_to_write(path, monkeypatch):
    Store.open(path).close()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(CaseError, match="read-only"):
        Store.open(path)


def test_what_may_not_be_written_to_is_read(path, played, sample, monkeypatch):
    shutil.copy(played, path)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Store.open(path, create=False) as store:
        assert store.verify() == ()
        assert len(store.readings()) == 4
        with pytest.raises(CaseError, match=r"a\.case: is read-only here; copy the case"):
            store.add(*sample.make("One text."))
        with pytest.raises(CaseError, match="read-only here"):
            sample.decide(store)
    assert path.read_bytes() == played.read_bytes()
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_read_beside_one_who_writes(path, played, sample, monkeypatch):
    shutil.copy(played, path)
    with Store.open(path) as writing:
        assert writing.add(*sample.make("One text."))  # which is in the file beside the case until it is closed
        monkeypatch.setattr(os, "access", lambda *_: False)
        with Store.open(path, create=False) as reading:
            assert reading.count_reports() == 5


def test_no_room_for_what_readers_share_is_said(path, played, monkeypatch):
    shutil.copy(played, path)

    def full(*_: object) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"
        raise OperationalError("SELECT 1", {}, error)

    monkeypatch.setattr(engine, "_revision", full)
    with pytest.raises(CaseError, match="the disk is full; make room"):
        Store.open(path)


def test_read_only_once_open(store, sample):
    with store._looking() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(CaseError, match="read-only"):
        store.add(*sample.make("One text."))


def test_held_by_another_process(path, sample, monkeypatch):
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    with Store.open(path) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CaseError, match="another counterclaim is writing"):
            store.add(*sample.make("One text."))
        assert store.reports() == ()
        other.execute("ROLLBACK")
        other.close()
        assert store.add(*sample.make("One text."))


def test_damaged(path, sample):
    with Store.open(path) as store:
        for n in range(40):
            store.add(*sample.make(f"Text {n}. " * 200))
    data = bytearray(path.read_bytes())
    data[8192:-8192] = b"\xff" * len(data[8192:-8192])
    path.write_bytes(data)
    with pytest.raises(CaseError, match=r"damaged|refused"), Store.open(path) as store:
        store.reports()


def test_package_does_not_load_the_case():
    seen = "import sys, counterclaim; sys.exit('counterclaim.case' in sys.modules or 'sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", seen], check=False).returncode == 0


def test_a_copy_of_the_file_alone_has_all_that_was_written(tmp_path):
    with Store.open(tmp_path / "case.db") as store, Store.open(tmp_path / "case.db") as other:
        assert other.log("exported") == ()  # somebody else has it open
        store.exported({"file": "a.csv"})
        store.exported({"file": "b.csv"})
        shutil.copy(tmp_path / "case.db", tmp_path / "copy.db")
        with Store.open(tmp_path / "copy.db", create=False) as copy:
            assert [entry.what["file"] for entry in copy.log("exported")] == ["a.csv", "b.csv"]
            assert copy.verify() == ()


def test_a_copy_that_was_cut_off_from_its_last_words_says_what_to_do(tmp_path):
    # As a copy from another program's hands may be: written through the file beside, which did not come with it.
    with contextlib.closing(sqlite3.connect(tmp_path / "case.db")) as begun:
        begun.execute("PRAGMA journal_mode = WAL")
        begun.execute("CREATE TABLE alembic_version (version_num TEXT)")
        begun.commit()
        shutil.copy(tmp_path / "case.db", tmp_path / "copy.db")
    with pytest.raises(CaseError, match=r"without what was last written; end the counterclaim .* the file that ends in -wal"):
        Store.open(tmp_path / "copy.db", create=False)
    (tmp_path / "empty.db").touch()
    with pytest.raises(CaseError, match="there is no case in it; `counterclaim run` makes one"):
        Store.open(tmp_path / "empty.db", create=False)
