"""A page of the dossier as a PDF, laid out by its own print style; nothing is loaded from anywhere."""

from __future__ import annotations

from typing import Any

from counterclaim.errors import CounterclaimError


def to_pdf(page: str) -> bytes:
    """The PDF of a page that `to_paper` or `methodology` made; the same page gives the same bytes.

    CounterclaimError where WeasyPrint or what it needs of the system is not installed.
    """
    try:
        from weasyprint import HTML
    except ModuleNotFoundError as missing:
        raise CounterclaimError(f"{missing.name} is not installed; install counterclaim[pdf]") from missing
    except OSError as missing:  # Pango is a library of the system
        raise CounterclaimError(f"WeasyPrint cannot start ({missing}); install Pango, or print the page from a browser") from None
    written: bytes = HTML(string=page, url_fetcher=_nothing).write_pdf()
    return written


def _nothing(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"{url} is not in the page")
