"""The word search on PostgreSQL; SQLite has had its own since 0002."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from counterclaim.case.words import as_vector

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Makes the tables and fills them with the reports that are there; statements come in with the next run."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        return
    op.execute("CREATE TABLE report_search (report text PRIMARY KEY, found tsvector NOT NULL)")
    op.execute(
        "CREATE TABLE statement_search "
        "(id bigserial PRIMARY KEY, run integer, report text, statement text, found tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX ix_report_search_found ON report_search USING gin (found)")
    op.execute("CREATE INDEX ix_statement_search_found ON statement_search USING gin (found)")
    fill = sa.text("INSERT INTO report_search (report, found) VALUES (:report, to_tsvector('simple', :words))")
    for row in connection.execute(sa.text("SELECT id, title, text FROM report")).all():
        connection.execute(fill, {"report": row.id, "words": as_vector(f"{row.title or ''} {row.text}")})
