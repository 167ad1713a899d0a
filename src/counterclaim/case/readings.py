"""Readings in and out of their tables; nothing is let in whose words are not in its report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Connection, RowMapping, Table, select, union

from counterclaim.case import schema
from counterclaim.case.canonical import canonical, digest, reading_digest
from counterclaim.case.engine import insert_all
from counterclaim.errors import CaseError
from counterclaim.records import (
    Actor,
    DateMention,
    DateRange,
    Detail,
    Figure,
    IncidentMention,
    Offsets,
    Place,
    PlaceMention,
    Range,
    Reading,
    Report,
    Span,
    Statement,
)  # fmt: skip

Rows = defaultdict[Table, list[dict[str, Any]]]

_SEVERAL = ("content", "cue", "source", "via", "hedge")
"""Fields of a statement that hold several offsets; `about` and `antecedent` hold one or none."""

_RANGES = (
    "killed", "injured", "civilians_killed", "civilians_injured", "combatants_killed", "children", "women", "men",
)  # fmt: skip


def save(connection: Connection, run: int, batch: Iterable[tuple[Report, Reading]]) -> None:
    """Writes the facts of readings under `run`, a table at a time: that costs a third of a report at a time.

    CaseError naming the report and the fact where offsets select nothing, a fact refers to another that is not there,
    an id is used twice, or a number does not fit.
    """
    rows: Rows = defaultdict(list)
    for report, reading in batch:
        _check(report, reading)
        offsets = {at for fact, at in _offsets(reading) if not fact.startswith("sentence")}
        rows[schema.span] += [schema.row(schema.span, Span.of(report.id, report.text, *at)) for at in sorted(offsets)]
        _add_rows(rows, run, report.id, reading)
    insert_all(connection, schema.span, rows[schema.span], new=True)
    for table in schema.FACTS:
        insert_all(connection, table, rows[table], new=table is schema.place)


def load(connection: Connection, run: int, reports: Iterable[Report]) -> Iterator[tuple[Report, Reading, str]]:
    """The readings of `run` of those reports that have one, in their order, with the digest each was saved under."""
    asked = list(reports)
    # Above this a look-up by id costs more than reading the whole run, and the statement grows past sense.
    only = [report.id for report in asked] if len(asked) <= 500 else None
    rows = select(schema.reading).where(schema.reading.c.run == run)
    found = {r.report: r for r in connection.execute(rows if only is None else rows.where(schema.reading.c.report.in_(only)))}
    wanted = [report for report in asked if report.id in found]
    places = load_places(connection, run, None if only is None else _places_named(run, only))
    held = {table: _by_report(connection, table, run, only) for table in _OF_A_READING}
    for report in wanted:
        of = {table: held[table].get(report.id, []) for table in _OF_A_READING}
        yield report, _reading(report, found[report.id].error, of, places), found[report.id].digest


def load_places(
    connection: Connection, run: int, only: Collection[str] | CompoundSelect[tuple[str]] | None = None
) -> dict[str, Place]:
    """Every place of the run by its row's id, or those of `only` these ids."""
    wanted = select(schema.place).where(schema.place.c.run == run)
    if only is not None:
        wanted = wanted.where(schema.place.c.id.in_(only))
    rows = connection.execute(wanted).mappings()
    return {row["id"]: Place(**{name: row[name] for name in row if name not in ("run", "id")}) for row in rows}


def _places_named(run: int, reports: Collection[str]) -> CompoundSelect[tuple[str]]:
    """The ids of the places that the readings of these reports name."""
    tables = (schema.place_mention, schema.incident_mention)
    return union(*(select(table.c.place).where(table.c.run == run, table.c.report.in_(reports)) for table in tables))


def place_row(run: int, place: Place) -> dict[str, Any]:
    """The row of a place. Its id is made of what is known of it, so that equal places share a row."""
    row = {name: getattr(place, name) for name in ("name", "lat", "lon", "country", "precision", "where_prec")}
    return {"run": run, "id": place_id(place), **row}


@lru_cache(maxsize=4096)  # a report names the same few places many times
def place_id(place: Place) -> str:
    """Sixteen hexadecimal digits made of what is known of a place."""
    return digest(canonical(place))[:16]


def date_columns(date: DateRange | None) -> dict[str, Any]:
    """The columns of an optional date."""
    return {f"date_{name}": getattr(date, name, None) for name in ("start", "end", "precision", "inferred")}


def date_of(row: RowMapping) -> DateRange | None:
    """The date in a row with the columns of `date_columns`."""
    if row["date_start"] is None:
        return None
    return DateRange(row["date_start"], row["date_end"], row["date_precision"], row["date_inferred"])


