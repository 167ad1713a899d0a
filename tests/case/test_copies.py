"""Two copies of one case that people worked on apart become one: nothing lost, nothing doubled, whichever takes in which."""

from __future__ import annotations

import shutil

import pytest

from counterclaim.case import Desk, Store, agreement, view
from counterclaim.case.agreement import alpha, kappa
from counterclaim.records import FigureRef


@pytest.fixture
def apart(path, sample, tmp_path):
    """Two copies of one case: Ada worked in one, Ben in the other, and each got a report of their own."""
    with Store.open(path) as store:
        sample.play(store, sample.TEXTS[:3])
        decide(store, "Ada", "accept", 0)
    other = tmp_path / "b.case"
    shutil.copy(path, other)
    with Store.open(path) as store:
        store.add(*sample.make(sample.TEXTS[3], "mine.txt"))
        decide(store, "Ada", "correct", 1, role="high", value="40")
        store.undo(1, user="Ada", reason="not sure")
        grade(store, "Ada", "fair")
    with Store.open(other) as store:
        store.add(*sample.make("The army said 50 people were killed in Velmira.", "theirs.txt"))
        decide(store, "Ben", "correct", 1, role="high", value="41")
        store.decide("accept", "lead", user="Ben", value='"Cleo"')
        decide(store, "Cleo", "correct", 1, role="high", value="41", settles=(2,))
        grade(store, "Ben", "weak")
    return path, other


def seen(store):
    held = store.now()
    return view(held.reports, held.linkage, held.decisions, held.assessments)


def decide(store, user, kind, n, **more):
    held = store.now()
    refs = [FigureRef(r.report.id, f.id) for r in held.reports for f in r.reading.figures]
    return store.decide(kind, user=user, **Desk(seen(store), held.reports, held.linkage.incidents).anchored(refs[n]), **more)


def grade(store, user, grade):
    held = store.now()
    (incident,) = held.linkage.incidents
    given = Desk(seen(store), held.reports, held.linkage.incidents).graded(incident.id)
    store.assess(incident.id, scale="airwars", grade=grade, user=user, **given)


def people(store):
    view = seen(store)
    standings = [(s.decision.user, s.decision.kind, s.state, s.outcome) for s in view.standings]
    return standings, [(g.assessment.user, g.assessment.grade, g.incident) for g in view.graded], view.reports


def test_either_takes_in_the_other_and_both_show_the_same(apart):
    path, other = apart
    shown = []
    for one, two in ((path, other), (other, path)):
        copy = one.with_name(f"{one.stem}-whole.case")
        shutil.copy(one, copy)
        with Store.open(copy) as store, Store.open(two) as theirs:
            taken = store.take_in(theirs)
            assert (taken.reports, taken.assessments, taken.redactions) == (1, 1, 0)
            assert taken.decisions == (3 if one == path else 2)
            assert len(store.reports()) == 5
            assert len(store.decisions()) == 6
            assert store.verify() == ()
            shown.append(people(store))
            before = store.log()
            assert store.take_in(theirs).decisions == 0
            assert store.log() == before
    assert shown[0] == shown[1]
    states = {(user, kind): state for user, kind, state, _ in shown[0][0]}
    assert states["Ada", "accept"] == "undone"
    assert states["Ben", "correct"] == "settled"
    assert states["Ada", "correct"] == states["Cleo", "correct"] == "disputed"


def test_what_one_copy_redacts_goes_from_the_other(apart, sample):
    path, other = apart
    capture, report = sample.make(sample.TEXTS[0])
    with Store.open(path) as store:
        store.redact(capture.sha256, user="Ada", reason="the source asked")
        mine, _ = sample.make(sample.TEXTS[3])
        store.redact(mine.sha256, user="Ada", reason="this too")
    with Store.open(other) as store, Store.open(path) as theirs:
        assert store.take_in(theirs).redactions == 2
        assert store.capture(capture.sha256).data == b""
        assert "Velmira" not in store.report(report.id).text
        assert store.verify() == ()
        assert len(store.redactions()) == 2
    assert sample.TEXTS[0].encode()[:40] not in other.read_bytes()
    with Store.open(path) as store, Store.open(other) as theirs:
        store.take_in(theirs)
        assert store.capture(capture.sha256).data == b""
        assert store.verify() == ()


def test_double_coding_is_measured_field_by_field(store, sample):
    sample.play(store)
    for user, values in (("Ada", (10, 20, 30)), ("Ben", (10, 21, 30))):
        for n, value in enumerate(values):
            decide(store, user, "correct", n, role="high", value=str(value))
    found = {each.field: each for each in agreement(seen(store))}
    assert found["figure high"].facts == 3
    assert found["figure high"].people == ("Ada", "Ben")
    assert found["figure high"].share == pytest.approx(2 / 3)
    assert found["figure"].share == 1
    assert found["figure"].kappa is None
    decide(store, "Ben", "reject", 2)
    found = {each.field: each for each in agreement(seen(store))}
    assert found["figure"].share == pytest.approx(2 / 3)
    assert found["figure high"].facts == 2


def test_kappa_is_cohens():
    """A table of our own, worked by hand from the definition."""
    table = {("a", "a"): 20, ("a", "b"): 5, ("b", "a"): 10, ("b", "b"): 15}
    units = [{"Ada": one, "Ben": other} for (one, other), n in table.items() for _ in range(n)]
    # observed 35/50; by chance 25/50 * 30/50 + 25/50 * 20/50 = .5
    assert kappa(units) == pytest.approx((0.7 - 0.5) / 0.5)
    assert kappa([{"Ada": "a", "Ben": "a"}]) is None
    assert kappa([{"Ada": "a", "Ben": "b", "Cleo": "a"}]) is None


def test_alpha_is_krippendorffs():
    """The worked example of Krippendorff 2011, section C: four observers, twelve units, nominal, alpha .743."""
    observers = (
        (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
        (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
        (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
        (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
    )
    units = [{str(who): str(codes[n]) for who, codes in enumerate(observers) if codes[n] is not None} for n in range(12)]
    assert alpha(units) == pytest.approx(0.743, abs=5e-4)
    assert alpha([{"Ada": "a", "Ben": "a"}]) is None
