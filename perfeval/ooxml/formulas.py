"""Formula cells that get a value: shared groups re-homed, arrays and tables refused."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from perfeval.model import Range, cell_ref, parse_ref
from perfeval.ooxml.cells import SheetCells, parse_range
from perfeval.ooxml.draft import Draft
from perfeval.ooxml.elements import child, namespace
from perfeval.ooxml.shared_formula import moved


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


def release(cells: SheetCells, ref: str) -> None:
    """Take the formula out of a cell; one that it holds for others moves to the next of them."""
    cell = cells.find(ref)
    formula = child(cell, "f") if cell is not None else None
    if cell is None or formula is None:
        return
    if formula.get("t") == "shared" and formula.text:
        _rehome(cells, ref, formula)
    cell.remove(formula)


def _rehome(cells: SheetCells, ref: str, master: etree._Element) -> None:
    group = master.get("si")
    others = [
        (other, formula)
        for other, cell in cells.elements()
        if other != ref
        and (formula := child(cell, "f")) is not None
        and formula.get("t") == "shared"
        and formula.get("si") == group
        and not formula.text
    ]
    if not others:
        return
    places = [parse_ref(other) for other, _ in others]
    (row, col), node = places[0], others[0][1]
    was_row, was_col = parse_ref(ref)
    node.text = moved(master.text or "", row - was_row, col - was_col)
    top, left = (min(numbers) for numbers in zip(*places, strict=True))
    bottom, right = (max(numbers) for numbers in zip(*places, strict=True))
    node.set("ref", f"{cell_ref(top, left)}:{cell_ref(bottom, right)}")
