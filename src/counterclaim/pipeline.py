"""The way of a report, on one page: intake, reading, resolving, linking, contest; and the case that keeps it."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from counterclaim.errors import CaseError, CounterclaimError, InputError, WrongFormat
from counterclaim.records import (
    Assessment,
    Capture,
    Contest,
    Decision,
    DecisionKind,
    Evidence,
    FactKind,
    Incident,
    Linkage,
    Profile,
    Range,
    Reading,
    ReadReport,
    Report,
    Run,
    Source,
    Span,
    View,
)  # fmt: skip
from counterclaim.version import __version__

if TYPE_CHECKING:
    from counterclaim.case import Asked, Desk, References, Snapshot, Store, Target
    from counterclaim.contest import ContestedIncident
    from counterclaim.intake import Box

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how many are done and how many there are."""

Readings = Callable[[Sequence[Report], str, bool], Iterator[Reading]]
"""Given reports, the text of one's own list of actors and whether to look first, their readings in order."""


def read(
    text: str, *, published: str | None = None, outlet: str | None = None, url: str | None = None, title: str | None = None,
    profile: Profile = "plain", actors: Path | None = None,
) -> Reading:  # fmt: skip
    """Reads one text as it stands; all offsets are code points into `text`.

    `published` (YYYY-MM-DD) resolves relative days; without it, a date the text states for itself is used. A text in a
    language that is not read gives an empty reading with `error` saying so. `profile` changes only how its incidents are
    summed up. `actors` is a CSV file of actors that come on top of those that ship; InputError where it cannot be used.
    """
    from counterclaim.intake import report_of

    own = list_of(actors) if actors is not None else ""
    return read_report(report_of(text, id="text", published=published, outlet=outlet, url=url, title=title), profile, own)


def list_of(path: Path) -> str:
    """The text of a list of actors, checked. InputError where it cannot be used."""
    from counterclaim.resolving import Registry

    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(str(path), error.strerror or "cannot be opened", "check the path") from None
    except UnicodeDecodeError:
        raise WrongFormat(str(path), "is no text in UTF-8", "save it as a CSV file in UTF-8") from None
    Registry.load(text, source=str(path))
    return text


def read_report(report: Report, profile: Profile = "plain", actors: str = "", triage: bool = False) -> Reading:
    """Reads one report: its words, then who, where, when and which incidents. `actors` is the text of a list of one's own; with
    `triage` a report in which a first look finds no violence is not read, and says so."""
    if report.not_read is not None:
        return Reading(text=report.text, error=report.not_read)
    if report.recorder is not None:
        from counterclaim.exchange import read_row

        return read_row(report)
    from counterclaim.reading import SET_ASIDE, extract, tells_of_violence
    from counterclaim.resolving import Registry, resolve, with_profile

    if triage and not tells_of_violence(report.text):
        return Reading(text=report.text, error=SET_ASIDE)

    published = report.published.value if report.published is not None else None
    known = Registry.load(actors)
    read = resolve(extract(report.text), published=published, outlet=report.outlet, agency=report.agency, actors=known)
    return with_profile(read, profile)


def read_or_say(report: Report, actors: str = "", triage: bool = False) -> Reading:
    """The reading of `report`; where reading it fails in a way nobody foresaw, an empty one that says so, for one text must not
    cost the others of its batch."""
    try:
        return read_report(report, actors=actors, triage=triage)
    except (CounterclaimError, ImportError):
        raise
    except Exception as error:
        return Reading(text=report.text, error=f"could not be read: {type(error).__name__}: {error}; please report this text")


def made_by(actors: str = "", triage: bool = False) -> tuple[str, str, str]:
    """What facts are recorded with: versions of the code, the models and the rules, one's own list of `actors` among them and the
    first look of `triage`."""
    from counterclaim import linking, models, reading, resolving

    own = f" actors-{hashlib.sha256(actors.encode()).hexdigest()[:12]}" if actors else ""
    own += f" {reading.TRIAGE}" if triage else ""
    return __version__, f"{models.PARSER} {models.TAGGER}", f"{reading.RULES} {resolving.RULES} {linking.RULES}{own}"


def one_by_one(reports: Iterable[Report], actors: str = "", triage: bool = False) -> Iterator[Reading]:
    """The readings of `reports`, in order, made in this process."""
    return (read_or_say(report, actors, triage) for report in reports)


def link(
    reports: Sequence[Report], *, known: Sequence[Incident] = (), progress: Progress | None = None,
    readings: Readings = one_by_one,
) -> tuple[tuple[ReadReport, ...], Linkage]:  # fmt: skip
    """Reads `reports` and links what belongs together; `known` incidents keep their ids."""
    from counterclaim import linking

    ordered = sorted(reports, key=lambda r: r.id)
    read_reports = []
    for done, (report, reading) in enumerate(zip(ordered, readings(ordered, "", False), strict=True), 1):
        read_reports.append(ReadReport(report, reading))
        if progress:
            progress("reading", done, len(ordered))
    return tuple(read_reports), linking.link(read_reports, known=known)


