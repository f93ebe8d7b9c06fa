"""What a row of an indicator table shows under each heading, merged or displaced as it may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
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
    roles = [role for role in block.columns if "@" not in role]
    spans = [(column.left, column.right) for column in map(block.columns.__getitem__, roles)]
    found = []
    for row in grid.rows(block.head + 1, block.bottom):
        if row in block.repeats or row in block.skipped:
            continue
        if not any(label.subtotal for label in grid.labels[row][:2]):
            found.append(_line(grid, block, zip(roles, grid.across(row, spans), strict=True), row))
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
    grid: Grid,
    block: IndicatorBlock,
    seen: Iterable[tuple[str, tuple[tuple[int, int], Cell | None, int]]],
    row: int,
) -> Line:
    """The line of what is seen in each field: its place, its cell, and the last row of that."""
    places: dict[str, Place] = {}
    cells: dict[str, Cell | None] = {}
    shared: set[str] = set()
    joint: set[str] = set()
    own = False
    for role, ((top, left), cell, last) in seen:
        places[role] = place_of(top, left)
        cells[role] = cell
        if cell is None:
            continue
        if top < row:
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
    row = LevelRow(None, None, "", "", "level1" in shared, "level2" in shared)
    first, second = cells.get("level1"), cells.get("level2")
    if first is not None and not row.covered1:
        row.own1, row.text1 = places["level1"], _joined(first)
    if second is not None and not row.covered2:
        row.own2, row.text2 = places["level2"], _joined(second)
    return row


def _joined(cell: Cell) -> str:
    return clean_text(cell.text)[0].replace("\n", "").replace(" ", "")


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
