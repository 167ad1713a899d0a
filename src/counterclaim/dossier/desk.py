"""What the rows look up: report numbers, side colours, cited sentences; and the marks that citing leaves in the reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from counterclaim.dossier import words
from counterclaim.dossier.cites import Cite, Said, Side, Voice
from counterclaim.dossier.marks import Back, Mark, lay, paragraphs
from counterclaim.dossier.rows import TONES, Entry, IncidentView, ReportView
from counterclaim.dossier.strip import Glyph, Scale
from counterclaim.dossier.tolls import TollRow
from counterclaim.records import (
    NO_EVIDENCE,
    Contest,
    CopyLink,
    DateKnown,
    Evidence,
    FigureRef,
    Linkage,
    Offsets,
    PassageLink,
    Position,
    ReadReport,
    Span,
    SpeakerKind,
    StatementRef,
    Toll,
)  # fmt: skip


def in_order(reports: Iterable[ReadReport]) -> tuple[str, ...]:
    """The ids of reports in the order in which a dossier numbers them: by publication date, outlet and id."""

    def place(read: ReadReport) -> tuple[str, str, str]:
        report = read.report
        return (report.published.value if report.published else "9999", report.outlet or "", report.id)

    return tuple(dict.fromkeys(read.report.id for read in sorted(reports, key=place)))


@dataclass
class _Marked:
    kinds: set[str] = field(default_factory=set)
    titles: list[str] = field(default_factory=list)
    backs: list[Back] = field(default_factory=list)
    tone: int = 0


class Desk:
    """Numbers the reports and colours the sides of one dossier, turns spans into citations, and collects a mark for each."""

    def __init__(
        self, reports: Sequence[ReadReport], linkage: Linkage, contests: Iterable[Contest], evidence: Evidence = NO_EVIDENCE
    ) -> None:
        self.sources = evidence.sources
        self._read = {r.report.id: r for r in reports}
        self.ids = in_order(reports)
        self.number = {id: i for i, id in enumerate(self.ids, 1)}
        self.originals = {link.copy: link.original for link in linkage.copies if link.copy in self._read}
        self._copies: dict[str, list[CopyLink]] = {}
        for link in sorted(linkage.copies, key=lambda link: (-link.share, link.original)):
            self._copies.setdefault(link.copy, []).append(link)
        self._passages: dict[str, list[PassageLink]] = {}
        for passage in linkage.passages:
            self._passages.setdefault(passage.copy, []).append(passage)
        self._tones = _tones(contests)
        self._paragraphs = {id: paragraphs(r.report.text) for id, r in self._read.items()}
        self._marked: dict[str, dict[Offsets, _Marked]] = {id: {} for id in self.ids}

    # ---- who, when

    def outlet(self, id: str) -> str:
        """The outlet of a report, `outlet unknown` where it has none."""
        return words.inert(self._read[id].report.outlet or "outlet unknown")

    def tone(self, side: str | None) -> int:
        """The colour of a side, 0 for none."""
        return self._tones.get(side, 0) if side else 0

    def side(self, side: str | None) -> Side | None:
        """A side with its colour, None for an unknown one."""
        return Side(words.inert(words.names(side)), self.tone(side)) if side else None

    def said(self, date: str | None, how: DateKnown | None, report: str) -> Said:
        """When something was said; the note is that of the report's own date."""
        published = self._read[report].report.published
        note = published.note if published and how == "inferred" else None
        known = words.DATE_KNOWN[how] if how and date else None
        return Said(words.date_phrase(date, short=True), known, how == "inferred", words.inert(note) if note else None)

    def _voice(
        self, name: str | None, kind: SpeakerKind, affiliation: str | None, side: str | None, chain: tuple[str, ...],
        outlets: Iterable[str],
    ) -> Voice:  # fmt: skip
        own = name is None
        shown = words.names("; ".join(dict.fromkeys(outlets))) if name is None else words.names(name)
        institution = words.names(affiliation) if affiliation and affiliation != name else None
        return Voice(
            words.inert(shown),
            words.inert(institution) if institution else None,
            self.side(side),
            words.KINDS["outlet" if own else kind],
            own,
            tuple(words.inert(words.names(c)) for c in chain),
        )

    def position_voice(self, p: Position) -> Voice:
        """Who holds a position; its outlets where it is held in their own voice."""
        return self._voice(p.actor, p.kind, p.affiliation, p.side, (), (self.outlet(s.report) for s in p.statements))

    # ---- rows that cite

    def toll_row(self, t: Toll, anchors: dict[FigureRef, str], scale: Scale | None) -> TollRow:
        """A toll as a row on `scale`; `anchors` are those of all tolls of the incident."""
        outlet = t.outlet or self._read[t.ref.report].report.outlet or "outlet unknown"
        voice = self._voice(t.speaker, t.speaker_kind, t.affiliation, t.side, t.chain, [words.inert(outlet)])
        phrase = words.toll_phrase(t.low, t.high, t.qualifier, words.inert(t.words))
        title, anchor = f"{phrase} {t.harm}: {voice.name}", anchors[t.ref]
        repeats = []
        for ref in t.repeats:
            start, end = self._read[ref.report].figure(ref.figure).span
            span = Span.of(ref.report, self._read[ref.report].report.text, start, end)
            repeats.append(self.cite(span, "words", title, anchor, voice.tone))
        superseded = None
        if not t.standing and t.superseded_by and t.superseded_by in anchors:
            superseded = (anchors[t.superseded_by], "later figure")
        return TollRow(
            anchor=anchor,
            phrase=phrase,
            words=words.inert(t.words),
            vague=t.qualifier == "vague" or t.low is t.high is None,
            glyph=scale.glyph(t.low, t.high, t.qualifier) if scale else Glyph("words"),
            voice=voice,
            said=self.said(t.said, t.said_how, t.ref.report),
            as_of=words.date_phrase(t.as_of, short=True) if t.as_of else None,
            cite=self.cite(t.span, "words", title, anchor, voice.tone, t.sentence),
            repeats=tuple(sorted(repeats, key=lambda c: (c.report, c.paragraph, c.anchor))),
            superseded=superseded,
            withdrawn=t.withdrawn,
            of="" if t.victims == "unspecified" else words.VICTIMS[t.victims],
            sources=self._sources(t),
        )

    def _sources(self, t: Toll) -> str:
        """In how many reports and texts a voice's number stands."""
        held = {ref.report for ref in (t.ref, *t.repeats)}
        texts = {self.originals.get(id, id) for id in held}
        distinct = f", {words.counted(len(texts), 'text')}" if len(texts) < len(held) else ""
        voices = len((t.speaker or "").split("; "))
        return f"{words.counted(voices, 'voice')} in {words.counted(len(held), 'report')}{distinct}"

    def said_cite(self, ref: FigureRef | StatementRef) -> Cite:
        """The words of a figure or a statement."""
        if isinstance(ref, StatementRef):
            return self.statement_cite(ref)
        read = self._read[ref.report]
        return self.cite(Span.of(ref.report, read.report.text, *read.figure(ref.figure).span), "words", None, None)

    def said_cites(self, refs: Iterable[FigureRef | StatementRef]) -> tuple[Cite, ...]:
        """The words of several, each place once, by report."""
        cites = {cite.anchor: cite for cite in map(self.said_cite, refs)}
        return tuple(sorted(cites.values(), key=lambda c: (c.report, c.paragraph, c.anchor)))

    def entry(self, p: Position, voice: Voice, anchor: str) -> Entry:
        """A position with all its sentences."""
        cites = []
        for sentence in p.sentences:
            inside = [c for c in p.content if c.report == sentence.report and c.start < sentence.end and c.end > sentence.start]
            hull = (min(c.start for c in inside), max(c.end for c in inside)) if inside else (sentence.start, sentence.end)
            title = f"{voice.name} {words.act_phrase(p)}"
            for c in inside:
                self._mark(c, "content", None, None, voice.tone)
            cites.append(self.cite(sentence, "sentence", title, anchor, voice.tone, hit=hull))
        return Entry(
            anchor=anchor,
            # "the coalition justifies the coalition" says no more than that it justifies what it did
            target=words.inert(words.names(p.target)) if p.target and p.target not in (p.actor, p.affiliation, p.side) else None,
            said=words.date_phrase(p.said, short=True),
            via=tuple(words.inert(words.names(c)) for c in p.chain),
            # A copy never stands for its original, whatever their dates; one place said twice is shown once.
            cites=tuple(sorted(dict.fromkeys(cites), key=lambda c: (c.echo, c.report, c.paragraph))),
            act=words.ACTS[p.stance],
            phrase=words.act_phrase(p),
        )

    def statement_cite(self, ref: StatementRef) -> Cite:
        """The sentence of a statement, its content as the words that count."""
        read = self._read[ref.report]
        statement = read.statement(ref.statement)
        content = statement.content or statement.cue
        start, end = min(s for s, _ in content), max(e for _, e in content)
        sentence = Span.of(ref.report, read.report.text, *read.reading.sentence_of((start, end)))
        return self.cite(sentence, "sentence", None, None, hit=(start, end))

    def cite(
        self, span: Span, kind: str, title: str | None, anchor: str | None, tone: int = 0, sentence: Span | None = None,
        hit: Offsets | None = None,
    ) -> Cite:  # fmt: skip
        """One click to `span`: marks it in its report, with a way back to `anchor`, and cites it within `sentence` (looked up
        where not given); `hit` are the words that count where they are fewer than the span's."""
        read = self._read[span.report]
        whole = (sentence.start, sentence.end) if sentence else read.reading.sentence_of((span.start, span.end))
        if whole != (span.start, span.end):
            self._mark(Span.of(span.report, read.report.text, *whole), "sentence", None, None, tone)
        self._mark(span, kind, title, anchor, tone)
        start, end = hit or (span.start, span.end)
        whole = (min(whole[0], start), max(whole[1], end))
        return Cite(
            report=self.number[span.report],
            paragraph=self._paragraph(span),
            outlet=self.outlet(span.report),
            anchor=self._anchor(span),
            sentence=words.inert(read.report.text[whole[0] : whole[1]]),
            start=start - whole[0],
            end=end - whole[0],
            echo=span.report in self.originals,
            page=source.page(span.start) if (source := self.sources.get(span.report)) else None,
        )

    def _paragraph(self, span: Span) -> int:
        return self._paragraph_at(span.report, span.start)

    def _paragraph_at(self, report: str, at: int) -> int:
        return next((i for i, (_, end) in enumerate(self._paragraphs[report], 1) if at < end), 1)

    def _carries(self, link: PassageLink) -> str:
        """Whose paragraph a report carries, in words."""
        mine, theirs = self._paragraph_at(link.copy, link.span[0]), self._paragraph_at(link.original, link.source[0])
        return words.inert(f"¶{mine} stands in R{self.number[link.original]} ¶{theirs}: {'; '.join(link.reasons)}")

    # ---- marks

    def _anchor(self, span: Span) -> str:
        return f"r{self.number[span.report]}-{span.start}-{span.end}"

    def _mark(self, span: Span, kind: str, title: str | None, anchor: str | None, tone: int) -> None:
        marked = self._marked[span.report].setdefault((span.start, span.end), _Marked())
        marked.kinds.add(kind)
        # A figure's or a speaker's colour outlives that of a pair that spans two sides.
        marked.tone = marked.tone or tone
        if title and title not in marked.titles:
            marked.titles.append(title)
        if title and anchor and anchor not in {b.anchor for b in marked.backs}:
            marked.backs.append(Back(title, anchor, tone))

    def reports(self, incidents: Sequence[IncidentView]) -> tuple[ReportView, ...]:
        """The appendix: call it last, when everything has been cited."""
        return tuple(self._report(id, incidents) for id in self.ids)

    def _report(self, id: str, incidents: Sequence[IncidentView]) -> ReportView:
        read, n = self._read[id], self.number[id]
        report = read.report
        marks = [
            Mark(start, end, f"r{n}-{start}-{end}", tuple(sorted(m.kinds)), m.tone, "; ".join(m.titles), tuple(m.backs))
            for (start, end), m in sorted(self._marked[id].items())
        ]
        laid, cut = lay(words.inert(report.text), marks)
        links = [link for link in self._copies.get(id, ()) if link.original in self.number]
        status, reasons = "read", tuple(words.inert(r) for link in links for r in link.reasons)
        if report.not_read or read.reading.error:
            status = report.not_read or f"not read: {read.reading.error}"
        elif links:
            status = f"{words.COPIES[links[0].kind]} R{self.number[links[0].original]}"
            reasons = (f"{links[0].share:.0%} of its text stands there", *reasons)
        reasons += tuple(self._carries(link) for link in self._passages.get(id, ()) if link.original in self.number)
        published = report.published
        return ReportView(
            anchor=f"r{n}",
            number=n,
            title=words.inert(report.title or "no title"),
            outlet=self.outlet(id),
            credit=words.inert(" · ".join(p for p in (report.agency, report.byline, report.dateline) if p)),
            said=self.said(published.value if published else None, published.how if published else None, id),
            language=report.language,
            url=words.inert(report.url) if report.url else None,
            status=words.inert(status),
            reasons=reasons,
            read=not (report.not_read or read.reading.error),
            original=self.number[links[0].original] if links else None,
            incidents=tuple((i.anchor, i.title) for i in incidents if n in {c.number for c in i.carriers}),
            paragraphs=laid,
            cut=cut,
            origin=words.origin_phrase(self.sources.get(id)),
            capture=report.capture,
        )


def _tones(contests: Iterable[Contest]) -> dict[str, int]:
    """A tone for each side, one through the whole dossier and another than those it meets in any incident, as far as they reach.

    The most heard choose first, ties by name; each takes the first tone left to it, as the first are the easiest told apart. So
    the same facts always get the same colours.
    """
    heard: Counter[str] = Counter()
    meets: dict[str, set[str]] = {}
    for c in contests:
        here = [s for s in (*(t.side for t in c.tolls), *(p.side for p in c.positions), *(o.side for o in c.origins)) if s]
        heard.update(here)
        for side in here:
            meets.setdefault(side, set()).update(here)
    tones: dict[str, int] = {}
    for side in sorted(heard, key=lambda s: (-heard[s], s)):
        taken = {tones.get(other) for other in meets[side]}
        tones[side] = next((t for t in range(1, TONES + 1) if t not in taken), TONES + 1)
    return tones
