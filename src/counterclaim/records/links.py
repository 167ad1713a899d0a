"""What belongs together across reports: utterances, claims, incidents, each link with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from counterclaim.records.claims import Figure, Polarity, Statement
from counterclaim.records.evidence import CopyLink, PassageLink, Report, Source
from counterclaim.records.readings import Reading
from counterclaim.records.spans import Span
from counterclaim.records.world import DateRange, Place

Question = Literal[
    "toll", "occurrence", "responsibility", "intent", "object", "means", "investigation", "regret", "demand", "damage", "time",
    "place", "other",
]  # fmt: skip
"""What is asked of an incident: how many were harmed, did it happen at all, who did it, was it meant, who or what was hit, with
what, is it investigated, is it regretted, what is demanded, what was damaged, when, where."""


@dataclass(frozen=True, slots=True)
class StatementRef:
    """A statement across reports: its report's id and its own id in that report."""

    report: str
    statement: str


@dataclass(frozen=True, slots=True)
class FigureRef:
    """A figure across reports: its report's id and its own id in that report."""

    report: str
    figure: str


@dataclass(frozen=True, slots=True)
class IncidentRef:
    """An incident mention across reports: its report's id and its index in that reading's incidents."""

    report: str
    index: int


Tied = StatementRef | IncidentRef | str
"""What can be tied to another of its kind: a statement, an incident mention, or a name that reports give somebody."""


@dataclass(frozen=True, slots=True)
class Ties:
    """What people decided about what belongs together: pairs that are one (`same`) and pairs that are not (`apart`).

    Linking honours them over whatever it finds itself; where they contradict each other, what is apart stays apart. A pair
    whose statement or mention is no longer there is passed over.
    """

    same: tuple[tuple[Tied, Tied], ...] = ()
    apart: tuple[tuple[Tied, Tied], ...] = ()


NO_TIES = Ties()


ChangeKind = Literal["toll", "speaker", "blame", "said", "hedge"]
"""What of a claim changed from one version of a report to the next: its number, who says it, who is blamed or cleared and how,
what else is said, how sure it is said."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change in what a report claims: `before` and `after` are the words in either version, None where they are new or gone;
    `was` and `now` say in short what stood and stands there."""

    kind: ChangeKind
    before: Span | None
    after: Span | None
    was: str | None
    now: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """One capture in a report's history, by its report's id; `changes` are those since the version before. None means that the
    claims are the same, whatever else was edited."""

    report: str
    received: str | None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """The captures of one address, the oldest first: versions of one report, and so no two voices."""

    address: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the reports of a case come from: `sources` by report id, and the histories of those captured several times."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    histories: tuple[History, ...] = ()


NO_EVIDENCE = Evidence()


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """The same act of saying behind several statements; `reasons` one line for each statement joined after the first."""

    id: str
    speaker: str | None
    statements: tuple[StatementRef, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The typed proposition that statements assert, deny, admit or question, so that an accusation and its denial meet.

    `target` is whom it is about (who did it, of whom it is demanded); `edges` the statements with their polarity.
    """

    id: str
    incident: str
    question: Question
    target: str | None
    edges: tuple[tuple[StatementRef, Polarity], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One moment and place of alleged harm as several reports tell of it, or an aggregate that covers several.

    `id` persists: a later report joins and never renames it. `members` are the mentions joined, `reasons` one line a member
    after the first: why it was joined. `alleged` are canonical names of those said to have done it.
    """

    id: str
    title: str
    date: DateRange | None
    place: Place | None
    alleged: tuple[str, ...]
    members: tuple[IncidentRef, ...]
    aggregate: bool = False
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report beside its reading: what linking and the contest take in."""

    report: Report
    reading: Reading

    def statement(self, id: str) -> Statement:
        """The statement of that id; KeyError where there is none."""
        for s in self.reading.statements:
            if s.id == id:
                return s
        raise KeyError(id)

    def figure(self, id: str) -> Figure:
        """The figure of that id; KeyError where there is none."""
        for f in self.reading.figures:
            if f.id == id:
                return f
        raise KeyError(id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """Everything that linking found over a set of reports.

    `names` maps the canonical speaker names of single reports that were found to be one actor to the name shown
    ("Joseph Skrocki" -> "Joseph Scrocca"); a name that stands alone is left out. `events` gives each report that is about no
    harm the id of what it tells of, an incident's where other reports of it tell of harm; no fact rests on it, and a case
    does not keep it. `passages` are single paragraphs carried between reports that are no copies of one another.
    """

    copies: tuple[CopyLink, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    incidents: tuple[Incident, ...] = ()
    claims: tuple[Claim, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    events: tuple[tuple[str, str], ...] = ()
    passages: tuple[PassageLink, ...] = ()
