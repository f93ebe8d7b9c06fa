"""Formula cells that get a value: shared groups re-homed, arrays and tables refused."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from perfeval.model import cell_ref, parse_ref
from perfeval.ooxml.cells import SheetCells, contains, parse_range
from perfeval.ooxml.draft import Draft
from perfeval.ooxml.elements import child
from perfeval.ooxml.shared_formula import moved


@dataclass(frozen=True, slots=True)
class Locked:
    """A cell whose content cannot be replaced alone, and why."""

    reason_zh: str
    reason_en: str


def locked(draft: Draft, part: str, cells: SheetCells, ref: str) -> Locked | None:
    """Why a cell must be left alone: it is in an array or data table, or heads a table."""
    row, col = parse_ref(ref)
    for formula in cells.root.iterfind("{*}sheetData/{*}row/{*}c/{*}f[@t]"):
        if formula.get("t") in ("array", "dataTable"):
            block = parse_range(formula.get("ref", ""))
            if block is not None and contains(block, row, col):
                return Locked("单元格属于数组公式", "the cell belongs to an array formula")
    for rel in draft.rels(part).values():
        if rel.kind == "table" and draft.has(rel.target):
            table = draft.peek(rel.target)
            block = parse_range(table.get("ref", ""))
            headed = table.get("headerRowCount", "1") != "0"
            if headed and block is not None and row == block.top and contains(block, row, col):
                return Locked("单元格是表格的标题", "the cell is the header of a table")
    return None


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
