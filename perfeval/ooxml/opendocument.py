"""OpenDocument spreadsheets (.ods, .fods): values, shown texts, merges and hidden rows.

Of our own and not by python-calamine: that gives neither merges nor what a cell shows, so that
99.96% cannot be told from 0.9996.
"""

from __future__ import annotations

import re
from datetime import datetime

from lxml import etree

from perfeval.limits import Limits
from perfeval.model import Cell, Range, Sheet
from perfeval.ooxml.grid_cells import too_much
from perfeval.ooxml.grid_values import number_of, whole
from perfeval.ooxml.number_format import GENERAL, general, serial_of
from perfeval.ooxml.plain_text import visible

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TABLE, _TEXT, _STYLE = (
    f"{{{_NS}{name}:1.0}}" for name in ("office", "table", "text", "style")
)
_CALC_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
_HIDDEN = ("collapse", "filter")
_SHOWN_NUMBER = re.compile(r"-?(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?(%?)")
_DURATION = re.compile(r"PT(\d{1,9})H(\d{1,9})M(\d{1,9}(?:[.,]\d+)?)S")
_REFERENCE = re.compile(r"\[([^\]:]*)(?::([^\]]*))?\]")


def read_opendocument(root: etree._Element, limits: Limits) -> tuple[Sheet, ...] | None:
    """The sheets of a content.xml or flat document; None if it is no spreadsheet.

    Raises UnreadableError beyond the limits.
    """
    body = root.find(f"{_OFFICE}body/{_OFFICE}spreadsheet")
    if body is None:
        return None
    unseen = {
        style.get(_STYLE + "name", "")
        for style in root.iterfind(f"{_OFFICE}automatic-styles/{_STYLE}style")
        if any(node.get(_TABLE + "display") == "false" for node in style)
    }
    sheets = []
    left = limits.cells
    for table in body.iterchildren(_TABLE + "table"):
        hidden = table.get(_TABLE + "style-name") in unseen
        sheets.append(_sheet(table, limits, left, hidden=hidden))
        left -= len(sheets[-1].cells)
    return tuple(sheets)


def _sheet(table: etree._Element, limits: Limits, left: int, *, hidden: bool) -> Sheet:
    cells: dict[tuple[int, int], Cell] = {}
    merges: list[Range] = []
    hidden_rows: set[int] = set()
    row = 1
    for line in table.iter(_TABLE + "table-row"):
        repeated = _count(line.get(_TABLE + "number-rows-repeated"), limits.rows)
        found = _row(line, row, merges, limits)
        if found:
            if len(cells) + len(found) * repeated > left:
                most = limits.cells
                raise too_much(f"有内容的单元格超过 {most} 个", f"more than {most} filled cells")
            for at in range(row, min(row + repeated, limits.rows + 1)):
                for cell in found:
                    cells[at, cell.col] = cell if at == row else _copy(cell, at)
                if line.get(_TABLE + "visibility") in _HIDDEN:
                    hidden_rows.add(at)
        row += repeated
    return Sheet(
        visible(table.get(_TABLE + "name", "")),
        cells,
        tuple(merges),
        hidden,
        frozenset(hidden_rows),
        frozenset(_hidden_columns(table, limits)),
    )


def _row(line: etree._Element, row: int, merges: list[Range], limits: Limits) -> list[Cell]:
    found: list[Cell] = []
    col = 1
    for node in line.iterchildren(*_CELLS):
        repeated = _count(node.get(_TABLE + "number-columns-repeated"), limits.columns)
        wide = _count(node.get(_TABLE + "number-columns-spanned"), limits.columns)
        high = _count(node.get(_TABLE + "number-rows-spanned"), limits.rows)
        if wide > 1 or high > 1:
            merges.append(Range(row, col, row + high - 1, col + wide - 1))
        if len(node) or node.get(_OFFICE + "value-type"):
            cell = _cell(node, row, col)
            if cell is not None:
                last = min(col + repeated, limits.columns + 1)
                found += [cell if at == col else _copy(cell, row, at) for at in range(col, last)]
        col += repeated
        if col > limits.columns:
            break
    return found