def _check(report: Report, reading: Reading) -> None:
    def refuse(fact: str, why: str) -> CaseError:
        return CaseError(f"report {report.id}, {fact}: {why}; nothing of this reading was kept")

    if reading.text != report.text:
        raise refuse("reading", "is of another text than the report's")
    for fact, offsets in _offsets(reading):
        if not 0 <= offsets[0] < offsets[1] <= len(report.text):
            raise refuse(fact, f"offsets {offsets[0]}-{offsets[1]} select no words of a text of {len(report.text)} code points")
    told = [(f"statement {s.id}", s.incident) for s in reading.statements]
    told += [(f"figure {f.id}", f.incident) for f in reading.figures]
    told += [(f"detail {d.id}", d.incident) for d in reading.details]
    for fact, times in Counter(fact for fact, _ in told).items():
        if times > 1:
            raise refuse(fact, "its id is used twice")
    for fact, incident in told:
        if incident is not None and not 0 <= incident < len(reading.incidents):
            raise refuse(fact, f"refers to incident {incident} of {len(reading.incidents)}")
    statements = {statement.id for statement in reading.statements}
    within = [(f"figure {f.id}", f.statement) for f in reading.figures]
    within += [(f"detail {d.id}", d.statement) for d in reading.details]
    for fact, of_statement in within:
        if of_statement is not None and of_statement not in statements:
            raise refuse(fact, f"refers to statement {of_statement}, which is not in the reading")
    said = [(f"figure {f.id}", Range(f.low, f.high)) for f in reading.figures]
    said += [(f"incident {n}", of) for n, i in enumerate(reading.incidents) for name in _RANGES if (of := getattr(i, name))]
    for fact, of in said:
        if any(number is not None and abs(number) > schema.MAX_INT for number in (of.low, of.high)):
            raise refuse(fact, f"{of.low} to {of.high} is more than can be kept")


def _offsets(reading: Reading) -> Iterator[tuple[str, Offsets]]:
    """Every pair of offsets of a reading with the name of the fact it belongs to."""
    for n, offsets in enumerate(reading.sentences):
        yield f"sentence {n}", offsets
    for statement in reading.statements:
        for _, _, offsets in _statement_spans(statement):
            yield f"statement {statement.id}", offsets
    for figure in reading.figures:
        yield f"figure {figure.id}", figure.span
    for detail in reading.details:
        yield f"detail {detail.id}", detail.span
    for place in reading.places:
        yield f"place {place.place.name}", place.span
    for date in reading.dates:
        yield f"date {date.value}", date.span
    for actor in reading.actors:
        for offsets in actor.mentions:
            yield f"actor {actor.name}", offsets
    for n, incident in enumerate(reading.incidents):
        for offsets in incident.evidence:
            yield f"incident {n}", offsets


def _statement_spans(statement: Statement) -> Iterator[tuple[str, int, Offsets]]:
    for role in _SEVERAL:
        for n, offsets in enumerate(getattr(statement, role)):
            yield role, n, offsets
    for role in ("about", "antecedent"):
        offsets = getattr(statement, role)
        if offsets is not None:
            yield role, 0, offsets


def _add_rows(rows: Rows, run: int, report: str, reading: Reading) -> None:
    key = {"run": run, "report": report}
    rows[schema.reading] += [{**key, "error": reading.error, "digest": reading_digest(reading)}]
    rows[schema.sentence] += [{**key, "n": n, **_at(sentence)} for n, sentence in enumerate(reading.sentences)]
    places = {mention.place for mention in reading.places} | {i.place for i in reading.incidents if i.place}
    rows[schema.place] += sorted((place_row(run, place) for place in places), key=lambda row: str(row["id"]))
    rows[schema.place_mention] += [
        {**key, "n": n, **_at(mention.span), "place": place_id(mention.place)} for n, mention in enumerate(reading.places)
    ]
    rows[schema.date_mention] += [
        {**key, "n": n, **_at(date.span), "value": date.value, "type": date.type, "first_day": date.start, "last_day": date.end}
        for n, date in enumerate(reading.dates)
    ]
    for n, actor in enumerate(reading.actors):
        rows[schema.actor].append(schema.row(schema.actor, actor, **key, n=n))
        rows[schema.actor_mention] += [{**key, "actor": n, "n": m, **_at(at)} for m, at in enumerate(actor.mentions)]
    for n, incident in enumerate(reading.incidents):
        place = place_id(incident.place) if incident.place else None
        rows[schema.incident_mention].append(
            {**key, "n": n, "main": incident.main, "aggregate": incident.aggregate, **date_columns(incident.date),
             "place": place, "alleged": incident.alleged}
        )  # fmt: skip
        rows[schema.incident_evidence] += [{**key, "incident": n, "n": m, **_at(at)} for m, at in enumerate(incident.evidence)]
        ranges = {name: getattr(incident, name) for name in _RANGES}
        rows[schema.incident_range] += [
            {**key, "incident": n, "harmed": name, "low": said.low, "high": said.high} for name, said in ranges.items() if said
        ]
    for n, statement in enumerate(reading.statements):
        rows[schema.statement].append(schema.row(schema.statement, statement, **key, n=n))
        rows[schema.statement_span] += [
            {**key, "statement": statement.id, "role": role, "n": m, **_at(at)} for role, m, at in _statement_spans(statement)
        ]
    rows[schema.figure] += [
        schema.row(schema.figure, figure, **key, n=n, **_at(figure.span)) for n, figure in enumerate(reading.figures)
    ]
    rows[schema.detail] += [
        schema.row(schema.detail, detail, **key, n=n, **_at(detail.span)) for n, detail in enumerate(reading.details)
    ]


