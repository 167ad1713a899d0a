"""Incidents in the shape of UCDP's Georeferenced Event Dataset, its 49 columns in their order, then those that lead back."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from math import floor

from counterclaim.exchange.export import Export
from counterclaim.exchange.incidents import STATUS, checked_of, graded_as, hashes_of, reports_of, status_of, toll_range
from counterclaim.exchange.tables import Cell, Column, Kind, Table, joined
from counterclaim.records import Assessment, Contest, FigureRef, Place, Report, TollRange

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CODED = "Coded by people; empty."
"""What a machine must not fill: which conflict it is of, who fights whom, what kind of violence it was."""


def _rows(export: Export) -> Iterator[Contest]:
    for contest in export.incidents:
        if any(toll.harm == "killed" for toll in contest.tolls) or estimate(export, contest) is not None:
            yield contest


def number_of(incident: str) -> int:
    """A whole number for an incident's id, the same in every export: 48 bits of its hash, exact in every program's numbers."""
    return int(hashlib.sha256(incident.encode()).hexdigest()[:12], 16)


def estimate(export: Export, contest: Contest) -> Assessment | None:
    """The latest grading that gives a best estimate; None where nobody gave one, or where two people's latest differ."""
    given = [g.assessment for g in export.gradings.get(contest.incident.id, ()) if g.assessment.best is not None]
    return given[-1] if len({assessment.best for assessment in given}) == 1 else None


def _range(contest: Contest) -> TollRange | None:
    return toll_range(contest, "killed")


def _end(which: str) -> Callable[[Export, Contest], Cell]:
    def value(export: Export, contest: Contest) -> int | None:
        by = estimate(export, contest)
        judged: int | None = getattr(by, which) if by else None
        said = _range(contest)
        found: int | None = getattr(said, which) if said else None
        return judged if judged is not None else found

    return value


def _by(which: str) -> Callable[[Export, Contest], Cell]:
    def value(export: Export, contest: Contest) -> str | None:
        said = _range(contest)
        ref: FigureRef | None = getattr(said, which) if said else None
        return export.ref(ref) if ref else None

    return value


def _all_said(which: str) -> Callable[[Export, Contest], Cell]:
    def value(_: Export, contest: Contest) -> int | None:
        said = toll_range(contest, "killed", kind="all said")
        found: int | None = getattr(said, which) if said else None
        return found

    return value


def _at(field: str) -> Callable[[Export, Contest], Cell]:
    def value(export: Export, contest: Contest) -> str | int | float | None:
        place = export.place(contest.incident)
        found: str | int | float | None = getattr(place, field) if place else None
        return found

    return value


def _point(export: Export, contest: Contest) -> tuple[float, float] | None:
    place = export.place(contest.incident)
    return None if place is None or place.lat is None or place.lon is None else (place.lat, place.lon)


def _wkt(export: Export, contest: Contest) -> str | None:
    point = _point(export, contest)
    return f"POINT ({point[1]} {point[0]})" if point else None


def _cell(export: Export, contest: Contest) -> int | None:
    """PRIO-GRID: cells of half a degree, numbered from the south-west corner eastwards, 720 a row."""
    point, place = _point(export, contest), export.place(contest.incident)
    if point is None or place is None or place.precision in ("region", "country", "unknown"):
        return None
    return floor((point[0] + 90) * 2) * 720 + floor((point[1] + 180) * 2) + 1


def _country(export: Export, contest: Contest) -> str | None:
    place = contest.incident.place
    held: Place | None = export.country_of(place) if place else None
    return held.name if held else None


def _region(export: Export, contest: Contest) -> str | None:
    region = export.region(contest.incident)
    return region.name if region else None


def _told_places(export: Export, contest: Contest) -> str | None:
    """What the reports call the place, where the audience may be told it to the town."""
    if export.closeness in ("admin1", "country"):
        return None
    return joined(answer.label for answer in contest.answers if answer.question == "place")


def _days(which: str) -> Callable[[Export, Contest], Cell]:
    def value(_: Export, contest: Contest) -> str | None:
        date = contest.incident.date
        day: str | None = getattr(date, which) if date else None
        return f"{day} 00:00:00.000" if day and _DAY.fullmatch(day) else None

    return value


