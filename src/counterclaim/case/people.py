"""What people decide and grade: rows appended, each sealed in the log, none ever changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

from sqlalchemy import Connection, Table, func, insert, select

from counterclaim.case import log, schema
from counterclaim.case.canonical import plain
from counterclaim.case.engine import insert_new
from counterclaim.errors import CaseError
from counterclaim.records import Assessment, Decision, DecisionKind, Span


def add_decision(connection: Connection, decision: Decision) -> Decision:
    """Appends the decision under the next free id, whatever id it came with, logs it and gives it back as kept.

    CaseError where its kind is none, nobody signed it, its words are not in the report, or it undoes what is not there.
    """
    if decision.kind not in get_args(DecisionKind):
        raise CaseError(f"no decision is called {decision.kind!r}; the kinds are {', '.join(get_args(DecisionKind))}")
    table = schema.decision
    undone = select(table.c.id).where(table.c.id == decision.undoes)
    if decision.undoes is not None and connection.execute(undone).one_or_none() is None:
        raise CaseError(f"there is no decision {decision.undoes} to undo; see the list of decisions")
    anchor = _anchored(connection, decision.anchor) if decision.anchor else None
    kept = replace(decision, id=_next_id(connection, table, decision.user), anchor=anchor)
    words = {name: getattr(anchor, name, None) for name in ("report", "start", "end")}
    connection.execute(insert(table), schema.row(table, kept, **words))
    log.append(connection, "decision", plain(kept))
    return kept


def add_assessment(connection: Connection, assessment: Assessment) -> Assessment:
    """Appends the assessment under the next free id, whatever id it came with, logs it and gives it back as kept."""
    table = schema.assessment
    kept = replace(assessment, id=_next_id(connection, table, assessment.user))
    connection.execute(insert(table), schema.row(table, kept))
    log.append(connection, "assessment", plain(kept))
    return kept


def decisions(connection: Connection) -> Iterator[Decision]:
    """Every decision in the order they were made, those taken back included."""
    table, span = schema.decision, schema.span
    words = (table.c.report == span.c.report) & (table.c.start == span.c.start) & (table.c.end == span.c.end)
    rows = select(table, span.c.quote, span.c.prefix, span.c.suffix).outerjoin_from(table, span, words).order_by(table.c.id)
    for row in connection.execute(rows).mappings():
        fields: dict[str, Any] = dict(row)
        place = [fields.pop(name) for name in ("report", "start", "end", "quote", "prefix", "suffix")]
        yield Decision(**fields, anchor=None if place[0] is None else Span(*place))


def assessments(connection: Connection) -> Iterator[Assessment]:
    """Every assessment in the order they were made."""
    for row in connection.execute(select(schema.assessment).order_by(schema.assessment.c.id)).mappings():
        yield Assessment(**row)


def _next_id(connection: Connection, table: Table, user: str) -> int:
    if not user.strip():
        raise CaseError(f"a {table.name} needs the name of who makes it; say who you are")
    return int(connection.execute(select(func.coalesce(func.max(table.c.id), 0) + 1)).scalar_one())


def _anchored(connection: Connection, anchor: Span) -> Span:
    """The anchor as the store keeps spans, with the full context around its words."""
    text = connection.execute(select(schema.report.c.text).where(schema.report.c.id == anchor.report)).scalar_one_or_none()
    if text is None or text[anchor.start : anchor.end] != anchor.quote or not anchor.quote:
        where = f"{anchor.start}-{anchor.end} of report {anchor.report}"
        raise CaseError(f"the words {anchor.quote!r} are not at {where}; mark them again")
    kept = Span.of(anchor.report, text, anchor.start, anchor.end)
    insert_new(connection, schema.span, [schema.row(schema.span, kept)])
    return kept
