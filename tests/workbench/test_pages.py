"""What the pages to read show: incidents, contests, reports, and only what the case holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from counterclaim.pipeline import Case
from counterclaim.records import FigureRef
from counterclaim.workbench import application, catalogue
from counterclaim.workbench.opened import Opened


def incident_named(client: TestClient, title: str) -> str:
    """The address of the incident whose title begins so."""
    page = client.get("/").text
    found = re.search(rf'href="(/incidents/\w+)"><bdi>{title}', page)
    assert found, page
    return found[1]


def test_the_list_shows_every_incident_with_its_toll(client: TestClient, case: Case) -> None:
    page = client.get("/").text
    for contest in case.contests:
        assert f'href="/incidents/{contest.incident.id}"' in page
    assert "12–20" in page


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ("place=raqqa", "Raqqa", "Aleppo"),
        ("since=2019-05-06", "Aleppo", "Raqqa"),
        ("until=2019-05-05", "Raqqa", "Aleppo"),
        ("words=governor", "Aleppo", "Raqqa"),
        ("words=%22Syrian+Observatory%22", "Raqqa", "Aleppo"),
        ("contradicts=1", "Raqqa", "Aleppo"),
        ("question=investigation", "Raqqa", "Aleppo"),
        ("area=38.5,35,40,37", "Raqqa", "Aleppo"),
    ],
)
def test_a_filter_keeps_what_fits(client: TestClient, asked: str, there: str, gone: str) -> None:
    titles = " ".join(re.findall(r"<h2>.*?</h2>", client.get(f"/?{asked}").text))
    assert there in titles
    assert gone not in titles


def test_no_incident_fits_what_is_nowhere(client: TestClient) -> None:
    for asked in ("place=Atlantis", "words=zeppelin", "new_since=2999-01-01", "since=2024-01-01", "side=Atlantis"):
        assert "No incident fits" in client.get(f"/?{asked}").text


def test_a_filter_that_makes_no_sense_is_no_failure(client: TestClient) -> None:
    for asked in ("area=north", "since=soon", "sort=sideways", "question=why", "words=%22%22*(", "at=999", "side=%00"):
        assert client.get(f"/?{asked}").status_code == 200
    assert client.get("/?at=0").status_code == 422


def test_htmx_gets_the_found_part_only(client: TestClient) -> None:
    whole, part = client.get("/").text, client.get("/", headers={"HX-Request": "true"}).text
    assert "<html" in whole
    assert "<html" not in part
    assert "<h2>" in part


def test_a_cell_of_the_contest_leads_to_its_words(client: TestClient, case: Case) -> None:
    address = incident_named(client, "Raqqa")
    page = client.get(address).text
    places = set(re.findall(r'href="\?at=(r\d+-\d+-\d+)"', page))
    texts = {read.report.id: read.report.text for read in case.reports}
    assert len(places) >= 4
    for at in places:
        # Without script the same link leads to the words in the report's own page.
        led = client.get(address, params={"at": at}, follow_redirects=False).headers["location"]
        report, start, end = re.fullmatch(r"/reports/(\w+)\?at=(\d+)-(\d+)#at", led).groups()
        words = texts[report][int(start) : int(end)]
        beside = client.get(f"{address}/beside", params={"at": at})
        assert beside.status_code == 200
        assert f'k-hit ">{words.split()[0]}' in beside.text.replace("&#39;", "'")
    cells = re.findall(r'href="#([\w-]+)" data-at="\1">beside, to check', page)
    assert cells
    for at in cells:
        beside = client.get(f"{address}/beside", params={"at": at}).text
        assert "<mark" in beside
        assert "/review?incident=" in beside


def test_words_that_are_nowhere_are_said_to_be(client: TestClient) -> None:
    address = incident_named(client, "Raqqa")
    for at in ("r9-0-5", "r1-5-5", "r1-0-999999", "nonsense", "../../etc", "r1-9999999999-99999999999"):
        assert client.get(f"{address}/beside", params={"at": at}).status_code == 404
    for at in ("r9-0-5", "r0", "r99", "nonsense", "../../etc"):
        assert client.get(address, params={"at": at}).status_code == 404
    for of in ("nonsense", "i1-t999", ""):
        assert client.get(f"{address}/part", params={"of": of}).status_code == 404
    assert client.get("/incidents/none").status_code == 404
    assert client.get("/reports/none").status_code == 404
    assert client.get("/captures/none").status_code == 404


def test_a_report_shows_its_words_keyed(client: TestClient, case: Case) -> None:
    read = next(r for r in case.reports if r.report.text.startswith("Monitor"))
    page = client.get(f"/reports/{read.report.id}").text
    for kind in ("said", "cue", "source", "figure", "place", "date", "actor"):
        assert f"k-{kind} " in page
    plain = re.sub(r"<[^>]+>", "", re.search(r'id="text">(.*?)<aside', page, re.DOTALL)[1])  # type: ignore[index]
    assert "At least 20 people were killed in the air strike" in plain
    assert read.report.capture in page


def test_a_report_in_another_language_says_why_it_is_not_read(client: TestClient, case: Case) -> None:
    read = next(r for r in case.reports if r.report.language == "ar")
    page = client.get(f"/reports/{read.report.id}").text
    assert "not read: language ar" in page
    assert 'lang="ar"' in page
    assert 'dir="auto"' in page


def test_the_bytes_come_back_as_they_were_and_never_as_a_page(client: TestClient, case: Case) -> None:
    for read in case.reports:
        answer = client.get(f"/captures/{read.report.capture}")
        assert answer.content == case.store.capture(read.report.capture).data
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["content-security-policy"]


def test_a_search_leads_to_the_words(client: TestClient) -> None:
    page = client.get("/reports", params={"words": "observatory"}).text
    found = re.search(r'href="(/reports/\w+\?[^"#]+)#at"', page)
    assert found
    assert re.search(r'<mark id="at" class="[^"]*k-at[^"]*"', client.get(found[1].replace("&amp;", "&")).text)
    assert "1 report" in page


def test_the_map_draws_what_lies_in_the_area(client: TestClient) -> None:
    syria = client.get("/map.svg", params={"area": "35,32,43,38"})
    assert syria.headers["content-type"] == "image/svg+xml"
    assert syria.text.count("<path") == 2
    assert len(syria.text) < len(client.get("/map.svg", params={"area": "-170,-56,180,74"}).text)
    page = client.get("/", params={"area": "35,32,43,38"}).text
    assert ">Iraq</text>" in page
    assert ">Brazil</text>" not in page
    assert client.get("/map.svg", params={"area": "nowhere"}).text.count("<path") == 2


def test_the_list_of_a_large_case_is_kept_and_taken_up_again(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "LARGE", 1)
    kept = tmp_path / "case.db-list"
    first = catalogue.Catalogue(Opened(case, "case"), kept)
    first.renew(60)
    assert kept.is_file()
    laid: list[object] = []
    opened = Opened(case, "case")
    monkeypatch.setattr(opened, "lay", lambda ids: laid.extend(ids) or [])
    again = catalogue.Catalogue(opened, kept)
    again.renew(60)
    assert again.lines == first.lines
    assert laid == []
    # What is not what it seems is made anew, and so is what somebody decided on since.
    for spoilt in ("", "[]", '{"lines": {"i": {}}}', '{"lines": 3}', kept.read_text("utf-8")[:-9]):
        kept.write_text(spoilt, "utf-8")
        assert catalogue.load(kept) == catalogue.Made()
    first.renew(60)
    figure = next(f for r in case.reports for f in r.reading.figures if f.low == 12)
    read = next(r for r in case.reports if figure in r.reading.figures)
    case.decide("correct", FigureRef(read.report.id, figure.id), user="Ada", role="low", value=11)
    first.renew(60)
    fresh = catalogue.Catalogue(Opened(case, "case"))
    fresh.renew(60)
    assert first.lines == fresh.lines
    assert any(line.toll[0].startswith("11") for line in first.lines)


def test_a_search_shows_the_words_where_they_stand(client: TestClient) -> None:
    page = client.get("/reports", params={"words": "observatory"}).text
    shown = re.search(r'<p class="snippet" dir="auto">(.*?)</p>', page, re.DOTALL)
    assert shown
    assert '<mark class="k-hit">Observatory</mark> for Human Rights said' in shown[1]
    assert "in 1 statement" in shown[1]
    assert "No report holds these words" in client.get("/reports", params={"words": "zeppelin"}).text


def test_a_report_without_a_title_is_known_by_its_first_words(client: TestClient, case: Case) -> None:
    read = next(r for r in case.reports if r.report.title is None)
    assert f'<h2 class="untitled"><a href="/reports/{read.report.id}"><bdi>{read.report.text[:20]}' in client.get("/reports").text


def selectors(style: str) -> list[str]:
    """Every selector of a style sheet, one by one."""
    bare = re.sub(r"/\*.*?\*/|@font-face\{[^}]*\}", "", style, flags=re.DOTALL)
    found = re.findall(r"([^{}]+)\{", re.sub(r"@(?:media|supports)[^{]*\{", "", bare))
    return [one.strip() for group in found for one in re.split(r",(?![^(]*\))", group) if one.strip()]


def classes(selector: str) -> set[str]:
    return set(re.findall(r"\.([a-z][\w-]*)", selector))


def test_the_workbench_dresses_nothing_of_the_dossiers(client: TestClient) -> None:
    dossier = {name for one in selectors(client.get("/dossier.css").text) for name in classes(one)}
    own = selectors(client.get("/static/workbench.css").text)
    assert len(own) > 200
    # A rule that names only classes of the dossier would move its pieces on the incident's page.
    assert [one for one in own if classes(one) and classes(one) <= dossier] == []


def test_what_was_read_in_a_report_leads_to_where_it_is_checked(client: TestClient, case: Case) -> None:
    read = next(r for r in case.reports if any(f.incident is not None for f in r.reading.figures))
    page = client.get(f"/reports/{read.report.id}").text
    assert "What was read here" in page
    leads = re.findall(r'href="(/review\?fact=\w+\.\w+)"', page)
    assert leads
    for lead in leads:
        card = client.get(lead).text
        assert "read right?" in card
        assert "Nothing is open" not in card
    for unknown in ("nothing.f0", f"{read.report.id}.f999"):
        assert client.get("/review", params={"fact": unknown}).status_code == 404


def test_a_copy_is_called_by_its_outlet_and_checked_in_its_original(client: TestClient, case: Case) -> None:
    story = (
        "Shells fell on the cattle market of Tadef on 3 March 2020 and killed 9 people, the town council said. "
        "The council blamed the Syrian army. A driver who had come to sell two calves said that the first shell struck the gate "
        "and the second one the row of lorries behind it, where boys were unloading hay. The market had opened at dawn for the "
        "first time since the winter, and traders from eleven villages had come with sheep, goats and a few horses."
    )
    token = re.search(r'name="token" value="(\w+)"', client.get("/add").text)
    assert token
    for name, more in (("first", ""), ("again", " The road was closed until noon.")):
        client.post("/add", data={"token": token[1]}, files=[("files", (f"{name}.txt", (story + more).encode()))])
    client.app.state.workbench.intake.wait(60)  # type: ignore[attr-defined]
    case._look_again()
    link = next(iter(case.linkage.copies))
    original = next(r.report for r in case.reports if r.report.id == link.original)
    page = client.get(f"/reports/{link.copy}").text
    assert re.search(rf'href="/reports/{link.original}"><bdi>{original.outlet or "outlet unknown"}, ', page)
    assert "/review?fact=" not in page


def test_the_list_says_how_much_is_to_be_checked(client: TestClient, case: Case) -> None:
    for line in client.get("/api/incidents").json()["incidents"]:
        items = client.get(f"/api/incidents/{line['id']}/items", params={"open": True}).json()
        assert line["open"] == len(items)
        assert f'href="/review?incident={line["id"]}">{len(items)} to check</a>' in client.get("/").text


def test_where_nothing_fits_nothing_is_drawn(client: TestClient) -> None:
    assert 'class="drawing"' in client.get("/").text
    nothing = client.get("/?place=Atlantis").text
    assert 'class="drawing"' not in nothing
    assert 'class="chart"' not in nothing


def test_one_voice_a_side_and_what_is_new_can_be_asked_for(client: TestClient) -> None:
    lines = client.get("/api/incidents").json()["incidents"]

    def asked(**asked: str) -> set[str]:
        return {line["id"] for line in client.get("/api/incidents", params=asked).json()["incidents"]}

    assert asked(one_voice="1") == {line["id"] for line in lines if line["one_voice"]}
    for side in {side for line in lines for side in line["sides"]}:
        assert asked(side=side) >= {line["id"] for line in lines if side in line["sides"]}
    latest = max(line["newest"] for line in lines)
    assert asked(new_since=latest) == {line["id"] for line in lines if line["newest"] == latest}
    assert asked(new_since="2999-01-01") == set()


def test_an_empty_case_says_what_to_do(tmp_path: Path) -> None:
    with Case(tmp_path / "new.db") as case:
        app = application(case, "new.db", user="Ada")
        app.state.workbench.catalogue.patience = (60.0, 60.0)
        with TestClient(app, base_url="http://127.0.0.1") as client:
            for address in ("/", "/reports", "/review"):
                page = client.get(address).text
                assert 'href="/add"' in page.partition("<main")[2]
                assert "looked at" not in page
            assert "This case is empty." in client.get("/").text
            for address in ("/audit", "/audit/again", "/audit/agreement", "/export", "/add", "/api"):
                assert client.get(address).status_code == 200


def test_a_long_page_leaves_out_what_is_closed_and_loses_nothing(
    client: TestClient, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = incident_named(client, "Raqqa")
    whole = client.get(address).text
    assert 'class="later"' not in whole
    monkeypatch.setattr("counterclaim.workbench.routes.incident.PARTED", 1)
    parted = client.get(address).text
    assert len(parted) < len(whole)
    left_out = re.findall(r'<a class="later" href="\?part=([\w-]+)">Open</a>', parted)
    assert {"made", "voiced"} < set(left_out)
    for part in left_out:
        piece = client.get(f"{address}/part", params={"of": part}).text
        parted = parted.replace(f'<a class="later" href="?part={part}">Open</a>', piece)
        assert client.get(address, params={"part": part}).text == whole  # without script it leads to the whole page

    def bare(page: str) -> str:
        return re.sub(r"\s+", "", page)

    assert bare(parted) == bare(whole)


def test_what_many_things_go_by_stands_once_and_each_leads_there(client: TestClient, case: Case) -> None:
    page = client.get(incident_named(client, "Raqqa")).text
    for rule in ("tolls", "ranges", "conflicts"):
        assert page.count(f'id="i1-made-{rule}"') == 1
        assert f'href="#i1-made-{rule}"' in page
