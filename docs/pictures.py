"""Takes the pictures of the pages about the project from the running workbench, with the bundled case in it.

    python docs/pictures.py [FOLDER]

FOLDER is docs/pictures by default. It drives the system's Chromium.
"""

from __future__ import annotations

import io
import shutil
import socket
import sys
import tempfile
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from counterclaim.commands.checkup import bundled_case
from counterclaim.pipeline import Case

WIDTH, HEIGHT = 1180, 740
"""Of the window, in pixels: a small laptop's, so that the words in a picture can be read on a page of text."""

MOST = 150_000
"""Bytes of a picture at most."""

USER = "Ada"
"""Who decides in the pictures; nobody."""

CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)


def incidents(page: Any) -> None:
    """The list that the workbench opens with."""


def contest(page: Any) -> None:
    """The head of an incident and the first tolls."""
    _to_contest(page)


def tolls(page: Any) -> None:
    """Tolls beside one another, with the rule that made the ranges."""
    _to_contest(page)
    _to_top(page, "section.part[id$=-tolls]")


def sentence(page: Any) -> None:
    """A toll opened, and its sentence beside it."""
    _to_contest(page)
    toll = page.locator("details.toll").filter(has_text="residents via Washington Post").first
    toll.locator("summary.line").click()
    toll.locator("a.quote").first.click()
    page.locator("#beside mark").first.wait_for()
    _to_top(page, "details.toll[open]", 300)


def positions(page: Any) -> None:
    """Who holds what, side by side."""
    _to_contest(page)
    _to_top(page, "section.part[id$=-positions]")


def conflicts(page: Any) -> None:
    """What contradicts what, and why it is said to."""
    _to_contest(page)
    _to_top(page, "section.part[id$=-conflicts]")


def report(page: Any) -> None:
    """A report with everything that was read in it."""
    page.get_by_role("link", name="Reports", exact=True).first.click()
    page.locator("main a[href*='/reports/']").filter(has_text="Pentagon admits").first.click()
    page.locator("mark").first.wait_for()


def review(page: Any) -> None:
    """One question of the queue, on a toll."""
    page.get_by_role("link", name="Review", exact=True).first.click()
    page.locator("[data-item^='mention.']").wait_for()
    page.wait_for_load_state("load")  # keys are heard once the page's script has run
    while not page.locator("[data-item]").get_attribute("data-item").startswith("figure."):
        shown = page.locator("[data-item]").get_attribute("data-item")
        page.keyboard.press("n")
        page.wait_for_function("was => document.querySelector('[data-item]').dataset.item !== was", arg=shown)


def audit(page: Any) -> None:
    """What was decided, with the way back."""
    review(page)
    page.keyboard.press("a")
    page.get_by_text("Accepted.").wait_for()
    page.get_by_role("link", name="Audit", exact=True).first.click()
    page.get_by_role("button", name="undo").first.wait_for()
    page.set_viewport_size({"width": WIDTH, "height": 340})


def paper(page: Any) -> None:
    """The first sheet of the dossier on paper, as `counterclaim export --as pdf` writes it for the public."""
    import pypdfium2

    import exports
    from counterclaim.publishing import FORMATS

    _, public = exports.sampled()
    data = b"".join(piece for piece, _ in FORMATS["pdf"].write(public))
    shown = io.BytesIO()
    with closing(pypdfium2.PdfDocument(data)) as sheets:
        sheets[0].render(scale=WIDTH / sheets[0].get_width()).to_pil().save(shown, "PNG")
    page.goto("about:blank")  # the workbench lets no page show what is not its own
    page.set_content(f'<body style="margin:0"><img alt="" src="data:image/png;base64,{b64encode(shown.getvalue()).decode()}">')
    page.wait_for_function("document.images[0].complete && document.images[0].naturalWidth")
    page.set_viewport_size({"width": WIDTH, "height": 1100})


PICTURES: tuple[Callable[[Any], None], ...] = (
    incidents, contest, tolls, sentence, positions, conflicts, report, review, audit, paper,
)  # fmt: skip
"""In the order in which they are taken: the last one of the workbench decides something."""


def _to_contest(page: Any) -> None:
    page.get_by_role("link", name="Kabul, 29 August 2021").first.click()
    page.locator("details.toll").first.wait_for()


def _to_top(page: Any, found: str, above: int = 20) -> None:
    """Scrolls until what is `found` stands `above` pixels below the window's edge."""
    page.locator(found).first.evaluate(
        "(it, above) => window.scrollTo(0, it.getBoundingClientRect().top + scrollY - above)", above
    )


@contextmanager
def workbench() -> Iterator[str]:
    """The address of a workbench on the bundled case, for as long as it is needed."""
    import uvicorn

    from counterclaim.workbench import application

    with tempfile.TemporaryDirectory() as name, bundled_case() as bundled, Case(Path(name) / "case.db") as case:
        folder = Path(name)
        # no picture shows where on a machine the reports lay
        case.add(shutil.copytree(bundled, folder / "reports"), under=folder)
        case.run()
        app = application(case, "case.db", user=USER)
        app.state.workbench.catalogue.patience = (60.0, 60.0)
        listening = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def take(folder: Path) -> list[Path]:
    """Takes every picture into `folder`; the files, in order."""
    from playwright.sync_api import sync_playwright

    from counterclaim.errors import CounterclaimError

    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with workbench() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        for picture in PICTURES:
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce")
            page.goto(address)
            try:
                picture(page)
            except CounterclaimError as missing:  # the paper needs libraries of the system, which not every machine has
                print(f"{picture.__name__}.png was not taken: {missing}", file=sys.stderr)
                page.close()
                continue
            page.mouse.move(0, 0)
            file = folder / f"{picture.__name__}.png"
            file.write_bytes(_fewer_colours(page.screenshot(caret="hide", animations="disabled")))
            page.close()
            taken.append(file)
        browser.close()
    return taken


def _fewer_colours(png: bytes) -> bytes:
    """The picture in 200 colours that cover all of its own: a third of the bytes, and a small mark keeps the colour it means."""
    from PIL import Image

    made = io.BytesIO()
    with Image.open(io.BytesIO(png)) as full:
        full.convert("RGB").quantize(200, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            made, "PNG", optimize=True
        )
    return made.getvalue()


def main() -> int:
    """Takes the pictures; 1 where there is no browser or one is too large."""
    if CHROMIUM is None:
        print("there is no Chromium on this machine (apt-get install chromium); no picture was taken", file=sys.stderr)
        return 1
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("pictures")
    large = [file for file in take(folder) if file.stat().st_size > MOST]
    for file in large:
        print(f"{file.name}: {file.stat().st_size:,} bytes, {MOST:,} at most", file=sys.stderr)
    return 1 if large else 0


if __name__ == "__main__":
    sys.exit(main())