def _at(offsets: Offsets) -> dict[str, int]:
    return {"start": offsets[0], "end": offsets[1]}


_OF_A_READING = tuple(
    table for table in schema.FACTS if "report" in table.c and table not in schema.LINKAGE and table is not schema.reading
)


def _by_report(connection: Connection, table: Table, run: int, only: list[str] | None) -> dict[str, list[RowMapping]]:
    wanted = select(table).where(table.c.run == run).order_by(*(table.c[name] for name in ("report", "n") if name in table.c))
    if only is not None:
        wanted = wanted.where(table.c.report.in_(only))
    held: defaultdict[str, list[RowMapping]] = defaultdict(list)
    for row in connection.execute(wanted).mappings():
        held[row["report"]].append(row)
    return held


def _reading(report: Report, error: str | None, of: Mapping[Table, list[RowMapping]], places: Mapping[str, Place]) -> Reading:
    return Reading(
        text=report.text,
        error=error,
        statements=_statements(of),
        figures=tuple(
            Figure(**_fields(row, but=("start", "end", "chain")), span=_offsets_of(row), chain=tuple(row["chain"]))
            for row in of[schema.figure]
        ),
        places=tuple(PlaceMention(_offsets_of(row), places[row["place"]]) for row in of[schema.place_mention]),
        dates=tuple(
            DateMention(_offsets_of(row), row["value"], row["type"], row["first_day"], row["last_day"])
            for row in of[schema.date_mention]
        ),
        incidents=_incidents(of, places),
        actors=_actors(of),
        sentences=tuple(_offsets_of(row) for row in of[schema.sentence]),
        details=tuple(
            Detail(**_fields(row, but=("start", "end", "chain")), span=_offsets_of(row), chain=tuple(row["chain"]))
            for row in of[schema.detail]
        ),
    )


def _statements(of: Mapping[Table, list[RowMapping]]) -> tuple[Statement, ...]:
    pieces: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for row in of[schema.statement_span]:
        fields, role = pieces[row["statement"]], row["role"]
        fields[role] = (*fields.get(role, ()), _offsets_of(row)) if role in _SEVERAL else _offsets_of(row)
    none = dict.fromkeys(("content", "cue", "source"), ())
    return tuple(
        Statement(**_fields(row, but=("chain",)), **{**none, **pieces[row["id"]]}, chain=tuple(row["chain"]))
        for row in of[schema.statement]
    )


def _actors(of: Mapping[Table, list[RowMapping]]) -> tuple[Actor, ...]:
    mentions: defaultdict[int, list[Offsets]] = defaultdict(list)
    for row in of[schema.actor_mention]:
        mentions[row["actor"]].append(_offsets_of(row))
    return tuple(
        Actor(
            **_fields(row, but=("aliases", "why")),
            aliases=tuple(row["aliases"]),
            mentions=tuple(mentions[row["n"]]),
            why=tuple(row["why"]),
        )
        for row in of[schema.actor]
    )


def _incidents(of: Mapping[Table, list[RowMapping]], places: Mapping[str, Place]) -> tuple[IncidentMention, ...]:
    evidence: defaultdict[int, list[Offsets]] = defaultdict(list)
    for row in of[schema.incident_evidence]:
        evidence[row["incident"]].append(_offsets_of(row))
    ranges: defaultdict[int, dict[str, Range]] = defaultdict(dict)
    for row in of[schema.incident_range]:
        ranges[row["incident"]][row["harmed"]] = Range(row["low"], row["high"])
    return tuple(
        IncidentMention(
            main=row["main"],
            date=date_of(row),
            place=places[row["place"]] if row["place"] else None,
            alleged=tuple(row["alleged"]),
            aggregate=row["aggregate"],
            evidence=tuple(evidence[row["n"]]),
            **ranges[row["n"]],
        )
        for row in of[schema.incident_mention]
    )


def _offsets_of(row: RowMapping) -> Offsets:
    return row["start"], row["end"]


def _fields(row: RowMapping, *, but: tuple[str, ...]) -> dict[str, Any]:
    """A row as arguments of its record: without its key and the columns that need more than handing over."""
    return {name: value for name, value in row.items() if name not in ("run", "report", "n") and name not in but}
