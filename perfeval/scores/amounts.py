"""Amounts as shown: with decimals the last digit may be rounded, without them it is exact."""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfeval.exact import IntSeries
from perfeval.policy import Policies
from perfeval.tables import Tables

LARGEST_FEN = 10**17  # what is more is no amount of a project, and its sums would leave 64 bits

_WHOLE = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}  # 分 of one unit


def plausible(amounts: IntSeries) -> IntSeries:
    """The amounts (分), NA where one is too large to be meant."""
    return amounts.where((amounts.abs() <= LARGEST_FEN).fillna(False))


def rounding_width(tables: Tables, policies: Policies, rows: pd.DataFrame, field: str) -> IntSeries:
    """The place of the last digit of `field` in 分 where it may have been rounded, else 0.

    An amount without decimals, one to the 分, and a zero are exact. Takes: rows of `funds`.
    """
    whole = tables.of_form(rows, "money_unit").map(_WHOLE).fillna(_WHOLE["元"]).to_numpy()
    step = rows[f"{field}_step_fen"]
    rounded = (
        (step > 1)
        & (step < whole)
        & (rows[f"{field}_fen"].fillna(0) != 0)
        & policies.allows(rows, "money_conventions", "round")
    )
    return pd.Series(np.where(rounded, step, 0), index=rows.index, dtype="Int64")
