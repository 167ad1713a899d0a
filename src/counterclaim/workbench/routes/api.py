"""The same as JSON: reading and review, with a page that says what there is."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from markupsafe import Markup, escape
from pydantic import BaseModel, Field

from counterclaim.case import SCALES, agreement
from counterclaim.case.canonical import canonical
from counterclaim.errors import CaseError
from counterclaim.workbench.access import Caller, Reader, Settler
from counterclaim.workbench.disputes import disputes_of
from counterclaim.workbench.queue import Item, items_of
from counterclaim.workbench.routes.asking import Asked
from counterclaim.workbench.routes.incident import found
from counterclaim.workbench.routes.incidents import look
from counterclaim.workbench.routes.reports import MOST_HITS as MOST_REPORTS
from counterclaim.workbench.routes.reports import Kind, of_kind
from counterclaim.workbench.state import page, workbench

router = APIRouter(prefix="/api", default_response_class=JSONResponse)
page_router = APIRouter()

Text = Annotated[str, Query(max_length=500)]


class Answer(BaseModel):
    """An answer to an item of the queue: a verb, the values that are to be (for `correct`), and why."""

    verb: Literal["accept", "correct", "reject", "same", "not-same"]
    values: dict[str, str] = Field(default_factory=dict, max_length=20)
    reason: str = Field(default="", max_length=2000)


class Grading(BaseModel):
    """A grading of an incident on a scale, with the range and best estimate of the one who grades."""

    scale: str = Field(default="airwars", max_length=50)
    grade: str = Field(max_length=50)
    low: int | None = Field(default=None, ge=0)
    high: int | None = Field(default=None, ge=0)
    best: int | None = Field(default=None, ge=0)
    note: str = Field(default="", max_length=5000)


class Why(BaseModel):
    """The reason for taking a decision back or bringing it back."""

    reason: str = Field(default="", max_length=2000)


class Settling(BaseModel):
    """Whose word is to hold in a dispute, and why."""

    keep: str = Field(max_length=200)
    reason: str = Field(default="", max_length=2000)


@router.get("/incidents")
def incidents(
    request: Request, who: Reader, asked: Asked, start: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> Response:  # fmt: skip
    """The incidents that fit the filter, as lines of the list."""
    fitting = look(workbench(request), asked).lines
    return _json({"found": len(fitting), "incidents": fitting[start : start + limit]})


@router.get("/incidents/{id}")
def incident(request: Request, who: Reader, id: str) -> Response:
    """One incident laid out: tolls, ranges, positions, conflicts, voices, time line, and its gradings."""
    laid = found(request, id)
    return _json({"contest": laid.contest, "gradings": [graded.assessment for graded in laid.graded]})


@router.get("/incidents/{id}/items")
def items(request: Request, who: Reader, id: str, open: bool = False) -> Response:
    """What there is to check in an incident, in the order of the queue; with `open` only what nobody has decided on."""
    laid = found(request, id)
    return _json([_item(item) for item in items_of(laid) if not open or item.open_to()])


@router.post("/incidents/{id}/items/{key}")
def answer(request: Request, who: Caller, id: str, key: str, given: Answer) -> Response:
    """Keeps the answer to an item, signed by who sends it."""
    laid = found(request, id)
    item = next((one for one in items_of(laid) if one.key == key), None)
    if item is None:
        raise HTTPException(404, "There is no such item in this incident.")
    desk = workbench(request).desk
    step = desk.answer(laid, item, given.verb, given.values, user=who.name, reason=given.reason.strip())
    return _json({"decisions": step.decisions}, 201)


@router.post("/incidents/{id}/gradings")
def grade(request: Request, who: Caller, id: str, given: Grading) -> Response:
    """Keeps a grading of the incident, signed by who sends it."""
    laid = found(request, id)
    kept = workbench(request).opened.store.assess(
        laid.id, scale=given.scale, grade=given.grade, user=who.name, low=given.low, high=given.high, best=given.best,
        note=given.note.strip(), **laid.desk.graded(laid.id),
    )  # fmt: skip
    return _json(kept, 201)


@router.get("/reports")
def reports(
    request: Request, who: Reader, words: Text = "", start: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 50, only: Kind | Literal[""] = "",
) -> Response:  # fmt: skip
    """The reports, or those that hold the words, with the places where they stand; without words also only those that were read,
    that a first look set aside, or that were not read."""
    opened = workbench(request).opened
    store = opened.store
    if not words.strip():
        register = of_kind(opened, opened.register(), only)
        return _json({"found": len(register), "reports": store.headings(register[start : start + limit])})
    hits = store.search(words, MOST_REPORTS)
    return _json({"found": len(hits), "reports": hits[start : start + limit]})


@router.get("/reports/{id}")
def report(request: Request, who: Reader, id: str) -> Response:
    """A report with its text and everything read in it, as people corrected it."""
    try:
        read, incidents = workbench(request).opened.report(id)
    except CaseError:
        raise HTTPException(404, "There is no such report in this case.") from None
    return _json({"report": read.report, "reading": read.reading, "incidents": incidents})


@router.post("/reports/{id}/read")
def read(request: Request, who: Caller, id: str) -> Response:
    """Has a report read that a first look set aside; reading begins at once and takes a while. Of any other report nothing is
    wanted."""
    bench = workbench(request)
    wanted = bench.opened.store.want([id], user=who.name)
    if wanted:
        bench.intake.read()
    return _json({"wanted": wanted}, 202)


@router.get("/decisions")
def decisions(
    request: Request, who: Reader, start: Annotated[int, Query(ge=0)] = 0, limit: Annotated[int, Query(ge=1, le=500)] = 100
) -> Response:
    """Every decision in the order in which they were made, those that take others back included."""
    held = workbench(request).opened.people().decisions
    return _json({"found": len(held), "decisions": held[start : start + limit]})


@router.post("/decisions/{id}/undo")
def undo(request: Request, who: Caller, id: int, given: Why) -> Response:
    """Takes a decision back."""
    workbench(request).desk.take_back(id, user=who.name, reason=given.reason.strip())
    return _json({"undone": id})


@router.post("/decisions/{id}/redo")
def redo(request: Request, who: Caller, id: int, given: Why) -> Response:
    """Brings back a decision that was taken back."""
    workbench(request).desk.take_back(id, user=who.name, reason=given.reason.strip(), again=True)
    return _json({"brought_back": id})


@router.get("/disputes")
def disputes(request: Request, who: Reader) -> Response:
    """What people see differently: each dispute by the number of its first decision, with every person's word on it."""
    found = disputes_of(workbench(request).opened.judged())
    return _json([{"dispute": one.key, "words": one.words, "at": one.at} for one in found])


