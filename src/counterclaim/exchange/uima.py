"""Reports with what was read from them as UIMA CAS (XMI), for INCEpTION and its kin, and what people made of them there."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from counterclaim.errors import CounterclaimError, WrongFormat
from counterclaim.exchange.bundle import zipped
from counterclaim.exchange.export import NOT_VERIFIED, Export, Piece
from counterclaim.exchange.marked import Mark, marks_in, whole_texts
from counterclaim.exchange.returned import VALUES, Region, Returned
from counterclaim.records import ReadReport

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

_OWN = "org.counterclaim."
_SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
_ABOUT = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
_TYPES: Mapping[str, tuple[str, ...]] = {
    "Figure": ("fact", *VALUES["figure"], "status"),
    "Statement": ("fact", *VALUES["statement"], "status"),
    "Cue": ("fact",),
    "Source": ("fact",),
    "Detail": ("fact", "aspect", "kind", "polarity", "speaker"),
    "Place": ("name", "country"),
    "Date": ("value", "start", "end"),
}
"""The layers and their features; `fact` is the id of what a span belongs to. All features are texts: unknown is none."""
_LAYERS: Mapping[tuple[str, str], str] = {
    ("figure", "words"): "Figure", ("statement", "content"): "Statement", ("statement", "cue"): "Cue",
    ("statement", "source"): "Source", ("detail", "words"): "Detail", ("place", "words"): "Place", ("date", "words"): "Date",
}  # fmt: skip
_FEATURES: Mapping[str, str] = {"start": "first_day", "end": "last_day"}
"""Features that are called otherwise than the value: an annotation has a begin and end of its own."""
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold; each becomes a replacement character, so that offsets hold."""
_NUMBERS = ("low", "high")


def write(export: Export) -> Iterator[Piece]:
    """An archive of `TypeSystem.xml` and a file a report, by the report's id.

    In the files offsets are UTF-16 units, as UIMA counts. CounterclaimError for an audience that is not to have whole texts, and
    where dkpro-cassis is not installed.
    """
    whole_texts(export)
    system = _type_system()
    files = [("TypeSystem.xml", system.to_xml().encode())]
    for id, read in export.reports.items():
        if read.reading.error is None:
            files.append((f"{id}.xmi", _cas(export, read, system).to_xmi().encode()))
    yield zipped(files), len(files) - 1


def read(data: bytes, source: str, reports: Mapping[str, str], user: str = "") -> Iterator[Returned]:
    """What people annotated, from an archive of XMI files with their type system, named `source`; `reports` are texts by id.

    Who it was is told by the folder or file that a project's export puts around the annotations of each person, or is `user`.
    WrongFormat for what is no such archive, or of reports that are not those of the case.
    """
    cassis = _cassis()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise WrongFormat(source, "no zip archive", "export as UIMA CAS XMI, with the type system") from None
    names = archive.namelist()
    if not any(PurePosixPath(name).suffix in (".xmi", ".zip") for name in names):
        raise WrongFormat(source, "holds no XMI file", "export as UIMA CAS XMI, with the type system")
    for name in names:
        path = PurePosixPath(name)
        if path.suffix == ".zip":  # of a project: annotation/REPORT/PERSON.zip
            yield from read(archive.read(name), f"{source}, {name}", reports, user or path.stem)
        elif path.suffix == ".xmi":
            system = next((n for n in names if PurePosixPath(n).name.lower() == "typesystem.xml"), None)
            if system is None:
                raise WrongFormat(source, "holds no TypeSystem.xml", "export as UIMA CAS XMI, with the type system")
            try:
                types = cassis.load_typesystem(io.BytesIO(archive.read(system)))
                cas = cassis.load_cas_from_xmi(io.BytesIO(archive.read(name)), typesystem=types)
            except Exception as error:  # of several kinds, by the parser and by cassis
                raise WrongFormat(source, f"{name} is no CAS ({error})", "export as UIMA CAS XMI") from None
            yield _returned(cas, f"{source}, {name}", path.stem, reports, user)


def _cas(export: Export, read: ReadReport, system: TypeSystem) -> Cas:
    report = read.report
    cas = _cassis().Cas(system)
    cas.sofa_mime = "text/plain"
    cas.sofa_string = _NO_XML.sub("\ufffd", report.text)
    about = {"begin": 0, "end": len(report.text), "documentId": report.id, "documentTitle": report.title or report.id}
    held = [system.get_type(_ABOUT)(**about, language=report.language or "x-unspecified")]
    held += [system.get_type(_SENTENCE)(begin=begin, end=end) for begin, end in read.reading.sentences]
    for mark in marks_in(read):
        layer = _LAYERS.get((mark.kind, mark.part))
        if layer is not None:
            held.append(system.get_type(_OWN + layer)(begin=mark.span.start, end=mark.span.end, **_features(export, mark, layer)))
    cas.add_all(held)
    return cas


def _features(export: Export, mark: Mark, layer: str) -> dict[str, str]:
    own = {"fact": mark.id, "status": export.verified(mark.ref) if mark.ref else NOT_VERIFIED}
    told = {name: own.get(name, mark.values.get(name)) for name in _TYPES[layer]}
    return {_FEATURES.get(name, name): _NO_XML.sub("\ufffd", str(v)) for name, v in told.items() if v is not None}


def _returned(cas: Cas, source: str, name: str, reports: Mapping[str, str], user: str) -> Returned:
    about = next(iter(cas.select(_ABOUT)), None) if cas.typesystem.contains_type(_ABOUT) else None
    known = (getattr(about, "documentId", None), name, name.removesuffix(".txt"))
    report = next((id for id in known if id in reports), None)
    if report is None or cas.sofa_string != _NO_XML.sub("\ufffd", reports[report]):
        raise WrongFormat(source, "is of no report of this case", "take the case that it was exported from")
    regions = []
    for layer in ("Figure", "Statement"):
        if cas.typesystem.contains_type(_OWN + layer):
            kind: Any = layer.lower()
            for found in cas.select(_OWN + layer):
                values = {name: _value(name, getattr(found, name, None)) for name in VALUES[kind]}
                regions.append(Region(kind=kind, id=found.fact, span=(found.begin, found.end), values=values))
    return Returned(report=report, user=user, where=f"UIMA CAS, {source}", regions=regions, whole=True)


def _value(name: str, held: Any) -> Any:
    text = str(held).strip() if held is not None else ""
    if name in _NUMBERS:
        return int(text) if re.fullmatch(r"\d{1,9}", text) else None
    return text or None


@cache
def _type_system() -> TypeSystem:
    system: TypeSystem = _cassis().TypeSystem()
    string = "uima.cas.String"
    about = system.create_type(name=_ABOUT, supertypeName="uima.tcas.DocumentAnnotation")
    for name in ("documentTitle", "documentId"):
        system.create_feature(domainType=about, name=name, rangeType=string)
    system.create_type(name=_SENTENCE, supertypeName="uima.tcas.Annotation")
    for layer, features in _TYPES.items():
        made = system.create_type(name=_OWN + layer, supertypeName="uima.tcas.Annotation")
        for feature in features:
            system.create_feature(domainType=made, name=_FEATURES.get(feature, feature), rangeType=string)
    return system


def _cassis() -> Any:
    try:
        import cassis
    except ModuleNotFoundError as missing:
        raise CounterclaimError(f"{missing.name} is not installed; install counterclaim[cas]") from missing
    return cassis