def _cell(node: etree._Element, row: int, col: int) -> Cell | None:
    kind = node.get(_OFFICE + "value-type") or ""
    text = visible("\n".join(_paragraph(p) for p in node.iterchildren(_TEXT + "p")))
    formula = _formula(node.get(_TABLE + "formula"))
    cell: Cell | None = None
    if node.get(_CALC_TYPE) == "error":
        cell = Cell(row, col, text, text, kind="e")
    elif kind in ("float", "percentage", "currency"):
        number = number_of(node.get(_OFFICE + "value") or "")
        if number is not None:
            shown = text or general(number)
            cell = Cell(row, col, number, shown, number_format=_format(shown, number), kind="n")
    elif kind in ("date", "time"):
        serial = _serial(node, kind)
        if serial is not None:
            code = "yyyy/m/d" if kind == "date" else "h:mm:ss"
            cell = Cell(row, col, serial, text or general(serial), number_format=code, kind="d")
    elif kind == "boolean":
        truth = node.get(_OFFICE + "boolean-value") == "true"
        cell = Cell(row, col, truth, "TRUE" if truth else "FALSE", kind="b")
    if cell is None and text:
        cell = Cell(row, col, text, text)
    if formula is not None:
        cell = cell or _textless(node, row, col)
        cell.formula = formula
    return cell


def _textless(node: etree._Element, row: int, col: int) -> Cell:
    """A formula that gives "" has an empty paragraph, one without a result has none."""
    if next(node.iterchildren(_TEXT + "p"), None) is None:
        return Cell(row, col, None, "", kind="z")
    return Cell(row, col, "", "")


def _paragraph(node: etree._Element) -> str:
    """The text of a paragraph: blanks and line breaks are elements, notes and ruby are not text."""
    parts = [node.text or ""]
    for child in node:
        tag = child.tag
        if tag == _TEXT + "s":
            parts.append(" " * min(_count(child.get(_TEXT + "c"), 1000), 1000))
        elif tag == _TEXT + "tab":
            parts.append("\t")
        elif tag == _TEXT + "line-break":
            parts.append("\n")
        elif tag in (_TEXT + "span", _TEXT + "a", _TEXT + "ruby", _TEXT + "ruby-base"):
            parts.append(_paragraph(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _format(shown: str, number: float) -> str:
    """The number format behind what is shown, as far as it matters: digits, groups, percent."""
    match = _SHOWN_NUMBER.fullmatch(shown)
    if not match or shown == general(number):
        return GENERAL
    places = f".{'0' * len(match[2])}" if match[2] else ""
    return ("#,##0" if "," in match[1] else "0") + places + match[3]


def _serial(node: etree._Element, kind: str) -> float | None:
    if kind == "date":
        try:
            moment = datetime.fromisoformat(node.get(_OFFICE + "date-value") or "")
        except ValueError:
            return None
        return whole(serial_of(moment))
    match = _DURATION.fullmatch(node.get(_OFFICE + "time-value") or "")
    if match is None:
        return None
    hours, minutes, seconds = int(match[1]), int(match[2]), float(match[3].replace(",", "."))
    return whole((hours * 3600 + minutes * 60 + seconds) / 86400)


def _formula(stored: str | None) -> str | None:
    """of:=SUM([.A1:.B2]) → SUM(A1:B2)"""
    if stored is None:
        return None

    def plain(match: re.Match[str]) -> str:
        return ":".join(_address(part) for part in match.groups() if part)

    return _REFERENCE.sub(plain, visible(stored).partition("=")[2])


def _address(part: str) -> str:
    sheet, dot, cell = part.rpartition(".")
    return f"{sheet.lstrip('$')}!{cell}" if sheet and dot else cell


def _hidden_columns(table: etree._Element, limits: Limits) -> set[int]:
    hidden: set[int] = set()
    col = 1
    for node in table.iter(_TABLE + "table-column"):
        repeated = _count(node.get(_TABLE + "number-columns-repeated"), limits.columns)
        if node.get(_TABLE + "visibility") in _HIDDEN:
            hidden.update(range(col, min(col + repeated, limits.columns + 1)))
        col += repeated
        if col > limits.columns:
            break
    return hidden


def _copy(cell: Cell, row: int, col: int | None = None) -> Cell:
    return Cell(
        row,
        cell.col if col is None else col,
        cell.value,
        cell.text,
        cell.formula,
        cell.number_format,
        cell.kind,
    )


def _count(text: str | None, most: int) -> int:
    """How often or how far; 1 where nothing sensible is said."""
    if not text or not text.isascii() or not text.isdecimal() or len(text) > 9:
        return 1
    return max(1, min(int(text), most))
