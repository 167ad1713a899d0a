"""What a copy keeps, adds and cuts, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Callable

from counterclaim.linking.copies import find_copies
from counterclaim.linking.passages import carried, find_passages
from counterclaim.records import CopyLink, Report

FIRE = (
    "The mill on the east bank burned for six hours after two rockets came down in its yard, the fire brigade said, and crews "
    "from three villages carried water by hand because the pumping station had lost its power the evening before."
)
ROAD = (
    "Nobody from the garrison has said who fired, and the road to the mill stays closed to reporters until the sappers are done "
    "with the ditch on both its sides."
)
OWN = (
    "Our correspondent saw eleven carts of flour on the quay this morning, where the harbour master was weighing out what could "
    "be saved for the bakers of the lower town."
)


def test_paragraphs_kept_added_and_cut() -> None:
    original, copy = f"{FIRE}\n\n{ROAD}\n", f"{OWN}\n{FIRE.replace('six hours', 'most of the night')}"
    found = carried(copy, original)
    kept, added, cut = (
        [text[s:e] for s, e in spans] for text, spans in ((copy, found.kept), (copy, found.added), (original, found.cut))
    )
    assert [p[:20] for p in kept] == [FIRE[:20]]
    assert added == [OWN]
    assert cut == [ROAD]


def test_a_copy_says_what_it_kept_and_cut(report: Callable[..., Report]) -> None:
    reports = [report("a", f"{FIRE}\n{ROAD}", "2021-05-03"), report("b", f"{FIRE}\n{OWN}", "2021-05-04")]
    (link,) = find_copies([reports[0], report("b", FIRE + "\n" + "Read more below.", "2021-05-04")])
    assert "1 of its 1 paragraphs carried, 1 of the original's cut" in link.reasons
    (link,) = find_copies(reports)
    assert "1 of its 2 paragraphs carried, 1 of the original's cut" in link.reasons


BRIDGE = (
    "The bridge below the weir was closed to carts for the rest of the week, and the ferryman has doubled his price for a "
    "crossing, the women at the wash place complained to our reporter on Monday."
)
SCHOOL = (
    "At the upper school the lessons went on in the cellar, where the master had hung lamps from the pipes and put the little "
    "ones nearest to the stove, away from the draught of the stairs."
)


def pair(report: Callable[..., Report]) -> list[Report]:
    return [
        report("a", f"{FIRE}\n\n{ROAD}\n{OWN}", "2021-05-03", outlet="Valley Herald"),
        report("b", f"{BRIDGE}\n{FIRE.replace('six hours', 'half a day')}\n{SCHOOL}", "2021-05-04", outlet="Coast Times"),
    ]


def test_one_paragraph_carried_into_a_report_of_its_own(report: Callable[..., Report]) -> None:
    first, second = pair(report)
    assert find_copies([first, second]) == ()
    (link,) = find_passages([second, first], ())
    assert (link.copy, link.original) == ("b", "a")
    assert second.text[slice(*link.span)] == FIRE.replace("six hours", "half a day")
    assert first.text[slice(*link.source)] == FIRE
    assert 0.7 <= link.share < 1
    assert link.reasons[1] == "published 2021-05-04, after 2021-05-03"


def test_without_dates_the_credit_tells_whose_paragraph_it_is(report: Callable[..., Report]) -> None:
    own = report("z", f"{FIRE}\n{ROAD}\n{OWN}", outlet="Northern Wire")
    carrier = report("b", f"{BRIDGE}\n{FIRE}\n{SCHOOL}", outlet="Coast Times", agency="Northern Wire")
    (link,) = find_passages([carrier, own], ())
    assert (link.copy, link.original, link.reasons[1]) == ("b", "z", "the original is Northern Wire's own")


def test_all_carriers_point_to_the_first(report: Callable[..., Report]) -> None:
    third = report("c", f"{SCHOOL}\n{FIRE}\nNothing else is known.", "2021-05-06", outlet="Hill Post")
    links = find_passages([third, *pair(report)], ())
    assert {(link.copy, link.original) for link in links} == {("b", "a"), ("c", "a"), ("c", "b")}
    assert [link.original for link in links if third.text[slice(*link.span)] == SCHOOL] == ["b"]


def test_what_is_no_passage(report: Callable[..., Report]) -> None:
    first, second = pair(report)
    same = report("b", second.text, "2021-05-04", outlet="Valley Herald")
    late = report("b", second.text, "2021-07-04", outlet="Coast Times")
    heard = [
        report(
            r.id, r.text.replace(" The", " the").replace("The mill", "“The mill").replace("before.", "before.”"), outlet=r.outlet
        )
        for r in (first, second)
    ]
    whole = (CopyLink("b", "a", "edited", 0.6),)
    assert find_passages([first, second], whole) == ()
    assert find_passages([first, same], ()) == ()
    assert find_passages([first, late], ()) == ()
    assert find_passages(heard, ()) == ()


def test_a_paragraph_that_says_more_is_its_writers(report: Callable[..., Report]) -> None:
    first = report("a", f"{FIRE}\n{ROAD}", "2021-05-03", outlet="Valley Herald")
    longer = report("b", f"{FIRE} {BRIDGE} {SCHOOL} {OWN}", "2021-05-04", outlet="Coast Times")
    assert find_passages([first, longer], ()) == ()
    (link,) = find_passages([report("a", first.text, "2021-05-05", outlet="Valley Herald"), longer], ())
    assert (link.copy, link.original) == ("a", "b")


def test_notices_that_stand_in_many_texts_are_no_passages(report: Callable[..., Report]) -> None:
    numbers = [f"number {n} of the street with the {n} lamps" for n in range(30)]
    reports = [report(f"r{n}", f"{where} is open\n{FIRE}", outlet=f"Paper {n}") for n, where in enumerate(numbers)]
    assert find_passages(reports, ()) == ()
    assert len(find_passages(reports[:4], ())) == 3
