"""The tables of a chunk of files: all rules run once over all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, overload  # see schema.py

import pandas as pd

from perfeval import schema
from perfeval.rows import Column, Rows


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

    viewed: dict[str, Rows] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def build(cls, rows: Mapping[str, list[tuple[Any, ...]]]) -> Tables:
        """From row tuples in schema order, one list a table; a missing list is an empty table."""
        return cls(**{name: schema.frame(name, rows.get(name, [])) for name in schema.SCHEMAS})

    def rows(self, name: str) -> Rows:
        """A table as arrays, which cost less to compute with than a frame; made once."""
        if name not in self.viewed:
            self.viewed[name] = Rows.of(getattr(self, name))
        return self.viewed[name]

    def marked(self) -> Rows:
        """The cells that carry a mark; found once."""
        if "marked" not in self.viewed:
            cells = self.rows("cells")
            self.viewed["marked"] = cells[cells.marks != ""]
        return self.viewed["marked"]

    @overload
    def of_form(self, rows: Rows, column: str) -> Column: ...

    @overload
    def of_form(self, rows: pd.DataFrame, column: str) -> pd.Series[Any]: ...

    def of_form(self, rows: Rows | pd.DataFrame, column: str) -> Column:
        """A column of `forms` for each of `rows`; on their index where they have one."""
        if isinstance(rows, Rows):
            return self.rows("forms").column(column)[rows.form_id]
        values = self.forms[column].array.take(rows.form_id.to_numpy())
        return pd.Series(values, index=rows.index)
