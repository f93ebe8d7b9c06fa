"""Merged ranges: read, and the cells under them, at no cost for their size."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import product

from perfeval.model import Range, Sheet, parse_ref

_LARGE = 10_000  # cells; larger ones are compared with the cells that exist
_MOST_LARGE = 100  # no sheet has more; the cells under further ones stay unknown


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


def covered(sheet: Sheet) -> set[tuple[int, int]]:
    """The cells of a sheet that lie under a merge: all in it but the top left one."""
    cells = sheet.cells
    found: set[tuple[int, int]] = set()
    large = 0
    for merge in sheet.merges:
        inside: Iterable[tuple[int, int]] = ()
        if (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1) <= _LARGE:
            rows, columns = range(merge.top, merge.bottom + 1), range(merge.left, merge.right + 1)
            inside = (key for key in product(rows, columns) if key in cells)
        elif large < _MOST_LARGE:
            large += 1
            inside = (
                (row, col)
                for row, col in cells
                if merge.top <= row <= merge.bottom and merge.left <= col <= merge.right
            )
        found.update(key for key in inside if key != (merge.top, merge.left))
    return found
