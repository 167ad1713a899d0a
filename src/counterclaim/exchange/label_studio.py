"""Reports with what was read from them as tasks for Label Studio, and what people made of them there, come back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args
from xml.sax.saxutils import quoteattr

from counterclaim.errors import WrongFormat
from counterclaim.exchange.bundle import zipped
from counterclaim.exchange.export import Export, Piece
from counterclaim.exchange.marked import Mark, marks_in, whole_texts
from counterclaim.exchange.returned import VALUES, Region, Returned
from counterclaim.records import Act, Form, Harm, Offsets, Qualifier, Scope, Victims

LABELS: Mapping[tuple[str, str], str] = {
    ("figure", "words"): "Figure", ("statement", "content"): "Statement", ("statement", "cue"): "Cue",
    ("statement", "source"): "Source", ("detail", "words"): "Detail", ("place", "words"): "Place", ("date", "words"): "Date",
}  # fmt: skip
"""The label of each mark that goes out, by kind and part. Figures and statements come back; the others are there to be seen."""
_FACTS: Mapping[str, Any] = {"Figure": "figure", "Statement": "statement"}
_CHOICES: Mapping[str, Sequence[str]] = {
    "harm": get_args(Harm), "victims": get_args(Victims), "qualifier": get_args(Qualifier), "scope": get_args(Scope),
    "act": get_args(Act), "form": get_args(Form),
}  # fmt: skip
_NUMBERS = ("low", "high")


def write(export: Export) -> Iterator[Piece]:
    """An archive of `tasks.json`, to be imported into a project, and `labels.xml`, the project's labelling interface.

    Offsets are code points, as Label Studio counts them. CounterclaimError for an audience that is not to have whole texts.
    """
    whole_texts(export)
    tasks = [_task(export, id) for id, read in export.reports.items() if read.reading.error is None]
    listed = json.dumps(tasks, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")
    yield zipped([("labels.xml", interface().encode()), ("tasks.json", listed + b"\n")]), len(tasks)


def interface() -> str:
    """The labelling interface: a label for each kind of mark, and for figures and statements the values that can be set."""
    lines = ["<View>", '  <Labels name="label" toName="text">']
    lines += [f"    <Label value={quoteattr(label)}/>" for label in LABELS.values()]
    lines += ["  </Labels>", "  <Style>.htx-text{ white-space: pre-wrap; }</Style>", '  <Text name="text" value="$text"/>']
    for label, kind in _FACTS.items():
        for name in VALUES[kind]:
            of = f'name="{kind}-{name}" toName="text" perRegion="true" whenTagName="label" whenLabelValue="{label}"'
            lines.append(f'  <Header value="{name}" size="6"/>')
            if name in _CHOICES:
                lines.append(f'  <Choices {of} choice="single" showInline="true">')
                lines += [f"    <Choice value={quoteattr(choice)}/>" for choice in _CHOICES[name]]
                lines.append("  </Choices>")
            elif name in _NUMBERS:
                lines.append(f'  <Number {of} min="0"/>')
            else:
                lines.append(f'  <TextArea {of} maxSubmissions="1" editable="true"/>')
    return "\n".join((*lines, "</View>", ""))


def read(text: str, source: str, reports: Mapping[str, str]) -> Iterator[Returned]:
    """What people annotated, from a project's export as JSON (not JSON-MIN), named `source`; `reports` are the texts by id.

    Cancelled annotations are passed over. WrongFormat for what is no such export, or of reports that are not those of the case.
    """
    try:
        tasks = json.loads(text)
    except ValueError:
        raise WrongFormat(source, "no JSON", "export the project from Label Studio as JSON") from None
    if not isinstance(tasks, list) or not all(isinstance(t, dict) and isinstance(t.get("data"), dict) for t in tasks):
        raise WrongFormat(source, "no list of tasks", "export the project from Label Studio as JSON, not as JSON-MIN")
    for task in tasks:
        report = task["data"].get("report")
        if reports.get(report) is None or task["data"].get("text") != reports[report]:
            raise WrongFormat(
                source, f"task {task.get('id')} is of no report of this case", "take the case that its tasks were exported from"
            )
        for annotation in task.get("annotations") or ():
            if not annotation.get("was_cancelled"):
                yield _returned(annotation, report, reports[report])


def _task(export: Export, id: str) -> dict[str, Any]:
    read = export.reports[id]
    report, run = read.report, export.runs[-1] if export.runs else None
    data = {
        "text": report.text, "report": id, "capture": report.capture, "title": report.title, "outlet": report.outlet,
        "published": report.published.value if report.published else None, "url": report.url,
    }  # fmt: skip
    marks = [mark for mark in marks_in(read) if (mark.kind, mark.part) in LABELS]
    result = [one for mark in marks for one in _results(mark)]
    firsts = {mark.id: mark.key for mark in reversed(marks) if mark.part == "content"}
    result += [
        {"type": "relation", "from_id": mark.key, "to_id": firsts[mark.id], "direction": "right"}
        for mark in marks
        if mark.part in ("cue", "source") and mark.id in firsts
    ]
    made_by = f"{export.made_with}, run {run.id}" if run else export.made_with
    return {"data": data, "predictions": [{"model_version": made_by, "result": result}]}


def _results(mark: Mark) -> Iterator[dict[str, Any]]:
    """The region and, each as a result of its own under the same id, the values set on it."""
    span, label = mark.span, LABELS[mark.kind, mark.part]
    place = {"start": span.start, "end": span.end}
    of = {"id": mark.key, "to_name": "text"}
    yield {**of, "from_name": "label", "type": "labels", "value": {**place, "text": span.quote, "labels": [label]}}
    if label not in _FACTS:
        return
    for name in VALUES[mark.kind]:
        value = mark.values[name]
        if value is None:
            continue
        kind = "choices" if name in _CHOICES else "number" if name in _NUMBERS else "textarea"
        held = {"choices": [value]} if kind == "choices" else {"number": value} if kind == "number" else {"text": [value]}
        yield {**of, "from_name": f"{mark.kind}-{name}", "type": kind, "value": {**place, **held}}


def _returned(annotation: Mapping[str, Any], report: str, text: str) -> Returned:
    regions: dict[str, dict[str, Any]] = {}
    problems: list[str] = []
    for result in annotation.get("result") or ():
        value, id = result.get("value") or {}, str(result.get("id"))
        if result.get("type") == "labels":
            span = _span(value, text)
            if span is None:
                problems.append(f"the words {str(value.get('text'))[:40]!r} do not stand where they were marked")
            elif value.get("labels") and value["labels"][0] in _FACTS:
                regions.setdefault(id, {"values": {}}).update(kind=_FACTS[value["labels"][0]], span=span)
        elif "-" in str(result.get("from_name")):
            name = result["from_name"].partition("-")[2]
            regions.setdefault(id, {"values": {}})["values"][name] = _value(result["type"], value)
    found = tuple(
        Region(kind=held["kind"], id=id.partition("-")[0], span=held["span"], values=held["values"])
        for id, held in regions.items()
        if "kind" in held
    )
    return Returned(
        report=report, user=_who(annotation.get("completed_by")), where=f"Label Studio, annotation {annotation.get('id')}",
        regions=found, whole=annotation.get("parent_prediction") is not None, problems=tuple(problems),
    )  # fmt: skip


def _span(value: Mapping[str, Any], text: str) -> Offsets | None:
    """Where the words of a region stand: at its offsets in code points or, as older versions counted, in UTF-16 units."""
    start, end, words = value.get("start"), value.get("end"), value.get("text")
    if type(start) is not int or type(end) is not int or not 0 <= start < end:
        return None
    if end <= len(text) and words in (None, text[start:end]):
        return start, end
    units = text.encode("utf-16-le", "surrogatepass")
    before, marked = units[: 2 * start], units[2 * start : 2 * end]
    if marked.decode("utf-16-le", "replace") == words:
        at = len(before.decode("utf-16-le", "replace"))
        return at, at + len(words)
    return None


def _value(kind: str, value: Mapping[str, Any]) -> Any:
    if kind == "number":
        number = value.get("number")
        return int(number) if isinstance(number, int | float) and number == int(number) else None
    held = value.get("choices" if kind == "choices" else "text")
    first = held[0] if isinstance(held, list) and held else held
    return first.strip() or None if isinstance(first, str) else None


def _who(completed_by: Any) -> str:
    """Who annotated: an address where the export holds it, else nobody (a number tells no one who it was)."""
    if isinstance(completed_by, dict):
        return str(completed_by.get("email") or completed_by.get("username") or "")
    return completed_by if isinstance(completed_by, str) else ""
