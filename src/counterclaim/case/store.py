"""The case: one file that keeps evidence, the machine's facts, people's decisions and the log of what was done."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from counterclaim.case import (
    copies,
    evidence,
    excerpts,
    linkages,
    log,
    past,
    people,
    readings,
    redaction,
    runs,
    schema,
    search,
    verify,
)  # fmt: skip
from counterclaim.case import engine as database
from counterclaim.case.canonical import canonical
from counterclaim.case.copies import Taken
from counterclaim.case.reader import WANTED, Reader
from counterclaim.errors import CaseError
from counterclaim.records import (
    Assessment,
    Capture,
    Decision,
    DecisionKind,
    Linkage,
    Reading,
    Report,
    Run,
    Span,
)  # fmt: skip
from counterclaim.version import __version__


class Store(Reader):
    """A case opened. Made by `Store.open`, closed by `close` or at the end of a `with` block. What it can be asked stands in
    `Reader`, what is done to it here.

    Evidence is written once; facts belong to a run and are replaced whole by the next; decisions, assessments and the log
    are appended to. Every method that writes does so in one transaction: killed at any moment, the case holds all of it or
    nothing. Every method raises CaseError, with the case's name and what to do, where the database fails.
    """

    @classmethod
    def open(cls, target: str | Path, *, create: bool = True) -> Store:
        """The case at `target`: a path, an SQLAlchemy URL or ":memory:". An older case is brought up to date.

        With `create` a case that is not there is made. CaseError where it cannot be opened: no case, written by a newer
        version, no such directory, not to be written to, or held by another process.
        """
        engine, name = database.connect(target, create=create)
        try:
            database.prepare(
                engine, name, create=create, on_upgrade=verify.seal,
                on_create=lambda connection: log.append(connection, "case created", {"version": __version__}),
            )  # fmt: skip
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, name)

    def close(self) -> None:
        """Lets go of the file. A closed case answers nothing more."""
        if self._engine:
            self._engine.dispose()
        self._engine = None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # --- evidence ---

    def add(self, capture: Capture, report: Report) -> bool:
        """Keeps a capture and the report read from it. False where that report is kept already.

        The same bytes from elsewhere are no new capture: the further origin is remembered. What is kept is never changed,
        so a report that comes again with another date or title stays as it was.
        CaseError where capture and report do not agree.
        """
        return self.add_all([(capture, report)]) == (True,)

    def add_all(self, found: Sequence[tuple[Capture, Report]]) -> tuple[bool, ...]:
        """Keeps captures and the reports read from them, all or none; for each what `add` says. One write for 25 takes
        two fifths of the time of 25 writes."""
        for capture, report in found:
            evidence.check(capture, report)
        with self._writing() as connection:
            return evidence.add(connection, found)

    # --- runs and facts ---

    def begin(self, version: str, models: str, rules: str) -> Run:
        """The run to read under: the latest if made by the same code, models and rules (finished or cut off), else a new one."""
        with self._writing() as connection:
            return runs.begin(connection, version, models, rules)

    def save_reading(self, run: Run, report_id: str, reading: Reading) -> None:
        """Keeps one reading; see `save_readings`."""
        self.save_readings(run, [(report_id, reading)])

    def save_readings(self, run: Run, batch: Sequence[tuple[str, Reading]]) -> None:
        """Keeps readings, all or none. A report that this run has read already is passed over: the same run reads the same.

        A run that was finished is under way again until `finish`; what it linked stands until `save_linkage` replaces it.
        CaseError naming report and fact where words are not in the report's text, or a fact refers to one that is not there;
        also where another process has begun a later run.
        """
        ids = [id for id, _ in batch]
        with self._writing() as connection:
            runs.hold(connection, run.id)
            reports = {r.id: r for r in evidence.reports(connection, schema.report.c.id.in_(ids))}
            read = schema.reading.c
            done = set(connection.execute(select(read.report).where(read.run == run.id, read.report.in_(ids))).scalars())
            for id in ids:
                if id not in reports:
                    raise CaseError(f"report {id}: is not in this case; add it before its reading")
            new = [(reports[id], reading) for id, reading in dict(batch).items() if id not in done]
            if new:
                runs.reopen(connection, run.id)
                readings.save(connection, run.id, new)
                search.index(connection, run.id, new)

    def save_linkage(self, run: Run, linkage: Linkage) -> None:
        """Puts the linkage in place of the one the run had. CaseError for a link that refers to what the run did not read."""
        with self._writing() as connection:
            runs.hold(connection, run.id)
            if linkages.load(connection, run.id) != linkage:
                past.keep_linkage(connection, run.id)
                past.seal(connection)
                linkages.save(connection, run.id, linkage)

    def keep_actors(self, text: str) -> None:
        """Keeps the case's own list of actors, in the log; nothing where it is the one it has."""
        with self._writing() as connection:
            if text.strip() != self._actors(connection):
                log.append(connection, "actors given", {"list": text.strip()})

    def want(self, reports: Collection[str], *, user: str) -> tuple[str, ...]:
        """Notes that `user` wants these reports read which a first look set aside; the next run reads them, as does every later
        one. Reports that are not set aside are passed over. The ids of those that will be read, sorted."""
        with self._writing() as connection:
            current = runs.current(connection)
            why = excerpts.unread(connection, current)
            aside = sorted(id for id in set(reports) if why.get(id, "").startswith(excerpts.ASIDE))
            if current is not None and aside:
                log.append(connection, WANTED, *({"report": id, "user": user} for id in aside))
                table = schema.reading
                gone = [{"gone": id} for id in aside]
                connection.execute(delete(table).where(table.c.run == current, table.c.report == bindparam("gone")), gone)
                runs.reopen(connection, current)
        return tuple(aside)

    def finish(self, run: Run, finished: datetime) -> Run:
        """Marks the run finished at that (aware) time and gives it back; the facts of all other runs make way.

        Finishing again with the same facts changes nothing.
        """
        with self._writing() as connection:
            return runs.finish(connection, run.id, finished)

    # --- people ---

    def decide(
        self, kind: DecisionKind, fact: str, *, user: str, reason: str = "", role: str | None = None, capture: str | None = None,
        anchor: Span | None = None, value: str | None = None, undoes: int | None = None, made: datetime | None = None,
        seen: str | None = None, members: Sequence[Span] = (), others: Sequence[Span] = (), settles: Sequence[int] = (),
    ) -> Decision:  # fmt: skip
        """Appends a person's decision, dated now unless `made` is given; see `records.Decision` for what the words mean.

        `Case.decide` fills in most of it from what is pointed at. CaseError where it is unsigned, does not fit what it is about,
        its words are not in the report, or it settles what only a lead may.
        """
        asked = {
            "kind": kind, "fact": fact, "role": role, "capture": capture, "anchor": anchor, "value": value, "reason": reason,
            "user": user, "undoes": undoes, "seen": seen, "members": members, "others": others, "settles": settles,
        }  # fmt: skip
        return self.decide_all([asked], made)[0]

    def decide_all(self, asked: Sequence[Mapping[str, Any]], made: datetime | None = None) -> tuple[Decision, ...]:
        """Appends decisions, each given by the names that `decide` takes, all or none. CaseError as there, for the first that
        does not fit; where there are several it says which."""
        kept: list[Decision] = []
        with self._writing() as connection:
            for number, given in enumerate(asked, 1):
                try:
                    kept.append(people.add_decision(connection, people.drawn_up(given, made), made))
                except CaseError as error:
                    raise (CaseError(f"decision {number} of {len(asked)}: {error}") if len(asked) > 1 else error) from None
        return tuple(kept)

    def undo(self, id: int, *, user: str, reason: str = "", made: datetime | None = None) -> Decision:
        """Takes a decision back, or, where it is one that took another back, brings that back.

        CaseError where it is another's (a lead may), is not there, or is taken back already.
        """
        with self._writing() as connection:
            return people.undo(connection, id, user, reason, made)

    def redo(self, id: int, *, user: str, reason: str = "", made: datetime | None = None) -> Decision:
        """Brings a decision back that was taken back. CaseError where it was not, or it is another's (a lead may)."""
        with self._writing() as connection:
            return people.redo(connection, id, user, reason, made)

    def redact(
        self, capture: str, *, user: str, reason: str, words: Sequence[Span] = (), made: datetime | None = None
    ) -> Decision:
        """Drops a capture's bytes and the text of its reports for good or, where `words` are given, its bytes and those words.

        What was read in those reports is gone with them until the next run; what people decided there stays without its words.
        It cannot be undone. CaseError where nobody signed it, no reason is given, or there is no such capture.
        """
        if not reason.strip():
            raise CaseError("to redact needs a reason, which is all that will be left; say who asks for it and why")
        places = [[span.report, span.start, span.end] for span in words]
        decision = Decision(
            id=0, kind="redact", fact="report", role=None, capture=capture, anchor=None, value=canonical(places), reason=reason,
            user=user, made=datetime.now(UTC),
        )  # fmt: skip
        self.capture(capture)
        with self._writing() as connection:
            for span in words:
                people.find_words(connection, span)
            kept = people.add_decision(connection, decision, made)
            redaction.redact(connection, kept)
        self._scrub()
        return kept

    def assess(
        self, incident: str, *, scale: str, grade: str, user: str, low: int | None = None, high: int | None = None,
        best: int | None = None, note: str = "", made: datetime | None = None, seen: str | None = None,
        members: Sequence[Span] = (), cited: Sequence[Span] = (),
    ) -> Assessment:  # fmt: skip
        """Appends a named person's grading of an incident, dated now unless `made` is given; none is ever overwritten.

        CaseError for a grade that a scale of ours does not have, a best outside of the range, or words that are in no report.
        """
        assessment = Assessment(
            id=0, incident=incident, scale=scale, grade=grade, low=low, high=high, best=best, note=note, user=user,
            made=made or datetime.now(UTC), seen=seen, members=tuple(members), cited=tuple(cited),
        )  # fmt: skip
        with self._writing() as connection:
            return people.add_assessment(connection, assessment, made)

    def take_in(self, other: Store) -> Taken:
        """Takes in what another copy of the case has and this one lacks: captures, reports, decisions, gradings, redactions.

        Nothing is lost and nothing is doubled, whichever copy takes in the other and however often. What the machine made of the
        reports is not taken in; the next run reads what is new. All or nothing.
        """
        with other._looking() as theirs, self._writing() as connection:
            taken = copies.take_in(connection, theirs)
        if taken.redactions:
            self._scrub()
        return taken

    # --- the whole ---

    def exported(self, what: Mapping[str, Any]) -> None:
        """Notes in the log that something was taken out of the case: who, as what, for whom, how much of it, and its hash."""
        with self._writing() as connection:
            log.append(connection, "exported", dict(what))

    def _scrub(self) -> None:
        with database.explained(self._name), self._open().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            redaction.scrub(connection)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with database.explained(self._name), database.writing(self._open()) as connection:
            yield connection
