"""The sheets of a package as grids, in one pass over each sheet's XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from perfeval.limits import DEFAULT, Limits
from perfeval.model import Sheet
from perfeval.ooxml.alike import once
from perfeval.ooxml.elements import MAIN, RELATIONSHIPS
from perfeval.ooxml.grid_cells import INLINE, Book, Stored, column_number, enter, too_much
from perfeval.ooxml.grid_formats import NO_FORMATS, cell_formats
from perfeval.ooxml.grid_frame import (
    COLUMN,
    MERGE,
    ROW,
    TRUE,
    Grid,
    hide_columns,
    index_of,
    is_hidden_row,
    merge_of,
)
from perfeval.ooxml.grid_phantoms import without_phantoms
from perfeval.ooxml.grid_plain import plain_grid
from perfeval.ooxml.grid_strings import shared_strings, string_of
from perfeval.ooxml.package import Package, as_transitional, parse
from perfeval.ooxml.plain_text import visible
from perfeval.ooxml.shared_formula import moved
from perfeval.ooxml.stream import elements

_CELL, _VALUE, _FORMULA, _INLINE = (f"{{{MAIN}}}{tag}" for tag in ("c", "v", "f", "is"))
_DIGITS = "0123456789"
_BESIDE = re.compile(r"/(?:drawings|printersettings|embeddings|media|charts)/|vbaproject")


class _Listed(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    relationship: str
    hidden: bool


def read_sheets(package: Package, limits: Limits = DEFAULT) -> tuple[Sheet, ...]:
    """The worksheets in tab order; chart and dialog sheets have no grid and are left out.

    Raises UnreadableError if a part is damaged or there are more cells than the limits allow.
    """
    part = package.workbook_part
    date1904, listed = _listed(as_transitional(package.read(part)), part)
    rels = package.rels(part)
    by_kind = {rel.kind: rel.target for rel in rels.values() if package.find(rel.target)}
    strings = (
        shared_strings(package, by_kind["sharedStrings"]) if "sharedStrings" in by_kind else {}
    )
    formats = cell_formats(package, by_kind["styles"]) if "styles" in by_kind else NO_FORMATS
    book = Book(strings, formats, date1904, limits, limits.cells)
    sheets: list[Sheet] = []
    for name, relationship, hidden in listed:
        rel = rels.get(relationship)
        if rel is None or rel.external or rel.kind not in ("worksheet", "xlMacrosheet"):
            continue
        if len(sheets) == limits.sheets:
            raise too_much(f"工作表超过 {limits.sheets} 张", f"more than {limits.sheets} sheets")
        sheets.append(_sheet(package, rel.target, book, name=name, hidden=hidden))
    return tuple(sheets)


@once
def _listed(content: bytes, part: str) -> tuple[bool, tuple[_Listed, ...]]:
    """Whether days are counted from 1904, and the sheets."""
    root = parse(content, part)
    settings = root.find(f"{{{MAIN}}}workbookPr")
    return settings is not None and settings.get("date1904") in TRUE, tuple(
        _Listed(
            visible(node.get("name", "")),
            node.get(f"{{{RELATIONSHIPS}}}id", ""),
            node.get("state", "visible") != "visible",
        )
        for node in root.iterfind(f"{{{MAIN}}}sheets/{{{MAIN}}}sheet")
    )


def parsed_bytes(package: Package) -> int:
    """How much there is to parse for a grid, at most."""
    members = package.members
    return sum([members[name].size for name in _parsed(package.names())])


@lru_cache(maxsize=128)  # forms of one template have the same parts
def _parsed(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        name
        for name in names
        if name.lower().endswith((".xml", ".rels", ".bin")) and not _BESIDE.search(name.lower())
    )


def _sheet(package: Package, part: str, book: Book, *, name: str, hidden: bool) -> Sheet:
    if package.find(part) is None:  # Excel opens such a workbook too, with an empty sheet
        return Sheet(name, {}, hidden=hidden)
    content = without_phantoms(as_transitional(package.read(part)))
    grid = plain_grid(content, book) or _parsed_grid(content, part, book)
    cells, merges, rows, columns = grid
    if rows:
        rows &= {place[0] for place in cells}
    return Sheet(name, cells, tuple(merges), hidden, frozenset(rows), frozenset(columns))


def _parsed_grid(content: bytes, part: str, book: Book) -> Grid:
    hidden_columns: set[int] = set()
    grid = Grid({}, [], set(), hidden_columns)
    masters: dict[str, tuple[int, int, str]] = {}
    limits = book.limits
    row = 0
    for element in elements(content, part, (ROW, COLUMN, MERGE)):
        if element.tag == ROW:
            row = index_of(element.get("r"), limits.rows) or row + 1
            if row > limits.rows:
                break
            if is_hidden_row(element):
                grid.hidden_rows.add(row)
            before = len(grid.cells)
            enter(_walked(element, row, masters), row, grid.cells, book)
            book.count(len(grid.cells) - before)
        elif element.tag == COLUMN:
            hide_columns(element, hidden_columns, limits.columns)
        elif merge := merge_of(element):
            grid.merges.append(merge)
    return grid


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
