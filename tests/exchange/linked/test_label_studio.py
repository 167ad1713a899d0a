"""Label Studio: what goes out fits its labelling interface; what people made of it there comes back as decisions."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from counterclaim.case import Asked
from counterclaim.errors import CounterclaimError, WrongFormat
from counterclaim.exchange import Export
from counterclaim.exchange.label_studio import interface, read, write
from counterclaim.exchange.returned import decisions
from counterclaim.pipeline import Case


@pytest.fixture(scope="module")
def tasks(written: Callable[[str], Path]) -> list[dict[str, Any]]:
    with zipfile.ZipFile(written("label-studio")) as archive:
        assert archive.read("labels.xml").decode() == interface()
        listed: list[dict[str, Any]] = json.loads(archive.read("tasks.json"))
    return listed


def test_every_result_fits_the_interface_and_stands_on_its_words(tasks: list[dict[str, Any]], case: Case) -> None:
    tags = {tag.get("name"): tag for tag in etree.fromstring(interface()).iter() if tag.get("name")}
    kinds = {"labels": "Labels", "choices": "Choices", "number": "Number", "textarea": "TextArea"}
    texts = {read.report.id: read.report.text for read in case.reports}
    seen = set()
    for task in tasks:
        text = task["data"]["text"]
        assert text == texts[task["data"]["report"]]
        (prediction,) = task["predictions"]
        regions = {r["id"]: r for r in prediction["result"] if r["type"] == "labels"}
        for result in prediction["result"]:
            if result["type"] == "relation":
                assert {result["from_id"], result["to_id"]} <= regions.keys()
                continue
            tag = tags[result["from_name"]]
            value = result["value"]
            seen.add(result["type"])
            assert (tag.tag, tag.get("toName")) == (kinds[result["type"]], result["to_name"])
            assert text[value["start"] : value["end"]] == regions[result["id"]]["value"]["text"]
            if result["type"] in ("labels", "choices"):
                assert set(value[result["type"]]) <= {choice.get("value") for choice in tag}
    assert seen == kinds.keys()
    assert any("🚒" in task["data"]["text"] for task in tasks)
    assert any("السوق" in task["data"]["text"] for task in tasks)


def came_back(task: dict[str, Any], case: Case, *, whole: bool = True) -> list[dict[str, Any]]:
    """The decisions that a task comes to whose predictions were submitted as its annotation."""
    annotation = {
        "id": 7, "completed_by": {"email": "ann@example.org"}, "parent_prediction": 3 if whole else None,
        "result": task["predictions"][0]["result"],
    }  # fmt: skip
    reads = {read.report.id: read for read in case.reports}
    project = json.dumps([{"id": 1, "data": task["data"], "annotations": [annotation]}])
    (returned,) = read(project, "project.json", {id: read.report.text for id, read in reads.items()})
    assert returned.problems == ()
    return list(decisions(returned, reads[returned.report], "i1"))


def test_what_was_left_as_it_is_is_accepted(tasks: list[dict[str, Any]], case: Case) -> None:
    for task in tasks:
        reading = next(read.reading for read in case.reports if read.report.id == task["data"]["report"])
        told = came_back(task, case)
        assert {line["target"].rpartition(":")[2] for line in told} == {f.id for f in (*reading.figures, *reading.statements)}
        assert {line["kind"] for line in told} == {"accept"}
        assert {line["user"] for line in told} == {"ann@example.org"}


def test_what_was_changed_moved_taken_away_and_marked_anew_comes_back_so(tasks: list[dict[str, Any]], case: Case) -> None:
    task = deepcopy(next(task for task in tasks if "💔" in task["data"]["text"]))
    text, result = task["data"]["text"], task["predictions"][0]["result"]
    before = came_back(task, case)
    doctors, marsh = sorted(line["target"] for line in before if ":f" in line["target"])
    gone = next(line["target"] for line in before if ":s" in line["target"])
    kept = []
    for one in result:
        id = one.get("id", "").partition("-")[0]
        if id == doctors.rpartition(":")[2] and one["from_name"] == "figure-high":
            one["value"]["number"] = 21
        if id == marsh.rpartition(":")[2] and one["type"] == "labels":  # "up to 11 people" cut to the number
            at = text.index("11 people")
            one["value"] |= {"start": at, "end": at + 2, "text": "11"}
        if id != gone.rpartition(":")[2]:
            kept.append(one)
    at = text.index("two bombs")
    kept += [
        {"id": "x-1", "from_name": "label", "to_name": "text", "type": "labels",
         "value": {"start": at, "end": at + 9, "text": "two bombs", "labels": ["Statement"]}},
        {"id": "x-1", "from_name": "statement-act", "to_name": "text", "type": "choices",
         "value": {"start": at, "end": at + 9, "choices": ["admission"]}},
    ]  # fmt: skip
    task["predictions"][0]["result"] = kept
    told = {(line["kind"], line["target"]): line for line in came_back(task, case)}
    report = task["data"]["report"]
    eleven = text.index("11 people")
    assert told["correct", doctors]["values"] == {"high": 21}
    assert ("reject", gone) in told
    assert ("reject", marsh) in told
    moved = told["add", f"{report}:{eleven}-{eleven + 2}"]
    assert (moved["fact"], moved["values"]["high"], moved["incident"]) == ("figure", 11, "i1")
    new = told["add", f"{report}:{at}-{at + 9}"]
    assert (new["fact"], new["values"]) == ("statement", {"act": "admission"})
    for line in told.values():  # each is what `decide` takes
        Asked.of(json.dumps(line))
    # From scratch, what is not marked was not looked at.
    assert {line["kind"] for line in came_back(task, case, whole=False)}.isdisjoint({"reject"})


def test_offsets_that_count_utf_16_units_are_read_and_wrong_ones_named(tasks: list[dict[str, Any]], case: Case) -> None:
    task = deepcopy(next(task for task in tasks if "🚒" in task["data"]["text"]))
    texts = {read.report.id: read.report.text for read in case.reports}
    text = task["data"]["text"]
    at = text.index("14 people")
    region = {
        "id": "n", "from_name": "label", "type": "labels",
        "value": {"start": at + 1, "end": at + 10, "text": "14 people", "labels": ["Figure"]},
    }  # fmt: skip
    annotations: list[dict[str, Any]] = [{"id": 1, "result": [region]}, {"id": 2, "was_cancelled": True, "result": [region]}]
    task["annotations"] = annotations
    (returned,) = read(json.dumps([task]), "p.json", texts)
    (found,) = returned.regions
    assert text[slice(*found.span)] == "14 people"
    region["value"]["start"] -= 5
    (returned,) = read(json.dumps([task]), "p.json", texts)
    assert not returned.regions
    assert "'14 people'" in returned.problems[0]


def test_what_is_no_export_or_of_another_case_is_refused(tasks: list[dict[str, Any]], leaves: Callable[..., Export]) -> None:
    for given in ("{", "[1]", '{"data": {}}', json.dumps(tasks)):
        with pytest.raises(WrongFormat):
            list(read(given, "p.json", {}))
    for terms in ({"audience": "public"}, {"audience": "partner"}, {"words": ("Mosul",)}):
        with pytest.raises(CounterclaimError, match="--for internal"):
            list(write(leaves(**terms)))


def test_label_studios_own_library_finds_nothing_wrong(tasks: list[dict[str, Any]]) -> None:
    sdk = pytest.importorskip(
        "label_studio_sdk.label_interface", reason="label-studio-sdk is large and not among what tests need"
    )
    labelling = sdk.LabelInterface(interface())
    for task in tasks:
        for prediction in task["predictions"]:
            assert labelling.validate_prediction(prediction, return_errors=True) == []
