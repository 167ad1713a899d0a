"""What is fetched when a user names an address, against a server on loopback: hops, limits, robots, private addresses."""

# ruff: noqa: E501 - pages and addresses have the lines they have

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from counterclaim.errors import InputError
from counterclaim.intake import containers, fetch, is_address, reports

PAGE = b"<html><head><title>T</title></head><body><article><p>At least 12 people were killed, the ministry said on Monday.</p></article></body></html>"


class Site(BaseHTTPRequestHandler):
    """A small site; what was asked for is kept in `asked`."""

    asked: list[str]
    robots: tuple[int, bytes]

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        base = f"http://localhost:{self.server.server_address[1]}"
        entries = "".join(f"<item><title>n</title><link>{base}/page{n}</link></item>" for n in range(3))
        sitemap = f"<?xml version='1.0'?><urlset><url><loc>{base}/page1</loc></url><url><loc>/page2</loc></url></urlset>"
        answers: dict[str, tuple[int, dict[str, str], bytes]] = {
            "/robots.txt": (self.robots[0], {}, self.robots[1]),
            "/packed": (200, {"Content-Encoding": "gzip"}, gzip.compress(PAGE)),
            "/bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"x" * 3_000_000)),
            "/moved": (301, {"Location": "/page1"}, b""),
            "/round": (302, {"Location": "/round"}, b""),
            "/inside": (302, {"Location": "http://10.0.0.1/secret"}, b""),
            "/file": (302, {"Location": "file:///etc/passwd"}, b""),
            "/gone": (404, {}, b"not here"),
            "/empty": (200, {}, b""),
            "/feed": (200, {}, f"<?xml version='1.0'?><rss version='2.0'><channel>{entries}</channel></rss>".encode()),
            "/sitemap.xml": (200, {}, sitemap.encode()),
        }
        status, headers, body = answers.get(self.path, (200, {}, PAGE))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def site() -> Iterator[str]:
    Site.asked, Site.robots = [], (404, b"")
    server = ThreadingHTTPServer(("localhost", 0), Site)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def got(address: str, **how: int) -> tuple[list[str], list[str]]:
    """The addresses pages came from, and what was said of the others."""
    found: list[str] = []
    errors: list[str] = []
    for taken in fetch(address, private=True, pause=0, **how):
        if isinstance(taken, InputError):
            errors.append(str(taken))
        else:
            (report,) = reports(taken[0], known=taken[1])
            assert not isinstance(report, InputError)
            assert "At least 12 people were killed" in report.text
            found.append(str(report.url))
    return found, errors


def test_a_page_comes_with_the_address_that_redirects_led_to(site: str) -> None:
    ((capture, facts),) = [t for t in fetch(f"{site}/moved", private=True) if not isinstance(t, InputError)]
    assert (capture.origin, facts.url, capture.data) == (f"{site}/moved", f"{site}/page1", PAGE)
    assert got(f"{site}/packed") == ([f"{site}/packed"], [])


def test_nothing_on_a_private_network_is_asked_for(site: str) -> None:
    (error,) = fetch(f"{site}/page1")
    assert "localhost: is not a public address; allow it with --private" in str(error)
    assert Site.asked == []


def test_every_hop_is_looked_at(site: str, monkeypatch: pytest.MonkeyPatch) -> None:

    # only this server counts as public, so that a redirect inwards is seen
    monkeypatch.setattr("counterclaim.intake.web._public", lambda a: a in ("127.0.0.1", "::1"), raising=True)
    (error,) = fetch(f"{site}/inside")
    assert "10.0.0.1: is not a public address" in str(error)
    (error,) = fetch(f"{site}/file")
    assert "leads to file:///etc/passwd, which is no web address" in str(error)
    (error,) = fetch(f"{site}/round")
    assert "is redirected more than 5 times" in str(error)


@pytest.mark.parametrize(
    ("path", "says"),
    [("/gone", "the server answers 404; open it in a browser"), ("/empty", "the server sends an empty page")],
)
def test_what_cannot_be_had_says_why(site: str, path: str, says: str) -> None:
    found, (error,) = got(site + path)
    assert not found
    assert says in error


def test_a_page_that_is_too_large_is_given_up(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("counterclaim.intake.web.LARGEST", 2**20)
    found, (error,) = got(f"{site}/bomb")
    assert not found
    assert "is larger than one report can be (1 MB)" in error
    assert containers.LARGEST > 2**20


def test_robots_are_respected(site: str) -> None:
    Site.robots = (200, b"User-agent: *\nDisallow: /page2\n")
    assert got(f"{site}/page1") == ([f"{site}/page1"], [])
    found, (error,) = got(f"{site}/page2")
    assert not found
    assert "robots.txt asks not to fetch it" in error
    assert "/page2" not in Site.asked
    Site.robots = (500, b"")
    assert got(f"{site}/page1")[0] == []


def test_feeds_and_sitemaps_lead_to_their_pages(site: str) -> None:
    assert got(f"{site}/feed") == ([f"{site}/page0", f"{site}/page1", f"{site}/page2"], [])
    assert got(f"{site}/sitemap.xml") == ([f"{site}/page1", f"{site}/page2"], [])
    found, (error,) = got(f"{site}/feed", follow=2)
    assert found == [f"{site}/page0", f"{site}/page1"]
    assert "points to more than 2 pages; ask for more with --follow" in error


def test_only_web_addresses_are_addresses() -> None:
    assert is_address("https://news.example/a")
    assert not is_address("reports/https.txt")
    assert not is_address("file:///etc/passwd")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "::1",
        "fe80::1%eth0",
        "::ffff:10.0.0.1",
        "0.0.0.0",
        "100.64.0.1",
    ],
)
def test_what_is_not_public(address: str) -> None:
    from counterclaim.intake.web import _public

    assert not _public(address)
    assert _public("93.184.216.34")
