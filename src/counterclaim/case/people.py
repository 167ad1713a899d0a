"""What people decide and grade: rows appended, each sealed in the log, none ever changed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

from sqlalchemy import Connection, Table, func, insert, select

from counterclaim.case import log, schema
from counterclaim.case.canonical import canonical, digest
from counterclaim.case.engine import insert_all
from counterclaim.case.grades import check_grade
from counterclaim.case.judging import taken_back
from counterclaim.case.values import VALUES, checked
from counterclaim.errors import CaseError
from counterclaim.records import Assessment, Decision, DecisionKind, FactKind, Span

_ON: dict[str, tuple[str, ...]] = {
    "accept": ("figure", "statement", "mention", "incident", "lead"),
    "correct": tuple(VALUES),
    "reject": ("figure", "statement", "mention", "incident"),
    "hide": ("figure", "statement", "mention", "incident", "report"),
    "add": ("figure", "statement", "mention"),
    "same": ("name", "statement", "mention", "incident", "report"),
    "not-same": ("name", "statement", "mention", "incident", "report"),
    "move": ("figure", "statement", "mention"),
    "merge": ("incident",),
    "split": ("incident",),
    "redact": ("report",),
}
"""What each kind of decision can be about."""


def drawn_up(given: Mapping[str, Any], made: datetime | None) -> Decision:
    """The decision that is given by the names of its fields, dated now where `made` is None. CaseError for one to redact."""
    if given["kind"] == "redact":
        raise CaseError("what is redacted is gone; ask for it as such, with `counterclaim redact`")
    fields = {**dict.fromkeys(("role", "capture", "anchor", "value")), "reason": "", **given}
    for name in ("members", "others"):
        fields[name] = tuple(fields.get(name, ()))
    fields["settles"] = tuple(sorted(set(fields.get("settles", ()))))
    return Decision(id=0, made=made or datetime.now(UTC), **fields)


def add_decision(connection: Connection, decision: Decision, made: datetime | None = None) -> Decision:
    """Appends the decision under the next free id, whatever id it came with, logs it and gives it back as kept.

    Without `made` it is dated now, but after every other: a clock that was set back does not put it behind them. CaseError where
    its kind is none or does not fit what it is about, nobody signed it, its words are not in the report, it undoes what is not
    there or another's, or it settles what only a lead may.
    """
    table = schema.decision
    id = _next_id(connection, table, decision.user)
    made = _moment(connection, table, decision.user, made)
    _check(connection, decision)
    kept = replace(
        decision, id=id, made=made, anchor=_anchored(connection, decision.anchor) if decision.anchor else None,
        members=tuple(_anchored(connection, span) for span in decision.members),
        others=tuple(_anchored(connection, span) for span in decision.others),
    )  # fmt: skip
    insert_decision(connection, kept)
    return kept


def insert_decision(connection: Connection, kept: Decision) -> None:
    """Writes a decision that was checked, and its entry in the log."""
    words = {name: getattr(kept.anchor, name, None) for name in ("report", "start", "end")}
    connection.execute(insert(schema.decision), schema.row(schema.decision, kept, **words))
    _add_words(connection, schema.decision_words, "decision", kept.id, {"member": kept.members, "other": kept.others})
    if kept.settles:
        rows = [{"decision": kept.id, "settled": id} for id in sorted(set(kept.settles))]
        connection.execute(insert(schema.decision_settles), rows)
    log.append(connection, "decision", {"id": kept.id, "digest": digest(canonical(kept))})


def undo(connection: Connection, id: int, user: str, reason: str, made: datetime | None) -> Decision:
    """Takes a decision back by another. CaseError where it is not there, another's, or taken back already."""
    of, takers = _undone(connection, id)
    if takers:
        raise CaseError(f"decision {id} was taken back already, by decision {takers[0].id}")
    return add_decision(connection, _taking_back(of, user, reason), made)


def redo(connection: Connection, id: int, user: str, reason: str, made: datetime | None) -> Decision:
    """Brings back a decision that was taken back, by taking that back. CaseError where it was not, or it is another's."""
    _, takers = _undone(connection, id)
    if not takers:
        raise CaseError(f"decision {id} was not taken back; there is nothing to bring back")
    return add_decision(connection, _taking_back(takers[-1], user, reason), made)


