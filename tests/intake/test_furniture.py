"""What is page furniture, and what must never be taken for it."""

from __future__ import annotations

import pytest

from counterclaim.intake.furniture import furniture, labels, menu, quotes_beyond


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Save Story", "action"),
        ("Share this article", "action"),
        ("Facebook | Twitter | WhatsApp", "action"),
        ("Follow Ann Ray on Twitter: @annray", "follow"),
        ("Read more: Navy denies shells hit shed", "link"),
        ("RELATED: Four found in harbour", "link"),
        ("Advertisement", "advertisement"),
        ("Story continues below advertisement", "advertisement"),
        ("Estimated read time: 4-5 minutes", "reading time"),
        ("3 min read", "reading time"),
        ("This article is more than 5 years old", "archive notice"),
        ("Sign up for our newsletter", "newsletter"),
        ("Get the morning’s stories delivered to your inbox.", "newsletter"),
        ("By signing up, you agree to our Terms of Use.", "terms"),
        ("Privacy Policy", "terms"),
        ("Most recent U.S. stories", "teasers"),
        ("Related topics", "teasers"),
        ("You may also like", "teasers"),
        ("Tags: island, navy, shells", "tags"),
        ("12 Comments", "comments"),
        ("Copyright 2018 The Gull. All rights reserved.", "copyright"),
        ("© 2018 Gull Media", "copyright"),
        ("© Press office of the navy/TASS", "photo credit"),
        ("(AP Photo/Ann Ray)", "photo credit"),
        ("[Ann Ray/Reuters]", "photo credit"),
        ("Photo by Ann Ray", "photo credit"),
        ("KXQZ Weather Forecast", "weather"),
        ("The Gull’s Ann Ray and Bo Li contributed to this report", "contribution"),
        ("(Reporting by Ann Ray in Port City; Editing by Bo Li)", "contribution"),
        ("Please enable JavaScript to view the comments.", "placeholder"),
        ("Sources (84) [", "expander"),
        ("* * *", "rule"),
    ],
)
def test_furniture_and_its_kind(line: str, kind: str) -> None:
    assert furniture(line) == kind
    assert furniture(f"  {line} ") == kind


@pytest.mark.parametrize(
    "line",
    [
        "The shelling contributed to a shortage of bread, residents said.",
        "Riots contributed to the loss of the island that November.",
        "Share prices fell after the shells were fired.",
        "Follow the money, the minister told reporters in the harbour.",
        "Read the statement again, the ministry said.",
        "By clicking his heels the officer showed that he agreed.",
        "“Get out of here,” the officer told the fishermen.",
        "Related attacks killed nine people on the island in March, the monitor said.",
        "The video: nine bodies, four of them children’s, the doctor said.",
        "Photo: the ministry said its picture shows nine killed.",
        "This report was published by the monitor, which said nine were killed.",
        "Doubts remain",
        "Expanded inquiry",
        "Nine killed, 12 wounded",
        "Print workers were among the wounded, the union said.",
        "Most victims were children, according to the hospital.",
    ],
)
def test_what_was_reported_is_not_furniture(line: str) -> None:
    assert furniture(line) is None


@pytest.mark.parametrize("line", ["Home | World | Sport", "Home World Politics Business", "Middle East", "Home › World › Sport"])
def test_menus(line: str) -> None:
    assert menu(line)


@pytest.mark.parametrize("line", ["World leaders, sport and politics met", "Navy denies shells", "", "Doubts remain"])
def test_no_menus(line: str) -> None:
    assert not menu(line)


def test_what_is_said_over_and_over_is_a_label() -> None:
    lines = ["Click to unblur.", "No one was killed.", "Members (2)", "Doubts remain"] * 4
    assert labels(lines) == {n for n, line in enumerate(lines) if line in ("Click to unblur.", "Doubts remain")}
    assert labels(lines[:12]) == frozenset()


def test_lines_inside_a_quotation_are_spoken() -> None:
    lines = ["He said: “These are my orders.", "Save story", "Share this", "No more.”", "Save story"]
    assert quotes_beyond(lines) == {1, 2, 3}
    assert quotes_beyond(["He said: “Never closed.", "Save story", *["Words."] * 6]) == frozenset()
