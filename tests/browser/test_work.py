"""A day's work in a real browser: drop reports, read the contest, open a sentence, correct, merge, grade, undo; keys only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from counterclaim.pipeline import Case

Served = Callable[[Path | None], tuple[str, Case]]

ARMY = (
    "Army says it hit a depot\n\n4 May 2019\n\n"
    "The Syrian army said on Saturday that its strike on Selim on 3 May killed 12 people."
)
MONITOR = (
    "Monitor counts 20 dead\n\n5 May 2019\n\nAt least 20 people were killed in the air strike on Selim in Raqqa on 3 May, "
    "the Syrian Observatory for Human Rights said."
)

DROP = """async ([names, texts]) => {
  const data = new DataTransfer();
  names.forEach((name, n) => data.items.add(new File([texts[n]], name)));
  const zone = document.getElementById('drop');
  const how = {dataTransfer: data, bubbles: true, cancelable: true};
  for (const kind of ['dragover', 'drop']) zone.dispatchEvent(new DragEvent(kind, how));
}"""


def test_files_are_dropped_and_read(page: Any, served: Served) -> None:
    address, _ = served(None)
    page.goto(address)
    page.get_by_role("link", name="Add").click()
    page.wait_for_load_state("load")
    page.evaluate(DROP, [["army.txt", "monitor.txt", "empty.txt"], [ARMY, MONITOR, ""]])
    page.locator("#arrivals").get_by_text("Done.").wait_for(timeout=60_000)
    rows = page.locator(".arrivals li").all_inner_texts()
    assert sorted(row.split("\n")[0].split(" ")[0] for row in rows) == ["left", "read", "read"]
    assert any("empty" in row for row in rows)
    page.get_by_role("link", name="To the incidents").click()
    assert "Raqqa" in page.locator("ol.incidents").inner_text()


def test_from_the_contest_to_the_sentence_and_back(page: Any, served: Served, read_case: Path) -> None:
    address, _ = served(read_case)
    page.goto(address)
    page.get_by_role("link", name="Raqqa, 3 May 2019").first.click()
    page.wait_for_load_state("load")
    page.locator("details.toll > summary", has_text="12").first.focus()
    page.keyboard.press("Enter")
    toll = page.locator("details.toll[open] a.quote").first
    toll.focus()
    page.keyboard.press("Enter")
    panel = page.locator("#beside")
    panel.get_by_text("The Syrian army said on Saturday").wait_for()
    assert panel.locator("mark.k-hit").inner_text() == "12 people"
    assert "/incidents/" in page.url
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    assert page.evaluate("document.activeElement.textContent") == toll.inner_text()
    page.locator("details.hold > summary").first.click()
    page.locator("details.hold[open] a.quote").first.click()
    panel.locator("mark").first.wait_for()
    panel.get_by_role("link", name="report").first.click()
    page.locator("mark#at").wait_for()
    assert "/reports/" in page.url


def test_the_list_narrows_as_one_types(page: Any, served: Served, read_case: Path) -> None:
    address, _ = served(read_case)
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("governor")
    page.get_by_text("1 of").wait_for()
    assert "Aleppo" in page.locator("ol.incidents").inner_text()
    assert "words=governor" in page.url
    page.go_back()
    page.locator("ol.incidents").get_by_text("Raqqa, 3 May 2019").first.wait_for()


def test_a_figure_is_corrected_and_undone_by_keys_alone(page: Any, served: Served, read_case: Path) -> None:
    address, case = served(read_case)
    page.goto(f"{address}/review")
    # Whether the reports belong together comes first; then what contradicts.
    joined = 0
    while page.locator("[data-item]").get_attribute("data-item").startswith("mention."):
        shown = page.locator("[data-item]").get_attribute("data-item")
        page.keyboard.press("s")
        page.wait_for_function("was => document.querySelector('[data-item]').dataset.item !== was", arg=shown)
        page.get_by_text("Kept together.").wait_for()
        joined += 1
    assert joined
    while not (shown := page.locator("[data-item]").get_attribute("data-item")).startswith("figure."):
        page.keyboard.press("n")
        page.wait_for_function("was => document.querySelector('[data-item]').dataset.item !== was", arg=shown)
    page.get_by_text("Is this toll read right?").wait_for()
    before = page.locator("#f-low").input_value()
    page.keyboard.press("c")
    page.keyboard.type("31")
    page.keyboard.press("Tab")
    page.keyboard.type("31")
    page.keyboard.press("Enter")
    page.get_by_text("Corrected.").wait_for()
    assert [(d.kind, d.role, d.value) for d in case.store.decisions()][joined:] == [
        ("correct", "low", "31"),
        ("correct", "high", "31"),
    ]
    page.keyboard.press("u")
    page.get_by_text("Taken back.").wait_for()
    assert page.locator("#f-low").input_value() == before
    for key, said in (("a", "Accepted."), ("r", "Rejected.")):
        page.keyboard.press(key)
        page.get_by_text(said).wait_for()
    shown = page.locator("[data-item]").get_attribute("data-item")
    page.keyboard.press("n")
    page.wait_for_function("was => document.querySelector('[data-item]').dataset.item !== was", arg=shown)
    page.keyboard.press("w")
    page.keyboard.type("seen twice")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.get_by_text("Accepted.").wait_for()
    assert case.store.decisions()[-1].reason == "seen twice"


def test_two_incidents_are_merged_and_the_merge_undone(page: Any, served: Served, read_case: Path) -> None:
    address, case = served(read_case)
    page.goto(address)
    page.get_by_role("link", name="Raqqa, 3 May 2019").first.click()
    page.get_by_role("link", name="Merge").click()
    page.get_by_role("searchbox").fill("Aleppo")
    page.wait_for_load_state("load")
    page.keyboard.press("Enter")
    page.locator("ol.near").get_by_role("link", name="Aleppo").first.click()
    page.get_by_role("heading", name="Bring together?").wait_for()
    assert case.store.decisions() == ()
    page.get_by_label("Why").fill("the same planes")
    page.get_by_role("button", name="Merge").click()
    page.get_by_text("Brought together.").wait_for()
    page.get_by_role("link", name="Audit").first.click()
    assert "the same planes" in page.locator("table.decisions").inner_text()
    page.get_by_role("button", name="undo").click()
    page.get_by_role("button", name="bring back").wait_for()
    page.goto(address)
    assert page.get_by_role("link", name="Aleppo").count() >= 1


def test_an_incident_is_graded(page: Any, served: Served, read_case: Path) -> None:
    address, case = served(read_case)
    page.goto(address)
    page.get_by_role("link", name="Raqqa, 3 May 2019").first.click()
    page.get_by_role("link", name="Grade").click()
    page.get_by_label("contested").check()
    page.get_by_label("Killed, lowest").fill("12")
    page.get_by_label("highest", exact=True).fill("20")
    page.get_by_label("Note").fill("Two sides, two tolls.")
    page.get_by_role("button", name="Grade").click()
    page.locator(".graded").get_by_text("Two sides, two tolls.").wait_for()
    assert case.store.assessments()[0].grade == "contested"


def test_words_are_marked_and_added(page: Any, served: Served, read_case: Path) -> None:
    address, case = served(read_case)
    read = next(r for r in case.reports if r.report.text.startswith("Monitor"))
    page.goto(f"{address}/reports/{read.report.id}")
    page.evaluate(
        """words => {
          const walk = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
          for (let node; (node = walk.nextNode()); ) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            document.getSelection().removeAllRanges();
            document.getSelection().addRange(range);
            return;
          }
        }""",
        "civilians",
    )
    page.wait_for_function("document.getElementById('m-at').value")
    start, end = (int(n) for n in page.locator("#m-at").input_value().split("-"))
    assert read.report.text[start:end] == page.locator("#m-words").input_value() == "civilians"
    page.locator(".missed #f-low").fill("3")
    page.get_by_role("button", name="Add", exact=True).click()
    page.locator("mark#at").wait_for()
    added = case.store.decisions()[0]
    assert (added.kind, added.anchor.quote if added.anchor else None) == ("add", "civilians")
