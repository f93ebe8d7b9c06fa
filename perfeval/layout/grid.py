"""A sheet as one looks at it: its texts with the area each covers, and what each may name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from perfeval.layout.inline import label_before
from perfeval.layout.lexicon import Label, Lexicon
from perfeval.model import Cell, Range, Sheet

if TYPE_CHECKING:
    from perfeval.layout.headings import Kind

_NONE: Mapping[int, tuple[int, int]] = {}
_ENUMERATED = 20_000  # cells of one merge that are looked up by cell; a larger one is searched


class Item(msgspec.Struct, eq=False, gc=False):
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
    """Look-ups on one sheet. Merges are clipped to the used area: a merged column costs nothing.

    `labels` are those of the cells of each row, all but what is hidden under a merge, from left to
    right. Most rows are asked for nothing else: `items` makes its own when they are asked for.
    """

    __slots__ = (
        "_anchors", "_boxes", "_cols", "_filled", "_items", "_large", "_named", "kinds", "labelled",
        "labels", "last_col", "last_row", "row_numbers", "sheet",
    )  # fmt: skip

    def __init__(self, sheet: Sheet, words: Lexicon) -> None:
        self.sheet = sheet
        self._filled = filled = _filled(sheet)
        self.last_row = next(reversed(filled))[0] if filled else 0
        self.last_col = max([col for _, col in filled], default=0)
        self._anchors: dict[int, dict[int, tuple[int, int]]] = {}  # by row and column
        self._boxes: dict[tuple[int, int], Range] = {}
        self._large: list[Range] = []
        self._enter(sheet.merges)
        self.labels: dict[int, list[Label]] = {}
        self.labelled: set[int] = set()  # rows with a known label
        self.kinds: dict[int, Kind] = {}  # of the rows that are headings, see headings.mark
        self._cols: dict[int, list[int]] = {}  # where the labels of each row stand
        self._named: dict[tuple[int, int], Label] = {}  # Item.named where it may be another
        self._items: dict[int, list[Item]] = {}
        self._look_at(words)
        self.row_numbers = list(self.labels)

    def _look_at(self, words: Lexicon) -> None:
        """Find the labels and the rows that they stand in."""
        look, by_row, any_large = words.look, self._anchors, bool(self._large)
        labels: list[Label] = []
        cols: list[int] = []
        last = -1
        for key, cell in self._filled.items():
            row, col = key
            if row != last:
                last, labels, cols = row, [], []
                anchors = by_row.get(row, _NONE)
            if anchors.get(col, key) != key or (any_large and self.anchor(row, col) != key):
                continue
            text = cell.text
            label = look(text)
            if not labels:
                self.labels[row], self._cols[row] = labels, cols
            labels.append(label)
            cols.append(col)
            if label.known:
                self.labelled.add(row)
            if ":" in text or "：" in text:
                named = self._named[key] = label_before(words, text)
                if named.known:
                    self.labelled.add(row)

    def merge(self, row: int, col: int) -> Range | None:
        """The merge that covers a cell."""
        return self._boxes.get(self.anchor(row, col))

    def anchor(self, row: int, col: int) -> tuple[int, int]:
        """The top left cell of what stands at a place."""
        found = self._anchors.get(row, _NONE).get(col)
        if found is None and self._large:
            found = next(((m.top, m.left) for m in self._large if _covers(m, row, col)), None)
        return found or (row, col)

    def cell(self, row: int, col: int) -> Cell | None:
        """What is seen at a place, through its merge; None where nothing is."""
        return self._filled.get(self.anchor(row, col))

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
        if self._large:
            return [self.under(row, left, right) for left, right in spans]
        filled, boxes, anchors = self._filled, self._boxes, self._anchors.get(row, _NONE)
        found = []
        for left, right in spans:
            anchor = anchors.get(left)
            at = anchor or (row, left)
            cell = filled.get(at)
            if cell is None or at[1] < left:
                found.append(self.under(row, left, right) if left < right else (at, None, row))
            else:
                found.append((at, cell, boxes[at].bottom if anchor else row))
        return found

    def items(self, row: int) -> list[Item]:
        """The items that begin in a row, from left to right."""
        found = self._items.get(row)
        if found is None:
            found = self._items[row] = self._made(row)
        return found

    def _made(self, row: int) -> list[Item]:
        filled, boxes, named = self._filled, self._boxes, self._named
        made = []
        for col, label in zip(self._cols.get(row, ()), self.labels.get(row, ()), strict=True):
            key = (row, col)
            box = boxes.get(key)
            bottom, right = (row, col) if box is None else (box.bottom, box.right)
            made.append(Item(filled[key], row, col, bottom, right, label, named.get(key, label)))
        return made

    def below(self, row: int) -> list[Item]:
        """The items of the next row that has any."""
        at = bisect_right(self.row_numbers, row)
        return self.items(self.row_numbers[at]) if at < len(self.row_numbers) else []

    def rows(self, first: int, last: int) -> list[int]:
        """The rows with items from `first` to `last`, inclusive."""
        numbers = self.row_numbers
        return numbers[bisect_right(numbers, first - 1) : bisect_right(numbers, last)]

    def _enter(self, merges: tuple[Range, ...]) -> None:
        last_row, last_col, by_row = self.last_row, self.last_col + 1, self._anchors
        for box in merges:
            top, left, bottom, right = box.top, box.left, box.bottom, box.right
            rows = range(top, (bottom if bottom < last_row else last_row) + 1)
            cols = range(left, (right if right < last_col else last_col) + 1)
            if not rows or not cols:
                continue
            anchor = (top, left)
            self._boxes[anchor] = box
            if len(rows) * len(cols) > _ENUMERATED:
                self._large.append(box)
                continue
            for row in rows:
                anchors = by_row.get(row)
                if anchors is None:
                    anchors = by_row[row] = {}
                for col in cols:
                    anchors[col] = anchor


def _filled(sheet: Sheet) -> dict[tuple[int, int], Cell]:
    """The cells with something in them, in reading order."""
    cells = sheet.cells
    blank = {key for key, cell in cells.items() if not (cell.text.strip() or cell.formula)}
    keys = sorted(cells.keys() - blank if blank else cells)
    return cells if keys == list(cells) else {key: cells[key] for key in keys}


def _covers(box: Range, row: int, col: int) -> bool:
    return box.top <= row <= box.bottom and box.left <= col <= box.right
