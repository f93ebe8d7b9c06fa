"""Binary workbooks (.xlsb): the records of BIFF12 ([MS-XLSB]) that make a grid.

Of our own and not by python-calamine: that tells neither merges nor number formats of .xlsb, and
without merges no form is recognised. Formulas are not decoded; cells have their last results.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from math import isfinite
from typing import NamedTuple

from perfeval.errors import UnreadableError
from perfeval.limits import Limits
from perfeval.model import Cell, Range, Sheet
from perfeval.ooxml.grid_cells import too_much
from perfeval.ooxml.grid_formats import PLAIN, Format
from perfeval.ooxml.grid_values import error_cell, number_cell, text_cell, whole
from perfeval.ooxml.number_format import BUILTIN, GENERAL
from perfeval.ooxml.package import Package
from perfeval.ooxml.plain_text import visible

_ROW, _SST_ITEM, _FORMAT, _XF, _COLUMN = 0, 19, 44, 47, 60
_RK, _ERROR, _BOOL, _REAL, _STRING, _SHARED = 2, 3, 4, 5, 6, 7
_F_STRING, _F_REAL, _F_BOOL, _F_ERROR, _RICH = 8, 9, 10, 11, 62
_BOOK_PROPERTIES, _SHEET, _MERGE, _CELL_XFS, _END_CELL_XFS = 153, 156, 176, 617, 618
_DATA, _END_DATA = 145, 146
_CELLS = frozenset(
    (_RK, _ERROR, _BOOL, _REAL, _STRING, _SHARED, _F_STRING, _F_REAL, _F_BOOL, _F_ERROR, _RICH)
)
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


class _Book(NamedTuple):
    strings: list[str]
    formats: list[Format]
    date1904: bool
    limits: Limits


def is_binary(package: Package) -> bool:
    """Whether the workbook part is one of records and not of XML."""
    return package.workbook_part.lower().endswith(".bin")


def read_binary_sheets(package: Package, limits: Limits) -> tuple[Sheet, ...]:
    """The worksheets in tab order. Raises UnreadableError if records are damaged or too many."""
    try:
        return _read_sheets(package, limits)
    except (struct.error, IndexError, UnicodeDecodeError) as exc:
        raise UnreadableError(
            "二进制工作簿（.xlsb）已损坏，无法读取。请用 Excel 打开，另存为 .xlsx 后重新提交",
            "the binary workbook (.xlsb) is damaged; "
            "open it in Excel, save it as .xlsx and submit that",
        ) from exc


def _read_sheets(package: Package, limits: Limits) -> tuple[Sheet, ...]:
    part = package.workbook_part
    rels = package.rels(part)
    by_kind = {rel.kind: rel.target for rel in rels.values() if package.find(rel.target)}
    strings = _strings(package.read(by_kind["sharedStrings"])) if "sharedStrings" in by_kind else []
    formats = _formats(package.read(by_kind["styles"])) if "styles" in by_kind else []
    date1904 = False
    sheets: list[Sheet] = []
    left = limits.cells
    for kind, record in _records(package.read(part)):
        if kind == _BOOK_PROPERTIES:
            date1904 = bool(record[0] & 1)
        elif kind == _SHEET:
            hidden = struct.unpack_from("<L", record)[0] != 0
            rel_id, after = _wide(record, 8)
            name, _ = _wide(record, after)
            rel = rels.get(rel_id)
            if rel is None or rel.kind != "worksheet" or package.find(rel.target) is None:
                continue
            if len(sheets) == limits.sheets:
                raise too_much(f"工作表超过 {limits.sheets} 张", f"over {limits.sheets} sheets")
            book = _Book(strings, formats, date1904, limits)
            sheets.append(_sheet(package.read(rel.target), book, left, visible(name), hidden))
            left -= len(sheets[-1].cells)
    return tuple(sheets)


def _sheet(content: bytes, book: _Book, left: int, name: str, hidden: bool) -> Sheet:
    cells: dict[tuple[int, int], Cell] = {}
    merges: list[Range] = []
    hidden_rows: set[int] = set()
    hidden_cols: set[int] = set()
    row = 0
    in_data = False
    for kind, record in _records(content):
        if kind in (_DATA, _END_DATA):
            in_data = kind == _DATA
        elif kind in _CELLS and in_data:
            col = struct.unpack_from("<L", record)[0] + 1
            cell = _cell(kind, record, row, col, book) if col <= book.limits.columns else None
            if cell is not None and cell.value != "":
                cells[row, col] = cell
                if len(cells) > left:
                    most = book.limits.cells
                    raise too_much(f"有内容的单元格超过 {most} 个", f"more than {most} cells")
        elif kind == _ROW and in_data:
            row = struct.unpack_from("<L", record)[0] + 1
            if row > book.limits.rows:
                break
            if record[11] & 0x10:
                hidden_rows.add(row)
        elif kind == _MERGE:
            top, bottom, first, last = struct.unpack_from("<4L", record)
            merges.append(Range(top + 1, first + 1, bottom + 1, last + 1))
        elif kind == _COLUMN and struct.unpack_from("<H", record, 16)[0] & 1:
            first, last = struct.unpack_from("<2L", record)
            hidden_cols.update(range(first + 1, min(last + 1, book.limits.columns) + 1))
    hidden_rows &= {place[0] for place in cells}
    return Sheet(name, cells, tuple(merges), hidden, frozenset(hidden_rows), frozenset(hidden_cols))


def _cell(kind: int, record: bytes, row: int, col: int, book: _Book) -> Cell | None:
    index = struct.unpack_from("<L", record, 4)[0] & 0xFFFFFF
    style = book.formats[index] if index < len(book.formats) else PLAIN
    if kind in (_REAL, _F_REAL, _RK):
        number = _rk(record) if kind == _RK else struct.unpack_from("<d", record, 8)[0]
        if not isfinite(number):
            return error_cell(row, col, "#NUM!", style)
        return number_cell(row, col, whole(number), style, date1904=book.date1904)
    if kind == _SHARED:
        at = struct.unpack_from("<L", record, 8)[0]
        if at >= len(book.strings):
            return error_cell(row, col, "#REF!", style)  # the text is lost; say so
        return text_cell(row, col, book.strings[at], style)
    if kind in (_STRING, _F_STRING, _RICH):
        text, _ = _wide(record, 9 if kind == _RICH else 8)
        return text_cell(row, col, visible(text), style)
    if kind in (_BOOL, _F_BOOL):
        truth = record[8] != 0
        return Cell(row, col, truth, "TRUE" if truth else "FALSE", None, style.code, "b")
    return error_cell(row, col, _ERRORS.get(record[8], ""), style)


def _rk(record: bytes) -> float:
    """A number in 32 bits: an integer or the upper half of a double, perhaps in hundredths."""
    packed = struct.unpack_from("<l", record, 8)[0]
    if packed & 2:
        number = float(packed >> 2)
    else:
        number = struct.unpack("<d", struct.pack("<Ll", 0, packed & ~3))[0]
    return number / 100 if packed & 1 else number


def _strings(content: bytes) -> list[str]:
    return [visible(_wide(record, 1)[0]) for kind, record in _records(content) if kind == _SST_ITEM]


def _formats(content: bytes) -> list[Format]:
    """The formats of cell styles, by their index."""
    codes = dict(BUILTIN)
    styles: list[int] = []
    in_cells = False
    for kind, record in _records(content):
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", record)[0]] = _wide(record, 2)[0]
        elif kind in (_CELL_XFS, _END_CELL_XFS):
            in_cells = kind == _CELL_XFS
        elif kind == _XF and in_cells:
            styles.append(struct.unpack_from("<H", record, 2)[0])
    known = {number: Format.of(codes.get(number, GENERAL)) for number in set(styles)}
    return [known[number] for number in styles]


def _wide(record: bytes, at: int) -> tuple[str, int]:
    """A counted UTF-16 string, and where it ends. A null string has the length 0xFFFFFFFF."""
    length = struct.unpack_from("<L", record, at)[0]
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(record):
        raise struct.error
    return record[at + 4 : end].decode("utf-16-le", "replace"), end


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and content of each record; both number and length are in groups of seven bits."""
    at = 0
    while at < len(content):
        kind = content[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (content[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while True:
            byte = content[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift == 28:
                break
        end = at + length
        if end > len(content):
            raise struct.error
        yield kind, content[at:end]
        at = end
