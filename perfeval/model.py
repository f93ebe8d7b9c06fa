"""The values that flow from the file to the tables: cells, sheets, workbooks, layouts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

import msgspec


class State(StrEnum):
    """What stands where a number is expected."""

    NUMBER = "number"
    BLANK = "blank"  # the form has the cell, nothing is in it
    NONE = "none"  # a dash, slash or 无: declared as not applicable
    TEXT = "text"  # something that cannot be read as a number
    SHARED = "shared"  # one merged cell holds the figure of several rows; it counts on the first
    ABSENT = "absent"  # the form does not have this field


class Range(msgspec.Struct, frozen=True, gc=False):  # made by the hundred, as cells are
    """A block of cells, 1-based, inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def ref(self) -> str:
        return f"{cell_ref(self.top, self.left)}:{cell_ref(self.bottom, self.right)}"


class Cell(msgspec.Struct, gc=False):
    """One cell that holds something.

    `value` is str, int, float, bool or None (error values are str like "#DIV/0!"); a date is its
    serial number with a date `number_format`. `raw` is the stored text (`<v>` or string as stored),
    `text` what the sheet shows. `formula` has no leading "="; with it, a `value` of None means that
    no result was cached.
    """

    row: int
    col: int
    value: str | int | float | bool | None
    text: str
    formula: str | None = None
    number_format: str = "General"
    kind: str = "s"  # s text, n number, b boolean, e error, d date, z blank

    @property
    def ref(self) -> str:
        return cell_ref(self.row, self.col)


@dataclass(slots=True)
class Sheet:
    """A grid. `cells` holds only cells with something in them (or a formula), by (row, col).

    Those inside of a merge, but for its top left one, are stored and not seen.
    """

    name: str
    cells: dict[tuple[int, int], Cell]
    merges: tuple[Range, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_cols: frozenset[int] = frozenset()

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Non-empty rows from top to bottom, each with its cells from left to right."""
        by_row: dict[int, list[Cell]] = {}
        for key in sorted(self.cells):
            by_row.setdefault(key[0], []).append(self.cells[key])
        yield from by_row.items()


@dataclass(slots=True)
class Workbook:
    """A file as read: its sheets, and what else is in it that a reviewer should know of (`traits`).

    `traits` are words such as "macros", "external-links", "embedded-objects", "signature".
    `format` is what the content is: xlsx, xls, ods, xlsb, text, html.
    """

    path: str
    sha256: str
    sheets: tuple[Sheet, ...]
    format: str = "xlsx"
    traits: frozenset[str] = field(default_factory=frozenset)


def column_name(col: int) -> str:
    """1 → A, 27 → AA."""
    name = ""
    while col:
        col, rest = divmod(col - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell_ref(row: int, col: int) -> str:
    """(3, 2) → B3."""
    return f"{column_name(col)}{row}"


@lru_cache(4096)
def parse_ref(ref: str) -> tuple[int, int]:
    """B3 → (3, 2). Raises ValueError on anything that is no plain A1 reference."""
    letters = ref.rstrip("0123456789")
    if not letters or not letters.isascii() or not letters.isalpha() or letters == ref:
        raise ValueError(f"no cell reference: {ref!r}")
    col = 0
    for letter in letters.upper():
        col = col * 26 + ord(letter) - 64
    return int(ref[len(letters) :]), col
