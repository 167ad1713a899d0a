"""The methodology sheet of a case: what was read, by which code and rules, what was set aside, and how far people checked it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from counterclaim.case import SCALES, Rate, Reviewed, agreement, reviewed
from counterclaim.dossier.page import rendered
from counterclaim.dossier.words import DATE_KNOWN, NOT_VERIFIED, counted, date_phrase
from counterclaim.exchange import Export
from counterclaim.records import ReadReport, View, VoiceCount

_KINDS = {"figure": "figures", "statement": "statements", "mention": "incidents as a report tells of them"}
_DAYS = 10  # of an ISO time: its day
_FEW = 30
"""Below so many checked facts a share says little; the sheet says so where its interval alone might be overlooked."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; `caption` says in a line what they are. The first column names, all others are set to the right where
    they are `numbers`."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    numbers: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the sheet: paragraphs, tables, and terms with what is said of each."""

    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()


def methodology(export: Export) -> str:
    """The sheet as the text of one HTML file. All of it follows from the export; nothing in it says that a claim is true."""
    return rendered(
        "methodology.html", title=f"Methodology sheet: {export.text(export.title)}", sections=sections(export),
        made=export.made, made_with=export.made_with, audience=export.audience, fixed=checked_line(export.view),
    )  # fmt: skip


def checked_line(view: View) -> str:
    """How far people checked what is told, in a line to be set on every page."""
    found = reviewed(view).coverage
    facts, checked = sum(each.facts for each in found), sum(each.checked for each in found)
    if not checked:
        return NOT_VERIFIED
    rest = NOT_VERIFIED.partition(". ")[2]
    if checked >= facts:
        return f"Every fact was checked by a person. {rest}"
    return f"{checked:,} of {facts:,} facts were checked by a person, all others are machine-extracted, not verified. {rest}"


def sections(export: Export) -> tuple[Section, ...]:
    """What the sheet says, part by part."""
    return (
        _sources(export), _set_aside(export), _machine(export), _voices(export), _numbers(), _checked(export), _gradings(export),
        _leaving(export), _limits(), _rules(export),
    )  # fmt: skip


def _sources(export: Export) -> Section:
    reads = list(export.reports.values())
    outlets = Counter(export.outlet(read.report) or "unknown" for read in reads)
    rows = tuple((name, str(n), _dates([r for r in reads if (export.outlet(r.report) or "unknown") == name]))
                 for name, n in sorted(outlets.items(), key=lambda pair: (-pair[1], pair[0])))  # fmt: skip
    languages = Counter((r.report.language or "unknown", "no" if r.report.not_read else "yes") for r in reads)
    known = Counter(DATE_KNOWN[r.report.published.how] if r.report.published else "unknown" for r in reads)
    copies = Counter(link.kind for link in export.linkage.copies)
    received = sorted(source.received[:_DAYS] for id, source in export.evidence.sources.items() if id in export.reports)
    told = [
        f"{counted(len(reads), 'report')} from {counted(len(outlets), 'outlet')}, published {_dates(reads)}. Each was kept as it "
        "was received, under the SHA-256 of its bytes; every value points at its words in one of them."
    ]
    if received:
        told.append(f"Taken into the case {_span(received[0], received[-1])}.")
    if copies:
        shown = ", ".join(f"{n} {kind}" for kind, n in sorted(copies.items()))
        told.append(f"{counted(copies.total(), 'report')} of them derived from another ({shown}). A copy adds no voice.")
    again = len(export.evidence.histories)
    if again:
        told.append(f"{counted(again, 'address', 'addresses')} captured several times; versions of one report are one voice.")
    return Section(
        "Sources", tuple(told),
        (
            Table(("Outlet", "Reports", "Published"), rows),
            Table(("Language", "Read", "Reports"), tuple((*key, str(n)) for key, n in sorted(languages.items()))),
            Table(("How the publication date is known", "Reports"), _counts(known)),
        ),
    )  # fmt: skip


def _set_aside(export: Export) -> Section:
    reads = export.reports.values()
    why = Counter(read.report.not_read or (read.reading.error or "").partition(":")[0] for read in reads)
    told = {member.report for incident in export.linkage.incidents for member in incident.members}
    why["read, and tells of no incident"] = sum(not read.reading.error and read.report.id not in told for read in reads)
    aggregates = sum(contest.incident.aggregate for contest in export.contests)
    rows = [(reason, str(n)) for reason, n in sorted(why.items()) if reason and n]
    decided: Counter[str] = Counter(s.decision.kind for s in export.view.standings if s.state == "in force")
    rows += [(f"{what} by a person", str(decided[kind])) for kind, what in _DROPPED.items() if decided[kind]]
    paragraphs = ["What is not read is kept, searched and counted, and brings no claim in."]
    if aggregates:
        paragraphs.append(
            f"{counted(aggregates, 'wider total')} (over a time, an area or a war) stand apart and are added to nothing."
        )
    paragraphs += [f"Not in this export: {line}." for line in export.left_out]
    table = Table(("Set aside", "Number"), tuple(rows)) if rows else None
    return Section("What was not read or was set aside", tuple(paragraphs), (table,) if table else ())


