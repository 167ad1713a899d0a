"""The page of one incident: its contest, with the sentences of every cell beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

from counterclaim.case import SCALES
from counterclaim.dossier.rows import Stance
from counterclaim.workbench.access import Reader
from counterclaim.workbench.fields import GRADES
from counterclaim.workbench.laid import Laid
from counterclaim.workbench.passages import Passage, passage_of
from counterclaim.workbench.queue import items_of
from counterclaim.workbench.state import page, workbench

router = APIRouter()

_WORDS = re.compile(r"r(\d+)-(\d+)-(\d+)")
_TO_LIST = re.compile(r'<a href="#(i\d+-a\d+-\w+)">in the list</a>')
_TO_WORDS = re.compile(r'href="#r(\d+)(?:-(\d+)-(\d+))?"')


@router.get("/incidents/{id}", response_class=HTMLResponse)
def incident(
    request: Request, who: Reader, id: str, done: Annotated[str, Query(max_length=10)] = "", by: Annotated[int, Query(ge=0)] = 0
) -> Response:  # fmt: skip
    """One incident laid out; `done` says what was just done to it, `by` with which decision, so that it can be undone there."""
    laid = found(request, id)
    if laid.id != id:
        return RedirectResponse(f"/incidents/{laid.id}", 302)
    return page(
        request, "contest.html", laid=laid, i=laid.view, view=laid.dossier, leads=lambda text: leads(text, laid),
        done=done, by=by, open=sum(1 for item in items_of(laid) if item.open_to()), scales=SCALES, meanings=GRADES,
    )  # fmt: skip


@router.get("/incidents/{id}/beside", response_class=HTMLResponse)
def beside(request: Request, who: Reader, id: str, at: Annotated[str, Query(max_length=200)]) -> HTMLResponse:
    """The sentences behind a place of the incident's page: `at` is its anchor, of words or of a cell."""
    laid = found(request, id)
    heading, passages = _behind(laid, at)
    if not passages:
        raise HTTPException(404, "There are no words at that place.")
    items = [item for item in items_of(laid) if item.fact is not None]
    read = [(p, [i for i in items if i.report == p.read.report.id and i.at[0] < p.at[1] and p.at[0] < i.at[1]]) for p in passages]
    return page(request, "beside.html", laid=laid, heading=heading, passages=read)


def found(request: Request, id: str) -> Laid:
    """The incident of that id; 404 where there is none."""
    opened = workbench(request).opened
    laid = opened.incident(opened.people().away.get(id, id))
    if laid is None:
        raise HTTPException(404, "There is no such incident in this case. A later run may have joined it to another.")
    return laid


def leads(text: str, laid: Laid) -> Markup:
    """The dossier's piece with its links to words leading to the reports' own pages, where there is no appendix to lead to, and
    a way from each cell to where its sentences are checked.

    In that piece everything that a report says is escaped, so only the templates' own links are met.
    """

    def lead(match: re.Match[str]) -> str:
        number, start, end = match.groups()
        n = int(number)
        if not 1 <= n <= len(laid.ids):
            return match[0]
        if start is None:
            return f'href="/reports/{laid.ids[n - 1]}"'
        return f'href="/reports/{laid.ids[n - 1]}?at={start}-{end}#at" data-at="r{number}-{start}-{end}"'

    def check(match: re.Match[str]) -> str:
        return f'{match[0]} · <a href="#{match[1]}" data-at="{match[1]}">beside, to check</a>'

    return Markup(_TO_LIST.sub(check, _TO_WORDS.sub(lead, text)))


def _behind(laid: Laid, at: str) -> tuple[str, list[Passage]]:
    words = _WORDS.fullmatch(at)
    if words:
        n, start, end = (int(part) for part in words.groups())
        return "", list(_passages(laid, [(n, start, end)]))
    for stance, who in ((s, a.voice.name) for b in laid.view.positions for a in b.actors for s in a.stances):
        if stance.anchor == at:
            return f"{who} {stance.act}", list(_passages(laid, _places(stance)))
    return "", []


def _places(stance: Stance) -> Iterable[tuple[int, int, int]]:
    for entry in stance.entries:
        for cite in entry.shown:
            match = _WORDS.fullmatch(cite.anchor)
            if match:
                n, start, end = (int(part) for part in match.groups())
                yield n, start, end


def _passages(laid: Laid, places: Iterable[tuple[int, int, int]]) -> Iterable[Passage]:
    for n, start, end in places:
        if 1 <= n <= len(laid.ids):
            read = laid.reports[laid.ids[n - 1]]
            if 0 <= start < end <= len(read.report.text):
                yield passage_of(read, n, (start, end))
