"""Blocks of money: a table with headings, labels beside amounts, a column a source, a list."""

from __future__ import annotations

from perfeval.layout.grid import Grid
from perfeval.layout.headings import Kind, kind
from perfeval.layout.lexicon import Lexicon
from perfeval.layout.money_list import is_list, money_list
from perfeval.layout.money_pairs import is_pairs, money_pairs
from perfeval.layout.money_sources import is_sources, money_sources
from perfeval.layout.money_table import money_table
from perfeval.layout.parts import MoneyBlock


def money_block(grid: Grid, words: Lexicon, row: int, end: int) -> MoneyBlock | None:
    """The block of money that begins at `row`, if one does; `end` is the form's last row."""
    if is_pairs(grid, words, row):
        return money_pairs(grid, words, row, end)
    if kind(grid, grid.items(row)) is Kind.MONEY:
        return money_table(grid, words, row, end)
    if is_sources(grid, row, end):
        return money_sources(grid, row, end)
    if is_list(grid, row):
        return money_list(grid, row, end)
    return None
