"""A small case in the making: reports in our own words of a strike that never was, read and linked by rule of thumb."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import Engine, event

from counterclaim.case import Store
from counterclaim.records import (
    Actor,
    Capture,
    Claim,
    CopyLink,
    DateMention,
    DateRange,
    Decision,
    Detail,
    Figure,
    Incident,
    IncidentMention,
    IncidentRef,
    Linkage,
    PassageLink,
    Place,
    PlaceMention,
    Range,
    Reading,
    ReadReport,
    Report,
    Segment,
    Span,
    Statement,
    StatementRef,
    Utterance,
)

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
VELMIRA = Place(name="Velmira", lat=41.5, lon=44.25, country="GE", precision="city", where_prec=1)
TEXTS = (
    "Velmira, 3 May. The health office said 14 people were killed in Velmira. The army said it knew of no strike.",
    "A spokesman said at least 9 people were killed in Velmira. “We struck a depot,” the army said. Café owners fled.",
    "The army said 14 people were killed in Velmira. Residents said the school was hit.",
    "No one has claimed the attack.",
)


def many(count: int) -> list[str]:
    """So many short reports, each of another toll."""
    return [
        f"Velmira, 3 May. The army said {n} people were killed in Velmira. Residents said the school was hit."
        for n in range(count)
    ]


def make(text: str, origin: str = "report.txt", **fields: object) -> tuple[Capture, Report]:
    """A capture of the text and the report read from it."""
    data = text.encode()
    capture = Capture(sha256(data).hexdigest(), origin, NOON, "text/plain", data)
    id = sha256((capture.sha256 + text).encode()).hexdigest()[:16]
    known = {"language": "en", "segments": (Segment(0, 0, len(text)),), **fields}
    return capture, Report(id=id, capture=capture.sha256, text=text, **known)  # type: ignore[arg-type]


def read(report: Report) -> Reading:
    """Every "X said Y." as a statement, every number killed as a figure, Velmira as the place."""
    text = report.text
    sentences = tuple(m.span() for m in re.finditer(r"\S[^.]*\.”?", text))
    statements, figures, actors = [], [], []
    for m in re.finditer(r"((?:The|A) [\w ]+?|Residents) (said) ([^.]+)\.", text):
        s = Statement(
            id=f"s{len(statements) + 1}", content=(m.span(3),), cue=(m.span(2),), source=(m.span(1),), form="indirect",
            act="figure" if re.search(r"\d", m[3]) else "other", confidence=0.75, speaker=m[1].lower(), speaker_kind="collective",
            about=m.span(1), chain=("an agency",), incident=0,
        )  # fmt: skip
        statements.append(s)
        actors.append(Actor(name=m[1].lower(), kind="unknown", aliases=(m[1],), mentions=(m.span(1),), why=("speaks",)))
        for n in re.finditer(r"(?:at least )?(\d+) people", m[3]):
            start, end = m.start(3) + n.start(), m.start(3) + n.end()
            figures.append(
                Figure(
                    id=f"f{len(figures) + 1}", span=(start, end), harm="killed", victims="unspecified", low=int(n[1]),
                    high=None if n[0].startswith("at") else int(n[1]), qualifier="at least" if n[0].startswith("at") else "exact",
                    scope="incident", confidence=0.5, speaker=s.speaker, statement=s.id, incident=0,
                )
            )  # fmt: skip
    places = tuple(PlaceMention(m.span(), VELMIRA) for m in re.finditer("Velmira", text))
    dates = tuple(DateMention(m.span(), "XXXX-05-03", "date") for m in re.finditer("3 May", text))
    evidence = tuple(m.span() for m in re.finditer("strike|attack|killed", text))
    incident = IncidentMention(
        main=True, place=VELMIRA, evidence=evidence, date=DateRange("XXXX-05-03", "XXXX-05-03", 1), killed=Range(9, None)
    )
    details = tuple(
        Detail(
            id=f"d{n}", span=m.span(), aspect="strike", kind="airstrike", polarity="asserts", confidence=0.5, incident=0,
        )
        for n, m in enumerate(re.finditer("strike", text), 1)
    )  # fmt: skip
    return Reading(
        text=text, statements=tuple(statements), figures=tuple(figures), places=places, dates=dates, incidents=(incident,),
        actors=tuple(actors), sentences=sentences, details=details,
    )  # fmt: skip


def link(read_reports: Iterable[ReadReport], known: tuple[Incident, ...] = ()) -> Linkage:
    """One incident of all reports, one utterance and claim of all statements; an incident that is known keeps its id."""
    all_read = tuple(read_reports)
    said = tuple(StatementRef(r.report.id, s.id) for r in all_read for s in r.reading.statements)
    if not said:
        return Linkage()
    incident = Incident(
        id=known[0].id if known else "i-" + all_read[0].report.id, title="Velmira", date=None, place=VELMIRA,
        alleged=("the army",),
        members=tuple(IncidentRef(r.report.id, 0) for r in all_read), reasons=("same place",) * (len(all_read) - 1),
    )  # fmt: skip
    return Linkage(
        copies=tuple(CopyLink(r.report.id, all_read[0].report.id, "edited", 0.5, ("same words",)) for r in all_read[1:]),
        utterances=(Utterance(id="u1", speaker=None, statements=said),),
        incidents=(incident,),
        claims=(
            Claim(id="c1", incident=incident.id, question="toll", target=None, edges=tuple((ref, "asserts") for ref in said)),
        ),
        names=(("the army", "The army"),),
        passages=tuple(
            PassageLink(r.report.id, (0, 9), all_read[0].report.id, (2, 11), 0.75, ("same words",)) for r in all_read[1:2]
        ),
    )


class Cut(Exception):
    """What stands for a cut: the process ends here."""


def play(store: Store, texts: Iterable[str] = TEXTS, *, version: str = "1", cut_after: int | None = None) -> None:
    """The whole way through a store; with `cut_after` it ends after so many readings, without a word to the store."""
    for n, text in enumerate(texts):
        store.add(*make(text, f"{n}.txt"))
    run = store.begin(version, "no models", "rules of thumb")
    for n, report in enumerate(store.unread(run)):
        if n == cut_after:
            raise Cut
        store.save_reading(run, report.id, read(report))
    read_reports = [ReadReport(report, read(report)) for report in store.reports() if report.not_read is None]
    store.save_linkage(run, link(read_reports, store.known_incidents()))
    store.finish(run, NOON)


def decide(store: Store, user: str = "Ada") -> Decision:
    """A figure of the sample case found right."""
    read_report = store.readings()[0]
    start, end = read_report.reading.figures[0].span
    anchor = Span.of(read_report.report.id, read_report.report.text, start, end)
    return store.decide("accept", "figure", anchor=anchor, reason="checked", user=user)


@pytest.fixture(autouse=True, scope="session")
def no_waiting_for_the_disk() -> Iterator[None]:
    """Spares the tests the wait for the disk at the end of every transaction; what they show does not hang on it."""

    def unsafe(connection: object, _record: object) -> None:
        if isinstance(connection, sqlite3.Connection):  # tests of other engines run in the same session
            connection.execute("PRAGMA synchronous = OFF")

    event.listen(Engine, "connect", unsafe)
    yield
    event.remove(Engine, "connect", unsafe)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a case may be made."""
    return tmp_path / "a.case"


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A new case, made once: making its tables takes longer than most of what is tested in them."""
    path = tmp_path_factory.mktemp("blank") / "a.case"
    Store.open(path).close()
    return path.read_bytes()


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample case played through, with a further origin, a decision and an assessment: a file to be copied."""
    path = tmp_path_factory.mktemp("played") / "a.case"
    with Store.open(path) as opened:
        play(opened)
        opened.add(*make(TEXTS[0], "elsewhere.txt"))
        decide(opened)
        opened.assess("i1", scale="own", grade="fair", best=14, user="Ada", made=NOON)
    return path


@pytest.fixture
def store(path: Path, blank: bytes) -> Iterator[Store]:
    """A new case in a file."""
    path.write_bytes(blank)
    with Store.open(path) as opened:
        yield opened


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    """This module, whose functions make captures, reports, readings and linkages, and whose `play` walks the whole way."""
    return sys.modules[__name__]
