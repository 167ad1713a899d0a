"""Small reports, statements and incident mentions to link, in our own words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from counterclaim.records import (
    Actor,
    DateRange,
    IncidentMention,
    Place,
    Published,
    Range,
    Reading,
    ReadReport,
    Report,
    Statement,
)


@pytest.fixture
def report() -> Callable[..., Report]:
    """`report("r1", "text", "2021-05-03", agency=...)`."""

    def make(id: str, text: str, published: str | None = None, **values: Any) -> Report:
        date = Published(published, "given") if published else None
        return Report(id=id, capture="c" + id, text=text, published=date, **values)

    return make


@pytest.fixture
def said() -> Callable[..., dict[str, Any]]:
    """`said("words of the text", "Ana Perez", affiliation=..., act=...)`: a statement still without its offsets."""

    def make(content: str, speaker: str | None, kind: str | None = None, **values: Any) -> dict[str, Any]:
        return {"content": content, "speaker": speaker, "speaker_kind": kind or ("named" if speaker else "outlet"), **values}

    return make


@pytest.fixture
def read(report: Callable[..., Report]) -> Callable[..., ReadReport]:
    """`read("r1", "text", "2021-05-03", statements=[said(...)], incidents=[mention(...)], actors=[...])`."""

    def make(
        id: str,
        text: str,
        published: str | None = None,
        *,
        statements: list[dict[str, Any]] | tuple[()] = (),
        incidents: list[IncidentMention] | tuple[()] = (),
        actors: list[Actor] | tuple[()] = (),
        **values: Any,
    ) -> ReadReport:
        found = []
        for n, wanted in enumerate(statements):
            start = text.index(wanted["content"])
            more = {"act": "other", **wanted, "content": ((start, start + len(wanted["content"])),)}
            found.append(Statement(id=f"s{n}", cue=(), source=(), form="indirect", confidence=1.0, **more))
        sentences, start = [], 0
        for piece in text.split(". "):
            sentences.append((start, min(len(text), start + len(piece) + 2)))
            start += len(piece) + 2
        reading = Reading(
            text=text, statements=tuple(found), incidents=tuple(incidents), actors=tuple(actors), sentences=tuple(sentences)
        )
        return ReadReport(report(id, text, published, **values), reading)

    return make


@pytest.fixture
def mention() -> Callable[..., IncidentMention]:
    """`mention("2021-05-03", ("Tarin", 36.1, 43.2), killed=(10, 12))`: an exact day in a city, main unless said."""

    def make(
        day: str | None = None,
        place: tuple[str, float, float] | None = None,
        *,
        end: str | None = None,
        precision: int = 1,
        killed: tuple[int | None, int | None] | None = None,
        main: bool = True,
        **values: Any,
    ) -> IncidentMention:
        return IncidentMention(
            main=main,
            date=DateRange(day, end or day, precision) if day else None,
            place=Place(name=place[0], lat=place[1], lon=place[2], precision="city") if place else None,
            killed=Range(*killed) if killed else None,
            **values,
        )

    return make
