"""Fetch pages, feeds and sitemaps that the user named by their address, and nothing else; needs the extra `web`."""

from __future__ import annotations

import hashlib
import ipaddress
import re
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from counterclaim.errors import EmptyInput, InputError, WrongFormat
from counterclaim.intake import formats
from counterclaim.intake.containers import LARGEST, Taken, undone
from counterclaim.intake.metadata import Facts
from counterclaim.records import Capture
from counterclaim.version import __version__

if TYPE_CHECKING:
    import httpcore

_Allowed = Callable[[str], bool]
AGENT = f"counterclaim/{__version__}"
_TIMEOUT, _LONGEST = 20.0, 120.0
"""Seconds to wait for one answer of the network, and for a whole page."""
_HOPS = 5
_PAUSE = 1.0
"""Seconds between two pages of one feed or sitemap: an archive is in no hurry."""
_LOCATION = re.compile(r"<(?:\w+:)?loc>\s*(?:<!\[CDATA\[)?\s*([^<\]]+?)\s*(?:\]\]>)?\s*</", re.I)
_SITEMAP = re.compile(r"\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*)*<(?:\w+:)?(urlset|sitemapindex)\b", re.I | re.S)


def is_address(path: str) -> bool:
    """Whether what the user named is an address on the web and no path."""
    return path.lower().startswith(("http://", "https://"))


def fetch(address: str, *, follow: int = 100, private: bool = False, pause: float = _PAUSE) -> Iterator[Taken]:
    """The page at `address`; of a feed or sitemap the pages that it points to, at most `follow`, in its order.

    Each capture's origin is the address asked for, its time that of the answer, and `Facts.url` where redirects led. Hosts are
    asked only what their robots.txt allows; addresses that are not public (a private network's, this machine's) are refused
    unless `private`, at every redirect anew and after the name is looked up. What cannot be had comes as InputError. Raises
    InputError where the extra is not installed.
    """
    try:
        import httpcore
    except ImportError:
        raise InputError(address, "fetching needs the extra web", 'install it: pip install "counterclaim[web]"') from None
    with httpcore.ConnectionPool(network_backend=_guarded(private), retries=0) as pool:
        visitor = _Visitor(pool)
        try:
            capture, facts = visitor.page(address)
            links = _links(capture, facts.url or address)
        except InputError as error:
            yield error
            return
        if links is None:
            yield capture, facts
            return
        for n, link in enumerate(links):
            if n >= follow:
                yield InputError(address, f"points to more than {follow} pages", "ask for more with --follow")
                return
            if n:
                time.sleep(pause)
            try:
                yield visitor.page(link)
            except InputError as error:
                yield error


def _links(capture: Capture, base: str) -> tuple[str, ...] | None:
    """The addresses in a feed or sitemap, each once; None for anything else. InputError where one of these has none."""
    head = capture.data[:65536].decode("utf-8", "replace").lstrip("\ufeff")
    if _SITEMAP.match(head):
        found: Iterable[str] = _LOCATION.findall(capture.data.decode("utf-8", "replace"))
    elif capture.media_type == formats.FEED:
        import feedparser  # type: ignore[import-untyped]  # ships no types

        found = (entry.get("link") or "" for entry in feedparser.parse(capture.data).entries)
    else:
        return None
    import html

    links = dict.fromkeys(urljoin(base, html.unescape(link.strip())) for link in found if link.strip())
    if not links:
        raise EmptyInput(capture.origin, "this feed or sitemap points to no page", "check the address")
    return tuple(links)


