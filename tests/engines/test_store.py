"""The same case on either engine: the same facts, decisions, log and guards, and the same words found."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from counterclaim.case import Store, redaction, view
from counterclaim.case.schema import WRITTEN_ONCE
from counterclaim.errors import CaseError


@pytest.fixture
def store(target, sample):
    with Store.open(target) as opened:
        sample.play(opened)
        yield opened


def test_same_facts_as_in_memory_and_nothing_amiss(store, sample):
    with Store.open(":memory:") as other:
        sample.play(other)
        assert store.facts_digest() == other.facts_digest()
        assert store.now() == other.now()
    assert store.verify() == ()


def test_where_else_bytes_came_from_is_logged(store, sample):
    assert not store.add(*sample.make(sample.TEXTS[0], "elsewhere.txt"))
    assert [entry.what["origin"] for entry in store.log() if entry.event == "origin added"] == ["elsewhere.txt"]
    assert store.verify() == ()
    with store._writing() as connection, redaction._unguarded(connection):
        connection.execute(text("UPDATE further_origin SET origin = 'forged.txt'"))
    assert len(store.verify()) == 2


def test_opened_again_it_is_the_same(store, target, sample):
    digest = store.facts_digest()
    with Store.open(target, create=False) as again:
        sample.play(again)
        assert again.facts_digest() == digest
        assert again.verify() == ()


def test_decisions_undoing_and_grading(store, sample):
    made = sample.decide(store)
    store.undo(made.id, user="Ada")
    (incident,) = store.known_incidents()
    store.assess(incident.id, scale="airwars", grade="fair", user="Ada")
    held = store.now()
    seen = view(held.reports, held.linkage, held.decisions, held.assessments)
    assert [(s.state, s.outcome) for s in seen.standings] == [("undone", "same")]
    assert store.verify() == ()


def test_earlier_state_and_next_run(store, sample):
    moment, before = datetime.now(UTC), store.now()
    sample.decide(store)
    sample.play(store, version="2")
    assert store.at(moment) == before
    assert len(store.now().decisions) == 1


@pytest.mark.parametrize("table", [table.name for table in WRITTEN_ONCE])
def test_database_refuses_to_change_what_is_written_once(store, sample, table):
    made = sample.decide(store)
    if table == "further_origin":
        store.add(*sample.make(sample.TEXTS[0], "elsewhere.txt"))
    if table in ("assessment", "assessment_words", "decision_words", "decision_settles"):
        pytest.skip("has no row here") if table != "assessment" else store.assess("i", scale="own", grade="fair", user="Ada")
    assert made.id == 1
    for verb in ("DELETE FROM {0}", "UPDATE {0} SET {1} = {1}"):
        with store._looking() as connection:
            column = connection.execute(text(f"SELECT * FROM {table}")).keys()
            statement = verb.format(table, f'"{next(iter(column))}"')
            with pytest.raises(DatabaseError, match="written once"), connection.begin_nested():
                connection.execute(text(statement))


def test_redaction_leaves_no_word(store, sample):
    capture, report = sample.make(sample.TEXTS[1])
    sample.decide(store)
    store.redact(capture.sha256, user="Ada", reason="a court's order")
    assert "depot" not in store.report(report.id).text
    assert store.verify() == ()
    assert store.search("depot") == ()


def test_words_are_found(store, sample):
    assert {len(hit.words) for hit in store.search("killed")} == {1}
    assert len(store.search("killed")) == 3
    (cafe,) = store.search("cafe")
    assert store.report(cafe.report).text[slice(*cafe.words[0])] == "Café"
    assert len(store.search('"the school"')) == 1
    assert len(store.search("vel*")) == 3
    assert store.search("nothing like it") == ()
    assert store.search("';--") == ()


def test_a_server_that_lets_nobody_in_says_why(cluster):
    with pytest.raises(CaseError, match='the server answers database "nowhere" does not exist; see the address'):
        Store.open(f"{cluster}/nowhere")
    with pytest.raises(CaseError, match="see whether the server is there"):
        Store.open("postgresql+psycopg://ada:secret@127.0.0.1:1/a")
