"""Labels, dates and the strip: what a value is printed as, and where it stands."""

from __future__ import annotations

import pytest

from counterclaim.dossier.cites import Cite
from counterclaim.dossier.strip import Glyph, scale_of
from counterclaim.dossier.words import date_phrase, inert, names, range_phrase, shortened, toll_phrase, when_phrase
from counterclaim.records import DateRange


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "phrase"),
    [
        (62, 62, "exact", "62"),
        (90, None, "at least", "at least 90"),
        (101, None, "more than", "more than 100"),
        (None, 100, "up to", "up to 100"),
        (None, 49, "less than", "fewer than 50"),
        (1200, 1200, "about", "about 1,200"),
        (41, 44, "between", "41–44"),
        (0, 0, "none", "none"),
        (24, 99, "vague", "“dozens”"),
        (None, None, "vague", "“dozens”"),
    ],
)
def test_a_toll_is_set_with_its_qualifier(low: int | None, high: int | None, qualifier: str, phrase: str) -> None:
    assert toll_phrase(low, high, qualifier, "dozens") == phrase  # type: ignore[arg-type]


def test_ranges() -> None:
    said = [range_phrase(a, b) for a, b in ((62, 90), (62, 62), (None, 5), (5, None), (0, 0), (None, None))]
    assert said == ["62–90", "62", "up to 5", "at least 5", "0", "unknown"]


@pytest.mark.parametrize(
    ("edtf", "phrase"),
    [
        ("2031-05-06", "6 May 2031"),
        ("2031-05", "May 2031"),
        ("2031", "2031"),
        ("XXXX-03-17", "17 March, year unknown"),
        ("XXXX", "year unknown"),
        ("2031-05-06~", "6 May 2031"),
        ("2031-01/2031-05", "January 2031 – May 2031"),
        ("2031-W08", "2031-W08"),
        ("2031-13-01", "2031-13-01"),
        (None, "unknown"),
    ],
)
def test_dates(edtf: str | None, phrase: str) -> None:
    assert date_phrase(edtf) == phrase


def test_the_days_of_an_incident() -> None:
    ranges = [
        ("2031-05-06", "2031-05-06", 1),
        ("2031-05-06", "2031-05-08", 2),
        ("2031-05-01", "2031-05-31", 4),
        ("2031-01-01", "2031-12-31", 5),
        ("2031-04-30", "2031-05-02", 2),
        ("2031-10-01", "2031-12-31", 5),
    ]
    said = [when_phrase(DateRange(*r)) for r in ranges]
    assert said == ["6 May 2031", "6–8 May 2031", "May 2031", "2031", "30 April – 2 May 2031", "October – December 2031"]
    assert when_phrase(None) == "unknown"


def test_words() -> None:
    assert names("Port Selm; League; LINE") == "Port Selm, League and LINE"
    assert shortened("a quiet  morning at the port", 16) == "a quiet morning…"
    assert inert("a\x1b[31m\tb\r\n\u202e") == "a\ufffd[31m\tb \n\ufffd"


def test_a_long_sentence_is_cut_around_the_words_that_count() -> None:
    sentence = (
        "On the third day of the siege the mayor said that 41 people had died in the market and that nobody had come to help."
    )
    start = sentence.index("41 people")
    cite = Cite(1, 1, "LINE", "r1-0-1", sentence, start, start + 9)
    x = cite.excerpt(60)
    assert x.hit == "41 people"
    assert x.text.startswith("…")
    assert x.text.endswith("…")
    assert len(x.text) <= 62
    assert x.text.strip("…") in sentence
    assert cite.excerpt(200).text == sentence


def test_a_scale_is_shared_and_holds_every_number() -> None:
    scale = scale_of([(62, 62, "exact"), (90, None, "at least"), (None, 40, "up to"), (24, 999, "vague")])
    assert scale is not None
    assert not scale.log
    assert [label for _, label in scale.ticks] == ["0", "20", "40", "60", "80", "100"]
    exact, open_end, up_to, vague = (
        scale.glyph(*toll)
        for toll in ((62, 62, "exact"), (90, None, "at least"), (None, 40, "up to"), (24, 999, "vague"))  # type: ignore[arg-type]
    )
    assert exact == Glyph("dot", scale.at(62), scale.at(62))
    assert (open_end.shape, up_to.shape, vague.shape) == ("from", "to", "band from")
    assert up_to.end < exact.start < open_end.start < 1


def test_numbers_far_apart_get_a_logarithmic_scale() -> None:
    scale = scale_of([(3, 3, "exact"), (2000, 2000, "about")])
    assert scale is not None
    assert scale.log
    assert [label for _, label in scale.ticks] == ["0", "10", "100", "1,000"]
    assert scale.at(3) > 0.1


def test_words_without_numbers_have_no_scale() -> None:
    assert scale_of([(None, None, "vague")]) is None
    assert scale_of([(24, 99, "vague")]) is not None


def test_an_open_end_reads_since() -> None:
    assert when_phrase(DateRange("2014-08-01", "..", 4)) == "since August 2014"
    assert when_phrase(DateRange("2014-01-01", "..", 5)) == "since 2014"
