"""Files dropped on the page, and how far each of them is."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, HTTPException, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from counterclaim.workbench.access import Analyst, Reader
from counterclaim.workbench.state import fragment, page, workbench

MOST = 200
"""Files in one request; the page sends them one by one, a form without script all at once."""

SHOWN = 300
"""Files whose state is listed."""

router = APIRouter()


@router.get("/add", response_class=HTMLResponse)
def adding(request: Request, who: Reader) -> HTMLResponse:
    """Where files are dropped, with what came in so far."""
    return _arrivals(request, "add.html")


@router.get("/add/progress", response_class=HTMLResponse)
def progress(request: Request, who: Reader) -> HTMLResponse:
    """How far the files are."""
    return _arrivals(request, "arrivals.html")


@router.post("/add")
def add(request: Request, who: Analyst, files: Annotated[list[UploadFile], File()]) -> Response:
    """Takes files in and starts reading them."""
    if len(files) > MOST:
        raise HTTPException(413, f"Send at most {MOST} files at once; the page sends them one by one.")
    intake = workbench(request).intake
    for file in files:
        intake.take(file.filename or "file", file.file.read())
    intake.read()
    return _arrivals(request, "arrivals.html") if fragment(request) else RedirectResponse("/add", 303)


def _arrivals(request: Request, template: str) -> HTMLResponse:
    intake = workbench(request).intake
    return page(request, template, intake=intake, arrivals=intake.arrivals[:SHOWN], more=max(0, len(intake.arrivals) - SHOWN))
