"""Doing it again adds nothing, being cut off loses nothing, and the order of the files does not show."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from itertools import islice, permutations

import pytest

from counterclaim.case import Store
from counterclaim.errors import CaseError
from counterclaim.records import CopyLink, IncidentRef, Linkage, StatementRef


def rows(path):
    """How many rows each table holds, the search index and what lies behind it included."""
    db = sqlite3.connect(path)
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    counts = {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}
    db.close()
    return counts


@pytest.fixture
def whole(sample):
    """The digest of a case that was played through without a break."""
    with Store.open(":memory:") as store:
        sample.play(store)
        return store.facts_digest()


def test_nothing_finished_is_nothing_known(store, sample):
    assert store.readings() == ()
    assert store.linkage() == Linkage()
    assert store.known_incidents() == ()
    assert store.facts_digest() == ""


def test_again_adds_no_row(path, sample):
    with Store.open(path) as store:
        sample.play(store)
        digest = store.facts_digest()
    before = rows(path)
    assert before["statement"] > 4
    assert before["report_search"] == before["report"] == 4
    with Store.open(path) as store:
        sample.play(store)
        assert store.facts_digest() == digest
    assert rows(path) == before


def test_order_of_adding_does_not_show(whole, sample):
    digests = set()
    for texts in islice(permutations(sample.TEXTS), 0, None, 7):
        with Store.open(":memory:") as store:
            sample.play(store, texts)
            digests.add(store.facts_digest())
    assert digests == {whole}


def test_digest_tells_other_facts_apart(whole, sample):
    with Store.open(":memory:") as store:
        sample.play(store, sample.TEXTS[:3])
        fewer = store.facts_digest()
        for report in store.reports():
            run = store.begin("2", "", "")
            reading = sample.read(report)
            store.save_reading(run, report.id, replace(reading, statements=reading.statements[::-1]))
        store.finish(run, sample.NOON)
        assert len({whole, fewer, store.facts_digest()}) == 3


def test_reports_in_two_goes_are_the_same_as_in_one(whole, store, sample):
    sample.play(store, sample.TEXTS[2:])
    (first,) = store.known_incidents()
    sample.play(store, sample.TEXTS)
    (then,) = store.known_incidents()
    assert then.id == first.id
    assert len(then.members) == 4
    assert store.facts_digest() == whole
    assert [entry.event for entry in store.log()].count("run started") == 1
    assert [entry.event for entry in store.log()].count("run finished") == 2


@pytest.mark.parametrize("cut_after", range(4))
def test_cut_off_it_goes_on_where_it_was(path, whole, sample, cut_after):
    store = Store.open(path)
    with pytest.raises(sample.Cut):
        sample.play(store, cut_after=cut_after)
    assert store.facts_digest() == ""
    store.close()
    with Store.open(path) as store:
        assert len(store.unread(store.begin("1", "no models", "rules of thumb"))) == 4 - cut_after
        sample.play(store)
        assert store.facts_digest() == whole
        assert store.verify() == ()


def test_finished_run_that_reads_on_and_is_cut_off_is_linked_the_next_time(path, whole, sample):
    with Store.open(path) as store:
        sample.play(store, sample.TEXTS[:2])
        known = store.known_incidents()
        store.add(*sample.make(sample.TEXTS[2]))
        store.add(*sample.make(sample.TEXTS[3]))
        run = store.begin("1", "no models", "rules of thumb")
        assert run.finished == sample.NOON
        for report in store.unread(run):
            store.save_reading(run, report.id, sample.read(report))
    with Store.open(path) as store:
        assert store.known_incidents() == known
        assert store.verify() == ()
        run = store.begin("1", "no models", "rules of thumb")
        assert (run.finished, store.unread(run)) == (None, ())
        sample.play(store)
        assert store.facts_digest() == whole
        assert [incident.id for incident in store.known_incidents()] == [known[0].id]


def test_run_that_another_overtook_writes_no_more(store, sample):
    capture, report = sample.make(sample.TEXTS[0])
    store.add(capture, report)
    old = store.begin("1", "", "")
    store.begin("2", "", "")
    for write in (
        lambda: store.save_reading(old, report.id, sample.read(report)),
        lambda: store.save_linkage(old, Linkage()),
        lambda: store.finish(old, sample.NOON),
    ):
        with pytest.raises(CaseError, match="run 1: another counterclaim has begun a later run"):
            write()


def test_readings_of_a_run_under_way(store, sample):
    sample.play(store)
    with pytest.raises(sample.Cut):
        sample.play(store, version="2", cut_after=3)
    run = store.begin("2", "no models", "rules of thumb")
    assert [len(store.readings(run)), len(store.readings())] == [3, 4]
    assert store.readings(run) == store.readings()[:3]


KILLED = """
import os, signal, sys
sys.path.insert(0, {folder!r})
import conftest
from sqlalchemy import event
from counterclaim.case import Store

store = Store.open({path!r})
seen = []

@event.listens_for(store._engine, "after_cursor_execute")
def kill(connection, cursor, statement, *rest):
    if statement.startswith("INSERT INTO statement "):
        seen.append(statement)
        if len(seen) == 3:
            os.kill(os.getpid(), signal.SIGKILL)

