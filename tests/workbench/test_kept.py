"""What is kept from one answer to the next, and that what is kept is what would be made anew."""

from __future__ import annotations

from counterclaim import contest
from counterclaim.pipeline import Case
from counterclaim.workbench.lines import line_of
from counterclaim.workbench.opened import Opened
from counterclaim.workbench.queue import items_of


def grade(opened: Opened, id: str) -> None:
    laid = opened.incident(id)
    assert laid is not None
    opened.store.assess(id, scale="airwars", grade="weak", user="Ada", **laid.desk.graded(id))


def accept_in(opened: Opened, id: str) -> None:
    laid = opened.incident(id)
    assert laid is not None
    item = next(item for item in items_of(laid) if item.fact is not None and item.open_to())
    opened.store.decide("accept", user="Ada", **laid.desk.anchored(item.ref))  # type: ignore[arg-type]


def apart(opened: Opened) -> tuple[str, str]:
    """Two incidents that no report tells of both."""
    members = opened.members()
    first, *others = sorted(members, key=lambda id: (-len(members[id]), id))
    return first, next(id for id in others if members[id].isdisjoint(members[first]))


def test_a_graded_incident_is_read_again_only_when_something_is_decided_on_it(case: Case) -> None:
    opened = Opened(case, "case.db")
    graded, other = apart(opened)
    grade(opened, graded)
    before = opened.people()
    accept_in(opened, other)
    after = opened.people()
    assert after is not before
    assert after.groups[graded] is before.groups[graded]
    accept_in(opened, graded)
    assert opened.people().groups[graded] is not after.groups[graded]


def test_a_grading_is_seen_whether_it_was_kept_or_read_anew(case: Case) -> None:
    opened = Opened(case, "case.db")
    graded, other = apart(opened)
    grade(opened, graded)
    accept_in(opened, other)
    fresh = Opened(case, "case.db")
    for one in (opened, fresh):
        laid, beside = one.incident(graded), one.incident(other)
        assert laid is not None
        assert beside is not None
        assert [g.assessment.grade for g in laid.graded] == ["weak"]
        assert beside.graded == ()
    assert opened.people() == fresh.people()


def test_incidents_that_were_merged_are_seen_together(case: Case) -> None:
    opened = Opened(case, "case.db")
    first, second = apart(opened)
    grade(opened, first)
    grade(opened, second)
    groups = opened.people().groups
    assert groups[first] is not groups[second]
    laid, other = opened.lay([first])[0], opened.lay([second])[0]
    opened.store.decide("merge", user="Ada", **laid.over.beside(other.over).desk.anchored(first, (second,)))
    people = opened.people()
    assert people.groups[first] is people.groups[second]
    assert people.away == {second: first}


def test_a_line_made_from_the_outline_is_that_of_the_whole(case: Case) -> None:
    opened = Opened(case, "case.db")
    ids, received = opened.incident_ids(), opened.received()
    whole = [line_of(laid, received) for laid in opened.lay(ids)]
    assert [line_of(laid, received) for laid in opened.lay(ids, contest.outline)] == whole
    assert any(line.sides and line.toll for line in whole)


def test_a_line_tells_what_the_page_of_the_incident_tells(case: Case) -> None:
    opened = Opened(case, "case.db")
    for laid in opened.lay(opened.incident_ids()):
        line, view = line_of(laid, {}), laid.view
        assert (line.title, line.toll, line.voices, line.contradictions) == (view.title, view.headline, view.voices, view.clashes)
        assert line.accused == tuple(accused.name for accused in view.accused)
        assert line.sides == tuple(sorted(side.name for side in view.sides))
        assert (line.when, line.place, line.slight) == (view.when_short, view.place, view.slight)
