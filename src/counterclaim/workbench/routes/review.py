"""The queue: one thing to check at a time, answered by a key, the next one at once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from counterclaim.case.values import VALUES
from counterclaim.errors import CaseError
from counterclaim.workbench.access import Analyst, Reader
from counterclaim.workbench.fields import fields_of
from counterclaim.workbench.lines import Line
from counterclaim.workbench.opened import Laid
from counterclaim.workbench.passages import Passage, passage_of
from counterclaim.workbench.queue import Item, items_of
from counterclaim.workbench.state import Workbench, fragment, page, workbench

router = APIRouter()


@router.get("/review", response_class=HTMLResponse)
def review(
    request: Request, who: Reader, incident: Annotated[str, Query(max_length=40)] = "",
    key: Annotated[str, Query(max_length=120)] = "", after: Annotated[str, Query(max_length=120)] = "",
) -> HTMLResponse:  # fmt: skip
    """The item of that key; without one the next open item, after the one that was passed over."""
    return _card(request, *_next(workbench(request), incident, key, after))


@router.post("/review/answer", response_class=HTMLResponse)
def answer(
    request: Request, who: Analyst, incident: Annotated[str, Form(max_length=40)], key: Annotated[str, Form(max_length=120)],
    verb: Annotated[str, Form(max_length=10)], reason: Annotated[str, Form(max_length=2000)] = "",
    harm: Annotated[str, Form(max_length=20)] = "", victims: Annotated[str, Form(max_length=20)] = "",
    low: Annotated[str, Form(max_length=30)] = "", high: Annotated[str, Form(max_length=30)] = "",
    qualifier: Annotated[str, Form(max_length=20)] = "", scope: Annotated[str, Form(max_length=20)] = "",
    as_of: Annotated[str, Form(max_length=30)] = "", speaker: Annotated[str, Form(max_length=300)] = "",
    affiliation: Annotated[str, Form(max_length=300)] = "", side: Annotated[str, Form(max_length=100)] = "",
    act: Annotated[str, Form(max_length=20)] = "", target: Annotated[str, Form(max_length=300)] = "",
) -> Response:  # fmt: skip
    """Keeps an answer and shows the next item; where the answer does not fit, the same item with what is wrong."""
    bench = workbench(request)
    laid = bench.opened.incident(incident)
    item = None if laid is None else next((one for one in items_of(laid) if one.key == key), None)
    if laid is None or item is None:
        return _card(request, *_next(bench, incident, "", key), said="That was changed meanwhile; here is what is next.")
    given = {
        "harm": harm, "victims": victims, "low": low, "high": high, "qualifier": qualifier, "scope": scope, "as_of": as_of,
        "speaker": speaker, "affiliation": affiliation, "side": side, "act": act, "target": target,
    }  # fmt: skip
    try:
        bench.desk.answer(laid, item, verb, given, user=who.name, reason=reason.strip())
    except CaseError as error:
        return _card(request, laid, item, wrong=str(error), given=given if verb == "correct" else None)
    if not fragment(request):
        return RedirectResponse(f"/review?incident={incident}&after={key}", 303)
    return _card(request, *_next(bench, incident, "", key), said=f"{_PAST[verb]}. Undo with u.")


@router.post("/review/undo", response_class=HTMLResponse)
def undo(request: Request, who: Analyst) -> Response:
    """Takes back the latest answer of whoever asks and shows what it was given on."""
    bench = workbench(request)
    step = bench.desk.undo(who.name)
    if not fragment(request):
        address = f"/incidents/{step.incident}" if step and not step.key else "/review"
        return RedirectResponse(f"/review?incident={step.incident}&key={step.key}" if step and step.key else address, 303)
    if step is None:
        return _card(
            request, *_next(bench, "", "", ""), said="There is nothing of yours to undo here; older ones are under Audit."
        )
    return _card(request, *_next(bench, step.incident, step.key, ""), said="Taken back.")


_PAST = {"accept": "Accepted", "correct": "Corrected", "reject": "Rejected", "same": "Kept together", "not-same": "Set apart"}


def _next(bench: Workbench, incident: str, key: str, after: str) -> tuple[Laid | None, Item | None]:
    """The item asked for, else the next open one of its incident, else the first of the incident that most needs it."""
    if incident:
        laid = bench.opened.incident(bench.opened.people().away.get(incident, incident))
        if laid is not None:
            items = items_of(laid)
            named = next((item for item in items if item.key == key), None)
            if named is not None:
                return laid, named
            at = next((n + 1 for n, item in enumerate(items) if item.key == after), 0)
            found = next((item for item in (*items[at:], *items[:at]) if item.open_to() and item.key != after), None)
            if found is not None:
                return laid, found
    for line in worth(bench.catalogue.lines):
        if line.id != incident:
            laid = bench.opened.incident(line.id)
            found = None if laid is None else next((item for item in items_of(laid) if item.open_to()), None)
            if found is not None:
                return laid, found
    return None, None


def worth(lines: tuple[Line, ...]) -> list[Line]:
    """The incidents with anything to check, the most disputed and the least sure first."""
    return sorted((line for line in lines if line.open), key=lambda line: (-line.contradictions, line.doubt, line.id))


def _card(
    request: Request, laid: Laid | None, item: Item | None, *, said: str = "", wrong: str = "",
    given: dict[str, str] | None = None,
) -> HTMLResponse:  # fmt: skip
    bench = workbench(request)
    template = "card.html" if fragment(request) else "review.html"
    if laid is None or item is None:
        return page(request, template, laid=None, item=None, said=said, wrong=wrong, left=0)
    items = items_of(laid)
    passages = [_passage(laid, item.report, item.at)]
    if item.other is not None and item.other_at is not None:
        passages.append(_passage(laid, item.other.report, item.other_at))
    values = given or {role: getattr(item.fact, role) for role in VALUES[item.kind]} if item.fact else {}
    return page(
        request, template, laid=laid, item=item, passages=passages, said=said, wrong=wrong, fields=fields_of(item.kind, values),
        correcting=given is not None, checked=sum(1 for one in items if not one.open_to()), all=len(items),
        left=sum(line.open for line in bench.catalogue.lines),
    )  # fmt: skip


def _passage(laid: Laid, report: str, at: tuple[int, int]) -> Passage:
    return passage_of(laid.reports[report], laid.number(report), at)
