"""查什么：主管部门或实施单位没有填写。

不查：表样没有这一栏的。

怎样算：两栏分别看，哪一栏为空就提出哪一栏。
"""

from __future__ import annotations

import numpy as np

from perfeval.fields import FIELDS
from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rows import Rows
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
    forms = tables.rows("forms")
    rows = Rows.stacked([forms.assign(field=column) for column in COLUMNS], *forms, "field")
    return judge(
        rows.assign(**worded(rows.field, FIELDS["forms"], "column")),
        np.concatenate([forms.column(column) == "" for column in COLUMNS]),
        undecided=np.concatenate([~forms.column(f"has_{column}") for column in COLUMNS]),
        field="",
    )
