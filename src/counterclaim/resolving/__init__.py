"""Resolves one report's extraction: who its actors are, where and when, and the incidents it tells of."""

from __future__ import annotations

from counterclaim.records import Extraction, Reading
from counterclaim.resolving.actors import resolve_actors
from counterclaim.resolving.incidents import tell_incidents
from counterclaim.resolving.places import resolve_places
from counterclaim.resolving.speakers import attribute
from counterclaim.resolving.summaries import across, with_profile
from counterclaim.resolving.targets import settled
from counterclaim.resolving.times import read_dates

__all__ = ["RULES", "across", "resolve", "with_profile"]

RULES = "resolving-2"
"""Version of the rules in this room; part of every run's record. Raise it with every change that changes facts."""


def resolve(
    extraction: Extraction, *, published: str | None = None, outlet: str | None = None, agency: str | None = None
) -> Reading:
    """The reading of one report: `extraction` with names, places, times and incidents.

    `published` is an EDTF date, or None where it is not known; relative days are then unknown too.
    """
    cast = resolve_actors(extraction, outlet=outlet, agency=agency)
    statements, figures = attribute(extraction, cast, outlet=outlet, agency=agency)
    places, associations = resolve_places(extraction, outlet=outlet)
    dates = read_dates(extraction.text, extraction.sentences, published=published)
    statements = tuple(settled(s) for s in statements)
    statements, figures, incidents = tell_incidents(extraction, statements, figures, places, dates, cast, published)
    return Reading(
        text=extraction.text,
        statements=statements,
        figures=figures,
        places=places,
        associations=associations,
        dates=dates,
        incidents=incidents,
        actors=cast.actors,
        sentences=extraction.sentences,
    )
