"""What may not come in and what may not run: other sites, other names, too much, and whatever a report says."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from counterclaim.pipeline import Case

OWN_SCRIPTS = {"/static/htmx.min.js", "/static/workbench.js"}


class Danger(HTMLParser):
    """Everything in a page that could run or load: scripts, handlers, addresses that are no plain way within the workbench."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("script", "iframe", "object", "embed", "style", "base") and given.get("src") not in OWN_SCRIPTS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith(("on", "hx-on")) or name == "style":
                self.found.append(f"{name}={value}")
            if name in ("src", "href", "action", "formaction") and not (value or "").startswith(("/", "#", "?at=", "?part=")):
                self.found.append(f"{name}={value}")


def dangers(page: str) -> list[str]:
    parser = Danger()
    parser.feed(page)
    return parser.found


def pages(client: TestClient, case: Case) -> list[str]:
    """Every page to read, and everything that opens beside one."""
    found = ["/", "/reports", "/reports?words=window", "/?words=script&place=%3Cscript%3E&side=%22onload%3D"]
    found += [f"/reports/{read.report.id}?at=0-9&words=script" for read in case.reports]
    for contest in case.contests:
        address = f"/incidents/{contest.incident.id}"
        places = re.findall(r'(?:data-at="|href="\?at=)([\w-]+-[^"]+)"', client.get(address).text)
        assert places
        found += [f"{address}/part?of={of}" for of in ("made", "voiced", "rest", "joined", "i1-t1")]
        found += [address, *(f"{address}/beside?at={at}" for at in places), f"{address}/merge", f"{address}/split"]
        keys = [item["key"] for item in client.get(f"/api{address}/items").json()]
        found += [f"/review?incident={contest.incident.id}&key={key}" for key in keys]
    first, second = (c.incident.id for c in case.contests[:2])
    found += [
        f"/incidents/{first}/merge?with={second}",
        "/audit",
        "/audit/again",
        "/audit/agreement",
        "/add",
        "/export",
        "/review?alone=1",
        "/api",
    ]
    found += [f"/export?incident={contest.incident.id}" for contest in case.contests]
    return found


def test_nothing_that_a_report_says_can_run(client: TestClient, case: Case) -> None:
    bad = '"><script>window.pwned=1</script>'
    for contest in case.contests:
        case.assess(contest.incident.id, scale="airwars", grade="fair", user=bad, note=bad)
        case.decide("accept", contest.incident.id, user=bad, reason=bad)
    seen = ""
    for address in pages(client, case):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert dangers(answer.text) == [], address
        # A clock may say 09:49.
        assert "49" not in re.findall(r"(?<!:)\b49\b", answer.text), address
        seen += answer.text
    # The hostile words themselves are shown, as words.
    assert "&lt;script&gt;window.pwned=1" in seen
    assert "{{ 7 * 7 }}" in seen


def test_the_parser_of_dangers_finds_them() -> None:
    bad = '<script>1</script><a href="javascript:1" onclick="2">x</a><img src="http://elsewhere/x"><p style="a">'
    assert len(dangers(bad)) == 5


@pytest.mark.parametrize(
    "address", ["/", "/reports", "/nowhere", "/static/workbench.js", "/map.svg?area=1,2,3,4", "/dossier.css"]
)
def test_every_answer_carries_the_policy(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "script-src 'self';" in policy or "script-src" not in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in policy


def test_only_its_own_names_are_answered(client: TestClient) -> None:
    for host in ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "192.168.0.7"):
        assert client.get("/", headers={"host": host}).status_code == 421
    for host in ("localhost:8017", "127.0.0.1:1", "[::1]:9"):
        assert client.get("/", headers={"host": host}).status_code == 200


def test_nothing_is_taken_from_another_site(client: TestClient) -> None:
    for headers in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"origin": "http://127.0.0.1:9"},
    ):
        assert client.post("/review", headers=headers).status_code == 403


def test_a_body_beyond_the_bound_is_refused(client: TestClient) -> None:
    assert client.post("/add", headers={"content-length": str(65 * 2**20)}).status_code == 413
    assert client.post("/add", headers={"content-length": "many"}).status_code == 413


def test_no_page_loads_from_elsewhere(client: TestClient) -> None:
    for address in ("/dossier.css", "/static/workbench.css", "/static/workbench.js"):
        assert "http://" not in client.get(address).text
        assert "https://" not in client.get(address).text
