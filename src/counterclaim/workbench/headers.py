"""What every answer carries and every request must meet: a strict content policy, known hosts, own writes, bounded bodies."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Only the workbench's own files run or load; nothing inline, nothing evaluated, nothing from elsewhere."""

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

LARGEST = 64 * 2**20
"""Bytes of one request at most: a saved page is a few hundred kilobytes, a long PDF a few tens of megabytes."""

_ALWAYS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "private, no-cache",
}


class Guard:
    """The outermost layer: refuses what comes from another site, to another name or in too large a body, and adds the headers.

    `hosts` are the names under which the workbench may be called; without it any (it then needs accounts). A page of another
    site cannot reach a loopback workbench: neither by a form, nor by a name of its own that leads to this machine.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] | None, largest: int = LARGEST) -> None:
        self._app = app
        self._hosts = hosts
        self._largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = self._refused(scope)
        if refused is not None:
            await refused(scope, receive, _with_headers(send))
            return
        taken = 0

        async def bounded() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._largest:
                raise TooLarge
            return message

        try:
            await self._app(scope, bounded, _with_headers(send))
        except TooLarge:
            await self._too_large()(scope, receive, _with_headers(send))

    def _refused(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = urlsplit(f"//{headers.get('host', '')}").hostname or ""
        if self._hosts is not None and host not in self._hosts:
            return PlainTextResponse("This workbench answers to its own name only; see the address it printed.\n", 421)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self._largest:
            return self._too_large()
        if scope["method"] in ("GET", "HEAD", "OPTIONS"):
            return None
        origin = headers.get("origin")
        foreign = origin is not None and urlsplit(origin).netloc != headers.get("host")
        if foreign or headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            return PlainTextResponse("Nothing is taken from another site.\n", 403)
        return None

    def _too_large(self) -> PlainTextResponse:
        return PlainTextResponse(
            f"That is more than {self._largest // 2**20} MB; add large files with `counterclaim run`.\n", 413
        )


class TooLarge(Exception):
    """A body that went on beyond the bound."""


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _ALWAYS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
