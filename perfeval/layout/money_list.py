"""Blocks of money with one row an amount: 全年预算数 | 100, and 全年执行数 | 90 below it."""

from __future__ import annotations

from collections.abc import Sequence

from perfeval.layout.grid import Grid, Item
from perfeval.layout.money_rows import FIELDS, unit_in
from perfeval.layout.parts import FundRow, MoneyBlock, Place

_AMOUNTS = frozenset({"initial_budget", "budget", "executed"})


def is_list(grid: Grid, row: int) -> bool:
    """Whether this row and the next name an amount each, with one cell beside the name."""
    first = _named(grid.items(row))
    second = _named(grid.below(row)) if first is not None else None
    if first is None or second is None:
        return False
    roles = first.label.money_column, second.label.money_column
    return roles[0] in _AMOUNTS and roles[1] in _AMOUNTS and roles[0] != roles[1]


def money_list(grid: Grid, row: int, end: int) -> MoneyBlock:
    """The block that begins at `row`: one kind of money, the total."""
    places: dict[str, Place] = {}
    percent = False
    unit = ""
    bottom = row
    for number in grid.rows(row, end):
        label = _named(grid.items(number))
        if label is None or label.label.money_column in places:
            break
        role = label.label.money_column
        places[role] = Place(*grid.anchor(number, label.right + 1))
        percent = percent or (role == "rate" and "%" in label.label.text)
        unit = unit or unit_in(label.label.text)
        bottom = number
    total = FundRow("total", 0, None, places, unit)
    return MoneyBlock(row, bottom, frozenset(places), (total,), percent=percent)


def _named(items: Sequence[Item]) -> Item | None:
    """The name of an amount that ends a row, or has only the amount behind it."""
    for at, item in enumerate(items[:2]):
        if item.label.money_column in FIELDS:
            after = items[at + 1 :]
            lone = not after or (len(after) == 1 and not after[0].label.known)
            return item if lone else None
    return None
