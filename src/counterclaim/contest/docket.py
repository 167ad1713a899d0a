"""Everything that the reports say of one incident, gathered before anything is derived from it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from counterclaim.contest.parties import Parties
from counterclaim.contest.same_voice import heard_of, renaming, same_voices
from counterclaim.contest.speakers import Voice, voices_of
from counterclaim.contest.when import days, sort_key
from counterclaim.records import (
    CopyLink,
    Detail,
    Figure,
    FigureRef,
    Incident,
    IncidentMention,
    Linkage,
    PassageLink,
    ReadReport,
    Report,
    Span,
    SpeakerKind,
    Statement,
    StatementRef,
)
from counterclaim.records.spans import Offsets

RULE = (
    "A statement or figure belongs to an incident only where the reading placed it there; what it placed nowhere stays out. "
    "A report that copies others counts as the text it shares most with, a paragraph carried from another report as that one's, "
    "and the words of an outlet as those of the agency "
    "credited with them, else of the outlet. Two numbers of one sentence that add up to a third of the same report are its "
    "parts; a number told as reported in the passive (“were reported killed”), or in words about the words of others (“claims "
    "that”), is "
    "given by nobody but the outlet. Whoever is counted among the dead says nothing."
)
NEAR_WORDS = 12
"""Code points between a day and the words of saying for it to be their day ("said late on Sunday"): two short words."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement where it stands. `text` is the id of the distinct text that its report carries."""

    read: ReadReport
    statement: Statement
    voices: tuple[Voice, ...]
    text: str

    @property
    def ref(self) -> StatementRef:
        """Where it stands."""
        return StatementRef(self.read.report.id, self.statement.id)

    def content(self) -> tuple[Span, ...]:
        """The spans of what was said; of the cue where there is no content."""
        return tuple(span_of(self.read.report, piece) for piece in self.statement.content or self.statement.cue)

    def sentence(self) -> Span:
        """The whole sentence or sentences that hold what was said."""
        pieces = self.statement.content or self.statement.cue
        return span_of(self.read.report, self.read.reading.sentence_of((pieces[0][0], pieces[-1][1])))

    def day(self) -> tuple[str | None, str]:
        """When it was said (EDTF or None) and how that is known: the day named beside the words of saying, else publication."""
        published = self.read.report.published
        sentence = self.read.reading.sentence_of((self.statement.cue or self.statement.content)[0])
        beside = [*self.statement.cue, *self.statement.source]
        for date in self.read.reading.dates:
            inside = any(date.span[0] < end and start < date.span[1] for start, end in self.statement.content)
            if inside or date.type != "date" or date.start != date.end or days(date.start) is None:
                continue
            if not sentence[0] <= date.span[0] < sentence[1] or not any(_gap(date.span, words) <= NEAR_WORDS for words in beside):
                continue
            if published is None or sort_key(date.start) <= sort_key(published.value):
                return date.start, "the day named beside the words"
        return (published.value, f"published that day, {published.how}") if published else (None, "not known")


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure where it stands. `whole` is false for a figure that by its own report is only a part of the dead or injured."""

    read: ReadReport
    figure: Figure
    voices: tuple[Voice, ...]
    text: str
    kind: SpeakerKind
    whole: bool

    @property
    def ref(self) -> FigureRef:
        """Where it stands."""
        return FigureRef(self.read.report.id, self.figure.id)


@dataclass(frozen=True, slots=True)
class Told:
    """A detail of the attack where it stands, with the voices that give it."""

    read: ReadReport
    detail: Detail
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Docket:
    """What belongs to one incident: its reports by date, and what is said and counted in them in the order of the reports.

    `wider` are totals over a time or an area in reports that are about the incident, to be seen beside its tolls; `voiced` maps
    figures to the keys of the voices that gave them, `texts` report ids to the id of the distinct text they carry, `credits`
    texts to the agency or outlet whose they are, `utterances` statements to the utterance that was found
    behind them; `mentions` are the incident as each report tells of it.
    """

    incident: Incident
    reports: tuple[Report, ...]
    said: tuple[Said, ...]
    counted: tuple[Counted, ...]
    wider: tuple[Counted, ...]
    voiced: Mapping[FigureRef, tuple[str, ...]]
    texts: Mapping[str, str]
    credits: Mapping[str, str | None]
    utterances: Mapping[StatementRef, str]
    parties: Parties
    mentions: tuple[tuple[ReadReport, IncidentMention], ...]
    told: tuple[Told, ...] = ()

    @property
    def evidence(self) -> tuple[Span, ...]:
        """The words that name the incident, in the order of the reports."""
        return tuple(span_of(read.report, words) for read, mention in self.mentions for words in mention.evidence)


@dataclass(frozen=True, slots=True)
class Carried:
    """Whose words a place in a report is: `texts` maps report ids to the text each carries, `passages` to its paragraphs that it
    carries from other texts, with the ids of those."""

    texts: Mapping[str, str]
    passages: Mapping[str, Sequence[tuple[Offsets, str]]]

    @classmethod
    def of(cls, texts: Mapping[str, str], links: Iterable[PassageLink]) -> Carried:
        """Links to and from reports that `texts` does not hold are passed over."""
        passages: dict[str, list[tuple[Offsets, str]]] = {}
        for link in links:
            if link.copy in texts and link.original in texts:
                passages.setdefault(link.copy, []).append((link.span, texts[link.original]))
        return cls(texts, passages)

    def text_at(self, report: str, at: Offsets) -> str:
        """The id of the text that the words at `at` come from."""
        inside = (text for (start, end), text in self.passages.get(report, ()) if start <= at[0] < end)
        return next(inside, self.texts[report])


def date_of(report: Report) -> str | None:
    """The report's date of publication (EDTF), None where it is not known."""
    return report.published.value if report.published else None


