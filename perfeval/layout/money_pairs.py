"""Blocks of money whose amounts stand beside their labels: 预算数： | 100 | 执行数： | 90."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from perfeval.layout.grid import Grid, Item
from perfeval.layout.headings import Kind, kind
from perfeval.layout.inline import pair_in
from perfeval.layout.lexicon import Lexicon
from perfeval.layout.money_rows import FIELDS, is_fund, levelled, unit_in
from perfeval.layout.parts import FundRow, MoneyBlock, Place

_POINTS = re.compile(r"\(\d{1,3}分\)")
_AMOUNTS = ("initial_budget", "budget", "executed")


def is_pairs(grid: Grid, words: Lexicon, row: int) -> bool:
    """Whether two labels of amounts in this row have their amounts beside them."""
    items = grid.items(row)
    heads = [item for item in items if item.named.money_column in _AMOUNTS]
    if len(heads) < 2 or kind(grid, items) is Kind.INDICATORS:
        return False
    if len({item.named.money_column for item in heads}) < 2:
        return False
    for left, right in pairwise(heads):
        between = [item for item in items if left.right < item.col < right.col]
        inline = pair_in(words, left.cell.text) is not None
        if inline or (between and all(_numeric(item) for item in between)):
            return True
        below = {item.col: item.label for item in grid.below(row)}
        twice = [below[head.col] for head in (left, right) if head.col in below]
        if right.col > left.right + 1 and len(twice) == 2 and all(is_fund(one) for one in twice):
            return True
    return False


def money_pairs(grid: Grid, words: Lexicon, row: int, end: int) -> MoneyBlock:
    """The block that begins at `row`."""
    heads = {item.col: _role(item) for item in grid.items(row) if _role(item)}
    beyond = _heads_above(grid, row, max(heads))
    points_in = _points_in(grid, row)
    margin = _margin(grid, row) if points_in is not None else None
    rows: list[FundRow] = []
    bottom = row
    for number in [row, *grid.rows(row + 1, end)]:
        items = [item for item in grid.items(number) if item.col in heads and _labels(item)]
        if not items:
            break
        fields = {}
        for item in items:
            inside = pair_in(words, item.cell.text)
            place = inside.place(item) if inside is not None else _beside(grid, item, heads)
            fields[heads[item.col]] = place
        if number == row and margin is not None:
            fields["score"] = margin
        for item in beyond:
            fields[item.label.money_column] = Place(*grid.anchor(number, item.col))
        label = _row_label(grid, items[0])
        kind = "total" if number == row else label.named.money_row or "part"
        where = Place(number, label.col)
        rows.append(FundRow(kind, int(number != row), where, fields, unit_in(label.label.text)))
        bottom = number
    asked = frozenset(heads.values()) | {item.label.money_column for item in beyond}
    if margin is not None:
        asked |= {"score"}
    percent = any(item.label.money_column == "rate" and "%" in item.label.text for item in beyond)
    return MoneyBlock(
        row,
        bottom,
        asked,
        levelled(rows),
        percent=percent,
        points_in=points_in if margin is not None else None,
    )


def _points_in(grid: Grid, row: int) -> Place | None:
    """The block's name on the left if it states points: 项目预算执行情况(20分)."""
    first = grid.items(row)[0]
    stated = first.label.block == "money" and _POINTS.search(first.label.text)
    return Place(first.row, first.col) if stated else None


def _margin(grid: Grid, row: int) -> Place | None:
    """A number behind the last amount, over all rows of the block."""
    before, last = grid.items(row)[-2:]
    over = last.bottom > row and _numeric(last) and _numeric(before)
    return Place(last.row, last.col) if over else None


def _heads_above(grid: Grid, row: int, last: int) -> list[Item]:
    """执行进度(%) in the row above, over figures that no label stands beside."""
    figures = {item.col for item in grid.items(row) if item.col > last and _numeric(item)}
    return [
        item
        for item in grid.items(row - 1)
        if item.col in figures and item.label.money_column in ("points", "rate", "score")
    ]


def _labels(item: Item) -> bool:
    return is_fund(item.named) or bool(_role(item))


def _row_label(grid: Grid, first: Item) -> Item:
    """The kind of money on the left of 预算数：, else that label itself (其中：中央补助：)."""
    left = [item for item in grid.items(first.row) if item.col < first.col]
    if left and _role(first) and is_fund(left[-1].label) and left[-1].label.block != "money":
        return left[-1]
    return first


def _beside(grid: Grid, label: Item, heads: Mapping[int, str]) -> Place:
    """The amount to the right of its label, also past a blank column."""
    beside = Place(*grid.anchor(label.row, label.right + 1))
    if grid.cell(beside.row, beside.col) is None:
        following = next((item for item in grid.items(label.row) if item.col > label.right), None)
        if following is not None and following.col not in heads:
            return Place(following.row, following.col)
    return beside


def _role(item: Item) -> str:
    role = item.named.money_column
    return role if role in FIELDS else ""


def _numeric(item: Item) -> bool:
    return any(char.isdigit() for char in item.cell.text) and not item.label.known
