"""What linking found, in and out of its tables: copies, utterances, incidents with their members, claims with their edges."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, delete, select

from counterclaim.case import schema
from counterclaim.case.engine import insert_all
from counterclaim.case.readings import date_columns, date_of, load_places, place_id, place_row
from counterclaim.errors import CaseError
from counterclaim.records import (
    Claim,
    CopyLink,
    Incident,
    IncidentRef,
    Linkage,
    PassageLink,
    StatementRef,
    Utterance,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Only:
    """The incidents, and the ids of the reports, that a linkage is asked for."""

    incidents: tuple[Incident, ...]
    reports: tuple[str, ...]


def save(connection: Connection, run: int, linkage: Linkage) -> None:
    """Puts the linkage in place of the one that `run` had.

    CaseError naming the link that refers to a report, statement, incident or incident mention which the run does not hold.
    """
    _check(connection, run, linkage)
    for table in reversed(schema.LINKAGE):
        connection.execute(delete(table).where(table.c.run == run))
    places = {incident.place for incident in linkage.incidents if incident.place}
    rows_of_places = sorted((place_row(run, place) for place in places), key=lambda row: str(row["id"]))
    insert_all(connection, schema.place, rows_of_places, new=True)
    for table, rows in _rows(linkage):
        insert_all(connection, table, [{"run": run, **row} for row in rows])


def load(connection: Connection, run: int, only: Only | None = None) -> Linkage:
    """The linkage of a run, or what of it concerns `only` a few incidents and reports; empty where it has none yet."""
    copies, utterances, claims = schema.copy_link, schema.utterance, schema.claim
    of_copies, of_passages, of_utterances, of_claims = _everything, _everything, _everything, _everything
    reports = None if only is None else only.reports
    if only is not None:
        said = schema.utterance_statement
        heard = select(said.c.utterance).where(said.c.run == run, said.c.report.in_(only.reports))
        of_copies = (copies.c.copy.in_(only.reports), copies.c.original.in_(only.reports))
        of_passages = tuple(column.in_(only.reports) for column in (schema.passage_link.c.copy, schema.passage_link.c.original))
        of_utterances = (utterances.c.id.in_(heard),)
        of_claims = (claims.c.incident.in_([incident.id for incident in only.incidents]),)
    statements = _grouped(connection, schema.utterance_statement, run, "utterance", reports)
    edges = _grouped(connection, schema.claim_edge, run, "claim", reports)
    return Linkage(
        copies=tuple(
            CopyLink(row["copy"], row["original"], row["kind"], row["share"], tuple(row["reasons"]))
            for row in _of_run(connection, copies, run, *of_copies)
        ),
        utterances=tuple(
            Utterance(
                id=row["id"], speaker=row["speaker"], reasons=tuple(row["reasons"]),
                statements=tuple(StatementRef(of["report"], of["statement"]) for of in statements[row["id"]]),
            )
            for row in _of_run(connection, utterances, run, *of_utterances)
        ),
        incidents=load_incidents(connection, run) if only is None else only.incidents,
        claims=tuple(
            Claim(
                id=row["id"], incident=row["incident"], question=row["question"], target=row["target"],
                edges=tuple((StatementRef(of["report"], of["statement"]), of["polarity"]) for of in edges[row["id"]]),
            )
            for row in _of_run(connection, claims, run, *of_claims)
        ),
        names=tuple((row["name"], row["shown"]) for row in _of_run(connection, schema.same_name, run)),
        passages=tuple(_passage(row) for row in _of_run(connection, schema.passage_link, run, *of_passages)),
    )  # fmt: skip


def copies_of(connection: Connection, run: int, report: str) -> tuple[CopyLink, ...]:
    """The copy links of one report, to its originals and from its copies."""
    table = schema.copy_link
    rows = _of_run(connection, table, run, (table.c.copy == report) | (table.c.original == report))
    return tuple(CopyLink(row["copy"], row["original"], row["kind"], row["share"], tuple(row["reasons"])) for row in rows)


def passages_of(connection: Connection, run: int, report: str) -> tuple[PassageLink, ...]:
    """The passage links of one report, to its originals and from its copies."""
    table = schema.passage_link
    return tuple(map(_passage, _of_run(connection, table, run, (table.c.copy == report) | (table.c.original == report))))


def _passage(row: RowMapping) -> PassageLink:
    source = (row["source_start"], row["source_end"])
    return PassageLink(row["copy"], (row["start"], row["end"]), row["original"], source, row["share"], tuple(row["reasons"]))


def load_incidents(connection: Connection, run: int, only: Sequence[str] | None = None) -> tuple[Incident, ...]:
    """The incidents of a run with their members, or `only` those of these ids."""
    table, of = schema.incident, schema.incident_member
    members = _grouped(connection, of, run, "incident") if only is None else _members(connection, run, only)
    held = _everything if only is None else (table.c.id.in_(only),)
    rows = _of_run(connection, table, run, *held)
    places = load_places(connection, run, None if only is None else {row["place"] for row in rows if row["place"]})
    return tuple(
        Incident(
            id=row["id"], title=row["title"], date=date_of(row), place=places[row["place"]] if row["place"] else None,
            alleged=tuple(row["alleged"]), aggregate=row["aggregate"], reasons=tuple(row["reasons"]),
            members=tuple(IncidentRef(of["report"], of["mention"]) for of in members[row["id"]]),
        )
        for row in rows
    )  # fmt: skip


def _rows(linkage: Linkage) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """The tables in an order in which they can be filled, each with its rows."""
    yield (
        schema.copy_link,
        [
            {
                "n": n,
                "copy": link.copy,
                "original": link.original,
                "kind": link.kind,
                "share": link.share,
                "reasons": link.reasons,
            }
            for n, link in enumerate(linkage.copies)
        ],
    )
    yield (
        schema.passage_link,
        [
            {
                "n": n,
                "copy": link.copy,
                "start": link.span[0],
                "end": link.span[1],
                "original": link.original,
                "source_start": link.source[0],
                "source_end": link.source[1],
                "share": link.share,
                "reasons": link.reasons,
            }
            for n, link in enumerate(linkage.passages)
        ],
    )
    yield (
        schema.utterance,
        [
            {"n": n, "id": utterance.id, "speaker": utterance.speaker, "reasons": utterance.reasons}
            for n, utterance in enumerate(linkage.utterances)
        ],
    )
    yield (
        schema.utterance_statement,
        [
            {"utterance": utterance.id, "n": n, "report": of.report, "statement": of.statement}
            for utterance in linkage.utterances
            for n, of in enumerate(utterance.statements)
        ],
    )
    yield (
        schema.incident,
        [
            {
                "n": n,
                "id": incident.id,
                "title": incident.title,
                "aggregate": incident.aggregate,
                **date_columns(incident.date),
                "place": place_id(incident.place) if incident.place else None,
                "alleged": incident.alleged,
                "reasons": incident.reasons,
            }
            for n, incident in enumerate(linkage.incidents)
        ],
    )
    yield (
        schema.incident_member,
        [
            {"incident": incident.id, "n": n, "report": of.report, "mention": of.index}
            for incident in linkage.incidents
            for n, of in enumerate(incident.members)
        ],
    )
    yield (
        schema.claim,
        [
            {"n": n, "id": claim.id, "incident": claim.incident, "question": claim.question, "target": claim.target}
            for n, claim in enumerate(linkage.claims)
        ],
    )
    yield (
        schema.claim_edge,
        [
            {"claim": claim.id, "n": n, "report": of.report, "statement": of.statement, "polarity": polarity}
            for claim in linkage.claims
            for n, (of, polarity) in enumerate(claim.edges)
        ],
    )
    yield schema.same_name, [{"n": n, "name": name, "shown": shown} for n, (name, shown) in enumerate(linkage.names)]


def _check(connection: Connection, run: int, linkage: Linkage) -> None:
    reports = set(connection.execute(select(schema.report.c.id)).scalars())
    statements = _pairs(connection, schema.statement, "id", run)
    mentions = _pairs(connection, schema.incident_mention, "n", run)
    incidents = {incident.id for incident in linkage.incidents}

    def refuse(link: str, what: str) -> CaseError:
        return CaseError(f"{link}: refers to {what}, which this run did not read; nothing of this linkage was kept")

    listed = [f"copy {copy.copy} of {copy.original}" for copy in linkage.copies]
    listed += [f"passage {p.copy}:{p.span[0]}-{p.span[1]}" for p in linkage.passages]
    listed += [f"utterance {u.id}" for u in linkage.utterances] + [f"claim {c.id}" for c in linkage.claims]
    listed += [f"incident {i.id}" for i in linkage.incidents] + [f"name {name}" for name, _ in linkage.names]
    for link, times in Counter(listed).items():
        if times > 1:
            raise CaseError(f"{link}: is listed twice; nothing of this linkage was kept")
    carried = [(f"copy {link.copy}", link.original) for link in linkage.copies]
    carried += [(f"passage {link.copy}", link.original) for link in linkage.passages]
    for what, original in carried:
        for id in (what.split()[1], original):
            if id not in reports:
                raise refuse(what, f"report {id}")
    for utterance in linkage.utterances:
        for of in utterance.statements:
            if (of.report, of.statement) not in statements:
                raise refuse(f"utterance {utterance.id}", f"statement {of.statement} of report {of.report}")
    for incident in linkage.incidents:
        for member in incident.members:
            if (member.report, member.index) not in mentions:
                raise refuse(f"incident {incident.id}", f"mention {member.index} of report {member.report}")
    for claim in linkage.claims:
        if claim.incident not in incidents:
            raise refuse(f"claim {claim.id}", f"incident {claim.incident}")
        for of, _ in claim.edges:
            if (of.report, of.statement) not in statements:
                raise refuse(f"claim {claim.id}", f"statement {of.statement} of report {of.report}")


def _pairs(connection: Connection, table: Table, column: str, run: int) -> set[tuple[str, str | int]]:
    rows = connection.execute(select(table.c.report, table.c[column]).where(table.c.run == run))
    return {(report, id) for report, id in rows}


_everything: tuple[ColumnElement[bool], ...] = ()


def _of_run(connection: Connection, table: Table, run: int, *held: ColumnElement[bool]) -> list[RowMapping]:
    return list(connection.execute(select(table).where(table.c.run == run, *held).order_by(table.c.n)).mappings())


def _grouped(
    connection: Connection, table: Table, run: int, owner: str, reports: Sequence[str] | None = None
) -> defaultdict[str, list[RowMapping]]:
    held = _everything if reports is None else (table.c.report.in_(reports),)
    return _by(owner, _of_run(connection, table, run, *held))


def _members(connection: Connection, run: int, incidents: Sequence[str]) -> defaultdict[str, list[RowMapping]]:
    table = schema.incident_member
    return _by("incident", _of_run(connection, table, run, table.c.incident.in_(incidents)))


def _by(owner: str, rows: Iterable[RowMapping]) -> defaultdict[str, list[RowMapping]]:
    grouped: defaultdict[str, list[RowMapping]] = defaultdict(list)
    for row in rows:
        grouped[row[owner]].append(row)
    return grouped