_DROPPED = {"reject": "facts rejected", "hide": "facts or reports hidden", "redact": "words or reports redacted"}


def _machine(export: Export) -> Section:
    rows = tuple(
        (
            str(run.id), run.version, run.models, run.rules, f"{run.started:%Y-%m-%d %H:%M}",
            f"{run.finished:%Y-%m-%d %H:%M}" if run.finished else "cut off",
        )
        for run in export.runs
    )  # fmt: skip
    return Section(
        "What the machine did",
        (
            "Statements, figures, places and dates are read from each report by a tagger and by rules, on this machine and "
            "without a network. What is linked across reports is linked by printed rules. The same reports, code, models and "
            "rules give the same facts. The last run below is the one whose facts are shown.",
        ),
        (Table(("Run", "Code", "Models", "Rules", "Started", "Finished (UTC)"), rows, numbers=False),),
    )


def _voices(export: Export) -> Section:
    counts = [(export.title_of(contest.incident), contest.count) for contest in export.incidents]
    rows = tuple((title, *(f"{n:,}" for n in (c.reports, c.texts)), _voice_count(c), str(len(c.sides))) for title, c in counts)
    rule = export.rules.get("voices")
    return Section(
        "Voices, not echoes",
        (rule,) if rule else (),
        (Table(("Incident", "Reports", "Texts", "Voices", "Sides"), rows),) if rows else (),
    )


def _voice_count(count: VoiceCount) -> str:
    return f"{count.voices}" if count.voices == count.voices_at_most else f"{count.voices} to {count.voices_at_most}"


def _rules(export: Export) -> Section:
    rules = tuple((name.capitalize(), rule) for name, rule in export.rules.items() if name != "voices")
    return Section("The other rules, in words", (), (), rules)


def _numbers() -> Section:
    return Section(
        "How a number is read",
        (
            "A figure keeps its exact words. “At least 90” has no upper end, “up to 62” no lower one, “more than 10” begins at "
            "11; “about 30” is 30 and said to be about. “Dozens” is read as 24 to 99, “hundreds” as 200 to 999, “scores” as 40 "
            "to 99; “several” is unknown. A part, an incident, a period and a running total are never added to one another.",
            "A range is what was said, not an interval of truth. All said: the lowest and the highest number anyone gave. "
            "Standing: the same without numbers that their own speaker replaced or took back. Only a person sets a best "
            "estimate.",
        ),
    )


def _checked(export: Export) -> Section:
    found = reviewed(export.view)
    checked = sum(each.checked for each in found.coverage)
    facts = sum(each.facts for each in found.coverage)
    if not any(each.checked or each.added or each.disputed or each.stale for each in found.coverage):
        return Section(
            "What people checked",
            (f"Nobody has checked any of the {facts:,} facts yet. Everything here is machine-extracted, not verified; how often "
             "it is wrong in this case is not known.",),
        )  # fmt: skip
    few = f" So few checked facts ({checked}) say little." if checked < _FEW else ""
    paragraphs = [
        f"{checked:,} of {facts:,} facts were looked at ({_percent(checked / facts if facts else 0)}). Those not looked at are "
        "machine-extracted, not verified.",
        "The rates below are of this case's own checked facts, at the run shown last. They were chosen by people and not drawn "
        "at random, so the case's other facts may be better or worse; the interval (Wilson, 95%) covers chance alone." + few,
        "A fact counts as wrong where somebody corrected any value of it or rejected it. Of the values, a fact that somebody "
        "corrected counts as checked in all. What the machine did not read shows only where somebody added it: how much it "
        "missed is not known from this.",
    ]
    paragraphs += [f"{counted(n, 'decision')} on what belongs together ({what})." for what, n in found.incidents.items()]
    return Section("What people checked", tuple(paragraphs), tuple(_rates(export, found)))


