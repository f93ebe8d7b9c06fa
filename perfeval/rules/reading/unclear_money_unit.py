"""查什么：没有写明金额是元还是万元，或者金额与写明的单位相差一万倍。

不查：各格金额自带单位的；没有填金额的表。

怎样算：表头、标题和资金一栏都没有写单位，而有不带单位的金额的，即提出；
同一表内的金额与文字里的金额正好差一万倍的，也提出。没有写明时暂按元计算。
"""

from __future__ import annotations

import pandas as pd

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.among import among_forms, remarked, worded
from perfeval.rules.rule import Judgement, rule
from perfeval.tables import Tables
from perfeval.texts import Text

MONEY = ("initial_budget", "budget", "executed")
KINDS = {
    "unstated": Text(
        "没有写明金额单位是元还是万元", "The form does not say whether money is in 元 or 万元"
    ),
    "unclear-money-unit": Text("金额与写明的单位对不上", "The amounts do not fit the stated unit"),
}


@rule(
    "R013",
    "unclear-money-unit",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("金额单位不明", "Unclear money unit"),
    message=Text("{what_zh}{shown}", "{what_en}{shown}"),
    advice=Text(
        "请在表头写明金额单位，各格只填数字", "State the unit in the heading and type plain numbers"
    ),
    basis=("form-layout",),
)
def unclear_money_unit(tables: Tables, policies: Policies) -> Judgement:
    """Forms whose amounts have no unit, and those where the reader met a contradiction."""
    cells = tables.cells
    amounts = cells[(cells.table == "funds") & cells.field.isin(MONEY) & cells.decimals.notna()]
    bare = amounts[~amounts.marks.str.contains("unit-inside", regex=False)]
    remarks = remarked(tables, "unclear-money-unit")
    forms = tables.forms
    unstated = forms[
        (forms.money_unit == "")
        & forms.form_id.isin(bare.form_id)
        & ~forms.form_id.isin(remarks.form_id)
    ].assign(kind="unstated", field="money_unit", text="")
    columns = ["row_id", "form_id", "file_id", "kind", "field", "text"]
    hits = pd.concat([unstated[columns], remarks[columns]], ignore_index=True)
    hits = hits.assign(shown=(" " + hits.text).str.rstrip(), **worded(hits.kind, KINDS, "what"))
    return among_forms(tables, hits, found="text")
