"""The gazetteer: one place under all its spellings, an index built once and whole, and countries by any word for them."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.resolving import place_index, places_ready
from counterclaim.resolving.gazetteer import Gazetteer, country_of, gazetteer, is_demonym, seat_of
from counterclaim.resolving.place_names import fold, sound


def city(
    id: int, name: str, country: str, lat: float, lon: float, population: int, *names: str, region: str = "01"
) -> dict[str, Any]:
    return {
        "geonameid": id, "name": name, "countrycode": country, "latitude": lat, "longitude": lon, "population": population,
        "admin1code": region, "alternatenames": list(names),
    }  # fmt: skip


TOWNS = (
    city(1, "Deir ez-Zor", "SY", 35.3, 40.1, 271_800, "Deir al-Zor", "Dayr az Zawr", "DEZ", "dai er zu er", "Дейр", region="07"),
    city(2, "Paris", "FR", 48.9, 2.3, 2_100_000, "Parigi", "Lutetia", region="11"),
    city(3, "Paris", "US", 33.7, -95.6, 24_800, region="TX"),
    city(4, "Łódź", "PL", 51.8, 19.5, 700_000),
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    path = tmp_path_factory.mktemp("places") / "small.sqlite"
    place_index.build(path, TOWNS)
    return Gazetteer(path)


SPELLINGS = (
    "Deir el-Zour", "Deir ez-Zor", "Deir al-Zor", "Dayr Az Zawr", "Deir Ezzor", "Deir al-Zour", "DEIR EZ ZOR", "Dair Alzour",
    "Deir Ezzour",
)  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_meets_one_town(small: Gazetteer, spelling: str) -> None:
    assert [c.id for c in small.look_up(spelling) if c.kind == "city"] == [1]


@pytest.mark.parametrize("spelling", ["Deir el-Zour", "Dayr Az Zawr", "Deir Ezzor"])
def test_the_shipped_cities_meet_it_too(spelling: str) -> None:
    found = gazetteer().look_up(spelling)
    assert {c.country for c in found} == {"SY"}
    assert any(c.kind == "city" and abs(c.lat - 35.34) < 0.05 and abs(c.lon - 40.14) < 0.05 for c in found)


def test_codes_and_letter_by_letter_romanisations_are_no_names(small: Gazetteer) -> None:
    assert small.look_up("DEZ") == ()
    assert small.look_up("dai er zu er") == ()


def test_namesakes_come_with_most_people_first(small: Gazetteer) -> None:
    towns = [c for c in small.look_up("paris") if c.kind == "city"]
    assert [(c.country, c.match) for c in towns] == [("FR", "name"), ("US", "name")]
    assert [c.match for c in small.look_up("Lutetia")] == ["alternate"]


def test_diacritics_do_not_matter(small: Gazetteer) -> None:
    assert [c.id for c in small.look_up("Lodz") if c.kind == "city"] == [4]


def test_unknown_and_empty_names_are_nowhere(small: Gazetteer) -> None:
    assert small.look_up("Qwertzuiop") == ()
    assert small.look_up(" -' ") == ()


def test_regions_lie_in_the_middle_of_their_towns_and_countries_are_wider(small: Gazetteer) -> None:
    (texas,) = (c for c in small.look_up("Texas") if c.kind == "region")
    assert (texas.country, texas.region, texas.prec) == ("US", "TX", 4)
    assert abs(texas.lat - 33.7) < 0.5
    (iraq,) = (c for c in small.look_up("Iraq") if c.kind == "country")
    assert (iraq.country, iraq.prec) == ("IQ", 6)
    assert [c.country for c in small.look_up("the U.S.")] == ["US"]


def test_two_builds_agree_byte_for_byte_in_what_they_hold(tmp_path: Path) -> None:
    dumps = []
    for name in ("a", "b"):
        place_index.build(tmp_path / name, TOWNS)
        with sqlite3.connect(tmp_path / name) as base:
            dumps.append("\n".join(base.iterdump()))
        base.close()
    assert dumps[0] == dumps[1]


def test_racing_builders_leave_one_whole_index(tmp_path: Path) -> None:
    path = tmp_path / "raced.sqlite"
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: place_index.build(path, TOWNS), range(3)))
    assert [p.name for p in tmp_path.iterdir()] == ["raced.sqlite"]
    assert Gazetteer(path).look_up("Deir Ezzor")


def test_a_failed_build_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        place_index.build(tmp_path / "broken.sqlite", [{"geonameid": 1}])
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_index_is_built_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "damaged.sqlite"
    path.write_bytes(b"no database" * 100)
    monkeypatch.setattr(place_index, "_all_cities", lambda _: iter(TOWNS))
    assert Gazetteer(path).look_up("Deir Ezzor")


def test_the_index_goes_where_the_user_says_and_else_to_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.delenv("COUNTERCLAIM_CACHE", raising=False)
    assert place_index.index_path().parent == tmp_path / "xdg" / "counterclaim"
    monkeypatch.setenv("COUNTERCLAIM_CACHE", str(tmp_path / "own"))
    assert place_index.index_path().parent == tmp_path / "own"
    assert f"-{place_index.FORMAT}.sqlite" in place_index.index_path().name


def test_a_home_that_cannot_be_made_gives_way_to_the_temporary_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("COUNTERCLAIM_CACHE", str(tmp_path / "file" / "cache"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    assert place_index.index_path().parent.parent == tmp_path


def test_looking_up_again_takes_no_time(small: Gazetteer) -> None:
    small.look_up("Paris")
    start = time.perf_counter()
    for _ in range(1000):
        small.look_up("Paris")
    assert time.perf_counter() - start < 0.1


@pytest.mark.parametrize(
    ("words", "iso"),
    [("Iraq", "IQ"), ("Iraqi", "IQ"), ("the United States", "US"), ("U.S.", "US"), ("Americans", "US"), ("Türkiye", "TR")],
)
def test_countries_by_any_word_for_them(words: str, iso: str) -> None:
    found = country_of(words)
    assert found is not None
    assert found.iso == iso


def test_demonyms_and_seats() -> None:
    assert is_demonym("Syrian")
    assert not is_demonym("Syria")
    assert [s.iso for w in ("Moscow", "the Kremlin", "Damascus") if (s := seat_of(w))] == ["RU", "RU", "SY"]
    assert seat_of("Mosul") is None
    assert country_of("Mosul") is None


@given(st.text(max_size=40))
def test_keys_are_stable_and_never_break(name: str) -> None:
    key = fold(name)
    assert fold(key) == key
    sound(key)


@given(st.sampled_from(SPELLINGS), st.sampled_from(["al-", "el-", "ez-", "Al ", "az-"]))
def test_the_article_does_not_change_the_sound(spelling: str, article: str) -> None:
    assert sound(fold(f"{article}{spelling}")) == sound(fold(spelling))


def test_a_district_is_met_by_its_name_and_apart_by_its_bare_name(small: Gazetteer) -> None:
    named = small.look_up("Afrin District")
    assert [(c.kind, c.country, c.prec) for c in named] == [("district", "SY", 3)]
    assert "district" not in {c.kind for c in small.look_up("Afrin")}  # the town, where nothing calls it a district
    assert [c.id for c in small.districts("Afrin")] == [named[0].id]


def test_building_is_told_of_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def some(progress: Callable[[str, int, int], None]) -> Iterator[dict[str, Any]]:
        for done, town in enumerate(TOWNS):
            progress("place index", done, len(TOWNS))
            yield town

    monkeypatch.setenv("COUNTERCLAIM_CACHE", str(tmp_path))
    monkeypatch.setattr(place_index, "_all_cities", some)
    told: list[int] = []
    assert str(tmp_path) in places_ready(lambda _, done, __: told.append(done))
    assert told == list(range(len(TOWNS)))
    places_ready(lambda _, done, __: told.append(done))
    assert len(told) == len(TOWNS)
