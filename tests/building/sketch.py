"""Sheets drawn as text tables, for tests whose input should stand in the test."""

from __future__ import annotations

from perfeval.extract import Collector
from perfeval.model import Cell, Range, Sheet, Workbook
from perfeval.tables import Tables


def sketch(drawing: str, *, name: str = "Sheet1", hidden: bool = False) -> Sheet:
    """A sheet from rows such as "| 产出指标 | 数量指标 | 8 |".

    "^" joins a cell to the one above, "<" to the one on its left (a merge); "/" is a line break.
    """
    rows = [line.strip().strip("|").split("|") for line in drawing.strip().splitlines()]
    texts = {
        (r, c): text.strip().replace("/", "\n")
        for r, row in enumerate(rows, 1)
        for c, text in enumerate(row, 1)
    }
    ends: dict[tuple[int, int], tuple[int, int]] = {}
    for (r, c), text in sorted(texts.items()):
        if text in ("^", "<"):
            top, left = r, c
            while texts[top, left] == "^":
                top -= 1
            while texts[top, left] == "<":
                left -= 1
            bottom, right = ends.get((top, left), (top, left))
            ends[top, left] = max(bottom, r), max(right, c)
    merges = tuple(Range(*start, *end) for start, end in sorted(ends.items()))
    cells = {
        (r, c): Cell(r, c, text, text)
        for (r, c), text in texts.items()
        if text and text not in ("^", "<")
    }
    return Sheet(name, cells, merges, hidden)


def workbook(*sheets: Sheet) -> Workbook:
    """A workbook of sketched sheets."""
    return Workbook("a.xlsx", "0" * 64, sheets)


def tables(*sheets: Sheet) -> Tables:
    """The tables of a workbook of sketched sheets."""
    collector = Collector()
    collector.add_workbook(collector.add_file("a.xlsx"), workbook(*sheets))
    return collector.tables()


def ref_of(read: Tables, table: str, field: str, row: int = 1) -> str:
    """The cell of a field in the row-th row of a table."""
    cells = read.cells
    found = cells[(cells.table == table) & (cells.field == field) & (cells.position == row)]
    return str(found.ref.iloc[0])
