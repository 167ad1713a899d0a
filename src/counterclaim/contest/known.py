"""What was known of an incident on each day on which a report of it was published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from counterclaim.contest.docket import Docket, date_of
from counterclaim.contest.ranges import ranges_of
from counterclaim.contest.tolls import tolls_of
from counterclaim.contest.voices import count_of, origins_of
from counterclaim.contest.when import days
from counterclaim.records import Known, Report, TollRange

RULE = (
    "A report counts from the last day that its date of publication may mean; one without a date counts on no day. For each "
    "day everything is derived anew from the reports up to it: the range over everyone killed (else of the first harm "
    "counted), all said so far, by the numbers where any was said, and the voices."
)


def published_by(report: Report, day: str) -> bool:
    """Whether the report was surely published on `day` (YYYY-MM-DD) or before; False where its date is not known."""
    covered = days(date_of(report))
    return covered is not None and covered[1] <= day


def known_of(docket: Docket) -> tuple[Known, ...]:
    """The days on which reports were published, earliest first, each with what was known by its end."""
    dates = {covered[1] for covered in (days(date_of(report)) for report in docket.reports) if covered is not None}
    return tuple(_known(docket, day) for day in sorted(dates))


def _known(docket: Docket, day: str) -> Known:
    there = {report.id for report in docket.reports if published_by(report, day)}
    then = replace(
        docket,
        reports=tuple(report for report in docket.reports if report.id in there),
        said=tuple(said for said in docket.said if said.ref.report in there),
        counted=tuple(counted for counted in docket.counted if counted.ref.report in there),
        wider=(),
    )
    ranges = ranges_of(then, tolls_of(then))
    return Known(date=day, reports=len(there), voices=count_of(then, origins_of(then)).voices, range=_first(ranges))


def _first(ranges: Iterable[TollRange]) -> TollRange | None:
    """The range that stands for an incident: everyone killed, by the numbers said, else the first harm's."""
    whole = [r for r in ranges if (r.victims, r.scope) == ("unspecified", "incident")]
    first = [r for r in whole if r.harm == whole[0].harm]
    by_kind = {r.kind: r for r in first}
    return by_kind.get("numbers said") or by_kind.get("all said")