def _year(_: Export, contest: Contest) -> int | None:
    date = contest.incident.date
    return int(date.start[:4]) if date and date.start[:4].isdigit() else None


def _precision(_: Export, contest: Contest) -> int | None:
    date = contest.incident.date
    return date.precision if date and date.start[:4].isdigit() else None


def _sources(of: Callable[[Export, Report], str]) -> Callable[[Export, Contest], Cell]:
    """A value of each report in their order, parted by ";" as there; where a value holds that sign, a comma stands for it."""

    def value(export: Export, contest: Contest) -> str | None:
        told = (of(export, export.reports[id].report).replace(";", ",") for id in contest.reports)
        return ";".join(told) or None

    return value


def _article(export: Export, report: Report) -> str:
    dated = report.published.value if report.published else ""
    return f'"{export.outlet(report)},{dated},{_headline(export, report)}"'


def _headline(export: Export, report: Report) -> str:
    return export.quote(report.title).replace('"', "'")


def _status(export: Export, contest: Contest) -> str:
    return "Clear" if status_of(export, contest) in ("graded", "accepted", "corrected", "added") else "Check"


def _sentences(export: Export, contest: Contest) -> str | None:
    """Where the tolls stand that the range was taken over: report and sentence."""
    said = _range(contest)
    refs = set(said.tolls) if said else set()
    spans = [toll.sentence for toll in contest.tolls if toll.ref in refs]
    return joined(f"{export.short(span.report)}:{span.start}-{span.end}" for span in spans)


def _empty(name: str, kind: Kind = "text", meaning: str = _CODED) -> Column[Contest]:
    return Column(name, kind, meaning, lambda _, __: None)