_BULK = 64_000_000
"""Bytes of captures held before they are written."""

_BATCH = 25
"""Reports added or read between two writes: a killed run loses at most these, and one write for 25 costs less than half of 25."""


@dataclass(frozen=True, slots=True)
class Added:
    """What `Case.add` took in: new reports, how many were there already, and what was left out and why."""

    added: tuple[Report, ...]
    known: int
    left_out: tuple[InputError, ...]


class Case:
    """A case: reports, what they claim, and how it hangs together, in one file that outlives every run.

    `path` is the case file or a database URL; without one the case lives in memory. A case that is not there is made, unless not
    `create`. With `as_of`, an aware time, it shows itself as it was then, and takes nothing in. Use it as a context manager or
    call `close`.
    """

    def __init__(self, path: str | Path | None = None, *, as_of: datetime | None = None, create: bool = True) -> None:
        from counterclaim.case import Store

        self._path = None if path is None else str(path)
        self._as_of = as_of
        self._store: Store = Store.open(path if path is not None else ":memory:", create=create and as_of is None)
        self._view: View | None = None
        self._machine: Snapshot | None = None
        self._contests: tuple[Contest, ...] | None = None

    def __enter__(self) -> Case:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Closes the case file."""
        self._store.close()

    @property
    def store(self) -> Store:
        """The tables behind the case."""
        return self._store

    def add(
        self, *paths: str | Path, besides: Sequence[Path] = (), under: Path | None = None, follow: int = 100,
        private: bool = False, progress: Progress | None = None,
    ) -> Added:  # fmt: skip
        """Captures files and folders. A file that cannot be read is left out with its reason; the rest goes on.

        A path that is an http address is fetched, and nothing else is: of a feed or sitemap at most `follow` of the pages it
        points to, and from addresses that are not public only where `private`.

        The case's own file and those in `besides` (its dossier, say) are passed over where a folder holds them. Where files came
        from is remembered as their paths; from the folder `under` on where that is given and only holds them for a moment.
        """
        from counterclaim import intake

        self._must_be_now()
        addresses = [str(p) for p in paths if intake.is_address(str(p))]
        named = [Path(p) for p in paths if str(p) not in addresses]
        own = {p.resolve() for p in besides} | self._files()
        files = [f for f in intake.find_files(named) if f.resolve() not in own]
        added: list[Report] = []
        left_out: list[InputError] = [intake.why_left_out(p) for p in intake.left_out(named) if p.resolve() not in own]
        taken_in: list[tuple[Capture, Report]] = []
        known = done = 0

        def keep() -> None:
            nonlocal known
            new = [report for (_, report), is_new in zip(taken_in, self._store.add_all(taken_in), strict=True) if is_new]
            added.extend(new)
            known += len(taken_in) - len(new)
            taken_in.clear()

        pages = (partial(intake.fetch, address, follow=follow, private=private) for address in dict.fromkeys(addresses))
        sources = [*(partial(intake.captures, file, datetime.now(UTC)) for file in files), *pages]
        for ahead, source in zip(range(len(sources) - 1, -1, -1), sources, strict=True):
            for taken in source():
                done += 1
                if progress:
                    progress("capturing", done, done + ahead)
                if isinstance(taken, InputError):
                    left_out.append(taken)
                    continue
                capture, facts = taken
                if under is not None:
                    capture = replace(capture, origin=capture.origin.removeprefix(f"{under}{os.sep}"))
                for report in intake.reports(capture, known=facts):
                    if isinstance(report, InputError):
                        left_out.append(report)
                    else:
                        taken_in.append((capture, report))
                if len(taken_in) >= _BATCH or sum(len(c.data) for c, _ in taken_in) > _BULK:
                    keep()
        keep()
        self._machine = None
        self._look_again()
        return Added(tuple(added), known, tuple(left_out))

    def _files(self) -> set[Path]:
        """The files that the case itself lies in."""
        if self._path is None or "://" in self._path:
            return set()
        return {Path(f"{self._path}{ending}").resolve() for ending in ("", "-wal", "-shm", "-journal")}

    def run(
        self, progress: Progress | None = None, *, actors: Path | None = None, triage: bool | None = None,
        readings: Readings = one_by_one,
    ) -> Run:  # fmt: skip
        """Reads what has not been read with this version and links everything. A run cut off goes on where it was.

        `actors` is a CSV file of actors that come on top of those that ship. The case keeps it and goes by it until another is
        given; an empty file takes it back. InputError where it cannot be used. With `triage`, reports in which a first look finds
        no violence are set aside: kept, searched and marked, but not read unless somebody wants them; without it all are read,
        those set aside before too; None goes on as the last run did. `readings` makes them, as `scale.readings_on` does.
        """
        from counterclaim import linking, reading
        from counterclaim.case import carry

        self._must_be_now()
        if actors is not None:
            self._store.keep_actors(list_of(actors))
        own = self._store.actors()
        if triage is None:
            earlier = self._store.log("run started")
            triage = bool(earlier) and reading.TRIAGE in earlier[-1].what["rules"].split()
        run = self._store.begin(*made_by(own, triage))
        wanted, unread = self._store.wanted(), self._store.unread(run)
        first, rest = [r for r in unread if r.id in wanted], [r for r in unread if r.id not in wanted]
        made = zip((r.id for r in [*first, *rest]), chain(readings(first, own, False), readings(rest, own, triage)), strict=True)
        for start in range(0, len(unread), _BATCH):
            self._store.save_readings(run, list(islice(made, _BATCH)))
            if progress:
                progress("reading", min(start + _BATCH, len(unread)), len(unread))
        if unread or run.finished is None:
            if progress:
                progress("linking", 0, 1)
            read_reports = self._store.readings(run)
            known, current = self._store.known_incidents(), self._store.current_run()
            if current not in (None, run.id):
                before = {read.report.id: read for read in self._store.readings()}
                known = carry(known, before, {read.report.id: read for read in read_reports})
            self._store.save_linkage(run, linking.link(read_reports, known=known))
            run = self._store.finish(run, datetime.now(UTC))
            if progress:
                progress("linking", 1, 1)
        self._machine = None
        self._look_again()
        return run

    # --- what people decide ---

    def decide(
        self, kind: DecisionKind, target: Target, *, user: str, reason: str = "", role: str | None = None, value: object = None,
        others: Sequence[Target] = (), settles: Sequence[int] = (),
    ) -> Decision:  # fmt: skip
        """Keeps what `user` decides on `target`: a figure, statement or mention by reference, an incident or report by id.

        `correct` sets the value called `role` to `value`. `merge` and `same` bring the target together with `others`, `split`
        takes the mentions `others` out of the target to a new incident, `not-same` sets target and others apart, `move` puts a
        figure, statement or mention into the incident `others` (none: into one of its own). `settles` are the ids of decisions
        that a lead decides over. References are those of `view`. CaseError where it does not fit or is not in the case.
        """
        from counterclaim.case.canonical import canonical

        anchored = self._desk().anchored(target, others)
        given = canonical(value) if kind == "correct" else None
        made = self._store.decide(kind, user=user, reason=reason, role=role, value=given, settles=settles, **anchored)
        self._look_again()
        return made

    def add_fact(
        self, kind: FactKind, words: Span, values: Mapping[str, object], *, user: str, reason: str = "",
        incident: str | None = None,
    ) -> Decision:  # fmt: skip
        """Keeps a figure, statement or mention that `user` adds from words marked in a report, as part of `incident` (its id)."""
        made = self._store.decide("add", user=user, reason=reason, **self._desk().added(kind, words, values, incident))
        self._look_again()
        return made

    def decide_names(self, kind: DecisionKind, first: str, second: str, *, user: str, reason: str = "") -> Decision:
        """Keeps that two names are of one speaker (`same`: the first is shown) or of two (`not-same`)."""
        from counterclaim.case import names_value

        self._must_be_now()
        made = self._store.decide(kind, "name", user=user, reason=reason, value=names_value(first, second))
        self._look_again()
        return made

    def decide_all(self, asked: Sequence[Asked]) -> tuple[Decision, ...]:
        """Keeps what is asked for in words, all or nothing: every reference is of the case as it is before the first of them.

        A correction of several values is as many decisions. CaseError as for `decide`, saying which does not fit.
        """
        from counterclaim.case import decided

        made = self._store.decide_all(list(decided(self._desk(), asked)))
        self._look_again()
        return made

    def undo(self, id: int, *, user: str, reason: str = "") -> Decision:
        """Takes a decision back: the view is what it would be without it. CaseError where it is another's (a lead may)."""
        self._must_be_now()
        made = self._store.undo(id, user=user, reason=reason)
        self._look_again()
        return made

    def redo(self, id: int, *, user: str, reason: str = "") -> Decision:
        """Brings back a decision that was taken back."""
        self._must_be_now()
        made = self._store.redo(id, user=user, reason=reason)
        self._look_again()
        return made

    def redact(self, report: str, *, user: str, reason: str, words: Sequence[Span] = ()) -> Decision:
        """Drops a report's capture and text for good or, where `words` are given, its capture and those words; then runs again.

        It cannot be undone. CaseError where there is no such report or no reason is given.
        """
        self._must_be_now()
        made = self._store.redact(self._store.report(report).capture, user=user, reason=reason, words=words)
        self.run()
        return made

    def assess(
        self, incident: str, *, scale: str, grade: str, user: str, low: int | None = None, high: int | None = None,
        best: int | None = None, note: str = "", cited: Sequence[Span] = (),
    ) -> Assessment:  # fmt: skip
        """Keeps a named person's grading of an incident (its id) with the words of the claims that it rests on."""
        made = self._store.assess(
            incident, scale=scale, grade=grade, user=user, low=low, high=high, best=best, note=note, cited=cited,
            **self._desk().graded(incident),
        )  # fmt: skip
        self._look_again()
        return made

    # --- what is seen ---

    @property
    def view(self) -> View:
        """What the machine read and linked, overlaid by what people decided, with what became of each decision."""
        if self._view is None:
            from counterclaim.case import view

            if self._machine is None:
                held = self._store.now() if self._as_of is None else self._store.at(self._as_of)
                self._machine, decided, graded = held, held.decisions, held.assessments
            else:
                held, decided, graded = self._machine, self._store.decisions(), self._store.assessments()
            self._view = view(held.reports, held.linkage, decided, graded)
        return self._view

    @property
    def reports(self) -> tuple[ReadReport, ...]:
        """Every report with its reading in the last run as people corrected it, by id."""
        return self.view.reports

    @property
    def linkage(self) -> Linkage:
        """Copies, utterances, incidents and claims of the last run as people corrected them."""
        return self.view.linkage

    @property
    def contests(self) -> tuple[Contest, ...]:
        """Each incident laid out: tolls, positions, voices, contradictions."""
        if self._contests is None:
            from counterclaim import contest

            self._contests = contest.lay_out(self.view.reports, self.view.linkage)
        return self._contests

    @property
    def incidents(self) -> tuple[ContestedIncident, ...]:
        """The incidents of the case, each with its toll, positions, origins and reports."""
        from counterclaim.contest import ContestedIncident

        return tuple(ContestedIncident(c) for c in self.contests)

    @property
    def evidence(self) -> Evidence:
        """Where every report comes from, with the pages of PDFs, and what changed in those that were captured several times."""
        from counterclaim import intake, linking

        sources = {}
        came_from = self._store.came_from()
        for read in self.view.reports:
            report = read.report
            origin, received, kind = came_from[report.id]
            pages: tuple[int, ...] = ()
            if kind == "application/pdf" or (report.part or "").lower().endswith(".pdf"):
                with contextlib.suppress(InputError, KeyError):  # a capture that was redacted has no pages any more
                    pages = intake.page_starts(self._store.capture(report.capture), report)
            sources[report.id] = Source(origin, received, pages, report.part)
        received_at = {id: source.received for id, source in sources.items()}
        return Evidence(sources, linking.histories(self.view.reports, received_at, dict(self.view.linkage.names)))

    def boxes(self, span: Span) -> tuple[Box, ...]:
        """Where the words of `span` stand on the pages of the PDF they were read from, a box a line; none for other files."""
        from counterclaim import intake

        report = self._store.report(span.report)
        capture = self._store.capture(report.capture)
        if capture.media_type != "application/pdf":
            return ()
        held = [s for s in report.segments if s.start < span.end and s.start + s.length > span.start]
        places = [
            (s.capture_start + max(span.start - s.start, 0), s.capture_start + min(span.end - s.start, s.length)) for s in held
        ]
        return tuple(box for place in places for box in intake.boxes(capture, *place))

    def summaries(self, profile: Profile = "plain") -> tuple[tuple[str, dict[str, Range]], ...]:
        """Each incident's title with its summed-up numbers over all reports: lowest and highest, by name ("killed" ...)."""
        from counterclaim.resolving import across, with_profile

        readings = {r.report.id: with_profile(r.reading, profile) for r in self.reports}
        return tuple(
            (incident.title, across([readings[m.report].incidents[m.index] for m in incident.members if m.report in readings]))
            for incident in self.linkage.incidents
            if not incident.aggregate
        )

    @property
    def references(self) -> References:
        """The short references by which facts are pointed at in words."""
        from counterclaim.case import References

        return References(self._desk())

    def _desk(self) -> Desk:
        from counterclaim.case import Desk

        self._must_be_now()
        view, machine = self.view, self._machine
        return Desk(view, machine.reports, machine.linkage.incidents) if machine else Desk(view)

    def _must_be_now(self) -> None:
        if self._as_of is not None:
            raise CaseError(f"{self._path}: is shown as it was at {self._as_of.isoformat()}; open it as it is now to add to it")

    def _look_again(self) -> None:
        self._view = self._contests = None
