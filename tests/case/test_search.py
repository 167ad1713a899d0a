"""Words are found in every report, whatever is typed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.case import Store, search


@pytest.fixture(scope="module")
def plain(sample):
    """The sample case with a German report that is not read."""
    with Store.open(":memory:") as store:
        sample.play(store)
        store.add(*sample.make("Die Zahl der Toten in Vélmira ist unklar.", language="de", not_read="not read: language de"))
        yield store


@pytest.fixture(scope="module")
def found(plain):
    """What is found in it, as a function from words to (text, hit) pairs."""

    def find(words, limit=50):
        return [(plain.report(hit.report).text, hit) for hit in plain.search(words, limit)]

    return find


def test_gives_the_places_of_the_words(found):
    ((text, hit),) = found("depot")
    assert [text[start:end] for start, end in hit.words] == ["depot"]
    assert "struck a depot" in text[hit.start : hit.end]


def test_snippet_begins_and_ends_between_words(store, sample):
    text = "lorem " * 30 + "depot" + " ipsum" * 30
    store.add(*sample.make(text))
    (hit,) = store.search("depot")
    snippet = text[hit.start : hit.end]
    assert set(snippet.split()) == {"lorem", "depot", "ipsum"}
    assert 100 < len(snippet) < 200


def test_case_and_accents_do_not_matter(found):
    assert len(found("VELMIRA")) == 4
    ((text, hit),) = found("cafe")
    assert [text[start:end] for start, end in hit.words] == ["Café"]


def test_finds_reports_that_are_not_read(found):
    ((text, hit),) = found("Zahl Toten")
    assert text.startswith("Die Zahl")
    assert [text[start:end] for start, end in hit.words] == ["Zahl", "Toten"]
    assert hit.statements == ()


def test_all_words_must_be_there_and_phrases_must_stand_together(found):
    assert len(found("army school")) == 1
    assert found("army zebra") == []
    assert len(found('"no strike"')) == 1
    assert found('"strike no"') == []
    assert len(found("zah*")) == 1
    assert found("zah") == []


def test_names_the_statements_that_hold_the_words(found):
    ((_, hit),) = found("school")
    assert hit.statements == ("s2",)
    assert {s for _, hit in found('"an agency"') for s in hit.statements} == {"s1", "s2"}


def test_speaker_who_is_not_in_the_words_is_found_by_name(store, sample):
    capture, report = sample.make("He said 3 people were killed.")
    store.add(capture, report)
    run = store.begin("1", "", "")
    full = sample.read(sample.make("The man said 3 people were killed.")[1]).statements[0]
    reading = replace(
        sample.read(report),
        statements=(replace(full, content=((8, 28),), cue=((3, 7),), source=((0, 2),), about=None, speaker="Ivo Marr"),),
    )
    store.save_reading(run, report.id, reading)
    store.finish(run, sample.NOON)
    (hit,) = store.search("marr killed")
    assert (hit.report, hit.words, hit.statements) == (report.id, (), ("s1",))
    assert report.text[hit.start : hit.end]


def test_words_in_the_title(store, sample):
    store.add(*sample.make("Nothing is known.", title="A depot burns"))
    (hit,) = store.search("burns")
    assert hit.words == ()


def test_scripts_without_spaces_between_words(store, sample):
    for text in ("官方说市场遭空袭，十四人死亡。BBC报道。", "市场今天照常开放。", "โรงเรียนถูกโจมตีเมื่อวาน"):
        store.add(*sample.make(text, language=None, not_read="not read: language unknown"))

    def found(words):
        return [[store.report(hit.report).text[start:end] for start, end in hit.words] for hit in store.search(words)]

    assert found("空袭") == [["空袭"]]
    assert found("市场 死亡") == [["市场", "死亡"]]
    assert sorted(found("市场")) == [["市场"], ["市场"]]
    assert found("โจมตี") == [["โจมตี"]]
    assert found("市场 army") == []


def test_limit(found):
    assert len(found("velmira", 2)) == 2


@pytest.mark.parametrize("words", ["", "  ", "---", '"', '""', "* *", "()", "\0"])
def test_no_word_finds_nothing(found, words):
    assert found(words) == []


def test_text_that_holds_the_marks_gets_no_wrong_places(store, sample):
    store.add(*sample.make("A \ufdd0depot\ufdd1 burnt."))
    (hit,) = store.search("burnt")
    assert hit.words == ()


SIGNS = ["空袭", *"()\"*:^-+{}'\\;%, ", "\0", "\ud800", "é", "army", "AND", "OR", "NOT", "NEAR", "velmira", "text:"]


@settings(max_examples=100, deadline=None)
@given(words=st.lists(st.sampled_from(SIGNS), max_size=8).map("".join) | st.text())
def test_nothing_typed_is_an_error(plain, words):
    for hit in plain.search(words):
        text = plain.report(hit.report).text
        assert 0 <= hit.start <= hit.end <= len(text)
        assert all(hit.start <= hit.words[0][0] for _ in hit.words)


@pytest.mark.parametrize("words", ["army " * 3000, '"the army" ' * 3000, " ".join(chr(0x4E00 + n) for n in range(3000))])
def test_whole_text_pasted_in_is_no_error(plain, words):
    assert len(plain.search(words)) == (3 if "army" in words else 0)


def test_operators_are_words(found):
    assert search.as_query('army AND "the school" -x') == ('"army" AND "AND" AND "the school" AND "-x"', ())
    assert found("army OR zebra") == []
