"""What people decide shows in the view, whoever decides what, and is gone without a trace once it is taken back."""

from __future__ import annotations

import json
from dataclasses import replace
from shutil import copyfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterclaim.case import Desk, Store, names_value, view
from counterclaim.contest import lay_out
from counterclaim.errors import CaseError
from counterclaim.records import FigureRef, IncidentRef, Span


class Bench:
    """A sample case on which people decide; `seen` is the view of the moment."""

    def __init__(self, store, sample):
        self.store = store
        if not store.reports():
            sample.play(store)
        self.machine, self.looked = store.now(), None

    @property
    def held(self):
        """What there is; the machine's part of it stays what it was when the bench was set up."""
        state = self.store.state()
        if self.looked is None or self.looked[0] != state:
            held = replace(self.machine, decisions=self.store.decisions(), assessments=self.store.assessments())
            self.looked = state, held, view(held.reports, held.linkage, held.decisions, held.assessments)
        return self.looked[1]

    @property
    def seen(self):
        return self.looked[2] if self.held else None

    def decide(self, kind, target, user="Ada", others=(), value=None, **more):
        held = self.held
        anchored = Desk(self.seen, held.reports, held.linkage.incidents).anchored(target, others)
        value = json.dumps(value) if kind == "correct" else None
        return self.store.decide(kind, user=user, value=value, **anchored, **more)

    def add(self, kind, words, values, incident=None, user="Ada"):
        return self.store.decide("add", user=user, **Desk(self.seen).added(kind, words, values, incident))

    def grade(self, incident, **more):
        held = self.held
        given = Desk(self.seen, held.reports, held.linkage.incidents).graded(incident)
        return self.store.assess(incident, **{"scale": "airwars", "grade": "fair", "user": "Ada", **given, **more})

    def figures(self):
        return [FigureRef(r.report.id, f.id) for r in self.seen.reports for f in r.reading.figures]

    def figure(self, ref):
        return next(r for r in self.seen.reports if r.report.id == ref.report).figure(ref.figure)

    def toll(self):
        (contest,) = (c for c in lay_out(self.seen.reports, self.seen.linkage) if len(c.tolls) > 0)
        (found,) = (r for r in contest.ranges if r.kind == "all said" and r.harm == "killed")
        return found.low, found.high

    def states(self):
        return {s.decision.id: (s.state, s.outcome) for s in self.seen.standings}


@pytest.fixture
def bench(store, sample):
    return Bench(store, sample)


def test_nothing_decided_is_what_the_machine_reads(bench):
    held = bench.store.now()
    assert (bench.seen.reports, bench.seen.linkage) == (held.reports, held.linkage)


def test_correction_shows_in_the_range_with_its_words_unchanged(bench):
    assert bench.toll() == (9, 14)
    least = next(ref for ref in bench.figures() if bench.figure(ref).qualifier == "at least")
    before = bench.figure(least)
    bench.decide("correct", least, role="low", value=11)
    assert bench.toll() == (11, 14)
    assert bench.figure(least) == replace(before, low=11)
    assert bench.states() == {1: ("in force", "same")}


def test_rejected_figure_leaves_the_range(bench):
    least = next(ref for ref in bench.figures() if bench.figure(ref).qualifier == "at least")
    bench.decide("reject", least)
    assert least not in bench.figures()
    assert bench.toll() == (14, 14)


def test_rejected_statement_leaves_utterances_and_claims(bench):
    ref = bench.seen.linkage.utterances[0].statements[0]
    bench.decide("reject", ref)
    assert all(ref not in u.statements for u in bench.seen.linkage.utterances)
    assert all(ref != edge for c in bench.seen.linkage.claims for edge, _ in c.edges)
    assert all(
        f.statement != ref.statement
        for f in bench.seen.reports[0].reading.figures
        if ref.report == bench.seen.reports[0].report.id
    )


def test_another_speaker_takes_what_was_known_of_the_first_with_him(bench):
    ref = bench.seen.linkage.utterances[0].statements[0]
    bench.decide("correct", ref, role="speaker", value="Health Office")
    read = next(r for r in bench.seen.reports if r.report.id == ref.report)
    statement = read.statement(ref.statement)
    assert (statement.speaker, statement.affiliation, statement.side) == ("Health Office", None, None)
    assert {f.speaker for f in read.reading.figures if f.statement == ref.statement} <= {"Health Office"}
    with pytest.raises(CaseError, match="is no speaker_kind"):
        bench.decide("correct", ref, role="speaker_kind", value="famous")


