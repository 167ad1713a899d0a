"""The rows of a dossier as both printers lay them out: words, places to link to, tones; nothing left to look up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counterclaim.dossier.cites import Cite, Said, Side, Voice
from counterclaim.dossier.marks import Paragraph
from counterclaim.dossier.strip import Glyph
from counterclaim.dossier.tolls import TollTable
from counterclaim.dossier.words import COLUMNS

TONES = 8
"""How many side colours there are: eight can be told apart by colour-blind readers (after Okabe and Ito, 2008); further sides
share tone 9."""

WORDINGS = 6
"""Wordings of one utterance that are set side by side: two rows of three."""

ACCUSERS = 4
"""How many accusers are named beside an accused before the rest are counted: what two lines of a heading hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One position in the words of its sentences: `act` what it does, `phrase` the same with whom it is about, `cites` one a
    statement, the first of each text first."""

    anchor: str
    target: str | None
    said: str
    via: tuple[str, ...]
    cites: tuple[Cite, ...]
    act: str = ""
    phrase: str = ""

    @property
    def shown(self) -> tuple[Cite, ...]:
        """The sentences to print: those of copies only where there is nothing else."""
        return tuple(c for c in self.cites if not c.echo) or self.cites[:1]

    @property
    def echoes(self) -> tuple[Cite, ...]:
        """The sentences only pointed at."""
        return tuple(c for c in self.cites if c not in self.shown)


@dataclass(frozen=True, slots=True)
class Stance:
    """All that one actor holds on one question, earliest first: `act` says in a few words what ("denies, then admits")."""

    anchor: str
    act: str
    entries: tuple[Entry, ...]
    question: str = ""

    @property
    def moves(self) -> tuple[tuple[str, str], ...]:
        """What is done and towards whom, each once with the day on which it was done first."""
        first: dict[str, str] = {}
        for entry in self.entries:
            first.setdefault(entry.phrase, entry.said)
        return tuple(first.items())

    @property
    def sentences(self) -> int:
        """How many sentences say so, those of copies left out."""
        return sum(not c.echo for e in self.entries for c in e.cites)


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor's row in the matrix: what it holds for each column (None where nothing), and all, those without a column too."""

    voice: Voice
    cells: tuple[Stance | None, ...]
    stances: tuple[Stance, ...]


@dataclass(frozen=True, slots=True)
class SideBlock:
    """The actors of one side."""

    name: str
    tone: int
    actors: tuple[ActorRow, ...]

    @property
    def charted(self) -> tuple[ActorRow, ...]:
        """The actors with something in a column of the matrix."""
        return tuple(a for a in self.actors if any(a.cells))


@dataclass(frozen=True, slots=True)
class Face:
    """One claim of a pair: who says what, in a label, and where the words stand."""

    label: str
    cite: Cite

    @property
    def lines(self) -> tuple[str, ...]:
        """The label with each number's camp on a line of its own."""
        return tuple(self.label.split(" / "))


