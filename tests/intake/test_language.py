"""Which texts are read, and why the others are not."""

from __future__ import annotations

import pytest

from counterclaim.intake import report_of
from counterclaim.intake.language import language_of


@pytest.mark.parametrize(
    ("text", "language", "why_not"),
    [
        ("The navy said on Friday that its shells had hit a radar post on the island.", "en", None),
        ("THE NAVY SAID ON FRIDAY THAT ITS SHELLS HAD HIT A RADAR POST ON THE ISLAND.", "en", None),
        ("Die Marine erklärte am Freitag, ihre Granaten hätten nur einen Radarposten getroffen.", "de", "not read: language de"),
        ("La marine a déclaré vendredi que ses obus avaient touché un poste radar.", "fr", "not read: language fr"),
        ("Военно-морской флот заявил, что снаряды попали в радиолокационный пост.", "ru", "not read: language ru"),
        ("قالت البحرية يوم الجمعة إن قذائفها أصابت موقع رادار.", "ar", "not read: language ar"),
        ("Killed at sea", None, None),
        ("Tillabéri", None, "not read: language unknown"),
        ("12 45", None, "not read: language unknown"),
    ],
)
def test_languages(text: str, language: str | None, why_not: str | None) -> None:
    assert language_of(text) == (language, why_not)
    if any(c.isalpha() for c in text):
        report = report_of(text, id="x")
        assert (report.language, report.not_read) == (language, why_not)
