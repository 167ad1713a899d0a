"""The workbench on a port of this machine, and a real browser in front of it."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from counterclaim.pipeline import Case

if TYPE_CHECKING:
    from counterclaim.workbench import Accounts

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed, so no browser can be driven")
CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's Chromium without a window; skipped with a word where there is none."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine (apt-get install chromium)")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield opened
        opened.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Callable[..., tuple[str, Case]]]:
    """Serves a copy of a case, or an empty one, and gives its address."""
    import uvicorn

    from counterclaim.workbench import application

    stops: list[Callable[[], None]] = []

    def serve(made: Path | None, accounts: Accounts | None = None) -> tuple[str, Case]:
        for file in made.parent.glob("case.db*") if made else ():
            shutil.copy(file, tmp_path / file.name)
        case = Case(tmp_path / "case.db")
        listening = socket.create_server(("127.0.0.1", 0))
        app = application(case, "case.db", user="Ada", accounts=accounts)
        app.state.workbench.catalogue.patience = (60.0, 60.0)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)

        def stop() -> None:
            server.should_exit = True
            thread.join(10)
            listening.close()
            case.close()

        stops.append(stop)
        return f"http://127.0.0.1:{listening.getsockname()[1]}", case

    yield serve
    for stop in stops:
        stop()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that minds everything amiss: errors, refused content, anything asked for from elsewhere."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    amiss: list[str] = []
    opened.on("pageerror", lambda error: amiss.append(f"error: {error}"))
    opened.on("console", lambda said: amiss.append(said.text) if _counts(said) else None)
    opened.on("response", lambda got: amiss.append(f"{got.status} {got.url}") if _missing(got) else None)
    opened.on("dialog", lambda dialog: (amiss.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    opened.on("request", lambda asked: None if "//127.0.0.1:" in asked.url else amiss.append(f"asked for {asked.url}"))
    yield opened
    context.close()
    assert amiss == []


def _counts(said: Any) -> bool:
    """Whether a line of the console is amiss; what could not be loaded is told apart by its answer."""
    return said.type == "error" and not said.text.startswith("Failed to load resource")


def _missing(got: Any) -> bool:
    """Whether a piece of a page is not there. A page itself may be missing: some are asked for to see what is said."""
    return got.status >= 400 and got.request.resource_type != "document"
