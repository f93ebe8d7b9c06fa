"""Amounts as texts "label：amount" side by side, under 按收入性质分 and 按支出性质分."""

from __future__ import annotations

from collections.abc import Sequence

from perfeval.layout.grid import Grid, Item
from perfeval.layout.inline import label_before
from perfeval.layout.lexicon import Lexicon
from perfeval.layout.parts import FundRow, Place


def split_rows(grid: Grid, words: Lexicon, items: Sequence[Item]) -> list[FundRow]:
    """The amounts of one row, each a part of a part: no sum adds them again."""
    rows = []
    for item in items:
        label = label_before(words, item, last=True)
        if not (label.money_row or label.part):
            continue
        text = item.cell.text.rstrip()
        inline = not text.endswith((":", "："))
        right = Place(*grid.anchor(item.row, item.right + 1))
        value = Place(item.row, item.col, inline=True) if inline else right
        if not inline and grid.cell(right.row, right.col) is None:
            value = Place(item.row, item.col, inline=True)
        where = Place(item.row, item.col, inline=True)
        rows.append(FundRow(label.money_row or "part", 2, where, {"budget": value}))
    return rows
