"""The tables of a case: evidence, facts by run, people's decisions, the log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("scale", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("low", sa.BigInteger()),
        sa.Column("high", sa.BigInteger()),
        sa.Column("best", sa.BigInteger()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_assessment_incident", "assessment", ["incident"])
    op.create_table(
        "capture",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("received", sa.DateTime(timezone=True), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("what", sa.JSON(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("models", sa.Text(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True)),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "further_origin",
        sa.Column("capture", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("received", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("capture", "origin"),
        sa.ForeignKeyConstraint(["capture"], ["capture.sha256"]),
    )
    op.create_table(
        "place",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("country", sa.Text()),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column("where_prec", sa.Integer()),
        sa.PrimaryKeyConstraint("run", "id"),
        sa.ForeignKeyConstraint(["run"], ["run.id"]),
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("capture", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("outlet", sa.Text()),
        sa.Column("agency", sa.Text()),
        sa.Column("dateline", sa.Text()),
        sa.Column("byline", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("published", sa.Text()),
        sa.Column("published_how", sa.Text()),
        sa.Column("published_start", sa.Integer()),
        sa.Column("published_end", sa.Integer()),
        sa.Column("published_note", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("encoding", sa.Text(), nullable=False),
        sa.Column("not_read", sa.Text()),
        sa.Column("segments", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["capture"], ["capture.sha256"]),
    )
    op.create_index("ix_report_capture", "report", ["capture"])
    op.create_table(
        "same_name",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run", "name"),
        sa.ForeignKeyConstraint(["run"], ["run.id"]),
    )
    op.create_table(
        "utterance",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.Text()),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run", "id"),
        sa.ForeignKeyConstraint(["run"], ["run.id"]),
    )
    op.create_table(
        "copy_link",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("copy", sa.Text(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run", "copy", "original"),
        sa.ForeignKeyConstraint(["copy"], ["report.id"]),
        sa.ForeignKeyConstraint(["original"], ["report.id"]),
        sa.ForeignKeyConstraint(["run"], ["run.id"]),
    )
    op.create_table(
        "incident",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("aggregate", sa.Boolean(), nullable=False),
        sa.Column("date_start", sa.Text()),
        sa.Column("date_end", sa.Text()),
        sa.Column("date_precision", sa.Integer()),
        sa.Column("date_inferred", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("alleged", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run", "id"),
        sa.ForeignKeyConstraint(["run"], ["run.id"]),
        sa.ForeignKeyConstraint(["run", "place"], ["place.run", "place.id"]),
    )
    op.create_table(
        "reading",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run", "report"),
        sa.ForeignKeyConstraint(["report"], ["report.id"]),
        sa.ForeignKeyConstraint(["run"], ["run.id"]),
    )
    op.create_table(
        "span",
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("end", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("report", "start", "end"),
        sa.ForeignKeyConstraint(["report"], ["report.id"]),
        sa.CheckConstraint('start >= 0 AND "end" > start AND length(quote) = "end" - start', name="as_long_as_its_words"),
    )
    op.create_table(
        "actor",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("affiliation", sa.Text()),
        sa.Column("side", sa.Text()),
        sa.Column("role", sa.Text()),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run", "report", "n"),
        sa.ForeignKeyConstraint(["run", "report"], ["reading.run", "reading.report"]),
    )
    op.create_index("ix_actor_name", "actor", ["name"])
    op.create_table(
        "claim",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("target", sa.Text()),
        sa.PrimaryKeyConstraint("run", "id"),
        sa.ForeignKeyConstraint(["run"], ["run.id"]),
        sa.ForeignKeyConstraint(["run", "incident"], ["incident.run", "incident.id"]),
    )
    op.create_index("ix_claim_run_incident", "claim", ["run", "incident"])
    op.create_table(
        "date_mention",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Text()),
        sa.Column("last_day", sa.Text()),
        sa.PrimaryKeyConstraint("run", "report", "n"),
        sa.ForeignKeyConstraint(["report", "start", "end"], ["span.report", "span.start", "span.end"]),
        sa.ForeignKeyConstraint(["run", "report"], ["reading.run", "reading.report"]),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("role", sa.Text()),
        sa.Column("capture", sa.Text()),
        sa.Column("report", sa.Text()),
        sa.Column("start", sa.Integer()),
        sa.Column("end", sa.Integer()),
        sa.Column("value", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undoes", sa.Integer()),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["capture"], ["capture.sha256"]),
        sa.ForeignKeyConstraint(["report", "start", "end"], ["span.report", "span.start", "span.end"]),
        sa.ForeignKeyConstraint(["undoes"], ["decision.id"]),
    )
    op.create_table(
        "incident_mention",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column("aggregate", sa.Boolean(), nullable=False),
        sa.Column("date_start", sa.Text()),
        sa.Column("date_end", sa.Text()),
        sa.Column("date_precision", sa.Integer()),
        sa.Column("date_inferred", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("alleged", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run", "report", "n"),
        sa.ForeignKeyConstraint(["run", "place"], ["place.run", "place.id"]),
        sa.ForeignKeyConstraint(["run", "report"], ["reading.run", "reading.report"]),
    )
    op.create_table(
        "place_mention",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("run", "report", "n"),
        sa.ForeignKeyConstraint(["report", "start", "end"], ["span.report", "span.start", "span.end"]),
        sa.ForeignKeyConstraint(["run", "place"], ["place.run", "place.id"]),
        sa.ForeignKeyConstraint(["run", "report"], ["reading.run", "reading.report"]),
    )
    op.create_table(
        "sentence",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("run", "report", "n"),
        sa.ForeignKeyConstraint(["run", "report"], ["reading.run", "reading.report"]),
    )
    op.create_table(
        "actor_mention",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("actor", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("n", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("run", "report", "actor", "n"),
        sa.ForeignKeyConstraint(["report", "start", "end"], ["span.report", "span.start", "span.end"]),
        sa.ForeignKeyConstraint(["run", "report", "actor"], ["actor.run", "actor.report", "actor.n"]),
    )
    op.create_table(
        "incident_evidence",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("incident", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("n", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("run", "report", "incident", "n"),
        sa.ForeignKeyConstraint(["report", "start", "end"], ["span.report", "span.start", "span.end"]),
        sa.ForeignKeyConstraint(
            ["run", "report", "incident"], ["incident_mention.run", "incident_mention.report", "incident_mention.n"]
        ),
    )
    op.create_table(
        "incident_member",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("mention", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("run", "incident", "n"),
        sa.ForeignKeyConstraint(["run", "incident"], ["incident.run", "incident.id"]),
        sa.ForeignKeyConstraint(
            ["run", "report", "mention"], ["incident_mention.run", "incident_mention.report", "incident_mention.n"]
        ),
    )
    op.create_index("ix_incident_member_run_report_mention", "incident_member", ["run", "report", "mention"])
    op.create_table(
        "incident_range",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("incident", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("harmed", sa.Text(), nullable=False),
        sa.Column("low", sa.BigInteger()),
        sa.Column("high", sa.BigInteger()),
        sa.PrimaryKeyConstraint("run", "report", "incident", "harmed"),
        sa.ForeignKeyConstraint(
            ["run", "report", "incident"], ["incident_mention.run", "incident_mention.report", "incident_mention.n"]
        ),
    )
    op.create_table(
        "statement",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("speaker", sa.Text()),
        sa.Column("speaker_kind", sa.Text(), nullable=False),
        sa.Column("affiliation", sa.Text()),
        sa.Column("side", sa.Text()),
        sa.Column("chain", sa.JSON(), nullable=False),
        sa.Column("target", sa.Text()),
        sa.Column("incident", sa.Integer()),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("run", "report", "id"),
        sa.ForeignKeyConstraint(["run", "report"], ["reading.run", "reading.report"]),
        sa.ForeignKeyConstraint(
            ["run", "report", "incident"], ["incident_mention.run", "incident_mention.report", "incident_mention.n"]
        ),
    )
    op.create_index("ix_statement_act", "statement", ["act"])
    op.create_index("ix_statement_speaker", "statement", ["speaker"])
    op.create_table(
        "claim_edge",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("polarity", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run", "claim", "n"),
        sa.ForeignKeyConstraint(["run", "claim"], ["claim.run", "claim.id"]),
        sa.ForeignKeyConstraint(["run", "report", "statement"], ["statement.run", "statement.report", "statement.id"]),
    )
    op.create_index("ix_claim_edge_run_report_statement", "claim_edge", ["run", "report", "statement"])
    op.create_table(
        "figure",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("harm", sa.Text(), nullable=False),
        sa.Column("victims", sa.Text(), nullable=False),
        sa.Column("low", sa.BigInteger()),
        sa.Column("high", sa.BigInteger()),
        sa.Column("qualifier", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text()),
        sa.Column("speaker", sa.Text()),
        sa.Column("affiliation", sa.Text()),
        sa.Column("side", sa.Text()),
        sa.Column("chain", sa.JSON(), nullable=False),
        sa.Column("statement", sa.Text()),
        sa.Column("incident", sa.Integer()),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("run", "report", "id"),
        sa.ForeignKeyConstraint(["report", "start", "end"], ["span.report", "span.start", "span.end"]),
        sa.ForeignKeyConstraint(["run", "report"], ["reading.run", "reading.report"]),
        sa.ForeignKeyConstraint(
            ["run", "report", "incident"], ["incident_mention.run", "incident_mention.report", "incident_mention.n"]
        ),
        sa.ForeignKeyConstraint(["run", "report", "statement"], ["statement.run", "statement.report", "statement.id"]),
    )
    op.create_index("ix_figure_harm", "figure", ["harm"])
    op.create_table(
        "statement_span",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("run", "report", "statement", "role", "n"),
        sa.ForeignKeyConstraint(["report", "start", "end"], ["span.report", "span.start", "span.end"]),
        sa.ForeignKeyConstraint(["run", "report", "statement"], ["statement.run", "statement.report", "statement.id"]),
    )
    op.create_table(
        "utterance_statement",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("utterance", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run", "utterance", "n"),
        sa.ForeignKeyConstraint(["run", "report", "statement"], ["statement.run", "statement.report", "statement.id"]),
        sa.ForeignKeyConstraint(["run", "utterance"], ["utterance.run", "utterance.id"]),
    )
    op.create_index("ix_utterance_statement_run_report_statement", "utterance_statement", ["run", "report", "statement"])
