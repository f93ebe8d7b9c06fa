"""Blocks of money with one column a source (中央 省 本级 合计) and one row an amount."""

from __future__ import annotations

from collections.abc import Sequence

from perfeval.layout.grid import Grid, Item
from perfeval.layout.money_rows import FIELDS, levelled
from perfeval.layout.parts import FundRow, MoneyBlock, Place


def is_sources(grid: Grid, row: int, end: int) -> bool:
    """Whether a row names sources, with rows of amounts below."""
    kinds = _source_heads(grid, row)
    if len(kinds) < 3:
        return False
    below = grid.rows(row + 1, end)[:2]
    return any(_row_role(grid.items(number), kinds[0].col) for number in below)


def money_sources(grid: Grid, row: int, end: int) -> MoneyBlock:
    """The block that begins at `row`."""
    kinds = _source_heads(grid, row)
    lines: dict[str, int] = {}
    bottom = row
    for number in grid.rows(row + 1, end):
        role = _row_role(grid.items(number), kinds[0].col)
        if not role or role in lines:
            break
        lines[role] = number
        bottom = number
    rows = [
        FundRow(
            item.label.money_row,
            0,
            Place(item.row, item.col),
            {role: Place(*grid.anchor(number, item.col)) for role, number in lines.items()},
        )
        for item in kinds
    ]
    return MoneyBlock(row, bottom, frozenset(lines), levelled(rows))


def _source_heads(grid: Grid, row: int) -> list[Item]:
    named = [item for item in grid.items(row) if item.label.money_row]
    return [item for item in named if not item.label.money_column and item.label.block != "money"]


def _row_role(items: Sequence[Item], first: int) -> str:
    for item in reversed(items):
        if item.col < first and item.label.money_column in FIELDS:
            return item.label.money_column
    return ""
