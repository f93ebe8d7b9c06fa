"""Goals whose text the reader found elsewhere: not missing, but out of place (R005, R009)."""

from __future__ import annotations

import pandas as pd

from perfeval.rules.among import remarked
from perfeval.tables import Tables


def text_elsewhere(tables: Tables) -> pd.Series[bool]:
    """For each goal: whether its form has a spilled text, which may be what is missing here."""
    spilled = remarked(tables, "spilled-text")
    return tables.goals.form_id.isin(spilled.form_id)


def form_has(tables: Tables, column: str) -> pd.Series[bool]:
    """For each goal: whether any goal of its form has a text in `column`."""
    goals = tables.goals
    return goals.form_id.isin(goals.form_id[goals[column] != ""])
