"""What is redacted is gone from every byte of the case, and the case still proves that nothing else changed."""

from __future__ import annotations

import sqlite3

import pytest

from counterclaim.case import Desk, Store, names_value, view
from counterclaim.case.redaction import MASK
from counterclaim.errors import CaseError
from counterclaim.records import FigureRef, Span

NAME = "Zorvald Quixby"
TEXT = f"Velmira, 3 May. The witness {NAME} said 31 people were killed in Velmira. The army said it knew of {NAME}."


@pytest.fixture
def told(path, sample, words):
    """A case in which a named witness speaks, and people decided on what he says; `words`: they wrote his name as well."""
    who = NAME if words else "he"
    with Store.open(path) as store:
        capture, report = sample.make(TEXT, f"from-{NAME}.txt", title=f"{NAME} speaks", byline=NAME, outlet="The Crier")
        store.add(capture, report)
        sample.play(store)
        sample.play(store, version="2")
        held = store.now()
        seen = view(held.reports, held.linkage, held.decisions)
        desk = Desk(seen, held.reports, held.linkage.incidents)
        figure = next(r for r in seen.reports if r.report.id == report.id).reading.figures[0]
        store.decide("accept", user="Ada", reason=f"{who} was there", **desk.anchored(FigureRef(report.id, figure.id)))
        store.decide("same", "name", user="Ada", value=names_value(who, "the army"))
        (incident,) = seen.linkage.incidents
        store.assess(incident.id, scale="own", grade="fair", user="Ada", note=f"rests on {who}", **desk.graded(incident.id))
    return capture, report


def held_in(path):
    return b"".join(p.read_bytes() for p in path.parent.iterdir() if p.name.startswith(path.name))


def play_on(store, sample):
    """Runs again over what is in the case."""
    run = store.begin("2", "no models", "rules of thumb")
    for report in store.unread(run):
        store.save_reading(run, report.id, sample.read(report))
    store.save_linkage(run, sample.link(store.readings(run), store.known_incidents()))
    store.finish(run, sample.NOON)


@pytest.fixture(params=[False, True], ids=["whole", "words"])
def words(request):
    """Whether only some words are redacted."""
    return request.param


def test_not_a_byte_of_it_is_left(path, told, sample, words):
    capture, report = told
    assert NAME.encode() in held_in(path)
    with Store.open(path) as store:
        before = store.log()
        start = report.text.index(NAME)
        span = Span.of(report.id, report.text, start, start + len(NAME))
        store.redact(capture.sha256, user="Ada", reason="the witness asked", words=[span] if words else [])
        assert NAME.encode() not in held_in(path)
        assert b"Zorvald" not in held_in(path)
        assert store.verify() == ()
        kept = store.report(report.id)
        assert len(kept.text) == len(report.text)
        assert ("31 people" in kept.text) is words
        assert kept.text.count(MASK) == (2 * len(NAME) if words else len(report.text))
        assert kept.outlet == "The Crier"
        assert store.capture(capture.sha256).data == b""
        assert [e.hash for e in store.log()[: len(before)]] == [e.hash for e in before]
        (redaction,) = store.redactions()
        assert (redaction.user, redaction.reason, redaction.capture) == ("Ada", "the witness asked", capture.sha256)
        assert len(store.decisions()) == 3
        assert len(store.assessments()) == 1
        assert store.search("Quixby") == ()
        play_on(store, sample)
        assert store.verify() == ()
        held = store.now()
        view(held.reports, held.linkage, held.decisions, held.assessments)
        assert {r.report.id for r in held.reports if r.report.not_read} == (set() if words else {report.id})
        store.at(store.log()[-1].made)
    assert b"Zorvald" not in held_in(path)


def test_what_changes_after_a_redaction_is_named(path, told):
    capture, report = told
    with Store.open(path) as store:
        store.redact(capture.sha256, user="Ada", reason="a court's order")
    for tampering, says in (
        ("UPDATE capture SET data = x'00' WHERE data = x''", "was redacted, and holds bytes again"),
        (f"UPDATE report SET text = 'x' || substr(text, 2) WHERE id = '{report.id}'", "is not as it was when it was logged"),
        ("UPDATE decision SET seen = '{}' WHERE id = 1", "decision 1: is not as it was"),
    ):
        table = tampering.split()[1]
        with sqlite3.connect(path) as db:
            db.executescript(f"DROP TRIGGER IF EXISTS {table}_no_update; {tampering}")
        db.close()
        with Store.open(path) as store:
            assert any(says in problem for problem in store.verify()), says


def test_needs_a_reason_a_name_and_something_to_redact(store, sample):
    capture, report = sample.make("One text.")
    store.add(capture, report)
    for given, says in (
        ({"reason": " "}, "needs a reason"),
        ({"user": ""}, "needs the name"),
        ({"capture": "0" * 64}, "no capture"),
        ({"words": [Span(report.id, 0, 3, "Two")]}, "are not at"),
    ):
        with pytest.raises(CaseError, match=says):
            store.redact(**{"capture": capture.sha256, "user": "Ada", "reason": "asked", **given})
    assert store.report(report.id) == report
    store.redact(capture.sha256, user="Ada", reason="asked")
    with pytest.raises(CaseError, match="cannot be brought back"):
        store.undo(1, user="Ada")
    assert not store.add(capture, report), "the same file does not bring it back"
    assert store.capture(capture.sha256).data == b""
