"""The dossier in the terminal: the same rows as the page, in the same order, compact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from counterclaim.dossier import words
from counterclaim.dossier.cites import Cite, Voice
from counterclaim.dossier.rows import (
    ConcededRow,
    ConflictRow,
    DossierView,
    HeldRow,
    HistoryRow,
    IncidentView,
    IssueRow,
    ReportView,
    SideBlock,
)
from counterclaim.dossier.strip import Glyph, Scale
from counterclaim.dossier.tolls import TollRow, TollTable
from counterclaim.dossier.view import dossier_view
from counterclaim.records import NO_EVIDENCE, Contest, Evidence, Linkage, ReadReport

TONES = (
    "bright_black", "dodger_blue2", "dark_orange3", "dark_cyan", "magenta3", "gold3", "sky_blue2", "tan", "dark_olive_green3",
    "white",
)  # fmt: skip
"""The page's side colours in the nearest colours that stay legible on light and on dark terminals; 0 is grey."""

QUIET = "dim"

IN_FULL = 100
"""Incidents printed in full, those with most reports first: more pages than anybody reads off a screen, and drawing each of five
thousand took longer than linking them. Of the others a line each is printed; the page has all of them."""


def print_dossier(
    contests: Sequence[Contest],
    reports: Sequence[ReadReport],
    linkage: Linkage,
    console: Console,
    *,
    left_out: Sequence[str] = (),
    evidence: Evidence = NO_EVIDENCE,
) -> None:
    """Prints the dossier of `contests` to `console`, in colour only where the console has colour.

    `left_out` are lines on what could not be read, and `evidence` says where the reports come from. Where a report is cited,
    "R2 ¶3" is its number in the list at the end and the paragraph there. Of more incidents than `IN_FULL` the first are printed
    in full, with their reports, the others in a line each.
    """
    view = dossier_view(contests, reports, linkage, left_out, evidence=evidence)
    console.print(Text(view.summary, "bold"))
    console.print(Text(words.NOT_VERIFIED, QUIET))
    full, brief = view.incidents[:IN_FULL], view.incidents[IN_FULL:]
    for incident in full:
        console.print()
        for part in _incident(incident, console.width):
            console.print(part)
    if brief:
        console.print(_heading(f"{words.counted(len(brief), 'more incident')}, in a line each"))
        for incident in brief:
            console.print(_brief(incident))
    console.print()
    cited = {carrier.number for incident in full for carrier in incident.carriers}
    for part in _reports(view, [r for r in view.reports if not brief or r.number in cited]):
        console.print(part)


def _brief(i: IncidentView) -> RenderableType:
    toll, of = i.headline
    reports = words.counted(len(i.carriers), "report")
    return Text.assemble((i.title, "bold"), f"  {toll} {of}", (f"  {i.voices} {i.voice_noun} in {reports}", QUIET))


def _incident(i: IncidentView, width: int) -> Iterable[RenderableType]:
    wide = width >= 120
    yield _head(i, width)
    for heading, tables in (
        ("Tolls, side by side", i.tolls), ("Parts of a toll", i.parts), ("Other totals, never added", i.others),
    ):  # fmt: skip
        if tables:
            yield _heading(heading)
            yield from (_tolls(table, 34 if wide else 16) for table in tables)
    if i.known:
        yield _known(i, 34 if wide else 16)
    if i.positions:
        yield _heading("Positions, by side")
        if i.columns and wide:
            yield _matrix(i)
        if i.courses:
            yield _courses(i)
        yield from (_positions(block, wide) for block in i.positions)
    if i.answers:
        yield _heading("When and where, as said")
        yield _held(i.answers)
    if i.conflicts:
        yield _heading("What contradicts")
        yield from (_conflict(c, wide) for c in i.conflicts)
    if i.details:
        yield _heading("The attack, as told")
        yield _details(i)
    if i.shared:
        yield _heading("Common ground")
        yield _held(i.shared)
    yield _heading("Voices, not echoes")
    yield _voices(i)
    if i.timeline:
        yield _heading("Time line")
        yield _timeline(i)


