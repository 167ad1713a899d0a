"""What all pages share: the opened case, its catalogue, the templates, and who is working."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from counterclaim.dossier import page as dossier_page
from counterclaim.dossier import words
from counterclaim.version import __version__
from counterclaim.workbench.catalogue import Catalogue
from counterclaim.workbench.deciding import Desk
from counterclaim.workbench.fields import LABELS
from counterclaim.workbench.intake import Intake
from counterclaim.workbench.opened import Opened

if TYPE_CHECKING:
    from counterclaim.workbench.accounts import Accounts
    from counterclaim.workbench.often import Often

HERE = Path(__file__).parent


@dataclass
class Workbench:
    """One case served. `user` is who decides where there are no `accounts`; `secure` says that it is served over TLS."""

    opened: Opened
    catalogue: Catalogue
    desk: Desk
    intake: Intake
    user: str
    accounts: Accounts | None
    often: Often
    secure: bool = False
    secret: str = field(default_factory=lambda: secrets.token_hex(32))


def token_of(bench: Workbench, session: str) -> str:
    """The token that every form of the session carries."""
    return hmac.new(bench.secret.encode(), session.encode(), hashlib.sha256).hexdigest()


def workbench(request: Request) -> Workbench:
    """The workbench that answers the request."""
    found: Workbench = request.app.state.workbench
    return found


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The template set with `values` and what every page has."""
    bench = workbench(request)
    common = {
        "case": bench.opened.name,
        "who": getattr(request.state, "person", None),
        "accounts": bench.accounts is not None,
        "token": token_of(bench, str(getattr(request.state, "session", ""))),
        "path": request.url.path,
        "made_with": f"counterclaim {__version__}",
        "words": words,
        "most": None,
        "labels": LABELS,
        "value": _plain,
    }
    text = _environment().get_template(template).render({**common, **values})
    return HTMLResponse(text.encode("utf-8", "backslashreplace").decode(), status)


def _plain(value: str | None) -> str:
    """A decided value, which is kept as JSON, as people write it."""
    held = json.loads(value) if value else None
    return "unknown" if held is None else ", ".join(map(str, held)) if isinstance(held, list) else str(held)


def fragment(request: Request) -> bool:
    """Whether only a piece of the page is asked for."""
    return request.headers.get("hx-request") == "true" and request.headers.get("hx-history-restore-request") != "true"


@cache
def _environment() -> Environment:
    """The workbench's own templates before those of the dossier, whose pieces it sets on its pages."""
    loader = FileSystemLoader([HERE / "templates", dossier_page.TEMPLATES])
    # What is served does not change under way: nothing asks the disk whether it did.
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False
    )