def test_added_figure_counts_and_stands_on_its_words(bench):
    read = bench.seen.reports[0]
    start = read.report.text.index("killed")
    words = Span.of(read.report.id, read.report.text, start, start + 6)
    (incident,) = bench.seen.linkage.incidents
    bench.add("figure", words, {"harm": "killed", "low": 40, "high": 40}, incident.id)
    assert bench.toll() == (9, 40)
    added = next(f for r in bench.seen.reports for f in r.reading.figures if f.high == 40)
    assert read.report.text[slice(*added.span)] == "killed"
    assert bench.states() == {1: ("in force", "same")}


def test_two_who_differ_both_stand_until_a_lead_settles(bench):
    ref = bench.figures()[0]
    machine = bench.figure(ref)
    first = bench.decide("correct", ref, role="high", value=20)
    second = bench.decide("correct", ref, "Ben", role="high", value=30)
    assert bench.figure(ref) == machine
    assert {s.decision.id: s.against for s in bench.seen.disputes} == {1: (2,), 2: (1,)}
    with pytest.raises(CaseError, match="Cleo is no lead"):
        bench.decide("correct", ref, "Cleo", role="high", value=30, settles=(first.id, second.id))
    bench.store.decide("accept", "lead", user="Ada", value='"Cleo"')
    with pytest.raises(CaseError, match="Ben is no lead"):
        bench.store.decide("accept", "lead", user="Ben", value='"Ben"')
    settled = bench.decide("correct", ref, "Cleo", role="high", value=30, settles=(first.id, second.id))
    assert bench.figure(ref).high == 30
    assert bench.states()[1] == ("settled", "same")
    bench.decide("correct", ref, "Ada", role="high", value=21)
    assert bench.figure(ref).high == 30, "what a lead settled holds meanwhile"
    assert len(bench.seen.disputes) == 2
    bench.store.undo(settled.id, user="Cleo")
    assert bench.figure(ref) == machine


def test_acceptance_against_a_correction_is_a_dispute_and_two_alike_are_none(bench):
    ref = bench.figures()[0]
    bench.decide("accept", ref)
    assert bench.seen.disputes == ()
    bench.decide("correct", ref, "Ben", role="high", value=77)
    assert {s.decision.user for s in bench.seen.disputes} == {"Ada", "Ben"}
    bench.decide("correct", ref, "Ada", role="high", value=77)
    assert bench.seen.disputes == ()
    assert bench.figure(ref).high == 77


def test_own_later_word_replaces_the_earlier(bench):
    ref = bench.figures()[0]
    bench.decide("correct", ref, role="high", value=20)
    bench.decide("correct", ref, role="high", value=21)
    bench.decide("correct", ref, role="low", value=2)
    assert (bench.figure(ref).low, bench.figure(ref).high) == (2, 21)
    bench.decide("reject", ref)
    assert ref not in bench.figures()
    assert [state for state, _ in bench.states().values()] == ["replaced"] * 3 + ["in force"]


def test_only_ones_own_can_be_taken_back_and_only_once(bench):
    made = bench.decide("reject", bench.figures()[0])
    with pytest.raises(CaseError, match="is Ada's, not Ben's"):
        bench.store.undo(made.id, user="Ben")
    with pytest.raises(CaseError, match="was not taken back"):
        bench.store.redo(made.id, user="Ada")
    bench.store.undo(made.id, user="Ada")
    with pytest.raises(CaseError, match="taken back already"):
        bench.store.undo(made.id, user="Ada")
    bench.store.redo(made.id, user="Ada")
    assert bench.states()[made.id] == ("in force", "same")
    bench.store.undo(made.id, user="Ada")
    assert bench.states()[made.id] == ("undone", "same")


def test_split_and_merge_again_give_the_first_incident(bench):
    (incident,) = bench.seen.linkage.incidents
    out = incident.members[-1]
    bench.decide("split", incident.id, others=[out], reason="another strike")
    assert [len(i.members) for i in bench.seen.linkage.incidents] == [3, 1]
    assert bench.seen.linkage.incidents[0].id == incident.id
    other = bench.seen.linkage.incidents[1].id
    bench.decide("merge", incident.id, others=[other], user="Ben")
    assert {s.state for s in bench.seen.standings} == {"disputed"}
    (again,) = bench.seen.linkage.incidents
    assert again == incident, "while they differ the machine's stands"
    bench.decide("accept", incident.id)
    assert [state for state, _ in bench.states().values()] == ["replaced", "in force", "in force"]
    (again,) = bench.seen.linkage.incidents
    assert (again.id, set(again.members)) == (incident.id, set(incident.members))


def test_moved_mention_and_figure_go_where_they_are_put(bench):
    (incident,) = bench.seen.linkage.incidents
    first, last = incident.members[0], incident.members[-1]
    bench.decide("move", last)
    assert [len(i.members) for i in bench.seen.linkage.incidents] == [3, 1]
    new = bench.seen.linkage.incidents[1]
    assert new.members == (last,)
    figure = next(ref for ref in bench.figures() if ref.report == first.report)
    bench.decide("move", figure, others=[new.id])
    target = next(i for i in bench.seen.linkage.incidents if i.id == new.id)
    moved = IncidentRef(figure.report, bench.figure(figure).incident)
    assert moved in target.members
    assert moved not in incident.members


