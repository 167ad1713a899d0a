"""The whole way: files in, contests out, the same facts every time."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

import counterclaim
from counterclaim.errors import EmptyInput, InputError, NotText, WrongFormat
from counterclaim.reading import SET_ASIDE
from counterclaim.records import Span
from counterclaim.resolving.place_index import index_path

ARMY = (
    "Army admits strike on Selim bridge\n\n4 May 2019\n\n"
    "The Syrian army said on Saturday that its planes had bombed a bridge in Raqqa on "
    "3 May, killing 12 people. The Syrian army said it was investigating the strike."
)
MONITOR = (
    "Monitor counts 20 dead in Raqqa\n\n5 May 2019\n\n"
    "At least 20 people were killed in the air strike on a bridge in Raqqa on 3 May, "
    "the Syrian Observatory for Human Rights said. Damascus denied that civilians were hit."
)
GERMAN = "Nach dem Angriff auf die Brücke sprachen Anwohner von vielen Toten. Die Regierung will den Vorfall untersuchen lassen."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports, one in a language that is not read."""
    place = tmp_path / "reports"
    place.mkdir()
    (place / "army.txt").write_text(ARMY, "utf-8")
    (place / "monitor.txt").write_text(MONITOR, "utf-8")
    (place / "german.txt").write_text(GERMAN, "utf-8")
    return place


def test_from_a_folder_to_the_contest(folder: Path) -> None:
    with counterclaim.Case() as case:
        added = case.add(folder)
        assert (len(added.added), added.known, added.left_out) == (3, 0, ())
        case.run()
        strike = next(i for i in case.incidents if len(i.reports) == 2)
        toll = strike.toll("killed")
        assert toll is not None
        assert (toll.low, toll.high) == (12, 20)
        assert "Raqqa" in strike.title
        assert {p.stance for p in strike.positions} >= {"investigation", "denial"}
        not_read = [r.report.not_read for r in case.reports if r.report.not_read]
        assert not_read == ["not read: language de"]
        assert case.store.search("Anwohner")


def test_the_same_input_twice_adds_nothing(folder: Path, tmp_path: Path) -> None:
    with counterclaim.Case(tmp_path / "case.db") as case:
        case.add(folder)
        first = case.run()
        digest = case.store.facts_digest()
        again = case.add(folder)
        assert (again.added, again.known) == ((), 3)
        assert case.run().id == first.id
        assert case.store.facts_digest() == digest
        assert case.store.verify() == ()


def test_the_order_of_files_changes_no_fact(folder: Path) -> None:
    digests = set()
    files = sorted(folder.iterdir())
    for seed in range(3):
        random.Random(seed).shuffle(files)
        with counterclaim.Case() as case:
            for file in files:
                case.add(file)
            case.run()
            digests.add(case.store.facts_digest())
    assert len(digests) == 1


def test_a_later_report_joins_its_incident_and_does_not_rename_it(folder: Path, tmp_path: Path) -> None:
    later = folder / "monitor.txt"
    text = later.read_text("utf-8")
    later.unlink()
    with counterclaim.Case(tmp_path / "case.db") as case:
        case.add(folder)
        case.run()
        (before,) = [i.contest.incident.id for i in case.incidents]
        later.write_text(text, "utf-8")
        case.add(folder)
        case.run()
        joined = next(i for i in case.incidents if len(i.reports) == 2)
        assert joined.contest.incident.id == before


CAMPAIGN = (
    "2019-05-02: Air strikes hit a crowded market in Maarrat al-Numan, in Syria's Idlib province, on Thursday, May 2, killing at "
    "least 12 civilians, rescue workers said. Russia's defence ministry denied that its planes had bombed the town.",
    "2019-05-03: Warplanes struck the city of Idlib in northwest Syria on Friday, May 3, killing five civilians, a monitor said. "
    "Residents said the planes were Russian. The Russian defence ministry said it had hit only terrorists.",
    "2019-05-03: At least 12 people died on Thursday when jets bombed a market at Maarrat al-Numan, south of Idlib, the Syrian "
    "Observatory for Human Rights said on May 3. Activists blamed Russia.",
    "2019-05-04: Shelling of the town of Saraqib in Idlib province on Saturday, May 4, killed three people, rescue workers said. "
    "Activists blamed government forces. A day earlier a strike hit Idlib.",
    "2019-05-06: Nine people died on Sunday, May 5, when jets bombed a bakery in the city of Idlib, rescue workers said. "
    "Residents blamed Russian planes.",
)


