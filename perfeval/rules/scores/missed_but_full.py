"""查什么：定量指标没有达到指标值，得分却是满分。

不查：没有实际完成值、单位不同或不能比较的；没有运算符而又看不出以高为好还是以低为好的；
按期完成的时限（见 S112）。

怎样算：方向由运算符（≥、≤、=）决定；没有运算符的，数量、质量指标和满意度以高为好，
成本指标和名称含“成本、事故、投诉……”的以低为好。未达到的按比例计分：分值 × 完成值 ÷
指标值，“不超过”类为分值 × 指标值 ÷ 完成值。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.rules.scores.measured import measured
from perfeval.scores.due import Due
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "S106",
    "missed-but-full",
    level=Level.ERROR,
    fix=Safety.CONFIRM,
    title=Text("未达到指标值却得满分", "Target missed but full points"),
    message=Text(
        "指标值 {target}，完成 {actual}，未达到；得分 {score_e4} 为满分",
        "Target {target}, actual {actual}: missed; the score of {score_e4} is full",
    ),
    advice=Text(
        "请核对完成值；确未达到的，按比例计分并写明原因",
        "Check the actual value; where it is missed, score in proportion and say why",
    ),
    basis=("mof-2020-10",),
    derivation=Text(
        "{points_e4} 分，指标值 {target}，完成 {actual}：按比例 {due_e4}",
        "{points_e4} points, target {target}, actual {actual}: in proportion {due_e4}",
    ),
)
def missed_but_full(tables: Tables, policies: Policies) -> Judgement:
    """Indicators whose target is clearly met or missed; undecided for all others."""
    rows = measured(tables, policies)
    missed = rows.due == Due.MISSED
    full = (rows.score_e4 >= rows.points_e4) & (rows.points_e4 > 0) & missed
    told = missed | (rows.due == Due.MET) | (rows.due == Due.OVER)
    return judge(rows, full, undecided=~told, field="score", found="score_e4", expected="due_e4")
