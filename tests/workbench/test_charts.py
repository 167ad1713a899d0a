"""The map and the time line: dots that stand apart, and an area that one misplaced incident does not make the world."""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random

from counterclaim.workbench.charts import A_PIXEL, map_of, time_line
from counterclaim.workbench.lines import Line
from counterclaim.workbench.world import HEIGHT, WIDTH, WORLD, Area

PLAIN = Line(
    id="i", title="t", aggregate=False, slight=False, when="", inferred=None, start=None, end=None, place="p", country=None,
    lat=None, lon=None, accused=(), sides=(), toll=("1", "killed"), voices="1", one_voice=True, contradictions=0, asked=(),
    disputed=(), reports=(), newest="", open=0, doubt=1.0, grade="",
)  # fmt: skip


def at(*places: tuple[float, float]) -> list[Line]:
    return [replace(PLAIN, id=f"i{n}", lat=lat, lon=lon) for n, (lat, lon) in enumerate(places)]


def test_no_two_dots_touch_and_none_is_lost() -> None:
    chance = Random(5)
    lines = at(*((chance.gauss(35, 2), chance.gauss(40, 3)) for _ in range(400)))
    drawn = map_of(lines, Area(25, 25, 55, 45))
    assert sum(len(dot.lines) for dot in drawn.dots) + drawn.outside == 400
    assert len(drawn.dots) > 5
    for n, one in enumerate(drawn.dots):
        for other in drawn.dots[n + 1 :]:
            apart = math.hypot((one.x - other.x) * WIDTH / 100, (one.y - other.y) * HEIGHT / 100)
            assert apart > (one.radius + other.radius) * A_PIXEL - 0.5


def test_one_misplaced_incident_does_not_make_it_the_world() -> None:
    near = [(36 + n / 10, 43 + n / 10) for n in range(9)]
    drawn = map_of(at(*near, (39.0, -105.0)))
    assert drawn.area.west > 30
    assert (drawn.placed, drawn.outside) == (10, 1)
    assert drawn.all.west < -105
    # Where many lie far apart, all of them are shown.
    assert map_of(at(*near, *((39.0 + n, -105.0) for n in range(5)))).outside == 0
    assert map_of(at()).area == WORLD


def test_a_country_is_named_within_itself_and_clear_of_the_dots() -> None:
    kabul = map_of(at((34.53, 69.17)))
    named = {name.text: name for name in kabul.names}
    assert "Afghanistan" in named
    # India's square reaches as far west as Kabul; its land begins at 73° east, in the right third of this map.
    east = kabul.area.west + 0.5 * (kabul.area.east - kabul.area.west)
    assert east < 73
    assert named["India"].x > 0.65 * WIDTH
    assert len(named) == len(kabul.names)
    (dot,) = kabul.dots
    for name in kabul.names:
        apart = abs(dot.y * HEIGHT / 100 - name.y), abs(dot.x * WIDTH / 100 - name.x)
        assert apart[0] > name.height / 2 or apart[1] > name.width / 2


def test_the_same_lines_make_the_same_map() -> None:
    chance = Random(6)
    lines = at(*((chance.uniform(30, 37), chance.uniform(35, 48)) for _ in range(60)))
    assert {(d.x, d.y) for d in map_of(lines).dots} == {(d.x, d.y) for d in map_of(lines[::-1]).dots}


def test_bars_are_days_months_or_years_and_leave_no_gap() -> None:
    dated = [replace(PLAIN, start=day) for day in ("2017-03-17", "2017-03-19", "2017-03-19", "XXXX-03-17")]
    days = time_line(dated)
    assert [(bar.label, bar.count) for bar in days.bars] == [("2017-03-17", 1), ("2017-03-18", 0), ("2017-03-19", 2)]
    assert (days.unit, days.undated, days.labelled) == ("day", 1, True)
    years = time_line([*dated, replace(PLAIN, start="2004-01-02")])
    assert (years.unit, len(years.bars)) == ("year", 14)
    assert not years.labelled
