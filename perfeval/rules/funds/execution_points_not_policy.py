"""查什么：预算执行的分值与政策规定不同（全国 10 分；湖北表样 20 分）。

不查：没有分值栏的表样；分值空着的；政策不作规定的。

怎样算：只看计入总分的那一行（年度资金总额；总额一行没有分值的，看有分值的那一行）。
表样自己印着分值的，如“得分（20分*执行率）”，按表样的分值，不按所在地区。
"""

from __future__ import annotations

from perfeval.findings import Level, Safety
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.scores import recompute
from perfeval.tables import Tables
from perfeval.texts import Text


@rule(
    "F106",
    "execution-points-not-policy",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("预算执行分值与规定不同", "Points of budget execution differ from the policy"),
    message=Text(
        "预算执行的分值为 {points_e4} 分，规定为 {execution_points_e4} 分",
        "Budget execution has {points_e4} points; the policy says {execution_points_e4}",
    ),
    advice=Text("请核对预算执行的分值", "Check the points of budget execution"),
    basis=("mof-2020-10", "form-notes"),
)
def execution_points_not_policy(tables: Tables, policies: Policies) -> Judgement:
    """The row of budget execution; undecided without points or where the policy is open."""
    execution = recompute(tables, policies).funds.counts
    rows = policies.onto(tables.rows("funds"), "execution_points_e4")[execution]
    return judge(
        rows,
        rows.points_e4 != rows.execution_points_e4,
        undecided=rows.points_state != State.NUMBER,
        field="points",
        found="points_e4",
        expected="execution_points_e4",
    )
