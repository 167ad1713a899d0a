"""The JSON lines: all keys always there, spans that select their words, and no input line that can stop a batch."""

from __future__ import annotations

import json
import math
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from counterclaim.exchange import InputLine, dump_line, error_line, link_line, parse_line, reading_to_line
from counterclaim.records import (
    DateMention,
    DateRange,
    Detail,
    Figure,
    IncidentMention,
    Place,
    PlaceMention,
    Range,
    Reading,
    Statement,
)

SCHEMA = Draft202012Validator(json.loads(files("counterclaim.exchange").joinpath("read_line.schema.json").read_text("utf-8")))
TEXT = "At least 12 people were killed in Adra on 3 May, 𝕋he governor told Reuters."


def offsets(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def reading() -> Reading:
    statement = Statement(
        id="s0",
        content=(offsets("At least 12 people were killed in Adra on 3 May"),),
        cue=(offsets("told"),),
        source=(offsets("𝕋he governor"),),
        form="indirect",
        act="figure",
        confidence=0.8,
        speaker="the governor",
        speaker_kind="unnamed",
        chain=("Reuters",),
        incident=0,
    )
    figure = Figure(
        id="f0",
        span=offsets("At least 12 people were killed"),
        harm="killed",
        victims="unspecified",
        low=12,
        high=None,
        qualifier="at least",
        scope="incident",
        confidence=0.9,
        speaker="the governor",
        chain=("Reuters",),
        statement="s0",
        incident=0,
    )
    detail = Detail(
        id="d0", span=offsets("killed"), aspect="strike", kind="shooting", polarity="admits", confidence=0.8, statement="s0"
    )
    adra = Place(name="Adra", lat=33.6, lon=36.51, country="SY", precision="city", where_prec=1)
    incident = IncidentMention(
        main=True,
        date=DateRange("XXXX-05-03", "XXXX-05-03", 1),
        place=adra,
        alleged=("Nobody named",),
        killed=Range(12, 12),
    )
    return Reading(
        text=TEXT,
        statements=(statement,),
        figures=(figure,),
        details=(detail,),
        places=(PlaceMention(offsets("Adra"), adra),),
        dates=(DateMention(offsets("3 May"), "XXXX-05-03", "date"),),
        incidents=(incident, IncidentMention(main=False)),
    )


def test_a_full_reading_has_every_key_and_fits_the_schema() -> None:
    line = reading_to_line("a1", reading())
    SCHEMA.validate(line)
    assert line["figures"][0]["text"] == "At least 12 people were killed"
    assert (line["details"][0]["text"], line["details"][0]["polarity"]) == ("killed", "admits")
    assert line["statements"][0]["source"] == [list(offsets("𝕋he governor"))]
    assert "error" not in line
    main, other = line["incidents"]
    assert main["place"] == {"name": "Adra", "lat": 33.6, "lon": 36.51, "country": "SY", "precision": 1}
    assert main["date"] == {"start": "XXXX-05-03", "end": "XXXX-05-03", "precision": 1}
    assert main["killed"] == {"low": 12, "high": 12}
    assert (other["date"], other["place"], other["killed"], other["alleged"]) == (None, None, None, [])
    assert line["places"][0]["precision"] == "city"


def test_spans_select_their_words_after_a_round_trip() -> None:
    line = json.loads(dump_line(reading_to_line(1, reading())))
    figure = line["figures"][0]
    start, end = figure["span"]
    assert TEXT[start:end] == figure["text"]
    start, end = line["statements"][0]["source"][0]
    assert TEXT[start:end] == "𝕋he governor"


def test_an_empty_reading_and_an_error_have_all_lists() -> None:
    SCHEMA.validate(reading_to_line(None, Reading(text="")))
    line = error_line("x", "not read: language de")
    SCHEMA.validate(line)
    assert line == {
        "id": "x", "statements": [], "figures": [], "details": [],
        "places": [], "dates": [], "incidents": [], "error": "not read: language de",
    }  # fmt: skip


def test_the_schema_refuses_a_missing_key_and_a_word_of_its_own() -> None:
    line = reading_to_line("a1", reading())
    del line["figures"][0]["as_of"]
    assert not SCHEMA.is_valid(line)
    line = reading_to_line("a1", reading())
    line["statements"][0]["act"] = "accusation"
    assert not SCHEMA.is_valid(line)


@pytest.mark.parametrize("id", ["a", 7, 1.5, True, False, None, "", "ß", -0.0, 10**30])
def test_an_id_comes_back_unchanged(id: Any) -> None:
    line = parse_line(json.dumps({"id": id, "text": "Words."}), 1)
    assert line.error is None
    again = json.loads(dump_line(reading_to_line(line.id, Reading(text="Words."))))["id"]
    assert again == id
    assert type(again) is type(id)


def test_a_line_with_everything() -> None:
    raw = {"id": 3, "text": "Words.", "published": "2017-04-02", "url": "u", "outlet": "o", "title": "t", "extra": [1]}
    expected = InputLine(id=3, text="Words.", published="2017-04-02", url="u", outlet="o", title="t")
    assert parse_line(json.dumps(raw), 1) == expected
    assert parse_line(b"\xef\xbb\xbf" + json.dumps(raw).encode() + b"\r\n", 1) == expected


def test_what_is_null_is_unknown() -> None:
    raw = {"id": 3, "text": "Words.", "published": None, "url": None, "outlet": None, "title": None}
    assert parse_line(json.dumps(raw), 1) == InputLine(id=3, text="Words.")


@pytest.mark.parametrize(
    "raw",
    ["", "  ", "{", "Words.", "[1]", "3", "null", '{"id": NaN, "text": "x"}', b"\xff{}", "[" * 100_000, "9" * 5000],
    ids=lambda raw: repr(raw[:12]),
)
def test_a_line_that_is_no_object_has_no_id_and_names_its_number(raw: str | bytes) -> None:
    line = parse_line(raw, 17)
    assert line.id is None
    assert line.error is not None
    assert line.error.startswith("line 17: ")
    assert line.text == ""


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"id": 1}, "no text"),
        ({"id": 1, "text": None}, "no string"),
        ({"id": 1, "text": 5}, "no string"),
        ({"id": 1, "text": " \n"}, "no words"),
        ({"id": 1, "text": "-- ..."}, "no words"),
        ({"id": 1, "text": "x", "published": "2 April 2017"}, "2 April 2017"),
        ({"id": 1, "text": "x", "published": "2017-02-30"}, "YYYY-MM-DD"),
        ({"id": 1, "text": "x", "published": "20170402"}, "YYYY-MM-DD"),
        ({"id": 1, "text": "x", "published": "２０１７-04-02"}, "YYYY-MM-DD"),
        ({"id": 1, "text": "x", "published": 20170402}, "YYYY-MM-DD"),
        ({"id": 1, "text": "x", "title": ["t"]}, "title"),
    ],
)
def test_a_bad_value_keeps_the_id_and_says_what_is_wrong(row: dict[str, Any], said: str) -> None:
    line = parse_line(json.dumps(row), 4)
    assert line.id == 1
    assert line.error is not None
    assert line.error.startswith("line 4: ")
    assert said in line.error


