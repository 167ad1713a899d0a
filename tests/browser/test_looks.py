"""How every page looks to everybody: at two widths, light and dark, to a screen reader, in both directions of writing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from counterclaim.pipeline import Case

Served = Callable[[Path | None], tuple[str, Case]]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")

RULES = """axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']
})"""


def pages(case: Case) -> list[str]:
    """One page of each kind, the hostile report among them."""
    raqqa = next(c.incident.id for c in case.contests if c.incident.title.startswith("Raqqa"))
    aleppo = next(c.incident.id for c in case.contests if c.incident.title.startswith("Aleppo"))
    reports = [f"/reports/{r.report.id}" for r in case.reports if r.report.language == "ar" or "script" in r.report.text]
    work = [f"/incidents/{raqqa}/merge?with={aleppo}", f"/incidents/{raqqa}/split", f"/incidents/{raqqa}/merge"]
    lists = ["/", "/?place=nowhere", "/reports", "/reports?words=window", "/review", "/review?alone=1", "/audit", "/audit/again"]
    lists += ["/audit/agreement", "/add", "/export", "/api"]
    return [*lists, f"/incidents/{raqqa}", f"/incidents/{aleppo}", *work, *reports, "/nowhere"]


def decided(case: Case) -> None:
    """Some decisions and a grading, so that no page is empty."""
    read = next(r for r in case.reports if r.report.text.startswith("Army"))
    from counterclaim.records import FigureRef

    toll = FigureRef(read.report.id, read.reading.figures[0].id)
    case.decide("correct", toll, user="Ada", role="low", value=3, reason="seen")
    case.decide("correct", toll, user="Ben", role="low", value=4, reason="read again")
    raqqa = next(c.incident.id for c in case.contests if c.incident.title.startswith("Raqqa"))
    case.assess(raqqa, scale="airwars", grade="fair", user="Ada", low=3, high=20, note="a note")


@pytest.mark.parametrize(("colours", "width"), [("light", 1280), ("dark", 1280), ("light", 390)])
def test_no_page_has_a_barrier_or_runs_wide(page: Any, served: Served, read_case: Path, colours: str, width: int) -> None:
    address, case = served(read_case)
    decided(case)
    page.emulate_media(color_scheme=colours)
    found = []
    page.set_viewport_size({"width": width, "height": 844})
    for path in pages(case):
        page.goto(address + path)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"{path}: wider than the window")
        page.evaluate(AXE)
        for rule in page.evaluate(RULES)["violations"]:
            nodes = [node["html"][:160] + " " + node.get("failureSummary", "")[:200] for node in rule["nodes"][:2]]
            found.append(f"{path}: {rule['id']}: {nodes}")
    assert found == [], "\n".join(found)


def test_the_words_beside_have_no_barrier(page: Any, served: Served, read_case: Path) -> None:
    address, case = served(read_case)
    raqqa = next(c.incident.id for c in case.contests if c.incident.title.startswith("Raqqa"))
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{address}/incidents/{raqqa}")
        page.locator("details.toll > summary").first.click()
        page.locator("details.toll[open] a.quote").first.click()
        page.locator("#beside mark").first.wait_for()
        page.evaluate(AXE)
        assert [rule["id"] for rule in page.evaluate(RULES)["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_nothing_a_report_says_runs(page: Any, browser: Any, served: Served, read_case: Path) -> None:
    address, case = served(read_case)
    for path in pages(case):
        page.goto(address + path)
        assert page.evaluate("typeof window.pwned") == "undefined", path
    hostile = next(r for r in case.reports if "script" in r.report.text)
    page.goto(f"{address}/reports/{hostile.report.id}")
    page.locator("#text p").first.hover()
    assert page.evaluate("typeof window.pwned") == "undefined"
    # The policy holds even where escaping would not: a script put into the page by hand does not run either.
    other = browser.new_page()
    other.goto(f"{address}/reports")
    refused = other.evaluate(
        """() => new Promise(done => {
          document.addEventListener('securitypolicyviolation', event => done(event.violatedDirective));
          const script = document.createElement('script');
          script.textContent = 'window.pwned = 1';
          document.body.append(script);
          setTimeout(() => done('nothing was refused'), 1000);
        })"""
    )
    other.close()
    assert re.match("script-src", refused)


def test_text_from_right_to_left_stands_right(page: Any, served: Served, read_case: Path) -> None:
    address, case = served(read_case)
    arabic = next(r for r in case.reports if r.report.language == "ar")
    page.goto(f"{address}/reports/{arabic.report.id}")
    line = page.locator("#text p").first
    assert line.evaluate("e => getComputedStyle(e).direction") == "rtl"
    ends = line.evaluate(
        "e => { const r = document.createRange(); r.selectNodeContents(e); const box = e.getBoundingClientRect(); "
        "return [...r.getClientRects()].every(line => Math.abs(line.right - box.right) < 3 || line.width > box.width - 60) }"
    )
    assert ends
    page.goto(f"{address}/reports")
    assert page.locator("h1, .entry h2").first.is_visible()


def test_every_page_is_reached_and_left_by_keys(page: Any, served: Served, read_case: Path) -> None:
    address, _ = served(read_case)
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    names = []
    for _ in range(60):
        page.keyboard.press("Tab")
        names.append(
            page.evaluate("(e => e.getAttribute('aria-label') || e.name || e.textContent.trim())(document.activeElement)")
        )
    assert {"words", "place", "since", "until", "side", "question", "contradicts", "one_voice"} <= set(names)
    assert any(name.startswith("Raqqa") for name in names)
    assert any("incident" in name for name in names)


def test_what_a_long_page_leaves_out_comes_when_it_is_opened(
    page: Any, served: Served, read_case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counterclaim.workbench.routes.incident.PARTED", 1)
    address, case = served(read_case)
    raqqa = next(c.incident.id for c in case.contests if c.incident.title.startswith("Raqqa"))
    page.goto(f"{address}/incidents/{raqqa}")
    page.locator("details.toll > summary", has_text="12").first.focus()
    page.keyboard.press("Enter")
    toll = page.locator("details.toll[open] a.quote").first
    toll.wait_for()
    page.locator("details.toll[open] .made a").first.focus()
    page.keyboard.press("Enter")
    page.locator("#beside").get_by_role("heading", name="How is a toll made?").wait_for()
    page.keyboard.press("Escape")
    toll.focus()
    page.keyboard.press("Enter")
    page.locator("#beside").get_by_text("The Syrian army said on Saturday").wait_for()
    page.keyboard.press("Escape")
    # A link into what was left out brings it in.
    page.locator("dt:text-is('Accused')").first.wait_for()
    page.locator("details.hold > summary").first.click()
    page.locator("details.hold[open]").get_by_role("link", name="in the list").click()
    page.locator("details.voiced[open] .stance:target").wait_for()
    assert page.locator("details.voiced > a.later").count() == 0
    page.goto(f"{address}/incidents/{raqqa}?part=voiced")
    assert page.locator("a.later").count() == 0
