"""A sheet as one looks at it: its texts with the area each covers, row by row, and what each may name."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from perfeval.layout.lexicon import Label, Lexicon
from perfeval.model import Cell, Range, Sheet

_ENUMERATED = 20_000  # cells of one merge that are looked up by cell; a larger one is searched


@dataclass(frozen=True, slots=True)
class Item:
    """A cell with something in it, and the area that it covers."""

    cell: Cell
    row: int
    col: int
    bottom: int
    right: int
    label: Label


class Grid:
    """Look-ups on one sheet. Merges are clipped to the used area, so that a whole-column merge costs nothing."""

    __slots__ = ("_large", "_merged", "by_row", "last_col", "last_row", "row_numbers", "sheet")

    def __init__(self, sheet: Sheet, words: Lexicon) -> None:
        self.sheet = sheet
        used = [key for key, cell in sheet.cells.items() if cell.formula or cell.text.strip()]
        used.sort()
        self.last_row = used[-1][0] if used else 0
        self.last_col = max((col for _, col in used), default=0)
        self._merged: dict[tuple[int, int], Range] = {}
        self._large: list[Range] = []
        self._enter(sheet.merges)
        self.by_row: dict[int, list[Item]] = {}
        for row, col in used:
            box = self.merge(row, col)
            if box is not None and (box.top, box.left) != (row, col):
                continue  # hidden under a merge
            cell = sheet.cells[row, col]
            bottom, right = (box.bottom, box.right) if box else (row, col)
            item = Item(cell, row, col, bottom, right, words.look(cell.text))
            self.by_row.setdefault(row, []).append(item)
        self.row_numbers = list(self.by_row)

    def merge(self, row: int, col: int) -> Range | None:
        """The merge that covers a cell."""
        found = self._merged.get((row, col))
        if found is None and self._large:
            found = next((m for m in self._large if _covers(m, row, col)), None)
        return found

    def anchor(self, row: int, col: int) -> tuple[int, int]:
        """The top left cell of what stands at a place."""
        box = self.merge(row, col)
        return (box.top, box.left) if box else (row, col)

    def cell(self, row: int, col: int) -> Cell | None:
        """What is seen at a place, through its merge; None where nothing is."""
        cell = self.sheet.cells.get(self.anchor(row, col))
        return cell if cell is not None and (cell.formula or cell.text.strip()) else None

    def right(self, row: int, col: int) -> int:
        """The last column of the merge at a place, or the place's own."""
        box = self.merge(row, col)
        return box.right if box else col

    def items(self, row: int) -> list[Item]:
        """The items that begin in a row, from left to right."""
        return self.by_row.get(row, [])

    def below(self, row: int) -> list[Item]:
        """The items of the next row that has any."""
        at = bisect_right(self.row_numbers, row)
        return self.by_row[self.row_numbers[at]] if at < len(self.row_numbers) else []

    def _enter(self, merges: tuple[Range, ...]) -> None:
        for box in merges:
            bottom, right = min(box.bottom, self.last_row), min(box.right, self.last_col + 1)
            if bottom < box.top or right < box.left:
                continue
            if (bottom - box.top + 1) * (right - box.left + 1) > _ENUMERATED:
                self._large.append(box)
                continue
            for row in range(box.top, bottom + 1):
                for col in range(box.left, right + 1):
                    self._merged[row, col] = box


def _covers(box: Range, row: int, col: int) -> bool:
    return box.top <= row <= box.bottom and box.left <= col <= box.right
