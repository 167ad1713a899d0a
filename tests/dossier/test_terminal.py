"""The terminal: the same facts, no line too long, no steering characters, no colour where there is none."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from rich.console import Console

from counterclaim.dossier import print_dossier
from counterclaim.dossier.words import NOT_VERIFIED

if TYPE_CHECKING:
    from .conftest import Made


def printed(made: Made, width: int = 80, **console: object) -> str:
    out = StringIO()
    print_dossier(made.contests, made.reports, made.linkage, Console(file=out, width=width, **console), left_out=made.left_out)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("width", [80, 140])
def test_no_line_is_longer_than_the_terminal(made: Made, hostile: Made, width: int) -> None:
    for case in (made, hostile):
        assert max(cell_len(line) for line in printed(case, width).splitlines()) <= width


def test_it_tells_what_the_page_tells(made: Made) -> None:
    words = " ".join(printed(made, 140).split())
    for line in (
        NOT_VERIFIED,
        "25–44 killed, all said, in words “Dozens” · 6–8 voices in 4 reports · 1 contradiction",
        "inferred: Tuesday before publication",
        "Other totals, never added",
        "Not heard Western Fleet",
        "○ doctors, unnamed counts 1 to 3",
        "not read: language ar",
        "left out notes/empty.txt",
        "Copies count once;",
        "R1 R3 R4=",
        "A. Brenn is shown as Ada Brenn",
    ):
        assert line in words, line


def test_the_strip_shows_open_ends_and_intervals(made: Made) -> None:
    rows = {line.split("  ")[0]: line for line in printed(made).splitlines()}
    assert "○──▸" in rows["at least 30"]
    assert "◂──○" in rows["up to 25"]
    assert "●●" in rows["41–44"]
    assert "░░" in rows["“Dozens”"]


def test_a_report_cannot_steer_the_terminal(hostile: Made) -> None:
    plain = printed(hostile)
    assert not {"\x1b", "\u202e"} & set(plain)
    assert "[red]" in plain


def test_colour_only_where_there_is_some(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in printed(made)
    assert "\x1b[" in printed(made, force_terminal=True, color_system="256")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "38;5;" not in printed(made, force_terminal=True, color_system="256")


def test_the_same_facts_print_the_same_in_any_order(made: Made, shuffled: Made) -> None:
    assert printed(made) == printed(shuffled)


def test_a_title_too_long_for_its_frame_stands_whole_within_it(made: Made) -> None:
    first = made.contests[0]
    title = "Told of in “A headline that runs on and on about a strike nobody can place”, place and date unknown"
    contests = (replace(first, incident=replace(first.incident, title=title)), *made.contests[1:])
    said = printed(replace(made, contests=contests))
    assert title in " ".join(said.replace("┃", " ").split())
    assert max(map(cell_len, said.splitlines())) <= 80


def test_of_very_many_incidents_most_are_told_in_a_line(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = " ".join(printed(made, 140).split())
    monkeypatch.setattr("counterclaim.dossier.terminal.IN_FULL", 1)
    short = printed(made, 140)
    brief = len(made.contests) - 1
    assert f"{brief} more incident" in short
    assert "in a line each" not in whole
    assert short.count("Voices, not echoes") == 1 < whole.count("Voices, not echoes")
    for contest in made.contests:
        assert contest.incident.title in " ".join(short.split())
