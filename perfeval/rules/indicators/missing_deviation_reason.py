"""查什么：得分低于分值，而“偏差原因分析及改进措施”空着。

不查：表样没有偏差原因一栏的；填了“无”一类空话的（见 I106）；分值或得分缺失的（见 I103、I104）。

怎样算：得分 < 分值，且偏差原因一格为空，即提出，一行一条。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rules.indicators.asked import asked, lost_points
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "I105",
    "missing-deviation-reason",
    level=Level.ERROR,
    fix=Safety.MANUAL,
    title=Text("扣分未说明原因", "Lost points without a reason"),
    message=Text(
        "指标“{label}”分值 {points_e4}、得分 {score_e4}，没有填偏差原因及改进措施",
        'The indicator "{label}" scores {score_e4} of {points_e4} and gives no reason',
    ),
    advice=Text(
        "请写明未完成的原因和改进措施", "Say why the target was missed and what will be done"
    ),
    basis=("mof-2020-10", "form-notes"),
)
def missing_deviation_reason(tables: Tables, policies: Policies) -> Judgement:
    """Rows that lost points with a blank reason; undecided where no score or no column is there."""
    rows = tables.rows("indicators")
    silent = lost_points(rows) & (rows.reason_state == State.BLANK)
    return judge(rows, silent, undecided=~asked(tables, "reason"), field="reason")
