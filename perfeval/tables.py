"""The tables of a chunk of files: all rules run once over all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any  # see schema.py

import pandas as pd

from perfeval import schema


@dataclass(frozen=True, slots=True)
class Tables:
    """One frame a table, as schema.SCHEMAS describes them.

    `row_id` is unique over all tables of the chunk. `form_id` is the position of the form in
    `forms`, so that `of_form` is a look-up and not a join.
    """

    files: pd.DataFrame
    forms: pd.DataFrame
    funds: pd.DataFrame
    goals: pd.DataFrame
    indicators: pd.DataFrame
    remarks: pd.DataFrame
    cells: pd.DataFrame
    register: pd.DataFrame = field(default_factory=lambda: schema.frame("register", []))
    rounds: pd.DataFrame = field(default_factory=lambda: schema.frame("rounds", []))
    replies: pd.DataFrame = field(default_factory=lambda: schema.frame("replies", []))
    changes: pd.DataFrame = field(default_factory=lambda: schema.frame("changes", []))
    earlier: pd.DataFrame = field(default_factory=lambda: schema.frame("earlier", []))

    @classmethod
    def build(cls, rows: Mapping[str, list[tuple[Any, ...]]]) -> Tables:
        """From row tuples in schema order, one list a table; a missing list is an empty table."""
        return cls(**{name: schema.frame(name, rows.get(name, [])) for name in schema.SCHEMAS})

    def of_form(self, rows: pd.DataFrame, column: str) -> pd.Series[Any]:
        """A column of `forms` for each of `rows`, on the index of `rows`."""
        values = self.forms[column].array.take(rows.form_id.to_numpy())
        return pd.Series(values, index=rows.index)
