"""Excel 2003 XML (“XML 电子表格 2003”), which some report systems export under the name .xls."""

from __future__ import annotations

from datetime import datetime

from lxml import etree

from perfeval.limits import Limits
from perfeval.model import Cell, Range, Sheet
from perfeval.ooxml.grid_cells import too_much
from perfeval.ooxml.grid_formats import PLAIN, Format
from perfeval.ooxml.grid_values import error_cell, number_cell, number_of, text_cell, whole
from perfeval.ooxml.number_format import BUILTIN, GENERAL, serial_of
from perfeval.ooxml.plain_text import visible

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_SS = f"{{{NAMESPACE}}}"
_NAMED = {
    "General Number": GENERAL,
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
    "Currency": BUILTIN[7],
    "Short Date": BUILTIN[14],
    "Long Date": BUILTIN[31],
    "General Date": BUILTIN[22],
    "Short Time": BUILTIN[20],
    "Long Time": BUILTIN[21],
}


def read_spreadsheet_2003(root: etree._Element, limits: Limits) -> tuple[Sheet, ...]:
    """The sheets of a `Workbook` element. Raises UnreadableError beyond the limits."""
    formats = _formats(root)
    sheets = []
    filled = 0
    for node in root.iterfind(_SS + "Worksheet"):
        sheets.append(_sheet(node, formats, limits))
        filled += len(sheets[-1].cells)
        if filled > limits.cells:
            raise too_much(
                f"有内容的单元格超过 {limits.cells} 个", f"more than {limits.cells} cells"
            )
    return tuple(sheets)


def _formats(root: etree._Element) -> dict[str, Format]:
    found = {}
    for style in root.iterfind(f"{_SS}Styles/{_SS}Style"):
        node = style.find(_SS + "NumberFormat")
        written = node.get(_SS + "Format", GENERAL) if node is not None else GENERAL
        code = _NAMED.get(written, written)
        found[style.get(_SS + "ID", "")] = Format.of(code)
    return found


def _sheet(node: etree._Element, formats: dict[str, Format], limits: Limits) -> Sheet:
    cells: dict[tuple[int, int], Cell] = {}
    merges: list[Range] = []
    hidden_rows: set[int] = set()
    row = 0
    for line in node.iterfind(f"{_SS}Table/{_SS}Row"):
        row = _count(line.get(_SS + "Index")) or row + 1
        if row > limits.rows:
            break
        if line.get(_SS + "Hidden") == "1":
            hidden_rows.add(row)
        col = 0
        for source in line.iterfind(_SS + "Cell"):
            col = _count(source.get(_SS + "Index")) or col + 1
            if col > limits.columns:
                break
            cell = _cell(source, row, col, formats.get(source.get(_SS + "StyleID", ""), PLAIN))
            if cell is not None:
                cells[row, col] = cell
            across = _count(source.get(_SS + "MergeAcross"))
            down = _count(source.get(_SS + "MergeDown"))
            if across or down:
                merges.append(Range(row, col, row + down, col + across))
            col += across
        row += _count(line.get(_SS + "Span"))
    return Sheet(
        visible(node.get(_SS + "Name", "")),
        cells,
        tuple(merges),
        hidden_rows=frozenset(hidden_rows),
        hidden=any("Hidden" in (text or "") for text in node.itertext("{*}Visible")),
    )


def _cell(node: etree._Element, row: int, col: int, style: Format) -> Cell | None:
    formula = node.get(_SS + "Formula")
    data = node.find(_SS + "Data")
    if data is None:
        data = node.find("{*}Data")
    stored = "".join(str(part) for part in data.itertext()) if data is not None else ""
    kind = data.get(_SS + "Type", "String") if data is not None else ""
    cell: Cell | None
    number = number_of(stored) if kind == "Number" else None
    if number is not None:
        cell = number_cell(row, col, number, style, date1904=False)
    elif kind == "DateTime" and (serial := _serial(stored)) is not None:
        cell = number_cell(row, col, serial, style, date1904=False)
    elif kind == "Boolean":
        cell = Cell(row, col, stored == "1", "TRUE" if stored == "1" else "FALSE", kind="b")
    elif kind == "Error":
        cell = error_cell(row, col, visible(stored), style)
    else:
        cell = text_cell(row, col, visible(stored), style) if stored else None
    if formula is not None:
        if cell is None:
            cell = Cell(row, col, None, "", number_format=style.code, kind="z")
        cell.formula = formula.removeprefix("=")
    return cell


def _serial(stored: str) -> float | None:
    try:
        return whole(serial_of(datetime.fromisoformat(stored)))
    except (ValueError, OverflowError):
        return None


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 8 else 0
