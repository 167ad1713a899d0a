"""The register of reports, and what a search for words finds in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from counterclaim.case import Hit
from counterclaim.dossier.words import inert
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
    opened, words = workbench(request).opened, words.strip()
    hits = {hit.report: hit for hit in opened.store.search(words, MOST_HITS)} if words else {}
    all = tuple(hits) if words else opened.register()
    pages = max(1, -(-len(all) // A_PAGE))
    at = min(at, pages)
    shown = all[(at - 1) * A_PAGE : at * A_PAGE]
    known = {report.id: report for report in opened.store.headings(shown)}
    return page(
        request, "register.html", rows=[(known[id], hits.get(id)) for id in shown if id in known], words_asked=words,
        found=len(all), most=MOST_HITS, at=at, pages=pages, snippet=pieces,
        address=lambda n: f"/reports?{urlencode({'words': words, 'at': n} if words else {'at': n})}",
    )  # fmt: skip


def pieces(hit: Hit) -> Iterator[tuple[str, bool]]:
    """The words around a hit, piece by piece, each with whether it is what was searched for."""
    text, at = inert(hit.snippet), hit.start
    for start, end in hit.words:
        if at <= start and end <= hit.start + len(text):
            yield text[at - hit.start : start - hit.start], False
            yield text[start - hit.start : end - hit.start], True
            at = end
    yield text[at - hit.start :], False
