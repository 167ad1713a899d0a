"""Who may work on a case that is served beyond this machine: names, roles, passwords, sessions, in a file of their own."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
import threading
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from counterclaim.errors import CounterclaimError

Role = Literal["reader", "analyst", "lead"]
ROLES: Mapping[Role, str] = MappingProxyType(
    {
        "reader": "reads",
        "analyst": "decides, grades and adds too",
        "lead": "settles, undoes for others and keeps the accounts too",
    }
)
"""What one may do, each what the one before may."""

LONG_ENOUGH = 12
"""Characters of a password at least: with any rate limit out of reach of guessing (NIST SP 800-63B asks for 8 and more)."""

HOURS = 12
"""How long a session lasts without being used: a working day."""

_COST = {"n": 2**14, "r": 8, "p": 1, "maxmem": 64 * 2**20}
"""scrypt at 16 MB and some 50 ms a try, as RFC 7914 proposes for signing in."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is at work: the name that signs, the role, and the session (hexadecimal) that the token of a form belongs to."""

    name: str
    role: Role
    session: str

    def may(self, role: Role) -> bool:
        """Whether the person may do what `role` may."""
        return list(ROLES).index(self.role) >= list(ROLES).index(role)


@dataclass(frozen=True, slots=True)
class Account:
    """A name with its role; one that is closed may not sign in any more, but its decisions stay signed."""

    name: str
    role: Role
    closed: bool


class Accounts:
    """The accounts of one case, in an SQLite file that no case data is kept in."""

    def __init__(self, path: Path | str) -> None:
        self._path = str(path)
        self._lock = threading.Lock()
        with closing(self._connect()) as file, file:
            file.execute(
                "CREATE TABLE IF NOT EXISTS account (name TEXT PRIMARY KEY, role TEXT, salt BLOB, hash BLOB, closed INTEGER)"
            )
            file.execute("CREATE TABLE IF NOT EXISTS session (id TEXT PRIMARY KEY, name TEXT, seen REAL)")
        if self._path != ":memory:":
            Path(self._path).chmod(0o600)

    def all(self) -> tuple[Account, ...]:
        """Every account by name."""
        with closing(self._connect()) as file:
            rows = file.execute("SELECT name, role, closed FROM account ORDER BY name").fetchall()
        return tuple(Account(name, role, bool(closed)) for name, role, closed in rows)

    def add(self, name: str, role: str, password: str) -> None:
        """Makes an account, or gives the one of that name a new role and password and ends its sessions.

        CounterclaimError for a role that is none, a name that is empty or a password that is too short.
        """
        if role not in ROLES:
            raise CounterclaimError(f"there is no role {role!r}; it is {', '.join(ROLES)}")
        if not name.strip() or len(name) > 100 or not name.isprintable():
            raise CounterclaimError("an account needs a name of at most 100 characters")
        if len(password) < LONG_ENOUGH:
            raise CounterclaimError(f"the password needs at least {LONG_ENOUGH} characters; a few words in a row are good")
        salt = secrets.token_bytes(16)
        with self._lock, closing(self._connect()) as file, file:
            row = (name.strip(), role, salt, _hashed(password, salt), 0)
            file.execute("INSERT OR REPLACE INTO account (name, role, salt, hash, closed) VALUES (?, ?, ?, ?, ?)", row)
            file.execute("DELETE FROM session WHERE name = ?", (name.strip(),))

    def close(self, name: str) -> None:
        """Ends the account's sessions and lets nobody sign in to it."""
        with self._lock, closing(self._connect()) as file, file:
            file.execute("UPDATE account SET closed = 1 WHERE name = ?", (name,))
            file.execute("DELETE FROM session WHERE name = ?", (name,))

    def sign_in(self, name: str, password: str) -> str | None:
        """The id of a new session; None where name and password do not fit, whichever it is."""
        with closing(self._connect()) as file:
            row = file.execute("SELECT salt, hash, closed FROM account WHERE name = ?", (name.strip(),)).fetchone()
        # A name that is not there costs as much time as one that is.
        salt, kept, closed = row or (b"\0" * 16, b"", 1)
        if not hmac.compare_digest(_hashed(password, salt), kept) or closed:
            return None
        session = secrets.token_hex(32)
        with self._lock, closing(self._connect()) as file, file:
            file.execute("DELETE FROM session WHERE seen < ?", (time.time() - HOURS * 3600,))
            file.execute("INSERT INTO session (id, name, seen) VALUES (?, ?, ?)", (_kept(session), name.strip(), time.time()))
        return session

    def person(self, session: str) -> Person | None:
        """Who the session belongs to, None where it ended."""
        since = time.time() - HOURS * 3600
        with closing(self._connect()) as file, file:
            row = file.execute(
                "SELECT account.name, role, seen FROM session JOIN account USING (name) "
                "WHERE id = ? AND seen >= ? AND closed = 0",
                (_kept(session), since),
            ).fetchone()
            # Once a minute is often enough to know when it was last used.
            if row and time.time() - row[2] > 60:
                file.execute("UPDATE session SET seen = ? WHERE id = ?", (time.time(), _kept(session)))
        return Person(row[0], row[1], session) if row else None

    def sign_out(self, session: str) -> None:
        """Ends the session."""
        with self._lock, closing(self._connect()) as file, file:
            file.execute("DELETE FROM session WHERE id = ?", (_kept(session),))

    def _connect(self) -> sqlite3.Connection:
        try:
            return sqlite3.connect(self._path, timeout=5)
        except sqlite3.OperationalError as error:
            raise CounterclaimError(f"{self._path}: the accounts cannot be opened ({error}); check the folder") from error


def _hashed(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode("utf-8", "surrogatepass"), salt=salt, **_COST)


def _kept(session: str) -> str:
    """What is kept of a session: who reads the file cannot take one over."""
    return hashlib.sha256(session.encode()).hexdigest()
