"""查什么：预算执行率低于政策的界限（全国暂按 60%，四川 90%），
绩效指标却得了满分或接近满分（98%以上）。

不查：没有执行率、也算不出执行率的；没有分值或得分的；有得分空着的。

怎样算：各指标得分之和 ÷ 分值之和，不含预算执行得分。钱没花出去而事都办成了，要么指标定低了，
要么预算编多了，请说明。
"""

from __future__ import annotations

from perfeval.exact import Rounding, known, quotient
from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.scores import recompute
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "S113",
    "full-marks-low-execution",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("执行率低而接近满分", "Nearly full marks at a low execution rate"),
    message=Text(
        "执行率只有 {execution_rate_e6}，绩效指标得分却达到分值的 {share_e6}",
        "Only {execution_rate_e6} was spent, yet the indicators score {share_e6} of their points",
    ),
    advice=Text(
        "请说明资金没有支出而任务完成的原因",
        "Say how the work was done although the money was not spent",
    ),
    basis=("house", "form-notes"),
)
def full_marks_low_execution(tables: Tables, policies: Policies) -> Judgement:
    """Forms with an execution rate and scores; undecided where one of them is missing."""
    scores = recompute(tables, policies).forms
    forms = policies.onto(tables.rows("forms"), "low_execution_e6", "near_full_e6")
    share = quotient(
        [scores.indicator_score_e4, 1_000_000], [scores.indicator_points_e4], Rounding.CUT
    )
    low = scores.execution_rate_e6 < forms.low_execution_e6
    return judge(
        forms,
        low & (share >= forms.near_full_e6),
        undecided=~known(share) | (scores.missing_scores > 0) | ~known(scores.execution_rate_e6),
        field="total_score",
        found="total_score_e4",
        execution_rate_e6=scores.execution_rate_e6,
        share_e6=share,
    )
