"""Blocks of money with headings over columns: 年初预算数 全年预算数 全年执行数 分值 执行率 得分."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from perfeval.layout.grid import Grid, Item
from perfeval.layout.headings import Kind, columns, kind
from perfeval.layout.lexicon import Lexicon
from perfeval.layout.money_rows import FIELDS, is_fund, levelled, unit_in
from perfeval.layout.money_split import split_rows
from perfeval.layout.parts import Column, FundRow, MoneyBlock, Place, place_of

_POINTS = re.compile(r"\d+(?:\.\d+)?分")
_STOPS = frozenset({"management", "conclusion", "indicators", "cause", "remedy"})


def money_table(grid: Grid, words: Lexicon, row: int, end: int) -> MoneyBlock | None:
    corners = _corners(grid, row)
    head = columns(
        [grid.items(row)],
        lambda item: "" if item.col in corners else item.label.money_column,
        grid.last_col,
    )
    fields = {role: head[role] for role in FIELDS if role in head}
    if not fields:
        return None
    first = min(column.left for column in fields.values())
    rows: list[FundRow] = []
    bottom, splitting = row, False
    for number in grid.rows(row + 1, end):
        items = grid.items(number)
        if [item for item in items if item.label.money_split or item.named.money_split]:
            # 按收入性质分, with or without an amount behind it
            bottom, splitting = number, True
            continue
        if splitting:
            more = split_rows(grid, words, items)
            if not more:
                break
            rows += more
            bottom = number
            continue
        label = _label_of(items, first)
        if _stops(grid, items, label):
            break
        if label is None and rows:
            break
        if label is not None and label.label.heading == "other":
            continue  # 行次, 列次
        filled = bool(items) and items[-1].col >= first
        if label is None or label.label.money_row or label.label.part or filled:
            rows.append(_fund_row(grid, number, label, fields))
            bottom = number
        else:
            break
    score = fields.get("score")
    return MoneyBlock(
        top=row,
        bottom=bottom,
        fields=frozenset(fields),
        rows=levelled(rows),
        percent="%" in fields["rate"].text if "rate" in fields else False,
        points_in=score.place
        if score and "points" not in fields and _POINTS.search(score.text)
        else None,
        header=frozenset(column.text for column in head.values()),
    )


def _label_of(items: Sequence[Item], first: int) -> Item | None:
    """The label nearest to the amounts; the number of its line (行次) between them is none."""
    left = [item for item in reversed(items) if item.col < first]
    for item in left:
        if not item.cell.text.strip().isdigit():
            return item
    return left[0] if left else None


def _corners(grid: Grid, row: int) -> set[int]:
    """Headings over the labels of the rows (年度预算数 over 总额, 其中…), which head no amounts."""
    below = {item.col: item.label for item in grid.below(row)}
    return {item.col for item in grid.items(row) if item.col in below and is_fund(below[item.col])}


def _fund_row(grid: Grid, row: int, label: Item | None, fields: Mapping[str, Column]) -> FundRow:
    seen = grid.across(row, [(column.left, column.right) for column in fields.values()])
    places = {
        role: place_of(*at) if cell is None or at[0] == row else _place(grid, row, column)
        for (role, column), (at, cell, _) in zip(fields.items(), seen, strict=True)
    }
    if label is None:
        return FundRow("", 0, None, places)
    kind = label.label.money_row or "part"
    level = 1 if label.label.part else 0
    return FundRow(kind, level, Place(label.row, label.col), places, unit_in(label.label.text))


def _place(grid: Grid, row: int, column: Column) -> Place:
    """The first cell with something in it under a heading, else the left one."""
    for col in range(column.left, column.right + 1):
        anchor = grid.anchor(row, col)
        if anchor[1] >= column.left and anchor[0] == row and grid.cell(row, col) is not None:
            return Place(*anchor)
    return Place(*grid.anchor(row, column.left))


def _stops(grid: Grid, items: Sequence[Item], label: Item | None) -> bool:
    labels = grid.labels[items[0].row]
    if kind(grid, items) is not Kind.NONE or any(one.title for one in labels):
        return True
    if any(one.goal and not one.money_row for one in labels):
        return True
    left = items if label is None else [item for item in items if item.col <= label.col]
    if any(item.label.block in _STOPS and not item.label.money_row for item in left):
        return True
    own = label.label if label is not None else items[0].label
    if own.money_row or own.part:
        return False
    return bool(own.goal) or own.heading not in ("", "other")
