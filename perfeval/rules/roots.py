"""Which other findings explain a hit, so that putting them right would end it."""

from __future__ import annotations

import numpy as np

from perfeval.exact import FlagArray, Flags, Texts, holds
from perfeval.rows import texts


def roots(**explained: FlagArray | Flags) -> Texts:
    """The codes whose flags are True in each row, joined by blanks, the first one nearest.

    NA, as where a figure is missing, explains nothing.
    """
    joined = texts("" for _ in next(iter(explained.values())))
    for code, which in explained.items():
        joined = joined + np.where(holds(which), f"{code} ", "").astype(object)
    return joined
