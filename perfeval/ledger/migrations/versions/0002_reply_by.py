"""Until when a unit is to answer a round."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0002", "0001"


def upgrade() -> None:
    op.add_column("rounds", sa.Column("reply_by", sa.Date))
