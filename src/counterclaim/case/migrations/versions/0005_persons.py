"""What part a person has in a report, so that private people and victims can be masked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Adds the column; persons read before have no part until the case is run again."""
    op.add_column("actor", sa.Column("person", sa.Text()))
