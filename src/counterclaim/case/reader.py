"""What a case can be asked: evidence, facts, what people decided, as it is and as it was; nothing is written here."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, Engine, func, select

from counterclaim.case import engine as database
from counterclaim.case import (
    evidence,
    excerpts,
    linkages,
    log,
    past,
    people,
    readings,
    runs,
    schema,
    search,
    verify,
)  # fmt: skip
from counterclaim.case.excerpts import Heading
from counterclaim.case.search import Hit
from counterclaim.errors import CaseError
from counterclaim.records import (
    Assessment,
    Capture,
    CopyLink,
    Decision,
    Incident,
    Linkage,
    PassageLink,
    Reading,
    ReadReport,
    Report,
    Run,
)  # fmt: skip

WANTED = "reading wanted"
"""The event of the log that a person asked for a report to be read which a first look had set aside."""


class Reader:
    """A case that is read; `Store` opens one. Every answer is of one moment, whatever others write meanwhile, and of the latest
    run that finished unless it says otherwise. Every method raises CaseError, with the case's name and what to do, where the
    database fails.
    """

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine: Engine | None = engine
        self._name = name

    # --- evidence ---

    def reports(self) -> tuple[Report, ...]:
        """Every report, read or not, sorted by id."""
        with self._looking() as connection:
            return tuple(evidence.reports(connection))

    def report(self, id: str) -> Report:
        """The report of that id. CaseError where there is none."""
        with self._looking() as connection:
            for report in evidence.reports(connection, schema.report.c.id == id):
                return report
        raise self._missing(f"report {id}")

    def capture(self, sha256: str) -> Capture:
        """The capture of that hash, with its bytes and the origin it first came from. CaseError where there is none."""
        with self._looking() as connection:
            # All of the one there is: PostgreSQL's cursor is not closed before it has told everything.
            found = tuple(evidence.captures(connection, schema.capture.c.sha256 == sha256))
        if found:
            return found[0]
        raise self._missing(f"capture {sha256}")

    def origins(self, sha256: str) -> tuple[str, ...]:
        """Every path or address from which the bytes of that hash came, the first one first."""
        with self._looking() as connection:
            return evidence.origins(connection, sha256)

    # --- runs and facts ---

    def unread(self, run: Run) -> tuple[Report, ...]:
        """The reports that can be read and have no reading in this run, sorted by id."""
        table, report = schema.reading, schema.report
        read = select(table.c.report).where(table.c.run == run.id)
        with self._looking() as connection:
            return tuple(evidence.reports(connection, report.c.not_read.is_(None), report.c.id.not_in(read)))

    def wanted(self) -> frozenset[str]:
        """The ids of the reports that somebody wants read, whatever a first look finds in them."""
        with self._looking() as connection:
            return frozenset(entry.what["report"] for entry in log.entries(connection, WANTED))

    def actors(self) -> str:
        """The case's own list of actors as it was last given; empty where there is none."""
        with self._looking() as connection:
            return self._actors(connection)

    def _actors(self, connection: Connection) -> str:
        given = [entry.what["list"] for entry in log.entries(connection, "actors given")]
        return str(given[-1]) if given else ""

    def readings(self, run: Run | None = None) -> tuple[ReadReport, ...]:
        """The reports that were read, with their readings, sorted by id: from the latest run that finished, or from `run`."""
        with self._looking() as connection:
            id = run.id if run else runs.current(connection)
            if id is None:
                return ()
            found = readings.load(connection, id, evidence.reports(connection))
            return tuple(ReadReport(report, reading) for report, reading, _ in found)

    def linkage(self) -> Linkage:
        """What the latest run that finished found to belong together; empty before any did."""
        with self._looking() as connection:
            run = runs.current(connection)
            return Linkage() if run is None else linkages.load(connection, run)

    def of_incidents(self, ids: Collection[str]) -> tuple[tuple[ReadReport, ...], Linkage]:
        """The reports that tell of these incidents, and what links concern them, in the latest run that finished."""
        with self._looking() as connection:
            run = runs.current(connection)
            return ((), Linkage()) if run is None else excerpts.of_incidents(connection, run, ids)

    def incidents_of(self, reports: Collection[str]) -> tuple[str, ...]:
        """The ids of the incidents that any of these reports tells of, in the latest run that finished."""
        with self._looking() as connection:
            run = runs.current(connection)
            return () if run is None or not reports else excerpts.incidents_of(connection, run, reports)

    def incident_ids(self) -> tuple[str, ...]:
        """The ids of the incidents of the latest run that finished, in the order of its linkage."""
        with self._looking() as connection:
            run, table = runs.current(connection), schema.incident
            return tuple(connection.execute(select(table.c.id).where(table.c.run == run).order_by(table.c.n)).scalars())

    def reports_of_incidents(self) -> dict[str, frozenset[str]]:
        """The reports that tell of each incident of the latest run that finished, by the incident's id."""
        member, found = schema.incident_member, dict[str, set[str]]()
        with self._looking() as connection:
            wanted = select(member.c.incident, member.c.report).where(member.c.run == runs.current(connection))
            for incident, report in connection.execute(wanted):
                found.setdefault(incident, set()).add(report)
        return {incident: frozenset(reports) for incident, reports in found.items()}

    def came_from(self, reports: Collection[str] | None = None) -> dict[str, tuple[str, str, str]]:
        """Of the captures of these reports, or of all, by the report's id: first origin, time (UTC, ISO 8601), media type."""
        with self._looking() as connection:
            return excerpts.came_from(connection, reports)

    def received(self, reports: Collection[str] | None = None) -> dict[str, str]:
        """When the bytes behind these reports, or behind each, were received (UTC, ISO 8601), by the report's id."""
        return {id: received for id, (_, received, _) in self.came_from(reports).items()}

    def of_report(self, id: str) -> tuple[ReadReport, tuple[str, ...]]:
        """The report of that id with its reading, and the ids of the incidents it tells of. CaseError where there is none."""
        with self._looking() as connection:
            run = runs.current(connection)
            found = excerpts.of_reports(connection, run, [id])
            if not found:
                raise self._missing(f"report {id}")
            return found[0], () if run is None else excerpts.incidents_of(connection, run, [id])

    def count_reports(self) -> int:
        """How many reports there are, read or not."""
        with self._looking() as connection:
            return int(connection.execute(select(func.count()).select_from(schema.report)).scalar_one())

    def report_ids(self) -> tuple[str, ...]:
        """The ids of all reports, the latest published first, those without a date last."""
        with self._looking() as connection:
            return excerpts.in_order(connection)

    def headings(self, ids: Collection[str]) -> tuple[Heading, ...]:
        """What a list shows of these reports (some hundreds at most), in the order of `report_ids`."""
        with self._looking() as connection:
            return tuple(excerpts.headings(connection, runs.current(connection), ids))

    def unread_reports(self) -> dict[str, str]:
        """Why reports were not read, by id: what they are written in, or that a first look set them aside."""
        with self._looking() as connection:
            return excerpts.unread(connection, runs.current(connection))

    def copies_of(self, id: str) -> tuple[CopyLink, ...]:
        """The links that say what a report was copied from, and what was copied from it."""
        with self._looking() as connection:
            run = runs.current(connection)
            return () if run is None else linkages.copies_of(connection, run, id)

    def passages_of(self, id: str) -> tuple[PassageLink, ...]:
        """The links that say which paragraphs a report carries from others, and which others carry from it."""
        with self._looking() as connection:
            run = runs.current(connection)
            return () if run is None else linkages.passages_of(connection, run, id)

    def known_incidents(self) -> tuple[Incident, ...]:
        """The incidents of the latest run that finished, whose ids the next linking keeps."""
        with self._looking() as connection:
            run = runs.current(connection)
            return () if run is None else linkages.load_incidents(connection, run)

    def current_run(self) -> int | None:
        """The id of the run whose facts the case shows: the one that finished last; None before any did."""
        with self._looking() as connection:
            return runs.current(connection)

    def now(self) -> past.Snapshot:
        """The case as it is."""
        with self._looking() as connection:
            run = runs.current(connection)
            reports = tuple(evidence.reports(connection))
            read = () if run is None else tuple(ReadReport(r, found) for r, found, _ in readings.load(connection, run, reports))
            not_read = (ReadReport(r, Reading(text=r.text, error=r.not_read)) for r in reports if r.not_read is not None)
            linkage = Linkage() if run is None else linkages.load(connection, run)
            people_rows = tuple(people.decisions(connection)), tuple(people.assessments(connection))
            return past.Snapshot(tuple(sorted((*read, *not_read), key=lambda r: r.report.id)), linkage, *people_rows)

    def at(self, moment: datetime) -> past.Snapshot:
        """The case as it was at that (aware) moment. CaseError where there was none, or a version that kept no past made it."""
        with self._looking() as connection:
            return past.at(connection, moment, runs.current(connection))

    def facts_digest(self) -> str:
        """SHA-256 over all facts of the latest run that finished, "" before any did.

        Run ids and times are left out and the order of adding does not show: same reports, same facts, same digest.
        """
        with self._looking() as connection:
            run = runs.current(connection)
            return "" if run is None else runs.digest(connection, run)

    def state(self) -> int:
        """A number that grows with everything that is done to the case: facts, decisions and evidence alike are logged."""
        with self._looking() as connection:
            return int(connection.execute(select(func.coalesce(func.max(schema.log.c.id), 0))).scalar_one())

    def facts_state(self) -> tuple[int | None, int]:
        """The run whose facts hold, and the entry of the log with which it last finished: both as they were, nothing was read."""
        ended = select(func.coalesce(func.max(schema.log.c.id), 0)).where(schema.log.c.event == "run finished")
        with self._looking() as connection:
            return runs.current(connection), int(connection.execute(ended).scalar_one())

    # --- people ---

    def decisions(self) -> tuple[Decision, ...]:
        """Every decision in the order they were made, those taken back included."""
        with self._looking() as connection:
            return tuple(people.decisions(connection))

    def assessments(self) -> tuple[Assessment, ...]:
        """Every assessment in the order they were made."""
        with self._looking() as connection:
            return tuple(people.assessments(connection))

    # --- the whole ---

    def search(self, words: str, limit: int = 50) -> tuple[Hit, ...]:
        """At most `limit` reports in which all of `words` are found, best first; see `case.search.find` for what may be typed."""
        with self._looking() as connection:
            return search.find(connection, words, runs.current(connection), limit)

    def found(self, words: str, limit: int) -> tuple[str, ...]:
        """The ids of at most `limit` reports in which all of `words` are found, in no order: what `search` finds, told sooner."""
        with self._looking() as connection:
            return search.reports_with(connection, words, runs.current(connection), limit)

    def redactions(self) -> tuple[Decision, ...]:
        """What was redacted, by whom and why, in order."""
        return tuple(decision for decision in self.decisions() if decision.kind == "redact")

    def log(self, event: str | None = None) -> tuple[log.Entry, ...]:
        """What was done to the case, in order: everything, or every event of one kind."""
        with self._looking() as connection:
            return tuple(log.entries(connection, event))

    def verify(self) -> tuple[str, ...]:
        """One line for each thing that is no longer as it was put in; empty for a sound case."""
        with self._looking() as connection:
            return tuple(verify.problems(connection))

    @contextmanager
    def _looking(self) -> Iterator[Connection]:
        with database.explained(self._name), database.looking(self._open()) as connection:
            yield connection

    def _open(self) -> Engine:
        if self._engine is None:
            raise CaseError(f"{self._name}: the case was closed; open it again")
        return self._engine

    def _missing(self, what: str) -> CaseError:
        return CaseError(f"{self._name}: there is no {what} in it; see its list of reports")
