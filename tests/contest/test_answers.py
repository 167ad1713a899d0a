"""When and where: whose words give which day and place, and which exclude one another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from counterclaim.contest import lay_out
from counterclaim.records import Answer, DateMention, DateRange, IncidentMention, Place, PlaceMention, ReadReport


def told(read: ReadReport, words: str, *, day: DateRange | None = None, place: Place | None = None) -> ReadReport:
    """The report with its incident at `day` or `place`, as `words` of its text give it."""
    start = read.report.text.index(words)
    span = (start, start + len(words))
    mention = IncidentMention(main=True, date=day, place=place, evidence=(span,))
    dates = (DateMention(span, words, "date", day.start, day.end),) if day else ()
    places = (PlaceMention(span, place),) if place else ()
    return ReadReport(read.report, replace(read.reading, incidents=(mention,), dates=dates, places=places))


def answers(reports: list[Any], linkage: Any) -> tuple[Answer, ...]:
    (only,) = lay_out(reports, linkage)
    return only.answers


def test_two_days_that_exclude_each_other_are_rivals_with_their_words(write: Any, link: Any) -> None:
    a = told(
        write("a").says("Mayor", "blame", "they bombed it on Friday").read(), "Friday",
        day=DateRange("2031-05-02", "2031-05-02", 1),
    )  # fmt: skip
    b = told(
        write("b", outlet="Hill Post").says(None, "other", "it fell on Monday").read(), "Monday",
        day=DateRange("2031-05-05", "2031-05-05", 1),
    )  # fmt: skip
    c = told(write("c").says(None, "other", "it was in May").read(), "May", day=DateRange("2031-05-01", "2031-05-31", 4))
    found = answers([c, b, a], link([a, b, c]))
    assert [(one.label, one.holders, one.rival) for one in found] == [
        ("2031-05-01/2031-05-31", ("The Valley Post",), False),
        ("2031-05-02", ("Mayor",), True),
        ("2031-05-05", ("Hill Post",), True),
    ]
    for one in found:
        for span in one.spans:
            text = {"a": a, "b": b, "c": c}[span.report].report.text
            assert text[span.start : span.end] == span.quote


def test_a_day_without_its_year_or_only_inferred_excludes_none(write: Any, link: Any) -> None:
    a = told(write("a").says(None, "other", "it fell on 2 May").read(), "2 May", day=DateRange("2031-05-02", "2031-05-02", 1))
    b = told(write("b").says(None, "other", "it fell on 5 May").read(), "5 May", day=DateRange("XXXX-05-05", "XXXX-05-05", 1))
    inferred = DateRange("2031-05-06", "2031-05-06", 1, inferred="year from the publication date")
    c = told(write("c").says(None, "other", "it fell on the sixth").read(), "sixth", day=inferred)
    assert [one.rival for one in answers([a, b, c], link([a, b, c]))] == [False, False, False]


def test_places_exclude_each_other_beyond_what_they_may_mean(write: Any, link: Any) -> None:
    def at(id: str, name: str, lat: float, precision: Any) -> ReadReport:
        return told(write(id).says(None, "other", f"it fell in {name}").read(), name, place=Place(
            name=name, lat=lat, lon=40.0, precision=precision
        ))  # fmt: skip

    town, clinic = at("a", "Kharab", 35.0, "city"), at("b", "Lake Clinic", 35.1, "exact")  # 11 km apart
    far, province = at("c", "Velden", 36.0, "city"), at("d", "Ostmark", 38.0, "region")
    assert [one.rival for one in answers([town, clinic, province], link([town, clinic, province]))] == [False, False, False]
    assert {one.label: one.rival for one in answers([town, far], link([town, far]))} == {"Kharab": True, "Velden": True}


def test_a_total_of_many_days_has_no_rivals(write: Any, link: Any) -> None:
    a = told(write("a").says(None, "other", "it fell on 2 May").read(), "2 May", day=DateRange("2031-05-02", "2031-05-02", 1))
    assert answers([a], link([a], aggregate=True)) == ()
