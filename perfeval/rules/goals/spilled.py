"""Goals whose text the reader found elsewhere: not missing, but out of place (R005, R009)."""

from __future__ import annotations

from perfeval.exact import Flags, among
from perfeval.rules.among import remarked
from perfeval.tables import Tables


def text_elsewhere(tables: Tables) -> Flags:
    """For each goal: whether its form has a spilled text, which may be what is missing here."""
    spilled = remarked(tables, "spilled-text")
    return among(tables.rows("goals").form_id, spilled.form_id)


def form_has(tables: Tables, column: str) -> Flags:
    """For each goal: whether any goal of its form has a text in `column`."""
    goals = tables.rows("goals")
    return among(goals.form_id, goals.form_id[goals.column(column) != ""])
