"""Institutions found by name and by pattern."""

from __future__ import annotations

import re

import pytest

from counterclaim.errors import InputError
from counterclaim.resolving.registry import Registry
from counterclaim.resolving.tokens import tokenize

REGISTRY = Registry.load()


def names(text: str) -> list[tuple[str, str | None]]:
    """Every hit's words with the name they stand for: of the institution, else "(organ)" or "[state]"."""
    out = []
    for hit in REGISTRY.scan(text):
        assert text[slice(*hit.span)].strip() == text[slice(*hit.span)] != ""
        entry = (
            hit.entry.name if hit.entry else f"({hit.organ.name})" if hit.organ else f"[{hit.state.name}]" if hit.state else None
        )
        out.append((text[slice(*hit.span)], entry))
    return out


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Russia's Ministry of Defense", "Russian Ministry of Defence"),
        ("the Russian defence ministry", "Russian Ministry of Defence"),
        ("the defense Ministry of the Russian Federation", "Russian Ministry of Defence"),
        ("Russia’s Foreign Ministry", "Russian Foreign Ministry"),
        ("the Ministry of Foreign Affairs of Ukraine", "Ukrainian Foreign Ministry"),
        ("Kyiv's air force", "Ukrainian air force"),
        ("Syria's army", "Syrian army"),
        ("the Syrian Arab Army", "Syrian army"),
        ("the Iraqi federal police", "Iraqi police"),
        ("the U.S. military", "US military"),
        ("the US Defense Department", "Pentagon"),
        ("U.S. Central Command", "US Central Command"),
        ("CENTCOM", "US Central Command"),
        ("the IDF", "Israeli military"),
        ("Israel's army", "Israeli military"),
        ("the Israeli Air Force", "Israeli air force"),
        ("the South Korean Joint Chiefs of Staff", "South Korean general staff"),
        ("the health ministry in Gaza", "Gaza Health Ministry"),
        ("Gaza's Health Ministry", "Gaza Health Ministry"),
        ("the Syrian regime", "Syria"),
        ("the Kremlin", "Russia"),
        ("Washington", "United States"),
        ("the US-led international coalition", "US-led coalition"),
        ("the coalition headed by the USA", "US-led coalition"),
        ("the coalition which the United States leads", "US-led coalition"),
        ("the Saudi-led coalition", "Saudi-led coalition"),
        ("the Kenyan-led coalition", "Kenyan-led coalition"),
        ("the IS militia", "Islamic State"),
        ("Daesh", "Islamic State"),
        ("ISIS-K", "Islamic State Khorasan"),
        ("the syrian observatory for human rights", "Syrian Observatory for Human Rights"),
        ("Médecins Sans Frontières", "Médecins Sans Frontières"),
        ("the security Council of the UN", "UN Security Council"),
    ],
)
def test_a_name_stands_for_its_institution(words: str, name: str) -> None:
    text = f"On Sunday {words} said nothing."
    assert [n for _, n in names(text)] == [name]


def test_an_adjective_alone_is_its_state_and_a_bare_organ_nobodys() -> None:
    assert names("Russian planes flew on; the army kept silent.") == [("Russian", "[Russia]"), ("army", "(army)")]


@pytest.mark.parametrize("words", ["the UK-based group", "a pro-Hamas channel", "Saudi-backed fighters", "an Iranian-made drone"])
def test_half_of_a_compound_is_not_who_is_meant(words: str) -> None:
    assert names(f"Then {words} came.") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Strikes went on in Syria.", True),
        ("They met in Moscow.", True),
        ("Kabul airport was closed.", True),
        ("Moscow raised the alarm.", False),
        ("He accused Syria of lying.", False),
    ],
)
def test_a_state_or_capital_may_be_a_place(text: str, place: bool) -> None:
    assert [hit.place for hit in REGISTRY.scan(text)] == [place]


def test_capitals_tell_a_short_name_from_a_word() -> None:
    assert names("It is who we told us.") == []
    assert names("IS and the WHO spoke.") == [("IS", "Islamic State"), ("WHO", "World Health Organization")]
    assert names("THE WAR IS OVER NOW") == []
    assert names("the behaviour of the us military") == [("us military", "US military")]


def test_a_city_in_a_longer_name_is_no_state() -> None:
    assert names("The London Fire Brigade came.") == []


