"""What people do at the workbench: check, correct, bring together, take apart, grade, undo, add, each seen in the case itself."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from counterclaim.pipeline import Case
from counterclaim.records import FigureRef
from counterclaim.workbench import Accounts, application


def token(client: TestClient, address: str = "/review") -> str:
    found = re.search(r'name="token" value="(\w+)"', client.get(address).text)
    assert found
    return found[1]


def incident(case: Case, title: str) -> str:
    case._look_again()
    return next(c.incident.id for c in case.contests if c.incident.title.startswith(title))


def toll(case: Case, words: str) -> tuple[FigureRef, int | None, int | None]:
    """The figure whose words begin so, as the effective view has it."""
    case._look_again()
    for read in case.reports:
        for figure in read.reading.figures:
            if read.report.text[figure.span[0] :].startswith(words):
                return FigureRef(read.report.id, figure.id), figure.low, figure.high
    raise AssertionError(words)


def item_key(client: TestClient, case: Case, words: str) -> tuple[str, str]:
    """The incident and the key of the queue's item on the toll of these words."""
    ref, _, _ = toll(case, words)
    for contest in case.contests:
        for item in client.get(f"/api/incidents/{contest.incident.id}/items").json():
            if item["kind"] == "figure" and item["report"] == ref.report and item["fact"]["id"] == ref.figure:
                return contest.incident.id, item["key"]
    raise AssertionError(words)


def answer(client: TestClient, case: Case, words: str, verb: str, **values: str) -> str:
    """Answers the item on the toll of these words as the page does, with every field of its form."""
    where, key = item_key(client, case, words)
    page = client.get("/review", params={"incident": where, "key": key}).text
    form = {name: unescape(value) for name, value in re.findall(r'<input id="f-\w+" name="(\w+)" value="([^"]*)"', page)}
    for name, options in re.findall(r'<select id="f-\w+" name="(\w+)">(.*?)</select>', page):
        chosen = re.search(r'value="([^"]*)" selected', options)
        assert chosen, options
        form[name] = unescape(chosen[1])
    given = {**form, "token": token(client), "incident": where, "key": key, "verb": verb, **values}
    done = client.post("/review/answer", data=given, headers={"HX-Request": "true"})
    assert done.status_code == 200, done.text
    return done.text


def test_a_figure_is_corrected_and_the_contest_follows(client: TestClient, case: Case) -> None:
    assert "Corrected" in answer(client, case, "12 people", "correct", low="14", high="14", reason="a second page says so")
    assert toll(case, "12 people")[1:] == (14, 14)
    assert "14–20" in client.get(f"/incidents/{incident(case, 'Raqqa')}").text
    assert "14–20" in client.get("/").text
    made = case.store.decisions()
    assert [(d.kind, d.role, d.value, d.user, d.reason) for d in made] == [
        ("correct", "low", "14", "Ada", "a second page says so"),
        ("correct", "high", "14", "Ada", "a second page says so"),
    ]


def test_undo_takes_back_the_whole_answer(client: TestClient, case: Case) -> None:
    answer(client, case, "12 people", "correct", low="14", high="14")
    page = client.post("/review/undo", data={"token": token(client)}, headers={"HX-Request": "true"}).text
    assert "Taken back" in page
    assert toll(case, "12 people")[1:] == (12, 12)
    assert "nothing of yours" in client.post("/review/undo", data={"token": token(client)}, headers={"HX-Request": "true"}).text


def test_accept_and_reject(client: TestClient, case: Case) -> None:
    answer(client, case, "12 people", "accept")
    answer(client, case, "At least 20 people", "reject")
    answer(client, case, "20 dead", "reject")
    where = incident(case, "Raqqa")
    items = {i["key"]: i for i in client.get(f"/api/incidents/{where}/items").json()}
    assert [i["open"] for i in items.values() if i["kind"] == "figure"] == [False]
    assert "At least 20" not in client.get(f"/incidents/{where}").text.split('id="i1-positions"')[0]


def test_an_answer_that_does_not_fit_is_said_and_kept_nowhere(client: TestClient, case: Case) -> None:
    assert "is no number" in answer(client, case, "12 people", "correct", low="a dozen")
    assert "nothing was changed" in answer(client, case, "12 people", "correct")
    assert "is no answer" in answer(client, case, "12 people", "same")
    assert "harm" in answer(client, case, "12 people", "correct", harm="vanished")
    assert case.store.decisions() == ()