def add_assessment(connection: Connection, assessment: Assessment, made: datetime | None = None) -> Assessment:
    """Appends the assessment under the next free id, whatever id it came with, logs it and gives it back as kept.

    It is dated as `add_decision` dates. CaseError for one that cannot be meant (see `case.grades`).
    """
    table = schema.assessment
    check_grade(assessment)
    kept = replace(
        assessment, made=_moment(connection, table, assessment.user, made), id=_next_id(connection, table, assessment.user),
        members=tuple(_anchored(connection, span) for span in assessment.members),
        cited=tuple(_anchored(connection, span) for span in assessment.cited),
    )  # fmt: skip
    insert_assessment(connection, kept)
    return kept


def insert_assessment(connection: Connection, kept: Assessment) -> None:
    """Writes an assessment that was checked, and its entry in the log."""
    connection.execute(insert(schema.assessment), schema.row(schema.assessment, kept))
    _add_words(connection, schema.assessment_words, "assessment", kept.id, {"member": kept.members, "cited": kept.cited})
    log.append(connection, "assessment", {"id": kept.id, "digest": digest(canonical(kept))})


def decisions(connection: Connection) -> Iterator[Decision]:
    """Every decision in the order in which they came in, those taken back included."""
    table, span = schema.decision, schema.span
    words = _words(connection, schema.decision_words, "decision")
    settles: defaultdict[int, list[int]] = defaultdict(list)
    for of, settled in connection.execute(select(schema.decision_settles).order_by(schema.decision_settles.c.settled)):
        settles[of].append(settled)
    at = (table.c.report == span.c.report) & (table.c.start == span.c.start) & (table.c.end == span.c.end)
    rows = select(table, span.c.quote, span.c.prefix, span.c.suffix).outerjoin_from(table, span, at).order_by(table.c.id)
    for row in connection.execute(rows).mappings():
        fields: dict[str, Any] = dict(row)
        place = [fields.pop(name) for name in ("report", "start", "end", "quote", "prefix", "suffix")]
        id = fields["id"]
        yield Decision(
            **fields, anchor=None if place[0] is None else Span(*place), settles=tuple(settles[id]),
            members=words[id, "member"], others=words[id, "other"],
        )  # fmt: skip


def assessments(connection: Connection) -> Iterator[Assessment]:
    """Every assessment in the order in which they came in."""
    words = _words(connection, schema.assessment_words, "assessment")
    for row in connection.execute(select(schema.assessment).order_by(schema.assessment.c.id)).mappings():
        yield Assessment(**row, members=words[row["id"], "member"], cited=words[row["id"], "cited"])


def leads(decided: Sequence[Decision]) -> frozenset[str]:
    """The names of those who may settle what others decide differently."""
    taken = taken_back(decided)
    named = (d for d in decided if d.fact == "lead" and d.undoes is None and d.id not in taken)
    return frozenset(str(json.loads(d.value or "null")) for d in named)


def _undone(connection: Connection, id: int) -> tuple[Decision, list[Decision]]:
    """A decision, and those in force that take it back."""
    decided = tuple(decisions(connection))
    of = next((d for d in decided if d.id == id), None)
    if of is None:
        raise CaseError(f"there is no decision {id} to undo; see the list of decisions")
    taken = taken_back(decided)
    return of, [d for d in decided if d.undoes == id and d.id not in taken]


def _taking_back(of: Decision, user: str, reason: str) -> Decision:
    return Decision(
        id=0, kind=of.kind, fact=of.fact, role=of.role, capture=of.capture, anchor=None, value=None, reason=reason, user=user,
        made=datetime.now(UTC), undoes=of.id,
    )  # fmt: skip