def _heading(text: str) -> RenderableType:
    return Padding(Text(text, "bold underline"), (1, 0, 0, 0))


def _grid(*ratios: int, widths: Sequence[int | None] = ()) -> Table:
    """A borderless table; a column is `widths[k]` wide, or takes its ratio of the room where that is None."""
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for k, ratio in enumerate(ratios):
        width = widths[k] if k < len(widths) else None
        grid.add_column(ratio=None if width else ratio, width=width, overflow="fold")
    return grid


def _quiet(text: str) -> Text:
    return Text(text, "italic dim" if text == words.UNKNOWN else QUIET)


def _plain(text: str, style: str = "") -> Text:
    return _quiet(text) if text == words.UNKNOWN else Text(text, style)


def _dot(tone: int) -> Text:
    return Text("● " if tone else "○ ", TONES[tone])


def _ref(c: Cite) -> Text:
    page = f" p. {c.page}" if c.page else ""
    return Text(f"R{c.report}¶{c.paragraph}{page}" + ("=" if c.echo else ""), QUIET)


def _quote(c: Cite, width: int) -> Text:
    x = c.excerpt(width)
    return Text.assemble((x.before, QUIET), x.hit, (x.after, QUIET), "  ", _ref(c))


def _head(i: IncidentView, width: int) -> RenderableType:
    facts = _grid(1, 4, widths=(10,))
    inferred = f"  inferred: {i.when_inferred}" if i.when_inferred else ""
    facts.add_row(_quiet("Date"), Text.assemble(_plain(i.when), (f"  {i.when_precision}".rstrip() + inferred, QUIET)))
    facts.add_row(_quiet("Place"), Text.assemble(_plain(i.place), (f"  {i.place_precision}", QUIET)))
    accused = [Text.assemble((a.name, "bold"), (f"  by {a.accusers}" if a.by else "", QUIET)) for a in i.accused]
    facts.add_row(_quiet("Accused"), Text("\n").join(accused) if accused else _quiet(words.UNKNOWN))
    if i.silent:
        facts.add_row(_quiet("Not heard"), Text(", ".join(s.name for s in i.silent)))
    if i.conceded:
        facts.add_row(_quiet("Conceded"), Text("\n").join(_conceded(c) for c in i.conceded))
    if i.issues:
        facts.add_row(_quiet("At issue"), Text("\n").join(map(_issue, i.issues)))
    toll, of = i.headline
    worded = f", in words {', '.join(i.in_words)}" if i.in_words else ""
    counts = Text.assemble(
        _plain(toll, "bold"), f" {of}{worded}", (" · ", QUIET),
        (i.voices, "bold"), f" {i.voice_noun} in {words.counted(len(i.carriers), 'report')}", (" · ", QUIET),
        (str(i.clashes), "bold"), " contradiction" if i.clashes == 1 else " contradictions",
    )  # fmt: skip
    title = Text.assemble(" ", (i.title, "bold"), (" wider total" if i.aggregate else "", QUIET), " ")
    inside: list[RenderableType] = [facts, Text(), counts]
    fits = title.cell_len <= width - 4  # corners and one stroke on either side
    if not fits:  # a frame would cut it, and the end may say that the date is unknown
        inside = [title[1:-1], Text(), *inside]
    return Panel(
        Group(*inside), title=title if fits else None, title_align="left", box=box.HEAVY, border_style=QUIET, padding=(0, 1)
    )


def _issue(issue: IssueRow) -> Text:
    more = f" and {len(issue.against) - 2} more" if len(issue.against) > 2 else ""
    against = "; ".join(issue.against[:2]) + more
    return Text.assemble((f"{issue.question}? ", QUIET), (issue.label, "bold"), (" against ", QUIET), against)


def _who(v: Voice) -> Text:
    who = Text.assemble(_dot(v.tone), (v.name, "bold"), (" own voice" if v.own else "", QUIET))
    who.append(f", {v.party}" if v.party else "", QUIET)
    return who.append(f" via {', '.join(v.via)}" if v.via else "", QUIET)


