"""The addends of a sum for the derivation and the slip finder, gathered for the sums that do not fit."""

from __future__ import annotations

import pandas as pd

from perfeval.exact import Operand


def operands(addends: pd.DataFrame, keys: pd.Series[int]) -> pd.Series[object]:
    """A tuple of exact.Operand for each of `keys` (an empty one where it has no addend), on their index.

    Takes: key, row_id, field, label, value (Int64, no NA), points (Int64 or NA), role, in the order of the sheet.
    """
    wanted = addends[addends.key.isin(keys)]
    by_key: dict[int, list[Operand]] = {}
    for row in wanted.itertuples():
        points = None if pd.isna(row.points) else int(row.points)
        by_key.setdefault(row.key, []).append(
            Operand(row.row_id, row.field, row.label, int(row.value), points, row.role)
        )
    made = [tuple(by_key.get(key, ())) for key in keys]
    return pd.Series(made, index=keys.index, dtype=object)