@dataclass(frozen=True, slots=True)
class StepRow:
    """What a party held from a day on: `told` where the text says that it came first or later, `chips` (act, question, anchor
    of the words, whether it moves from what was held before)."""

    when: str
    told: bool
    moves: bool
    chips: tuple[tuple[str, str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class CourseRow:
    """The way of one party's word."""

    party: str
    tone: int
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class ConcededRow:
    """What an accused party itself gives: a phrase ("10 civilians killed"), and where."""

    party: str
    tone: int
    phrase: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class HeldRow:
    """An answer that several may give to a question: what all who spoke agree on, or when and where it was. `rival` where another
    answer excludes it, `inferred` why it was inferred."""

    question: str
    label: str
    holders: tuple[str, ...]
    cites: tuple[Cite, ...]
    rival: bool = False
    inferred: str | None = None


@dataclass(frozen=True, slots=True)
class IssueRow:
    """A question over which claims contradict, in one line: the question, the claim most contested, what stands against it."""

    question: str
    label: str
    against: tuple[str, ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class MadeRow:
    """How a number at the head was made: the rule it goes by, what was counted in a line, the words it was made from."""

    rule: str
    line: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class DetailRow:
    """One answer to what was hit, with what or how, with who says so, who says not so, who leaves it open, and where."""

    question: str
    label: str
    holders: tuple[str, ...]
    deniers: tuple[str, ...]
    doubters: tuple[str, ...]
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class SilentRow:
    """Somebody accused or asked who is not heard, and where he is named."""

    name: str
    cites: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class KnownRow:
    """What was known on a day."""

    date: str
    reports: int
    voices: int
    phrase: str
    glyph: Glyph


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRow:
    """A claim face to face with all that it does not agree with, each with the reason. `clash` is false for those that only
    seem not to agree (another scope, a later update); `cites` everything that stands on any side."""

    anchor: str
    kind: str
    question: str
    face: Face
    against: tuple[tuple[Face, str], ...]
    clash: bool
    cites: tuple[Cite, ...] = ()


@dataclass(frozen=True, slots=True)
class OriginRow:
    """A voice, how many it counts as ("1", "1 to 3"), what it said, and for each report of the incident whether it carries it."""

    name: str
    side: Side | None
    kind: str
    tone: int
    counts: str
    utterances: int
    carried: tuple[bool, ...]

    def within(self, carriers: Sequence[Carrier]) -> tuple[Carrier, ...]:
        """The reports that carry it, of all of the incident."""
        return tuple(carrier for carrier, yes in zip(carriers, self.carried, strict=True) if yes)


@dataclass(frozen=True, slots=True)
class Joined:
    """One utterance that several statements carry, in the wording of each, and why they were joined."""

    speaker: str
    cites: tuple[Cite, ...]
    reasons: tuple[str, ...]

    @property
    def shown(self) -> tuple[Cite, ...]:
        """The first sentence of each wording, as many as are read side by side."""
        first: dict[str, Cite] = {}
        for cite in self.cites:
            first.setdefault(cite.sentence, cite)
        return tuple(first.values())[:WORDINGS]

    @property
    def further(self) -> tuple[Cite, ...]:
        """The sentences only pointed at."""
        return tuple(cite for cite in self.cites if cite not in self.shown)


@dataclass(frozen=True, slots=True)
class Point:
    """One thing said on a day: its label, how its date is known, and where the words stand."""

    label: str
    how: str
    cite: Cite | None


@dataclass(frozen=True, slots=True)
class Speech:
    """What one voice said on a day; `name` is empty for what nobody said: the event itself."""

    name: str
    tone: int
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A date of the time line with everything that stands at it; `hows` says in words how its entries' dates are known."""

    date: str
    hows: str
    speeches: tuple[Speech, ...]


@dataclass(frozen=True, slots=True)
class Accused:
    """One said to have done it, and who says so: (name, anchor of the position)."""

    name: str
    by: tuple[tuple[str, str], ...]

    @property
    def more(self) -> int:
        """How many accusers are counted instead of named: a heading holds `ACCUSERS` of them."""
        return max(len(self.by) - ACCUSERS, 0)

    @property
    def accusers(self) -> str:
        """The accusers in a line."""
        return ", ".join(name for name, _ in self.by[:ACCUSERS]) + (f" and {self.more} more" if self.more else "")


@dataclass(frozen=True, slots=True)
class Carrier:
    """A report of an incident: its number, its outlet, whether it is a copy."""

    number: int
    outlet: str
    echo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """Everything printed of one incident."""

    anchor: str
    number: int
    title: str
    aggregate: bool
    when: str
    when_short: str
    when_inferred: str | None
    when_precision: str
    place: str
    place_precision: str
    accused: tuple[Accused, ...]
    headline: tuple[str, str]
    in_words: tuple[str, ...]
    voices: str
    count_line: str
    count_rule: str
    sides: tuple[Side, ...]
    carriers: tuple[Carrier, ...]
    tolls: tuple[TollTable, ...]
    parts: tuple[TollTable, ...]
    others: tuple[TollTable, ...]
    positions: tuple[SideBlock, ...]
    conflicts: tuple[ConflictRow, ...]
    origins: tuple[OriginRow, ...]
    joined: tuple[Joined, ...]
    silent: tuple[SilentRow, ...]
    timeline: tuple[Day, ...]
    reasons: tuple[str, ...]
    courses: tuple[CourseRow, ...] = ()
    conceded: tuple[ConcededRow, ...] = ()
    shared: tuple[HeldRow, ...] = ()
    known: tuple[KnownRow, ...] = ()
    answers: tuple[HeldRow, ...] = ()
    made: tuple[MadeRow, ...] = ()

    @property
    def issues(self) -> tuple[IssueRow, ...]:
        """What is at issue: of each question over which claims contradict, the pair that stands first; of tolls one of the harm
        at the head, if there is any."""
        first: dict[str, IssueRow] = {}
        harm = self.headline[1].partition(",")[0]
        for c in sorted(self.conflicts, key=lambda c: f" {harm}" not in c.face.label):
            if c.clash and c.question not in first:
                against = tuple(dict.fromkeys(line for face, _ in c.against for line in face.lines))
                first[c.question] = IssueRow(c.question, "; ".join(c.face.lines), against, c.anchor)
        return tuple(first.values())

    details: tuple[DetailRow, ...] = ()

    @property
    def columns(self) -> tuple[int, ...]:
        """Which columns of the matrix hold anything."""
        actors = [a for b in self.positions for a in b.actors]
        return tuple(k for k in range(len(COLUMNS)) if any(a.cells[k] for a in actors))

    @property
    def voice_noun(self) -> str:
        """The noun for `voices` in its right number."""
        return "voice" if self.voices == "1" else "voices"

    @property
    def clashes(self) -> int:
        """How many pairs contradict."""
        return sum(len(c.against) for c in self.conflicts if c.clash)

    @property
    def slight(self) -> bool:
        """Whether nothing is told of it but that it is told of: no toll, no position, no conflict."""
        return not (self.tolls or self.parts or self.others or self.positions or self.conflicts)

    @property
    def missing(self) -> tuple[str, ...]:
        """What these reports do not hold of it, in words."""
        found = {"toll": self.tolls or self.parts or self.others, "position": self.positions, "contradiction": self.conflicts}
        return tuple(f"no {name}" for name, rows in found.items() if not rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """A report in the appendix: what is known of it, why it is a copy or was not read, its whole text with the marks; `capture`
    is the SHA-256 of the bytes that it was read from."""

    anchor: str
    number: int
    title: str
    outlet: str
    credit: str
    said: Said
    language: str | None
    url: str | None
    status: str
    reasons: tuple[str, ...]
    read: bool
    original: int | None
    incidents: tuple[tuple[str, str], ...]
    paragraphs: tuple[Paragraph, ...]
    cut: tuple[str, ...]
    origin: str = ""
    capture: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change: what stood and what stands there, None where it is new or gone, each with its words."""

    kind: str
    was: str | None
    now: str | None
    before: Cite | None
    after: Cite | None


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One capture: its report's number, when it was captured, and what changed since the one before; `first` has none."""

    number: int
    when: str
    first: bool
    changes: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """The captures of one address, the oldest first."""

    address: str
    versions: tuple[VersionRow, ...]


@dataclass(frozen=True, slots=True)
class DossierView:
    """A whole dossier: incidents, then the reports they stand in, the names joined, and what was left out."""

    incidents: tuple[IncidentView, ...]
    reports: tuple[ReportView, ...]
    names: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]
    summary: str
    run: str = ""
    histories: tuple[HistoryRow, ...] = ()
