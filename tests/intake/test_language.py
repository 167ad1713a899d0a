"""Which texts are read, and why the others are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from counterclaim.intake import language, report_of
from counterclaim.intake.language import language_of

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier  # type: ignore[import-untyped]


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


ENGLISH = (
    "The navy said on Friday that its shells had hit a radar post on the island and not the village school. "
    "A doctor at Marsa clinic said two children remained in hospital yesterday, their hands badly burned. "
    "Fishermen interviewed by telephone described four blasts shortly after midnight, then small arms fire. "
)
OTHERS = (
    "Die Marine erklärte am Freitag, ihre Granaten hätten nur einen Radarposten auf der Insel getroffen und nicht die Schule. ",
    "De marine zei op vrijdag dat er over de schade op het eiland nog niets bekend is, of dat er by de post iemand was. ",
    "Die vloot het gesê dat dit op die eiland is, en dat daar by die pos niemand was nie; as dit so is, is dit goed. ",
    "Marinen sagde fredag at granaterne ramte en post på øen, for at ingen var i byen, og at det var for at stoppe den. ",
    "قالت البحرية يوم الجمعة إن قذائفها أصابت موقع رادار على الجزيرة ولم تصب المدرسة القريبة منه ولا العيادة. ",
)


def test_what_is_plainly_english_is_so_to_the_identifier(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(language, "_identifier", lambda: pytest.fail("asked without need"))
        assert language_of(ENGLISH) == ("en", None)
    monkeypatch.setattr(language, "_plainly_english", lambda sample: False)
    assert language_of(ENGLISH) == ("en", None)


@pytest.mark.parametrize("other", OTHERS)
def test_another_language_is_left_to_the_identifier_even_beside_english(other: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    identify = language._identifier()

    def asking() -> LanguageIdentifier:
        asked.append(other)
        return identify

    monkeypatch.setattr(language, "_identifier", asking)
    language_of(other * 4)
    language_of(other * 3 + ENGLISH)
    assert len(asked) == 2
