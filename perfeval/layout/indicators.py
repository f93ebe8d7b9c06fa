"""Tables of indicators: their heading, their rows, and the row with the total that closes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from perfeval.layout.grid import Grid, Item
from perfeval.layout.headings import columns, head_rows, is_indicator_head, is_money_head, same_head
from perfeval.layout.parts import Column, IndicatorBlock, Place, TotalPlaces

_LEVELS = ("level1", "level2", "level3")
_NOTE = re.compile(r"(?:注|备注|说明|填表说明|填报说明|附注)(?:[:：\d一(]|$)")


def indicator_block(
    grid: Grid, row: int, end: int
) -> tuple[IndicatorBlock, TotalPlaces | None] | None:
    """The table that begins at `row`, if one does, and the total below it."""
    if not is_indicator_head(grid.items(row)):
        return None
    heads = head_rows(grid, row)
    found = columns([grid.items(n) for n in heads], lambda label: label.column, grid.last_col)
    named = _levels(grid, _chosen(found), heads[-1])
    left = _deepest(named)
    repeats: list[int] = []
    bottom = heads[-1]
    total: TotalPlaces | None = None
    for number in [n for n in grid.row_numbers if heads[-1] < n <= end]:
        items = grid.items(number)
        if same_head(found, items):
            repeats.append(number)
            continue
        if is_indicator_head(items) or is_money_head(items) or _closes(items[0]):
            break
        if repeats and repeats[-1] == number - 1 and all(item.label.column for item in items):
            repeats.append(number)  # the second row of a heading printed again
            continue
        label = _total_label(items, left)
        if label is not None:
            total = TotalPlaces(Place(label.row, label.col), row=number)
            break
        bottom = max(number, bottom)
    block = IndicatorBlock(row, heads[-1], bottom, named, tuple(repeats))
    return block, _total(grid, block, total) if total else None


def _chosen(found: Mapping[str, Column]) -> dict[str, Column]:
    """One column a role: what an operator column is depends on which of them the table has."""
    named = {role: column for role, column in found.items() if "@" not in role}
    if "operator" not in named and "nature" in named:
        named["operator"] = named.pop("nature")
    if "score" not in named and "weighted" in named:
        named["score"] = named.pop("weighted")
    elif "weighted" in named:
        named["score"] = named.pop("weighted")  # 单项得分 × 权重 = 折算得分 is what counts
    if "reason" not in named and "measures" in named:
        named["reason"] = named.pop("measures")
    if "target" not in named and "adjusted" in named:
        named["target"] = named.pop("adjusted")
    return named


def _levels(grid: Grid, named: dict[str, Column], head: int) -> dict[str, Column]:
    """level1–level3 of a table: a lone heading over three columns of labels stands for all of them."""
    deepest = next((role for role in ("level3", "name", "level2", "level1") if role in named), None)
    assert deepest is not None  # is_indicator_head asks for one
    if deepest == "name" and not any(role in named for role in _LEVELS):
        return _split(grid, named, head)
    if deepest != "level3":
        named["level3"] = named.pop(deepest)
    elif "name" in named and named["name"].left > named["level3"].left:
        named.pop("name")
    return named


def _split(grid: Grid, named: dict[str, Column], head: int) -> dict[str, Column]:
    name = named.pop("name")
    below = next((n for n in grid.row_numbers if n > head), head)
    starts = [col for col in range(name.left, name.right + 1) if grid.anchor(below, col)[1] == col]
    if len(starts) < 2:
        return {**named, "level3": name}
    roles = _LEVELS[-len(starts) :] if len(starts) <= 3 else _LEVELS
    ends = [col - 1 for col in starts[1 : len(roles)]] + [name.right]
    parts = {
        role: replace(name, role=role, left=left, right=right)
        for role, left, right in zip(roles, starts, ends, strict=False)
    }
    return {**named, **parts}


def _deepest(named: Mapping[str, Column]) -> int:
    return named["level3"].right


def _closes(first: Item) -> bool:
    label = first.label
    if label.title or label.heading in ("project", "department"):
        return True
    if label.level1 or label.level2:
        return False
    return label.block in ("conclusion", "cause", "remedy") or bool(_NOTE.match(label.text))


def _total_label(items: list[Item], right: int) -> Item | None:
    """总分 at the head of a row, or after the name of the block."""
    for item in items[:2]:
        if item.col <= right and item.label.bottom:
            return item
    return None


def _total(grid: Grid, block: IndicatorBlock, total: TotalPlaces) -> TotalPlaces:
    places = {}
    for role in ("points", "score"):
        column = block.col(role)
        if column is not None:
            places[role] = Place(*grid.anchor(total.row, column.left))
    return replace(total, points=places.get("points"), score=places.get("score"), block=block)