def test_a_campaign_is_not_one_incident() -> None:
    from counterclaim.intake import report_of
    from counterclaim.pipeline import link

    reports = [report_of(told[12:], id=f"r{n}", published=told[:10]) for n, told in enumerate(CAMPAIGN)]
    _, linkage = link(reports)
    together = sorted(sorted({ref.report for ref in incident.members}) for incident in linkage.incidents)
    assert ["r0", "r2"] in together
    assert all(len({"r0", "r1", "r3", "r4"} & set(held)) <= 1 for held in together), together


def test_bad_files_are_left_out_with_a_reason_and_the_rest_is_read(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "rubbish.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "paper.txt").write_bytes(b"\x89PNG\r\n\x1a\n....")
    with counterclaim.Case() as case:
        added = case.add(folder)
        assert len(added.added) == 3
        assert {type(e) for e in added.left_out} == {EmptyInput, NotText, WrongFormat}
        assert all(Path(e.source).name in str(e) for e in added.left_out)


def test_a_case_beside_its_reports_does_not_read_itself(folder: Path) -> None:
    page = folder / "case.html"
    page.write_text("<html><body><p>The army said that nine people had died.</p></body></html>", "utf-8")
    with counterclaim.Case(folder / "case.db") as case:
        added = case.add(folder, besides=[page])
        assert (len(added.added), added.left_out) == (3, ())


def test_a_text_that_trips_the_reader_costs_only_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from counterclaim import pipeline
    from counterclaim.records import Reading, Report

    really = pipeline.read_report

    def trip(report: Report, *, actors: str = "", triage: bool = False) -> Reading:
        if "Observatory" in report.text:
            raise RecursionError("too deep")
        return really(report)

    monkeypatch.setattr(pipeline, "read_report", trip)
    with counterclaim.Case() as case:
        case.add(folder)
        case.run()
        errors = [r.reading.error for r in case.reports if r.reading.error]
        assert any("too deep" in e for e in errors)
        assert len(case.incidents) == 1


def test_public_names_are_light_to_import() -> None:
    code = "import sys, counterclaim; print(sorted({'spacy', 'sqlalchemy', 'trafilatura', 'rich', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_reading_is_the_same_in_another_process_with_another_hash_seed(tmp_path: Path) -> None:
    code = "import counterclaim, sys; print(repr(counterclaim.read(sys.argv[1])))"
    # nothing is shared with other runs but the finished index of places
    bare = {"PATH": "", "HOME": str(tmp_path), "COUNTERCLAIM_CACHE": str(index_path().parent)}
    seen = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code, MONITOR], capture_output=True, text=True, env=bare | {"PYTHONHASHSEED": seed}
        )
        assert done.returncode == 0, done.stderr
        seen.add(done.stdout)
    assert len(seen) == 1


