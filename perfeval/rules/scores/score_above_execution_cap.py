"""查什么：总分超过政策按执行率规定的上限（某省：执行率 70%–80% 不超过 89 分，60%–70% 不超过 79
分，50%–60% 不超过 69 分，50% 以下不超过 59 分）。

不查：没有这种规定的政策（全国没有）；总分或执行率空着的。

怎样算：执行率按全年执行数 ÷ 全年预算数，算不出的用表上印的；达到档次下限的按上一档。
超过的部分应当去掉。
"""

from __future__ import annotations

from perfeval.exact import IntArray, holds
from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rules.roots import roots
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.scores import recompute
from perfeval.scores.grades import caps
from perfeval.scores.totals import at_forms
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "S114",
    "score-above-execution-cap",
    level=Level.ERROR,
    fix=Safety.CONFIRM,
    title=Text("总分超过执行率对应的上限", "Total above the cap for its execution rate"),
    message=Text(
        "总分 {total_score_e4}，执行率 {execution_rate_e6} 时总分不得超过 {cap_e4}",
        "The total is {total_score_e4}; at a rate of {execution_rate_e6} the cap is {cap_e4}",
    ),
    advice=Text("请按上限更正总分", "Reduce the total to the cap"),
    basis=("observed",),
    derivation=Text(
        "执行率 {execution_rate_e6} → 上限 {cap_e4}", "rate {execution_rate_e6} → cap {cap_e4}"
    ),
    follows=("F102",),
)
def score_above_execution_cap(tables: Tables, policies: Policies) -> Judgement:
    """Totals of forms whose policy has caps; undecided without a cap, a rate or a total."""
    scores = recompute(tables, policies).forms
    forms = tables.rows("forms").assign(
        cap_e4=scores.cap_e4, execution_rate_e6=scores.execution_rate_e6
    )
    return judge(
        forms,
        forms.total_score_e4 > forms.cap_e4,
        field="total_score",
        found="total_score_e4",
        expected="cap_e4",
        roots=lambda: roots(F102=~holds(forms.total_score_e4 > _printed_cap(tables, policies))),
    )


def _printed_cap(tables: Tables, policies: Policies) -> IntArray:
    """The cap that the printed rate would set; NA where it sets none."""
    execution = tables.rows("funds")[recompute(tables, policies).funds.is_execution]
    rates = at_forms(tables, execution.rate_e6, execution.form_id)
    return caps(policies, rates, tables.rows("forms").form_id)
