"""Merged ranges: read, and told to the cells that they touch, at no cost for their size."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from perfeval.model import Cell, Range, parse_ref

_LARGE = 10_000  # cells; larger ones are compared with the cells that exist
_MOST_LARGE = 100  # no sheet has more; the covered cells of further ones stay unmarked


@lru_cache(maxsize=4096)  # forms of one template have the same
def range_of(ref: str) -> Range | None:
    """B2:C3 → a range; None for one cell and for what is no range. Corners in any order."""
    first, colon, second = ref.replace("$", "").partition(":")
    if not colon or len(ref) > 40:
        return None
    try:
        top, left = parse_ref(first)
        bottom, right = parse_ref(second)
    except ValueError:
        return None
    if (top, left) == (bottom, right):
        return None
    return Range(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def mark_merged(cells: dict[tuple[int, int], Cell], merges: Iterable[Range]) -> None:
    """Set `merged` on the top left cell of each merge and `covered` on the others in it."""
    large = 0
    for merge in merges:
        corner = cells.get((merge.top, merge.left))
        if corner is not None:
            corner.merged = merge
        if (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1) <= _LARGE:
            columns = range(merge.left, merge.right + 1)
            for row in range(merge.top, merge.bottom + 1):
                for col in columns:
                    cell = cells.get((row, col))
                    if cell is not None and cell is not corner:
                        cell.covered = True
        elif large < _MOST_LARGE:
            large += 1
            for (row, col), cell in cells.items():
                inside = merge.top <= row <= merge.bottom and merge.left <= col <= merge.right
                if inside and cell is not corner:
                    cell.covered = True
