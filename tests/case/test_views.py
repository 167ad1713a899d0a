"""An analyst with nothing but sqlite3 can read the tolls and the statements with their words."""

from __future__ import annotations

import sqlite3

import pytest

from counterclaim.case import Store


@pytest.fixture
def db(path, sample):
    """The finished sample case as plain SQLite, with a newer run that was cut off in it."""
    with Store.open(path) as store:
        sample.play(store)
        with pytest.raises(sample.Cut):
            sample.play(store, version="2", cut_after=2)
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


def test_tolls_with_speaker_words_and_sentence(db):
    rows = db.execute("SELECT low, high, qualifier, speaker, words, sentence FROM toll ORDER BY low, speaker").fetchall()
    assert rows == [
        (9, None, "at least", "a spokesman", "at least 9 people", "A spokesman said at least 9 people were killed in Velmira."),
        (14, 14, "exact", "the army", "14 people", "The army said 14 people were killed in Velmira."),
        (14, 14, "exact", "the health office", "14 people", "The health office said 14 people were killed in Velmira."),
    ]
    incidents = db.execute("SELECT DISTINCT t.incident, i.title FROM toll t JOIN incident i ON i.id = t.incident").fetchall()
    assert [title for _, title in incidents] == ["Velmira"]


def test_statements_with_their_content(db):
    rows = db.execute("SELECT speaker, content FROM said WHERE act = 'other' ORDER BY content").fetchall()
    assert rows == [("the army", "it knew of no strike"), ("residents", "the school was hit")]
