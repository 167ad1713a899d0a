"""Read a row of another recorder's table (UCDP GED, ACLED, Airwars' shape) as what it is: that recorder's statement."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime

from counterclaim.records import (
    Act,
    Actor,
    DateRange,
    Figure,
    Harm,
    IncidentMention,
    Offsets,
    Place,
    PlacePrecision,
    Qualifier,
    Range,
    Reading,
    Report,
    Statement,
    Victims,
)  # fmt: skip

_MONTH_END = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class _Row:
    """The filled columns of a row, each with the offsets of its value in the report's text."""

    def __init__(self, report: Report) -> None:
        self.text, self.recorder = report.text, report.recorder or ""
        self.places: dict[str, Offsets] = {}
        at = 0
        for n, line in enumerate(report.text.split("\n")):
            name, between, value = line.partition(": ")
            if n and between and value:
                self.places.setdefault(name, (at + len(name) + 2, at + len(line)))
            at += len(line) + 1
        self.statements: list[Statement] = []
        self.figures: list[Figure] = []

    def words(self, name: str) -> str | None:
        """The value of a column as it stands, None where it is empty."""
        place = self.places.get(name)
        return self.text[slice(*place)] if place else None

    def number(self, name: str) -> int | None:
        """The whole number in a column."""
        value = self.words(name)
        return int(float(value)) if value and re.fullmatch(r"\d{1,9}(?:\.0+)?", value) else None

    def real(self, name: str) -> float | None:
        """The number in a column."""
        value = self.words(name)
        return float(value) if value and re.fullmatch(r"-?\d{1,3}(?:\.\d+)?", value) else None

    def say(self, act: Act, columns: list[str], target: str | None = None) -> str:
        """A statement of the recorder's whose words are these columns; its id."""
        id = f"s{len(self.statements) + 1}"
        content = tuple(sorted(self.places[c] for c in columns if c in self.places))
        source = (0, len(self.recorder))
        about = content[0] if target else None
        self.statements.append(
            Statement(
                id=id,
                content=content,
                cue=(),
                source=(source,),
                form="indirect",
                act=act,
                confidence=1.0,
                about=about,
                speaker=self.recorder,
                speaker_kind="named",
                side=None,
                target=target,
                incident=0,
            )
        )
        return id

    def toll(self, harm: Harm, victims: Victims, low: str, high: str, also: tuple[str, ...] = ()) -> Range | None:
        """A figure from a column for the lowest and one for the highest number, spanning both; None where neither is filled."""
        a, b = self.number(low), self.number(high)
        columns = [c for c in dict.fromkeys((low, *also, high)) if c in self.places]
        if a is None and b is None:
            return None
        span = (min(self.places[c][0] for c in columns), max(self.places[c][1] for c in columns))
        # numbers far apart in the table are two figures rather than one span over other columns' words
        if self.text.count("\n", *span) > len(columns) - 1:
            span = self.places[high if b is not None else low]
            a = b if b is not None else a
        qualifier: Qualifier = (
            "none" if b == 0 else "exact" if a == b else "between" if None not in (a, b) else "at least" if b is None else "up to"
        )
        statement = self.say("figure", columns)
        self.figures.append(
            Figure(
                id=f"f{len(self.figures) + 1}",
                span=span,
                harm=harm,
                victims=victims,
                low=a,
                high=b,
                qualifier=qualifier,
                scope="incident",
                confidence=1.0,
                speaker=self.recorder,
                statement=statement,
                incident=0,
            )
        )
        return Range(a if a is not None else b, b if b is not None else a)


def read_row(report: Report) -> Reading:
    """The claims in a row of a recorder's table, by its columns: its tolls, whom it holds responsible, when and where.

    The recorder is the speaker of all of it; `confidence` is 1, for nothing had to be understood. What a column does not give
    stays unknown. KeyError for a recorder that is not known.
    """
    row = _Row(report)
    incident = _READ[row.recorder](row)
    speaker = Actor(name=row.recorder, kind="monitor", mentions=((0, len(row.recorder)),), why=("the recorder of the table",))
    lines: list[Offsets] = []
    at = 0
    for line in report.text.split("\n"):
        lines.append((at, at + len(line)))
        at += len(line) + 1
    return Reading(
        text=report.text, statements=tuple(row.statements), figures=tuple(row.figures), incidents=(incident,),
        actors=(speaker,), sentences=tuple(lines),
    )  # fmt: skip


def _ucdp(row: _Row) -> IncidentMention:
    """UCDP GED (codebook 24.1): best, high and low estimates; of one-sided violence (type 3) side A is the perpetrator."""
    killed = row.toll("killed", "unspecified", "low", "high", also=("best",))
    civilians = row.toll("killed", "civilians", "deaths_civilians", "deaths_civilians")
    alleged: tuple[str, ...] = ()
    side = row.words("side_a")
    if row.number("type_of_violence") == 3 and side:
        row.say("blame", ["side_a"], target=side)
        alleged = (side,)
    where = row.number("where_prec")
    precisions: dict[int, PlacePrecision] = {1: "exact", 2: "near", 3: "region", 4: "region", 5: "region", 6: "country"}
    place = _place(row, "where_coordinates", "latitude", "longitude", precisions.get(where or 0, "unknown"), where)
    start, end = _day(row.words("date_start")), _day(row.words("date_end"))
    date_prec = row.number("date_prec")
    when = DateRange(start, end or start, date_prec if date_prec in (1, 2, 3, 4, 5) else 1) if start else None
    evidence = tuple(row.places[c] for c in ("date_start",) if c in row.places)
    return IncidentMention(
        main=True, date=when, place=place, alleged=alleged, evidence=evidence, killed=killed, civilians_killed=civilians
    )


