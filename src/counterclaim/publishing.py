"""What leaves a case: gathered from it, without what its audience is not shown, written by a format and noted in the log."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO

from counterclaim.case.canonical import canonical, plain
from counterclaim.contest import PRINTED_RULES
from counterclaim.dossier import checked_line, methodology, to_html, to_paper, to_pdf
from counterclaim.dossier.words import counted
from counterclaim.errors import CaseError, CounterclaimError
from counterclaim.exchange import (
    AUDIENCES,
    Coarseness,
    Earlier,
    Export,
    Format,
    Masks,
    Piece,
    accounts_in,
    bundled,
    handles_in,
    hidden_in,
    narrowed,
    told_of,
)
from counterclaim.exchange import FORMATS as PURE
from counterclaim.records import (
    NO_EVIDENCE,
    Contest,
    Evidence,
    Linkage,
    Profile,
    Range,
    ReadReport,
    Report,
    Run,
    Standing,
    View,
)  # fmt: skip
from counterclaim.resolving import across, country_place, region_of, with_profile
from counterclaim.version import __version__

if TYPE_CHECKING:
    from counterclaim.case import Store
    from counterclaim.pipeline import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On which terms something leaves a case: for whom, which names somebody decided to show, which further words to mask, how
    closely points are told (None: as the audience sees them), how many days old an incident must be, which incidents (None:
    all), and whose values their numbers of harmed are summed up by where words
    are vague ("plain": nobody's)."""

    audience: str = "public"
    shown: Collection[str] = ()
    words: Sequence[str] = ()
    coarseness: Coarseness | None = None
    delay: int = 0
    incidents: Collection[str] | None = None
    profile: Profile = "plain"


def _dossier(export: Export) -> Iterator[Piece]:
    """One page that opens offline and loads nothing: each incident with its tolls, positions, contradictions and voices, every
    value a click from its sentence. Outside of the case the reports are given in excerpts: of the sentences that are cited as
    many characters as the audience may quote, the words that count among them, and "…" for the rest.
    """
    masks = export.masks
    page = to_html(
        *_laid(export), title=masks(export.title), made_with=export.made_with, left_out=export.left_out,
        evidence=_evidence(export), whole=export.audience.texts, most=export.audience.quote,
        fixed=checked_line(export.view),
    )  # fmt: skip
    yield masks.in_html(page).encode("utf-8", "backslashreplace"), len(export.contests)


MOST_ON_PAPER = 50
"""Incidents in a PDF at most: some five pages each, a second or two a page."""


def _paper(export: Export) -> Iterator[Piece]:
    """The dossier on sheets of paper: every incident with its tolls, positions, contradictions and voices, each with a short
    quotation; at the end the reports with the SHA-256 of what was captured. On every page stands how far people checked it.
    """
    if len(export.contests) > MOST_ON_PAPER:
        raise CounterclaimError(
            f"{len(export.contests)} incidents are too many for a PDF; choose at most {MOST_ON_PAPER} with --incident, or take "
            "the dossier as a page"
        )
    page = to_paper(
        *_laid(export), title=export.masks(export.title), made_with=export.made_with, left_out=export.left_out,
        evidence=_evidence(export), fixed=checked_line(export.view),
    )  # fmt: skip
    yield to_pdf(export.masks.in_html(page)), len(export.contests)


def _laid(export: Export) -> tuple[list[Contest], list[ReadReport], Linkage]:
    """What the dossier is laid out from, as the audience may see it."""
    reports = [ReadReport(_shown(export, read.report), read.reading) for read in export.reports.values()]
    contests = [
        replace(contest, incident=replace(contest.incident, title=export.title_of(contest.incident)))
        for contest in export.contests
    ]
    return contests, reports, export.linkage


def _evidence(export: Export) -> Evidence:
    """Where reports come from; nothing for those who are not to see paths."""
    return export.evidence if export.audience.texts else NO_EVIDENCE


