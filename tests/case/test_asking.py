"""What is asked for in words finds its facts, is kept whole or not at all, and says what is wrong with it."""

from __future__ import annotations

import json

import pytest

from counterclaim.case import Asked, Desk, References, decided, listed, view
from counterclaim.errors import CaseError
from counterclaim.records import IncidentRef, Span


def seen(store):
    held = store.now()
    return view(held.reports, held.linkage, held.decisions, held.assessments)


@pytest.fixture
def desk(store, sample):
    sample.play(store)
    return Desk(seen(store))


def ask(store, *asked):
    return store.decide_all(list(decided(Desk(seen(store)), asked)))


def test_every_fact_listed_is_found_by_its_reference(store, desk):
    references = References(desk)
    rows = list(listed(seen(store)))
    assert len({row.reference for row in rows}) == len(rows)
    held = seen(store)
    figures = sum(len(r.reading.figures) for r in held.reports)
    statements = sum(len(r.reading.statements) for r in held.reports)
    assert [row.kind for row in rows].count("figure") == figures > 0
    assert [row.kind for row in rows].count("statement") == statements > 0
    for row in rows:
        target = references.target(row.reference)
        assert references.shown(target) == row.reference
        assert desk.anchored(target)["fact"] == row.kind
        if row.kind == "figure":
            read = desk.reports[target.report]
            assert read.report.text[slice(*read.figure(target.figure).span)] == row.words


def test_list_of_a_report_or_an_incident_holds_only_its_facts(store, desk):
    id = sorted(desk.reports)[0]
    of_report = list(listed(seen(store), [id[:8]]))
    assert {row.reference.partition(":")[0] for row in of_report if row.kind != "incident"} == {id[:12]}
    (incident,) = desk.incidents
    of_incident = list(listed(seen(store), [incident]))
    assert {row.incident for row in of_incident} == {incident}
    assert "figure" in {row.kind for row in of_incident}


def test_words_are_found_where_they_stand_once(desk, sample):
    report = next(id for id, read in desk.reports.items() if "Café" in read.report.text)
    references = References(desk)
    span = references.words(report[:12], "Café owners")
    assert desk.reports[report].report.text[span.start : span.end] == span.quote == "Café owners"
    assert references.target(references.shown(span)) == span
    for words, says in (("nobody", "stand nowhere"), ("a", "times, at"), ("", "stand nowhere")):
        with pytest.raises(CaseError, match=says):
            references.words(report, words)


@pytest.mark.parametrize(
    ("reference", "says"),
    [
        ("nothing", "is no report or incident"),
        ("", "is no report or incident"),
        ("{report}:f99", "no such fact"),
        ("{report}:m99", "no such fact"),
        ("{report}:9-3", "do not fit"),
        ("{report}:0-99999", "do not fit"),
        (":f1", "is no report or incident"),
    ],
)
def test_reference_to_nothing_is_refused(desk, reference, says):
    with pytest.raises(CaseError, match=says):
        References(desk).target(reference.format(report=sorted(desk.reports)[0]))


def test_reports_that_begin_alike_are_shown_whole_and_not_guessed(store, desk):
    reads = list(desk.reports.values())
    alike = {f"{'a' * 12}{n}": read for n, read in enumerate(reads)}
    desk.reports = alike
    references = References(desk)
    assert references.shown("a" * 12 + "1") == "a" * 12 + "1"
    with pytest.raises(CaseError, match="reports begin so"):
        references.target("aaa")


