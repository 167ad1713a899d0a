"""Which mentions are one incident, which are not, and what the incident then says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from counterclaim.linking import incidents_by_report, link, originals
from counterclaim.linking.comparing import HEARD, Comparison
from counterclaim.linking.incidents import join_incidents
from counterclaim.linking.mentions import comparables
from counterclaim.records import NO_TIES, CopyLink, DateRange, Incident, IncidentRef, Linkage, Place, PlaceMention, Ties

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
        return join_incidents(made, (), {})[0]

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
    assert len(join((MILL, "2021-05-04", mention("2021-05-03", TARIN)), (MILL_TOO, "2021-03-20", mention(None, TARIN)))) == 2


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
    incidents, _ = join_incidents(reports, (), {})
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
    ((incident,), _) = join_incidents(reports, [CopyLink("r2", "r1", "copied", 1.0)], {})
    assert "one report is a copy of the other" in incident.reasons[0]


def test_ids_outlive_later_reports(read: Callable[..., Any], mention: Callable[..., Any]) -> None:
    first = read("r5", MILL, "2021-05-04", incidents=[mention("2021-05-03", TARIN)])
    earlier = read("r1", MILL_TOO, "2021-05-03", incidents=[mention("2021-05-03", TARIN)])
    ((before,), _) = join_incidents([first], (), {})
    ((alone,), _) = join_incidents([first, earlier], (), {})
    assert alone.id != before.id, "made from the first member, which is another one now"
    ((after,), _) = join_incidents([first, earlier], (), {}, known=[before])
    assert after.id == before.id
    assert len(after.members) == 2


def test_a_known_incident_that_falls_apart_leaves_its_id_to_the_larger_part(
    read: Callable[..., Any], mention: Callable[..., Any]
) -> None:
    mill = [read(f"r{n}", MILL, "2021-05-04", incidents=[mention("2021-05-03", TARIN)]) for n in (2, 3)]
    ferry = read("r1", FERRY, "2021-05-01", incidents=[mention("2021-05-01", LOUM)])
    ((lowest,), _) = join_incidents([ferry], (), {})
    members = tuple(IncidentRef(id, 0) for id in ("r1", "r2", "r3"))
    merged = Incident(id=lowest.id, title="", date=None, place=None, alleged=(), members=members)
    incidents, _ = join_incidents([*mill, ferry], (), {}, known=[merged])
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
    told = incidents_by_report(linkage)
    by_title = {i.id: i.title for i in linkage.incidents}
    assert [by_title[id] for id in told["r1"]] == ["Loum, 5 May 2021", "Tarin, 3 May 2021"]
    (event,) = told["r2"]
    assert event not in by_title, "a report that is about no harm has an event of its own and no incident"
    assert originals(Linkage(copies=(CopyLink("r2", "r1", "copied", 1.0),))) == {"r2": "r1"}


CHOIR = "The children's choir of Loum won the first prize at the Tarin festival with a song about the harbour lights"
CHOIR_TOO = "A song about harbour lights has won the children's choir of Loum the first prize of the festival in Tarin"


def test_reports_about_no_harm_share_what_they_tell_of(read: Callable[..., Any], mention: Callable[..., Any]) -> None:
    reports = [
        read("r1", CHOIR, "2021-05-06"),
        read("r2", CHOIR_TOO, "2021-05-07"),
        read("r3", MILL, "2021-05-04", incidents=[mention("2021-05-03", TARIN)]),
        read("r4", MILL_TOO, "2021-05-05"),
    ]
    linkage = link(reports)
    told = incidents_by_report(linkage)
    assert told["r1"] == told["r2"] != told["r3"]
    assert told["r4"] == told["r3"], "read without harm, but about the same"
    assert _groups(linkage.incidents) == {frozenset({"r3"})}, "members of an incident are mentions of harm"


def test_what_people_decided_goes_first(read: Callable[..., Any], mention: Callable[..., Any]) -> None:
    reports = [
        read("r1", MILL, "2021-05-04", incidents=[mention("2021-05-03", TARIN)]),
        read("r2", MILL_TOO, "2021-05-05", incidents=[mention("2021-05-03", TARIN)]),
        read("r3", FERRY, "2021-05-06", incidents=[mention("2021-05-05", LOUM), mention("2021-05-03", TARIN, main=False)]),
    ]
    mill, mill_too, ferry, passing = (IncidentRef(*ref) for ref in (("r1", 0), ("r2", 0), ("r3", 0), ("r3", 1)))
    refs = lambda ties: {frozenset(i.members) for i in join_incidents(reports, (), {}, ties=ties)[0]}  # noqa: E731
    assert frozenset({mill, mill_too, passing}) in refs(NO_TIES)
    apart = Ties(apart=((mill, mill_too),))
    assert not any({mill, mill_too} <= held for held in refs(apart))
    same = Ties(same=((mill, ferry), (ferry, passing)))
    assert frozenset({mill, mill_too, ferry, passing}) in refs(same)
    both = Ties(same=((mill, ferry),), apart=((ferry, mill), (IncidentRef("gone", 0), mill)))
    assert refs(both) == refs(NO_TIES), "what is apart stays apart, and what is no longer there is passed over"
    (incident,) = (i for i in join_incidents(reports, (), {}, ties=same)[0] if ferry in i.members)
    assert "somebody decided" in incident.reasons[incident.members.index(ferry) - 1]


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
    every, _ = join_incidents(reports, (), {})
    assert {frozenset(f"{c}{n}" for c in "ab") for n in range(12)} == _groups(every)
    monkeypatch.setattr("counterclaim.linking.candidates.EVERY_PAIR", 3)
    monkeypatch.setattr("counterclaim.linking.candidates.NEAREST", 2)
    assert _groups(join_incidents(reports, (), {})[0]) == _groups(every)


def test_a_mention_in_passing_does_not_keep_its_report_from_where_it_belongs(
    read: Callable[..., Any], mention: Callable[..., Any]
) -> None:
    fire = "Fire fighters were still at the flour mill of Tarin when the night shift's names were read to the owner's brother"
    twice = [mention("2021-05-03", TARIN), mention("2021-05-03", TARIN, main=False)]
    reports = [
        read("r1", MILL, "2021-05-04", incidents=[mention("2021-05-03", TARIN)]),
        read("r2", f"{MILL_TOO}. {fire}", "2021-05-04", incidents=twice),
        read("r3", f"{MILL}. {fire}", "2021-05-05", incidents=twice),
    ]
    incidents, _ = join_incidents(reports, (), {})
    mains = {IncidentRef(f"r{n}", 0) for n in (1, 2, 3)}
    assert any(mains <= set(i.members) for i in incidents)


STORM = ("Hailstorm flattens orchards around Loum", "Orchards around Loum flattened by hailstorm")


def test_headlines_are_one_by_the_day_and_by_what_is_rare(read: Callable[..., Any], mention: Callable[..., Any]) -> None:
    def one(first: tuple[str, str], second: tuple[str, str]) -> bool:
        told = incidents_by_report(link([read("r1", *first), read("r2", *second)]))
        return told["r1"] == told["r2"]

    assert one((STORM[0], "2021-05-03"), (STORM[1], "2021-05-04"))
    assert not one((STORM[0], "2021-05-03"), (STORM[1], "2021-07-04")), "months later it is another storm"
    assert not one((STORM[0], "2021-05-03"), ("Ferry to the islands sails again", "2021-05-03")), "a day alone tells nothing"
    assert not one(("On the same day", "2021-05-03"), ("Update", "2021-05-05")), "nor do words that say nothing"


def test_what_was_not_read_is_grouped_by_its_words_and_brings_nothing_together(
    read: Callable[..., Any], mention: Callable[..., Any]
) -> None:
    mill = read("r1", MILL, "2021-05-04", incidents=[mention("2021-05-03", TARIN)])
    ferry = read("r2", FERRY, "2021-05-06", incidents=[mention("2021-05-05", LOUM)])
    both = read("r3", f"{MILL}. {FERRY}", "2021-05-05")
    unread = replace(both, reading=replace(both.reading, error="not read: language xx"))
    alone, together = link([mill, ferry]), link([mill, ferry, unread])
    assert [i.members for i in together.incidents] == [i.members for i in alone.incidents]
    told = incidents_by_report(together)
    assert told["r3"] in (told["r1"], told["r2"]), "grouped, though no incident counts it"
    assert "r3" not in incidents_by_report(link([unread])), "of what nobody shares nothing is said"


def test_a_credit_at_the_end_of_a_headline_is_none_of_its_words(read: Callable[..., Any]) -> None:
    told = []
    for end in (" CR Source: Marne Radio website, Tarsk, in Norlandic 1030 GMT 3 Mar 26", " AU Ana Perez", ""):
        made = read("h", f"Six herders shot at a well near Birnin{end}", published="2026-03-03")
        named = [(made.reading.text.find(name), name) for name in ("Birnin", "Tarsk")]
        places = tuple(
            PlaceMention((at, at + len(name)), Place(name=name, country="Norland", precision="city"))
            for at, name in named
            if at >= 0
        )
        told += comparables(replace(made, reading=replace(made.reading, places=places)), {})
    assert [c.words for c in told] == [told[-1].words] * 3
    assert [c.marks for c in told] == [{"party": frozenset(), "country": {"Norland"}, "place": {"birnin"}}] * 3


def test_words_that_an_outlet_uses_every_day_are_its_habits(read: Callable[..., Any]) -> None:
    def shared(days: int) -> float:
        """How alike are a headline of an outlet heard on so many days and another outlet's in the same words."""
        habit = "ALERT: unidentified armed men strike in the district"
        reads = [read(f"o{n}", f"{habit}, Tarsk {n}", f"2021-05-{n:02}", outlet="Post") for n in range(1, days + 1)]
        reads.append(read("x", f"{habit}, Loum", "2021-05-01", outlet="Herald"))
        compared = Comparison([c for r in reads for c in comparables(r, {})], (), reads)
        return sum(
            level.amount * float(level.name.split()[1]) for level in compared.levels(0, days) if level.name[:6] == "words "
        )

    assert shared(days=HEARD - 1) > 0.6
    assert shared(days=HEARD) < 0.1