def _check(connection: Connection, decision: Decision) -> None:
    kinds, facts = get_args(DecisionKind), get_args(FactKind)
    if decision.kind not in kinds:
        raise CaseError(f"no decision is called {decision.kind!r}; the kinds are {', '.join(kinds)}")
    if decision.fact not in facts:
        raise CaseError(f"nothing is decided on a {decision.fact!r}; it may be {', '.join(facts)}")
    if decision.undoes is not None:
        _check_undo(connection, decision)
        return
    if decision.fact not in _ON[decision.kind]:
        raise CaseError(f"{decision.kind} is not decided on a {decision.fact}, but on {', '.join(_ON[decision.kind])}")
    held = {"name": decision.value, "lead": decision.value, "incident": decision.members, "report": decision.capture}
    if not held.get(decision.fact, decision.anchor):
        raise CaseError(f"a decision on a {decision.fact} must say which; point at it, or mark its words")
    if decision.kind == "correct":
        checked(decision.fact, decision.role, decision.value)
    if decision.fact == "lead" or decision.settles:
        decided = tuple(decisions(connection))
        may = leads(decided)
        if decision.settles and decision.user not in may:
            who = f"that is {', '.join(sorted(may))}" if may else "name one first"
            raise CaseError(f"{decision.user} is no lead and cannot settle what others decided; {who}")
        if decision.fact == "lead" and may and decision.user not in may:
            raise CaseError(f"{decision.user} is no lead; {', '.join(sorted(may))} may name another")
        missing = set(decision.settles) - {d.id for d in decided}
        if missing:
            raise CaseError(f"there is no decision {min(missing)} to settle; see the list of decisions")


def _check_undo(connection: Connection, decision: Decision) -> None:
    decided = {d.id: d for d in decisions(connection)}
    of = decided.get(decision.undoes or 0)
    if of is None:
        raise CaseError(f"there is no decision {decision.undoes} to undo; see the list of decisions")
    if of.kind == "redact":
        raise CaseError(f"decision {of.id} redacted a report; what is gone cannot be brought back")
    if decision.user != of.user and decision.user not in leads(tuple(decided.values())):
        raise CaseError(f"decision {of.id} is {of.user}'s, not {decision.user}'s, to undo; decide otherwise and both stand")


def _moment(connection: Connection, table: Table, user: str, made: datetime | None) -> datetime:
    """When a row is made: as given, else now but after every other; a microsecond later where the user has one of that time."""
    tick = timedelta(microseconds=1)
    if made is None:
        last = connection.execute(select(func.max(table.c.made))).scalar_one()
        made = max(datetime.now(UTC), last + tick) if last else datetime.now(UTC)
    while connection.execute(select(table.c.id).where((table.c.user == user) & (table.c.made == made))).first():
        made += tick
    return made


def _next_id(connection: Connection, table: Table, user: str) -> int:
    if not user.strip():
        raise CaseError(f"a {table.name} needs the name of who makes it; say who you are")
    return next_id(connection, table)


def next_id(connection: Connection, table: Table) -> int:
    """The next free id of people's rows."""
    return int(connection.execute(select(func.coalesce(func.max(table.c.id), 0) + 1)).scalar_one())


def find_words(connection: Connection, anchor: Span) -> Span:
    """The span with the full context around its words. CaseError where the report does not have them there."""
    text = connection.execute(select(schema.report.c.text).where(schema.report.c.id == anchor.report)).scalar_one_or_none()
    if text is None or text[anchor.start : anchor.end] != anchor.quote or not anchor.quote:
        where = f"{anchor.start}-{anchor.end} of report {anchor.report}"
        raise CaseError(f"the words {anchor.quote!r} are not at {where}; mark them again")
    return Span.of(anchor.report, text, anchor.start, anchor.end)


def _anchored(connection: Connection, anchor: Span) -> Span:
    """The anchor as the store keeps spans."""
    kept = find_words(connection, anchor)
    insert_all(connection, schema.span, [schema.row(schema.span, kept)], new=True)
    return kept


def _add_words(connection: Connection, table: Table, of: str, id: int, parts: dict[str, tuple[Span, ...]]) -> None:
    rows = [
        {of: id, "part": part, "n": n, "report": span.report, "start": span.start, "end": span.end}
        for part, spans in parts.items()
        for n, span in enumerate(spans)
    ]
    if rows:
        connection.execute(insert(table), rows)


def _words(connection: Connection, table: Table, of: str) -> defaultdict[tuple[int, str], tuple[Span, ...]]:
    """The spans of each row and part, in their order."""
    span = schema.span
    at = (table.c.report == span.c.report) & (table.c.start == span.c.start) & (table.c.end == span.c.end)
    rows = select(table.c[of], table.c.part, span).join_from(table, span, at).order_by(table.c[of], table.c.part, table.c.n)
    found: defaultdict[tuple[int, str], list[Span]] = defaultdict(list)
    for id, part, *place in connection.execute(rows):
        found[id, part].append(Span(*place))
    return defaultdict(tuple, {key: tuple(spans) for key, spans in found.items()})
