"""Taking something out of the case: which incidents, in which format, for whom, and which names stay behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from counterclaim.dossier.words import counted
from counterclaim.exchange import Masks, hidden_in
from counterclaim.workbench.access import Analyst, Reader
from counterclaim.workbench.exports import FORMATS, Chosen
from counterclaim.workbench.laid import Laid, together
from counterclaim.workbench.people import reports_of
from counterclaim.workbench.routes.asking import Asked
from counterclaim.workbench.routes.incident import found
from counterclaim.workbench.routes.incidents import look
from counterclaim.workbench.state import page, workbench

MOST = 200
"""Incidents taken out at once: as much as a page holds that still opens; a whole case leaves through `counterclaim export`."""

router = APIRouter()


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
        request, "export.html", ids=ids, what=what, more=more,
        formats=FORMATS.values(), hidden=hidden_in(together(_laid(request, ids))[0]), wrong="",
    )  # fmt: skip


@router.post("/export")
def export(
    request: Request, who: Analyst, format: Annotated[str, Form(max_length=30)], audience: Annotated[str, Form(max_length=10)],
    incident: Annotated[list[str], Form(max_length=MOST)], shown: Annotated[list[str], Form(max_length=2000)] = [],  # noqa: B006 - FastAPI copies it
    words: Annotated[str, Form(max_length=5000)] = "",
) -> Response:  # fmt: skip
    """Writes the file. For the public every name is masked but those that somebody ticked to be shown."""
    written = FORMATS.get(format)
    if written is None or audience not in ("public", "inside"):
        raise HTTPException(400, "There is no such format, or nobody it could be for.")
    laid = _laid(request, incident)
    if not laid:
        raise HTTPException(404, "None of these incidents is in the case any more; look at the list again.")
    reports = {id for one in laid for id in one.ids}
    bench = workbench(request)
    title = laid[0].view.title if len(laid) == 1 else f"{bench.opened.name}: {counted(len(laid), 'incident')}"
    decisions = [d for d in bench.opened.people().decisions if reports & reports_of(d)]
    chosen = Chosen(title, laid, decisions)
    masks = Masks() if audience == "inside" else _masks(laid, shown, words)
    # How many names somebody let stand is kept, which ones is not: an entry of the log outlives what is redacted.
    told = {"format": format, "audience": audience, "incidents": [one.id for one in laid], "named": len(set(shown))}
    bench.opened.store.note_export(who.name, told)
    name = re.sub(r"[^\w-]+", "-", masks(title), flags=re.ASCII).strip("-")[:60] or "export"
    headers = {"content-disposition": f'attachment; filename="{name}-{written.key}.{written.ending}"'}
    return StreamingResponse(_written(written.write(chosen, masks)), media_type=written.media, headers=headers)


def _masks(laid: Sequence[Laid], shown: Sequence[str], words: str) -> Masks:
    hidden = tuple(person for person in hidden_in(together(laid)[0]) if person.name not in shown)
    return Masks(hidden, tuple(line.strip() for line in words.splitlines() if line.strip())[:500])


def _laid(request: Request, ids: Sequence[str]) -> list[Laid]:
    opened = workbench(request).opened
    away = opened.people().away
    wanted = list(dict.fromkeys(away.get(id, id) for id in ids[:MOST]))
    held = {laid.id: laid for laid in opened.lay(wanted)}
    return [held[id] for id in wanted if id in held]


def _written(pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield from pieces