def test_each_kind_of_decision_can_be_asked_for(store, desk):
    (incident,) = desk.incidents
    by_kind = {}
    for row in listed(seen(store)):
        by_kind.setdefault(row.kind, []).append(row.reference)
    figures, statements, mentions = by_kind["figure"], by_kind["statement"], by_kind["mention"]
    report = figures[0].partition(":")[0]
    made = ask(
        store,
        Asked(kind="accept", target=statements[0], user="Ada"),
        Asked(kind="correct", target=figures[0], values={"high": 40, "low": 30}, user="Ada", reason="misread"),
        Asked(kind="reject", target=figures[1], user="Ada"),
        Asked(kind="add", target=report, words="killed", values={"harm": "killed", "low": 2}, incident=incident, user="Ada"),
        Asked(kind="same", names=("The army", "A spokesman"), user="Ada"),
        Asked(kind="not-same", target=statements[0], others=(statements[1],), user="Ada"),
        Asked(kind="hide", target=statements[2], user="Ada"),
        Asked(kind="split", target=incident, others=(mentions[0],), user="Ada"),
    )
    assert [d.kind for d in made] == ["accept", "correct", "correct", "reject", "add", "same", "not-same", "hide", "split"]
    now = seen(store)
    assert {s.state for s in now.standings} == {"in force"}
    assert len(now.linkage.incidents) == 2
    values = {row.reference: row.values for row in listed(now)}
    assert (values[figures[0]]["low"], values[figures[0]]["high"]) == (30, 40)
    assert figures[1] not in values
    assert statements[2] not in values
    first, second = (i.id for i in now.linkage.incidents)
    ask(store, Asked(kind="move", target=figures[0], others=(first,), user="Ada"))
    ask(store, Asked(kind="move", target=figures[0], others=(second,), user="Ada"))
    assert {row.reference: row.incident for row in listed(seen(store))}[figures[0]] == second
    ask(store, Asked(kind="merge", target=first, others=(second,), user="Ada"))
    assert len(seen(store).linkage.incidents) == 1
    assert store.verify() == ()


def test_all_is_kept_or_nothing(store, desk):
    good = next(row.reference for row in listed(seen(store)) if row.kind == "figure")
    with pytest.raises(CaseError, match=r"^2 of 2: .*no such fact"):
        ask(store, Asked(kind="accept", target=good, user="Ada"), Asked(kind="accept", target=f"{good}9", user="Ada"))
    with pytest.raises(CaseError, match=r"^decision 2 of 2: .*needs the name"):
        ask(store, Asked(kind="accept", target=good, user="Ada"), Asked(kind="accept", target=good))
    assert store.decisions() == ()
    assert store.verify() == ()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (Asked(kind="merge", target="{incident}", user="Ada"), "merge needs to be told with"),
        (Asked(kind="correct", target="{incident}", user="Ada"), "an incident has title|a incident has title"),
        (Asked(kind="accept", user="Ada"), "accept needs to be told what"),
        (Asked(kind="same", names=("one",), user="Ada"), "of names two"),
        (Asked(kind="add", target="{report}", values={"harm": "killed"}, user="Ada"), "marks no words"),
        (Asked(kind="add", target="{incident}", words="killed", user="Ada"), "is no report"),
        (Asked(kind="correct", target="{incident}", values={"title": 3}, user="Ada"), "it is a text"),
        (Asked(kind="redact", target="{report}", user="Ada"), "with `counterclaim redact`"),
    ],
)
def test_what_does_not_fit_says_why(store, desk, asked, says):
    from dataclasses import replace

    (incident,) = desk.incidents
    filled = replace(asked, target=asked.target.format(incident=incident, report=sorted(desk.reports)[0]))
    with pytest.raises(CaseError, match=says):
        ask(store, filled)
    assert store.decisions() == ()


def test_line_asks_for_what_it_says():
    line = {"kind": "split", "target": "i1", "others": ["a:m0"], "values": {"x": None}, "settles": [3], "user": "Ben"}
    expected = Asked(
        kind="split", target="i1", others=("a:m0",), values={"x": None}, settles=(3,), user="Ben", reason="of the file"
    )
    assert Asked.of(json.dumps(line), user="Ada", reason="of the file") == expected


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "is no JSON"),
        ("[]", "is no object"),
        ("{}", "no decision is called ''"),
        ('{"kind": "bless"}', "'bless'"),
        ('{"kind": "redact"}', "'redact'"),
        ('{"kind": "accept", "whom": "x"}', "'whom' is nothing"),
        ('{"kind": "merge", "others": "i1"}', "others is no list"),
        ('{"kind": "merge", "others": [1]}', "one of others is not of its kind"),
        ('{"kind": "accept", "target": 7}', "target is not of its kind"),
        ('{"kind": "accept", "settles": ["1"]}', "settles is not of its kind"),
        ('{"kind": "correct", "values": [1]}', "values is no object"),
    ],
)
def test_line_that_asks_for_nothing_says_why(line, says):
    with pytest.raises(CaseError, match=says):
        Asked.of(line)


def test_span_and_mention_keep_their_places(desk):
    references = References(desk)
    id = sorted(desk.reports)[0]
    text = desk.reports[id].report.text
    assert references.target(f"{id}:0-4") == Span.of(id, text, 0, 4)
    assert references.target(f"{id}:m0") == IncidentRef(id, 0)
    assert [span.report for span in references.spans(f"{id}:m0")] == [id]
