"""When and where two mentions are taken to agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from counterclaim.linking.likeness import Likeness, levels, weighed
from counterclaim.linking.mentions import Comparable, comparables, days
from counterclaim.linking.weights import weights
from counterclaim.records import DateMention, DateRange, IncidentMention, Place


@pytest.fixture
def compare(read: Callable[..., Any], mention: Callable[..., Any]) -> Callable[..., Likeness]:
    """Compares two mentions given as (day, published), or as places, with nothing else known of them."""

    def compared(one: tuple[str | None, str | None] | Place, other: tuple[str | None, str | None] | Place) -> Likeness:
        made: list[Comparable] = []
        for id, given in (("r1", one), ("r2", other)):
            day, published = (None, None) if isinstance(given, Place) else given
            found = mention(day)
            if isinstance(given, Place):
                found = type(found)(main=True, place=given)
            made += comparables(read(id, "text", published, incidents=[found]), {})
        met = levels(*made, words=0.2, titles=None, names=0.0, known=0.0, copied=False)
        return weighed(met, weights(brief=False), size=0.0)

    return compared


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2021-05-03", date(2021, 5, 3), date(2021, 5, 3)),
        ("2021-02", date(2021, 2, 1), date(2021, 2, 28)),
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("XXXX-02-29", date(2000, 2, 29), date(2000, 2, 29)),
        ("XXXX-05-XX", date(2000, 5, 1), date(2000, 5, 31)),
    ],
)
def test_days_of_a_date(value: str, first: date, last: date) -> None:
    found = days(value, value)
    assert found is not None
    assert (found.first, found.last, found.yearless) == (first.toordinal(), last.toordinal(), value.startswith("XXXX"))


@pytest.mark.parametrize("value", ["XXXX", "2021-13-01", "2021-02-30", "", "soon"])
def test_what_names_no_day_has_none(value: str) -> None:
    assert days(value, value) is None


def test_a_day_without_its_year_is_compared_by_the_calendar(compare: Callable[..., Likeness]) -> None:
    same = compare(("XXXX-12-31", None), ("2021-12-31", None))
    assert same.reasons[0] == "same day, 31 December"
    dated = compare(("2021-12-31", None), ("2022-01-01", None))
    assert compare(("XXXX-12-31", None), ("2022-01-01", None)).points == dated.points
    assert compare(("XXXX-06-30", None), ("2022-01-01", None)).contradicted


def test_a_publication_without_its_year_speaks_for_and_never_against(compare: Callable[..., Likeness]) -> None:
    near, far = compare((None, "XXXX-04-02"), (None, "2017-04-03")), compare((None, "XXXX-04-02"), (None, "2017-09-03"))
    unknown = compare((None, None), (None, "2017-04-03"))
    assert near.points > far.points == unknown.points


def test_nearer_dates_never_look_less_alike(compare: Callable[..., Likeness]) -> None:
    later = ["2021-05-03", "2021-05-04", "2021-05-06", "2021-05-09", "2021-05-25", "2021-08-03", "2023-05-03"]
    points = [compare(("2021-05-03", None), (day, None)).points for day in later]
    assert points == sorted(points, reverse=True)


DEIR = Place(name="Deir ez-Zor", lat=35.34, lon=40.14, precision="city")
DAYR = Place(name="Dayr Az Zawr", lat=35.3, lon=40.1, precision="near")
TARIN = Place(name="Tarin", lat=36.1, lon=43.2, country="SU", precision="city")
LOUM = Place(name="Loum", lat=38.9, lon=47.0, precision="city")


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (DEIR, DAYR, True),
        (Place(name="al-Jadida"), Place(name="Jadidah"), True),
        (TARIN, LOUM, False),
        (Place(name="Norland", country="NO", precision="country"), TARIN, False),
        (Place(name="Aden", country="YE"), Place(name="Aden", country="DE"), False),
    ],
    ids=["near each other", "two spellings", "far apart", "another country", "namesake"],
)
def test_places(compare: Callable[..., Likeness], one: Place, other: Place, agree: bool) -> None:
    found = compare(one, other)
    assert found.contradicted is not agree
    assert bool(found.reasons and one.name in found.reasons[0]) is agree


def test_a_weekday_speaks_for_or_against_a_date_that_another_report_gives(read: Callable[..., Any]) -> None:
    text = "Jets struck the depot late on Wednesday"
    weekday = DateMention((text.index("Wed"), len(text)), "XXXX-WXX-3", "date", None, None)
    made = read("r1", text, incidents=[IncidentMention(main=True, evidence=((5, 11), weekday.span))])
    made = replace(made, reading=replace(made.reading, dates=(weekday,)))
    (undated,) = comparables(made, {})

    def against(day: str) -> Likeness:
        dated = read("r2", "text", incidents=[IncidentMention(main=True, date=DateRange(day, day, 1))])
        met = levels(undated, *comparables(dated, {}), words=0.2, titles=None, names=0.0, known=0.0, copied=False)
        return weighed(met, weights(brief=False), size=0.0)

    wednesday, saturday, yearless = map(against, ("2018-02-07", "2016-09-17", "XXXX-02-07"))
    assert wednesday.reasons == ("both on a Wednesday",)
    assert wednesday.points > yearless.points > saturday.points
    assert [found.contradicted for found in (wednesday, saturday, yearless)] == [False, True, False]


def test_neighbouring_towns_on_two_days_are_two_incidents(read: Callable[..., Any]) -> None:
    def compared(days: tuple[str, str], *places: Place, size: float = 0.0) -> Likeness:
        made = []
        for id, day, place in zip(("r1", "r2"), days, places, strict=True):
            found = IncidentMention(main=True, date=DateRange(day, day, 1), place=place)
            made += comparables(read(id, "text", "2021-05-05", incidents=[found]), {})
        met = levels(*made, words=0.2, titles=None, names=0.0, known=0.0, copied=False)
        return weighed(met, weights(brief=False), size=size)

    town = Place(name="Alpha", lat=35.6, lon=36.7, country="SY", precision="city")
    next_town = Place(name="Beta", lat=35.8, lon=36.7, country="SY", precision="city")
    quarter = Place(name="Gamma", lat=35.62, lon=36.7, country="SY", precision="neighbourhood")
    one_day, two_days = ("2021-05-03", "2021-05-03"), ("2021-05-03", "2021-05-04")
    apart = compared(two_days, town, next_town)
    assert apart.contradicted
    assert apart.points == compared(two_days, town, next_town, size=3.6).points  # a small case does not bring them together
    assert compared(one_day, town, next_town, size=3.6).points > apart.points + 5
    assert not compared(one_day, town, next_town).contradicted
    for near in (town, quarter):
        same = compared(one_day, town, near)
        assert compared(one_day, town, near, size=3.6).points == pytest.approx(same.points + 3.6)
        other = compared(two_days, town, near)
        assert compared(two_days, town, near, size=3.6).points == other.points
        assert apart.points < other.points < same.points
