"""Evidence goes in once and stays as it is; what does not agree with itself stays out."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from shutil import copyfile

import pytest

from counterclaim.case import Store
from counterclaim.errors import CaseError
from counterclaim.records import Published, Segment


def test_comes_back_as_it_went_in(store, sample):
    published = Published("2031-05-03", "inferred", (9, 14), "the day of the dateline")
    capture, report = sample.make(
        sample.TEXTS[0], title="Strike on Velmira", outlet="The Crier", agency="Wire", dateline="Velmira, 3 May",
        byline="A. Writer",
        published=published, url="https://crier.example/1", encoding="utf-8", segments=(Segment(0, 3, 9), Segment(9, 20, 5)),
    )  # fmt: skip
    assert report.text[slice(*published.words)] == "3 May"
    assert store.add(capture, report)
    assert store.report(report.id) == report
    assert store.capture(capture.sha256) == capture


def test_unknown_stays_unknown(store, sample):
    capture, report = sample.make("Nothing is known of this.", language=None, segments=())
    store.add(capture, report)
    assert store.report(report.id) == report
    assert store.report(report.id).published is None


def test_reports_come_sorted_by_id(store, sample):
    for text in sample.TEXTS:
        store.add(*sample.make(text))
    ids = [report.id for report in store.reports()]
    assert len(ids) == 4
    assert ids == sorted(ids)


def test_same_bytes_from_elsewhere_are_no_new_capture(store, sample):
    capture, report = sample.make("One text.", "first.txt")
    assert store.add(capture, report)
    assert not store.add(capture, report)
    assert not store.add(replace(capture, origin="second.txt"), report)
    assert not store.add(replace(capture, origin="second.txt"), report)
    assert store.origins(capture.sha256) == ("first.txt", "second.txt")
    assert store.capture(capture.sha256).origin == "first.txt"
    assert [entry.event for entry in store.log()].count("report added") == 1


def test_time_keeps_its_moment(store, sample):
    capture, report = sample.make("One text.")
    there = datetime(2031, 5, 4, 23, 30, 0, 5, tzinfo=timezone(timedelta(hours=4)))
    store.add(replace(capture, received=there), report)
    received = store.capture(capture.sha256).received
    assert received == there
    assert received.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda c, r: (replace(c, data=b"other bytes"), r), "SHA-256"),
        (lambda c, r: (c, replace(r, capture="0" * 64)), "other bytes"),
        (lambda c, r: (c, replace(r, text="a\0b", segments=())), "no text"),
        (lambda c, r: (c, replace(r, text="a\ud800b", segments=())), "no text"),
        (lambda c, r: (c, replace(r, published=Published("2031", "stated", (5, 99)))), "date"),
        (lambda c, r: (c, replace(r, segments=(Segment(4, 0, 99),))), "segment"),
        (lambda c, r: (replace(c, received=datetime(2031, 1, 1)), r), "time zone"),
    ],
)
def test_refuses_what_does_not_agree(store, sample, change, says):
    with pytest.raises(CaseError, match=says):
        store.add(*change(*sample.make("One text.")))
    assert store.reports() == ()
    assert store.verify() == ()


def test_says_what_is_not_there(store):
    with pytest.raises(CaseError, match="no report nowhere"):
        store.report("nowhere")
    with pytest.raises(CaseError, match="no capture nothing"):
        store.capture("nothing")


def test_closed_case_answers_nothing(path):
    with Store.open(path) as store:
        pass
    with pytest.raises(CaseError, match="was closed"):
        store.reports()
    store.close()


@pytest.mark.parametrize("table", ["capture", "further_origin", "report", "span", "decision", "assessment", "log"])
def test_database_refuses_to_change_what_is_written_once(path, played, table):
    copyfile(played, path)
    with sqlite3.connect(path) as db:
        (column, *_), *_ = db.execute(f"SELECT name FROM pragma_table_info('{table}') WHERE pk = 0 AND type <> 'BLOB'")
        for statement in (f'UPDATE {table} SET "{column}" = "{column}"', f"DELETE FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError, match=f"row of {table} is written once"):
                db.execute(statement)
    db.close()


def test_database_refuses_a_span_that_is_not_as_long_as_its_words(path, sample):
    capture, report = sample.make("Café fourteen killed.")
    with Store.open(path) as store:
        store.add(capture, report)
    db = sqlite3.connect(path)
    insert = "INSERT INTO span VALUES (?, ?, ?, ?, '', '')"
    assert report.text[5:13] == "fourteen"
    db.execute(insert, (report.id, 5, 13, "fourteen"))
    for start, end, quote in ((5, 13, "forty"), (5, 12, "fourteen"), (5, 5, ""), (-8, 0, "fourteen")):
        with pytest.raises(sqlite3.IntegrityError, match="as_long_as_its_words"):
            db.execute(insert, (report.id, start, end, quote))
    db.close()
