"""查什么：预算执行的分值与各指标分值之和不是 100 分（或政策规定的总分）。

不查：没有分值栏的表样；有该填而未填的分值、因而合计不确定的（见 I103）；
总分缺失或没有填写、看不出各行是否齐全的，整个资金部分缺失、只差预算执行分值的（见 R004）。

怎样算：年度资金总额一行的分值与各指标的分值各加一次；“其中”各行、资金组成部分的分值不重复加。
"""

from __future__ import annotations

from perfeval.exact import FlagArray, among, holds
from perfeval.findings import Level, Safety
from perfeval.policy import Policies
from perfeval.rows import Rows
from perfeval.rules.roots import roots
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.rules.scores.listed import unfinished
from perfeval.scores import recompute
from perfeval.scores.totals import at_forms
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "S102",
    "points-not-100",
    level=Level.ERROR,
    fix=Safety.MANUAL,
    title=Text("分值合计不是 100 分", "Points do not add to 100"),
    message=Text(
        "各项分值合计 {points_e4} 分，应为 {points_total_e4} 分",
        "The points add to {points_e4} and should add to {points_total_e4}",
    ),
    advice=Text(
        "请按批复的绩效目标表核对各项分值，漏报的指标行请补齐",
        "Compare the points with those of the approved goals, and add rows that are missing",
    ),
    basis=("mof-2020-10", "form-arithmetic"),
    follows=("F106",),
)
def points_not_100(tables: Tables, policies: Policies) -> Judgement:
    """The points of each form; undecided where it has none, or some that it needs are missing."""
    scores = recompute(tables, policies).forms
    forms = tables.rows("forms").assign(points_e4=scores.points_e4)
    forms = policies.onto(forms, "points_total_e4")
    differs = forms.points_e4 != forms.points_total_e4
    lacking = (scores.missing_points > 0) | scores.lacks_money
    unknown = (lacking & ~holds(~differs)) | among(forms.form_id, unfinished(tables))
    return judge(
        forms,
        differs,
        undecided=unknown,
        field="total_points",
        found="points_e4",
        expected="points_total_e4",
        roots=lambda: roots(F106=_by_execution(tables, policies, forms)),
    )


def _by_execution(tables: Tables, policies: Policies, forms: Rows) -> FlagArray:
    """Whether the points would add up if budget execution had the points of the policy."""
    counts = recompute(tables, policies).funds.counts
    rows = policies.onto(tables.rows("funds")[counts], "execution_points_e4")
    more = at_forms(tables, rows.execution_points_e4 - rows.points_e4, rows.form_id)
    answer: FlagArray = forms.points_e4 + more == forms.points_total_e4
    return answer
