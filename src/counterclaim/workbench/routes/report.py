"""The page of one report: its text with what was read there, its copies, its bytes as received."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from counterclaim.case import Desk
from counterclaim.case.excerpts import ASIDE, Heading
from counterclaim.dossier import words
from counterclaim.errors import CaseError
from counterclaim.records import FactKind, Linkage, Offsets, ReadReport, Span, View
from counterclaim.workbench.access import Analyst, Reader
from counterclaim.workbench.accounts import Person
from counterclaim.workbench.deciding import given
from counterclaim.workbench.fields import SHOWN, fields_of
from counterclaim.workbench.passages import KEY, found_words, marked
from counterclaim.workbench.state import Workbench, page, workbench

router = APIRouter()

FEW = 12
"""What was read in a report is listed at once where it is no more than this: the text stays in sight beside it."""

_USUAL = {"harm": "killed", "victims": "unspecified", "qualifier": "exact", "scope": "incident"}
"""What a toll that is added is until somebody says otherwise."""


@router.get("/reports/{id}", response_class=HTMLResponse)
def report(
    request: Request, who: Reader, id: str, at: Annotated[str, Query(max_length=30)] = "",
    asked: Annotated[str, Query(max_length=500, alias="words")] = "",
) -> HTMLResponse:  # fmt: skip
    """One report; `at` (start-end) are words to be shown, `asked` those that were searched for."""
    return _shown(request, id, at, asked, "", {})


@router.post("/reports/{id}/read")
def read(request: Request, who: Analyst, id: str) -> Response:
    """Reads a report that a first look had set aside."""
    bench = workbench(request)
    bench.opened.store.want([id], user=who.name)
    bench.intake.read()
    return RedirectResponse(f"/reports/{id}", 303)


@router.get("/reports/{id}/reading")
def reading(request: Request, who: Reader, id: str) -> Response:
    """Whether the page of a report that is being read can be shown anew."""
    return Response(headers={} if workbench(request).intake.busy else {"HX-Refresh": "true"})


@router.post("/reports/{id}/add", response_class=HTMLResponse)
async def add(request: Request, who: Analyst, id: str) -> Response:
    """Keeps a toll or a saying that a person adds from words of the report."""
    form = {name: str(value) for name, value in (await request.form()).items() if len(str(value)) <= 2000}
    return await run_in_threadpool(_add, request, who, id, form)


def _add(request: Request, who: Person, id: str, form: dict[str, str]) -> Response:
    bench = workbench(request)
    try:
        read, incidents = bench.opened.report(id)
        place = _marked(read.report.text, form.get("words", ""), form.get("at", ""))
        kind: FactKind = "statement" if form.get("kind") == "statement" else "figure"
        incident = form.get("incident") or None
        laid = bench.opened.incident(incident) if incident in incidents and incident else None
        desk = laid.desk if laid else Desk(View(reports=(read,), linkage=Linkage()))
        values = {name: given(kind, name, form.get(name, "")) for name in SHOWN[kind]}
        values = {name: value for name, value in values.items() if value is not None}
        span = Span.of(id, read.report.text, *place)
        bench.desk.add(desk, kind, span, values, laid.id if laid else None, user=who.name, reason=form.get("reason", "").strip())
    except CaseError as error:
        return _shown(request, id, "", "", str(error), form)
    return RedirectResponse(f"/reports/{id}?at={place[0]}-{place[1]}#at", 303)


def _marked(text: str, words: str, at: str) -> Offsets:
    """Where the words stand: where they were marked, else the one place where they are. CaseError where that does not tell."""
    place = _place(at, len(text))
    if place is not None and " ".join(text[place[0] : place[1]].split()) == " ".join(words.split()):
        return place
    bare = words.strip()
    times = text.count(bare) if bare else 0
    if times != 1:
        raise CaseError(
            f"these words stand {times} times in the report; mark more of them" if times else "these words are not in the report"
        )
    return text.index(bare), text.index(bare) + len(bare)


def _shown(request: Request, id: str, at: str, asked: str, wrong: str, form: dict[str, str]) -> HTMLResponse:
    bench = workbench(request)
    try:
        read, incidents = bench.opened.report(id)
    except CaseError:
        raise HTTPException(404, "There is no such report in this case.") from None
    place, why = _place(at, len(read.report.text)), read.report.not_read or read.reading.error or ""
    copies, passages = bench.opened.copies(id), bench.opened.passages(id)
    return page(
        request, "report.html", 400 if wrong else 200, read=read, report=read.report,
        paragraphs=marked(read, place, found_words(read.report.text, asked)), key=KEY, at=place,
        read_here=_read_here(read), few=FEW, own=not any(link.copy == id for link in copies),
        called=_called(bench, {id for links in (copies, passages) for link in links for id in (link.copy, link.original)}),
        incidents=[(id, line.title if (line := bench.catalogue.line(id)) else id) for id in incidents],
        copies=copies, passages=passages, unread=why, aside=why.startswith(ASIDE), intake=bench.intake,
        origins=bench.opened.store.origins(read.report.capture), wrong=wrong, given=form,
        missed={
            "statement": fields_of("statement", {"act": "blame"} | form, but=SHOWN["figure"]),
            "both": [field for field in fields_of("statement", form) if field.name in SHOWN["figure"]],
            "figure": fields_of("figure", _USUAL | form, but=SHOWN["statement"]),
        },
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadHere:
    """A toll or a saying read in the report: its id, what it is and who gave it in words, where it stands, whether it tells of an
    incident, so that it stands in the queue."""

    id: str
    what: str
    who: str
    at: Offsets
    queued: bool


def _read_here(read: ReadReport) -> list[ReadHere]:
    """What was read in the report, in its order."""
    found = []
    for f in read.reading.figures:
        phrase = words.toll_phrase(f.low, f.high, f.qualifier, words.inert(read.report.text[f.span[0] : f.span[1]]))
        found.append(ReadHere(f.id, f"{phrase} {f.harm}", _who(f.speaker), f.span, f.incident is not None))
    for s in read.reading.statements:
        pieces = s.content or s.cue
        if pieces and s.act != "figure":
            at = (pieces[0][0], pieces[-1][1])
            target = f" {words.inert(words.names(s.target))}" if s.target else ""
            found.append(ReadHere(s.id, f"{words.ACTS[s.act]}{target}", _who(s.speaker), at, s.incident is not None))
    return sorted(found, key=lambda one: (one.at, one.id))


def _called(bench: Workbench, ids: Collection[str]) -> dict[str, str]:
    """What other reports are called here: outlet and day."""

    def called(held: Heading) -> str:
        day = words.date_phrase(held.published, short=True) if held.published else "undated"
        return f"{words.inert(held.outlet or 'outlet unknown')}, {day}"

    return {held.id: called(held) for held in bench.opened.store.headings(ids)}


def _who(speaker: str | None) -> str:
    return words.inert(words.names(speaker)) if speaker else "the outlet itself"


@router.get("/captures/{sha256}", include_in_schema=False)
def capture(request: Request, who: Reader, sha256: str) -> Response:
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
