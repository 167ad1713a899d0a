"""Signing in and out, and the accounts of those who may."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from counterclaim.errors import CounterclaimError
from counterclaim.workbench.access import COOKIE, TRIES, Lead, Reader, address_of, checked_token
from counterclaim.workbench.accounts import HOURS, LONG_ENOUGH, ROLES, Accounts
from counterclaim.workbench.state import page, workbench

router = APIRouter()


@router.get("/sign-in", response_class=HTMLResponse)
def signing_in(request: Request, to: Annotated[str, Query(max_length=500)] = "/") -> HTMLResponse:
    """The form to sign in; `to` is the page that was asked for."""
    _accounts(request)
    return page(request, "sign_in.html", to=_within(to), wrong="", given="", hours=HOURS)


@router.post("/sign-in", response_class=HTMLResponse)
def sign_in(
    request: Request, name: Annotated[str, Form(max_length=100)], password: Annotated[str, Form(max_length=1000)],
    to: Annotated[str, Form(max_length=500)] = "/",
) -> Response:  # fmt: skip
    """Begins a session. Neither the answer nor its time tells whether the name exists."""
    bench, accounts = workbench(request), _accounts(request)
    if not bench.often.again(f"try {address_of(request)}", TRIES) or not bench.often.again(f"try {name}", TRIES):
        raise HTTPException(429, "That is too often. Wait a minute.")
    session = accounts.sign_in(name, password)
    if session is None:
        wrong = "Name and password do not fit."
        return page(request, "sign_in.html", 403, to=_within(to), wrong=wrong, given=name, hours=HOURS)
    answer = RedirectResponse(_within(to), 303)
    answer.set_cookie(COOKIE, session, httponly=True, samesite="strict", secure=bench.secure, path="/")
    return answer


@router.post("/sign-out")
def sign_out(request: Request, who: Reader, _: Annotated[None, Depends(checked_token)]) -> Response:
    """Ends the session."""
    _accounts(request).sign_out(who.session)
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


@router.get("/accounts", response_class=HTMLResponse)
def accounts(request: Request, who: Reader) -> HTMLResponse:
    """Who may sign in, for those who keep the accounts."""
    if not who.may("lead"):
        raise HTTPException(403, "That is for those who are lead.")
    return _listed(request)


@router.post("/accounts", response_class=HTMLResponse)
def add_account(
    request: Request, who: Lead, name: Annotated[str, Form(max_length=100)], role: Annotated[str, Form(max_length=20)],
    password: Annotated[str, Form(max_length=1000)],
) -> Response:  # fmt: skip
    """Makes an account or changes one."""
    held = _accounts(request)
    try:
        held.add(name, role, password)
    except CounterclaimError as error:
        return _listed(request, str(error), name, role)
    return RedirectResponse("/accounts", 303)


@router.post("/accounts/close")
def close_account(request: Request, who: Lead, name: Annotated[str, Form(max_length=100)]) -> Response:
    """Closes an account; not one's own, so that somebody is left to open others."""
    if name == who.name:
        raise HTTPException(400, "You cannot close your own account.")
    _accounts(request).close(name)
    return RedirectResponse("/accounts", 303)


def _listed(request: Request, wrong: str = "", name: str = "", role: str = "") -> HTMLResponse:
    return page(
        request, "accounts.html", 400 if wrong else 200, held=_accounts(request).all(), roles=ROLES, wrong=wrong,
        least=LONG_ENOUGH, given={"name": name, "role": role},
    )  # fmt: skip


def _accounts(request: Request) -> Accounts:
    held = workbench(request).accounts
    if held is None:
        raise HTTPException(404, "This workbench serves this machine only and has no accounts.")
    return held


def _within(to: str) -> str:
    """A page of this workbench, never an address elsewhere."""
    bare = to if to.startswith("/") and not to.startswith(("//", "/\\")) else "/"
    return quote(bare, safe="/?&=%#+,:-_.~")
