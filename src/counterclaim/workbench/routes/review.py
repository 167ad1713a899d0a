"""The queue: one thing to check at a time, answered by a key, the next one at once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from counterclaim.case.people import leads
from counterclaim.case.values import VALUES
from counterclaim.errors import CaseError
from counterclaim.records import FigureRef, StatementRef
from counterclaim.workbench.access import Analyst, Reader
from counterclaim.workbench.accounts import Person
from counterclaim.workbench.fields import fields_of
from counterclaim.workbench.laid import Laid
from counterclaim.workbench.opened import Opened
from counterclaim.workbench.passages import Passage, passage_of
from counterclaim.workbench.queue import Item, items_of
from counterclaim.workbench.rounds import Alone, Everybody, Round, next_in
from counterclaim.workbench.state import Workbench, fragment, page, workbench

router = APIRouter()


@router.get("/review", response_class=HTMLResponse)
def review(
    request: Request, who: Reader, incident: Annotated[str, Query(max_length=40)] = "",
    key: Annotated[str, Query(max_length=120)] = "", after: Annotated[str, Query(max_length=120)] = "", alone: bool = False,
    fact: Annotated[str, Query(max_length=200)] = "",
) -> HTMLResponse:  # fmt: skip
    """The item of that key, or of that fact (the report's id, a point, the fact's own); without one the next open item, after the
    one that was passed over. `alone` is a second coder's."""
    round = _round(request, who, alone)
    if fact:
        return _card(request, who, round, *_of_fact(round, workbench(request).opened, fact))
    return _card(request, who, round, *next_in(round, incident, key, after))


@router.post("/review/answer", response_class=HTMLResponse)
def answer(
    request: Request, who: Analyst, incident: Annotated[str, Form(max_length=40)], key: Annotated[str, Form(max_length=120)],
    verb: Annotated[str, Form(max_length=10)], reason: Annotated[str, Form(max_length=2000)] = "",
    alone: Annotated[bool, Form()] = False,
    harm: Annotated[str, Form(max_length=20)] = "", victims: Annotated[str, Form(max_length=20)] = "",
    low: Annotated[str, Form(max_length=30)] = "", high: Annotated[str, Form(max_length=30)] = "",
    qualifier: Annotated[str, Form(max_length=20)] = "", scope: Annotated[str, Form(max_length=20)] = "",
    as_of: Annotated[str, Form(max_length=30)] = "", speaker: Annotated[str, Form(max_length=300)] = "",
    affiliation: Annotated[str, Form(max_length=300)] = "", side: Annotated[str, Form(max_length=100)] = "",
    act: Annotated[str, Form(max_length=20)] = "", target: Annotated[str, Form(max_length=300)] = "",
) -> Response:  # fmt: skip
    """Keeps an answer and shows the next item; where the answer does not fit, the same item with what is wrong."""
    bench, round = workbench(request), _round(request, who, alone)
    laid = round.laid(incident)
    item = None if laid is None else next((one for one in items_of(laid) if one.key == key), None)
    if laid is None or item is None:
        found = next_in(round, incident, "", key)
        return _card(request, who, round, *found, said="That was changed meanwhile; here is what is next.")
    given = {
        "harm": harm, "victims": victims, "low": low, "high": high, "qualifier": qualifier, "scope": scope, "as_of": as_of,
        "speaker": speaker, "affiliation": affiliation, "side": side, "act": act, "target": target,
    }  # fmt: skip
    try:
        settling = settles(bench, who)
        bench.desk.answer(laid, item, verb, given, user=who.name, reason=reason.strip(), settling=settling)
    except CaseError as error:
        return _card(request, who, round, laid, item, wrong=str(error), given=given if verb == "correct" else None)
    if not fragment(request):
        return RedirectResponse(f"/review?incident={incident}&after={key}{'&alone=1' if alone else ''}", 303)
    return _card(request, who, round, *next_in(round, incident, "", key), said=f"{_PAST[verb]}. Undo with u.")


@router.post("/review/undo", response_class=HTMLResponse)
def undo(request: Request, who: Analyst, alone: Annotated[bool, Form()] = False) -> Response:
    """Takes back the latest answer of whoever asks and shows what it was given on."""
    bench, round = workbench(request), _round(request, who, alone)
    step = bench.desk.undo(who.name)
    more = "&alone=1" if alone else ""
    if not fragment(request):
        address = f"/incidents/{step.incident}" if step and step.incident else f"/review?{more}"
        return RedirectResponse(f"/review?incident={step.incident}&key={step.key}{more}" if step and step.key else address, 303)
    if step is None:
        said = "There is nothing of yours to undo here; older ones are under Audit."
        return _card(request, who, round, *next_in(round, "", "", ""), said=said)
    return _card(request, who, round, *next_in(round, step.incident, step.key, ""), said="Taken back.")


_PAST = {"accept": "Accepted", "correct": "Corrected", "reject": "Rejected", "same": "Kept together", "not-same": "Set apart"}


def settles(bench: Workbench, who: Person) -> bool:
    """Whether what this person decides settles what others see differently: a lead of the case, who may be one here."""
    return who.may("lead") and who.name in leads(bench.opened.people().decisions)


def _of_fact(round: Round, opened: Opened, fact: str) -> tuple[Laid, Item]:
    """The item in which a fact of a report is checked. 404 where there is none."""
    report, _, id = fact.partition(".")
    try:
        _, incidents = opened.report(report)
    except CaseError:
        incidents = ()
    refs = (FigureRef(report, id), StatementRef(report, id))
    for laid in filter(None, map(round.laid, incidents)):
        for item in round.items(laid):
            if item.ref in refs and item.fact is not None:
                return laid, item
    raise HTTPException(404, "That is not in the queue: what a copy says is checked in the report that it was copied from.")


def _round(request: Request, who: Person, alone: bool) -> Round:
    bench = workbench(request)
    return Alone(bench.opened, who.name) if alone else Everybody(bench.opened, bench.catalogue)


def _card(
    request: Request, who: Person, round: Round, laid: Laid | None, item: Item | None, *, said: str = "", wrong: str = "",
    given: dict[str, str] | None = None,
) -> HTMLResponse:  # fmt: skip
    bench, alone = workbench(request), isinstance(round, Alone)
    seconds = any(d.user != who.name for d in bench.opened.people().decisions)
    template = "card.html" if fragment(request) else "review.html"
    if laid is None or item is None:
        came = bench.opened.store.count_reports()
        return page(
            request, template, laid=None, item=None, said=said, wrong=wrong, left=0, alone=alone, seconds=seconds, came=came
        )  # fmt: skip
    items = round.items(laid)
    passages = [_passage(laid, item.report, item.at)]
    if item.other is not None and item.other_at is not None:
        passages.append(_passage(laid, item.other.report, item.other_at))
    values = given or {role: getattr(item.fact, role) for role in VALUES[item.kind]} if item.fact else {}
    return page(
        request, template, laid=laid, item=item, passages=passages, said=said, wrong=wrong, fields=fields_of(item.kind, values),
        checked=sum(1 for one in items if not round.open(one)), all=len(items),
        left=round.left, alone=alone, seconds=seconds,
        settling=any(s.state == "disputed" for s in item.standings) and settles(bench, who),
    )  # fmt: skip


def _passage(laid: Laid, report: str, at: tuple[int, int]) -> Passage:
    return passage_of(laid.reports[report], laid.number(report), at)
