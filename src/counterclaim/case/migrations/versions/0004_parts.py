"""Which part of its capture a report is, and whose table it is a row of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds the two columns; reports that were there before are the whole of their captures."""
    op.add_column("report", sa.Column("part", sa.Text()))
    op.add_column("report", sa.Column("recorder", sa.Text()))
