"""From contests, reports and links to the rows that both printers lay out: pure, sorted, every value with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import groupby

from counterclaim.contest import of_all
from counterclaim.dossier import heads, words
from counterclaim.dossier.cites import Side, Voice
from counterclaim.dossier.desk import Desk
from counterclaim.dossier.histories import history_rows
from counterclaim.dossier.rows import (
    Accused,
    ActorRow,
    Carrier,
    ConcededRow,
    ConflictRow,
    CourseRow,
    Day,
    DetailRow,
    DossierView,
    Face,
    HeldRow,
    IncidentView,
    Joined,
    KnownRow,
    OriginRow,
    Point,
    SideBlock,
    SilentRow,
    Speech,
    Stance,
    StepRow,
)
from counterclaim.dossier.strip import Glyph, Scale, scale_of
from counterclaim.dossier.tolls import RangeRow, TollGroup, TollRow, TollTable
from counterclaim.records import (
    NO_EVIDENCE,
    QUESTIONS,
    Conceded,
    Contest,
    Described,
    Evidence,
    FigureRef,
    Linkage,
    Position,
    Question,
    ReadReport,
    Scope,
    Span,
    StatementRef,
    TollRange,
    Victims,
)  # fmt: skip

VICTIM_ORDER: tuple[Victims, ...] = ("unspecified", "civilians", "children", "women", "men", "military", "militants", "staff")
"""Tolls that do not say of whom come first: they are what the others are parts or readings of."""


def dossier_view(
    contests: Sequence[Contest],
    reports: Sequence[ReadReport],
    linkage: Linkage,
    left_out: Sequence[str] = (),
    run: str = "",
    evidence: Evidence = NO_EVIDENCE,
) -> DossierView:
    """Everything a printer needs, in printing order.

    Incidents with most reports first, then totals over a time or an area, then those of which nothing was claimed; reports by
    publication date. `run` says in words which run made the facts, `evidence` where the reports come from. The order of the
    arguments does not matter. Raises KeyError where a contest names a report that is not among `reports`.
    """
    contests = sorted(contests, key=heads.incident_order)
    desk = Desk(reports, linkage, contests, evidence)
    said = {ref: n for n, utterance in enumerate(linkage.utterances) for ref in utterance.statements}
    incidents = tuple(_incident(desk, contest, linkage, said, i) for i, contest in enumerate(contests, 1))
    histories = history_rows(desk, evidence)
    views = desk.reports(incidents)
    unread = sum(not r.read for r in views)
    echoes = sum(r.original is not None for r in views)
    summary = [
        words.counted(len(views), "report"),
        *([words.counted(echoes, "copy", "copies")] if echoes else []),
        *([f"{words.counted(n, 'report')} captured several times"] if (n := len(histories)) else []),
        *([f"{unread} not read"] if unread else []),
        *([f"{len(left_out)} left out"] if left_out else []),
        words.counted(sum(not i.aggregate for i in incidents), "incident"),
        *([words.counted(n, "wider total")] if (n := sum(i.aggregate for i in incidents)) else []),
    ]
    names = tuple(sorted((words.inert(a), words.inert(b)) for a, b in linkage.names if a != b))
    return DossierView(
        incidents,
        views,
        names,
        tuple(words.inert(line) for line in left_out),
        " · ".join(summary),
        words.inert(run),
        histories,
    )


def _incident(desk: Desk, contest: Contest, linkage: Linkage, said: Mapping[StatementRef, int], n: int) -> IncidentView:
    """One incident laid out; `said` tells which of the utterances each statement is part of."""
    incident, anchor = contest.incident, f"i{n}"
    anchors = {t.ref: f"{anchor}-t{k}" for k, t in enumerate(sorted(contest.tolls, key=heads.toll_order), 1)}
    blocks, places = _positions(desk, contest, anchor)
    tolls = {scopes: _tables(desk, contest, anchors, scopes) for scopes in (("incident",), ("part",), ("period", "running"))}
    date, place = incident.date, incident.place
    numbers = sorted(desk.number[r] for r in contest.reports)
    return IncidentView(
        anchor=anchor,
        number=n,
        title=words.inert(incident.title),
        aggregate=incident.aggregate,
        when=words.when_phrase(date),
        when_short=words.when_phrase(date, short=True),
        when_inferred=words.inert(date.inferred) if date and date.inferred else None,
        when_precision=words.DATE_PRECISION.get(date.precision, "") if date else "",
        place=words.inert(words.place_phrase(place)),
        place_precision=words.PLACE_PRECISION[place.precision] if place else "",
        accused=_accused(contest, blocks),
        headline=heads.headline(contest),
        in_words=heads.in_words(contest),
        voices=heads.voices(contest),
        count_line=heads.count_line(contest),
        count_rule=words.inert(contest.count.rule),
        sides=_sides_of(desk, contest),
        carriers=tuple(Carrier(k, desk.outlet(desk.ids[k - 1]), desk.ids[k - 1] in desk.originals) for k in numbers),
        tolls=tolls["incident",],
        parts=tolls["part",],
        others=tolls["period", "running"],
        positions=blocks,
        conflicts=_conflicts(desk, contest, anchor),
        origins=_origins(desk, contest, numbers),
        joined=_joined(desk, contest, linkage, said),
        silent=tuple(SilentRow(words.inert(words.names(s.name)), desk.said_cites(s.said)) for s in contest.silent),
        timeline=_timeline(desk, contest, anchor),
        reasons=tuple(words.inert(r) for r in incident.reasons),
        courses=_courses(desk, contest, places),
        conceded=tuple(_conceded(desk, c) for c in contest.conceded),
        shared=tuple(
            HeldRow(
                words.QUESTIONS[s.question],
                words.inert(s.label),
                tuple(words.inert(words.names(h)) for h in s.holders),
                desk.said_cites(s.said),
            )
            for s in contest.shared
        ),
        known=_known(contest, tolls["incident",]),
        answers=_answers(desk, contest),
        made=heads.made(desk, contest),
        details=tuple(_detail(desk, d) for d in contest.described),
    )


def _detail(desk: Desk, d: Described) -> DetailRow:
    holders, deniers, doubters = (
        tuple(words.inert(words.names(name)) for name in names) for names in (d.holders, d.deniers, d.doubters)
    )
    cites = {cite.anchor: cite for cite in (desk.cite(span, "words", None, None) for span in d.words)}
    placed = tuple(sorted(cites.values(), key=lambda c: (c.report, c.paragraph, c.anchor)))
    return DetailRow(words.ASPECTS[d.aspect], d.kind, holders, deniers, doubters, placed)


def _sides_of(desk: Desk, contest: Contest) -> tuple[Side, ...]:
    there = {s for s in (*(t.side for t in contest.tolls), *(p.side for p in contest.positions)) if s}
    return tuple(sorted({side.name: side for s in there if (side := desk.side(s))}.values(), key=lambda s: (s.tone, s.name)))


def _answers(desk: Desk, contest: Contest) -> tuple[HeldRow, ...]:
    """When and where, where one answer excludes another; else the head of the incident says it all."""
    disputed = {a.question for a in contest.answers if a.rival}
    return tuple(
        HeldRow(
            words.QUESTIONS[a.question],
            words.inert(words.date_phrase(a.label) if a.question == "time" else a.label),
            tuple(words.inert(words.names(h)) for h in a.holders),
            tuple(desk.cite(span, "words", None, None) for span in a.spans),
            a.rival,
            words.inert(a.inferred) if a.inferred else None,
        )
        for a in contest.answers
        if a.question in disputed
    )


def _tables(desk: Desk, contest: Contest, anchors: dict[FigureRef, str], scopes: tuple[Scope, ...]) -> tuple[TollTable, ...]:
    tolls = sorted((t for t in contest.tolls if ("incident" if of_all(t) else t.scope) in scopes), key=heads.toll_order)
    vague = {t.ref for t in tolls if t.qualifier == "vague"}
    tables = []
    for harm in heads.HARM_ORDER:
        of_harm = [t for t in tolls if t.harm == harm]
        scale = scale_of((t.low, t.high, t.qualifier) for t in of_harm)
        # Ranges over several wider totals would lump different times together; parts are of different wholes.
        apart = scopes != ("incident",) or len(of_harm) == 1
        ranged = [r for r in contest.ranges if (r.harm, r.scope) == (harm, "incident")] if not apart else []
        laid = {t.ref: desk.toll_row(t, anchors, scale) for t in of_harm}
        ranges = {v: tuple(_range(r, anchors, vague, scale, laid) for r in ranged if r.victims == v) for v in VICTIM_ORDER}
        groups = []
        for victims in VICTIM_ORDER:
            rows = tuple(laid[t.ref] for t in of_harm if t.victims == victims)
            if rows:
                shown = ranges[victims] if victims != "unspecified" and len(rows) > 1 else ()
                groups.append(TollGroup(words.VICTIMS[victims], rows, shown))
        if groups:
            tables.append(TollTable(words.HARMS[harm], ranges["unspecified"], scale, tuple(groups), tuple(laid.values())))
    return tuple(tables)


def _range(
    r: TollRange, anchors: dict[FigureRef, str], vague: Set[FigureRef | None], scale: Scale | None,
    laid: Mapping[FigureRef, TollRow],
) -> RangeRow:  # fmt: skip
    low, high = (anchors.get(by) if by else None for by in (r.low_by, r.high_by))
    return RangeRow(
        words.RANGES[r.kind],
        words.range_phrase(r.low, r.high),
        low,
        high,
        bool({r.low_by, r.high_by} & vague),
        scale.glyph(r.low, r.high, "between") if scale else Glyph("words"),
        "everyone" if r.victims == "unspecified" else words.VICTIMS[r.victims],
        tuple((laid[ref].phrase, laid[ref].voice.name, laid[ref].anchor) for ref in r.tolls if ref in laid),
    )


def _known(contest: Contest, tables: Sequence[TollTable]) -> tuple[KnownRow, ...]:
    """The days on which what was known changed, on the scale of the first harm; none where it never did."""
    scale = tables[0].scale if tables else None
    rows: list[KnownRow] = []
    for k in contest.known:
        phrase = words.range_phrase(k.range.low, k.range.high) if k.range else "no number"
        glyph = scale.glyph(k.range.low, k.range.high, "between") if scale and k.range else Glyph("words")
        rows.append(KnownRow(words.date_phrase(k.date, short=True), k.reports, k.voices, phrase, glyph))
    return tuple(rows) if len(rows) > 1 and not contest.incident.aggregate else ()


def _conceded(desk: Desk, c: Conceded) -> ConcededRow:
    if c.low is None and c.high is None:
        phrase = "no number given"
    else:
        of = "" if c.victims == "unspecified" else f"{words.VICTIMS[c.victims]} "
        phrase = f"{words.range_phrase(c.low, c.high)} {of}{c.harm}"
    return ConcededRow(words.inert(words.names(c.party)), desk.tone(c.party), phrase, desk.said_cites(c.by))


def _courses(desk: Desk, contest: Contest, places: Mapping[StatementRef, str]) -> tuple[CourseRow, ...]:
    """The courses in which anything moves."""
    rows = []
    for course in contest.courses:
        if not any(step.moves for step in course.steps):
            continue
        steps = []
        for step in course.steps:
            chips: dict[tuple[str, str], tuple[str, bool]] = {}
            for p in (*step.moved, *step.positions):
                at = next((places[ref] for ref in p.statements if ref in places), None)
                if at is not None:
                    chips.setdefault((words.act_phrase(p), words.QUESTIONS[p.question]), (at, p in step.moved))
            shown = tuple((act, question, at, new) for (act, question), (at, new) in chips.items())
            steps.append(StepRow(words.date_phrase(step.date, short=True), step.told, step.moves, shown))
        rows.append(CourseRow(words.inert(words.names(course.party)), desk.tone(course.party), tuple(steps)))
    return tuple(sorted(rows, key=lambda r: (r.tone == 0, r.tone, r.party)))


def _position_order(p: Position) -> tuple[object, ...]:
    return (p.said or heads.OPEN_END, *((s.report, s.start) for s in p.sentences[:1]))


def _positions(desk: Desk, contest: Contest, anchor: str) -> tuple[tuple[SideBlock, ...], dict[StatementRef, str]]:
    """The actors by side, and for each statement the anchor of the position that it takes."""
    places: dict[StatementRef, str] = {}
    held: dict[tuple[str, str | None, str | None, bool], dict[Question, list[Position]]] = {}
    voices: dict[tuple[str, str | None, str | None, bool], Voice] = {}
    for p in sorted(contest.positions, key=_position_order):
        voice = desk.position_voice(p)
        key = (voice.name, voice.affiliation, voice.side.name if voice.side else None, voice.own)
        voices[key] = voice
        held.setdefault(key, {}).setdefault(p.question, []).append(p)
    blocks: dict[tuple[bool, bool, int, str], list[ActorRow]] = {}
    for n, key in enumerate(sorted(held, key=lambda k: (-len(held[k]), k[0], k[1] or "", k[2] or "")), 1):
        voice = voices[key]
        stances: dict[Question, Stance] = {}
        for question in QUESTIONS:
            if question in held[key]:
                at = f"{anchor}-a{n}-{question}"
                taken = held[key][question]
                entries = tuple(desk.entry(p, voice, f"{at}-{k}") for k, p in enumerate(taken, 1))
                places |= {ref: entry.anchor for p, entry in zip(taken, entries, strict=True) for ref in p.statements}
                acts = ", ".join(dict.fromkeys(entry.act for entry in entries))
                stances[question] = Stance(at, acts, entries, words.QUESTIONS[question])
        name = "outlets, own voice" if voice.own else voice.side.name if voice.side else "side unknown"
        # Sides with a colour first, as their colours are numbered; then the unknown ones; the outlets last.
        block = (voice.own, voice.tone == 0, voice.tone, name)
        blocks.setdefault(block, []).append(ActorRow(voice, tuple(map(stances.get, words.COLUMNS)), tuple(stances.values())))
    return tuple(SideBlock(block[3], block[2], tuple(blocks[block])) for block in sorted(blocks)), places


def _accused(contest: Contest, blocks: Iterable[SideBlock]) -> tuple[Accused, ...]:
    blames = [
        (a.voice.name, e) for b in blocks for a in b.actors for s in a.stances for e in s.entries if e.act == words.ACTS["blame"]
    ]
    alleged = [words.inert(words.names(name)) for name in contest.accused]
    by: dict[str, dict[str, str]] = {name: {} for name in alleged}
    for who, entry in blames:
        if entry.target in by:
            by[entry.target].setdefault(who, entry.anchor)
    return tuple(Accused(name, tuple(by[name].items())) for name in by)


def _conflicts(desk: Desk, contest: Contest, anchor: str) -> tuple[ConflictRow, ...]:
    """The pairs gathered: of all that clash over one question, the claim that stands against most others, with those opposite it.

    What contradicts stands before what only seems to, tolls last, as the strip shows them too; within, the contest's own order.
    """
    rows: list[ConflictRow] = []
    held = sorted(contest.conflicts, key=lambda c: (c.kind != "contradiction", c.question == "toll"))
    for kind, question in dict.fromkeys((c.kind, c.question) for c in held):
        left = [c for c in held if (c.kind, c.question) == (kind, question)]
        while left:
            often = Counter(side for c in left for side in ((c.left_label, c.left), (c.right_label, c.right)))
            # Counter.most_common keeps the first met among equals.
            (face, _), *_ = often.most_common(1)
            pairs = [c for c in left if face in ((c.left_label, c.left), (c.right_label, c.right))]
            left = [c for c in left if c not in pairs]
            at, word = f"{anchor}-c{len(rows) + 1}", words.CONFLICTS[kind]
            cites = desk.said_cites(dict.fromkeys(ref for c in pairs for ref in (*c.left_said, *c.right_said)))
            against = []
            for c in pairs:
                label, span = (c.right_label, c.right) if (c.left_label, c.left) == face else (c.left_label, c.left)
                against.append((_face(desk, label, span, word, at), words.inert(c.reason)))
            rows.append(
                ConflictRow(
                    anchor=at, kind=word, question=words.QUESTIONS[question], face=_face(desk, *face, word, at),
                    against=tuple(against), clash=kind == "contradiction", cites=cites,
                )
            )  # fmt: skip
    return tuple(rows)


def _face(desk: Desk, label: str, span: Span, kind: str, anchor: str) -> Face:
    return Face(words.inert(words.names(label)), desk.cite(span, "clash", kind.lower(), anchor))


def _origins(desk: Desk, contest: Contest, numbers: Sequence[int]) -> tuple[OriginRow, ...]:
    rows = [
        OriginRow(
            words.inert(words.names(o.name)),
            desk.side(o.side),
            words.KINDS[o.kind],
            0 if o.kind == "outlet" else desk.tone(o.side),
            "1" if o.at_most == 1 else f"1 to {o.at_most}",
            o.utterances,
            tuple(n in {desk.number[r] for r in o.reports} for n in numbers),
        )
        for o in contest.origins
    ]
    return tuple(sorted(rows, key=lambda r: (r.kind == "own voice", r.tone == 0, r.tone, -r.utterances, r.name)))


def _joined(desk: Desk, contest: Contest, linkage: Linkage, said: Mapping[StatementRef, int]) -> tuple[Joined, ...]:
    here = {ref for o in contest.origins for ref in o.statements} | {ref for p in contest.positions for ref in p.statements}
    rows = []
    for u in (linkage.utterances[n] for n in sorted({said[ref] for ref in here if ref in said})):
        refs = [ref for ref in u.statements if ref in here]
        # Within one report, or between a report and its copy, nothing was recognised that the copy link does not say.
        if len({desk.originals.get(ref.report, ref.report) for ref in refs}) < 2:
            continue
        cites = (desk.statement_cite(ref) for ref in refs)
        ordered = tuple(sorted(cites, key=lambda c: (c.report, c.paragraph, c.anchor)))
        rows.append(Joined(words.inert(words.names(u.speaker or "own voice")), ordered, tuple(map(words.inert, u.reasons))))
    return tuple(sorted(rows, key=lambda r: (-len(r.cites), r.speaker, r.cites[0].anchor)))


def _timeline(desk: Desk, contest: Contest, anchor: str) -> tuple[Day, ...]:
    days = []
    for date, same in groupby(contest.timeline, key=lambda m: m.date):
        said: dict[tuple[str, int], list[Point]] = {}
        hows: dict[str, None] = {}
        for m in same:
            # A label is "who: what"; what nobody said has no colon and is the event itself.
            name, _, what = words.inert(m.label).rpartition(": ")
            # What somebody said leads back to its own row already; the event has no other place.
            back = None if name else "time line"
            cite = desk.cite(m.span, "moment", back, f"{anchor}-when", desk.tone(m.side)) if m.span else None
            said.setdefault((words.names(name), desk.tone(m.side)), []).append(Point(what, words.inert(m.how), cite))
            hows[words.inert(m.how)] = None
        speeches = tuple(Speech(name, tone, tuple(points)) for (name, tone), points in said.items())
        days.append(Day(words.date_phrase(date), "; ".join(hows), speeches))
    return tuple(days)
