"""Opens the database behind a case: connects, tells whether it is a case, brings its tables up to date, explains failures."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, Insert, Table, bindparam, column, create_engine, event, func, inspect, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError, StatementError
from sqlalchemy.pool import StaticPool

from counterclaim.case.schema import HEAD
from counterclaim.errors import CaseError

BUSY_SECONDS = 5.0
"""How long a writer waits for another to be done. A report is written in milliseconds, so 5 s of waiting mean that
something else holds the case and the user must know."""

_WRITING = 0x0C1A1
"""The name, a number, of PostgreSQL's lock that whoever writes to the case's database holds; any would do."""

_AT_ONCE = 10_000
"""Rows that go into one command: some megabytes."""

_MIGRATIONS = Path(__file__).parent / "migrations"


def connect(target: str | Path, *, create: bool) -> tuple[Engine, str]:
    """The engine for a path, an SQLAlchemy URL or ":memory:", and the name to call the case by in messages.

    With `create` a file may come into being; without, one that may not be written to is opened to be read. Nothing is written
    here. CaseError where the place is no place for a case.
    """
    url = _url(target)
    name = url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite":
        name = url.database or ":memory:"
        if name != ":memory:" and not _writable(Path(name), create):
            url = _to_read(Path(name))
    options: dict[str, Any] = {"json_serializer": json.JSONEncoder(ensure_ascii=False).encode}
    if name == ":memory:":
        options["poolclass"] = StaticPool
    try:
        engine = create_engine(url, **options)
    except ModuleNotFoundError as error:
        raise CaseError(f"{name}: the driver {error.name} is not installed; install it or give a file") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
    return engine, name


def prepare(
    engine: Engine, name: str, *, create: bool, on_create: Callable[[Connection], None], on_upgrade: Callable[[Connection], None]
) -> None:
    """Makes the tables of a new case, or brings those of an older one up to date.

    A new case, and any on SQLite, changes in one transaction; an older one on PostgreSQL in one a revision, so that none of the
    locks that keep readers out lasts longer than what it is for (see docs/house.md). Cut off there, it goes on with the revision
    that comes next. `on_create` runs in the transaction that makes the tables, `on_upgrade` in the last that brings them up to
    date. CaseError for a database that is no case or is newer than this program.
    """
    with explained(name):
        with engine.connect() as connection:
            revision = _revision(connection, name)
        if revision == HEAD:
            return
        if revision is None and not create:
            why = _CUT_OFF if _cut_off(engine) else "there is no case in it; `counterclaim run` makes one"
            raise CaseError(f"{name}: {why}")
        if engine.dialect.name == "sqlite":
            # Kept in the file, so only asked for once the file is known to be ours. It cannot be asked for in a transaction.
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
        while revision != HEAD:
            with writing(engine) as connection:
                # Another process may have been here between the look and the lock.
                before = _revision(connection, name)
                if before != HEAD:
                    _migrate(connection, "head" if before is None or engine.dialect.name == "sqlite" else "+1")
                revision = _revision(connection, name)
                if before != HEAD and revision == HEAD:
                    (on_create if before is None else on_upgrade)(connection)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that takes the right to write at its start, so that what it reads first still holds when it writes. Of a
    file all of it then stands in the file itself, not in the one beside it, so that a copy of the file alone is whole."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITING})")
        yield connection
    if engine.dialect.name == "sqlite":
        # Waits for nobody: what others still read of the older pages, the next who writes brings over.
        with suppress(OperationalError), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")


@contextmanager
def looking(engine: Engine) -> Iterator[Connection]:
    """One transaction in which everything is seen as it was when it began, whatever others write meanwhile."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turns what the database says into a CaseError that names the case, what is wrong and what to do."""
    try:
        yield
    except StatementError as error:
        raise CaseError(f"{name}: {_explanation(error)}") from error


def insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, new: bool = False) -> None:
    """Inserts the rows, which all have the same columns; with `new` those whose key is not there yet, and passes over the others.

    PostgreSQL is given an array a column and makes the rows of them: on a batch of 25 reports that takes program and server
    together half of the time of a command a row. Nothing larger than the words of a fact should come this way.
    """
    if connection.dialect.name == "sqlite":
        if rows:
            insert = sqlite.insert(table)
            connection.execute(insert.on_conflict_do_nothing() if new else insert, rows)
        return
    for at in range(0, len(rows), _AT_ONCE):
        some = rows[at : at + _AT_ONCE]
        connection.execute(_from_arrays(table, tuple(some[0]), new), {name: [row[name] for row in some] for name in some[0]})


@cache
def _from_arrays(table: Table, names: tuple[str, ...], new: bool) -> Insert:
    """The INSERT that takes an array for each of these columns."""
    arrays = (bindparam(name, type_=postgresql.ARRAY(table.c[name].type, dimensions=1)) for name in names)
    given = func.unnest(*arrays).table_valued(*(column(name) for name in names), name="given").render_derived()
    insert = postgresql.insert(table).from_select(names, select(*(given.c[name] for name in names)))
    return insert.on_conflict_do_nothing() if new else insert


