"""查什么：定量指标已经达到指标值，得分却低于分值。

不查：没有实际完成值、两边的数不能比较的；定性指标（见 S108）；大幅超额完成、
按政策可以酌情扣分的范围以内的。

怎样算：完成值达到指标值的得满分。“不超过”类的不超过即达到；实际完成值照写“≥95%”的，
按所写的范围看。扣分确有其他理由的，请在偏差原因中说明。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.rules.scores.measured import in_range, measured
from perfeval.scores.due import Due
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "S105",
    "met-but-deducted",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("达到指标值却扣分", "Target met but points deducted"),
    message=Text(
        "指标值 {target}，完成 {actual}，已达到；得分 {score_e4}，低于分值 {points_e4}",
        "Target {target}, actual {actual}: met; the score is {score_e4} of {points_e4}",
    ),
    advice=Text(
        "请核对完成值和得分；确应扣分的，写明原因",
        "Check actual value and score; where the deduction is right, say why",
    ),
    basis=("mof-2020-10",),
)
def met_but_deducted(tables: Tables, policies: Policies) -> Judgement:
    """Indicators whose target is met; undecided where that cannot be told."""
    rows = measured(tables, policies)
    deducted = (rows.score_e4 < rows.low_e4) & ~in_range(rows, policies)
    met = (rows.due == Due.MET) | (rows.due == Due.OVER)
    return judge(rows, deducted, undecided=~met, field="score", found="score_e4")
