"""Across reports: what was copied from what, who is who, which sayings, incidents and claims are one, each with its reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from counterclaim.linking.claims import gather_claims
from counterclaim.linking.copies import find_copies
from counterclaim.linking.incidents import describe, join_incidents
from counterclaim.linking.mentions import EVENT
from counterclaim.linking.names import join_names
from counterclaim.linking.passages import find_passages
from counterclaim.linking.utterances import join_utterances
from counterclaim.linking.versions import histories, other_captures
from counterclaim.records import NO_TIES, Incident, Linkage, ReadReport, Ties

__all__ = ["RULES", "describe", "gather_claims", "histories", "incidents_by_report", "link", "originals"]

RULES = "linking-6"
"""Version of the rules in this room; part of every run's record. Raise it with every change that changes links."""


def link(reports: Sequence[ReadReport], *, known: Sequence[Incident] = (), ties: Ties = NO_TIES) -> Linkage:
    """Everything that belongs together across `reports`, whatever their order.

    `known` are incidents found before: a cluster that holds members of one keeps its id. `ties` are what people decided and
    go before everything found here. Report ids are unique, and what they are made from decides between equals and makes new
    incident ids: ids that tell where a report stood in a list would bring its place in. Raises ValueError where two reports
    have one id.
    """
    ordered = sorted(reports, key=lambda r: r.report.id)
    if len({r.report.id for r in ordered}) != len(ordered):
        raise ValueError("two reports with one id")
    # rows of one recorder's table share their columns' names and no author's words
    written = [r.report for r in ordered if r.report.recorder is None]
    copies = find_copies(written)
    copies = tuple(sorted((*copies, *other_captures([r.report for r in ordered], copies)), key=lambda link: link.copy))
    aliases = join_names(ordered, ties)
    names = dict(aliases)
    incidents, events = join_incidents(ordered, copies, names, known, ties)
    return Linkage(
        copies=copies,
        utterances=join_utterances(ordered, copies, names, incidents, ties),
        incidents=incidents,
        claims=gather_claims(ordered, incidents, names),
        names=aliases,
        events=tuple(sorted(events.items())),
        passages=find_passages(written, copies),
    )


def incidents_by_report(linkage: Linkage) -> dict[str, tuple[str, ...]]:
    """For every report the ids of the incidents it tells of, in the order of its mentions (the main one first). Of a report that
    is about no harm the first is that of the event it tells of, which other reports may share."""
    held = defaultdict(list)
    for report, event in linkage.events:
        held[report].append((EVENT, event))
    for incident in linkage.incidents:
        for ref in incident.members:
            held[ref.report].append((ref.index, incident.id))
    return {report: tuple(id for _, id in sorted(ids)) for report, ids in held.items()}


def originals(linkage: Linkage) -> dict[str, str]:
    """For every copy the id of the report whose text it carries."""
    return {link.copy: link.original for link in linkage.copies}
