"""Places: which words name one, which of its namesakes is meant, and how sure that is."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.records import Extraction, Mention, MentionKind, Offsets, Place, Statement
from counterclaim.resolving import place_index
from counterclaim.resolving.gazetteer import Gazetteer
from counterclaim.resolving.places import resolve_places


def city(
    id: int, name: str, country: str, lat: float, lon: float, population: int, region: str, fame: int, *names: str
) -> dict[str, Any]:
    return {
        "geonameid": id, "name": name, "countrycode": country, "latitude": lat, "longitude": lon, "population": population,
        "admin1code": region, "alternatenames": [*names, *(f"{name} {n}" for n in range(fame - len(names)))],
    }  # fmt: skip


CITIES = (
    city(1, "Mosul", "IQ", 36.3, 43.1, 1_683_000, "15", 62),
    city(2, "Baghdad", "IQ", 33.3, 44.4, 7_200_000, "07", 80),
    city(3, "Aleppo", "SY", 36.2, 37.2, 2_098_000, "09", 90),
    city(4, "Deir ez-Zor", "SY", 35.3, 40.1, 271_800, "07", 40, "Deir al-Zor"),
    city(5, "Damascus", "SY", 33.5, 36.3, 1_569_000, "13", 90),
    city(6, "Moscow", "RU", 55.8, 37.6, 10_381_000, "48", 110),
    city(7, "Moscow", "US", 46.7, -117.0, 25_000, "ID", 12),
    city(8, "Geneva", "CH", 46.2, 6.1, 201_000, "GE", 60),
    city(9, "Geneva", "US", 41.9, -88.3, 21_800, "IL", 11),
    city(10, "Paris", "FR", 48.9, 2.3, 2_138_000, "11", 109),
    city(11, "Paris", "US", 33.7, -95.6, 24_800, "TX", 11),
    city(12, "Dallas", "US", 32.8, -96.8, 1_300_000, "TX", 40),
    city(13, "El Jadida", "MA", 33.2, -8.5, 212_800, "01", 40, "Al-Jadidah"),
    city(14, "Gaza City", "PS", 31.5, 34.5, 410_000, "GZ", 50),
    city(15, "Washington", "US", 38.9, -77.0, 689_000, "DC", 90),
    city(16, "Seattle", "US", 47.6, -122.3, 700_000, "WA", 60),
    city(17, "Tabqa", "SY", 35.8, 38.5, 87_000, "04", 20),
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    path = tmp_path_factory.mktemp("places") / "few.sqlite"
    place_index.build(path, CITIES)
    return Gazetteer(path)


def extraction(text: str, statements: tuple[Statement, ...] = (), **words: str) -> Extraction:
    """`text` with mentions: words parted by ";" for each kind, and statements."""
    mentions = [
        Mention(found.span(), kind, found.span())  # type: ignore[arg-type]
        for kind, names in words.items() for name in names.split(";") for found in re.finditer(re.escape(name), text)
    ]  # fmt: skip
    return Extraction(
        text=text, sentences=((0, len(text)),), paragraphs=((0, len(text)),), statements=statements, figures=(),
        mentions=tuple(sorted(mentions, key=lambda m: m.span)),
    )  # fmt: skip


def places(
    book: Gazetteer, text: str, statements: tuple[Statement, ...] = (), *, outlet: str | None = None, **words: str
) -> dict[str, Place]:
    """The places of `text` by their words; every span must lie in the text and none overlap."""
    found = resolve_places(extraction(text, statements, **words), outlet=outlet, index=book).places
    assert all(0 <= m.span[0] < m.span[1] <= len(text) for m in found)
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(found))
    return {text[slice(*m.span)]: m.place for m in found}


def test_a_city_has_its_point_country_and_precision(book: Gazetteer) -> None:
    place = places(book, "A shell hit a bakery in Mosul, Iraq.")["Mosul"]
    assert place == Place(name="Mosul", lat=36.3, lon=43.1, country="IQ", precision="city", where_prec=1)


def test_a_spelling_unknown_to_the_gazetteer_is_met_by_sound_where_the_country_is_named(book: Gazetteer) -> None:
    place = places(book, "Shells fell on Syria again. Troops near Deir el-Zour were hit.")["Deir el-Zour"]
    assert (place.name, place.country, place.lat) == ("Deir el-Zour", "SY", 35.3)
    assert places(book, "Troops near Deir el-Zour were hit.", place="Deir el-Zour")["Deir el-Zour"].lat is None


@pytest.mark.parametrize("words", ["near", "outside", "12 km north of", "on the outskirts of", "not far from"])
def test_nearness_is_kept(book: Gazetteer, words: str) -> None:
    place = places(book, f"A convoy was hit {words} Aleppo, Syria.")["Aleppo"]
    assert (place.precision, place.where_prec, place.lat) == ("near", 2, 36.2)


def test_the_container_said_decides(book: Gazetteer) -> None:
    assert places(book, "A mill burned in Paris, Texas.")["Paris"].country == "US"
    assert places(book, "A mill burned in Paris, Tex., at noon.")["Paris"].country == "US"
    assert places(book, "A mill burned in Paris.")["Paris"].country == "FR"
    assert places(book, "The American town of Moscow has a mill.", place="Moscow")["Moscow"].country == "US"


def test_what_lies_around_decides(book: Gazetteer) -> None:
    found = places(book, "The road from Dallas to Paris was closed. Texas police said more.", place="Dallas;Paris;Texas")
    assert found["Paris"].country == "US"


def test_a_name_means_one_place_throughout(book: Gazetteer) -> None:
    text = "A mill burned in Paris, Texas. People in Paris were shocked."
    mentions = resolve_places(extraction(text), index=book).places
    assert {m.place.country for m in mentions} == {"US"}
    assert [text[slice(*m.span)] for m in mentions].count("Paris") == 2


def test_a_country_that_only_acts_does_not_draw_the_city_to_it(book: Gazetteer) -> None:
    text = "The U.S. accused Russia of strikes in Syria. Talks open in Geneva. The U.S. and Russia will attend."
    assert places(book, text, place="U.S.;Russia;Syria;Geneva")["Geneva"].country == "CH"


def test_a_capital_that_speaks_or_acts_is_no_place(book: Gazetteer) -> None:
    text = "Moscow said nothing of Aleppo."
    said = Statement(id="s1", content=((12, 30),), cue=((7, 11),), source=((0, 6),), form="indirect", act="other", confidence=1.0)
    assert "Moscow" not in places(book, text, (said,), place="Moscow;Aleppo")
    assert "Moscow" not in places(book, "The deal was reached by Moscow and Damascus on Aleppo.", place="Moscow;Damascus;Aleppo")
    assert "Washington" not in places(book, "Critics deplored Washington's refusal to talk.", place="Washington")
    assert "Washington" not in places(book, "In Washington's view it is over.", place="Washington")
    assert places(book, "A bomb went off in Moscow.", place="Moscow")["Moscow"].country == "RU"
    assert places(book, "A bomb went off in Moscow's suburbs.", place="Moscow")["Moscow"].country == "RU"


def test_people_are_no_place(book: Gazetteer) -> None:
    assert places(book, "Syrian and Iraqi doctors treated Russians.", nationality="Syrian;Iraqi;Russians") == {}


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("A strike on Mosul hit the city's al-Jadidah neighborhood in Iraq.", "al-Jadidah", "al-Jadidah"),
        ("Mosul's Zanjili district was bombed.", "Zanjili", "Zanjili"),
        ("In Mosul, people fled to the Rahma hospital.", "Rahma", "Rahma hospital"),
    ],
)
def test_a_part_unknown_to_the_gazetteer_takes_its_citys_point(book: Gazetteer, text: str, words: str, name: str) -> None:
    place = places(book, text, place=words)[words]
    assert (place.name, place.lat, place.country, place.precision, place.where_prec) == (name, 36.3, "IQ", "neighbourhood", 1)


def test_a_part_named_again_without_its_kind_stays_it(book: Gazetteer) -> None:
    text = "Mosul's Zanjili district was bombed. Fifty died in Zanjili."
    first, second = (
        m.place for m in resolve_places(extraction(text, place="Zanjili"), index=book).places if m.place.name == "Zanjili"
    )
    assert first == second


def test_a_site_takes_the_city_it_is_told_of_and_not_a_country_of_its_name(book: Gazetteer) -> None:
    place = places(book, "In Gaza City a crowd at the Kuwait roundabout was shot at.", place="Gaza City;Kuwait")["Kuwait"]
    assert (place.name, place.country, place.lat) == ("Kuwait roundabout", "PS", 31.5)


def test_an_airport_lies_near_its_city(book: Gazetteer) -> None:
    place = places(book, "Jets hit Aleppo airport in Syria.", place="Aleppo")["Aleppo"]
    assert (place.precision, place.where_prec) == ("near", 2)


def test_the_place_a_report_is_dated_from_holds_no_part_of_another(book: Gazetteer) -> None:
    text = "BAGHDAD (Own reporter) - The Rahma hospital was hit. In Mosul it is the last one."
    assert places(book, text, place="Rahma;Mosul")["Rahma"].lat == 36.3


def test_provinces_districts_areas_and_countries(book: Gazetteer) -> None:
    text = "In Syria raids hit Aleppo province. In Iraq, in the Gaza Strip and all over the Middle East there were more."
    found = places(book, text, place="Aleppo;Iraq;Gaza Strip;Middle East")
    found.pop("Syria")
    assert {w: (p.precision, p.where_prec) for w, p in found.items()} == {
        "Aleppo": ("region", 4), "Iraq": ("country", 6), "Gaza Strip": ("region", 4), "Middle East": ("region", 7),
    }  # fmt: skip


def test_an_unknown_village_has_the_country_it_is_said_to_lie_in_and_no_point(book: Gazetteer) -> None:
    place = places(book, "Ten died in the village of Qarmaniya, Syria.", place="Qarmaniya")["Qarmaniya"]
    assert (place.lat, place.lon, place.country, place.precision) == (None, None, "SY", "unknown")


def test_a_namesake_for_which_nothing_speaks_gives_no_point(book: Gazetteer) -> None:
    found = places(book, "Fifty bodies lay in al-Jadidah. Baghdad blamed nobody in Iraq.", place="al-Jadidah;Iraq")
    assert found["al-Jadidah"].lat is None


def test_directions_stay_out_of_the_name(book: Gazetteer) -> None:
    place = places(book, "Raids on Western Mosul went on in Iraq.", place="Western Mosul;Iraq")["Western Mosul"]
    assert (place.name, place.precision) == ("Mosul", "city")


def test_a_city_in_an_organisations_name_is_one_and_a_persons_is_not(book: Gazetteer) -> None:
    found = places(book, "The Aleppo Media Center counted ten in Syria.", organisation="Aleppo Media Center")
    assert found["Aleppo"].country == "SY"
    assert places(book, "A lawyer, Paris Dallas, spoke.", person="Paris Dallas") == {}


def test_a_word_that_opens_the_sentence_is_no_part_of_the_name(book: Gazetteer) -> None:
    place = places(book, "In Zanjili district, Mosul, shells fell.")["Zanjili"]
    assert (place.name, place.precision) == ("Zanjili", "neighbourhood")


def test_a_newspaper_is_no_place(book: Gazetteer) -> None:
    assert places(book, "He told the Seattle Times so.", organisation="Seattle Times") == {}


def test_what_is_only_called_by_a_place_is_an_association(book: Gazetteer) -> None:
    text = "Syrian jets struck Mosul, the Aleppo Press Council told a clinic. The Aleppo General Hospital was hit."
    found = resolve_places(
        extraction(text, organisation="Aleppo Press Council;Aleppo General Hospital", place="Mosul"), index=book
    )
    assert [(text[slice(*m.span)], m.place.country) for m in found.associations] == [("Syrian", "SY"), ("Aleppo", "SY")]
    assert [(text[slice(*m.span)], m.place.country) for m in found.places] == [("Mosul", "IQ"), ("Aleppo", "SY")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A Mosul-based group spoke.", "Mosul"),
        ("The Baghdad-Mosul train was late.", "Mosul"),
        ("MOSUL -- A mill burned.", "MOSUL"),
        ("In Texas, Mosul was far away.", "Texas"),
    ],
)
def test_a_name_is_found_whatever_it_is_tied_to(book: Gazetteer, text: str, name: str) -> None:
    assert places(book, text, place=name)[name].lat is not None


def test_none_of_the_namesakes_is_meant_where_the_text_puts_it_elsewhere(book: Gazetteer) -> None:
    place = places(book, "Shells hit the village of Dallas in the Idaho region.", place="Dallas")["Dallas"]
    assert (place.lat, place.country, place.where_prec) == (None, "US", 4)


def test_a_body_named_like_a_village_is_no_place(book: Gazetteer) -> None:
    assert places(book, "In Gaza City the press agency Tabqa counted ten.", place="Gaza City;Tabqa").keys() == {"Gaza City"}


def test_a_name_given_in_the_outlet_helps(book: Gazetteer) -> None:
    text = "The mill in Paris burned down. American firemen came."
    assert places(book, text)["Paris"].country == "FR"
    assert places(book, text, outlet="Dallas Courier")["Paris"].country == "FR"


def test_the_same_text_always_gives_the_same(book: Gazetteer) -> None:
    text = "From Dallas to Paris, Texas, and on to Moscow near Seattle and Tabqa in Syria."
    assert len({resolve_places(extraction(text), index=book) for _ in range(3)}) == 1


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 200), st.integers(1, 20)), max_size=4))
def test_no_text_breaks_it(book: Gazetteer, text: str, spans: list[tuple[int, int]]) -> None:
    kinds: tuple[MentionKind, ...] = ("place", "person", "organisation", "role")
    held: list[Offsets] = [(a, a + n) for a, n in spans if a + n <= len(text)]
    mentions = tuple(Mention(s, kinds[i % 4], s) for i, s in enumerate(sorted(held)))
    extract = Extraction(text=text, sentences=(), paragraphs=(), statements=(), figures=(), mentions=mentions)
    for mention in resolve_places(extract, index=book).places:
        assert 0 <= mention.span[0] < mention.span[1] <= len(text)


PLACE_WORDS = (
    "In Mosul near Paris , Texas the village of al-Jadidah The Damascus and U.S. Calif. 's Deir el-Zour province camp (Syria) ."
).split()  # fmt: skip


@given(st.lists(st.sampled_from(PLACE_WORDS), max_size=12).map(" ".join))
def test_no_jumble_of_place_words_breaks_it(book: Gazetteer, text: str) -> None:
    places(book, text)


def test_one_attack_called_by_a_large_city_fell_on_it(book: Gazetteer) -> None:
    assert places(book, "The Aleppo market bombing killed ten people.")["Aleppo"].lat == 36.2
    assert places(book, "Errors led to the Damascus drone strike, the general said.", place="Damascus")["Damascus"].lat == 33.5
    assert places(book, "The Tabqa drone strike killed ten people.", person="Tabqa") == {}
