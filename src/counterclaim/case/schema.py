"""The tables of a case: evidence, the machine's facts by run, people's decisions, and the log.

Three layers, told apart by what may happen to a row. Evidence (`capture`, `further_origin`, `report`, `span`) is written
once. Facts (the tables of `FACTS`) belong to one run and are replaced whole by the next; what a later run read otherwise is
packed away (`past_reading`, `past_linkage`), so that any earlier state can be shown. People's rows (`decision`, `assessment` and
the words of each) and the `log` are only ever appended to. Tuples that are read whole and never searched by (a
chain, aliases, reasons) are JSON; everything one would filter, count or join by is a column. `n` is the place in a tuple.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)  # fmt: skip
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

HEAD = "0011"
"""The revision these tables stand at, so that opening a case needs no Alembic; a test holds it to the migrations."""

MAX_INT = 2**63 - 1
"""The largest number a column of either engine holds."""


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept as UTC and given back as UTC, in an engine that knows time zones and in one that does not."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC, without its zone where the engine has none. ValueError for a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """The same moment as an aware UTC time."""
        kept: datetime | None = value
        if kept is None:
            return None
        return kept.replace(tzinfo=UTC) if kept.tzinfo is None else kept.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def row(table: Table, record: object, **given: Any) -> dict[str, Any]:
    """A row of the table: the given values, and for every other column the record's field of its name."""
    return {column.name: given[column.name] if column.name in given else getattr(record, column.name) for column in table.c}


def _text(name: str, *, null: bool = True) -> Column[str]:
    return Column(name, Text, nullable=null)


def _whole(name: str, *, null: bool = True) -> Column[int]:
    return Column(name, Integer, nullable=null)


def _big(name: str) -> Column[int]:
    return Column(name, BigInteger)


def _json(name: str) -> Column[Any]:
    return Column(name, JSON, nullable=False)


def _key(name: str, kind: type[Text] | type[Integer] = Text) -> Column[Any]:
    return Column(name, kind, primary_key=True, autoincrement=False)


def _run() -> Column[int]:
    return Column("run", ForeignKey("run.id"), primary_key=True, autoincrement=False)


