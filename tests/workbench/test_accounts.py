"""Beyond this machine: who may sign in, what each role may do, how often one may try, and that a session ends."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from counterclaim.cli import app
from counterclaim.errors import CounterclaimError
from counterclaim.pipeline import Case
from counterclaim.workbench import Accounts, Address, application, serve

WORD = "four quiet grey geese"


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    held = Accounts(tmp_path / "accounts.db")
    for name, role in (("Lea", "lead"), ("Ann", "analyst"), ("Rea", "reader")):
        held.add(name, role, WORD)
    return held


@pytest.fixture
def open_client(case: Case, accounts: Accounts) -> Iterator[TestClient]:
    """The workbench as others reach it."""
    with TestClient(
        application(case, "case.db", user="-", hosts=None, accounts=accounts), base_url="http://bench.example"
    ) as client:
        yield client


def sign_in(client: TestClient, name: str, password: str = WORD) -> int:
    return client.post("/sign-in", data={"name": name, "password": password, "to": "/"}, follow_redirects=False).status_code


def token(client: TestClient, address: str = "/review") -> str:
    found = re.search(r'name="token" value="(\w+)"', client.get(address).text)
    assert found
    return found[1]


PAGES = (
    "/",
    "/reports",
    "/review",
    "/audit",
    "/audit/again",
    "/audit/agreement",
    "/review?alone=1",
    "/export",
    "/add",
    "/api",
    "/map.svg?area=1,2,3,4",
    "/accounts",
    "/add/progress",
)


def test_nothing_is_shown_before_signing_in(open_client: TestClient, case: Case) -> None:
    contest, report = case.contests[0], case.reports[0].report
    own = (
        f"/incidents/{contest.incident.id}",
        f"/incidents/{contest.incident.id}/merge",
        f"/reports/{report.id}",
        f"/captures/{report.capture}",
    )
    for address in (*PAGES, *own):
        answer = open_client.get(address, follow_redirects=False)
        assert answer.status_code == 303, address
        assert answer.headers["location"].startswith("/sign-in")
    for address in ("/api/incidents", "/api/reports", f"/api/reports/{report.id}", "/api/decisions"):
        assert open_client.get(address).status_code == 401
    assert "set-cookie" not in open_client.get("/sign-in").headers


def test_every_route_asks_who_is_there(case: Case, accounts: Accounts) -> None:
    made = application(case, "case.db", user="-", hosts=None, accounts=accounts)
    with TestClient(made, base_url="http://bench.example") as client:
        spoken = client.get("/openapi.json").status_code
        assert spoken in (303, 404)
        told = made.openapi()["paths"]
        for address, methods in told.items():
            for method in methods:
                asked = client.request(
                    method, address.replace("{id}", "1").replace("{key}", "x"), json={"verb": "accept", "grade": "fair"}
                )
                assert asked.status_code == 401, (method, address)


def test_a_session_begins_and_ends(open_client: TestClient) -> None:
    assert sign_in(open_client, "Ann") == 303
    page = open_client.get("/").text
    assert "(analyst)" in page
    assert open_client.post("/sign-out", data={"token": "0"}).status_code == 403
    open_client.post("/sign-out", data={"token": token(open_client)})
    assert open_client.get("/", follow_redirects=False).status_code == 303


def test_the_cookie_is_for_this_site_and_no_script(open_client: TestClient) -> None:
    answer = open_client.post("/sign-in", data={"name": "Ann", "password": WORD}, follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert WORD not in str(answer.headers)


def test_wrong_names_and_passwords_look_alike_and_are_bounded(open_client: TestClient) -> None:
    pages = []
    for name, password in (("Ann", "wrong"), ("Nobody", WORD), ("", ""), ("Ann' OR 1=1 --", "x")):
        answer = open_client.post("/sign-in", data={"name": name, "password": password})
        assert answer.status_code in (403, 422)
        pages.append(answer.text.replace(name, "") if answer.status_code == 403 else "")
    assert pages[0] == pages[1]
    codes = [sign_in(open_client, "Ann", f"try {n}") for n in range(10)]
    assert 429 in codes
    assert sign_in(open_client, "Ann") == 429


def test_after_signing_in_one_never_lands_elsewhere(open_client: TestClient) -> None:
    for to in ("https://evil.example", "//evil.example", "/\\evil.example", "javascript:1"):
        answer = open_client.post("/sign-in", data={"name": "Rea", "password": WORD, "to": to}, follow_redirects=False)
        assert answer.headers["location"] == "/"


def test_each_role_may_do_its_own(open_client: TestClient, case: Case) -> None:
    raqqa = next(c.incident.id for c in case.contests if c.incident.title.startswith("Raqqa"))
    grade = {"grade": "fair", "note": "n"}
    for name, codes in (("Rea", (403, 403)), ("Ann", (303, 403)), ("Lea", (303, 303))):
        open_client.cookies.clear()
        assert sign_in(open_client, name) == 303
        own = {"token": token(open_client)}
        graded = open_client.post(f"/incidents/{raqqa}/grade", data={**grade, **own}, follow_redirects=False)
        made = {"name": f"New {name}", "role": "reader", "password": WORD, **own}
        kept = open_client.post("/accounts", data=made, follow_redirects=False)
        assert (graded.status_code, kept.status_code) == codes
    assert [a.user for a in case.store.assessments()] == ["Ann", "Lea"]


def test_a_closed_account_is_out_at_once(open_client: TestClient, accounts: Accounts) -> None:
    assert sign_in(open_client, "Ann") == 303
    accounts.close("Ann")
    assert open_client.get("/", follow_redirects=False).status_code == 303
    assert sign_in(open_client, "Ann") == 403


def test_passwords_and_sessions_are_not_kept_as_they_are(open_client: TestClient, tmp_path: Path) -> None:
    assert sign_in(open_client, "Ann") == 303
    kept = (tmp_path / "accounts.db").read_bytes()
    assert WORD.encode() not in kept
    assert open_client.cookies["counterclaim"].encode() not in kept
    assert (tmp_path / "accounts.db").stat().st_mode & 0o077 == 0


def test_a_session_unused_for_a_day_is_over(open_client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sign_in(open_client, "Ann") == 303
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 24 * 3600)
    assert open_client.get("/", follow_redirects=False).status_code == 303


def test_serving_others_needs_an_account_that_leads(case: Case, tmp_path: Path) -> None:
    none = Accounts(tmp_path / "none.db")
    none.add("Ann", "analyst", WORD)
    for held in (None, none):
        with pytest.raises(CounterclaimError, match="make an account first"):
            serve(case, "case.db", Address("0.0.0.0"), user="-", say=print, accounts=held)
    with pytest.raises(CounterclaimError, match="both a certificate"):
        serve(case, "case.db", Address(certificate=tmp_path / "c"), user="-", say=print)


def test_an_account_is_made_on_the_command_line(read_case: Path, tmp_path: Path) -> None:
    file = tmp_path / "accounts.db"
    given = ["serve", str(read_case), "--accounts", str(file), "--add-account", "Lea:lead"]
    assert CliRunner().invoke(app, given, input=f"{WORD}\n{WORD}\n").exit_code == 0
    assert [(a.name, a.role) for a in Accounts(file).all()] == [("Lea", "lead")]
    assert CliRunner().invoke(app, given, input="short\nshort\n").exit_code != 0
    assert CliRunner().invoke(app, [*given[:-1], "Lea:owner"], input=f"{WORD}\n{WORD}\n").exit_code != 0


def test_too_short_a_password_is_refused(accounts: Accounts) -> None:
    for name, role, password in (("Bo", "lead", "short"), ("", "lead", WORD), ("Bo", "owner", WORD), ("B\no", "lead", WORD)):
        with pytest.raises(CounterclaimError):
            accounts.add(name, role, password)
