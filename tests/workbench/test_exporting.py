"""Taking something out of the case: by default for the public, without the names of those who were harmed."""

from __future__ import annotations

import json
import re

import pytest
from fastapi.testclient import TestClient

from counterclaim.pipeline import Case
from counterclaim.publishing import FORMATS

STORY = (
    "Family mourns in Kobani\n\n7 May 2019\n\n"
    "Nuri Saleh, a shopkeeper aged 34, was killed in an air strike in Kobani on 6 May, the mayor said. "
    "The mayor said that 5 people were killed in the strike in Kobani on 6 May and blamed the Syrian army."
)


@pytest.fixture
def kobani(client: TestClient) -> str:
    """The id of an incident whose report names somebody who was killed."""
    found = re.search(r'name="token" value="(\w+)"', client.get("/add").text)
    assert found
    client.post("/add", data={"token": found[1]}, files=[("files", ("kobani.txt", STORY.encode()))])
    client.app.state.workbench.intake.wait(60)  # type: ignore[attr-defined]
    held = client.get("/api/incidents", params={"words": "shopkeeper"}).json()["incidents"]
    return str(held[0]["id"])


def export(client: TestClient, incidents: list[str], format: str, audience: str = "public", **more: object) -> str:
    token = re.search(r'name="token" value="(\w+)"', client.get("/export").text)
    assert token
    given = {"token": token[1], "incident": incidents, "format": format, "audience": audience, **more}
    answer = client.post("/export", data=given)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"].startswith(FORMATS[format].media)
    return answer.text


NAMING = ("dossier", "decisions", "figures", "claims")
"""Formats in which he stands by name, as text that can be searched."""


WHOLE_TEXTS = ("label-studio", "cas")
"""Formats that hold whole reports and so leave for nobody outside. What is in a PDF or an archive is looked at elsewhere."""


@pytest.mark.parametrize("format", [format for format in FORMATS if format not in (*WHOLE_TEXTS, "pdf", "all")])
def test_a_name_stays_behind_unless_a_person_decides_otherwise(client: TestClient, kobani: str, case: Case, format: str) -> None:
    case._look_again()
    case.decide("accept", kobani, user="Ada", reason="Nuri Saleh is named by the mayor")
    page = client.get("/export", params={"incident": kobani}).text
    assert 'value="Nuri Saleh"' in page
    assert 'value="public" checked' in page
    public = export(client, [kobani], format)
    assert "Saleh" not in public
    named = "Saleh" in export(client, [kobani], format, "internal")
    assert named or format not in NAMING
    assert ("[name 1]" in public) is named or format not in NAMING
    shown = export(client, [kobani], format, shown=["Nuri Saleh"])
    assert ("Saleh" in shown) is named or format not in NAMING
    assert "Kobani" not in export(client, [kobani], format, words="Kobani\nKobane")


@pytest.mark.parametrize("format", WHOLE_TEXTS)
def test_whole_texts_stay_inside_and_the_page_says_so(client: TestClient, case: Case, format: str) -> None:
    incident = case.contests[0].incident.id
    token = re.search(r'name="token" value="(\w+)"', client.get("/export").text)
    assert token
    given = {"token": token[1], "incident": incident, "format": format, "audience": "public"}
    answer = client.post("/export", data=given)
    assert answer.status_code == 400
    assert "whole texts" in answer.text
    assert export(client, [incident], format, "internal").startswith("PK")


def test_the_dossier_is_whole_and_opens_offline(client: TestClient, case: Case) -> None:
    ids = [contest.incident.id for contest in case.contests]
    page = export(client, ids, "dossier")
    for contest in case.contests:
        assert contest.incident.title in page
    assert "Content-Security-Policy" in page
    assert "not verified" in page


def test_the_lines_hold_every_report_of_the_incidents(client: TestClient, case: Case) -> None:
    contest = next(c for c in case.contests if c.incident.title.startswith("Raqqa"))
    lines = [json.loads(line) for line in export(client, [contest.incident.id], "lines").splitlines()]
    assert sorted(line["id"] for line in lines) == sorted(contest.reports)
    assert any(figure["low"] == 12 for line in lines for figure in line["figures"])


def test_a_filter_chooses_what_leaves(client: TestClient, case: Case) -> None:
    assert "export" in client.get("/?place=raqqa").text
    page = client.get("/export?place=raqqa").text
    assert page.count('name="incident"') == 1
    assert "No incident is chosen" in client.get("/export?place=Atlantis").text


def test_what_makes_no_sense_is_refused(client: TestClient, case: Case) -> None:
    token = re.search(r'name="token" value="(\w+)"', client.get("/export").text)
    assert token
    good = {"token": token[1], "incident": case.contests[0].incident.id, "format": "lines", "audience": "public"}
    for wrong, code in (
        ({"token": ""}, 403), ({"format": "zip"}, 400), ({"audience": "all"}, 400), ({"incident": "none"}, 404),
        ({"incident": []}, 422),
    ):  # fmt: skip
        assert client.post("/export", data={**good, **wrong}).status_code == code, wrong


def test_what_is_taken_out_is_logged_without_the_names_that_were_let_stand(client: TestClient, kobani: str, case: Case) -> None:
    export(client, [kobani], "lines", shown=["Nuri Saleh"])
    export(client, [kobani], "dossier", "internal")
    entries = case.store.log("exported")
    assert [(e.what["user"], e.what["format"], e.what["audience"], e.what["names shown"]) for e in entries] == [
        ("Ada", "lines", "public", 1),
        ("Ada", "dossier", "internal", 0),
    ]
    assert entries[0].what["incidents"] == 1
    assert "Saleh" not in str(entries)
    page = client.get("/audit").text
    assert "Taken out of the case" in page
    assert "1 name let stand" in page
    assert case.store.verify() == ()
