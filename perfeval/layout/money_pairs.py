"""Blocks of money whose amounts stand beside their labels: 预算数： | 100 | 执行数： | 90."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from perfeval.layout.grid import Grid, Item
from perfeval.layout.headings import Kind, kind
from perfeval.layout.inline import label_before, pair_in
from perfeval.layout.lexicon import Lexicon
from perfeval.layout.money_rows import FIELDS, is_fund, levelled, unit_in
from perfeval.layout.parts import FundRow, MoneyBlock, Place

_AMOUNTS = ("initial_budget", "budget", "executed")


def is_pairs(grid: Grid, words: Lexicon, row: int) -> bool:
    """Whether two labels of amounts in this row have their amounts beside them."""
    items = grid.items(row)
    heads = [item for item in items if _amount(words, item)]
    if len({_amount(words, item) for item in heads}) < 2 or kind(grid, items) is Kind.INDICATORS:
        return False
    for left, right in pairwise(heads):
        between = [item for item in items if left.right < item.col < right.col]
        inline = pair_in(words, left) is not None
        if inline or (between and all(_numeric(item) for item in between)):
            return True
        below = {item.col: item.label for item in grid.below(row)}
        twice = [below[head.col] for head in (left, right) if head.col in below]
        if right.col > left.right + 1 and len(twice) == 2 and all(is_fund(one) for one in twice):
            return True
    return False


def money_pairs(grid: Grid, words: Lexicon, row: int, end: int) -> MoneyBlock:
    """The block that begins at `row`."""
    heads = {item.col: _role(words, item) for item in grid.items(row) if _role(words, item)}
    rows: list[FundRow] = []
    bottom = row
    for number in [row, *grid.rows(row + 1, end)]:
        items = {item.col: item for item in grid.items(number) if item.col in heads}
        labels = [label_before(words, item) for item in items.values()]
        if number != row and not any(is_fund(label) for label in labels):
            break
        fields = {}
        for col, item in items.items():
            inside = pair_in(words, item)
            place = inside.place(item) if inside is not None else _beside(grid, item, heads)
            fields[heads[col]] = place
        first = next(iter(items.values()))
        label = label_before(words, first)
        kind = "total" if number == row else label.money_row or "part"
        rows.append(
            FundRow(
                kind,
                int(number != row),
                Place(number, first.col),
                fields,
                unit_in(first.label.text),
            )
        )
        bottom = number
    return MoneyBlock(row, bottom, frozenset(heads.values()), levelled(rows))


def _beside(grid: Grid, label: Item, heads: Mapping[int, str]) -> Place:
    """The amount to the right of its label, also past a blank column."""
    beside = Place(*grid.anchor(label.row, label.right + 1))
    if grid.cell(beside.row, beside.col) is None:
        following = next((item for item in grid.items(label.row) if item.col > label.right), None)
        if following is not None and following.col not in heads:
            return Place(following.row, following.col)
    return beside


def _role(words: Lexicon, item: Item) -> str:
    role = label_before(words, item).money_column
    return role if role in FIELDS else ""


def _amount(words: Lexicon, item: Item) -> str:
    role = label_before(words, item).money_column
    return role if role in _AMOUNTS else ""


def _numeric(item: Item) -> bool:
    return any(char.isdigit() for char in item.cell.text) and not item.label.known
