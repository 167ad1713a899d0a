"""Web Annotations read by a JSON-LD processor: every term means something, and every span is its words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from counterclaim.pipeline import Case

OA, DC, AS = "http://www.w3.org/ns/oa#", "http://purl.org/dc/elements/1.1/", "http://www.w3.org/ns/activitystreams#"
RDF, RDFS, XSD = (f"http://www.w3.org/{name}#" for name in ("1999/02/22-rdf-syntax-ns", "2000/01/rdf-schema", "2001/XMLSchema"))
CC, SCHEMA = "urn:counterclaim:terms:", "http://schema.org/"

CONTEXT: dict[str, Any] = {
    "id": "@id", "type": "@type",
    **{name: f"{OA}{name}" for name in ("Annotation", "TextualBody", "SpecificResource")},
    **{name: f"{OA}{name}" for name in ("TextQuoteSelector", "TextPositionSelector")},
    "Text": "http://purl.org/dc/dcmitype/Text", "Software": f"{AS}Application",
    "AnnotationCollection": f"{AS}OrderedCollection", "AnnotationPage": f"{AS}OrderedCollectionPage",
    "classifying": f"{OA}classifying", "identifying": f"{OA}identifying",
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
    **{name: {"@id": f"{OA}has{name.title()}", "@type": "@id"} for name in ("body", "target", "source", "selector")},
    **{name: f"{OA}{name}" for name in ("exact", "prefix", "suffix", "start", "end")},
    "format": f"{DC}format", "language": f"{DC}language", "generated": "http://purl.org/dc/terms/issued",
    "generator": {"@id": f"{AS}generator", "@type": "@id"}, "name": "http://xmlns.com/foaf/0.1/name", "label": f"{RDFS}label",
    "value": f"{RDF}value", "total": f"{AS}totalItems", "startIndex": f"{AS}startIndex",
    "first": {"@id": f"{AS}first", "@type": "@id"}, "items": {"@id": f"{AS}items", "@type": "@id", "@container": "@list"},
}  # fmt: skip
"""What the vocabulary of the Recommendation says of the terms that are used; a term that it does not have is dropped in
expanding, and missed below."""


def offline(url: str, options: object) -> dict[str, Any]:
    assert url == "http://www.w3.org/ns/anno.jsonld"
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXT}}


@pytest.fixture(scope="module")
def annotations(written: Callable[[str, str], Path]) -> list[dict[str, Any]]:
    document = json.loads(written("annotations", "internal").read_text("utf-8"))
    (collection,) = jsonld.expand(document, {"documentLoader": offline})
    assert collection["@type"] == [f"{AS}OrderedCollection"]
    found: list[dict[str, Any]] = collection[f"{AS}first"][0][f"{AS}items"][0]["@list"]
    assert collection[f"{AS}totalItems"][0]["@value"] == len(found) == len(document["first"]["items"])
    # Nothing that has a value was dropped for want of a meaning.
    for given, read in zip(document["first"]["items"], found, strict=True):
        assert filled(given) == filled(read)
    return found


def filled(value: Any) -> int:
    """How many values there are, at any depth."""
    if isinstance(value, dict):
        return sum(filled(one) for one in value.values())
    if isinstance(value, list):
        return sum(map(filled, value))
    return value is not None


def of(node: dict[str, Any], term: str) -> Any:
    return node[term][0].get("@value", node[term][0].get("@id"))


def test_every_span_is_its_words(annotations: list[dict[str, Any]], case: Case) -> None:
    texts = {f"urn:counterclaim:report:{read.report.id}": read.report for read in case.reports}
    for annotation in annotations:
        assert annotation["@type"] == [f"{OA}Annotation"]
        (target,) = annotation[f"{OA}hasTarget"]
        (source,) = target[f"{OA}hasSource"]
        report = texts[source["@id"]]
        assert source[f"{SCHEMA}isBasedOn"] == [{"@id": f"urn:sha256:{report.capture}"}]
        by_type = {selector["@type"][0].removeprefix(OA): selector for selector in target[f"{OA}hasSelector"]}
        place, quote = by_type["TextPositionSelector"], by_type["TextQuoteSelector"]
        start, end = of(place, f"{OA}start"), of(place, f"{OA}end")
        exact = of(quote, f"{OA}exact")
        assert report.text[start:end] == exact
        around = of(quote, f"{OA}prefix") + exact + of(quote, f"{OA}suffix")
        assert around in report.text


def test_every_fact_is_there_with_its_values(annotations: list[dict[str, Any]], case: Case) -> None:
    figures = {}
    statements: dict[str, set[tuple[int, int]]] = {}
    for annotation in annotations:
        (body,) = annotation[f"{OA}hasBody"]
        (target,) = annotation[f"{OA}hasTarget"]
        place = next(s for s in target[f"{OA}hasSelector"] if s["@type"] == [f"{OA}TextPositionSelector"])
        at = of(place, f"{OA}start"), of(place, f"{OA}end")
        if f"{CC}figure" in body["@type"]:
            said = tuple(
                of(body, f"{CC}{name}") if f"{CC}{name}" in body else None for name in ("harm", "low", "high", "speaker")
            )
            figures[body["@id"]] = (at, *said, of(body, f"{CC}status"))
        elif f"{CC}statement" in body["@type"] and of(annotation, f"{CC}part") == "content":
            statements.setdefault(body["@id"], set()).add(at)
    facts = {
        f"urn:counterclaim:report:{read.report.id}.{f.id}": (f.span, f.harm, f.low, f.high, f.speaker)
        for read in case.reports
        for f in read.reading.figures
    }
    assert {id: held[:-1] for id, held in figures.items()} == facts
    assert sorted(held[-1] for held in figures.values()) == ["accepted", "corrected", "machine-extracted, not verified"]
    assert statements == {
        f"urn:counterclaim:report:{read.report.id}.{s.id}": set(s.content)
        for read in case.reports
        for s in read.reading.statements
    }


def test_the_public_reads_no_masked_name_and_short_words(written: Callable[[str, str], Path], case: Case) -> None:
    public = json.loads(written("annotations", "public").read_text("utf-8"))
    text = json.dumps(public, ensure_ascii=False)
    assert "Orsk" not in text
    assert "Tomas" not in text
    assert "█" in text
    texts = {f"urn:counterclaim:report:{read.report.id}": read.report.text for read in case.reports}
    for item in public["first"]["items"]:
        place, quote = item["target"]["selector"]
        words = texts[item["target"]["source"]["id"]][place["start"] : place["end"]]
        assert len(quote["exact"]) <= 200
        assert all(shown in ("█", there) for shown, there in zip(quote["exact"], words, strict=False))
