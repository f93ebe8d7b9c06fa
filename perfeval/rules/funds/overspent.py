"""查什么：全年执行数大于全年预算数（执行率超过 100%）。

不查：预算数或执行数空着的，预算数为 0 的（见 F101）；各组成部分。

怎样算：只看年度资金总额一行，执行数 > 预算数即提出；金额缺失而执行率印着超过 100% 的，
按执行率提出。多出的钱从哪里来（其他资金、预算调整未更新）要由单位说明；得分以分值为限。
"""

from __future__ import annotations

import numpy as np

from perfeval.exact import filled, holds, known
from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.scores import recompute
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "F105",
    "overspent",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("执行数大于预算数", "More spent than budgeted"),
    message=Text(
        "全年执行数大于全年预算数，执行率 {seen_rate_e6}",
        "More was spent than the full-year budget: a rate of {seen_rate_e6}",
    ),
    advice=Text(
        "请核对预算数是否为调整后的数，超出部分说明资金来源",
        "Check that the budget is the adjusted one and say where the excess came from",
    ),
    basis=("form-arithmetic", "mof-2020-10"),
)
def overspent(tables: Tables, policies: Policies) -> Judgement:
    """Total rows; undecided without amounts and rate, and for a budget of 0."""
    due = recompute(tables, policies).funds.due_rate_e6
    rows = tables.rows("funds").assign(due_rate_e6=due)
    rows = rows[rows.level == 0]
    by_amount = rows.executed_fen > rows.budget_fen
    told = known(by_amount)
    over = np.where(told, holds(by_amount), holds(rows.rate_e6 > 1_000_000))
    unknown = ~told & ~known(rows.rate_e6)
    rows = rows.assign(
        field=np.where(told, "executed", "rate").astype(object),
        seen_rate_e6=filled(rows.due_rate_e6, rows.rate_e6),
    )
    return judge(
        rows,
        over,
        undecided=unknown | holds(rows.budget_fen == 0),
        field="",
        found="executed_fen",
    )
