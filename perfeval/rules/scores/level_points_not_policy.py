"""查什么：一级指标的分值合计与政策规定不同（全国：产出 50、效益 30、满意度 10；设一级成本指标的，
成本 20、产出 40、效益 20、满意度 10）。

不查：一级指标名称里印着分值的（与各行不符的见 S110）；有未填的分值、有认不出类别的指标的；
预算执行的分值不是政策规定的分值、因而各类指标的分值必然不同的（见 F106）；政策不作规定的地区。

怎样算：同一类一级指标的各行分值相加。没有满意度指标的，其分值加到效益指标。
办法允许特殊情况适当调整权重，所以只请核实。
"""

from __future__ import annotations

import pandas as pd

from perfeval.exact import IntSeries
from perfeval.findings import Level, Safety
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rules.among import worded
from perfeval.rules.roots import roots
from perfeval.rules.rule import Judgement, judge, rule
from perfeval.rules.scores.listed import unfinished
from perfeval.scores import recompute
from perfeval.tables import Tables
from perfeval.texts import Text

_CLASSES = {
    "output": Text("产出指标", "output"),
    "benefit": Text("效益指标", "benefit"),
    "satisfaction": Text("满意度指标", "satisfaction"),
    "cost": Text("成本指标", "cost"),
}


@rule(
    "S103",
    "level-points-not-policy",
    level=Level.WARNING,
    fix=Safety.MANUAL,
    title=Text("一级指标分值与规定不同", "First-level points differ from the policy"),
    message=Text(
        "{class_zh}各行分值合计 {sum_e4} 分，规定为 {policy_e4} 分",
        "The points of {class_en} add to {sum_e4}; the policy says {policy_e4}",
    ),
    advice=Text(
        "请核对分值；确因特殊情况调整权重的，请说明",
        "Check the points; where the weights were adjusted on purpose, say why",
    ),
    basis=("mof-2020-10", "mof-2021-101"),
    follows=("S102",),
)
def level_points_not_policy(tables: Tables, policies: Policies) -> Judgement:
    """First-level classes of each form, at their first rows; undecided where the policy is open."""
    rows = tables.indicators[recompute(tables, policies).indicators.counts]
    rows = rows.assign(key=rows.groupby(["form_id", "class1"]).ngroup())
    sums = rows.groupby("key").points_e4.sum(min_count=1)
    printed = rows[rows.level1_points_e4.notna()].key
    first = rows[~rows.key.duplicated() & rows.class1.isin(list(_CLASSES))]
    first = first.assign(sum_e4=pd.Series(sums.reindex(first.key).array, index=first.index))
    first = first[first.sum_e4.notna()]
    policy = _policy_points(first, policies)
    unknown = first.form_id.isin(_unsure(tables, policies, rows)) | first.key.isin(printed)
    hit = (first.sum_e4 != policy).mask(unknown)
    return judge(
        first,
        hit,
        field="level1",
        found="sum_e4",
        expected="policy_e4",
        policy_e4=policy,
        roots=lambda: roots(S102=first.sum_e4 - policy == _excess(first, tables, policies)),
        **worded(first["class1"], _CLASSES, "class"),
    )


def _policy_points(first: pd.DataFrame, policies: Policies) -> IntSeries:
    """The points that the policy gives to the class of each row, NA where it leaves them open."""
    rows = policies.onto(
        first,
        "output_points_e4", "benefit_points_e4", "satisfaction_points_e4", "cost_points_e4",
        "output_points_with_cost_e4", "benefit_points_with_cost_e4",
    )  # fmt: skip
    kind = rows["class1"]
    with_cost = rows.form_id.isin(rows.form_id[kind == "cost"])
    satisfied = rows.form_id.isin(rows.form_id[kind == "satisfaction"])
    benefit = rows.benefit_points_e4.mask(with_cost, rows.benefit_points_with_cost_e4)
    benefit = benefit.mask(~satisfied, benefit + rows.satisfaction_points_e4)
    output = rows.output_points_e4.mask(with_cost, rows.output_points_with_cost_e4)
    points = rows.cost_points_e4.mask(kind == "output", output).mask(kind == "benefit", benefit)
    points = points.mask(kind == "satisfaction", rows.satisfaction_points_e4)
    return points.mask(with_cost & rows.cost_points_e4.isna())


def _excess(first: pd.DataFrame, tables: Tables, policies: Policies) -> IntSeries:
    """By how much all points of each row's form are more than they should be."""
    points = recompute(tables, policies).forms.points_e4.array
    due = policies.onto(first, "points_total_e4").points_total_e4
    return pd.Series(points.take(first.form_id.to_numpy()), index=first.index) - due


def _unsure(tables: Tables, policies: Policies, rows: pd.DataFrame) -> pd.Series[int]:
    """Forms whose sums say nothing: points missing, unknown classes, unusual execution points."""
    scores = recompute(tables, policies)
    stray = rows.form_id[(rows.class1 == "") & rows.points_e4.notna()]
    funds = policies.onto(tables.funds, "execution_points_e4")[scores.funds.counts]
    usual = (funds.points_state == State.NUMBER) & (funds.points_e4 == funds.execution_points_e4)
    forms = tables.forms.form_id
    unusual = forms[~forms.isin(funds.form_id[usual.fillna(False).astype(bool)])]
    lacking = forms[scores.forms.missing_points > 0]
    found: pd.Series[int] = pd.concat([stray, unusual, lacking, unfinished(tables)])
    return found