def span_of(report: Report, offsets: Offsets) -> Span:
    """The span of `offsets` in the report's clean text."""
    return Span.of(report.id, report.text, *offsets)


def dockets(reports: Sequence[ReadReport], linkage: Linkage) -> Iterator[Docket]:
    """One docket for each incident of `linkage` that any of `reports` tells of, in the order of `linkage`."""
    ordered = sorted(reports, key=lambda read: (_published(read), read.report.id))
    by_id = {read.report.id: read for read in ordered}
    parties = Parties.of(ordered, linkage)
    texts = text_of_each(ordered, linkage.copies)
    carried = Carried.of(texts, linkage.passages)
    credits = _credits(ordered, texts)
    utterances = {ref: utterance.id for utterance in linkage.utterances for ref in utterance.statements}
    said = _joined([_said(read, carried, credits, parties) for read in ordered], linkage)
    # looked up by mention: a case of thousands of incidents is not gone through for each of them
    place = {read.report.id: n for n, read in enumerate(ordered)}
    said_of: dict[tuple[str, int | None], list[tuple[int, Said]]] = defaultdict(list)
    for n, (ref, one) in enumerate(said.items()):
        said_of[ref.report, one.statement.incident].append((n, one))
    for incident in linkage.incidents:
        members = {(ref.report, ref.index) for ref in incident.members if ref.report in by_id}
        mine = [by_id[report] for report in sorted({report for report, _ in members}, key=place.__getitem__)]
        if not mine:
            continue
        mentions = tuple(
            (read, mention) for read in mine for index, mention in enumerate(read.reading.incidents)
            if (read.report.id, index) in members
        )  # fmt: skip
        if len(members) < len(incident.members):  # of some of its reports only: whom the others accuse is not known from these
            told_of = {parties.name(name) for _, mention in mentions for name in mention.alleged}
            incident = replace(incident, alleged=tuple(name for name in incident.alleged if parties.name(name) in told_of))
        counted = tuple(
            _counted(read, figure, said, carried, credits, parties)
            for read in mine
            for figure in read.reading.figures
            if (read.report.id, figure.incident) in members
        )
        about = {report for report, index in members if by_id[report].reading.incidents[index].main}
        wider = tuple(
            _counted(read, figure, said, carried, credits, parties)
            for read in mine
            for figure in read.reading.figures
            if figure.scope in ("period", "running")
            and (read.report.id, figure.incident) not in members
            and read.report.id in about
            and not incident.aggregate
        )
        told = tuple(
            _told(read, detail, said, carried, credits, parties)
            for read in mine for detail in read.reading.details if (read.report.id, detail.incident) in members
        )  # fmt: skip
        spoken = tuple(one for _, one in sorted((told for held in members for told in said_of[held]), key=itemgetter(0)))
        heard = heard_of(
            [*((one.voices, one.statement) for one in spoken), *((one.voices, one.figure) for one in (*counted, *wider))], parties
        )
        renamed = renaming(same_voices(heard, parties))
        counted, wider = (tuple(replace(one, voices=renamed(one.voices)) for one in many) for many in (counted, wider))
        yield Docket(
            incident,
            tuple(read.report for read in mine),
            tuple(replace(one, voices=renamed(one.voices)) for one in spoken),
            counted,
            wider,
            {one.ref: tuple(voice.key for voice in one.voices) for one in (*counted, *wider)},
            texts, credits, utterances, parties, mentions,
            tuple(replace(one, voices=renamed(one.voices)) for one in told),
        )  # fmt: skip


