"""查什么：得分的小数位数比政策规定保留的多。

不查：政策没有规定位数的地区（全国没有规定）；得分空着的。

怎样算：按表上显示的位数看，末尾的 0 也算（9.9960 是四位）。指标得分、预算执行得分和总分都看。
"""

from __future__ import annotations

import pandas as pd

from perfeval.findings import Level, Safety
from perfeval.model import State
from perfeval.policy import Policies
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
    columns = ["row_id", "form_id", "score_e4", "score_state", "score_step_e4"]
    total = {f"total_{name}": name for name in columns}
    rows = pd.concat(
        [
            tables.funds[columns].assign(field="score"),
            tables.indicators[columns].assign(field="score"),
            tables.forms.rename(columns=total)[columns].assign(field="total_score"),
        ],
        ignore_index=True,
    )
    rows = policies.onto(rows, "score_digits", "total_digits")
    digits = rows.score_digits.mask(rows.field == "total_score", rows.total_digits)
    least = (10 ** (4 - digits)).astype("Int64")
    hit = (rows.score_step_e4 < least).mask(rows.score_state != State.NUMBER)
    return judge(
        rows,
        hit,
        field="",
        found="score_e4",
        digits=digits,
    )
