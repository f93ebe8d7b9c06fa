"""Which form is which project: of the approved list, and of the other forms of a run."""

from __future__ import annotations

import pandas as pd

from perfeval.tables import Tables
from perfeval.wording import bare


def identities(forms: pd.DataFrame) -> pd.DataFrame:
    """Project, unit (the department where it is blank) and year (0 if not known), comparable."""
    unit = forms.unit.mask(forms.unit == "", forms.get("department", forms.unit))
    return pd.DataFrame(
        {"project": bare(forms.project), "unit": bare(unit), "year": forms.year.fillna(0)},
        index=forms.index,
    )


def registered(tables: Tables) -> pd.Series[int]:
    """For each form the row_id of its project in the register, NA where it is not in it.

    By project and unit; by the project alone where only one unit of the list has it. A year counts
    where the list states it.
    """
    forms, listed = identities(tables.forms), identities(tables.register)
    listed = listed.assign(row_id=tables.register.row_id)
    dated = (listed.year > 0).any()
    keys = ["project", "year"] if dated else ["project"]
    listed = listed[listed.project != ""]
    by_unit = listed.drop_duplicates([*keys, "unit"])
    alone = listed.drop_duplicates(keys, keep=False)
    exact = _look_up(forms, by_unit, [*keys, "unit"])
    return exact.fillna(_look_up(forms, alone, keys))


def _look_up(forms: pd.DataFrame, listed: pd.DataFrame, keys: list[str]) -> pd.Series[int]:
    found = forms.merge(listed[[*keys, "row_id"]], on=keys, how="left")
    return pd.Series(found.row_id.array, index=forms.index).astype("Int64")
