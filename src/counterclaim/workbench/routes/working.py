"""What is done to a whole incident: brought together with another, taken apart, graded; each seen before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from counterclaim.errors import CaseError
from counterclaim.records import IncidentRef
from counterclaim.workbench.access import Analyst, Reader
from counterclaim.workbench.deciding import number, supposed
from counterclaim.workbench.laid import Laid, lay_one
from counterclaim.workbench.lines import Line
from counterclaim.workbench.passages import Passage, passage_of
from counterclaim.workbench.queue import named
from counterclaim.workbench.routes.incident import found
from counterclaim.workbench.state import page, workbench

NEAREST = 12
"""Incidents offered to be brought together with one: what fits a screen; further ones are found by their words."""

router = APIRouter()


@router.get("/incidents/{id}/merge", response_class=HTMLResponse)
def merging(
    request: Request, who: Reader, id: str, other: Annotated[str, Query(alias="with", max_length=40)] = "",
    words: Annotated[str, Query(max_length=200)] = "",
) -> HTMLResponse:  # fmt: skip
    """Which incident to bring together with this one, or, once one is named, what would come of it."""
    laid = found(request, id)
    if not other:
        return page(request, "merge.html", laid=laid, near=near(laid, workbench(request).catalogue.lines, words), asked=words)
    second = found(request, other)
    if second.id == laid.id:
        raise HTTPException(400, "That is the same incident.")
    bench = workbench(request)
    desk = laid.over.beside(second.over).desk
    over = bench.opened.supposing((laid.id, second.id), supposed("merge", desk.anchored(laid.id, (second.id,)), who.name))
    after = [
        each
        for incident in over.view.linkage.incidents
        if _shares(laid, second, incident.members)
        for each in lay_one(over, incident.id)
    ]
    return page(request, "preview.html", laid=laid, before=(laid, second), after=after, verb="merge", other=second.id, taken=[])


@router.post("/incidents/{id}/merge")
def merge(
    request: Request, who: Analyst, id: str, other: Annotated[str, Form(max_length=40)],
    reason: Annotated[str, Form(max_length=2000)] = "",
) -> Response:  # fmt: skip
    """Brings two incidents together."""
    laid, second = found(request, id), found(request, other)
    desk = laid.over.beside(second.over).desk
    step = workbench(request).desk.merge(laid, second, desk, user=who.name, reason=reason.strip())
    return RedirectResponse(f"/incidents/{laid.id}?done=merged&by={step.decisions[0]}", 303)


@router.get("/incidents/{id}/split", response_class=HTMLResponse)
def splitting(request: Request, who: Reader, id: str, take: Annotated[list[str] | None, Query()] = None) -> HTMLResponse:
    """Which reports' mentions to take out, or, once some are named, what would come of it."""
    laid = found(request, id)
    told = tellings(laid)
    leaving = _leaving(laid, take or [])
    if not leaving:
        return page(request, "split.html", laid=laid, told=told)
    if len(leaving) == len(laid.contest.incident.members):
        raise HTTPException(400, "Something must stay; take out fewer.")
    anchored = laid.desk.anchored(laid.id, leaving)
    over = workbench(request).opened.supposing((laid.id,), supposed("split", anchored, who.name))
    after = [each for i in over.view.linkage.incidents if _shares(laid, laid, i.members) for each in lay_one(over, i.id)]
    return page(request, "preview.html", laid=laid, before=(laid,), after=after, verb="split", other="", taken=take or [])


@router.post("/incidents/{id}/split")
def split(
    request: Request,
    who: Analyst,
    id: str,
    take: Annotated[list[str], Form()],
    reason: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Takes mentions out of an incident into a new one."""
    laid = found(request, id)
    leaving = _leaving(laid, take)
    if not leaving or len(leaving) == len(laid.contest.incident.members):
        raise HTTPException(400, "Take out some of the mentions, not none and not all.")
    step = workbench(request).desk.split(laid, leaving, user=who.name, reason=reason.strip())
    return RedirectResponse(f"/incidents/{laid.id}?done=split&by={step.decisions[0]}", 303)


@router.post("/incidents/{id}/grade")
def grade(
    request: Request, who: Analyst, id: str, grade: Annotated[str, Form(max_length=50)],
    scale: Annotated[str, Form(max_length=50)] = "airwars", low: Annotated[str, Form(max_length=30)] = "",
    high: Annotated[str, Form(max_length=30)] = "", best: Annotated[str, Form(max_length=30)] = "",
    note: Annotated[str, Form(max_length=5000)] = "",
) -> Response:  # fmt: skip
    """Keeps a grading of the incident."""
    laid = found(request, id)
    try:
        lowest, highest, best_of = (number(text, name) for text, name in ((low, "low"), (high, "high"), (best, "best")))
        workbench(request).opened.store.assess(
            laid.id, scale=scale, grade=grade, user=who.name, low=lowest, high=highest, best=best_of, note=note.strip(),
            **laid.desk.graded(laid.id),
        )  # fmt: skip
    except CaseError as error:
        raise HTTPException(400, str(error)) from None
    return RedirectResponse(f"/incidents/{laid.id}?done=graded#grading", 303)


@dataclass(frozen=True, slots=True)
class Telling:
    """One report's mention of an incident, with the words that name it: what is taken out of it when it is split."""

    value: str
    number: int
    passage: Passage
    why: str


def tellings(laid: Laid) -> list[Telling]:
    """The mentions of the incident in the order of its reports."""
    incident = laid.contest.incident
    reasons = ("", *incident.reasons)
    told = []
    for n, ref in enumerate(incident.members):
        if ref.report in laid.reports:
            number = laid.number(ref.report)
            passage = passage_of(laid.reports[ref.report], number, named(laid.reports[ref.report], ref.index))
            told.append(Telling(f"{number}.{ref.index}", number, passage, reasons[n] if n < len(reasons) else ""))
    return sorted(told, key=lambda t: (t.number, t.value))


def near(laid: Laid, lines: Sequence[Line], words: str) -> list[Line]:
    """The incidents that this one may be: those that fit the words, else those that share its day, its place or a report."""
    own = laid.contest.incident
    start = own.date.start if own.date else None
    others = [line for line in lines if line.id != laid.id]
    if words.strip():
        return [line for line in others if words.strip().casefold() in f"{line.title} {line.place}".casefold()][:NEAREST]

    def common(line: Line) -> int:
        same_day = start is not None and line.start == start
        same_place = own.place is not None and line.place.startswith(own.place.name)
        return same_day + same_place + bool(set(line.reports) & set(laid.contest.reports))

    close = [line for line in others if common(line)]
    return sorted(close, key=lambda line: (-common(line), line.aggregate != own.aggregate, -len(line.reports), line.id))[:NEAREST]


def _leaving(laid: Laid, take: Sequence[str]) -> list[IncidentRef]:
    chosen = set(take)
    members = laid.contest.incident.members
    return [r for r in members if r.report in laid.reports and f"{laid.number(r.report)}.{r.index}" in chosen]


def _shares(first: Laid, second: Laid, members: Sequence[IncidentRef]) -> bool:
    return bool({*first.contest.incident.members, *second.contest.incident.members} & set(members))
