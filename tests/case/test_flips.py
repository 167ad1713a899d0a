"""A byte of the captures or the log that was changed behind the case's back is found, wherever it is, and named."""

from __future__ import annotations

import random
import re
import sqlite3
from shutil import copyfile

import pytest

from counterclaim.case import Store

KEY = {"capture": "sha256", "log": "id", "further_origin": "capture"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory, played):
    path = tmp_path_factory.mktemp("flips") / "a.case"
    copyfile(played, path)
    with Store.open(path) as store:
        assert store.verify() == ()
    db = sqlite3.connect(path)
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_%'").fetchall():
        db.execute(f"DROP TRIGGER {name}")
    db.commit()
    columns = ("data", "data", "origin", "received", "media_type")
    cells = [("capture", key, name) for (key,) in db.execute("SELECT sha256 FROM capture") for name in columns]
    columns = ("what", "what", "event", "hash", "previous", "made")
    cells += [("log", key, name) for (key,) in db.execute("SELECT id FROM log") for name in columns]
    cells += [
        ("further_origin", key, c) for (key,) in db.execute("SELECT capture FROM further_origin") for c in ("origin", "received")
    ]
    cells = [(t, k, c) for t, k, c in cells if db.execute(f"SELECT length({c}) FROM {t} WHERE {KEY[t]} = ?", (k,)).fetchone()[0]]
    db.close()
    return path, cells


def flipped(held, chance):
    """The cell's bytes with one bit of one byte changed."""
    at = chance.randrange(len(held))
    return held[:at] + bytes([held[at] ^ (1 << chance.randrange(8))]) + held[at + 1 :]


@pytest.mark.parametrize("seed", range(100))
def test_one_flip_is_named(whole, seed):
    path, cells = whole
    chance = random.Random(seed)
    table, key, column = chance.choice(cells)
    id = KEY[table]
    db = sqlite3.connect(path)
    held, kind = db.execute(f"SELECT CAST({column} AS BLOB), typeof({column}) FROM {table} WHERE {id} = ?", (key,)).fetchone()
    changed = flipped(held, chance)
    db.execute(f"UPDATE {table} SET {column} = CAST(? AS {kind}) WHERE {id} = ?", (changed, key))
    db.commit()
    with Store.open(path) as store:
        found = store.verify()
    db.execute(f"UPDATE {table} SET {column} = CAST(? AS {kind}) WHERE {id} = ?", (held, key))
    db.commit()
    db.close()
    name = f"capture {key}" if table != "log" else rf"log( entry)? ({key}|{key + 1 if column == 'hash' else key})\b"
    assert any(re.search(name, problem) for problem in found), (column, changed, found)


def test_the_last_entries_cannot_be_cut_off_unseen(path, played):
    copyfile(played, path)
    with sqlite3.connect(path) as db:
        db.executescript("DROP TRIGGER log_no_delete; DELETE FROM log WHERE id = (SELECT max(id) FROM log)")
    db.close()
    with Store.open(path) as store:
        assert store.verify() != ()