@router.post("/disputes/{dispute}/settle")
def settle(request: Request, who: Settler, dispute: int, given: Settling) -> Response:
    """Lets one person's word hold over the others' in a dispute; only a lead of the case may."""
    bench = workbench(request)
    one = next((one for one in disputes_of(bench.opened.judged()) if one.key == dispute), None)
    if one is None:
        raise HTTPException(404, "There is no such dispute, or it was settled.")
    step = bench.desk.settle(one, given.keep, user=who.name, reason=given.reason.strip())
    return _json({"decisions": step.decisions}, 201)


@router.get("/agreement")
def agreed(request: Request, who: Reader) -> Response:
    """How far people who decided on the same facts agree, field by field."""
    return _json(agreement(workbench(request).opened.judged()))


@router.get("/scales")
def scales(request: Request, who: Reader) -> Response:
    """The scales on which incidents are graded, each with its grades."""
    return _json(dict(SCALES))


@page_router.get("/api", response_class=HTMLResponse)
def api(request: Request, who: Reader) -> HTMLResponse:
    """What can be called, as a page."""
    told = request.app.openapi()
    bodies = told["components"]["schemas"]
    calls = [
        (address, method.upper(), {**call, "body": _body(call, bodies)})
        for address, methods in told["paths"].items()
        for method, call in methods.items()
    ]
    return page(request, "api.html", calls=calls, kind=_kind, coded=_coded)


@page_router.get("/api/openapi.json")
def openapi(request: Request, who: Reader) -> Response:
    """The same as OpenAPI."""
    return JSONResponse(request.app.openapi())


def _body(call: dict[str, Any], bodies: dict[str, Any]) -> dict[str, Any] | None:
    """What is sent, as the description for programs has it; None where nothing is."""
    for media in call.get("requestBody", {}).get("content", {}).values():
        body = bodies[media["schema"]["$ref"].rpartition("/")[2]]
        return {"required": [], **body}
    return None


def _coded(description: str) -> Markup:
    """A description with what it sets in backticks as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(description))))


def _kind(schema: dict[str, Any]) -> str:
    """What a value is, in words."""
    if "enum" in schema:
        return ", ".join(schema["enum"])
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    return {
        "null": "nothing",
        "string": "text",
        "integer": "a number",
        "boolean": "true or false",
        "object": "values by name",
    }.get(schema.get("type", ""), "a value")


def _item(item: Item) -> dict[str, Any]:
    return {
        "key": item.key, "kind": item.kind, "report": item.report, "start": item.at[0], "end": item.at[1], "why": item.why,
        "sure": item.sure, "fact": item.fact, "open": item.open_to(),
        "decisions": [{"id": s.decision.id, "state": s.state, "outcome": s.outcome} for s in item.standings],
    }  # fmt: skip


def _json(value: object, status: int = 200) -> Response:
    """Records as JSON: data classes as objects, tuples as lists, times as ISO 8601."""
    return Response(canonical(value), status, media_type="application/json")
