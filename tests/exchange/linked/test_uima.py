"""UIMA CAS, read and changed by dkpro-cassis: UTF-16 offsets in the file, the same words on either side."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import cassis
import pytest
from lxml import etree

from counterclaim.errors import CounterclaimError, WrongFormat
from counterclaim.exchange import Export
from counterclaim.exchange.bundle import zipped
from counterclaim.exchange.returned import decisions
from counterclaim.exchange.uima import read, write
from counterclaim.pipeline import Case

FIGURE, STATEMENT = "org.counterclaim.Figure", "org.counterclaim.Statement"


@pytest.fixture(scope="module")
def files(written: Callable[[str], Path]) -> dict[str, bytes]:
    with zipfile.ZipFile(written("cas")) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def loaded(files: dict[str, bytes], name: str) -> cassis.Cas:
    system = cassis.load_typesystem(io.BytesIO(files["TypeSystem.xml"]))
    return cassis.load_cas_from_xmi(io.BytesIO(files[name]), typesystem=system)


def test_the_same_facts_on_the_same_words(files: dict[str, bytes], case: Case) -> None:
    for held in case.reports:
        cas, reading = loaded(files, f"{held.report.id}.xmi"), held.reading
        assert cas.sofa_string == held.report.text
        figures = {f.fact: (f.begin, f.end, f.harm, f.low, f.high, f.speaker) for f in cas.select(FIGURE)}
        assert figures == {
            f.id: (*f.span, f.harm, *(None if n is None else str(n) for n in (f.low, f.high)), f.speaker) for f in reading.figures
        }
        statements = [(s.fact, s.begin, s.end, s.act) for s in cas.select(STATEMENT)]
        assert sorted(statements) == sorted((s.id, *at, s.act) for s in reading.statements for at in s.content)
        for found in cas.select(FIGURE):
            assert found.get_covered_text() == held.report.text[found.begin : found.end]
        sentences = cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence")
        assert [(s.begin, s.end) for s in sentences] == list(reading.sentences)


def test_in_the_file_offsets_are_utf_16_units(files: dict[str, bytes], case: Case) -> None:
    held = next(read for read in case.reports if "🚒" in read.report.text)
    text = held.report.text
    (figure,) = held.reading.figures
    (element,) = etree.fromstring(files[f"{held.report.id}.xmi"]).findall("{http:///org/counterclaim.ecore}Figure")
    start, end = int(element.get("begin")), int(element.get("end"))
    assert (start, end) == (figure.span[0] + 1, figure.span[1] + 1)  # one emoji before it, two units long
    assert text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == text[slice(*figure.span)]


def told(files: dict[str, bytes], case: Case, cas: cassis.Cas | None = None) -> list[dict[str, object]]:
    reads = {read.report.id: read for read in case.reports}
    packed = dict(files)
    if cas is not None:
        id = next(id for id, read in reads.items() if read.report.text == cas.sofa_string)
        packed = {"TypeSystem.xml": files["TypeSystem.xml"], f"{id}.xmi": cas.to_xmi().encode()}
    # as a project's export has it: an archive a person
    project = zipped([("annotation/a/cleo.zip", zipped(packed.items()))])
    found = read(project, "project.zip", {id: read.report.text for id, read in reads.items()})
    return [line for returned in found for line in decisions(returned, reads[returned.report], None)]


def test_what_was_left_as_it_is_is_accepted(files: dict[str, bytes], case: Case) -> None:
    lines = told(files, case)
    facts = [f"{r.report.id}:{f.id}" for r in case.reports for f in (*r.reading.figures, *r.reading.statements)]
    assert sorted(str(line["target"]) for line in lines) == sorted(facts)
    assert {(line["kind"], line["user"]) for line in lines} == {("accept", "cleo")}


def test_what_was_changed_comes_back(files: dict[str, bytes], case: Case) -> None:
    held = next(read for read in case.reports if "💔" in read.report.text)
    text = held.report.text
    cas = loaded(files, f"{held.report.id}.xmi")
    doctors, marsh = sorted(cas.select(FIGURE), key=lambda f: f.begin)
    doctors.high, doctors.speaker = "21", None
    cas.remove(marsh)
    at = text.index("two bombs")
    cas.add(cas.typesystem.get_type(STATEMENT)(begin=at, end=at + 9, act="admission"))
    lines = {(line["kind"], line["target"]): line for line in told(files, case, cas)}
    assert lines["correct", f"{held.report.id}:{doctors.fact}"]["values"] == {"high": 21, "speaker": None}
    assert ("reject", f"{held.report.id}:{marsh.fact}") in lines
    assert lines["add", f"{held.report.id}:{at}-{at + 9}"]["values"] == {"act": "admission"}


def test_the_same_bytes_and_no_whole_text_for_others(files: dict[str, bytes], leaves: Callable[..., Export], case: Case) -> None:
    again = b"".join(piece for piece, _ in write(leaves()))
    assert {name: zipfile.ZipFile(io.BytesIO(again)).read(name) for name in files} == files
    with pytest.raises(CounterclaimError, match="--for internal"):
        list(write(leaves("public")))
    texts = {read.report.id: read.report.text for read in case.reports}
    broken = zipped([("TypeSystem.xml", files["TypeSystem.xml"]), ("a.xmi", b"<no")])
    bare = zipped([("a.xmi", b"")])
    for given, known in ((b"no archive", texts), (broken, texts), (bare, texts), (zipped(files.items()), {})):
        with pytest.raises(WrongFormat):
            list(read(given, "x.zip", known))
