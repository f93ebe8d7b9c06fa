"""The stored text of a cell as a value: number, text, truth, error, date."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from math import isfinite

from perfeval.model import Cell
from perfeval.ooxml.grid_formats import Format
from perfeval.ooxml.number_format import GENERAL, serial_of, shown, shown_text
from perfeval.ooxml.plain_text import unescaped, visible

_NUMBER = re.compile(r"\s*(-?[0-9]{1,15}|[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)\s*")
_ISO_DATE = "yyyy/m/d"
_LARGEST_WHOLE = 10**15  # beyond, a double does not hold every whole number


def whole(number: float) -> int | float:
    """A whole number as int, as every reader gives it: 8.0 → 8."""
    if isinstance(number, float) and number.is_integer() and abs(number) < _LARGEST_WHOLE:
        return int(number)
    return number


def number_of(text: str) -> int | float | None:
    """A number as SpreadsheetML writes it; None for anything else (Python would take more)."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    number = float(match[1])
    return whole(number) if isfinite(number) else None


def number_cell(row: int, col: int, number: float, style: Format, *, date1904: bool) -> Cell:
    """A cell with a number; a date where its format says so."""
    return Cell(
        row,
        col,
        number,
        shown(number, style.code, date1904=date1904),
        None,
        style.code,
        "d" if style.is_date else "n",
    )


def text_cell(row: int, col: int, text: str, style: Format) -> Cell:
    """A cell with a text."""
    seen = shown_text(text, style.code) if style.has_text else text
    return Cell(row, col, text, seen, None, style.code, "s")


def typed_cell(
    row: int, col: int, stored: str, kind: str | None, style: Format, *, date1904: bool
) -> Cell:
    """A cell from `<v>` and its type `t` (not a shared or inline string)."""
    if kind in (None, "n"):
        number, seen = number_and_text(stored, style.code, date1904)
        if number is None:
            return text_cell(row, col, visible(stored), style)
        return Cell(row, col, number, seen, None, style.code, "d" if style.is_date else "n")
    if kind == "b":
        truth = stored.strip() not in ("0", "false", "")
        text = "TRUE" if truth else "FALSE"
        return Cell(row, col, truth, text, number_format=style.code, kind="b")
    if kind == "e":
        return error_cell(row, col, visible(stored), style)
    if kind == "d":
        return _iso_date(row, col, stored, style, date1904=date1904)
    return text_cell(row, col, unescaped(stored), style)


@lru_cache(maxsize=4096)  # the same few figures stand in most cells
def number_and_text(stored: str, code: str, date1904: bool) -> tuple[float | None, str]:
    """A number as stored and as shown; None and "" for what is no number."""
    number = number_of(stored)
    return number, "" if number is None else shown(number, code, date1904=date1904)


def error_cell(row: int, col: int, error: str, style: Format) -> Cell:
    """A cell with an error value such as #DIV/0!."""
    error = error.strip() or "#VALUE!"
    return Cell(row, col, error, error, number_format=style.code, kind="e")


def _iso_date(row: int, col: int, stored: str, style: Format, *, date1904: bool) -> Cell:
    try:
        moment = datetime.fromisoformat(stored.strip())
    except ValueError:
        return text_cell(row, col, visible(stored), style)
    if not style.is_date:
        code = _ISO_DATE if style.code == GENERAL else style.code
        style = Format.of(code)
    serial = whole(serial_of(moment, date1904=date1904))
    return number_cell(row, col, serial, style, date1904=date1904)