def test_no_name_runs_over_the_end_of_a_paragraph() -> None:
    assert names("Raids in Syria\n\nPolice came from Central\n\nCommand.") == [
        ("Syria", "Syria"),
        ("Police", "(police)"),
        ("Command", "(military)"),
    ]
    assert names("the Ministry\nof Defence of Syria") == [("Ministry\nof Defence of Syria", "Syrian Ministry of Defence")]


def test_users_add_and_replace_rows() -> None:
    registry = Registry.load("name,kind,side,country,aliases\nHarbour Watch,monitor,monitor,,HWX\nAirwars,monitor,watcher,,\n")
    (hit,) = registry.scan("HWX counted three.")
    assert hit.entry is not None
    assert (hit.entry.name, hit.entry.side) == ("Harbour Watch", "monitor")
    replaced = registry.named("the Airwars")
    assert replaced is not None
    assert replaced.side == "watcher"
    assert registry.named("Hamas") is not None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kind,side\nmonitor,x\n", "no column name"),
        ("name,kind,colour\nHarbour Watch,monitor,red\n", 'a column "colour"'),
        ("name,kind\nHarbour Watch,\n", "row 2"),
        ("name,kind\n,monitor\n", "row 2 has no name"),
        ("name,kind\nHarbour Watch,gang\n", 'of the kind "gang"'),
        ("name,kind\nHarbour Watch,monitor,x\n", "more fields than columns"),
        ("name,kind\nHarbour Watch,monitor\nHarbour Watch,agency\n", "row 3: Harbour Watch was there before"),
        ("name,kind,side\nHarbour Watch,monitor,A|B since May\n", 'the side "B since May"'),
        ("name,kind,aliases\nHarbour Watch,monitor,Hamas\n", '"Hamas" of Harbour Watch is a name of Hamas too'),
    ],
)
def test_a_list_that_cannot_be_used_says_where_and_what_to_do(text: str, says: str) -> None:
    with pytest.raises(InputError, match=re.escape(says)) as caught:
        Registry.load(text, source="mine.csv")
    assert caught.value.source == "mine.csv"
    assert caught.value.remedy


def test_a_side_is_the_one_of_the_day() -> None:
    registry = Registry.load("name,kind,side\nNorth Brigade,armed group,North|South from 2020-05-01|West from 2022-01-01\n")

    def side(day: str | None) -> str | None:
        entry = registry.on(day).named("North Brigade")
        assert entry is not None
        return entry.side

    assert [side(d) for d in ("2019-01-01", "2020-05-01", "2021-12-31", "2023")] == ["North", "South", "South", "West"]
    assert side(None) is None
    assert side("XXXX-04-02") is None
    hamas = registry.on(None).named("Hamas")
    assert hamas is not None
    assert hamas.side == "Hamas"


def test_no_name_of_the_shipped_registry_stands_for_two() -> None:
    seen: dict[str, str] = {}
    for entry in REGISTRY.entries:
        for name in (entry.name, *entry.aliases, *entry.metonyms, *entry.demonyms):
            key = " ".join(t.norm for t in tokenize(name))
            assert seen.setdefault(key, entry.name) == entry.name, name


def test_every_entry_has_a_known_kind() -> None:
    assert {e.kind for e in REGISTRY.entries} <= {"state", "organ", "armed group", "monitor", "agency", "organisation"}


@pytest.mark.parametrize(
    "words",
    [
        "The Gaza health ministry", "Gaza's Ministry of Health", "The Health Ministry in Gaza", "The Hamas-run health ministry",
        "The Palestinian Health Ministry in Gaza", "The ministry of health in the Gaza Strip", "The Ministry of Health - Gaza",
        "The Hamas-controlled Ministry of Health in Gaza",
    ],
)  # fmt: skip
def test_a_ministry_is_one_body_however_its_territory_is_put(words: str) -> None:
    text = f"{words} said twelve people had died."
    (hit,) = (h for h in Registry.load().scan(text) if h.entry is not None and h.entry.kind == "organ" and not h.place)
    assert hit.entry is not None
    assert hit.entry.name == "Gaza Health Ministry"


def test_ministries_elsewhere_stay_apart() -> None:
    for words, name in (
        ("The Palestinian Health Ministry in Ramallah", "Palestinian Health Ministry"),
        ("The Houthi-run health ministry", "Houthi Health Ministry"),
        ("The Yemeni health ministry", "Yemeni Health Ministry"),
    ):
        entries = [h.entry.name for h in Registry.load().scan(f"{words} said twelve people had died.") if h.entry]
        assert entries[0] == name
