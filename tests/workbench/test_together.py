"""Several people at one case: what they see differently, who settles it, and coding again without seeing the first."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from counterclaim.pipeline import Case
from counterclaim.records import FigureRef
from counterclaim.workbench import Accounts, application

WORD = "four quiet grey geese"


@pytest.fixture
def people(case: Case, tmp_path: object) -> Iterator[dict[str, TestClient]]:
    """Two analysts and a lead, each signed in with a browser of their own."""
    accounts = Accounts(f"{tmp_path}/accounts.db")
    made = application(case, "case.db", user="-", hosts=None, accounts=accounts)
    made.state.workbench.catalogue.patience = (60.0, 60.0)
    signed: dict[str, TestClient] = {}
    for name, role in (("Ann", "analyst"), ("Ben", "analyst"), ("Lea", "lead")):
        accounts.add(name, role, WORD)
        signed[name] = TestClient(made, base_url="http://bench.example")
        assert signed[name].post("/sign-in", data={"name": name, "password": WORD, "to": "/review"}).status_code == 200
    yield signed
    for client in signed.values():
        client.close()


def token(client: TestClient) -> str:
    found = re.search(r'name="token" value="(\w+)"', client.get("/audit").text)
    assert found
    return found[1]


def toll(case: Case, words: str = "12 people") -> tuple[str, FigureRef]:
    """The incident and the reference of the toll of these words."""
    case._look_again()
    for contest in case.contests:
        for read in case.reports:
            for f in read.reading.figures:
                if read.report.text[f.span[0] :].startswith(words) and read.report.id in contest.reports:
                    return contest.incident.id, FigureRef(read.report.id, f.id)
    raise AssertionError(words)


def key_of(client: TestClient, incident: str, ref: FigureRef) -> str:
    items = client.get(f"/api/incidents/{incident}/items").json()
    return next(i["key"] for i in items if i["kind"] == "figure" and i["report"] == ref.report and i["fact"]["id"] == ref.figure)


def test_a_lead_settles_what_two_analysts_see_differently(people: dict[str, TestClient], case: Case) -> None:
    incident, ref = toll(case)
    ann, ben, lea = people["Ann"], people["Ben"], people["Lea"]
    key = key_of(ann, incident, ref)
    for client, values in ((ann, {"low": "13", "high": "13"}), (ben, {"low": "14", "high": "14"})):
        sent = client.post(f"/api/incidents/{incident}/items/{key}", json={"verb": "correct", "values": values, "reason": "so"})
        assert sent.status_code == 201
    page = lea.get("/audit/again").text
    assert "Seen differently by two people" in page
    assert page.count("lowest to <b>13</b>") == page.count("lowest to <b>14</b>") == 1
    assert "Settle it so" not in page
    told = ann.get("/api/disputes").json()
    assert [[word["user"] for word in one["words"]] for one in told] == [["Ann", "Ben"], ["Ann", "Ben"]]
    settle = f"/api/disputes/{told[0]['dispute']}/settle"
    assert ann.post(settle, json={"keep": "Ann"}).status_code == 403
    assert lea.post(settle, json={"keep": "Ann"}).status_code == 409
    # Nobody but a lead settles, and nobody is one before being named.
    assert ann.post("/audit/lead", data={"token": token(ann)}).status_code == 403
    assert lea.post("/audit/lead", data={"token": token(lea)}).status_code == 200
    page = lea.get("/audit/again").text
    assert "Settle it so" in page
    assert "Settle it so" not in ann.get("/audit/again").text
    forms = re.findall(r'name="dispute" value="(\d+)"><input type="hidden" name="keep" value="(\w+)"', page)
    assert {keep for _, keep in forms} == {"Ann", "Ben"}
    # The lowest and the highest number are two roles in dispute, each settled by itself.
    for dispute in {dispute for dispute, _ in forms}:
        given = {"dispute": dispute, "keep": "Ben", "reason": "the second page"}
        assert ann.post("/audit/settle", data={**given, "token": token(ann)}).status_code == 403
        assert lea.post("/audit/settle", data={**given, "token": "0"}).status_code == 403
        assert lea.post("/audit/settle", data={**given, "keep": "Eve", "token": token(lea)}).status_code == 409
        assert "Settled" in lea.post("/audit/settle", data={**given, "token": token(lea)}).text
        assert lea.post("/audit/settle", data={**given, "token": token(lea)}).status_code == 409
    assert lea.get("/api/disputes").json() == []
    case._look_again()
    figure = next(f for r in case.reports if r.report.id == ref.report for f in r.reading.figures if f.id == ref.figure)
    assert (figure.low, figure.high) == (14, 14)
    assert "Nothing. Every decision" in lea.get("/audit/again").text
    assert "14–20" in ann.get(f"/incidents/{incident}").text
    assert "settles" in ann.get("/audit").text


def test_a_leads_own_answer_settles(people: dict[str, TestClient], case: Case) -> None:
    incident, ref = toll(case)
    key = key_of(people["Ann"], incident, ref)
    for name, verb in (("Ann", "accept"), ("Ben", "reject")):
        assert people[name].post(f"/api/incidents/{incident}/items/{key}", json={"verb": verb}).status_code == 201
    lea = people["Lea"]
    assert "what you answer settles" not in lea.get("/review", params={"incident": incident, "key": key}).text
    lea.post("/audit/lead", data={"token": token(lea)})
    assert "what you answer settles" in lea.get("/review", params={"incident": incident, "key": key}).text
    given = {"token": token(lea), "incident": incident, "key": key, "verb": "accept"}
    assert lea.post("/review/answer", data=given).status_code == 200
    assert len(case.store.decisions()[-1].settles) == 2
    assert "Nothing. Every decision" in lea.get("/audit/again").text
    # Taken back, both stand against one another again.
    lea.post("/review/undo", data={"token": token(lea)})
    assert "Seen differently by two people" in lea.get("/audit/again").text


def test_a_second_coder_sees_nothing_of_the_first(people: dict[str, TestClient], case: Case) -> None:
    ann, ben = people["Ann"], people["Ben"]
    incident, ref = toll(case)
    other = toll(case, "At least 20 people")[1]
    keys = {ref: key_of(ann, incident, ref), other: key_of(ann, incident, other)}
    correct = {"verb": "correct", "values": {"low": "77", "high": "77"}, "reason": "the first coder's reason"}
    assert ann.post(f"/api/incidents/{incident}/items/{keys[ref]}", json=correct).status_code == 201
    assert ann.post(f"/api/incidents/{incident}/items/{keys[other]}", json={"verb": "reject"}).status_code == 201
    assert "Code again, unseen" in ben.get("/review").text
    assert "Code again, unseen" not in ann.get("/review").text
    seen = []
    for _ in range(9):
        page = ben.get("/review", params={"alone": "1"}).text
        found = re.search(r'name="incident" value="(\w+)"><input type="hidden" name="key" value="([^"]+)"', page)
        if not found:
            break
        # Neither Ann's name, nor her number, nor her reason, nor that she took a toll out of the case.
        main = page.partition("<main")[2].partition("</main>")[0]
        assert "Ann" not in main
        assert 'value="77"' not in main
        assert "first coder" not in main
        assert f'/incidents/{incident}"' not in main
        seen.append(found[2])
        given = {"token": token(ben), "incident": found[1], "key": found[2], "verb": "accept", "alone": "1"}
        assert ben.post("/review/answer", data=given).status_code == 200
    assert sorted(seen) == sorted(keys.values())
    assert "Nothing to code again" in page
    accepted = case.store.decisions()[-2:]
    assert [(d.user, d.kind) for d in accepted] == [("Ben", "accept")] * 2
    agreed = ben.get("/audit/agreement").text
    assert re.search(r"<th scope=\"row\">toll, whether it is there</th><td class=\"n\">2</td><td class=\"n\">50 %</td>", agreed)
    # For Ann there is nothing to code again but what Ben decided, and she did.
    assert "Nothing to code again" in ann.get("/review", params={"alone": "1"}).text


def test_what_a_second_coder_takes_back_is_asked_again(people: dict[str, TestClient], case: Case) -> None:
    ann, ben = people["Ann"], people["Ben"]
    incident, ref = toll(case)
    key = key_of(ann, incident, ref)
    assert ann.post(f"/api/incidents/{incident}/items/{key}", json={"verb": "accept"}).status_code == 201
    given = {"token": token(ben), "incident": incident, "key": key, "verb": "reject", "alone": "1"}
    assert "Nothing to code again" in ben.post("/review/answer", data=given).text
    assert f'value="{key}"' in ben.post("/review/undo", data={"token": token(ben), "alone": "1"}).text


def test_a_merge_is_undone_where_it_was_made(client: TestClient, case: Case) -> None:
    first, second = [line["id"] for line in client.get("/api/incidents").json()["incidents"]][:2]
    found = re.search(r'name="token" value="(\w+)"', client.get(f"/incidents/{first}/merge", params={"with": second}).text)
    assert found
    given = {"token": found[1], "other": second}
    page = client.post(f"/incidents/{first}/merge", data=given).text
    assert "Brought together." in page
    assert client.get(f"/incidents/{second}", follow_redirects=False).status_code == 302
    undo = re.search(r'action="(/audit/\d+/undo)"', page)
    assert undo
    back = client.post(undo[1], data={"token": found[1], "incident": first})
    assert back.url.path == f"/incidents/{first}"
    assert "Taken back." in back.text
    assert client.get(f"/incidents/{second}", follow_redirects=False).status_code == 200
    assert client.post(undo[1], data={"token": found[1], "incident": "//elsewhere.example/"}).status_code == 409
