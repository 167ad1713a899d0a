"""Resolves one report's extraction: who its actors are, where and when, and the incidents it tells of."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from counterclaim.errors import InputError
from counterclaim.records import Extraction, Reading
from counterclaim.resolving.actors import resolve_actors
from counterclaim.resolving.incidents import placed_details, tell_incidents
from counterclaim.resolving.places import resolve_places
from counterclaim.resolving.regions import country_place, region_of
from counterclaim.resolving.registry import Registry
from counterclaim.resolving.speakers import attribute, spoken
from counterclaim.resolving.summaries import across, with_profile
from counterclaim.resolving.targets import settled
from counterclaim.resolving.times import read_dates

__all__ = ["RULES", "Registry", "across", "country_place", "places_ready", "region_of", "resolve", "with_profile"]

RULES = "resolving-7"
"""Version of the rules in this room; part of every run's record. Raise it with every change that changes facts."""


def places_ready(progress: Callable[[str, int, int], None] | None = None) -> str:
    """What the place index is, in words; it is built where it is not there yet, which takes some seconds once and is told to
    `progress` (stage, percent, 100). InputError where the data it is built from is not there or nothing can be written."""
    from counterclaim.resolving.gazetteer import gazetteer
    from counterclaim.resolving.place_index import build, index_path

    try:
        if not index_path().exists():
            build(index_path(), progress=progress)
        gazetteer().look_up("Mosul")
        size = index_path().stat().st_size
    except (OSError, sqlite3.Error, LookupError) as error:
        remedy = "install counterclaim again, or name a folder that can be written in COUNTERCLAIM_CACHE"
        raise InputError("place index", f"cannot be built or read ({error})", remedy) from None
    return f"index of {size / 1e6:.0f} MB, {index_path()}"


def resolve(
    extraction: Extraction, *, published: str | None = None, outlet: str | None = None, agency: str | None = None,
    actors: Registry | None = None,
) -> Reading:  # fmt: skip
    """The reading of one report: `extraction` with names, places, times and incidents.

    `published` is an EDTF date, or None where it is not known; relative days are then unknown too. `actors` are the
    institutions known by name, those that ship where none are given.
    """
    known = (actors or Registry.load()).on(published)
    cast = resolve_actors(extraction, outlet=outlet, agency=agency, registry=known)
    statements, figures = attribute(extraction, cast, outlet=outlet, agency=agency)
    places, associations = resolve_places(extraction, outlet=outlet)
    dates = read_dates(extraction.text, extraction.sentences, published=published)
    statements = tuple(settled(s, extraction.text) for s in statements)
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
        details=placed_details(spoken(extraction.details, statements), statements, figures, incidents, extraction),
    )
