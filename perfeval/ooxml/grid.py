"""The sheets of a package as grids, in one pass over each sheet's XML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from perfeval.errors import UnreadableError
from perfeval.limits import DEFAULT, Limits
from perfeval.model import Cell, Range, Sheet
from perfeval.ooxml.elements import MAIN, RELATIONSHIPS
from perfeval.ooxml.grid_formats import PLAIN, Format, cell_formats
from perfeval.ooxml.grid_merges import mark_merged, range_of
from perfeval.ooxml.grid_phantoms import without_phantoms
from perfeval.ooxml.grid_plain import INLINE, Stored, column_number, cut_cells
from perfeval.ooxml.grid_strings import shared_strings, string_of
from perfeval.ooxml.grid_values import error_cell, text_cell, typed_cell
from perfeval.ooxml.package import Package, as_transitional
from perfeval.ooxml.plain_text import visible
from perfeval.ooxml.shared_formula import moved
from perfeval.ooxml.stream import elements

_ROW, _CELL, _COLUMN, _MERGE = (f"{{{MAIN}}}{tag}" for tag in ("row", "c", "col", "mergeCell"))
_VALUE, _FORMULA, _INLINE = (f"{{{MAIN}}}{tag}" for tag in ("v", "f", "is"))
_TRUE = ("1", "true", "on")
_DIGITS = "0123456789"
_BESIDE = re.compile(r"/(?:drawings|printersettings|embeddings|media|charts)/|vbaproject")


@dataclass(slots=True)
class _Book:
    """What all sheets of a package share."""

    strings: dict[str | None, str]  # by the index as it is written, so that nothing need be parsed
    formats: dict[str | None, Format]
    date1904: bool
    limits: Limits
    cells_left: int


def read_sheets(package: Package, limits: Limits = DEFAULT) -> tuple[Sheet, ...]:
    """The worksheets in tab order; chart and dialog sheets have no grid and are left out.

    Raises UnreadableError if a part is damaged or there are more cells than the limits allow.
    """
    part = package.workbook_part
    root = package.xml(part)
    rels = package.rels(part)
    by_kind = {rel.kind: rel.target for rel in rels.values() if package.find(rel.target)}
    settings = root.find(f"{{{MAIN}}}workbookPr")
    book = _Book(
        shared_strings(package, by_kind["sharedStrings"]) if "sharedStrings" in by_kind else {},
        cell_formats(package, by_kind["styles"]) if "styles" in by_kind else {},
        settings is not None and settings.get("date1904") in _TRUE,
        limits,
        limits.cells,
    )
    sheets: list[Sheet] = []
    for node in root.iterfind(f"{{{MAIN}}}sheets/{{{MAIN}}}sheet"):
        rel = rels.get(node.get(f"{{{RELATIONSHIPS}}}id", ""))
        if rel is None or rel.external or rel.kind not in ("worksheet", "xlMacrosheet"):
            continue
        if len(sheets) == limits.sheets:
            raise too_much(f"工作表超过 {limits.sheets} 张", f"more than {limits.sheets} sheets")
        hidden = node.get("state", "visible") != "visible"
        name = visible(node.get("name", ""))
        sheets.append(_sheet(package, rel.target, book, name=name, hidden=hidden))
    return tuple(sheets)


def parsed_bytes(package: Package) -> int:
    """How much there is to parse for a grid, at most."""
    return sum(
        member.size
        for name, member in package.members.items()
        if name.lower().endswith((".xml", ".rels", ".bin")) and not _BESIDE.search(name.lower())
    )


def too_much(what_zh: str, what_en: str) -> UnreadableError:
    """The refusal of a file beyond the limits."""
    return UnreadableError(
        f"文件过大：{what_zh}。请只保留自评表，删去多余的行和工作表后再提交",
        f"the file is too large: {what_en}; keep the forms only and submit it again",
    )


def _sheet(package: Package, part: str, book: _Book, *, name: str, hidden: bool) -> Sheet:
    cells: dict[tuple[int, int], Cell] = {}
    merges: list[Range] = []
    hidden_rows: set[int] = set()
    hidden_cols: set[int] = set()
    masters: dict[str, tuple[int, int, str]] = {}
    if package.find(part) is None:  # Excel opens such a workbook too, with an empty sheet
        return Sheet(name, cells, hidden=hidden)
    row = 0
    content = without_phantoms(as_transitional(package.read(part)))
    plain = cut_cells(content)
    if plain is not None:
        content, rows = plain
        rows.reverse()
    for element in elements(content, part, (_ROW, _COLUMN, _MERGE)):
        tag = element.tag
        if tag == _ROW:
            row = _index(element.get("r"), book.limits.rows) or row + 1
            if row > book.limits.rows:
                break
            if element.get("hidden") in _TRUE or element.get("ht") == "0":
                hidden_rows.add(row)
            if plain is None:
                _enter(_walked(element, row, masters), row, cells, book)
            elif rows:
                _enter(rows.pop(), row, cells, book)
        elif tag == _MERGE:
            merge = range_of(element.get("ref", ""))
            if merge:
                merges.append(merge)
        elif element.get("hidden") in _TRUE or element.get("width") == "0":
            first = _index(element.get("min"), book.limits.columns)
            last = _index(element.get("max"), book.limits.columns) or book.limits.columns
            if first and len(hidden_cols) < book.limits.columns:
                hidden_cols.update(range(first, last + 1))
    mark_merged(cells, merges)
    if hidden_rows:
        hidden_rows &= {place[0] for place in cells}
    return Sheet(name, cells, tuple(merges), hidden, frozenset(hidden_rows), frozenset(hidden_cols))


def _enter(
    stored: Iterable[Stored], row: int, cells: dict[tuple[int, int], Cell], book: _Book
) -> None:
    """Put the cells of a row that hold something into `cells`."""
    before = len(cells)
    for col, style_id, kind, formula, value in stored:
        if col > book.limits.columns:
            continue
        style = book.formats.get(style_id, PLAIN)
        cell: Cell | None
        text = book.strings.get(value) if kind == "s" else None
        if text is not None:
            cell = text_cell(row, col, text, style)
        elif value is None or (not value and kind not in ("s", "str", INLINE)):
            cell = None
        elif kind == "s":
            text = book.strings.get(value.strip())
            if text is None:
                cell = error_cell(row, col, "#REF!", style)  # the text is lost; say so
            else:
                cell = text_cell(row, col, text, style)
        elif kind == INLINE:
            cell = text_cell(row, col, value, style)
        else:
            cell = typed_cell(row, col, value, kind, style, date1904=book.date1904)
        if formula is not None:
            cell = cell or Cell(row, col, None, "", None, style.code, "z")
            cell.formula = visible(formula)
        elif cell is None or cell.value == "":
            continue
        cells[row, col] = cell
    book.cells_left -= len(cells) - before
    if book.cells_left < 0:
        most = book.limits.cells
        raise too_much(f"有内容的单元格超过 {most} 个", f"more than {most} filled cells")


def _walked(
    element: etree._Element, row: int, masters: dict[str, tuple[int, int, str]]
) -> Iterator[Stored]:
    """The cells of a row element that hold something.

    Cells and what is in them come in one flat walk: a third of the time of one walk per cell.
    """
    col = 0
    ref = ""  # of the cell at hand; its column is worked out only if something is in the cell
    holder = element
    kind = formula = value = None
    for node in element.iter(_CELL, _VALUE, _FORMULA, _INLINE):
        tag = node.tag
        if tag == _CELL:
            if formula is not None or value is not None:
                yield col, holder.get("s"), kind, formula, value
            own = node.get("r")
            if not own:
                col = ((ref and _column_of(ref)) or col) + 1
            ref = own or ""
            holder = node
            kind, formula, value = node.get("t"), None, None
            continue
        if ref:
            col = _column_of(ref) or col + 1
            ref = ""
        if tag == _FORMULA:
            formula = _formula(node, row, col, masters)
        elif tag == _INLINE:
            kind, value = INLINE, string_of(node)
        else:
            value = node.text or ""
    if formula is not None or value is not None:
        yield col, holder.get("s"), kind, formula, value


def _formula(
    node: etree._Element, row: int, col: int, masters: dict[str, tuple[int, int, str]]
) -> str:
    text = node.text or ""
    if node.get("t") != "shared":
        return text
    group = node.get("si", "")
    if text:
        masters[group] = (row, col, text)
        return text
    if group not in masters:
        return ""
    top, left, master = masters[group]
    return moved(master, row - top, col - left)


def _column_of(ref: str) -> int:
    """The column of B3, 0 if there is none. The row is that of the row element, as in Excel."""
    return column_number(ref.rstrip(_DIGITS))


def _index(text: str | None, most: int) -> int | None:
    """A count from 1; one beyond `most` is `most` + 1; None if it is no number."""
    if not text or not text.isascii() or not text.isdecimal():
        return None
    number = int(text) if len(text) < 10 else most + 1
    return min(number, most + 1) if number else None
