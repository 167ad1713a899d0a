"""What is told of an attack itself: what was hit, with what, how."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Adds the table; reports read before have no details until the case is run again."""
    op.create_table(
        "detail",
        sa.Column("run", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("aspect", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("polarity", sa.Text(), nullable=False),
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
        sa.ForeignKeyConstraint(["run", "report", "statement"], ["statement.run", "statement.report", "statement.id"]),
        sa.ForeignKeyConstraint(
            ["run", "report", "incident"], ["incident_mention.run", "incident_mention.report", "incident_mention.n"]
        ),
    )