class _Visitor:
    """Asks for one page after another, and each host for its rules once."""

    def __init__(self, pool: httpcore.ConnectionPool) -> None:
        self._pool = pool
        self._rules: dict[str, RobotFileParser] = {}

    def page(self, address: str) -> tuple[Capture, Facts]:
        """The page, wherever redirects led; InputError where it cannot be had."""
        status, headers, data, at = self._answer(address, asked=address, allowed=self._allowed)
        if status != 200:
            raise InputError(address, f"the server answers {status}", "open it in a browser, save the page and add that")
        if not data.strip():
            raise EmptyInput(address, "the server sends an empty page", "open it in a browser, save the page and add that")
        kind = formats.media_type(data[:65536], urlsplit(at).path.rpartition("/")[2], address)
        if kind in (formats.ZIP, formats.WARC, formats.MBOX, formats.GZIP, formats.BZIP2, formats.XZ):
            raise WrongFormat(address, "is an archive", "download it and add the file")
        kind = formats.sent_as(kind, headers.get("content-type"))
        capture = Capture(hashlib.sha256(data).hexdigest(), address, datetime.now(UTC), kind, data)
        return capture, Facts(url=at).by("metadata", "address fetched")

    def _allowed(self, address: str) -> bool:
        """Whether the host's robots.txt lets us ask (RFC 9309: none there allows, one that cannot be had forbids)."""
        parts = urlsplit(address)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._rules:
            rules = RobotFileParser()
            status, _, data, _ = self._answer(f"{host}/robots.txt", asked=address, allowed=lambda _: True)
            # half a megabyte of rules is what RFC 9309 asks crawlers to read
            nothing = "" if 400 <= status < 500 else "User-agent: *\nDisallow: /"
            said = data[: 2**19].decode("utf-8", "replace") if status == 200 else nothing
            rules.parse(said.splitlines())
            self._rules[host] = rules
        return self._rules[host].can_fetch(AGENT, address)

    def _answer(self, address: str, asked: str, allowed: _Allowed) -> tuple[int, dict[str, str], bytes, str]:
        """Status, headers, body and the address it came from, after redirects; every hop is looked at anew."""
        import httpcore

        ends = time.monotonic() + _LONGEST
        for _ in range(_HOPS + 1):
            if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
                raise InputError(asked, f"leads to {address[:100]}, which is no web address", "check the address")
            if not allowed(address):
                raise InputError(asked, "the site's robots.txt asks not to fetch it", "save the page in a browser and add that")
            try:
                status, headers, data = self._once(address, asked, ends)
            except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError) as e:
                problem = f"cannot be fetched ({type(e).__name__}: {e})"
                raise InputError(asked, problem, "check the address and the network") from None
            except (httpcore.UnsupportedProtocol, ValueError, UnicodeError):
                raise InputError(asked, f"leads to {address[:100]}, which is no web address", "check the address") from None
            if status not in (301, 302, 303, 307, 308) or "location" not in headers:
                return status, headers, data, address
            address = urljoin(address, headers["location"])
        raise InputError(asked, f"is redirected more than {_HOPS} times", "open it in a browser and add the page it ends at")

    def _once(self, address: str, asked: str, ends: float) -> tuple[int, dict[str, str], bytes]:
        limits = dict.fromkeys(("connect", "read", "write", "pool"), _TIMEOUT)
        asks = [("User-Agent", AGENT), ("Accept", "*/*"), ("Accept-Encoding", "gzip"), ("Host", urlsplit(address).netloc)]
        with self._pool.stream("GET", address, headers=asks, extensions={"timeout": limits}) as answer:
            headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in answer.headers}
            parts: list[bytes] = []
            size = 0
            for part in answer.iter_stream():
                parts.append(part)
                size += len(part)
                if size > LARGEST:
                    raise InputError(asked, f"is larger than one report can be ({LARGEST >> 20} MB)", "leave it out")
                if time.monotonic() > ends:
                    raise InputError(asked, f"took longer than {_LONGEST:.0f} s", "try again, or save the page in a browser")
        data = undone(b"".join(parts), headers.get("content-encoding", "").strip().lower(), LARGEST)
        if len(data) > LARGEST:
            raise InputError(asked, f"is larger than one report can be ({LARGEST >> 20} MB)", "leave it out")
        return answer.status, headers, data


def _guarded(private: bool) -> httpcore.NetworkBackend:
    """A network that connects to public addresses only, unless `private`: looked up once and connected to what was looked at."""
    import httpcore

    class Guarded(httpcore.NetworkBackend):
        def __init__(self) -> None:
            self._network = httpcore.SyncBackend()

        def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,
            local_address: str | None = None,
            socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
        ) -> httpcore.NetworkStream:
            found = [str(info[4][0]) for info in socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)]
            public = [a for a in found if private or _public(a)]
            if not public:
                raise InputError(host, "is not a public address", "allow it with --private if you mean to")
            return self._network.connect_tcp(public[0], port, timeout, local_address, socket_options)

        def sleep(self, seconds: float) -> None:
            self._network.sleep(seconds)

    return Guarded()


def _public(address: str) -> bool:
    at = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(at, "ipv4_mapped", None) or at
    return inner.is_global and not inner.is_multicast
