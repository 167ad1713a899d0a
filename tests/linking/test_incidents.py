"""Which mentions are one incident, which are not, and what the incident then says."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from counterclaim.linking import copy_of, incidents_of, link
from counterclaim.linking.incidents import join_incidents
from counterclaim.records import CopyLink, DateRange, Incident, IncidentRef, Linkage

TARIN = ("Tarin", 36.1, 43.2)
LOUM = ("Loum", 38.9, 47.0)
MILL = "Rockets hit the flour mill of Tarin and killed workers of the night shift, the owner's brother said"
MILL_TOO = "The flour mill at Tarin burned after rockets struck it; the owner's brother misses workers from the night shift"
FERRY = "The ferry to Loum island went down in a storm with fishermen and their children aboard"


@pytest.fixture
def join(read: Callable[..., Any]) -> Callable[..., tuple[Incident, ...]]:
    """Joins reports given as (text, published, mention): ids r0, r1, ..."""

    def joined(*reports: tuple[str, str | None, Any]) -> tuple[Incident, ...]:
        made = [read(f"r{n}", text, published, incidents=[m]) for n, (text, published, m) in enumerate(reports)]
        return join_incidents(made, (), {})

    return joined


def _groups(incidents: tuple[Incident, ...]) -> set[frozenset[str]]:
    return {frozenset(ref.report for ref in i.members) for i in incidents}


def test_same_day_and_place_is_one_incident_with_reasons_in_words(join: Callable[..., Any], mention: Callable[..., Any]) -> None:
    (incident,) = join(
        (MILL, "2021-05-04", mention("2021-05-03", TARIN, alleged=("Norland",), killed=(11, 11))),
        (MILL_TOO, "2021-05-05", mention("2021-05-03", TARIN, alleged=("Norland", "rebels"), killed=(9, 14))),
    )
    assert incident.title == "Tarin, 3 May 2021"
    assert incident.alleged == ("Norland", "rebels")
    (reason,) = incident.reasons
    for words in ("same day, 3 May 2021", "both in Tarin", "accused Norland in both", "a toll of 11 in both"):
        assert words in reason


@pytest.mark.parametrize(
    ("day", "published"),
    [("XXXX-05-03", None), (None, None), (None, "2021-05-06"), ("2021-05-02", "2021-05-04")],
    ids=["no year", "no date", "no date but published soon after", "a day apart"],
)
def test_a_date_that_is_missing_or_vague_does_not_stop_it(
    join: Callable[..., Any], mention: Callable[..., Any], day: str | None, published: str | None
) -> None:
    (incident,) = join((MILL, "2021-05-04", mention("2021-05-03", TARIN)), (MILL_TOO, published, mention(day, TARIN)))
    assert len(incident.members) == 2


@pytest.mark.parametrize(
    ("text", "day", "place"),
    [(MILL_TOO, "2021-06-20", TARIN), (FERRY, "2021-05-03", LOUM), (FERRY, "2021-05-03", TARIN), (FERRY, None, None)],
    ids=["another month", "another place", "another matter in the same town that day", "nothing known"],
)
def test_two_incidents(
    join: Callable[..., Any], mention: Callable[..., Any], text: str, day: str | None, place: tuple[str, float, float] | None
) -> None:
    assert len(join((MILL, "2021-05-04", mention("2021-05-03", TARIN)), (text, "2021-07-01", mention(day, place)))) == 2


def test_what_was_published_before_tells_of_something_else(join: Callable[..., Any], mention: Callable[..., Any]) -> None:
    assert len(join((MILL, "2021-05-04", mention("2021-05-03", TARIN)), (MILL_TOO, "2021-04-20", mention(None, TARIN)))) == 2


def test_blaming_somebody_else_does_not_part_them(join: Callable[..., Any], mention: Callable[..., Any]) -> None:
    (incident,) = join(
        (MILL, "2021-05-04", mention("2021-05-03", TARIN, alleged=("Norland",))),
        (MILL_TOO, "2021-05-05", mention("2021-05-03", TARIN, alleged=("Sudland",))),
    )
    assert incident.alleged == ("Norland", "Sudland")


def test_two_mentions_of_one_report_are_two_incidents(read: Callable[..., Any], mention: Callable[..., Any]) -> None:
    both = [mention("2021-05-03", TARIN), mention("2021-05-03", TARIN, main=False)]
    alone = [mention("2021-05-03", TARIN)]
    reports = [read("r1", MILL, "2021-05-04", incidents=both), read("r2", MILL_TOO, "2021-05-04", incidents=alone)]
    incidents = join_incidents(reports, (), {})
    assert sorted(len(i.members) for i in incidents) == [1, 2]


def test_an_aggregate_joins_aggregates_only(join: Callable[..., Any], mention: Callable[..., Any]) -> None:
    month = {"end": "2021-05-31", "precision": 4, "aggregate": True}
    incidents = join(
        (MILL, "2021-06-01", mention("2021-05-03", TARIN)),
        (MILL_TOO, "2021-06-01", mention("2021-05-01", TARIN, **month)),
        (MILL_TOO, "2021-06-02", mention("2021-05-01", TARIN, **month)),
    )
    assert {(i.aggregate, len(i.members)) for i in incidents} == {(False, 1), (True, 2)}


def test_the_date_is_the_most_precise_that_was_said(join: Callable[..., Any], mention: Callable[..., Any]) -> None:
    (incident,) = join(
        (MILL, "2021-06-04", mention("2021-05-01", TARIN, end="2021-05-31", precision=4)),
        (MILL_TOO, "2021-06-04", mention("2021-05-03", TARIN)),
    )
    assert incident.date == DateRange("2021-05-03", "2021-05-03", 1)


def test_a_year_from_another_report_is_marked_inferred(join: Callable[..., Any], mention: Callable[..., Any]) -> None:
    (incident,) = join(
        (MILL, None, mention("XXXX-05-03", TARIN)), (MILL_TOO, None, mention("2021-05-01", TARIN, end="2021-05-31", precision=4))
    )
    assert incident.date == DateRange("2021-05-03", "2021-05-03", 1, "the year from another report of the incident")


def test_a_year_that_nobody_gives_stays_unknown(join: Callable[..., Any], mention: Callable[..., Any]) -> None:
    (incident,) = join((MILL, None, mention("XXXX-05-03", TARIN)))
    assert incident.title == "Tarin, 3 May, year unknown"
    (incident,) = join((MILL, "2021-05-04", mention()))
    assert (incident.title, incident.date, incident.place) == ("Told of in passing, place and date unknown", None, None)


def test_copies_are_one_incident_whatever_was_read(read: Callable[..., Any], mention: Callable[..., Any]) -> None:
    reports = [
        read("r1", MILL, "2021-05-04", incidents=[mention("2021-05-03", TARIN)]),
        read("r2", MILL, "2021-05-04", incidents=[mention("2021-05-03", LOUM)]),
    ]
    (incident,) = join_incidents(reports, [CopyLink("r2", "r1", "copied", 1.0)], {})
    assert "one report is a copy of the other" in incident.reasons[0]


def test_ids_outlive_later_reports(read: Callable[..., Any], mention: Callable[..., Any]) -> None:
    first = read("r5", MILL, "2021-05-04", incidents=[mention("2021-05-03", TARIN)])
    earlier = read("r1", MILL_TOO, "2021-05-03", incidents=[mention("2021-05-03", TARIN)])
    (before,) = join_incidents([first], (), {})
    (alone,) = join_incidents([first, earlier], (), {})
    assert alone.id != before.id, "made from the first member, which is another one now"
    (after,) = join_incidents([first, earlier], (), {}, known=[before])
    assert after.id == before.id
    assert len(after.members) == 2


def test_a_known_incident_that_falls_apart_leaves_its_id_to_the_larger_part(
    read: Callable[..., Any], mention: Callable[..., Any]
) -> None:
    mill = [read(f"r{n}", MILL, "2021-05-04", incidents=[mention("2021-05-03", TARIN)]) for n in (2, 3)]
    ferry = read("r1", FERRY, "2021-05-01", incidents=[mention("2021-05-01", LOUM)])
    (lowest,) = join_incidents([ferry], (), {})
    members = tuple(IncidentRef(id, 0) for id in ("r1", "r2", "r3"))
    merged = Incident(id=lowest.id, title="", date=None, place=None, alleged=(), members=members)
    incidents = join_incidents([*mill, ferry], (), {}, known=[merged])
    ids = {i.title: i.id for i in incidents}
    assert ids["Tarin, 3 May 2021"] == lowest.id
    assert len(set(ids.values())) == 2


def test_the_order_of_reports_and_of_the_known_plays_no_part(
    read: Callable[..., Any], said: Callable[..., Any], mention: Callable[..., Any]
) -> None:
    reports = [
        read("r1", MILL, "2021-05-04", incidents=[mention("2021-05-03", TARIN)], statements=[said(MILL, "Ivo Maran")]),
        read("r2", MILL_TOO, None, incidents=[mention("XXXX-05-03", TARIN)], statements=[said(MILL_TOO, "Ivo Maran")]),
        read("r3", FERRY, "2021-05-06", incidents=[mention("2021-05-05", LOUM)]),
        read("r4", MILL, "2021-05-09", incidents=[mention(None, TARIN)]),
    ]
    found = [link(order) for order in permutations(reports)]
    assert all(linkage == found[0] for linkage in found)
    assert _groups(found[0].incidents) == {frozenset({"r1", "r2", "r4"}), frozenset({"r3"})}
    again = [link(reports, known=known) for known in permutations(found[0].incidents)]
    assert all([i.id for i in linkage.incidents] == [i.id for i in found[0].incidents] for linkage in again)


def test_what_the_command_line_asks(read: Callable[..., Any], mention: Callable[..., Any]) -> None:
    linkage = link(
        [
            read("r1", FERRY, "2021-05-06", incidents=[mention("2021-05-05", LOUM), mention("2021-05-03", TARIN, main=False)]),
            read("r2", "A choir sang in the square.", "2021-05-06"),
        ]
    )
    assert len(incidents_of(linkage, "r1")) == 2
    by_title = {i.id: i.title for i in linkage.incidents}
    assert [by_title[id] for id in incidents_of(linkage, "r1")] == ["Loum, 5 May 2021", "Tarin, 3 May 2021"]
    assert incidents_of(linkage, "r2") == ()
    linkage = Linkage(copies=(CopyLink("r2", "r1", "copied", 1.0),))
    assert (copy_of(linkage, "r2"), copy_of(linkage, "r1")) == ("r1", None)


def test_two_reports_with_one_id_are_refused(read: Callable[..., Any]) -> None:
    with pytest.raises(ValueError, match="one id"):
        link([read("r1", MILL), read("r1", FERRY)])


def test_many_mentions_are_compared_by_what_they_share(
    read: Callable[..., Any], mention: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = []
    for n in range(12):
        words = f"The bridge number{n} over river{n} near village{n} was hit by mortar{n} fire and warden{n} was buried under it"
        for copy in ("a", "b"):
            day = f"2021-{n + 1:02}-05"
            reports.append(read(f"{copy}{n}", f"{words} in account {copy}", day, incidents=[mention(day, None)]))
    every = join_incidents(reports, (), {})
    assert {frozenset(f"{c}{n}" for c in "ab") for n in range(12)} == _groups(every)
    monkeypatch.setattr("counterclaim.linking.incidents.EVERY_PAIR", 3)
    monkeypatch.setattr("counterclaim.linking.incidents.CROWD", 0.2)
    assert _groups(join_incidents(reports, (), {})) == _groups(every)