def _rates(export: Export, found: Reviewed) -> Iterator[Table]:
    yield Table(
        ("Kind of fact", "Facts", "Accepted", "Corrected", "Rejected", "Wrong", "Interval", "Added", "Disputed", "Read anew"),
        tuple(
            (_KINDS[c.kind], *(f"{n:,}" for n in (c.facts, c.accepted, c.corrected, c.rejected)), *_rate(c.wrong),
             *(f"{n:,}" for n in (c.added, c.disputed, c.stale)))
            for c in found.coverage
        ),
        "How far people checked each kind of fact.",
    )  # fmt: skip
    rows = tuple((f"{_KINDS[kind]}: {name.replace('_', ' ')}", str(rate.n), str(rate.wrong), *_rate(rate))
                 for (kind, name), rate in found.fields.items())  # fmt: skip
    if rows:
        yield Table(("Value", "Checked", "Wrong", "Share", "Interval"), rows, "Each value of the facts that are one.")
    rows = tuple((f"{_KINDS[kind]}: {export.text(side) if side else 'no side known'}", str(rate.n), str(rate.wrong), *_rate(rate))
                 for (kind, side), rate in found.sides.items())  # fmt: skip
    if rows:
        yield Table(
            ("Side of the speaker", "Checked", "Wrong", "Share", "Interval"), rows,
            "Whether the machine reads one side worse than another.",
        )  # fmt: skip
    agreed = tuple((a.field, str(a.facts), str(len(a.people)), _percent(a.share), *(_decimal(v) for v in (a.kappa, a.alpha)))
                 for a in agreement(export.view))  # fmt: skip
    if agreed:
        yield Table(("Field", "Facts", "People", "Agree", "Kappa", "Alpha"), agreed, "Facts that two people or more decided on.")


def _gradings(export: Export) -> Section:
    given = Counter((g.assessment.scale, g.assessment.grade) for g in export.view.graded)
    if not given:
        return Section("Gradings", ("Nobody has graded an incident.",))
    people = {g.assessment.user for g in export.view.graded}
    scales = [f"Scale {scale}: {', '.join(SCALES[scale])}." for scale in sorted({s for s, _ in given}) if scale in SCALES]
    rows = tuple((export.text(scale), export.text(grade), str(n)) for (scale, grade), n in sorted(given.items()))
    return Section(
        "Gradings",
        (
            f"{counted(given.total(), 'grading')} by {counted(len(people), 'person', 'people')}. A grading is a named person's "
            "judgement, dated and signed; a later one stands beside it. No program grades.", *scales,
        ),
        (Table(("Scale", "Grade", "Gradings"), rows),),
    )  # fmt: skip


def _leaving(export: Export) -> Section:
    audience = export.audience
    told = [f"This sheet is for: {audience.key} ({audience.good_for})."]
    if audience.hides or export.masks.words:
        told.append(f"{counted(len(export.masks.hidden), 'name')} masked in it.")
    told.append(f"Points are told {_CLOSE[export.closeness]}.")
    if audience.quote is not None:
        told.append(f"Quotations are cut at {audience.quote} characters; whole texts stay in the case.")
    rows = tuple((e.made[:_DAYS], e.format, e.audience, f"{e.rows:,}", e.sha256[:16]) for e in export.earlier)
    if not rows:
        return Section("What left the case", (*told, "No export was made before this one."))
    head = ("Day", "Format", "For", "Rows", "SHA-256 (beginning)")
    return Section("What left the case", tuple(told), (Table(head, rows, "Exports made before this one.", numbers=False),))


_CLOSE = {
    "exact": "as closely as they were read", "10km": "to about ten kilometres",
    "admin1": "to the first-order division they lie in", "country": "to the country they lie in",
}  # fmt: skip


def _limits() -> Section:
    return Section(
        "What this does not say",
        (
            "It says what was claimed, by whom and on whose word; it never says what is true, and gives no outlet, party or "
            "claim a score of truth, bias or trust. A confidence says how sure the reading is.",
            "Reports that nobody collected are not here, and what nobody reported is not either. More voices are not more truth, "
            "and fewer are not less.",
        ),
    )


def _rate(rate: Rate) -> tuple[str, str]:
    if rate.share is None or rate.interval is None:
        return "–", "–"
    low, high = rate.interval
    return _percent(rate.share), f"{_percent(low)} to {_percent(high)}"


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _decimal(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _counts(counter: Counter[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(n)) for name, n in sorted(counter.items(), key=lambda pair: (-pair[1], pair[0])))


def _dates(reads: Sequence[ReadReport]) -> str:
    """From the first publication date to the last, as far as dates are known."""
    dates = sorted(read.report.published.value for read in reads if read.report.published)
    return _span(dates[0], dates[-1]) if dates else "on unknown dates"


def _span(first: str, last: str) -> str:
    return f"on {date_phrase(first)}" if first == last else f"from {date_phrase(first)} to {date_phrase(last)}"
