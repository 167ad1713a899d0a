"""The page of one report: its text with what was read there, its copies, its bytes as received."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from counterclaim.case import Desk
from counterclaim.errors import CaseError
from counterclaim.records import FactKind, Linkage, Offsets, Span, View
from counterclaim.workbench.access import Analyst, Reader
from counterclaim.workbench.accounts import Person
from counterclaim.workbench.deciding import given
from counterclaim.workbench.fields import SHOWN, fields_of
from counterclaim.workbench.passages import KEY, found_words, marked
from counterclaim.workbench.state import page, workbench

router = APIRouter()

_USUAL = {"harm": "killed", "victims": "unspecified", "qualifier": "exact", "scope": "incident"}
"""What a toll that is added is until somebody says otherwise."""


@router.get("/reports/{id}", response_class=HTMLResponse)
def report(
    request: Request, who: Reader, id: str, at: Annotated[str, Query(max_length=30)] = "",
    words: Annotated[str, Query(max_length=500)] = "",
) -> HTMLResponse:  # fmt: skip
    """One report; `at` (start-end) are words to be shown, `words` those that were searched for."""
    return _shown(request, id, at, words, "", {})


@router.post("/reports/{id}/add", response_class=HTMLResponse)
async def add(request: Request, who: Analyst, id: str) -> Response:
    """Keeps a toll or a saying that a person adds from words of the report."""
    form = {name: str(value) for name, value in (await request.form()).items() if len(str(value)) <= 2000}
    return await run_in_threadpool(_add, request, who, id, form)


def _add(request: Request, who: Person, id: str, form: dict[str, str]) -> Response:
    bench = workbench(request)
    try:
        read, incidents = bench.opened.report(id)
        place = _marked(read.report.text, form.get("words", ""), form.get("at", ""))
        kind: FactKind = "statement" if form.get("kind") == "statement" else "figure"
        incident = form.get("incident") or None
        laid = bench.opened.incident(incident) if incident in incidents and incident else None
        desk = laid.desk if laid else Desk(View(reports=(read,), linkage=Linkage()))
        values = {name: given(kind, name, form.get(name, "")) for name in SHOWN[kind]}
        values = {name: value for name, value in values.items() if value is not None}
        span = Span.of(id, read.report.text, *place)
        bench.desk.add(desk, kind, span, values, laid.id if laid else None, user=who.name, reason=form.get("reason", "").strip())
    except CaseError as error:
        return _shown(request, id, "", "", str(error), form)
    return RedirectResponse(f"/reports/{id}?at={place[0]}-{place[1]}#at", 303)


def _marked(text: str, words: str, at: str) -> Offsets:
    """Where the words stand: where they were marked, else the one place where they are. CaseError where that does not tell."""
    place = _place(at, len(text))
    if place is not None and " ".join(text[place[0] : place[1]].split()) == " ".join(words.split()):
        return place
    bare = words.strip()
    times = text.count(bare) if bare else 0
    if times != 1:
        raise CaseError(
            f"these words stand {times} times in the report; mark more of them" if times else "these words are not in the report"
        )
    return text.index(bare), text.index(bare) + len(bare)


def _shown(request: Request, id: str, at: str, words: str, wrong: str, form: dict[str, str]) -> HTMLResponse:
    bench = workbench(request)
    try:
        read, incidents = bench.opened.report(id)
    except CaseError:
        raise HTTPException(404, "There is no such report in this case.") from None
    place = _place(at, len(read.report.text))
    return page(
        request, "report.html", 400 if wrong else 200, read=read, report=read.report,
        paragraphs=marked(read, place, found_words(read.report.text, words)), key=KEY, at=place,
        incidents=[(id, line.title if (line := bench.catalogue.line(id)) else id) for id in incidents],
        copies=bench.opened.copies(id), passages=bench.opened.passages(id),
        origins=bench.opened.store.origins(read.report.capture), wrong=wrong, given=form,
        missed={
            "statement": fields_of("statement", {"act": "blame"} | form, but=SHOWN["figure"]),
            "both": [field for field in fields_of("statement", form) if field.name in SHOWN["figure"]],
            "figure": fields_of("figure", _USUAL | form, but=SHOWN["statement"]),
        },
    )  # fmt: skip


@router.get("/captures/{sha256}", include_in_schema=False)
def capture(request: Request, who: Reader, sha256: str) -> Response:
    """The bytes as received, to be kept as a file and never shown as a page: what they hold is foreign."""
    try:
        found = workbench(request).opened.store.capture(sha256)
    except CaseError:
        raise HTTPException(404, "There is no such capture in this case.") from None
    headers = {
        "content-disposition": f'attachment; filename="{found.sha256[:16]}.bin"',
        "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    }
    return Response(found.data, media_type="application/octet-stream", headers=headers)


def _place(at: str, length: int) -> Offsets | None:
    match = re.fullmatch(r"(\d{1,9})-(\d{1,9})", at)
    if match is None:
        return None
    start, end = int(match[1]), int(match[2])
    return (start, end) if start < end <= length else None