TABLE = Table[Contest](
    name="ged",
    meaning="A row is an incident in which somebody is said to have been killed (totals over a month or a war are left out, for "
    "they cover incidents that have rows, and so is what nobody died of; `incidents.csv` has all). What a "
    "coder decides stays empty: conflict, dyad, sides, type of violence, and deaths by side.",
    key="id",
    rows=_rows,
    columns=(
        Column("id", "integer", "A number made from the incident's id; the same in every export.",
               lambda _, c: number_of(c.incident.id)),
        Column("relid", "id", "The incident's id in the case, which it keeps.", lambda _, c: c.incident.id),
        Column("year", "integer", "The year in which it began; empty where not known.", _year),
        _empty("active_year", "integer"),
        Column("code_status", "word", "“Clear” where somebody graded, accepted or corrected it, else “Check”.", _status),
        _empty("type_of_violence", "integer"),
        _empty("conflict_dset_id", "id"), _empty("conflict_new_id", "integer"), _empty("conflict_name"),
        _empty("dyad_dset_id", "id"), _empty("dyad_new_id", "integer"), _empty("dyad_name"),
        _empty("side_a_dset_id", "id"), _empty("side_a_new_id", "integer"), _empty("side_a"),
        _empty("side_b_dset_id", "id"), _empty("side_b_new_id", "integer"), _empty("side_b"),
        Column("number_of_sources", "integer", "Voices: independent speakers, not articles. Five outlets that carry one "
               "spokesman are one. (UCDP counts reports; those are in `reports`.)", lambda _, c: c.count.voices),
        Column("source_article", "text", "Each report as “outlet,date,headline”, parted by “;”.", _sources(_article)),
        Column("source_office", "text", "The outlets, in the same order.", _sources(lambda export, r: export.outlet(r))),
        Column("source_date", "text", "The days they are dated.",
               _sources(lambda _, r: r.published.value if r.published else "")),
        Column("source_headline", "text", "Their headlines.", _sources(_headline)),
        Column("source_original", "text", "The first speakers behind them: whose word it is.",
               lambda export, c: joined(export.name(origin.name) for origin in c.origins)),
        Column("where_prec", "integer", "1 the very place, 2 within some 25 km, 3 a district, 4 a first-order division, 5 a "
               "line or a wide area, 6 the country, 7 at sea or in the air; of the point as it is told here.", _at("where_prec")),
        Column("where_coordinates", "text", "The place whose point is given.", _at("name")),
        Column("where_description", "text", "What the reports call the place, every answer that they give.", _told_places),
        Column("adm_1", "text", "The first-order division, by the nearest town that is known.", _region),
        _empty("adm_2", meaning="Not known here; empty."),
        Column("latitude", "number", "Degrees north (WGS 84), as closely as the audience may be told.", _at("lat")),
        Column("longitude", "number", "Degrees east.", _at("lon")),
        Column("geom_wkt", "text", "The same point as well-known text, longitude first.", _wkt),
        Column("priogrid_gid", "integer", "The PRIO-GRID cell of that point; empty where only a region or country is known.",
               _cell),
        Column("country", "text", "The country, by its English name.", _country),
        _empty("country_id", "integer", "Gleditsch and Ward's number; empty: their list of states (1999 and since) comes without "
               "a licence that is known here, so none of it ships. Join your own copy on `country`."),
        _empty("region", meaning="UCDP's part of the world, which follows from `country_id`; empty with it."),
        Column("event_clarity", "integer", "1: one incident. (UCDP's 2, a summary of several, is not exported.)",
               lambda _, __: 1),
        Column("date_prec", "integer", "1 the day, 2 two to six days, 3 a week, 4 a month, 5 a year; empty where the year is not "
               "known.", _precision),
        Column("date_start", "date", "The first day that it may have been; empty where the year is not known (see `date_edtf`).",
               _days("start")),
        Column("date_end", "date", "The last day that it may have been.", _days("end")),
        _empty("deaths_a", "integer"), _empty("deaths_b", "integer"), _empty("deaths_civilians", "integer"),
        _empty("deaths_unknown", "integer"),
        Column("best", "integer", "A person's best estimate, from a grading; empty where nobody gave one or two people differ. "
               "Never filled by the machine.", lambda export, c: by.best if (by := estimate(export, c)) else None),
        Column("high", "integer", "The highest number of killed that stands, by each speaker's latest number; the person's own "
               "where a grading with a best estimate gives it.", _end("high")),
        Column("low", "integer", "The lowest, likewise. Low and high are what was said, no interval of truth.", _end("low")),
        _empty("gwnoa", "integer"), _empty("gwnob", "integer"),
        Column("title", "text", "Where and when.", lambda export, c: export.title_of(c.incident)),
        Column("date_edtf", "date", "The date as far as it is known (EDTF): XXXX where the year is not.",
               lambda _, c: f"{c.incident.date.start}/{c.incident.date.end}" if c.incident.date else None),
        Column("alleged", "text", "Those whom the reports say to have done it. Alleged, not found.",
               lambda _, c: joined(c.accused)),
        Column("low_by", "id", "The figure that gave the lowest number (see figures.csv).", _by("low_by")),
        Column("high_by", "id", "The figure that gave the highest.", _by("high_by")),
        Column("all_said_low", "integer", "The lowest number ever said, also where its speaker gave another since.",
               _all_said("low")),
        Column("all_said_high", "integer", "The highest number ever said.", _all_said("high")),
        Column("estimate_by", "text", "Who gave the best estimate, and when.",
               lambda export, c: f"{export.signer(by.user)}, {by.made:%Y-%m-%d}" if (by := estimate(export, c)) else None),
        Column("gradings", "text", "What people graded it as, each signed and dated.", graded_as),
        Column("voices_at_most", "integer", "Voices, where every unnamed speaker is another one.",
               lambda _, c: c.count.voices_at_most),
        Column("texts", "integer", "Distinct texts, copies left out.", lambda _, c: c.count.texts),
        Column("status", "word", STATUS, status_of),
        Column("checked", "word", "How many of its figures and positions people decided on, of how many.", checked_of),
        Column("sentences", "id", "Where the numbers stand that low and high were taken over, as report:start-end in code "
               "points of the report's clean text.", _sentences),
        Column("reports", "id", "The ids of the reports that tell of it, in the order of the sources.",
               lambda _, c: reports_of(c)),
        Column("sha256", "id", "The hashes of what they were read from.", hashes_of),
    ),
)  # fmt: skip