def text_of_each(reports: Sequence[ReadReport], copies: Sequence[CopyLink]) -> dict[str, str]:
    """Maps each report id to the id of the text it carries: its own, or that of the original it shares most with.

    Copies of copies are followed to the end; where they lead in a circle the first id by alphabet stands for all of them.
    """
    dates = {read.report.id: _published(read) for read in reports}
    original: dict[str, str] = {}
    for link in sorted(copies, key=lambda c: (-c.share, sort_key(dates.get(c.original)), c.original)):
        original.setdefault(link.copy, link.original)
    texts = {}
    for read in reports:
        path = [read.report.id]
        while (following := original.get(path[-1])) is not None and following not in path:
            path.append(following)
        texts[read.report.id] = path[-1] if following is None else min(path[path.index(following) :])
    return texts


def _counted(
    read: ReadReport, figure: Figure, said: Mapping[StatementRef, Said], carried: Carried,
    credits: Mapping[str, str | None], parties: Parties,
) -> Counted:  # fmt: skip
    text = carried.text_at(read.report.id, figure.span)
    if _adds_up(read, figure):
        figure = replace(figure, scope="part")
    if _REPORTED.match(read.report.text, figure.span[0]) or _in_words_of_others(read, figure):
        figure = replace(figure, speaker=None, affiliation=None, side=None, chain=(), statement=None)
    within = said.get(StatementRef(read.report.id, figure.statement)) if figure.statement else None
    if within is not None and within.statement.speaker == figure.speaker:
        return Counted(read, figure, within.voices, text, within.statement.speaker_kind, _whole(read, figure))
    kind = _kind(read, figure.speaker)
    voices = voices_of(figure.speaker, figure.affiliation, figure.side, kind, text, credits[text], parties)
    return Counted(read, figure, voices, text, kind, _whole(read, figure))


def _told(
    read: ReadReport, detail: Detail, said: Mapping[StatementRef, Said], carried: Carried,
    credits: Mapping[str, str | None], parties: Parties,
) -> Told:  # fmt: skip
    within = said.get(StatementRef(read.report.id, detail.statement)) if detail.statement else None
    if within is not None:
        return Told(read, detail, within.voices)
    text = carried.text_at(read.report.id, detail.span)
    kind = _kind(read, detail.speaker)
    return Told(read, detail, voices_of(detail.speaker, detail.affiliation, detail.side, kind, text, credits[text], parties))


_REPORTED = re.compile(
    r"[^.;,]{0,60}\b(?:were|was|are|is) reported (?:to have been )?(?:killed|dead|injured|wounded|missing)\b", re.I
)
"""A number told as reported, in the passive: whoever speaks around it does not give it."""


_OF_OTHERS = re.compile(
    r"\b(?:comments?|remarks?|claims?|accusations?|allegations?|assertions?)\b[^.;]{0,60}\b(?:about|on|over|regarding|that|of)\b",
    re.I,
)
"""Words that others said: what stands behind them inside a statement is theirs, whatever the speaker makes of it."""


def _in_words_of_others(read: ReadReport, figure: Figure) -> bool:
    """Whether a figure stands in somebody's words about the words of others ("derides comments on the strike's 100 dead")."""
    if figure.statement is None:
        return False
    for start, end in read.statement(figure.statement).content:
        if start <= figure.span[0] < end and _OF_OTHERS.search(read.report.text, start, figure.span[0]):
            return True
    return False


