"""By which names a case's reports, captures, facts and people are called in files that others link to."""

from __future__ import annotations

from urllib.parse import quote

from counterclaim.records import FigureRef, IncidentRef, Ref, StatementRef

TERMS = "urn:counterclaim:terms:"
"""Stands before the names of our own values, where a vocabulary has none for them."""


def report(id: str) -> str:
    """A report by its id, itself a hash of its capture and its clean text."""
    return f"urn:counterclaim:report:{id}"


def capture(sha256: str) -> str:
    """The bytes as received, by their hash: whoever has the same bytes has the same name for them."""
    return f"urn:sha256:{sha256}"


def fact(report: str, id: str) -> str:
    """A fact of a report by its id there."""
    return f"urn:counterclaim:report:{report}.{id}"


def of(target: Ref | str) -> str:
    """What a decision is about: a fact of a report, or an incident by its id."""
    if isinstance(target, str):
        return incident(target)
    if isinstance(target, FigureRef):
        return fact(target.report, target.figure)
    return fact(target.report, target.statement if isinstance(target, StatementRef) else _mention(target))


def incident(id: str) -> str:
    """An incident by its id."""
    return f"urn:counterclaim:incident:{id}"


def person(name: str) -> str:
    """A person who works on the case, by the name that they sign with."""
    return f"urn:counterclaim:person:{quote(name, safe='')}"


def _mention(target: IncidentRef) -> str:
    return f"m{target.index}"
