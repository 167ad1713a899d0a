"""An older case is brought up to date while people read it, and where that is cut off it goes on from there."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from counterclaim.case import Store, schema, verify
from counterclaim.case import engine as database

OLDER = "0006"
READ = ("capture", "report", "span", "reading", "statement", "figure", "incident", "decision", "log")
"""What the pages of a case are made of."""


class Cut(Exception):
    """What stands for a cut: the process ends here."""


@pytest.fixture
def older(target):
    """The address of a case whose tables stand at an older revision."""
    engine, _ = database.connect(target, create=True)
    with database.writing(engine) as connection:
        database._migrate(connection, OLDER)
    engine.dispose()
    return target


def revision(target):
    engine, _ = database.connect(target, create=False)
    with engine.connect() as connection:
        held = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    engine.dispose()
    return held


def test_readers_go_on_while_it_is_brought_up_to_date(older, monkeypatch):
    reader, _ = database.connect(older, create=False)
    read = []

    def last_step(_connection: object) -> None:
        with reader.connect() as other:
            if other.dialect.name == "postgresql":
                other.exec_driver_sql("SET statement_timeout = '1s'")
            for table in READ:
                read.append(other.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())

    monkeypatch.setattr(verify, "seal", last_step)
    Store.open(older).close()
    reader.dispose()
    assert read == [0] * len(READ)
    assert revision(older) == schema.HEAD


def test_cut_off_it_goes_on_where_it_was(older, monkeypatch, sample):
    done, whole = [], database._migrate

    def cut(connection: object, to: str) -> None:
        if len(done) == 2:
            raise Cut
        whole(connection, to)
        done.append(to)
        if to == "head":
            raise Cut

    monkeypatch.setattr(database, "_migrate", cut)
    with pytest.raises(Cut):
        Store.open(older)
    assert revision(older) == ("0008" if "://" in older else OLDER)
    monkeypatch.undo()
    with Store.open(older) as store:
        sample.play(store)
        assert store.verify() == ()
    assert revision(older) == schema.HEAD
