"""What Alembic runs: the revisions, in the transaction and on the connection that `case.engine` hands over."""

from __future__ import annotations

from alembic import context

from counterclaim.case.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
