"""The HTML file: every link lands, every mark is its quote, nothing from a report runs, nothing points outside."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from lxml import html

from counterclaim.dossier import to_html
from counterclaim.dossier.words import NOT_VERIFIED, RULES, inert

if TYPE_CHECKING:
    from .conftest import Made


def page_of(made: Made, title: str = "The fish market", made_with: str = "counterclaim 0.1") -> str:
    return to_html(made.contests, made.reports, made.linkage, title=title, made_with=made_with, left_out=made.left_out)


def tree_of(page: str) -> html.HtmlElement:
    return html.document_fromstring(page)


def marks_of(tree: html.HtmlElement) -> dict[str, str]:
    """The text of each mark: its pieces joined."""
    texts: dict[str, str] = {}
    for mark in tree.iter("mark"):
        texts[mark.get("data-of")] = texts.get(mark.get("data-of"), "") + mark.text_content()
    return texts


@pytest.fixture(scope="module")
def tree(made: Made) -> html.HtmlElement:
    return tree_of(page_of(made))


def test_every_link_stays_inside_and_has_its_target(tree: html.HtmlElement) -> None:
    ids = [e.get("id") for e in tree.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    links = [a.get("href") for a in tree.iter("a")]
    assert len(links) > 50
    assert [href for href in links if not href.startswith("#") or href[1:] not in ids] == []


def test_every_mark_is_the_words_of_its_span(made: Made, tree: html.HtmlElement) -> None:
    reports = {f"r{n}": id for n, id in enumerate(("a1", "c3", "b2", "d4", "e5"), 1)}
    texts = {r.report.id: r.report.text for r in made.reports}
    marks = marks_of(tree)
    for anchor, text in marks.items():
        report, start, end = anchor.split("-")
        assert texts[reports[report]][int(start) : int(end)] == text
    # Every toll, position and contradiction of the contests is among them.
    spans = {
        (s.report, s.quote)
        for c in made.contests
        for s in (
            *(t.span for t in c.tolls),
            *(s for p in c.positions for s in (*p.content, *p.sentences)),
            *(x.left for x in c.conflicts),
        )
    }
    assert spans <= {(reports[anchor.partition("-")[0]], text) for anchor, text in marks.items()}


def test_the_reports_stand_in_the_appendix_word_for_word(made: Made, tree: html.HtmlElement) -> None:
    shown = {"".join(p.text_content() for p in text.iter("p")) for text in tree.find_class("text")}
    assert shown == {r.report.text for r in made.reports}


def test_each_toll_is_one_click_from_its_words_and_back(tree: html.HtmlElement) -> None:
    row = next(r for r in tree.find_class("toll") if "up to 25" in r.text_content())
    anchor = row.xpath(".//a[@class='quote']")[0].get("href")[1:]
    assert tree.get_element_by_id(anchor).text_content() == "up to 25"
    back = [a.get("href") for a in tree.xpath("//ul[@class='notes']//a") if anchor in a.get("data-marks").split()]
    assert f"#{row.get('id')}" in back


def test_what_a_reader_looks_for_is_printed(tree: html.HtmlElement) -> None:
    words = " ".join(tree.text_content().split())
    for line in (
        NOT_VERIFIED,
        "4 reports · 3 texts · 6–8 voices · 3 sides",
        "Copies count once;",
        "via LINE",
        "inferred: Tuesday before publication",
        "25–44all said · standing",
        "Western Fleet",
        "copy of R1",
        "98% of its text stands there",
        "not read: language ar",
        "notes/empty.txt",
        "A. Brenn is shown as Ada Brenn",
        "as of May 2031",
        "Totals over a time, an area or a war.",
        "two wordings of one sentence",
    ):
        assert line in words, line


def test_an_inferred_date_tells_its_reason(tree: html.HtmlElement) -> None:
    titles = {a.get("title") for a in tree.iter("abbr") if a.text_content() == "inferred"}
    assert titles == {"the day after the Tuesday it names", "Tuesday before publication"}


def test_wider_totals_stand_apart_from_the_tolls_of_the_incident(tree: html.HtmlElement) -> None:
    tolls = tree.get_element_by_id("i1-tolls").text_content()
    assert "41–44" in tolls
    assert "612" not in tolls
    (apart,) = (s for s in tree.find_class("part") if s.getparent().get("id") == "i1" and "never added" in s.findtext("h3"))
    assert "612" in apart.text_content()


def test_a_matrix_cell_opens_its_sentences(tree: html.HtmlElement) -> None:
    (cell,) = (d for d in tree.find_class("hold") if d.find("summary").get("title") == "Ivo Marsh: who did it")
    assert cell.tag == "details"
    assert " ".join(cell.find("summary").text_content().split()) == "investigates 6 May 2031 regrets 6 May 2031 admits 8 May 2031"
    (panel,) = cell.find_class("panel")
    assert 'two rockets "went astray"' in panel.text_content()
    quotes = panel.find_class("quote")
    assert len(quotes) == 3
    assert {tree.get_element_by_id(quote.get("href")[1:]).tag for quote in quotes} == {"mark"}
    (listed,) = (a.get("href") for a in panel.iter("a") if a.text_content() == "in the list")
    assert 'two rockets "went astray"' in tree.get_element_by_id(listed[1:]).text_content()


def test_every_number_and_label_tells_how_it_was_made(tree: html.HtmlElement) -> None:
    page = page_text(tree)

    def by(element: html.HtmlElement, rule: str) -> str:
        """What the rule says that the element leads to."""
        (ref,) = {a.get("href") for a in element.iter("a") if a.get("href").endswith(f"-made-{rule}")}
        return str(tree.get_element_by_id(ref[1:]).text_content())

    (ranges,) = {d.find_class("opened")[0].text_content() for d in tree.find_class("range")}
    assert ranges.startswith("By this rule, taken over")
    for rule in ("tolls", "ranges", "positions", "conflicts", "voices"):
        assert 1 <= page.count(RULES[rule]) <= 2 * len(tree.find_class("incident"))  # in its head and where it holds
    tolls = [toll for toll in tree.find_class("toll") if toll.tag == "details"]
    assert len(tolls) == 7
    led = [*((toll, "tolls") for toll in tolls), *((d, "ranges") for d in tree.find_class("range"))]
    led += [(pair, "conflicts") for pair in tree.find_class("pair")]
    for element, rule in led:
        assert RULES[rule] in by(element, rule)
        assert "counterclaim 0.1" in by(element, rule)


def page_text(tree: html.HtmlElement) -> str:
    return " ".join(tree.text_content().split())


def test_a_right_to_left_report_sets_its_own_direction(tree: html.HtmlElement) -> None:
    (text,) = tree.xpath("//div[@class='text'][@lang='ar']")
    assert {p.get("dir") for p in text.iter("p")} == {"auto"}


def test_nothing_points_outside(made: Made, tree: html.HtmlElement) -> None:
    page = page_of(made)
    assert [e for e in tree.iter() if e.get("src") or (e.tag != "a" and not e.get("href", "#").startswith("#"))] == []
    assert "url(" not in page
    assert "@import" not in page
    # A report's own address is shown as words and cannot be clicked: the file has no way out.
    assert tree.find_class("url")[0].text_content() == "https://ferry.example/strayed?a=1&b=2"


def test_only_the_own_style_and_script_are_allowed(tree: html.HtmlElement) -> None:
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']")[0].get("content")
    assert policy.startswith("default-src 'none'; ")
    for tag, rule in (("style", "style-src"), ("script", "script-src")):
        (element,) = tree.iter(tag)
        assert f"{rule} 'sha256-{b64encode(sha256(element.text.encode()).digest()).decode()}'" in policy
    assert [e for e in tree.iter() for name in e.keys() if name == "style" or name.startswith("on")] == []  # noqa: SIM118


def test_words_that_look_like_code_come_out_as_words(made: Made, hostile: Made) -> None:
    from .conftest import HOSTILE

    page = page_of(hostile, title=HOSTILE, made_with=HOSTILE)
    tree = tree_of(page)
    assert [len(list(tree.iter(tag))) for tag in ("script", "style", "img")] == [1, 1, 0]
    assert [e for e in tree.iter() for name in e.keys() if name.startswith("on")] == []  # noqa: SIM118
    shape = [e.tag for e in tree_of(page_of(made)).iter() if e.tag in ("section", "table", "tr", "article", "h2")]
    assert [e.tag for e in tree.iter() if e.tag in ("section", "table", "tr", "article", "h2")] == shape
    assert tree.findtext(".//h1") == inert(HOSTILE)
    assert tree.text_content().count("{{7*7}}") >= 20
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", page)


def test_the_same_facts_give_the_same_file_in_any_order(made: Made, shuffled: Made) -> None:
    assert page_of(made) == page_of(shuffled)


def test_an_empty_case_is_a_page_too(made: Made) -> None:
    page = to_html((), (), type(made.linkage)(), title="Nothing", made_with="counterclaim")
    assert "No incident was found in these reports." in tree_of(page).text_content()


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_colour_can_be_read(made: Made, scheme: int) -> None:
    colours = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{6})", page_of(made).split(":root{")[1 + scheme]))
    assert len(colours) >= 19
    for name in ("ink", "quiet", *(f"c{n}" for n in range(10))):
        # AA for text: the number in a matrix cell is set in the paper's colour on the side's.
        assert _contrast(colours[name], colours["paper"]) >= 4.5, name
    assert _contrast(colours["lit-ink"], colours["lit"]) >= 4.5
    assert min(_contrast(colours[name], colours["pale"]) for name in ("ink", "quiet")) >= 4.5