def test_names_and_sayings_set_apart_and_brought_together(bench):
    assert dict(bench.seen.linkage.names) == {"the army": "The army"}
    bench.store.decide("not-same", "name", user="Ada", value=names_value("The army", "the army"))
    assert bench.seen.linkage.names == ()
    bench.store.decide("same", "name", user="Ada", value=names_value("Army of Velmira", "the army"))
    assert dict(bench.seen.linkage.names) == {"the army": "Army of Velmira"}
    one, other = bench.seen.linkage.utterances[0].statements[:2]
    bench.decide("not-same", one, others=[other])
    assert [len(u.statements) for u in bench.seen.linkage.utterances][1:] == [1]
    bench.decide("same", one, others=[other])
    assert len(bench.seen.linkage.utterances) == 1


def test_copies_are_counted_as_people_say(bench):
    link = bench.seen.linkage.copies[0]
    bench.decide("not-same", link.copy, others=[link.original])
    assert link not in bench.seen.linkage.copies
    bench.decide("same", link.copy, others=[link.original])
    assert (link.copy, link.original) in [(c.copy, c.original) for c in bench.seen.linkage.copies]


def test_hidden_report_is_in_no_list(bench):
    hidden = bench.seen.reports[0].report.id
    bench.decide("hide", hidden, reason="not ours to show")
    assert hidden not in [r.report.id for r in bench.seen.reports]
    refs = [ref.report for i in bench.seen.linkage.incidents for ref in i.members]
    refs += [ref.report for u in bench.seen.linkage.utterances for ref in u.statements]
    refs += [id for c in bench.seen.linkage.copies for id in (c.copy, c.original)]
    assert hidden not in refs
    lay_out(bench.seen.reports, bench.seen.linkage)


def test_rejected_mention_leaves_its_incident_even_where_that_was_graded(bench):
    (incident,) = bench.seen.linkage.incidents
    bench.grade(incident.id, low=9, high=14, best=12)
    bench.decide("reject", incident.members[-1])
    (left,) = bench.seen.linkage.incidents
    assert left.members == incident.members[:-1]
    assert [(g.incident, g.outcome) for g in bench.seen.graded] == [(incident.id, "same")]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"grade": "plausible"}, "no grade of the scale airwars"),
        ({"low": 5, "high": 3}, "ends before it begins"),
        ({"low": 5, "high": 9, "best": 10}, "outside of the range"),
        ({"low": -1}, "below none"),
        ({"scale": "own", "grade": " "}, "needs a scale and a grade"),
    ],
)
def test_grading_that_cannot_be_meant_is_refused(bench, more, says):
    (incident,) = bench.seen.linkage.incidents
    with pytest.raises(CaseError, match=says):
        bench.grade(incident.id, **more)


@pytest.mark.parametrize(
    ("role", "value", "says"),
    [
        ("low", "many", "is no low of a figure; it is a whole number from 0 or null"),
        ("low", -3, "is no low"),
        ("low", True, "is no low"),
        ("harm", None, "it is one of killed, injured"),
        ("colour", 1, "has no value called 'colour'"),
    ],
)
def test_value_of_another_kind_is_refused(bench, role, value, says):
    with pytest.raises(CaseError, match=says):
        bench.decide("correct", bench.figures()[0], role=role, value=value)


def _actions():
    kind = st.sampled_from(
        (
            "accept",
            "low",
            "high",
            "speaker",
            "reject",
            "split",
            "merge",
            "move",
            "grade",
            "undo",
            "redo",
            "name",
            "add",
            "hide",
            "alleged",
            "drop",
        )
    )
    return st.lists(st.tuples(kind, st.integers(0, 40), st.sampled_from(("Ada", "Ben"))), max_size=6)


