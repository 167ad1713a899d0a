"""The register of reports, and what a search for words finds in them."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from counterclaim.workbench.access import Reader
from counterclaim.workbench.state import page, workbench

A_PAGE = 50
"""Reports on one page of the register."""

MOST_HITS = 200
"""Reports that a search shows: whoever gets more narrows the words."""

router = APIRouter()


@router.get("/reports", response_class=HTMLResponse)
def reports(
    request: Request,
    who: Reader,
    words: Annotated[str, Query(max_length=500)] = "",
    at: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """All reports a page at a time, or those that hold `words` with the place where they stand."""
    store = workbench(request).opened.store
    if words.strip():
        hits = store.search(words, MOST_HITS)
        known = {report.id: report for report in store.headings([hit.report for hit in hits])}
        rows = [(known[hit.report], hit) for hit in hits if hit.report in known]
        return page(request, "register.html", rows=rows, words_asked=words, found=len(rows), most=MOST_HITS, at=1, pages=1)
    register = workbench(request).opened.register()
    total, pages = len(register), max(1, -(-len(register) // A_PAGE))
    at = min(at, pages)
    listed = [(report, None) for report in store.headings(register[(at - 1) * A_PAGE : at * A_PAGE])]
    return page(
        request, "register.html", rows=listed, words_asked="", found=total, most=MOST_HITS, at=at, pages=pages,
        address=lambda n: f"/reports?{urlencode({'at': n})}",
    )  # fmt: skip