def _to(table: str, here: str, there: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(here.split(), [f"{table}.{name}" for name in there.split()])


def _date() -> list[Column[Any]]:
    """The columns of an optional DateRange: all null where there is none."""
    return [_text("date_start"), _text("date_end"), _whole("date_precision"), _text("date_inferred")]


def _words() -> list[Any]:
    """Columns for one span of the row's report, and their key to it."""
    return [_whole("start", null=False), _whole("end", null=False), _to("span", "report start end", "report start end")]


def _fact(name: str, *columns: Any) -> Table:
    """A table of facts of one reading."""
    return Table(name, metadata, *_parent("reading", "run report", "run report"), *columns)


def _parent(table: str, here: str, there: str) -> list[Any]:
    """The first columns of a key, which are another table's key: `run` is a number, `n` of another too, the rest are texts."""
    numbers = ("run", "n")
    pairs = zip(here.split(), there.split(), strict=True)
    return [*(_key(name, Integer if of in numbers else Text) for name, of in pairs), _to(table, here, there)]


# --- evidence: written once ---

capture = Table(
    "capture", metadata,
    _key("sha256"), _text("origin", null=False), Column("received", UtcTime, nullable=False),
    _text("media_type", null=False), Column("data", LargeBinary, nullable=False),
)  # fmt: skip

further_origin = Table(
    "further_origin", metadata,
    Column("capture", ForeignKey("capture.sha256"), primary_key=True), _key("origin"),
    Column("received", UtcTime, nullable=False),
)  # fmt: skip

report = Table(
    "report", metadata,
    _key("id"), Column("capture", ForeignKey("capture.sha256"), nullable=False, index=True),
    _text("title"), _text("outlet"), _text("agency"), _text("dateline"), _text("byline"), _text("language"),
    _text("published"), _text("published_how"), _whole("published_start"), _whole("published_end"),
    _text("published_note"), _text("url"), _text("encoding", null=False), _text("not_read"), _json("segments"),
    _text("text", null=False), _text("part"), _text("recorder"),
    _json("modified"), _json("known"), Index(None, "published", "id"),
)  # fmt: skip

span = Table(
    "span", metadata,
    Column("report", ForeignKey("report.id"), primary_key=True), _key("start", Integer), _key("end", Integer),
    _text("quote", null=False), _text("prefix", null=False), _text("suffix", null=False),
    CheckConstraint('start >= 0 AND "end" > start AND length(quote) = "end" - start', name="as_long_as_its_words"),
)  # fmt: skip

# --- facts of one report, by run ---

run = Table(
    "run", metadata,
    Column("id", Integer, primary_key=True), _text("version", null=False), _text("models", null=False),
    _text("rules", null=False), Column("started", UtcTime, nullable=False), Column("finished", UtcTime),
    Column("current", Boolean, nullable=False),
)  # fmt: skip

reading = Table(
    "reading", metadata,
    _run(), Column("report", ForeignKey("report.id"), primary_key=True), _text("error"), _text("digest", null=False),
)  # fmt: skip

sentence = _fact("sentence", _key("n", Integer), _whole("start", null=False), _whole("end", null=False))

place = Table(
    "place", metadata,
    _run(), _key("id"), _text("name", null=False), Column("lat", Float), Column("lon", Float), _text("country"),
    _text("precision", null=False), _whole("where_prec"),
)  # fmt: skip

place_mention = _fact(
    "place_mention",
    _key("n", Integer),
    _text("place", null=False),
    *_words(),
    _to("place", "run place", "run id"),
    Index(None, "run", "place"),
)

date_mention = _fact(
    "date_mention", _key("n", Integer), *_words(), _text("value", null=False), _text("type", null=False),
    _text("first_day"), _text("last_day"),
)  # fmt: skip

actor = _fact(
    "actor", _key("n", Integer), _text("name", null=False), _text("kind", null=False), _json("aliases"),
    _text("affiliation"), _text("side"), _text("role"), _json("why"), _text("person"),
    Index(None, "name"),
)  # fmt: skip

actor_mention = Table(
    "actor_mention", metadata, *_parent("actor", "run report actor", "run report n"), _key("n", Integer), *_words()
)

incident_mention = _fact(
    "incident_mention", _key("n", Integer), Column("main", Boolean, nullable=False),
    Column("aggregate", Boolean, nullable=False), *_date(), _text("place"), _json("alleged"),
    _to("place", "run place", "run id"),
    Index(None, "run", "place"),
)  # fmt: skip

incident_evidence = Table(
    "incident_evidence", metadata,
    *_parent("incident_mention", "run report incident", "run report n"), _key("n", Integer), *_words(),
)  # fmt: skip

incident_range = Table(
    "incident_range", metadata,
    *_parent("incident_mention", "run report incident", "run report n"), _key("harmed"), _big("low"), _big("high"),
)  # fmt: skip

statement = _fact(
    "statement", _key("id"), _whole("n", null=False), _text("form", null=False), _text("act", null=False), _text("speaker"),
    _text("speaker_kind", null=False), _text("affiliation"), _text("side"), _json("chain"), _text("target"),
    _whole("incident"), Column("confidence", Float, nullable=False),
    _to("incident_mention", "run report incident", "run report n"),
    Index(None, "act"), Index(None, "speaker"),
)  # fmt: skip

statement_span = Table(
    "statement_span", metadata,
    *_parent("statement", "run report statement", "run report id"), _key("role"), _key("n", Integer), *_words(),
)  # fmt: skip

figure = _fact(
    "figure", _key("id"), _whole("n", null=False), *_words(), _text("harm", null=False), _text("victims", null=False),
    _big("low"), _big("high"), _text("qualifier", null=False), _text("scope", null=False), _text("as_of"), _text("speaker"),
    _text("affiliation"), _text("side"), _json("chain"), _text("statement"), _whole("incident"),
    Column("confidence", Float, nullable=False),
    _to("statement", "run report statement", "run report id"),
    _to("incident_mention", "run report incident", "run report n"),
    Index(None, "harm"),
)  # fmt: skip

detail = _fact(
    "detail", _key("id"), _whole("n", null=False), *_words(), _text("aspect", null=False), _text("kind", null=False),
    _text("polarity", null=False), _text("speaker"), _text("affiliation"), _text("side"), _json("chain"), _text("statement"),
    _whole("incident"), Column("confidence", Float, nullable=False),
    _to("statement", "run report statement", "run report id"),
    _to("incident_mention", "run report incident", "run report n"),
)  # fmt: skip

# --- facts across reports, by run ---

copy_link = Table(
    "copy_link", metadata,
    _run(), Column("copy", ForeignKey("report.id"), primary_key=True),
    Column("original", ForeignKey("report.id"), primary_key=True), _whole("n", null=False), _text("kind", null=False),
    Column("share", Float, nullable=False), _json("reasons"),
)  # fmt: skip

passage_link = Table(
    "passage_link", metadata,
    _run(), Column("copy", ForeignKey("report.id"), primary_key=True), _key("start", Integer), _key("end", Integer),
    _whole("n", null=False), Column("original", ForeignKey("report.id"), nullable=False), _whole("source_start", null=False),
    _whole("source_end", null=False), Column("share", Float, nullable=False), _json("reasons"),
)  # fmt: skip

utterance = Table(
    "utterance", metadata,
    _run(), _key("id"), _whole("n", null=False), _text("speaker"), _json("reasons"),
)  # fmt: skip

utterance_statement = Table(
    "utterance_statement", metadata,
    *_parent("utterance", "run utterance", "run id"), _key("n", Integer), _text("report", null=False),
    _text("statement", null=False), _to("statement", "run report statement", "run report id"),
    Index(None, "run", "report", "statement"),
)  # fmt: skip

incident = Table(
    "incident", metadata,
    _run(), _key("id"), _whole("n", null=False), _text("title", null=False), Column("aggregate", Boolean, nullable=False),
    *_date(), _text("place"), _json("alleged"), _json("reasons"),
    _to("place", "run place", "run id"),
    Index(None, "run", "place"),
)  # fmt: skip

incident_member = Table(
    "incident_member", metadata,
    *_parent("incident", "run incident", "run id"), _key("n", Integer), _text("report", null=False),
    _whole("mention", null=False), _to("incident_mention", "run report mention", "run report n"),
    Index(None, "run", "report", "mention"),
)  # fmt: skip

claim = Table(
    "claim", metadata,
    _run(), _key("id"), _whole("n", null=False), _text("incident", null=False), _text("question", null=False),
    _text("target"),
    _to("incident", "run incident", "run id"),
    Index(None, "run", "incident"),
)  # fmt: skip

claim_edge = Table(
    "claim_edge", metadata,
    *_parent("claim", "run claim", "run id"), _key("n", Integer), _text("report", null=False),
    _text("statement", null=False), _text("polarity", null=False),
    _to("statement", "run report statement", "run report id"),
    Index(None, "run", "report", "statement"),
)  # fmt: skip

same_name = Table(
    "same_name", metadata,
    _run(), _key("name"), _whole("n", null=False), _text("shown", null=False),
)  # fmt: skip

# --- people, and the log: appended to, never changed ---

decision = Table(
    "decision", metadata,
    Column("id", Integer, primary_key=True), _text("kind", null=False), _text("fact", null=False), _text("role"),
    Column("capture", ForeignKey("capture.sha256")), _text("report"), _whole("start"), _whole("end"), _text("value"),
    _text("reason", null=False), _text("user", null=False), Column("made", UtcTime, nullable=False),
    Column("undoes", ForeignKey("decision.id")), _text("seen"),
    _to("span", "report start end", "report start end"),
)  # fmt: skip

decision_words = Table(
    "decision_words", metadata,
    Column("decision", ForeignKey("decision.id"), primary_key=True), _key("part"), _key("n", Integer),
    _text("report", null=False), *_words(),
)  # fmt: skip

decision_settles = Table(
    "decision_settles", metadata,
    Column("decision", ForeignKey("decision.id"), primary_key=True),
    Column("settled", ForeignKey("decision.id"), primary_key=True),
)  # fmt: skip

assessment = Table(
    "assessment", metadata,
    Column("id", Integer, primary_key=True), Column("incident", Text, nullable=False, index=True),
    _text("scale", null=False), _text("grade", null=False), _big("low"), _big("high"), _big("best"),
    _text("note", null=False), _text("user", null=False), Column("made", UtcTime, nullable=False), _text("seen"),
)  # fmt: skip

assessment_words = Table(
    "assessment_words", metadata,
    Column("assessment", ForeignKey("assessment.id"), primary_key=True), _key("part"), _key("n", Integer),
    _text("report", null=False), *_words(),
)  # fmt: skip

log = Table(
    "log", metadata,
    Column("id", Integer, primary_key=True), Column("made", UtcTime, nullable=False), _text("event", null=False),
    _json("what"), _text("previous", null=False), _text("hash", null=False),
)  # fmt: skip

past_reading = Table(
    "past_reading", metadata,
    Column("run", ForeignKey("run.id"), primary_key=True), Column("report", ForeignKey("report.id"), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)  # fmt: skip

past_linkage = Table(
    "past_linkage", metadata,
    _key("digest"), Column("data", LargeBinary, nullable=False),
)  # fmt: skip

WRITTEN_ONCE = (
    capture, further_origin, report, span, decision, decision_words, decision_settles, assessment, assessment_words, log,
)  # fmt: skip
"""Tables whose rows the database itself refuses to change or delete."""

FACTS = tuple(table for table in metadata.sorted_tables if "run" in table.c and table is not past_reading)
"""Tables whose rows belong to a run, in an order in which they can be filled."""

LINKAGE = (
    copy_link, passage_link, utterance, utterance_statement, incident, incident_member, claim, claim_edge, same_name,
)  # fmt: skip
"""The facts across reports, in an order in which they can be filled."""
