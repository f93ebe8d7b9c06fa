"""The tables of a chunk of files: all rules run once over all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, overload  # see schema.py

from perfeval import schema
from perfeval.rows import Column, Rows

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables that schema.SCHEMAS describes: `rows("funds")`, or as a frame `funds`.

    `row_id` is unique over all tables of the chunk. `form_id` is the position of the form in
    `forms`, so that `of_form` is a look-up and not a join.
    """

    held: Mapping[str, Rows]  # all of them
    framed: dict[str, pd.DataFrame] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    viewed: dict[str, Rows] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def build(cls, rows: Mapping[str, list[tuple[Any, ...]]]) -> Tables:
        """From row tuples in schema order, one list a table; a missing list is an empty table."""
        return cls({name: schema.rows(name, rows.get(name, [])) for name in schema.SCHEMAS})

    @classmethod
    def drawn(cls, columns: Mapping[str, Sequence[Sequence[Any]]]) -> Tables:
        """From the columns of every table in schema order; they are not to change any more."""
        return cls({name: schema.drawn(name, of) for name, of in columns.items()})

    def having(self, **tables: Rows) -> Tables:
        """The same with others in the place of some tables."""
        return Tables({**self.held, **tables})

    def rows(self, name: str) -> Rows:
        """A table as arrays, which cost less to compute with than a frame."""
        return self.held[name]

    def __getattr__(self, name: str) -> pd.DataFrame:
        """A table as a frame; made once, when it is first asked for."""
        if name not in schema.SCHEMAS:
            raise AttributeError(f"no table {name}")
        if name not in self.framed:
            self.framed[name] = schema.frame(name, self.held[name])
        return self.framed[name]

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
        values = self.forms[column].take(rows.form_id.to_numpy())
        return values.set_axis(rows.index)
