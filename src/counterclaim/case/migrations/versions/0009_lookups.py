"""Where the facts of a place are, and what is said in a report: looked up for each place that a run leaves behind.

Without them PostgreSQL goes through every mention of a run for each place that is cleared away.
"""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Adds the indexes."""
    for table in ("place_mention", "incident_mention", "incident"):
        op.create_index(f"ix_{table}_run_place", table, ["run", "place"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE INDEX ix_statement_search_report ON statement_search (report)")
