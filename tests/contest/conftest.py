"""A small builder of read reports: one sentence a claim, in words of our own, so that every offset is where its words stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from counterclaim.records import (
    Actor,
    CopyLink,
    DateMention,
    DateRange,
    Figure,
    Incident,
    IncidentMention,
    IncidentRef,
    Linkage,
    PassageLink,
    Published,
    Reading,
    ReadReport,
    Report,
    Statement,
    StatementRef,
    Utterance,
)


class Writer:
    """Writes one report sentence by sentence; `read()` gives the report beside its reading, with one incident (index 0)."""

    def __init__(
        self, id: str, day: str | None = None, outlet: str | None = "The Valley Post", agency: str | None = None
    ) -> None:
        self.id, self.day, self.outlet, self.agency = id, day, outlet, agency
        self.text = ""
        self.sentences: list[tuple[int, int]] = []
        self.statements: list[Statement] = []
        self.figures: list[Figure] = []
        self.dates: list[DateMention] = []
        self.actors: list[Actor] = []

    def _sentence(self, words: str) -> int:
        start = len(self.text)
        self.text += f"{words}. "
        self.sentences.append((start, len(self.text) - 1))
        return start

    def says(self, speaker: str | None, act: str, words: str, on: str | None = None, **more: Any) -> Writer:
        """A sentence "SPEAKER said [on DAY] that WORDS" and the statement in it."""
        incident = more.pop("incident", 0)
        kind = more.pop("speaker_kind", "outlet" if speaker is None else "named")
        beside = f"said on {on}" if on else "said"
        at = self._sentence(f"{speaker or 'We'} {beside} that {words}")
        source = (at, at + len(speaker or "We"))
        content = self.text.index(words, at)
        if on:
            span = (self.text.index(on, at), self.text.index(on, at) + len(on))
            self.dates.append(DateMention(span, on, "date", on, on))
        self.statements.append(
            Statement(
                id=f"s{len(self.statements)}", content=((content, content + len(words)),), source=(source,),
                cue=((source[1] + 1, source[1] + 5),), form=more.pop("form", "indirect"), act=act, confidence=1.0,  # type: ignore[arg-type]
                speaker=speaker, speaker_kind=kind, incident=incident, **more,
            )
        )  # fmt: skip
        return self

    def counts(self, speaker: str | None, low: int | None, high: int | None, words: str, **more: Any) -> Writer:
        """A sentence "SPEAKER said that WORDS were counted" with a figure, in a statement where somebody speaks."""
        values: dict[str, Any] = {
            "harm": "killed", "victims": "unspecified", "scope": "incident", "incident": 0,
            "qualifier": "exact" if low == high else "at least" if high is None else "up to" if low is None else "between",
        }  # fmt: skip
        kind, affiliation, chain = more.pop("speaker_kind", "named"), more.pop("affiliation", None), more.pop("chain", ())
        values |= more
        statement = None
        if speaker is None:
            at = self._sentence(f"{words} were counted")
        else:
            self.says(
                speaker, "figure", f"{words} were counted", speaker_kind=kind, affiliation=affiliation, chain=chain,
                incident=values["incident"],
            )  # fmt: skip
            at, statement = self.sentences[-1][0], self.statements[-1].id
        start = self.text.index(words, at)
        self.figures.append(
            Figure(
                id=f"f{len(self.figures)}", span=(start, start + len(words)), low=low, high=high, confidence=1.0,
                speaker=speaker, affiliation=affiliation, chain=chain, statement=statement, **values,
            )
        )  # fmt: skip
        return self

    def knows(self, name: str, side: str | None, *aliases: str, kind: Any = "organ") -> Writer:
        """An actor that the reading found."""
        self.actors.append(Actor(name=name, kind=kind, side=side, aliases=aliases))
        return self

    def read(self) -> ReadReport:
        """The report beside its reading."""
        self._sentence("That is all")
        report = Report(
            id=self.id, capture="c", text=self.text, outlet=self.outlet, agency=self.agency,
            published=Published(self.day, "stated") if self.day else None,
        )  # fmt: skip
        reading = Reading(
            text=self.text, statements=tuple(self.statements), figures=tuple(self.figures), sentences=tuple(self.sentences),
            dates=tuple(self.dates), actors=tuple(self.actors),
            incidents=(IncidentMention(main=True, evidence=(self.sentences[-1],)),),
        )  # fmt: skip
        return ReadReport(report, reading)


def _linkage(
    reports: Iterable[ReadReport], copies: Iterable[tuple[str, str]] = (), together: Iterable[Iterable[tuple[str, str]]] = (),
    names: Iterable[tuple[str, str]] = (), passages: Iterable[PassageLink] = (), **incident: Any,
) -> Linkage:  # fmt: skip
    """All `reports` tell of one incident; `copies` (copy, original), `together` (report, statement) of one utterance."""
    values: dict[str, Any] = {
        "id": "i1", "title": "Strike on Kharab", "date": DateRange("2031-05-03", "2031-05-03", 1), "place": None, "alleged": (),
        "members": tuple(IncidentRef(read.report.id, 0) for read in reports),
    }  # fmt: skip
    return Linkage(
        copies=tuple(CopyLink(copy, original, "copied", 0.95) for copy, original in copies),
        utterances=tuple(
            Utterance(id=f"u{k}", speaker=None, statements=tuple(StatementRef(*ref) for ref in refs))
            for k, refs in enumerate(together)
        ),
        incidents=(Incident(**(values | incident)),),
        names=tuple(names),
        passages=tuple(passages),
    )


@pytest.fixture(scope="session")
def write() -> type[Writer]:
    """The builder of reports."""
    return Writer


@pytest.fixture(scope="session")
def link() -> Any:
    """Puts reports into one incident: see `_linkage`."""
    return _linkage