def test_the_queue_goes_through_everything_and_ends(client: TestClient, case: Case) -> None:
    seen = []
    for _ in range(60):
        page = client.get("/review").text
        key = re.search(r'name="incident" value="(\w+)"><input type="hidden" name="key" value="([^"]+)"', page)
        if key is None:
            break
        seen.append(key.groups())
        verb = "same" if 'value="same"' in page else "accept"
        given = {"token": token(client), "incident": key[1], "key": key[2], "verb": verb}
        # Accept leaves the fields aside, so none is sent.
        client.post("/review/answer", data=given)
    assert "Nothing is open" in page
    assert len(seen) == len(set(seen)) == len(case.store.decisions())
    assert len(seen) >= 6
    assert case._look_again() is None
    assert all(s.outcome == "same" for s in case.view.standings)


def test_two_incidents_are_brought_together_after_a_preview_and_parted_again(client: TestClient, case: Case) -> None:
    raqqa, aleppo = incident(case, "Raqqa"), incident(case, "Aleppo")
    preview = client.get(f"/incidents/{raqqa}/merge", params={"with": aleppo}).text
    assert "7–20" in preview
    assert case.store.decisions() == ()
    given = {"token": token(client), "other": aleppo, "reason": "one attack"}
    page = client.post(f"/incidents/{raqqa}/merge", data=given)
    assert page.status_code == 200
    assert "Brought together" in page.text
    assert "7–20" in page.text
    # Whoever comes by the old address is led on.
    assert client.get(f"/incidents/{aleppo}").url.path == f"/incidents/{raqqa}"
    titles = re.findall(r'href="/incidents/(\w+)"><bdi>', client.get("/").text)
    assert raqqa in titles
    assert aleppo not in titles
    assert client.post(f"/audit/{case.store.decisions()[0].id}/undo", data={"token": token(client)}).status_code == 200
    assert client.get(f"/incidents/{aleppo}").url.path == f"/incidents/{aleppo}"


def test_an_incident_is_taken_apart_after_a_preview(client: TestClient, case: Case) -> None:
    raqqa = incident(case, "Raqqa")
    before = len(case.contests)
    takes = re.findall(r'name="take" value="([^"]+)"', client.get(f"/incidents/{raqqa}/split").text)
    assert len(takes) == 2
    preview = client.get(f"/incidents/{raqqa}/split", params={"take": takes[1]}).text
    assert preview.count('class="preview"') == 3
    done = client.post(f"/incidents/{raqqa}/split", data={"token": token(client), "take": takes[1]})
    assert "Taken apart" in done.text
    case._look_again()
    assert len(case.contests) == before + 1
    for contest in case.contests:
        assert client.get(f"/incidents/{contest.incident.id}").status_code == 200
    assert client.post(f"/incidents/{raqqa}/split", data={"token": token(client), "take": ["9.9"]}).status_code == 400


def test_a_grading_is_kept_and_shown(client: TestClient, case: Case) -> None:
    raqqa = incident(case, "Raqqa")
    given = {"token": token(client), "grade": "contested", "low": "12", "high": "20", "best": "", "note": "two sides, two tolls"}
    page = client.post(f"/incidents/{raqqa}/grade", data=given).text
    assert "<b>contested</b> 12–20" in page
    assert "two sides, two tolls" in client.get("/audit").text
    kept = case.store.assessments()[0]
    assert (kept.user, kept.low, kept.high, kept.best) == ("Ada", 12, 20, None)
    for wrong in ({"grade": "true"}, {"grade": "fair", "low": "9", "high": "3"}, {"grade": "fair", "best": "many"}):
        assert client.post(f"/incidents/{raqqa}/grade", data={"token": token(client), **wrong}).status_code == 400
    assert len(case.store.assessments()) == 1


def test_what_was_missed_is_added_from_marked_words(client: TestClient, case: Case) -> None:
    read = next(r for r in case.reports if r.report.text.startswith("Monitor"))
    text = read.report.text
    start = text.index("civilians were hit")
    given = {
        "token": token(client), "words": "civilians", "at": f"{start}-{start + 9}", "kind": "figure",
        "incident": incident(case, "Raqqa"), "low": "3", "high": "3", "harm": "injured", "victims": "civilians",
        "qualifier": "exact", "scope": "incident", "speaker": "",
        "act": "blame", "target": "", "affiliation": "", "side": "", "as_of": "", "reason": "for the test",
    }  # fmt: skip
    page = client.post(f"/reports/{read.report.id}/add", data=given)
    assert page.status_code == 200
    assert toll(case, "civilians were hit")[1:] == (3, 3)
    assert "Injured" in client.get(f"/incidents/{incident(case, 'Raqqa')}").text
    for words, said in (("nobody wrote this", "not in the report"), ("Raqqa", "stand 2 times")):
        wrong = client.post(f"/reports/{read.report.id}/add", data={**given, "words": words, "at": ""})
        assert wrong.status_code == 400
        assert said in wrong.text


