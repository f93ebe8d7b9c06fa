"""A sheet as one looks at it: its texts with the area each covers, and what each may name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from operator import itemgetter
from typing import TYPE_CHECKING

from perfeval.layout.inline import label_before
from perfeval.layout.lexicon import Label, Lexicon
from perfeval.model import Cell, Range, Sheet

if TYPE_CHECKING:
    from perfeval.layout.headings import Kind

_ENUMERATED = 20_000  # cells of one merge that are looked up by cell; a larger one is searched


@dataclass(slots=True, eq=False)
class Item:
    """A cell with something in it, and the area that it covers.

    `named` is the label before its first colon if a value follows it there, else `label`.
    """

    cell: Cell
    row: int
    col: int
    bottom: int
    right: int
    label: Label
    named: Label


class Grid:
    """Look-ups on one sheet. Merges are clipped to the used area: a merged column costs nothing."""

    __slots__ = (
        "_anchors", "_boxes", "_filled", "_large", "by_row", "kinds", "labelled", "last_col",
        "last_row", "row_numbers", "sheet",
    )  # fmt: skip

    def __init__(self, sheet: Sheet, words: Lexicon) -> None:
        self.sheet = sheet
        cells = sheet.cells
        self._filled = filled = {
            key: cells[key]
            for key in sorted(cells)
            if cells[key].text.strip() or cells[key].formula
        }
        self.last_row = next(reversed(filled))[0] if filled else 0
        self.last_col = max(map(itemgetter(1), filled), default=0)
        self._anchors: dict[tuple[int, int], tuple[int, int]] = {}
        self._boxes: dict[tuple[int, int], Range] = {}
        self._large: list[Range] = []
        self._enter(sheet.merges)
        self.by_row: dict[int, list[Item]] = {}
        self.labelled: set[int] = set()  # rows with a known label
        self.kinds: dict[int, Kind] = {}  # of the rows that are headings, see headings.mark
        self._look_at(words)
        self.row_numbers = list(self.by_row)

    def _look_at(self, words: Lexicon) -> None:
        """Make the items, all but what is hidden under a merge."""
        look, anchors, boxes, any_large = words.look, self._anchors, self._boxes, bool(self._large)
        items: list[Item] = []
        last = -1
        for key, cell in self._filled.items():
            row, col = bottom, right = key
            anchor = self.anchor(row, col) if any_large else anchors.get(key)
            if anchor is not None:
                if anchor != key:
                    continue
                box = boxes.get(key)
                if box is not None:
                    bottom, right = box.bottom, box.right
            text = cell.text
            label = named = look(text)
            if ":" in text or "：" in text:
                named = label_before(words, text)
            if row != last:
                last = row
                items = self.by_row[row] = []
            items.append(Item(cell, row, col, bottom, right, label, named))
            if label.known or named.known:
                self.labelled.add(row)

    def merge(self, row: int, col: int) -> Range | None:
        """The merge that covers a cell."""
        return self._boxes.get(self.anchor(row, col))

    def anchor(self, row: int, col: int) -> tuple[int, int]:
        """The top left cell of what stands at a place."""
        key = (row, col)
        found = self._anchors.get(key)
        if found is None and self._large:
            found = next(((m.top, m.left) for m in self._large if _covers(m, row, col)), None)
        return found or key

    def cell(self, row: int, col: int) -> Cell | None:
        """What is seen at a place, through its merge; None where nothing is."""
        key = (row, col)
        if self._large:
            return self._filled.get(self.anchor(row, col))
        return self._filled.get(self._anchors.get(key, key))

    def under(self, row: int, left: int, right: int) -> tuple[tuple[int, int], Cell | None, int]:
        """The first cell with something in it that begins at one of the columns, its place before
        it and its last row behind it.

        Where there is none, the place of the left column, and None.
        """
        for col in range(left, right + 1):
            anchor = self.anchor(row, col)
            if anchor[1] >= left:
                cell = self._filled.get(anchor)
                if cell is not None:
                    box = self._boxes.get(anchor)
                    return anchor, cell, row if box is None else box.bottom
        return self.anchor(row, left), None, row

    def across(
        self, row: int, spans: Sequence[tuple[int, int]]
    ) -> list[tuple[tuple[int, int], Cell | None, int]]:
        """What is `under` the headings of a row, each from a left to a right column."""
        filled, anchors, any_large = self._filled, self._anchors, bool(self._large)
        found = []
        for left, right in spans:
            first = (row, left)
            if first not in anchors and not any_large:
                cell = filled.get(first)
                if cell is not None or left == right:
                    found.append((first, cell, row))
                    continue
            found.append(self.under(row, left, right))
        return found

    def items(self, row: int) -> list[Item]:
        """The items that begin in a row, from left to right."""
        return self.by_row.get(row, [])

    def below(self, row: int) -> list[Item]:
        """The items of the next row that has any."""
        at = bisect_right(self.row_numbers, row)
        return self.by_row[self.row_numbers[at]] if at < len(self.row_numbers) else []

    def rows(self, first: int, last: int) -> list[int]:
        """The rows with items from `first` to `last`, inclusive."""
        numbers = self.row_numbers
        return numbers[bisect_right(numbers, first - 1) : bisect_right(numbers, last)]

    def _enter(self, merges: tuple[Range, ...]) -> None:
        for box in merges:
            bottom, right = min(box.bottom, self.last_row), min(box.right, self.last_col + 1)
            if bottom < box.top or right < box.left:
                continue
            anchor = (box.top, box.left)
            self._boxes[anchor] = box
            if (bottom - box.top + 1) * (right - box.left + 1) > _ENUMERATED:
                self._large.append(box)
                continue
            area = product(range(box.top, bottom + 1), range(box.left, right + 1))
            self._anchors.update(dict.fromkeys(area, anchor))


def _covers(box: Range, row: int, col: int) -> bool:
    return box.top <= row <= box.bottom and box.left <= col <= box.right
