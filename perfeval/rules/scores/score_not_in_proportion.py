"""查什么：定量指标没有达到指标值，扣了分，但得分不是按比例计算的。

不查：达到的、得满分的（见 S105、S106）；不能比较的；政策没有公式的地区。

怎样算：未达到的得分值 × 完成值 ÷ 指标值；“不超过”类为分值 × 指标值 ÷ 完成值，或分值 ×（1
−超出部分 ÷ 指标值），两者之间的都算相符。按得分显示的位数，四舍五入或截尾得到的都算相符（9.8
写 9 可以，写 7 不可以）。按评分细则分档扣分的，说明即可。
"""

from __future__ import annotations

from perfeval.exact import filled, holds
from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.rules.scores.measured import in_range, measured
from perfeval.scores.due import Due
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "S107",
    "score-not-in-proportion",
    level=Level.WARNING,
    fix=Safety.CONFIRM,
    title=Text("得分不合比例", "Score not in proportion"),
    message=Text(
        "指标值 {target}，完成 {actual}；得分 {score_e4}，按比例应为 {due_e4}（分值 {points_e4}）",
        "Target {target}, actual {actual}; the score is {score_e4}, in proportion it is {due_e4}"
        " of {points_e4}",
    ),
    advice=Text(
        "请按完成比例计分；按评分细则另行扣分的，写明办法",
        "Score in proportion; where other scoring rules apply, name them",
    ),
    basis=("mof-2020-10",),
    derivation=Text(
        "{points_e4} 分，指标值 {target}，完成 {actual}：按比例 {due_e4}",
        "{points_e4} points, target {target}, actual {actual}: in proportion {due_e4}",
    ),
)
def score_not_in_proportion(tables: Tables, policies: Policies) -> Judgement:
    """Indicators missed, with less than full points; undecided without a formula."""
    rows = measured(tables, policies)
    rows = rows.assign(due_e4=filled(rows.due_e4, rows.high_e4))
    reduced = (rows.due == Due.MISSED) & holds(rows.score_e4 < rows.points_e4)
    return judge(
        rows,
        ~in_range(rows, policies),
        undecided=~reduced,
        field="score",
        found="score_e4",
        expected="due_e4",
    )