def test_the_audit_shows_who_what_when_and_takes_back(client: TestClient, case: Case) -> None:
    answer(client, case, "12 people", "reject", reason="of another strike")
    page = client.get("/audit").text
    assert "of another strike" in page
    assert "Ada" in page
    made = case.store.decisions()[0].id
    page = client.post(f"/audit/{made}/undo", data={"token": token(client)}).text
    assert "undone" in page
    assert "bring back" in page
    page = client.post(f"/audit/{made}/redo", data={"token": token(client)}).text
    assert "undone" not in page
    assert client.post("/audit/999/undo", data={"token": token(client)}).status_code == 409
    assert "Nothing. Every decision" in client.get("/audit/again").text


def test_a_form_without_the_sessions_token_is_refused(client: TestClient, case: Case) -> None:
    raqqa = incident(case, "Raqqa")
    forms = {
        "/review/answer": {"incident": raqqa, "key": "figure.1.f0", "verb": "accept"},
        "/review/undo": {},
        f"/incidents/{raqqa}/merge": {"other": incident(case, "Aleppo")},
        f"/incidents/{raqqa}/split": {"take": "1.0"},
        f"/incidents/{raqqa}/grade": {"grade": "fair"},
        f"/reports/{case.reports[0].report.id}/add": {"words": "x"},
        "/audit/1/undo": {},
        "/add": {},
    }
    own = token(client)
    for address, form in forms.items():
        files = {"files": ("a.txt", b"words")} if address == "/add" else None
        for wrong in ("", own[:-1] + ("0" if own[-1] != "0" else "1"), "é"):
            assert client.post(address, data={**form, "token": wrong}, files=files).status_code == 403, address
    assert case.store.decisions() == ()
    # The token of one browser is of no use to another.
    with TestClient(client.app, base_url="http://127.0.0.1") as other:
        other.get("/")
        assert other.post("/review/undo", data={"token": own}).status_code == 403


def test_files_come_in_and_are_read(client: TestClient, case: Case) -> None:
    fresh = (
        "Strike on Kobani market\n\n7 May 2019\n\nAt least 5 people were killed in a strike in Kobani on 6 May, the mayor said."
    )
    files = [
        ("files", ("../../kobani.txt", fresh.encode())),
        ("files", ("empty.txt", b"")),
        ("files", ("photo.txt", bytes(range(256)) * 8)),
        (
            "files",
            (
                "again.txt",
                case.store.capture(next(r for r in case.reports if r.report.text.startswith("Army")).report.capture).data,
            ),
        ),
        ("files", ("german.txt", "Nach dem Angriff auf die Brücke sprachen Anwohner von vielen Toten und Verletzten.".encode())),
    ]
    client.post("/add", data={"token": token(client, "/add")}, files=files)
    intake = client.app.state.workbench.intake  # type: ignore[attr-defined]
    intake.wait(60)
    stages = {a.name: (a.stage, a.why) for a in intake.arrivals}
    assert stages["kobani.txt"][0] == "read"
    assert stages["again.txt"][0] == "known"
    assert stages["german.txt"] == ("kept", "not read: language de")
    assert stages["empty.txt"][0] == stages["photo.txt"][0] == "left out"
    assert "empty" in stages["empty.txt"][1]
    assert "/tmp" not in str(stages)
    page = client.get("/add/progress").text
    assert "Done." in page
    assert "Kobani" in client.get("/").text
    read = next(h for h in case.store.headings(case.store.report_ids()) if h.title and "Kobani" in h.title)
    assert case.store.origins(case.store.report(read.id).capture) == ("kobani.txt",)


@pytest.mark.parametrize("address", ["/api/incidents", "/api/reports", "/api/decisions", "/api/scales", "/api/openapi.json"])
def test_the_api_answers_in_json(client: TestClient, address: str) -> None:
    assert client.get(address).headers["content-type"] == "application/json"


def test_the_api_reads_and_decides(client: TestClient, case: Case) -> None:
    raqqa = incident(case, "Raqqa")
    assert client.get("/api/incidents", params={"place": "raqqa"}).json()["found"] == 1
    held = client.get(f"/api/incidents/{raqqa}").json()
    assert {t["words"] for t in held["contest"]["tolls"]} >= {"12 people", "At least 20 people"}
    where, key = item_key(client, case, "12 people")
    done = client.post(f"/api/incidents/{where}/items/{key}", json={"verb": "correct", "values": {"low": "13"}, "reason": "r"})
    assert done.status_code == 201
    assert toll(case, "12 people")[1] == 13
    made = done.json()["decisions"][0]
    assert client.post(f"/api/decisions/{made}/undo", json={}).json() == {"undone": made}
    assert toll(case, "12 people")[1] == 12
    assert client.post(f"/api/incidents/{raqqa}/gradings", json={"grade": "fair"}).status_code == 201
    assert client.post(f"/api/incidents/{raqqa}/gradings", json={"grade": "certain"}).status_code == 409
    assert client.post(f"/api/incidents/{raqqa}/gradings", data={"grade": "fair"}).status_code == 415
    assert client.post(f"/api/incidents/{raqqa}/items/none", json={"verb": "accept"}).status_code == 404
    assert client.get("/api/reports/none").json()["detail"]


