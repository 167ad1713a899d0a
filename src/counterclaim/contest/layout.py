"""Reports and their links in, one contest for each incident out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from counterclaim.contest import (
    accused,
    answers,
    common,
    conflicts,
    courses,
    details,
    docket,
    echoes,
    known,
    positions,
    ranges,
    same_voice,
    timeline,
    tolls,
    voices,
)
from counterclaim.contest.when import sort_key
from counterclaim.records import Contest, Linkage, ReadReport

PRINTED_RULES: Mapping[str, str] = MappingProxyType(
    {
        "belonging": docket.RULE,
        "tolls": tolls.RULE,
        "ranges": ranges.RULE,
        "positions": positions.RULE,
        "answers": answers.RULE,
        "conflicts": conflicts.RULE,
        "voices": " ".join((voices.RULE, same_voice.RULE, echoes.RULE)),
        "moves": courses.RULE,
        "conceded": accused.CONCEDED_RULE,
        "not heard": accused.SILENT_RULE,
        "details": details.RULE,
        "common ground": common.RULE,
        "known": known.RULE,
        "time line": timeline.RULE,
    }
)
"""The rules by which everything in a contest was derived, in words, to be printed beside it."""


def lay_out(reports: Sequence[ReadReport], linkage: Linkage, *, until: str | None = None) -> tuple[Contest, ...]:
    """The contests of all incidents that `reports` tell of, by `PRINTED_RULES`.

    With `until` (YYYY-MM-DD) as known on that day: only from reports surely published on it or before. Most reports first, then
    by date and id; aggregates (a month's or a war's total) last. The order of `reports` never matters.
    """
    if until is not None:
        reports = [read for read in reports if known.published_by(read.report, until)]
    laid = [_contest(each) for each in docket.dockets(reports, linkage)]
    return tuple(sorted(laid, key=_order))


def outline(reports: Sequence[ReadReport], linkage: Linkage) -> tuple[Contest, ...]:
    """The same contests with what a line in a list tells of them and no more: tolls, ranges, positions, conflicts, voices and who
    is accused. All else is left empty, which saves half of the work where there are ten thousand."""
    return tuple(sorted(map(_outline, docket.dockets(reports, linkage)), key=_order))


def _outline(each: docket.Docket) -> Contest:
    found = tolls.tolls_of(each)
    held = positions.positions_of(each)
    origins = voices.origins_of(each)
    own = accused.by_accused(each, found, held) if accused.accused_of(each, held) else None
    return Contest(
        incident=each.incident,
        reports=tuple(report.id for report in each.reports),
        tolls=found,
        ranges=ranges.ranges_of(each, found, own),
        positions=held,
        conflicts=conflicts.conflicts_of(each, found, held),
        origins=origins,
        count=voices.count_of(each, origins),
        accused=accused.alleged_in(each),
    )


def _contest(each: docket.Docket) -> Contest:
    told = _outline(each)
    found, held = told.tolls, told.positions
    return replace(
        told,
        silent=accused.silent_of(each, held),
        timeline=timeline.timeline_of(each, found, held),
        courses=courses.courses_of(each, held),
        conceded=accused.conceded_of(each, found, held),
        shared=common.shared_of(each, found, held),
        known=known.known_of(each),
        answers=answers.answers_of(each),
        described=details.described_of(each),
    )


def _order(contest: Contest) -> tuple[bool, int, str, str]:
    incident = contest.incident
    return (incident.aggregate, -len(contest.reports), sort_key(incident.date.start if incident.date else None), incident.id)
