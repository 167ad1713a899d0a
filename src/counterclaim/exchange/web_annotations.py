"""Every span as a W3C Web Annotation (JSON-LD): its words by position and by quotation, its body what was read there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from counterclaim.exchange import iris
from counterclaim.exchange.export import NOT_VERIFIED, Export, Piece
from counterclaim.exchange.marked import Mark, marks_in
from counterclaim.exchange.numbers import said_number
from counterclaim.records import IncidentRef, Report, Span

CONTEXT = ("http://www.w3.org/ns/anno.jsonld", {"cc": iris.TERMS, "schema": "http://schema.org/"})
"""The context of the Recommendation, and prefixes for what it has no word for."""

_MOTIVATION = {"place": "identifying", "date": "identifying", "incident": "identifying"}


def write(export: Export) -> Iterator[Piece]:
    """One annotation collection with one page: all spans in the order of the reports and their text, one a line.

    Offsets are code points into a report's clean text (as a TextPositionSelector counts them); beside each stand the quotation,
    what is around it, and of the report its address and the hash of its capture. `cc:status` says what people made of the fact.
    Where words are masked blocks stand for them, and the offsets still are those of the report itself.
    """
    incidents = {ref: incident.id for incident in export.linkage.incidents for ref in incident.members}
    marks = [(mark, read.report) for read in export.reports.values() for mark in marks_in(read, export.masks)]
    head = {
        "@context": list(CONTEXT),
        "id": "urn:counterclaim:annotations",
        "type": "AnnotationCollection",
        "label": export.text(export.title),
        "generator": {"id": "urn:counterclaim:program", "type": "Software", "name": export.made_with},
        "generated": export.made,
        "total": len(marks),
    }
    first = {"id": "urn:counterclaim:annotations:1", "type": "AnnotationPage", "startIndex": 0}
    yield (_json(head)[:-1] + ', "first": ' + _json(first)[:-1] + ', "items": [\n').encode(), 0
    for n, (mark, report) in enumerate(marks, 1):
        line = _json(export.masks.in_json(_annotation(mark, report, incidents, export)))
        yield (line + (",\n" if n < len(marks) else "\n")).encode("utf-8", "backslashreplace"), 1
    yield b"]}}\n", 0


def _annotation(mark: Mark, report: Report, incidents: Mapping[IncidentRef, str], export: Export) -> dict[str, Any]:
    values = dict(mark.values)
    index = int(mark.id[1:]) if mark.kind == "incident" else values.pop("incident", None)
    home = None if index is None else incidents.get(IncidentRef(report.id, index))
    if values.get("statement"):
        values["statement"] = {"id": iris.fact(report.id, values["statement"])}
    for place in (values, values.get("place")):
        if isinstance(place, dict) and "lat" in place:
            place["lat"], place["lon"] = export.point(place["lat"], place["lon"])
    return {
        "id": f"urn:counterclaim:annotation:{report.id}:{mark.key}",
        "type": "Annotation",
        "motivation": _MOTIVATION.get(mark.kind, "classifying"),
        "body": {
            "id": iris.fact(report.id, mark.id),
            "type": ["TextualBody", f"cc:{mark.kind}"],
            "format": "text/plain",
            "language": "en",
            "value": _in_words(mark),
            **_typed(values),
            "cc:incident": None if home is None else {"id": iris.incident(home)},
            "cc:status": export.verified(mark.ref) if mark.ref else NOT_VERIFIED,
        },
        "cc:part": mark.part,
        "target": {
            "type": "SpecificResource",
            "source": {
                "id": iris.report(report.id),
                "type": "Text",
                "format": "text/plain",
                "language": report.language,
                "schema:name": report.title,
                "schema:publisher": export.outlet(report) or None,
                "schema:datePublished": report.published.value if report.published else None,
                "schema:url": export.address(report.url) or None,
                "schema:isBasedOn": {"id": iris.capture(report.capture)},
            },
            "selector": [_position(mark.span), _quote(mark.span, export)],
        },
        "cc:sentence": export.quote(mark.sentence.quote),
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values under names of our own, at any depth; a list keeps its order, as a chain of speakers must."""
    return {f"cc:{name}": _value(value) for name, value in values.items()}


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return value if "id" in value else _typed(value)
    return {"@list": list(value)} if isinstance(value, list | tuple) else value


def _position(span: Span) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": span.start, "end": span.end}


def _quote(span: Span, export: Export) -> dict[str, Any]:
    """The quotation. Where the audience gets short ones only, a longer is cut at its end, and nothing follows it."""
    shown, most = span.quote, export.audience.quote
    if most is not None and len(shown) > most:
        return {"type": "TextQuoteSelector", "exact": shown[:most].rpartition(" ")[0], "prefix": span.prefix}
    return {"type": "TextQuoteSelector", "exact": shown, "prefix": span.prefix, "suffix": span.suffix}


def _in_words(mark: Mark) -> str:
    """What an annotation viewer shows: what the words are, whose they are, and the values that make the claim."""
    v = mark.values
    if mark.kind == "figure":
        number = said_number(v["low"], v["high"], v["qualifier"], mark.span.quote)
        return f"{v['harm']} ({v['victims']}, {v['scope']}): {number}; said by {_speaker(v)}"
    if mark.kind == "statement":
        about = f" ({v['target']})" if v["target"] else ""
        return f"{mark.part} of a statement: {v['act']}{about}; said by {_speaker(v)}"
    if mark.kind == "detail":
        return f"{v['aspect']}: {v['kind']}, {v['polarity']}; said by {_speaker(v)}"
    if mark.kind == "place":
        return f"place: {v['name']}"
    return f"date: {v['value']}" if mark.kind == "date" else "names an incident"


def _speaker(values: Mapping[str, Any]) -> str:
    named = values["speaker"] or "the outlet itself"
    through = f", through {' and '.join(values['chain'])}" if values["chain"] else ""
    return f"{named} for {values['affiliation']}{through}" if values["affiliation"] else f"{named}{through}"
