"""Who is asking and what they may do: sessions, the token of every form, roles, and how often one may try."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from typing import Annotated

from fastapi import Depends, Form, HTTPException, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from counterclaim.workbench.accounts import Person, Role
from counterclaim.workbench.state import Workbench, token_of, workbench

COOKIE = "counterclaim"
TRIES = (8, 60.0)
"""Tries to sign in from one address in so many seconds: a person mistypes, a program guesses."""

WRITES = (300, 60.0)
"""Writes of one session in so many seconds: five a second is more than any hand."""

LOOKS = (1200, 60.0)
"""Pages of one address in so many seconds, beyond this machine: an office behind one address, reading fast."""


class SignIn(Exception):
    """The page asked for needs somebody to sign in first."""


class Visits:
    """Tells browsers apart by a cookie that no script can read and no other site's request carries."""

    def __init__(self, app: ASGIApp, giving: bool) -> None:
        """`giving` gives one to whoever has none: so it is where nobody signs in."""
        self._app = app
        self._giving = giving

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        session = _cookie(Headers(scope=scope).get("cookie", ""))
        fresh = self._giving and not session
        scope.setdefault("state", {})["session"] = session = session or (new_session() if fresh else "")

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and fresh:
                MutableHeaders(scope=message).append("set-cookie", f"{COOKIE}={session}; HttpOnly; Path=/; SameSite=Strict")
            await send(message)

        await self._app(scope, receive, sending)


def new_session() -> str:
    """A session's id that cannot be guessed."""
    return secrets.token_hex(32)


def person(request: Request) -> Person:
    """Who is asking. Where there are no accounts it is the one who serves the case.

    Raises SignIn where nobody is signed in.
    """
    bench, session = workbench(request), str(request.state.session)
    if bench.accounts is None:
        found: Person | None = Person(bench.user, "lead", session)
    else:
        if not bench.often.again(f"look {address_of(request)}", LOOKS):
            raise HTTPException(429, "That is too often. Wait a minute.")
        found = bench.accounts.person(session) if session else None
    if found is None:
        raise SignIn
    request.state.person = found
    return found


def address_of(request: Request) -> str:
    """The address a request came from."""
    return request.client.host if request.client else "unknown"


Reader = Annotated[Person, Depends(person)]
"""Whoever may read."""


def checked_token(request: Request, token: Annotated[str, Form(max_length=100)] = "") -> None:
    """403 for a form that does not carry the token of the session it comes from."""
    given = request.headers.get("x-token") or token
    if not hmac.compare_digest(given.encode(), token_of(workbench(request), str(request.state.session)).encode()):
        raise HTTPException(403, "This form is from an earlier session. Load the page again.")


def _checked_json(request: Request) -> None:
    """415 for anything but JSON, which no form of another site can send."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise HTTPException(415, "Send JSON (content-type: application/json).")


def _allowed(role: Role, checked: Callable[..., None]) -> Callable[..., Person]:
    """Whoever may do what `role` may and whose request was `checked`."""

    def check(request: Request, who: Reader, _: None = Depends(checked)) -> Person:
        bench: Workbench = workbench(request)
        if not who.may(role):
            raise HTTPException(403, f"That is for those who are {role}; you are {who.role}.")
        if bench.accounts is not None and not bench.often.again(f"write {who.session}", WRITES):
            raise HTTPException(429, "That is too often. Wait a minute.")
        return who

    return check


Analyst = Annotated[Person, Depends(_allowed("analyst", checked_token))]
"""Whoever may decide, by a form of the workbench."""

Lead = Annotated[Person, Depends(_allowed("lead", checked_token))]
"""Whoever may keep the accounts, by a form of the workbench."""

Caller = Annotated[Person, Depends(_allowed("analyst", _checked_json))]
"""Whoever may decide, through the API."""

Settler = Annotated[Person, Depends(_allowed("lead", _checked_json))]
"""Whoever may settle, through the API."""


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found and len(found.value) == 64 and found.value.isalnum() else ""
