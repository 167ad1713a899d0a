"""The workbench as an application: its pages, its API, its files, and what guards them."""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from counterclaim.dossier import page as dossier_page
from counterclaim.errors import CaseError, CounterclaimError
from counterclaim.pipeline import Case
from counterclaim.version import __version__
from counterclaim.workbench.access import SignIn, Visits, person
from counterclaim.workbench.accounts import Accounts
from counterclaim.workbench.catalogue import Catalogue
from counterclaim.workbench.deciding import Desk
from counterclaim.workbench.headers import LOOPBACK, Guard
from counterclaim.workbench.intake import Intake
from counterclaim.workbench.often import Often
from counterclaim.workbench.opened import Opened
from counterclaim.workbench.routes import (
    adding,
    api,
    audit,
    entry,
    exporting,
    incident,
    incidents,
    report,
    reports,
    review,
    working,
)
from counterclaim.workbench.state import HERE, Workbench, page


def application(
    case: Case, name: str, *, user: str, hosts: Collection[str] | None = LOOPBACK, accounts: Accounts | None = None,
    secure: bool = False, kept: Path | None = None,
) -> FastAPI:  # fmt: skip
    """The application that serves `case` under the name shown for it.

    Without `accounts` it is for this machine only: whoever reaches it is `user`, who signs what is decided, and it answers to
    `hosts` alone. With them everybody signs in, and `hosts` may be None: any. `secure` says that it is served over TLS;
    `kept` is where the list of a large case is kept.
    """
    opened = Opened(case, name)
    # Nothing is measured and sent anywhere, whatever the environment asks of the framework.
    silent: Any = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
    app = FastAPI(
        title="Counterclaim", version=__version__, docs_url=None, redoc_url=None, openapi_url=None, telemetry=silent
    )  # fmt: skip
    app.state.workbench = Workbench(
        opened, Catalogue(opened, kept), Desk(opened), Intake(opened), user, accounts, Often(), secure
    )  # fmt: skip
    for pages in (incidents, incident, working, reports, report, review, audit, adding, exporting, entry):
        app.include_router(pages.router, include_in_schema=False)
    app.include_router(api.router)
    app.include_router(api.page_router, include_in_schema=False)
    app.add_api_route("/dossier.css", _dossier_style, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.add_exception_handler(SignIn, _sign_in)
    app.add_exception_handler(HTTPException, _said)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(CaseError, _failed)
    app.add_exception_handler(CounterclaimError, _failed)
    app.add_middleware(Visits, giving=accounts is None)
    app.add_middleware(Guard, hosts=hosts)
    return app


def _dossier_style() -> FileResponse:
    """The dossier's own style, for the pieces of it that the pages set."""
    return FileResponse(dossier_page.TEMPLATES / "dossier.css", media_type="text/css")


def _sign_in(request: Request, error: Exception) -> Response:
    if _calls(request):
        return JSONResponse({"detail": "Sign in first: POST name and password to /sign-in and keep the cookie."}, 401)
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/sign-in?to={quote(asked if request.method == 'GET' else '/', safe='')}", 303)


def _said(request: Request, error: Exception) -> Response:
    """An error page in the workbench's own words."""
    assert isinstance(error, HTTPException)
    bare = error.status_code == 404 and error.detail == HTTPStatus.NOT_FOUND.phrase
    return _error(request, error.status_code, "There is no page at this address." if bare else str(error.detail))


def _not_understood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = "; ".join(f"{'.'.join(str(part) for part in one['loc'][1:])}: {one['msg']}" for one in error.errors()[:5])
    return _error(request, 422, f"That was not understood. {wrong}")


def _failed(request: Request, error: Exception) -> Response:
    return _error(request, 409 if isinstance(error, CaseError) else 500, str(error))


def _error(request: Request, status: int, message: str) -> Response:
    if _calls(request):
        return JSONResponse({"detail": message}, status)
    with contextlib.suppress(
        SignIn, HTTPException
    ):  # who is signed in keeps the way back; an error may come before that is known
        person(request)
    return page(request, "error.html", status, title=_TITLES.get(status, "That did not work"), message=message)


_TITLES = {400: "Not as it is", 403: "Not for you", 404: "Not here", 413: "Too much at once", 429: "Too often"}


def _calls(request: Request) -> bool:
    return request.url.path.startswith("/api/")
