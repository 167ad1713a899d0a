"""Bytes in the encodings that reports come in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counterclaim.intake.decoding import decode
from counterclaim.intake.pieces import taken
from counterclaim.records import Report

ENGLISH = "The army said on Friday that its strike hit an arms depot and nothing else. "
CURLY = ENGLISH + "A witness called it “absurd” — the café’s owner lost a naïve son."
ARABIC = "قال الجيش يوم الجمعة إن الغارة أصابت مستودعا للأسلحة فقط وأسفرت عن مقتل 12 مقاتلا، بينما قال السكان إن مدنيين قتلوا."


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (CURLY, "utf-8", "utf-8"),
        (CURLY, "utf-8-sig", "utf-8-sig"),
        (CURLY, "utf-16", "utf-16"),
        (CURLY, "utf-16-le", "utf-16-le"),
        (CURLY, "utf-16-be", "utf-16-be"),
        (CURLY, "utf-32", "utf-32"),
        (CURLY, "cp1252", "cp1252"),
        (ENGLISH + "The café’s naïve owner.".replace("’", "'"), "latin-1", "cp1252"),
        (ARABIC, "utf-8", "utf-8"),
        (ARABIC, "utf-16-le", "utf-16-le"),
        (ARABIC, "cp1256", "cp1256"),
        ("Министерство обороны заявило, что удар был нанесён по складу оружия. " * 2, "cp1251", "cp1251"),
    ],
)
def test_the_text_comes_back_whole(read_bytes: Callable[..., Report], text: str, codec: str, encoding: str) -> None:
    report = read_bytes("a.txt", text.encode(codec))
    assert report.text == text.strip()
    assert report.encoding == encoding
    assert [(s.length, s.capture_start) for s in report.segments] == [(len(text.strip()), 0)]


def test_a_page_is_read_in_the_encoding_it_names() -> None:
    page = '<html><head><meta charset="windows-1256"></head><body><p>غارة</p>'
    assert decode(page.encode("cp1256"), "a.html", html=True) == (page, "cp1256")
    western = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>It was “absurd”'
    assert decode(western.encode("cp1252"), "a.html", html=True) == (western, "cp1252")


def test_valid_utf_8_wins_over_what_a_page_says_of_itself() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>“absurd”</p>'
    assert decode(page.encode(), "a.html", html=True) == (page, "utf-8")


def test_a_few_broken_bytes_lose_only_themselves(read_bytes: Callable[..., Report]) -> None:
    report = read_bytes("a.txt", CURLY.encode() + b" \x93\xff " + ENGLISH.encode())
    assert report.encoding == "utf-8"
    assert report.text == f"{CURLY} \ufffd\ufffd {ENGLISH.strip()}"


def test_clear_mojibake_is_mended_and_keeps_its_places(read_bytes: Callable[..., Report]) -> None:
    report = read_bytes("a.txt", CURLY.encode().decode("latin-1").encode())
    assert report.text == CURLY
    mapped = "".join(report.text[s.start : s.start + s.length] for s in report.segments)
    assert mapped == "".join(c for c in CURLY if c.isascii())


def test_words_that_only_look_odd_are_left_alone(read_bytes: Callable[..., Report]) -> None:
    text = "The man from Århus said “£12” and “Ünal” to the court on Friday."
    assert read_bytes("a.txt", text.encode()).text == text


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a loaded machine is no failure
@given(st.text(max_size=200), st.integers(0, 20), st.integers(0, 200))
def test_taken_text_stands_where_its_segments_say(text: str, start: int, end: int) -> None:
    start, end = min(start, len(text)), min(max(start, end), len(text))
    piece = taken(text, start, end)
    assert piece.text == piece.text.strip()
    assert "  " not in piece.text
    for s in piece.segments:
        assert start <= s.capture_start < s.capture_start + s.length <= end
        assert text[s.capture_start : s.capture_start + s.length] == piece.text[s.start : s.start + s.length]