def _conceded(c: ConcededRow) -> Text:
    return Text.assemble(_dot(c.tone), (c.party, "bold"), f": {c.phrase} ", Text(", ").join(map(_ref, c.cites[:3])))


def _tolls(table: TollTable, strip: int) -> RenderableType:
    grid = _grid(2, 3, 4, 2, 1, widths=(14, strip, None, 13, 7))
    grid.add_row(Text(table.heading, "bold"), _axis(table.scale, strip), _quiet("Speaker"), _quiet("Date said"), _quiet("Where"))
    for r in table.head:
        worded = ", words read as numbers" if r.worded else ""
        of = f", {r.of}" if r.of != "everyone" or len(table.groups) > 1 else ""
        grid.add_row(Text(r.phrase), _strip(r.glyph, strip, QUIET), _quiet(f"{r.name}{of}{worded}"), Text(), Text())
    day = None
    for t in table.rows:
        grid.add_row(*_toll(t, strip, dated=t.said.date != day))
        day = t.said.date
    return Padding(grid, (0, 0, 1, 0))


def _known(i: IncidentView, strip: int) -> RenderableType:
    grid = _grid(2, 3, 4, widths=(14, strip))
    for k in i.known:
        said = f"  {words.counted(k.voices, 'voice')} in {words.counted(k.reports, 'report')}"
        grid.add_row(Text(k.date), _strip(k.glyph, strip, QUIET), Text.assemble((k.phrase, "bold"), (said, QUIET)))
    return Group(Text("As known on each day", "bold"), Padding(grid, (0, 0, 1, 0)))


def _matrix(i: IncidentView) -> RenderableType:
    """Actors by questions, each cell with what is done and when it was done first."""
    headings = list(words.COLUMNS.values())
    grid = _grid(3, *[2 for _ in i.columns])
    grid.add_row(Text(), *(_quiet(headings[k]) for k in i.columns))
    for b in i.positions:
        for a in b.charted:
            cells = []
            for k in i.columns:
                c = a.cells[k]
                moves = (
                    [Text.assemble(act, (f" {when}" if when != words.UNKNOWN else "", QUIET)) for act, when in c.moves]
                    if c
                    else []
                )
                cells.append(Text(", ").join(moves))
            grid.add_row(Text.assemble(_dot(b.tone), a.voice.name), *cells)
    return Padding(grid, (0, 0, 1, 0))


def _courses(i: IncidentView) -> RenderableType:
    grid = _grid(1, 1, 4, widths=(24, 24))
    for c in i.courses:
        party = Text.assemble(_dot(c.tone), (c.party, "bold"))
        for k, step in enumerate(c.steps):
            when = f"{step.when if step.when != words.UNKNOWN else 'date unknown'}{' as told' if step.told else ''}"
            said = Text(", ").join(Text(act, "bold" if moved else "") for act, _, _, moved in step.chips)
            grid.add_row(party if not k else Text(), Text.assemble(("→ " if step.moves else "  ", QUIET), when), said)
    return Group(Text("How words moved", "bold"), Padding(grid, (0, 0, 1, 0)))


def _details(i: IncidentView) -> RenderableType:
    grid = _grid(1, 5, widths=(20,))
    for question, rows in groupby(i.details, key=lambda d: d.question):
        for k, d in enumerate(rows):
            said = [
                (names, how)
                for names, how in ((d.holders, ""), (d.deniers, "denied by "), (d.doubters, "left open by "))
                if names
            ]
            who = "; ".join(f"{how}{_some(names)}" for names, how in said)
            grid.add_row(_quiet("" if k else question), Text.assemble((d.label, "bold"), (f"  {who}", QUIET)))
    return grid


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def _held(rows: Sequence[HeldRow]) -> RenderableType:
    grid = _grid(1, 3, 4, widths=(20,))
    for s in rows:
        more = f" and {len(s.holders) - 4} more" if len(s.holders) > 4 else ""
        inferred = f"  inferred: {s.inferred}" if s.inferred else ""
        who = Text.assemble((f"{', '.join(s.holders[:4])}{more}{inferred}  ", QUIET), Text(", ").join(map(_ref, s.cites[:4])))
        grid.add_row(_quiet(s.question), Text(s.label, "bold"), who)
    return grid


