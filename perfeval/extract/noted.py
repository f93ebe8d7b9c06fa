"""The cells behind the fields of one form: gathered as they are read, tabled all at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, compress, repeat
from typing import Any, NamedTuple, TypeAlias, TypeVar  # a row of a table mixes types by nature

from perfeval.layout import Place
from perfeval.layout.grid import Grid
from perfeval.model import Cell, cell_ref

At: TypeAlias = "tuple[int, int] | Place"  # row and column
Value = TypeVar("Value")

_NO_CELL = Cell(0, 0, None, "")
_ref = lru_cache(maxsize=4096)(cell_ref)  # forms have their cells at the same places


class Field(NamedTuple):
    """One field of many rows: where it stands, what is seen there, and how it was read.

    A row without the field has no place. `decimals` and `marks` as in the table `cells`.
    """

    name: str
    places: Sequence[At | None]
    cells: Sequence[Cell | None]
    values: Sequence[str]
    decimals: Sequence[int | None]
    marks: Sequence[tuple[str, ...]]


class Noted:
    """The rows of the table `cells` that are of one form, in the order in which they are noted."""

    __slots__ = ("_columns", "_grid", "_sheet", "_typed")

    def __init__(self, grid: Grid, *, typed: bool) -> None:
        self._grid, self._sheet = grid, grid.sheet
        self._typed = typed  # False: a text file, where every number is a text
        # row_id, table, position, field, place, cell, value, decimals, marks
        self._columns: tuple[list[Any], ...] = tuple([] for _ in range(9))

    def one(self, *values: Any) -> None:
        """A cell."""
        for column, value in zip(self._columns, values, strict=True):
            column.append(value)

    def rows(
        self, table: str, row_ids: Sequence[int], positions: Sequence[int], fields: Sequence[Field]
    ) -> None:
        """The cells of rows that have the same fields, row by row."""
        width = len(fields)
        names, places, *others = zip(*fields, strict=True)
        at = _by_row(places)
        found: list[Iterable[Any]] = [
            _each(row_ids, width), repeat(table, len(at)), _each(positions, width),
            names * len(row_ids), at, *map(_by_row, others),
        ]  # fmt: skip
        if not all(at):
            found = [compress(values, at) for values in found]
        for column, values in zip(self._columns, found, strict=True):
            column.extend(values)

    def columns(self, form_id: int) -> list[Sequence[Any]]:
        """The columns of the table `cells`, as the schema has them."""
        row_ids, tables, positions, fields, places, noted, values, decimals, marks = self._columns
        size = len(row_ids)
        at = self._grid.cell
        # what begins left of a blank field may be merged with it
        cells = [
            cell or at(place[0], place[1]) or _NO_CELL
            for place, cell in zip(places, noted, strict=True)
        ]
        return [
            row_ids, [form_id] * size, tables, positions, fields, [self._sheet.name] * size,
            [_ref(place[0], place[1]) for place in places],
            [cell.text for cell in cells],
            values,
            [cell.formula or "" for cell in cells],
            [cell.number_format for cell in cells],
            decimals,
            self._words(cells, marks),
        ]  # fmt: skip

    def _words(self, cells: Sequence[Cell], marks: Sequence[tuple[str, ...]]) -> list[str]:
        """The marks of each cell as words."""
        hidden = bool(self._sheet.hidden_rows or self._sheet.hidden_cols)
        return [
            self._marked(cell, given)
            if given or hidden or cell.formula is not None or cell.kind == "e"
            else ""
            for cell, given in zip(cells, marks, strict=True)
        ]

    def _marked(self, cell: Cell, marks: Sequence[str]) -> str:
        """The marks of a cell with those that its state adds."""
        words = list(marks)
        if not self._typed and "text-number" in words:
            words.remove("text-number")
        if cell.formula is not None:
            words.append("formula")
            if cell.value is None:
                words.append("no-cache")
        if cell.kind == "e":
            words.append("error")
        if cell.row in self._sheet.hidden_rows or cell.col in self._sheet.hidden_cols:
            words.append("hidden")
        return " ".join(dict.fromkeys(words))


def _by_row(columns: Sequence[Sequence[Value]]) -> list[Value]:
    """The values of a row, then those of the next."""
    return list(chain.from_iterable(zip(*columns, strict=True)))


def _each(values: Sequence[Value], times: int) -> list[Value]:
    return [value for value in values for _ in range(times)]
