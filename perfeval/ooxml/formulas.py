"""Cells that cannot be given a value: formulas, arrays, data tables, headings of tables."""

from __future__ import annotations

from dataclasses import dataclass

from perfeval.model import Range
from perfeval.ooxml.cells import SheetCells, parse_range
from perfeval.ooxml.draft import Draft
from perfeval.ooxml.elements import child, namespace


@dataclass(frozen=True, slots=True)
class Locked:
    """A cell whose content cannot be replaced alone, and why."""

    reason_zh: str
    reason_en: str


IN_ARRAY = Locked("单元格属于数组公式", "the cell belongs to an array formula")
IN_HEADER = Locked("单元格是表格的标题", "the cell is the header of a table")


def locked_blocks(draft: Draft, part: str) -> list[tuple[Range, Locked]]:
    """The blocks of a sheet whose cells must be left alone: arrays, data tables, table headings."""
    root = draft.peek(part)
    arrays = (
        parse_range(formula.get("ref", ""))
        for formula in root.iter(f"{{{namespace(root)}}}f")
        if formula.get("t") in ("array", "dataTable")
    )
    tables = (
        draft.peek(rel.target)
        for rel in draft.rels(part).values()
        if rel.kind == "table" and draft.has(rel.target)
    )
    blocks = (
        parse_range(table.get("ref", ""))
        for table in tables
        if table.get("headerRowCount", "1") != "0"
    )
    headings = (Range(b.top, b.left, b.top, b.right) for b in blocks if b is not None)
    return [
        *((block, IN_ARRAY) for block in arrays if block is not None),
        *((block, IN_HEADER) for block in headings),
    ]


def has_formula(cells: SheetCells, ref: str) -> bool:
    """Whether a cell computes its value."""
    cell = cells.find(ref)
    return cell is not None and child(cell, "f") is not None
