"""The rows of a form beside those of the same project's form of the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.tables import Tables
from perfeval.wording import bare

if TYPE_CHECKING:
    import pandas as pd

_KEYS = ["form_id", "name"]


def last_targets(tables: Tables) -> pd.DataFrame:
    """For each indicator the target of the indicator of the same name a year ago.

    Index as tables.indicators; kind "" where there is none, or where the name stands twice in
    either form.
    """
    now = tables.indicators.assign(name=bare(tables.indicators.level3))
    earlier = tables.earlier
    before = earlier[(earlier.table == "indicators") & (earlier.field == "target")]
    before = before.assign(name=bare(before.label)).drop_duplicates(_KEYS, keep=False)
    once = ~now.duplicated(_KEYS, keep=False) & (now.name != "")
    found = now[_KEYS].merge(before.drop(columns="row_id"), on=_KEYS, how="left")
    found = found.set_axis(now.index)
    return found.assign(
        text=found.text.fillna(""),
        kind=found.kind.fillna("").where(once, ""),
        op=found.op.fillna(""),
        unit=found.unit.fillna(""),
    )
