"""Cells as a sheet stores them, made into cells of the grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from perfeval.errors import UnreadableError
from perfeval.limits import Limits
from perfeval.model import Cell
from perfeval.ooxml.grid_formats import Format, Formats
from perfeval.ooxml.grid_values import error_cell, text_cell, typed_cell
from perfeval.ooxml.plain_text import visible

Cells = dict[tuple[int, int], Cell]
# column, `s`, `t` (INLINE for the text of an `is`), formula and value; None where there is none
Stored = tuple[int, str | None, str | None, str | None, str | None]
INLINE = "inline text"


@dataclass(slots=True)
class Book:
    """What all sheets of a package share."""

    strings: Mapping[str | None, str]  # by the index as it is written, so that none is parsed
    formats: Formats
    date1904: bool
    limits: Limits
    cells_left: int

    def count(self, cells: int) -> None:
        """Raises UnreadableError where there have been more than the limits allow."""
        self.cells_left -= cells
        if self.cells_left < 0:
            most = self.limits.cells
            raise too_much(f"有内容的单元格超过 {most} 个", f"more than {most} filled cells")


def too_much(what_zh: str, what_en: str) -> UnreadableError:
    """The refusal of a file beyond the limits."""
    return UnreadableError(
        f"文件过大：{what_zh}。请只保留自评表，删去多余的行和工作表后再提交",
        f"the file is too large: {what_en}; keep the forms only and submit it again",
    )


def enter(stored: Iterable[Stored], row: int, cells: Cells, book: Book) -> None:
    """Put the cells of a row that hold something into `cells`."""
    for col, style_id, kind, formula, value in stored:
        if col > book.limits.columns:
            continue
        style = book.formats.of(style_id)
        cell = _cell(row, col, kind, value, style, book)
        if formula is not None:
            cell = cell or Cell(row, col, None, "", None, style.code, "z")
            cell.formula = visible(formula)
        elif cell is None or cell.value == "":
            continue
        cells[row, col] = cell


def _cell(
    row: int, col: int, kind: str | None, value: str | None, style: Format, book: Book
) -> Cell | None:
    """None where there is neither a value nor an empty text."""
    if value is None or (not value and kind not in ("s", "str", INLINE)):
        return None
    if kind == "s":
        text = book.strings.get(value)
        if text is None:
            text = book.strings.get(value.strip())
        if text is None:
            return error_cell(row, col, "#REF!", style)  # the text is lost; say so
        return text_cell(row, col, text, style)
    if kind == INLINE:
        return text_cell(row, col, value, style)
    return typed_cell(row, col, value, kind, style, date1904=book.date1904)


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """A → 1, AA → 27; 0 for what is no column."""
    number = 0
    if letters.isascii() and letters.isalpha() and len(letters) <= 3:
        for letter in letters.upper():
            number = number * 26 + ord(letter) - 64
    return number
