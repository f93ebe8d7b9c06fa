"""Rows of the tables while they are being collected: ids that are unique in a chunk, and the cells behind each field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any  # a row of a table mixes types by nature

from perfeval.extract.number import Number
from perfeval.layout import Layout, Place
from perfeval.model import Cell, State, cell_ref
from perfeval.schema import SCHEMAS
from perfeval.tables import Tables


class Draft:
    """Lists of tuples in schema order, one list a table."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in SCHEMAS}
        self._ids = 0

    def new_id(self) -> int:
        self._ids += 1
        return self._ids - 1

    def add(self, table: str, *values: Any) -> None:
        self.rows[table].append(values)

    def tables(self) -> Tables:
        return Tables.build(self.rows)


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
        self._typed = typed  # False: a text file, where every number is a text
        self._hidden = self.sheet.hidden_rows or self.sheet.hidden_cols

    def cell(self, place: Place | None) -> Cell | None:
        return None if place is None else self.grid.cell(place.row, place.col)

    def note(
        self,
        row_id: int,
        table: str,
        position: int,
        field: str,
        place: Place,
        value: str,
        *,
        number: Number | None = None,
        marks: Sequence[str] = (),
        empty: bool = False,
    ) -> None:
        """One row of `cells`. `empty`: the field is blank although its place holds something else's value."""
        cell = None if empty else self.grid.cell(place.row, place.col)
        words = list(dict.fromkeys((*(number.marks if number else ()), *marks)))
        if not self._typed and "text-number" in words:
            words.remove("text-number")
        if cell is not None:
            words += [word for word in self._states(cell) if word not in words]
        self.draft.add(
            "cells",
            row_id,
            self.form_id,
            table,
            position,
            field,
            self.sheet.name,
            cell_ref(place.row, place.col),
            cell.text if cell else "",
            value,
            (cell.formula or "") if cell else "",
            cell.number_format if cell else "General",
            number.decimals if number else None,
            " ".join(words),
        )

    def remark(self, kind: str, field: str, text: str, place: Place | None = None) -> None:
        """An oddity of this form, with its place where it has one."""
        row_id = self.draft.new_id()
        self.draft.add("remarks", row_id, self.form_id, self.file_id, kind, field, text)
        if place is not None:
            self.note(row_id, "remarks", 0, field, place, "")

    def _states(self, cell: Cell) -> list[str]:
        words = []
        if cell.formula is not None:
            words.append("formula")
            if cell.value is None:
                words.append("no-cache")
        if cell.kind == "e":
            words.append("error")
        if self._hidden and (
            cell.row in self.sheet.hidden_rows or cell.col in self.sheet.hidden_cols
        ):
            words.append("hidden")
        return words


ABSENT = Number(State.ABSENT)
