"""Reports and their links in, one contest for each incident out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from counterclaim.contest import conflicts, docket, positions, ranges, silence, timeline, tolls, voices
from counterclaim.contest.when import sort_key
from counterclaim.records import Contest, Linkage, ReadReport

PRINTED_RULES: Mapping[str, str] = MappingProxyType(
    {
        "belonging": docket.RULE,
        "tolls": tolls.RULE,
        "ranges": ranges.RULE,
        "positions": positions.RULE,
        "conflicts": conflicts.RULE,
        "voices": voices.RULE,
        "not heard": silence.RULE,
        "time line": timeline.RULE,
    }
)
"""The rules by which everything in a contest was derived, in words, to be printed beside it."""


def lay_out(reports: Sequence[ReadReport], linkage: Linkage) -> tuple[Contest, ...]:
    """The contests of all incidents that `reports` tell of, by `PRINTED_RULES`.

    Most reports first, then by date and id; aggregates (a month's or a war's total) last. The order of `reports` never matters.
    """
    laid = [_contest(each) for each in docket.dockets(reports, linkage)]
    return tuple(sorted(laid, key=_order))


def _contest(each: docket.Docket) -> Contest:
    found = tolls.tolls_of(each)
    held = positions.positions_of(each)
    origins = voices.origins_of(each)
    return Contest(
        incident=each.incident,
        reports=tuple(report.id for report in each.reports),
        tolls=found,
        ranges=ranges.ranges_of(each, found),
        positions=held,
        conflicts=conflicts.conflicts_of(each, found, held),
        origins=origins,
        count=voices.count_of(each, origins),
        silent=silence.silent_of(each, held),
        timeline=timeline.timeline_of(each, found, held),
    )


def _order(contest: Contest) -> tuple[bool, int, str, str]:
    incident = contest.incident
    return (incident.aggregate, -len(contest.reports), sort_key(incident.date.start if incident.date else None), incident.id)
