"""What forms of the ledger said: what the forms of the year after are compared with."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from perfeval.identity import Key
from perfeval.ledger.books import forms, submissions
from perfeval.ledger.matching import parts
from perfeval.ledger.packing import said_in
from perfeval.years import Said


def said(connection: sa.Connection, keys: Collection[Key]) -> dict[Key, Said]:
    """By key what the form of the last round said; the latest where several were handed in."""
    found: dict[Key, bytes] = {}
    for part in parts({key.who for key in keys}):
        query = (
            sa.select(forms.c.who, forms.c.year, forms.c.content)
            .join_from(forms, submissions, submissions.c.latest == forms.c.round_id)
            .where(forms.c.who.in_(part))
            .order_by(forms.c.id)
        )
        for who, year, content in connection.execute(query):
            if Key(who, year) in keys:
                found[Key(who, year)] = content
    return {key: said_in(content) for key, content in found.items()}
