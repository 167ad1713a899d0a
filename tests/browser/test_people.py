"""Several people in real browsers: settling, coding again unseen, taking a file out; and how many keys a decision takes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from counterclaim.pipeline import Case
from counterclaim.records import FigureRef

Served = Callable[[Path | None], tuple[str, Case]]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
RULES = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations']})"


def figure(case: Case, words: str) -> FigureRef:
    """The toll of these words."""
    return next(
        FigureRef(read.report.id, f.id)
        for read in case.reports
        for f in read.reading.figures
        if read.report.text[f.span[0] :].startswith(words)
    )


def test_the_whole_queue_is_answered_with_one_key_a_decision(page: Any, served: Served, read_case: Path) -> None:
    address, case = served(read_case)
    page.goto(f"{address}/review")
    pressed = 0
    while page.locator("[data-item]").count():
        shown = page.locator("[data-item]").get_attribute("data-item")
        page.keyboard.press("s" if page.locator("button[value=same]").count() else "a")
        pressed += 1
        page.wait_for_function("was => document.querySelector('[data-item]')?.dataset.item !== was", arg=shown)
    page.get_by_text("Nothing is open").wait_for()
    assert len(case.store.decisions()) == pressed >= 6


def test_what_somebody_does_is_corrected_by_keys_alone(page: Any, served: Served, read_case: Path) -> None:
    address, case = served(read_case)
    raqqa = next(c.incident.id for c in case.contests if c.incident.title.startswith("Raqqa"))
    items = page.request.get(f"{address}/api/incidents/{raqqa}/items").json()
    denial = next(item for item in items if item["kind"] == "statement" and item["fact"]["act"] == "denial")
    page.goto(f"{address}/review?incident={raqqa}&key={denial['key']}")
    page.get_by_text("Is this saying read right?").wait_for()
    # A choice is changed and kept without leaving it.
    for key in ("c", "l", "Enter"):
        page.keyboard.press(key)
    page.get_by_text("Corrected.").wait_for()
    assert [(d.kind, d.role, d.value) for d in case.store.decisions()] == [("correct", "act", '"uncertainty"')]


def test_two_people_differ_and_a_lead_settles_it_by_keys(page: Any, served: Served, read_case: Path) -> None:
    address, case = served(read_case)
    ref = figure(case, "12 people")
    case.decide("correct", ref, user="Ann", role="low", value=13, reason="page two")
    case.decide("correct", ref, user="Ben", role="low", value=14)
    page.goto(f"{address}/audit/again")
    page.get_by_role("button", name="Name me as lead").focus()
    page.keyboard.press("Enter")
    page.get_by_text("You are a lead now.").wait_for()
    page.wait_for_load_state("load")
    page.get_by_role("button", name="Settle it so as Ben has it").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Settled.").wait_for()
    case._look_again()
    read = next(r for r in case.reports if r.report.id == ref.report)
    assert next(f.low for f in read.reading.figures if f.id == ref.figure) == 14


def test_a_second_coder_answers_unseen(page: Any, served: Served, read_case: Path) -> None:
    address, case = served(read_case)
    case.decide("reject", figure(case, "12 people"), user="Ben", reason="not this strike")
    page.goto(f"{address}/review")
    page.get_by_role("link", name="Code again, unseen").click()
    page.get_by_text("what others decided is not shown").wait_for()
    assert page.locator(".k-hit").inner_text() == "12 people"
    assert "Ben" not in page.locator("main").inner_text()
    page.wait_for_load_state("load")  # keys are heard once the page's script has run
    page.keyboard.press("a")
    page.get_by_text("Nothing to code again").wait_for()
    page.get_by_role("link", name="How far you agree").click()
    assert "0 %" in page.locator("table.decisions").inner_text()


def test_the_dossier_and_the_lines_are_taken_out(page: Any, served: Served, read_case: Path, tmp_path: Path) -> None:
    address, _ = served(read_case)
    page.goto(address)
    page.get_by_role("link", name="Raqqa, 3 May 2019").first.click()
    page.locator("nav.acts").get_by_role("link", name="Export").click()
    assert page.get_by_label("public everybody").is_checked()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download").click()
    taken.value.save_as(tmp_path / "dossier.html")
    assert taken.value.suggested_filename == "Raqqa-3-May-2019-public-dossier.html"
    offline = page.context.browser.new_page()
    offline.goto((tmp_path / "dossier.html").as_uri())
    offline.get_by_role("heading", name="Raqqa, 3 May 2019").first.wait_for()
    assert "12" in offline.locator("main, body").first.inner_text()
    offline.close()
    page.get_by_label("Readings as JSON lines").check()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download").click()
    taken.value.save_as(tmp_path / "lines.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "lines.jsonl").read_text("utf-8").splitlines()]
    assert {figure["low"] for line in lines for figure in line["figures"]} >= {12, 20}


def test_the_tolls_stand_under_their_axis(page: Any, served: Served, read_case: Path) -> None:
    address, case = served(read_case)
    raqqa = next(c.incident.id for c in case.contests if c.incident.title.startswith("Raqqa"))
    page.goto(f"{address}/incidents/{raqqa}")
    middles = """selector => [...document.querySelectorAll(selector)].map(e => {
      const box = e.getBoundingClientRect(); return [e.textContent.trim(), box.left + box.width / 2] })"""
    ticks = dict(page.evaluate(middles, ".axis text:not(.first)"))
    lines = page.evaluate(
        """() => [...document.querySelectorAll('.tolls .lines')].map(svg => {
          const use = svg.querySelector('use'), box = svg.getBoundingClientRect(), drawn = use.getBoundingClientRect();
          const at = [...document.querySelector(use.getAttribute('href')).querySelectorAll('line')];
          const x = at.map(line => box.left + box.width * parseFloat(line.getAttribute('x1')) / 100);
          if (getComputedStyle(use).stroke === 'none') return [];
          // Shared lines are drawn to the width of the row that uses them.
          return Math.abs(drawn.left - x[0]) < 2 && Math.abs(drawn.right - x.at(-1)) < 2 ? x : [] })"""
    )
    assert ticks
    assert lines
    for row in lines:
        assert row
        for x in ticks.values():
            assert min(abs(x - line) for line in row) < 2


def test_signing_in_by_keys_keeping_the_accounts_and_reading_what_was_set_aside(
    page: Any, served: Callable[..., tuple[str, Case]], read_case: Path, tmp_path: Path
) -> None:
    from counterclaim.workbench import Accounts

    accounts = Accounts(tmp_path / "accounts.db")
    accounts.add("Lea", "lead", "four words in a row")
    address, case = served(read_case, accounts)
    ferry = "Ferry gets new seats\n\n7 May 2019\n\nThe harbour office said on Tuesday that the old ferry would get new seats."
    (tmp_path / "ferry.txt").write_text(ferry, "utf-8")
    case.add(tmp_path / "ferry.txt")
    case.run(triage=True)
    page.goto(f"{address}/accounts")
    page.wait_for_load_state("load")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate(AXE)
        assert [rule["id"] for rule in page.evaluate(RULES)["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.get_by_role("navigation").count() == 0  # nobody is in yet
    page.keyboard.type("Lea")
    page.keyboard.press("Tab")
    page.keyboard.type("four words in a row")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Accounts").wait_for()
    page.wait_for_load_state("load")
    page.get_by_label("Name", exact=True).fill("Ben")
    page.get_by_label("Role", exact=True).select_option("reader")
    page.locator("#password").fill("a few words in a row")
    page.keyboard.press("Enter")
    page.get_by_role("rowheader", name="Ben").wait_for()
    page.wait_for_load_state("load")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate(AXE)
        assert [rule["id"] for rule in page.evaluate(RULES)["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.goto(f"{address}/reports")
    page.get_by_role("link", name="set aside, 1").click()
    page.wait_for_url("**/reports?only=aside")  # and all of it is there
    page.get_by_role("button", name="read it now").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What was read here").wait_for(timeout=60_000)
    page.get_by_role("button", name="sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()
