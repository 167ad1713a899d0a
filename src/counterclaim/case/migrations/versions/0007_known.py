"""When a report was changed last, and how each of its fields is known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Adds both; of the reports that are there neither is known."""
    op.add_column("report", sa.Column("modified", sa.JSON(), nullable=False, server_default="null"))
    op.add_column("report", sa.Column("known", sa.JSON(), nullable=False, server_default="[]"))
