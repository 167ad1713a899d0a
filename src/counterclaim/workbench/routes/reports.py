"""The register of reports, and what a search for words finds in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from counterclaim.case import Hit
from counterclaim.case.excerpts import ASIDE
from counterclaim.dossier.words import inert
from counterclaim.workbench.access import Analyst, Reader
from counterclaim.workbench.opened import Opened
from counterclaim.workbench.state import page, workbench

A_PAGE = 50
"""Reports on one page of the register."""

MOST_HITS = 200
"""Reports that a search shows: whoever gets more narrows the words."""

Kind = Literal["read", "aside", "unread"]
"""What became of a report: it was read, a first look set it aside, or it cannot be read."""

router = APIRouter()


@router.get("/reports", response_class=HTMLResponse)
def reports(
    request: Request,
    who: Reader,
    words: Annotated[str, Query(max_length=500)] = "",
    at: Annotated[int, Query(ge=1, le=100_000)] = 1,
    only: Kind | Literal[""] = "",
) -> HTMLResponse:
    """All reports a page at a time, or those that hold `words` with the place where they stand; `only` those of one kind."""
    bench, words = workbench(request), words.strip()
    opened = bench.opened
    hits = {hit.report: hit for hit in opened.store.search(words, MOST_HITS)} if words else {}
    came = tuple(hits) if words else opened.register()
    unread = opened.unread()
    here = {id: unread[id] for id in came if id in unread} if words else unread
    aside = sum(why.startswith(ASIDE) for why in here.values())
    all = of_kind(opened, came, only)
    pages = max(1, -(-len(all) // A_PAGE))
    at = min(at, pages)
    shown = all[(at - 1) * A_PAGE : at * A_PAGE]
    known = {report.id: report for report in opened.store.headings(shown)}
    return page(
        request, "register.html", rows=[(known[id], hits.get(id)) for id in shown if id in known], words_asked=words,
        found=len(all), came=len(came), only=only, most=MOST_HITS, at=at, pages=pages, snippet=pieces,
        reading=bench.intake.busy, kinds={"read": len(came) - len(here), "aside": aside, "unread": len(here) - aside},
        address=lambda n=1, only=only: address(words=words, only=only, at=n if n > 1 else ""),
    )  # fmt: skip


def address(**asked: object) -> str:
    """The register's address with what is asked for."""
    given = {name: value for name, value in asked.items() if value}
    return f"/reports?{urlencode(given)}" if given else "/reports"


def of_kind(opened: Opened, reports: tuple[str, ...], only: Kind | Literal[""]) -> tuple[str, ...]:
    """Those of the reports that are of the kind, or all of them."""
    if not only:
        return reports
    unread = opened.unread()
    return tuple(id for id in reports if _kind(unread.get(id)) == only)


def _kind(why: str | None) -> Kind:
    return "read" if why is None else "aside" if why.startswith(ASIDE) else "unread"


@router.post("/reports/read")
def read(request: Request, who: Analyst) -> Response:
    """Reads all reports that a first look set aside."""
    bench = workbench(request)
    bench.opened.store.want(bench.opened.unread(), user=who.name)
    bench.intake.read()
    return RedirectResponse("/add", 303)


def pieces(hit: Hit) -> Iterator[tuple[str, bool]]:
    """The words around a hit, piece by piece, each with whether it is what was searched for."""
    text, at = inert(hit.snippet), hit.start
    for start, end in hit.words:
        if at <= start and end <= hit.start + len(text):
            yield text[at - hit.start : start - hit.start], False
            yield text[start - hit.start : end - hit.start], True
            at = end
    yield text[at - hit.start :], False
