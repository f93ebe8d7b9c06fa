"""A table's value as it leaves the tables: as results.json publishes it, and as a person reads it.

The suffix of the column tells the unit: _e4 points, _fen money, _e6 a rate; anything else is text.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfeval.texts import money_text, percent_text, points_text, rate_text


def as_number(column: str, value: object) -> str:
    """A table's value as results.json publishes it: plain decimals, the unit told by the column's suffix."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]  # any scalar of a row
        return ""
    for suffix, text in (("_e4", points_text), ("_fen", money_text), ("_e6", rate_text)):
        if column.endswith(suffix) and isinstance(value, int | np.integer):
            return text(int(value))
    return str(value)


def as_words(column: str, value: object) -> str:
    """A table's value as a person reads it in a message: rates as percentages, else as in `as_number`."""
    if column.endswith("_e6") and isinstance(value, int | np.integer):
        return percent_text(int(value))
    return as_number(column, value)
