"""A made-up case in our own words: three reports of one strike, a copy, a report in Arabic that is not read, a wider total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from counterclaim.records import (
    Conflict,
    Contest,
    CopyLink,
    DateRange,
    Figure,
    FigureRef,
    Incident,
    IncidentRef,
    Linkage,
    Moment,
    Origin,
    Place,
    Position,
    Published,
    Reading,
    ReadReport,
    Report,
    Silent,
    Span,
    Statement,
    StatementRef,
    Toll,
    TollRange,
    Utterance,
    VoiceCount,
)

HARBOUR = "\n\n".join(
    (
        "At least 30 people died when rockets fell on the fish market of Port Selm on Tuesday, "
        "the mayor, Ada Brenn, told Coast Radio.",
        '"Nobody fired from the market," she said. '
        "The Northern Army said its gunners had hit a mortar position and that no civilians were killed.",
        "The army would look into the matter, its spokesman Colonel Ivo Marsh told the news agency LINE. "
        "He regretted any loss of life.",
    )
)

FERRY = "\n\n".join(
    (
        "Between 41 and 44 people were killed in the market of Port Selm, doctors at the harbour hospital said on Thursday.",
        '"No one in the market was shooting," Mayor Ada Brenn said. '
        "She blamed the Northern Army and asked for a commission of the League.",
        'Colonel Ivo Marsh, quoted by LINE, now admitted that two rockets "went astray". He put the dead at up to 25.',
        "The League has counted 612 dead on the coast since January.",
    )
)

GULL = "\n\n".join(
    (
        "Dozens died in Port Selm, residents said.",
        "The Southern Council accused the Northern Army of aiming at the market. The Northern Army denied it.",
    )
)

ARABIC = "قال سكان إن القصف أصاب السوق.\n\nولم يرد الجيش على الأسئلة."


@dataclass
class Made:
    """What the printers take in."""

    contests: tuple[Contest, ...]
    reports: tuple[ReadReport, ...]
    linkage: Linkage
    left_out: tuple[str, ...] = ("notes/empty.txt: nothing to read; give a file with text",)


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(m.span() for m in re.finditer(r"[^\s](?:[^.\n]|\.(?=\w))*[.\n]?", text))


class Case:
    """Builds records from words: every span is looked up in its text."""

    def __init__(self) -> None:
        self.texts: dict[str, Report] = {}
        self.statements: dict[str, list[Statement]] = {}
        self.figures: dict[str, list[Figure]] = {}

    def report(self, id: str, text: str, **known: object) -> None:
        self.texts[id] = Report(id=id, capture="0" * 64, text=text, **known)  # type: ignore[arg-type]
        self.statements[id], self.figures[id] = [], []

    def span(self, id: str, words: str) -> Span:
        text = self.texts[id].text
        at = text.index(words)
        return Span.of(id, text, at, at + len(words))

    def sentence(self, id: str, words: str) -> Span:
        span, text = self.span(id, words), self.texts[id].text
        start, end = Reading(text=text, sentences=sentences(text)).sentence_of((span.start, span.end))
        return Span.of(id, text, start, end)

    def statement(self, id: str, *content: str, act: str = "other") -> StatementRef:
        n = f"s{len(self.statements[id])}"
        spans = tuple((s.start, s.end) for s in (self.span(id, c) for c in content))
        self.statements[id].append(
            Statement(id=n, content=spans, cue=(), source=(), form="indirect", act=act, confidence=0.9)  # type: ignore[arg-type]
        )
        return StatementRef(id, n)

    def toll(self, id: str, words: str, low: int | None, high: int | None, qualifier: str, **known: object) -> Toll:
        n = f"f{len(self.figures[id])}"
        span = self.span(id, words)
        base: dict[str, object] = {
            "harm": "killed",
            "victims": "unspecified",
            "scope": "incident",
            "speaker": None,
            "speaker_kind": "named",
            "affiliation": None,
            "side": None,
            "chain": (),
            "as_of": None,
        }
        base.update(known)
        self.figures[id].append(
            Figure(
                id=n,
                span=(span.start, span.end),
                harm=base["harm"],
                victims=base["victims"],
                low=low,
                high=high,
                qualifier=qualifier,
                scope=base["scope"],
                confidence=0.9,
            )  # type: ignore[arg-type]
        )
        published = self.texts[id].published
        return Toll(
            ref=FigureRef(id, n),
            low=low,
            high=high,
            qualifier=qualifier,
            words=words,
            outlet=self.texts[id].outlet,
            said=published.value if published else None,
            said_how=published.how if published else None,
            span=span,
            sentence=self.sentence(id, words),
            **base,  # type: ignore[arg-type]
        )

    def position(self, id: str, actor: str | None, stance: str, *content: str, **known: object) -> Position:
        ref = self.statement(id, *content, act=stance)
        published = self.texts[id].published
        base: dict[str, object] = {
            "kind": "named" if actor else "outlet",
            "side": None,
            "question": "responsibility",
            "target": None,
        }
        base.update(known)
        return Position(
            actor=actor,
            stance=stance,
            said=published.value if published else None,
            statements=(ref,),  # type: ignore[arg-type]
            content=tuple(self.span(id, c) for c in content),
            sentences=(self.sentence(id, content[0]),),
            **base,  # type: ignore[arg-type]
        )

    def read(self) -> tuple[ReadReport, ...]:
        return tuple(
            ReadReport(
                report,
                Reading(
                    text=report.text,
                    statements=tuple(self.statements[id]),
                    figures=tuple(self.figures[id]),
                    sentences=sentences(report.text),
                ),
            )
            for id, report in self.texts.items()
        )


def case_of_port_selm(hostile: str = "") -> Made:
    """The case; `hostile` is put in front of every free text of the records."""
    x, c = hostile, Case()
    c.report(
        "a1",
        HARBOUR,
        title=x + "Rockets hit market",
        outlet=x + "Coast Radio",
        language="en",
        published=Published("2031-05-06", "stated"),
    )
    c.report(
        "b2",
        x + "\n\n" + FERRY,
        title="Army says rockets strayed",
        outlet="The Ferry",
        language="en",
        url="https://ferry.example/strayed?a=1&b=2",
        agency="LINE",
        published=Published("2031-05-08", "metadata"),
    )
    c.report(
        "c3",
        GULL,
        title="Market dead",
        outlet="Daily Gull",
        language="en",
        published=Published("2031-05-07", "inferred", note=x + "the day after the Tuesday it names"),
    )
    c.report("d4", "Port Selm\n\n" + HARBOUR, title="Rockets hit market", outlet="Harbour Post", language="en")
    c.report("e5", ARABIC, title="السوق", outlet="الساحل", language="ar", not_read="not read: language ar")
    mayor = {"speaker": x + "Ada Brenn", "affiliation": "Port Selm", "side": "Port Selm"}
    army = {"speaker": "Ivo Marsh", "affiliation": "Northern Army", "side": "Northern Army"}
    repeat = c.toll("d4", "At least 30 people", 30, None, "at least", **mayor)
    first = c.toll("a1", "At least 30 people", 30, None, "at least", chain=("Coast Radio",), **mayor)
    first = replace(first, repeats=(repeat.ref,))
    none = c.toll(
        "a1", "no civilians were killed", 0, 0, "none", victims="civilians", speaker="Northern Army", side="Northern Army"
    )
    later = c.toll("b2", "up to 25", None, 25, "up to", chain=("LINE",), **army)
    tolls = (
        c.toll("b2", "Between 41 and 44 people", 41, 44, "between", speaker="doctors", speaker_kind="unnamed"),
        first,
        later,
        none,
        c.toll("c3", "Dozens", 24, 99, "vague", speaker="residents", speaker_kind="collective"),
        c.toll("b2", "612 dead", 612, 612, "exact", scope="running", speaker="League", side="League", as_of="2031-05"),
    )
    marsh = {"kind": "named", "side": "Northern Army", "affiliation": "Northern Army"}
    positions = (
        c.position("a1", x + "Ada Brenn", "denial", "Nobody fired from the market", side="Port Selm", affiliation="Port Selm"),
        c.position("a1", "Northern Army", "justification", "its gunners had hit a mortar position", side="Northern Army"),
        c.position("a1", "Ivo Marsh", "investigation", "The army would look into the matter", **marsh),
        c.position("a1", "Ivo Marsh", "regret", "He regretted any loss of life", **marsh),
        c.position(
            "b2",
            x + "Ada Brenn",
            "blame",
            "blamed the Northern Army",
            side="Port Selm",
            affiliation="Port Selm",
            target="Northern Army",
        ),
        c.position(
            "b2",
            x + "Ada Brenn",
            "demand",
            "asked for a commission of the League",
            side="Port Selm",
            affiliation="Port Selm",
            target="League",
        ),
        c.position("b2", "Ivo Marsh", "admission", 'two rockets "went astray"', chain=("LINE",), **marsh),
        c.position(
            "c3",
            "Southern Council",
            "blame",
            "accused the Northern Army of aiming at the market",
            side="Southern Council",
            target="Northern Army",
        ),
        c.position("c3", "Northern Army", "denial", "The Northern Army denied it", side="Northern Army"),
        c.position("c3", None, "other", "Dozens died in Port Selm"),
    )
    said = (c.statement("a1", "Nobody fired from the market"), c.statement("b2", "No one in the market was shooting"))
    ranges = tuple(
        TollRange(
            kind=kind,
            harm="killed",
            victims="unspecified",
            scope="incident",
            low=25,
            high=44,
            low_by=later.ref,
            high_by=tolls[0].ref,
            tolls=tuple(toll.ref for toll in tolls),
        )
        for kind in ("all said", "standing")
    )
    refs = tuple(p.statements[0] for p in positions)
    origins = (
        Origin(name=x + "Ada Brenn", kind="named", side="Port Selm", utterances=3, reports=("a1", "b2", "d4"), statements=said),
        Origin(name="Ivo Marsh", kind="named", side="Northern Army", utterances=4, reports=("a1", "b2"), statements=refs[2:4]),
        Origin(name="doctors", kind="unnamed", side=None, utterances=1, reports=("b2",), statements=(), at_most=3),
        Origin(name="Daily Gull", kind="outlet", side=None, utterances=1, reports=("c3",), statements=(refs[9],)),
    )
    count = VoiceCount(
        reports=4,
        texts=3,
        utterances=9,
        voices=6,
        voices_at_most=8,
        sides=("League", "Northern Army", "Port Selm"),
        rule=x + "Copies count once; each chain is followed to its first speaker; equal utterances are joined.",
    )
    conflicts = (
        Conflict(
            kind="different class of victims",
            question="toll",
            left_label="Northern Army: no civilians",
            right_label="League: 612",
            left=c.span("a1", "no civilians were killed"),
            right=c.span("b2", "612 dead"),
            reason="civilians against people",
        ),
        Conflict(
            kind="contradiction",
            question="responsibility",
            left_label=x + "Southern Council",
            right_label="Northern Army",
            left=c.span("c3", "accused the Northern Army of aiming at the market"),
            right=c.span("c3", "The Northern Army denied it"),
            reason=x + "one asserts and the other denies that the Northern Army did it",
        ),
    )
    timeline = (
        Moment(date="2031-05-06", how="said in R1", label="market hit", side=None, span=c.span("a1", "on Tuesday")),
        Moment(
            date="2031-05-06",
            how="stated",
            label=x + "Northern Army justifies",
            side="Northern Army",
            span=c.span("a1", "mortar position"),
        ),
        Moment(
            date="2031-05-08", how="metadata", label="Ivo Marsh admits", side="Northern Army", span=c.span("b2", "went astray")
        ),
    )
    market = Incident(
        id="m",
        title=x + "Port Selm, 6 May 2031",
        date=DateRange("2031-05-06", "2031-05-06", 1, x + "Tuesday before publication"),
        place=Place(name=x + "Port Selm", country="XX", precision="city"),
        alleged=("Northern Army",),
        members=(IncidentRef("a1", 0), IncidentRef("b2", 0)),
        reasons=(x + "same day, same place",),
    )
    coast = Incident(
        id="z",
        title="The coast since January",
        date=DateRange("2031-01-01", "2031-05-08", 5),
        place=None,
        alleged=(),
        members=(IncidentRef("b2", 1),),
        aggregate=True,
    )
    wide = replace(count, reports=1, texts=1, voices=1, voices_at_most=1, sides=("League",))
    contests = (
        Contest(
            incident=coast,
            accused=coast.alleged,
            reports=("b2",),
            tolls=tolls[5:],
            ranges=(),
            positions=(),
            conflicts=(),
            origins=(),
            count=wide,
            silent=(),
            timeline=(),
        ),
        Contest(
            incident=market,
            accused=market.alleged,
            reports=("a1", "b2", "c3", "d4"),
            tolls=tolls,
            ranges=ranges,
            positions=positions,
            conflicts=conflicts,
            origins=origins,
            count=count,
            silent=(Silent(name=x + "Western Fleet", said=()),),
            timeline=timeline,
        ),
    )
    linkage = Linkage(
        copies=(CopyLink("d4", "a1", "copied", 0.98, (x + "the same words in the same order",)),),
        utterances=(Utterance(id="u", speaker=x + "Ada Brenn", statements=said, reasons=(x + "two wordings of one sentence",)),),
        incidents=(market, coast),
        names=(("A. Brenn", x + "Ada Brenn"),),
    )
    return Made(contests, c.read(), linkage)


@pytest.fixture(scope="session")
def made() -> Made:
    return case_of_port_selm()


HOSTILE = "</style></script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&[red]\x1b[31m\u202e{{7*7}}"


@pytest.fixture(scope="session")
def hostile() -> Made:
    return case_of_port_selm(HOSTILE)


@pytest.fixture(scope="session")
def shuffled(made: Made) -> Made:
    def back(items: Sequence[object]) -> tuple[object, ...]:
        return tuple(reversed(items))

    return Made(back(made.contests), back(made.reports), made.linkage, made.left_out)  # type: ignore[arg-type]
