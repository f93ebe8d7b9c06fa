"""Amounts as texts "label：amount" side by side, under 按收入性质分 and 按支出性质分."""

from __future__ import annotations

from collections.abc import Sequence

from perfeval.layout.grid import Grid, Item
from perfeval.layout.inline import last_pair
from perfeval.layout.lexicon import Lexicon
from perfeval.layout.parts import FundRow, Place


def split_rows(grid: Grid, words: Lexicon, items: Sequence[Item]) -> list[FundRow]:
    """The amounts of one row, each a part of a part: no sum adds them again."""
    rows = []
    for item in items:
        pair = last_pair(words, item.cell.text)
        if pair is None or not (pair.label.money_row or pair.label.part):
            continue
        value = pair.place(item)
        right = Place(*grid.anchor(item.row, item.right + 1))
        if pair.start == pair.end and grid.cell(right.row, right.col) is not None:
            value = right
        label = Place(item.row, item.col, (0, pair.start))
        rows.append(FundRow(pair.label.money_row or "part", 2, label, {"budget": value}))
    return rows