def _shown(export: Export, report: Report) -> Report:
    """The report with the outlet, the address and the byline that the audience may see."""
    outlet = export.outlet(report)
    byline = None if outlet == "[account]" else report.byline
    return replace(report, outlet=outlet or None, url=export.address(report.url) or None, byline=byline)


def _methodology(export: Export) -> Iterator[Piece]:
    """One page on how the case was made: its sources, languages and dates, what read it and by which rules, how voices are
    counted, what was set aside, and how far people checked it.
    """
    yield export.masks.in_html(methodology(export)).encode("utf-8", "backslashreplace"), 1


def _decisions(export: Export) -> Iterator[Piece]:
    """A line a decision, as JSON: its fields as the case keeps them, where it stands among the others (`state`), and what it
    finds in the machine's facts of today (`outcome`). Outside of the case what the machine had read there (`seen`) is left
    out, and the words that it is about are short. Reasons leave as they were written, without the names that are masked.
    """
    for standing in export.view.standings:
        made = replace(standing.decision, user=export.signer(standing.decision.user))
        told = {**plain(made), "state": standing.state, "outcome": standing.outcome}
        if not export.audience.texts:
            told = _outside(export, told)
        yield canonical(export.masks.in_json(told)).encode() + b"\n", 1


def _outside(export: Export, decision: dict[str, Any]) -> dict[str, Any]:
    """A decision without what the machine had read there, with short quotations, and points told as closely as may be."""
    for span in (decision["anchor"], *decision["members"], *decision["others"]):
        if span is not None:
            span.update(quote=export.quote(span["quote"]), prefix="", suffix="")
    value = json.loads(decision["value"]) if decision["value"] else None
    if isinstance(value, dict) and "lat" in value and "lon" in value:
        value["lat"], value["lon"] = export.point(value["lat"], value["lon"])
        decision["value"] = canonical(value)
    return {**decision, "seen": None}


def _all(export: Export) -> Iterator[Piece]:
    """Every other format in one archive. `ro-crate-metadata.json` lists the files, what each is good for, and their SHA-256; it
    says which could not be written for this audience or on this machine, and why.
    """
    files: list[tuple[Format, bytes]] = []
    left_out: list[str] = []
    for format in FORMATS.values():
        if format.key == "all":
            continue
        try:
            files.append((format, b"".join(piece for piece, _ in format.write(export))))
        except CounterclaimError as why:
            left_out.append(f"{format.key}: {why}")
    yield bundled(export, files, left_out), len(files)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        one.key: one
        for one in (
            Format("dossier", "Dossier", "one page that opens offline, to read and to print", "html", "text/html", _dossier),
            Format(
                "pdf", "Dossier on paper", "sheets to print and to file, with short quotations and hashes", "pdf",
                "application/pdf", _paper,
            ),
            Format(
                "methodology", "Methodology sheet", "what was read and how, what was set aside, how far people checked it",
                "html", "text/html", _methodology,
            ),
            *PURE.values(),
            Format(
                "decisions", "Decisions as JSON lines", "who decided what, when and why", "jsonl", "application/x-ndjson",
                _decisions,
            ),
            Format(
                "all", "Everything", "all formats in one archive, listed with their hashes (RO-Crate)", "crate.zip",
                "application/zip", _all,
            ),
        )
    }
)  # fmt: skip
"""All formats by key, the likeliest wanted first."""


def gathered(case: Case, terms: Terms, title: str, now: datetime) -> Export:
    """What of a case may leave it on these terms at `now` (aware)."""
    view, evidence = case.view, case.evidence
    return export_of(
        view, case.contests, terms, title=title, now=now, evidence=evidence, runs=runs_of(case.store),
        earlier=earlier_of(case.store),
    )  # fmt: skip


