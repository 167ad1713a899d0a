"""Who decided what, when and why; what is to be looked at again; and taking decisions back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from counterclaim.case.judging import in_play
from counterclaim.case.values import seen_of
from counterclaim.errors import CaseError
from counterclaim.records import Decision
from counterclaim.workbench.access import Analyst, Reader
from counterclaim.workbench.state import page, workbench

A_PAGE = 50
"""Decisions on one page."""

router = APIRouter()


@router.get("/audit", response_class=HTMLResponse)
def audit(
    request: Request, who: Reader, user: Annotated[str, Query(max_length=100)] = "", at: Annotated[int, Query(ge=1)] = 1
) -> HTMLResponse:
    """Every decision and grading, the latest first."""
    people = workbench(request).opened.people()
    _, states = in_play(people.decisions)
    rows = [
        (d, states.get(d.id, "in force"), seen_of(d.seen))
        for d in reversed(people.decisions)
        if d.undoes is None and (not user or d.user == user)
    ]
    pages = max(1, -(-len(rows) // A_PAGE))
    at = min(at, pages)
    users = sorted({d.user for d in people.decisions} | {a.user for a in people.assessments})
    graded = [a for a in reversed(people.assessments) if not user or a.user == user] if at == 1 else []
    return page(
        request, "audit.html", rows=rows[(at - 1) * A_PAGE : at * A_PAGE], found=len(rows), users=users, user=user, at=at,
        pages=pages, assessments=graded, taken=_taken(people.decisions),
    )  # fmt: skip


@router.get("/audit/again", response_class=HTMLResponse)
def again(request: Request, who: Reader) -> HTMLResponse:
    """The decisions whose fact is no longer what was decided on, and those that two people see differently."""
    view = workbench(request).opened.judged()
    return page(
        request, "again.html", again=view.check_again, disputes=view.disputes,
        graded=[g for g in view.graded if g.outcome != "same"], seen_of=seen_of,
    )  # fmt: skip


@router.post("/audit/{id}/{act}")
def take_back(request: Request, who: Analyst, id: int, act: str, reason: Annotated[str, Form(max_length=2000)] = "") -> Response:
    """Undoes a decision or brings it back."""
    if act not in ("undo", "redo"):
        raise HTTPException(404, "A decision can be undone or brought back.")
    try:
        workbench(request).desk.take_back(id, user=who.name, reason=reason.strip(), again=act == "redo")
    except CaseError as error:
        raise HTTPException(409, str(error)) from None
    return RedirectResponse("/audit", 303)


def _taken(decisions: tuple[Decision, ...]) -> dict[int, Decision]:
    """Who took each decision back, by the id of what was taken back."""
    return {d.undoes: d for d in decisions if d.undoes is not None}
