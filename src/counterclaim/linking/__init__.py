"""Across reports: what was copied from what, who is who, which sayings, incidents and claims are one, each with its reasons."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.linking.claims import gather_claims
from counterclaim.linking.copies import find_copies
from counterclaim.linking.incidents import describe, join_incidents
from counterclaim.linking.names import join_names
from counterclaim.linking.utterances import join_utterances
from counterclaim.records import Incident, Linkage, ReadReport

__all__ = ["RULES", "copy_of", "describe", "gather_claims", "incidents_of", "link"]

RULES = "linking-2"
"""Version of the rules in this room; part of every run's record. Raise it with every change that changes links."""


def link(reports: Sequence[ReadReport], *, known: Sequence[Incident] = ()) -> Linkage:
    """Everything that belongs together across `reports`, whatever their order.

    `known` are incidents found before: a cluster that holds members of one keeps its id. Report ids are unique, and what
    they are made from decides ties and new incident ids: ids that tell where a report stood in a list would bring its place
    in. Raises ValueError where two reports have one id.
    """
    ordered = sorted(reports, key=lambda r: r.report.id)
    if len({r.report.id for r in ordered}) != len(ordered):
        raise ValueError("two reports with one id")
    copies = find_copies([r.report for r in ordered])
    aliases = join_names(ordered)
    names = dict(aliases)
    incidents = join_incidents(ordered, copies, names, known)
    return Linkage(
        copies=copies,
        utterances=join_utterances(ordered, copies, names, incidents),
        incidents=incidents,
        claims=gather_claims(ordered, incidents, names),
        names=aliases,
    )


def incidents_of(linkage: Linkage, report_id: str) -> tuple[str, ...]:
    """Ids of the incidents a report tells of, in the order of its mentions (the main one first); empty where it tells of none."""
    held = sorted((ref.index, i.id) for i in linkage.incidents for ref in i.members if ref.report == report_id)
    return tuple(id for _, id in held)


def copy_of(linkage: Linkage, report_id: str) -> str | None:
    """Id of the report that this one carries the text of; None for an original."""
    return next((link.original for link in linkage.copies if link.copy == report_id), None)
