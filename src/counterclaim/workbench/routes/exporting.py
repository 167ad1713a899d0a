"""Taking something out of the case: which incidents, in which format, for whom, and which names stay behind."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from tempfile import SpooledTemporaryFile
from typing import Annotated, BinaryIO, cast

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse
from starlette.background import BackgroundTask

from counterclaim.dossier.words import counted
from counterclaim.errors import CounterclaimError
from counterclaim.exchange import AUDIENCES, Format, hidden_in
from counterclaim.publishing import FORMATS, Terms, earlier_of, export_of, note, runs_of, write
from counterclaim.workbench.access import Analyst, Reader
from counterclaim.workbench.laid import Laid, together
from counterclaim.workbench.opened import Opened
from counterclaim.workbench.routes.asking import Asked
from counterclaim.workbench.routes.incident import found
from counterclaim.workbench.routes.incidents import look
from counterclaim.workbench.state import page, workbench

MOST = 200
"""Incidents taken out at once: as much as a page holds that still opens; a whole case leaves through `counterclaim export`."""

_HELD = 8_000_000
"""Bytes of a file that are held in memory until it is noted; beyond them it waits on the disk."""

GROUPS = (
    ("To read", ("dossier", "pdf", "methodology")),
    ("For recorders, coders and maps", ("ged", "airwars", "geojson", "datapackage")),
    ("Tables", ("incidents", "figures", "claims", "reports", "figures-parquet", "claims-parquet")),
    ("Tables with HXL tags", ("incidents-hxl", "figures-hxl", "claims-hxl")),
    ("For programs and archives", ("lines", "annotations", "prov", "ftm", "decisions")),
    ("To be checked elsewhere and brought back", ("label-studio", "cas")),
    ("All of it", ("all",)),
)
"""The formats in the order in which the page offers them."""

router = APIRouter()


def _groups() -> list[tuple[str, list[Format]]]:
    """What the page offers; a format that no group names stands in the last."""
    named = {key for _, keys in GROUPS for key in keys}
    further = [format for key, format in FORMATS.items() if key not in named]
    groups = [(group, [FORMATS[key] for key in keys]) for group, keys in GROUPS]
    return [*groups[:-1], (groups[-1][0], [*further, *groups[-1][1]])]


@router.get("/export", response_class=HTMLResponse)
def exporting(request: Request, who: Reader, asked: Asked, incident: Annotated[str, Query(max_length=40)] = "") -> HTMLResponse:
    """What to take out, of one incident or of those that a filter lets through, with the names that would be masked."""
    bench, more = workbench(request), 0
    if incident:
        laid = found(request, incident)
        ids, what = [laid.id], laid.view.title
    else:
        lines = look(bench, asked).lines
        ids, what, more = [line.id for line in lines[:MOST]], counted(len(lines), "incident"), max(0, len(lines) - MOST)
    return page(
        request, "export.html", ids=ids, what=what, more=more, audiences=tuple(AUDIENCES.values())[::-1],
        groups=_groups(), hidden=hidden_in(together(_laid(bench.opened, ids)).reports), wrong="",
    )  # fmt: skip


@router.post("/export")
def export(
    request: Request, who: Analyst, format: Annotated[str, Form(max_length=30)], audience: Annotated[str, Form(max_length=10)],
    incident: Annotated[list[str], Form(max_length=MOST)], shown: Annotated[list[str], Form(max_length=2000)] = [],  # noqa: B006 - FastAPI copies it
    words: Annotated[str, Form(max_length=5000)] = "",
) -> Response:  # fmt: skip
    """Writes the file and notes it in the log. What the audience is not shown is masked, but for names ticked to be shown."""
    chosen = FORMATS.get(format)
    if chosen is None or audience not in AUDIENCES:
        raise HTTPException(400, "There is no such format, or nobody it could be for.")
    opened = workbench(request).opened
    laid = _laid(opened, incident)
    if not laid:
        raise HTTPException(404, "None of these incidents is in the case any more; look at the list again.")
    title = laid[0].view.title if len(laid) == 1 else f"{opened.name}: {counted(len(laid), 'incident')}"
    further = tuple(line.strip() for line in words.splitlines() if line.strip())[:500]
    terms = Terms(audience=audience, shown=frozenset(shown), words=further, incidents=frozenset(one.id for one in laid))
    taken = export_of(
        together(laid), [one.contest for one in laid], terms, title=title, now=datetime.now(UTC), runs=runs_of(opened.store),
        earlier=earlier_of(opened.store),
    )  # fmt: skip
    with contextlib.ExitStack() as until_noted:
        sink = until_noted.enter_context(SpooledTemporaryFile(_HELD))
        try:
            written = write(taken, chosen, cast(BinaryIO, sink))
        except CounterclaimError as refused:  # whole texts for somebody outside, say
            raise HTTPException(400, str(refused)) from None
        note(opened.store, taken, chosen, written, user=who.name, shown=len(shown))
        sink.seek(0)
        until_noted.pop_all()  # the answer closes it, once it is sent
    name = re.sub(r"[^\w-]+", "-", taken.masks(title), flags=re.ASCII).strip("-")[:60] or "export"
    headers = {"content-disposition": f'attachment; filename="{name}-{audience}-{chosen.key}.{chosen.ending}"'}
    return StreamingResponse(sink, media_type=chosen.media, headers=headers, background=BackgroundTask(sink.close))


def _laid(opened: Opened, ids: Sequence[str]) -> list[Laid]:
    away = opened.people().away
    wanted = list(dict.fromkeys(away.get(id, id) for id in ids[:MOST]))
    held = {laid.id: laid for laid in opened.lay(wanted)}
    return [held[id] for id in wanted if id in held]