def test_a_case_keeps_its_own_list_of_actors(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text("name,kind,side,aliases\nHarbour Watch,monitor,monitor,HWX\n", "utf-8")
    with counterclaim.Case(tmp_path / "own.db") as case:
        case.add(folder)
        first = case.run()
        second = case.run(actors=own)
        assert second.id != first.id  # another list may read anew
        assert case.run().id == second.id  # and stays with the case
        own.write_text("", "utf-8")
        assert case.run(actors=own).rules == first.rules
    own.write_text("name\nHarbour Watch\n", "utf-8")
    with pytest.raises(InputError, match="no column kind"):
        counterclaim.read("It rained.", actors=own)


def test_the_case_tells_pages_boxes_and_versions(tmp_path: Path) -> None:
    sys.path.insert(0, str(Path(__file__).parents[1] / "intake"))
    import made

    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "bulletin.pdf").write_bytes(made.pdf([made.wrapped((made.FIRST,)), made.wrapped((made.THIRD,))]))
    later = made.PAGE.replace("At least 12", "At least 14").replace(f'href="{made.ADDRESS}"', f'href="{made.ADDRESS}/"')
    (folder / "crawl.warc").write_bytes(
        made.warc({made.ADDRESS: made.PAGE.encode(), made.ADDRESS + "?utm_source=x": later.encode()})
    )
    with counterclaim.Case() as case:
        case.add(folder)
        case.run()
        evidence = case.evidence
        ((pdf, read),) = [(r.report, r.reading) for r in case.reports if len(evidence.sources[r.report.id].pages) == 2]
        figure = next(f for f in read.figures if f.low == 17)
        assert evidence.sources[pdf.id].page(figure.span[0]) == 2
        (box, *_) = case.boxes(Span.of(pdf.id, pdf.text, *figure.span))
        assert box.page == 2
        (history,) = evidence.histories
        (change,) = history.versions[1].changes
        assert change.kind == "toll"
        assert {change.was, change.now} == {"At least 12 people (killed)", "At least 14 people (killed)"}
        assert "#urn:uuid:" in evidence.sources[history.versions[0].report].origin


SPEECH = (
    "Minister opens library\n\n6 May 2019\n\nThe minister said on Monday that the new library would open in June and that "
    "every school in the district would send a class to see its books. He thanked those who had given money."
)


def test_what_a_first_look_sets_aside_is_kept_found_and_read_when_asked_for(folder: Path) -> None:
    (folder / "speech.txt").write_text(SPEECH, "utf-8")
    with counterclaim.Case() as case:
        case.add(folder)
        case.run(triage=True)
        aside = [r for r in case.reports if r.reading.error == SET_ASIDE]
        assert [r.report.text for r in aside] == [next(r.text for r in case.store.reports() if "library" in r.text)]
        assert not aside[0].reading.statements
        assert case.store.search("library")
        told = {r.report.id for r in case.reports if r.reading.statements}
        assert len(told) == 2
        again = case.run()  # goes on as before
        assert [r.report.id for r in case.reports if r.reading.error == SET_ASIDE] == [aside[0].report.id]
        assert case.run(triage=True).id == again.id
        case.run(triage=False)
        assert not [r for r in case.reports if r.reading.error == SET_ASIDE]
        assert {r.report.id for r in case.reports if r.reading.statements} == told | {aside[0].report.id}
        everything = case.store.facts_digest()
    with counterclaim.Case() as case:
        case.add(folder)
        case.run()
        assert case.store.facts_digest() == everything


def test_what_was_set_aside_is_read_once_somebody_wants_it_and_stays_read(folder: Path, tmp_path: Path) -> None:
    (folder / "speech.txt").write_text(SPEECH, "utf-8")
    with counterclaim.Case() as case:
        case.add(folder)
        first = case.run(triage=True)
        before = {r.report.id: r.reading for r in case.reports}
        (aside,) = (id for id, reading in before.items() if reading.error == SET_ASIDE)
        others = sorted(before.keys() - {aside})
        assert case.store.unread_reports()[aside] == SET_ASIDE
        assert case.store.want(others, user="Ada") == ()
        assert case.store.want([*others, aside, "nobody"], user="Ada") == (aside,)
        assert case.run().id == first.id
        after = {r.report.id: r.reading for r in case.reports}
        assert after[aside].statements
        assert all(after[id] == before[id] for id in others)  # nothing else was read again
        assert aside not in case.store.unread_reports()
        assert case.store.verify() == ()
        assert [entry.what for entry in case.store.log("reading wanted")] == [{"report": aside, "user": "Ada"}]
        facts = case.store.facts_digest()
        own = tmp_path / "actors.csv"
        own.write_text("name,kind,side,aliases\nHarbour Watch,monitor,monitor,HWX\n", "utf-8")
        assert case.run(actors=own).id != first.id
        assert aside not in case.store.unread_reports()  # a later run reads it as well
    with counterclaim.Case() as case:
        case.add(folder)
        case.run()
        assert case.store.facts_digest() == facts  # as if it had never been set aside