def test_every_call_of_the_api_is_described_on_its_page(client: TestClient) -> None:
    page, told = client.get("/api").text, client.get("/api/openapi.json").json()
    assert len(told["paths"]) >= 11
    for address, methods in told["paths"].items():
        assert f"<code>{address}</code>" in page
        for method, call in methods.items():
            assert call["description"].endswith("."), (method, address)
            for parameter in call.get("parameters", []):
                assert f"<code>{parameter['name']}</code>" in page


ASIDE = (
    "Ferry gets new seats\n\n7 May 2019\n\nThe harbour office said on Tuesday that the old ferry would get new seats before "
    "the summer and that the captain had chosen their colour."
)


@pytest.fixture
def aside(case: Case, tmp_path: Path) -> str:
    """A report that a first look set aside."""
    (tmp_path / "ferry.txt").write_text(ASIDE, "utf-8")
    case.add(tmp_path / "ferry.txt")
    case.run(triage=True)
    return next(r.report.id for r in case.reports if r.report.text.startswith("Ferry"))


def test_a_report_set_aside_says_so_and_is_read_from_the_page(client: TestClient, case: Case, aside: str) -> None:
    entry = next(li for li in client.get("/reports").text.split('<li class="entry">') if "Ferry gets" in li)
    assert "set aside, not read in full: a first look found no violence in it" in entry
    assert "statement" not in entry
    only = client.get("/reports?only=aside").text
    assert only.count('<li class="entry">') == 1
    assert "1 of 5 reports" in only
    assert "Ferry" not in client.get("/reports?only=read").text
    assert "language ar" in client.get("/reports?only=unread").text
    assert client.get("/reports?only=nonsense").status_code == 422
    page = client.get(f"/reports/{aside}").text
    assert "Set aside, not read in full" in page
    assert client.post(f"/reports/{aside}/read").status_code == 403  # no token
    assert client.post(f"/reports/{aside}/read", data={"token": token(client)}).status_code == 200
    client.app.state.workbench.intake.wait(60)
    assert client.get(f"/reports/{aside}/reading").headers["hx-refresh"] == "true"
    now = client.get(f"/reports/{aside}").text
    assert "Set aside" not in now
    assert "What was read here" in now
    assert "set aside" not in client.get("/reports").text


def test_the_api_lists_and_reads_what_was_set_aside(client: TestClient, aside: str) -> None:
    listed = client.get("/api/reports", params={"only": "aside"}).json()
    assert [report["id"] for report in listed["reports"]] == [aside]
    assert listed["reports"][0]["not_read"].startswith("set aside")
    for id, wanted in (("nobody", []), (aside, [aside]), (aside, [])):
        done = client.post(f"/api/reports/{id}/read", json={})
        assert (done.status_code, done.json()) == (202, {"wanted": wanted})
        client.app.state.workbench.intake.wait(60)
    assert client.get("/api/reports", params={"only": "aside"}).json()["found"] == 0


def test_all_that_was_set_aside_is_read_at_once(client: TestClient, case: Case, aside: str, tmp_path: Path) -> None:
    (tmp_path / "lamp.txt").write_text(ASIDE.replace("ferry", "lighthouse").replace("seats", "lamps"), "utf-8")
    case.add(tmp_path / "lamp.txt")
    assert "not read yet" in client.get("/reports").text
    case.run()
    page = client.get("/reports?only=aside").text
    assert "Read all 2 now" in page
    client.post("/reports/read", data={"token": token(client, "/reports?only=aside")})
    client.app.state.workbench.intake.wait(60)
    assert set(case.store.unread_reports().values()) == {"not read: language ar"}


def test_a_reader_is_not_offered_what_only_an_analyst_may_do(case: Case, aside: str, tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "accounts.db")
    accounts.add("Rea", "reader", "a few words in a row")
    with TestClient(application(case, "case.db", user="", accounts=accounts), base_url="http://127.0.0.1") as client:
        client.post("/sign-in", data={"name": "Rea", "password": "a few words in a row"})
        for address in ("/reports?only=aside", f"/reports/{aside}"):
            page = client.get(address).text
            assert "et aside" in page
            assert "/read" not in page