def _axis(scale: Scale | None, width: int) -> Text:
    """The ticks' numbers above the strips, those left out that would touch the one before."""
    line = ""
    for at, label in scale.ticks if scale else ():
        start = min(round(at * (width - 1)), width - len(label))
        if not line or start > len(line):
            line = line.ljust(start) + label
    return _quiet(line)


def _toll(t: TollRow, strip: int, *, dated: bool) -> tuple[Text, ...]:
    old = QUIET if t.superseded or t.withdrawn else ""
    when = _plain(t.said.date if dated else "")
    for note in (
        t.said.how if dated else None,
        f"as of {t.as_of}" if t.as_of else None,
        t.superseded[1] if t.superseded else None,
        "withdrawn" if t.withdrawn else None,
    ):
        when.append(f"\n{note}" if note else "", QUIET)
    where = _ref(t.cite).append(f"\n+{len(t.repeats)} more" if t.repeats else "")
    phrase = Text(t.phrase, old or ("italic" if t.vague else "bold"))
    who = _who(t.voice).append(f", {t.of}" if t.of else "")
    return phrase, _strip(t.glyph, strip, TONES[t.voice.tone]), who, when, where


def _strip(g: Glyph, width: int, style: str) -> Text:
    """The toll's shape in characters: ● a number, ●─● an interval, ○─▸ and ◂─○ an open end, ░ a word without a number."""
    if g.shape == "words":
        return _quiet("no number")
    cells = ["·"] * width
    start, end = (min(round(x * (width - 1)), width - 1) for x in (g.start, g.end))
    if g.shape in ("dot", "about"):
        cells[start] = "●" if g.shape == "dot" else "◉"
    elif g.shape == "interval":
        cells[start : end + 1] = ["─"] * (end - start + 1)
        cells[start] = cells[end] = "●"
    elif g.shape == "from":
        reach = min(start + 3, width - 1)
        cells[start : reach + 1] = ["○", *"─" * (reach - start)]
        cells[reach] = "▸" if reach > start else "○"
    elif g.shape == "to":
        reach = max(end - 3, 0)
        cells[reach : end + 1] = [*"─" * (end - reach), "○"]
        cells[reach] = "◂" if reach < end else "○"
    else:
        cells[start : end + 1] = ["░"] * (end - start + 1)
        if g.shape == "band from":
            cells[-1] = "▸"
    drawn = Text()
    for c in cells:
        drawn.append(c, QUIET if c == "·" else style)
    return drawn


def _positions(b: SideBlock, wide: bool) -> RenderableType:
    grid = _grid(2, 2, 5, widths=(28, 26) if wide else (16, 14))
    for actor in b.actors:
        name = actor.voice.name
        for stance in actor.stances:
            for e in stance.entries:
                about = f"via {', '.join(e.via)}" if e.via else ""
                quote = _quote(e.cites[0], 170 if wide else 110)
                if len(e.cites) > 1:
                    quote.append(f" +{len(e.cites) - 1} more", QUIET)
                grid.add_row(Text(name), Text(e.phrase), Text.assemble(quote, (f"  {about}" if about else "", QUIET)))
                name = ""
    return Group(Text.assemble(_dot(b.tone), (b.name, "bold")), Padding(grid, (0, 0, 0, 2)))


def _conflict(c: ConflictRow, wide: bool) -> RenderableType:
    width = 160 if wide else 80
    faces = _grid(1, 1)
    for k, (face, reason) in enumerate(c.against):
        first = Text.assemble(("\n".join(c.face.lines), "bold"), "\n", _quote(c.face.cite, width)) if not k else Text()
        faces.add_row(
            first, Text.assemble(("\n".join(face.lines), "bold"), "\n", _quote(face.cite, width), (f"\n{reason}", "italic dim"))
        )
    kind = Text.assemble((c.kind, "bold" if c.clash else QUIET), (f" · {c.question}", QUIET))
    return Padding(Group(kind, faces), (0, 0, 1, 2))


