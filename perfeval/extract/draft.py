"""Rows of the tables while they are collected: ids, and the cells behind each field."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
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
        self._name = self.sheet.name
        self.indicators = draft.rows["indicators"]
        self._cells = draft.rows["cells"]
        self._hidden = bool(self.sheet.hidden_rows or self.sheet.hidden_cols)

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
        decimals = None
        if number is not None:
            decimals = number.decimals
            if number.marks:
                marks = (*number.marks, *(mark for mark in marks if mark not in number.marks))
        ref = _ref(place)
        if cell is None:
            self._cells.append(
                (row_id, self.form_id, table, position, field, self._name, ref,
                 "", value, "", "General", decimals, " ".join(marks) if marks else "")
            )  # fmt: skip
            return
        formula = cell.formula
        odd = marks or formula is not None or self._hidden or cell.kind == "e"
        self._cells.append(
            (row_id, self.form_id, table, position, field, self._name, ref,
             cell.text, value, formula or "", cell.number_format, decimals,
             self._words(cell, marks) if odd else "")
        )  # fmt: skip

    def remark(self, kind: str, field: str, text: str, place: Place | None = None) -> None:
        """An oddity of this form, with its place where it has one."""
        row_id = self.draft.new_id()
        self.draft.add("remarks", row_id, self.form_id, self.file_id, kind, field, text)
        if place is not None:
            self.note(row_id, "remarks", 0, field, place, self.cell(place), "")

    def _words(self, cell: Cell, marks: Sequence[str]) -> str:
        """The marks of a cell as words, with those that its state adds."""
        words = list(marks)
        if not self._typed and "text-number" in words:
            words.remove("text-number")
        if cell.formula is not None:
            words.append("formula")
            if cell.value is None:
                words.append("no-cache")
        if cell.kind == "e":
            words.append("error")
        if cell.row in self.sheet.hidden_rows or cell.col in self.sheet.hidden_cols:
            words.append("hidden")
        return " ".join(dict.fromkeys(words))


ABSENT = Number(State.ABSENT)


@lru_cache(maxsize=4096)  # forms have their cells at the same places
def _ref(place: Place) -> str:
    return cell_ref(place.row, place.col)
