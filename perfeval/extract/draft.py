"""Rows of the tables while they are collected: ids, and the cells behind each field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any  # a row of a table mixes types by nature

from perfeval.extract.noted import Noted
from perfeval.extract.number import Number
from perfeval.layout import Layout, Place
from perfeval.model import Cell, State
from perfeval.schema import SCHEMAS
from perfeval.tables import Tables


class Draft:
    """The columns of every table in schema order."""

    def __init__(self) -> None:
        self._columns: dict[str, tuple[list[Any], ...]] = {
            table: tuple([] for _ in columns) for table, columns in SCHEMAS.items()
        }
        self._ids = 0

    def new_id(self) -> int:
        return self.new_ids(1)[0]

    def new_ids(self, count: int) -> range:
        self._ids += count
        return range(self._ids - count, self._ids)

    def add(self, table: str, *values: Any) -> None:
        """A row."""
        for column, value in zip(self._columns[table], values, strict=True):
            column.append(value)

    def extend(self, table: str, *columns: Sequence[Any]) -> None:
        """Rows, by their columns."""
        for column, values in zip(self._columns[table], columns, strict=True):
            column += values

    def tables(self) -> Tables:
        """The tables of the rows so far."""
        drawn = {table: tuple(map(tuple, columns)) for table, columns in self._columns.items()}
        return Tables.drawn(drawn)


class FormDraft:
    """The draft as one form sees it: its sheet, its id, and how a cell is noted."""

    def __init__(
        self, draft: Draft, layout: Layout, *, form_id: int, file_id: int, typed: bool
    ) -> None:
        self.draft = draft
        self.layout = layout
        self.grid = layout.grid
        self.sheet = layout.grid.sheet
        self.form_id = form_id
        self.file_id = file_id
        self.noted = Noted(self.grid, typed=typed)

    def cell(self, place: Place | None) -> Cell | None:
        return None if place is None else self.grid.cell(place[0], place[1])

    def note(
        self,
        row_id: int,
        table: str,
        position: int,
        field: str,
        place: Place,
        cell: Cell | None,
        value: str,
        *,
        number: Number | None = None,
        marks: Sequence[str] = (),
    ) -> None:
        """One row of `cells`; `cell` is what stands at `place`."""
        decimals = None if number is None else number.decimals
        given = (*number.marks, *marks) if number is not None else tuple(marks)
        self.noted.one(row_id, table, position, field, place, cell, value, decimals, given)

    def remark(self, kind: str, field: str, text: str, place: Place | None = None) -> None:
        """An oddity of this form, with its place where it has one."""
        row_id = self.draft.new_id()
        self.draft.add("remarks", row_id, self.form_id, self.file_id, kind, field, text)
        if place is not None:
            self.note(row_id, "remarks", 0, field, place, self.cell(place), "")

    def close(self) -> None:
        """Table the cells that were noted; the last thing that is done to a form."""
        self.draft.extend("cells", *self.noted.columns(self.form_id))


ABSENT = Number(State.ABSENT)
