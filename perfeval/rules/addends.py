"""The addends of sums that do not fit, for the derivation and the slip finder."""

from __future__ import annotations

import numpy as np

from perfeval.exact import Flags, Ints, Operand, Texts, among
from perfeval.rows import Rows


def operands(addends: Rows, keys: Ints, asked: Flags) -> Texts:
    """For each of `keys` that is `asked` for a tuple of exact.Operand, () where it has no addend.

    Takes: key, row_id, field, label, value (no NA), points and role, in the order of the sheet.
    """
    wanted = addends[among(addends.key, keys[asked])]
    by_key: dict[int, list[Operand]] = {}
    for key, *values in wanted.values("key", "row_id", "field", "label", "value", "points", "role"):
        by_key.setdefault(key, []).append(Operand(*values))
    made = np.empty(len(keys), dtype=object)
    for place, key in enumerate(keys.tolist()):
        made[place] = tuple(by_key.get(key, ())) if asked[place] else ()
    return made
