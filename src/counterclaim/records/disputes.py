"""What the contest derives by printed rules and nobody stores as fact: tolls side by side, positions, voices, conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from counterclaim.records.claims import Act, Aspect, Harm, Qualifier, Scope, SpeakerKind, Victims
from counterclaim.records.evidence import DateKnown
from counterclaim.records.links import FigureRef, Incident, Question, StatementRef
from counterclaim.records.spans import Span

ConflictKind = Literal["contradiction", "different scope", "later update", "rounding", "copy error", "different class of victims"]
RangeKind = Literal["all said", "numbers said", "standing", "all said by others", "standing by others"]
"""What a range takes in. "numbers said" leaves out words that are only read as numbers ("dozens"), "by others" the figures that
accused parties give themselves."""
About = Literal["own part", "another's part", "another's words"]
"""What a position is about: the speaker's own part in the deed, another party's, or what another party said."""
Said = FigureRef | StatementRef
"""Where something was said: a figure or a statement of a report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """One toll as said: a figure with who said it, through whom, when, and every report that carries it.

    `said` is the publication date of the earliest report that carries it (EDTF) or None, `said_how` how that is known.
    `standing` is false once the same speaker gave a later figure for the same harm, victims and scope (`superseded_by`).
    `span` is the figure's words, `sentence` the whole sentence they stand in; `repeats` the same figure of the same voice
    elsewhere. `withdrawn` is true where a text says that the number was taken back: it then does not stand.
    """

    ref: FigureRef
    harm: Harm
    victims: Victims
    low: int | None
    high: int | None
    qualifier: Qualifier
    scope: Scope
    words: str
    speaker: str | None
    speaker_kind: SpeakerKind
    affiliation: str | None
    side: str | None
    chain: tuple[str, ...]
    outlet: str | None
    as_of: str | None
    said: str | None
    said_how: DateKnown | None
    span: Span
    sentence: Span
    repeats: tuple[FigureRef, ...] = ()
    standing: bool = True
    superseded_by: FigureRef | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TollRange:
    """Lowest and highest number said for one harm, victims class and scope: what was said, not an interval of truth.

    `low_by` and `high_by` are the tolls that gave them, `tolls` all that were looked at. An open "at least 90" counts as 90 on
    both ends.
    """

    kind: RangeKind
    harm: Harm
    victims: Victims
    scope: Scope
    low: int | None
    high: int | None
    low_by: FigureRef | None
    high_by: FigureRef | None
    tolls: tuple[FigureRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Who holds what on which question of an incident, at which date.

    `content` are the words, `sentences` the whole sentences, one a statement. Of an accusation, `target` is never the one who was
    harmed, nor the accuser himself; `about` is None where the stance does not tell."""

    actor: str | None
    kind: SpeakerKind
    side: str | None
    question: Question
    stance: Act
    target: str | None
    said: str | None
    statements: tuple[StatementRef, ...]
    content: tuple[Span, ...]
    sentences: tuple[Span, ...]
    affiliation: str | None = None
    chain: tuple[str, ...] = ()
    about: About | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two claims of one incident that do not agree, or only seem not to. `reason` is one line in words; `left` and
    `right` the spans that clash, `left_label` and `right_label` who says what ("Syria; Russia: 62 killed"), `left_said` and
    `right_said` everything that stands on either side."""

    kind: ConflictKind
    question: Question
    left_label: str
    right_label: str
    left: Span
    right: Span
    reason: str
    left_said: tuple[Said, ...] = ()
    right_said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a party holds from a day on: the positions it took that day, and those of them (`moved`) that move from what it held
    before.

    `date` is EDTF, None for what is undated (and then nothing moves); `told` is true where a text itself says that it came first
    or later ("at first", "later")."""

    date: str | None
    positions: tuple[Position, ...]
    moved: tuple[Position, ...] = ()
    told: bool = False

    @property
    def moves(self) -> bool:
        """Whether anything moves on that day."""
        return bool(self.moved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The way of one party's word on its own part in an incident, or on another's: its steps in the order of their dates, undated
    ones last. `party` is the side, or the speaker where no side is known."""

    party: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer to a question on which nobody need take a position: when, where, what was hit, with what.

    `label` is the answer (an EDTF date or interval, the name of a place), `holders` who gives it, `spans` the words in each
    report, `inferred` why it was inferred where its words do not give it whole, `rival` whether another answer excludes it."""

    question: Question
    label: str
    holders: tuple[str, ...]
    spans: tuple[Span, ...]
    inferred: str | None = None
    rival: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Conceded:
    """What an accused party itself says of those harmed: the lowest and highest number among its own latest figures (`by`);
    None where it accepts that people were harmed and gives no number."""

    party: str
    harm: Harm
    victims: Victims
    low: int | None
    high: int | None
    by: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What all who spoke of a question agree on: `label` in a few words, `holders` who says so, `said` where."""

    question: Question
    label: str
    holders: tuple[str, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """One answer to what was hit, with what or how: its `kind`, who says so (`holders`), who says not so (`deniers`), who leaves
    it open (`doubters`), and the words of all of them."""

    aspect: Aspect
    kind: str
    holders: tuple[str, ...]
    deniers: tuple[str, ...]
    doubters: tuple[str, ...]
    words: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """Somebody accused, or of whom something is demanded, who is not heard in these reports; `said` is where he is named."""

    name: str
    said: tuple[StatementRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was known on a day: the reports dated up to it, the voices that give a toll or take a position in them, and the range
    of those killed (or of the harm that the incident's tolls begin with), all said so far."""

    date: str
    reports: int
    voices: int
    range: TollRange | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """An independent voice: a first speaker with every utterance collapsed into it.

    `count` is 1 for a named voice; for an unnamed one `at_most` is how many it may be ("1 to n")."""

    name: str
    kind: SpeakerKind
    side: str | None
    utterances: int
    reports: tuple[str, ...]
    statements: tuple[StatementRef, ...]
    at_most: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceCount:
    """Reports, distinct texts, utterances, voices and sides behind an incident; `rule` says in words how it was counted."""

    reports: int
    texts: int
    utterances: int
    voices: int
    voices_at_most: int
    sides: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One point of the time line: the event itself, or something said. `date` is EDTF, `how` says how it is known."""

    date: str
    how: str
    label: str
    side: str | None
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """One incident laid out: what was claimed by whom. Derived anew each time, never stored as fact.

    `accused` are the shown names of those whom the reports allege to have done it, without those who only seem to accuse
    themselves."""

    incident: Incident
    reports: tuple[str, ...]
    tolls: tuple[Toll, ...]
    ranges: tuple[TollRange, ...]
    positions: tuple[Position, ...]
    conflicts: tuple[Conflict, ...]
    origins: tuple[Origin, ...]
    count: VoiceCount
    silent: tuple[Silent, ...] = ()
    timeline: tuple[Moment, ...] = ()
    courses: tuple[Course, ...] = ()
    conceded: tuple[Conceded, ...] = ()
    shared: tuple[Shared, ...] = ()
    known: tuple[Known, ...] = ()
    answers: tuple[Answer, ...] = ()
    described: tuple[Described, ...] = ()
    accused: tuple[str, ...] = ()
