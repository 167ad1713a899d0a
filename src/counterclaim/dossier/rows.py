"""The rows of a dossier as both printers lay them out: words, places to link to, tones; nothing left to look up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from counterclaim.dossier.marks import Paragraph
from counterclaim.dossier.strip import Glyph, Scale
from counterclaim.dossier.words import shortened

TONES = 8
"""How many side colours there are: eight can be told apart by colour-blind readers (after Okabe and Ito, 2008); further sides
share tone 9."""

ACCUSERS = 4
"""How many accusers are named beside an accused before the rest are counted: what two lines of a heading hold."""


@dataclass(frozen=True, slots=True)
class Side:
    """A party to the dispute and its tone: 1 to 8 a colour of its own, 9 for all further sides, 0 for none."""

    name: str
    tone: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of text in three parts: what is quoted (`hit`) and the words around it."""

    before: str
    hit: str
    after: str

    @property
    def text(self) -> str:
        """The three parts joined."""
        return self.before + self.hit + self.after


@dataclass(frozen=True, slots=True)
class Cite:
    """One click to the words: the report's number and paragraph, the anchor of the mark there, and the sentence with the
    words that count. `echo` is true where the report is a copy of another."""

    report: int
    paragraph: int
    outlet: str
    anchor: str
    sentence: str
    start: int
    end: int
    echo: bool = False

    def excerpt(self, width: int) -> Excerpt:
        """The sentence on one line in at most about `width` characters, cut at word ends around the words that count."""
        s = self.sentence
        before, hit, after = (re.sub(r"\s+", " ", p) for p in (s[: self.start], s[self.start : self.end], s[self.end :]))
        if len(before) + len(hit) + len(after) <= width:
            return Excerpt(before.lstrip(), hit, after.rstrip())
        if len(hit) > width // 2:
            # What counts fills the room by itself; the words around it are one click away.
            return Excerpt("…" if before.strip() else "", shortened(hit, width), "")
        spare = max(width - len(hit), 0)
        lead = min(len(before), max(spare // 2, spare - len(after)))
        # Both ends are cut from afar, so that the words beside the hit stay.
        if lead < len(before):
            before = "…" + before[len(before) - lead :].partition(" ")[2]
        if spare - lead < len(after):
            after = after[: spare - lead].rpartition(" ")[0].rstrip(" ,;:–—-") + "…"
        return Excerpt(before, hit, after)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: name, institution, side, `kind` in words, through whom (`via`); `own` is an outlet's own voice."""

    name: str
    affiliation: str | None
    side: Side | None
    kind: str
    own: bool
    via: tuple[str, ...] = ()

    @property
    def tone(self) -> int:
        """The colour of the side, 0 (grey) for outlets and unknown sides."""
        return 0 if self.own or self.side is None else self.side.tone

    @property
    def party(self) -> str | None:
        """The institution; where none is named, the side; None where the name tells it already."""
        party = self.affiliation or (self.side.name if self.side else None)
        return party if party and party not in self.name else None


@dataclass(frozen=True, slots=True)
class Said:
    """When something was said, in words, and how that is known; `note` is the reason for an inferred date."""

    date: str
    how: str | None
    inferred: bool
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TollRow:
    """A toll in the table: its phrase, its shape on the strip, who said it, when, and where the words stand."""

    anchor: str
    phrase: str
    words: str
    vague: bool
    glyph: Glyph
    voice: Voice
    said: Said
    as_of: str | None
    cite: Cite
    repeats: tuple[Cite, ...]
    superseded: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class RangeRow:
    """A named range: its name, its phrase, the anchors of the tolls that gave its ends; `worded` where one of
    them is the reading of a word ("dozens")."""

    name: str
    phrase: str
    low: str | None
    high: str | None
    worded: bool


@dataclass(frozen=True, slots=True)
class TollGroup:
    """The tolls of one class of victims, with the ranges of that class."""

    victims: str
    rows: tuple[TollRow, ...]
    ranges: tuple[RangeRow, ...]


@dataclass(frozen=True, slots=True)
class TollTable:
    """The tolls of one harm on one scale; `ranges` are those over everyone, whatever class they were said to be of."""

    heading: str
    ranges: tuple[RangeRow, ...]
    scale: Scale | None
    groups: tuple[TollGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One position in the words of its sentences: `cites` one a statement, the first of each text first."""

    anchor: str
    target: str | None
    said: str
    via: tuple[str, ...]
    cites: tuple[Cite, ...]

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
    """All that one actor holds by one act ("denies")."""

    anchor: str
    act: str
    entries: tuple[Entry, ...]

    @property
    def sentences(self) -> int:
        """How many sentences say so, those of copies left out."""
        return sum(not c.echo for e in self.entries for c in e.cites)


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor's row in the matrix: its stance for each column (None where it has none), and all, those without a column too."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRow:
    """A claim face to face with all that it does not agree with, each with the reason. `clash` is false for those that only
    seem not to agree (another scope, a later update)."""

    anchor: str
    kind: str
    question: str
    face: Face
    against: tuple[tuple[Face, str], ...]
    clash: bool


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


@dataclass(frozen=True, slots=True)
class Joined:
    """One utterance that several statements carry, in the wording of each, and why they were joined."""

    speaker: str
    cites: tuple[Cite, ...]
    reasons: tuple[str, ...]


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
    silent: tuple[str, ...]
    timeline: tuple[Day, ...]
    reasons: tuple[str, ...]

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
    """A report in the appendix: what is known of it, why it is a copy or was not read, its whole text with the marks."""

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


@dataclass(frozen=True, slots=True)
class DossierView:
    """A whole dossier: incidents, then the reports they stand in, the names joined, and what was left out."""

    incidents: tuple[IncidentView, ...]
    reports: tuple[ReportView, ...]
    names: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]
    summary: str
