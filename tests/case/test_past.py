"""Any earlier state of a case can be shown: what had been added, read, linked, decided and graded by then."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from shutil import copyfile

import pytest

import counterclaim
from counterclaim.case import Store
from counterclaim.errors import CaseError


def otherwise(report, sample):
    """A reading by other rules: every figure one higher, and no statement after the first."""
    reading = sample.read(report)
    kept = {s.id for s in reading.statements[:1]}
    figures = (replace(f, low=f.low + 1, statement=f.statement if f.statement in kept else None) for f in reading.figures)
    return replace(reading, statements=reading.statements[:1], figures=tuple(figures))


def test_each_earlier_state_comes_back_as_it_was(store, sample):
    states = []

    def look():
        states.append((datetime.now(UTC), store.now()))

    sample.play(store, sample.TEXTS[:2])
    look()
    sample.decide(store)
    look()
    sample.play(store, sample.TEXTS)
    look()
    store.assess(store.known_incidents()[0].id, scale="own", grade="fair", user="Ada")
    look()
    for version, reader in (("2", otherwise), ("3", otherwise), ("4", lambda report, sample: sample.read(report))):
        run = store.begin(version, "", "")
        store.save_readings(run, [(report.id, reader(report, sample)) for report in store.unread(run)])
        store.save_linkage(run, sample.link(store.readings(run), store.known_incidents()))
        store.finish(run, datetime.now(UTC))
        look()
    for moment, state in states:
        assert store.at(moment) == state
    assert len({repr(state) for _, state in states}) == 5, "runs 2 and 3 read alike, and 4 as 1"
    with pytest.raises(CaseError, match="there was no case yet"):
        store.at(states[0][0] - timedelta(days=1))


def test_between_adding_and_reading_nothing_more_is_shown(store, sample):
    sample.play(store, sample.TEXTS[:2])
    before = store.now()
    store.add(*sample.make(sample.TEXTS[2]))
    moment = datetime.now(UTC)
    sample.play(store, sample.TEXTS)
    assert store.at(moment) == before


def test_case_of_then_takes_nothing_in(path, sample):
    with Store.open(path) as store:
        sample.play(store)
        moment = datetime.now(UTC)
        made = sample.decide(store)
    with counterclaim.Case(path, as_of=moment) as case:
        assert case.view.standings == ()
        assert len(case.contests) == 1
        for write in (lambda: case.add("."), case.run, lambda: case.undo(made.id, user="Ada")):
            with pytest.raises(CaseError, match="is shown as it was at"):
                write()
    with counterclaim.Case(path) as case:
        assert len(case.view.standings) == 1


@pytest.mark.parametrize(
    ("tampering", "says"),
    [
        ("UPDATE past_linkage SET data = x'00'", "linkage .* of the past: is not as it was"),
        ("DELETE FROM past_linkage", "linkage .* of the past: is not as it was"),
        ("UPDATE past_reading SET data = x'00'", "run 1 of the past: is not as it was"),
        ("DELETE FROM past_reading WHERE rowid = 1", "run 1 of the past: is not as it was"),
        ("INSERT INTO past_reading SELECT 7, report, data FROM past_reading", "run 7 of the past: the log does not know"),
    ],
)
def test_changing_the_past_shows(path, played, sample, monkeypatch, tampering, says):
    copyfile(played, path)
    read = sample.read
    monkeypatch.setattr(sample, "read", lambda report: replace(read(report), figures=()))
    with Store.open(path) as store:
        sample.play(store, version="2")
        assert store.verify() == ()
    with sqlite3.connect(path) as db:
        db.executescript(tampering)
    db.close()
    with Store.open(path) as store:
        problems = store.verify()
    assert any(re.search(says, problem) for problem in problems), problems
