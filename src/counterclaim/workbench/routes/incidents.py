"""The list of incidents, with their map and time line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from counterclaim.workbench import world
from counterclaim.workbench.access import Reader
from counterclaim.workbench.charts import Map, TimeLine, map_of, time_line
from counterclaim.workbench.lines import SORTS, Filter, Line, counted
from counterclaim.workbench.routes.asking import Asked
from counterclaim.workbench.state import Workbench, fragment, page, workbench
from counterclaim.workbench.world import Area

A_PAGE = 50
"""Incidents on one page of the list: two screens."""

MOST_HITS = 5000
"""Reports that a search for words looks through: more say that the words are too common to find anything by."""

MOST_SIDES = 60
"""Sides offered to filter by, the commonest first."""

router = APIRouter()


@router.get("/", response_class=HTMLResponse)
def incidents(
    request: Request, who: Reader, asked: Asked, sort: Annotated[str, Query(max_length=20)] = "reports",
    at: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> HTMLResponse:  # fmt: skip
    """The incidents that fit the filter, a page of them, with the map and time line of all that fit."""
    bench = workbench(request)
    sort = sort if sort in SORTS else "reports"
    found = look(bench, asked, sort)
    pages = max(1, -(-len(found.lines) // A_PAGE))
    at = min(at, pages)

    def address(page: str = "/", **changed: object) -> str:
        kept = {**asked.asks(), "sort": sort, "at": "1"} | {name: str(value) for name, value in changed.items()}
        given = {n: v for n, v in kept.items() if v and (n, v) not in (("sort", "reports"), ("at", "1"))}
        return f"{page}?{urlencode(given)}" if given else page

    return page(
        request,
        "incidents_found.html" if fragment(request) else "incidents.html",
        asked=asked,
        sort=sort,
        shown=found.lines[(at - 1) * A_PAGE : at * A_PAGE],
        found=len(found.lines),
        all=len(bench.catalogue.lines),
        at=at,
        pages=pages,
        address=address,
        map=found.map,
        cut=found.cut,
        times=found.times,
        sides=bench.catalogue.remembered("sides", lambda lines: counted(lines, lambda line: line.sides)[:MOST_SIDES]),
        questions=bench.catalogue.remembered("questions", lambda lines: counted(lines, lambda line: line.asked)),
        catalogue=bench.catalogue,
        came=0 if found.lines else bench.opened.store.count_reports(),
        filtered=bool(set(asked.asks()) - {"words", "area"}),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """What fits a filter, with its map and time line; `cut` where the words stand in more reports than are looked through."""

    lines: tuple[Line, ...]
    map: Map
    times: TimeLine
    cut: bool = False


def look(bench: Workbench, asked: Filter, sort: str = "reports") -> Found:
    """The lines that fit, in their order."""

    def find(lines: tuple[Line, ...]) -> Found:
        reports = bench.opened.store.found(asked.words, MOST_HITS) if asked.words else ()
        if asked.words:
            told = bench.catalogue.telling(reports)
            lines = tuple(line for line in lines if line.id in told)
        fitting = tuple(line for line in lines if asked.lets(line))
        return Found(fitting, map_of(fitting, asked.area), time_line(fitting), len(reports) == MOST_HITS)

    found = bench.catalogue.remembered(asked, find)
    if sort == "reports":
        return found
    ordered = bench.catalogue.remembered((asked, sort), lambda _: tuple(sorted(found.lines, key=SORTS[sort])))
    return Found(ordered, found.map, found.times, found.cut)


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
