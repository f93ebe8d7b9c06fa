"""Amounts as shown: with decimals the last digit may be rounded, without them it is exact."""

from __future__ import annotations

import numpy as np

from perfeval.exact import Flags, IntArray, Ints, as_int64, where
from perfeval.policy import Policies
from perfeval.rows import Rows
from perfeval.tables import Tables

LARGEST_FEN = 10**17  # what is more is no amount of a project, and its sums would leave 64 bits

_WHOLE = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}  # 分 of one unit


def plausible(amounts: IntArray) -> IntArray:
    """The amounts (分), NA where one is too large to be meant."""
    numbers, _ = as_int64(amounts)
    return where(amounts, (numbers <= LARGEST_FEN) & (numbers >= -LARGEST_FEN))


def rounding_width(tables: Tables, policies: Policies, rows: Rows, field: str) -> Ints:
    """The place of the last digit of `field` in 分 where it may have been rounded, else 0.

    An amount without decimals, one to the 分, and a zero are exact. Takes: rows of `funds`.
    """
    units = tables.of_form(rows, "money_unit").tolist()
    whole = np.array([_WHOLE.get(unit, _WHOLE["元"]) for unit in units], dtype=np.int64)
    step = rows.column(f"{field}_step_fen")
    amount, _ = as_int64(rows.column(f"{field}_fen"))
    rounded: Flags = (step > 1) & (step < whole) & (amount != 0)
    return np.where(rounded & policies.allows(rows, "money_conventions", "round"), step, 0)
