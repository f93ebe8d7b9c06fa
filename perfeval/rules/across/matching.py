"""Which form is which project: of the approved list, and of the other forms of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfeval.exact import filled
from perfeval.rows import Rows, texts
from perfeval.tables import Tables
from perfeval.wording import bare_texts

if TYPE_CHECKING:
    import pandas as pd


def identities(forms: Rows) -> Rows:
    """Project, unit (the department where it is blank) and year (0 if not known), comparable."""
    department = forms.department if "department" in forms else forms.unit
    unit = texts(own or above for own, above in zip(forms.unit, department, strict=True))
    return Rows.made(
        len(forms),
        project=bare_texts(forms.project),
        unit=bare_texts(unit),
        year=filled(forms.year, 0),
    )


def registered(tables: Tables) -> pd.Series[int]:
    """For each form the row_id of its project in the register, NA where it is not in it.

    By project and unit; by the project alone where only one unit of the list has it. A year counts
    where the list states it.
    """
    forms, listed = (identities(tables.rows(name)).frame() for name in ("forms", "register"))
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
    return found.row_id.set_axis(forms.index).astype("Int64")
