"""One sheet in memory: cells with a style, merges, and where each field of a form was put."""

from __future__ import annotations

from dataclasses import dataclass, field

Value = str | int | float | None
Place = tuple[int, str, int, str]  # number of the form, table, row, field; all from 1 but forms: 0


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with the result that the file holds; None for a file saved without results."""

    text: str
    result: int | float | str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a cell, and how it looks."""

    value: Value | Formula
    style: str = "text"
    rows: int = 1
    columns: int = 1


@dataclass(slots=True)
class Page:
    """A sheet being filled. Rows and columns count from 1."""

    name: str = "Sheet1"
    widths: tuple[float, ...] = ()
    cells: dict[tuple[int, int], Entry] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    places: dict[Place, str] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    seals: list[tuple[int, int, str, str]] = field(default_factory=list)  # row, col, kind, words
    choices: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)
    form: int = 0  # the form that is being filled

    def put(
        self,
        row: int,
        column: int,
        value: Value | Formula,
        style: str = "text",
        *,
        rows: int = 1,
        columns: int = 1,
    ) -> None:
        """Fill a cell, merged over `rows` and `columns`."""
        self.cells[row, column] = Entry(value, style, rows, columns)

    def mark(self, table: str, position: int, name: str, row: int, column: int) -> None:
        """Remember which cell holds the field."""
        self.places[self.form, table, position, name] = ref(row, column)

    def where(self, table: str, position: int, name: str, *, form: int = 1) -> str:
        """The cell of a field: A1 style, the top left one of a merge."""
        return self.places[form, table, position, name]

    def replace(self, cell: str, value: Value | Formula, style: str | None = None) -> None:
        """Change what stands in a cell that is filled already."""
        key = _key(cell)
        old = self.cells[key]
        self.cells[key] = Entry(value, style or old.style, old.rows, old.columns)


def ref(row: int, column: int) -> str:
    """(3, 2) → B3; the forms are less than 27 columns wide."""
    return f"{chr(64 + column)}{row}"


def _key(cell: str) -> tuple[int, int]:
    return int(cell[1:]), ord(cell[0]) - 64