def _adds_up(read: ReadReport, figure: Figure) -> bool:
    """Whether a figure and another of its sentence add up to a third of its report: both are then parts of that."""
    if figure.scope != "incident" or not figure.low or figure.low != figure.high:
        return False
    sentence = read.reading.sentence_of(figure.span)
    like = [
        other for other in read.reading.figures
        if other is not figure and (other.harm, other.incident, other.scope) == (figure.harm, figure.incident, "incident")
        and other.low and other.low == other.high
    ]  # fmt: skip
    wholes = {other.low for other in like if not sentence[0] <= other.span[0] < sentence[1] or other.span[0] < figure.span[0]}
    beside = [other.low for other in like if sentence[0] <= other.span[0] < sentence[1]]
    return any(figure.low + (low or 0) in wholes for low in beside)


def _kind(read: ReadReport, speaker: str | None) -> SpeakerKind:
    """How a figure's speaker is named: as in the report's statements, else by the first letter of his name."""
    if speaker is None:
        return "outlet"
    for statement in read.reading.statements:
        if statement.speaker == speaker:
            return statement.speaker_kind
    return "named" if speaker[:1].isupper() else "unnamed"


_MAY_BE_ALL = ("civilians", "military", "militants")


def _whole(read: ReadReport, figure: Figure) -> bool:
    """Whether a figure may count everyone harmed: it names no class, or one that stands beside no other class and below no larger
    number of the same speaker. Judged in its own report alone, so that further reports never narrow a range."""
    if figure.victims == "unspecified":
        return True
    if figure.victims not in _MAY_BE_ALL or (figure.low, figure.high) == (0, 0):
        return False
    mine = figure.high if figure.high is not None else figure.low
    for other in read.reading.figures:
        if _about(other) != _about(figure):
            continue
        if other.victims in _MAY_BE_ALL and other.victims != figure.victims and (other.low, other.high) != (0, 0):
            return False
        theirs = other.high if other.high is not None else other.low
        if other.victims == "unspecified" and theirs is not None and mine is not None and theirs > mine:
            return False
    return True


def _about(figure: Figure) -> tuple[object, ...]:
    return (figure.incident, figure.harm, figure.scope, figure.speaker)


def _said(read: ReadReport, carried: Carried, credits: Mapping[str, str | None], parties: Parties) -> Iterator[Said]:
    dead = [figure.span for figure in read.reading.figures if figure.harm == "killed" and figure.high != 0]
    for s in read.reading.statements:
        if any(source[0] < end and start < source[1] for source in s.source for start, end in dead):
            continue
        if s.content or s.cue:
            text = carried.text_at(read.report.id, (s.content or s.cue)[0])
            voices = voices_of(s.speaker, s.affiliation, s.side, s.speaker_kind, text, credits[text], parties)
            yield Said(read, s, voices, text)


def _joined(statements: Iterable[Iterable[Said]], linkage: Linkage) -> dict[StatementRef, Said]:
    """All statements by where they stand. One whose speaker is not named gets the voice that equal utterances elsewhere name,
    and all of an utterance one voice where nobody names it."""
    said = {one.ref: one for of_report in statements for one in of_report}
    result = dict(said)
    for utterance in sorted(linkage.utterances, key=lambda u: u.id):
        held = [said[ref] for ref in utterance.statements if ref in said]
        named = sorted({one.voices for one in held if all(voice.named for voice in one.voices)}, key=_keys)
        nameless = sorted({one.voices for one in held if not any(voice.named for voice in one.voices)}, key=_keys)
        voices = (named or nameless or [()])[0]
        for one in held:
            if one.voices in nameless:
                result[one.ref] = Said(one.read, one.statement, voices, one.text)
    return result


def _credits(reports: Sequence[ReadReport], texts: Mapping[str, str]) -> dict[str, str | None]:
    """Whose text each text is: the agency credited in its first report, else that report's outlet."""
    found: dict[str, str | None] = {}
    for read in sorted(reports, key=lambda read: (texts[read.report.id] != read.report.id, _published(read), read.report.id)):
        found.setdefault(texts[read.report.id], read.report.agency or read.report.outlet)
    return found


def _published(read: ReadReport) -> str:
    return sort_key(date_of(read.report))


def _keys(voices: Sequence[Voice]) -> tuple[tuple[str, str], ...]:
    return tuple((voice.key, voice.side or "") for voice in voices)


def _gap(one: Offsets, other: Offsets) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)
