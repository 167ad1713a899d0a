"""What all pages share: the opened case, its catalogue, the templates, and who is working."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from counterclaim.dossier import page as dossier_page
from counterclaim.dossier import words
from counterclaim.version import __version__
from counterclaim.workbench.catalogue import Catalogue
from counterclaim.workbench.opened import Opened

HERE = Path(__file__).parent


@dataclass
class Workbench:
    """One case served. `user` is who decides where there are no accounts."""

    opened: Opened
    catalogue: Catalogue
    user: str
    secret: str = field(default_factory=lambda: secrets.token_hex(32))


def workbench(request: Request) -> Workbench:
    """The workbench that answers the request."""
    found: Workbench = request.app.state.workbench
    return found


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The template set with `values` and what every page has."""
    at = workbench(request)
    text = (
        _environment()
        .get_template(template)
        .render(
            case=at.opened.name,
            user=at.user,
            path=request.url.path,
            made_with=f"counterclaim {__version__}",
            words=words,
            **values,
        )
    )
    return HTMLResponse(text.encode("utf-8", "backslashreplace").decode(), status)


def fragment(request: Request) -> bool:
    """Whether only a piece of the page is asked for."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-history-restore-request") != "true"


@cache
def _environment() -> Environment:
    """The workbench's own templates before those of the dossier, whose pieces it sets on its pages."""
    loader = FileSystemLoader([HERE / "templates", dossier_page.TEMPLATES])
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
