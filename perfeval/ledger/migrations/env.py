"""What alembic runs: the steps of versions/ on the connection that it is given."""

from __future__ import annotations

from alembic import context

from perfeval.ledger.opening import VERSIONS

connection = context.config.attributes["connection"]
context.configure(connection=connection, version_table=VERSIONS)
with context.begin_transaction():
    context.run_migrations()
