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
_AT = re.compile(r"r(\d+)(?:-(\d+-\d+))?")
_TO_LIST = re.compile(r'<a href="#(i\d+-a\d+-\w+)">in the list</a>')
_TO_WORDS = re.compile(r'(?:(class="ref" )?href="#(r(\d+)(-\d+-\d+)?)")( title="[^"]*")?')

PARTED = 20
"""Reports from which on what is closed at first is fetched when it is opened: a page of 60 reports is then a seventh as large."""


@router.get("/incidents/{id}", response_class=HTMLResponse)
def incident(
    request: Request, who: Reader, id: str, done: Annotated[str, Query(max_length=10)] = "",
    by: Annotated[int, Query(ge=0)] = 0, at: Annotated[str, Query(max_length=40)] = "",
    part: Annotated[str, Query(max_length=60)] = "",
) -> Response:  # fmt: skip
    """One incident laid out; `done` says what was just done to it, `by` with which decision, so that it can be undone there.

    `at` leads on to words of one of its reports; with `part` nothing is left to be fetched when it is opened.
    """
    laid = found(request, id)
    if laid.id != id:
        return RedirectResponse(f"/incidents/{laid.id}", 302)
    if at:
        return RedirectResponse(_page_of(laid, at), 302)
    return page(
        request, "contest.html", laid=laid, i=laid.view, view=laid.dossier, leads=lambda text: leads(text, laid),
        parted=not part and len(laid.ids) > PARTED, done=done, by=by,
        open=sum(1 for item in items_of(laid) if item.open_to()), scales=SCALES, meanings=GRADES,
    )  # fmt: skip


@router.get("/incidents/{id}/part", response_class=HTMLResponse)
def part(request: Request, who: Reader, id: str, of: Annotated[str, Query(max_length=60)]) -> HTMLResponse:
    """What the incident's page leaves out until it is opened: further pairs, every position in its words, the words of a toll or
    a cell, what a range was taken over."""
    laid = found(request, id)
    i = laid.view
    tables = (*i.tolls, *i.parts, *i.others)
    tolls = {row.anchor: row for table in tables for row in table.rows}
    ranges = {f"{table.grid}{n}": row for table in tables for n, row in enumerate(table.head)}
    cells = {cell.anchor: (cell, a.voice.name) for b in i.positions for a in b.actors for cell in a.stances}
    if of not in {"made", "rest", "voiced", "joined", *tolls, *ranges, *cells}:
        raise HTTPException(404, "There is no such part of this page.")
    return page(
        request, "part.html", of=of, toll=tolls.get(of), range=ranges.get(of), cell=cells.get(of), i=i, view=laid.dossier,
        parted=False, leads=lambda text: leads(text, laid),
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
        kind, at, number, within, title = (given or "" for given in match.groups())
        if not 1 <= int(number) <= len(laid.ids):
            return match[0]
        # The outlet that a reference is to is told by the list of reports below; what else a title says stays.
        return f'{kind}href="?at={at}"' + ("" if kind or not within else title)

    def check(match: re.Match[str]) -> str:
        return f'{match[0]} <a href="#{match[1]}" data-at="{match[1]}">beside, to check</a>'

    return Markup(_TO_LIST.sub(check, _TO_WORDS.sub(lead, text)))


def _page_of(laid: Laid, at: str) -> str:
    """The address of words in the page of their report; 404 where there are none."""
    words = _AT.fullmatch(at)
    if words is None or not 1 <= int(words[1]) <= len(laid.ids):
        raise HTTPException(404, "There are no words at that place.")
    return f"/reports/{laid.ids[int(words[1]) - 1]}" + (f"?at={words[2]}#at" if words[2] else "")


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