def _acled(row: _Row) -> IncidentMention:
    """ACLED (codebook 2024): a fatality count of 0 also stands for none known, and is no figure here; actor 1 is held
    responsible only where civilians were targeted."""
    killed = None
    if row.number("fatalities"):
        killed = row.toll("killed", "unspecified", "fatalities", "fatalities")
    actor, alleged = row.words("actor1"), ()  # type: tuple[str | None, tuple[str, ...]]
    if actor and (row.words("civilian_targeting") or row.words("event_type") == "Violence against civilians"):
        row.say("blame", ["actor1"], target=actor)
        alleged = (actor,)
    precisions: dict[int, PlacePrecision] = {1: "city", 2: "near", 3: "region"}
    geo = row.number("geo_precision") or 0
    place = _place(row, "location", "latitude", "longitude", precisions.get(geo, "unknown"), {1: 1, 2: 2, 3: 4}.get(geo))
    day = _day(row.words("event_date"))
    when = _around(day, row.number("time_precision") or 1) if day else None
    evidence = tuple(row.places[c] for c in ("event_date",) if c in row.places)
    return IncidentMention(main=True, date=when, place=place, alleged=alleged, evidence=evidence, killed=killed)


def _airwars(row: _Row) -> IncidentMention:
    """Columns in Airwars' terms: civilians reported killed and injured with their lowest and highest number, belligerents."""
    killed = row.toll("killed", "civilians", "civilians_killed_min", "civilians_killed_max")
    injured = row.toll("injured", "civilians", "civilians_injured_min", "civilians_injured_max")
    parts = {v: row.toll("killed", v, f"{v}_killed_min", f"{v}_killed_max") for v in _PARTS}
    combatants = row.toll("killed", "military", "combatants_killed_min", "combatants_killed_max")
    alleged = tuple(a.strip() for a in re.split(r"[;|]", row.words("belligerents") or "") if a.strip())
    for name in alleged:
        row.say("blame", ["belligerents"], target=name)
    place = _place(row, "location", "lat", "lon", "unknown", None)
    start, end = _day(row.words("date")), _day(row.words("date_end"))
    when = DateRange(start, end or start, 1 if end in (None, start) else 2) if start else None
    evidence = tuple(row.places[c] for c in ("date",) if c in row.places)
    return IncidentMention(
        main=True, date=when, place=place, alleged=alleged, evidence=evidence, killed=killed, injured=injured,
        civilians_killed=killed, civilians_injured=injured, combatants_killed=combatants,
        children=parts["children"], women=parts["women"], men=parts["men"],
    )  # fmt: skip


_PARTS: tuple[Victims, ...] = ("children", "women", "men")
_READ: dict[str, Callable[[_Row], IncidentMention]] = {
    "UCDP GED": _ucdp, "ACLED": _acled, "Airwars": _airwars,
    "Counterclaim, as UCDP GED": _ucdp, "Counterclaim, as Airwars": _airwars,
}  # fmt: skip
"""How the rows of each recorder are read; what this program wrote in a recorder's shape has its columns and not its name."""


def _place(row: _Row, name: str, lat: str, lon: str, precision: PlacePrecision, where: int | None) -> Place | None:
    named = row.words(name)
    if named is None:
        return None
    at = row.real(lat), row.real(lon)
    known = None not in at
    return Place(name=named, lat=at[0] if known else None, lon=at[1] if known else None, precision=precision, where_prec=where)


def _day(value: str | None) -> str | None:
    """The day in a cell, in the forms that the recorders' files have: 2016-09-17, with a time, 17 September 2016, 17-Sep-2016."""
    if value is None:
        return None
    for form in (
        "%Y-%m-%d",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%d %H:%M:%S.%f",
        "%Y-%m-%dT%H:%M:%S",
        "%d %B %Y",
        "%d-%b-%Y",
        "%d %b %Y",
    ):
        try:
            return datetime.strptime(value, form).date().isoformat()
        except ValueError:
            continue
    return None


def _around(day: str, precision: int) -> DateRange:
    """ACLED's time precision: 1 the day, 2 within its week (coded by one day of it), 3 within its month."""
    if precision == 3:
        at = date.fromisoformat(day)
        leap = at.month == 2 and at.year % 4 == 0 and (at.year % 100 or at.year % 400 == 0)
        return DateRange(f"{day[:8]}01", f"{day[:8]}{_MONTH_END[at.month - 1] + bool(leap)}", 4)
    return DateRange(day, day, {2: 3}.get(precision, 1))
