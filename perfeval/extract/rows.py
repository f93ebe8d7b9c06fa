"""What a row of an indicator table shows under each heading, merged or displaced as it may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from perfeval.extract.levels import LevelRow
from perfeval.extract.text import clean_text
from perfeval.layout import IndicatorBlock, Place
from perfeval.layout.grid import Grid
from perfeval.layout.parts import place_of
from perfeval.model import Cell

_OWN = frozenset({"level3", "target", "adjusted", "actual", "points", "score"})
_BARE = re.compile(r"\s*\d{1,3}(?:\.\d{1,4})?\s*分?\s*")
_NONE: frozenset[str] = frozenset()


@dataclass(slots=True)
class Line:
    """One row: the place of each field and the cell that is seen there (None: blank).

    `shared`: fields whose merged cell began in a row above; `joint`: fields whose merged cell
    goes on in rows below; `displaced`: fields that stand beside their column.
    """

    row: int
    level: LevelRow
    places: dict[str, Place]
    cells: dict[str, Cell | None]
    shared: set[str] | frozenset[str] = _NONE
    joint: set[str] | frozenset[str] = _NONE
    displaced: frozenset[str] = _NONE

    def has(self, role: str) -> bool:
        """Whether something stands in a field."""
        return self.cells.get(role) is not None


def lines(grid: Grid, block: IndicatorBlock) -> list[Line]:
    """Every row of the table, also those with labels only: they carry levels."""
    named = [
        (role, column.left, column.right)
        for role, column in block.columns.items()
        if "@" not in role
    ]
    found = []
    for row in grid.rows(block.head + 1, block.bottom):
        if row in block.repeats or row in block.skipped:
            continue
        if not any(item.label.subtotal for item in grid.items(row)[:2]):
            found.append(_line(grid, block, named, row))
    return found


def page_breaks(block: IndicatorBlock, found: Sequence[Line]) -> list[int]:
    """Headings printed again in the middle of a class, not where the next class begins."""
    rows = []
    for row in block.repeats:
        following = next((line for line in found if line.row > row), None)
        before = [line.level.text1 for line in found if line.row < row and line.level.text1]
        if following is not None and following.level.text1 in ("", *before[-1:]):
            rows.append(row)
    return rows


def _line(
    grid: Grid, block: IndicatorBlock, named: Sequence[tuple[str, int, int]], row: int
) -> Line:
    places: dict[str, Place] = {}
    cells: dict[str, Cell | None] = {}
    shared: set[str] = set()
    joint: set[str] = set()
    own = False
    for role, left, right in named:
        anchor, cell, last = grid.under(row, left, right)
        places[role] = place_of(*anchor)
        cells[role] = cell
        if cell is None:
            continue
        if anchor[0] < row:
            shared.add(role)
        else:
            own = own or role in _OWN
            if last > row:
                joint.add(role)
    line = Line(row, _levels_of(places, cells, shared), places, cells, shared, joint)
    line.level.indicator = own
    if own and cells.get("points") is None:
        _straighten(grid, block, line)
    return line


def _levels_of(
    places: dict[str, Place], cells: dict[str, Cell | None], shared: set[str]
) -> LevelRow:
    found: list[tuple[Place | None, str, bool]] = []
    for role in ("level1", "level2"):
        cell = cells.get(role)
        if cell is None:
            found.append((None, "", False))
        elif role in shared:
            found.append((None, "", True))
        else:
            text = clean_text(cell.text)[0].replace("\n", "").replace(" ", "")
            found.append((places[role], text, False))
    (own1, text1, covered1), (own2, text2, covered2) = found
    return LevelRow(own1, own2, text1, text2, covered1, covered2)


def _straighten(grid: Grid, block: IndicatorBlock, line: Line) -> None:
    """Points and score one column too far right: points blank, a bare number beyond the score."""
    points, score, reason = block.col("points"), block.col("score"), block.col("reason")
    if points is None or score is None or score.left != points.right + 1:
        return
    if reason is not None and reason.left != score.right + 1:
        return
    beyond = Place(*grid.anchor(line.row, score.right + 1))
    first, second = line.cells["score"], grid.cell(beyond.row, beyond.col)
    if first is None or second is None or line.places["score"].row != line.row:
        return
    if not (_BARE.fullmatch(first.text) and _BARE.fullmatch(second.text)):
        return
    line.places["points"], line.places["score"] = line.places["score"], beyond
    line.cells["points"], line.cells["score"] = first, second
    line.displaced = frozenset({"points", "score"})
    if reason is not None:
        after = Place(*grid.anchor(line.row, reason.right + 1))
        line.places["reason"], line.cells["reason"] = after, grid.cell(after.row, after.col)
