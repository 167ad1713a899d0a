"""The page of one report: its text with what was read there, its copies, its bytes as received."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response

from counterclaim.errors import CaseError
from counterclaim.records import Offsets
from counterclaim.workbench.passages import KEY, found_words, marked
from counterclaim.workbench.state import page, workbench

router = APIRouter()


@router.get("/reports/{id}", response_class=HTMLResponse)
def report(
    request: Request, id: str, at: Annotated[str, Query(max_length=30)] = "", words: Annotated[str, Query(max_length=500)] = ""
) -> HTMLResponse:
    """One report; `at` (start-end) are words to be shown, `words` those that were searched for."""
    bench = workbench(request)
    try:
        read, incidents = bench.opened.store.of_report(id)
    except CaseError:
        raise HTTPException(404, "There is no such report in this case.") from None
    place = _place(at, len(read.report.text))
    hits = found_words(read.report.text, words)
    lines = {line.id: line for line in bench.catalogue.lines}
    copies = bench.opened.store.copies_of(id)
    return page(
        request,
        "report.html",
        read=read,
        report=read.report,
        paragraphs=marked(read, place, hits),
        key=KEY,
        at=place,
        incidents=[(id, lines[id].title if id in lines else id) for id in incidents],
        copies=copies,
        origins=bench.opened.store.origins(read.report.capture),
    )


@router.get("/captures/{sha256}", include_in_schema=False)
def capture(request: Request, sha256: str) -> Response:
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
