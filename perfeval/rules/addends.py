"""The addends of sums that do not fit, for the derivation and the slip finder."""

from __future__ import annotations

from typing import Any, TypeAlias  # a column of tuples has no dtype of its own

import pandas as pd

from perfeval.exact import Operand

OperandColumn: TypeAlias = "pd.Series[Any]"
_COLUMNS = ("key", "row_id", "field", "label", "value", "points", "role")


def operands(addends: pd.DataFrame, keys: pd.Series[int]) -> OperandColumn:
    """A tuple of exact.Operand for each of `keys` (empty where it has no addend), on their index.

    Takes: key, row_id, field, label, value (Int64, no NA), points (Int64 or NA) and role, in the
    order of the sheet.
    """
    wanted = addends[addends.key.isin(keys)]
    by_key: dict[int, list[Operand]] = {}
    columns = (wanted[name].astype(object).tolist() for name in _COLUMNS)
    for key, row_id, field, label, value, points, role in zip(*columns, strict=True):
        known = None if points is pd.NA else points
        by_key.setdefault(key, []).append(Operand(row_id, field, label, value, known, role))
    made = [tuple(by_key.get(key, ())) for key in keys.tolist()]
    return pd.Series(made, index=keys.index, dtype=object)
