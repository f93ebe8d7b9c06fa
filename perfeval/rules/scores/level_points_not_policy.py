"""查什么：一级指标的分值合计与政策规定不同（全国：产出 50、效益 30、满意度 10；设一级成本指标的，
成本 20、产出 40、效益 20、满意度 10）。

不查：一级指标名称里印着分值的（与各行不符的见 S110）；有未填的分值、有认不出类别的指标的；
预算执行的分值不是政策规定的分值、因而各类指标的分值必然不同的（见 F106）；政策不作规定的地区。

怎样算：同一类一级指标的各行分值相加。没有满意度指标的，其分值加到效益指标。
办法允许特殊情况适当调整权重，所以只请核实。
"""

from __future__ import annotations

import numpy as np

from perfeval.exact import IntArray, Ints, among, holds, known, one_of, sums, where
from perfeval.findings import Level, Safety
from perfeval.model import State
from perfeval.policy import Policies
from perfeval.rows import Rows
from perfeval.rules.among import first_of_each, worded_if_hit
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
    rows = tables.rows("indicators")[recompute(tables, policies).indicators.counts]
    classes = {word: number for number, word in enumerate(dict.fromkeys(rows.class1.tolist()))}
    number = np.array([classes[word] for word in rows.class1], dtype=np.int64)
    rows = rows.assign(key=rows.form_id * len(classes) + number)
    first = first_of_each(rows[one_of(rows.class1, *_CLASSES)], "key")
    size = len(tables.rows("forms")) * len(classes)
    first = first.assign(sum_e4=sums(rows.points_e4, rows.key, size)[first.key])
    first = first[known(first.sum_e4)]
    policy = _policy_points(first, policies)
    unknown = among(first.form_id, _unsure(tables, policies, rows))
    unknown |= among(first.key, rows.key[known(rows.level1_points_e4)])
    return judge(
        first,
        first.sum_e4 != policy,
        undecided=unknown,
        field="level1",
        found="sum_e4",
        expected="policy_e4",
        policy_e4=policy,
        roots=lambda: roots(S102=first.sum_e4 - policy == _excess(first, tables, policies)),
        **worded_if_hit(first.class1, _CLASSES, "class"),
    )


def _policy_points(first: Rows, policies: Policies) -> IntArray:
    """The points that the policy gives to the class of each row, NA where it leaves them open."""
    rows = policies.onto(
        first,
        "output_points_e4", "benefit_points_e4", "satisfaction_points_e4", "cost_points_e4",
        "output_points_with_cost_e4", "benefit_points_with_cost_e4",
    )  # fmt: skip
    kind = rows.class1
    with_cost = among(rows.form_id, rows.form_id[kind == "cost"])
    satisfied = among(rows.form_id, rows.form_id[kind == "satisfaction"])
    benefit = where(rows.benefit_points_with_cost_e4, with_cost, rows.benefit_points_e4)
    benefit = where(benefit, satisfied, benefit + rows.satisfaction_points_e4)
    output = where(rows.output_points_with_cost_e4, with_cost, rows.output_points_e4)
    points = where(output, kind == "output", rows.cost_points_e4)
    points = where(benefit, kind == "benefit", points)
    points = where(rows.satisfaction_points_e4, kind == "satisfaction", points)
    return where(points, ~with_cost | known(rows.cost_points_e4))


def _excess(first: Rows, tables: Tables, policies: Policies) -> IntArray:
    """By how much all points of each row's form are more than they should be."""
    points = recompute(tables, policies).forms.points_e4[first.form_id]
    excess: IntArray = points - policies.column(first, "points_total_e4")
    return excess


def _unsure(tables: Tables, policies: Policies, rows: Rows) -> Ints:
    """Forms whose sums say nothing: points missing, unknown classes, unusual execution points."""
    scores = recompute(tables, policies)
    stray = rows.form_id[(rows.class1 == "") & known(rows.points_e4)]
    funds = policies.onto(tables.rows("funds"), "execution_points_e4")[scores.funds.counts]
    usual = (funds.points_state == State.NUMBER) & holds(
        funds.points_e4 == funds.execution_points_e4
    )
    forms = tables.rows("forms").form_id
    unusual = forms[~among(forms, funds.form_id[usual])]
    lacking = forms[scores.forms.missing_points > 0]
    return np.concatenate([stray, unusual, lacking, unfinished(tables)])
