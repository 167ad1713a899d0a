"""What decisions and gradings need to be found again after a run, and the facts of earlier runs, packed away."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

WORDS = ("decision", "assessment")
WRITTEN_ONCE = ("decision_words", "decision_settles", "assessment_words")
GUARDED_BEFORE = ("capture", "further_origin", "report", "span", "decision", "assessment", "log")

GUARD = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'a row of {table} is written once and never changed or deleted'); END
"""

REFUSE = """
CREATE FUNCTION written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a row of % is written once and never changed or deleted', TG_TABLE_NAME; END $$
"""
GUARD_POSTGRESQL = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION written_once()
"""


def upgrade() -> None:
    """Makes the tables and columns, and guards what is written once; on PostgreSQL also what 0002 guards on SQLite."""
    for of in WORDS:
        op.add_column(of, sa.Column("seen", sa.Text()))
        op.create_table(
            f"{of}_words",
            sa.Column(of, sa.Integer(), nullable=False),
            sa.Column("part", sa.Text(), nullable=False),
            sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("report", sa.Text(), nullable=False),
            sa.Column("start", sa.Integer(), nullable=False),
            sa.Column("end", sa.Integer(), nullable=False),
            sa.PrimaryKeyConstraint(of, "part", "n"),
            sa.ForeignKeyConstraint([of], [f"{of}.id"]),
            sa.ForeignKeyConstraint(["report", "start", "end"], ["span.report", "span.start", "span.end"]),
        )
    op.create_table(
        "decision_settles",
        sa.Column("decision", sa.Integer(), nullable=False),
        sa.Column("settled", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("decision", "settled"),
        sa.ForeignKeyConstraint(["decision"], ["decision.id"]),
        sa.ForeignKeyConstraint(["settled"], ["decision.id"]),
    )
    op.create_table(
        "past_reading",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("run", "report"),
        sa.ForeignKeyConstraint(["run"], ["run.id"]),
        sa.ForeignKeyConstraint(["report"], ["report.id"]),
    )
    op.create_table(
        "past_linkage",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    if op.get_bind().dialect.name == "sqlite":
        guard, tables = GUARD, list(WRITTEN_ONCE)
    else:
        op.execute(REFUSE)
        guard, tables = GUARD_POSTGRESQL, [*GUARDED_BEFORE, *WRITTEN_ONCE]
    for table in tables:
        for verb in ("update", "delete"):
            op.execute(guard.format(table=table, verb=verb))
