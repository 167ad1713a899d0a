"""Which single paragraphs reports carry from one another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Adds the table; reports linked before have no passages until the case is run again."""
    op.create_table(
        "passage_link",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("copy", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("end", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("source_start", sa.Integer(), nullable=False),
        sa.Column("source_end", sa.Integer(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run", "copy", "start", "end"),
        sa.ForeignKeyConstraint(["run"], ["run.id"]),
        sa.ForeignKeyConstraint(["copy"], ["report.id"]),
        sa.ForeignKeyConstraint(["original"], ["report.id"]),
    )
