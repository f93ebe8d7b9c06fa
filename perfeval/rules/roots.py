"""Which other findings explain a hit, so that putting them right would end it."""

from __future__ import annotations

import pandas as pd

from perfeval.exact import IntSeries


def roots(**explained: IntSeries) -> pd.Series[str]:
    """The codes whose series is True in each row, joined by blanks, the first one nearest.

    NA, as where a figure is missing, explains nothing.
    """
    codes = [
        flags.fillna(False).astype(bool).map({True: code + " ", False: ""}).astype("str")
        for code, flags in explained.items()
    ]
    joined = codes[0]
    for more in codes[1:]:
        joined = joined + more
    return joined