def _voices(i: IncidentView) -> RenderableType:
    grid = _grid(3, 2, 3, widths=(None, 14))
    for o in i.origins:
        side = f", {o.side.name}" if o.side and o.side.name != o.name else ""
        kind = f", {o.kind}" if o.kind != "named" else ""
        carried = " ".join(f"R{c.number}" + ("=" if c.echo else "") for c, yes in zip(i.carriers, o.carried, strict=True) if yes)
        counts = words.counted(o.utterances, "utterance") if o.counts == "1" else f"counts {o.counts}"
        grid.add_row(Text.assemble(_dot(o.tone), o.name, (side + kind, QUIET)), _quiet(counts), Text(carried))
    rule = Text(i.count_rule + (" = marks a copy." if any(c.echo for c in i.carriers) else ""), QUIET)
    joined = []
    for j in i.joined:
        where = Text(" = ").join(_ref(c) for c in j.cites)
        joined.append(Text.assemble(("said once, carried by several  ", QUIET), (f"{j.speaker}  ", "bold"), where))
    return Group(Text(i.count_line, "bold"), rule, grid, *joined)


def _timeline(i: IncidentView) -> RenderableType:
    grid = _grid(1, 5, widths=(20,))
    for d in i.timeline:
        date = Text(d.date)
        for s in d.speeches:
            said = Text(" · ").join(Text.assemble(p.label, " ", _ref(p.cite) if p.cite else "") for p in s.points)
            grid.add_row(date, Text.assemble(_dot(s.tone), (f"{s.name}  " if s.name else "", "bold"), said))
            date = Text()
    return grid


def _reports(view: DossierView, shown: Sequence[ReportView]) -> Iterable[RenderableType]:
    yield Rule(Text("The reports", "bold"), align="left", style=QUIET)
    grid = _grid(1, 2, 2, 4, widths=(4, None, 13))
    for r in shown:
        status = "" if r.status == "read" else f"\n{r.status}"
        reasons = (f" ({'; '.join(r.reasons)})" if status else "\n" + "\n".join(r.reasons)) if r.reasons else ""
        status += f"\n{r.origin}" if r.origin else ""
        date = Text.assemble(_plain(r.said.date), (f"\n{r.said.how}" if r.said.how else "", QUIET))
        grid.add_row(Text(f"R{r.number}", "bold"), Text(r.outlet), date, Text.assemble(r.title, (status + reasons, QUIET)))
    yield grid
    if more := len(view.reports) - len(shown):
        yield Text(f"{words.counted(more, 'more report')}, listed in the page", QUIET)
    for history in view.histories:
        yield from _history(history)
    for line in view.left_out:
        yield Text(f"left out  {line}", QUIET)
    for a, b in view.names:
        yield Text(f"{a} is shown as {b}", QUIET)
    yield Text(words.NOT_VERIFIED, QUIET)


def _history(h: HistoryRow) -> Iterable[RenderableType]:
    yield Text.assemble(("\nCaptured several times  ", "bold"), h.address)
    grid = _grid(1, 1, 5, widths=(28, 10))
    for v in h.versions:
        head = Text.assemble((f"R{v.number}", "bold"), (f"  {v.when}", QUIET))
        if not v.changes:
            grid.add_row(head, Text(), _quiet("" if v.first else "no claim changed"))
        for c in v.changes:
            now = Text.assemble(_quiet("gone") if c.after is None else (c.now or "none", "bold"))
            change = Text.assemble(c.was or ("new" if c.before is None else "none"), (" → ", QUIET), now, "  ")
            grid.add_row(head, Text(c.kind), change + Text(" ").join(_ref(x) for x in (c.before, c.after) if x))
            head = Text()
    yield grid