def runs_of(store: Store) -> tuple[Run, ...]:
    """The machine's passes over a case, as its log tells of them."""
    runs: dict[int, Run] = {}
    for entry in store.log():
        what = entry.what
        if entry.event == "run started":
            runs[what["run"]] = Run(what["run"], what["version"], what["models"], what["rules"], entry.made, None)
        elif entry.event == "run finished" and what["run"] in runs:
            runs[what["run"]] = replace(runs[what["run"]], finished=entry.made)
    return tuple(runs.values())


def earlier_of(store: Store) -> tuple[Earlier, ...]:
    """The exports that a case's log tells of."""
    told = (entry for entry in store.log() if entry.event == "exported")
    return tuple(
        Earlier(
            made=entry.made.isoformat(timespec="seconds"),
            **{name: entry.what[name] for name in ("user", "format", "audience", "rows", "sha256")},
        )
        for entry in told
    )  # fmt: skip


def export_of(
    view: View, contests: Sequence[Contest], terms: Terms, *, title: str, now: datetime, evidence: Evidence = NO_EVIDENCE,
    runs: Sequence[Run] = (), earlier: Sequence[Earlier] = (),
) -> Export:  # fmt: skip
    """What of these contests and the view they were laid out from may leave on these terms at `now` (aware).

    CaseError where an incident that is asked for is not there. What people decided on reports that do not leave stays with them.
    """
    audience = AUDIENCES[terms.audience]
    wanted = None if terms.incidents is None else set(terms.incidents)
    missing = set() if wanted is None else wanted - {contest.incident.id for contest in contests}
    if missing:
        raise CaseError(f"there is no incident {min(missing)}; `counterclaim facts` lists them")
    held = [contest for contest in contests if wanted is None or contest.incident.id in wanted]
    left_out: list[str] = []
    if terms.delay:
        last = (now - timedelta(days=terms.delay)).date()
        young = {c.incident.id for c in held if not _surely_by(c, view, evidence, last)}
        held = [contest for contest in held if contest.incident.id not in young]
        n = counted(len(young), "incident")
        left_out.append(f"{n} of the last {terms.delay} days, or of which it is not sure that they are older")
    kept, laid = (view, tuple(held)) if wanted is None and not terms.delay else narrowed(view, held)
    if not audience.texts:
        kept = replace(kept, standings=tuple(_still_there(kept)))
    return Export(
        title=title, view=kept, contests=laid, audience=audience, masks=masks_for(kept.reports, terms), evidence=evidence,
        runs=tuple(runs), earlier=tuple(earlier), rules=PRINTED_RULES,
        summaries=_summaries(kept.reports, laid, terms.profile), region_of=region_of, country_of=country_place,
        coarseness=terms.coarseness, left_out=tuple(left_out),
        made=now.astimezone(UTC).isoformat(timespec="seconds"), made_with=f"counterclaim {__version__}",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """What became of an export: how many rows were written, how many bytes, and their SHA-256 (hexadecimal)."""

    rows: int
    size: int
    sha256: str


def write(export: Export, format: Format, sink: BinaryIO) -> Written:
    """Writes an export to `sink`, piece by piece."""
    digest, rows, size = hashlib.sha256(), 0, 0
    for piece, held in format.write(export):
        sink.write(piece)
        digest.update(piece)
        rows, size = rows + held, size + len(piece)
    return Written(rows, size, digest.hexdigest())


def note(store: Store, export: Export, format: Format, written: Written, *, user: str, shown: int = 0) -> None:
    """Writes down in the case's log who took what out of it for whom; `shown` is how many names somebody decided to show."""
    store.exported({
        "user": user, "format": format.key, "audience": export.audience.key, "rows": written.rows, "sha256": written.sha256,
        "bytes": written.size, "incidents": len(export.contests), "names shown": shown,
    })  # fmt: skip


def masks_for(reports: Sequence[ReadReport], terms: Terms) -> Masks:
    """What stands for the names that the audience is not shown, without those that somebody decided to show."""
    audience = AUDIENCES[terms.audience]
    hidden = tuple(p for p in hidden_in(reports) if p.why in audience.hides and p.name not in terms.shown)
    handles = tuple(h for h in handles_in(reports) if h not in terms.shown) if audience.accounts else ()
    return Masks(hidden, tuple(terms.words), audience.accounts, handles)


def _summaries(
    reports: Sequence[ReadReport], contests: Sequence[Contest], profile: Profile
) -> dict[str, dict[str, Range]]:  # fmt: skip
    if profile == "plain":
        return {}
    readings = {read.report.id: with_profile(read.reading, profile) for read in reports}
    return {
        contest.incident.id: across(
            [readings[m.report].incidents[m.index] for m in contest.incident.members if m.report in readings]
        )
        for contest in contests
    }


def _still_there(view: View) -> Iterator[Standing]:
    """What was decided on reports that nobody hid since: the words of one that was hidden stand in its decisions too."""
    there = {read.report.id for read in view.reports}
    return (standing for standing in view.standings if told_of(standing.decision) <= there)


def _surely_by(contest: Contest, view: View, evidence: Evidence, last: date) -> bool:
    """Whether an incident surely happened on that day or before: its own days say so or, where they are not known, it was
    reported or captured by then."""
    told = contest.incident.date
    if told is not None:
        ended = _day(told.end)
        if ended is not None or told.end == "..":
            return ended is not None and ended <= last
    published = {read.report.id: read.report.published for read in view.reports}
    known: list[date | None] = []
    for id in contest.reports:
        dated, source = published.get(id), evidence.sources.get(id)
        known.append(_day(dated.value) if dated else None)
        known.append(_day(source.received[:10]) if source else None)
    return any(day is not None and day <= last for day in known)


def _day(edtf: str) -> date | None:
    """The day of a whole date; None where any part of it is not known."""
    try:
        return date.fromisoformat(edtf) if len(edtf) == 10 else None
    except ValueError:
        return None


def stays(export: Export) -> Iterator[str]:
    """What an export does not show its audience and why, a line each: for the eyes of whoever publishes, with the names in it."""
    audience, masks = export.audience, export.masks
    for person in masks.hidden:
        forms = [form for form in person.forms if form != person.name]
        also = f", also as {', '.join(forms)}" if forms else ""
        yield f"[name {person.number}]\t{person.name}{also}\t{person.why}, in {counted(len(person.reports), 'report')}"
    for words in masks.words:
        yield f"[withheld]\t{words}\tasked for"
    if audience.accounts:
        told = Counter(account for read in export.reports.values() for account in accounts_in(read.report))
        yield from (f"[account]\t{account}\taccount, in {counted(n, 'report')}" for account, n in sorted(told.items()))
    if audience.signatures:
        signed = dict.fromkeys(standing.decision.user for standing in export.view.standings)
        signed |= dict.fromkeys(graded.assessment.user for graded in export.view.graded)
        yield from (f"{export.signer(user)}\t{user}\tworks on the case" for user in signed)
    for url in sorted({read.report.url for read in export.reports.values() if read.report.url}):
        if export.address(url) != url:
            yield f"{export.address(url)}\t{url}\tmay name an account or somebody masked"
    for contest in export.contests:
        exact, told_as = contest.incident.place, export.place(contest.incident)
        if exact is not None and told_as is not None and exact != told_as and exact.lat is not None:
            at = "no point" if told_as.lat is None else f"{told_as.name} {told_as.lat} {told_as.lon}"
            yield f"{at}\t{exact.name} {exact.lat} {exact.lon}\tplace of {contest.incident.title}"
    if audience.quote is not None:
        yield f"…\tquotations\tcut at {audience.quote} characters"
    if not audience.texts:
        yield "-\twhole texts of reports and the paths they came from\tstay in the case"
    yield from (f"-\t{line}\tdelayed" for line in export.left_out)