def _url(target: str | Path) -> URL:
    if isinstance(target, str) and "://" in target:
        # What comes after the kind may hold a password and is kept out of the message.
        kind = target.partition(":")[0]
        try:
            url = make_url(target)
            url.get_dialect()
        except (ArgumentError, NoSuchModuleError) as error:
            raise CaseError(f"{kind}://...: is no address of a database; give a file or sqlite:///FILE") from error
        if url.get_backend_name() not in ("sqlite", "postgresql"):
            raise CaseError(f"{kind}://...: a case is kept in SQLite or PostgreSQL; give a file or sqlite:///FILE")
        return url
    return URL.create("sqlite", database=str(target))


def _writable(path: Path, create: bool) -> bool:
    """Whether the case may be written to. CaseError where the path is no place for one, or `create` asks for what may not be."""
    if path.is_dir():
        raise CaseError(f"{path}: is a directory; give the case a file name in it")
    if not path.parent.is_dir():
        raise CaseError(f"{path}: there is no directory {path.parent}; make it or choose another place")
    if not path.exists() and not create:
        raise CaseError(f"{path}: there is no such case; `counterclaim run` makes one")
    writable = os.access(path if path.exists() else path.parent, os.W_OK)
    if not writable and create:
        raise CaseError(f"{path}: {_SQLITE_SAYS['SQLITE_READONLY']}")
    return writable


def _to_read(path: Path) -> URL:
    """The address of a file that is only read. Unless another process is at work on it, which shows in a file beside it, SQLite
    is told that nobody is: else it would make such a file itself, which a disk that is read-only does not let it."""
    alone = {} if Path(f"{path}-wal").exists() else {"immutable": "1"}
    return URL.create("sqlite", database=f"file:{quote(str(path.resolve()))}", query={"mode": "ro", "uri": "true", **alone})


_CUT_OFF = (
    "this copy of a case is without what was last written; end the counterclaim that is at work on the original and copy it "
    "again, or copy the file that ends in -wal with it"
)


def _cut_off(engine: Engine) -> bool:
    """Whether the file, in which no table is, says that it is written through a file beside it, and nothing is there."""
    path = Path(engine.url.database or "")
    beside = Path(f"{path}-wal")
    try:
        with path.open("rb") as file:
            header = file.read(20)
        return header[18:20] == b"\x02\x02" and not (beside.exists() and beside.stat().st_size)
    except OSError:
        return False


def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's own transactions leave table changes and reads out; _on_begin opens them instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


def _revision(connection: Connection, name: str) -> str | None:
    """The revision of the case's tables, None where the database is empty. CaseError for anything that is no case of ours."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return None
    if not {"alembic_version", "capture", "log"} <= tables:
        raise CaseError(f"{name}: is a database, but not a Counterclaim case; give the case another file name")
    revision = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    if not any((_MIGRATIONS / "versions").glob(f"{revision}_*.py")):
        raise CaseError(f"{name}: was written by a newer Counterclaim (tables {revision}, known {HEAD}); install that version")
    return revision


def _migrate(connection: Connection, to: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


_SQLITE_SAYS = {
    "SQLITE_BUSY": "another counterclaim is writing to it; wait until it is done and try again",
    "SQLITE_LOCKED": "another counterclaim is writing to it; wait until it is done and try again",
    "SQLITE_READONLY": "is read-only here; copy the case to where you may write, or change its permissions",
    "SQLITE_FULL": "the disk is full; make room and run again, what is written so far is kept",
    # What several processes share of a file is laid out on the disk before anything is read.
    "SQLITE_IOERR_SHMSIZE": "the disk is full; make room and run again, what is written so far is kept",
    "SQLITE_CANTOPEN": "cannot be opened; see whether the directory is there and may be written to",
    "SQLITE_NOTADB": "is not a Counterclaim case; give the case another file name",
    "SQLITE_CORRUPT": "is damaged; go back to a copy of it, or run again into a new case",
    "SQLITE_IOERR": "the disk failed while it was read or written; see to the disk, then run `counterclaim verify`",
}


_POSTGRESQL_SAYS = {
    "55P03": _SQLITE_SAYS["SQLITE_BUSY"],
    "40": _SQLITE_SAYS["SQLITE_BUSY"],
    "53100": _SQLITE_SAYS["SQLITE_FULL"],
    "25006": "is read-only here; connect to where you may write",
    "42501": "you may not do that there; ask for the right to read and write its tables",
    "28": "the server does not let you in; see the name and the password",
    "3D": "there is no such database; make one with createdb",
    "53300": "the server has too many guests; wait and try again",
    "57P": "the server is shutting down or was asked to stop this; try again",
    "08": "the connection was lost; see whether the server is there, and run again",
}
"""By SQLSTATE or how it begins."""


def _explanation(error: StatementError) -> str:
    code = getattr(error.orig, "sqlite_errorname", None)
    says = _SQLITE_SAYS if code else _POSTGRESQL_SAYS
    if not code and isinstance(error, OperationalError):
        refused = str(error.orig).rpartition("FATAL:")
        if refused[1] and not getattr(error.orig, "sqlstate", None):
            # A server that lets nobody in says why, but gives it no number.
            return f"the server answers {refused[2].partition(chr(10))[0].strip()}; see the address, the name and the password"
        # What cannot be reached says nothing of itself.
        code = getattr(error.orig, "sqlstate", None) or "08"
    code = code or getattr(error.orig, "sqlstate", None) or ""
    for known, words in says.items():
        if code.startswith(known):
            return words
    # PostgreSQL tells the values it was given on the lines below, which may be a page long, or a name that is nobody's business.
    return f"the database refused: {str(error.orig).partition(chr(10))[0][:200]}"