conftest.play(store)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no such signal")
def test_killed_in_the_middle_of_a_report_it_goes_on(path, whole, sample):
    code = KILLED.format(folder=os.path.dirname(sample.__file__), path=str(path))
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -signal.SIGKILL
    with Store.open(path) as store:
        run = store.begin("1", "no models", "rules of thumb")
        assert 0 < len(store.unread(run)) < 4
        assert store.verify() == ()
        sample.play(store)
        assert store.facts_digest() == whole
        assert store.verify() == ()


def test_begin_goes_on_with_the_latest_run_of_the_same_making(store):
    first = store.begin("1", "m", "r")
    assert (first.id, first.finished) == (1, None)
    assert store.begin("1", "m", "r") == first
    for making in (("2", "m", "r"), ("1", "n", "r"), ("1", "m", "s")):
        assert store.begin(*making).id != first.id
    assert store.begin("1", "m", "r").id == 5


def test_finish_keeps_its_time_and_the_case_knows_the_run(store, sample):
    run = store.begin("1", "m", "r")
    done = store.finish(run, sample.NOON)
    assert done == replace(run, finished=sample.NOON)
    assert store.begin("1", "m", "r") == done
    assert store.finish(run, sample.NOON + timedelta(days=1)) == done


def test_newer_run_takes_the_place_of_the_older_when_it_finishes(path, sample, whole):
    with Store.open(path) as store:
        sample.play(store)
        before = store.readings(), store.linkage()
        decision = sample.decide(store)
        once = rows(path)
        with pytest.raises(sample.Cut):
            sample.play(store, version="2", cut_after=2)
        assert (store.readings(), store.linkage()) == before
        sample.play(store, version="2")
        assert store.facts_digest() == whole
        assert store.decisions() == (decision,)
        assert {hit.statements for hit in store.search("killed") if hit.statements} == {("s1",)}
    again = rows(path)
    changed = {name for name in once if once[name] != again[name] and not name.startswith("statement_search_")}
    assert changed == {"log", "run", "past_linkage"}


def test_unread_leaves_out_what_is_not_read(store, sample):
    store.add(*sample.make("Tote und Verletzte.", language="de", not_read="not read: language de"))
    store.add(*sample.make(sample.TEXTS[0]))
    run = store.begin("1", "", "")
    (report,) = store.unread(run)
    assert report.text == sample.TEXTS[0]
    assert len(store.reports()) == 2


def test_same_run_does_not_read_twice(store, sample):
    capture, report = sample.make(sample.TEXTS[0])
    store.add(capture, report)
    run = store.begin("1", "", "")
    reading = sample.read(report)
    store.save_readings(run, [(report.id, reading), (report.id, reading)])
    store.save_reading(run, report.id, reading)
    store.finish(run, sample.NOON)
    assert store.readings()[0].reading == reading


def test_linkage_comes_back_equal(store, sample):
    sample.play(store)
    found = store.linkage()
    assert found == sample.link(store.readings(), store.known_incidents())
    assert len(found.copies) == 3
    assert len(found.passages) == 1
    assert store.passages_of(found.passages[0].copy) == store.passages_of(found.passages[0].original) == found.passages
    assert found.incidents == store.known_incidents()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda of: {"copies": (CopyLink("none", of.copies[0].copy, "copied", 1.0),)}, "copy none: refers to report none"),
        (
            lambda of: {"utterances": (replace(of.utterances[0], statements=(StatementRef("none", "s1"),)),)},
            "utterance u1: refers",
        ),
        (lambda of: {"incidents": (replace(of.incidents[0], members=(IncidentRef("none", 0),)),)}, "incident i-.*: refers"),
        (lambda of: {"claims": (replace(of.claims[0], incident="none"),)}, "claim c1: refers to incident none"),
        (lambda of: {"claims": (replace(of.claims[0], edges=((StatementRef("x", "s1"), "denies"),)),)}, "claim c1: refers"),
        (lambda of: {"names": (("a", "b"), ("a", "c"))}, "name a: is listed twice"),
        (
            lambda of: {"passages": (replace(of.passages[0], original="none"),)},
            "passage .*: refers to report none",
        ),
        (lambda of: {"passages": of.passages * 2}, "passage .*: is listed twice"),
        (lambda of: {"copies": of.copies + of.copies[:1]}, "copy .*: is listed twice"),
    ],
)
def test_linkage_that_leads_nowhere_is_refused(store, sample, change, says):
    sample.play(store)
    before = store.linkage()
    with pytest.raises(CaseError, match=says):
        store.save_linkage(store.begin("1", "no models", "rules of thumb"), replace(before, **change(before)))
    assert store.linkage() == before


def test_digest_of_a_linkage_does_not_hang_on_ids_or_order(sample, store):
    from counterclaim.case.canonical import linkage_digest

    sample.play(store)
    found = store.linkage()
    (incident,), (claim,) = found.incidents, found.claims
    renamed = replace(
        found, incidents=(replace(incident, id="other", members=incident.members[::-1]),),
        claims=(replace(claim, id="c9", incident="other", edges=claim.edges[::-1]),), copies=found.copies[::-1],
    )  # fmt: skip
    assert linkage_digest(renamed) == linkage_digest(found)
    assert linkage_digest(replace(found, incidents=(replace(incident, title="Elsewhere"),))) != linkage_digest(found)
    assert linkage_digest(replace(found, passages=())) != linkage_digest(found)
