"""The list of incidents, with their map and time line."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from counterclaim.workbench import world
from counterclaim.workbench.access import Reader
from counterclaim.workbench.catalogue import SORTS, Filter, counted
from counterclaim.workbench.charts import map_of, time_line
from counterclaim.workbench.state import fragment, page, workbench
from counterclaim.workbench.world import Area

A_PAGE = 50
"""Incidents on one page of the list: two screens."""

MOST_HITS = 5000
"""Reports that a search for words looks through: more say that the words are too common to find anything by."""

router = APIRouter()


@router.get("/", response_class=HTMLResponse)
def incidents(
    request: Request,
    who: Reader,
    words: Annotated[str, Query(max_length=500)] = "",
    place: Annotated[str, Query(max_length=200)] = "",
    since: Annotated[str, Query(max_length=10)] = "",
    until: Annotated[str, Query(max_length=10)] = "",
    side: Annotated[str, Query(max_length=200)] = "",
    question: Annotated[str, Query(max_length=20)] = "",
    contradicts: bool = False,
    one_voice: bool = False,
    new_since: Annotated[str, Query(max_length=25)] = "",
    area: Annotated[str, Query(max_length=60)] = "",
    sort: Annotated[str, Query(max_length=20)] = "reports",
    at: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:
    """The incidents that fit the filter, a page of them, with the map and time line of all that fit."""
    bench = workbench(request)
    lines = bench.catalogue.lines
    asked = Filter(
        words=words.strip(), place=place.strip(), since=since, until=until, side=side, question=question, contradicts=contradicts,
        one_voice=one_voice, new_since=new_since, area=Area.of(area),
    )  # fmt: skip
    hits = frozenset(bench.opened.store.found(asked.words, MOST_HITS)) if asked.words else None
    found = [line for line in lines if asked.lets(line, hits)]
    sort = sort if sort in SORTS else "reports"
    if sort != "reports":
        found.sort(key=SORTS[sort])
    pages = max(1, -(-len(found) // A_PAGE))
    at = min(at, pages)

    def address(**changed: object) -> str:
        kept = {**asked.asks(), "sort": sort, "at": "1"} | {name: str(value) for name, value in changed.items()}
        given = {n: v for n, v in kept.items() if v and (n, v) not in (("sort", "reports"), ("at", "1"))}
        return f"/?{urlencode(given)}" if given else "/"

    return page(
        request,
        "incidents_found.html" if fragment(request) else "incidents.html",
        asked=asked,
        sort=sort,
        shown=found[(at - 1) * A_PAGE : at * A_PAGE],
        found=len(found),
        all=len(lines),
        at=at,
        pages=pages,
        address=address,
        map=map_of(found, asked.area),
        whole=map_of([line for line in lines if replace(asked, area=None).lets(line, hits)]).area if asked.area else None,
        times=time_line(found),
        sides=counted(lines, lambda line: line.sides)[:60],
        catalogue=bench.catalogue,
    )


@router.get("/map.svg", include_in_schema=False)
def map_drawing(who: Reader, area: Annotated[str, Query(max_length=60)]) -> Response:
    """The land and borders of an area."""
    asked = Area.of(area) or world.WORLD
    headers = {
        "cache-control": "private, max-age=604800",
        # The drawing brings its own style, which is ours; it can neither load nor run anything.
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    }
    return Response(world.drawing(asked), media_type="image/svg+xml", headers=headers)
