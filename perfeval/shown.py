"""A table's value as it leaves the tables: as results.json publishes it, and as a person reads it.

The suffix of the column tells the unit: _e4 points, _fen money, _e6 a rate; anything else is text.
Money is given in the form's own unit, 元 where none is stated.
"""

from __future__ import annotations

import numpy as np

from perfeval.texts import decimal_text, percent_text, points_text, rate_text

PLACES = {"元": 2, "万元": 6, "亿元": 10}  # 分 of one unit, as a power of ten


def as_number(column: str, value: object, money_unit: str = "") -> str:
    """Plain decimals, "" for NA; text as it is."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return ""
    if not isinstance(value, int | np.integer):
        return str(value)
    if column.endswith("_e4"):
        return points_text(int(value))
    if column.endswith("_fen"):
        return decimal_text(int(value), PLACES.get(money_unit, 2), keep=2)
    return rate_text(int(value)) if column.endswith("_e6") else str(value)


def as_words(column: str, value: object, money_unit: str = "") -> str:
    """As in `as_number`, but rates as percentages and money with its unit."""
    text = as_number(column, value, money_unit)
    if not text or not isinstance(value, int | np.integer):
        return text
    if column.endswith("_e6"):
        return percent_text(int(value))
    return f"{text}{money_unit or '元'}" if column.endswith("_fen") else text
