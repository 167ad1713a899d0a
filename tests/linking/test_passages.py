"""What a copy keeps, adds and cuts, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Callable

from counterclaim.linking.copies import find_copies
from counterclaim.linking.passages import carried
from counterclaim.records import Report

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
