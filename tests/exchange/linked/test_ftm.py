"""FollowTheMoney entities read by its own library: all valid, all references land, every claim with its proof."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from counterclaim.pipeline import Case

model = pytest.importorskip("followthemoney", reason="the extra `readers` is not installed; it needs ICU's headers").model
EntityProxy = pytest.importorskip("followthemoney.proxy").EntityProxy


def entities(path: Path) -> dict[str, EntityProxy]:
    """The entities by id, each found valid, with every value as it was written."""
    found = {}
    for line in path.read_text("utf-8").splitlines():
        given = json.loads(line)
        schema = model.get(given["schema"])
        assert schema is not None
        schema.validate(given)
        entity = EntityProxy.from_dict(given, cleaned=False)
        assert {name: sorted(entity.get(name)) for name in given["properties"]} == {
            name: sorted(values) for name, values in given["properties"].items()
        }
        assert entity.id not in found
        found[str(entity.id)] = entity
    return found


@pytest.fixture(scope="module")
def read(written: Callable[[str, str], Path]) -> dict[str, EntityProxy]:
    return entities(written("ftm", "internal"))


def test_every_reference_lands_on_an_entity_of_its_kind(read: dict[str, EntityProxy]) -> None:
    landed = 0
    for entity in read.values():
        for prop, value in entity.itervalues():
            if prop.type.name == "entity":
                assert prop.range is not None
                assert read[value].schema.is_a(prop.range)
                landed += 1
    assert landed > 20


def test_the_same_facts(read: dict[str, EntityProxy], case: Case) -> None:
    by_schema: dict[str, list[EntityProxy]] = {}
    for entity in read.values():
        by_schema.setdefault(entity.schema.name, []).append(entity)
    titles = {read.report.title: read.report for read in case.reports}
    assert {entity.first("title") for entity in by_schema["Article"]} == titles.keys()
    for article in by_schema["Article"]:
        report = titles[article.first("title")]
        assert article.first("bodyText") == report.text
        assert f"SHA-256 of the capture: {report.capture}" in article.get("notes")
    (contest,) = case.contests
    (event,) = by_schema["Event"]
    assert (event.first("name"), event.first("country"), event.first("recordId")) == (
        "Mosul, 3 May 2031",
        "iq",
        contest.incident.id,
    )
    assert {p.first("name") for p in by_schema["Person"]} == {"Ada Brenn", "Ivo Marsh", "Lena Orsk", "Tomas Reld"}
    links = {(read[link.first("subject")].caption, link.first("role")): link for link in by_schema["UnknownLink"]}
    toll = links["Ivo Marsh", "says killed (unspecified, incident): up to 11"]
    assert toll.get("summary") == ["He said that up to 11 people were killed."]
    assert read[toll.first("proof")].first("title") == "Army admits stray bombs"
    assert read[toll.first("object")] is event
    assert ("Ivo Marsh", "admits (responsibility)") in links
    notes = {note.caption or note.first("name"): note for note in by_schema["Note"]}
    doctors = next(note for note in notes.values() if note.first("name").startswith("doctors"))
    assert doctors.first("name") == "doctors: says killed (unspecified, incident): 20 to 23, through the news agency"
    assert doctors.first("summary") == "corrected"
    claims = len(by_schema["UnknownLink"]) + len(by_schema["Note"])
    assert claims == len(contest.tolls) + len(contest.positions)


def test_who_is_masked_is_no_entity(written: Callable[[str, str], Path], read: dict[str, EntityProxy]) -> None:
    public = entities(written("ftm", "public"))
    assert {e.caption for e in public.values() if e.schema.name == "Person"} == {"Ada Brenn", "Ivo Marsh"}
    assert not [e for e in public.values() if e.get("bodyText", quiet=True)]
    # The same things have the same ids for everybody.
    assert public.keys() < read.keys()
