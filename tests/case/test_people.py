"""People's rows are signed, anchored to words, appended, and sealed in the log; tampering shows."""

from __future__ import annotations

import re
import sqlite3
from shutil import copyfile

import pytest

from counterclaim.case import Store
from counterclaim.errors import CaseError
from counterclaim.records import Assessment, Decision, Span


def test_decisions_come_back_in_order(store, sample):
    sample.play(store)
    report = store.readings()[0].report
    anchor = Span.of(report.id, report.text, 0, 7)
    first = store.decide(
        "correct",
        "figure",
        role="low",
        capture=report.capture,
        anchor=anchor,
        value="12",
        reason="misread",
        user="Ada",
        made=sample.NOON,
    )
    assert first == Decision(
        id=1, kind="correct", fact="figure", role="low", capture=report.capture, anchor=anchor, value="12", reason="misread",
        user="Ada", made=sample.NOON,
    )  # fmt: skip
    undo = store.undo(1, reason="was right", user="Ada")
    assert undo.made.tzinfo is not None
    assert store.decisions() == (first, undo)
    assert [entry.what["id"] for entry in store.log() if entry.event == "decision"] == [1, 2]


def test_anchor_gets_the_whole_context(store, sample):
    capture, report = sample.make(sample.TEXTS[0])
    store.add(capture, report)
    made = store.decide("accept", "figure", anchor=Span(report.id, 9, 14, "3 May"), reason="", user="Ada")
    assert report.text[9:14] == "3 May"
    assert made.anchor == Span.of(report.id, report.text, 9, 14)
    assert store.decisions()[0].anchor == made.anchor


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"kind": "guess"}, "no decision is called 'guess'"),
        ({"user": " "}, "needs the name"),
        ({"undoes": 7}, "no decision 7"),
        ({"anchor": Span("none", 0, 3, "May")}, "are not at 0-3 of report none"),
        ({"capture": "none", "fact": "report", "kind": "hide"}, "refused"),
        ({"fact": "place"}, "nothing is decided on a 'place'"),
        ({"kind": "merge"}, "merge is not decided on a figure, but on incident"),
        ({}, "must say which"),
    ],
)
def test_refuses_decisions_that_hang_in_the_air(store, given, says):
    with pytest.raises(CaseError, match=says):
        store.decide(**{"kind": "accept", "fact": "figure", "reason": "", "user": "Ada", **given})
    assert store.decisions() == ()
    assert store.verify() == ()


def test_refuses_an_anchor_whose_words_are_elsewhere(store, sample):
    capture, report = sample.make(sample.TEXTS[0])
    store.add(capture, report)
    with pytest.raises(CaseError, match="'4 May' are not at"):
        store.decide("accept", "figure", anchor=Span(report.id, 9, 14, "4 May"), reason="", user="Ada")


def test_assessments_come_back_in_order(store, sample):
    first = store.assess(
        "i1", scale="own", grade="fair", low=9, high=14, best=None, note="two sources", user="Ada", made=sample.NOON
    )
    second = store.assess("i1", scale="own", grade="confirmed", best=14, user="Ada")
    assert first == Assessment(
        id=1,
        incident="i1",
        scale="own",
        grade="fair",
        low=9,
        high=14,
        best=None,
        note="two sources",
        user="Ada",
        made=sample.NOON,
    )
    assert store.assessments() == (first, second)


def test_log_tells_what_was_done(store, sample):
    sample.play(store)
    sample.decide(store)
    log = store.log()
    assert [entry.event for entry in log] == [
        "case created", *["report added"] * 4, "run started", "run finished", "decision",
    ]  # fmt: skip
    assert log[0].previous == ""
    assert [entry.previous for entry in log[1:]] == [entry.hash for entry in log[:-1]]
    assert log[-2].what == {"run": 1, "facts": store.facts_digest()}


UNGUARDED = "DROP TRIGGER {0}_no_update; DROP TRIGGER {0}_no_delete;"


@pytest.mark.parametrize(
    ("tampering", "says"),
    [
        (UNGUARDED.format("capture") + "UPDATE capture SET data = x'00'", "capture .*: its bytes"),
        (UNGUARDED.format("further_origin") + "DELETE FROM further_origin", "capture .* from elsewhere.txt: is in the log but"),
        (
            UNGUARDED.format("further_origin") + "UPDATE further_origin SET received = '2001-01-01 00:00:00.000000'",
            "is not as it was",
        ),
        (
            "INSERT INTO further_origin SELECT sha256, 'forged.txt', received FROM capture",
            "from forged.txt: the log does not know",
        ),
        (UNGUARDED.format("report") + "UPDATE report SET published = '2030'", "report .*: is not as it was"),
        (UNGUARDED.format("span") + "UPDATE span SET quote = replace(quote, '14', '41')", "span .*: its words"),
        (UNGUARDED.format("log") + 'UPDATE log SET what = \'{"version": "9"}\' WHERE id = 1', "log entry 1: was changed"),
        (UNGUARDED.format("log") + "DELETE FROM log WHERE id = 3", "log entry 4: does not follow entry 2"),
        (UNGUARDED.format("log") + "DELETE FROM log WHERE event = 'decision'", "decision 1: the log does not know"),
        (UNGUARDED.format("decision") + "UPDATE decision SET reason = 'bribed'", "decision 1: is not as it was"),
        (UNGUARDED.format("decision") + "DELETE FROM decision", "decision 1: is in the log but no longer"),
        (UNGUARDED.format("assessment") + "UPDATE assessment SET best = 0", "assessment 1: is not as it was"),
        ("UPDATE figure SET low = 1, high = 1", "its facts are not those that run 1 read"),
        ("DELETE FROM claim_edge", "run 1: its facts are not those it finished with"),
        ("DELETE FROM sentence", "its facts are not those that run 1 read"),
        ("DELETE FROM statement_span", "its facts are not those that run 1 read"),
        ("DELETE FROM reading", "refers to a reading that is not there"),
    ],
)
def test_tampering_shows(path, played, tampering, says):
    copyfile(played, path)
    with sqlite3.connect(path) as db:
        db.executescript(tampering)
    db.close()
    with Store.open(path) as store:
        problems = store.verify()
    assert any(re.search(says, problem) for problem in problems), problems


def test_sound_case_has_no_problem(path, played):
    copyfile(played, path)
    with Store.open(path) as store:
        assert store.verify() == ()