@pytest.mark.parametrize("id", ["[1]", "{}", "1e999"])
def test_an_id_that_json_cannot_give_back_is_an_error(id: str) -> None:
    line = parse_line(f'{{"id": {id}, "text": "x"}}', 1)
    assert line.id is None
    assert line.error is not None
    assert "id" in line.error


def test_half_a_surrogate_pair_can_be_written_and_read_back() -> None:
    line = parse_line('{"id": "\\ud83d", "text": "a \\ud83d b"}', 1)
    assert line.error is None
    assert line.text == "a \ud83d b"
    written = dump_line(link_line(line.id, None, ["i1"]))
    assert json.loads(written.decode("utf-8"))["id"] == "\ud83d"


def test_the_facts_of_a_line_are_what_reading_takes_beside_the_text() -> None:
    assert InputLine(id="a", text="Words.", outlet="o").facts == {"published": None, "url": None, "outlet": "o", "title": None}


def test_link_lines() -> None:
    assert link_line(2, 1, ("i1", "i2")) == {"id": 2, "copy_of": 1, "incidents": ["i1", "i2"]}
    assert link_line(2, None, (), "why")["error"] == "why"


def test_what_is_no_json_number_is_never_written() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        dump_line({"id": math.nan})


@settings(deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60))
def test_no_line_stops_a_batch(raw: bytes | str) -> None:
    line = parse_line(raw, 9)
    assert (line.error is None) == bool(line.text)
    assert dump_line(link_line(line.id, None, [], line.error)).endswith(b"\n")


KEYS = st.sampled_from(["id", "text", "published", "url", "other"])
VALUES = st.none() | st.booleans() | st.integers() | st.text()


@settings(deadline=None)
@given(st.dictionaries(KEYS, VALUES))
def test_no_object_stops_a_batch(row: dict[str, Any]) -> None:
    line = parse_line(json.dumps(row), 9)
    assert (line.error is None) == bool(line.text)
    if line.error is None:
        assert line.text == row["text"]


@pytest.mark.parametrize("given", ["2017-04-02T18:41", "2017-04-02T18:41:05.123Z", "2017-04-02 18:41:05+02:00"])
def test_a_day_with_a_time_is_its_day(given: str) -> None:
    line = parse_line(json.dumps({"id": 1, "text": "Words.", "published": given}), 1)
    assert (line.published, line.error) == ("2017-04-02", None)


def test_a_line_without_a_text_keeps_the_title_it_is_linked_by() -> None:
    line = parse_line('{"id": 1, "text": " ", "title": "Ferry sinks", "published": "2021-05-03"}', 4)
    assert line.error is not None
    assert "no words" in line.error
    assert (line.words, line.published) == ("Ferry sinks", "2021-05-03")
    assert parse_line('{"id": 1, "text": "", "title": "—"}', 4).words is None
    assert parse_line('{"id": 1, "text": "It sank.", "title": "Ferry sinks"}', 4).words == "It sank."