def act(bench, kind, n, user):
    """Carries out one action on whatever the n-th fact is; what cannot be done on it is left."""
    figures, incidents = bench.figures(), bench.seen.linkage.incidents
    try:
        if kind in ("undo", "redo"):
            getattr(bench.store, kind)(n % (len(bench.store.decisions()) + 1), user=user)
        elif kind == "grade" and incidents:
            bench.grade(incidents[n % len(incidents)].id, user=user)
        elif kind == "name":
            bench.store.decide(("same", "not-same")[n % 2], "name", user=user, value=names_value("The army", "a spokesman"))
        elif kind == "split" and incidents:
            incident = incidents[n % len(incidents)]
            bench.decide("split", incident.id, user, others=incident.members[: 1 + n % 2])
        elif kind == "merge" and len(incidents) > 1:
            bench.decide("merge", incidents[n % len(incidents)].id, user, others=[incidents[(n + 1) % len(incidents)].id])
        elif kind == "move" and incidents:
            members = [ref for i in incidents for ref in i.members]
            bench.decide("move", members[n % len(members)], user)
        elif kind in ("alleged", "drop") and incidents:
            members = [ref for i in incidents for ref in i.members]
            told = {"role": kind, "value": [f"Side {n % 3}"]} if kind == "alleged" else {}
            bench.decide("correct" if told else "reject", members[n % len(members)], user, **told)
        elif kind == "add" and incidents:
            read = bench.seen.reports[n % len(bench.seen.reports)]
            start = n % (len(read.report.text) - 5)
            words = Span.of(read.report.id, read.report.text, start, start + 5)
            incident = incidents[n % len(incidents)].id
            bench.add(("figure", "mention")[n % 2], words, {"harm": "killed", "low": n} if n % 2 == 0 else {}, incident, user)
        elif kind == "hide" and bench.seen.reports:
            bench.decide("hide", bench.seen.reports[n % len(bench.seen.reports)].report.id, user)
        elif kind in ("low", "high") and figures:
            bench.decide("correct", figures[n % len(figures)], user, role=kind, value=n)
        elif kind == "speaker" and figures:
            bench.decide("correct", figures[n % len(figures)], user, role=kind, value=f"Speaker {n}")
        elif kind in ("accept", "reject") and figures:
            bench.decide(kind, figures[n % len(figures)], user)
    except CaseError:
        pass


def facts(seen):
    return seen.reports, seen.linkage


def test_a_grading_does_not_keep_the_mention_that_a_person_took_back(bench):
    read = bench.seen.reports
    act(bench, "add", 1, "Ada")
    assert bench.seen.reports != read
    bench.grade(bench.seen.linkage.incidents[0].id)
    (added,) = bench.store.decisions()
    bench.store.undo(added.id, user="Ada")
    assert bench.seen.reports == read


def test_a_mention_that_a_person_adds_stands_beside_the_one_that_the_machine_has_there(bench):
    before = {read.report.id: read.reading.incidents for read in bench.seen.reports}
    (incident,) = bench.seen.linkage.incidents
    read = bench.seen.reports[0]
    start, _ = read.reading.incidents[0].evidence[0]
    words = Span.of(read.report.id, read.report.text, start, start + 4)
    bench.add("mention", words, {"alleged": ["the army"]}, incident.id)
    machine, added = next(r for r in bench.seen.reports if r.report.id == words.report).reading.incidents
    assert (machine,) == before[words.report]
    assert added.evidence == ((words.start, words.end),)
    bench.decide("correct", IncidentRef(words.report, 1), role="alleged", value=["nobody"])
    machine, corrected = next(r for r in bench.seen.reports if r.report.id == words.report).reading.incidents
    assert (machine,) == before[words.report]
    assert corrected == replace(added, alleged=("nobody",))


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(before=_actions(), after=_actions(), order=st.randoms(use_true_random=False))
def test_taking_decisions_back_restores_the_state_before_them(path, played, sample, before, after, order):
    copyfile(played, path)
    with Store.open(path) as store:
        bench = Bench(store, sample)
        for each in before:
            act(bench, *each)
        known, state = {d.id for d in store.decisions()}, facts(bench.seen)
        for kind, n, user in after:
            if kind not in ("undo", "redo"):
                act(bench, kind, n, user)
        made = [d for d in store.decisions() if d.id not in known]
        then = facts(bench.seen), [s.state for s in bench.seen.standings]
        order.shuffle(made)
        for decision in made:
            store.undo(decision.id, user=decision.user)
        assert facts(bench.seen) == state
        assert {s.state for s in bench.seen.standings if s.decision in made} <= {"undone"}
        for decision in made:
            store.redo(decision.id, user=decision.user)
        assert (facts(bench.seen), [s.state for s in bench.seen.standings]) == then


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(actions=_actions(), chosen=st.integers(0, 20), order=st.randoms(use_true_random=False))
def test_one_taken_back_is_as_if_it_had_never_been_made(path, played, sample, actions, chosen, order):
    copyfile(played, path)
    with Store.open(path) as store:
        bench = Bench(store, sample)
        for kind, n, user in actions:
            if kind not in ("undo", "redo"):
                act(bench, kind, n, user)
        held = bench.held
        gone = held.decisions[chosen % len(held.decisions)]
        store.undo(gone.id, user=gone.user)
        never = [d for d in held.decisions if d != gone]
        order.shuffle(never)
        expected = view(held.reports, held.linkage, never, held.assessments)
        assert facts(bench.seen) == facts(expected)
        assert [s for s in bench.seen.standings if s.decision != gone] == list(expected.standings)
