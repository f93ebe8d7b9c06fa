"""The three columns of amounts one below the other: a row of it is one amount."""

from __future__ import annotations

from collections.abc import Sequence

from perfeval.policy import Policies
from perfeval.rows import Rows
from perfeval.scores.amounts import plausible, rounding_width
from perfeval.tables import Tables
from perfeval.texts import Text

COLUMNS = {
    "initial_budget": Text("年初预算数", "initial budget"),
    "budget": Text("全年预算数", "full-year budget"),
    "executed": Text("全年执行数", "amount executed"),
}


def amounts(tables: Tables, policies: Policies, fields: Sequence[str] = tuple(COLUMNS)) -> Rows:
    """Amounts of `funds`, column by column.

    Columns: row_id, form_id, level, label, field, amount_fen, width_fen (the last digit that may
    have been rounded), state.
    """
    funds = tables.rows("funds")
    parts = [
        funds.assign(
            field=field,
            amount_fen=plausible(funds.column(f"{field}_fen")),
            width_fen=rounding_width(tables, policies, funds, field),
            state=funds.column(f"{field}_state"),
        )
        for field in fields
    ]
    names = ("row_id", "form_id", "level", "label", "field", "amount_fen", "width_fen", "state")
    return Rows.stacked(parts, *names)
