"""The order of all reports, the latest published first: sorting a quarter of a million anew took seconds."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Adds the index; it holds the undated last, as SQLite's does of itself."""
    last = " NULLS LAST" if op.get_bind().dialect.name == "postgresql" else ""
    op.execute(f"CREATE INDEX ix_report_published_id ON report (published DESC{last}, id)")
