"""查什么：得分的小数位数比政策规定保留的多。

不查：政策没有规定位数的地区（全国没有规定）；得分空着的。

怎样算：按表上显示的位数看，末尾的 0 也算（9.9960 是四位）。指标得分、预算执行得分和总分都看。
"""

from __future__ import annotations

import numpy as np

from perfeval.exact import as_int64, where
from perfeval.findings import Level, Safety
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rows import Rows
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "S111",
    "too-many-decimals",
    level=Level.INFO,
    fix=Safety.MANUAL,
    title=Text("小数位数过多", "Too many decimals"),
    message=Text(
        "得分 {score_e4}，规定保留 {digits} 位小数",
        "The score is {score_e4}; {digits} decimals are kept",
    ),
    advice=Text("请四舍五入到规定的位数", "Round to the digits that are kept"),
    basis=("observed",),
)
def too_many_decimals(tables: Tables, policies: Policies) -> Judgement:
    """Scores and totals; undecided where the policy keeps any number of decimals."""
    names = ("row_id", "form_id", "score_e4", "score_state", "score_step_e4", "field")
    forms = tables.rows("forms")
    totals = {
        name: forms.column(f"total_{name}") for name in ("score_e4", "score_state", "score_step_e4")
    }
    rows = Rows.stacked(
        [
            tables.rows("funds").assign(field="score"),
            tables.rows("indicators").assign(field="score"),
            forms.assign(field="total_score", **totals),
        ],
        *names,
    )
    rows = policies.onto(rows, "score_digits", "total_digits")
    digits = where(rows.score_digits, rows.field == "score", rows.total_digits)
    kept, unknown = as_int64(digits)
    least = 10 ** np.maximum(4 - kept, 0)
    return judge(
        rows,
        rows.score_step_e4 < least,
        undecided=unknown | (rows.score_state != State.NUMBER),
        field="",
        found="score_e4",
        digits=digits,
    )
