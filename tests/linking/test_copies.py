"""Who carries whose text: copies, edited copies, direction; and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest

from counterclaim.linking.copies import find_copies
from counterclaim.records import Report

WIRE = (
    "The mill on the east bank burned for six hours after two rockets came down in its yard, the fire brigade of the district "
    "said. Crews from three villages carried water by hand because the pumping station had lost its power the evening before. "
    "Nobody from the garrison has said who fired, and the road to the mill stays closed to reporters until the sappers are done. "
    "The owner's brother counted eleven men on the night shift and has found nine of them in the clinic at the crossroads."
)
OTHER = (
    "Two rockets struck a flour mill east of the river and set it alight. A brother of the owner says two of the eleven workers "
    "are missing. The garrison is silent, firemen worked until dawn, and journalists are kept away while mines are cleared."
)
QUOTED = (
    "“We shall find out who gave the order to fire on the mill, and we shall bring him before a court in the capital, whatever "
    "rank he holds and whoever pays for his lawyers, because the dead have brothers, and the brothers of the dead have long "
    "memories and much patience, and I have promised all of them in this very yard that not one name will be left out,”"
)
FURNITURE = (
    " You have read all the free articles of this month. Sign in with the address you gave us or buy a subscription to go on "
    "reading, and do not miss the morning letter, which comes with the weather, the ferry times and the best of our sports pages."
)


TEXTS = (
    WIRE,
    OTHER,
    "Divers have ended their search for the ferry that went down off the northern pier with thirty people on board. The harbour "
    "master says a mine broke loose in the storm; the fishermen's union says a patrol boat rammed her in the dark and left. The "
    "mate was picked up alive on the shingle after nine hours and has been forbidden to speak by the officer at his bedside.",
)


def test_a_copy_points_to_what_was_published_first(report: Callable[..., Report]) -> None:
    reports = [report("b", WIRE, "2021-05-03"), report("a", WIRE, "2021-05-04"), report("c", OTHER, "2021-05-03")]
    (link,) = find_copies(reports)
    assert (link.copy, link.original, link.kind, link.share) == ("a", "b", "copied", 1.0)
    assert "published 2021-05-04, after 2021-05-03" in link.reasons


def test_without_dates_the_agency_credit_tells(report: Callable[..., Report]) -> None:
    carried = report("a", WIRE, outlet="Valley Herald")
    credited = report("b", WIRE, outlet="Coast Times", agency="Northern Wire")
    own = report("c", WIRE, outlet="Northern Wire")
    assert {(link.copy, link.original) for link in find_copies([carried, credited, own])} == {("a", "c"), ("b", "c")}
    assert [(link.copy, link.original) for link in find_copies([carried, credited])] == [("a", "b")]


def test_of_two_that_credit_the_agency_one_keeps_its_dateline(report: Callable[..., Report]) -> None:
    kept = report("b", WIRE, agency="Northern Wire", dateline="TARIN")
    (link,) = find_copies([report("a", WIRE, "2021-05-03", agency="Northern Wire"), kept])
    assert (link.original, link.reasons[-1]) == ("b", "the original keeps its dateline, TARIN, the copy does not")


def test_an_unknown_date_is_not_taken_for_a_late_one(report: Callable[..., Report]) -> None:
    credited = report("b", WIRE, outlet="Coast Times", agency="Northern Wire")
    carried = report("a", WIRE, "2021-05-03", outlet="Valley Herald")
    assert [(link.copy, link.original) for link in find_copies([carried, credited])] == [("a", "b")]


def test_a_cut_text_with_a_new_beginning_is_edited(report: Callable[..., Report]) -> None:
    cut = "Our correspondent in the capital has more on this. " + WIRE[: WIRE.index(" The owner's")]
    (link,) = find_copies([report("a", WIRE, "2021-05-03"), report("b", cut, "2021-05-03")])
    assert (link.copy, link.original, link.kind) == ("b", "a", "edited")
    assert 0.7 < link.share < 0.95


def test_a_copy_of_a_copy_points_to_the_original(report: Callable[..., Report]) -> None:
    edited = WIRE.replace("six hours", "most of the night").replace("by hand", "in buckets and milk churns")
    twice = edited.replace("stays closed to reporters", "is still barred to the press").replace("the night shift", "shift")
    reports = [report("a", WIRE, "2021-05-03"), report("b", edited, "2021-05-04"), report("c", twice, "2021-05-05")]
    found = [find_copies(order) for order in permutations(reports)]
    assert {(link.copy, link.original) for link in found[0]} == {("b", "a"), ("c", "a")}
    assert all(links == found[0] for links in found)


def test_a_round_up_of_two_wires_does_not_make_them_copies(report: Callable[..., Report]) -> None:
    reports = [report("a", WIRE, "2021-05-03"), report("b", TEXTS[2], "2021-05-03"), report("c", WIRE + TEXTS[2], "2021-05-04")]
    (link,) = find_copies(reports)
    assert (link.copy, link.original, link.kind) == ("c", "a", "edited")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (WIRE, OTHER),
        (f"The governor spoke in the yard. {QUOTED} he said.", f"At the mill, mourners heard a promise. {QUOTED} it went."),
        ("Two rockets hit the mill on the east bank on Monday, the fire brigade of the district said.",) * 2,
    ],
    ids=["same event", "same quotation", "too short to tell"],
)
def test_no_copy(report: Callable[..., Report], one: str, other: str) -> None:
    assert find_copies([report("a", one), report("b", other)]) == ()


def test_page_furniture_makes_no_copy(report: Callable[..., Report]) -> None:
    alerts = [report("a", "Rockets fell on a mill." + FURNITURE), report("b", "The ferry sank at noon." + FURNITURE)]
    assert len(find_copies(alerts)) == 1, "two pages alone do not tell what is furniture"
    assert find_copies([*alerts, *(report(f"c{n}", text + FURNITURE) for n, text in enumerate(TEXTS))]) == ()


def test_one_text_under_many_headlines_is_no_report(report: Callable[..., Report]) -> None:
    headlines = ["Ferry sinks in harbour", "School burned down", "Mill hit twice", "Dam mined by brigade", "Bridge falls at dawn"]
    page = "Thank you for registering. " + WIRE.replace("mill", "form").replace("bank", "page")
    assert find_copies([report(f"r{n}", page, title=title) for n, title in enumerate(headlines)]) == ()
    assert len(find_copies([report(f"r{n}", page, title="Thank you for registering") for n in range(5)])) == 4
