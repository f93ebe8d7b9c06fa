"""查什么：主管部门或实施单位没有填写。

不查：表样没有这一栏的。

怎样算：两栏分别看，哪一栏为空就提出哪一栏。
"""

from __future__ import annotations

import pandas as pd

from perfeval.fields import FIELDS
from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.among import worded
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text

COLUMNS = ("department", "unit")


@rule(
    "H102",
    "missing-department",
    level=Level.ERROR,
    fix=Safety.MANUAL,
    title=Text("未填主管部门或实施单位", "Department or unit missing"),
    message=Text("{column_zh}没有填写", "The {column_en} is blank"),
    advice=Text("请填写单位全称", "Enter its full name"),
    basis=("form-layout",),
)
def missing_department(tables: Tables, policies: Policies) -> Judgement:
    """One row for each form and column; undecided where the form does not have the column."""
    forms = tables.forms
    rows = pd.concat([forms.assign(field=column) for column in COLUMNS], ignore_index=True)
    blank = pd.concat([_blank(forms, column) for column in COLUMNS], ignore_index=True)
    rows = rows.assign(**worded(rows.field, FIELDS["forms"], "column"))
    return judge(rows, blank, field="")


def _blank(forms: pd.DataFrame, column: str) -> pd.Series[bool]:
    return (forms[column] == "").astype("boolean").mask(~forms[f"has_{column}"])
