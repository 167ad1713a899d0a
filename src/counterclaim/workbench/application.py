"""The workbench as an application: its pages, its files, and what guards them."""

from __future__ import annotations

from collections.abc import Collection

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from counterclaim.dossier import page as dossier_page
from counterclaim.errors import CounterclaimError
from counterclaim.pipeline import Case
from counterclaim.version import __version__
from counterclaim.workbench.catalogue import Catalogue
from counterclaim.workbench.headers import LOOPBACK, Guard
from counterclaim.workbench.opened import Opened
from counterclaim.workbench.routes import incident, incidents, report, reports
from counterclaim.workbench.state import HERE, Workbench, page


def application(case: Case, name: str, *, user: str, hosts: Collection[str] | None = LOOPBACK) -> FastAPI:
    """The application that serves `case` under the name shown for it; `user` signs what is decided.

    `hosts` are the names it may be called by.
    """
    opened = Opened(case, name)
    app = FastAPI(title="Counterclaim", version=__version__, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.workbench = Workbench(opened, Catalogue(opened), user)
    for room in (incidents, incident, reports, report):
        app.include_router(room.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.add_api_route("/dossier.css", _dossier_style, include_in_schema=False)
    app.add_exception_handler(HTTPException, _said)
    app.add_exception_handler(CounterclaimError, _failed)
    app.add_middleware(Guard, hosts=hosts)
    return app


def _dossier_style() -> FileResponse:
    """The dossier's own style, for the pieces of it that the pages set."""
    return FileResponse(dossier_page.TEMPLATES / "dossier.css", media_type="text/css")


def _said(request: Request, error: Exception) -> Response:
    """An error page in the workbench's own words."""
    assert isinstance(error, HTTPException)
    return page(request, "error.html", error.status_code, message=error.detail)


def _failed(request: Request, error: Exception) -> Response:
    return page(request, "error.html", 500, message=str(error))
