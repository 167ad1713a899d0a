"""A reading comes back equal to what was kept, and nothing is kept whose words are not in the report."""

from __future__ import annotations

import string
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterclaim.case import Store
from counterclaim.case.canonical import canonical, reading_digest
from counterclaim.errors import CaseError
from counterclaim.records import (
    Act,
    Actor,
    ActorKind,
    Aspect,
    DateMention,
    DateRange,
    DateType,
    Detail,
    Figure,
    Form,
    Harm,
    IncidentMention,
    Place,
    PlaceMention,
    PlacePrecision,
    Polarity,
    Qualifier,
    Range,
    Reading,
    Scope,
    SpeakerKind,
    Statement,
    Victims,
)

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
NAMES = st.lists(WORDS, max_size=3).map(tuple)
NUMBERS = st.none() | st.integers(0, 2**63 - 1)
UNIT = st.floats(0, 1) | st.integers(0, 1)


def _one_of(literal: object) -> st.SearchStrategy[str]:
    return st.sampled_from(get_args(literal))


def _maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading whose offsets select words and whose references lead somewhere."""
    text = draw(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=60))
    offsets = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda at: at[0] < at[1])
    several = st.lists(offsets, max_size=3).map(tuple)
    place = st.builds(
        Place, name=WORDS, lat=_maybe(st.floats(-90, 90)), lon=_maybe(st.floats(-180, 180)), country=_maybe(WORDS),
        precision=_one_of(PlacePrecision), where_prec=_maybe(st.integers(1, 7)),
    )  # fmt: skip
    spoken = {"speaker": _maybe(WORDS), "affiliation": _maybe(WORDS), "side": _maybe(WORDS), "chain": NAMES, "confidence": UNIT}
    ranges = ("killed", "injured", "civilians_killed", "civilians_injured", "combatants_killed", "children", "women", "men")
    incidents = draw(st.lists(
        st.builds(
            IncidentMention, main=st.booleans(), aggregate=st.booleans(), place=_maybe(place), alleged=NAMES, evidence=several,
            date=_maybe(st.builds(DateRange, WORDS, WORDS, st.integers(1, 5), _maybe(WORDS))),
            **dict.fromkeys(ranges, _maybe(st.builds(Range, NUMBERS, NUMBERS))),
        ), max_size=2,
    ))  # fmt: skip
    incident = _maybe(st.integers(0, len(incidents) - 1)) if incidents else st.none()
    ids = draw(st.lists(st.text(string.ascii_letters, min_size=1, max_size=3), max_size=3, unique=True))
    statements = [
        draw(st.builds(
            Statement, id=st.just(id), content=several, cue=several, source=several, via=several, about=_maybe(offsets),
            antecedent=_maybe(offsets), form=_one_of(Form), act=_one_of(Act), speaker_kind=_one_of(SpeakerKind),
            target=_maybe(WORDS), incident=incident, **spoken,
        ))
        for id in ids
    ]  # fmt: skip
    figures = [
        draw(st.builds(
            Figure, id=st.just(f"f{n}"), span=offsets, harm=_one_of(Harm), victims=_one_of(Victims), low=NUMBERS, high=NUMBERS,
            qualifier=_one_of(Qualifier), scope=_one_of(Scope), as_of=_maybe(WORDS), incident=incident,
            statement=st.sampled_from([None, *ids]), **spoken,
        ))
        for n in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    details = [
        draw(st.builds(
            Detail, id=st.just(f"d{n}"), span=offsets, aspect=_one_of(Aspect), kind=WORDS, polarity=_one_of(Polarity),
            incident=incident, statement=st.sampled_from([None, *ids]), **spoken,
        ))
        for n in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    return Reading(
        text=text, statements=tuple(statements), figures=tuple(figures), incidents=tuple(incidents), sentences=draw(several),
        details=tuple(details),
        error=draw(_maybe(WORDS)), places=tuple(draw(st.lists(st.builds(PlaceMention, offsets, place), max_size=2))),
        dates=tuple(draw(st.lists(
            st.builds(DateMention, offsets, WORDS, _one_of(DateType), _maybe(WORDS), _maybe(WORDS)), max_size=2,
        ))),
        actors=tuple(draw(st.lists(
            st.builds(
                Actor, name=WORDS, kind=_one_of(ActorKind), aliases=NAMES, affiliation=_maybe(WORDS), side=_maybe(WORDS),
                role=_maybe(WORDS), mentions=several, why=NAMES,
            ), max_size=2,
        ))),
    )  # fmt: skip


@pytest.fixture(scope="module")
def kept() -> Store:
    """One case for many examples: opening one takes longer than everything else here."""
    with Store.open(":memory:") as store:
        yield store


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reading=readings())
def test_comes_back_equal(kept, sample, reading):
    capture, report = sample.make(reading.text)
    kept.add(capture, report)
    # A rule set of its own for each example: a run that has read a report does not read it again.
    run = kept.begin("1", "none", str(hash(reading)))
    kept.save_reading(run, report.id, reading)
    kept.finish(run, sample.NOON)
    (found,) = kept.readings()
    assert found.report == report
    assert found.reading == reading
    assert reading_digest(found.reading) == reading_digest(reading)


def test_readings_of_a_case_come_back_sorted_and_equal(store, sample):
    sample.play(store)
    found = store.readings()
    assert [r.report.id for r in found] == sorted(r.report.id for r in found)
    assert [r.reading for r in found] == [sample.read(r.report) for r in found]
    (figure,) = (f for r in found for f in r.reading.figures if f.qualifier == "at least")
    assert any(r.report.text[slice(*figure.span)] == "at least 9 people" for r in found)


def test_report_that_could_not_be_read_keeps_its_reason(store, sample):
    capture, report = sample.make("Half a text")
    store.add(capture, report)
    run = store.begin("1", "", "")
    store.save_reading(run, report.id, Reading(text=report.text, error="no sentence in it"))
    assert store.unread(run) == ()
    store.finish(run, sample.NOON)
    assert store.readings()[0].reading.error == "no sentence in it"


def _statement(reading, **change):
    return replace(reading, statements=(replace(reading.statements[0], **change), *reading.statements[1:]))


def _figure(reading, **change):
    return replace(reading, figures=(replace(reading.figures[0], **change),))


def _detail(reading, **change):
    return replace(reading, details=(replace(reading.details[0], **change),))


def test_a_reading_without_details_is_what_cases_sealed_before_there_were_any(sample):
    _, report = sample.make(sample.TEXTS[0])
    before = replace(sample.read(report), details=())
    assert '"details"' not in canonical(before)
    assert reading_digest(before) != reading_digest(sample.read(report))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda r: replace(r, text=r.text + "!"), "reading: is of another text"),
        (lambda r: _statement(r, content=((5, 5),)), "statement s1: offsets 5-5"),
        (lambda r: _statement(r, cue=((-1, 4),)), "statement s1: offsets -1-4"),
        (lambda r: _statement(r, about=(3, 10_000)), "statement s1: offsets 3-10000"),
        (lambda r: _statement(r, incident=1), "statement s1: refers to incident 1 of 1"),
        (lambda r: _statement(r, id="s2"), "statement s2: its id is used twice"),
        (lambda r: _figure(r, span=(9, 3)), "figure f1: offsets 9-3"),
        (lambda r: _figure(r, statement="s9"), "figure f1: refers to statement s9"),
        (lambda r: _figure(r, incident=-1), "figure f1: refers to incident -1"),
        (lambda r: _detail(r, span=(9, 3)), "detail d1: offsets 9-3"),
        (lambda r: _detail(r, statement="s9"), "detail d1: refers to statement s9"),
        (lambda r: _detail(r, incident=4), "detail d1: refers to incident 4"),
        (lambda r: _figure(r, high=10**30), "figure f1: .* more than can be kept"),
        (lambda r: replace(r, sentences=((0, 10_000),)), "sentence 0: offsets"),
        (lambda r: replace(r, actors=(replace(r.actors[0], mentions=((0, 999),)),)), "actor the health office: offsets"),
        (lambda r: replace(r, places=(replace(r.places[0], span=(0, 999)),)), "place Velmira: offsets"),
        (lambda r: replace(r, dates=(replace(r.dates[0], span=(0, 999)),)), "date XXXX-05-03: offsets"),
        (lambda r: replace(r, incidents=(replace(r.incidents[0], evidence=((0, 999),)),)), "incident 0: offsets"),
    ],
)
def test_refuses_a_fact_without_its_words(store, sample, change, says):
    capture, report = sample.make(sample.TEXTS[0])
    store.add(capture, report)
    run = store.begin("1", "", "")
    with pytest.raises(CaseError, match=says) as caught:
        store.save_reading(run, report.id, change(sample.read(report)))
    assert report.id in str(caught.value)
    assert store.unread(run) == (report,)
    store.save_reading(run, report.id, sample.read(report))


def test_batch_is_kept_whole_or_not_at_all(store, sample):
    batch = []
    for text in sample.TEXTS:
        capture, report = sample.make(text)
        store.add(capture, report)
        batch.append((report.id, sample.read(report)))
    run = store.begin("1", "", "")
    with pytest.raises(CaseError, match="other: is not in this case"):
        store.save_readings(run, [*batch, ("other", batch[0][1])])
    assert len(store.unread(run)) == 4
    store.save_readings(run, batch)
    assert store.unread(run) == ()


def test_every_span_kept_is_in_its_report(store, sample):
    sample.play(store)
    texts = {report.id: report.text for report in store.reports()}
    with store._looking() as connection:
        spans = connection.exec_driver_sql('SELECT report, start, "end", quote FROM span').all()
    assert len(spans) > 20
    assert all(texts[report][start:end] == quote for report, start, end, quote in spans)
