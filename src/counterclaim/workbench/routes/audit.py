"""Who decided what, when and why; what is to be looked at again; and taking decisions back."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from counterclaim.case import agreement
from counterclaim.case.judging import in_play
from counterclaim.case.people import leads
from counterclaim.case.values import seen_of
from counterclaim.errors import CaseError
from counterclaim.records import Decision
from counterclaim.workbench.access import Analyst, Lead, Reader
from counterclaim.workbench.disputes import disputes_of
from counterclaim.workbench.passages import passage_of
from counterclaim.workbench.routes.review import settles
from counterclaim.workbench.state import page, workbench

A_PAGE = 50
"""Decisions on one page."""

MOST_DISPUTES = 50
"""Disputes shown at once; those that are settled make room for the next."""

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
    exported = [e for e in reversed(workbench(request).opened.store.log("exported")) if not user or e.what["user"] == user]
    users = sorted({*users, *(entry.what["user"] for entry in exported)})
    graded = [a for a in reversed(people.assessments) if not user or a.user == user] if at == 1 else []
    return page(
        request, "audit.html", rows=rows[(at - 1) * A_PAGE : at * A_PAGE], found=len(rows), users=users, user=user, at=at,
        pages=pages, assessments=graded, exported=exported[:A_PAGE] if at == 1 else [],
        taken=_taken(people.decisions), leading=who.name in leads(people.decisions),
    )  # fmt: skip


@router.get("/audit/again", response_class=HTMLResponse)
def again(request: Request, who: Reader, done: Annotated[str, Query(max_length=10)] = "") -> HTMLResponse:
    """The decisions whose fact is no longer what was decided on, and those that two people see differently."""
    bench = workbench(request)
    view = bench.opened.judged()
    found = disputes_of(view)
    disputes = [(one, passage_of(one.read, None, one.at) if one.read and one.at else None) for one in found[:MOST_DISPUTES]]
    named = leads(bench.opened.people().decisions)
    return page(
        request, "again.html", again=view.check_again, disputes=disputes, seen_of=seen_of, done=done, leads=named,
        graded=[g for g in view.graded if g.outcome != "same"], may=who.may("lead"), settling=settles(bench, who),
    )  # fmt: skip


@router.get("/audit/agreement", response_class=HTMLResponse)
def agreed(request: Request, who: Reader) -> HTMLResponse:
    """How far people who decided on the same facts agree."""
    return page(request, "agreement.html", fields=agreement(workbench(request).opened.judged()))


@router.post("/audit/settle")
def settle(
    request: Request, who: Lead, dispute: Annotated[int, Form()], keep: Annotated[str, Form(max_length=200)],
    reason: Annotated[str, Form(max_length=2000)] = "",
) -> Response:  # fmt: skip
    """Lets one person's word hold over the others' in a dispute."""
    bench = workbench(request)
    one = next((one for one in disputes_of(bench.opened.judged()) if one.key == dispute), None)
    if one is None:
        raise HTTPException(409, "That is no longer in dispute; look at the list again.")
    bench.desk.settle(one, keep, user=who.name, reason=reason.strip())
    return RedirectResponse("/audit/again?done=settled", 303)


@router.post("/audit/lead")
def be_lead(request: Request, who: Lead) -> Response:
    """Names whoever asks as a lead of the case; where it has one, only a lead may name another."""
    workbench(request).desk.name_lead(who.name, user=who.name)
    return RedirectResponse("/audit/again?done=named", 303)


@router.post("/audit/{id}/{act}")
def take_back(
    request: Request, who: Analyst, id: int, act: str, reason: Annotated[str, Form(max_length=2000)] = "",
    incident: Annotated[str, Form(max_length=40)] = "",
) -> Response:  # fmt: skip
    """Undoes a decision or brings it back; on the page of `incident`, if it is asked from there."""
    if act not in ("undo", "redo"):
        raise HTTPException(404, "A decision can be undone or brought back.")
    try:
        workbench(request).desk.take_back(id, user=who.name, reason=reason.strip(), again=act == "redo")
    except CaseError as error:
        raise HTTPException(409, str(error)) from None
    return RedirectResponse(f"/incidents/{quote(incident, safe='')}?done=undone" if incident else "/audit", 303)


def _taken(decisions: tuple[Decision, ...]) -> dict[int, Decision]:
    """Who took each decision back, by the id of what was taken back."""
    return {d.undoes: d for d in decisions if d.undoes is not None}
