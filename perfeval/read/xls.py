"""Old workbooks (.xls of Excel 2–2003, .et of WPS) by xlrd, with formats, merges and hidden rows.

xlrd knows no formulas: every cell has its last result. Runs in the worker only, since damaged
files make it raise anything, loop, or take all memory.
"""

from __future__ import annotations

import io
from math import isfinite

import xlrd
from xlrd.biffh import XLRDError, error_text_from_code
from xlrd.formatting import std_format_strings

from perfeval.errors import EncryptedError, UnreadableError
from perfeval.limits import Limits
from perfeval.model import Cell, Range, Sheet, Workbook
from perfeval.ooxml.grid_cells import too_much
from perfeval.ooxml.grid_formats import PLAIN, Format
from perfeval.ooxml.grid_values import error_cell, number_cell, text_cell, whole
from perfeval.ooxml.number_format import BUILTIN
from perfeval.ooxml.plain_text import visible
from perfeval.read.refusals import damaged, encrypted

_MACROS = "_VBA_PROJECT".encode("utf-16-le")


def read_xls(data: bytes, limits: Limits) -> Workbook:
    """All sheets. Raises UnreadableError, EncryptedError, and whatever xlrd does on damage."""
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
    except XLRDError as exc:
        raise _refusal(exc) from exc
    styles = [_style(book, xf.format_key) for xf in book.xf_list]
    sheets: list[Sheet] = []
    filled = 0
    for sheet in book.sheets():
        sheets.append(_sheet(sheet, styles, date1904=bool(book.datemode)))
        filled += len(sheets[-1].cells)
        if filled > limits.cells:
            raise too_much(
                f"有内容的单元格超过 {limits.cells} 个", f"more than {limits.cells} cells"
            )
    traits = frozenset({"macros"} if _MACROS in data else ())
    return Workbook("", "", tuple(sheets), "xls", traits)


def _refusal(error: XLRDError) -> EncryptedError | UnreadableError:
    if "encrypted" in str(error).lower():
        return encrypted(0)
    return damaged("旧版工作簿（.xls）", "old workbook (.xls)")


def _style(book: xlrd.book.Book, key: int) -> Format:
    """The format of a style. What xlrd fills in for built-in ids is American, ours is Chinese."""
    known = book.format_map.get(key)
    if known is None:
        return PLAIN
    code = known.format_str
    if key in BUILTIN and code == std_format_strings.get(key):
        code = BUILTIN[key]
    return Format.of(code)


def _sheet(sheet: xlrd.sheet.Sheet, styles: list[Format], *, date1904: bool) -> Sheet:
    cells: dict[tuple[int, int], Cell] = {}
    for row in range(sheet.nrows):
        for col, source in enumerate(sheet.row(row)):
            index = source.xf_index
            style = styles[index] if index is not None and index < len(styles) else PLAIN
            cell = _cell(row + 1, col + 1, source, style, date1904=date1904)
            if cell is not None:
                cells[cell.row, cell.col] = cell
    return Sheet(
        visible(sheet.name),
        cells,
        tuple(
            Range(top + 1, left + 1, bottom, right)
            for top, bottom, left, right in sheet.merged_cells
        ),
        hidden=sheet.visibility != 0,
        hidden_rows=frozenset(
            row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden and row < sheet.nrows
        ),
        hidden_cols=frozenset(col + 1 for col, info in sheet.colinfo_map.items() if info.hidden),
    )


def _cell(
    row: int, col: int, source: xlrd.sheet.Cell, style: Format, *, date1904: bool
) -> Cell | None:
    value = source.value
    if isinstance(value, str):
        text = visible(value)
        return text_cell(row, col, text, style) if text else None
    if source.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        if not isfinite(value):
            return error_cell(row, col, "#NUM!", style)
        return number_cell(row, col, whole(value), style, date1904=date1904)
    if source.ctype == xlrd.XL_CELL_BOOLEAN:
        truth = bool(value)
        text = "TRUE" if truth else "FALSE"
        return Cell(row, col, truth, text, number_format=style.code, kind="b")
    if source.ctype == xlrd.XL_CELL_ERROR:
        return error_cell(row, col, error_text_from_code.get(int(value), ""), style)
    return None
