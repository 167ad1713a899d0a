"""The methodology sheet says what the case holds, and never that anything is true."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from lxml import html

from counterclaim.dossier import methodology
from counterclaim.dossier.words import NOT_VERIFIED
from counterclaim.exchange import AUDIENCES, Earlier, Export
from counterclaim.records import Assessment, Decision, FigureRef, Graded, Span, Standing, View

from .conftest import Made

MADE = "2031-06-01T00:00:00+00:00"


def export(made: Made, **more: Any) -> Export:
    view = View(reports=made.reports, linkage=made.linkage, **{k: more.pop(k) for k in ("standings", "graded") if k in more})
    known = {"title": "Port Selm", "made": MADE, "made_with": "counterclaim 9", "rules": {"voices": "Echoes do not count."}}
    return Export(view=view, contests=made.contests, **{**known, **more})


def rows(page: str) -> dict[str, list[str]]:
    """The cells of every row by its first."""
    found = {}
    for row in html.document_fromstring(page).iter("tr"):
        first, *rest = (cell.text_content() for cell in row)
        found[first] = rest
    return found


def test_sources_languages_and_what_was_set_aside(made: Made) -> None:
    told = rows(methodology(export(made)))
    assert told["Coast Radio"] == ["1", "on 6 May 2031"]
    assert told["Harbour Post"] == ["1", "on unknown dates"]
    assert (told["ar"], told["en"]) == (["no", "1"], ["yes", "4"])
    assert told["not read: language ar"] == ["1"]
    assert told["Port Selm, 6 May 2031"] == ["4", "3", "6 to 8", "3"]
    page = methodology(export(made))
    assert "5 reports from 5 outlets, published from 6 May 2031 to 8 May 2031" in page
    assert "1 report of them derived from another (1 copied)" in page
    assert "Echoes do not count." in page


def test_before_anybody_checked_nothing_is_known_of_errors(made: Made) -> None:
    page = methodology(export(made))
    assert "Nobody has checked any of the" in page
    assert "Nobody has graded an incident" in page
    body = html.document_fromstring(page).body.text_content()
    assert "%" not in body
    assert body.count(NOT_VERIFIED) == 2


def decided(made: Made, id: int, kind: str, n: int, **more: Any) -> Standing:
    read = made.reports[0]
    figure = read.reading.figures[n]
    anchor = Span.of(read.report.id, read.report.text, *figure.span)
    decision = Decision(
        id=id, kind=kind, fact="figure", capture="c", anchor=anchor, reason="", user="Ann",
        made=datetime(2031, 5, id, tzinfo=UTC), seen='{"high":30,"side":"Port Selm"}', **{"role": None, "value": None, **more},
    )  # type: ignore[arg-type]  # fmt: skip
    return Standing(decision=decision, state="in force", outcome="same", on=(FigureRef(read.report.id, figure.id),))


def test_rates_of_what_people_checked_by_value_and_by_side(made: Made) -> None:
    standings = (decided(made, 1, "accept", 0), decided(made, 2, "correct", 1, role="high", value="31"))
    page = methodology(export(made, standings=standings))
    told = rows(page)
    facts = sum(len(read.reading.figures) for read in made.reports)
    assert told["figures"] == [str(facts), "1", "1", "0", "50%", "9% to 91%", "0", "0", "0"]
    assert told["figures: high"] == ["2", "1", "50%", "9% to 91%"]
    assert told["figures: low"] == ["2", "0", "0%", "0% to 66%"]
    assert told["figures: Port Selm"] == ["2", "1", "50%", "9% to 91%"]
    assert "So few checked facts (2) say little" in page


def test_gradings_and_exports_without_names_for_the_public(made: Made) -> None:
    assessment = Assessment(
        id=1, incident="m", scale="airwars", grade="fair", low=1, high=2, best=None, note="mine", user="Ann Lyst",
        made=datetime(2031, 5, 9, tzinfo=UTC),
    )  # fmt: skip
    earlier = (Earlier("2031-05-20T10:00:00+00:00", "Ben Okul", "ged", "partner", 12, "ab" * 32),)
    given = export(made, graded=(Graded(assessment, "m", "same"),), earlier=earlier, audience=AUDIENCES["public"])
    page = methodology(given)
    told = rows(page)
    assert told["airwars"] == ["fair", "1"]
    assert told["2031-05-20"] == ["ged", "partner", "12", "abababababababab"]
    assert "confirmed, fair, weak, contested, discounted" in page
    assert not [name for name in ("Ann", "Lyst", "Ben", "mine") if name in page]


def test_nothing_from_outside_can_run_in_it(hostile: Made) -> None:
    page = methodology(export(hostile, title="<script>alert(1)</script>"))
    tree = html.document_fromstring(page)
    assert not list(tree.iter("script", "img", "a"))
    assert "Content-Security-Policy" in page
